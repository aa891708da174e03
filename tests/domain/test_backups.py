"""Which backups stay."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from iowscp_desktop.domain.backups import LEAST, MOST, Kept, is_due, superfluous

TODAY = date(2026, 6, 30)


def _daily(days: int) -> list[Kept]:
    return [Kept(number=days - age, day=TODAY - timedelta(days=age)) for age in range(days)]


def test_the_newest_of_each_of_the_last_fourteen_days_stays() -> None:
    several = [Kept(number=number, day=TODAY - timedelta(days=(30 - number) // 3)) for number in range(1, 31)]

    staying = {each.number for each in several} - superfluous(several, TODAY)

    assert staying == {30, 29, 28, 27, 24, 21, 18, 15, 12, 9, 6, 3}  # the newest three, then one a day


def test_after_a_fortnight_one_a_week_stays() -> None:
    kept = _daily(60)

    staying = {each.day for each in kept if each.number not in superfluous(kept, TODAY)}

    weeks = {day.isocalendar()[:2] for day in staying if TODAY - day > timedelta(days=14)}
    older = [day for day in staying if TODAY - day > timedelta(days=14)]
    assert len(weeks) == len(older) == MOST - 15


def test_half_a_year_is_enough_but_the_newest_three_stay_whatever_their_age() -> None:
    old = [Kept(number=number, day=date(2020, 1, number)) for number in range(1, 10)]

    assert superfluous(old, TODAY) == {1, 2, 3, 4, 5, 6}


def test_a_clock_that_ran_a_year_ahead_neither_empties_the_shelf_nor_blocks_it() -> None:
    ahead = [Kept(number=number, day=TODAY + timedelta(days=365)) for number in (1, 2, 3)]
    after = [*ahead, *(Kept(number=number, day=TODAY) for number in (4, 5, 6, 7))]

    assert superfluous(after, TODAY) == {1, 2, 4}


@given(st.lists(st.tuples(st.integers(1, 400), st.integers(-800, 800)), unique_by=lambda pair: pair[0]))
def test_never_more_than_most_and_never_fewer_than_least(pairs: list[tuple[int, int]]) -> None:
    kept = [Kept(number=number, day=TODAY - timedelta(days=age)) for number, age in pairs]

    staying = {each.number for each in kept} - superfluous(kept, TODAY)

    assert min(LEAST, len(kept)) <= len(staying) <= MOST
    assert sorted(each.number for each in kept)[-LEAST:] == sorted(staying)[-LEAST:]


def test_a_backup_is_due_once_a_day_also_when_the_clock_went_back() -> None:
    assert is_due(None, TODAY)
    assert not is_due(TODAY, TODAY)
    assert is_due(TODAY + timedelta(days=300), TODAY)
