"""A return that somebody else answered is read on the same page, and nothing on it can be changed."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QWidget

from iowscp_desktop import text
from iowscp_desktop.app import answers
from iowscp_desktop.app.workspace import Changes
from iowscp_desktop.domain.ids import QuestionId, response_space
from iowscp_desktop.ui.fill import FillPage, open_fill, open_reading
from iowscp_desktop.ui.hub import Hub
from iowscp_desktop.ui.jobs import AtOnce
from iowscp_desktop.ui.shell import Shell
from iowscp_desktop.ui.theme import Scheme, apply_theme
from iowscp_desktop.ui.widgets.labels import Label
from tests.app.conftest import Round
from tests.app.work import WHOLE, answer, take_in
from tests.ui.conftest import Show
from tests.ui.walks import faults, in_window


class Office:
    """The team's workspace, with a return that came in."""

    def __init__(self, audit: Round, tmp_path: Path) -> None:
        self.team, self.hub = audit.team, Hub[Changes]()
        school, self.response_id = audit.laptop()
        answer(school, self.response_id, WHOLE)
        paper = tmp_path / "minutes.txt"
        paper.write_text("Minutes of a meeting.")
        answers.attach(school, self.response_id, QuestionId("heard"), paper)
        take_in(audit, self.response_id, school)
        self.ways: list[str] = []

    def read(self) -> FillPage:
        return open_reading(
            self.team,
            self.hub,
            AtOnce(),
            self.response_id,
            on_back=lambda: self.ways.append("back"),
            on_settle=lambda: self.ways.append("settle"),
        )

    def entries(self) -> int:
        return len(self.team.store.journal.heads(response_space(self.response_id)))


@pytest.fixture
def office(audit: Round, tmp_path: Path) -> Office:
    return Office(audit, tmp_path)


def said(page: QWidget) -> set[str]:
    return {label.text() for label in page.findChildren(Label) if label.isVisible()}


def test_whose_answers_they_are_is_said_and_the_first_question_is_shown(office: Office, show: Show) -> None:
    page = show(office.read(), 1352, 800)
    assert isinstance(page, FillPage)

    assert text.Fill.reading("Test School") in said(page)
    assert page.presenter.entry_id == "setting_name"
    assert not page.board.check.isVisible()
    assert not page.board.panel.locked.isVisible()


def test_no_key_and_no_button_changes_anything(office: Office, show: Show) -> None:
    page = show(office.read(), 1352, 800)
    assert isinstance(page, FillPage)
    before = office.entries()
    for entry in ("setting_name", "heard", "visit"):
        page.go_to(entry)
        for field in (*page.board.panel.findChildren(QLineEdit), *page.board.panel.findChildren(QPlainTextEdit)):
            if field.isVisible():
                QTest.keyClicks(field, "x")
        for button in page.board.panel.findChildren(QAbstractButton):
            if button.isVisible() and button.isEnabled():
                button.click()
        QTest.keyClick(page, Qt.Key.Key_1)
        QTest.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    page.files.on_files((Path(__file__),))
    page.flush()

    assert office.entries() == before
    assert not page.board.foot.undo.isVisible()


def test_the_same_keys_change_something_where_one_fills_in(audit: Round, show: Show) -> None:
    ws, response_id = audit.laptop()
    page = show(open_fill(ws, Hub[Changes](), AtOnce(), response_id, on_check=lambda: None), 1352, 800)
    assert isinstance(page, FillPage)
    before = len(ws.store.journal.heads(response_space(response_id)))
    page.go_to("heard")
    QTest.keyClick(page, Qt.Key.Key_1)

    assert len(ws.store.journal.heads(response_space(response_id))) > before


def test_one_goes_through_all_questions_and_back(office: Office, show: Show) -> None:
    page = show(office.read(), 1352, 800)
    assert isinstance(page, FillPage)
    seen = [page.presenter.entry_id]
    while page.board.foot.next.isEnabled():
        page.board.foot.next.click()
        seen.append(page.presenter.entry_id)
    page.board.top.followed.emit("home")

    assert seen == ["setting_name", "staff", "heard", "adult", "visit"]
    assert office.ways == ["back"]


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_everything_is_named_reached_and_in_sight(qapp: QApplication, office: Office, show: Show, scale: float) -> None:
    apply_theme(qapp, Scheme.LIGHT, scale)
    page = office.read()
    window = show(in_window(page), 1366, 768)
    assert isinstance(window, Shell)
    page.go_to("heard")
    QApplication.processEvents()

    assert (window.width(), window.height()) == (1366, 768)
    assert faults(window) == []
