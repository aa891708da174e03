"""What an opened invitation gives: the team's keys to one more of its laptops, a further task to a known device."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from iowscp_desktop.app import identities
from iowscp_desktop.app.acquaintance import Acquaintance
from iowscp_desktop.app.merging import take_members
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.bundles import (
    Admission,
    Certificate,
    OpenInvitation,
    TeamSecrets,
    make_certificate,
    make_enrolment,
    open_invitation,
)
from iowscp_desktop.crypto import SigningKey, fingerprint
from iowscp_desktop.domain.events import DeviceEnrolled, InvitationAnswered
from iowscp_desktop.domain.grants import Role
from iowscp_desktop.domain.ids import InvitationId
from iowscp_desktop.errors import BundleMalformed, InvitationForOthers

TEAM = "team"
"""The kind of the member that holds the team's keys."""


@contextmanager
def taken(ws: Workspace, invitation: OpenInvitation) -> Generator[tuple[sa.Connection, Acquaintance]]:
    """Take all that is in an opened invitation, in one transaction; what is written in it is kept with it."""
    acquaintance = Acquaintance(ws)
    acquaintance.opened(invitation.bundle)
    with ws.store.journal.merging() as connection:
        take_members(connection, ws, invitation.bundle, acquaintance)
        invitation.bundle.finish()
        acquaintance.settle(connection)
        yield connection, acquaintance
    acquaintance.settled()


def answer(ws: Workspace, connection: sa.Connection, invitation: OpenInvitation, about: Acquaintance) -> None:
    """Make the answer that will ride in this device's bundles.

    Raises:
        BundleMalformed: The invitation has no key of its own.
    """
    if about.voucher is None:
        raise BundleMalformed("the invitation holds no key of its own")
    admission = Admission(
        invitation=invitation.invitation,
        secret=invitation.secret,
        team=invitation.team,
        voucher=about.voucher.voucher.encode(),
        key=SigningKey.from_bytes(bytes.fromhex(about.voucher.key)),
    )
    enrolment = make_enrolment(
        admission, device=ws.keys.signing, recipient=ws.keys.identity.recipient, person=ws.person.id
    )
    ws.store.local.keep_in(connection, enrolment=enrolment)


def certify_own(ws: Workspace, connection: sa.Connection, answered: str | None = None) -> None:
    """Give one of the team's laptops the team's certificate: it holds the team's key.

    The invitation that it came by is answered: the other laptops see that its code was used.
    """
    if ws.team is None:
        return
    certificate = Certificate(
        project=ws.about.project,
        device=ws.keys.device,
        recipient=ws.keys.identity.recipient.text,
        holder=ws.about.project,
        role=Role.TEAM,
        issued=ws.now(),
        invitation=ws.about.project,
    )
    signed = make_certificate(certificate, ws.team.signing)
    ws.store.local.keep_certificate(connection, ws.keys.device, signed)
    enrolled = DeviceEnrolled(
        device_id=ws.keys.device,
        invitation_id=InvitationId(ws.about.project),
        holder=ws.about.project,
        role=Role.TEAM,
        recipient=certificate.recipient,
        certificate=signed.decode(),
    )
    ws.append_in(connection, ws.space, enrolled)
    if answered is not None:
        ws.append_in(
            connection, ws.space, InvitationAnswered(invitation_id=InvitationId(answered), device_id=ws.keys.device)
        )


def keep_team(ws: Workspace, secrets: TeamSecrets) -> None:
    """Keep the team's keys as another of its laptops handed them over."""
    identities.adopt_team(ws, secrets)


def accept(ws: Workspace, path: Path, code: str) -> Changes:
    """Take a further invitation into this workspace: a new round, or a new code for a device not yet let in.

    Raises:
        BundleError: A wrong code, a damaged or expired file: each by its name.
        InvitationForOthers: It is for another organisation, panel member or partnership.
    """
    with open_invitation(path, code=code, now=ws.world.clock()) as invitation:
        if invitation.bundle.manifest.project != ws.about.project or ws.team is not None:
            raise InvitationForOthers
        with taken(ws, invitation) as (connection, about):
            if about.keys is None or invitation.team.hex not in {key.hex for key in about.team_keys}:
                raise InvitationForOthers
            answer(ws, connection, invitation, about)
    return about.changes


def own_fingerprint(ws: Workspace) -> str:
    """Return this device's sign, `LB2X-PBW7-HA4H`, to be read out and compared at the other end."""
    return fingerprint(bytes.fromhex(ws.keys.device))
