"""The sum of a question over all instances of a repeat, kept up to date: one answer does not make it add up everything.

A total is kept on the node that its path goes down from, until instances come or go or that node changes.
"""

import math
from collections.abc import Callable, Sequence
from datetime import tzinfo

from iowscp_desktop.forms.xpath.answers import AnswerNode, Shape
from iowscp_desktop.forms.xpath.expressions import Compiled, Context, number_read
from iowscp_desktop.forms.xpath.number_functions import each_number
from iowscp_desktop.forms.xpath.scope import Scope
from iowscp_desktop.forms.xpath.syntax import Expression

CompileIn = Callable[[Expression, Scope], Compiled]


def total_name(shape: Shape) -> str:
    """The name that the total of a place is kept under."""
    return f"total {shape.index}"


class Total:
    """The numbers of some nodes in their order, those that are not relevant as nothing, and their sum."""

    __slots__ = ("_nodes", "_numbers", "_places", "_zone", "stale")

    def __init__(self, nodes: Sequence[AnswerNode], zone: tzinfo) -> None:
        self._nodes = nodes
        self._zone = zone
        self._numbers = [number_read(node, zone) if node.relevant else 0.0 for node in nodes]
        self._places: dict[AnswerNode, int] = {}
        self.stale: list[AnswerNode] = []
        """The nodes that read differently since the sum was last asked for."""

    def sum(self) -> float:
        """The sum now."""
        if self.stale:
            self._read_again()
        return _sum(self._numbers)

    def _read_again(self) -> None:
        if not self._places:
            self._places = {node: place for place, node in enumerate(self._nodes)}
        for node in self.stale:
            self._numbers[self._places[node]] = number_read(node, self._zone) if node.relevant else 0.0
        self.stale.clear()


def compile_sum(arguments: Sequence[Expression], scope: Scope, compile_in: CompileIn) -> Compiled:
    """Compile sum(): as XPath has it, so one node that holds no number makes the whole no number."""
    given = compile_in(arguments[0], scope)
    run, course = given.run, given.course
    if course is None or course.lone or not course.down[-1].is_leaf:
        return Compiled("number", lambda context: _sum(each_number(context, (run(context),))))
    pivot, down = course.pivot, course.down
    name = total_name(down[-1])

    def total(context: Context) -> float:
        above = pivot(context)
        kept = above.kept.get(name)
        if not isinstance(kept, Total):
            kept = above.keep(name, Total(above.reached(down), context.env.zone))
            context.env.totals = True
        return kept.sum()

    return Compiled("number", total)


def _sum(numbers: Sequence[float]) -> float:
    """The sum, rounded once."""
    try:
        return math.fsum(numbers)
    except (OverflowError, ValueError):  # past the largest number, or infinities of both signs
        return sum(numbers)
