"""Keys out of passphrases (Argon2id, slow on purpose) and out of keys (HKDF), and keyed digests (HMAC)."""

import hashlib
import hmac
import unicodedata
from dataclasses import dataclass
from typing import Final

from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from iowscp_desktop.crypto.faults import CostRefused, SignatureWrong

KEY_BYTES = 32
SALT_BYTES = 16

_MEMORY_KIB = range(19 * 1024, 1024 * 1024 + 1)  # from the least that OWASP advises to 1 GiB
_PASSES = range(2, 17)
_LANES = range(1, 17)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one Argon2id guess costs. Read from files of others, so bounded in both directions."""

    memory_kib: int
    passes: int
    lanes: int

    def __post_init__(self) -> None:
        if self.memory_kib not in _MEMORY_KIB or self.passes not in _PASSES or self.lanes not in _LANES:
            raise CostRefused(f"m={self.memory_kib} t={self.passes} p={self.lanes}")


PRODUCTION: Final = Cost(memory_kib=256 * 1024, passes=3, lanes=2)
"""For a workspace passphrase: about 0.8 s on the slowest machine measured."""

SPOKEN: Final = Cost(memory_kib=64 * 1024, passes=3, lanes=4)
"""For a one-time code of 75 random bits: about 0.2 s."""


def derive_from_passphrase(passphrase: str, *, salt: bytes, cost: Cost) -> bytes:
    """Return a 32-byte key. The passphrase is taken in NFKC, so that two keyboards agree on an accent."""
    return hash_secret_raw(
        unicodedata.normalize("NFKC", passphrase).encode("utf-8"),
        salt,
        time_cost=cost.passes,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )


def derive(secret: bytes, *, purpose: str) -> bytes:
    """Return a 32-byte key for one purpose out of an already strong secret (HKDF-SHA-256, no salt)."""
    label = b"uk.iowscp.desktop/" + purpose.encode("ascii")
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=label).derive(secret)


def authenticate(key: bytes, message: bytes) -> bytes:
    """Return the HMAC-SHA-256 of `message`, 32 bytes."""
    return hmac.digest(key, message, hashlib.sha256)


def check_authentic(key: bytes, message: bytes, digest: bytes) -> None:
    """Return if `authenticate` gave `digest`; compared in constant time.

    Raises:
        SignatureWrong: Another key or another message.
    """
    if not hmac.compare_digest(authenticate(key, message), digest):
        raise SignatureWrong("hmac")
