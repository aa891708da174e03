"""What the conflict screen shows and does: one matter after another, until none is left."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from iowscp_desktop import text
from iowscp_desktop.app.filling import EntryState, FieldState, Filling, open_filling
from iowscp_desktop.app.matters import Matter, Side, decide, open_matters
from iowscp_desktop.app.two_finals import Final, TwoFinals, ask_for_one, two_finals, work_with
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.ids import QuestionId, ResponseId
from iowscp_desktop.domain.scale import Point
from iowscp_desktop.errors import NothingToSettle, NotYours
from iowscp_desktop.ui.jobs import Looking, Runner
from iowscp_desktop.ui.widgets.dates import read_date, write_date, write_moment
from iowscp_desktop.ui.widgets.differences import Run, compare

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_FEW = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionState:
    """One version, ready to be drawn."""

    key: str
    letter: str
    who: str = field(repr=False)
    when: str
    wording: Sequence[Run] = field(repr=False)
    graded: bool
    point: Point | None
    """The grade; None where it is graded and nobody answered."""
    files: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartState:
    """One thing to fill in when somebody writes an answer of their own."""

    question_id: QuestionId
    label: str
    value: str = field(repr=False)
    points: tuple[Point, ...] = ()
    """The tiles to choose from, where this is a grade."""
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterState:
    """One matter, ready to be drawn."""

    key: str
    organisation: str = field(repr=False)
    place: int
    total: int
    number: str
    question: str
    signed: bool
    versions: tuple[VersionState, ...]
    parts: tuple[PartState, ...]
    finals: bool = False
    """The whole response was declared complete twice: the versions are revisions, not answers."""
    differing: int = 0
    """Answers that differ between the revisions."""

    @property
    def needs_reason(self) -> bool:
        """Others must be able to see why it was decided so."""
        return self.signed or self.finals


class ConflictView(Protocol):
    """What the presenter asks of the page."""

    def show_looking(self) -> None:
        """Show that what waits is being looked for."""
        ...

    def show_matter(self, matter: MatterState) -> None:
        """Show what is to be decided."""
        ...

    def show_nothing(self) -> None:
        """Say that nothing is left to decide."""
        ...

    def show_reason_missing(self) -> None:
        """Say that this needs a reason, and go there."""
        ...

    def tell(self, words: str) -> None:
        """Have something read out."""
        ...


_Item = Matter | TwoFinals


class ConflictPresenter:
    """Decides nothing by itself: it shows matters and passes on what a person decided."""

    def __init__(
        self,
        ws: Workspace,
        view: ConflictView,
        *,
        runner: Runner,
        response_id: ResponseId | None,
        tell: Callable[[Changes], None],
    ) -> None:
        self._ws, self._view, self._tell = ws, view, tell
        self._looking = Looking(runner)
        self._response_id = response_id
        self._items: tuple[_Item, ...] = ()
        self._at = 0
        self._shown: MatterState | None = None

    def start(self) -> None:
        """Look, and show the first matter. There may be thousands, so that is not done on the window's thread."""
        self._look_at_all()
        if self._looking.is_looking:
            self._view.show_looking()

    def on_changed(self, changes: Changes) -> None:
        """Look again: settled here, elsewhere, or by a merge."""
        responses = changes.responses
        if not responses:
            return
        if self._looking.is_looking or len(responses) > _FEW:
            self._look_at_all()
            return
        found = self._items
        for each in responses:
            found = _with(found, each, _waiting(self._ws, each) if self._is_mine(each) else ())
        self._show_all(found)

    def on_kept(self, key: str, reason: str = "") -> None:
        """Keep one version whole."""
        match self._item:
            case TwoFinals() as finals:
                self._decide(lambda: work_with(self._ws, finals, key, reason), reason, text.Conflict.counted)
            case Matter() as matter:
                side = next(side for side in matter.sides if side.key == key)
                self._settle(matter, {part: side.values.get(part, "") for part in _parts_of(matter)}, reason)

    def on_combined(self, values: Mapping[QuestionId, str], reason: str = "") -> None:
        """Keep an answer that a person put together."""
        matter = self._item
        if isinstance(matter, Matter):
            self._settle(matter, {part: values.get(part, "").strip() for part in _parts_of(matter)}, reason)

    def on_ask(self, reason: str) -> None:
        """Ask for one new signature under what was declared complete twice."""
        finals = self._item
        if isinstance(finals, TwoFinals):
            self._decide(lambda: ask_for_one(self._ws, finals, reason), reason, text.Conflict.asked)

    def on_compare(self) -> None:
        """Go to the first answer in which the revisions at hand differ."""
        response_id = self._item.response_id
        places = [
            place
            for place, each in enumerate(self._items)
            if isinstance(each, Matter) and each.response_id == response_id
        ]
        if places:
            self._at = places[0]
            self._show()

    def on_next(self) -> None:
        """Leave this one for later."""
        self._step(1)

    def on_previous(self) -> None:
        """Go back to the one before."""
        self._step(-1)

    # --- inside ------------------------------------------------------------------------------

    def _look_at_all(self) -> None:
        self._looking.again(lambda: _waiting(self._ws, self._response_id), self._show_all)

    def _is_mine(self, response_id: ResponseId) -> bool:
        return self._response_id in (None, response_id)

    def _show_all(self, items: tuple[_Item, ...]) -> None:
        """Show what waits now; the one at hand stays at hand."""
        at_hand = self._shown.key if self._shown else ""
        self._items = items
        keys = [each.key for each in items]
        self._at = keys.index(at_hand) if at_hand in keys else min(self._at, max(0, len(keys) - 1))
        self._show()

    @property
    def _item(self) -> _Item:
        if not self._items:
            raise NotYours
        return self._items[self._at]

    def _step(self, step: int) -> None:
        if self._items:
            self._at = (self._at + step) % len(self._items)
            self._show()

    def _settle(self, matter: Matter, values: Mapping[QuestionId, str], reason: str) -> None:
        said = text.Conflict.read if matter.signed else text.Conflict.settled
        self._decide(lambda: decide(self._ws, matter, values, reason), reason, said)

    def _decide(self, deed: Callable[[], Changes], reason: str, said: str) -> None:
        if self._shown is not None and self._shown.needs_reason and not reason.strip():
            self._view.show_reason_missing()
            return
        try:
            changes = deed()
        except NothingToSettle:
            self._look_at_all()
            self._view.tell(text.Conflict.was_settled)
            return
        self._view.tell(said)
        self._tell(changes)

    def _show(self) -> None:
        if not self._items:
            self._shown = None
            self._view.show_nothing()
            return
        match self._item:
            case TwoFinals() as finals:
                now = self._finals_state(finals)
            case Matter() as matter:
                now = self._state(matter)
        if now != self._shown:
            self._shown = now
            self._view.show_matter(now)

    def _finals_state(self, finals: TwoFinals) -> MatterState:
        return MatterState(
            key=finals.key,
            organisation=finals.organisation,
            place=self._at + 1,
            total=len(self._items),
            number="",
            question=text.Conflict.differing(finals.differing),
            signed=False,
            versions=tuple(
                VersionState(
                    key=final.key,
                    letter=letter,
                    who=final.who or text.Conflict.nobody,
                    when=write_moment(final.at),
                    wording=(Run(_signatures(final), differs=False),),
                    graded=False,
                    point=None,
                    files="",
                )
                for letter, final in zip(_LETTERS, finals.finals, strict=False)
            ),
            parts=(),
            finals=True,
            differing=finals.differing,
        )

    def _state(self, matter: Matter) -> MatterState:
        filling = open_filling(self._ws, matter.response_id)
        entry = _entry(filling, matter.entry_id)
        instances = matter.conflicts[0].instances
        fields = {each.question_id: each for each in _fields(entry) if each.instances == instances} if entry else {}
        parts = _parts_of(matter)
        wordings = _wordings(matter.sides, parts, entry, fields)
        return MatterState(
            key=matter.key,
            organisation=matter.organisation,
            place=self._at + 1,
            total=len(self._items),
            number=entry.number if entry else "",
            question=(entry.question or entry.title) if entry else matter.entry_id,
            signed=matter.signed,
            versions=tuple(
                VersionState(
                    key=side.key,
                    letter=letter,
                    who=side.who or text.Conflict.nobody,
                    when=write_moment(side.at),
                    wording=wording,
                    graded=entry is not None and entry.scale is not None,
                    point=_point(side, entry),
                    files=text.Conflict.files(side.files.same, side.files.only_here),
                )
                for letter, side, wording in zip(_LETTERS, matter.sides, wordings, strict=False)
            ),
            parts=tuple(_part(part, fields.get(part), entry, matter.sides[0].values.get(part, "")) for part in parts),
        )


def _waiting(ws: Workspace, response_id: ResponseId | None) -> tuple[_Item, ...]:
    """Return what waits, by school and agency: before its answers, that it was declared complete twice."""
    return _in_order((*two_finals(ws, response_id), *open_matters(ws, response_id)))


def _with(items: Sequence[_Item], response_id: ResponseId, now: Sequence[_Item]) -> tuple[_Item, ...]:
    """Return what waits after one response was looked at again: the hundreds of others are as they were."""
    return _in_order((*(each for each in items if each.response_id != response_id), *now))


def _in_order(items: Sequence[_Item]) -> tuple[_Item, ...]:
    def place(item: _Item) -> tuple[str, ResponseId, bool]:
        return item.organisation, item.response_id, isinstance(item, Matter)

    return tuple(sorted(items, key=place))


def _signatures(final: Final) -> str:
    """Return who signed a revision, one a line."""
    lines = [text.Conflict.signed_by(each.label, each.name, write_moment(each.at)) for each in final.signed]
    return "\n".join((text.Conflict.revision(final.number), *(lines or [text.Conflict.nobody_signed])))


def _parts_of(matter: Matter) -> tuple[QuestionId, ...]:
    return tuple(conflict.question_id for conflict in matter.conflicts)


def _entry(filling: Filling, entry_id: str) -> EntryState | None:
    """Return what the tool asks; None for a question that this edition no longer has."""
    known = {entry.id for section in filling.tool.sections for entry in section.entries}
    return filling.entry(entry_id) if entry_id in known else None


def _fields(entry: EntryState) -> tuple[FieldState, ...]:
    return entry.fields if entry.grade is None else (entry.grade, *entry.fields)


def _point(side: Side, entry: EntryState | None) -> Point | None:
    """Return the grade of one version: its own, or the one that stands for both."""
    if entry is None or entry.scale is None or entry.grade is None:
        return None
    return entry.scale.point(side.values.get(entry.grade.question_id, entry.grade.value))


def _wordings(
    sides: Sequence[Side],
    parts: Sequence[QuestionId],
    entry: EntryState | None,
    fields: Mapping[QuestionId, FieldState],
) -> list[Sequence[Run]]:
    """Return the words of each version, those that differ from the first version's marked."""
    texts = [_words(side, parts, entry, fields) for side in sides]
    first = texts[0]
    found: list[Sequence[Run]] = [compare(first, other)[1] for other in texts[1:]]
    return [compare(first, texts[1])[0] if len(texts) > 1 else (Run(first, differs=False),), *found]


def _words(
    side: Side,
    parts: Sequence[QuestionId],
    entry: EntryState | None,
    fields: Mapping[QuestionId, FieldState],
) -> str:
    """Return one version as text. Where only the grade is at issue, the words that stand beside it are shown."""
    grade = entry.grade.question_id if entry is not None and entry.grade is not None else None
    shown = [part for part in parts if part != grade]
    if not shown and entry is not None:
        standing = [each for each in entry.fields if each.value]
        return "\n\n".join(text.Conflict.part(each.label, written(each, each.value)) for each in standing)
    values = [(fields.get(part), side.values.get(part, "")) for part in shown]
    if len(values) == 1:
        return written(values[0][0], values[0][1]) or text.Conflict.no_words
    return "\n\n".join(
        text.Conflict.part(each.label if each else "", written(each, value) or text.Conflict.no_words)
        for each, value in values
    )


def written(each: FieldState | None, value: str) -> str:
    """Return a kept value in the words people know it by."""
    if each is None:
        return value
    labels = dict(each.choices)
    if labels:
        return ", ".join(labels.get(one, one) for one in ([value] if value in labels else value.split()))
    day = read_date(value) if each.type == "date" else None
    return write_date(day) if day else value


def _part(question_id: QuestionId, each: FieldState | None, entry: EntryState | None, value: str) -> PartState:
    is_grade = entry is not None and entry.grade is not None and entry.grade.question_id == question_id
    if is_grade and entry is not None and entry.scale is not None:
        return PartState(question_id=question_id, label=text.Conflict.grade, value=value, points=entry.scale.tiles)
    only_one = each is not None and each.control != "select"
    return PartState(
        question_id=question_id,
        label=(each.label if each else "") or question_id,
        value=value,
        choices=each.choices if each is not None and only_one else (),
    )
