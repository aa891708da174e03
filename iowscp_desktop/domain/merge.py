"""What holds, given everything that happened: merge is the union of journals, and this module is its meaning.

The store keeps the same answer in tables as entries come and go; a property test holds the two together.
Nothing here looks at a clock: order of arrival, replays and repetition change nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from iowscp_desktop.domain.ids import EntryId, Register, SpaceId
from iowscp_desktop.domain.journal import EntryHash

Place = tuple[SpaceId, Register]
"""A register in its space."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What merging needs to know of an entry."""

    id: EntryId
    hash: EntryHash
    space: SpaceId
    register: Register
    replaces: tuple[EntryId, ...]


Journal = frozenset[Fact]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a journal amounts to.

    Attributes:
        heads: For each place, the entries that nobody who saw them replaced. One is a value, more are
            a conflict if they differ.
        strayed: Entries with an edge to an entry of another register or space, or to their own future.
            They are kept in quarantine and neither hold nor replace anything.
        forked: Ids that two different entries claim: one device wrote twice under one number.
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


def standing(journal: Iterable[Fact]) -> Standing:
    """Return what holds. A pure function of the set of facts."""
    facts = frozenset(journal)
    places: dict[EntryId, set[Place]] = defaultdict(set)
    hashes: dict[EntryId, set[EntryHash]] = defaultdict(set)
    for fact in facts:
        places[fact.id].add((fact.space, fact.register))
        hashes[fact.id].add(fact.hash)
    strayed = frozenset(
        fact.id
        for fact in facts
        for edge in fact.replaces
        if strays(fact, edge) or (edge in places and (fact.space, fact.register) not in places[edge])
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
