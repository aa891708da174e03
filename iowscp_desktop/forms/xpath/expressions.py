"""A compiled expression: a closure, what kind of value it gives, and closures that convert it."""

import math
from collections.abc import Callable
from datetime import datetime, tzinfo
from random import Random
from typing import Literal, NamedTuple, cast

from iowscp_desktop.forms.xpath.answers import AnswerNode, Shape
from iowscp_desktop.forms.xpath.dates import days_of_text
from iowscp_desktop.forms.xpath.nodes import Node, TreeNode
from iowscp_desktop.forms.xpath.values import NAN, Value, plain_number, text_of, text_of_number, truth_of

Kind = Literal["number", "text", "date", "boolean", "nodes", "any"]
"""What an expression is known to give. A date is a text that compares as a number of days."""


class Environment:
    """What an expression may ask of the world around it. Sessions say more; this one knows only documents."""

    def __init__(self, document: Node, *, moment: datetime, zone: tzinfo, random: Random) -> None:
        self.document = document
        self.moment = moment
        self.zone = zone
        self.local = zone
        """The zone whose clocks are shown; sessions reckon with one offset of it, for days are 24 hours long."""
        self.random = random
        self.totals = False
        """Whether any sum over a repeat is kept."""
        self.singles: list[AnswerNode] = []
        """For every shape outside repeats its only node, by the shape's index."""

    def new_uuid(self) -> str:
        """A fresh identifier."""
        return f"{self.random.getrandbits(128):032x}"

    def instance(self, name: str) -> list[Node]:
        """The element(s) that `instance('name')` stands for; none when there is no such instance."""
        del name
        return []

    def translation(self, text_id: str, context: "Context") -> Value:
        """The text of an id in the language now chosen."""
        del context
        return text_id

    def choice_label(self, path: str, value: str, context: "Context") -> str:
        """The label of one choice of the question at `path`."""
        del path, context
        return value


class Context:
    """Where an expression is being worked out."""

    __slots__ = ("current", "env", "node", "position", "size")

    def __init__(self, env: Environment, node: Node, current: Node, position: int = 1, size: int = 1) -> None:
        self.env = env
        self.node = node
        self.current = current
        self.position = position
        self.size = size


Run = Callable[[Context], Value]
TextRun = Callable[[Context], str]
NumberRun = Callable[[Context], float]
TruthRun = Callable[[Context], bool]
NodesRun = Callable[[Context], list[Node]]


class Course(NamedTuple):
    """The way of a path that is known beforehand: a node to set out from, and the places down from there."""

    pivot: Callable[[Context], AnswerNode]
    down: tuple[Shape, ...]
    lone: bool
    """Whether it always reaches exactly one node."""
    leaf: int = -1
    """The index of the leaf outside repeats that it reaches; -1 when it is anything else."""


class Compiled:
    """An expression ready to run. `shapes` are those of the nodes it gives, where that is known beforehand."""

    __slots__ = ("course", "fixed", "kind", "quick_number", "run", "shapes", "text")

    def __init__(
        self,
        kind: Kind,
        run: Run,
        *,
        text: TextRun | None = None,
        quick_number: NumberRun | None = None,
        shapes: frozenset[Shape] = frozenset(),
        course: "Course | None" = None,
    ) -> None:
        self.kind: Kind = kind
        self.run = run
        self.text: TextRun = text or _as_text(kind, run)
        self.quick_number = quick_number
        """The number of a lone answer, remembered beside its text; None for all else."""
        self.shapes = shapes
        self.course = course
        """The way of a path that is known beforehand; None for all else."""
        self.fixed: Value | None = None
        """What it always gives; None when that depends."""

    def number(self) -> NumberRun:
        """The value as a number: dates are days, what is no number is NaN."""
        if self.kind == "number":
            return cast("NumberRun", self.run)
        if self.quick_number is not None:
            return self.quick_number
        if self.kind == "boolean":
            run = cast("TruthRun", self.run)
            return lambda context: 1.0 if run(context) else 0.0
        if self.kind == "any":
            anything = self.run
            return lambda context: number_of(anything(context), context)
        text = self.text
        return lambda context: number_of_text(text(context), context.env.zone)

    def truth(self) -> TruthRun:
        """The value as true or false."""
        if self.kind == "boolean":
            return cast("TruthRun", self.run)
        run = self.run
        if self.kind == "number":
            number = cast("NumberRun", self.run)
            return lambda context: (value := number(context)) != 0 and not math.isnan(value)
        return lambda context: truth_of(run(context))

    def nodes(self) -> NodesRun:
        """The value as nodes; a value that is none gives none."""
        run = self.run
        if self.kind == "nodes":
            return cast("NodesRun", run)

        def only_nodes(context: Context) -> list[Node]:
            value = run(context)
            return value if isinstance(value, list) else []

        return only_nodes

    def texts(self, *, relevant_only: bool = False) -> Callable[[Context], list[str]]:
        """Each node's text, or the one value as text. A node that is not relevant reads as empty."""
        run, text = self.run, self.text
        if self.kind not in {"nodes", "any"}:
            return lambda context: [text(context)]

        def every(context: Context) -> list[str]:
            value = run(context)
            if isinstance(value, list):
                return [node.string() for node in value if node.counts or not relevant_only]
            return [text_of(value)]

        return every


def _as_text(kind: Kind, run: Run) -> TextRun:
    if kind in {"text", "date"}:
        return cast("TextRun", run)
    if kind == "number":
        number = cast("NumberRun", run)
        return lambda context: text_of_number(number(context))
    if kind == "boolean":
        return lambda context: "true" if run(context) else "false"
    return lambda context: text_of(run(context))


def number_of_text(text: str, zone: tzinfo) -> float:
    """A text as a number: what it writes out, the days of a date, or NaN."""
    if not text:
        return NAN
    number = plain_number(text)
    return days_of_text(text, zone) if number is None else number


def number_read(node: AnswerNode, zone: tzinfo) -> float:
    """A leaf as a number, which it remembers until it reads differently."""
    number = node.number
    if number is None:
        text = node.reads
        number = float(text) if text.isdecimal() and text.isascii() else number_of_text(text, zone)
        node.number = number
    return number


def number_of(value: Value, context: Context) -> float:
    """Any value as a number."""
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    if isinstance(value, float | int):
        return float(value)
    if isinstance(value, list):
        return number_of_text(value[0].string(), context.env.zone) if value else NAN
    return number_of_text(value, context.env.zone)


def constant(kind: Kind, value: Value) -> Compiled:
    """An expression that is always the same."""
    written = text_of(value)
    compiled = Compiled(kind, lambda _context: value, text=lambda _context: written)
    compiled.fixed = value
    return compiled


def lone_text(text: str) -> list[Node]:
    """A text as a node of its own, for what must be nodes."""
    return [TreeNode("", None, "text", text)]
