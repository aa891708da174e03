"""Proves a workspace: every chain, every seal, every blob, and that the tables are what the journal says."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from iowscp_desktop.domain.ids import DeviceId, SpaceId, StreamId
from iowscp_desktop.domain.journal import EntryHash, Stream, check_chain, entry_hash, read_entry, seal_message
from iowscp_desktop.errors import JournalDamaged
from iowscp_desktop.store import projecting
from iowscp_desktop.store.audit_log import check_audit_log
from iowscp_desktop.store.database import Database
from iowscp_desktop.store.erasing import check_erased

TABLES_DIFFER = "the tables differ from what the journal says"

Verify = Callable[[DeviceId, bytes, str], bool]
"""Tells whether a device's signature (hex) fits a message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What was checked, and what was found wrong, in plain words; no wrongs means all of it holds."""

    streams: int
    entries: int
    seals: int
    blobs: int
    audited: int
    """Lines of the audit log."""
    erased: int
    """Entries whose content was destroyed on purpose. Their places in the chains were checked like all others."""
    wrongs: tuple[str, ...]


def verify(database: Database, check_signature: Verify) -> Verified:
    """Check everything that can be checked without anybody's help. Changes nothing."""
    if not database.is_whole():  # what else could be read of it would prove nothing
        wrong = ("the database file is damaged",)
        return Verified(streams=0, entries=0, seals=0, blobs=0, audited=0, erased=0, wrongs=wrong)
    wrongs: list[str] = []
    with database.reading() as connection:
        streams, entries, seals = _check_streams(connection, check_signature, wrongs)
        blobs = _check_blobs(connection, wrongs)
        audited = check_audit_log(connection, wrongs)
        erased = check_erased(connection, wrongs)
    if not _same_after_rebuild(database):
        wrongs.append(TABLES_DIFFER)
    return Verified(
        streams=streams,
        entries=entries,
        seals=seals,
        blobs=blobs,
        audited=audited,
        erased=erased,
        wrongs=tuple(wrongs),
    )


def rebuild(database: Database) -> None:
    """Make every projection anew from the journal."""
    with database.writing() as connection:
        projecting.rebuild(connection)


def _check_streams(connection: sa.Connection, check: Verify, wrongs: list[str]) -> tuple[int, int, int]:
    run = connection.exec_driver_sql
    entries = seals = 0
    streams = run(
        "SELECT t.no, t.id, t.device, s.id, t.epoch, t.last, t.head FROM stream t JOIN space s ON s.no=t.space"
    ).all()
    for no, id_, device, space, epoch, last, link in streams:
        stream = Stream(device=DeviceId(device), space=SpaceId(space), epoch=epoch)
        rows = run("SELECT header, salt, payload FROM entry WHERE stream=? ORDER BY seq", (no,)).all()
        entries += len(rows)
        links: dict[int, EntryHash] = {}
        try:
            read = [
                read_entry(StreamId(id_), bytes(header), _bytes(salt), _bytes(payload))
                for header, salt, payload in rows
            ]
            end = check_chain(stream, read)
            links = {entry.header.seq: entry_hash(entry.header_bytes) for entry in read}
            if stream.id != id_ or len(read) != last or (read and end != link):
                wrongs.append(f"stream {id_}: it does not end where it should")
        except JournalDamaged as error:
            wrongs.append(f"stream {id_}: {error}")
        for first, until, sealed, signature in run(
            "SELECT first, last, head, signature FROM seal WHERE stream=?", (no,)
        ):
            seals += 1
            if links.get(until) != sealed or not check(
                stream.device, seal_message(stream, first, until, EntryHash(sealed)), signature
            ):
                wrongs.append(f"stream {id_}: the seal at {until} does not hold")
    return len(streams), entries, seals


def _check_blobs(connection: sa.Connection, wrongs: list[str]) -> int:
    run = connection.exec_driver_sql
    blobs = run("SELECT sha256, size FROM blob").all()
    for digest, size in blobs:
        state, length = hashlib.sha256(), 0
        for (piece,) in run("SELECT bytes FROM chunk WHERE sha256=? ORDER BY no", (digest,)):
            state.update(piece)
            length += len(piece)
        if (state.hexdigest(), length) != (digest, size):
            wrongs.append(f"file {digest[:12]}: its content changed")
    return len(blobs)


def _same_after_rebuild(database: Database) -> bool:
    with database.writing() as connection:
        before = projecting.snapshot(connection)
        with connection.begin_nested() as trial:
            projecting.rebuild(connection)
            after = projecting.snapshot(connection)
            trial.rollback()
    return before == after


def _bytes(value: object) -> bytes | None:
    return None if value is None else bytes(value)  # type: ignore[call-overload] # a BLOB column
