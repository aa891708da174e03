"""What the rounds screen shows and does: rounds, then one round with its schools and agencies."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto
from pathlib import Path
from typing import Protocol, TypeVar

from iowscp_desktop import text
from iowscp_desktop.app import feedback, invitations, own_tools, panel, receipts, rounds, tool_updates
from iowscp_desktop.app.invitations import Invited
from iowscp_desktop.app.rounds import ReturnLine, RoundLine, ShippedTool
from iowscp_desktop.app.survey_results import sheets_by_round
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.clock import LOCAL_ZONE
from iowscp_desktop.domain.ids import OrganisationId, ResponseId, RoundId, Sha256, response_space
from iowscp_desktop.errors import AppError
from iowscp_desktop.text.feedback import Feedback
from iowscp_desktop.ui.jobs import Job, Looking, Progress, Runner, Ticket
from iowscp_desktop.ui.rounds.known import Around, KnownPresenter, KnownView, is_to_be_asked
from iowscp_desktop.ui.widgets.dates import write_date, write_moment

T = TypeVar("T")


class Stage(Enum):
    """How far one organisation is; in this order a table sorts them."""

    NOT_ASKED = auto()
    INVITED = auto()
    JOINED = auto()
    ANSWERED = auto()
    RETURNED = auto()
    SIGNED = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundRow:
    """One round in the list."""

    id: RoundId
    title: str
    tool: str
    due: date
    days_left: int
    asked: int
    returned: int
    is_survey: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationRow:
    """One school or agency in a round."""

    response_id: ResponseId
    organisation_id: OrganisationId
    name: str = field(repr=False)
    stage: Stage
    invited: int
    joined: int
    signed: str
    receipt: str
    conflicts: int
    known: bool = False
    """A computer of theirs is known: they can be reached without a code."""
    to_ask: bool = False
    """They can be asked without a code, and nothing of theirs has come in for this round."""
    panel: tuple[int, int] = (0, 0)
    """How many panel members have sent their scores of it, of how many."""
    sheets: int = 0
    """How many sheets of a survey came in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundState:
    """One round, ready to be drawn."""

    row: RoundRow
    rows: tuple[OrganisationRow, ...]
    panel_known: bool = False
    """A panel member's computer is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What there is: every round, and the one that is open."""

    rows: tuple[RoundRow, ...]
    opened: RoundState | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolOffer:
    """An audit that a round can be of."""

    package: Sha256
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTool:
    """What came of choosing an audit of one's own: it is in use, or cannot be used."""

    package: Sha256 | None = None
    refused: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """An invitation that was just written: what to say, and which file to give."""

    name: str = field(repr=False)
    code: str = field(repr=False)
    path: Path
    expires: str


class Wrong(Enum):
    """What is missing in a form."""

    TOOL = auto()
    TITLE = auto()
    DUE = auto()
    NAMES = auto()
    SORT = auto()
    NAME = auto()
    RESPONSES = auto()
    WHAT = auto()
    WHOM = auto()


class RoundsView(KnownView, Protocol):
    """What the presenter asks of the page."""

    def show_rounds(self, rows: Sequence[RoundRow]) -> None:
        """Show the list of rounds."""
        ...

    def show_round(self, state: RoundState) -> None:
        """Show one round."""
        ...

    def show_new_round(self, tools: Sequence[ToolOffer], own: OwnTool | None = None) -> None:
        """Ask for a new round, or go on asking after an audit of their own was looked at: what was typed stays."""
        ...

    def show_adding(self, known: Mapping[str, int]) -> None:
        """Ask for schools and agencies; how many of each sort are known but not in this round."""
        ...

    def show_panel(self, returned: Sequence[tuple[ResponseId, str]]) -> None:
        """Ask for a panel member, and what they score."""
        ...

    def show_wrong(self, wrong: Sequence[Wrong]) -> None:
        """Say what is missing in the form at hand."""
        ...

    def show_invitation(self, invitation: Invitation) -> None:
        """Show the code, once."""
        ...

    def show_working(self, title: str) -> None:
        """Show that something takes a while."""
        ...

    def show_progress(self, done: int, total: int) -> None:
        """Show how far it is."""
        ...

    def show_note(self, words: str) -> None:
        """Say what was done."""
        ...


class RoundsPresenter:
    """Knows which round is at hand. Codes are shown and forgotten."""

    def __init__(self, ws: Workspace, view: RoundsView, *, runner: Runner, tell: Callable[[Changes], None]) -> None:
        self._ws, self._view, self._runner, self._tell = ws, view, runner, tell
        self._looking = Looking(runner)
        self._at: RoundId | None = None
        self._is_elsewhere = False  # a form or a code is in front: what changes is drawn on the way back
        self.known = KnownPresenter(
            ws,
            view,
            Around(
                round_at_hand=self._round_at_hand,
                is_in_front=lambda round_id: self._at == round_id and not self._is_elsewhere,
                leave=self._leave,
                work=self._work,
                runner=runner,
                tell=tell,
            ),
        )

    def start(self) -> None:
        """Show the rounds."""
        self._at = None
        self._look()

    def on_changed(self, changes: Changes) -> None:
        """Look again: a merge brought something, or a deed was done."""
        if changes.spaces and not self._is_elsewhere:
            self._look()

    def on_opened(self, round_id: RoundId) -> None:
        """Go into one round."""
        self._at = round_id
        self._look()

    def on_closed(self) -> None:
        """Leave a form or a code: back to the round, or to the list."""
        self._look()

    # --- a new round -------------------------------------------------------------------------

    def on_new_round(self) -> None:
        """Ask for a new round."""
        self._is_elsewhere = True
        self._view.show_new_round(self._offers())

    def on_start_round(self, package: str, title: str, due: date | None) -> None:
        """Open a round of a tool; one that comes with the program is taken into use."""
        wrong = [
            (Wrong.TOOL, not package),
            (Wrong.TITLE, not title.strip()),
            (Wrong.DUE, due is None or due < self._today()),
        ]
        if self._is_wrong(wrong) or due is None:
            return

        def begin(_ticket: Ticket) -> RoundId:
            in_use = {tool.package for tool in rounds.tools(self._ws)}
            if package not in in_use:  # one that is answered without names is read through: that takes a while
                rounds.adopt_shipped(self._ws, next(each for each in self._shipped() if each.package == package))
            return rounds.open_round(self._ws, title=title, package=Sha256(package), due=due)

        def begun(round_id: RoundId) -> None:
            self._at = round_id
            self._is_elsewhere = False
            self._tell(rounds.team_changes(self._ws))

        self._work(text.Rounds.opening, begin, begun)

    def on_own_tool(self, folder: Path) -> None:
        """Take an audit from a folder into use, and choose it."""

        def refused(error: Exception) -> None:
            if not isinstance(error, AppError):
                raise error
            words = text.Rounds.own_tool_refused(error.message, error.remedy, error.code)
            self._view.show_new_round(self._offers(), OwnTool(refused=words))

        self._view.show_working(text.Rounds.own_tool_working)
        self._runner.run(
            Job(
                work=lambda _ticket: own_tools.adopt_folder(self._ws, folder),
                on_done=lambda package: self._view.show_new_round(self._offers(), OwnTool(package=package)),
                on_error=refused,
            )
        )

    # --- schools and agencies ----------------------------------------------------------------

    def on_adding(self) -> None:
        """Ask for schools and agencies."""
        self._is_elsewhere = True
        self._view.show_adding(self._not_in_round())

    def on_add(self, names: str, sort: str, whole_sorts: Sequence[str]) -> None:
        """Add names, one a line, and everybody known of whole sorts, to the round."""
        listed = [name for name in names.splitlines() if name.strip()]
        wrong = [(Wrong.NAMES, not listed and not whole_sorts), (Wrong.SORT, bool(listed) and not sort)]
        if self._is_wrong(wrong):
            return
        round_id = self._round_at_hand()
        before = len(rounds.returns_of(self._ws, round_id))

        def add(ticket: Ticket) -> Changes:
            known = [each.id for each in rounds.organisations(self._ws) if each.sort in whole_sorts]
            wanted = dict.fromkeys((*known, *rounds.add_organisations(self._ws, listed, sort)))
            return rounds.ask_all(self._ws, round_id, tuple(wanted), ticket.report)

        def added(changes: Changes) -> None:
            self._is_elsewhere = False
            self._tell(changes)
            self._view.show_note(text.Rounds.added(len(rounds.returns_of(self._ws, round_id)) - before))

        self._work(text.Rounds.adding, add, added)

    def on_invite(self, organisation_id: OrganisationId, folder: Path) -> None:
        """Write an invitation for one device, and show its code."""
        round_id = self._round_at_hand()
        name = next(each.name for each in rounds.organisations(self._ws) if each.id == organisation_id)
        self._work(
            text.Rounds.working,
            lambda _ticket: invitations.invite_organisation(self._ws, round_id, organisation_id, folder),
            lambda invited: self._invited(name, invited),
        )

    def on_save_receipt(self, response_id: ResponseId, folder: Path) -> None:
        """Seal the receipt of one return for the organisation's devices."""
        name = next(row.organisation for row in self._lines() if row.response_id == response_id)

        def saved(path: Path) -> None:
            self._look()
            self._view.show_note(text.Rounds.receipt_saved(name, path.name, str(path.parent)))

        self._work(
            text.Rounds.receipt_working, lambda _ticket: receipts.send_receipt(self._ws, response_id, folder), saved
        )

    def on_feedback(self, response_id: ResponseId, ask: Callable[[Callable[[Path], None]], None]) -> None:
        """Seal what the panel agreed, with the letter; `ask` where to, once everything is agreed."""

        def check(_ticket: Ticket) -> str:
            feedback.check_agreed(self._ws, response_id)
            return next(row.organisation for row in self._lines() if row.response_id == response_id)

        def checked(name: str) -> None:
            ask(lambda folder: self._give_feedback(response_id, name, folder))

        self._runner.run(Job(work=check, on_done=checked, only_looks=True))

    def _give_feedback(self, response_id: ResponseId, name: str, folder: Path) -> None:
        def give(_ticket: Ticket) -> tuple[Path, Changes]:
            changes = feedback.give_feedback(self._ws, response_id, signatory=self._ws.person.name)
            return feedback.send_feedback(self._ws, response_id, folder), changes

        def given(made: tuple[Path, Changes]) -> None:
            self._is_elsewhere = False
            self._tell(made[1])
            self._look()
            self._view.show_note(Feedback.saved(name, made[0].name, str(made[0].parent)))

        self._work(Feedback.working, give, given)

    # --- the panel ---------------------------------------------------------------------------

    def on_panel(self) -> None:
        """Ask for a panel member."""
        self._is_elsewhere = True
        self._view.show_panel([(line.response_id, line.organisation) for line in self._lines() if line.receipt])

    def check_panel(self, name: str, responses: Sequence[ResponseId]) -> bool:
        """Tell whether the form is whole, and say what is not; asked before a folder is chosen."""
        return not self._is_wrong([(Wrong.NAME, not name.strip()), (Wrong.RESPONSES, not responses)])

    def on_invite_panel(self, name: str, responses: Sequence[ResponseId], folder: Path) -> None:
        """Write a panel member's pack, and show its code."""
        if self.check_panel(name, responses):
            round_id = self._round_at_hand()
            self._work(
                text.Rounds.working,
                lambda _ticket: invitations.invite_panellist(
                    self._ws, round_id, name.strip(), tuple(responses), folder
                ),
                lambda asked: self._invited(name.strip(), asked[1]),
            )

    # --- inside ------------------------------------------------------------------------------

    def _look(self) -> None:
        """Look again, away from the window; what was seen last stays until then."""
        self._is_elsewhere = False
        at = self._at
        self._looking.again(lambda: self._found(at), self._show)

    def _found(self, at: RoundId | None) -> _Found:
        surveys = sheets_by_round(self._ws)
        rows = tuple(self._row(line, surveys.get(line.id)) for line in rounds.rounds(self._ws))
        at_hand = next((row for row in rows if row.id == at), None)
        if at_hand is None:
            return _Found(rows=rows, opened=None)
        labels = rounds.signer_labels(self._ws, at_hand.id)
        known, sent = tool_updates.known_holders(self._ws), tool_updates.assignments_sent(self._ws)
        scored = panel.progress(self._ws)
        lines = tuple(
            _organisation(
                line,
                labels,
                known=line.organisation_id in known,
                sent=response_space(line.response_id) in sent,
                scored=scored.get(line.response_id, (0, 0)),
                sheets=surveys.get(at_hand.id, {}).get(line.response_id, 0),
            )
            for line in rounds.returns_of(self._ws, at_hand.id)
        )
        panel_known = bool(panel.known_members(self._ws, at_hand.id))
        return _Found(rows=rows, opened=RoundState(row=at_hand, rows=lines, panel_known=panel_known))

    def _show(self, found: _Found) -> None:
        if self._is_elsewhere:  # a form came in front meanwhile: it is looked at again on the way back
            return
        if found.opened is None:
            self._at = None
            self._view.show_rounds(found.rows)
        else:
            self._view.show_round(found.opened)

    def _progressed(self, now: Progress) -> None:
        self._view.show_progress(now.done, now.total)

    def _leave(self) -> None:
        self._is_elsewhere = True

    def _round_at_hand(self) -> RoundId:
        if self._at is None:
            raise ValueError("no round is open")
        return self._at

    def _lines(self) -> tuple[ReturnLine, ...]:
        return rounds.returns_of(self._ws, self._round_at_hand())

    def _today(self) -> date:
        return self._ws.world.clock().astimezone(LOCAL_ZONE).date()

    def _row(self, line: RoundLine, sheets: Mapping[ResponseId, int] | None) -> RoundRow:
        return RoundRow(
            id=line.id,
            title=line.title,
            tool=line.tool,
            due=line.due,
            days_left=(line.due - self._today()).days,
            asked=line.asked,
            returned=line.returned if sheets is None else sum(map(bool, sheets.values())),
            is_survey=sheets is not None,
        )

    def _shipped(self) -> tuple[ShippedTool, ...]:
        return rounds.shipped_tools(self._ws)

    def _offers(self) -> tuple[ToolOffer, ...]:
        offers = {tool.package: text.Rounds.edition(tool.title, tool.edition) for tool in rounds.tools(self._ws)}
        offers |= {tool.package: text.Rounds.edition(tool.title, tool.edition) for tool in self._shipped()}
        return tuple(
            ToolOffer(package=package, words=words)
            for package, words in sorted(offers.items(), key=lambda pair: pair[1])
        )

    def _not_in_round(self) -> Mapping[str, int]:
        asked = {line.organisation_id for line in self._lines()}
        left = [each.sort for each in rounds.organisations(self._ws) if each.id not in asked]
        return {sort: left.count(sort) for sort in dict.fromkeys(left)}

    def _is_wrong(self, checks: Sequence[tuple[Wrong, bool]]) -> bool:
        wrong = [each for each, is_wrong in checks if is_wrong]
        self._view.show_wrong(wrong)
        return bool(wrong)

    def _invited(self, name: str, invited: Invited) -> None:
        self._tell(rounds.team_changes(self._ws))
        self._view.show_invitation(
            Invitation(name=name, code=invited.code, path=invited.path, expires=write_moment(invited.expires))
        )

    def _work(self, title: str, work: Callable[[Ticket], T], on_done: Callable[[T], None]) -> None:
        def failed(error: Exception) -> None:
            self._look()
            raise error

        self._is_elsewhere = True
        self._view.show_working(title)
        self._runner.run(Job(work=work, on_done=on_done, on_error=failed, on_progress=self._progressed))


def _organisation(
    line: ReturnLine, labels: Mapping[str, str], *, known: bool, sent: bool, scored: tuple[int, int], sheets: int
) -> OrganisationRow:
    stage = _stage(line, everybody=set(labels) <= set(line.signed), sent=sent)
    return OrganisationRow(
        response_id=line.response_id,
        organisation_id=line.organisation_id,
        name=line.organisation,
        stage=Stage.ANSWERED if sheets else stage,
        invited=line.invited,
        joined=line.joined,
        signed=", ".join(labels.get(role, role) for role in line.signed),
        receipt=line.receipt,
        conflicts=line.conflicts,
        known=known,
        to_ask=known and is_to_be_asked(line) and not sheets,
        panel=scored,
        sheets=sheets,
    )


def _stage(line: ReturnLine, *, everybody: bool, sent: bool) -> Stage:
    if line.receipt:
        return Stage.SIGNED if line.finalised and everybody else Stage.RETURNED
    if line.joined:
        return Stage.JOINED
    return Stage.INVITED if line.invited or sent else Stage.NOT_ASKED


def day(row: RoundRow) -> str:
    """Return a round's date as people write it."""
    return write_date(row.due)
