"""Predicates that ask for a place, such as `[position() <= position(current()/..)]`: no node has to be looked at.

A running total over a thousand instances asks this a thousand times, each time of up to a thousand nodes.
"""

import math
from collections.abc import Callable
from typing import Final

from iowscp_desktop.forms.xpath.expressions import Context, NumberRun
from iowscp_desktop.forms.xpath.nodes import Node
from iowscp_desktop.forms.xpath.syntax import Binary, Call, Expression, Filter, Negate, Number, Path

Keep = Callable[[Context, list[Node]], list[Node]]
"""A predicate: which of these candidates stay."""

_HERE: Final = Call("position", ())
_TURNED: Final = {"=": "=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


def sought_place(predicate: Expression) -> tuple[str, Expression] | None:
    """The comparison and the other side, when a predicate compares position() with what no candidate changes."""
    match predicate:
        case Number():
            return "=", predicate
        case Binary(operator=sign, left=left, right=right) if sign in _TURNED:
            if left == _HERE and _is_the_same_for_all(right):
                return sign, right
            if right == _HERE and _is_the_same_for_all(left):
                return _TURNED[sign], left
        case _:
            pass
    return None


def _is_the_same_for_all(tree: Expression) -> bool:
    match tree:
        case Number() | Call(name="current", arguments=()):
            return True
        case Negate(operand=operand):
            return _is_the_same_for_all(operand)
        case Binary(left=left, right=right):
            return _is_the_same_for_all(left) and _is_the_same_for_all(right)
        case Call(arguments=arguments):
            return bool(arguments) and all(_is_the_same_for_all(argument) for argument in arguments)
        case Filter(source=source, predicates=(), steps=steps):
            return _is_the_same_for_all(source) and not any(step.predicates for step in steps)
        case Path(absolute=True, steps=steps):
            return not any(step.predicates for step in steps)
        case _:
            return False


def kept_by_place(sign: str, number: NumberRun) -> Keep:
    """Keep the candidates whose place compares so with a number that is worked out once."""

    def keep(context: Context, nodes: list[Node]) -> list[Node]:
        sought = number(context)
        if math.isnan(sought):
            return []
        sought = max(-1.0, min(sought, len(nodes) + 1.0))
        match sign:
            case "=":
                return nodes[int(sought) - 1 : int(sought)] if sought >= 1 and sought.is_integer() else []
            case "<":
                return nodes[: max(0, math.ceil(sought) - 1)]
            case "<=":
                return nodes[: max(0, math.floor(sought))]
            case ">":
                return nodes[max(0, math.floor(sought)) :]
            case _:
                return nodes[max(0, math.ceil(sought) - 1) :]

    return keep
