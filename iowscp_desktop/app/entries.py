"""What is asked, what was answered and what is wrong with it: one entry of a response, and its section.

The rules of what is complete live here; nothing here reads or writes.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from iowscp_desktop.domain.ids import AttachmentId, QuestionId, Sha256
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

    @property
    def point(self) -> str:
        """The grade's value; empty when not graded."""
        return "" if self.grade is None or not self.relevant else self.grade.value

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
        """The section as a whole."""
        found = {entry.status for entry in self.asked}
        if not found:
            return Status.NOT_ASKED
        if Status.NEEDS_ATTENTION in found:
            return Status.NEEDS_ATTENTION
        return found.pop() if len(found) == 1 else Status.IN_PROGRESS


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
    return bool(node.value) and node.offered and is_whole(node, written)


def is_whole(node: NodeState, written: str) -> bool:
    """Tell whether what was written is a whole number, if one is asked for. The form would cut 4.5 to 4."""
    return node.type not in {"int", "integer"} or _WHOLE_NUMBER.fullmatch(written.strip()) is not None


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


def _optional(grade: FieldState | None, every: list[FieldState]) -> bool:
    """A plain question nobody has to answer does not hold up its section."""
    return grade is None and not any(each.required for each in every)


def _gap_without_action(grade: FieldState | None, fields: tuple[FieldState, ...], scale: Scale | None) -> bool:
    if grade is None or scale is None or not scale.is_gap(grade.value):
        return False
    steps = [each for each in fields if each.part is Part.NEXT]
    return bool(steps) and not steps[0].value
