"""The devices that the team let in: whose they are, hearing their sign, and trusting one no longer."""

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import sqlalchemy as sa

from iowscp_desktop.app import exchange, identities
from iowscp_desktop.app.directory import directory_of
from iowscp_desktop.app.exchange import Parcel
from iowscp_desktop.app.invitations import cancel, is_answered
from iowscp_desktop.app.rounds import team_of
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.bundles import (
    MemberSource,
    change_root,
    make_certificate,
    make_directory,
    read_certificate,
    write_handed,
)
from iowscp_desktop.bundles import Root as TeamRoot
from iowscp_desktop.crypto import Identity, SigningKey, fingerprint
from iowscp_desktop.domain.events import (
    DeviceConfirmed,
    DeviceEnrolled,
    DeviceRevoked,
    HolderKeyMade,
    InvitationCancelled,
    InvitationIssued,
    OrganisationAdded,
    PanellistAsked,
    RootChanged,
)
from iowscp_desktop.domain.grants import Role
from iowscp_desktop.domain.ids import DeviceId, InvitationId
from iowscp_desktop.errors import AlreadyRevoked, NotYours


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceLine:
    """One device, as the team sees it."""

    device_id: DeviceId
    holder: str
    name: str = field(repr=False)
    """The organisation's or the panel member's."""
    role: Role
    sign: str
    """Sixty bits of its key, to be read out and compared: `LB2X-PBW7-HA4H`."""
    since: str
    confirmed: bool
    """Its sign was heard on the telephone, and was the same."""
    revoked: bool


def devices(ws: Workspace) -> tuple[DeviceLine, ...]:
    """Return every device that was let in, by holder and then the newest first."""
    called = _names(ws)
    confirmed = {held.event.device_id for held in ws.standing(DeviceConfirmed, space=ws.space)}
    revoked = {held.event.device_id for held in ws.standing(DeviceRevoked, space=ws.space)}
    lines = {
        held.event.device_id: DeviceLine(
            device_id=held.event.device_id,
            holder=held.event.holder,
            name=called.get(held.event.holder, ""),
            role=Role(held.event.role),
            sign=fingerprint(bytes.fromhex(held.event.device_id)),
            since=held.at,
            confirmed=held.event.device_id in confirmed,
            revoked=held.event.device_id in revoked,
        )
        for held in ws.standing(DeviceEnrolled, space=ws.space)
    }
    by_age = sorted(lines.values(), key=lambda line: line.since, reverse=True)
    return tuple(sorted(by_age, key=lambda line: (line.name.casefold(), line.holder)))


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingLine:
    """One invitation that nobody has answered."""

    invitation_id: InvitationId
    name: str = field(repr=False)
    """The organisation's or the panel member's; empty for a laptop of the team."""
    expires: str


def waiting(ws: Workspace) -> tuple[WaitingLine, ...]:
    """Return the invitations that nobody has answered and nobody has taken back, the newest first."""
    called = _names(ws)
    cancelled = {held.event.invitation_id for held in ws.standing(InvitationCancelled, space=ws.space)}
    lines = [
        WaitingLine(
            invitation_id=held.event.invitation_id,
            name=called.get(held.event.holder, ""),
            expires=held.event.expires,
        )
        for held in sorted(ws.standing(InvitationIssued, space=ws.space), key=lambda held: held.at, reverse=True)
        if held.event.invitation_id not in cancelled and not is_answered(ws, held.event.invitation_id)
    ]
    return tuple(lines)


def _names(ws: Workspace) -> dict[str, str]:
    """Return what organisations and panel members are called, by their ids."""
    called: dict[str, str] = {}
    called |= {held.event.organisation_id: held.event.name for held in ws.standing(OrganisationAdded, space=ws.space)}
    called |= {held.event.person_id: held.event.name for held in ws.standing(PanellistAsked, space=ws.space)}
    return called


def doubly_answered(ws: Workspace) -> tuple[InvitationId, ...]:
    """Return invitations that two devices answered, on two of the team's laptops: an alarm, for a code is for one."""
    by_invitation: dict[InvitationId, set[DeviceId]] = defaultdict(set)
    for held in ws.standing(DeviceEnrolled, space=ws.space):
        if held.event.role != Role.TEAM:
            by_invitation[held.event.invitation_id].add(held.event.device_id)
    return tuple(sorted(invitation for invitation, found in by_invitation.items() if len(found) > 1))


def confirm(ws: Workspace, device_id: DeviceId) -> Changes:
    """Write down that a device's sign was read out on a known telephone number, and was the same."""
    team_of(ws)
    return ws.append(ws.space, DeviceConfirmed(device_id=device_id))


def revoke(ws: Workspace, device_id: DeviceId, reason: str) -> Changes:
    """Trust a device no longer. All that has come of it until now stays and counts; nothing after that does.

    Its holder gets a fresh shared key: send the other devices the directory, and they have it.

    Raises:
        NotYours: No such device was let in.
        AlreadyRevoked: It is not trusted any more already.
    """
    team_of(ws)
    enrolled = ws.standing(DeviceEnrolled, space=ws.space, device_id=device_id)
    if not enrolled:
        raise NotYours
    if ws.standing(DeviceRevoked, space=ws.space, device_id=device_id):
        raise AlreadyRevoked

    def deed(_connection: sa.Connection) -> tuple[DeviceRevoked]:  # nothing comes in between the last look and the word
        last = tuple(sorted(ws.store.journal.ends_of(device_id).items()))
        return (DeviceRevoked(device_id=device_id, reason=reason.strip(), last=last),)

    changes = ws.append_from(ws.space, deed)
    identities.new_shared_key(ws, enrolled[0].event.holder)
    return changes


def send_directory(ws: Workspace, holder: str, folder: Path) -> Path:
    """Tell the trusted devices of a holder who is trusted no longer, and give them the holder's newest key.

    Raises:
        FileUnwritable: The folder cannot be written.
    """
    parcel = Parcel(
        type="directory",
        spaces=(),
        recipients=identities.recipients_of(ws, holder),
        members=directory_members(ws, holder),
        about=(holder,),
        with_evidence=False,
    )
    return exchange.send(ws, parcel, folder)


def directory_members(ws: Workspace, holder: str) -> list[MemberSource]:
    """Return the directory of a holder's devices, their certificates, and the holder's shared keys."""
    team = team_of(ws)
    shared, directory = identities.shared_key(ws, holder), directory_of(ws, holder)
    revoked = {each.device for each in directory.revoked}
    own = {held.event.device_id for held in ws.standing(DeviceEnrolled, space=ws.space, holder=holder)}
    known = [ws.store.local.certificate(device) for device in sorted(own - revoked)]
    return [
        *(MemberSource.of_bytes(exchange.CERTIFICATE, certificate) for certificate in known if certificate),
        MemberSource.of_bytes("directory", make_directory(directory, team.signing)),
        MemberSource.of_bytes("keys", write_handed(shared)),
    ]


def change_team_keys(ws: Workspace, *, lost: bool) -> Changes:
    """Give the team new keys. Every file of the team carries the step from the old key to the new one.

    Devices that are known stay known. What was sealed to the old key still opens, on the team's laptops.

    Args:
        lost: Somebody else may have the old keys: what those have signed counts no longer, and invitations that
            nobody has answered are taken back.
    """
    team = team_of(ws)
    roots = identities.roots_of(ws)
    before = identities.roots_bytes(ws)
    signing, identity = SigningKey.generate(), Identity.generate()
    number = roots.all[-1].number + 1
    new = TeamRoot(
        project=ws.about.project,
        number=number,
        key=signing.verify_key.hex,
        recipient=identity.recipient.text,
        trusts_former=not lost,
    )
    steps = change_root(before or b"", new, old_key=team.signing, new_key=signing)
    changed = RootChanged(
        number=number, signing=signing.to_bytes().hex(), identity=identity.to_text(), steps=steps.decode()
    )
    changes = ws.append(ws.space, changed)
    identities.adopt_newest(ws)
    changes |= _certify_again(ws)
    if lost:
        for holder in sorted({held.event.holder_id for held in ws.standing(HolderKeyMade, space=ws.space)}):
            identities.new_shared_key(ws, holder)
        for held in ws.standing(InvitationIssued, space=ws.space):
            invitation_id = InvitationId(held.event.invitation_id)
            if not is_answered(ws, invitation_id):
                changes |= cancel(ws, invitation_id)
    return changes


def _certify_again(ws: Workspace) -> Changes:
    """Certify every device that is known with the team's new key; who is trusted no longer is said elsewhere."""
    team, changes = team_of(ws), Changes()
    known = ws.store.local.certificates()
    enrolled = {held.event.device_id: held.event for held in ws.standing(DeviceEnrolled, space=ws.space)}
    for device in sorted(known.keys() & enrolled.keys()):  # one that is in no list may be of who had the old key
        again = make_certificate(read_certificate(known[device]), team.signing)
        changes |= ws.append(ws.space, msgspec.structs.replace(enrolled[device], certificate=again.decode()))
    identities.adopt_certificates(ws)
    return changes
