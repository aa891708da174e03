"""Functions on numbers, truths, and numbers of things."""

import math
import operator
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Final

from iowscp_desktop.forms.xpath.expressions import Context, number_of, number_of_text
from iowscp_desktop.forms.xpath.signature import Function, function
from iowscp_desktop.forms.xpath.values import NAN, Value, truth_of

_COMMON_PLACES: Final = frozenset({0.0, 1.0, 2.0, 3.0, 4.0})


def _round(number: float, places: float = NAN) -> float:
    """round(x) as XPath 1.0 has it, halves towards the top; round(x, n) decimal, halves away from zero."""
    if places in _COMMON_PLACES:
        written = repr(number)
        decimals = written.partition(".")[2]
        if "e" not in written and (len(decimals) != places + 1 or decimals[-1] != "5"):
            return round(number, int(places))  # no tie in sight, so Python rounds to the same
    if not math.isfinite(number):
        return number
    if math.isnan(places):
        return float(math.floor(number + 0.5)) if abs(number) < 1e15 else number
    try:
        step = Decimal(1).scaleb(-int(max(-300.0, min(300.0, places))))
        return float(Decimal(repr(number)).quantize(step, rounding=ROUND_HALF_UP))
    except InvalidOperation:  # more digits asked for than a decimal holds: nothing is rounded away
        return number


def _safely(act: Callable[..., float]) -> Callable[..., float]:
    """Mathematics outside its domain is NaN, past its range infinity: an expression never stops."""

    def guarded(*numbers: float) -> float:
        try:
            return act(*numbers)
        except ValueError:
            return NAN
        except OverflowError:
            return math.inf

    return guarded


def _whole(act: Callable[[float], int]) -> Callable[[float], float]:
    return lambda number: float(act(number)) if math.isfinite(number) else number


def _power(base: float, exponent: float) -> float:
    if base == 0 and exponent < 0:
        return math.inf
    try:
        return math.pow(base, exponent)
    except ValueError:
        return NAN
    except OverflowError:
        return math.inf if base > 0 or exponent % 2 == 0 else -math.inf


def _logarithm(act: Callable[[float], float]) -> Callable[[float], float]:
    return lambda number: -math.inf if number == 0 else (act(number) if number > 0 else NAN)


def _root(number: float) -> float:
    return math.sqrt(number) if number >= 0 else NAN


def each_number(context: Context, parts: tuple[Value, ...]) -> list[float]:
    """Every number there is in these values: of each relevant node, and of each value that is none."""
    found: list[float] = []
    for part in parts:
        if isinstance(part, list):
            found.extend(number_of_text(node.string(), context.env.zone) for node in part if node.counts)
        else:
            found.append(number_of(part, context))
    return found


def _least(context: Context, *parts: Value) -> float:
    numbers = each_number(context, parts)
    return NAN if not numbers or any(map(math.isnan, numbers)) else min(numbers)


def _greatest(context: Context, *parts: Value) -> float:
    numbers = each_number(context, parts)
    return NAN if not numbers or any(map(math.isnan, numbers)) else max(numbers)


def _number(context: Context, value: Value | None = None) -> float:
    return number_of([context.node] if value is None else value, context)


def _truths(parts: tuple[Value, ...]) -> list[bool]:
    found: list[bool] = []
    for part in parts:
        if isinstance(part, list):
            found.extend(_ticked(node.string()) for node in part)
        else:
            found.append(truth_of(part))
    return found


def _ticked(text: str) -> bool:
    return text not in {"", "0", "false"}


def _checklist(least: float, most: float, *parts: Value) -> bool:
    """checklist(): whether the number of true answers lies between two bounds; -1 is no bound."""
    return _between(least, most, float(sum(_truths(parts))))


def _weighted(context: Context, least: float, most: float, *parts: Value) -> bool:
    """weighted-checklist(): the same, each answer followed by its weight."""
    truths = _truths(tuple(parts[0::2]))
    weights = each_number(context, tuple(parts[1::2]))
    total = sum(weight for truth, weight in zip(truths, weights, strict=False) if truth)
    return _between(least, most, total)


def _between(least: float, most: float, count: float) -> bool:
    return (least < 0 or count >= least) and (most < 0 or count <= most)


def _power_of_ten(exponent: float) -> float:
    return _power(10.0, exponent)


def _true() -> bool:
    return True


def _false() -> bool:
    return False


def _random(context: Context) -> float:
    return context.env.random.random()


NUMBER_FUNCTIONS: Final[dict[str, Function]] = {
    "number": function("number", "value?", _number, asks=True),
    "int": function("number", "number", _whole(math.trunc)),
    "round": function("number", "number number?", _round),
    "floor": function("number", "number", _whole(math.floor)),
    "ceiling": function("number", "number", _whole(math.ceil)),
    "abs": function("number", "number", abs),
    "pow": function("number", "number number", _power),
    "exp": function("number", "number", _safely(math.exp)),
    "exp10": function("number", "number", _power_of_ten),
    "log": function("number", "number", _logarithm(math.log)),
    "log10": function("number", "number", _logarithm(math.log10)),
    "sqrt": function("number", "number", _root),
    "sin": function("number", "number", _safely(math.sin)),
    "cos": function("number", "number", _safely(math.cos)),
    "tan": function("number", "number", _safely(math.tan)),
    "asin": function("number", "number", _safely(math.asin)),
    "acos": function("number", "number", _safely(math.acos)),
    "atan": function("number", "number", math.atan),
    "atan2": function("number", "number number", math.atan2),
    "pi": function("number", "", lambda: math.pi),
    "min": function("number", "value", _least, asks=True, repeats=1),
    "max": function("number", "value", _greatest, asks=True, repeats=1),
    "checklist": function("boolean", "number number value?", _checklist, repeats=1),
    "weighted-checklist": function("boolean", "number number value? value?", _weighted, asks=True, repeats=2),
    "true": function("boolean", "", _true),
    "false": function("boolean", "", _false),
    "not": function("boolean", "truth", operator.not_),
    "boolean": function("boolean", "truth", bool),
    "random": function("number", "", _random, asks=True),
}
