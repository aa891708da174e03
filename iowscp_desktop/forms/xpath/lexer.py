"""Cuts an expression into tokens, deciding as XPath 1.0 does whether `*`, `div` or `and` is an operator or a name."""

import re
from typing import Final, NamedTuple

from iowscp_desktop.errors import ExpressionUnreadable

_NAME_START = r"[^\W\d]"
_NAME = rf"{_NAME_START}[\w.\-·]*"
_TOKEN: Final = re.compile(
    rf"""
    (?P<space>\s+)
  | (?P<number>\d+(?:\.\d*)?|\.\d+)
  | (?P<text>"[^"]*"|'[^']*')
  | (?P<symbol>\.\.|::|//|!=|<=|>=|[()\[\].@,/|+\-=<>*$])
  | (?P<name>{_NAME}(?::(?!:)(?:{_NAME}|\*))?)
    """,
    re.VERBOSE,
)
_PLAIN_PATH: Final = re.compile(rf"(?:/(?:{_NAME_START}[\w.\-·]*+:(?!:))?+{_NAME_START}[\w.\-·]*+)++(?!\s*[\[(/:])")
"""An absolute path of names alone, by far the commonest thing in a form: one token instead of many."""
_WORD_OPERATOR: Final = re.compile(r"(?:and|or|div|mod)(?![^\W\d]|[.\-])")
_BEFORE_OPERAND: Final = frozenset(
    {"", "(", "[", ",", "@", "::", "/", "//", "|", "+", "-", "=", "!=", "<", "<=", ">", ">=", "operator"}
)
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
    at = 0
    before = ""  # "operand" after something with a value; otherwise what stands before
    while at < len(expression):
        plain = _PLAIN_PATH.match(expression, at) if expression[at] == "/" and before in _BEFORE_OPERAND else None
        if plain is not None:
            found.append(Token("path", plain.group(), at))
            at, before = plain.end(), "operand"
            continue
        match = _TOKEN.match(expression, at)
        if match is None:
            raise ExpressionUnreadable(f"“{expression[at]}” at character {at + 1} is not expected")
        if match.lastgroup != "space":
            token = _classified(expression, match, before)
            found.append(token)
            before = _leaves(token)
            at += len(token.text)
        else:
            at = match.end()
    found.append(Token("end", "", at))
    return found


def _classified(expression: str, match: re.Match[str], before: str) -> Token:
    text, at = match.group(), match.start()
    if before not in _BEFORE_OPERAND:  # a name cannot follow an operand, so `2div1` is a division
        word = _WORD_OPERATOR.match(expression, at)
        if word or text == "*":
            return Token("operator", word.group() if word else text, at)
    return Token("name" if text == "*" else str(match.lastgroup), text, at)


def _leaves(token: Token) -> str:
    """What the next token sees before it."""
    if token.kind == "operator":
        return "operator"
    if token.kind == "symbol" and token.text in _BEFORE_OPERAND:
        return token.text
    return "operand"
