"""Inviting: one file and one spoken code for each device, so that a stranger's file is never trusted."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

from iowscp_desktop.app.exchange import Parcel, draft_for, members_of
from iowscp_desktop.app.rounds import ask, escrow, partnership, team_of
from iowscp_desktop.app.tools import packages_of
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.bundles import INVITATION_SUFFIX, InvitationDraft, neutral_name, write_invitation, write_new_file
from iowscp_desktop.crypto import new_one_time_code
from iowscp_desktop.domain.clock import as_stored
from iowscp_desktop.domain.events import InvitationIssued, PanellistAsked, RoundOpened, ScoringAsked
from iowscp_desktop.domain.grants import Role
from iowscp_desktop.domain.ids import (
    InvitationId,
    OrganisationId,
    PersonId,
    ResponseId,
    RoundId,
    Sha256,
    SpaceId,
    panel_space,
    response_space,
)

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

    Raises:
        FileUnwritable: The folder cannot be written.
    """
    response_id = ask(ws, round_id, organisation_id)
    space = response_space(response_id)
    guest = _Guest(holder=organisation_id, role=Role.ORGANISATION, round_id=round_id, response_id=response_id)
    return _write(ws, guest, [space], [*packages_of(ws, [space])], folder)


def invite_panellist(
    ws: Workspace, round_id: RoundId, name: str, responses: tuple[ResponseId, ...], folder: Path
) -> tuple[PersonId, Invited]:
    """Ask a panel member to score responses alone. The pack is in the invitation, and holds no one's scores."""
    person_id = PersonId(ws.world.new_id())
    space = panel_space(round_id, person_id)
    team = team_of(ws)
    ws.append(
        space,
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
    guest = _Guest(holder=person_id, role=Role.PANEL, round_id=round_id)
    spaces = [space, *(response_space(response_id) for response_id in responses)]
    invited = _write(ws, guest, spaces, [*packages_of(ws, spaces)], folder)
    ws.append(  # last: the panel waits for everybody who was asked, so nobody is asked by a file that was not written
        ws.space,
        *(
            PanellistAsked(round_id=round_id, response_id=response_id, person_id=person_id, name=name)
            for response_id in responses
        ),
    )
    return person_id, invited


@dataclass(frozen=True, slots=True, kw_only=True)
class _Guest:
    holder: str
    role: Role
    round_id: RoundId
    response_id: ResponseId | None = None


def _write(ws: Workspace, guest: _Guest, spaces: list[SpaceId], tools: list[Sha256], folder: Path) -> Invited:
    team = team_of(ws)
    invitation_id = InvitationId(ws.world.new_id())
    code = new_one_time_code()
    expires = ws.world.clock() + VALID_FOR
    parcel = Parcel(type="invitation", spaces=spaces, recipients=(), tools=tools)
    members = members_of(ws, parcel)
    draft = draft_for(ws, parcel)
    path = folder / neutral_name(INVITATION_SUFFIX)

    def write(sink: BinaryIO) -> bytes:
        return write_invitation(
            sink,
            invitation=InvitationDraft(invitation=invitation_id, expires=expires, code=code, cost=ws.world.code_cost),
            draft=draft,
            members=members,
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
