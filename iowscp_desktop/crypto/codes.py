"""Codes that people read out, type and compare: capital letters and digits that are not mistaken for another.

The alphabet is Crockford's: no I, L, O or U. Typing is forgiving: lower case, O for 0, I or L for 1, and any
spaces and hyphens are taken.
"""

import hashlib

from iowscp_desktop.crypto.faults import CodeMistyped
from iowscp_desktop.crypto.randomness import random_below, random_bytes

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

_VALUES = {character: value for value, character in enumerate(ALPHABET)} | {"O": 0, "I": 1, "L": 1}
_IGNORED = str.maketrans("", "", " -\u2010\u2011\u2012\u2013\u2014\u00a0\t\r\n")  # what pasting puts in

_CODE_LENGTH = 15  # 75 bits
_RECOVERY_BYTES = 20
_RECOVERY_LENGTH = 36  # 160 bits and 20 check bits
_RECOVERY_CONTEXT = b"uk.iowscp.desktop/recovery-check/v0\0"
_FINGERPRINT_LENGTH = 12  # 60 bits


def new_one_time_code() -> str:
    """Return a fresh one-time code: 75 random bits and a check character, `2P9V-59MB-VHHK-RT5N`."""
    values = [random_below(32) for _ in range(_CODE_LENGTH)]
    return _grouped(_letters([*values, _check_value(values)]))


def read_one_time_code(typed: str) -> str:
    """Return a typed one-time code as `new_one_time_code` wrote it.

    Raises:
        CodeMistyped: It cannot be a code: every single wrong character and every swap of two neighbours is
            noticed here, before the slow attempt to open anything.
    """
    values = _values(typed)
    if len(values) != _CODE_LENGTH + 1 or _check_value(values[:-1]) != values[-1]:
        raise CodeMistyped
    return _grouped(_letters(values))


def read_so_far(typed: str) -> str:
    """Return the beginning of a code as it will be read, in groups of four.

    Raises:
        CodeMistyped: It holds a character that no code has.
    """
    return _grouped(_letters(_values(typed)))


def new_recovery_key() -> tuple[bytes, str]:
    """Return a fresh recovery key of 160 random bits, and how it is printed: 9 groups of 4."""
    key = random_bytes(_RECOVERY_BYTES)
    return key, _printed_recovery(key)


def read_recovery_key(typed: str) -> bytes:
    """Return the recovery key that was printed.

    Raises:
        CodeMistyped: A character is wrong, missing or too many; noticed but for one typo in a million.
    """
    values = _values(typed)
    if len(values) != _RECOVERY_LENGTH:
        raise CodeMistyped
    number = _number(values[:32])
    key = number.to_bytes(_RECOVERY_BYTES, "big")
    if _printed_recovery(key) != _grouped(_letters(values)):
        raise CodeMistyped
    return key


def fingerprint(public: bytes) -> str:
    """Return 60 bits of a public key's digest for two people to compare, `LB2X-PBW7-HA4H`."""
    digest = hashlib.sha256(b"uk.iowscp.desktop/fingerprint/v0\0" + public).digest()
    return _grouped(_encoded(int.from_bytes(digest[:8], "big") >> 4, _FINGERPRINT_LENGTH))


def random_letters(count: int) -> str:
    """Return `count` random characters of the alphabet, in lower case; 5 bits each."""
    return _letters([random_below(32) for _ in range(count)]).lower()


def _printed_recovery(key: bytes) -> str:
    """Return the key and its 20 check bits, grouped."""
    check = int.from_bytes(hashlib.sha256(_RECOVERY_CONTEXT + key).digest()[:3], "big") >> 4
    return _grouped(_encoded(int.from_bytes(key, "big") << 20 | check, _RECOVERY_LENGTH))


def _check_value(values: list[int]) -> int:
    """Return the check value that makes the sum of value × αⁱ zero in GF(32).

    A checksum modulo 31 would miss each swap of neighbours, as 32 ≡ 1; this one misses neither a swap of two
    characters nor a single wrong one.
    """
    total = 0
    for value in values:
        total = _times_alpha(total ^ value)
    return total


def _times_alpha(value: int) -> int:
    """Multiply by α in GF(32), whose polynomial is x⁵ + x² + 1."""
    doubled = value << 1
    return doubled ^ 0b100101 if doubled & 0b100000 else doubled


def _values(typed: str) -> list[int]:
    """Return the 5-bit values of what was typed."""
    try:
        return [_VALUES[character] for character in typed.upper().translate(_IGNORED)]
    except KeyError as error:
        raise CodeMistyped from error


def _number(values: list[int]) -> int:
    number = 0
    for value in values:
        number = number << 5 | value
    return number


def _encoded(number: int, length: int) -> str:
    """Return a number as `length` characters of the alphabet."""
    return _letters([number >> 5 * place & 31 for place in reversed(range(length))])


def _letters(values: list[int]) -> str:
    return "".join(ALPHABET[value] for value in values)


def _grouped(letters: str) -> str:
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))
