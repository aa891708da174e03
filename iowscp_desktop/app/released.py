"""What the team let in after looking at it. Let in once, it stays in, on every laptop of the team."""

from collections.abc import Callable, Iterable

import sqlalchemy as sa

from iowscp_desktop.app.erasure import honour
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.bundles import read_certificate
from iowscp_desktop.domain.erasure import NEVER_ERASED
from iowscp_desktop.domain.events import AsideSettled
from iowscp_desktop.domain.grants import may_be_let_in
from iowscp_desktop.domain.ids import DeviceId, EntryId, Sha256, SpaceId
from iowscp_desktop.domain.journal import Entry, decode_event
from iowscp_desktop.store import release

_KIND = "aside-settled"


def unless_released(
    connection: sa.Connection, ws: Workspace, refuse: Callable[[Entry], str | None]
) -> Callable[[Entry], str | None]:
    """Return a check that lets in what the team decided to let in, on this laptop or on another."""

    def refused(entry: Entry) -> str | None:
        reason = refuse(entry)
        return None if reason is not None and _was_released(connection, ws, entry) else reason

    return refused


def let_in(connection: sa.Connection, ws: Workspace, space: SpaceId, fresh: Iterable[Entry]) -> Changes:
    """Let in what decisions that have just come, from the team's own space, say, and do what follows."""
    if space != ws.space:
        return Changes()
    events = [entry.event for entry in fresh if entry.header.kind == _KIND]
    ids = [EntryId(e.stream_id, e.entry_seq) for e in events if isinstance(e, AsideSettled) and e.is_released]
    return counted(connection, ws, release(connection, ids))


def counted(connection: sa.Connection, ws: Workspace, freed: Iterable[Entry]) -> Changes:
    """Do what follows from entries that lay aside and count now; return where something changed."""
    query = "SELECT s.id, t.device FROM stream t JOIN space s ON s.no=t.space WHERE t.id=?"
    changes = Changes()
    for entry in freed:
        space, device = connection.exec_driver_sql(query, (entry.stream,)).one()
        changes |= Changes(registers=frozenset({(SpaceId(space), entry.header.register)}))
        certificate = ws.store.local.certificate(DeviceId(device), connection)
        if entry.header.kind == NEVER_ERASED and certificate is not None:
            changes |= honour(connection, ws, SpaceId(space), [entry], read_certificate(certificate))
    return changes


def settling(entry: Entry, reason: str, *, is_released: bool) -> AsideSettled:
    """Return what is written when the team decides about an entry."""
    return AsideSettled(
        stream_id=entry.stream,
        entry_seq=entry.header.seq,
        entry_id=Sha256(entry.hash),
        is_released=is_released,
        reason=reason.strip(),
    )


def _was_released(connection: sa.Connection, ws: Workspace, entry: Entry) -> bool:
    """Tell whether the team decided so: what somebody else wrote into its space lies aside, and decides nothing."""
    if not may_be_let_in(entry.header):
        return False
    register = settling(entry, "", is_released=True).register
    rows = connection.exec_driver_sql(
        "SELECT e.payload FROM entry e JOIN space s ON s.no=e.space"
        " LEFT JOIN quarantine q ON q.stream=e.stream AND q.seq=e.seq"
        " WHERE s.id=? AND e.register=? AND e.payload IS NOT NULL AND q.stream IS NULL",
        (ws.space, register),
    ).all()
    events = (decode_event(bytes(payload)) for (payload,) in rows)
    return any(isinstance(event, AsideSettled) and event.is_released for event in events)
