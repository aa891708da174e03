"""Scales: what makes one, and what is counted."""

from dataclasses import replace
from fractions import Fraction

import pytest

from iowscp_desktop.domain.scale import Colour, Direction, NotApplicable, Point, Scale, Symbol, tally

MET = Point(value="met", label="Met", symbol=Symbol.TICK, colour=Colour.GREEN, number=2)
PARTLY = Point(value="partly", label="Partly", symbol=Symbol.TRIANGLE, colour=Colour.AMBER, number=1, is_gap=True)
NOT = Point(value="not", label="Not met", symbol=Symbol.OCTAGON, colour=Colour.RED, number=0, is_gap=True)
NA = NotApplicable(point=Point(value="na", label="Not applicable", symbol=Symbol.RING, colour=Colour.GREY))
SCALE = Scale(
    id="met",
    version=1,
    title="Met",
    prompt="How well?",
    direction=Direction.HIGH_IS_GOOD,
    points=(MET, PARTLY, NOT),
    not_applicable=NA,
)


def test_not_applicable_is_offered_last() -> None:
    assert [tile.value for tile in SCALE.tiles] == ["met", "partly", "not", "na"]


def test_only_gap_points_ask_for_an_action() -> None:
    assert [value for value in ("met", "partly", "not", "na", "") if SCALE.is_gap(value)] == ["partly", "not"]


def test_a_value_off_the_scale_has_no_point() -> None:
    assert SCALE.point("met") is MET
    assert SCALE.point("") is None
    assert SCALE.point("green") is None


def test_not_applicable_is_told_from_grades_and_from_silence() -> None:
    assert [value for value in ("met", "na", "") if SCALE.is_not_applicable(value)] == ["na"]
    assert not replace(SCALE, not_applicable=None).is_not_applicable("na")


def test_a_scale_on_which_low_is_good_runs_upwards() -> None:
    upwards = tuple(replace(point, number=place) for place, point in enumerate((MET, PARTLY, NOT), start=1))

    scale = replace(SCALE, direction=Direction.LOW_IS_GOOD, points=upwards)

    assert [point.number for point in scale.points] == [1, 2, 3]


@pytest.mark.parametrize(
    ("points", "words"),
    [
        ((MET,), "at least two points"),
        ((MET, replace(NOT, value="met")), "same value"),
        ((MET, replace(NOT, symbol=Symbol.TICK)), "same symbol"),
        ((MET, replace(NOT, colour=Colour.GREY)), "grey is for"),
        ((MET, replace(NOT, number=None)), "needs a number"),
        ((NOT, PARTLY, MET), "best to worst"),
        ((MET, replace(PARTLY, number=2)), "best to worst"),
        ((MET, replace(NOT, value="na")), "same value"),
    ],
)
def test_points_that_make_no_scale_are_refused(points: tuple[Point, ...], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        replace(SCALE, points=points)


def test_not_applicable_is_grey_has_no_number_and_is_no_gap() -> None:
    for wrong in (replace(NA.point, number=0), replace(NA.point, colour=Colour.BLUE), replace(NA.point, is_gap=True)):
        with pytest.raises(ValueError, match="not applicable"):
            NotApplicable(point=wrong)


def test_the_unanswered_and_the_not_applicable_are_counted_apart() -> None:
    counted = tally(SCALE, ["met", "met", "", "na", "not", ""])

    assert counted.counts == {"met": 2, "partly": 0, "not": 1, "na": 1}
    assert (counted.answered, counted.unanswered, counted.total) == (4, 2, 6)


def test_percentages_leave_out_what_does_not_apply_and_what_is_not_answered() -> None:
    counted = tally(SCALE, ["met", "met", "", "na", "not"])

    assert counted.base == 3
    assert counted.share("met") == Fraction(2, 3)
    assert counted.share("na") is None


def test_a_scale_may_count_the_not_applicable() -> None:
    counted = tally(replace(SCALE, not_applicable=replace(NA, counts=True)), ["met", "met", "na", "not"])

    assert counted.base == 4
    assert counted.share("na") == Fraction(1, 4)


def test_there_is_no_share_of_nothing() -> None:
    assert tally(SCALE, ["", "na"]).share("met") is None


def test_grades_of_another_scale_are_never_counted_in() -> None:
    with pytest.raises(ValueError, match="'good' is not on scale met version 1"):
        tally(SCALE, ["met", "good"])
