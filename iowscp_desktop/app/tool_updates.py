"""Newer editions, and further rounds, to devices that are known: sealed to them, and no code is needed."""

from pathlib import Path

from iowscp_desktop.app import exchange
from iowscp_desktop.app.devices import directory_members
from iowscp_desktop.app.exchange import Parcel
from iowscp_desktop.app.identities import recipients_of
from iowscp_desktop.app.invitations import tools_of
from iowscp_desktop.app.rounds import ask, team_of
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.events import ResponseAssigned, ToolAdopted
from iowscp_desktop.domain.ids import OrganisationId, ResponseId, RoundId, Sha256, response_space
from iowscp_desktop.errors import NoDeviceKnown, NotYours


def send_tool_update(ws: Workspace, response_id: ResponseId, package: Sha256, folder: Path) -> Path:
    """Seal a newer edition of a response's tool to the organisation. A draft stays on its own until they move it.

    Raises:
        NotYours: It is an edition of another tool, or none that is in use.
        NoDeviceKnown: Nobody of the organisation has come back yet.
        FileUnwritable: The folder cannot be written.
    """
    team_of(ws)
    space = response_space(response_id)
    assigned = ws.one(ResponseAssigned, space=space)
    adopted = ws.one(ToolAdopted, space=ws.space, package=package)
    if adopted.tool_id != assigned.tool_id:
        raise NotYours
    if not ws.standing(ToolAdopted, space=space, package=package):
        ws.append(space, adopted)
    return _send(ws, "tool-update", response_id, folder, tools=(package,))


def send_assignment(ws: Workspace, round_id: RoundId, organisation_id: OrganisationId, folder: Path) -> Path:
    """Ask an organisation whose devices are known for its response to a further round.

    Raises:
        NoDeviceKnown: Nobody of the organisation has come back yet: invite a device instead.
        FileUnwritable: The folder cannot be written.
    """
    response_id = ask(ws, round_id, organisation_id)
    return _send(ws, "assignment", response_id, folder, tools=tools_of(ws, [response_space(response_id)]))


def _send(ws: Workspace, sort: str, response_id: ResponseId, folder: Path, *, tools: tuple[Sha256, ...]) -> Path:
    space = response_space(response_id)
    holder = ws.one(ResponseAssigned, space=space).organisation_id
    recipients = recipients_of(ws, holder)
    if not recipients:
        raise NoDeviceKnown
    parcel = Parcel(
        type=sort,
        spaces=[space],
        recipients=recipients,
        tools=tools,
        members=directory_members(ws, holder),
        with_evidence=False,
    )
    return exchange.send(ws, parcel, folder)
