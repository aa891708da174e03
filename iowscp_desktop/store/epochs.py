"""Begins a new epoch: this device writes on under new stream numbers, because its file may not be the only one.

What was sealed keeps its numbers, as others may have it. What was not sealed never left this file: it is written
again in the new streams, word for word, with its authors and times, so that it can be sent. Nothing is lost.
"""

from collections import defaultdict
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import msgspec
import sqlalchemy as sa

from iowscp_desktop.domain.events import Event, NotYetKnown
from iowscp_desktop.domain.ids import DeviceId, EntryId, PersonId, Register, SpaceId, StreamId
from iowscp_desktop.domain.journal import EntryHash, decode_event, entry_hash, read_entry
from iowscp_desktop.store import projecting
from iowscp_desktop.store.database import Database
from iowscp_desktop.store.erasing import MOVED
from iowscp_desktop.store.journal import Journal, Writer
from iowscp_desktop.store.taking import CheckedRange, first_strange

WriterOf = Callable[[PersonId, str], Writer]
"""Returns who writes again, as whom and when it was first written."""


@dataclass(frozen=True, slots=True)
class _Written:
    was: EntryId
    link: EntryHash
    space: SpaceId
    author: PersonId
    at: str
    register: Register
    salt: bytes | None
    payload: bytes | None
    event: Event | None
    """None where its content was erased."""
    replaces: tuple[EntryId, ...]


def begin_epoch(database: Database, journal: Journal, device: DeviceId, writer_of: WriterOf) -> int:
    """Begin a new epoch in one transaction; return how many entries were written again."""
    journal.close_field()
    with database.writing() as connection:
        query = "SELECT no FROM stream WHERE device=? AND ours=1 ORDER BY no"
        numbers = connection.exec_driver_sql(query, (device,)).scalars().all()
        unsealed = [each for no in numbers for each in _take_back(connection, no)]
        connection.exec_driver_sql("UPDATE stream SET ours=0 WHERE device=?", (device,))
        projecting.rebuild(connection)
        return _write_again(connection, journal, unsealed, writer_of)


@contextmanager
def leaving(connection: sa.Connection, journal: Journal, checked: CheckedRange, writer_of: WriterOf) -> Generator[None]:
    """Go on under new numbers in a space, if what comes shows that a copy of this device went on under the old ones.

    Used around taking in what is this device's. What was not sealed is written again; so is what was in force here
    and is not afterwards: both stories stand beside each other then, and nobody's words are gone from sight.
    """
    run = connection.exec_driver_sql
    row = run("SELECT no, ours, space FROM stream WHERE id=?", (checked.piece.stream.id,)).first()
    seq = None if row is None else first_strange(connection, checked)
    if row is None or seq is None:
        yield
        return
    before, unsealed = _link_at(connection, row.no, seq), _take_back(connection, row.no) if row.ours else []
    sealed = [
        each
        for each in _written(connection, row.no, seq - 1)
        if not run(_REPLACED_BY_OTHERS, (row.no, each.was.seq)).first()
    ]
    run("UPDATE stream SET ours=0 WHERE no=?", (row.no,))
    if unsealed:
        projecting.project_again(connection, [row.space])
    yield
    lost = sealed if _link_at(connection, row.no, seq) != before else []
    known = {each.was: each for each in unsealed if _link_at(connection, row.no, each.was.seq) == each.link}
    _keep_own_words(connection, row.no, row.space, known.values())
    _write_again(connection, journal, [*lost, *(each for each in unsealed if each.was not in known)], writer_of)


def _keep_own_words(connection: sa.Connection, no: int, space: int, known: Iterable[_Written]) -> None:
    """Fill in what a copy sealed under the same numbers and sent without its words: here they are. They stay here."""
    filled = 0
    for each in known:
        here = (each.salt, each.payload, no, each.was.seq)
        query = "UPDATE entry SET salt=?, payload=? WHERE stream=? AND seq=? AND payload IS NULL"
        filled += connection.exec_driver_sql(query, here).rowcount if each.payload is not None else 0
    if filled:
        projecting.project_again(connection, [space])


_REPLACED_BY_OTHERS = """
SELECT 1 FROM replaced r JOIN entry e ON e.stream=r.stream AND e.seq=r.seq
WHERE r.stream=? AND r.seq=? AND r.by_stream<>r.stream AND r.space=e.space AND r.register=e.register
"""


def _write_again(connection: sa.Connection, journal: Journal, entries: Sequence[_Written], writer_of: WriterOf) -> int:
    """Write entries again, in their order: each replaces what it replaced, by its new number where that has one."""
    now: dict[EntryId, tuple[EntryId, ...]] = {}
    moved: dict[str, dict[int, EntryId]] = defaultdict(dict)
    for each in entries:
        edges = dict.fromkeys(edge for was in each.replaces for edge in now.get(was, (was,)))
        alike = _standing_alike(connection, each)
        if each.event is None or alike:
            now[each.was] = alike or tuple(edges)
            continue
        new = journal.append_again(connection, writer_of(each.author, each.at), each.space, each.event, tuple(edges))
        now[each.was] = (new,)
        moved[new.stream][new.seq] = each.was
    for stream, numbers in moved.items():
        connection.exec_driver_sql(
            "INSERT OR REPLACE INTO local VALUES (?,?)", (MOVED + stream, msgspec.json.encode(numbers))
        )
    return sum(len(numbers) for numbers in moved.values())


def _standing_alike(connection: sa.Connection, each: _Written) -> tuple[EntryId, ...]:
    """Return what says the very same where it would stand: a copy may have said it already."""
    rows = connection.exec_driver_sql(
        "SELECT t.id, h.seq FROM head h JOIN entry e ON e.stream=h.stream AND e.seq=h.seq"
        " JOIN stream t ON t.no=h.stream JOIN space s ON s.no=h.space WHERE s.id=? AND h.register=? AND e.payload=?",
        (each.space, each.register, each.payload),
    ).all()
    return tuple(EntryId(StreamId(stream), seq) for stream, seq in rows)


def _link_at(connection: sa.Connection, no: int, seq: int) -> EntryHash | None:
    header = connection.exec_driver_sql("SELECT header FROM entry WHERE stream=? AND seq=?", (no, seq)).scalar()
    return None if header is None else entry_hash(bytes(header))


def _written(connection: sa.Connection, no: int, after: int) -> list[_Written]:
    """Return what a stream holds after a number."""
    rows = connection.exec_driver_sql(
        "SELECT t.id, s.id, e.header, e.salt, e.payload FROM entry e JOIN stream t ON t.no=e.stream"
        " JOIN space s ON s.no=e.space WHERE e.stream=? AND e.seq>? ORDER BY e.seq",
        (no, after),
    ).all()
    found: list[_Written] = []
    for stream, space, header_bytes, salt, payload in rows:
        entry = read_entry(StreamId(stream), bytes(header_bytes), None, None)
        event = None if payload is None else decode_event(bytes(payload))
        if not isinstance(event, NotYetKnown):
            header = entry.header
            about = (entry.id, entry.hash, SpaceId(space), header.author, header.at, header.register)
            found.append(_Written(*about, salt, payload, event, entry.replaces))
    return found


def _take_back(connection: sa.Connection, no: int) -> list[_Written]:
    """Cut one of this device's streams off after its last seal; return what stood behind it."""
    run = connection.exec_driver_sql
    sealed = run("SELECT coalesce(max(last), 0) FROM seal WHERE stream=?", (no,)).scalar_one()
    taken = _written(connection, no, sealed)
    run("DELETE FROM entry WHERE stream=? AND seq>?", (no, sealed))
    run("DELETE FROM quarantine WHERE stream=? AND seq>?", (no, sealed))
    last = run("SELECT header FROM entry WHERE stream=? AND seq=?", (no, sealed)).scalar()
    link = None if last is None else entry_hash(bytes(last))
    run("UPDATE stream SET last=?, head=? WHERE no=?", (sealed, link, no))
    return taken
