"""A round of an audit of one's own: chosen by its folder, where the round is started."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from iowscp_desktop import text
from iowscp_desktop.app import rounds
from iowscp_desktop.errors import ToolFileMissing
from tests.app.conftest import Setting
from tests.ui.acting import press, tab_to, words_on
from tests.ui.conftest import Show
from tests.ui.rounds.test_rounds import Desk, opened

SMALL = Path(__file__).parents[2] / "app" / "small_tool"


def test_an_audit_of_ones_own_is_taken_from_its_folder_and_chosen(setting: Setting) -> None:
    desk = Desk(setting.team())
    desk.presenter.on_new_round()

    desk.presenter.on_own_tool(SMALL)

    offers, own = desk.view.calls[-1][1]
    assert [tool.package for tool in rounds.tools(desk.team)] == [own.package]
    assert [offer.words for offer in offers if offer.package == own.package] == ["A small audit, edition 2026"]


def test_a_folder_that_is_no_audit_is_refused_in_the_form(setting: Setting, tmp_path: Path) -> None:
    desk = Desk(setting.team())
    desk.presenter.on_new_round()

    desk.presenter.on_own_tool(tmp_path)

    _offers, own = desk.view.calls[-1][1]
    assert ("tool.toml" in own.refused, own.package) == (True, None)
    assert rounds.tools(desk.team) == ()


def test_a_round_of_ones_own_audit_is_started_by_keyboard_alone(show: Show, setting: Setting, tmp_path: Path) -> None:
    team = setting.team()
    room = opened(show, team, SMALL)
    form = room.page.new_round
    room.page.list.empty.button.click()
    QTest.keyClicks(form.title, "2027")

    tab_to(room.page, form.own_button)
    press(Qt.Key.Key_Space)
    at, kept, said = QApplication.focusWidget(), form.title.text(), words_on(form)
    QTest.keyClicks(form.due, "18 12 2026")
    form.title.setFocus()
    press(Qt.Key.Key_Return)

    assert (at is form.title, kept) == (True, "2027")
    assert text.Rounds.own_tool_taken("A small audit, edition 2026") in said
    assert [line.title for line in rounds.rounds(team)] == ["2027"]


def test_why_an_audit_cannot_be_used_is_said_where_it_was_chosen(show: Show, setting: Setting, tmp_path: Path) -> None:
    room = opened(show, setting.team(), tmp_path)
    form = room.page.new_round
    room.page.list.empty.button.click()

    form.own_button.click()
    said = words_on(form)
    press(Qt.Key.Key_Escape)

    assert (ToolFileMissing.code in said, form.isVisible()) == (True, False)
