"""The tree of answers: shapes, which are known before anyone answers, and the nodes that have such a shape.

A path whose shape is known becomes a few list look-ups instead of a search by name.
"""

import math
from collections.abc import Iterator, Sequence
from typing import Any, Final, TypeVar, cast

from typing_extensions import override

from iowscp_desktop.forms.xpath.nodes import Node, NodeKind

NAN = math.nan
T = TypeVar("T")
_NOTHING_KEPT: Final[dict[str, object]] = {}
"""What all nodes share about which nothing was worked out yet: most nodes are never looked at."""


class Shape:
    """A place in a form: what every node at `path` has in common.

    `place` is its slot in a parent's node, `index` its number in the form, `shown` its name as the form writes it.
    """

    __slots__ = (
        "children",
        "depth",
        "index",
        "is_leaf",
        "kind",
        "name",
        "parent",
        "path",
        "place",
        "repeated",
        "repeats",
        "shown",
    )

    def __init__(self, name: str, parent: "Shape | None", index: int, *, shown: str = "") -> None:
        self.name = name
        self.kind: NodeKind = "attribute" if name.startswith("@") else "element"
        self.shown = shown or name
        self.parent = parent
        self.index = index
        self.repeats = False
        self.repeated: bool = parent is not None and parent.repeated
        self.children: dict[str, Shape] = {}
        self.depth: int = 0 if parent is None else parent.depth + 1
        self.place = 0
        self.is_leaf = True
        self.path: str = "" if parent is None else f"{parent.path}/{self.shown}"
        if parent is not None:
            self.place = len(parent.children)
            parent.children[name] = self
            parent.is_leaf = parent.is_leaf and name.startswith("@")

    def make_repeat(self) -> None:
        """Let there be any number of nodes of this shape beside each other. Only while a form is being loaded."""
        self.repeats = True
        for shape in (self, *self.below()):
            shape.repeated = True

    @override
    def __repr__(self) -> str:
        return f"Shape({self.path or '/'})"

    def lineage(self) -> list["Shape"]:
        """The shapes from the document down to this one."""
        found: list[Shape] = []
        shape: Shape | None = self
        while shape is not None:
            found.append(shape)
            shape = shape.parent
        return found[::-1]

    def below(self) -> Iterator["Shape"]:
        """Every shape below this one, in document order."""
        stack = list(self.children.values())[::-1]
        while stack:
            shape = stack.pop()
            yield shape
            stack.extend(list(shape.children.values())[::-1])

    def repeat(self) -> "Shape | None":
        """The innermost repeat this shape is in (or is)."""
        shape: Shape | None = self
        while shape is not None and not shape.repeats:
            shape = shape.parent
        return shape

    def shares_with(self, other: "Shape") -> "Shape":
        """The deepest shape that is above, or is, both."""
        one, two = self, other
        while one.depth > two.depth and one.parent is not None:
            one = one.parent
        while two.depth > one.depth and two.parent is not None:
            two = two.parent
        while one is not two and one.parent is not None and two.parent is not None:
            one, two = one.parent, two.parent
        return one


class AnswerNode(Node):
    """One node of a response. `value` is its text; groups have slots instead."""

    __slots__ = (
        "alive",
        "instance",
        "kept",
        "number",
        "own_relevant",
        "place",
        "reads",
        "relevant",
        "shape",
        "slots",
        "value",
    )

    def __init__(self, shape: Shape, parent: "AnswerNode | None", value: str = "", number: float | None = None) -> None:
        # what Node would set is set here: a form has thousands of nodes, and each call counts
        self.name = shape.name
        self.parent = parent
        self.kind = shape.kind
        self.shape = shape
        self.value = value
        """What the answer is, relevant or not."""
        relevant: bool = parent is None or parent.relevant
        self.own_relevant = self.alive = True
        self.relevant: bool = relevant
        self.reads = value if relevant else ""
        """What expressions read here."""
        self.number = number if relevant else None
        """`reads` as a number, once somebody has asked for it."""
        self.instance = ""
        self.place = 0
        """Where it was last found among its siblings, counted from 0."""
        self.slots: Sequence[Any] = ()
        """A node for each place below, or the list of a repeat's instances. Which of the two, the shape knows."""
        self.kept = _NOTHING_KEPT
        """What was worked out lazily about this node, until something it depends on changes. `keep` adds to it."""

    def keep(self, name: str, found: T) -> T:
        """Remember what was worked out about this node."""
        if self.kept is _NOTHING_KEPT:
            self.kept = {}
        self.kept[name] = found
        return found

    def give(self, value: str) -> None:
        """Let this be the answer."""
        self.value = value
        self.reads = value if self.relevant else ""
        self.number = None

    def become(self, *, relevant: bool) -> None:
        """Be relevant from now on, or no longer. What is not relevant keeps its answer and reads as empty."""
        self.relevant = relevant
        self.reads = self.value if relevant else ""
        self.number = None

    @property
    def above(self) -> "AnswerNode":
        """The parent, which every node but the document's has."""
        return cast("AnswerNode", self.parent)

    @property
    @override
    def counts(self) -> bool:
        """Expressions see relevant answers only."""
        return self.relevant

    @override
    def string(self) -> str:
        """The answer's text; a group's is that of everything relevant in it."""
        if self.shape.is_leaf or not self.relevant:
            return self.reads
        return "".join(child.string() for child in self.elements())

    @override
    def elements(self) -> Sequence["AnswerNode"]:
        """Child nodes in document order, each repeat's instances in theirs."""
        found: list[AnswerNode] = []
        for slot in self.slots:
            if isinstance(slot, list):
                found.extend(slot)
            elif slot.name[0] != "@":
                found.append(slot)
        return found

    @override
    def attributes(self) -> Sequence[Node]:
        """Attributes, whose names are kept with their @."""
        return [slot for slot in self.slots if isinstance(slot, AnswerNode) and slot.name[0] == "@"]

    def everything(self) -> Iterator["AnswerNode"]:
        """This node and every node below it, attributes too, in document order."""
        stack: list[AnswerNode] = [self]
        while stack:
            node = stack.pop()
            yield node
            for slot in reversed(node.slots):
                if isinstance(slot, list):
                    stack.extend(reversed(slot))
                else:
                    stack.append(slot)

    def siblings(self) -> list["AnswerNode"]:
        """The instances of the repeat that this node is an instance of; itself alone when it is none."""
        if self.parent is None or not self.shape.repeats:
            alone: list[AnswerNode] = [self]
            return alone
        kin: list[AnswerNode] = self.above.slots[self.shape.place]
        return kin

    def position(self) -> int:
        """The place among its siblings, counted from 1. Looked for only when it is not where it was."""
        kin = self.siblings()
        if self.place >= len(kin) or kin[self.place] is not self:
            for place, node in enumerate(kin):
                node.place = place
        return self.place + 1

    def ancestor(self, shape: Shape) -> "AnswerNode":
        """This node or the one above it that has the shape."""
        node = self
        for _ in range(self.shape.depth - shape.depth):
            node = node.above
        return node

    def reached(self, down: Sequence[Shape]) -> list["AnswerNode"]:
        """The nodes a chain of shapes leads to from here, through every instance of repeats on the way."""
        nodes: list[AnswerNode] = [self]
        for shape in down:
            place = shape.place
            if not shape.repeats:
                nodes = [node.slots[place] for node in nodes]
            elif len(nodes) == 1:
                nodes = list(nodes[0].slots[place])
            else:
                nodes = [kid for node in nodes for kid in node.slots[place]]
        return nodes
