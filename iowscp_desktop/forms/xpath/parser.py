"""A Pratt parser: text of an expression to its syntax tree. It asks nothing about the form."""

from functools import lru_cache
from typing import Final

from iowscp_desktop.errors import ExpressionUnreadable
from iowscp_desktop.forms.xpath.lexer import Token, tokens
from iowscp_desktop.forms.xpath.syntax import Binary, Call, Expression, Filter, Negate, Number, Path, Step, Text

_BINDS: Final = {
    "or": 1,
    "and": 2,
    "=": 3,
    "!=": 3,
    "<": 4,
    "<=": 4,
    ">": 4,
    ">=": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "div": 6,
    "mod": 6,
    "|": 8,
}
_BETWEEN: Final = frozenset({"operator", "symbol"})
_UNARY_MINUS: Final = 7
_COMPARISONS: Final = frozenset({"=", "!=", "<", "<=", ">", ">="})
MOST_COMPARISONS: Final = 20
"""How many comparisons may follow each other without brackets: a = b = c is already strange."""
_KINDS: Final = frozenset({"node", "text", "comment", "processing-instruction"})
_AXES: Final = frozenset(
    {
        "child",
        "parent",
        "self",
        "descendant",
        "descendant-or-self",
        "ancestor",
        "ancestor-or-self",
        "following-sibling",
        "preceding-sibling",
        "following",
        "preceding",
        "attribute",
        "namespace",
    }
)
_EVERYTHING_BELOW: Final = Step("descendant-or-self", "node()")
MOST_DEPTH: Final = 120
"""How deep brackets and operators may nest: what no author writes, and no attacker may use up the stack with."""


def parse(expression: str) -> Expression:
    """Parse an expression.

    Raises:
        ExpressionUnreadable: It is not XPath; the message says where reading stopped.
    """
    reader = _Reader(tokens(expression))
    tree = reader.expression(0)
    reader.expect_end()
    return tree


@lru_cache(maxsize=4_096)
def _plain_path(text: str) -> Path:
    """An absolute path of names alone, whose text is a single token. Trees never change, so they are shared."""
    return Path(absolute=True, steps=tuple(Step("child", name) for name in text[1:].split("/")), text=text)


class _Reader:
    """Walks over the tokens once, from left to right."""

    def __init__(self, found: list[Token]) -> None:
        self._tokens = found
        self._index = 0
        self._now = found[0]
        self._depth = 0

    def expect_end(self) -> None:
        """Nothing may follow a whole expression."""
        if self._now.kind != "end":
            raise self._unexpected()

    def expression(self, tightest: int) -> Expression:
        """An expression whose operators all bind tighter than `tightest`."""
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise ExpressionUnreadable(f"it nests more than {MOST_DEPTH} deep")
        left = self._prefix()
        compared = 0
        while True:
            now = self._now
            operator = now.text if now.kind in _BETWEEN else ""
            binds = _BINDS.get(operator, 0)
            if binds <= tightest:
                break
            compared += operator in _COMPARISONS
            if compared > MOST_COMPARISONS:
                raise ExpressionUnreadable(f"it compares more than {MOST_COMPARISONS} times in one go")
            self._move(1)
            left = Binary(operator, left, self.expression(binds))
        self._depth -= 1
        return left

    def _move(self, places: int) -> None:
        self._index += places
        self._now = self._tokens[self._index]

    def _next_is(self, text: str, ahead: int = 1) -> bool:
        index = self._index + ahead
        return index < len(self._tokens) and self._tokens[index].text == text

    def _take(self) -> Token:
        token = self._now
        self._move(1)
        return token

    def _take_symbol(self, text: str) -> bool:
        if self._now.kind == "symbol" and self._now.text == text:
            self._move(1)
            return True
        return False

    def _expect(self, text: str) -> None:
        if not self._take_symbol(text):
            raise self._unexpected(f"“{text}” was expected")

    def _unexpected(self, wanted: str = "") -> ExpressionUnreadable:
        token = self._now
        seen = f"“{token.text[:40]}” at character {token.at + 1}" if token.kind != "end" else "its end"
        return ExpressionUnreadable(f"{seen} is not expected" + (f"; {wanted}" if wanted else ""))

    def _prefix(self) -> Expression:
        token = self._now
        kind = token.kind
        if kind == "path":
            self._move(1)
            return _plain_path(token.text)
        if kind == "symbol":
            if self._take_symbol("-"):
                return Negate(self.expression(_UNARY_MINUS))
            if token.text in {"/", "//", ".", "..", "@"}:
                return self._path()
        elif kind == "name" and not self._is_call():
            return self._path()
        source = self._primary()
        now = self._now
        return self._filtered(source) if now.kind == "symbol" and now.text in {"[", "/", "//"} else source

    def _is_call(self) -> bool:
        return self._next_is("(") and self._now.text not in _KINDS

    def _primary(self) -> Expression:
        token = self._now
        if token.kind not in {"number", "text", "name"} and token.text != "(":
            raise self._unexpected()
        self._move(1)
        if token.kind == "number":
            return Number(float(token.text))
        if token.kind == "text":
            return Text(token.text[1:-1])
        if token.kind == "name":
            self._expect("(")
            return Call(token.text, self._arguments())
        inner = self.expression(0)
        self._expect(")")
        return inner

    def _arguments(self) -> tuple[Expression, ...]:
        if self._take_symbol(")"):
            return ()
        found = [self.expression(0)]
        while self._take_symbol(","):
            found.append(self.expression(0))
        self._expect(")")
        return tuple(found)

    def _filtered(self, source: Expression) -> Expression:
        predicates = self._predicates()
        steps: list[Step] = []
        while self._now.kind == "symbol" and self._now.text in {"/", "//"}:
            if self._take().text == "//":
                steps.append(_EVERYTHING_BELOW)
            steps.append(self._step())
        return Filter(source, predicates, tuple(steps)) if predicates or steps else source

    def _path(self) -> Path:
        steps: list[Step] = []
        absolute = self._now.kind == "symbol" and self._now.text in {"/", "//"}
        if absolute:
            if self._take().text == "//":
                steps.append(_EVERYTHING_BELOW)
            elif not self._starts_step():
                return Path(absolute=True, steps=())
        steps.append(self._step())
        while self._now.kind == "symbol" and self._now.text in {"/", "//"}:
            if self._take().text == "//":
                steps.append(_EVERYTHING_BELOW)
            steps.append(self._step())
        return Path(absolute, tuple(steps))

    def _starts_step(self) -> bool:
        return self._now.kind == "name" or (self._now.kind == "symbol" and self._now.text in {".", "..", "@"})

    def _step(self) -> Step:
        if self._take_symbol(".."):
            return Step("parent", "node()", self._predicates())
        if self._take_symbol("."):
            return Step("self", "node()", self._predicates())
        if self._take_symbol("@"):
            return Step("attribute", self._test(), self._predicates())
        if self._now.kind == "name" and self._next_is("::"):
            axis = self._take().text
            if axis not in _AXES:
                self._move(-1)
                raise self._unexpected("an axis was expected")
            self._expect("::")
            return Step(axis, self._test(), self._predicates())
        return Step("child", self._test(), self._predicates())

    def _test(self) -> str:
        if self._now.kind != "name":
            raise self._unexpected("a name was expected")
        name = self._take().text
        if name in _KINDS and self._take_symbol("("):
            self._skip_text()
            self._expect(")")
            return f"{name}()"
        return name

    def _skip_text(self) -> None:
        """In processing-instruction('target') the target does not matter to us."""
        if self._now.kind == "text":
            self._move(1)

    def _predicates(self) -> tuple[Expression, ...]:
        found: list[Expression] = []
        while self._take_symbol("["):
            found.append(self.expression(0))
            self._expect("]")
        return tuple(found)
