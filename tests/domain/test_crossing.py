"""Two questions side by side: whoever works with every number that is told is no surer of anybody than before."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from iowscp_desktop.domain import crossing
from iowscp_desktop.domain.anonymous import FEWEST
from iowscp_desktop.domain.crossing import Asked, Cell, Group, crossed

ROLE = Asked(question="role", offered=("teacher", "cook", "driver"))
HEARD = Asked(question="heard", offered=("yes", "no"))


def sheets(cells: Mapping[Cell, int]) -> list[dict[str, str]]:
    return [
        {name: value for name, value in (("role", role), ("heard", heard)) if value}
        for (role, heard), count in cells.items()
        for _ in range(count)
    ]


def told(groups: Sequence[Group]) -> dict[Cell, int]:
    """Every number of a table that is shown."""
    return {(each.answer, of): count for each in groups for of, count in each.counts if count is not None}


def possible(cells: Mapping[Cell, int], shown: Mapping[Cell, int]) -> Iterator[dict[Cell, int]]:
    """Every table that has the same sums as this one and the same numbers where they are shown."""
    rows, columns = crossing._in_order(cells)
    sums = {row: sum(cells[row, column] for column in columns) for row in rows}
    downs = [sum(cells[row, column] for row in rows) for column in columns]
    lines = [
        [
            line
            for line in _splits(sums[row], len(columns))
            if all(shown.get((row, column), line[at]) == line[at] for at, column in enumerate(columns))
        ]
        for row in rows
    ]
    for table in product(*lines):
        if [sum(each) for each in zip(*table, strict=True)] == downs:
            yield {(row, column): table[y][x] for y, row in enumerate(rows) for x, column in enumerate(columns)}


def _splits(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        yield from ((first, *rest) for rest in _splits(total - first, parts - 1))


def surer(cells: Mapping[Cell, int], tables: Sequence[Sequence[Group]]) -> list[Cell]:
    """Of which small cells the tables together tell more people than the counts by question do."""
    shown = {cell: count for table in tables for cell, count in told(table).items()}
    known = list(possible(cells, shown))
    before = list(possible(cells, {}))
    small = [cell for cell, count in cells.items() if 0 < count < FEWEST]
    return [cell for cell in small if min(each[cell] for each in known) > min(each[cell] for each in before)]


def both_ways(cells: Mapping[Cell, int]) -> list[list[Group]]:
    """The table, and the one that has rows for columns, turned back."""
    every = sheets(cells)
    one, other = crossed(every, ROLE, HEARD), crossed(every, HEARD, ROLE)
    back = {(of, each.answer): count for each in other for of, count in each.counts}
    answers = list(dict.fromkeys(role for role, _heard in back))
    turned = [
        Group(answer=role, size=0, counts=tuple((heard, count) for (r, heard), count in back.items() if r == role))
        for role in answers
    ]
    return [list(one), turned]


def test_numbers_of_five_and_more_are_told_as_they_are() -> None:
    cells = {("teacher", "yes"): 9, ("teacher", "no"): 6, ("cook", "yes"): 5, ("cook", "no"): 7}

    teacher, cook, driver = crossed(sheets(cells), ROLE, HEARD)

    assert (teacher.answer, teacher.size, teacher.counts) == ("teacher", 15, (("yes", 9), ("no", 6)))
    assert (cook.size, cook.counts) == (12, (("yes", 5), ("no", 7)))
    assert (driver.size, driver.counts) == (0, (("yes", 0), ("no", 0)))


def test_the_only_one_who_said_no_is_given_no_other_answer() -> None:
    cells = {("teacher", "yes"): 8, ("teacher", "no"): 0, ("cook", "yes"): 5, ("cook", "no"): 1}

    groups = crossed(sheets(cells), ROLE, HEARD)

    assert surer(cells, [groups]) == []
    assert told(groups).get(("cook", "no")) is None
    assert told(groups).get(("teacher", "no")) is None  # an 0 there would say that it was a cook


def test_who_did_not_answer_is_not_told_apart_either() -> None:
    cells = {("teacher", "yes"): 7, ("teacher", ""): 2, ("cook", "yes"): 6, ("cook", ""): 0}

    assert surer(cells, [crossed(sheets(cells), ROLE, HEARD)]) == []


def test_what_the_counts_by_question_say_anyway_is_not_made_worse() -> None:
    cells = {("teacher", "yes"): 8, ("driver", "yes"): 1}  # everybody said yes, so the driver did

    groups = crossed(sheets(cells), ROLE, HEARD)

    assert surer({**{(r, h): 0 for r in ROLE.offered for h in HEARD.offered}, **cells}, [groups]) == []


def test_of_four_people_nothing_is_told() -> None:
    assert crossed(sheets({("teacher", "yes"): FEWEST - 1}), ROLE, HEARD) == ()


def hiding_small_ones_alone(cells: Mapping[Cell, int]) -> frozenset[Cell]:
    """What a careless table does."""
    return frozenset(cell for cell, count in cells.items() if 0 < count < FEWEST)


def test_a_table_that_hides_small_numbers_alone_tells_them_by_taking_away() -> None:
    cells = {("teacher", "yes"): 8, ("teacher", "no"): 0, ("cook", "yes"): 5, ("cook", "no"): 1}
    hidden = hiding_small_ones_alone(cells)
    careless = [
        Group(
            answer=role,
            size=0,
            counts=tuple((heard, None if (role, heard) in hidden else cells[role, heard]) for heard in ("yes", "no")),
        )
        for role in ("teacher", "cook")
    ]

    assert surer(cells, [careless]) == [("cook", "no")]


ROWS = st.sampled_from([1, 2, 3])
NUMBERS = st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6])


@st.composite
def tables(draw: Callable[[st.SearchStrategy[int]], int]) -> dict[Cell, int]:
    roles = ROLE.offered[: draw(ROWS)]
    heard = (*HEARD.offered, "")[: draw(ROWS)]
    cells = {(role, each): draw(NUMBERS) for role in roles for each in heard}
    return {(role, each): cells.get((role, each), 0) for role in ROLE.offered for each in (*HEARD.offered, "")}


@given(tables())
def test_all_that_is_told_both_ways_makes_nobody_surer_of_anybody(cells: dict[Cell, int]) -> None:
    if sum(cells.values()) < FEWEST:
        return
    one, turned = both_ways(cells)

    assert told(one) == told(turned)
    assert surer(cells, [one, turned]) == []


@given(tables(), st.data())
def test_the_least_that_can_be_worked_out_is_that_of_all_tables_there_could_be(
    cells: dict[Cell, int], data: st.DataObject
) -> None:
    hidden = frozenset(data.draw(st.sets(st.sampled_from(sorted(cells)), min_size=1)))
    cell = data.draw(st.sampled_from(sorted(hidden)))
    shown = {each: count for each, count in cells.items() if each not in hidden}

    assert crossing.least(cells, hidden, cell) == min(each[cell] for each in possible(cells, shown))
