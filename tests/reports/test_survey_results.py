"""The results of a survey on paper: numbers for a board, and nothing that points at anybody."""

from dataclasses import replace
from pathlib import Path

from iowscp_desktop.reports.survey_results import Compared, Counted, Crossed, SurveyReport, survey_results
from iowscp_desktop.text.survey_paper import SurveyPaper as Words
from tests.reports.paper import pages_of, pdf_of, spoken, unmarked

REPORT = SurveyReport(
    partnership="Sample Safeguarding Children Partnership (invented)",
    organisation="Elm Grove Academy (invented)",
    title="Staff survey",
    round="Spring 2027",
    people=38,
    questions=(
        Counted(label="Would you be heard?", answered=36, counts=(("Yes", 27), ("No", 9), ("I do not know", 0))),
        Counted(label="What keeps it from being heard?", answered=2),
    ),
    crossed=Crossed(
        by="What do you do here?",
        of="Would you be heard?",
        columns=("Yes", "No", ""),
        rows=(("I teach", 21, (19, None, None)), ("I support", 17, (None, None, None)), ("", 0, (0, 0, 0))),
    ),
    compared=Compared(
        before="Autumn 2026",
        after="Spring 2027",
        people=24,
        questions=(("Would you be heard?", (("Yes", 11, 19), ("No", 10, 4), ("I do not know", 3, 3))),),
    ),
)


def text_of(report: SurveyReport, folder: Path) -> str:
    return " ".join(" ".join(pages_of(pdf_of(survey_results(report)), folder)).split())


def test_each_answer_has_its_number_and_its_share_of_those_who_answered(tmp_path: Path) -> None:
    text = text_of(REPORT, tmp_path)

    assert "Yes 27 75% No 9 25% I do not know 0 0%" in text
    assert f"{Words.all_who_answered} 36" in text
    assert Words.in_own_words(2) in text


def test_a_number_that_is_left_out_is_said_in_words_with_the_reason(tmp_path: Path) -> None:
    text = text_of(REPORT, tmp_path)

    assert "I teach 21 19 not shown not shown" in text
    assert "I support 17 not shown not shown not shown" in text
    assert "fewer than 5 people gave both" in text


def test_before_and_after_stand_with_the_change(tmp_path: Path) -> None:
    text = text_of(REPORT, tmp_path)

    assert "Yes 11 19 +8 No 10 4 −6 I do not know 3 3 0" in text
    assert Words.before_after not in text_of(replace(REPORT, compared=None), tmp_path)


def test_a_screen_reader_reads_all_of_it(tmp_path: Path) -> None:
    pdf = pdf_of(survey_results(REPORT))

    tree = spoken(pdf, tmp_path)

    assert unmarked(pdf) == []
    assert tree.count("Table") >= 4
    assert "not shown" in tree
