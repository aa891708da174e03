"""What came and does not count: entries outside a grant, strays, second stories. Kept with the reason."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa

from iowscp_desktop.domain.ids import DeviceId, EntryId, SpaceId, StreamId
from iowscp_desktop.domain.journal import Entry, Stream
from iowscp_desktop.store import projecting
from iowscp_desktop.store.database import cursor_of
from iowscp_desktop.store.entries import entry_of

Judge = Callable[[bytes, Stream, Entry], str | None]
"""Says why an entry of a stream is outside the grant of a device with this certificate, or None."""

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


def numbers_aside(connection: sa.Connection, stream: StreamId) -> frozenset[int]:
    """Return the numbers of a stream's entries that are outside their writer's grant."""
    rows = connection.exec_driver_sql(
        "SELECT q.seq FROM quarantine q JOIN stream t ON t.no=q.stream WHERE t.id=?", (stream,)
    ).all()
    return frozenset(seq for (seq,) in rows)


def judge_again(connection: sa.Connection, reason: str, judge: Judge) -> tuple[Entry, ...]:
    """Look again at what lies aside for a reason, of devices that are known; what nothing speaks against counts.

    Returns:
        The entries that count from now on.
    """
    rows = (
        cursor_of(connection)
        .execute(
            "SELECT t.id, e.header, e.salt, e.payload, s.id, t.device, t.epoch, t.no, c.bytes FROM quarantine q"
            " JOIN entry e ON e.stream=q.stream AND e.seq=q.seq JOIN stream t ON t.no=e.stream"
            " JOIN space s ON s.no=e.space JOIN certificate c ON c.device=t.device"
            " WHERE q.reason=? ORDER BY t.no, q.seq",
            (reason,),
        )
        .fetchall()
    )
    free: list[EntryId] = []
    for *content, space, device, epoch, no, certificate in rows:
        entry = entry_of(content)
        now = judge(bytes(certificate), Stream(device=DeviceId(device), space=SpaceId(space), epoch=epoch), entry)
        if now is None:
            free.append(entry.id)
        elif now != reason:
            connection.exec_driver_sql(
                "UPDATE quarantine SET reason=? WHERE stream=? AND seq=?", (now, no, entry.header.seq)
            )
    return release(connection, free)


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
