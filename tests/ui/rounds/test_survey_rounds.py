"""A round of a survey: nobody signs it and nothing comes back by name, so it is not told like an audit."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from iowscp_desktop import text
from iowscp_desktop.app import rounds
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.ids import ResponseId
from iowscp_desktop.ui.areas import ROUNDS
from iowscp_desktop.ui.rounds import RoundsPage
from iowscp_desktop.ui.rounds.presenter import Stage
from iowscp_desktop.ui.survey import SurveyResultsPage
from iowscp_desktop.ui.survey_areas import SURVEY
from tests.app.conftest import Round, Setting
from tests.app.test_survey_results import handed_in
from tests.app.test_survey_sheets import survey_round
from tests.ui.acting import press, words_on
from tests.ui.conftest import Show
from tests.ui.rounds.test_rounds import Desk, opened
from tests.ui.survey.test_results import Training
from tests.ui.test_main_window import Computer

SHEET = {"role": "teacher", "heard": "yes"}


@dataclass
class Asked:
    """A survey at one school, and what the team sees of it."""

    survey: Round
    school: Workspace
    response_id: ResponseId

    def desk(self) -> Desk:
        desk = Desk(self.survey.team)
        desk.open_first()
        return desk

    def send(self, people: int) -> None:
        handed_in(self.survey, self.school, self.response_id, *(SHEET for _ in range(people)))


@pytest.fixture
def asked(setting: Setting) -> Asked:
    survey = survey_round(setting)
    return Asked(survey, *survey.laptop())


def test_a_survey_is_told_by_its_sheets_and_never_like_an_audit(asked: Asked) -> None:
    before = asked.desk().view.last("show_round")
    asked.send(7)
    asked.send(5)

    after = asked.desk()

    (was,), (row,) = before.rows, after.view.last("show_round").rows
    (line,) = after.view.last("show_rounds")
    assert (before.row.is_survey, before.row.returned, was.stage, was.sheets) == (True, 0, Stage.INVITED, 0)
    assert (row.stage, row.sheets, row.to_ask, row.receipt, row.signed) == (Stage.ANSWERED, 12, False, "", "")
    assert (line.is_survey, line.returned, line.asked) == (True, 1, 1)


def test_an_audit_is_no_survey(audit: Round) -> None:
    audit.laptop()
    desk = Desk(audit.team)
    desk.open_first()

    assert [row.is_survey for row in desk.view.last("show_rounds")] == [False]
    assert [row.stage for row in desk.view.last("show_round").rows] == [Stage.INVITED]


def test_a_survey_of_nobody_yet_is_a_survey(setting: Setting) -> None:
    survey = survey_round(setting)
    desk = Desk(survey.team)
    desk.open_first()

    assert desk.view.last("show_round").row.is_survey
    assert rounds.returns_of(survey.team, survey.round_id) == ()


def test_the_page_says_that_it_is_a_survey_and_leads_to_what_came(show: Show, asked: Asked) -> None:
    asked.send(7)
    room = opened(show, asked.survey.team)
    room.page.on_shown()
    listed = room.page.list.table.rows
    press(Qt.Key.Key_Return)
    said = words_on(room.page)

    at = QApplication.focusWidget()
    press(Qt.Key.Key_Return)

    assert [row.is_survey for row in listed] == [True]
    assert text.Rounds.survey_about in said
    assert text.Rounds.sheets(7) in [room.page.round.table.model().index(0, 1).data()]
    assert at is room.page.round.table
    assert room.went == [("read", asked.response_id)]
    buttons = room.page.round
    assert (buttons.panel_button.isVisible(), buttons.read_button.isVisible()) == (False, True)
    assert not buttons.receipt_button.isVisible()
    assert not buttons.feedback_button.isVisible()


def test_from_a_round_one_comes_to_what_that_very_school_answered_then(setting: Setting, show: Show) -> None:
    training = Training(setting)
    window = Computer(setting, show).window(training.survey.team)
    page, results = window.screen_of(ROUNDS), window.screen_of(SURVEY)
    assert isinstance(page, RoundsPage)
    assert isinstance(results, SurveyResultsPage)
    came = []
    for title in ("Spring", "After"):
        window.show_screen(ROUNDS)
        page._top.followed.emit("list")
        page.list.table.show_current(next(row.id for row in page.list.table.rows if row.title == title))
        page.list.open_button.click()
        page.round.read_button.click()
        came.append((window.current_screen, results.schools.currentData()))

    assert came == [(SURVEY, training.before), (SURVEY, training.after)]
