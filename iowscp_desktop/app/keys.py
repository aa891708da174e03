"""The keys to this workspace, while it is open: which there are, and how they are changed, replaced and renewed.

Each change asks for the passphrase again: an open screen alone changes no lock.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from iowscp_desktop.app.audit_log import AuditDeed, record
from iowscp_desktop.app.recovery import Sheet
from iowscp_desktop.app.rounds import escrow
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.crypto import random_bytes
from iowscp_desktop.domain.events import ResponseAssigned, ScoringAsked
from iowscp_desktop.errors import KeyringAbsent, KeyringLocked, KeyringSilent, StoreError, WrongKey, WrongPassphrase
from iowscp_desktop.store import Database
from iowscp_desktop.store.key_file import read_key_file
from iowscp_desktop.store.keyring_slot import SecretStore
from iowscp_desktop.store.keys import (
    DATABASE_KEY_BYTES,
    Locks,
    Unlocked,
    add_lock,
    begin_rotation,
    remove_keyring,
    settle_rotation,
    unlock_with_passphrase,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaysIn:
    """What opens this workspace."""

    passphrase: bool
    remembered: bool
    """This computer's password store opens it at the start of the program."""
    sheet: str | None
    """The number of the recovery sheet; None when there is none."""
    spare_key: bool
    """The partnership's spare key opens it."""
    spare_key_offered: bool
    """The partnership has another spare key than the one that opens it, if any."""


def ways_in(ws: Workspace) -> WaysIn:
    """Return what opens this workspace.

    Raises:
        KeysError: The key file is missing or was edited.
    """
    file = read_key_file(_database(ws))
    wanted = spare_keys_of(ws)
    return WaysIn(
        passphrase=file.has_passphrase,
        remembered=file.has_keyring,
        sheet=file.recovery_sheet,
        spare_key=bool(file.escrow),
        spare_key_offered=bool(wanted) and wanted != file.escrow,
    )


def spare_keys_of(ws: Workspace) -> tuple[str, ...]:
    """Return the recipients of the partnership's spare key, as this workspace has last heard of them."""
    if ws.team is not None:
        return escrow(ws)
    asked = [(held.at, held.event.escrow) for held in ws.standing(ResponseAssigned)]
    asked += [(held.at, held.event.escrow) for held in ws.standing(ScoringAsked)]
    named = [each for each in asked if each[1]]
    return max(named)[1] if named else ()


def enter(ws: Workspace, passphrase: str) -> Unlocked:
    """Return the key that the passphrase gives; a wrong one is written down. Slow on purpose.

    Raises:
        WrongPassphrase: It is not right.
    """
    try:
        return unlock_with_passphrase(_database(ws), passphrase)
    except WrongPassphrase:
        record(ws, AuditDeed.UNLOCK_FAILED, way="passphrase")
        raise


def change_passphrase(ws: Workspace, old: str, new: str) -> None:
    """Replace the passphrase; everything else stays as it is. Slow on purpose: in a job.

    Raises:
        WrongPassphrase: The old one is not right.
        KeysError: The key file cannot be changed now; it is as it was.
    """
    _change(ws, old, AuditDeed.PASSPHRASE_CHANGED, lambda: Locks(passphrase=new, cost=ws.world.passphrase_cost))


def renew_recovery(ws: Workspace, passphrase: str, sheet: Sheet) -> None:
    """Let a new recovery sheet take the place of the old one, which opens nothing any more.

    Raises:
        KeysError: As `change_passphrase`.
    """
    _change(ws, passphrase, AuditDeed.RECOVERY_RENEWED, lambda: Locks(recovery=sheet.recovery), sheet=sheet.number)


def remember(ws: Workspace, passphrase: str) -> None:
    """Let this computer's password store open the workspace at the start of the program.

    Raises:
        KeysError: As `change_passphrase`, or the password store does not keep it.
    """
    _change(ws, passphrase, AuditDeed.REMEMBERED, lambda: Locks(keyring=ws.world.keyring))


def forget(ws: Workspace, passphrase: str) -> None:
    """Let this computer's password store open the workspace no more.

    Raises:
        KeysError: As `change_passphrase`.
    """
    unlocked = enter(ws, passphrase)
    with suppress(KeyringAbsent, KeyringLocked, KeyringSilent):  # without its slot, what stays there opens nothing
        remove_keyring(_database(ws), unlocked, ws.world.keyring)
    record(ws, AuditDeed.FORGOTTEN)


def accept_spare_key(ws: Workspace, passphrase: str) -> None:
    """Let the partnership's spare key of today open the workspace, and no older one.

    Raises:
        KeysError: As `change_passphrase`.
    """
    _change(ws, passphrase, AuditDeed.ESCROW_ADDED, lambda: Locks(escrow=spare_keys_of(ws)))


def change_key(ws: Workspace, passphrase: str, sheet: Sheet) -> None:
    """Encrypt the whole workspace anew with a new key, so that nothing that opened an old copy opens this one.

    Nobody else may be using the workspace meanwhile. Killed at any moment, it opens with the ways in of before or
    of after, and the next opening ends the change.

    Raises:
        WrongPassphrase: It is not right; nothing has happened.
        KeysError, StoreError: The disk does not take it; the ways in are as they were.
    """
    unlocked = enter(ws, passphrase)
    keyring = ws.world.keyring if read_key_file(_database(ws)).has_keyring else None
    renew_database_key(ws, unlocked, passphrase, sheet, keyring)


def renew_database_key(
    ws: Workspace, unlocked: Unlocked, passphrase: str, sheet: Sheet, keyring: SecretStore | None = None
) -> None:
    """Do as `change_key` for whoever has the key already; without a keyring this computer forgets the workspace."""
    database = _database(ws)
    unlocked = _settled(database, unlocked, keyring)
    locks = Locks(
        passphrase=passphrase,
        keyring=keyring,
        recovery=sheet.recovery,
        escrow=spare_keys_of(ws) or read_key_file(database).escrow,
        cost=ws.world.passphrase_cost,
    )
    new_key = random_bytes(DATABASE_KEY_BYTES)
    begin_rotation(database, unlocked, new_key, locks)
    try:
        ws.store.database.rekey(new_key)
    except StoreError:
        with suppress(StoreError):  # unless the old key surely opens it, both sets of ways in stay for the next opening
            Database.open(database, unlocked.database_key).close()
            settle_rotation(database, unlocked.db_id, unlocked.database_key, keyring)
        raise
    settle_rotation(database, unlocked.db_id, new_key, keyring)
    record(ws, AuditDeed.KEY_ROTATED, sheet=sheet.number)


def _settled(database: Path, unlocked: Unlocked, keyring: SecretStore | None) -> Unlocked:
    """End a change that a full disk left half done in this very session, with the key that opens the database."""
    if unlocked.next_key is None:
        return unlocked
    try:
        Database.open(database, unlocked.database_key).close()
    except WrongKey:
        return settle_rotation(database, unlocked.db_id, unlocked.next_key, keyring)
    return settle_rotation(database, unlocked.db_id, unlocked.database_key, keyring)


def _change(ws: Workspace, passphrase: str, deed: AuditDeed, locks: Callable[[], Locks], **ids: str) -> None:
    unlocked = enter(ws, passphrase)
    add_lock(_database(ws), unlocked, locks())
    record(ws, deed, **ids)


def _database(ws: Workspace) -> Path:
    path = ws.store.database.path
    if path is None:
        raise ValueError("a workspace in memory has no keys")
    return path
