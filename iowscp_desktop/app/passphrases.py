"""How hard a passphrase is to guess, in three plain grades; and one made up for whoever wants it."""

import re
from enum import Enum, auto
from functools import cache
from itertools import pairwise
from math import log2

from iowscp_desktop.crypto import new_passphrase
from iowscp_desktop.domain.shipped import shipped

_WORD_BITS = 11.0
"""Bits that an ordinary word adds: people pick from fewer words than a program does."""
_FAIR, _STRONG = 40.0, 58.0
_LEAST = 10
"""Characters, whatever they are."""
_FAMILIAR = ("password", "passphrase", "qwerty", "letmein", "welcome", "safeguarding", "abc123", "iloveyou")
_DIGITS_IN_ORDER = "01234567890"


class Strength(Enum):
    """How hard a passphrase is to guess for somebody who has the file and time."""

    TOO_EASY = auto()
    FAIR = auto()
    STRONG = auto()


def strength(passphrase: str) -> Strength:
    """Return how hard a passphrase is to guess: an estimate on the careful side, never a promise."""
    bits = _bits(passphrase)
    if len(passphrase) < _LEAST or bits < _FAIR:
        return Strength.TOO_EASY
    return Strength.FAIR if bits < _STRONG else Strength.STRONG


def suggestion() -> str:
    """Return a passphrase of five words that nobody has chosen."""
    return new_passphrase()


def _bits(passphrase: str) -> float:
    plain = passphrase.casefold()
    for familiar in _FAMILIAR:
        plain = plain.replace(familiar, "~")  # as good as one character
    parts = re.findall(r"[a-z]+|[^a-z]", plain)
    seen: set[str] = set()
    bits, before = 0.0, ""
    for part in parts:
        bits += _part_bits(part, before, seen=part in seen)
        seen.add(part)
        before = part
    return bits


def _part_bits(part: str, before: str, *, seen: bool) -> float:
    if seen:
        return 1.0
    if len(part) > 1:
        return _WORD_BITS if part in _words() else min(_letters_bits(part), 3.0 * _WORD_BITS)
    if part == " ":
        return 0.5
    if part.isdecimal():
        return 1.0 if before and before + part in _DIGITS_IN_ORDER else log2(10)
    return log2(26) if part.isalpha() else 4.0


def _letters_bits(letters: str) -> float:
    """Letters that are no shipped word: worth little more than a word when they may be one, or a name."""
    fresh = sum(after != before and ord(after) - ord(before) != 1 for before, after in pairwise(letters))
    guess = log2(26) * (1 + fresh)
    return min(guess, _WORD_BITS + 1.5 * max(0, fresh - 5))


@cache
def _words() -> frozenset[str]:
    lines = shipped("resources", "words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
