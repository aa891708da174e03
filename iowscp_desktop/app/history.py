"""Who wrote what when, answer by answer: every wording that is still here, and where one is not, why not."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from iowscp_desktop.app.people import People
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.events import (
    AnswerRecorded,
    Event,
    EvidenceAttached,
    EvidenceDetached,
    NotYetKnown,
    ReadingRecorded,
    RepeatAdded,
    RepeatOrdered,
    RepeatRemoved,
)
from iowscp_desktop.domain.ids import EntryId, InstanceId, QuestionId, Register, ResponseId, SpaceId, StreamId
from iowscp_desktop.domain.journal import Entry
from iowscp_desktop.domain.tool import Tool
from iowscp_desktop.store import is_erased
from iowscp_desktop.store.entries import entry_of


class Asked(Protocol):
    """A response and the tool it answers: what `open_filling` gives."""

    response_id: ResponseId
    space: SpaceId
    tool: Tool


class Did(StrEnum):
    """What somebody did."""

    ANSWERED = "answered"
    CLEARED = "cleared"
    SETTLED = "settled"
    """They decided between answers that differed."""
    ATTACHED = "attached"
    DETACHED = "detached"
    ADDED = "added"
    REMOVED = "removed"
    ORDERED = "ordered"
    READ = "read"
    """The team recorded how it reads the answer."""


class Standing(StrEnum):
    """What has become of it."""

    STANDS = "stands"
    CONTESTED = "contested"
    """Another answer stands beside it, and nobody has decided."""
    REPLACED = "replaced"
    ERASED = "erased"
    """Its content was destroyed on purpose; that it was there, when and by whom, stays."""
    ELSEWHERE = "elsewhere"
    """It was replaced before it was sent, so its wording never left the computer it was written on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that was done to one answer."""

    id: EntryId
    register: Register
    question_id: QuestionId
    """The question, or what repeats."""
    instances: tuple[InstanceId, ...]
    did: Did
    value: str = field(repr=False)
    """What was answered or how it was read, as it is kept; a file's name; '' where nothing is or nothing is left."""
    at: str
    who: str = field(repr=False)
    """'' for somebody whose name is not here."""
    standing: Standing
    replaces: tuple[EntryId, ...]
    reason: str = field(default="", repr=False)
    """Why the team reads it so."""


def history_of(ws: Workspace, filling: Asked, entry_id: str) -> tuple[Step, ...]:
    """Return what was done to one question, with its parts and files, the newest first."""
    with ws.store.database.reading() as connection:
        rows = connection.exec_driver_sql(_ENTRIES, (filling.space,)).all()
        entries = [entry_of(row[:4]) for row in rows]
        is_head = {entry.id: bool(row[4]) for entry, row in zip(entries, rows, strict=True)}
        erased = {
            entry.id
            for entry in entries
            if entry.payload is None and is_erased(connection, filling.space, entry.stream, entry.header.seq)
        }
    heads = Counter(entry.header.register for entry in entries if is_head[entry.id])
    files = _files(entries)
    people = People(ws)

    def who(entry: Entry) -> str:
        return people.name(filling.space, entry.stream, entry.header.author)

    steps = [
        _step(entry, place, _standing(entry, heads, is_head, erased), who(entry), files)
        for entry in entries
        if (place := _place(entry, files)) is not None and _is_asked_in(filling.tool, place[0], entry_id)
    ]
    return tuple(sorted(steps, key=lambda step: (step.at, step.id), reverse=True))


def earlier(steps: tuple[Step, ...], step: Step) -> Step | None:
    """Return the wording that a step took the place of, or None for the first one."""
    replaced = [each for each in steps if each.id in step.replaces]
    return max(replaced, key=lambda each: (each.at, each.id), default=None)


Place = tuple[QuestionId, tuple[InstanceId, ...]]

_ENTRIES = """
SELECT t.id, e.header, e.salt, e.payload, EXISTS (
    SELECT 1 FROM head h WHERE h.space=e.space AND h.register=e.register AND h.stream=e.stream AND h.seq=e.seq
)
FROM entry e JOIN stream t ON t.no=e.stream JOIN space s ON s.no=e.space
LEFT JOIN quarantine q ON q.stream=e.stream AND q.seq=e.seq
WHERE s.id=? AND q.stream IS NULL AND (
    e.register LIKE 'answer/%' OR e.register LIKE 'evidence/%' OR e.register LIKE 'repeat/%'
    OR e.register LIKE 'order/%' OR e.register LIKE 'reading/answer/%'
)
"""


def _files(entries: list[Entry]) -> Mapping[Register, EvidenceAttached]:
    """Return what was attached, by its register: taking it away names the attachment alone."""
    return {entry.header.register: event for entry in entries if isinstance(event := entry.event, EvidenceAttached)}


def _place(entry: Entry, files: Mapping[Register, EvidenceAttached]) -> Place | None:
    """Return which question an entry is about. The register says it even where the content is gone."""
    sort, _, rest = entry.header.register.removeprefix("reading/").partition("/")
    if sort == "evidence":
        attached = files.get(entry.header.register)
        return None if attached is None else (attached.question_id, attached.instances)
    question, _, instances = rest.partition("@")
    return QuestionId(question), tuple(InstanceId(each) for each in instances.split(".") if each)


def _is_asked_in(tool: Tool, question_id: QuestionId, entry_id: str) -> bool:
    asked = tool.entry_of(question_id)
    return (question_id if asked is None else asked.id) == entry_id


def _standing(
    entry: Entry, heads: Mapping[Register, int], is_head: Mapping[EntryId, bool], erased: set[EntryId]
) -> Standing:
    if entry.id in erased:
        return Standing.ERASED
    if entry.payload is None:
        return Standing.ELSEWHERE
    if not is_head[entry.id]:
        return Standing.REPLACED
    return Standing.CONTESTED if heads[entry.header.register] > 1 else Standing.STANDS


def _step(
    entry: Entry,
    place: Place,
    standing: Standing,
    who: str,
    files: Mapping[Register, EvidenceAttached],
) -> Step:
    did, value = _what(entry, files)
    return Step(
        id=EntryId(StreamId(entry.stream), entry.header.seq),
        register=entry.header.register,
        question_id=place[0],
        instances=place[1],
        did=did,
        value=value,
        at=entry.header.at,
        who=who,
        standing=standing,
        replaces=entry.replaces,
        reason=event.reason if isinstance(event := entry.event, ReadingRecorded) else "",
    )


_BY_KIND: Mapping[str, Did] = {
    "answer-recorded": Did.ANSWERED,
    "evidence-attached": Did.ATTACHED,
    "evidence-detached": Did.DETACHED,
    "repeat-added": Did.ADDED,
    "repeat-removed": Did.REMOVED,
    "repeat-ordered": Did.ORDERED,
    "reading-recorded": Did.READ,
}


def _what(entry: Entry, files: Mapping[Register, EvidenceAttached]) -> tuple[Did, str]:
    event: Event | NotYetKnown | None = entry.event
    match event:
        case AnswerRecorded(value=value):
            did = Did.SETTLED if len(entry.replaces) > 1 else Did.ANSWERED if value else Did.CLEARED
            return did, value or ""
        case EvidenceAttached(name=name):
            return Did.ATTACHED, name
        case EvidenceDetached():
            return Did.DETACHED, files[entry.header.register].name
        case ReadingRecorded(value=value):
            return Did.READ, value or ""
        case RepeatAdded():
            return Did.ADDED, ""
        case RepeatRemoved():
            return Did.REMOVED, ""
        case RepeatOrdered():
            return Did.ORDERED, ""
        case _:
            return _BY_KIND.get(entry.header.kind, Did.ANSWERED), ""
