"""Notes beside a workspace for the time when it is locked: that it was, and who failed to open it.

They cannot be encrypted, as nobody has the key then, so they hold times, ids and ways alone. A chain that begins at
the end of the audit log notices a careless change. Whoever can write in this folder could make the whole file
anew, and that is said in the security guide. At the next unlocking they go into the audit log.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final, Literal

import msgspec

from iowscp_desktop.domain.audit_log import AuditLink, link_of

FILE_NAME: Final = "workspace.notes"
MOST_FAILURES: Final = 500
"""Lines. With the growing wait between attempts that is a working day of trying; later ones are not noted."""

_MOST_BYTES = 256 * 1024


class State(StrEnum):
    """How a workspace stands while the notes are kept."""

    OPEN = "open"
    """Somebody works in it. Found later, it says that the program came to an end without closing it."""
    CLOSED = "closed"
    """The program was left while it was open; this computer's memory may open it again."""
    LOCKED = "locked"
    """Somebody locked it, or it locked itself: opening it takes more than this computer's memory."""


class _Line(msgspec.Struct, frozen=True, kw_only=True):
    what: Literal["open", "closed", "locked", "failed"]
    at: str
    db: str = ""
    way: str = ""
    after: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Somebody could not open the workspace."""

    at: str
    way: str
    link: AuditLink


@dataclass(frozen=True, slots=True, kw_only=True)
class LockedNotes:
    """What the notes say."""

    db_id: str | None = None
    """Whose notes they are."""
    state: State | None = None
    after: AuditLink | None = None
    """The end of the audit log when the notes were begun."""
    failures: tuple[Failure, ...] = ()
    broken: bool = False
    """A line does not follow the one before it."""

    def failures_after(self, link: str) -> tuple[Failure, ...]:
        """Return the failures after one that is in the audit log already; all of them if it is not here."""
        links = [failure.link for failure in self.failures]
        return self.failures[links.index(AuditLink(link)) + 1 :] if link in links else self.failures


def notes_path(database: Path) -> Path:
    """Return where the notes of a database lie: beside it."""
    return database.with_name(FILE_NAME)


def begin_notes(database: Path, *, db_id: str, at: str, after: AuditLink, state: State) -> None:
    """Begin the notes anew, at the end of the audit log. A disk that does not take them stops nothing.

    Where it has no room for a new file they are written over the old one: that it was locked must be found again.
    """
    path = notes_path(database)
    beside = path.with_name(f"{FILE_NAME}.new")
    line = _linked(_Line(what=state.value, at=at, db=db_id, after=after), AuditLink(""))
    try:
        beside.unlink(missing_ok=True)
        _append(beside, line)
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        with suppress(OSError):
            _write_over(path, line)


def note_failure(database: Path, *, at: str, way: str) -> None:
    """Note that somebody could not open the workspace. A disk that does not take it stops nothing."""
    path = notes_path(database)
    with suppress(OSError):
        notes, end = _read(path)
        if len(notes.failures) < MOST_FAILURES:
            _append(path, _linked(_Line(what="failed", at=at, way=way), end))


def read_notes(database: Path) -> LockedNotes | None:
    """Return the notes, or None when there are none."""
    path = notes_path(database)
    try:
        return _read(path)[0] if path.exists() else None
    except OSError:
        return None


def _read(path: Path) -> tuple[LockedNotes, AuditLink]:
    """Return the notes, and the link that the next line follows."""
    if not path.exists():
        return LockedNotes(), AuditLink("")
    with path.open("rb") as stream:
        content = stream.read(_MOST_BYTES)
    first: _Line | None = None
    failures: list[Failure] = []
    end, broken = AuditLink(""), False
    for line in _lines(content):
        if line is None or line.link != _linked(line, end).link:
            broken = True
        if line is None:
            continue
        end = AuditLink(line.link)
        if line.what == "failed":
            failures.append(Failure(at=line.at, way=line.way, link=end))
        else:
            first = line
    notes = LockedNotes(
        db_id=first.db if first is not None else None,
        state=State(first.what) if first is not None else None,
        after=AuditLink(first.after) if first is not None else None,
        failures=tuple(failures),
        broken=broken,
    )
    return notes, end


def _lines(content: bytes) -> Iterator[_Line | None]:
    for raw in content.splitlines():
        try:
            yield msgspec.json.decode(raw, type=_Line)
        except (msgspec.MsgspecError, UnicodeError):
            yield None


def _linked(line: _Line, before: AuditLink) -> _Line:
    bare = msgspec.structs.replace(line, link="")
    return msgspec.structs.replace(line, link=link_of(before, msgspec.json.encode(bare)))


def _append(path: Path, line: _Line) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, stat.S_IRUSR | stat.S_IWUSR)
    with os.fdopen(descriptor, "ab") as stream:
        stream.write(msgspec.json.encode(line) + b"\n")
        stream.flush()
        os.fsync(stream.fileno())


def _write_over(path: Path, line: _Line) -> None:
    content = msgspec.json.encode(line) + b"\n"
    with path.open("r+b") as stream:  # in the room that it has
        stream.write(content)
        stream.truncate()
        stream.flush()
        os.fsync(stream.fileno())
