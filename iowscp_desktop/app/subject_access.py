"""Everything here that mentions a person: found, looked through by somebody, and written out for whoever asked.

What is found is what is written: names in answers and earlier wordings, remarks, reasons, file names, people who
wrote or signed, and the words of plain text files. Nothing leaves before a person has gone through the list.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import msgspec

from iowscp_desktop.app.audit_log import AuditDeed, record
from iowscp_desktop.app.erasure import name_of
from iowscp_desktop.app.tools import package_of, tool_and_form
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.clock import LOCAL_ZONE, from_stored
from iowscp_desktop.domain.events import EvidenceAttached, PersonIntroduced
from iowscp_desktop.domain.ids import (
    EntryId,
    QuestionId,
    ResponseId,
    Sha256,
    SpaceId,
    StreamId,
    response_of,
    response_space,
)
from iowscp_desktop.domain.journal import decode_event
from iowscp_desktop.domain.person_search import Hit, Sought
from iowscp_desktop.domain.tool import Item, Question, Tool
from iowscp_desktop.errors import AppError, FileUnwritable, NamesNeeded
from iowscp_desktop.reports import subject_access as paper
from iowscp_desktop.reports.render import save_pdf

_TEXT: Final = ("text/", "message/")
_CODES: Final = {
    "kind", "point", "target", "media_type", "sha256", "package", "digest", "form", "engine", "edition", "moment",
    "zone", "instance", "instances", "within", "order", "seen", "cites", "spans", "recipient", "recipients",
    "certificate", "secret", "space",
}  # fmt: skip
"""Fields that hold no words of people; an id such as `head_teacher` is not a mention of Mrs Head."""

REPORT_NAME: Final = "what-was-found.pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place where the person is mentioned."""

    key: str
    id: EntryId
    space: SpaceId
    what: str = field(repr=False)
    """The audit, the round and the school or agency."""
    question: str
    kind: str
    """The kind of entry."""
    stands: bool
    """It holds now; else it is an earlier wording, or was taken away."""
    words: str = field(repr=False)
    hits: tuple[Hit, ...]
    """Where in these words; none where the file's own text mentions the person."""
    at: str
    role: str = field(repr=False)
    """The role of whoever wrote it; names of other people are not given out unasked."""
    file: Sha256 | None = None
    """The file that is attached, if its bytes are here."""
    file_name: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What a person decided to give out of one mention."""

    mention: Mention
    words: str = field(repr=False)
    """As it goes out; what is about other people has been struck out."""
    with_file: bool

    @property
    def is_shortened(self) -> bool:
        """Something was struck out."""
        return self.words != self.mention.words


def search(ws: Workspace, ways: Iterable[str]) -> tuple[Mention, ...]:
    """Return every mention, by audit and time. It may take a while: every entry is read.

    Args:
        ways: The name as asked for, and every other way it may be written.

    Raises:
        NamesNeeded: There is nothing to look for.
    """
    sought = Sought(ways)
    if sought.is_empty:
        raise NamesNeeded
    ws.leave_field()
    with ws.store.database.reading() as connection:
        rows = connection.exec_driver_sql(_EVERYTHING).all()
    roles = {held.event.person_id: held.event.role for held in ws.standing(PersonIntroduced)}
    asking = _Asking(ws)
    found: list[Mention] = []
    for stream, seq, space, kind, at, author, payload, stands in rows:
        words, hits, attached = _looked_through(ws, bytes(payload), sought)
        if words is None:
            continue
        found.append(
            Mention(
                key=f"{stream}/{seq}",
                id=EntryId(StreamId(stream), seq),
                space=SpaceId(space),
                what=asking.what(SpaceId(space)),
                question=asking.question(SpaceId(space), bytes(payload)),
                kind=kind,
                stands=bool(stands),
                words=words,
                hits=hits,
                at=at,
                role=roles.get(author, ""),
                file=attached.sha256 if attached is not None and ws.store.blobs.has(attached.sha256) else None,
                file_name="" if attached is None else attached.name,
            )
        )
    return tuple(sorted(found, key=lambda mention: (mention.what, mention.at, mention.key)))


def export(ws: Workspace, ways: Iterable[str], chosen: Iterable[Chosen], folder: Path) -> Path:
    """Write what was chosen as a PDF and a folder of files. None of it is encrypted any more.

    Returns:
        The new folder: nothing that was there before is written over.

    Raises:
        FileUnwritable: The folder does not take it.
        ReportError: The PDF cannot be written there.
    """
    given = tuple(chosen)
    place = _new_folder(folder, ws)
    files = _copy_files(ws, given, place)
    report = paper.SubjectAccess(
        ways=tuple(ways),
        made=ws.world.clock().astimezone(LOCAL_ZONE),
        findings=tuple(_finding(each, files) for each in given),
    )
    save_pdf(paper.subject_access(report), place / REPORT_NAME, at=ws.world.clock())
    record(ws, AuditDeed.SUBJECT_ACCESS, found=len(given), files=len(files))
    return place


_EVERYTHING = """
SELECT t.id, e.seq, s.id, e.kind, e.at, e.author, e.payload, EXISTS (
    SELECT 1 FROM head h WHERE h.space=e.space AND h.register=e.register AND h.stream=e.stream AND h.seq=e.seq
)
FROM entry e JOIN stream t ON t.no=e.stream JOIN space s ON s.no=e.space WHERE e.payload IS NOT NULL
"""


def _looked_through(
    ws: Workspace, payload: bytes, sought: Sought
) -> tuple[str | None, tuple[Hit, ...], EvidenceAttached | None]:
    """Return the words that mention the person, where, and the file that goes with them; None where nothing does."""
    event = decode_event(payload)
    attached = event if isinstance(event, EvidenceAttached) else None
    words = "\n".join(text for text in _texts(msgspec.json.decode(payload)) if sought.hits(text))
    if words:
        return words, sought.hits(words), attached
    if attached is not None and attached.media_type.startswith(_TEXT) and ws.store.blobs.has(attached.sha256):
        content = ws.store.blobs.read(attached.sha256).decode("utf-8", "replace")
        if sought.hits(content):
            return attached.name, (), attached
    return None, (), None


def _texts(value: object) -> Iterator[str]:
    """Yield every text in an event, whatever field it stands in: also one that a newer program has added."""
    match value:
        case str():
            yield value
        case dict():
            for name, each in value.items():
                if name not in _CODES and not name.endswith("_id"):
                    yield from _texts(each)
        case list():
            for each in value:
                yield from _texts(each)
        case _:
            return


class _Asking:
    """What spaces and questions are called; each tool is loaded once."""

    def __init__(self, ws: Workspace) -> None:
        self._ws = ws
        self._names: dict[SpaceId, str] = {}
        self._tools: dict[SpaceId, Tool | None] = {}

    def what(self, space: SpaceId) -> str:
        """Return what people call a space."""
        if space not in self._names:
            self._names[space] = name_of(self._ws, space)
        return self._names[space]

    def question(self, space: SpaceId, payload: bytes) -> str:
        """Return what was asked, or '' for what is no answer."""
        fields: Mapping[str, object] = msgspec.json.decode(payload)
        question_id = fields.get("question_id")
        if not isinstance(question_id, str):
            return ""
        response = response_of(space) or fields.get("response_id")
        if not isinstance(response, str):
            return question_id
        tool = self._tool(response_space(ResponseId(response)))
        asked = None if tool is None else tool.entry_of(QuestionId(question_id))
        if isinstance(asked, Item | Question):
            return " ".join(part for part in (asked.number, asked.question or asked.title) if part)
        return question_id

    def _tool(self, space: SpaceId) -> Tool | None:
        if space not in self._tools:
            try:
                self._tools[space] = tool_and_form(self._ws, package_of(self._ws, space))[0]
            except AppError:  # it is not here any more
                self._tools[space] = None
        return self._tools[space]


def _new_folder(folder: Path, ws: Workspace) -> Path:
    day = ws.world.clock().astimezone(LOCAL_ZONE).date().isoformat()
    for number in range(1, 1000):
        place = folder / (f"subject-access-{day}" if number == 1 else f"subject-access-{day}-{number}")
        try:
            place.mkdir(parents=True)
        except FileExistsError:
            continue
        except OSError as error:
            raise FileUnwritable from error
        return place
    raise FileUnwritable


def _copy_files(ws: Workspace, given: Iterable[Chosen], place: Path) -> Mapping[str, str]:
    """Write the files that were chosen; return under which name each mention's file lies."""
    named: dict[str, str] = {}
    for each in given:
        if each.mention.file is None or not each.with_file:
            continue
        name = f"{len(named) + 1:03d} {each.mention.file_name}"
        try:
            (place / "files").mkdir(exist_ok=True)
            (place / "files" / name).write_bytes(ws.store.blobs.read(each.mention.file))
        except OSError as error:
            raise FileUnwritable from error
        named[each.mention.key] = name
    return named


def _finding(each: Chosen, files: Mapping[str, str]) -> paper.Finding:
    mention = each.mention
    return paper.Finding(
        what=mention.what,
        question=mention.question,
        kind=mention.kind,
        stands=mention.stands,
        words=each.words,
        at=from_stored(mention.at).astimezone(LOCAL_ZONE),
        role=mention.role,
        file=files.get(mention.key, ""),
        is_shortened=each.is_shortened,
    )
