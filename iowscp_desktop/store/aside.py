"""What came and does not count: entries outside a grant, strays, second stories. Kept with the reason."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa

from iowscp_desktop.domain.ids import EntryId, SpaceId
from iowscp_desktop.domain.journal import Entry
from iowscp_desktop.store import projecting
from iowscp_desktop.store.entries import entry_of

STRAYED, FORKED = "strayed", "forked"
"""Reasons that follow from the journal itself; all others are about what the writer may write."""

_ASIDE = """
SELECT * FROM (
SELECT t.id, e.header, e.salt, e.payload, s.id, t.device, q.reason, q.bundle
FROM quarantine q JOIN entry e ON e.stream=q.stream AND e.seq=q.seq
JOIN stream t ON t.no=e.stream JOIN space s ON s.no=e.space
UNION ALL
SELECT t.id, e.header, e.salt, e.payload, s.id, t.device, 'strayed', e.bundle
FROM strayed q JOIN entry e ON e.stream=q.stream AND e.seq=q.seq
JOIN stream t ON t.no=e.stream JOIN space s ON s.no=e.space
UNION ALL
SELECT t.id, f.header, f.salt, f.payload, s.id, t.device, 'forked', f.bundle
FROM fork f JOIN stream t ON t.no=f.stream JOIN space s ON s.no=t.space
) ORDER BY 5, 1, 2
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """One entry that came and does not count."""

    entry: Entry = field(repr=False)
    space: SpaceId
    device: str
    because: str
    bundle: str


def aside(connection: sa.Connection) -> tuple[Aside, ...]:
    """Return everything that was set aside, space by space."""
    rows = connection.exec_driver_sql(_ASIDE).all()
    return tuple(
        Aside(entry=entry_of(row[:4]), space=SpaceId(row[4]), device=row[5], because=row[6], bundle=row[7])
        for row in rows
    )


def aside_count(connection: sa.Connection) -> int:
    """Return how many entries were set aside."""
    return int(
        connection.exec_driver_sql(
            "SELECT (SELECT count(*) FROM quarantine)+(SELECT count(*) FROM strayed)+(SELECT count(*) FROM fork)"
        ).scalar_one()
    )


def release(connection: sa.Connection, ids: Sequence[EntryId]) -> tuple[Entry, ...]:
    """Let entries out of quarantine count from now on; what is not there is left alone.

    Returns:
        The entries that were let out.
    """
    run = connection.exec_driver_sql
    freed: list[Entry] = []
    for stream, seq in ids:
        no = run("SELECT no FROM stream WHERE id=?", (stream,)).scalar()
        if no is None or not run("DELETE FROM quarantine WHERE stream=? AND seq=?", (no, seq)).rowcount:
            continue
        for stored in projecting.stored_entries(connection, "AND e.stream=? AND e.seq=?", (no, seq)):
            projecting.project(connection, stored)
        row = run("SELECT header, salt, payload FROM entry WHERE stream=? AND seq=?", (no, seq)).one()
        freed.append(entry_of((stream, *row)))
    return tuple(freed)
