"""The feedback letter is kind, short and true."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from iowscp_desktop.reports.feedback_letter import FeedbackLetter, feedback_letter
from tests.reports.invented import a_letter
from tests.reports.paper import pages_of, pdf_of, spoken, unmarked


def text_of(letter: FeedbackLetter, folder: Path) -> str:
    """Return what the printed letter says, spaces made single."""
    return " ".join(" ".join(pages_of(pdf_of(feedback_letter(letter)), folder)).split())


def test_the_letter_says_to_whom_when_and_about_what(tmp_path: Path) -> None:
    text = text_of(a_letter(), tmp_path)

    assert "To Head teacher, Oakfield Primary School (invented) Date 3 February 2027 Round Autumn 2026" in text
    assert "Receipt number R-2026-0041" in text
    assert "Dear Head teacher Thank you for your return “Section 175 self-assessment” for Autumn 2026." in text
    assert re.search(r"children safe, Independent Scrutineer Sample Safeguarding Children Partnership", text)


@pytest.mark.parametrize("differences", [0, 2, 6])
def test_the_letter_fits_on_two_pages(differences: int, tmp_path: Path) -> None:
    pdf = pdf_of(feedback_letter(a_letter(differences=differences)))

    assert len(pages_of(pdf, tmp_path)) <= 2
    assert unmarked(pdf) == []


def test_self_grade_and_agreed_grade_stand_next_to_each_other(tmp_path: Path) -> None:
    tree = spoken(pdf_of(feedback_letter(a_letter(differences=1))), tmp_path)

    row = tree[tree.index('"3.1 Induction') :]

    said = re.findall(r'"(.*)"', row)[:4]
    assert said[0].startswith("3.1 Induction for new and")
    assert said[1:3] == ["Met", "Partly met"]
    assert said[3].startswith("The record shows")


def test_the_sum_says_how_often_both_agree(tmp_path: Path) -> None:
    assert "You graded 70 items. The panel came to the same grade for 68 of them." in text_of(a_letter(), tmp_path)
    assert "The panel came to the same grade for all of them." in text_of(a_letter(differences=0), tmp_path)


def test_a_letter_without_differences_says_so_kindly(tmp_path: Path) -> None:
    text = text_of(a_letter(differences=0), tmp_path)

    assert "The panel agreed with every grade that you gave yourselves." in text


def test_a_letter_never_claims_agreement_that_the_numbers_deny(tmp_path: Path) -> None:
    text = text_of(replace(a_letter(differences=0), same=60), tmp_path)

    assert "agreed with every grade" not in text
    assert "for 60 of them" in text


def test_a_letter_with_little_in_it_leaves_no_empty_headings(tmp_path: Path) -> None:
    bare = replace(a_letter(differences=0), strengths=(), counts=(), steps=(), receipt="")

    text = text_of(bare, tmp_path)

    assert "What is going well" not in text
    assert "Your grades and ours" not in text
    assert "Receipt" not in text
    assert "There is nothing that you need to do now." in text


def test_what_a_step_lacks_is_said(tmp_path: Path) -> None:
    letter = a_letter()
    step = replace(letter.steps[0], due=None)
    difference = replace(letter.differences[0], reason="")

    text = text_of(replace(letter, steps=(step,), differences=(difference,)), tmp_path)

    assert "Office manager No date yet" in text
    assert "No reason was written down." in " ".join(text.split())


def test_no_sentence_of_ours_is_long(tmp_path: Path) -> None:
    bare = replace(a_letter(differences=1), strengths=(), counts=(), steps=())

    sentences = re.split(r"[.?!] ", text_of(bare, tmp_path))

    assert (
        max(len(sentence.split()) for sentence in sentences if "Dear" not in sentence and "With thanks" not in sentence)
        <= 40
    )
