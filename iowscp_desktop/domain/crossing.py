"""Two questions of a survey side by side, with numbers left out so that nobody is surer of any one person than before.

How often each answer to each of the two questions was given is known from the counts by question. From those and the
numbers that are shown, one may work out how many people at least gave both of two answers. Where that is one to four
people, it must never come out higher than the counts alone would have it.
"""

from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from iowscp_desktop.domain.anonymous import FEWEST, Sheet

Cell = tuple[str, str]
"""An answer to the first question and one to the second; '' for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One of the two questions, and its answers in the order they are shown."""

    question: str
    offered: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Everybody who gave one answer to the first question, and what they answered to the second."""

    answer: str = field(repr=False)
    size: int
    counts: tuple[tuple[str, int | None], ...]
    """None where a number is not told."""


def crossed(sheets: Sequence[Sheet], by: Asked, of: Asked) -> tuple[Group, ...]:
    """Return the answers to `of` by what people answered to `by`; nothing of fewer than `FEWEST` people.

    The same numbers are told whichever of the two questions comes first: otherwise both ways together told more.
    """
    if len(sheets) < FEWEST:
        return ()
    cells = _counted(sheets, by, of)
    if by.question <= of.question:
        hidden = _hidden(cells)
    else:
        turned = {(second, first): count for (first, second), count in cells.items()}
        hidden = frozenset((first, second) for second, first in _hidden(turned))
    rows, columns = _in_order(cells)
    return tuple(
        Group(
            answer=row,
            size=sum(cells[row, column] for column in columns),
            counts=tuple((column, None if (row, column) in hidden else cells[row, column]) for column in columns),
        )
        for row in rows
    )


def least(cells: Mapping[Cell, int], hidden: frozenset[Cell], cell: Cell) -> int:
    """Return how many people at least gave both answers, as far as sums and what is not hidden tell.

    As many as can be are moved elsewhere, one at a time, without changing a sum or a number that is shown.
    """
    left = {each: cells[each] for each in hidden if each != cell}
    for moved in range(cells[cell]):
        way = _way_round(left, cell)
        if way is None:
            return cells[cell] - moved
        for more, each in enumerate(way):
            left[each] += 1 if more % 2 == 0 else -1
    return 0


def _counted(sheets: Sequence[Sheet], by: Asked, of: Asked) -> dict[Cell, int]:
    found = Counter((sheet.get(by.question, ""), sheet.get(of.question, "")) for sheet in sheets)
    rows = dict.fromkeys((*by.offered, *sorted(first for first, _second in found)))
    columns = dict.fromkeys((*of.offered, *sorted(second for _first, second in found)))
    return {(row, column): found[row, column] for row in rows for column in columns}


def _hidden(cells: Mapping[Cell, int]) -> frozenset[Cell]:
    """Return which numbers are not told: small ones, and others until no small one can be worked out."""
    rows, columns = _in_order(cells)
    across = {row: sum(cells[row, column] for column in columns) for row in rows}
    down = {column: sum(cells[row, column] for row in rows) for column in columns}
    small = sorted(cell for cell, count in cells.items() if 0 < count < FEWEST)
    hidden = frozenset(small)
    for cell in small:
        known = max(0, across[cell[0]] + down[cell[1]] - sum(cells.values()))
        others = _others(cells, hidden, cell)
        while least(cells, hidden, cell) > known:  # not for long: with everything hidden, only the sums are left
            hidden |= {next(others)}
    return hidden


def _others(cells: Mapping[Cell, int], hidden: frozenset[Cell], cell: Cell) -> Iterator[Cell]:
    """Yield what may be hidden for the sake of a cell: smallest first, those in its row and column before the rest."""
    row, column = cell
    shown = [each for each in cells if each not in hidden]
    yield from sorted(shown, key=lambda each: (each[0] != row and each[1] != column, cells[each], each))


def _in_order(cells: Mapping[Cell, int]) -> tuple[list[str], list[str]]:
    return list(dict.fromkeys(row for row, _ in cells)), list(dict.fromkeys(column for _, column in cells))


def _way_round(left: Mapping[Cell, int], cell: Cell) -> list[Cell] | None:
    """Return the cells that take one more and one fewer in turn where one person goes from a cell elsewhere.

    Such a way leads from the cell's row to its column; None where there is none.
    """
    start, goal = ("row", cell[0]), ("column", cell[1])
    came: dict[tuple[str, str], tuple[tuple[str, str], Cell] | None] = {start: None}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for each, count in left.items():
            beside = _next(here, each, count)
            if beside is not None and beside not in came:
                came[beside] = (here, each)
                waiting.append(beside)
    way: list[Cell] = []
    step = came.get(goal)
    while step is not None:
        way.append(step[1])
        step = came[step[0]]
    return way[::-1] or None


def _next(here: tuple[str, str], cell: Cell, count: int) -> tuple[str, str] | None:
    """From a row any of its cells can take one more; from a column one that is not empty can give one."""
    side, answer = here
    if side == "row":
        return ("column", cell[1]) if cell[0] == answer else None
    return ("row", cell[0]) if cell[1] == answer and count else None
