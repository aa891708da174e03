"""What may be told of answers without names: no group that is too small, and none to be had by taking away."""

from collections import Counter
from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from iowscp_desktop.domain.anonymous import FEWEST, crossed, paired, tally, words

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
    assert crossed(few, "role", "heard", CHOICES) == ()


def test_what_was_written_is_told_without_a_neighbour_in_the_order_of_the_alphabet() -> None:
    found = words([{"why": each, "heard": "no"} for each in ("e", "b", "", "d", "a", "c")], "why")

    assert found is not None
    assert found.lines == ("a", "b", "c", "d", "e")
    assert "'a'" not in repr(found)


def test_groups_that_are_too_small_are_told_together() -> None:
    found = crossed(sheets(teacher=9, cook=3, driver=4), "role", "heard", CHOICES)

    assert [(each.answers, each.size) for each in found] == [(("cook", "driver"), 7), (("teacher",), 9)]


def test_one_small_group_takes_the_next_with_it_so_that_it_cannot_be_had_by_taking_away() -> None:
    found = crossed(sheets(teacher=9, helper=6, head=1), "role", "heard", CHOICES)

    assert [(each.answers, each.size) for each in found] == [(("head", "helper"), 7), (("teacher",), 9)]


@given(st.dictionaries(st.sampled_from("abcdefg"), st.integers(1, 12)))
def test_no_group_is_ever_too_small_and_nobody_is_left_out_of_one_alone(groups: Mapping[str, int]) -> None:
    every = sheets(**groups)

    found = crossed(every, "role", "heard", CHOICES)

    assert all(each.size >= FEWEST for each in found)
    left = len(every) - sum(each.size for each in found)
    assert left == 0 or (found == () and left < FEWEST)
    assert sum((Counter(dict(each.counts)) for each in found), Counter[str]()).total() == len(every) - left


def test_two_sheets_of_a_person_are_found_by_the_code_they_made_up() -> None:
    before = [{"code": f"Blue {at}", "sure": "no"} for at in range(6)]
    after = [{"code": f"blue{at} ", "sure": "yes"} for at in range(5)]

    pairs = paired(before, after, "code")

    assert len(pairs) == 5
    assert {(one["sure"], two["sure"]) for one, two in pairs} == {("no", "yes")}


def test_a_code_that_two_people_made_alike_pairs_nobody_and_few_pairs_are_none() -> None:
    before = [{"code": f"c{at}"} for at in range(5)]

    assert paired([*before, {"code": "c0"}], before, "code") == ()
    assert paired(before[:4], before[:4], "code") == ()
    assert len(paired(before, [*before, {"code": ""}], "code")) == 5
