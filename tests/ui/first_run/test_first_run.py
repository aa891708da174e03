"""The first run, acted by key and click, with real files and real workspaces."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from iowscp_desktop import text
from iowscp_desktop.app import invitations, opening
from iowscp_desktop.app.invitations import Invited
from iowscp_desktop.app.workspace import Surroundings, Workspace
from iowscp_desktop.domain.grants import Role
from iowscp_desktop.ui.choosing import FileRequest
from iowscp_desktop.ui.first_run import FirstRunPage, open_first_run
from iowscp_desktop.ui.jobs import AtOnce
from iowscp_desktop.ui.widgets.fields import Field
from tests.app.conftest import PASSPHRASE, Round, Setting
from tests.app.test_opening import Drawer, NoDrawer
from tests.ui.conftest import Show

Words = text.FirstRun


class Start:
    """A computer on which the program runs for the first time."""

    def __init__(self, setting: Setting, show: Show, drawer: Drawer | None = None) -> None:
        self.setting = setting
        self.world: Surroundings = replace(setting.world, passphrase_cost=setting.world.code_cost, keyring=drawer)
        self.folder = setting.folder / "mine"
        self.opened: list[Workspace] = []
        self.asked_for: list[FileRequest] = []
        self.page = open_first_run(self.folder, self.world, AtOnce(), on_opened=self._took)
        self.window = show(self.page, 1366, 768)

    def _took(self, ws: Workspace) -> None:
        self.opened.append(ws)
        self.setting.opened.append(ws)

    def type(self, words: str) -> None:
        focus = QApplication.focusWidget()
        assert isinstance(focus, QLineEdit)
        focus.selectAll()
        QTest.keyClicks(focus, words)

    def press(self, key: Qt.Key = Qt.Key.Key_Return) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key)

    def says(self, words: str) -> bool:
        return any(words in label for label in shown_words(self.page))


def shown_words(page: QWidget) -> list[str]:
    from iowscp_desktop.ui.widgets.labels import Label  # noqa: PLC0415

    return [label.text() for label in page.findChildren(Label) if label.isVisible()]


def problem_of(field: Field) -> str:
    return field._problem.text()


@pytest.fixture
def start(setting: Setting, show: Show) -> Start:
    return Start(setting, show)


@pytest.fixture
def invited(audit: Round, tmp_path: Path) -> Invited:
    return invitations.invite_organisation(audit.team, audit.round_id, audit.school, tmp_path)


def go_to_code(start: Start, invited: Invited) -> None:
    start.page.offer_file(invited.path)
    start.type(invited.code.lower().replace("-", " "))


def test_a_school_goes_from_invitation_to_workspace_by_keyboard_alone(start: Start, invited: Invited) -> None:
    go_to_code(start, invited)
    start.press()
    assert start.says("Test School")
    assert start.says("A small audit")
    start.press()
    start.type("Ben Lead")
    start.press()
    start.type("Designated safeguarding lead")
    start.press()
    start.type(PASSPHRASE)
    start.press()
    start.type(PASSPHRASE)
    start.press()

    (ws,) = start.opened
    assert ws.about.role is Role.ORGANISATION
    assert (ws.person.name, ws.person.role) == ("Ben Lead", "Designated safeguarding lead")
    ws.close()
    again = opening.unlock_by_passphrase(start.folder, PASSPHRASE, start.world)
    again.close()


def test_a_team_starts_its_workspace(start: Start) -> None:
    start.press(Qt.Key.Key_Tab)
    start.press()
    start.type("Isle of Testing Safeguarding Partnership")
    start.press()
    start.type("Ana Team")
    start.press()
    start.type(PASSPHRASE)
    start.press()
    start.type(PASSPHRASE)
    start.press()

    (ws,) = start.opened
    assert ws.about.role is Role.TEAM
    assert ws.person.name == "Ana Team"


def test_a_slip_and_a_wrong_code_are_told_apart_and_the_typing_stays(
    start: Start, invited: Invited, audit: Round, tmp_path: Path
) -> None:
    other = invitations.invite_organisation(audit.team, audit.round_id, audit.school, tmp_path)
    start.page.offer_file(invited.path)
    slip = other.code[:-1] + ("X" if other.code[-1] != "X" else "Y")

    start.type(slip)
    start.press()
    first = problem_of(start.page.code.field), start.page.code.code.text()
    start.type(other.code)
    start.press()
    second = problem_of(start.page.code.field), start.page.code.code.text()

    assert first == (Words.code_slip, slip)
    assert second == (Words.code_wrong, other.code)
    assert QApplication.focusWidget() is start.page.code.code
    assert not start.folder.exists()


def test_a_code_is_shown_in_groups_while_it_is_typed(start: Start, invited: Invited) -> None:
    start.page.offer_file(invited.path)

    start.type("2p9v5")

    assert start.says("2P9V-5   11 more characters to come")


def test_a_file_that_is_no_invitation_is_refused_with_its_code(start: Start, tmp_path: Path) -> None:
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(b"%PDF-1.7")

    start.page.offer_file(letter)

    assert "B105" in problem_of(start.page.file.field)
    assert QApplication.focusWidget() is start.page.file.choose


def test_a_file_can_be_dropped_anywhere(start: Start, invited: Invited) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(invited.path))])
    drop = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )

    start.page.dropEvent(drop)

    assert QApplication.focusWidget() is start.page.code.code


def test_a_file_is_chosen_with_the_button(setting: Setting, show: Show, invited: Invited) -> None:
    page = open_first_run(
        setting.folder / "mine",
        setting.world,
        AtOnce(),
        on_opened=setting.opened.append,
        choose=lambda _request, on_chosen: on_chosen((invited.path,)),
    )
    show(page, 1366, 768)

    QTest.keyClick(page.doors.invitation, Qt.Key.Key_Return)
    QTest.keyClick(page.file.choose, Qt.Key.Key_Return)

    assert QApplication.focusWidget() is page.code.code


def test_going_back_loses_nothing(start: Start, invited: Invited) -> None:
    go_to_code(start, invited)
    start.press()
    start.press()
    start.type("Ben Lead")
    for _ in range(4):
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.mouseClick(start.page._stack.currentWidget().back, Qt.MouseButton.LeftButton)  # type: ignore[attr-defined]

    assert start.page.doors.isVisible()
    assert start.page.who.name.text() == "Ben Lead"
    assert start.page.code.code.text()


@pytest.mark.parametrize(
    ("chosen", "again", "words"),
    [
        ("", "", Words.phrase_missing),
        ("password123", "password123", Words.phrase_easy),
        (PASSPHRASE, PASSPHRASE + "x", Words.phrase_differs),
    ],
)
def test_a_bad_passphrase_is_told_beside_its_field(start: Start, chosen: str, again: str, words: str) -> None:
    start.press(Qt.Key.Key_Tab)
    start.press()
    start.type("Partnership")
    start.press()
    start.type("Ana")
    start.press()
    start.type(chosen)
    start.press()
    start.type(again)

    start.press()

    assert words in {problem_of(start.page.safe.chosen_field), problem_of(start.page.safe.again_field)}
    assert start.opened == []
    assert start.page.safe.chosen.text() == chosen


def test_a_made_up_passphrase_is_shown_and_is_strong(start: Start) -> None:
    start.page.team.went_on.emit()
    QTest.keyClick(start.page.safe.suggest, Qt.Key.Key_Return)
    start.page._stack.setCurrentWidget(start.page.safe)

    made = start.page.safe.chosen.text()
    assert start.says(made)
    assert start.says(Words.strength(Words.strength_strong))


def test_remembering_is_offered_only_where_it_works(setting: Setting, show: Show) -> None:
    seen = []
    for drawer in (Drawer(), NoDrawer()):
        start = Start(setting, show, drawer)
        QTest.keyClick(start.page.doors.team, Qt.Key.Key_Return)
        start.type("Partnership")
        start.press()
        start.type("Ana")
        start.press()
        seen.append((start.page.safe.remember.isVisible(), start.says(Words.remember_not)))

    assert seen == [(True, False), (False, True)]


def test_what_is_remembered_opens_without_the_passphrase(setting: Setting, show: Show) -> None:
    drawer = Drawer()
    start = Start(setting, show, drawer)
    QTest.keyClick(start.page.doors.team, Qt.Key.Key_Return)
    start.type("Partnership")
    start.press()
    start.type("Ana")
    start.press()
    start.type(PASSPHRASE)
    start.press()
    start.type(PASSPHRASE)
    QTest.keyClick(start.page.safe.remember, Qt.Key.Key_Space)
    QTest.keyClick(start.page.safe.go_on, Qt.Key.Key_Return)

    start.opened[0].close()
    again = opening.unlock_by_keyring(start.folder, drawer, start.world)
    assert again.person.name == "Ana"
    again.close()


def test_an_invitation_that_is_too_old_is_told_at_the_file(setting: Setting, show: Show, invited: Invited) -> None:
    from datetime import timedelta  # noqa: PLC0415

    start = Start(setting, show)
    late = replace(start.world, clock=lambda: setting.world.clock() + timedelta(days=30))
    page: FirstRunPage = open_first_run(start.folder, late, AtOnce(), on_opened=setting.opened.append)
    show(page, 1366, 768)
    page.offer_file(invited.path)
    page.code.code.setText(invited.code)
    page.code.code.edited.emit(invited.code)

    page.code.went_on.emit()

    assert "B213" in problem_of(page.file.field)
    assert page.file.isVisible()
