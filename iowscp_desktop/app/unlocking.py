"""Coming back to a workspace: by passphrase, by this computer's memory, by recovery key; and what is noted of it."""

from collections.abc import Generator
from contextlib import contextmanager, suppress
from datetime import datetime
from enum import StrEnum
from functools import partial
from pathlib import Path

import msgspec
import sqlalchemy as sa

from iowscp_desktop.app.audit_log import AuditDeed, record, record_in
from iowscp_desktop.app.backups import keep_before_update
from iowscp_desktop.app.high_water import check_in
from iowscp_desktop.app.recovery import recovery_key
from iowscp_desktop.app.restoring import sweep
from iowscp_desktop.app.tombstones import carry_over
from iowscp_desktop.app.workspace import About, DeviceKeys, Surroundings, TeamKeys, Workspace
from iowscp_desktop.crypto import Identity, SigningKey
from iowscp_desktop.domain.clock import as_stored, from_stored
from iowscp_desktop.errors import (
    CannotWrite,
    KeyFileUnwritable,
    KeysError,
    NotEscrowed,
    StoreError,
    WorkspaceDamaged,
    WrongKey,
    WrongPassphrase,
    WrongRecoveryKey,
)
from iowscp_desktop.store import Store
from iowscp_desktop.store.key_file import read_key_file
from iowscp_desktop.store.keyring_slot import SecretStore
from iowscp_desktop.store.keys import (
    Locks,
    Unlocked,
    add_lock,
    settle_rotation,
    unlock_with_keyring,
    unlock_with_passphrase,
    unlock_with_recovery,
)
from iowscp_desktop.store.locked_notes import LockedNotes, State, begin_notes, note_failure, read_notes
from iowscp_desktop.store.restoring import finish_restoring

__all__ = [
    "DATABASE",
    "Unlocked",
    "Way",
    "failed_attempts",
    "noting_failure",
    "open_unlocked",
    "recover",
    "sheet_number",
    "try_recovery",
    "unlock_by_keyring",
    "unlock_by_passphrase",
    "was_locked",
]

DATABASE = "workspace.db"


class Way(StrEnum):
    """How a workspace is opened."""

    PASSPHRASE = "passphrase"  # noqa: S105 - the name of a way in
    KEYRING = "keyring"
    RECOVERY = "recovery"
    ESCROW = "escrow"


def unlock_by_passphrase(folder: Path, passphrase: str, world: Surroundings) -> Workspace:
    """Open a workspace with its passphrase. Slow on purpose: in a job.

    Raises:
        KeysError: A wrong passphrase, a missing or edited key file.
        StoreError: The file does not open.
    """
    with noting_failure(folder, Way.PASSPHRASE, world):
        unlocked = unlock_with_passphrase(folder / DATABASE, passphrase, db_id=_expected(folder))
    return open_unlocked(folder, unlocked, world, Way.PASSPHRASE)[0]


def unlock_by_keyring(folder: Path, keyring: SecretStore, world: Surroundings) -> Workspace:
    """Open a workspace with what this computer's keyring remembers.

    Raises:
        KeysError: The keyring is absent, locked, silent, or has forgotten.
        StoreError: The file does not open.
    """
    unlocked = unlock_with_keyring(folder / DATABASE, keyring, db_id=_expected(folder))
    return open_unlocked(folder, unlocked, world, Way.KEYRING)[0]


def try_recovery(folder: Path, typed: str, world: Surroundings) -> Unlocked:
    """Try the recovery key from the sheet on the key file alone.

    Raises:
        RecoveryTypo: A slip; nothing was tried.
        WrongRecoveryKey: A recovery key, but not of this workspace or not the newest.
        KeysError: As `unlock_by_passphrase`.
    """
    key = recovery_key(typed)
    with noting_failure(folder, Way.RECOVERY, world):
        return unlock_with_recovery(folder / DATABASE, key, db_id=_expected(folder))


def recover(folder: Path, unlocked: Unlocked, passphrase: str, world: Surroundings) -> Workspace:
    """Open a workspace whose passphrase is lost with what `try_recovery` gave, and give it a new passphrase.

    Raises:
        KeysError: The key file does not take the new passphrase; the workspace is as it was.
        StoreError: The file does not open.
    """
    ws, settled = open_unlocked(folder, unlocked, world, Way.RECOVERY)
    try:
        add_lock(folder / DATABASE, settled, Locks(passphrase=passphrase, cost=world.passphrase_cost))
        record(ws, AuditDeed.PASSPHRASE_CHANGED)
    except BaseException:
        ws.close()
        raise
    return ws


def open_unlocked(folder: Path, unlocked: Unlocked, world: Surroundings, way: Way) -> tuple[Workspace, Unlocked]:
    """Open the workspace of keys that are out of their slot; return it with the one key that fits.

    Raises:
        WrongRecoveryKey: The sheet is of before the key was changed.
        StoreError: The file does not open.
    """
    try:
        store, key = _store_of(folder, unlocked, as_stored(world.clock()))
    except WrongKey as error:
        if way is Way.RECOVERY and read_key_file(folder / DATABASE).next is not None:
            raise WrongRecoveryKey from error
        raise
    try:
        ws = _workspace(store, world)
    except BaseException:
        store.close()
        raise
    try:
        return ws, _looked_after(ws, folder, Unlocked(db_id=unlocked.db_id, database_key=key), way)
    except BaseException:
        ws.close(locked=way is not Way.KEYRING)
        raise


def was_locked(folder: Path) -> bool:
    """Tell whether somebody locked it, or it locked itself: then this computer's memory alone does not open it."""
    notes = read_notes(folder / DATABASE)
    return notes is not None and notes.state is State.LOCKED


def sheet_number(folder: Path) -> str | None:
    """Return the number of the newest recovery sheet, which the lock screen may tell; None when it is not known."""
    try:
        return read_key_file(folder / DATABASE).recovery_sheet
    except KeysError:
        return None


def failed_attempts(folder: Path) -> tuple[int, datetime] | None:
    """Return how many attempts have failed since it was last open, and when the newest was; None when none has."""
    notes = read_notes(folder / DATABASE)
    if notes is None or not notes.failures:
        return None
    try:
        return len(notes.failures), from_stored(notes.failures[-1].at)
    except ValueError:  # somebody wrote there what is no time
        return None


# --- inside --------------------------------------------------------------------------------------


def _looked_after(ws: Workspace, folder: Path, settled: Unlocked, way: Way) -> Unlocked:
    """Do what opening asks for: end a change of the key, take the notes, erase again, notice what it went through."""
    with suppress(KeyFileUnwritable):  # a full disk: it is settled the next time
        settled = settle_rotation(folder / DATABASE, settled.db_id, settled.database_key, ws.world.keyring)
    sweep(folder)
    notes = read_notes(folder / DATABASE)
    was_open = notes is not None and not notes.broken and notes.state is State.OPEN
    _take_notes(ws, folder, settled.db_id, way)
    with suppress(CannotWrite):  # a full disk: what an older copy brought back is erased again the next time
        carry_over(ws)  # before anything is written again under other numbers, by which nobody would know it
    ws.noticed = check_in(ws, was_open=was_open)
    return settled


def _workspace(store: Store, world: Surroundings) -> Workspace:
    local = store.local
    about = msgspec.json.decode(_value(store, "about"), type=About)
    keys = DeviceKeys(
        signing=SigningKey.from_bytes(_value(store, "device_signing")),
        identity=Identity.from_text(_value(store, "device_identity").decode()),
    )
    signing, identity = local.value("team_signing"), local.value("team_identity")
    team = None
    if signing is not None and identity is not None:
        team = TeamKeys(signing=SigningKey.from_bytes(signing), identity=Identity.from_text(identity.decode()))
    ws = Workspace(store, about=about, keys=keys, team=team, world=world)
    people = ws.people()
    if people:
        ws.sign_in(people[-1])  # the last to work here; a shared laptop asks on the lock screen
    return ws


def _store_of(folder: Path, unlocked: Unlocked, at: str) -> tuple[Store, bytes]:
    """Open the file with the key that fits: while the key is being changed, it may be the next one already."""
    before_update = partial(keep_before_update, at=at)
    *others, last = unlocked.keys
    for key in others:
        with suppress(WrongKey):
            return Store.open(folder / DATABASE, key, before_update=before_update), key
    return Store.open(folder / DATABASE, last, before_update=before_update), last


def _take_notes(ws: Workspace, folder: Path, db_id: str, way: Way) -> None:
    """Write into the audit log what happened while it was locked, and that it is open now."""
    database = folder / DATABASE
    notes, at = read_notes(database), ws.now()
    taken = (ws.store.local.value("notes_taken") or b"").decode()
    with suppress(StoreError):  # a full disk keeps nobody from reading
        with ws.store.database.writing() as connection:
            fresh = () if notes is None else notes.failures_after(taken)
            if _misses(ws, connection, notes):
                ws.store.audit.append_in(connection, AuditDeed.NOTES_BROKEN, at=at)
            for failure in fresh:
                ids = {"way": failure.way}
                ws.store.audit.append_in(connection, AuditDeed.UNLOCK_FAILED, at=failure.at, ids=ids)
            record_in(connection, ws, AuditDeed.OPENED, way=way.value)
            kept = {"db_id": db_id.encode()} | ({"notes_taken": fresh[-1].link.encode()} if fresh else {})
            ws.store.local.keep_in(connection, **kept)
        begin_notes(database, db_id=db_id, at=at, after=ws.store.audit.end()[1], state=State.OPEN)


def _misses(ws: Workspace, connection: sa.Connection, notes: LockedNotes | None) -> bool:
    """Tell whether the notes are not the ones that were left beside the workspace when it was locked.

    Where it was not locked in order, as after a power cut, nothing is expected of them but that they hang together.
    """
    newest = ws.store.audit.newest_in(connection)
    if newest is None or newest[0].deed != AuditDeed.LOCKED:
        return notes is not None and notes.broken
    return notes is None or notes.broken or notes.after != newest[1]


@contextmanager
def noting_failure(folder: Path, way: Way, world: Surroundings) -> Generator[None]:
    """Note beside the workspace when the wrong thing was tried on it."""
    try:
        yield
    except (WrongPassphrase, WrongRecoveryKey, NotEscrowed):
        note_failure(folder / DATABASE, at=as_stored(world.clock()), way=way.value)
        raise


def _expected(folder: Path) -> str | None:
    """Return whose key file must lie here, as far as the notes know; what was being put in place is put there first."""
    finish_restoring(folder / DATABASE)
    notes = read_notes(folder / DATABASE)
    return (notes.db_id or None) if notes is not None else None


def _value(store: Store, name: str) -> bytes:
    value = store.local.value(name)
    if value is None:
        raise WorkspaceDamaged
    return value
