"""Erasing for good: which entries lose their content, and what is kept of the deed. The chain stays whole.

An erased entry keeps its header and so its place in the chain, its author, its time and what it replaced. Salt and
payload go, so that nobody can find out what it said, not even by guessing. An erasure names entries by number and not
by content, so it holds for copies that arrive later too.
"""

from collections.abc import Iterable
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple, NewType

from iowscp_desktop.domain.ids import EntryId, Place, SpaceId, StreamId

ErasureId = NewType("ErasureId", str)

NEVER_ERASED = "entries-erased"
"""The record of an erasure is not erased itself: it is what the certificate rests on."""


class Span(NamedTuple):
    """Entries `first` to `last` of one stream."""

    stream: StreamId
    first: Place
    last: Place


class Tombstone(NamedTuple):
    """Entries of one space that are erased, whether they are here or not. Holds no content and may lie anywhere."""

    space: SpaceId
    stream: StreamId
    first: Place
    last: Place


class Why(StrEnum):
    """Why something was erased, for the certificate."""

    DUE = "due"
    """The schedule said so."""
    ASKED = "asked"
    """The person it was about asked for it."""
    MISTAKE = "mistake"
    """It should not have been written or attached here."""
    AGAIN = "again"
    """An older copy of the workspace was put in place, and what had been erased was erased again."""
    OTHER = "other"


def spans_of(ids: Iterable[EntryId]) -> tuple[Span, ...]:
    """Return the fewest spans that hold exactly these entries."""
    found: list[Span] = []
    for stream, numbers in groupby(sorted(set(ids)), key=lambda id_: id_.stream):
        seqs = [seq for _stream, seq in numbers]
        for _, run in groupby(enumerate(seqs), key=lambda pair: pair[1] - pair[0]):
            inside = [seq for _place, seq in run]
            found.append(Span(stream, inside[0], inside[-1]))
    return tuple(found)


def is_binding(*, author: tuple[str, str], here: tuple[str, str]) -> bool:
    """Tell whether an erasure that somebody else wrote holds here too; both are a role and its holder.

    It holds on every computer of whoever decided it. A school cannot reach into what the partnership keeps, nor the
    partnership into a school's own copy: each answers for its own records. Elsewhere it is shown as a request.
    """
    return author == here
