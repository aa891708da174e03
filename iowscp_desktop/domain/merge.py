"""What holds, given everything that happened: merge is the union of journals, and this module is its meaning.

The store keeps the same answer in tables as entries come and go; a property test holds the two together.
Nothing here looks at a clock: order of arrival, replays and repetition change nothing.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from iowscp_desktop.domain.ids import EntryId, Register, SpaceId, StreamId
from iowscp_desktop.domain.journal import EntryHash

Place = tuple[SpaceId, Register]
"""A register in its space."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What merging needs to know of an entry."""

    id: EntryId
    hash: EntryHash
    prev: EntryHash
    """The hash of the entry before it in its stream."""
    space: SpaceId
    register: Register
    replaces: tuple[EntryId, ...]


Journal = frozenset[Fact]


class Link(NamedTuple):
    """What an entry is in its chain: its number, its hash, and the hash of the one before."""

    seq: int
    hash: EntryHash
    prev: EntryHash


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a journal amounts to.

    Attributes:
        heads: For each place, the entries that nobody who saw them replaced. One is a value, more are
            a conflict if they differ.
        strayed: Entries with an edge to an entry of another register or space, or to their own future.
            They are kept in quarantine and neither hold nor replace anything.
        forked: Ids that two different entries claim: one device wrote twice under one number. Of two such
            stories one is in force (`story`); the other is kept, and neither holds nor replaces anything.
    """

    heads: Mapping[Place, frozenset[EntryId]]
    strayed: frozenset[EntryId]
    forked: frozenset[EntryId]


def union(ours: Journal, theirs: Journal) -> Journal:
    """Return everything that either side knows."""
    return ours | theirs


def strays(fact: Fact, edge: EntryId) -> bool:
    """Tell whether an edge is impossible by itself: nobody replaces what they have yet to write."""
    return edge.stream == fact.id.stream and edge.seq >= fact.id.seq


def story(links: Iterable[Link], named: Collection[EntryHash] = (), begin: Link | None = None) -> list[EntryHash]:
    """Return which of the stories that one stream tells is in force, by the hashes of its entries in their order.

    Where a device was copied and both went on, the stream parts. It goes on with an entry that the team named; where
    it named none, or several, with the lowest hash of them. No clock decides, and no order of arrival.

    Args:
        begin: The entry before the first; None for the whole stream.
    """
    after: dict[tuple[int, EntryHash | None], set[EntryHash]] = defaultdict(set)
    for link in links:
        after[link.seq, link.prev if link.seq > 1 else None].add(link.hash)
    told: list[EntryHash] = []
    preferred = frozenset(named)
    seq, last = (0, None) if begin is None else (begin.seq, begin.hash)
    while next_ones := after.get((seq + 1, last if seq else None)):
        last = min(next_ones & preferred or next_ones)
        seq += 1
        told.append(last)
    return told


def standing(journal: Iterable[Fact], named: Collection[EntryHash] = ()) -> Standing:
    """Return what holds. A pure function of the set of facts, and of what the team named where a stream parts.

    An edge to a number that two stories claim does not say which of them it means, so it makes no stray.
    """
    every = frozenset(journal)
    hashes: dict[EntryId, set[EntryHash]] = defaultdict(set)
    streams: dict[StreamId, set[Link]] = defaultdict(set)
    for fact in every:
        hashes[fact.id].add(fact.hash)
        streams[fact.id.stream].add(Link(fact.id.seq, fact.hash, fact.prev))
    in_force = {(stream, link) for stream, links in streams.items() for link in story(links, named)}
    facts = [fact for fact in every if (fact.id.stream, fact.hash) in in_force]
    places = {fact.id: (fact.space, fact.register) for fact in facts if len(hashes[fact.id]) == 1}
    strayed = frozenset(
        fact.id
        for fact in facts
        for edge in fact.replaces
        if strays(fact, edge) or places.get(edge, (fact.space, fact.register)) != (fact.space, fact.register)
    )
    replaced = {
        (edge, (fact.space, fact.register)) for fact in facts if fact.id not in strayed for edge in fact.replaces
    }
    heads: dict[Place, set[EntryId]] = defaultdict(set)
    for fact in facts:
        place = (fact.space, fact.register)
        if fact.id not in strayed and (fact.id, place) not in replaced:
            heads[place].add(fact.id)
    return Standing(
        heads={place: frozenset(ids) for place, ids in heads.items()},
        strayed=strayed,
        forked=frozenset(id_ for id_, seen in hashes.items() if len(seen) > 1),
    )
