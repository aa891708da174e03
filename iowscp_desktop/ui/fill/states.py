"""What the page shows, as frozen values: no Qt, no workspace."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from iowscp_desktop.app.filling import EntryState, FieldState, RepeatState, Status
from iowscp_desktop.domain.ids import AttachmentId, InstanceId, QuestionId
from iowscp_desktop.domain.mentions import Mention
from iowscp_desktop.domain.scale import Point
from iowscp_desktop.errors import AppError

Around = tuple[InstanceId, ...]
Place = tuple[QuestionId, Around]
"""A question, and which of several things it is asked about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionLine:
    """One section as the drop-down offers it."""

    id: str
    number: str
    title: str
    completed: int
    asked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One question in the list."""

    id: str
    number: str
    title: str
    point: Point | None
    status: Status
    needs_attention: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ListState:
    """The left side: one section, or what was found in all of them."""

    sections: tuple[SectionLine, ...]
    section: SectionLine
    counts: tuple[tuple[Point, int], ...]
    """How often each grade was given in the section; empty when its questions are not graded on one scale."""
    lines: tuple[Line, ...]
    is_finding: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FileState:
    """One attached file."""

    id: AttachmentId
    name: str = field(repr=False)
    media_type: str
    size: int
    is_here: bool
    picture: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionState:
    """The middle: one question."""

    entry: EntryState
    files: tuple[FileState, ...]
    is_fixed: bool
    says_missing: bool
    """The person has been here before, or comes to mend it: what is missing is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FootState:
    """What can be done next."""

    has_previous: bool
    has_next: bool
    left: int
    """Questions without a finished answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notices:
    """What the tool says on every page."""

    title: str
    privacy: str
    starter: str


class Chosen(Protocol):
    """Takes what was picked."""

    def __call__(self, question_id: QuestionId, value: str | None, instances: Around = (), /) -> None:
        """Write down what was picked."""
        ...


class Typed(Protocol):
    """Takes what was typed so far."""

    def __call__(self, question_id: QuestionId, words: str, instances: Around = (), /) -> None:
        """Write down what was typed."""
        ...


class Ways(Protocol):
    """What a person can want of a question, apart from leaving it."""

    def chose(self, question_id: QuestionId, value: str | None, instances: Around = (), /) -> None:
        """Something was picked."""
        ...

    def typed(self, question_id: QuestionId, words: str, instances: Around = (), /) -> None:
        """Something was typed."""
        ...

    def left(self) -> None:
        """A field was left."""
        ...

    def wants_file(self, field: FieldState) -> None:
        """A file is to be chosen as the answer."""
        ...

    def made_picture(self, field: FieldState, content: bytes) -> None:
        """A picture was drawn as the answer, PNG."""
        ...

    def removed_file(self, field: FieldState) -> None:
        """The file that is the answer is to be taken away."""
        ...

    def wants_copy(self, attachment_id: str) -> None:
        """A file is to be looked at: by saving a copy."""
        ...

    def added(self, repeat: RepeatState) -> None:
        """One more of what repeats."""
        ...

    def removed(self, repeat: RepeatState, instance: InstanceId) -> None:
        """One less of what repeats."""
        ...

    def moved(self, repeat: RepeatState, instance: InstanceId, step: int) -> None:
        """One of what repeats goes up (-1) or down (1)."""
        ...

    def kept(self, repeat: RepeatState, instance: InstanceId) -> None:
        """One that somebody had taken away stays."""
        ...

    def look_over(self, place: Place, words: str, on_found: Callable[[tuple[Mention, ...]], None]) -> None:
        """Something was written: what in it seems to point at somebody, and was not considered."""
        ...

    def considered(self, place: Place) -> None:
        """Somebody looked at what was written, and lets it stand."""
        ...


class FillView(Protocol):
    """What the presenter asks of the page."""

    def show_notices(self, notices: Notices) -> None:
        """Show the tool's name and its standing words."""
        ...

    def show_list(self, state: ListState, current: str) -> None:
        """Show the list, with the question at hand marked."""
        ...

    def show_question(self, state: QuestionState) -> None:
        """Show another question."""
        ...

    def update_question(self, state: QuestionState) -> None:
        """Show the same question, changed. What is being typed stays."""
        ...

    def show_foot(self, state: FootState) -> None:
        """Show what can be done next."""
        ...

    def show_locked(self, *, is_locked: bool, is_signed: bool, whose: str = "") -> None:
        """Say whether the response can be changed; `whose` it is where somebody else's is only read."""
        ...

    def show_saved(self, time: str, *, failed: bool = False) -> None:
        """Say when it was last saved, or that it was not."""
        ...

    def show_undo(self, what: str) -> None:
        """Offer to take the last deed back; '' offers nothing."""
        ...

    def show_adding(self, count: int) -> None:
        """Say that files are being taken in; 0: no more."""
        ...

    def show_refused(self, name: str, error: AppError) -> None:
        """Say that a file was not taken, and why."""
        ...

    def show_copied(self, place: str) -> None:
        """Say where a copy was written."""
        ...

    def go_to_card(self, repeat: RepeatState, instance: InstanceId, *, button: str = "") -> None:
        """Put the focus into one of what repeats: its first answer, or its button `up` or `down`."""
        ...

    def say(self, words: str) -> None:
        """Have a screen reader say something."""
        ...

    def flush(self) -> None:
        """Save what is being typed."""
        ...


def counts_of(entries: Sequence[EntryState]) -> tuple[tuple[Point, int], ...]:
    """Count grades in the order of their scale. Scales are never mixed: several give nothing."""
    scales = {(entry.scale.id, entry.scale.version): entry.scale for entry in entries if entry.scale is not None}
    if len(scales) != 1 or any(entry.scale is None for entry in entries):
        return ()
    (scale,) = scales.values()
    return tuple((point, sum(entry.point == point.value for entry in entries)) for point in scale.tiles)


def line_of(entry: EntryState) -> Line:
    """Return an entry as the list shows it."""
    return Line(
        id=entry.id,
        number=entry.number,
        title=entry.title,
        point=None if entry.scale is None else entry.scale.point(entry.point),
        status=entry.status,
        needs_attention=entry.conflicting or entry.status is Status.NEEDS_ATTENTION,
    )
