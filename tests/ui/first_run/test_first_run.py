"""The first run, acted by key and click, with real files and real workspaces."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from iowscp_desktop import text
from iowscp_desktop.app import escrow, invitations, keys, opening, recovery, rounds, unlocking
from iowscp_desktop.app.invitations import Invited
from iowscp_desktop.app.workspace import Surroundings, Workspace
from iowscp_desktop.domain.grants import Role
from iowscp_desktop.errors import KeyringSilent
from iowscp_desktop.ui.choosing import FileRequest
from iowscp_desktop.ui.first_run import FirstRunPage, open_first_run
from iowscp_desktop.ui.jobs import AtOnce, JobRunner, Runner
from iowscp_desktop.ui.widgets.fields import Field
from tests.app.conftest import PASSPHRASE, Round, Setting
from tests.app.test_opening import Drawer, NoDrawer
from tests.ui.acting import groups_on, write_down
from tests.ui.conftest import Show

Words = text.FirstRun


class Start:
    """A computer on which the program runs for the first time."""

    def __init__(
        self,
        setting: Setting,
        show: Show,
        drawer: Drawer | None = None,
        *,
        places: Sequence[Path] = (),
        runner: Runner | None = None,
    ) -> None:
        self.setting, self.show = setting, show
        self._places = iter(places)
        self.world: Surroundings = replace(setting.world, passphrase_cost=setting.world.code_cost, keyring=drawer)
        self.folder = setting.folder / "mine"
        self.opened: list[Workspace] = []
        self.asked_for: list[FileRequest] = []
        self.page = open_first_run(
            self.folder, self.world, runner or AtOnce(), on_opened=self._took, choose=self._choose
        )
        self.window = show(self.page, 1366, 768)

    def _took(self, ws: Workspace) -> None:
        self.opened.append(ws)
        self.setting.opened.append(ws)

    def _choose(self, request: FileRequest, on_chosen: Callable[[tuple[Path, ...]], None]) -> None:
        self.asked_for.append(request)
        on_chosen((next(self._places),))

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
    write_down(start.page.sheet.paper)

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
    write_down(start.page.sheet.paper)
    QTest.keyClick(start.page.spare.later, Qt.Key.Key_Return)

    (ws,) = start.opened
    assert ws.about.role is Role.TEAM
    assert ws.person.name == "Ana Team"
    assert not keys.ways_in(ws).spare_key


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
    assert start.says(text.Keys.strengths["STRONG"])


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
    write_down(start.page.sheet.paper)
    QTest.keyClick(start.page.spare.later, Qt.Key.Key_Return)

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


def to_the_sheet(start: Start) -> None:
    """Go as a team to the recovery sheet."""
    QTest.keyClick(start.page.doors.team, Qt.Key.Key_Return)
    for words in ("Isle of Testing Safeguarding Partnership", "Ana Team", PASSPHRASE, PASSPHRASE):
        start.type(words)
        start.press()


def test_without_two_right_groups_from_the_paper_nothing_is_made(start: Start) -> None:
    to_the_sheet(start)
    paper = start.page.sheet.paper

    for typed in ("", "WRNG"):
        paper.first.setText(typed)
        QTest.keyClick(start.page.sheet.go_on, Qt.Key.Key_Return)
        assert problem_of(paper.first_field) == problem_of(paper.second_field) == text.Keys.group_differs
        assert QApplication.focusWidget() is paper.first

    assert start.opened == []
    assert not start.folder.exists()


def test_who_goes_back_finds_the_key_that_is_on_the_paper_already(start: Start) -> None:
    to_the_sheet(start)
    before = groups_on(start.page.sheet.paper)

    QTest.keyClick(start.page.sheet.back, Qt.Key.Key_Return)
    QTest.keyClick(start.page.safe.go_on, Qt.Key.Key_Return)

    assert groups_on(start.page.sheet.paper) == before
    assert len(before) == 9


def test_the_page_to_print_is_saved_and_deleted_again(setting: Setting, show: Show, tmp_path: Path) -> None:
    start = Start(setting, show, places=[tmp_path / "sheet.pdf"])
    to_the_sheet(start)
    paper = start.page.sheet.paper

    QTest.keyClick(paper.save, Qt.Key.Key_Return)
    saved = (tmp_path / "sheet.pdf").read_bytes()
    QTest.keyClick(paper.delete, Qt.Key.Key_Return)

    assert saved.startswith(b"%PDF")
    assert not (tmp_path / "sheet.pdf").exists()
    assert start.says(text.Keys.sheet_deleted)
    assert start.asked_for[0].suggestion is not None


def test_a_place_that_takes_no_page_is_told_with_its_code(setting: Setting, show: Show, tmp_path: Path) -> None:
    start = Start(setting, show, places=[tmp_path / "gone" / "sheet.pdf"])
    to_the_sheet(start)

    QTest.keyClick(start.page.sheet.paper.save, Qt.Key.Key_Return)

    assert start.says("Code R1")
    assert not start.page.sheet.paper.delete.isVisible()


def test_the_sheet_that_was_written_down_opens_the_workspace(start: Start) -> None:
    to_the_sheet(start)
    printed = "-".join(groups_on(start.page.sheet.paper).values())
    write_down(start.page.sheet.paper)
    QTest.keyClick(start.page.spare.later, Qt.Key.Key_Return)
    start.opened[0].close()

    unlocked = unlocking.try_recovery(start.folder, printed, start.world)
    ws = unlocking.recover(start.folder, unlocked, "another passphrase here", start.world)

    assert ws.person.name == "Ana Team"
    ws.close()


def test_the_spare_key_is_made_saved_in_two_parts_and_carried_to_schools(
    setting: Setting, show: Show, tmp_path: Path
) -> None:
    stick, page = tmp_path / "stick.iowsparekey", tmp_path / "words.pdf"
    start = Start(setting, show, places=[stick, page])
    to_the_sheet(start)
    write_down(start.page.sheet.paper)
    spare = start.page.spare

    QTest.keyClick(spare.go_on, Qt.Key.Key_Return)
    too_soon = problem_of(spare.paper.apart_field), list(start.opened)
    QTest.keyClick(spare.paper.file, Qt.Key.Key_Return)
    QTest.keyClick(spare.paper.words, Qt.Key.Key_Return)
    QTest.keyClick(spare.paper.apart, Qt.Key.Key_Space)
    words = spare.paper._words.text()
    QTest.keyClick(spare.go_on, Qt.Key.Key_Return)

    assert too_soon == (text.Keys.spare_apart_missing, [])
    (ws,) = start.opened
    assert keys.ways_in(ws).spare_key
    assert keys.spare_keys_of(ws) != ()
    assert page.read_bytes().startswith(b"%PDF")
    ws.close()
    new = escrow.NewLocks(passphrase=PASSPHRASE + " two", sheet=recovery.new_sheet())
    again = escrow.open_with_spare_key(start.folder, stick, words, new, start.world)
    assert again.person.name == "Ana Team"
    again.close()


def test_a_school_is_told_of_the_spare_key_before_it_begins(start: Start, invited: Invited, audit: Round) -> None:
    spare = escrow.new_spare_key(start.world)
    go_to_code(start, invited)
    start.press()
    before = start.says(Words.asked_spare_words)

    escrow.use_for_partnership(audit.team, spare)
    other = rounds.add_organisation(audit.team, "Second School", "school")
    second = invitations.invite_organisation(audit.team, audit.round_id, other, audit.setting.folder)
    again = Start(audit.setting, start.show)
    go_to_code(again, second)
    again.press()

    assert not before
    assert again.says(Words.asked_spare_words)


class Silent(Drawer):
    """A password store that answers nobody until somebody gives it up."""

    def __init__(self) -> None:
        super().__init__()
        self.given_up = Event()

    @override
    def store(self, name: str, secret: bytes) -> None:
        assert self.given_up.wait(10)
        raise KeyringSilent(30)

    @override
    def give_up(self) -> None:
        self.given_up.set()


def test_a_password_store_that_does_not_answer_is_waited_for_in_words_and_can_be_skipped(
    setting: Setting, show: Show, qtbot: QtBot
) -> None:
    runner = JobRunner()
    start = Start(setting, show, Silent(), runner=runner)
    QTest.keyClick(start.page.doors.team, Qt.Key.Key_Return)
    for words in ("Partnership", "Ana"):
        start.type(words)
        start.press()
    waiting = start.says(Words.remember_asking), start.page.safe.chosen.isEnabled()

    QTest.keyClick(start.page.safe.skip, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not runner.is_busy)

    assert waiting == (True, True)
    assert start.says(Words.remember_not)
    assert not start.page.safe.skip.isVisible()


def test_who_does_not_care_about_remembering_never_waits_for_it(setting: Setting, show: Show, qtbot: QtBot) -> None:
    start = Start(setting, show, Silent(), runner=JobRunner())
    to_the_sheet(start)
    write_down(start.page.sheet.paper)
    qtbot.waitUntil(start.page.spare.later.isVisible)
    QTest.keyClick(start.page.spare.later, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: bool(start.opened))
    assert not keys.ways_in(start.opened[0]).remembered
