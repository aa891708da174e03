"""Compiles a syntax tree to closures, each node once, with conversions chosen beforehand wherever kinds are known."""

import math
import operator
from collections.abc import Callable, Sequence
from typing import Final, cast

from iowscp_desktop.forms.xpath.expressions import (
    Compiled,
    Context,
    Kind,
    NumberRun,
    TruthRun,
    constant,
    number_of,
    number_read,
)
from iowscp_desktop.forms.xpath.functions import compile_call
from iowscp_desktop.forms.xpath.nodes import in_document_order
from iowscp_desktop.forms.xpath.parser import parse
from iowscp_desktop.forms.xpath.paths import (
    Start,
    compile_steps,
    filtered,
    from_anywhere,
    from_current,
    from_document,
    from_here,
)
from iowscp_desktop.forms.xpath.scope import Scope
from iowscp_desktop.forms.xpath.syntax import Binary, Call, Expression, Filter, Negate, Number, Path, Text
from iowscp_desktop.forms.xpath.values import NAN, Value, text_of, truth_of

_SUMS: Final = frozenset({"+", "-"})
_PRODUCTS: Final = frozenset({"*", "div", "mod"})
_FEW: Final = 5
"""Up to so many factors a closure may call a closure; a longer product costs no stack frame for each."""
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
        case Path():
            return from_anywhere(tree, scope) or _path(tree, scope)
        case Filter():
            return _filter(tree, scope)


def _path(tree: Path, scope: Scope) -> Compiled:
    start, steps = from_document(tree.steps, scope) if tree.absolute else (from_here(scope), tree.steps)
    return compile_steps(start, steps, scope, compile_tree)


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
        return _summed(symbols, [compile_tree(part, scope) for part in parts])
    if symbol in _PRODUCTS:
        symbols, parts = _chain(tree, _PRODUCTS)
        return _multiplied(symbols, [compile_tree(part, scope) for part in parts])
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


def _summed(symbols: Sequence[str], parts: Sequence[Compiled]) -> Compiled:
    leaves = tuple(part.course.leaf for part in parts if part.course is not None)
    if len(leaves) == len(parts) and min(leaves) >= 0 and "-" not in symbols:
        return Compiled("number", _leaves_summed(leaves))
    first, *others = [part.number() for part in parts]
    if len(others) == 1:
        second = others[0]
        if "-" in symbols:
            return Compiled("number", lambda context: first(context) - second(context))
        return Compiled("number", lambda context: first(context) + second(context))
    signed = tuple(zip((1.0 if symbol == "+" else -1.0 for symbol in symbols), others, strict=True))

    def run(context: Context) -> float:
        total = first(context)
        for sign, part in signed:
            total += sign * part(context)
        return total

    return Compiled("number", run)


def _leaves_summed(leaves: tuple[int, ...]) -> NumberRun:
    """What most totals are: questions outside repeats added up, without a call for each."""

    def run(context: Context) -> float:
        singles, zone = context.env.singles, context.env.zone
        total = -0.0  # the one number that leaves every other as it is
        for leaf in leaves:
            node = singles[leaf]
            number = node.number
            total += number_read(node, zone) if number is None else number
        return total

    return run


def _multiplied(symbols: Sequence[str], parts: Sequence[Compiled]) -> Compiled:
    if len(parts) <= _FEW:
        run = parts[0].number()
        for symbol, part in zip(symbols, parts[1:], strict=True):
            run = _times(symbol, run, part)
        return Compiled("number", run)
    first, *others = [part.number() for part in parts]
    doing = tuple(zip((_ARITHMETIC[symbol] for symbol in symbols), others, strict=True))

    def run_all(context: Context) -> float:
        total = first(context)
        for act, part in doing:
            total = act(total, part(context))
        return total

    return Compiled("number", run_all)


def _times(symbol: str, one: NumberRun, by: Compiled) -> NumberRun:
    factor = by.fixed if isinstance(by.fixed, float) else 0.0
    if factor and symbol == "*":
        return lambda context: one(context) * factor
    if factor and symbol == "div":
        return lambda context: one(context) / factor
    two = by.number()
    if symbol == "*":
        return lambda context: one(context) * two(context)
    act = _ARITHMETIC[symbol]
    return lambda context: act(one(context), two(context))


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
    if _is_one(left) and _is_one(right):
        one, two = left.number(), right.number()
        return lambda context: compare(one(context), two(context))
    first, second = _numbers(left), _numbers(right)
    return lambda context: any(compare(one, two) for one in first(context) for two in second(context))


def _is_one(compiled: Compiled) -> bool:
    """Whether it always gives one value, or one node, which then compares like its text."""
    if compiled.kind == "nodes":
        return compiled.course is not None and compiled.course.lone
    return compiled.kind != "any"


def _numbers(compiled: Compiled) -> Callable[[Context], list[float]]:
    if _is_one(compiled):
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
        if _is_one(left) and _is_one(right):
            one, two = left.number(), right.number()
            return lambda context: compare(one(context), two(context))
        first, second = _numbers(left), _numbers(right)
        return lambda context: any(compare(a, b) for a in first(context) for b in second(context))
    if _is_one(left) and _is_one(right):
        return _same_text(left, right, negated=negated)
    left_texts, right_texts = left.texts(), right.texts()
    return lambda context: any(compare(a, b) for a in left_texts(context) for b in right_texts(context))


def _same_text(left: Compiled, right: Compiled, *, negated: bool) -> TruthRun:
    one, two, wanted = left.text, right.text, right.fixed
    if isinstance(wanted, str):  # by far the commonest question: is this the answer?
        if negated:
            return lambda context: one(context) != wanted
        return lambda context: one(context) == wanted
    if negated:
        return lambda context: one(context) != two(context)
    return lambda context: one(context) == two(context)


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
