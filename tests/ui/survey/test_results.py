"""What came of surveys in the real page, by keyboard: side by side, before and after, and on paper."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from iowscp_desktop.app import rounds, surveys
from iowscp_desktop.app.workspace import Changes
from iowscp_desktop.domain.ids import ResponseId, Sha256
from iowscp_desktop.text.survey import Survey as Words
from iowscp_desktop.text.survey_paper import SurveyPaper
from iowscp_desktop.ui.hub import Hub
from iowscp_desktop.ui.jobs import AtOnce
from iowscp_desktop.ui.survey import SurveyResultsPage, open_survey_results
from iowscp_desktop.ui.survey.results_presenter import ResultsPresenter
from iowscp_desktop.ui.widgets.choices import Combo
from tests.app.conftest import Round, Setting
from tests.app.test_survey_results import handed_in
from tests.app.test_survey_sheets import survey_round
from tests.reports.paper import pages_of
from tests.ui.acting import Chooser, Recorded, WhenTold, press, tab_to, words_on
from tests.ui.conftest import Show
from tests.ui.walks import faults, in_window

TELLING = "a-word-that-gives-its-writer-away"


class Training:
    """One school's survey before and after a training; ten people each, of whom five can be found in both."""

    def __init__(self, setting: Setting) -> None:
        self.survey = survey_round(setting)
        ws, self.before = self.survey.laptop()
        package = rounds.tools(self.survey.team)[0].package
        later = rounds.open_round(self.survey.team, title="After", package=Sha256(package), due=date(2027, 1, 8))
        second = Round(setting=setting, team=self.survey.team, round_id=later, school=self.survey.school)
        other, self.after = second.laptop("Cat Deputy", "deputy")
        handed_in(self.survey, ws, self.before, *(_sheet("teacher", "no", at) for at in range(10)))
        cooks = (_sheet("support", "no" if at == 7 else "yes", at) for at in range(5, 15))
        handed_in(self.survey, other, self.after, *cooks)


def _sheet(role: str, heard: str, at: int) -> dict[str, str]:
    return {"role": role, "heard": heard, "code": f"code {at}", **({"why": TELLING} if heard == "no" else {})}


@pytest.fixture
def training(setting: Setting) -> Training:
    return Training(setting)


def opened(training: Training, show: Show, *chosen: Path) -> SurveyResultsPage:
    hub: Hub[Changes] = Hub()
    page = open_survey_results(training.survey.team, hub, AtOnce(), Chooser(*chosen), lambda _path: None)
    show(in_window(page), 1366, 768)
    return page


def choose(page: SurveyResultsPage, combo: Combo, value: str) -> None:
    """Choose by keyboard, as a person does: go there, and press the arrow until it stands there."""
    tab_to(page, combo)
    for _ in range(combo.count()):
        if combo.currentData() == value:
            break
        QTest.keyClick(combo, Qt.Key.Key_Down)
    assert combo.currentData() == value


def test_two_questions_stand_side_by_side_and_the_one_who_said_no_is_not_told_from_the_others(
    training: Training, show: Show
) -> None:
    page = opened(training, show)
    choose(page, page.schools, training.after)

    choose(page, page.of, "heard")
    choose(page, page.by, "role")

    said = words_on(page)
    assert Words.group("I support", 10) in said
    assert Words.group("I teach", 0) in said
    assert faults(page.window()) == []  # type: ignore[arg-type]  # in_window made it a shell


def test_the_same_people_stand_before_and_after_with_the_change(training: Training, show: Show) -> None:
    page = opened(training, show)
    choose(page, page.schools, training.after)

    choose(page, page.earlier, training.before)

    said = words_on(page)
    assert Words.pairs(5) in said
    for words in ("Yes: +4", "Before: 0", "After: 4", "No: −4", "Before: 5", "After: 1"):
        assert words in said
    assert page.schools.itemText(0) != page.schools.itemText(1)
    assert "code 7" not in said


def test_what_stands_side_by_side_is_gone_when_another_survey_is_chosen(training: Training, show: Show) -> None:
    page = opened(training, show)
    choose(page, page.schools, training.after)
    choose(page, page.earlier, training.before)

    choose(page, page.schools, training.before)

    assert Words.pairs(5) not in words_on(page)
    assert (page.of.currentData(), page.earlier.currentData()) == (None, None)


def test_the_pages_for_the_board_hold_what_is_on_the_screen_and_no_words_of_anybody(
    training: Training, show: Show, tmp_path: Path
) -> None:
    page = opened(training, show, tmp_path / "results")
    choose(page, page.schools, training.after)
    choose(page, page.of, "heard")
    choose(page, page.by, "role")
    choose(page, page.earlier, training.before)
    assert TELLING in words_on(page)

    tab_to(page, page.save_pdf)
    press(Qt.Key.Key_Space)

    path = tmp_path / "results.pdf"
    said = " ".join(" ".join(pages_of(path.read_bytes(), tmp_path)).split())
    assert str(path) in words_on(page)
    for words in (SurveyPaper.before_after, SurveyPaper.side_by_side, "Test School", "−4", "+4"):
        assert words in said
    assert TELLING not in said
    assert "code 7" not in said
    assert SurveyPaper.in_own_words(1) in said


def test_an_answer_that_comes_late_is_not_put_beside_another_survey(training: Training) -> None:
    view, runner = Recorded(), WhenTold()
    presenter = ResultsPresenter(training.survey.team, view, runner=runner)
    presenter.start()
    runner.finish()
    presenter.on_chosen(training.after)
    view.clear()

    presenter.on_crossed("role", "heard")
    presenter.on_chosen(training.before)
    runner.finish()

    assert "show_crossed" not in view.names()


def test_where_too_few_can_be_found_the_page_says_so(training: Training, show: Show) -> None:
    team, survey = training.survey.team, training.survey
    _add_strangers(survey, training.after)
    page = opened(training, show)
    choose(page, page.schools, training.after)

    choose(page, page.earlier, training.before)

    assert surveys.gathered(team, training.after) == 15
    assert Words.too_few_pairs in words_on(page)


def _add_strangers(survey: Round, response_id: ResponseId) -> None:
    """Five more people make up a code that somebody else has."""
    laptop = next(ws for ws in survey.setting.opened if ws.person.name == "Cat Deputy")
    handed_in(survey, laptop, response_id, *(_sheet("support", "yes", 5) for _ in range(5)))
