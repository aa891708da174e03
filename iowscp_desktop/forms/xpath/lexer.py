"""Cuts an expression into tokens, deciding as XPath 1.0 does whether `*`, `div` or `and` is an operator or a name."""

import re
from typing import Final, NamedTuple

from iowscp_desktop.errors import ExpressionUnreadable

_NAME_START = r"[^\W\d]"
_NAME = rf"{_NAME_START}[\w.\-·]*"
_PLAIN_PATH = rf"(?:/(?:{_NAME}:(?!:))?{_NAME})+(?![\w.\-·]|\s*[\[(/:])"  # nothing possessive: Debian 12's Python errs
_ANYTHING = rf"""
    (?P<number>\d+(?:\.\d*)?|\.\d+)
  | (?P<text>"[^"]*"|'[^']*')
  | (?P<symbol>\.\.|::|//|!=|<=|>=|[()\[\].@,/|+\-=<>$])
  | (?P<name>{_NAME}(?::(?!:)(?:{_NAME}|\*))?|\*)
"""
_OPERAND: Final = re.compile(rf"\s*(?: (?P<path>{_PLAIN_PATH}) | {_ANYTHING})", re.VERBOSE)
"""What may stand where a value is expected. An absolute path of names alone, by far the commonest, is one token."""
_OPERATOR: Final = re.compile(
    rf"\s*(?: (?P<operator>\*|(?:and|or|div|mod)(?![^\W\d]|[.\-])) | {_ANYTHING})", re.VERBOSE
)
"""What may stand after a value: there `and` and `*` are operators, and `2div1` is a division."""
_BEFORE_OPERAND: Final = frozenset(
    {"(", "[", ",", "@", "::", "/", "//", "|", "+", "-", "=", "!=", "<", "<=", ">", ">="}
)
_SPACE: Final = re.compile(r"\s*\Z")
MOST_CHARACTERS: Final = 100_000


class Token(NamedTuple):
    """A piece of an expression: 'number', 'text', 'name', 'path', 'operator' (and or div mod *), 'symbol' or 'end'."""

    kind: str
    text: str
    at: int


def tokens(expression: str) -> list[Token]:
    """Every token of an expression, an 'end' last.

    Raises:
        ExpressionUnreadable: A character belongs to no token, or the expression is absurdly long.
    """
    if len(expression) > MOST_CHARACTERS:
        raise ExpressionUnreadable(f"it is {len(expression)} characters long")
    found: list[Token] = []
    expected = _OPERAND
    at, end = 0, len(expression)
    while at < end:
        match = expected.match(expression, at)
        if match is None:
            if _SPACE.match(expression, at):
                break
            at = end - len(expression[at:].lstrip())
            raise ExpressionUnreadable(f"“{expression[at]}” at character {at + 1} is not expected")
        kind = match.lastgroup or ""
        text = match[kind]
        at = match.end()
        found.append(Token(kind, text, at - len(text)))
        is_operator = kind == "operator" or (kind == "symbol" and text in _BEFORE_OPERAND)
        expected = _OPERAND if is_operator else _OPERATOR
    found.append(Token("end", "", end))
    return found
