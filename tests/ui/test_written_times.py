"""Times, moments, months and years, as people write them and as forms keep them."""

import pytest

from iowscp_desktop.ui.widgets import dates


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("14:30", "14:30:00.000"),
        ("9.05", "09:05:00.000"),
        ("9am", "09:00:00.000"),
        ("12 pm", "12:00:00.000"),
        ("12:15 a.m.", "00:15:00.000"),
        ("9", None),
        ("25:00", None),
        ("13pm", None),
        ("12:60", None),
        ("", None),
    ],
)
def test_a_time_of_day_is_read(words: str, kept: str | None) -> None:
    assert dates.read_time(words) == kept


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("27 11 2026 14:30", "2026-11-27T14:30:00.000"),
        ("Fri 27 Nov 2026, 2:30 pm", "2026-11-27T14:30:00.000"),
        ("27 11 2026", None),
        ("14:30", None),
        ("31 2 2026 14:30", None),
    ],
)
def test_a_day_with_a_time_is_read(words: str, kept: str | None) -> None:
    assert dates.read_day_and_time(words) == kept


@pytest.mark.parametrize(("words", "kept"), [("Nov 2026", "2026-11-01"), ("11/2026", "2026-11-01"), ("13 2026", None)])
def test_a_month_is_read(words: str, kept: str | None) -> None:
    assert dates.read_month(words) == kept


@pytest.mark.parametrize(("words", "kept"), [("2026", "2026-01-01"), ("26", None), ("0000", None), ("year", None)])
def test_a_year_is_read(words: str, kept: str | None) -> None:
    assert dates.read_year(words) == kept


def test_what_is_kept_is_written_as_people_read_it() -> None:
    assert dates.write_time("14:30:00.000+01:00") == "14:30"
    assert dates.write_day_and_time("2026-11-27T14:30:00.000") == "Fri 27 Nov 2026 14:30"
    assert dates.write_month("2026-11-01") == "Nov 2026"
    assert dates.write_year("2026-01-01") == "2026"


@pytest.mark.parametrize("write", [dates.write_time, dates.write_day_and_time, dates.write_month, dates.write_year])
def test_what_cannot_be_understood_is_shown_as_it_is(write: object) -> None:
    assert callable(write)
    assert write("soon") == "soon"
