"""What the page shows, as frozen values: no Qt, no workspace."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Protocol

from iowscp_desktop.app.considering import Doubtful
from iowscp_desktop.app.filling import EntryState, FieldState, Problem, RepeatState, SectionState, Status
from iowscp_desktop.domain.scale import Point
from iowscp_desktop.domain.tool import ACTION_PARTS
from iowscp_desktop.forms import plain_text
from iowscp_desktop.text import Check
from iowscp_desktop.text.names import Names
from iowscp_desktop.ui.widgets.dates import write_date
from iowscp_desktop.ui.widgets.signed_versions import VersionState

_MOST_LINKS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class ToFix:
    """One thing to fix, and where."""

    entry_id: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer, short."""

    entry_id: str
    number: str
    title: str
    lines: tuple[str, ...] = field(repr=False)
    """What was written or chosen: a line, or one for each row of a table and each of several things."""
    point: Point | None
    is_answered: bool
    needs_attention: bool
    files: int | None
    """How many; None where none can be attached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One section with its answers."""

    id: str
    number: str
    title: str
    completed: int
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """One place to sign."""

    role: str
    label: str
    note: str
    name: str = field(repr=False)
    when: str
    own_device: bool
    is_next: bool
    after: str
    """Who signs before; empty for the first one."""

    @property
    def is_signed(self) -> bool:
        """Somebody has signed here."""
        return bool(self.when)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckState:
    """The whole page."""

    title: str
    to_fix: tuple[ToFix, ...]
    fixes: int
    """How many things there are to fix; `to_fix` may put several into one link."""
    sections: tuple[Section, ...]
    signers: tuple[Signer, ...]
    version: int
    is_locked: bool
    is_signed: bool
    has_changed: bool
    reopened: str = field(default="", repr=False)
    """Who opened it again, when and why; empty where nobody did, or it is signed anew."""
    versions: tuple[VersionState, ...] = ()
    """Every version that was signed, where there is more to tell than one that counts."""


class CheckView(Protocol):
    """What the presenter asks of the page."""

    def show_state(self, state: CheckState) -> None:
        """Show how things stand."""
        ...

    def show_doubts(self, count: int, lines: tuple[ToFix, ...]) -> None:
        """Show how many answers seem to name somebody, and where they are; 0: none does."""
        ...

    def go_to_fixes(self) -> None:
        """Put the focus on what is to be fixed."""
        ...

    def show_sign_problems(self, role: str, *, name: str, device: str) -> None:
        """Say what is missing of a signature."""
        ...

    def say(self, words: str) -> None:
        """Have a screen reader say something."""
        ...


def section_of(section: SectionState) -> Section:
    """Return a section with the answers that apply."""
    return Section(
        id=section.id,
        number=section.number,
        title=section.title,
        completed=section.completed,
        answers=tuple(_answer(entry) for entry in section.asked),
    )


def to_fix(entries: tuple[EntryState, ...]) -> tuple[ToFix, ...]:
    """Return what is to be fixed, a link each; questions nobody has begun share one."""
    untouched = [entry for entry in entries if entry.status is Status.NOT_STARTED and not entry.conflicting]
    begun = [entry for entry in entries if entry not in untouched]
    lines = [ToFix(entry_id=entry.id, words=_words(entry)) for entry in begun[:_MOST_LINKS]]
    if len(begun) > _MOST_LINKS:
        lines.append(ToFix(entry_id=begun[_MOST_LINKS].id, words=Check.more(len(begun) - _MOST_LINKS)))
    if untouched:
        lines.append(ToFix(entry_id=untouched[0].id, words=Check.not_answered_yet(len(untouched))))
    return tuple(lines)


def doubts(entries: Iterable[EntryState], found: Iterable[Doubtful]) -> tuple[int, tuple[ToFix, ...]]:
    """Return how many entries have words that seem to point at somebody, and a link to each; never the words."""
    kinds: dict[str, list[str]] = {}
    for each in found:
        kinds.setdefault(each.entry_id, []).extend(piece.looks.value for piece in each.pieces)
    here = [entry for entry in entries if entry.id in kinds]
    lines = [
        ToFix(entry_id=entry.id, words=Names.answer(entry.number, entry.title, kinds[entry.id]))
        for entry in here[:_MOST_LINKS]
    ]
    if len(here) > _MOST_LINKS:
        lines.append(ToFix(entry_id=here[_MOST_LINKS].id, words=Names.more(len(here) - _MOST_LINKS)))
    return len(here), tuple(lines)


def _words(entry: EntryState) -> str:
    return Check.problem(entry.number, entry.title, _what(entry))


def _what(entry: EntryState) -> str:
    if entry.conflicting:
        return Check.different
    if not entry.problems:
        return _action(entry)
    first = entry.problems[0]
    if first.problem is not Problem.REQUIRED:
        return first.message.rstrip(".") or Check.look_again
    if first.part in ACTION_PARTS and all(each.problem for each in _actions(entry)):
        return _action(entry)
    return Check.needs_answer if first.part is None else Check.part_empty(first.label)


def _actions(entry: EntryState) -> list[FieldState]:
    return [each for each in entry.fields if each.part in ACTION_PARTS]


def _action(entry: EntryState) -> str:
    point = entry.scale.point(entry.point) if entry.scale is not None else None
    return Check.needs_action(point.label) if point is not None else Check.needs_answer


def _answer(entry: EntryState) -> Answer:
    return Answer(
        entry_id=entry.id,
        number=entry.number,
        title=entry.title,
        lines=tuple(_lines(entry)),
        point=None if entry.scale is None else entry.scale.point(entry.point),
        is_answered=entry.is_answered,
        needs_attention=entry.is_open,
        files=len(entry.evidence) if entry.takes_files else None,
    )


def _lines(entry: EntryState) -> Iterator[str]:
    """Return the words of an answer: of an item what was written first, of a choice its label, else all of them."""
    if entry.repeat is not None:
        yield from _cards(entry.repeat, "")
        return
    answered = (each for each in entry.fields if each.relevant and each.value)
    if entry.is_grid:
        yield from (Check.row(plain_text(each.label), _value(each)) for each in answered)
        return
    yield from (_value(each) for each in islice(answered, 1))


def _cards(repeat: RepeatState, before: str) -> Iterator[str]:
    """Return a line for each of several things, and below it those for what is in it."""
    for card in repeat.cards:
        number = f"{before}{card.number}"
        own = [part for part in card.asked if isinstance(part, FieldState) and part.control != "note"]
        said = [Check.row(plain_text(each.label), _value(each)) for each in own if each.relevant and each.value]
        if card.relevant:
            yield Check.card(number, repeat.title if before else "", said)
        inner = (part for part in card.asked if isinstance(part, RepeatState) and part.relevant)
        for each in inner:
            yield from _cards(each, f"{number}.")


def _value(field: FieldState) -> str:
    """Return one answer as it is read."""
    if not field.choices:
        return _day_or_words(field)
    chosen = field.value.split() if field.control in {"select", "rank"} else [field.value]
    labels = dict(field.choices)
    return ", ".join(labels.get(value, value) for value in chosen)


def _day_or_words(field: FieldState) -> str:
    if field.type != "date":
        return field.value
    try:
        return write_date(date.fromisoformat(field.value))
    except ValueError:
        return field.value
