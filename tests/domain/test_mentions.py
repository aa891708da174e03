"""What points at a person is found, and what an audit says every day is left in peace."""

import string
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iowscp_desktop.domain.mentions import Looks, mentions, nhs_number_holds, pupil_number_holds
from tests.domain.names_kept_out import BEGIN, DOCUMENT, END, halves, measure, read, sentences, table


def found(text: str, *never: str) -> list[tuple[str, Looks]]:
    return [(mention.of(text), mention.looks) for mention in mentions(text, never=never)]


@pytest.mark.parametrize(
    ("text", "looks"),
    [
        ("Jayden was sad.", Looks.NAME),
        ("kayleigh said so", Looks.NAME),
        ("a pupil called Tyrion ran away", Looks.NAME),
        ("The Rahimi family was seen", Looks.NAME),
        ("ellie-may fell", Looks.NAME),
        ("Mark Dellow, the caretaker, was there", Looks.NAME),
        ("He is said to know Zdzisława", Looks.NAME),
        ("Will then told us", Looks.NAME),
        ("DOB 3rd March 2012", Looks.BIRTH),
        ("born on 12/04/11", Looks.BIRTH),
        ("943 476 5919", Looks.NHS),
        ("H801200001001", Looks.UPN),
        ("h 801 2000-01 001", Looks.UPN),
        ("PO30 1UD", Looks.POSTCODE),
        ("01983 821000", Looks.PHONE),
        ("+44 7700 900123", Looks.PHONE),
        ("someone@example.org", Looks.EMAIL),
    ],
)
def test_what_points_at_a_person_is_named_for_what_it_looks_like(text: str, looks: Looks) -> None:
    assert [kind for _, kind in found(text)] == [looks]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The policy was reviewed on 12/04/2024 and will be again in May.",
        "Keeping Children Safe in Education, paragraph 123456789.",
        "St Mary's Hospital, Newport",
        "943 476 5918 of 1,234,567,890 pounds",
        "Will all staff be trained by June?",
        "Jasmine Class visited the Amber Centre in July.",
        "The Edith Garden Trust runs the Henry programme.",
        "Storm Eunice closed the school; Martha's Rule was discussed.",
        "Mark any gaps in red.",
        "The Working Together Framework and Clare's Law were explained.",
    ],
)
def test_what_an_audit_says_every_day_is_left_in_peace(text: str) -> None:
    assert found(text) == []


def test_a_name_begins_after_the_word_that_opens_the_sentence() -> None:
    assert found("Ask Jayden Smith.") == [("Jayden Smith", Looks.NAME)]


def test_a_date_straight_after_a_name_is_one_of_birth() -> None:
    assert found("Jayden Smith 06.07.2018 came.") == [
        ("Jayden Smith", Looks.NAME),
        ("06.07.2018", Looks.BIRTH),
    ]


def test_names_that_are_expected_here_are_spared() -> None:
    text = "Grace Hill of Ryde spoke to Jayden Smith."

    assert found(text, "Grace Hill") == [("Jayden Smith", Looks.NAME)]


def test_a_number_of_ten_digits_is_an_nhs_number_only_by_its_check_digit_or_its_name() -> None:
    assert nhs_number_holds("9434765919")
    assert not any(nhs_number_holds(f"943476591{digit}") for digit in range(9))
    assert found("The NHS number 943 476 5918 was written down.") == [("943 476 5918", Looks.NHS)]


def test_one_check_letter_fits_a_pupil_number() -> None:
    letters = [letter for letter in string.ascii_uppercase if letter not in "IOS"]

    assert [letter for letter in letters if pupil_number_holds(f"{letter}801200001001")] == ["H"]


@given(st.text(max_size=400))
def test_any_text_is_read_and_the_pieces_lie_in_order_inside_it(text: str) -> None:
    pieces = mentions(text)

    assert all(0 <= piece.start < piece.end <= len(text) for piece in pieces)
    assert all(one.end <= other.start for one, other in pairwise(pieces))


def test_there_are_three_hundred_labelled_sentences_half_of_them_harmless() -> None:
    every = sentences()

    assert len(every) >= 300
    assert len({sentence.text for sentence in every}) == len(every)
    assert 0.4 <= sum(not sentence.marked for sentence in every) / len(every) <= 0.6


def test_the_document_says_what_is_measured() -> None:
    written = DOCUMENT.read_text("utf-8").split(BEGIN)[1].split(END)[0].strip()

    assert written == table()


def test_the_rules_find_most_and_disturb_seldom_on_sentences_they_were_not_mended_by() -> None:
    _, unseen = halves()

    assert unseen.recall >= 0.9
    assert unseen.disturbed / unseen.quiet <= 0.1


def test_the_measure_notices_a_piece_that_is_missed_and_a_false_alarm() -> None:
    result = measure((read("[[the tall boy|NAME]] was there"), read("Jayden was there")))

    assert (len(result.missed), len(result.false_alarms), result.recall) == (1, 1, 0.0)
