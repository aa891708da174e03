"""Whether a whole text fits a pattern, in bounded time, whoever wrote the pattern.

Python's own matcher goes back and tries again: quick for sensible patterns, without end for some, such as
`^([a-z]+)*$`. A pattern is therefore read here first. Where there are few ways to try, Python's matcher does it;
where there are many, all of them are followed side by side, letter by letter, so that none is tried twice.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

LONGEST_TEXT: Final = 10_000
_MOST_TRIES: Final = 1_000_000
_MOST_STEPS: Final = 500_000
_LARGEST_PROGRAM: Final = 5_000
_DEEPEST: Final = 50


def fits(text: str, pattern: str) -> bool:
    """Whether the whole text fits. A pattern that is none fits nothing, nor does one that asks for too much work."""
    compiled = _compiled(pattern)
    if compiled is None or len(text) > LONGEST_TEXT:
        return False
    tree = _tree(pattern)
    if tree is not None and _ways(tree, len(text)) * (len(text) + 1) <= _MOST_TRIES:
        return compiled.fullmatch(text) is not None
    program = _program(pattern)
    return program is not None and _Walk(text).ends(program, 0, whole=True)


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str] | None:
    try:
        return re.compile(pattern)
    except (re.error, RecursionError, OverflowError):
        return None


# --- what a pattern is made of -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Letter:
    """One letter that must fit: a letter, a class in brackets, an escape, or the point."""

    test: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Mark:
    """A place that must be so: the beginning, the end, the edge of a word."""

    test: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Look:
    """What must, or must not, come next."""

    inner: "_Tree"
    wanted: bool


@dataclass(frozen=True, slots=True)
class _Row:
    """One after the other."""

    parts: tuple["_Tree", ...]


@dataclass(frozen=True, slots=True)
class _Either:
    """One of several."""

    parts: tuple["_Tree", ...]


@dataclass(frozen=True, slots=True)
class _Times:
    """The same again, so many times."""

    inner: "_Tree"
    least: int
    most: float


@dataclass(frozen=True, slots=True)
class _Memory:
    """Something that depends on how the rest was matched; only going back and trying again can tell."""

    inner: "_Tree"


_Tree = _Letter | _Mark | _Look | _Row | _Either | _Times | _Memory

_ESCAPE: Final = re.compile(
    r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|0[0-7]{0,2}|[1-9][0-9]?|.)", re.DOTALL
)
_CLASS: Final = re.compile(r"\[\^?\]?(?:\\.|[^\\\]])*\]", re.DOTALL)
_FLAGS: Final = re.compile(r"\(\?([aimsux]+)\)")
_OPENING: Final = re.compile(r"\((\?(?::|=|!|<=|<!|>|P<\w+>|P=\w+|#[^)]*|\(\w+\)|[aimsux-]+:))?")
_TIMES: Final = re.compile(r"([*+?]|\{(?P<least>\d*)(?P<comma>,?)(?P<most>\d*)\})(?P<manner>[?+]?)")
_NAMED_TIMES: Final[dict[str, tuple[int, float]]] = {"*": (0, math.inf), "+": (1, math.inf), "?": (0, 1)}
_NOTHING: Final = _Row(())


class _Unreadable(Exception):
    """Groups in groups without end, or blanks that mean nothing."""


@lru_cache(maxsize=512)
def _tree(pattern: str) -> _Tree | None:
    """What a pattern, which Python could compile, is made of."""
    try:
        return _Reader(pattern).read()
    except _Unreadable:
        return None


class _Reader:
    """Reads a pattern that is known to be one."""

    def __init__(self, pattern: str) -> None:
        flags = _FLAGS.match(pattern)
        self._flags = flags[0] if flags else ""
        if "x" in self._flags:
            raise _Unreadable
        self._text = pattern
        self._at = len(self._flags)
        self._depth = 0

    def read(self) -> _Tree:
        """The whole of it, or of a group up to its closing bracket."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _Unreadable
        rows: list[_Tree] = [self._row()]
        while self._next("|"):
            rows.append(self._row())
        self._depth -= 1
        return rows[0] if len(rows) == 1 else _Either(tuple(rows))

    def _next(self, sign: str) -> bool:
        found = self._text.startswith(sign, self._at)
        self._at += len(sign) if found else 0
        return found

    def _row(self) -> _Tree:
        parts: list[_Tree] = []
        while self._at < len(self._text) and self._text[self._at] not in "|)":
            parts.append(self._repeated(self._one()))
        return parts[0] if len(parts) == 1 else _Row(tuple(parts))

    def _repeated(self, tree: _Tree) -> _Tree:
        while (found := _TIMES.match(self._text, self._at)) and found[0] != "{}":
            self._at = found.end()
            if found[1] in _NAMED_TIMES:
                least, most = _NAMED_TIMES[found[1]]
            else:
                least = int(found["least"] or 0)
                most = int(found["most"]) if found["most"] else math.inf if found["comma"] else least
            tree = _Times(tree, least, most)
            tree = _Memory(tree) if found["manner"] == "+" else tree
        return tree

    def _one(self) -> _Tree:
        match self._text[self._at]:
            case "(":
                return self._group()
            case "[":
                return self._letter(_CLASS)
            case "\\":
                return self._escape()
            case "^" | "$" as sign:
                self._at += 1
                return _Mark(re.compile(self._flags + sign))
            case sign:
                self._at += 1
                return _Letter(re.compile(self._flags + (sign if sign == "." else re.escape(sign))))

    def _letter(self, shape: re.Pattern[str]) -> _Tree:
        found = shape.match(self._text, self._at)
        assert found is not None  # noqa: S101 - Python has compiled it
        self._at = found.end()
        return _Letter(re.compile(self._flags + found[0]))

    def _escape(self) -> _Tree:
        found = _ESCAPE.match(self._text, self._at)
        assert found is not None  # noqa: S101 - Python has compiled it
        if found[0][1] in "bBAZ":
            self._at = found.end()
            return _Mark(re.compile(self._flags + found[0]))
        if found[0][1] in "123456789":
            self._at = found.end()
            return _Memory(_NOTHING)
        return self._letter(_ESCAPE)

    def _group(self) -> _Tree:
        found = _OPENING.match(self._text, self._at)
        assert found is not None  # noqa: S101 - Python has compiled it
        self._at = found.end()
        kind = found[1] or ""
        inner = self.read()
        self._next(")")
        if kind in {"?=", "?!"}:
            return _Look(inner, wanted=kind == "?=")
        return inner if kind in {"", "?:"} or kind.startswith("?P<") else _Memory(inner)


# --- going back and trying again -----------------------------------------------------------------


def _ways(tree: _Tree, size: int) -> float:
    """How many ways there are, at most, to try a pattern on a text of a size."""
    match tree:
        case _Letter() | _Mark():
            return 1.0
        case _Look(inner=inner) | _Memory(inner=inner):
            return _ways(inner, size)
        case _Row(parts=parts):
            return math.prod(_ways(part, size) for part in parts)
        case _Either(parts=parts):
            return sum(_ways(part, size) for part in parts)
        case _Times(inner=inner, least=least, most=most):
            once, times = _ways(inner, size), max(least, min(most, size + 1))
            return times - least + 1 if once <= 1 else _power(once, times + 1)


def _power(number: float, times: float) -> float:
    try:
        return math.pow(number, times)
    except OverflowError:
        return math.inf


# --- following all ways side by side -------------------------------------------------------------


@dataclass(slots=True)
class _Step:
    """One step of a program: a letter, or a mark or look to be checked, and the steps that may come next."""

    what: _Letter | _Mark | Sequence["_Step"] | None
    wanted: bool = True
    next: tuple[int, ...] = ()


_Program = list[_Step]


class _TooLarge(Exception):
    """The program would have too many steps, or no steps can tell."""


@lru_cache(maxsize=128)
def _program(pattern: str) -> _Program | None:
    tree = _tree(pattern)
    try:
        return None if tree is None else _written(tree)
    except _TooLarge:
        return None


def _written(tree: _Tree) -> _Program:
    """A program whose last step is its end."""
    program: _Program = []
    _write(tree, program)
    program.append(_Step(None))
    return program


def _write(tree: _Tree, program: _Program) -> None:
    if len(program) > _LARGEST_PROGRAM:
        raise _TooLarge
    here = len(program)
    match tree:
        case _Letter() | _Mark():
            program.append(_Step(tree, next=(here + 1,)))
        case _Look(inner=inner, wanted=wanted):
            program.append(_Step(_written(inner), wanted, (here + 1,)))
        case _Row(parts=parts):
            for part in parts:
                _write(part, program)
        case _Either(parts=parts):
            _write_either(parts, program)
        case _Times():
            _write_times(tree, program)
        case _Memory():
            raise _TooLarge


def _write_either(parts: Sequence[_Tree], program: _Program) -> None:
    fork = _Step(None)
    program.append(fork)
    ends: list[_Step] = []
    for part in parts:
        fork.next += (len(program),)
        _write(part, program)
        ends.append(_Step(None))
        program.append(ends[-1])
    for end in ends:
        end.next = (len(program),)


def _write_times(tree: _Times, program: _Program) -> None:
    for _time in range(tree.least):
        _write(tree.inner, program)
    if math.isinf(tree.most):
        fork = _Step(None)
        again = len(program)
        program.append(fork)
        _write(tree.inner, program)
        program.append(_Step(None, next=(again,)))
        fork.next = (again + 1, len(program))
        return
    forks: list[_Step] = []
    for _time in range(tree.least, int(tree.most)):
        forks.append(_Step(None, next=(len(program) + 1,)))
        program.append(forks[-1])
        _write(tree.inner, program)
    for fork in forks:
        fork.next += (len(program),)


class _Walk:
    """Follows programs over one text, with so many steps and no more."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._left = _MOST_STEPS

    def ends(self, program: Sequence[_Step], start: int, *, whole: bool) -> bool:
        """Whether a program can end, from a place in the text: at the end of the text, or anywhere."""
        last = len(program) - 1
        at = self._reached(program, [0], start)
        for place in range(start, len(self._text)):
            if not at or (last in at and not whole) or self._left <= 0:
                break
            letter = self._text[place]
            on = [
                step.next[0]
                for step in (program[number] for number in at)
                if isinstance(step.what, _Letter) and step.what.test.match(letter)
            ]
            at = self._reached(program, on, place + 1)
        return last in at and self._left > 0

    def _reached(self, program: Sequence[_Step], starts: list[int], place: int) -> set[int]:
        """The steps that can be reached without another letter."""
        found: set[int] = set()
        while starts:
            number = starts.pop()
            if number in found:
                continue
            found.add(number)
            step = program[number]
            if not isinstance(step.what, _Letter) and self._holds(step, place):
                starts.extend(step.next)
        self._left -= len(found)
        return found

    def _holds(self, step: _Step, place: int) -> bool:
        match step.what:
            case None:
                return True
            case _Mark(test=test):
                return test.match(self._text, place) is not None
            case _Letter():
                return False
            case program:
                return self.ends(program, place, whole=False) == step.wanted
