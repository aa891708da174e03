"""The file with the partnership's spare key: an age identity under its own passphrase, to be kept off every computer.

    FILE := canonical JSON {format, v, id, recipient, kdf, box}

Stock tools do not open the box; what it holds is an ordinary age identity, `AGE-SECRET-KEY-1…`.
"""

from base64 import b64decode, b64encode
from pathlib import Path
from typing import Final, Literal

import msgspec

from iowscp_desktop.crypto import (
    PRODUCTION,
    BadKey,
    Cost,
    CostRefused,
    Identity,
    SealBroken,
    derive_from_passphrase,
    random_bytes,
    unwrap,
    wrap,
)
from iowscp_desktop.errors import SpareKeyUnusable, WrongSparePassphrase
from iowscp_desktop.store.key_file import Kdf, canonical

SUFFIX: Final = ".iowsparekey"

_MOST_BYTES = 16 * 1024
_SALT_BYTES = 16
_CONTEXT = "uk.iowscp.desktop/spare-key/v1"


class SpareKeyFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the file holds; without its passphrase it tells which one it is, and no more."""

    format: Literal["iowscp-spare-key"] = "iowscp-spare-key"
    v: Literal[1] = 1
    id: str
    recipient: str
    kdf: Kdf
    box: str


def make_spare_key(key_id: str, identity: Identity, words: str, *, cost: Cost = PRODUCTION) -> bytes:
    """Return the file of a spare key. Slow on purpose."""
    salt = random_bytes(_SALT_BYTES)
    kdf = Kdf(memory_kib=cost.memory_kib, passes=cost.passes, lanes=cost.lanes, salt=salt.hex())
    recipient = identity.recipient.text
    key = derive_from_passphrase(words, salt=salt, cost=cost)
    box = wrap(key, identity.to_text().encode("ascii"), bound_to=_bound_to(key_id, recipient))
    file = SpareKeyFile(id=key_id, recipient=recipient, kdf=kdf, box=b64encode(box).decode("ascii"))
    return msgspec.json.format(canonical(file), indent=2)


def read_spare_key(path: Path) -> SpareKeyFile:
    """Return a spare key file, still closed.

    Raises:
        SpareKeyUnusable: It cannot be read, or is none.
    """
    try:
        with path.open("rb") as stream:
            return msgspec.json.decode(stream.read(_MOST_BYTES), type=SpareKeyFile)
    except OSError as error:
        raise SpareKeyUnusable("it cannot be read") from error
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise SpareKeyUnusable("it is another kind of file, or damaged") from error


def open_spare_key(file: SpareKeyFile, words: str) -> Identity:
    """Return the identity in a spare key file. Slow on purpose.

    Raises:
        WrongSparePassphrase: The words do not open it.
        SpareKeyUnusable: It is damaged.
    """
    try:
        cost = Cost(memory_kib=file.kdf.memory_kib, passes=file.kdf.passes, lanes=file.kdf.lanes)
        key = derive_from_passphrase(words, salt=bytes.fromhex(file.kdf.salt), cost=cost)
        opened = unwrap(key, b64decode(file.box, validate=True), bound_to=_bound_to(file.id, file.recipient))
        return Identity.from_text(opened.decode("ascii"))
    except SealBroken as error:
        raise WrongSparePassphrase from error
    except (CostRefused, BadKey, ValueError) as error:
        raise SpareKeyUnusable("it is damaged") from error


def _bound_to(key_id: str, recipient: str) -> bytes:
    return canonical([_CONTEXT, key_id, recipient])
