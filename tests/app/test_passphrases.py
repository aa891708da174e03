"""How hard a passphrase is to guess: what people choose first is refused with the reason, what is made up is strong."""

import pytest

from iowscp_desktop.app.passphrases import Hint, Judged, Strength, judge, strength, suggestion

NAMES = ("Oakfield Primary School", "Priya Nair", "Isle of Testing Safeguarding Partnership")


@pytest.mark.parametrize(
    ("easy", "hint"),
    [
        ("", Hint.SHORT),
        ("short", Hint.SHORT),
        ("password1234", Hint.WELL_KNOWN),
        ("Password123!", Hint.WELL_KNOWN),
        ("aaaaaaaaaaaaaaaa", Hint.REPEATED),
        ("abcdefghijkl", Hint.IN_ORDER),
        ("24.12.1987 12", Hint.DATE),
        ("Oakfield2026!", Hint.OWN_NAMES),
        ("Oakfield Primary", Hint.OWN_NAMES),
        ("priyanair-2026", Hint.OWN_NAMES),
    ],
)
def test_what_people_choose_first_is_too_easy_and_the_hint_says_why(easy: str, hint: Hint) -> None:
    assert judge(easy, NAMES) == Judged(Strength.TOO_EASY, hint)


def test_the_name_of_another_school_is_no_hint_here() -> None:
    assert judge("Oakfield2026!").hint is not Hint.OWN_NAMES


def test_what_the_program_makes_up_is_strong_and_never_twice_the_same() -> None:
    made = {suggestion() for _ in range(30)}

    assert len(made) == 30
    assert {strength(each, NAMES) for each in made} == {Strength.STRONG}


def test_one_word_more_makes_a_fair_one_strong() -> None:
    assert strength("charlotte smith") is Strength.FAIR
    assert strength("charlotte smith teapot glacier") is Strength.STRONG


def test_a_very_long_one_and_one_in_other_letters_are_judged_too() -> None:
    assert strength("x" * 5000) is Strength.TOO_EASY
    assert strength("żółw idzie do szkoły") is Strength.STRONG
