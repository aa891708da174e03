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


def _wrong_number(name: str, given: int, least: int, most: int) -> str:
    wanted = str(least) if least == most else f"{least} or more" if most >= MANY else f"{least} to {most}"
    return f"“{name}()” takes {wanted} arguments, not {given}"


def _refusing(why: str) -> Compiled:
    """A call that cannot be: only reaching it is an error, and only where a scope allows that much."""

    def run(_context: Context) -> Value:
        raise ExpressionUnreadable(why)

    return Compiled("any", run)
