"""Whose file this is, and whose entries are in it: who is known here, who introduces themselves, who vouches.

The team is known by its key, pinned when a spoken code was typed, and by the steps from that key to its newest. A
device is known by the team's certificate, or by the answer to an invitation: to the team with the invitation's
secret in it, to other devices of the same holder with the team's voucher.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache, partial
from typing import TypeVar

import msgspec
import sqlalchemy as sa

from iowscp_desktop.app import identities
from iowscp_desktop.app.circle import Circle
from iowscp_desktop.app.directory import both, brings_newest, kept_directory
from iowscp_desktop.app.released import counted
from iowscp_desktop.app.revocations import agree, cuts_of
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.bundles import (
    Certificate,
    Directory,
    Enrolment,
    GuestPass,
    HolderKeys,
    Manifest,
    OpenBundle,
    Roots,
    VoucherKey,
    canonical,
    check_certificate,
    check_directory,
    check_enrolment,
    check_guest_pass,
    check_introduction,
    check_roots,
    device_of,
    invitation_of,
    make_certificate,
    read_certificate,
    read_holder_keys,
    read_voucher_key,
)
from iowscp_desktop.crypto import VerifyKey
from iowscp_desktop.domain.events import (
    DeviceEnrolled,
    InvitationAnswered,
    InvitationCancelled,
    InvitationIssued,
)
from iowscp_desktop.domain.grants import GUEST, MAY_SEND, NOBODY, REVOKED, UNKNOWN_ROLE, Role, refusing
from iowscp_desktop.domain.ids import DeviceId, InvitationId, OrganisationId, ResponseId, response_space
from iowscp_desktop.domain.journal import Entry, Stream
from iowscp_desktop.errors import (
    CertificateFalse,
    EnrolmentFalse,
    InvitationUsed,
    InvitationWithdrawn,
    OtherProject,
    SignerNotAllowed,
    SignerRevoked,
    UnknownInvitation,
    UnknownSigner,
)
from iowscp_desktop.store import judge_again
from iowscp_desktop.store.database import cursor_of

T = TypeVar("T")

MOST_HEARD_BYTES = 64 * 1024
_BETWEEN_TEAM_LAPTOPS, _BETWEEN_DEVICES = frozenset({"team"}), frozenset({"handover"})


class Acquaintance:
    """What one file says about devices, checked. Nothing is kept before `settle`, inside the file's transaction."""

    hears = frozenset({"certificate", "introduction", "keys", "voucher-key", "directory", "guest", "escrow"})
    """The kinds of members that are said to it."""

    def __init__(self, ws: Workspace, circle: Circle | None = None) -> None:
        self._ws = ws
        self._circle = circle or Circle(ws)
        self._roots: Roots | None = None
        self._roots_bytes = b""
        self._manifest: Manifest | None = None
        self._vouched: dict[str, bytes] = {}
        self._carried: dict[str, tuple[Certificate, bytes]] = {}
        self._enrolled: dict[str, Certificate] = {}
        self._escrow = b""
        self._answered: list[tuple[str, str]] = []
        self._certificates: dict[str, Certificate] = {}
        self._guests: dict[str, tuple[GuestPass, bytes]] = {}
        self._directory: Directory | None = None
        self.sender: Certificate | None = None
        """Whose device carries the file; None for the team."""
        self.voucher: VoucherKey | None = None
        """What an invitation gives the device that opens it."""
        self.keys: HolderKeys | None = None
        """The shared keys of this workspace's holder, where the file brings them."""
        self.team_keys = self._circle.team_keys
        """The keys whose word counts as the team's, the one in force first."""
        self.changes = Changes()
        """What `settle` wrote."""

    # --- the carrier -------------------------------------------------------------------------

    def trust(self, manifest: Manifest, introduction: bytes | None) -> VerifyKey:
        """Return the key that must have signed the file.

        Raises:
            BundleError: Nobody that may send such a file here.
        """
        self._manifest = manifest
        if manifest.project != self._ws.about.project:
            raise OtherProject
        is_team = self._ws.team is not None
        if self._follows(manifest, introduction):
            may_send = MAY_SEND[Role.TEAM]
            allowed = may_send & _BETWEEN_TEAM_LAPTOPS if is_team else may_send - _BETWEEN_TEAM_LAPTOPS
        else:
            self.sender = self._carrier(manifest, introduction)
            may_send = MAY_SEND[Role(self.sender.role)]
            allowed = may_send - _BETWEEN_DEVICES if is_team else may_send & _BETWEEN_DEVICES
        if manifest.type not in allowed:
            raise SignerNotAllowed(manifest.type)
        return VerifyKey.from_hex(manifest.signer)

    def opened(self, bundle: OpenBundle) -> None:
        """An invitation's code has said whose key to trust: follow the team's steps from it, where it has any."""
        self._manifest = bundle.manifest
        if bundle.introduction is not None:
            self._follow(bundle.introduction)

    @property
    def sender_name(self) -> str:
        """Whose file this is, in the words people know them by."""
        return self._circle.name_of(self.sender)

    @property
    def is_news(self) -> bool:
        """Whether taking the file in changes who is known: then no other is proved before that is kept."""
        known = self._circle.certificates
        carried = any(known.get(DeviceId(device)) != found[1] for device, found in self._carried.items())
        carried = carried or any(DeviceId(device) not in known for device in self._vouched)
        return self._ws.team is None or self.sender is None or carried or bool(self._enrolled or self._answered)

    # --- the authors -------------------------------------------------------------------------

    def hear(self, kind: str, content: bytes) -> None:
        """Take in what the file says about devices; nothing of it is believed unproved.

        Raises:
            BundleError: It is not genuine.
        """
        match kind:
            case "certificate":
                self._hear_certificate(content)
            case "introduction":
                self._vouched.setdefault(device_of(content), content)
            case "escrow":
                self._escrow = content  # sealed to the spare key: nobody here can look into it
            case "guest":
                self._hear_guest(content)
            case "directory":
                heard = self._by_any(lambda key: check_directory(content, key))
                self._directory = heard if heard.holder == self._ws.about.holder else None
            case "keys" if self.sender is None:
                keys = read_holder_keys(content)
                self.keys = keys if keys.holder == self._ws.about.holder else None
            case "voucher-key" if self.sender is None:
                self.voucher = read_voucher_key(content)
            case _:
                return  # keys count from the team alone

    def certified(self, connection: sa.Connection, device: DeviceId) -> Certificate:
        """Return whose device wrote a stream: known here, just introduced, or vouched for by the team.

        Who was not let in keeps nobody else's words out: what such a device wrote is taken as nobody's, and set aside.

        Raises:
            UnknownSigner: Nobody knows, and nothing of it was ever here.
        """
        if device not in self._certificates:
            try:
                self._certificates[device] = self._found(connection, device)
            except (EnrolmentFalse, InvitationUsed, InvitationWithdrawn, UnknownInvitation):
                self._certificates[device] = self._nobodys(device)
            except UnknownSigner:
                if self.sender is not None and not _is_here(connection, device):
                    raise
                self._certificates[device] = self._nobodys(device)
        return self._certificates[device]

    def refusal(self, connection: sa.Connection, stream: Stream) -> Callable[[Entry], str | None]:
        """Return what says why an entry of a stream is outside its author's grant."""
        return self._refusal_of(connection, self.certified(connection, stream.device), stream)

    def _refusal_of(
        self, connection: sa.Connection, author: Certificate, stream: Stream
    ) -> Callable[[Entry], str | None]:
        space = stream.space
        cuts = self._cuts(stream.device, connection)
        last = None if cuts is None else cuts.get(stream.id, 0)

        @cache  # asked for every entry, and the same for all of a stream
        def organisation_of(response: ResponseId) -> OrganisationId | None:
            query = "SELECT organisation_id FROM standing_response_assigned WHERE in_space=?"
            found = cursor_of(connection).execute(query, (response_space(response),)).fetchone()
            return None if found is None else OrganisationId(found[0])

        guest = self._guests.get(stream.device) if author.role == GUEST else None  # no pass speaks of who is known
        if guest is not None and guest[0].space != space:
            return lambda _entry: "other-space"
        return refusing(author.role, author.holder, space, organisation_of=organisation_of, last=last)

    # --- keeping -----------------------------------------------------------------------------

    def settle(self, connection: sa.Connection) -> Changes:
        """Keep what was proved, in the transaction of the file; in a trial it is rolled back with it."""
        ws, changes = self._ws, Changes()
        if ws.team is not None and self.sender is not None and self._escrow:
            ws.store.local.keep_in(connection, **{f"escrow/{self.sender.device}": self._escrow})
        for device, (_certificate, content) in self._carried.items():
            ws.store.local.keep_certificate(connection, DeviceId(device), content)
        ws.store.local.keep_in(connection, **{f"guest/{guest}": each for guest, (_body, each) in self._guests.items()})
        for body in self._enrolled.values():
            changes |= self._enrol(connection, body)
        for invitation, device in self._answered:
            answered = InvitationAnswered(invitation_id=InvitationId(invitation), device_id=DeviceId(device))
            changes |= ws.append_in(connection, ws.space, answered)
        if ws.team is None:
            kept = {f"introduction/{device}": each for device, each in self._vouched.items() if self._keeps(device)}
            ws.store.local.keep_in(connection, **kept)
            self._keep_from_team(connection)
        elif self.sender is None:
            changes |= agree(ws, connection) | identities.agree_on_keys(ws, connection)
        judge = partial(self._judge, connection)
        freed = (*judge_again(connection, UNKNOWN_ROLE, judge), *judge_again(connection, REVOKED, judge))
        changes |= counted(connection, ws, freed)
        self.changes = changes
        return changes

    def settled(self) -> None:
        """Go on with what was kept, once the file's transaction is on the disk."""
        ws = self._ws
        if self._roots is not None:
            identities.forget_certificates(ws, self.team_keys)
            ws.store.local.keep(roots=self._roots_bytes)
            identities.pin(ws, self.team_keys[0])
        if ws.team is not None and self.sender is None:
            identities.adopt_newest(ws)
            identities.adopt_certificates(ws)

    # --- inside ------------------------------------------------------------------------------

    def _follows(self, manifest: Manifest, introduction: bytes | None) -> bool:
        """Tell whether the team signed, following its steps to a newer key where the file carries them."""
        if manifest.signer in {key.hex for key in self.team_keys}:
            return True  # also a key before the one in force, where what that has signed still counts
        if introduction is None or manifest.members[0].kind != "roots":
            return False
        return manifest.signer == self._follow(introduction).all[-1].key

    def _follow(self, introduction: bytes) -> Roots:
        """Follow the team's steps to its newest key."""
        pinned = VerifyKey.from_hex(self._ws.about.team_key)
        self._roots = check_roots(introduction, pinned=pinned, project=self._ws.about.project)
        self._roots_bytes, self.team_keys = introduction, self._roots.trusted
        return self._roots

    def _carrier(self, manifest: Manifest, introduction: bytes | None) -> Certificate:
        """Return whose device carries the file."""
        ws, device = self._ws, DeviceId(manifest.signer)
        if self._cut_off(device) if ws.team is None else self._circle.shuts_out(device, manifest.type):
            raise SignerRevoked
        known = self._circle.certificates.get(device)
        is_answer = introduction is not None and manifest.members[0].kind == "enrolment"
        if introduction is not None and is_answer:
            if device_of(introduction) != device:
                raise UnknownSigner
            self._vouched[device] = introduction
        if known is not None:
            sender = read_certificate(known)
            if introduction is not None and is_answer and ws.team is not None:
                self._hear_another_answer(introduction, sender)
        elif introduction is not None and is_answer:
            sender = self._introduced(device, introduction)
        else:
            raise UnknownSigner
        if ws.team is None and (sender.holder, sender.role) != (ws.about.holder, ws.about.role):
            raise UnknownSigner
        return sender

    def _introduced(self, device: DeviceId, content: bytes) -> Certificate:
        """Return the certificate of a device that answers an invitation: the team's own, or one vouched for."""
        if self._ws.team is None:
            enrolment, voucher = self._by_any(lambda key: check_introduction(content, team=key))
            holder, role, invitation_id = voucher.holder, voucher.role, voucher.invitation
            directory = self._known_directory
            cut_off = set() if directory is None else {each.device for each in directory.revoked}
            if directory is not None and invitation_id in directory.cancelled and device not in cut_off:
                raise InvitationWithdrawn
        else:
            invitation = self._open_invitation(content)
            taken = {each.invitation for each in self._enrolled.values() if each.device != device}
            if invitation.invitation_id in taken or self._is_answered(invitation.invitation_id):
                raise InvitationUsed
            enrolment = self._checked(content, bytes.fromhex(invitation.secret))
            holder, role, invitation_id = invitation.holder, invitation.role, invitation.invitation_id
        if enrolment.device != device or self._manifest is None:
            raise UnknownSigner
        certificate = Certificate(
            project=self._ws.about.project,
            device=device,
            recipient=enrolment.recipient,
            holder=holder,
            role=role,
            issued=self._manifest.created,
            invitation=invitation_id,
        )
        if self._ws.team is not None:
            self._enrolled[device] = certificate
        return certificate

    def _open_invitation(self, content: bytes) -> InvitationIssued:
        """Return the invitation that an answer names, if it is one of ours and was not taken back."""
        ws, invitation_id = self._ws, InvitationId(invitation_of(content))
        issued = ws.standing(InvitationIssued, space=ws.space, invitation_id=invitation_id)
        if not issued:
            raise UnknownInvitation
        if ws.standing(InvitationCancelled, space=ws.space, invitation_id=invitation_id):
            raise InvitationWithdrawn
        return issued[0].event

    def _is_answered(self, invitation_id: InvitationId) -> bool:
        ws = self._ws
        enrolled = ws.standing(DeviceEnrolled, space=ws.space, invitation_id=invitation_id)
        return bool(enrolled or ws.standing(InvitationAnswered, space=ws.space, invitation_id=invitation_id))

    def _checked(self, content: bytes, secret: bytes) -> Enrolment:
        return self._by_any(lambda key: check_enrolment(content, secret, team=key))

    def _keeps(self, device: str) -> bool:
        """Tell whether an answer is kept and handed on: the device's own, or one where there is none, if it is true."""
        is_own = self.sender is not None and self.sender.device == device
        try:
            self._by_any(lambda key: check_introduction(self._vouched[device], team=key))
        except EnrolmentFalse:
            return False
        return is_own or self._ws.store.local.value(f"introduction/{device}") is None

    def _by_any(self, check: Callable[[VerifyKey], T]) -> T:
        """Return what one of the team's keys that count proves: most often the one in force."""
        for key in self.team_keys[:-1]:
            with suppress(EnrolmentFalse, CertificateFalse):
                return check(key)
        return check(self.team_keys[-1])

    def _hear_another_answer(self, content: bytes, sender: Certificate) -> None:
        """A device that is known opened one more invitation: remember that it was answered."""
        invitation_id = InvitationId(invitation_of(content))
        if self._is_answered(invitation_id):
            return
        try:
            invitation = self._open_invitation(content)
        except (InvitationWithdrawn, UnknownInvitation):
            return  # who is known stays known, whatever else they opened
        self._checked(content, bytes.fromhex(invitation.secret))
        if invitation.holder == sender.holder:
            self._answered.append((invitation_id, sender.device))

    def _found(self, connection: sa.Connection, device: DeviceId) -> Certificate:
        ws = self._ws
        if self.sender is not None and self.sender.device == device:
            return self.sender
        known = ws.store.local.certificate(device, connection)
        if known is not None:
            return read_certificate(known)
        if device in self._carried:
            return self._carried[device][0]
        if device in self._guests:
            return self._guest(self._guests[device][0])
        kept = ws.store.local.value(f"introduction/{device}")
        offered = self._vouched.get(device, kept)
        if offered is None:
            raise UnknownSigner
        if kept is None:
            return self._introduced(device, offered)
        with suppress(EnrolmentFalse):  # somebody else may carry a false one
            return self._introduced(device, offered)
        return self._introduced(device, kept)

    def _judge(self, connection: sa.Connection, certificate: bytes, stream: Stream, entry: Entry) -> str | None:
        """Say why an entry stays aside that lay there for want of knowing its writer, or as a revoked one's."""
        return self._refusal_of(connection, read_certificate(certificate), stream)(entry)

    def _nobodys(self, device: DeviceId) -> Certificate:
        return Certificate(
            project=self._ws.about.project,
            device=device,
            recipient="",
            holder="",
            role=NOBODY,
            issued="",
            invitation="",
        )

    def _hear_certificate(self, content: bytes) -> None:
        device = DeviceId(read_certificate(content).device)
        if self._ws.store.local.certificate(device) is not None and self._ws.team is not None:
            return  # the team's own list is the newer one
        certificate = self._by_any(lambda key: check_certificate(content, key))
        self._carried[device] = (certificate, content)

    def _hear_guest(self, content: bytes) -> None:
        """A laptop vouches for keys that wrote on it; between the team's laptops that was looked at before."""
        guest = check_guest_pass(content)
        if self.sender is None or guest.host == self.sender.device:
            self._guests[guest.guest] = (guest, content)

    def _guest(self, guest: GuestPass) -> Certificate:
        """Return whose laptop a guest wrote on, as a certificate that lets it write its one submission."""
        known = self._ws.store.local.certificate(DeviceId(guest.host))
        host = read_certificate(known) if known is not None else self.sender
        if known is None and guest.host in self._carried:
            host = self._carried[guest.host][0]
        if host is None:
            raise UnknownSigner
        return msgspec.structs.replace(host, device=guest.guest, role=GUEST)

    @property
    def _known_directory(self) -> Directory | None:
        """What the directories that came before, and the one in this file, say together."""
        return both(self._kept_directory, self._directory)

    @property
    def _kept_directory(self) -> Directory | None:
        """What directories said before this file; none of it where somebody else may have had the key that we knew."""
        is_lost = self._ws.about.team_key not in {key.hex for key in self.team_keys}
        return None if is_lost else kept_directory(self._ws)

    def _cut_off(self, device: DeviceId) -> bool:
        with self._ws.store.database.reading() as connection:
            return self._cuts(device, connection) is not None

    def _cuts(self, device: DeviceId, connection: sa.Connection) -> Mapping[str, int] | None:
        """Return up to where the streams of a device count that is trusted no longer; None while it is trusted."""
        if self._ws.team is not None:
            return cuts_of(connection, self._ws, device)
        directory = self._known_directory
        if directory is None:
            return None
        return next((each.last for each in directory.revoked if each.device == device), None)

    def _enrol(self, connection: sa.Connection, body: Certificate) -> Changes:
        """Certify a device that answered our invitation."""
        ws = self._ws
        run = connection.exec_driver_sql
        used = "SELECT device_id FROM standing_device_enrolled WHERE in_space=? AND invitation_id=?"
        others = [device for (device,) in run(used, (ws.space, body.invitation)).all()]
        if ws.team is None or body.device in others:
            return Changes()  # another file of this device, in the same batch, came first
        if others:
            raise InvitationUsed
        cancelled = "SELECT 1 FROM standing_invitation_cancelled WHERE in_space=? AND invitation_id=?"
        if run(cancelled, (ws.space, body.invitation)).first():
            raise InvitationWithdrawn  # while the file was read
        certificate = make_certificate(body, ws.team.signing)
        ws.store.local.keep_certificate(connection, DeviceId(body.device), certificate)
        return ws.append_in(
            connection,
            ws.space,
            DeviceEnrolled(
                device_id=DeviceId(body.device),
                invitation_id=InvitationId(body.invitation),
                holder=body.holder,
                role=body.role,
                recipient=body.recipient,
                certificate=certificate.decode(),
            ),
        )

    def _keep_from_team(self, connection: sa.Connection) -> None:
        """Keep shared keys, and what directories have said; an older one undoes nothing."""
        ws = self._ws
        if self.keys is not None:
            is_newest = brings_newest(self._directory, self._kept_directory)
            identities.keep_holder_keys(ws, connection, self.keys, is_newest=is_newest)
        if (whole := self._known_directory) is not None:
            ws.store.local.keep_in(connection, directory=canonical(whole))


def _is_here(connection: sa.Connection, device: DeviceId) -> bool:
    """Tell whether something that a device wrote was taken in before, to count or to lie aside."""
    query = "SELECT 1 FROM stream WHERE device=? AND last>0"
    return connection.exec_driver_sql(query, (device,)).first() is not None
