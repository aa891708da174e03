"""The team's side of a round: the partnership, its tools and organisations, who was asked and who has answered."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from iowscp_desktop.app.exchange import Progress, no_progress
from iowscp_desktop.app.two_finals import waiting_counts
from iowscp_desktop.app.workspace import Changes, TeamKeys, Workspace
from iowscp_desktop.domain.events import (
    DeviceEnrolled,
    Event,
    InvitationAnswered,
    InvitationCancelled,
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
    Register,
    ResponseId,
    RoundId,
    Sha256,
    SpaceId,
    response_space,
    same_response,
)
from iowscp_desktop.domain.shipped import shipped
from iowscp_desktop.domain.survey_form import require_anonymous
from iowscp_desktop.domain.tool import ToolPackage, files_in, open_package, read_tool
from iowscp_desktop.errors import NotYours
from iowscp_desktop.store import Held

E = TypeVar("E", bound=Event)


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
    organisation: str = field(repr=False)
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
    """What waits for a decision: answers that differ, and a return that was declared complete twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A school or agency."""

    id: OrganisationId
    name: str = field(repr=False)
    sort: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShippedTool:
    """An audit tool that comes with the program."""

    folder: str
    tool_id: str
    title: str
    edition: str
    summary: str
    package: Sha256
    adopted: bool
    """This very edition is in use."""


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
    return ws.append(ws.space, PartnershipNamed(name=name, escrow=escrow(ws)))


def partnership(ws: Workspace) -> str:
    """Return what the partnership is called."""
    return ws.one(PartnershipNamed, space=ws.space).name


def escrow(ws: Workspace) -> tuple[str, ...]:
    """Return the age recipients of the partnership's spare key; none when it has none."""
    named = ws.standing(PartnershipNamed, space=ws.space)
    return ws.one(PartnershipNamed, space=ws.space).escrow if named else ()


def adopt_tool(ws: Workspace, files: Mapping[str, bytes]) -> ToolPackage:
    """Take an edition of a tool into use. The same files again change nothing.

    Raises:
        ToolError: The files are no tool.
        ToolNotAnonymous: It is a survey, and asks for something that gives people away.
    """
    team_of(ws)
    package = read_tool(files)
    settings = package.settings
    if not ws.standing(ToolAdopted, space=ws.space, package=package.digest):
        require_anonymous(package)
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


def shipped_tools(ws: Workspace) -> tuple[ShippedTool, ...]:
    """Return the audit tools that come with the program, by title."""
    in_use = {tool.package for tool in tools(ws)}
    found = [(path.parent.name, read_tool(files_in(path.parent))) for path in shipped("forms").glob("*/tool.toml")]
    lines = (
        ShippedTool(
            folder=folder,
            tool_id=package.settings.id,
            title=package.settings.title,
            edition=package.settings.edition,
            summary=package.settings.summary,
            package=Sha256(package.digest),
            adopted=package.digest in in_use,
        )
        for folder, package in found
    )
    return tuple(sorted(lines, key=lambda line: (line.title, line.edition)))


def adopt_shipped(ws: Workspace, tool: ShippedTool) -> Changes:
    """Take a tool that comes with the program into use."""
    adopt_tool(ws, files_in(shipped("forms", tool.folder)))
    return team_changes(ws)


def team_changes(ws: Workspace) -> Changes:
    """Return that the team's own records changed: for deeds that return what they made."""
    return Changes(registers=frozenset({(ws.space, Register("team"))}))


def add_organisations(ws: Workspace, names: Iterable[str], sort: str) -> tuple[OrganisationId, ...]:
    """Add the schools and agencies of a list that are not known yet; return every one of the list, each once."""
    known = {_folded(each.name): each.id for each in organisations(ws)}
    listed: dict[OrganisationId, None] = {}
    for name in names:
        folded = _folded(name)
        if folded:
            if folded not in known:
                known[folded] = add_organisation(ws, " ".join(name.split()), sort)
            listed[known[folded]] = None
    return tuple(listed)


def ask_all(
    ws: Workspace, round_id: RoundId, wanted: Sequence[OrganisationId], progress: Progress = no_progress
) -> Changes:
    """Take organisations into a round; those in it already stay as they are."""
    changes = team_changes(ws)
    for place, organisation_id in enumerate(wanted, start=1):
        space = response_space(ask(ws, round_id, organisation_id))
        changes |= Changes(registers=frozenset({(space, Register("assignment"))}))
        progress(place, len(wanted))
    return changes


def signer_labels(ws: Workspace, round_id: RoundId) -> Mapping[str, str]:
    """Return what the round's tool calls each role that signs."""
    opened = ws.one(RoundOpened, space=ws.space, round_id=round_id)
    settings = open_package(ws.store.blobs.read(opened.package)).settings
    return {signer.role: signer.label for signer in settings.signers}


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


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
    """Ask an organisation for its response to a round; again, on any of the team's laptops, is the same one."""
    team = team_of(ws)
    already = ws.standing(ResponseAssigned, round_id=round_id, organisation_id=organisation_id)
    if already:
        return already[0].event.response_id
    opened = ws.one(RoundOpened, space=ws.space, round_id=round_id)
    tool = ws.one(ToolAdopted, space=ws.space, package=opened.package)
    organisation = ws.one(OrganisationAdded, space=ws.space, organisation_id=organisation_id)
    response_id = same_response(ws.about.project, round_id, organisation_id)
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
            escrow=escrow(ws),
        ),
    )
    return response_id


def rounds(ws: Workspace) -> tuple[RoundLine, ...]:
    """Return every round, the next deadline first."""
    assigned: dict[RoundId, list[SpaceId]] = defaultdict(list)
    for held in ws.standing(ResponseAssigned):
        assigned[held.event.round_id].append(held.space)
    answered = {held.space for held in ws.standing(ReceiptIssued)}
    titles = {held.event.package: held.event.title for held in ws.standing(ToolAdopted, space=ws.space)}
    lines = [
        RoundLine(
            id=opened.round_id,
            title=opened.title,
            tool=titles.get(opened.package, ""),
            due=date.fromisoformat(opened.due),
            asked=len(assigned[opened.round_id]),
            returned=sum(space in answered for space in assigned[opened.round_id]),
        )
        for opened in (held.event for held in ws.standing(RoundOpened, space=ws.space))
    ]
    return tuple(sorted(lines, key=lambda line: (line.due, line.title)))


def returns_of(ws: Workspace, round_id: RoundId) -> tuple[ReturnLine, ...]:
    """Return who was asked in a round and what came back, by name. As many questions for 2 schools as for 200."""
    seen = _Seen(ws)
    lines = [seen.line(held.event) for held in ws.standing(ResponseAssigned, round_id=round_id)]
    return tuple(sorted(lines, key=lambda line: (line.organisation.casefold(), line.response_id)))


class _Seen:
    """What the workspace holds about responses, read once for all of them."""

    def __init__(self, ws: Workspace) -> None:
        self._invited: dict[ResponseId | None, list[InvitationId]] = defaultdict(list)
        self._joined = {held.event.invitation_id for held in ws.standing(DeviceEnrolled, space=ws.space)}
        self._joined |= {held.event.invitation_id for held in ws.standing(InvitationAnswered, space=ws.space)}
        cancelled = {held.event.invitation_id for held in ws.standing(InvitationCancelled, space=ws.space)}
        for held in ws.standing(InvitationIssued, space=ws.space):
            if held.event.invitation_id not in cancelled:
                self._invited[held.event.response_id].append(held.event.invitation_id)
        self._finalised = _by_space(ws.standing(ResponseFinalised))
        self._signed = _by_space(ws.standing(SignedOff))
        self._receipts = _by_space(ws.standing(ReceiptIssued))
        self._conflicts = waiting_counts(ws)

    def line(self, assigned: ResponseAssigned) -> ReturnLine:
        """Return the line of one response."""
        space = response_space(assigned.response_id)
        numbers = {held.event.number for held in self._finalised.get(space, ())}
        receipts = sorted(self._receipts.get(space, ()), key=lambda held: (held.at, held.event.number))
        invited = self._invited.get(assigned.response_id, [])
        return ReturnLine(
            response_id=assigned.response_id,
            organisation_id=assigned.organisation_id,
            organisation=assigned.organisation_name,
            invited=len(invited),
            joined=sum(invitation in self._joined for invitation in invited),
            finalised=bool(numbers),
            signed=tuple(held.event.role for held in self._signed.get(space, ()) if held.event.number in numbers),
            receipt=receipts[-1].event.number if receipts else "",
            conflicts=self._conflicts.get(assigned.response_id, 0),
        )


def _by_space(found: Sequence[Held[E]]) -> Mapping[SpaceId, list[Held[E]]]:
    sorted_out: dict[SpaceId, list[Held[E]]] = defaultdict(list)
    for held in found:
        sorted_out[held.space].append(held)
    return sorted_out
