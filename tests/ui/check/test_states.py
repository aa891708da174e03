"""What the check page says of answers: of several things all, not the first alone."""

import pytest

from iowscp_desktop.domain.ids import InstanceId
from iowscp_desktop.text import Check
from iowscp_desktop.ui.check.states import section_of
from tests.app.conftest import Round
from tests.app.test_repeats import CHILD, FIRST, SCHOOL, Laptop, family

__all__ = ["family"]


@pytest.fixture
def laptop(family: Round) -> Laptop:
    return Laptop(*family.laptop())


def lines(laptop: Laptop, entry_id: str) -> tuple[str, ...]:
    sections = [section_of(section) for section in laptop.filling.sections() if section.asked]
    return next(answer.lines for section in sections for answer in section.answers if answer.entry_id == entry_id)


def test_every_card_is_read_with_all_its_answers(laptop: Laptop) -> None:
    second = laptop.add()
    third = laptop.add()
    laptop.answer("name", "Ada", FIRST)
    laptop.answer("other_name", "Byron", FIRST)
    laptop.answer("name", "Grace", third)

    outer = [line for line in lines(laptop, "child") if line.split()[0].count(".") == 1]
    assert outer == ["1. Name: Ada · Other name: Byron", f"2. {Check.no_words}", "3. Name: Grace"]
    assert second in laptop.shown()


def test_what_repeats_in_a_card_is_read_below_it(laptop: Laptop) -> None:
    laptop.answer("name", "Ada", FIRST)
    school = laptop.shown(CHILD, FIRST)
    inside = InstanceId(laptop.add(SCHOOL, FIRST)) if len(school) < 2 else school[1]
    laptop.answer("school_name", "Oakfield", FIRST, inside)

    assert lines(laptop, "child") == (
        "1. Name: Ada",
        f"1.1. Schools: {Check.no_words}",
        "1.2. Schools: School: Oakfield",
    )


def test_a_table_is_read_row_by_row(laptop: Laptop) -> None:
    laptop.add()
    laptop.answer("clean", "yes")
    laptop.answer("warm", "no")

    assert lines(laptop, "state") == ("Clean? Yes", "Warm? No")


def test_a_plain_answer_is_one_line(laptop: Laptop) -> None:
    laptop.answer("how_many", "2")

    assert lines(laptop, "how_many") == ("2",)
    assert lines(laptop, "dog") == (f"1. {Check.no_words}", f"2. {Check.no_words}")
