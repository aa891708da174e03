"""The team's side of a round: the partnership, its tools and organisations, who was asked and who has answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from iowscp_desktop.app.workspace import Changes, TeamKeys, Workspace
from iowscp_desktop.domain.events import (
    DeviceEnrolled,
    InvitationIssued,
    OrganisationAdded,
    PartnershipNamed,
    ReceiptIssued,
    ResponseAssigned,
    ResponseFinalised,
    RoundOpened,
    SignedOff,
    ToolAdopted,
)
from iowscp_desktop.domain.ids import (
    InvitationId,
    OrganisationId,
    ResponseId,
    RoundId,
    Sha256,
    response_space,
)
from iowscp_desktop.domain.tool import ToolPackage, read_tool
from iowscp_desktop.errors import NotYours


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundLine:
    """One round, and how far it is."""

    id: RoundId
    title: str
    tool: str
    due: date
    asked: int
    returned: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnLine:
    """One organisation in a round."""

    response_id: ResponseId
    organisation_id: OrganisationId
    organisation: str
    invited: int
    """Invitations sent; each is for one device."""
    joined: int
    """Devices that have answered theirs."""
    finalised: bool
    signed: tuple[str, ...]
    """Roles that have signed the standing revision."""
    receipt: str
    """The receipt's number; empty until something came back."""
    conflicts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A school or agency."""

    id: OrganisationId
    name: str = field(repr=False)
    sort: str


def team_of(ws: Workspace) -> TeamKeys:
    """Return the team's keys.

    Raises:
        NotYours: This is not a team workspace.
    """
    if ws.team is None:
        raise NotYours
    return ws.team


def name_partnership(ws: Workspace, name: str) -> Changes:
    """Write down what the partnership is called."""
    team_of(ws)
    return ws.append(ws.space, PartnershipNamed(name=name))


def partnership(ws: Workspace) -> str:
    """Return what the partnership is called."""
    return ws.one(PartnershipNamed, space=ws.space).name


def adopt_tool(ws: Workspace, files: Mapping[str, bytes]) -> ToolPackage:
    """Take an edition of a tool into use. The same files again change nothing.

    Raises:
        ToolError: The files are no tool.
    """
    team_of(ws)
    package = read_tool(files)
    settings = package.settings
    if not ws.standing(ToolAdopted, space=ws.space, package=package.digest):
        ws.append_with_blob(
            ws.space,
            [package.canonical()],
            lambda digest, _size: ToolAdopted(
                package=digest, tool_id=settings.id, edition=settings.edition, title=settings.title
            ),
        )
    return package


def tools(ws: Workspace) -> tuple[ToolAdopted, ...]:
    """Return the tools in use, by title."""
    return tuple(sorted((held.event for held in ws.standing(ToolAdopted, space=ws.space)), key=lambda tool: tool.title))


def add_organisation(ws: Workspace, name: str, sort: str) -> OrganisationId:
    """Add a school or agency."""
    team_of(ws)
    organisation_id = OrganisationId(ws.world.new_id())
    ws.append(ws.space, OrganisationAdded(organisation_id=organisation_id, name=name.strip(), sort=sort))
    return organisation_id


def organisations(ws: Workspace) -> tuple[Organisation, ...]:
    """Return every school and agency, by name."""
    rows = (held.event for held in ws.standing(OrganisationAdded, space=ws.space))
    found = (Organisation(id=row.organisation_id, name=row.name, sort=row.sort) for row in rows)
    return tuple(sorted(found, key=lambda each: each.name))


def open_round(ws: Workspace, *, title: str, package: Sha256, due: date) -> RoundId:
    """Open a round of one tool."""
    team_of(ws)
    round_id = RoundId(ws.world.new_id())
    ws.append(ws.space, RoundOpened(round_id=round_id, title=title.strip(), package=package, due=due.isoformat()))
    return round_id


def ask(ws: Workspace, round_id: RoundId, organisation_id: OrganisationId) -> ResponseId:
    """Ask an organisation for its response to a round; asking again gives the same response."""
    team = team_of(ws)
    already = ws.standing(ResponseAssigned, round_id=round_id, organisation_id=organisation_id)
    if already:
        return already[0].event.response_id
    opened = ws.one(RoundOpened, space=ws.space, round_id=round_id)
    tool = ws.one(ToolAdopted, space=ws.space, package=opened.package)
    organisation = ws.one(OrganisationAdded, space=ws.space, organisation_id=organisation_id)
    response_id = ResponseId(ws.world.new_id())
    ws.append(
        response_space(response_id),
        ResponseAssigned(
            response_id=response_id,
            tool_id=tool.tool_id,
            edition=tool.edition,
            package=opened.package,
            title=tool.title,
            round_id=round_id,
            round_title=opened.title,
            organisation_id=organisation_id,
            organisation_name=organisation.name,
            due=opened.due,
            partnership_name=partnership(ws),
            recipients=(team.identity.recipient.text,),
        ),
    )
    return response_id


def rounds(ws: Workspace) -> tuple[RoundLine, ...]:
    """Return every round, the next deadline first."""
    lines = []
    for held in ws.standing(RoundOpened, space=ws.space):
        opened = held.event
        returns = returns_of(ws, opened.round_id)
        lines.append(
            RoundLine(
                id=opened.round_id,
                title=opened.title,
                tool=ws.one(ToolAdopted, space=ws.space, package=opened.package).title,
                due=date.fromisoformat(opened.due),
                asked=len(returns),
                returned=sum(bool(line.receipt) for line in returns),
            )
        )
    return tuple(sorted(lines, key=lambda line: (line.due, line.title)))


def returns_of(ws: Workspace, round_id: RoundId) -> tuple[ReturnLine, ...]:
    """Return who was asked in a round and what came back, by name."""
    invited = [held.event for held in ws.standing(InvitationIssued, space=ws.space)]
    joined = {held.event.invitation_id for held in ws.standing(DeviceEnrolled, space=ws.space)}
    lines = [
        _return_line(ws, held.event, [each for each in invited if each.response_id == held.event.response_id], joined)
        for held in ws.standing(ResponseAssigned, round_id=round_id)
    ]
    return tuple(sorted(lines, key=lambda line: line.organisation))


def _return_line(
    ws: Workspace, assigned: ResponseAssigned, invited: list[InvitationIssued], joined: set[InvitationId]
) -> ReturnLine:
    space = response_space(assigned.response_id)
    finalised = [held.event for held in ws.standing(ResponseFinalised, space=space)]
    numbers = {each.number for each in finalised}
    signed = [held.event for held in ws.standing(SignedOff, space=space) if held.event.number in numbers]
    receipts = sorted(ws.standing(ReceiptIssued, space=space), key=lambda held: held.at)
    return ReturnLine(
        response_id=assigned.response_id,
        organisation_id=assigned.organisation_id,
        organisation=assigned.organisation_name,
        invited=len(invited),
        joined=sum(each.invitation_id in joined for each in invited),
        finalised=bool(finalised),
        signed=tuple(each.role for each in signed),
        receipt=receipts[-1].event.number if receipts else "",
        conflicts=0,
    )
