"""Destroys the content of entries for good: salt, payload, the files only they named. Headers and chains stay.

What is erased is remembered by number, so whatever brings such an entry later, an old bundle or a restored backup,
brings its header alone.
"""

import itertools
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

import msgspec
import sqlalchemy as sa

from iowscp_desktop.domain.erasure import NEVER_ERASED, Span, Tombstone
from iowscp_desktop.domain.ids import EntryId, Place, Register, SpaceId, StreamId
from iowscp_desktop.domain.journal import Entry, StreamRange, bare
from iowscp_desktop.store.database import cursor_of
from iowscp_desktop.store.tables import KEPT

MOVED: Final = "moved/"
"""Before a stream's id, the local value that says which numbers its entries had before a new epoch wrote them again."""

REMEMBERED: Final = "erased_elsewhere"
"""The local value of a file that was put in place of another: what had been erased in that one."""

_DIGEST = re.compile(rb"[0-9a-f]{64}")

_ERASED_OR_GONE = """
SELECT * FROM (
    SELECT t.id, e.seq, e.payload IS NOT NULL AS has_content, EXISTS (
        SELECT 1 FROM erased x WHERE x.space=s.id AND x.stream=t.id AND e.seq BETWEEN x.first AND x.last
    ) AS was_erased, e.bare AS travels_bare
    FROM entry e JOIN stream t ON t.no=e.stream JOIN space s ON s.no=t.space WHERE e.kind<>?
) WHERE was_erased OR NOT (has_content OR travels_bare)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Buried:
    """What an erasure destroyed here. Of what was erased before nothing is counted again."""

    entries: int = 0
    files: int = 0
    file_bytes: int = 0
    registers: frozenset[tuple[SpaceId, Register]] = frozenset()

    def __or__(self, other: "Buried") -> "Buried":
        return Buried(
            entries=self.entries + other.entries,
            files=self.files + other.files,
            file_bytes=self.file_bytes + other.file_bytes,
            registers=self.registers | other.registers,
        )


def bury(connection: sa.Connection, space: SpaceId, spans: Iterable[Span]) -> Buried:
    """Destroy the content of entries of one space, here and whenever they come; call inside a transaction.

    The freed pages are overwritten with zeros; `Database.rewrite` afterwards leaves none of them.
    """
    connection.exec_driver_sql("PRAGMA secure_delete = ON")
    done = Buried()
    named: set[str] = set()
    for span in _with_other_numbers(connection, spans):
        connection.exec_driver_sql(
            "INSERT OR IGNORE INTO erased VALUES (?,?,?,?)", (space, span.stream, span.first, span.last)
        )
        done |= _bury_span(connection, space, span, named)
    files, file_bytes = _drop_unnamed(connection, named)
    return done | Buried(files=files, file_bytes=file_bytes)


def tombstones(connection: sa.Connection) -> tuple[Tombstone, ...]:
    """Return everything that was ever erased here, by number."""
    rows = connection.exec_driver_sql("SELECT space, stream, first, last FROM erased ORDER BY 1, 2, 3, 4").all()
    return tuple(Tombstone(SpaceId(space), StreamId(stream), first, last) for space, stream, first, last in rows)


def remember(connection: sa.Connection, buried: Iterable[Tombstone]) -> None:
    """Write down what was erased in another copy of this workspace, for whoever opens it next to erase it here too."""
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO local VALUES (?,?)", (REMEMBERED, msgspec.json.encode(tuple(buried)))
    )


def remembered(connection: sa.Connection) -> tuple[Tombstone, ...]:
    """Return what was written down in that way."""
    value = connection.exec_driver_sql("SELECT value FROM local WHERE name=?", (REMEMBERED,)).scalar()
    return () if value is None else msgspec.json.decode(bytes(value), type=tuple[Tombstone, ...])


def left_in(connection: sa.Connection, space: SpaceId) -> tuple[EntryId, ...]:
    """Return the entries of a space that still say something and count: none of those that were set aside."""
    rows = connection.exec_driver_sql(
        "SELECT t.id, e.seq FROM entry e JOIN stream t ON t.no=e.stream JOIN space s ON s.no=t.space"
        " WHERE s.id=? AND e.payload IS NOT NULL AND e.kind<>?"
        " AND NOT EXISTS (SELECT 1 FROM quarantine q WHERE q.stream=e.stream AND q.seq=e.seq) ORDER BY 1, 2",
        (space, NEVER_ERASED),
    ).all()
    return tuple(EntryId(StreamId(stream), seq) for stream, seq in rows)


def is_erased(connection: sa.Connection, space: SpaceId, stream: StreamId, seq: Place) -> bool:
    """Tell whether an entry was erased."""
    return (
        connection.exec_driver_sql(
            "SELECT 1 FROM erased WHERE space=? AND stream=? AND ? BETWEEN first AND last", (space, stream, seq)
        ).first()
        is not None
    )


def without_erased(connection: sa.Connection, piece: StreamRange) -> StreamRange:
    """Return a range that came in as it may be taken: what was erased has its header alone."""
    query = "SELECT first, last FROM erased WHERE space=? AND stream=?"
    spans = cursor_of(connection).execute(query, (piece.stream.space, piece.stream.id)).fetchall()
    if not spans:
        return piece

    def kept(entry: Entry) -> Entry:
        if entry.header.kind == NEVER_ERASED or not any(first <= entry.header.seq <= last for first, last in spans):
            return entry
        return bare(entry)

    return replace(piece, entries=tuple(kept(entry) for entry in piece.entries))


def come_back(connection: sa.Connection) -> tuple[Tombstone, ...]:
    """Return what was erased and has its content again, as after entries were saved from an older copy."""
    rows = connection.exec_driver_sql(
        "SELECT DISTINCT x.space, x.stream, x.first, x.last FROM erased x JOIN stream t ON t.id=x.stream"
        " JOIN entry e ON e.stream=t.no AND e.seq BETWEEN x.first AND x.last"
        " WHERE e.payload IS NOT NULL AND e.kind<>? ORDER BY 1, 2, 3, 4",
        (NEVER_ERASED,),
    ).all()
    return tuple(Tombstone(SpaceId(space), StreamId(stream), first, last) for space, stream, first, last in rows)


def check_erased(connection: sa.Connection, wrongs: list[str]) -> int:
    """Name contents that are back, and contents that are gone without an erasure; return how many are erased."""
    rows = connection.exec_driver_sql(_ERASED_OR_GONE, (NEVER_ERASED,)).all()
    for stream, seq, has_content, was_erased, _bare in rows:
        if has_content:
            wrongs.append(f"stream {stream}: entry {seq} was erased, and its content is back")
        elif not was_erased:
            wrongs.append(f"stream {stream}: the content of entry {seq} is missing, and nobody erased it")
    return sum(was_erased and not has_content for *_, has_content, was_erased, _bare in rows)


def named_files(connection: sa.Connection) -> frozenset[str]:
    """Return the digest of every file that an entry names, or a value of this computer's own."""
    values = connection.exec_driver_sql("SELECT value FROM local").scalars()
    everything = itertools.chain(_payloads(connection), (bytes(value) for value in values))
    return frozenset(digest.decode() for content in everything for digest in _DIGEST.findall(content))


def _with_other_numbers(connection: sa.Connection, spans: Iterable[Span]) -> Iterator[Span]:
    """Yield spans, and every other number that their entries have or had, here or in older copies of this workspace.

    An entry that two copies wrote again has two new numbers, which know each other by the old one alone.
    """
    same: dict[EntryId, list[EntryId]] = defaultdict(list)
    rows = connection.exec_driver_sql("SELECT name, value FROM local WHERE substr(name,1,?)=?", (len(MOVED), MOVED))
    for name, value in rows:
        moved = msgspec.json.decode(bytes(value), type=dict[int, tuple[StreamId, int]])
        for seq, (was, place) in moved.items():
            now, before = EntryId(StreamId(name[len(MOVED) :]), seq), EntryId(was, place)
            same[now].append(before)
            same[before].append(now)
    given = list(spans)
    yield from given
    waiting = [each for each in same if any(_is_inside(each, span) for span in given)]
    seen = set(waiting)
    while waiting:
        for other in same[waiting.pop()]:
            if other not in seen:
                seen.add(other)
                waiting.append(other)
                yield Span(other.stream, other.seq, other.seq)


def _is_inside(id_: EntryId, span: Span) -> bool:
    return id_.stream == span.stream and span.first <= id_.seq <= span.last


_SECOND_IN_SPAN: Final = "stream=? AND seq BETWEEN ? AND ? AND CAST(header AS TEXT) ->> 'kind' <> ?"


def _bury_span(connection: sa.Connection, space: SpaceId, span: Span, named: set[str]) -> Buried:
    run = connection.exec_driver_sql
    no = run(
        "SELECT t.no FROM stream t JOIN space s ON s.no=t.space WHERE t.id=? AND s.id=?", (span.stream, space)
    ).scalar()
    if no is None:
        return Buried()  # its entries have not come yet
    here = (no, span.first, span.last, NEVER_ERASED)
    rows = run(
        "SELECT seq, register, payload FROM entry WHERE stream=? AND seq BETWEEN ? AND ? AND kind<>?"
        " AND payload IS NOT NULL",
        here,
    ).all()
    forks = run(f"SELECT payload FROM fork WHERE {_SECOND_IN_SPAN} AND payload IS NOT NULL", here).all()  # noqa: S608 - above
    for payload in (*(row.payload for row in rows), *(payload for (payload,) in forks)):
        named |= {digest.decode() for digest in _DIGEST.findall(bytes(payload))}
    run("UPDATE entry SET salt=NULL, payload=NULL WHERE stream=? AND seq BETWEEN ? AND ? AND kind<>?", here)
    run(f"UPDATE fork SET salt=NULL, payload=NULL WHERE {_SECOND_IN_SPAN}", here)  # noqa: S608 - as above
    for table in (table for kind, table in KEPT.items() if kind.__struct_config__.tag != NEVER_ERASED):
        run(f"DELETE FROM {table.name} WHERE in_space=? AND stream=? AND seq BETWEEN ? AND ?", (space, *here[:3]))  # noqa: S608 - our own table's name
    return Buried(entries=len(rows) + len(forks), registers=frozenset((space, Register(row.register)) for row in rows))


def _drop_unnamed(connection: sa.Connection, candidates: Collection[str]) -> tuple[int, int]:
    """Delete files that no entry names any more; return how many, and their size."""
    run = connection.exec_driver_sql
    held = {
        digest: size
        for digest in candidates
        if (size := run("SELECT size FROM blob WHERE sha256=?", (digest,)).scalar()) is not None
    }
    if held:
        for payload in _payloads(connection):
            for digest in _DIGEST.findall(payload):
                held.pop(digest.decode(), None)
    for digest in held:
        run("DELETE FROM chunk WHERE sha256=?", (digest,))
        run("DELETE FROM blob WHERE sha256=?", (digest,))
    return len(held), sum(held.values())


def _payloads(connection: sa.Connection) -> Iterator[bytes]:
    for table in ("entry", "fork"):
        for (payload,) in connection.exec_driver_sql(f"SELECT payload FROM {table} WHERE payload IS NOT NULL"):  # noqa: S608 - one of two
            yield bytes(payload)
