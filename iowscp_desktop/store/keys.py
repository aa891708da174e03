"""The ways into the database: one random database key, wrapped once for each lock. Nothing else opens it.

Each slot of the key file holds the same database key under another lock: a secret in the system's keyring, a
passphrase, a printed recovery key, and the partnership's spare key (its escrow).
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from iowscp_desktop.crypto import PRODUCTION, Cost, Identity, SignatureWrong, authenticate, check_authentic, derive
from iowscp_desktop.errors import (
    KeyFileEdited,
    KeyFileExists,
    KeyFileUnwritable,
    KeyringForgot,
    KeysError,
    LastWayIn,
    NotEscrowed,
    RotationUnfinished,
    SlotMissing,
    WrongPassphrase,
    WrongRecoveryKey,
)
from iowscp_desktop.store.key_file import (
    EscrowPart,
    EscrowSlot,
    KeyFile,
    KeyringSlot,
    PassphraseSlot,
    RecoverySlot,
    Slot,
    SlotSet,
    canonical,
    key_file_path,
    read_key_file,
    write_key_file,
)
from iowscp_desktop.store.keyring_slot import SecretStore
from iowscp_desktop.store.slots import (
    DATABASE_KEY_BYTES,
    KEYRING_WAY,
    LEAST_PASSPHRASE,
    Locks,
    Recovery,
    new_slots,
    open_by_escrow,
    open_by_keyring,
    open_by_passphrase,
    open_by_recovery,
    service,
)

__all__ = [
    "DATABASE_KEY_BYTES",
    "LEAST_PASSPHRASE",
    "Locks",
    "Recovery",
    "Unlocked",
    "add_lock",
    "begin_rotation",
    "change_passphrase",
    "create_keys",
    "lay_key_file",
    "remove_keyring",
    "remove_passphrase",
    "settle_rotation",
    "unlock_with_escrow",
    "unlock_with_keyring",
    "unlock_with_passphrase",
    "unlock_with_recovery",
]

_MAC_PURPOSE = "keyfile-mac/v1"
_NOT_THIS_SET = (WrongPassphrase, WrongRecoveryKey, SlotMissing, KeyringForgot, NotEscrowed)
"""While the key is being changed, one set of slots may open where the other does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlocked:
    """The database key, out of its slot."""

    db_id: str
    database_key: bytes = field(repr=False)
    next_key: bytes | None = field(default=None, repr=False)
    """While the key is being changed: the database may already open with this one instead."""

    @property
    def keys(self) -> tuple[bytes, ...]:
        """The keys to try on the database, in order."""
        return (self.database_key,) if self.next_key is None else (self.database_key, self.next_key)


def create_keys(database: Path, *, db_id: str, database_key: bytes, locks: Locks) -> Unlocked:
    """Write the key file of a new workspace, with a slot for each lock.

    Raises:
        KeyFileExists: There is one already; a second would lock the first workspace for ever.
        PassphraseTooShort: It has fewer than `LEAST_PASSPHRASE` characters.
        KeysError: The keyring does not work, or the disk does not take the file.
        ValueError: No lock was given, or the key has not 32 bytes.
    """
    if key_file_path(database).exists():
        raise KeyFileExists
    slots = new_slots(db_id, database_key, locks)
    file = KeyFile(db=db_id, current=_slot_set(db_id, database_key, slots))
    _write_or_forget(database, file, slots, locks.keyring)
    return Unlocked(db_id=db_id, database_key=database_key)


def unlock_with_passphrase(database: Path, passphrase: str, *, db_id: str | None = None) -> Unlocked:
    """Return the database key, out of the passphrase slot. Slow on purpose.

    Raises:
        WrongPassphrase: It does not open the slot.
        SlotMissing: No passphrase was set up.
        KeysError: As `read_key_file`.
    """
    file = read_key_file(database, db_id=db_id)
    return _opened(file, lambda each: open_by_passphrase(file.db, each, passphrase))


def unlock_with_keyring(database: Path, keyring: SecretStore, *, db_id: str | None = None) -> Unlocked:
    """Return the database key, out of the keyring slot.

    Raises:
        SlotMissing: This computer was never asked to remember.
        KeyringForgot: The keyring works and does not hold the secret.
        KeyringAbsent: There is no keyring that can be trusted.
        KeyringLocked: It will not open.
        KeyringSilent: It has not answered in time.
        KeysError: As `read_key_file`.
    """
    file = read_key_file(database, db_id=db_id)
    return _opened(file, lambda each: open_by_keyring(file.db, each, keyring))


def unlock_with_recovery(database: Path, recovery_key: bytes, *, db_id: str | None = None) -> Unlocked:
    """Return the database key, out of the recovery slot.

    Raises:
        WrongRecoveryKey: It is not the one on this workspace's newest sheet.
        SlotMissing: There is no sheet for it.
        KeysError: As `read_key_file`.
    """
    file = read_key_file(database, db_id=db_id)
    return _opened(file, lambda each: open_by_recovery(file.db, each, recovery_key))


def unlock_with_escrow(database: Path, identity: Identity, *, db_id: str | None = None) -> Unlocked:
    """Return the database key, out of the slot for the partnership's spare key.

    Raises:
        NotEscrowed: This spare key does not open this workspace.
        KeysError: As `read_key_file`.
    """
    file = read_key_file(database, db_id=db_id)
    return _opened(file, lambda each: open_by_escrow(file.db, each, identity))


def lay_key_file(database: Path, part: EscrowPart, identity: Identity) -> Unlocked:
    """Lay a key file beside a database that has lost its own, with the one way in that travelled: the spare key's.

    Raises:
        KeyFileExists: There is one; it is left alone.
        NotEscrowed: The spare key does not open this way in.
        KeysError: As `create_keys`.
    """
    if key_file_path(database).exists():
        raise KeyFileExists
    key = open_by_escrow(part.db, SlotSet(slots=(part.slot,), mac="00"), identity)
    write_key_file(database, KeyFile(db=part.db, current=_slot_set(part.db, key, (part.slot,))))
    return Unlocked(db_id=part.db, database_key=key)


def add_lock(database: Path, unlocked: Unlocked, locks: Locks) -> None:
    """Add a slot for each lock; one of the same kind is replaced.

    Raises:
        RotationUnfinished: The database key is just being changed.
        KeysError: As `create_keys`.
    """
    file = _editable(database, unlocked)
    slots = new_slots(file.db, unlocked.database_key, locks)
    replaced = {type(slot) for slot in slots}
    kept = tuple(slot for slot in file.current.slots if type(slot) not in replaced)
    new = KeyFile(db=file.db, current=_slot_set(file.db, unlocked.database_key, (*kept, *slots)))
    _write_or_forget(database, new, slots, locks.keyring)
    if locks.keyring is not None:
        _forget(file.db, set(file.current.slots) - set(kept), locks.keyring)


def change_passphrase(database: Path, old: str, new: str, *, cost: Cost = PRODUCTION) -> None:
    """Replace the passphrase by another; the database key stays, and so do the other ways in.

    Raises:
        WrongPassphrase: The old one is not right.
        KeysError: As `add_lock`.
    """
    unlocked = unlock_with_passphrase(database, old)
    add_lock(database, unlocked, Locks(passphrase=new, cost=cost))


def remove_passphrase(database: Path, unlocked: Unlocked) -> None:
    """Remove the passphrase slot.

    Raises:
        SlotMissing: There is none.
        LastWayIn: Nothing else would open the workspace.
        KeysError: As `add_lock`.
    """
    _remove(database, unlocked, PassphraseSlot, "a passphrase")


def remove_keyring(database: Path, unlocked: Unlocked, keyring: SecretStore | None) -> None:
    """Remove the keyring slot, and its secret from the keyring.

    Raises:
        SlotMissing: There is none.
        LastWayIn: Nothing else would open the workspace.
        KeysError: As `add_lock`.
    """
    removed = _remove(database, unlocked, KeyringSlot, KEYRING_WAY)
    if keyring is not None:
        _forget(unlocked.db_id, removed, keyring)


def begin_rotation(database: Path, unlocked: Unlocked, new_key: bytes, locks: Locks) -> Unlocked:
    """Write the slots of a new database key beside the current ones, before the database is encrypted anew.

    Raises:
        RotationUnfinished: One is under way already.
        KeysError: As `create_keys`.
        ValueError: A way in would be lost by it, other than this computer's memory.
    """
    file = _editable(database, unlocked)
    given: dict[type[Slot], bool] = {
        PassphraseSlot: locks.passphrase is not None,
        KeyringSlot: True,  # a convenience of one computer, which may have been left behind
        RecoverySlot: locks.recovery is not None,
        EscrowSlot: bool(locks.escrow),
    }
    if not all(given[type(slot)] for slot in file.current.slots):
        raise ValueError("each way in needs its slot for the new key")
    slots = new_slots(file.db, new_key, locks)
    new = msgspec.structs.replace(file, next=_slot_set(file.db, new_key, slots))
    _write_or_forget(database, new, slots, locks.keyring)
    return Unlocked(db_id=file.db, database_key=unlocked.database_key, next_key=new_key)


def settle_rotation(database: Path, db_id: str, key: bytes, keyring: SecretStore | None = None) -> Unlocked:
    """End a change of the database key, whichever way it went: keep the slots of the key that opens the database.

    Call it whenever the database has been opened. Where no change was under way it does nothing.

    Args:
        key: The key with which the database has just opened.

    Raises:
        KeyFileEdited: The key belongs to none of the sets.
        KeysError: As `read_key_file`, or the disk does not take the file.
    """
    file = read_key_file(database, db_id=db_id)
    if file.next is not None:
        kept, dropped = (file.next, file.current) if _vouches(file.db, file.next, key) else (file.current, file.next)
        _check_mac(file.db, kept, key)
        write_key_file(database, KeyFile(db=file.db, current=kept))
        if keyring is not None:
            with suppress(KeysError):  # a secret that stays behind opens nothing any more
                _forget(file.db, dropped.slots, keyring)
    return Unlocked(db_id=file.db, database_key=key)


def _sets(file: KeyFile) -> list[SlotSet]:
    return [file.current] if file.next is None else [file.current, file.next]


def _opened(file: KeyFile, opener: Callable[[SlotSet], bytes]) -> Unlocked:
    """Return the keys of the sets that open, after each has vouched for its set."""
    keys: list[bytes] = []
    failures: list[KeysError] = []
    for each in _sets(file):
        try:
            key = opener(each)
        except _NOT_THIS_SET as error:
            failures.append(error)
            continue
        _check_mac(file.db, each, key)
        keys.append(key)
    if not keys:
        raise failures[0]
    return Unlocked(db_id=file.db, database_key=keys[0], next_key=keys[1] if len(keys) > 1 else None)


def _slot_set(db_id: str, database_key: bytes, slots: tuple[Slot, ...]) -> SlotSet:
    mac = authenticate(derive(database_key, purpose=_MAC_PURPOSE), canonical([db_id, slots]))
    return SlotSet(slots=slots, mac=mac.hex())


def _check_mac(db_id: str, slots: SlotSet, key: bytes) -> None:
    """Refuse a set that somebody changed without having its key, however well the check sum fits."""
    try:
        mac_key = derive(key, purpose=_MAC_PURPOSE)
        check_authentic(mac_key, canonical([db_id, slots.slots]), bytes.fromhex(slots.mac))
    except SignatureWrong as error:
        raise KeyFileEdited("someone changed it") from error


def _vouches(db_id: str, slots: SlotSet, key: bytes) -> bool:
    try:
        _check_mac(db_id, slots, key)
    except KeyFileEdited:
        return False
    return True


def _editable(database: Path, unlocked: Unlocked) -> KeyFile:
    """Return the key file, if this key may change it now."""
    file = read_key_file(database, db_id=unlocked.db_id)
    if file.next is not None:
        raise RotationUnfinished
    _check_mac(file.db, file.current, unlocked.database_key)
    return file


def _remove(database: Path, unlocked: Unlocked, kind: type[Slot], way: str) -> list[Slot]:
    file = _editable(database, unlocked)
    removed = [slot for slot in file.current.slots if isinstance(slot, kind)]
    kept = tuple(slot for slot in file.current.slots if not isinstance(slot, kind))
    if not removed:
        raise SlotMissing(way)
    if not kept:
        raise LastWayIn
    write_key_file(database, KeyFile(db=file.db, current=_slot_set(file.db, unlocked.database_key, kept)))
    return removed


def _forget(db_id: str, slots: Iterable[Slot], keyring: SecretStore) -> None:
    for slot in slots:
        if isinstance(slot, KeyringSlot):
            keyring.forget(service(db_id, slot.id))


def _write_or_forget(database: Path, file: KeyFile, slots: Iterable[Slot], keyring: SecretStore | None) -> None:
    """Write the file; where that fails, leave no orphan in the keyring."""
    try:
        write_key_file(database, file)
    except KeyFileUnwritable:
        if keyring is not None:
            _forget(file.db, slots, keyring)
        raise
