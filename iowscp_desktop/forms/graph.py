"""Which rule must wait for which, and who must look again when a place changes. Known before anyone answers."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal, NamedTuple

from iowscp_desktop.errors import GoesInCircles
from iowscp_desktop.forms.definition import Definition
from iowscp_desktop.forms.ordering import circle, groups, in_order
from iowscp_desktop.forms.xpath.answers import Shape
from iowscp_desktop.forms.xpath.expressions import Context
from iowscp_desktop.forms.xpath.scope import Read
from iowscp_desktop.forms.xpath.totals import total_name

Aspect = Literal["relevant", "calculate", "count"]


@dataclass(slots=True, eq=False)
class Rule:
    """An expression that decides something others may depend on. `rank`: rules of lower rank come first."""

    owner: Definition
    aspect: Aspect
    run: Callable[[Context], Any]
    """Gives what its aspect is about: true or false, a text, or a number."""
    reads: tuple[Read, ...]
    rank: int = 0

    @property
    def host(self) -> Definition:
        """The place whose nodes this rule runs on: a count runs where its repeat is, before it has instances."""
        parent = self.owner.parent
        return parent if self.aspect == "count" and isinstance(parent, Definition) else self.owner


class Watch(NamedTuple):
    """Somebody reads a place: from one of its nodes climb to the pivot, then go down to who reads it.

    `rank` is the rule to run again; None means that only what is worked out lazily must be forgotten.
    """

    climb: int
    down: tuple[Shape, ...]
    lone: int
    """The index of the reader's only node when it is outside repeats, otherwise -1."""
    rank: int | None


class Readers(NamedTuple):
    """Who must look again when a node of a place reads differently, sorted by what has to be done."""

    rules: tuple[tuple[int, int], ...] = ()
    """Rules outside repeats: their rank, and the index of the only node they run on."""
    others: tuple[Watch, ...] = ()
    total: str = ""
    """The name under which sums over the place's nodes in many instances are kept; '' when nobody reads those."""


NOBODY: Final = Readers()


@dataclass(slots=True)
class Graph:
    """The rules by rank, the rules of each place, and the watches on each place."""

    rules: list[Rule] = field(default_factory=list[Rule])
    at_place: dict[int, list[Rule]] = field(default_factory=dict[int, list[Rule]])
    watches: list[tuple[Watch, ...]] = field(default_factory=list[tuple[Watch, ...]])
    readers: list[Readers] = field(default_factory=list[Readers])


def build_graph(
    every: Sequence[Definition], rules: list[Rule], lazy: Iterable[tuple[Definition, Iterable[Read]]]
) -> Graph:
    """Order the rules and find out who watches what.

    Raises:
        GoesInCircles: Rules of one and the same instance wait for each other; it names their questions.
    """
    graph = Graph(rules=_ordered(rules))
    found: list[dict[Watch, None]] = [{} for _place in every]
    for rank, rule in enumerate(graph.rules):
        rule.rank = rank
        graph.at_place.setdefault(rule.host.index, []).append(rule)
        for watched, watch in _watches(rule.host, rule.reads, rank):
            found[watched][watch] = None
    for owner, reads in lazy:
        for watched, watch in _watches(owner, reads, None):
            found[watched][watch] = None
    for place, watches in zip(every, found, strict=True):
        graph.watches.append(tuple(watches))
        graph.readers.append(_sorted(place, watches))
    return graph


def _watches(owner: Definition, reads: Iterable[Read], rank: int | None) -> Iterable[tuple[int, Watch]]:
    line = owner.lineage()
    for read in reads:
        pivot = read.pivot if read.pivot.depth <= owner.depth else owner
        lone = -1 if owner.repeated else owner.index
        down = tuple(line[pivot.depth + 1 :]) if owner.repeated else ()
        yield read.shape.index, Watch(read.shape.depth - pivot.depth, down, lone, rank)


def _sorted(place: Definition, watches: Iterable[Watch]) -> Readers:
    if not watches:
        return NOBODY
    rules = tuple((watch.rank, watch.lone) for watch in watches if watch.lone >= 0 and watch.rank is not None)
    others = tuple(watch for watch in watches if watch.lone < 0 or watch.rank is None)
    repeat = place.repeat()
    inside = place.depth - repeat.depth if repeat is not None else place.depth
    crossed = repeat is not None and any(watch.climb > inside for watch in watches)
    return Readers(rules, others, total_name(place) if crossed else "")


# --- order ---------------------------------------------------------------------------------------


def _ordered(rules: list[Rule]) -> list[Rule]:
    """Rules so that each comes after those it waits for. Waiting across instances bends where it must."""
    strict, loose = _edges(rules)
    waits = [always | sometimes for always, sometimes in zip(strict, loose, strict=True)]
    order = in_order(waits)
    if len(order) < len(rules):
        order = _bent(rules, strict, waits)
    return [rules[index] for index in order]


def _bent(rules: list[Rule], strict: list[set[int]], waits: list[set[int]]) -> list[int]:
    """The order when some rules wait for each other: across instances they may, in the same instance they must not."""
    found = circle(strict)
    if found:
        raise GoesInCircles([rules[index].owner.shown for index in found])
    group = groups(waits)
    kept = [
        {other for other in waits[index] if group[other] != group[index] or other in strict[index]}
        for index in range(len(rules))
    ]
    return in_order(kept)


def _edges(rules: Sequence[Rule]) -> tuple[list[set[int]], list[set[int]]]:
    """For each rule those it waits for: `strict` in its own instance, `loose` in any."""
    table = _Table(rules)
    strict: list[set[int]] = []
    loose: list[set[int]] = []
    for index, rule in enumerate(rules):
        always, sometimes = table.existence(index)
        for read in rule.reads:
            into = sometimes if crosses(read) else always
            into |= table.deciding(read, index)
            sometimes |= table.counting(read.shape)
        strict.append(always)
        loose.append(sometimes)
    return strict, loose


class _Table:
    """The rules by what they decide."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = rules
        self._at: dict[int, list[int]] = {}
        self._counts: dict[int, int] = {}
        self._known_counts: dict[int, frozenset[int]] = {}
        self._known_relevances: dict[int, frozenset[int]] = {}
        for index, rule in enumerate(rules):
            if rule.aspect == "count":
                self._counts[rule.owner.index] = index
            else:
                self._at.setdefault(rule.owner.index, []).append(index)

    def existence(self, index: int) -> tuple[set[int], set[int]]:
        """What decides whether a rule's node is relevant, and whether it exists at all."""
        host = self._rules[index].host
        return set(self._relevances(host) - {index}), set(self.counting(host) - {index})

    def deciding(self, read: Read, index: int) -> frozenset[int]:
        """What decides how a place reads: its own rules, and whether it and all above it are relevant."""
        found = self._relevances(read.shape).union(self._at.get(read.shape.index, ()))
        if not read.shape.is_leaf and self._rules[index].owner is read.shape:
            return found - {index}  # position(.) asks where it is, not what it says
        return found

    def counting(self, shape: Shape) -> frozenset[int]:
        """The counts of the repeats that a place lies in."""
        known = self._known_counts.get(shape.index)
        if known is None:
            above = self.counting(shape.parent) if shape.parent is not None else frozenset[int]()
            own = self._counts.get(shape.index)
            known = self._known_counts[shape.index] = above if own is None else above | {own}
        return known

    def _relevances(self, shape: Shape) -> frozenset[int]:
        """What decides whether a place and all above it are relevant."""
        known = self._known_relevances.get(shape.index)
        if known is None:
            above = self._relevances(shape.parent) if shape.parent is not None else frozenset[int]()
            own = [other for other in self._at.get(shape.index, ()) if self._rules[other].aspect == "relevant"]
            known = self._known_relevances[shape.index] = above.union(own) if own else above
        return known


def crosses(read: Read) -> bool:
    """Whether a read may reach another instance than the reader's own."""
    shape: Shape | None = read.shape
    while shape is not None and shape is not read.pivot:
        if shape.repeats:
            return True
        shape = shape.parent
    return False
