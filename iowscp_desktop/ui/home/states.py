"""What the home screen shows, as frozen states. No Qt."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum, auto

from iowscp_desktop.app import editions
from iowscp_desktop.app.editions import Edition
from iowscp_desktop.app.filling import EntryState, Filling, SectionState, Status
from iowscp_desktop.app.late_answers import late_answers
from iowscp_desktop.app.responses import Revision, Signature, TaskLine, left_off, revision
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.clock import LOCAL_ZONE, from_stored
from iowscp_desktop.domain.ids import ResponseId
from iowscp_desktop.domain.scale import Point, Scale


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many answers are alike."""

    look: Point | Status
    """A grade; or, for plain questions and where scales would be mixed, how far they are."""
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionLine:
    """One section."""

    id: str
    number: str
    title: str
    counts: tuple[Count, ...]
    total: int
    status: Status
    next_entry: str
    """Where to begin in it."""


class Deed(Enum):
    """What is to be done before a return is received."""

    ANSWER = auto()
    MEND = auto()
    EVIDENCE = auto()
    SIGN = auto()
    SEND = auto()
    RECEIPT = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """One thing to do before the return is received, and how it stands."""

    deed: Deed
    done: bool
    count: int = 0
    of: int = 0
    """Sections for answers, bytes for evidence."""
    role: str = ""
    name: str = field(default="", repr=False)
    at: datetime | None = None
    after: str = ""
    """Whose turn to sign comes before."""
    ready: bool = False
    number: str = ""


class Going(Enum):
    """How one goes on."""

    BEGIN = auto()
    GO_ON = auto()
    CHECK = auto()
    LOCKED = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class GoOn:
    """Where one goes on."""

    going: Going
    entry_id: str = ""
    number: str = ""
    title: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskState:
    """One audit in full."""

    response_id: ResponseId
    organisation: str = field(repr=False)
    title: str
    round_title: str
    due: date
    days_left: int
    answered: int
    asked: int
    counts: tuple[Count, ...]
    sections: tuple[SectionLine, ...]
    go_on: GoOn
    steps: tuple[StepLine, ...]
    current_edition: str = ""
    edition: Edition | None = None
    """Another edition that is here; None where the audit is signed, and stays."""
    late: int = 0
    """Answers that came in for the edition that was moved from."""


def task_state(ws: Workspace, line: TaskLine, filling: Filling) -> TaskState:
    """Look at one audit."""
    sections = [section for section in filling.sections() if section.asked]
    entries = [entry for section in sections for entry in section.asked]
    scales = {id(entry.scale): entry.scale for entry in entries if entry.scale is not None}
    scale = next(iter(scales.values())) if len(scales) == 1 else None
    standing = revision(ws, line.response_id, filling.tool)
    counts = _counts(entries, scale)
    return TaskState(
        response_id=line.response_id,
        organisation=line.organisation,
        title=line.title,
        round_title=line.round_title,
        due=line.due,
        days_left=line.days_left,
        answered=sum(count.count for count in counts),
        asked=len(entries),
        counts=counts,
        sections=tuple(_section(section, scale) for section in sections),
        go_on=_go_on(ws, filling, sections),
        steps=tuple(_steps(line, sections, standing)),
        current_edition=filling.tool.edition,
        late=0 if standing.finalised else len(late_answers(ws, filling)),
        edition=None if standing.finalised else _other_edition(ws, line.response_id),
    )


def _other_edition(ws: Workspace, response_id: ResponseId) -> Edition | None:
    """Return the edition to speak of: a newer one, or else the one that was moved away from."""
    return next(iter(editions.editions(ws, response_id)), None)


def moment_of(stored: str) -> datetime:
    """Return a stored moment in the partnership's zone."""
    return from_stored(stored).astimezone(LOCAL_ZONE)


def _counts(entries: list[EntryState], scale: Scale | None) -> tuple[Count, ...]:
    answered = [entry for entry in entries if entry.is_answered]
    if scale is None:
        looks = (Status.COMPLETED, Status.IN_PROGRESS, Status.NEEDS_ATTENTION)
        found = [Count(look=look, count=sum(entry.status is look for entry in answered)) for look in looks]
        return tuple(count for count in found if count.count)
    grades = [Count(look=point, count=sum(entry.point == point.value for entry in answered)) for point in scale.tiles]
    plain = Count(look=Status.COMPLETED, count=sum(entry.grade is None for entry in answered))
    return (*grades, plain) if plain.count else tuple(grades)


def _section(section: SectionState, scale: Scale | None) -> SectionLine:
    waiting = (entry for entry in section.asked if entry.status is not Status.COMPLETED)
    return SectionLine(
        id=section.id,
        number=section.number,
        title=section.title,
        counts=_counts(list(section.asked), scale),
        total=len(section.asked),
        status=section.status,
        next_entry=next(waiting, section.asked[0]).id,
    )


def _go_on(ws: Workspace, filling: Filling, sections: list[SectionState]) -> GoOn:
    if filling.is_locked:
        return GoOn(going=Going.LOCKED)
    entry = left_off(ws, filling)
    if entry is None:
        return GoOn(going=Going.CHECK)
    untouched = not any(each.is_answered for section in sections for each in section.asked)
    return GoOn(
        going=Going.BEGIN if untouched else Going.GO_ON,
        entry_id=entry.id,
        number=entry.number,
        title=entry.title,
        section=next((section.title for section in sections if section.id == entry.section_id), ""),
    )


def _steps(line: TaskLine, sections: list[SectionState], standing: Revision) -> list[StepLine]:
    unfinished = {Status.NOT_STARTED, Status.IN_PROGRESS}
    left = [[entry for entry in section.asked if entry.status in unfinished] for section in sections]
    entries = [entry for section in sections for entry in section.asked]
    mend = sum(entry.status is Status.NEEDS_ATTENTION or entry.conflicting for entry in entries)
    files = [file for entry in entries for file in entry.evidence]
    to_answer = sum(map(len, left))
    complete = to_answer == 0 and mend == 0
    return [
        StepLine(deed=Deed.ANSWER, done=to_answer == 0, count=to_answer, of=sum(bool(found) for found in left)),
        StepLine(deed=Deed.MEND, done=mend == 0, count=mend),
        StepLine(deed=Deed.EVIDENCE, done=bool(files), count=len(files), of=sum(file.size for file in files)),
        *_signatures(standing.signatures, complete=complete or standing.finalised),
        StepLine(
            deed=Deed.SEND,
            done=bool(line.sent),
            at=moment_of(line.sent) if line.sent else None,
            ready=standing.is_signed,
        ),
        StepLine(deed=Deed.RECEIPT, done=bool(line.receipt), number=line.receipt),
    ]


def _signatures(signatures: tuple[Signature, ...], *, complete: bool) -> list[StepLine]:
    lines: list[StepLine] = []
    before = ""
    for each in signatures:
        lines.append(
            StepLine(
                deed=Deed.SIGN,
                done=each.is_signed,
                role=each.signer.label,
                name=each.name,
                at=moment_of(each.at) if each.at else None,
                after="" if each.is_signed or each.is_next else before,
                ready=each.is_next and complete,
            )
        )
        before = each.signer.label
    return lines
