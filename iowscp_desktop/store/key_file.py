"""The shape of the key file beside the database, and how it is read and put in place. It knows no key.

    keys.json := {format, v, db, current: slots, next: slots | null, check}

`next` exists only while the database key is being changed. `check` notices accidents; the `mac` of each set of
slots, keyed with the database key itself, notices on purpose.
"""

import hashlib
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec

from iowscp_desktop.errors import (
    KeyFileEdited,
    KeyFileFromElsewhere,
    KeyFileMissing,
    KeyFileUnwritable,
    NewerKeyFile,
)

FILE_NAME: Final = "keys.json"
VERSION: Final = 1

_MOST_BYTES = 64 * 1024

canonical = msgspec.json.Encoder(order="sorted").encode

SlotId = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{16}\Z")]
DatabaseId = Annotated[str, msgspec.Meta(pattern=r"\A[A-Za-z0-9-]{1,64}\Z")]
Hex = Annotated[str, msgspec.Meta(pattern=r"\A([0-9a-f]{2}){1,512}\Z")]


class Kdf(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a passphrase becomes a key."""

    name: Literal["argon2id"] = "argon2id"
    memory_kib: int
    passes: int
    lanes: int
    salt: Hex


class KeyringSlot(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type", tag="keyring"
):
    """Opened by a random secret in the system's keyring."""

    id: SlotId
    wrapped: Hex


class PassphraseSlot(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type", tag="passphrase"
):
    """Opened by what a person types."""

    id: SlotId
    kdf: Kdf
    wrapped: Hex


class RecoverySlot(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type", tag="recovery"
):
    """Opened by a printed key."""

    id: SlotId
    wrapped: Hex


class EscrowSlot(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type", tag="escrow"):
    """Opened by the partnership's offline identity: an age file."""

    id: SlotId
    recipients: tuple[str, ...]
    sealed: str


Slot = KeyringSlot | PassphraseSlot | RecoverySlot | EscrowSlot


class SlotSet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All ways to one database key, and a digest keyed with that key over all of them."""

    slots: tuple[Slot, ...]
    mac: Hex


class KeyFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What `keys.json` holds."""

    format: Literal["iowscp-keys"] = "iowscp-keys"
    v: Literal[1] = 1
    db: DatabaseId
    current: SlotSet
    next: SlotSet | None = None
    check: str = ""

    @property
    def has_keyring(self) -> bool:
        """The system's keyring can open it."""
        return any(isinstance(slot, KeyringSlot) for slot in self.current.slots)

    @property
    def has_passphrase(self) -> bool:
        """A passphrase can open it."""
        return any(isinstance(slot, PassphraseSlot) for slot in self.current.slots)

    @property
    def recovery_sheet(self) -> str | None:
        """The number of the sheet whose recovery key opens it; None when there is none."""
        return next((sheet_of(slot.id) for slot in self.current.slots if isinstance(slot, RecoverySlot)), None)

    @property
    def escrow(self) -> tuple[str, ...]:
        """The age recipients of the spare keys that open it."""
        return next((slot.recipients for slot in self.current.slots if isinstance(slot, EscrowSlot)), ())


class _Gate(msgspec.Struct):
    format: str
    v: int


def sheet_of(slot_id: str) -> str:
    """Return the short number by which the sheet of a recovery slot is told from an older one."""
    return slot_id[:4].upper()


class EscrowPart(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The way in for the spare key, as it travels: with whose database it opens."""

    db: DatabaseId
    slot: EscrowSlot


def escrow_part(file: KeyFile) -> bytes | None:
    """Return the way in for the spare key as it travels; None when there is none."""
    slot = next((each for each in file.current.slots if isinstance(each, EscrowSlot)), None)
    return None if slot is None else canonical(EscrowPart(db=file.db, slot=slot))


def read_escrow_part(content: bytes) -> EscrowPart:
    """Return what `escrow_part` wrote.

    Raises:
        KeyFileEdited: It is something else.
    """
    try:
        return msgspec.json.decode(content, type=EscrowPart)
    except (msgspec.MsgspecError, UnicodeError) as error:
        raise KeyFileEdited("its part for the partnership's spare key is damaged") from error


def key_file_path(database: Path) -> Path:
    """Return where the key file of a database is: beside it."""
    return database.with_name(FILE_NAME)


def read_key_file(database: Path, *, db_id: str | None = None) -> KeyFile:
    """Return the key file of a database, checked as far as it can be without a key.

    Args:
        db_id: Whose it must be, when that is known before the database is open.

    Raises:
        KeyFileMissing: It is not there.
        KeyFileEdited: It is damaged, or not as this program wrote it.
        NewerKeyFile: A later program wrote it.
        KeyFileFromElsewhere: It is another workspace's.
    """
    content = _content(key_file_path(database))
    try:
        gate = msgspec.json.decode(content, type=_Gate)
        if gate.format == "iowscp-keys" and gate.v > VERSION:
            raise NewerKeyFile
        file = msgspec.json.decode(content, type=KeyFile)
    except (msgspec.MsgspecError, RecursionError, UnicodeError) as error:
        raise KeyFileEdited("it is not a key file") from error
    if _check_of(file) != file.check:
        raise KeyFileEdited("its check sum does not fit")
    if db_id is not None and file.db != db_id:
        raise KeyFileFromElsewhere
    return file


def _check_of(file: KeyFile) -> str:
    return hashlib.sha256(canonical(msgspec.structs.replace(file, check=""))).hexdigest()


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            content = stream.read(_MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise KeyFileMissing from error
    except OSError as error:
        raise KeyFileUnwritable from error
    if len(content) > _MOST_BYTES:
        raise KeyFileEdited("it is far too long")
    return content


def write_key_file(database: Path, file: KeyFile) -> None:
    """Put the file in place whole: whoever looks, even after a power cut, finds the old one or the new one.

    Raises:
        KeyFileUnwritable: The disk did not take it. The file before is as it was.
    """
    path = key_file_path(database)
    content = msgspec.json.format(canonical(msgspec.structs.replace(file, check=_check_of(file))), indent=2)
    beside = path.with_name(f"{FILE_NAME}.new")
    try:
        beside.unlink(missing_ok=True)  # left by a power cut: it would keep its old permissions
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
        _force_folder(path.parent)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise KeyFileUnwritable from error


def _force_folder(folder: Path) -> None:
    """Make the new name outlive a power cut, where the system has such a thing."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
