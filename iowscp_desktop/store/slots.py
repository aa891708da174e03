"""One slot at a time: the database key put under a lock, and taken out again. It writes no file."""

import io
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from typing import Final

import msgspec

from iowscp_desktop.crypto import (
    PRODUCTION,
    BadKey,
    Cost,
    CostRefused,
    Identity,
    NoMatchingIdentity,
    Recipient,
    SealBroken,
    StreamBroken,
    derive,
    derive_from_passphrase,
    random_bytes,
    seal,
    unseal,
    unwrap,
    wrap,
)
from iowscp_desktop.errors import (
    KeyFileEdited,
    NotEscrowed,
    PassphraseTooShort,
    SlotMissing,
    WrongPassphrase,
    WrongRecoveryKey,
)
from iowscp_desktop.store.key_file import (
    EscrowSlot,
    Kdf,
    KeyringSlot,
    PassphraseSlot,
    RecoverySlot,
    Slot,
    SlotSet,
    canonical,
    sheet_of,
)
from iowscp_desktop.store.keyring_slot import SERVICE_ROOT, SecretStore

DATABASE_KEY_BYTES: Final = 32
RECOVERY_KEY_BYTES: Final = 20
LEAST_PASSPHRASE: Final = 8
"""Characters. How strong a passphrase is, is judged where it is chosen; this only stops the absurd."""

KEYRING_WAY: Final = "this computer's password store"
RECOVERY_WAY: Final = "a recovery key"

_SLOT_CONTEXT = "uk.iowscp.desktop/keyslot/v1"
_RECOVERY_PURPOSE = "recovery-slot/v1"
_SALT_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """A recovery key that is on paper, and the slot it belongs to."""

    slot_id: str
    key: bytes = field(repr=False)
    """160 random bits."""

    @property
    def sheet(self) -> str:
        """The number by which a sheet is told from an older one."""
        return sheet_of(self.slot_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Locks:
    """What a set of slots is to be opened by."""

    passphrase: str | None = field(default=None, repr=False)
    keyring: SecretStore | None = None
    recovery: Recovery | None = None
    escrow: tuple[str, ...] = ()
    """age recipients of the partnership's spare key."""
    cost: Cost = PRODUCTION
    """What one guess at the passphrase costs."""


class _Escrowed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is sealed to the spare key: bound to its own slot of its own file by naming both."""

    db: str
    slot: str
    key: str


def new_slot_id() -> str:
    """Return a fresh name for a slot."""
    return random_bytes(8).hex()


def service(db_id: str, slot_id: str) -> str:
    """Return the keyring's name of a secret: one service for each, as Windows shuffles users of one service."""
    return f"{SERVICE_ROOT}/{db_id}/{slot_id}"


def new_slots(db_id: str, database_key: bytes, locks: Locks) -> tuple[Slot, ...]:
    """Return a fresh slot for each lock; the keyring's secret is kept there already.

    Raises:
        PassphraseTooShort: It has fewer than `LEAST_PASSPHRASE` characters.
        KeysError: The keyring does not work.
        ValueError: No lock was given, or a key has not its length.
    """
    if len(database_key) != DATABASE_KEY_BYTES:
        raise ValueError("a database key has 32 bytes")
    slots: list[Slot] = []
    if locks.passphrase is not None:
        slots.append(_passphrase_slot(db_id, database_key, locks.passphrase, locks.cost))
    if locks.recovery is not None:
        slots.append(_recovery_slot(db_id, database_key, locks.recovery))
    if locks.escrow:
        slots.append(_escrow_slot(db_id, database_key, locks.escrow))
    if locks.keyring is not None:  # last: when another is refused, nothing is left in the keyring
        slots.append(_keyring_slot(db_id, database_key, locks.keyring))
    if not slots:
        raise ValueError("a workspace needs at least one way in")
    return tuple(slots)


def open_by_passphrase(db_id: str, slots: SlotSet, passphrase: str) -> bytes:
    """Return the database key out of the passphrase slot. Slow on purpose."""
    for slot in slots.slots:
        if isinstance(slot, PassphraseSlot):
            key = _passphrase_key(passphrase, slot.kdf)
            try:
                return unwrap(key, bytes.fromhex(slot.wrapped), bound_to=_bound_to(db_id, slot.id, "passphrase"))
            except SealBroken as error:
                raise WrongPassphrase from error
    raise SlotMissing("a passphrase")


def open_by_keyring(db_id: str, slots: SlotSet, keyring: SecretStore) -> bytes:
    """Return the database key out of the keyring slot."""
    for slot in slots.slots:
        if isinstance(slot, KeyringSlot):
            secret = keyring.load(service(db_id, slot.id))
            try:
                return unwrap(secret, bytes.fromhex(slot.wrapped), bound_to=_bound_to(db_id, slot.id, "keyring"))
            except (SealBroken, TypeError) as error:  # TypeError: the keyring holds something that is no key
                raise KeyFileEdited("the password store's secret does not open it") from error
    raise SlotMissing(KEYRING_WAY)


def open_by_recovery(db_id: str, slots: SlotSet, recovery_key: bytes) -> bytes:
    """Return the database key out of the recovery slot."""
    for slot in slots.slots:
        if isinstance(slot, RecoverySlot):
            key = derive(recovery_key, purpose=_RECOVERY_PURPOSE)
            try:
                return unwrap(key, bytes.fromhex(slot.wrapped), bound_to=_bound_to(db_id, slot.id, "recovery"))
            except SealBroken as error:
                raise WrongRecoveryKey from error
    raise SlotMissing(RECOVERY_WAY)


def open_by_escrow(db_id: str, slots: SlotSet, identity: Identity) -> bytes:
    """Return the database key out of the slot that was sealed to the partnership's spare key."""
    for slot in slots.slots:
        if isinstance(slot, EscrowSlot):
            plain = io.BytesIO()
            try:
                unseal(io.BytesIO(b64decode(slot.sealed, validate=True)), plain, [identity])
                held = msgspec.json.decode(plain.getvalue(), type=_Escrowed)
                key = bytes.fromhex(held.key)
            except NoMatchingIdentity as error:
                raise NotEscrowed from error
            except (StreamBroken, msgspec.MsgspecError, ValueError) as error:
                raise KeyFileEdited("its part for the partnership's spare key is damaged") from error
            if (held.db, held.slot) != (db_id, slot.id) or len(key) != DATABASE_KEY_BYTES:
                raise KeyFileEdited("its part for the partnership's spare key belongs to another workspace")
            return key
    raise NotEscrowed


def _passphrase_key(passphrase: str, kdf: Kdf) -> bytes:
    try:
        cost = Cost(memory_kib=kdf.memory_kib, passes=kdf.passes, lanes=kdf.lanes)
    except CostRefused as error:
        raise KeyFileEdited("its passphrase settings are out of bounds") from error
    return derive_from_passphrase(passphrase, salt=bytes.fromhex(kdf.salt), cost=cost)


def _passphrase_slot(db_id: str, database_key: bytes, passphrase: str, cost: Cost) -> PassphraseSlot:
    if len(passphrase) < LEAST_PASSPHRASE:
        raise PassphraseTooShort(LEAST_PASSPHRASE)
    slot_id, salt = new_slot_id(), random_bytes(_SALT_BYTES)
    kdf = Kdf(memory_kib=cost.memory_kib, passes=cost.passes, lanes=cost.lanes, salt=salt.hex())
    key = derive_from_passphrase(passphrase, salt=salt, cost=cost)
    wrapped = wrap(key, database_key, bound_to=_bound_to(db_id, slot_id, "passphrase"))
    return PassphraseSlot(id=slot_id, kdf=kdf, wrapped=wrapped.hex())


def _recovery_slot(db_id: str, database_key: bytes, recovery: Recovery) -> RecoverySlot:
    if len(recovery.key) != RECOVERY_KEY_BYTES:
        raise ValueError("a recovery key has 20 bytes")
    key = derive(recovery.key, purpose=_RECOVERY_PURPOSE)  # 160 random bits need no slow derivation
    wrapped = wrap(key, database_key, bound_to=_bound_to(db_id, recovery.slot_id, "recovery"))
    return RecoverySlot(id=recovery.slot_id, wrapped=wrapped.hex())


def _escrow_slot(db_id: str, database_key: bytes, recipients: tuple[str, ...]) -> EscrowSlot:
    slot_id = new_slot_id()
    try:
        readers = [Recipient(text) for text in recipients]
    except BadKey as error:
        raise NotEscrowed from error
    plain = msgspec.json.encode(_Escrowed(db=db_id, slot=slot_id, key=database_key.hex()))
    sealed = io.BytesIO()
    seal(io.BytesIO(plain), sealed, readers)
    return EscrowSlot(id=slot_id, recipients=recipients, sealed=b64encode(sealed.getvalue()).decode("ascii"))


def _keyring_slot(db_id: str, database_key: bytes, keyring: SecretStore) -> KeyringSlot:
    slot_id, secret = new_slot_id(), random_bytes(32)
    keyring.store(service(db_id, slot_id), secret)
    wrapped = wrap(secret, database_key, bound_to=_bound_to(db_id, slot_id, "keyring"))
    return KeyringSlot(id=slot_id, wrapped=wrapped.hex())


def _bound_to(db_id: str, slot_id: str, kind: str) -> bytes:
    """Return what a wrapped key is bound to: it opens nowhere else than in its own slot of its own file."""
    return canonical([_SLOT_CONTEXT, db_id, slot_id, kind])
