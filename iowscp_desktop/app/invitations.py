"""Inviting: one file and one spoken code for each device, so that a stranger's file is never trusted."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

from iowscp_desktop.app.directory import directory_of
from iowscp_desktop.app.exchange import Parcel, pack
from iowscp_desktop.app.identities import new_shared_key, shared_key, team_secrets
from iowscp_desktop.app.rounds import ask, escrow, partnership, team_of
from iowscp_desktop.app.tools import packages_of
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.bundles import (
    INVITATION_SUFFIX,
    InvitationDraft,
    MemberSource,
    Voucher,
    VoucherKey,
    make_directory,
    make_voucher,
    neutral_name,
    write_handed,
    write_invitation,
    write_new_file,
)
from iowscp_desktop.crypto import SigningKey, new_one_time_code
from iowscp_desktop.domain.clock import as_stored
from iowscp_desktop.domain.events import (
    DeviceEnrolled,
    InvitationAnswered,
    InvitationCancelled,
    InvitationIssued,
    PanellistAsked,
    ResponseAssigned,
    RoundOpened,
    ScoringAsked,
    ToolAdopted,
)
from iowscp_desktop.domain.grants import Role
from iowscp_desktop.domain.ids import (
    DeviceId,
    InvitationId,
    OrganisationId,
    PersonId,
    ResponseId,
    RoundId,
    Sha256,
    SpaceId,
    actions_space,
    feedback_space,
    panel_space,
    response_space,
)
from iowscp_desktop.errors import InvitationUsed, UnknownInvitation

VALID_FOR = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """An invitation that was written. The code is said on a known telephone number, never sent."""

    path: Path
    code: str = field(repr=False)
    expires: str
    invitation_id: InvitationId


def invite_organisation(ws: Workspace, round_id: RoundId, organisation_id: OrganisationId, folder: Path) -> Invited:
    """Ask an organisation for its response: one invitation for one device. A second device gets its own.

    What other devices of the organisation have sent of this response comes with it.

    Raises:
        FileUnwritable: The folder cannot be written.
    """
    response_id = ask(ws, round_id, organisation_id)
    guest = _Guest(holder=organisation_id, role=Role.ORGANISATION, round_id=round_id, response_id=response_id)
    return _write(ws, guest, folder)


def invite_in_place(ws: Workspace, device_id: DeviceId, folder: Path) -> Invited:
    """Invite a computer in place of one that was let in before: a school's, a panel member's, one of the team's.

    All that ever came of its holder comes back with it. Say first that the lost one is trusted no longer.

    Raises:
        NotYours: No such computer was let in.
        FileUnwritable: The folder cannot be written.
    """
    enrolled = ws.one(DeviceEnrolled, space=ws.space, device_id=device_id)
    if enrolled.role == Role.TEAM:
        return invite_team_laptop(ws, folder)
    issued = ws.one(InvitationIssued, space=ws.space, invitation_id=enrolled.invitation_id)
    guest = _Guest(
        holder=enrolled.holder, role=Role(enrolled.role), round_id=issued.round_id, response_id=issued.response_id
    )
    return _write(ws, guest, folder, everything=guest.role is Role.ORGANISATION)


def invite_panellist(
    ws: Workspace, round_id: RoundId, name: str, responses: tuple[ResponseId, ...], folder: Path
) -> tuple[PersonId, Invited]:
    """Ask a panel member to score responses alone. The pack is in the invitation, and holds no one's scores."""
    person_id = PersonId(ws.world.new_id())
    team = team_of(ws)
    ws.append(
        panel_space(round_id, person_id),
        ScoringAsked(
            round_id=round_id,
            round_title=ws.one(RoundOpened, space=ws.space, round_id=round_id).title,
            partnership_name=partnership(ws),
            person_id=person_id,
            name=name,
            responses=responses,
            recipients=(team.identity.recipient.text,),
            escrow=escrow(ws),
        ),
    )
    invited = _write(ws, _Guest(holder=person_id, role=Role.PANEL, round_id=round_id), folder)
    ws.append(  # last: the panel waits for everybody who was asked, so nobody is asked by a file that was not written
        ws.space,
        *(
            PanellistAsked(round_id=round_id, response_id=response_id, person_id=person_id, name=name)
            for response_id in responses
        ),
    )
    return person_id, invited


def invite_team_laptop(ws: Workspace, folder: Path) -> Invited:
    """Hand the team's identity, and all it knows, to one more laptop of the team, sealed by a spoken code.

    Raises:
        FileUnwritable: The folder cannot be written.
    """
    team_of(ws)
    return _write(ws, _Guest(holder=ws.about.project, role=Role.TEAM), folder)


def reissue(ws: Workspace, invitation_id: InvitationId, folder: Path) -> Invited:
    """Make an invitation anew, with another code, for the same task; the old one lets nobody in any more.

    Raises:
        UnknownInvitation: There is none of this id.
        InvitationUsed: A device has answered it. Revoke that device, or invite another.
        FileUnwritable: The folder cannot be written.
    """
    issued = ws.standing(InvitationIssued, space=ws.space, invitation_id=invitation_id)
    if not issued:
        raise UnknownInvitation
    if is_answered(ws, invitation_id):
        raise InvitationUsed
    old = issued[0].event
    guest = _Guest(holder=old.holder, role=Role(old.role), round_id=old.round_id, response_id=old.response_id)
    new_shared_key(ws, old.holder)
    made = _write(ws, guest, folder)
    ws.append(ws.space, InvitationCancelled(invitation_id=invitation_id))
    return made


def cancel(ws: Workspace, invitation_id: InvitationId) -> Changes:
    """Take an invitation back: whoever answers it from now on is not let in.

    Whoever opened it has the holder's shared key, so there is a new one, which the trusted devices get with the next
    file. An invitation of a laptop of the team holds the team's own keys: change those if somebody may have opened it.
    """
    team_of(ws)
    issued = ws.standing(InvitationIssued, space=ws.space, invitation_id=invitation_id)
    if issued:
        new_shared_key(ws, issued[0].event.holder)
    return ws.append(ws.space, InvitationCancelled(invitation_id=invitation_id))


def is_answered(ws: Workspace, invitation_id: InvitationId) -> bool:
    """Tell whether a device has answered an invitation."""
    enrolled = ws.standing(DeviceEnrolled, space=ws.space, invitation_id=invitation_id)
    return bool(enrolled or ws.standing(InvitationAnswered, space=ws.space, invitation_id=invitation_id))


def tools_of(ws: Workspace, spaces: Sequence[SpaceId]) -> tuple[Sha256, ...]:
    """Return the tools that spaces are written with, and those that the team sent along."""
    found = set(packages_of(ws, spaces))
    found |= {held.event.package for space in spaces for held in ws.standing(ToolAdopted, space=space)}
    return tuple(sorted(found))


def spaces_of_organisation(ws: Workspace, organisation_id: OrganisationId) -> list[SpaceId]:
    """Return every space that an organisation may see: its responses, what the team answered, its actions."""
    responses = [held.event.response_id for held in ws.standing(ResponseAssigned, organisation_id=organisation_id)]
    found = [space for each in responses for space in (response_space(each), feedback_space(each))]
    return [*found, actions_space(organisation_id)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Guest:
    holder: str
    role: Role
    round_id: RoundId | None = None
    response_id: ResponseId | None = None


def _spaces_for(ws: Workspace, guest: _Guest, *, everything: bool) -> list[SpaceId]:
    match guest.role:
        case Role.TEAM:
            return ws.store.journal.spaces()
        case Role.PANEL if guest.round_id is not None:
            own = panel_space(guest.round_id, PersonId(guest.holder))
            asked = dict.fromkeys(
                each for held in ws.standing(ScoringAsked, space=own) for each in held.event.responses
            )
            return [own, *(response_space(response_id) for response_id in asked)]
        case _ if everything:
            return spaces_of_organisation(ws, OrganisationId(guest.holder))
        case _:
            return [] if guest.response_id is None else [response_space(guest.response_id)]


def _keys_for(ws: Workspace, guest: _Guest, invitation_id: InvitationId) -> list[MemberSource]:
    """Return the keys that the opened invitation gives."""
    if guest.role is Role.TEAM:
        shared_key(ws, ws.about.project)  # it lies in the team's space, which goes with it
        return [MemberSource.of_bytes("team", write_handed(team_secrets(ws)))]
    key = SigningKey.generate()
    voucher = Voucher(
        project=ws.about.project,
        invitation=invitation_id,
        holder=guest.holder,
        role=guest.role,
        key=key.verify_key.hex,
    )
    signed = make_voucher(voucher, team_of(ws).signing).decode()
    shared = shared_key(ws, guest.holder)
    directory = make_directory(directory_of(ws, guest.holder), team_of(ws).signing)
    return [
        MemberSource.of_bytes("directory", directory),
        MemberSource.of_bytes("keys", write_handed(shared)),
        MemberSource.of_bytes("voucher-key", write_handed(VoucherKey(key=key.to_bytes().hex(), voucher=signed))),
    ]


def _write(ws: Workspace, guest: _Guest, folder: Path, *, everything: bool = False) -> Invited:
    team = team_of(ws)
    invitation_id = InvitationId(ws.world.new_id())
    code = new_one_time_code()
    expires = ws.world.clock() + VALID_FOR
    keys = _keys_for(ws, guest, invitation_id)
    spaces = _spaces_for(ws, guest, everything=everything)
    parcel = Parcel(
        type="invitation",
        spaces=spaces,
        recipients=(),
        tools=tools_of(ws, spaces),
        members=keys,
        about=(invitation_id,),
        reader=None if guest.role is Role.TEAM else guest.holder,
    )
    packed = pack(ws, parcel)
    path = folder / neutral_name(INVITATION_SUFFIX)

    def write(sink: BinaryIO) -> bytes:
        return write_invitation(
            sink,
            invitation=InvitationDraft(invitation=invitation_id, expires=expires, code=code, cost=ws.world.code_cost),
            draft=packed.draft,
            members=packed.members,
            signer=team.signing,
        )

    secret = write_new_file(path, write)
    ws.append(
        ws.space,
        InvitationIssued(
            invitation_id=invitation_id,
            holder=guest.holder,
            role=guest.role,
            response_id=guest.response_id,
            round_id=guest.round_id,
            expires=as_stored(expires),
            secret=secret.hex(),
        ),
    )
    return Invited(path=path, code=code, expires=as_stored(expires), invitation_id=invitation_id)
