"""What is asked, what was answered and what is wrong with it: one entry of a response, and its section.

The rules of what is complete live here; nothing here reads or writes.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from iowscp_desktop.domain.ids import AttachmentId, InstanceId, QuestionId, Sha256
from iowscp_desktop.domain.scale import Scale
from iowscp_desktop.domain.tool import Part
from iowscp_desktop.forms import NodeState

_WHOLE_NUMBER: Final = re.compile(r"[+-]?\d+")


class Status(StrEnum):
    """How far an entry or a section is."""

    NOT_ASKED = "not-asked"
    NOT_STARTED = "not-started"
    IN_PROGRESS = "in-progress"
    NEEDS_ATTENTION = "needs-attention"
    COMPLETED = "completed"


class Problem(StrEnum):
    """What is wrong with one answer."""

    REQUIRED = "required"
    RULE = "rule"
    KIND = "kind"
    """It is no number, or no date, where one is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceLine:
    """One attached file."""

    id: AttachmentId
    name: str = field(repr=False)
    media_type: str
    size: int
    sha256: Sha256
    is_here: bool
    """Its bytes are in this workspace."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldState:
    """One thing to answer: a grade, a part of an item, or a plain question."""

    question_id: QuestionId
    type: str
    """What kind of value it takes: string, int, decimal, date, …"""
    control: str
    """How the form asks for it: input, select1, select, trigger, …"""
    appearance: str
    label: str
    hint: str
    value: str = field(repr=False)
    """What was answered, even where it is no value of that kind."""
    choices: tuple[tuple[str, str], ...]
    relevant: bool
    readonly: bool
    required: bool
    problem: Problem | None
    message: str
    """What to say about the problem, in the form's words where it has some."""
    part: Part | None = None
    instances: tuple[InstanceId, ...] = ()
    """Which of several things it is asked about, outermost first; nothing where it is asked once."""
    settings: Mapping[str, str] = field(default_factory=dict[str, str])
    """What else the form says of the control: start, end and step of a range, the kind of file."""
    file: EvidenceLine | None = None
    """The file that is the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardState:
    """One of several things that the same is asked about."""

    instance: InstanceId
    number: int
    """Its place, from 1."""
    words: str = field(repr=False)
    """What tells it from the others: its own title, or what was first answered in it."""
    parts: tuple["PartState", ...]
    relevant: bool
    contested: bool
    """Somebody took it away while somebody else wrote in it."""

    @property
    def asked(self) -> tuple["FieldState | RepeatState", ...]:
        """Everything in it, whatever groups it stands in."""
        return tuple(_asked_in(self.parts))


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupState:
    """Parts of a card that belong together: under a heading, or as a table."""

    title: str
    parts: tuple["PartState", ...]
    is_grid: bool
    """All of them are questions with the same choices."""
    relevant: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatState:
    """What repeats: how many there are, and each of them."""

    repeat_id: QuestionId
    within: tuple[InstanceId, ...]
    title: str
    cards: tuple[CardState, ...]
    is_fixed: bool
    """The form itself says how many there are."""
    relevant: bool

    @property
    def fields(self) -> tuple[FieldState, ...]:
        """Everything that is asked in any of them."""
        return tuple(each for card in self.cards for part in card.asked for each in _fields_of(part))

    @property
    def is_contested(self) -> bool:
        """One of them, at any depth, waits for a decision whether it stays."""
        return any(
            card.contested or any(isinstance(part, RepeatState) and part.is_contested for part in card.asked)
            for card in self.cards
        )


PartState = FieldState | RepeatState | GroupState
"""What a card is made of."""


def _asked_in(parts: tuple[PartState, ...]) -> Iterator[FieldState | RepeatState]:
    for part in parts:
        if isinstance(part, GroupState):
            yield from _asked_in(part.parts)
        else:
            yield part


def _fields_of(part: FieldState | RepeatState) -> tuple[FieldState, ...]:
    match part:
        case FieldState():
            return () if part.control == "note" else (part,)
        case RepeatState():
            return part.fields


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryState:
    """One line of the question list, and what the question panel shows for it."""

    id: str
    number: str
    title: str
    question: str
    hint: str
    guidance: str
    leads: tuple[str, ...]
    """What the form says before it asks: its notes, and the title of the group it stands in."""
    section_id: str
    scale: Scale | None
    grade: FieldState | None
    fields: tuple[FieldState, ...]
    """An item's parts without its grade, or the plain question itself."""
    evidence: tuple[EvidenceLine, ...]
    takes_files: bool
    relevant: bool
    status: Status
    conflicting: bool
    """Two people have answered it differently and nobody has settled it."""
    markup: str = ""
    """The question as the form writes it, Markdown and all; '' where that is `question` itself."""
    is_grid: bool = False
    """Its fields share their choices, and are shown as a table."""
    repeat: RepeatState | None = None
    """What repeats; its fields are all those of all its cards."""

    @property
    def point(self) -> str:
        """The grade's value; empty when not graded."""
        return "" if self.grade is None or not self.relevant else self.grade.value

    @property
    def is_answered(self) -> bool:
        """Somebody has answered something here that applies."""
        return bool(self.point) or any(each.value for each in self.fields if each.relevant)

    @property
    def problems(self) -> tuple[FieldState, ...]:
        """The fields that keep this entry from being complete."""
        every = self.fields if self.grade is None else (self.grade, *self.fields)
        return tuple(each for each in every if each.relevant and each.problem is not None)

    @property
    def is_open(self) -> bool:
        """Something is left to do here before the response can be signed."""
        return bool(self.problems) or self.conflicting or self.status is Status.NEEDS_ATTENTION


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionState:
    """One section of the tool."""

    id: str
    number: str
    title: str
    entries: tuple[EntryState, ...]

    @property
    def asked(self) -> tuple[EntryState, ...]:
        """The entries that apply."""
        return tuple(entry for entry in self.entries if entry.relevant)

    @property
    def completed(self) -> int:
        """How many of them are complete."""
        return sum(entry.status is Status.COMPLETED for entry in self.asked)

    @property
    def grades(self) -> Mapping[str, int]:
        """How often each grade was given."""
        return Counter(entry.point for entry in self.asked if entry.point)

    @property
    def status(self) -> Status:
        """The section as a whole. What may be left out and is holds nothing up, but nobody has begun with it."""
        found = {entry.status for entry in self.asked}
        if not found:
            return Status.NOT_ASKED
        if Status.NEEDS_ATTENTION in found:
            return Status.NEEDS_ATTENTION
        if len(found) == 1:
            return found.pop()
        return Status.IN_PROGRESS if any(entry.is_answered for entry in self.asked) else Status.NOT_STARTED


def problem_of(node: NodeState, written: str) -> Problem | None:
    """Return what is wrong with what was written as an answer."""
    if not node.relevant:
        return None
    if written.strip() and not _is_of_kind(node, written):
        return Problem.KIND
    if not node.required_valid:
        return Problem.REQUIRED
    return None if node.constraint_valid else Problem.RULE


def _is_of_kind(node: NodeState, written: str) -> bool:
    """Tell whether what was written is such a value: the form itself drops or cuts what is not, without a word."""
    return bool(node.value) and node.offered and is_whole(node.type, written)


def is_whole(type_: str, written: str) -> bool:
    """Tell whether what was written is a whole number, if one is asked for. The form would cut 4.5 to 4."""
    return type_ not in {"int", "integer"} or _WHOLE_NUMBER.fullmatch(written.strip()) is not None


def status_of(grade: FieldState | None, fields: tuple[FieldState, ...], scale: Scale | None) -> Status:
    """Return how far an entry is. A gap without its action needs attention, whatever the form requires."""
    every = [each for each in (*((grade,) if grade else ()), *fields) if each.relevant]
    if not every or (grade is not None and not grade.relevant):
        return Status.NOT_ASKED
    if not any(each.value for each in every):
        return Status.COMPLETED if _optional(grade, every) else Status.NOT_STARTED
    if any(each.problem in {Problem.RULE, Problem.KIND} for each in every) or _gap_without_action(grade, fields, scale):
        return Status.NEEDS_ATTENTION
    return Status.IN_PROGRESS if any(each.problem is not None for each in every) else Status.COMPLETED


def repeat_status(repeat: RepeatState) -> Status:
    """Return how far something is that repeats. None of it at all is complete: the form asks for no least number."""
    if not repeat.relevant:
        return Status.NOT_ASKED
    status = status_of(None, repeat.fields, None)
    if repeat.is_contested:
        return Status.NEEDS_ATTENTION
    return Status.COMPLETED if status is Status.NOT_ASKED else status


def _optional(grade: FieldState | None, every: list[FieldState]) -> bool:
    """A plain question nobody has to answer does not hold up its section."""
    return grade is None and not any(each.required for each in every)


def _gap_without_action(grade: FieldState | None, fields: tuple[FieldState, ...], scale: Scale | None) -> bool:
    if grade is None or scale is None or not scale.is_gap(grade.value):
        return False
    steps = [each for each in fields if each.part is Part.NEXT]
    return bool(steps) and not steps[0].value
