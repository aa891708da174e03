"""One matter, ready to be drawn: what the conflict screen shows of two versions, and of two signed revisions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from iowscp_desktop import text
from iowscp_desktop.app.filling import EntryState, FieldState, Filling, open_filling
from iowscp_desktop.app.matters import Matter, Side
from iowscp_desktop.app.two_finals import Final, TwoFinals
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.ids import QuestionId
from iowscp_desktop.domain.scale import Point
from iowscp_desktop.ui.widgets.dates import read_date, write_date, write_moment
from iowscp_desktop.ui.widgets.differences import Run, compare

Item = Matter | TwoFinals
"""What waits for somebody to decide."""

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


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


def state_of(ws: Workspace, items: Sequence[Item], at: int) -> MatterState:
    """Return what there is to see of one matter among others. It opens the form, which takes its time."""
    match items[at]:
        case TwoFinals() as finals:
            return _finals_state(finals, at + 1, len(items))
        case Matter() as matter:
            return _matter_state(ws, matter, at + 1, len(items))


def _finals_state(finals: TwoFinals, place: int, total: int) -> MatterState:
    return MatterState(
        key=finals.key,
        organisation=finals.organisation,
        place=place,
        total=total,
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


def _matter_state(ws: Workspace, matter: Matter, place: int, total: int) -> MatterState:
    filling = open_filling(ws, matter.response_id)
    entry = _entry(filling, matter.entry_id)
    instances = matter.conflicts[0].instances
    fields = {each.question_id: each for each in _fields(entry) if each.instances == instances} if entry else {}
    parts = parts_of(matter)
    wordings = _wordings(matter.sides, parts, entry, fields)
    return MatterState(
        key=matter.key,
        organisation=matter.organisation,
        place=place,
        total=total,
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


def _signatures(final: Final) -> str:
    """Return who signed a revision, one a line."""
    lines = [text.Conflict.signed_by(each.label, each.name, write_moment(each.at)) for each in final.signed]
    return "\n".join((text.Conflict.revision(final.number), *(lines or [text.Conflict.nobody_signed])))


def parts_of(matter: Matter) -> tuple[QuestionId, ...]:
    """Return the questions at issue, in order."""
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
