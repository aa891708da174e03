"""Whose file this is, and whose entries are in it: who is known here, who introduces themselves, who vouches."""

from collections.abc import Callable

import sqlalchemy as sa

from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.bundles import (
    Certificate,
    Enrolment,
    Manifest,
    check_certificate,
    check_enrolment,
    invitation_of,
    make_certificate,
)
from iowscp_desktop.crypto import VerifyKey
from iowscp_desktop.domain.events import (
    DeviceEnrolled,
    InvitationIssued,
    OrganisationAdded,
    PanellistAsked,
    ResponseAssigned,
)
from iowscp_desktop.domain.grants import MAY_SEND, Role, refusal
from iowscp_desktop.domain.ids import (
    DeviceId,
    InvitationId,
    OrganisationId,
    PersonId,
    ResponseId,
    response_space,
)
from iowscp_desktop.domain.journal import Entry, Stream
from iowscp_desktop.errors import InvitationUsed, SignerNotAllowed, UnknownInvitation, UnknownSigner

MOST_HEARD_BYTES = 64 * 1024


class Acquaintance:
    """What one file says about devices, checked. Nothing is kept before `settle`, inside the file's transaction."""

    hears = frozenset({"certificate"})
    """The kinds of members that are said to it."""

    def __init__(self, ws: Workspace) -> None:
        self._ws = ws
        self._enrolment: Enrolment | None = None
        self._carried: list[Certificate] = []
        self._signed: dict[str, bytes] = {}
        self._certificates: dict[str, Certificate] = {}
        self.sender: Certificate | None = None
        """Whose device carries the file; None for the team."""

    # --- the carrier -------------------------------------------------------------------------

    def trust(self, manifest: Manifest, introduction: bytes | None) -> VerifyKey:
        """Return the key that must have signed the file.

        Raises:
            BundleError: Nobody that may send such a file here.
        """
        ws = self._ws
        if ws.team is None:
            if manifest.signer != ws.about.team_key:
                raise UnknownSigner
            if manifest.type not in MAY_SEND[Role.TEAM]:
                raise SignerNotAllowed(manifest.type)
            return VerifyKey.from_hex(manifest.signer)
        known = ws.store.local.certificate(DeviceId(manifest.signer))
        if known is not None:
            self.sender = check_certificate(known, ws.team.signing.verify_key)
        elif introduction is not None:
            self.sender = self._introduced(manifest, introduction)
        else:
            raise UnknownSigner
        if manifest.type not in MAY_SEND[Role(self.sender.role)]:
            raise SignerNotAllowed(manifest.type)
        return VerifyKey.from_hex(manifest.signer)

    @property
    def sender_name(self) -> str:
        """Whose file this is, in the words people know them by."""
        ws = self._ws
        if self.sender is None:
            assigned = ws.standing(ResponseAssigned)
            return assigned[0].event.partnership_name if assigned else ""
        holder = self.sender.holder
        if self.sender.role == Role.PANEL:
            asked = ws.standing(PanellistAsked, space=ws.space, person_id=PersonId(holder))
            return asked[0].event.name if asked else ""
        known = ws.standing(OrganisationAdded, space=ws.space, organisation_id=OrganisationId(holder))
        return known[0].event.name if known else ""

    # --- the authors -------------------------------------------------------------------------

    def hear(self, kind: str, content: bytes) -> None:
        """Take in what the file says about devices; nothing of it is believed unproved.

        Raises:
            BundleError: It is not genuine.
        """
        if kind == "certificate":
            certificate = check_certificate(content, VerifyKey.from_hex(self._ws.about.team_key))
            self._carried.append(certificate)
            self._signed[certificate.device] = content

    def certified(self, connection: sa.Connection, device: DeviceId) -> Certificate:
        """Return whose device wrote a stream: known here, just introduced, or vouched for by the team.

        Raises:
            UnknownSigner: Nobody knows.
        """
        if device not in self._certificates:
            self._certificates[device] = self._found(connection, device)
        return self._certificates[device]

    def refusal(self, connection: sa.Connection, stream: Stream) -> Callable[[Entry], str | None]:
        """Return what says why an entry of a stream is outside its author's grant."""
        author, space = self.certified(connection, stream.device), stream.space

        def organisation_of(response: ResponseId) -> OrganisationId | None:
            found = connection.exec_driver_sql(
                "SELECT organisation_id FROM standing_response_assigned WHERE in_space=?", (response_space(response),)
            ).scalar()
            return None if found is None else OrganisationId(found)

        return lambda entry: refusal(author.role, author.holder, space, entry.header, organisation_of=organisation_of)

    # --- keeping -----------------------------------------------------------------------------

    def settle(self, connection: sa.Connection) -> Changes:
        """Keep what was proved, in the transaction of the file; in a trial it is rolled back with it."""
        ws, changes = self._ws, Changes()
        for device, content in self._signed.items():
            ws.store.local.keep_certificate(connection, DeviceId(device), content)
        if self._enrolment is not None and self.sender is not None and ws.team is not None:
            changes |= self._enrol(connection, self._enrolment.invitation, self.sender)
        return changes

    # --- inside ------------------------------------------------------------------------------

    def _introduced(self, manifest: Manifest, content: bytes) -> Certificate:
        """Return the certificate that a device which answers our invitation will get."""
        ws = self._ws
        team = ws.team
        issued = ws.standing(InvitationIssued, space=ws.space, invitation_id=invitation_of(content))
        if not issued or team is None:
            raise UnknownInvitation
        invitation = issued[0].event
        enrolment = check_enrolment(content, bytes.fromhex(invitation.secret), team=team.signing.verify_key)
        if enrolment.device != manifest.signer:
            raise UnknownSigner
        if ws.standing(DeviceEnrolled, space=ws.space, invitation_id=invitation.invitation_id):
            raise InvitationUsed
        self._enrolment = enrolment
        return Certificate(
            project=ws.about.project,
            device=enrolment.device,
            recipient=enrolment.recipient,
            holder=invitation.holder,
            role=invitation.role,
            issued=manifest.created,
            invitation=invitation.invitation_id,
        )

    def _found(self, connection: sa.Connection, device: DeviceId) -> Certificate:
        ws = self._ws
        if self.sender is not None and self.sender.device == device:
            return self.sender
        known = ws.store.local.certificate(device, connection)
        if known is not None:
            return check_certificate(known, VerifyKey.from_hex(ws.about.team_key))
        for each in self._carried:
            if each.device == device:
                return each
        raise UnknownSigner

    def _enrol(self, connection: sa.Connection, invitation: str, body: Certificate) -> Changes:
        """Certify a device that answered our invitation."""
        ws = self._ws
        if ws.team is None:
            return Changes()
        certificate = make_certificate(body, ws.team.signing)
        ws.store.local.keep_certificate(connection, DeviceId(body.device), certificate)
        return ws.append_in(
            connection,
            ws.space,
            DeviceEnrolled(
                device_id=DeviceId(body.device),
                invitation_id=InvitationId(invitation),
                holder=body.holder,
                role=body.role,
                recipient=body.recipient,
                certificate=certificate.decode(),
            ),
        )
