"""Every function an expression may call, and the compiling of calls."""

from collections.abc import Callable
from typing import Final

from iowscp_desktop.errors import ExpressionUnreadable
from iowscp_desktop.forms.xpath.date_functions import DATE_FUNCTIONS
from iowscp_desktop.forms.xpath.expressions import Compiled, Context
from iowscp_desktop.forms.xpath.number_functions import NUMBER_FUNCTIONS
from iowscp_desktop.forms.xpath.place_functions import PLACE_FUNCTIONS
from iowscp_desktop.forms.xpath.scope import Scope
from iowscp_desktop.forms.xpath.signature import MANY, Function
from iowscp_desktop.forms.xpath.special_functions import SPECIAL_FUNCTIONS
from iowscp_desktop.forms.xpath.syntax import Expression
from iowscp_desktop.forms.xpath.text_functions import TEXT_FUNCTIONS
from iowscp_desktop.forms.xpath.values import Value

_FUNCTIONS: Final[dict[str, Function]] = {
    **TEXT_FUNCTIONS,
    **NUMBER_FUNCTIONS,
    **DATE_FUNCTIONS,
    **PLACE_FUNCTIONS,
}
FUNCTION_NAMES: Final = frozenset(_FUNCTIONS) | frozenset(SPECIAL_FUNCTIONS)
"""The names of all functions, for messages that suggest one and for reports of what is covered."""

Compile = Callable[[Expression, Scope], Compiled]


def compile_call(name: str, arguments: tuple[Expression, ...], scope: Scope, compile_in: Compile) -> Compiled:
    """Compile a call of a function.

    Raises:
        UnknownFunction: There is none of that name (unless the scope collects those).
        ExpressionUnreadable: It is given too few or too many arguments.
    """
    known = SPECIAL_FUNCTIONS.get(name) or _FUNCTIONS.get(name)
    if known is None:
        scope.refuse_function(name)
        return _refusing(f"“{name}()” does not exist")
    if not known.least <= len(arguments) <= known.most:
        wrong = _wrong_number(name, len(arguments), known.least, known.most)
        if scope.unknown is None:
            raise ExpressionUnreadable(wrong)
        return _refusing(wrong)
    if isinstance(known, Function):
        return known.compiled([compile_in(argument, scope) for argument in arguments])
    return known.compile(arguments, scope, compile_in)


_SPECIAL_TAKES: Final[dict[str, tuple[bool | None, ...]]] = {
    "if": (False, None, None),
    "coalesce": (True,),
    "once": (True,),
    "string": (True,),
    "pulldata": (True,),
    "jr:choice-name": (True,),
    "uuid": (True,),
    "jr:itext": (True,),
}
_ONE_VALUE: Final = frozenset({"number", "date", "date-time", "decimal-date-time", "format-date", "format-date-time"})


def taken_by(name: str, count: int) -> tuple[bool | None, ...]:
    """For each argument of a call whether one value is taken of it; None where that is as for the whole call."""
    known = _FUNCTIONS.get(name)
    if known is None:
        takes = _SPECIAL_TAKES.get(name, (False,))
        return (*takes, *(takes[-1] for _ in range(count - len(takes))))[:count]
    kinds = [known.kind_at(place) for place in range(count)]
    return tuple(kind in {"text", "number"} or (kind == "value" and name in _ONE_VALUE) for kind in kinds)


def _wrong_number(name: str, given: int, least: int, most: int) -> str:
    wanted = str(least) if least == most else f"{least} or more" if most >= MANY else f"{least} to {most}"
    return f"“{name}()” takes {wanted} arguments, not {given}"


def _refusing(why: str) -> Compiled:
    """A call that cannot be: only reaching it is an error, and only where a scope allows that much."""

    def run(_context: Context) -> Value:
        raise ExpressionUnreadable(why)

    return Compiled("any", run)
