"""What came of surveys, with invented answers: for the walks of every page, and to look at."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from iowscp_desktop.app.survey_results import (
    Compared,
    ComparedQuestion,
    Crossed,
    CrossedGroup,
    QuestionResult,
    SurveyResult,
)
from iowscp_desktop.app.survey_sheets import SurveyLine
from iowscp_desktop.domain.ids import ResponseId
from iowscp_desktop.ui.rounds.presenter import RoundState, Stage
from iowscp_desktop.ui.survey import SurveyResultsPage
from iowscp_desktop.ui.survey.results_presenter import ResultState
from tests.ui.team_pages import ORGANISATIONS, ROUND, rounds_page

SCHOOLS = (
    ("1", "Elm Grove Academy (invented): Staff survey, Spring 2027"),
    ("2", "Oakfield Primary (invented): Staff survey"),
)
HEARD = "Would a concern of yours about a child be heard, whoever it is about?"
ROLE = "What do you do here?"

LINE = SurveyLine(
    response_id=ResponseId("1"),
    title="Staff survey",
    round_title="Spring 2027",
    partnership="Sample Safeguarding Children Partnership (invented)",
    organisation="Elm Grove Academy (invented)",
)
RESULT = SurveyResult(
    line=LINE,
    sheets=38,
    has_code=True,
    questions=(
        QuestionResult(
            id="role",
            label=ROLE,
            answered=38,
            counts=(("I teach", 21), ("I support in class", 12), ("I cook, clean or keep the grounds", 5)),
            lines=(),
            is_one_choice=True,
        ),
        QuestionResult(
            id="heard",
            label=HEARD,
            answered=36,
            counts=(("Yes", 29), ("No", 6), ("I do not know", 1)),
            lines=(),
            is_one_choice=True,
        ),
        QuestionResult(
            id="why",
            label="What keeps it from being heard?",
            answered=2,
            counts=(),
            lines=("Nobody asks those of us who come at five.", "The form is long, and where it goes is not said."),
        ),
    ),
)
_HIDDEN = (("Yes", None), ("No", None), ("I do not know", None), ("", None))
CROSSED = Crossed(
    by=ROLE,
    of=HEARD,
    groups=(
        CrossedGroup(words="I teach", size=21, counts=(("Yes", 19), ("No", None), ("I do not know", None), ("", None))),
        CrossedGroup(words="I support in class", size=12, counts=_HIDDEN),
        CrossedGroup(words="I cook, clean or keep the grounds", size=5, counts=_HIDDEN),
        CrossedGroup(words="", size=0, counts=(("Yes", 0), ("No", 0), ("I do not know", 0), ("", 0))),
    ),
)
COMPARED = Compared(
    people=24,
    questions=(
        ComparedQuestion(label=HEARD, counts=(("Yes", 11, 19), ("No", 10, 4), ("I do not know", 3, 1))),
        ComparedQuestion(label="Do you know whom to tell?", counts=(("Yes", 24, 24), ("No", 0, 0))),
    ),
)


def _page() -> SurveyResultsPage:
    page = SurveyResultsPage(lambda _request, _on_chosen: None, lambda _path: None)
    page.show_surveys(SCHOOLS, "1")
    questions = tuple((each.id, each.label) for each in RESULT.questions if each.is_one_choice)
    earlier = (("2", "Autumn 2026: Staff survey"),)
    page.show_result(ResultState(result=RESULT, questions=questions, earlier=earlier))
    return page


def results() -> QWidget:
    return _page()


def side_by_side() -> QWidget:
    page = _page()
    page.of.show_value("heard")
    page.by.show_value("role")
    page.show_crossed(CROSSED)
    page.earlier.show_value("2")
    page.show_compared(COMPARED, is_asked=True)
    return page


def few() -> QWidget:
    page = _page()
    page.show_result(ResultState(result=RESULT, questions=(), earlier=()))
    page.show_compared(None, is_asked=True)
    return page


def none() -> QWidget:
    page = SurveyResultsPage(lambda _request, _on_chosen: None, lambda _path: None)
    page.show_surveys((), "")
    return page


def round_survey() -> QWidget:
    page = rounds_page()
    row = replace(ROUND, title="Spring 2027", tool="Staff survey", is_survey=True, returned=1, asked=3)
    came = replace(ORGANISATIONS[1], stage=Stage.ANSWERED, sheets=38, receipt="", signed="")
    page.show_round(RoundState(row=row, rows=(ORGANISATIONS[0], came, ORGANISATIONS[2])))
    page.round.table.show_current("2")
    page.round.search.edited.emit("")
    return page


SURVEY_PAGES: dict[str, Callable[[], QWidget]] = {
    "round_survey": round_survey,
    "survey_results": results,
    "survey_side_by_side": side_by_side,
    "survey_few": few,
    "survey_none": none,
}
