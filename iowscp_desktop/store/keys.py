"""The ways into the database: one random database key, wrapped once for each lock. Nothing else opens it.

Each slot of the key file holds the same database key under another lock: a secret in the system's keyring, a
passphrase, and, when they are set up, a printed recovery key and the partnership's escrow.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import msgspec

from iowscp_desktop.crypto import (
    PRODUCTION,
    Cost,
    CostRefused,
    SealBroken,
    SignatureWrong,
    authenticate,
    check_authentic,
    derive,
    derive_from_passphrase,
    random_bytes,
    unwrap,
    wrap,
)
from iowscp_desktop.errors import (
    KeyFileEdited,
    KeyFileExists,
    KeyFileUnwritable,
    LastWayIn,
    PassphraseTooShort,
    RotationUnfinished,
    SlotMissing,
    WrongPassphrase,
)
from iowscp_desktop.store.key_file import (
    Kdf,
    KeyFile,
    KeyringSlot,
    PassphraseSlot,
    Slot,
    SlotSet,
    canonical,
    key_file_path,
    read_key_file,
    write_key_file,
)
from iowscp_desktop.store.keyring_slot import SERVICE_ROOT, SecretStore

DATABASE_KEY_BYTES: Final = 32
LEAST_PASSPHRASE: Final = 8
"""Characters. How strong a passphrase is, is judged where it is chosen; this only stops the absurd."""

_SLOT_CONTEXT = "uk.iowscp.desktop/keyslot/v1"
_MAC_PURPOSE = "keyfile-mac/v1"
_SALT_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlocked:
    """The database key, out of its slot."""

    db_id: str
    database_key: bytes = field(repr=False)
    next_key: bytes | None = field(default=None, repr=False)
    """While the key is being changed: the database may already open with this one instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Locks:
    """What a set of slots is to be opened by."""

    passphrase: str | None = field(default=None, repr=False)
    keyring: SecretStore | None = None
    cost: Cost = PRODUCTION
    """What one guess at the passphrase costs."""


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
    slots = _new_slots(db_id, database_key, locks)
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
    return _unlocked(file, [_open_by_passphrase(file.db, each, passphrase) for each in _sets(file)])


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
    return _unlocked(file, [_open_by_keyring(file.db, each, keyring) for each in _sets(file)])


def add_lock(database: Path, unlocked: Unlocked, locks: Locks) -> None:
    """Add a slot for each lock; one of the same kind is replaced.

    Raises:
        RotationUnfinished: The database key is just being changed.
        KeysError: As `create_keys`.
    """
    file = _editable(database, unlocked)
    slots = _new_slots(file.db, unlocked.database_key, locks)
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


def remove_keyring(database: Path, unlocked: Unlocked, keyring: SecretStore) -> None:
    """Remove the keyring slot, and its secret from the keyring.

    Raises:
        SlotMissing: There is none.
        LastWayIn: Nothing else would open the workspace.
        KeysError: As `add_lock`.
    """
    _forget(unlocked.db_id, _remove(database, unlocked, KeyringSlot, _KEYRING), keyring)


def begin_rotation(database: Path, unlocked: Unlocked, new_key: bytes, locks: Locks) -> Unlocked:
    """Write the slots of a new database key beside the current ones, before the database is encrypted anew.

    Raises:
        RotationUnfinished: One is under way already.
        KeysError: As `create_keys`.
        ValueError: A way in would be lost by it.
    """
    file = _editable(database, unlocked)
    given: dict[type[Slot], bool] = {
        PassphraseSlot: locks.passphrase is not None,
        KeyringSlot: locks.keyring is not None,
    }
    if not all(given.get(type(slot), False) for slot in file.current.slots):
        raise ValueError("each way in needs its slot for the new key")
    slots = _new_slots(file.db, new_key, locks)
    new = msgspec.structs.replace(file, next=_slot_set(file.db, new_key, slots))
    _write_or_forget(database, new, slots, locks.keyring)
    return Unlocked(db_id=file.db, database_key=unlocked.database_key, next_key=new_key)


def finish_rotation(database: Path, unlocked: Unlocked, keyring: SecretStore | None = None) -> Unlocked:
    """Drop the old slots, once the database opens with the new key.

    Raises:
        ValueError: No rotation is under way.
        KeysError: As `read_key_file`.
    """
    file = read_key_file(database, db_id=unlocked.db_id)
    if file.next is None or unlocked.next_key is None:
        raise ValueError("no rotation is under way")
    _check_mac(file.db, file.next, unlocked.next_key)
    write_key_file(database, KeyFile(db=file.db, current=file.next))
    if keyring is not None:
        _forget(file.db, file.current.slots, keyring)
    return Unlocked(db_id=file.db, database_key=unlocked.next_key)


_KEYRING = "this computer's password store"


def _sets(file: KeyFile) -> list[SlotSet]:
    return [file.current] if file.next is None else [file.current, file.next]


def _unlocked(file: KeyFile, keys: list[bytes]) -> Unlocked:
    """Return the keys of all sets, after each has vouched for its set."""
    for each, key in zip(_sets(file), keys, strict=True):
        _check_mac(file.db, each, key)
    return Unlocked(db_id=file.db, database_key=keys[0], next_key=keys[1] if len(keys) > 1 else None)


def _open_by_passphrase(db_id: str, slots: SlotSet, passphrase: str) -> bytes:
    for slot in slots.slots:
        if isinstance(slot, PassphraseSlot):
            try:
                key = _passphrase_key(passphrase, slot.kdf)
                return unwrap(key, bytes.fromhex(slot.wrapped), bound_to=_bound_to(db_id, slot.id, "passphrase"))
            except SealBroken as error:
                raise WrongPassphrase from error
    raise SlotMissing("a passphrase")


def _open_by_keyring(db_id: str, slots: SlotSet, keyring: SecretStore) -> bytes:
    for slot in slots.slots:
        if isinstance(slot, KeyringSlot):
            secret = keyring.load(_service(db_id, slot.id))
            try:
                return unwrap(secret, bytes.fromhex(slot.wrapped), bound_to=_bound_to(db_id, slot.id, "keyring"))
            except (SealBroken, TypeError) as error:  # TypeError: the keyring holds something that is no key
                raise KeyFileEdited("the password store's secret does not open it") from error
    raise SlotMissing(_KEYRING)


def _passphrase_key(passphrase: str, kdf: Kdf) -> bytes:
    try:
        cost = Cost(memory_kib=kdf.memory_kib, passes=kdf.passes, lanes=kdf.lanes)
    except CostRefused as error:
        raise KeyFileEdited("its passphrase settings are out of bounds") from error
    return derive_from_passphrase(passphrase, salt=bytes.fromhex(kdf.salt), cost=cost)


def _new_slots(db_id: str, database_key: bytes, locks: Locks) -> tuple[Slot, ...]:
    """Return a fresh slot for each lock; the keyring's secret is kept there already."""
    if len(database_key) != DATABASE_KEY_BYTES:
        raise ValueError("a database key has 32 bytes")
    slots: list[Slot] = []
    if locks.passphrase is not None:
        slots.append(_passphrase_slot(db_id, database_key, locks.passphrase, locks.cost))
    if locks.keyring is not None:  # last: when the passphrase is refused, nothing is left in the keyring
        slots.append(_keyring_slot(db_id, database_key, locks.keyring))
    if not slots:
        raise ValueError("a workspace needs at least one way in")
    return tuple(slots)


def _passphrase_slot(db_id: str, database_key: bytes, passphrase: str, cost: Cost) -> PassphraseSlot:
    if len(passphrase) < LEAST_PASSPHRASE:
        raise PassphraseTooShort(LEAST_PASSPHRASE)
    slot_id, salt = _new_slot_id(), random_bytes(_SALT_BYTES)
    kdf = Kdf(memory_kib=cost.memory_kib, passes=cost.passes, lanes=cost.lanes, salt=salt.hex())
    key = derive_from_passphrase(passphrase, salt=salt, cost=cost)
    wrapped = wrap(key, database_key, bound_to=_bound_to(db_id, slot_id, "passphrase"))
    return PassphraseSlot(id=slot_id, kdf=kdf, wrapped=wrapped.hex())


def _keyring_slot(db_id: str, database_key: bytes, keyring: SecretStore) -> KeyringSlot:
    slot_id, secret = _new_slot_id(), random_bytes(32)
    keyring.store(_service(db_id, slot_id), secret)
    wrapped = wrap(secret, database_key, bound_to=_bound_to(db_id, slot_id, "keyring"))
    return KeyringSlot(id=slot_id, wrapped=wrapped.hex())


def _new_slot_id() -> str:
    return random_bytes(8).hex()


def _service(db_id: str, slot_id: str) -> str:
    """Return the keyring's name of a secret: one service for each, as Windows shuffles users of one service."""
    return f"{SERVICE_ROOT}/{db_id}/{slot_id}"


def _bound_to(db_id: str, slot_id: str, kind: str) -> bytes:
    """Return what a wrapped key is bound to: it opens nowhere else than in its own slot of its own file."""
    return canonical([_SLOT_CONTEXT, db_id, slot_id, kind])


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
            keyring.forget(_service(db_id, slot.id))


def _write_or_forget(database: Path, file: KeyFile, slots: Iterable[Slot], keyring: SecretStore | None) -> None:
    """Write the file; where that fails, leave no orphan in the keyring."""
    try:
        write_key_file(database, file)
    except KeyFileUnwritable:
        if keyring is not None:
            _forget(file.db, slots, keyring)
        raise
