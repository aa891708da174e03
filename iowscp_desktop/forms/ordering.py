"""Ordering things that wait for each other. Things are numbers; `waits[n]` are those that n waits for. No recursion."""

import heapq
from collections.abc import Sequence

Waits = Sequence[set[int]]


def circle(waits: Waits) -> list[int]:
    """Some circle of things that wait for each other, its first named again at the end; empty when there is none."""
    group = groups(waits)
    for start, found in enumerate(waits):
        if start in found:
            return [start, start]
        at, trail = start, [start]
        while inside := [other for other in sorted(waits[at]) if group[other] == group[start]]:
            at = inside[0]
            if at in trail:
                return [*trail[trail.index(at) :], at]
            trail.append(at)
    return []


def in_order(waits: Waits) -> list[int]:
    """Every thing after those it waits for, otherwise in the order of their numbers. There must be no circle."""
    awaited: list[list[int]] = [[] for _thing in waits]
    missing = [len(found) for found in waits]
    for index, found in enumerate(waits):
        for other in found:
            awaited[other].append(index)
    ready = [index for index, count in enumerate(missing) if not count]
    order: list[int] = []
    while ready:
        index = heapq.heappop(ready)
        order.append(index)
        for later in awaited[index]:
            missing[later] -= 1
            if not missing[later]:
                heapq.heappush(ready, later)
    return order


def groups(waits: Waits) -> list[int]:
    """For each thing the number of its group: things of one group all wait for each other (Tarjan)."""
    search = _Search(waits)
    for start in range(len(waits)):
        search.explore(start)
    return search.group


class _Search:
    """Tarjan's search: `low` is the earliest thing still open that a thing can reach."""

    def __init__(self, waits: Waits) -> None:
        self.group = [-1] * len(waits)
        self._waits = waits
        self._number = [-1] * len(waits)
        self._low = [0] * len(waits)
        self._open: list[int] = []
        self._work: list[tuple[int, list[int]]] = []
        self._count = 0
        self._groups = 0

    def explore(self, start: int) -> None:
        """Go everywhere from here that nobody has been."""
        if self._number[start] < 0:
            self._enter(start)
        while self._work:
            at, others = self._work[-1]
            if others:
                self._look_at(at, others.pop())
            else:
                self._leave(at)

    def _enter(self, thing: int) -> None:
        self._number[thing] = self._low[thing] = self._count
        self._count += 1
        self._open.append(thing)
        self._work.append((thing, sorted(self._waits[thing])))

    def _look_at(self, at: int, other: int) -> None:
        if self._number[other] < 0:
            self._enter(other)
        elif self.group[other] < 0:
            self._low[at] = min(self._low[at], self._number[other])

    def _leave(self, at: int) -> None:
        self._work.pop()
        if self._work:
            above = self._work[-1][0]
            self._low[above] = min(self._low[above], self._low[at])
        if self._low[at] != self._number[at]:
            return
        member = -1
        while member != at:
            member = self._open.pop()
            self.group[member] = self._groups
        self._groups += 1
