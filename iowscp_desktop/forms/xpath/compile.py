"""Compiles a syntax tree to closures, each node once, with conversions chosen beforehand wherever kinds are known."""

import math
import operator
from collections.abc import Callable, Sequence
from typing import Final, cast

from iowscp_desktop.forms.xpath.expressions import Compiled, Context, Kind, NumberRun, TruthRun, constant, number_of
from iowscp_desktop.forms.xpath.functions import compile_call
from iowscp_desktop.forms.xpath.nodes import in_document_order
from iowscp_desktop.forms.xpath.parser import parse
from iowscp_desktop.forms.xpath.paths import (
    Start,
    compile_steps,
    filtered,
    from_current,
    from_document,
    from_here,
)
from iowscp_desktop.forms.xpath.scope import Scope
from iowscp_desktop.forms.xpath.syntax import Binary, Call, Expression, Filter, Negate, Number, Path, Text
from iowscp_desktop.forms.xpath.values import NAN, Value, text_of, truth_of

_SUMS: Final = frozenset({"+", "-"})
_PRODUCTS: Final = frozenset({"*", "div", "mod"})
_ORDERS: Final[dict[str, Callable[[float, float], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def compile_text(expression: str, scope: Scope) -> Compiled:
    """Parse and compile an expression.

    Raises:
        ExpressionUnreadable: It is not XPath.
        UnknownFunction: It calls what does not exist (unless the scope collects those).
    """
    return compile_tree(parse(expression), scope)


def compile_tree(tree: Expression, scope: Scope) -> Compiled:
    """Compile a parsed expression."""
    match tree:
        case Number(value):
            return constant("number", value)
        case Text(value):
            return constant("text", value)
        case Negate(operand):
            number = compile_tree(operand, scope).number()
            return Compiled("number", lambda context: -number(context))
        case Binary(symbol):
            return _binary(symbol, tree, scope)
        case Call(name, arguments):
            return compile_call(name, arguments, scope, compile_tree)
        case Path(absolute, steps):
            if absolute:
                start, rest = from_document(steps, scope)
                return compile_steps(start, rest, scope, compile_tree)
            return compile_steps(from_here(scope), steps, scope, compile_tree)
        case Filter():
            return _filter(tree, scope)


def _filter(tree: Filter, scope: Scope) -> Compiled:
    source = tree.source
    if isinstance(source, Call) and not tree.predicates:
        if source.name == "current":
            return compile_steps(from_current(scope), tree.steps, scope, compile_tree)
        if source.name == "instance" and _names_the_answers(source, scope):
            return compile_tree(Path(absolute=True, steps=tree.steps), scope)
    base = compile_tree(source, scope)
    inside = scope.inside(base.shapes, scope.document)
    run = filtered(base.nodes(), [compile_tree(predicate, inside) for predicate in tree.predicates])
    return compile_steps(Start(run, base.shapes, scope.document), tree.steps, scope, compile_tree)


def _names_the_answers(call: Call, scope: Scope) -> bool:
    return len(call.arguments) == 1 and isinstance(call.arguments[0], Text) and call.arguments[0].value in scope.shared


# --- operators -----------------------------------------------------------------------------------


def _binary(symbol: str, tree: Binary, scope: Scope) -> Compiled:
    if symbol in {"and", "or"}:
        return _logic(symbol, [compile_tree(part, scope).truth() for part in _chain(tree, {symbol})[1]])
    if symbol in _SUMS:
        symbols, parts = _chain(tree, _SUMS)
        return _summed(symbols, [compile_tree(part, scope).number() for part in parts])
    if symbol in _PRODUCTS:
        symbols, parts = _chain(tree, _PRODUCTS)
        return _multiplied(symbols, [compile_tree(part, scope).number() for part in parts])
    if symbol == "|":
        return _union([compile_tree(part, scope) for part in _chain(tree, {"|"})[1]])
    left, right = compile_tree(tree.left, scope), compile_tree(tree.right, scope)
    if symbol in _ORDERS:
        return Compiled("boolean", _ordered(_ORDERS[symbol], left, right))
    return Compiled("boolean", _equal(left, right, negated=symbol == "!="))


def _chain(tree: Binary, symbols: frozenset[str] | set[str]) -> tuple[list[str], list[Expression]]:
    """A + b - c as ([+, -], [a, b, c]): long sums must not cost a stack frame for each term."""
    found: list[str] = []
    parts: list[Expression] = []
    at: Expression = tree
    while isinstance(at, Binary) and at.operator in symbols:
        found.append(at.operator)
        parts.append(at.right)
        at = at.left
    parts.append(at)
    return found[::-1], parts[::-1]


def _logic(symbol: str, parts: Sequence[TruthRun]) -> Compiled:
    if len(parts) == 2:
        one, two = parts
        if symbol == "and":
            return Compiled("boolean", lambda context: one(context) and two(context))
        return Compiled("boolean", lambda context: one(context) or two(context))
    if symbol == "and":
        return Compiled("boolean", lambda context: all(part(context) for part in parts))
    return Compiled("boolean", lambda context: any(part(context) for part in parts))


def _summed(symbols: Sequence[str], parts: Sequence[NumberRun]) -> Compiled:
    first, *others = parts
    signed = tuple(zip((1.0 if symbol == "+" else -1.0 for symbol in symbols), others, strict=True))

    def run(context: Context) -> float:
        total = first(context)
        for sign, part in signed:
            total += sign * part(context)
        return total

    return Compiled("number", run)


def _multiplied(symbols: Sequence[str], parts: Sequence[NumberRun]) -> Compiled:
    first, *others = parts
    doing = tuple(zip((_ARITHMETIC[symbol] for symbol in symbols), others, strict=True))

    def run(context: Context) -> float:
        total = first(context)
        for act, part in doing:
            total = act(total, part(context))
        return total

    return Compiled("number", run)


def _divide(one: float, two: float) -> float:
    if two == 0:
        if one == 0 or math.isnan(one):
            return NAN
        return math.copysign(math.inf, one) * math.copysign(1.0, two)
    return one / two


def _remainder(one: float, two: float) -> float:
    if two == 0 or math.isinf(one) or math.isnan(one) or math.isnan(two):
        return NAN
    return math.fmod(one, two)


_ARITHMETIC: Final[dict[str, Callable[[float, float], float]]] = {
    "*": operator.mul,
    "div": _divide,
    "mod": _remainder,
}


def _union(parts: Sequence[Compiled]) -> Compiled:
    runs = [part.nodes() for part in parts]
    shapes = frozenset(shape for part in parts for shape in part.shapes)
    return Compiled(
        "nodes",
        lambda context: in_document_order(node for run in runs for node in run(context)),
        shapes=shapes,
    )


# --- comparisons ---------------------------------------------------------------------------------


def _ordered(compare: Callable[[float, float], bool], left: Compiled, right: Compiled) -> TruthRun:
    """< and its like compare numbers; of nodes, any pair that fits will do."""
    if not _may_be_nodes(left) and not _may_be_nodes(right):
        one, two = left.number(), right.number()
        return lambda context: compare(one(context), two(context))
    first, second = _numbers(left), _numbers(right)
    return lambda context: any(compare(one, two) for one in first(context) for two in second(context))


def _may_be_nodes(compiled: Compiled) -> bool:
    return compiled.kind in {"nodes", "any"}


def _numbers(compiled: Compiled) -> Callable[[Context], list[float]]:
    if not _may_be_nodes(compiled):
        number = compiled.number()
        return lambda context: [number(context)]
    run = compiled.run

    def every(context: Context) -> list[float]:
        value = run(context)
        if isinstance(value, list):
            return [number_of(node.string(), context) for node in value]
        return [number_of(value, context)]

    return every


def _equal(left: Compiled, right: Compiled, *, negated: bool) -> TruthRun:
    kinds: set[Kind] = {left.kind, right.kind}
    if "any" in kinds:
        return _equal_at_run_time(left, right, negated=negated)
    if "boolean" in kinds:
        yes, no = left.truth(), right.truth()
        return lambda context: (yes(context) == no(context)) != negated
    compare: Callable[[object, object], bool] = operator.ne if negated else operator.eq
    if "number" in kinds or "date" in kinds:
        if "nodes" not in kinds:
            one, two = left.number(), right.number()
            return lambda context: compare(one(context), two(context))
        first, second = _numbers(left), _numbers(right)
        return lambda context: any(compare(a, b) for a in first(context) for b in second(context))
    if "nodes" not in kinds:
        left_text, right_text = left.text, right.text
        return lambda context: compare(left_text(context), right_text(context))
    left_texts, right_texts = left.texts(), right.texts()
    return lambda context: any(compare(a, b) for a in left_texts(context) for b in right_texts(context))


def _equal_at_run_time(left: Compiled, right: Compiled, *, negated: bool) -> TruthRun:
    """For values whose kind only shows when they are there, such as those of if() and coalesce()."""
    one, two = left.run, right.run
    dated = "date" in {left.kind, right.kind}

    def run(context: Context) -> bool:
        a, b = one(context), two(context)
        return _same(a, b, context, dated=dated, negated=negated)

    return run


def _same(a: Value, b: Value, context: Context, *, dated: bool, negated: bool) -> bool:
    if isinstance(a, bool) or isinstance(b, bool):
        return (truth_of(a) == truth_of(b)) != negated
    as_numbers = dated or isinstance(a, float) or isinstance(b, float)
    for one in _each_value(a):
        for two in _each_value(b):
            equal = number_of(one, context) == number_of(two, context) if as_numbers else text_of(one) == text_of(two)
            if equal != negated:
                return True
    return False


def _each_value(value: Value) -> Sequence[Value]:
    return [node.string() for node in value] if isinstance(value, list) else [cast("Value", value)]
