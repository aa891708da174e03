"""Recomputing: only what depends on a change, each rule once, in order, and no further where nothing changed."""

import heapq
import math
from collections.abc import Iterable, Sequence
from datetime import tzinfo
from typing import Final, cast

from iowscp_desktop.errors import GoesInCircles
from iowscp_desktop.forms.casting import cast_result
from iowscp_desktop.forms.definition import Definition
from iowscp_desktop.forms.graph import Graph, Rule, Watch
from iowscp_desktop.forms.look import RULES
from iowscp_desktop.forms.tree import COUNT_ID, instance_seed, instances_of, plant
from iowscp_desktop.forms.xpath.answers import AnswerNode, Shape
from iowscp_desktop.forms.xpath.expressions import Context, Environment
from iowscp_desktop.forms.xpath.nodes import Node
from iowscp_desktop.forms.xpath.totals import Total

MOST_INSTANCES: Final = 1_000
_MOST_TURNS_BACK: Final = 20_000


class Recompute:
    """What is waiting to be worked out, and what has changed since somebody last asked."""

    def __init__(self, graph: Graph, env: Environment, *, acting: frozenset[int]) -> None:
        self._graph = graph
        self._env = env
        self._acting = acting
        self._pending: dict[int, dict[AnswerNode, None]] = {}
        self._ranks: list[int] = []
        self._changed: dict[AnswerNode, None] = {}
        self._hidden: dict[tuple[AnswerNode, int], list[AnswerNode]] = {}
        self._growing: dict[tuple[int, AnswerNode], None] = {}
        """Counts, by rank, and where they want more instances that have actions: when all else is worked out."""
        self._missed: set[AnswerNode] = set()
        """Nodes whose calculation was due while they were not relevant."""
        self.settled_by_hand: set[AnswerNode] = set()
        """Visible calculated questions whose saved answer stands until their inputs change."""

    @property
    def zone(self) -> tzinfo:
        """The session's zone."""
        return self._env.zone

    def context(self, node: AnswerNode) -> Context:
        """Where expressions of a node are worked out."""
        return Context(self._env, node, node)

    # --- changes -----------------------------------------------------------------------------

    def write(self, node: AnswerNode, text: str) -> bool:
        """Give a node a text. Says whether that changed anything."""
        if node.value == text:
            return False
        node.give(text)
        kept = node.kept
        if kept:  # a rule that reads the answer itself is told like any other reader
            node.kept = {name: kept[name] for name in RULES if name in kept}
        self._changed[node] = None
        if node.relevant:
            self._fire(node)
        return True

    def _touch(self, node: AnswerNode) -> None:
        """Forget what was worked out lazily about a node, and count it among the changed."""
        node.kept.clear()
        self._changed[node] = None

    def touch_all_below(self, node: AnswerNode) -> None:
        """The same for a node and all in it."""
        for inner in node.everything():
            self._touch(inner)

    def retranslate(self, node: AnswerNode) -> None:
        """Forget the words of a node and of all in it, but not what its rules have decided."""
        for inner in node.everything():
            decided = {name: inner.kept[name] for name in RULES if name in inner.kept}
            self._touch(inner)
            for name, verdict in decided.items():
                inner.keep(name, verdict)

    def taken(self) -> Iterable[AnswerNode]:
        """The nodes that have changed since this was last asked; those that are gone among them."""
        found, self._changed = self._changed, {}
        return found

    def _fire(self, node: AnswerNode) -> None:
        """Tell everyone who reads this node that it reads differently now."""
        readers = self._graph.readers[node.shape.index]
        pending = self._pending
        for rank, lone in readers.rules:
            if rank not in pending:
                pending[rank] = {self._env.singles[lone]: None}
                heapq.heappush(self._ranks, rank)
        for watch in readers.others:
            self._wake(watch, _climbed(node, watch.climb))
        if readers.total and self._env.totals:
            _unsettle(node, readers.total)

    def _fire_around(self, repeat: Shape, parent: AnswerNode) -> None:
        """Tell everyone outside a repeat's instances who reads any of them that they are others now."""
        for shape in (repeat, *repeat.below()):
            inside = shape.depth - parent.shape.depth
            for watch in self._graph.watches[shape.index]:
                if watch.climb >= inside:
                    self._wake(watch, _climbed(parent, watch.climb - inside))
            if self._graph.readers[shape.index].total:
                _forget(parent, self._graph.readers[shape.index].total)

    def _wake(self, watch: Watch, pivot: AnswerNode) -> None:
        readers: Sequence[AnswerNode]
        if watch.lone >= 0:
            readers = (self._env.singles[watch.lone],)
        elif watch.down:
            readers = pivot.reached(watch.down)
        else:
            readers = (pivot,)
        if watch.rank is None:
            for reader in readers:
                self._touch(reader)
        else:
            waiting = self._waiting(watch.rank)
            for reader in readers:
                waiting[reader] = None

    def _waiting(self, rank: int) -> dict[AnswerNode, None]:
        found = self._pending.get(rank)
        if found is None:
            found = self._pending[rank] = {}
            heapq.heappush(self._ranks, rank)
        return found

    def _expect(self, node: AnswerNode) -> None:
        """Let every rule of a node and of all in it be worked out."""
        for inner in node.everything():
            for rule in self._graph.at_place.get(inner.shape.index, ()):
                self._waiting(rule.rank)[inner] = None

    def expect_all(self, document: AnswerNode) -> None:
        """Let every rule of the whole response be worked out."""
        singles = self._env.singles
        for rule in self._graph.rules:
            host = rule.host
            nodes = document.reached(host.lineage()[1:]) if host.repeated else (singles[host.index],)
            if nodes:
                self._waiting(rule.rank).update(dict.fromkeys(nodes))

    def settle_relevance(self, node: AnswerNode) -> None:
        """Work out what is relevant in a new instance, and nothing else: its actions read it, then all else follows."""
        found = [
            (rule.rank, place, inner)
            for place, inner in enumerate(node.everything())
            for rule in self._graph.at_place.get(inner.shape.index, ())
            if rule.aspect == "relevant"
        ]
        for rank, _place, inner in sorted(found, key=lambda each: each[:2]):
            self._apply(self._graph.rules[rank], (inner,))

    # --- settling ----------------------------------------------------------------------------

    def settle(self) -> None:
        """Work out all that waits.

        Raises:
            GoesInCircles: Instances of a repeat keep changing each other.
        """
        ranks, rules, pending = self._ranks, self._graph.rules, self._pending
        last = -1
        turns_back = 0
        while ranks:
            rank = heapq.heappop(ranks)
            rule = rules[rank]
            if rank <= last:
                turns_back += 1
                if turns_back > _MOST_TURNS_BACK:
                    pending.clear()
                    ranks.clear()
                    raise GoesInCircles([rule.owner.shown])
            last = rank
            self._apply(rule, pending.pop(rank))

    def _apply(self, rule: Rule, nodes: Iterable[AnswerNode]) -> None:
        match rule.aspect:
            case "relevant":
                for node in nodes:
                    own = rule.run(Context(self._env, node, node)) if node.alive else node.own_relevant
                    if own is not node.own_relevant:
                        node.own_relevant = own
                        self.refresh(node)
            case "calculate":
                self._calculate(rule, nodes)
            case "count":
                for node in nodes:
                    if node.alive and node.relevant:
                        self._count(rule, node)

    def _calculate(self, rule: Rule, nodes: Iterable[AnswerNode]) -> None:
        env, run, kind = self._env, rule.run, rule.owner.bind.type
        for node in nodes:
            if not node.alive or node in self.settled_by_hand:
                continue
            if node.relevant:
                self.write(node, cast_result(kind, run(Context(env, node, node)), env.zone))
            else:
                self._missed.add(node)

    def refresh(self, node: AnswerNode) -> None:
        """Pass on to a node and all in it whether it is relevant, which it inherits."""
        stack = [node]
        while stack:
            at = stack.pop()
            relevant = at.own_relevant and at.above.relevant
            if relevant is at.relevant:
                continue
            at.become(relevant=relevant)
            self._touch(at)
            self._fire(at)
            if relevant:
                self._expect_values(at)
            for slot in at.slots:
                if isinstance(slot, list):
                    stack.extend(slot)
                else:
                    stack.append(slot)

    def _expect_values(self, node: AnswerNode) -> None:
        """Work out what was due while it was not relevant. What was not due keeps what it holds."""
        for rule in self._graph.at_place.get(node.shape.index, ()):
            if rule.aspect == "count" or (rule.aspect == "calculate" and node in self._missed):
                self._waiting(rule.rank)[node] = None
        self._missed.discard(node)

    # --- instances ---------------------------------------------------------------------------

    def _count(self, rule: Rule, parent: AnswerNode) -> None:
        """Bring a counted repeat to its number. What is too many is hidden, not deleted, and comes back."""
        repeat = rule.owner
        wanted = self._wanted(rule, parent)
        instances = instances_of(repeat, parent)
        before = len(instances)
        if before == wanted:
            return
        hidden = self._hidden.setdefault((parent, repeat.index), [])
        while len(instances) > wanted:
            gone = instances.pop()
            self._bury(gone)
            hidden.insert(0, gone)
        arrived: list[AnswerNode] = []
        while len(instances) < wanted and hidden:
            arrived.append(hidden.pop(0))
            instances.append(arrived[-1])
            for inner in arrived[-1].everything():
                inner.alive = True
        if len(instances) < wanted and repeat.index in self._acting:
            self._growing[rule.rank, parent] = None
        else:
            while len(instances) < wanted:
                arrived.append(_counted(repeat, parent, len(instances) + 1))
                instances.append(arrived[-1])
        for node in arrived:
            self.touch_all_below(node)
            self.refresh(node)
            self._expect(node)
        if len(instances) != before:
            self._changed_around(repeat, parent)

    def _wanted(self, rule: Rule, parent: AnswerNode) -> int:
        """How many instances a count wants in one place; none when it is no number."""
        phantom = AnswerNode(rule.owner, parent)
        number = cast("float", rule.run(Context(self._env, phantom, phantom)))
        return 0 if math.isnan(number) else int(max(0.0, min(number, float(MOST_INSTANCES))))

    def next_counted(self) -> AnswerNode | None:
        """The next instance that a count wants and that has actions, put in its place; None when there is none."""
        while self._growing:
            rank, parent = next(iter(self._growing))
            del self._growing[rank, parent]
            rule = self._graph.rules[rank]
            instances = instances_of(rule.owner, parent)
            if parent.alive and parent.relevant and len(instances) < self._wanted(rule, parent):
                node = _counted(rule.owner, parent, len(instances) + 1)
                self.insert(rule.owner, node, len(instances))
                self._waiting(rank)[parent] = None  # it may want more
                return node
        return None

    def insert(self, repeat: Definition, node: AnswerNode, position: int) -> None:
        """Put a new instance among the others. Its rules wait to be worked out."""
        parent = node.above
        instances = instances_of(repeat, parent)
        instances.insert(position, node)
        for later in instances[position:]:
            self.touch_all_below(later)
        self._expect(node)
        self._changed_around(repeat, parent)

    def remove(self, node: AnswerNode) -> None:
        """Take an instance away."""
        instances = node.siblings()
        position = node.position() - 1
        del instances[position]
        self._bury(node)
        for later in instances[position:]:
            self.touch_all_below(later)
        self._changed_around(node.shape, node.above)

    def _changed_around(self, repeat: Shape, parent: AnswerNode) -> None:
        self._touch(parent)
        self._fire_around(repeat, parent)

    def _bury(self, node: AnswerNode) -> None:
        for inner in node.everything():
            inner.alive = False

    def hidden(self, repeat: Definition, parent: AnswerNode) -> list[AnswerNode]:
        """The instances that a shrunken count hides, to be read and changed."""
        return self._hidden.setdefault((parent, repeat.index), [])


def _counted(repeat: Definition, parent: AnswerNode, number: int) -> AnswerNode:
    """An instance as a count makes it."""
    node = plant(instance_seed(repeat, number), parent)
    node.instance = f"{COUNT_ID}{number}"
    return node


def _climbed(node: AnswerNode, levels: int) -> AnswerNode:
    for _ in range(levels):
        node = node.above
    return node


def _unsettle(node: AnswerNode, total: str) -> None:
    """Let every total above that counts this node in read it again."""
    above = node.parent
    while isinstance(above, AnswerNode):
        kept = above.kept.get(total)
        if isinstance(kept, Total):
            kept.stale.append(node)
        above = above.parent


def _forget(node: AnswerNode, total: str) -> None:
    """Drop every total here and above: other nodes belong to it now."""
    above: Node | None = node
    while isinstance(above, AnswerNode):
        above.kept.pop(total, None)
        above = above.parent
