"""What a value is and how one kind becomes another, as XPath 1.0 and the ODK XForms specification have it."""

import math
import re
from decimal import Decimal
from typing import Final

from iowscp_desktop.forms.xpath.nodes import Node

Value = str | float | bool | list[Node]

NAN: Final = math.nan
_NUMBER: Final = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)\Z")
_SPACE: Final = " \t\r\n"


def plain_number(text: str) -> float | None:
    """The number that a text writes out, or None. No exponents, no 'inf', no grouping."""
    if text.isdecimal() and text.isascii():  # by far the commonest
        return float(text)
    stripped = text.strip(_SPACE)
    return float(stripped) if _NUMBER.match(stripped) else None


def text_of_number(number: float) -> str:
    """A number written as XPath writes it: no exponent, no trailing zeros, no negative zero."""
    if number % 1 == 0 and -1e15 < number < 1e15:  # by far the commonest
        return str(int(number))
    if number != number:  # noqa: PLR0124 - the fastest test for NaN
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    written = repr(number).removesuffix(".0")
    return f"{Decimal(written):f}" if "e" in written else written


def text_of(value: Value) -> str:
    """string(): the first node's text, a number without exponent, true or false."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return value[0].string() if value else ""
    return text_of_number(value)


def truth_of(value: Value) -> bool:
    """boolean(): a text or a node-set is true when it is not empty, a number when it is neither 0 nor NaN."""
    if isinstance(value, bool):
        return value
    if isinstance(value, float | int):
        return value != 0 and value == value  # noqa: PLR0124 - not NaN
    if isinstance(value, str):
        return value != ""
    return any(node.counts for node in value)
