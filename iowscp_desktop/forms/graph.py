"""Which rule must wait for which, and who must look again when a place changes. Known before anyone answers."""

import heapq
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from iowscp_desktop.errors import GoesInCircles
from iowscp_desktop.forms.definition import Definition
from iowscp_desktop.forms.xpath.answers import Shape
from iowscp_desktop.forms.xpath.expressions import Context
from iowscp_desktop.forms.xpath.scope import Read

Aspect = Literal["relevant", "calculate", "count"]


@dataclass(slots=True, eq=False)
class Rule:
    """An expression that decides something others may depend on. `rank`: rules of lower rank come first."""

    owner: Definition
    aspect: Aspect
    run: Callable[[Context], object]
    reads: tuple[Read, ...]
    rank: int = 0

    @property
    def host(self) -> Definition:
        """The place whose nodes this rule runs on: a count runs where its repeat is, before it has instances."""
        parent = self.owner.parent
        return parent if self.aspect == "count" and isinstance(parent, Definition) else self.owner


@dataclass(frozen=True, slots=True)
class Watch:
    """Somebody reads a place: from one of its nodes climb to the pivot, then go down to who reads it.

    `rank` is the rule to run again; None means that only what is worked out lazily must be forgotten.
    """

    climb: int
    down: tuple[Shape, ...]
    lone: int
    """The index of the reader's only node when it is outside repeats, otherwise -1."""
    rank: int | None
    own: bool
    """Whether the pivot is the place itself: then a change of one node concerns only what is below that node."""


@dataclass(slots=True)
class Graph:
    """The rules by rank, the rules of each place, and the watches on each place."""

    rules: list[Rule] = field(default_factory=list[Rule])
    at_place: dict[int, list[Rule]] = field(default_factory=dict[int, list[Rule]])
    watches: list[list[Watch]] = field(default_factory=list[list[Watch]])


def build_graph(
    every: Sequence[Definition], rules: list[Rule], lazy: Iterable[tuple[Definition, Iterable[Read]]]
) -> Graph:
    """Order the rules and find out who watches what.

    Raises:
        GoesInCircles: Rules of one and the same instance wait for each other; it names their questions.
    """
    graph = Graph(rules=_ordered(rules), watches=[[] for _place in every])
    for rank, rule in enumerate(graph.rules):
        rule.rank = rank
        graph.at_place.setdefault(rule.host.index, []).append(rule)
        for watched, watch in _watches(rule.host, rule.reads, rank):
            graph.watches[watched].append(watch)
    for owner, reads in lazy:
        for watched, watch in _watches(owner, reads, None):
            graph.watches[watched].append(watch)
    graph.watches = [list(dict.fromkeys(found)) for found in graph.watches]
    return graph


def _watches(owner: Definition, reads: Iterable[Read], rank: int | None) -> Iterable[tuple[int, Watch]]:
    line = owner.lineage()
    for read in reads:
        pivot = read.pivot if read.pivot.depth <= owner.depth else owner
        lone = -1 if owner.repeated else owner.index
        down = tuple(line[pivot.depth + 1 :]) if owner.repeated else ()
        climb = read.shape.depth - pivot.depth
        yield read.shape.index, Watch(climb, down, lone, rank, own=climb == 0)


# --- order ---------------------------------------------------------------------------------------


def _ordered(rules: list[Rule]) -> list[Rule]:
    """Rules so that each comes after those it waits for. Waiting across instances bends where it must."""
    strict, loose = _edges(rules)
    circle = _circle(strict)
    if circle:
        raise GoesInCircles([rules[index].owner.shown for index in circle])
    waits = [strict[index] | loose[index] for index in range(len(rules))]
    component = _components(waits)
    kept = [
        {other for other in waits[index] if component[other] != component[index] or other in strict[index]}
        for index in range(len(rules))
    ]
    return [rules[index] for index in _sorted(kept)]


def _edges(rules: Sequence[Rule]) -> tuple[list[set[int]], list[set[int]]]:
    """For each rule those it waits for: `strict` in its own instance, `loose` in any."""
    deciding: dict[int, list[int]] = {}
    counting: dict[int, int] = {}
    for index, rule in enumerate(rules):
        if rule.aspect == "count":
            counting[rule.owner.index] = index
        else:
            deciding.setdefault(rule.owner.index, []).append(index)
    strict: list[set[int]] = [set() for _rule in rules]
    loose: list[set[int]] = [set() for _rule in rules]
    for index, rule in enumerate(rules):
        for shape in rule.host.lineage():  # what decides whether its node exists and is relevant
            strict[index].update(_relevances(rule, rules, deciding.get(shape.index, ())))
            if shape.index in counting and counting[shape.index] != index:
                loose[index].add(counting[shape.index])
        for read in rule.reads:
            crosses = _crosses(read)
            into = loose[index] if crosses else strict[index]
            for shape in read.shape.lineage():
                into.update(
                    other
                    for other in deciding.get(shape.index, ())
                    if (shape is read.shape or rules[other].aspect == "relevant")
                    and not (
                        other == index and shape is read.shape and not shape.is_leaf
                    )  # position(.): where it is, not what it says
                )
                if shape.index in counting:
                    loose[index].add(counting[shape.index])
    return strict, loose


def _relevances(rule: Rule, rules: Sequence[Rule], deciding: Iterable[int]) -> Iterable[int]:
    """The relevance rules of a place that a rule inside it, or on it, waits for."""
    for other in deciding:
        if rules[other] is not rule and rules[other].aspect == "relevant":
            yield other


def _crosses(read: Read) -> bool:
    """Whether a read may reach another instance than the reader's own."""
    shape: Shape | None = read.shape
    while shape is not None and shape is not read.pivot:
        if shape.repeats:
            return True
        shape = shape.parent
    return False


def _circle(waits: Sequence[set[int]]) -> list[int]:
    """Some circle of rules that wait for each other, or none."""
    state = [0] * len(waits)
    for start in range(len(waits)):
        if state[start]:
            continue
        trail: list[int] = []
        stack: list[tuple[int, bool]] = [(start, False)]
        while stack:
            at, done = stack.pop()
            if done:
                state[at] = 2
                trail.pop()
                continue
            if state[at] == 2:
                continue
            if state[at] == 1:
                continue
            state[at] = 1
            trail.append(at)
            stack.append((at, True))
            for other in sorted(waits[at]):
                if state[other] == 1:
                    return [*trail[trail.index(other) :], other]
                if state[other] == 0:
                    stack.append((other, False))
    return []


def _sorted(waits: Sequence[set[int]]) -> list[int]:
    """Every index after those it waits for, otherwise in the order of the form."""
    awaited: list[list[int]] = [[] for _rule in waits]
    missing = [len(found) for found in waits]
    for index, found in enumerate(waits):
        for other in found:
            awaited[other].append(index)
    ready = [index for index, count in enumerate(missing) if not count]
    heapq.heapify(ready)
    order: list[int] = []
    while ready:
        index = heapq.heappop(ready)
        order.append(index)
        for later in awaited[index]:
            missing[later] -= 1
            if not missing[later]:
                heapq.heappush(ready, later)
    left = [index for index, count in enumerate(missing) if count > 0]
    return order + left


def _components(waits: Sequence[set[int]]) -> list[int]:
    """For each rule the number of its group of rules that all wait for each other (Tarjan, without recursion)."""
    number = [-1] * len(waits)
    low = [0] * len(waits)
    group = [-1] * len(waits)
    open_rules: list[int] = []
    count = groups = 0
    for start in range(len(waits)):
        if number[start] >= 0:
            continue
        work: list[tuple[int, list[int]]] = [(start, sorted(waits[start]))]
        number[start] = low[start] = count
        count += 1
        open_rules.append(start)
        while work:
            at, others = work[-1]
            if others:
                other = others.pop()
                if number[other] < 0:
                    number[other] = low[other] = count
                    count += 1
                    open_rules.append(other)
                    work.append((other, sorted(waits[other])))
                elif group[other] < 0:
                    low[at] = min(low[at], number[other])
                continue
            work.pop()
            if work:
                low[work[-1][0]] = min(low[work[-1][0]], low[at])
            if low[at] == number[at]:
                while True:
                    member = open_rules.pop()
                    group[member] = groups
                    if member == at:
                        break
                groups += 1
    return group
