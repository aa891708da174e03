"""Finding where somebody is mentioned: by name, initials and whatever else they are called. Whole words, any case.

It finds what is written as it was asked for, and nothing else: a nickname, a wrong spelling or "her brother" is found
only by a person who reads. The report says so.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

LEAST_LETTERS: Final = 2
_BETWEEN = r"[\s\-‐-―_.,'’]*"
_PARTS = re.compile(r"[^\W_]+")  # file names join words by underscores


@dataclass(frozen=True, slots=True)
class Hit:
    """Where in a text a name stands: from `start` to before `end`."""

    start: int
    end: int


class Sought:
    """The ways in which one person may be written, ready to be looked for."""

    def __init__(self, ways: Iterable[str]) -> None:
        self._patterns = [
            re.compile(rf"(?<![^\W_]){_BETWEEN.join(map(re.escape, parts))}(?![^\W_])")
            for parts in map(_parts, ways)
            if parts
        ]

    @property
    def is_empty(self) -> bool:
        """There is nothing to look for."""
        return not self._patterns

    def hits(self, text: str) -> tuple[Hit, ...]:
        """Return where the person is mentioned in a text, from the beginning; what overlaps is one."""
        folded, places = _folded(text)
        spans = sorted(
            (places[match.start()], places[match.end() - 1] + 1)
            for pattern in self._patterns
            for match in pattern.finditer(folded)
        )
        merged: list[Hit] = []
        for start, end in spans:
            if merged and start < merged[-1].end:
                merged[-1] = Hit(merged[-1].start, max(end, merged[-1].end))
            else:
                merged.append(Hit(start, end))
        return tuple(merged)


def ways_to_write(name: str) -> tuple[str, ...]:
    """Return how a name may also be written, to choose from: parts, turned round, initials."""
    parts = re.findall(r"[^\W\d_][\w'’-]*", name)
    if not parts:
        return ()
    first, last = parts[0], parts[-1]
    if first == last:
        return (first,)
    initials = "".join(part[0] for part in parts).upper()
    ways = (
        " ".join(parts),
        f"{last}, {first}",
        f"{first} {last}",
        f"{first[0]} {last}",
        f"{first} {last[0]}",
        first,
        last,
        initials,
    )
    return tuple(dict.fromkeys(ways))


def _parts(way: str) -> list[str]:
    parts = _PARTS.findall(_folded(way)[0])
    return parts if sum(map(len, parts)) >= LEAST_LETTERS else []


def _folded(text: str) -> tuple[str, list[int]]:
    """Return a text without case and accents, and for each of its characters where it stood."""
    if text.isascii():
        return text.lower(), list(range(len(text)))
    folded: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for plain in unicodedata.normalize("NFKD", character).casefold():
            if not unicodedata.combining(plain):
                folded.append(plain)
                places.append(place)
    return "".join(folded), places
