"""What may be told of answers without names: no group that is too small, and none to be had by taking away."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from iowscp_desktop.domain.anonymous import FEWEST, paired, pairings, tally, words

CHOICES = ("yes", "no")


def sheets(**how_many: int) -> list[dict[str, str]]:
    """So many sheets from each group, answering yes and no in turn."""
    return [
        {"role": role, "heard": CHOICES[at % 2], "why": f"{role} {at}"}
        for role, count in how_many.items()
        for at in range(count)
    ]


def test_answers_are_counted_in_the_order_they_are_offered() -> None:
    found = tally(sheets(teacher=5), "heard", (*CHOICES, "unsure"))

    assert found is not None
    assert (found.answered, found.counts) == (5, (("yes", 3), ("no", 2), ("unsure", 0)))


def test_several_choices_of_one_person_count_each() -> None:
    found = tally([{"seen": "poster lesson"}] * 4 + [{"seen": "poster"}], "seen", ("poster", "lesson"), many=True)

    assert found is not None
    assert (found.answered, found.counts) == (5, (("poster", 5), ("lesson", 4)))


def test_nothing_is_told_of_four_people() -> None:
    few = sheets(teacher=FEWEST - 1)

    assert tally(few, "heard", CHOICES) is None
    assert words(few, "why") is None


def test_what_was_written_is_told_without_a_neighbour_in_the_order_of_the_alphabet() -> None:
    found = words([{"why": each, "heard": "no"} for each in ("e", "b", "", "d", "a", "c")], "why")

    assert found is not None
    assert found.lines == ("a", "b", "c", "d", "e")
    assert "'a'" not in repr(found)


def test_two_sheets_of_a_person_are_found_by_the_code_they_made_up() -> None:
    before = [{"code": f"Blue {at}", "sure": "no"} for at in range(10)]
    after = [{"code": f"blue{at} ", "sure": "yes"} for at in range(5)]

    pairs = paired(before, after, "code")

    assert len(pairs) == 5
    assert {(one["sure"], two["sure"]) for one, two in pairs} == {("no", "yes")}


def test_a_code_that_two_people_made_alike_pairs_nobody_and_few_pairs_are_none() -> None:
    before = [{"code": f"c{at}"} for at in range(5)]

    assert paired([*before, {"code": "c0"}], before, "code") == ()
    assert paired(before[:4], before[:4], "code") == ()
    assert len(paired(before, [*before, *[{"code": ""}] * 5], "code")) == 5


def coded(*numbers: int) -> list[dict[str, str]]:
    return [{"code": f"c{at:02}", "sure": "no" if at % 3 else "yes"} for at in numbers]


def test_whoever_is_in_no_pair_is_not_had_by_taking_the_pairs_from_the_whole() -> None:
    before, after = coded(*range(12)), coded(*range(11))

    pairs = paired(before, after, "code")

    alone = [len(every) - len(pairs) for every in (before, after)]
    assert len(pairs) == 6
    assert all(each == 0 or each >= FEWEST for each in alone)


def test_where_pairs_must_be_left_out_and_too_few_remain_nothing_is_told() -> None:
    assert paired(coded(*range(9)), coded(*range(8)), "code") == ()
    assert len(paired(coded(*range(9)), coded(*range(9)), "code")) == 9
    assert len(paired(coded(*range(10)), coded(*range(5), *range(50, 55)), "code")) == 5


def few_told(surveys: Sequence[Sequence[Mapping[str, str]]], pairs: Iterable[tuple[int, int]]) -> list[int]:
    """How many people are had by taking one comparison of a survey from another, where they are one to four."""
    told = {pair: {one["code"] for one, _ in paired(surveys[pair[0]], surveys[pair[1]], "code")} for pair in pairs}
    return [
        len(told[one] - told[other])
        for one, other in permutations(told, 2)
        if set(one) & set(other) and 0 < len(told[one] - told[other]) < FEWEST
    ]


def test_a_third_survey_does_not_tell_who_left_out_the_second() -> None:
    surveys = [coded(*range(11), *range(90, 95)), coded(*range(11), *range(80, 85)), coded(*range(10), *range(70, 75))]

    allowed = pairings(surveys, "code")

    assert few_told(surveys, [(0, 1), (1, 2), (0, 2)]) != []  # person 10 is in the first two alone
    assert (0, 1) in allowed  # neighbours come first
    assert few_told(surveys, allowed) == []


def test_surveys_that_the_very_same_people_answered_may_all_stand_side_by_side() -> None:
    assert pairings([coded(*range(8))] * 3, "code") == {(0, 1), (0, 2), (1, 2)}


@given(st.lists(st.sets(st.integers(0, 14), min_size=5), min_size=2, max_size=4))
def test_of_no_choice_of_surveys_can_one_to_four_people_be_had(people: list[set[int]]) -> None:
    surveys = [coded(*sorted(each)) for each in people]

    assert few_told(surveys, pairings(surveys, "code")) == []
