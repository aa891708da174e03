"""The step to another edition, over a real workspace: seen first, moved by a button, taken back the same way."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from iowscp_desktop import text
from iowscp_desktop.app import answers, responses
from iowscp_desktop.app.filling import open_filling
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.ids import QuestionId, ResponseId
from iowscp_desktop.errors import ComparisonOutdated
from iowscp_desktop.ui.editions import EditionsPage, open_editions
from iowscp_desktop.ui.fill import open_fill
from iowscp_desktop.ui.home.states import task_state
from iowscp_desktop.ui.hub import Hub
from iowscp_desktop.ui.jobs import AtOnce
from iowscp_desktop.ui.widgets.messages import Message
from tests.app.conftest import Round
from tests.app.newer_tool import arrive, newer
from tests.app.test_editions import ANSWERED
from tests.app.work import WHOLE, answer, sign_all
from tests.ui.conftest import Show


class School:
    """A school's laptop on which a newer edition has arrived."""

    def __init__(self, audit: Round, small_tool: dict[str, bytes], show: Show) -> None:
        self.ws, self.response_id = audit.laptop()
        self.small_tool, self._show = small_tool, show
        self.hub: Hub[Changes] = Hub()
        self.went: list[str] = []
        self.said: list[Message] = []

    def open(self) -> EditionsPage:
        page = self._show(
            open_editions(
                self.ws,
                self.hub,
                AtOnce(),
                self.response_id,
                on_home=lambda: self.went.append("home"),
                on_settle=lambda: self.went.append("settle"),
                say=self.said.append,
            ),
            1300,
            740,
        )
        assert isinstance(page, EditionsPage)
        return page

    def edition(self) -> str:
        return open_filling(self.ws, self.response_id).tool.edition


@pytest.fixture
def school(audit: Round, small_tool: dict[str, bytes], show: Show) -> School:
    made = School(audit, small_tool, show)
    answer(made.ws, made.response_id, ANSWERED)
    arrive(made.ws, newer(small_tool))
    return made


def press(page: EditionsPage) -> None:
    page.on_shown()
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Space)


def test_what_becomes_of_the_answers_is_seen_before_anything_moves(school: School) -> None:
    page = school.open()

    assert page.kept.heading.text() == text.Editions.kept(3)
    assert [line.text() for line in page.renamed.lines] == [
        "1.2  A trusted adult  →  1.2  Trusted adults  ·  Now about every adult."
    ]
    assert [line.text() for line in page.again.lines] == ["1.1  Children are heard: “Partly met”"]
    assert [line.text() for line in page.dropped.lines] == [f"A.2  Staff: “12”, because {text.Editions.not_asked}"]
    assert [line.text() for line in page.added.lines] == ["1.4  Parents are heard"]
    assert not page.locked.isVisible()
    assert not page.undecided.isVisible()
    assert school.edition() == "2026"


def test_one_key_moves_and_leads_home(school: School) -> None:
    press(school.open())

    assert (school.edition(), school.went) == ("2027", ["home"])
    assert [message.words for message in school.said] == [text.Editions.moved("2027")]


def test_staying_moves_nothing(school: School) -> None:
    page = school.open()

    page.stay_button.click()

    assert (school.edition(), school.went, school.said) == ("2026", ["home"], [])


def test_one_can_move_back(school: School) -> None:
    press(school.open())
    page = school.open()
    assert page.title.title.text() == text.Editions.heading("2027", "2026")

    press(page)

    assert school.edition() == "2026"
    assert open_filling(school.ws, school.response_id).entry("adult").point == "met"


def test_an_answer_given_meanwhile_is_compared_too(school: School) -> None:
    page = school.open()

    school.hub.tell(answers.record_answer(school.ws, school.response_id, QuestionId("setting_name"), None))

    assert page.kept.heading.text() == text.Editions.kept(2)
    press(page)
    assert school.edition() == "2027"


def test_a_signed_audit_says_why_it_stays(audit: Round, small_tool: dict[str, bytes], show: Show) -> None:
    school = School(audit, small_tool, show)
    answer(school.ws, school.response_id, WHOLE)
    sign_all(school.ws, school.response_id)
    arrive(school.ws, newer(small_tool))

    page = school.open()

    assert page.locked.isVisible()
    assert not page.move_button.isEnabled()
    assert school.edition() == "2026"


def test_many_lines_are_shown_when_somebody_asks(show: Show) -> None:
    page = EditionsPage(on_home=lambda: None, on_settle=lambda: None, say=lambda _message: None)
    show(page, 1300, 740)
    page.added.show_lines("Nine", [f"Line {number}" for number in range(9)], count=9)
    before = len(page.added.lines)

    page.added.more.click()

    assert (before, len(page.added.lines)) == (6, 9)


def test_home_speaks_of_a_newer_edition_until_it_is_signed(school: School) -> None:
    ws, response_id = school.ws, school.response_id

    before = _home(ws, response_id)
    press(school.open())
    after = _home(ws, response_id)

    assert (before, after) == (("2027", True), ("2026", False))


def _home(ws: Workspace, response_id: ResponseId) -> tuple[str, bool] | None:
    (line,) = responses.tasks(ws)
    edition = task_state(ws, line, open_filling(ws, response_id)).edition
    return None if edition is None else (edition.edition, edition.is_newer)


def test_an_open_question_that_is_asked_no_more_makes_way(school: School, show: Show) -> None:
    fill = open_fill(school.ws, school.hub, AtOnce(), school.response_id, on_check=lambda: None, entry_id="staff")
    show(fill, 1300, 740)

    press(school.open())

    assert fill.presenter.entry_id == "heard"
    assert [line.id for line in fill.presenter._asked()][2:] == ["trusted", "boarders", "listened", "visit"]


def test_answers_that_came_late_are_offered_beside_what_stands(school: School) -> None:
    press(school.open())
    answer(school.ws, school.response_id, {"adult": "not"})
    (line,) = responses.tasks(school.ws)
    told = task_state(school.ws, line, open_filling(school.ws, school.response_id)).late
    page = school.open()
    said = [label.text() for label in page.late.lines]
    page.take_button.click()

    assert told == 1
    assert said == [text.Editions.late_answer("1.2  Trusted adults", "Not met", "Met")]
    assert open_filling(school.ws, school.response_id).entry("trusted").point == "not"
    assert not page.late.isVisible()
    assert school.said[-1].words == text.Editions.late_taken


def test_late_answers_can_be_left(school: School) -> None:
    press(school.open())
    answer(school.ws, school.response_id, {"adult": "not"})
    page = school.open()

    page.leave_button.click()

    assert open_filling(school.ws, school.response_id).entry("trusted").point == "met"
    assert not page.late.isVisible()


def test_a_move_that_comes_too_late_is_refused_and_compared_anew(school: School) -> None:
    page = school.open()
    answer(school.ws, school.response_id, {"setting_name": ""})  # and nobody told the page

    with pytest.raises(ComparisonOutdated):
        page._on_move()  # as the button does; what it raises is shown by the window

    assert school.edition() == "2026"
    assert page.kept.heading.text() == text.Editions.kept(2)
    assert page.move_button.isEnabled()
