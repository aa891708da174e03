"""Keeps the projections true as entries come: the meaning of `domain.merge`, one entry at a time, in SQL.

Order of arrival does not matter: an edge may come before its target, and an entry found to have strayed
gives back what it had replaced.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from iowscp_desktop.domain.events import KINDS, Event, NotYetKnown
from iowscp_desktop.domain.journal import Header, decode_event, read_entry
from iowscp_desktop.store.tables import STANDING, columns_of, tables_of

Spot = tuple[int, int]
"""An entry inside this file: number of its stream, and seq."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """An entry as the projections see it."""

    spot: Spot
    space: int
    space_id: str
    register: str
    kind: str
    at: str
    author: str
    edges: tuple[Spot, ...]
    payload: bytes | None


def project(connection: sa.Connection, entry: Stored) -> None:
    """Take one entry, already in the journal, into the projections."""
    run = connection.exec_driver_sql
    here = (entry.space, entry.register)
    for spot in _stray_because_of(connection, entry):
        _take_out(connection, spot)
    if _has_strayed(connection, entry):
        run("INSERT OR IGNORE INTO strayed VALUES (?,?)", entry.spot)
        return
    for edge in entry.edges:
        run("INSERT OR IGNORE INTO replaced VALUES (?,?,?,?,?,?)", (*edge, *entry.spot, *here))
        _drop_head(connection, edge, here)
    if not run(
        "SELECT 1 FROM replaced WHERE stream=? AND seq=? AND space=? AND register=?", (*entry.spot, *here)
    ).first():
        _add_head(connection, entry)


def replace_content(connection: sa.Connection, entry: Stored) -> None:
    """Show the new content of an entry that was rewritten in place."""
    _drop_standing(connection, entry.kind, entry.spot)
    _add_standing(connection, entry)


def rebuild(connection: sa.Connection) -> None:
    """Empty every projection and fill it again from the journal alone."""
    for table in tables_of("projection"):
        connection.execute(sa.delete(table))
    for entry in stored_entries(connection):
        project(connection, entry)


def snapshot(connection: sa.Connection) -> dict[str, list[tuple[object, ...]]]:
    """Return every projection's rows in order, to compare two builds."""
    return {
        table.name: [tuple(row) for row in connection.execute(sa.select(table).order_by(*table.primary_key))]
        for table in tables_of("projection")
    }


_ENTRIES = """
SELECT e.stream, e.seq, e.space, s.id, e.header, e.payload, t.id
FROM entry e JOIN space s ON s.no = e.space JOIN stream t ON t.no = e.stream
LEFT JOIN quarantine q ON q.stream = e.stream AND q.seq = e.seq
WHERE q.stream IS NULL
"""


def stored_entries(connection: sa.Connection, where: str = "", values: Spot | tuple[()] = ()) -> Iterable[Stored]:
    """Yield the journal's entries that are not in quarantine, stream by stream."""
    rows = connection.exec_driver_sql(f"{_ENTRIES} {where} ORDER BY e.stream, e.seq", values).all()
    numbers: dict[str, int] = {row.id: row.no for row in connection.exec_driver_sql("SELECT id, no FROM stream")}
    for stream, seq, space, space_id, header_bytes, payload, stream_id in rows:
        header = read_entry(stream_id, bytes(header_bytes), None, None).header
        yield stored((stream, seq), space, space_id, header, payload, numbers)


def stored(
    spot: Spot, space: int, space_id: str, header: Header, payload: bytes | None, numbers: dict[str, int]
) -> Stored:
    """Return an entry as the projections see it; `numbers` gives each stream id its number in this file."""
    return Stored(
        spot=spot,
        space=space,
        space_id=space_id,
        register=header.register,
        kind=header.kind,
        at=header.at,
        author=header.author,
        edges=tuple((numbers[stream], seq) for stream, seq in header.replaces),
        payload=payload,
    )


# What is in quarantine is as if it had not come, whether it came before this entry or after.
_TARGET = """
SELECT e.space, e.register FROM entry e LEFT JOIN quarantine q ON q.stream=e.stream AND q.seq=e.seq
WHERE e.stream=? AND e.seq=? AND q.stream IS NULL
"""


def _has_strayed(connection: sa.Connection, entry: Stored) -> bool:
    for edge in entry.edges:
        if edge[0] == entry.spot[0] and edge[1] >= entry.spot[1]:
            return True
        target = connection.exec_driver_sql(_TARGET, edge).first()
        if target is not None and tuple(target) != (entry.space, entry.register):
            return True
    return False


def _stray_because_of(connection: sa.Connection, entry: Stored) -> list[Spot]:
    """Entries that named this one before it came, from another register."""
    rows = connection.exec_driver_sql(
        "SELECT by_stream, by_seq FROM replaced WHERE stream=? AND seq=? AND NOT (space=? AND register=?)",
        (*entry.spot, entry.space, entry.register),
    )
    return [(stream, seq) for stream, seq in rows.all()]


def _take_out(connection: sa.Connection, spot: Spot) -> None:
    """Put a strayed entry aside, and give back what only it had replaced."""
    run = connection.exec_driver_sql
    freed = run("SELECT stream, seq FROM replaced WHERE by_stream=? AND by_seq=?", spot).all()
    run("DELETE FROM replaced WHERE by_stream=? AND by_seq=?", spot)
    run("INSERT OR IGNORE INTO strayed VALUES (?,?)", spot)
    (gone,) = stored_entries(connection, "AND e.stream=? AND e.seq=?", spot)
    _drop_head(connection, spot, (gone.space, gone.register))
    for stream, seq in freed:
        for target in stored_entries(connection, "AND e.stream=? AND e.seq=?", (stream, seq)):
            aside = run("SELECT 1 FROM strayed WHERE stream=? AND seq=?", target.spot).first()
            still = run(
                "SELECT 1 FROM replaced WHERE stream=? AND seq=? AND space=? AND register=?",
                (*target.spot, target.space, target.register),
            ).first()
            same_place = (target.space, target.register) == (gone.space, gone.register)
            if same_place and aside is None and still is None:
                _add_head(connection, target)


def _add_head(connection: sa.Connection, entry: Stored) -> None:
    connection.exec_driver_sql(
        "INSERT OR IGNORE INTO head VALUES (?,?,?,?,?)", (entry.space, entry.register, *entry.spot, entry.kind)
    )
    _add_standing(connection, entry)


def _drop_head(connection: sa.Connection, spot: Spot, place: tuple[int, str]) -> None:
    kind = connection.exec_driver_sql(
        "DELETE FROM head WHERE space=? AND register=? AND stream=? AND seq=? RETURNING kind", (*place, *spot)
    ).scalar()
    if kind is not None:
        _drop_standing(connection, kind, spot)


def _add_standing(connection: sa.Connection, entry: Stored) -> None:
    event = None if entry.payload is None else decode_event(entry.payload)
    if event is None or isinstance(event, NotYetKnown):
        return
    table = STANDING[type(event)]
    row = columns_of(event) | {
        "stream": entry.spot[0],
        "seq": entry.spot[1],
        "in_space": entry.space_id,
        "at": entry.at,
        "author": entry.author,
    }
    connection.execute(sa.insert(table).prefix_with("OR IGNORE").values(**row))


def _drop_standing(connection: sa.Connection, kind: str, spot: Spot) -> None:
    event: type[Event] | None = KINDS.get(kind)
    if event is not None:
        connection.exec_driver_sql(f"DELETE FROM {STANDING[event].name} WHERE stream=? AND seq=?", spot)  # noqa: S608 - our own table's name
