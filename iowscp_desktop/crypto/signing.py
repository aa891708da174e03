"""Ed25519 signatures, each bound to what it is for: a signature made for one purpose never serves another."""

import re
from dataclasses import dataclass
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from typing_extensions import override

from iowscp_desktop.crypto.faults import BadKey, SignatureWrong
from iowscp_desktop.crypto.randomness import random_bytes

KEY_BYTES = 32
SIGNATURE_BYTES = 64

_CONTEXT = re.compile(r"[a-z0-9/-]+")


@dataclass(frozen=True, slots=True)
class VerifyKey:
    """The public half of a signing key: 32 bytes, written in hex."""

    raw: bytes

    def __post_init__(self) -> None:
        if len(self.raw) != KEY_BYTES:
            raise BadKey("a verify key has 32 bytes")

    @classmethod
    def from_hex(cls, text: str) -> Self:
        """Return the key that `hex` wrote.

        Raises:
            BadKey: Not 64 lower-case hexadecimal characters.
        """
        if not re.fullmatch(r"[0-9a-f]{64}", text):
            raise BadKey("a verify key is 64 hexadecimal characters")
        return cls(bytes.fromhex(text))

    @property
    def hex(self) -> str:
        """The key as 64 hexadecimal characters."""
        return self.raw.hex()

    def verify(self, signature: bytes, message: bytes, *, context: str) -> None:
        """Return if this key signed `message` for `context`.

        Raises:
            SignatureWrong: Another key, another message, another context, or no signature at all.
        """
        try:
            key = Ed25519PublicKey.from_public_bytes(self.raw)
            key.verify(signature, _in_context(context, message))
        except (InvalidSignature, ValueError) as error:  # ValueError: bytes that are no point of the curve
            raise SignatureWrong(context) from error


class SigningKey:
    """A secret key that signs. Its bytes leave it only through `to_bytes`, into encrypted storage."""

    __slots__ = ("_key", "_raw", "verify_key")

    def __init__(self, raw: bytes) -> None:
        if len(raw) != KEY_BYTES:
            raise BadKey("a signing key has 32 bytes")
        self._raw = bytes(raw)
        self._key = Ed25519PrivateKey.from_private_bytes(self._raw)
        self.verify_key = VerifyKey(self._key.public_key().public_bytes_raw())

    @classmethod
    def generate(cls) -> Self:
        """Return a fresh key."""
        return cls(random_bytes(KEY_BYTES))

    @classmethod
    def from_bytes(cls, raw: bytes) -> Self:
        """Return the key that `to_bytes` wrote.

        Raises:
            BadKey: Not 32 bytes.
        """
        return cls(raw)

    def to_bytes(self) -> bytes:
        """Return the secret: 32 bytes that belong in encrypted storage only."""
        return self._raw

    def sign(self, message: bytes, *, context: str) -> bytes:
        """Return the 64-byte signature of `message` for `context`, such as `bundle-manifest/v0`."""
        return self._key.sign(_in_context(context, message))

    @override
    def __repr__(self) -> str:
        return f"SigningKey(public {self.verify_key.hex[:8]}…)"


def _in_context(context: str, message: bytes) -> bytes:
    """Return what is really signed. A context holds no zero byte, so no two pairs give the same bytes."""
    if not _CONTEXT.fullmatch(context):
        raise ValueError(f"not a signing context: {context!r}")
    return b"uk.iowscp.desktop/" + context.encode("ascii") + b"\0" + message
