"""What the conflict screen shows and does: one matter after another, until none is left."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from iowscp_desktop import text
from iowscp_desktop.app.filling import EntryState, FieldState, Filling, open_filling
from iowscp_desktop.app.matters import Matter, Side, decide, open_matters
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.ids import QuestionId, ResponseId
from iowscp_desktop.domain.scale import Point
from iowscp_desktop.errors import NothingToSettle, NotYours
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


class ConflictView(Protocol):
    """What the presenter asks of the page."""

    def show_matter(self, matter: MatterState) -> None:
        """Show what is to be decided."""
        ...

    def show_nothing(self) -> None:
        """Say that nothing is left to decide."""
        ...

    def show_reason_missing(self) -> None:
        """Say that a reading needs a reason, and go there."""
        ...

    def tell(self, words: str) -> None:
        """Have something read out."""
        ...


class ConflictPresenter:
    """Decides nothing by itself: it shows matters and passes on what a person decided."""

    def __init__(
        self,
        ws: Workspace,
        view: ConflictView,
        *,
        response_id: ResponseId | None,
        tell: Callable[[Changes], None],
    ) -> None:
        self._ws, self._view, self._tell = ws, view, tell
        self._response_id = response_id
        self._matters: tuple[Matter, ...] = ()
        self._at = 0
        self._shown: MatterState | None = None

    def start(self) -> None:
        """Look, and show the first matter."""
        self._matters = open_matters(self._ws, self._response_id)
        self._show()

    def on_changed(self, changes: Changes) -> None:
        """Look again: settled here, elsewhere, or by a merge."""
        if not changes.responses:
            return
        at_hand = self._shown.key if self._shown else ""
        self._matters = self._looked_again_at(changes.responses)
        keys = [matter.key for matter in self._matters]
        self._at = keys.index(at_hand) if at_hand in keys else min(self._at, max(0, len(keys) - 1))
        self._show()

    def on_kept(self, key: str, reason: str = "") -> None:
        """Keep one version whole."""
        matter = self._matter
        side = next(side for side in matter.sides if side.key == key)
        self._decide({part: side.values.get(part, "") for part in _parts_of(matter)}, reason)

    def on_combined(self, values: Mapping[QuestionId, str], reason: str = "") -> None:
        """Keep an answer that a person put together."""
        self._decide({part: values.get(part, "").strip() for part in _parts_of(self._matter)}, reason)

    def on_next(self) -> None:
        """Leave this one for later."""
        self._step(1)

    def on_previous(self) -> None:
        """Go back to the one before."""
        self._step(-1)

    # --- inside ------------------------------------------------------------------------------

    def _looked_again_at(self, responses: frozenset[ResponseId]) -> tuple[Matter, ...]:
        """Return what waits now. A decision changes one response: the hundreds of others are as they were."""
        if self._response_id is not None or len(responses) > _FEW:
            return open_matters(self._ws, self._response_id)
        others = [matter for matter in self._matters if matter.response_id not in responses]
        again = [matter for response_id in responses for matter in open_matters(self._ws, response_id)]
        return tuple(sorted((*others, *again), key=lambda matter: (matter.organisation, matter.response_id)))

    @property
    def _matter(self) -> Matter:
        if not self._matters:
            raise NotYours
        return self._matters[self._at]

    def _step(self, step: int) -> None:
        if self._matters:
            self._at = (self._at + step) % len(self._matters)
            self._show()

    def _decide(self, values: Mapping[QuestionId, str], reason: str) -> None:
        matter = self._matter
        if matter.signed and not reason.strip():
            self._view.show_reason_missing()
            return
        try:
            changes = decide(self._ws, matter, values, reason)
        except NothingToSettle:
            self.start()
            self._view.tell(text.Conflict.was_settled)
            return
        self._view.tell(text.Conflict.read if matter.signed else text.Conflict.settled)
        self._tell(changes)

    def _show(self) -> None:
        if not self._matters:
            self._shown = None
            self._view.show_nothing()
            return
        now = self._state(self._matters[self._at])
        if now != self._shown:
            self._shown = now
            self._view.show_matter(now)

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
            total=len(self._matters),
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
