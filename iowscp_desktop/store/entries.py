"""How entries, streams and seals lie in their tables, whoever wrote them."""

from collections.abc import Sequence
from typing import cast

import sqlalchemy as sa

from iowscp_desktop.domain.ids import SpaceId, StreamId
from iowscp_desktop.domain.journal import Entry, EntryHash, Seal, Stream, StreamRange, read_entry
from iowscp_desktop.store import projecting
from iowscp_desktop.store.database import cursor_of


def stream_no(connection: sa.Connection, stream: Stream) -> int:
    """Return the number of a stream in this file, which it gets when it is first seen."""
    run = cursor_of(connection).execute
    run("INSERT OR IGNORE INTO space (id) VALUES (?)", (stream.space,))
    run(
        "INSERT INTO stream (id, device, epoch, space) VALUES (?,?,?,(SELECT no FROM space WHERE id=?))"
        " ON CONFLICT (id) DO UPDATE SET device=excluded.device, epoch=excluded.epoch, space=excluded.space"
        " WHERE device IS NULL",
        (stream.id, stream.device, stream.epoch, stream.space),
    )
    return int(run("SELECT no FROM stream WHERE id=?", (stream.id,)).fetchone()[0])


def insert_own(connection: sa.Connection, no: int, space: SpaceId, entry: Entry) -> None:
    """Write down one entry of this device, and take it into the projections."""
    run = connection.exec_driver_sql
    header = entry.header
    space_no = int(run("SELECT no FROM space WHERE id=?", (space,)).scalar_one())
    run(
        "INSERT INTO entry VALUES (?,?,?,?,?,?,?,?,?,?,0,'')",
        (
            no,
            header.seq,
            space_no,
            header.register,
            header.kind,
            header.at,
            header.author,
            entry.header_bytes,
            entry.salt,
            entry.payload,
        ),
    )
    run("UPDATE stream SET last=?, head=? WHERE no=?", (header.seq, entry.hash, no))
    numbers = projecting.Numbers(connection)
    projecting.project(connection, projecting.stored((no, header.seq), space_no, space, header, entry.payload, numbers))


def entry_of(row: Sequence[object]) -> Entry:
    """Return the entry of a row: its stream's id, header, salt and payload."""
    stream, header, salt, payload = row
    return read_entry(
        StreamId(str(stream)),
        bytes(cast("bytes", header)),
        None if salt is None else bytes(cast("bytes", salt)),
        None if payload is None else bytes(cast("bytes", payload)),
    )


def range_of(connection: sa.Connection, no: int, stream: Stream) -> StreamRange:
    """Return what is sealed of a stream, as it travels."""
    run = connection.exec_driver_sql
    seals = tuple(
        Seal(first=first, last=last, head=EntryHash(link), signature=signature)
        for first, last, link, signature in run(
            "SELECT first, last, head, signature FROM seal WHERE stream=? ORDER BY first", (no,)
        )
    )
    rows = run(
        "SELECT header, CASE WHEN bare THEN NULL ELSE salt END, CASE WHEN bare THEN NULL ELSE payload END"
        " FROM entry WHERE stream=? AND seq<=? ORDER BY seq",
        (no, max((seal.last for seal in seals), default=0)),
    ).all()
    return StreamRange(stream=stream, entries=tuple(entry_of((stream.id, *row)) for row in rows), seals=seals)
