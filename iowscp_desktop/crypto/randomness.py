"""The one home of key randomness: the operating system's generator, behind one seam that a test can turn."""

import secrets
from collections.abc import Callable

_source: Callable[[int], bytes] = secrets.token_bytes  # the seam: a test may set it


def random_bytes(count: int) -> bytes:
    """Return `count` unpredictable bytes."""
    return _source(count)


def random_below(limit: int) -> int:
    """Return an unpredictable whole number from 0 to `limit` - 1, each equally likely.

    Raises:
        ValueError: `limit` is below 1.
    """
    if limit < 1:
        raise ValueError("limit must be at least 1")
    bits = max(1, (limit - 1).bit_length())
    width = (bits + 7) // 8
    while True:  # drawn again when too large: a remainder would favour small numbers
        drawn = int.from_bytes(random_bytes(width), "big") >> (width * 8 - bits)
        if drawn < limit:
            return drawn
