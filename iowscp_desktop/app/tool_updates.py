"""Newer editions, and further rounds, to devices that are known: sealed to them, and no code is needed."""

from dataclasses import dataclass
from pathlib import Path

from iowscp_desktop.app import exchange
from iowscp_desktop.app.devices import devices, directory_members
from iowscp_desktop.app.exchange import Parcel
from iowscp_desktop.app.identities import recipients_of
from iowscp_desktop.app.invitations import tools_of
from iowscp_desktop.app.rounds import ShippedTool, adopt_shipped, ask, shipped_tools, team_of, tools
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.events import ResponseAssigned, RoundOpened, ToolAdopted
from iowscp_desktop.domain.ids import OrganisationId, ResponseId, RoundId, Sha256, response_space
from iowscp_desktop.errors import NoDeviceKnown, NotYours


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionOffer:
    """Another edition of a round's tool: one in use, or one that comes with the program."""

    package: Sha256
    title: str
    edition: str


def known_holders(ws: Workspace) -> frozenset[str]:
    """Return who has a computer that was let in and is still trusted: organisations and panel members."""
    return frozenset(line.holder for line in devices(ws) if not line.revoked)


def assignments_sent(ws: Workspace) -> frozenset[str]:
    """Return the spaces of responses that were asked for by a file without a code."""
    lines = ws.store.local.bundles()
    return frozenset(line.space for line in lines if (line.direction, line.type) == ("out", "assignment"))


def other_editions(ws: Workspace, round_id: RoundId) -> tuple[EditionOffer, ...]:
    """Return the editions of a round's tool that it did not begin with, the highest name first."""
    package = ws.one(RoundOpened, space=ws.space, round_id=round_id).package
    tool_id = ws.one(ToolAdopted, space=ws.space, package=package).tool_id
    everything: list[ToolAdopted | ShippedTool] = [*tools(ws), *shipped_tools(ws)]
    found = {
        each.package: EditionOffer(package=each.package, title=each.title, edition=each.edition)
        for each in everything
        if each.tool_id == tool_id and each.package != package
    }
    return tuple(sorted(found.values(), key=lambda offer: offer.edition, reverse=True))


def take_into_use(ws: Workspace, package: Sha256) -> None:
    """Take an edition that comes with the program into use; one that is in use already stays as it is."""
    team_of(ws)
    if not ws.standing(ToolAdopted, space=ws.space, package=package):
        adopt_shipped(ws, next(each for each in shipped_tools(ws) if each.package == package))


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
        reader=holder,
        with_evidence=False,
    )
    return exchange.send(ws, parcel, folder)
