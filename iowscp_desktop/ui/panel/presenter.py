"""What the team sees and does when it compares a panel's scores: one standard after another, and what was agreed."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from iowscp_desktop.app import panel
from iowscp_desktop.app.entries import EntryState
from iowscp_desktop.app.panel import Judge
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.ids import QuestionId, ResponseId
from iowscp_desktop.domain.scale import Point
from iowscp_desktop.domain.scoring import Comparison
from iowscp_desktop.domain.tool import Part
from iowscp_desktop.text.panel import Panel
from iowscp_desktop.ui.jobs import Job, Looking, Runner
from iowscp_desktop.ui.panel.looker import Looker, Seen
from iowscp_desktop.ui.widgets.dates import read_date, write_date


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """One standard in the list."""

    id: str
    number: str
    title: str
    agreed: Point | None
    differs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ListState:
    """What is to be agreed, and how far it is."""

    title: str = field(repr=False)
    rows: tuple[ItemRow, ...]
    same: int
    """Standards that everybody scored the same and that are not agreed yet."""

    @property
    def agreed(self) -> int:
        """Standards that are agreed."""
        return sum(row.agreed is not None for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberState:
    """What one panel member scored."""

    name: str = field(repr=False)
    point: Point | None
    remark: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemState:
    """One standard: what the school says, what each member scored, what was agreed."""

    id: str
    number: str
    question: str
    own: Point | None
    words: tuple[tuple[str, str], ...] = field(repr=False)
    """What they wrote: pairs of a label and the words."""
    members: tuple[MemberState, ...]
    differs: bool
    spread: int
    needs_reason: bool
    tiles: tuple[Point, ...]
    point: str
    """What is agreed, or was chosen and waits for its reason."""
    reason: str = field(repr=False)
    is_agreed: bool
    is_first: bool
    is_last: bool


class PanelView(Protocol):
    """What the presenter asks of the page."""

    def show_looking(self) -> None:
        """Show that the scores are being put side by side."""
        ...

    def show_waiting(self, title: str, judges: Sequence[Judge]) -> None:
        """Say whose scores are missing; until they are in, nobody sees anybody's."""
        ...

    def show_list(self, state: ListState) -> None:
        """Show the standards and how far it is."""
        ...

    def show_item(self, state: ItemState) -> None:
        """Show one standard."""
        ...

    def show_reason_missing(self) -> None:
        """Say that the chosen grade needs a reason, and go there."""
        ...

    def show_all_agreed(self) -> None:
        """Say that nothing is left to agree on."""
        ...

    def show_note(self, words: str) -> None:
        """Say what was done."""
        ...


class PanelPresenter:
    """Holds which standard is at hand, and grades that wait for their reason.

    It looks off the window's thread: a form is opened, and every score is read. What was agreed here is shown at once;
    the look that follows finds the same.
    """

    def __init__(
        self,
        ws: Workspace,
        view: PanelView,
        response_id: ResponseId,
        *,
        runner: Runner,
        tell: Callable[[Changes], None],
    ) -> None:
        self._ws, self._view, self._response_id, self._tell = ws, view, response_id, tell
        self._runner, self._looking, self._looker = runner, Looking(runner), Looker(ws, response_id)
        self._seen = Seen(title="")
        self._item = ""
        self._visit: str | None = None
        self._waiting: dict[str, tuple[str, str]] = {}
        self._is_agreeing_same = False

    def start(self) -> None:
        """Show the first standard on which the members differ and nothing is agreed; or who is missing."""
        self._look()
        if self._looking.is_looking:
            self._view.show_looking()

    def on_changed(self, changes: Changes) -> None:
        """Look again: something was agreed, or scores came in."""
        if changes.spaces:
            self._looker.note(changes)
            self._look()

    def on_item(self, item_id: str) -> None:
        """Go to one standard."""
        self.on_left()
        self._item = item_id
        self._show()

    def on_step(self, step: int) -> None:
        """Go to the next or the previous standard."""
        ids = [entry.id for entry in self._seen.entries]
        if self._item not in ids:
            return
        place = ids.index(self._item) + step
        if 0 <= place < len(ids):
            self.on_item(ids[place])

    def on_next_open(self) -> None:
        """Go to the next standard that is not agreed."""
        ids = [entry.id for entry in self._seen.entries]
        if self._item not in ids:
            return
        place = ids.index(self._item)
        for each in (*ids[place + 1 :], *ids[:place]):
            if not self._seen.compared[each].agreed:
                self.on_item(each)
                return
        if self._seen.compared[self._item].agreed:
            self.on_left()
            self._view.show_all_agreed()
        elif self._item in self._waiting:
            self._view.show_reason_missing()

    def on_agreed(self, point: str) -> None:
        """Record what the panel agreed; where the members are far apart, once there is a reason."""
        compared = self._seen.compared.get(self._item)
        if compared is None:
            return
        reason = self._reason()
        if compared.needs_reason and not reason.strip():
            self._waiting[self._item] = (point, reason)
            self._show()
            self._view.show_reason_missing()
            return
        self._agree(point, reason, visit=None)

    def on_reason(self, words: str) -> None:
        """Keep a reason; it goes with its grade, and waits for one."""
        compared, point = self._seen.compared.get(self._item), self._point()
        if compared is None or not point or (compared.needs_reason and not words.strip()):
            self._waiting[self._item] = (point, words)
            return
        if compared.agreed and words.strip() == compared.reason and self._item not in self._waiting:
            return
        self._visit = self._visit or self._ws.world.new_id()
        self._agree(point, words, visit=self._visit)

    def on_left(self) -> None:
        """The reason was left: what is there is history from now on."""
        self._visit = None
        self._ws.leave_field()

    def on_agree_same(self) -> None:
        """Record at once what everybody scored the same."""
        self.on_left()
        same = frozenset(self._same())
        if self._is_agreeing_same or not same:
            return
        self._is_agreeing_same = True
        self._runner.run(
            Job(
                work=lambda _ticket: panel.agree_where_same(self._ws, self._response_id, same),
                on_done=lambda changes: self._agreed_same(same, changes),
                on_error=self._not_agreed,
                on_cancelled=self._end_agreeing,
            )
        )

    # --- inside ------------------------------------------------------------------------------

    def _look(self) -> None:
        self._looking.again(self._looker.look, self._take)

    def _take(self, seen: Seen) -> None:
        """Show what a look found; nothing is drawn again where it is what is shown."""
        if seen == self._seen:
            return
        self._seen = seen
        if self._item not in seen.compared:
            self._item = next(iter(self._open_ones()), "") or next((entry.id for entry in seen.entries), "")
        self._show()

    def _open_ones(self) -> list[str]:
        """Return what is not agreed; first that on which the members differ."""
        compared = self._seen.compared
        left = [entry.id for entry in self._seen.entries if not compared[entry.id].agreed]
        return sorted(left, key=lambda each: not compared[each].differs)

    def _same(self) -> list[QuestionId]:
        compared = (self._seen.compared[entry.id] for entry in self._seen.entries)
        return [
            each.question_id for each in compared if not each.agreed and panel.is_same(each, len(self._seen.judges))
        ]

    def _point(self) -> str:
        waiting, compared = self._waiting.get(self._item), self._seen.compared.get(self._item)
        if waiting and waiting[0]:
            return waiting[0]
        return compared.agreed if compared is not None else ""

    def _reason(self) -> str:
        waiting, compared = self._waiting.get(self._item), self._seen.compared.get(self._item)
        if waiting:
            return waiting[1]
        return compared.reason if compared is not None else ""

    def _agree(self, point: str, reason: str, *, visit: str | None) -> None:
        item = self._item
        changes = panel.agree(self._ws, self._response_id, QuestionId(item), point, reason, visit=visit)
        self._waiting.pop(item, None)
        self._set([replace(self._seen.compared[item], agreed=point, reason=reason.strip())])
        self._tell(changes)
        self._show()

    def _set(self, agreed: Collection[Comparison]) -> None:
        """Take over what was just agreed here: the next key is pressed before any look has ended."""
        compared = dict(self._seen.compared)
        compared.update((each.question_id, each) for each in agreed)
        self._seen = replace(self._seen, compared=compared)

    def _agreed_same(self, same: Collection[QuestionId], changes: Changes) -> None:
        self._end_agreeing()
        found = [each for question_id in same if (each := self._seen.compared.get(question_id)) is not None]
        self._set([replace(each, agreed=next(iter(each.by_judge.values()), "")) for each in found if not each.agreed])
        self._tell(changes)
        self._item = next(iter(self._open_ones()), self._item)
        self._show()
        self._view.show_note(Panel.agreed_same(len(changes.registers)))

    def _not_agreed(self, error: Exception) -> None:
        self._end_agreeing()
        raise error

    def _end_agreeing(self) -> None:
        self._is_agreeing_same = False

    def _show(self) -> None:
        seen = self._seen
        if not seen.entries:
            self._view.show_waiting(seen.title, seen.judges)
            return
        self._view.show_list(
            ListState(title=seen.title, rows=tuple(self._row(entry) for entry in seen.entries), same=len(self._same()))
        )
        places = {entry.id: place for place, entry in enumerate(seen.entries)}
        if self._item in places:
            place = places[self._item]
            self._view.show_item(self._item_state(seen.entries[place], place, len(seen.entries)))

    def _row(self, entry: EntryState) -> ItemRow:
        compared = self._seen.compared[entry.id]
        return ItemRow(
            id=entry.id,
            number=entry.number,
            title=entry.title,
            agreed=_point(entry, compared.agreed),
            differs=not compared.agreed and compared.differs,
        )

    def _item_state(self, entry: EntryState, place: int, total: int) -> ItemState:
        compared = self._seen.compared[entry.id]
        return ItemState(
            id=entry.id,
            number=entry.number,
            question=entry.question or entry.title,
            own=_point(entry, compared.own),
            words=_words(entry),
            members=tuple(
                MemberState(
                    name=judge.name,
                    point=_point(entry, compared.by_judge.get(judge.person_id, "")),
                    remark=compared.remarks.get(judge.person_id, ""),
                )
                for judge in self._seen.judges
            ),
            differs=compared.differs,
            spread=compared.spread,
            needs_reason=compared.needs_reason,
            tiles=entry.scale.tiles if entry.scale else (),
            point=self._point(),
            reason=self._reason(),
            is_agreed=bool(compared.agreed) and entry.id not in self._waiting,
            is_first=place == 0,
            is_last=place == total - 1,
        )


def _point(entry: EntryState, value: str) -> Point | None:
    return entry.scale.point(value) if entry.scale is not None and value else None


def _words(entry: EntryState) -> tuple[tuple[str, str], ...]:
    """Return what the school wrote, its next step last and in one piece."""
    parts = {each.part: each for each in entry.fields if each.value}
    steps = (Part.NEXT, Part.OWNER, Part.DUE)
    words = [(each.label, each.value) for each in parts.values() if each.part not in steps]
    if Part.NEXT in parts:
        due = read_date(parts[Part.DUE].value) if Part.DUE in parts else None
        who = parts[Part.OWNER].value if Part.OWNER in parts else ""
        by = Panel.step(who, write_date(due) if due else "")
        words.append((Panel.next_step, "\n".join(part for part in (parts[Part.NEXT].value, by) if part)))
    return tuple(words)
