"""What a panel member sees and does: one item after another, a score and a remark each."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeVar

from iowscp_desktop.app import evidence, panel
from iowscp_desktop.app.filling import EntryState, Filling, open_filling
from iowscp_desktop.app.panel import Allocation, GivenScore
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.ids import AttachmentId, QuestionId, ResponseId
from iowscp_desktop.domain.scale import Point
from iowscp_desktop.domain.tool import Part
from iowscp_desktop.ui.jobs import Job, Runner, Ticket
from iowscp_desktop.ui.widgets.dates import read_date, write_date

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """One item in the list."""

    id: str
    number: str
    title: str
    point: Point | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListState:
    """What is to be scored, and how far it is."""

    responses: tuple[tuple[ResponseId, str, int, int], ...] = field(repr=False)
    """Each return: its id, whose it is, how many items are scored, of how many."""
    response_id: ResponseId
    organisation: str = field(repr=False)
    title: str
    round_title: str
    rows: tuple[ItemRow, ...]
    finished: bool

    @property
    def scored(self) -> int:
        """Items of this return that are scored."""
        return sum(row.point is not None for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileState:
    """One file the school attached."""

    id: AttachmentId
    name: str = field(repr=False)
    size: int
    is_here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemState:
    """One item: what the school says, and what this panel member says."""

    id: str
    number: str
    question: str
    guidance: str
    grade: Point | None
    words: tuple[tuple[str, str], ...] = field(repr=False)
    """What they wrote: pairs of a label and the words."""
    next_step: str = field(repr=False)
    next_by: str = field(repr=False)
    """Who does it."""
    next_due: str
    files: tuple[FileState, ...]
    two_answers: bool
    tiles: tuple[Point, ...]
    point: str
    remark: str = field(repr=False)
    is_first: bool
    is_last: bool


class ScoreView(Protocol):
    """What the presenter asks of the page."""

    def show_nothing(self) -> None:
        """Say that nothing is to be scored."""
        ...

    def show_list(self, state: ListState) -> None:
        """Show the items and how far it is."""
        ...

    def show_item(self, state: ItemState) -> None:
        """Show one item."""
        ...

    def show_left(self, count: int) -> None:
        """Ask whether to finish though items are not scored."""
        ...

    def show_all_scored(self) -> None:
        """Say that no item is left."""
        ...

    def show_not_finished(self) -> None:
        """Say that every return must be finished before exporting."""
        ...

    def show_working(self) -> None:
        """Show that the file is being written."""
        ...

    def show_sent(self, path: Path) -> None:
        """Show where the file is, and what to do with it."""
        ...

    def show_copied(self) -> None:
        """Say that a copy was saved."""
        ...


class ScorePresenter:
    """Holds which return and item are at hand, and remarks that wait for their score."""

    def __init__(self, ws: Workspace, view: ScoreView, *, runner: Runner, tell: Callable[[Changes], None]) -> None:
        self._ws, self._view, self._runner, self._tell = ws, view, runner, tell
        self._filling: Filling | None = None
        self._allocations: dict[ResponseId, Allocation] = {}
        self._item = ""
        self._visit: str | None = None
        self._waiting: dict[tuple[ResponseId, str], str] = {}

    def start(self) -> None:
        """Show the first return that is not finished."""
        allocations = panel.allocations(self._ws)
        if not allocations:
            self._view.show_nothing()
            return
        self._allocations = {each.response_id: each for each in allocations}
        self._open(next((each for each in allocations if not each.finished), allocations[0]).response_id)

    def on_changed(self, changes: Changes) -> None:
        """Look again."""
        if self._filling is not None and changes.spaces:
            self._filling.refresh(changes)
            self._show()

    def on_response(self, response_id: ResponseId) -> None:
        """Go to another return."""
        self.on_left()
        self._open(response_id)

    def on_item(self, item_id: str) -> None:
        """Go to an item."""
        self.on_left()
        self._item = item_id
        self._show()

    def on_step(self, step: int) -> None:
        """Go on or back by one."""
        ids = [entry.id for entry in self._entries()]
        place = ids.index(self._item) + step
        if 0 <= place < len(ids):
            self.on_item(ids[place])

    def on_next_unscored(self) -> None:
        """Go to the next item without a score, round to the beginning if need be."""
        given = panel.scores(self._ws, self._at.response_id)
        ids = [entry.id for entry in self._entries()]
        place = ids.index(self._item)
        for each in (*ids[place + 1 :], *ids[: place + 1]):
            if QuestionId(each) not in given:
                self.on_item(each)
                return
        self._view.show_all_scored()

    def on_scored(self, point: str) -> None:
        """Give the item at hand a score; the remark goes with it."""
        self._give(point, self._remark(), visit=None)

    def on_remark(self, words: str) -> None:
        """Keep what was typed: with the score, or until there is one."""
        given = panel.scores(self._ws, self._at.response_id).get(QuestionId(self._item))
        if given is None:
            self._waiting[(self._at.response_id, self._item)] = words
        elif given.remark != words.strip():
            if self._visit is None:
                self._visit = self._ws.world.new_id()
            self._give(given.point, words, visit=self._visit)

    def on_left(self) -> None:
        """The remark was left: what is there is history from now on."""
        self._visit = None
        self._ws.leave_field()

    def on_finish(self, *, anyway: bool = False) -> None:
        """Say that this return is scored."""
        given = panel.scores(self._ws, self._at.response_id)
        left = sum(QuestionId(entry.id) not in given for entry in self._entries())
        if left and not anyway:
            self._view.show_left(left)
            return
        self._tell(panel.finish_scoring(self._ws, self._at.response_id))

    def may_send(self) -> bool:
        """Tell whether every return is finished, and say so if not; asked before a folder is chosen."""
        is_ready = all(each.finished for each in self._allocations.values())
        if not is_ready:
            self._view.show_not_finished()
        return is_ready

    def on_send(self, folder: Path) -> None:
        """Seal the scores for the team."""
        self.on_left()
        self._view.show_working()
        self._work(lambda _ticket: panel.send_scores(self._ws, folder), self._view.show_sent)

    def on_copy(self, attachment_id: AttachmentId, path: Path) -> None:
        """Save a copy of a file where the person said."""
        response_id = self._at.response_id
        self._work(
            lambda _ticket: evidence.save_copy(self._ws, response_id, attachment_id, path),
            lambda _path: self._view.show_copied(),
        )

    # --- inside ------------------------------------------------------------------------------

    @property
    def _at(self) -> Filling:
        if self._filling is None:
            raise ValueError("nothing is allocated")
        return self._filling

    def _open(self, response_id: ResponseId) -> None:
        self._filling = open_filling(self._ws, response_id)
        given = panel.scores(self._ws, response_id)
        ids = [entry.id for entry in self._entries()]
        self._item = next((each for each in ids if QuestionId(each) not in given), ids[0] if ids else "")
        self._show()

    def _entries(self) -> tuple[EntryState, ...]:
        return panel.items_to_score(self._at)

    def _remark(self) -> str:
        """Return the remark that goes with the item at hand, kept or waiting."""
        given = panel.scores(self._ws, self._at.response_id).get(QuestionId(self._item))
        return given.remark if given else self._waiting.get((self._at.response_id, self._item), "")

    def _give(self, point: str, remark: str, *, visit: str | None) -> None:
        response_id = self._at.response_id
        changes = panel.give_score(self._ws, response_id, QuestionId(self._item), point, remark, visit=visit)
        self._waiting.pop((response_id, self._item), None)
        self._tell(changes)

    def _show(self) -> None:
        entries = self._entries()
        given = panel.scores(self._ws, self._at.response_id)
        at_hand = panel.allocation(self._ws, self._at)
        self._allocations[at_hand.response_id] = at_hand
        every = self._allocations.values()
        self._view.show_list(
            ListState(
                responses=tuple((each.response_id, each.organisation, each.scored, each.items) for each in every),
                response_id=at_hand.response_id,
                organisation=at_hand.organisation,
                title=at_hand.title,
                round_title=at_hand.round_title,
                rows=tuple(_row(entry, given.get(QuestionId(entry.id))) for entry in entries),
                finished=at_hand.finished,
            )
        )
        places = {entry.id: place for place, entry in enumerate(entries)}
        if self._item in places:
            place = places[self._item]
            score = given.get(QuestionId(self._item))
            self._view.show_item(self._item_state(entries[place], score, place, len(entries)))

    def _item_state(self, entry: EntryState, given: GivenScore | None, place: int, total: int) -> ItemState:
        parts = {each.part: each for each in entry.fields if each.value}
        steps = (Part.NEXT, Part.OWNER, Part.DUE)
        due = read_date(parts[Part.DUE].value) if Part.DUE in parts else None
        return ItemState(
            id=entry.id,
            number=entry.number,
            question=entry.question or entry.title,
            guidance=entry.guidance,
            grade=entry.scale.point(entry.point) if entry.scale else None,
            words=tuple((each.label, each.value) for each in parts.values() if each.part not in steps),
            next_step=parts[Part.NEXT].value if Part.NEXT in parts else "",
            next_by=parts[Part.OWNER].value if Part.OWNER in parts else "",
            next_due=write_date(due) if due else "",
            files=tuple(
                FileState(id=each.id, name=each.name, size=each.size, is_here=each.is_here) for each in entry.evidence
            ),
            two_answers=entry.conflicting,
            tiles=entry.scale.tiles if entry.scale else (),
            point=given.point if given else "",
            remark=self._remark(),
            is_first=place == 0,
            is_last=place == total - 1,
        )

    def _work(self, work: Callable[[Ticket], T], on_done: Callable[[T], None]) -> None:
        def failed(error: Exception) -> None:
            self._show()
            raise error

        self._runner.run(Job(work=work, on_done=on_done, on_error=failed))


def _row(entry: EntryState, given: GivenScore | None) -> ItemRow:
    point = entry.scale.point(given.point) if entry.scale is not None and given is not None else None
    return ItemRow(id=entry.id, number=entry.number, title=entry.title, point=point)
