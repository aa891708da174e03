"""Begins a new epoch: this device writes on under new stream numbers, because its file may not be the only one.

What was sealed keeps its numbers, as others may have it. What was not sealed never left this file: it is written
again in the new streams, word for word, with its authors and times, so that it can be sent. Nothing is lost.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import msgspec
import sqlalchemy as sa

from iowscp_desktop.domain.events import Event, NotYetKnown
from iowscp_desktop.domain.ids import DeviceId, EntryId, PersonId, SpaceId, StreamId
from iowscp_desktop.domain.journal import decode_event, entry_hash
from iowscp_desktop.store import projecting
from iowscp_desktop.store.database import Database
from iowscp_desktop.store.erasing import MOVED
from iowscp_desktop.store.journal import Journal, Writer

WriterOf = Callable[[PersonId, str], Writer]
"""Returns who writes again, as whom and when it was first written."""


@dataclass(frozen=True, slots=True)
class _Unsealed:
    was: EntryId
    space: SpaceId
    author: PersonId
    at: str
    event: Event


def begin_epoch(database: Database, journal: Journal, device: DeviceId, writer_of: WriterOf) -> int:
    """Begin a new epoch in one transaction; return how many entries were written again."""
    journal.close_field()
    with database.writing() as connection:
        unsealed = _take_back(connection, device)
        connection.exec_driver_sql("UPDATE stream SET ours=0 WHERE device=?", (device,))
        projecting.rebuild(connection)
        moved: dict[str, dict[int, EntryId]] = defaultdict(dict)
        for each in unsealed:
            (now,) = journal.append_in(connection, writer_of(each.author, each.at), each.space, [each.event])
            moved[now.stream][now.seq] = each.was
        for stream, numbers in moved.items():
            connection.exec_driver_sql(
                "INSERT OR REPLACE INTO local VALUES (?,?)", (MOVED + stream, msgspec.json.encode(numbers))
            )
    return len(unsealed)


def _take_back(connection: sa.Connection, device: DeviceId) -> Sequence[_Unsealed]:
    """Cut this device's streams off after their last seal; return what stood behind it."""
    run = connection.exec_driver_sql
    taken: list[_Unsealed] = []
    streams = run(
        "SELECT t.no, t.id, s.id, coalesce((SELECT max(last) FROM seal WHERE stream=t.no), 0) AS sealed"
        " FROM stream t JOIN space s ON s.no=t.space WHERE t.device=? AND t.ours=1 ORDER BY t.no",
        (device,),
    ).all()
    for no, stream, space, sealed in streams:
        query = "SELECT seq, author, at, payload FROM entry WHERE stream=? AND seq>? ORDER BY seq"
        rows = run(query, (no, sealed)).all()
        for seq, author, at, payload in rows:
            event = None if payload is None else decode_event(bytes(payload))
            if event is not None and not isinstance(event, NotYetKnown):  # without content it was erased
                was = EntryId(StreamId(stream), seq)
                taken.append(_Unsealed(was, SpaceId(space), PersonId(author), at, event))
        run("DELETE FROM entry WHERE stream=? AND seq>?", (no, sealed))
        run("DELETE FROM quarantine WHERE stream=? AND seq>?", (no, sealed))
        last = run("SELECT header FROM entry WHERE stream=? AND seq=?", (no, sealed)).scalar()
        link = None if last is None else entry_hash(bytes(last))
        run("UPDATE stream SET last=?, head=? WHERE no=?", (sealed, link, no))
    return taken
