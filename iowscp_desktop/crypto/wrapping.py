"""Small secrets in authenticated boxes: a key under a key (AES-256-GCM), a header under a spoken code."""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305

from iowscp_desktop.crypto.faults import SealBroken
from iowscp_desktop.crypto.randomness import random_bytes

KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16


def wrap(key: bytes, secret: bytes, *, bound_to: bytes) -> bytes:
    """Return `secret` under `key` by AES-256-GCM: nonce, then ciphertext and tag.

    Args:
        bound_to: Bytes that are not stored in the box but must be the same when it is opened.
    """
    nonce = random_bytes(NONCE_BYTES)
    return nonce + AESGCM(_checked(key)).encrypt(nonce, secret, bound_to)


def unwrap(key: bytes, wrapped: bytes, *, bound_to: bytes) -> bytes:
    """Return the secret that `wrap` put away.

    Raises:
        SealBroken: Another key, other bytes, or bound to something else.
    """
    try:
        return AESGCM(_checked(key)).decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], bound_to)
    except (InvalidTag, ValueError) as error:  # ValueError: too short to hold a nonce
        raise SealBroken from error


def close_box(key: bytes, secret: bytes, *, bound_to: bytes) -> bytes:
    """Return `secret` under `key` by ChaCha20-Poly1305: nonce, then ciphertext and tag."""
    nonce = random_bytes(NONCE_BYTES)
    return nonce + ChaCha20Poly1305(_checked(key)).encrypt(nonce, secret, bound_to)


def open_box(key: bytes, box: bytes, *, bound_to: bytes) -> bytes:
    """Return what `close_box` put away.

    Raises:
        SealBroken: Another key, other bytes, or bound to something else.
    """
    try:
        return ChaCha20Poly1305(_checked(key)).decrypt(box[:NONCE_BYTES], box[NONCE_BYTES:], bound_to)
    except (InvalidTag, ValueError) as error:
        raise SealBroken from error


def _checked(key: bytes) -> bytes:
    """Return the key; AES would also take a shorter one, and be weaker without a word."""
    if len(key) != KEY_BYTES:
        raise TypeError("a wrapping key has 32 bytes")
    return key
