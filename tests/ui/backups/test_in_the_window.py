"""The whole window: what is told after an unusual opening, help where nothing opens, backups made by themselves."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from iowscp_desktop import text
from iowscp_desktop.app import answers, backups, instance, opening
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.events import AnswerRecorded
from iowscp_desktop.domain.ids import QuestionId, ResponseId
from iowscp_desktop.errors import CannotWrite
from iowscp_desktop.store.backup import backups as backups_on
from iowscp_desktop.ui.backups import BackupsPage
from iowscp_desktop.ui.knocks import Knocks
from iowscp_desktop.ui.lock import LockPage
from iowscp_desktop.ui.settings import SettingsPage
from iowscp_desktop.ui.settings_sections import BACKUPS, SETTINGS
from tests.app.conftest import PASSPHRASE, Round
from tests.ui.test_main_window import Computer, computer, front, in_focus, words

__all__ = ["computer"]


class Desk:
    """A school's workspace with a mark, and the window of its laptop."""

    def __init__(self, computer: Computer, audit: Round, marks: Path) -> None:
        ws, self.response_id = audit.laptop()
        assert ws.store.database.path is not None
        self.folder = ws.store.database.path.parent
        ws.close()
        self.computer = computer
        self.world = replace(computer.setup.world, marks=marks)
        computer.setup = replace(computer.setup, folder=self.folder, world=self.world, backs_up=True)

    def open(self) -> Workspace:
        return opening.unlock_by_passphrase(self.folder, PASSPHRASE, self.world)

    def write(self, ws: Workspace, what: str) -> None:
        answers.record_answer(ws, ResponseId(self.response_id), QuestionId("heard_evidence"), what)


def _unlock() -> None:
    QTest.keyClicks(in_focus(), PASSPHRASE)
    QTest.keyClick(in_focus(), Qt.Key.Key_Return)


@pytest.fixture
def desk(computer: Computer, audit: Round, tmp_path: Path) -> Desk:
    return Desk(computer, audit, tmp_path / "marks")


def test_a_rolled_back_workspace_is_told_in_the_window_once(desk: Desk, tmp_path: Path) -> None:
    ws = desk.open()
    ws.close()
    shutil.copyfile(desk.folder / "workspace.db", tmp_path / "old.db")
    ws = desk.open()
    desk.write(ws, "missing afterwards")
    ws.close()
    shutil.copyfile(tmp_path / "old.db", desk.folder / "workspace.db")

    first = desk.computer.window(desk.open())
    told = words(first)
    first.close()
    second = desk.computer.window(desk.open())
    told_again = words(second)
    second.close()

    assert told == [text.Backups.noticed["rolled-back"][0]]
    assert told_again == []


def test_a_damaged_workspace_leads_from_the_lock_to_help_and_back(desk: Desk) -> None:
    ws = desk.open()
    desk.write(ws, "worth saving")
    backups.back_up(ws)
    ws.close()
    path = desk.folder / "workspace.db"
    content = bytearray(path.read_bytes())
    content[30] ^= 1
    path.write_bytes(content)

    window = desk.computer.window()
    lock = front(window)
    assert isinstance(lock, LockPage)
    _unlock()
    help_page = front(window)
    assert isinstance(help_page, BackupsPage)
    help_page.passphrase.show_text(PASSPHRASE)
    QTest.keyClick(help_page.save, Qt.Key.Key_Space)
    again = front(window)
    assert isinstance(again, LockPage)
    _unlock()

    assert not window.is_locked
    assert words(window) == [text.Backups.noticed["salvaged"][0]]
    window.close()
    ws = desk.open()
    held = [each.event.value for each in ws.standing(AnswerRecorded)]
    ws.close()
    assert held == ["worth saving"]


def test_the_days_backup_is_made_on_opening_and_another_on_leaving(desk: Desk) -> None:
    ws = desk.open()
    window = desk.computer.window(ws)
    daily = [each.manifest.reason for each in backups_on(desk.folder / "backups")]
    desk.write(ws, "written today")
    window.close()

    assert daily == ["daily"]
    assert [each.manifest.reason for each in backups_on(desk.folder / "backups")] == ["closing", "daily"]


def test_the_backups_open_from_the_settings(desk: Desk) -> None:
    window = desk.computer.window(desk.open())
    window.show_screen(SETTINGS)
    settings = window.screen_of(SETTINGS)
    assert isinstance(settings, SettingsPage)
    button = next(each for each in settings.sections if each.text() == text.Backups.section_button)
    QTest.keyClick(button, Qt.Key.Key_Space)

    assert window.current_screen == BACKUPS
    window.close()


def test_a_second_start_brings_the_window_forward_with_its_files(desk: Desk, tmp_path: Path) -> None:
    window = desk.computer.window()
    knocks = Knocks(desk.folder, window)
    knocks.knocked.connect(window.come_forward)
    window.showMinimized()
    knocks.look()
    still_minimised = window.isMinimized()
    instance.knock(desk.folder, (tmp_path / "one.iowbundle",))
    knocks.look()

    assert still_minimised
    assert not window.isMinimized()
    assert window._waiting == (tmp_path / "one.iowbundle",)
    window.close()


def test_what_was_left_by_an_earlier_run_is_nobodys_knock(desk: Desk, tmp_path: Path) -> None:
    window = desk.computer.window()
    instance.knock(desk.folder, (tmp_path / "old.iowbundle",))
    knocks = Knocks(desk.folder, window)
    brought: list[object] = []
    knocks.knocked.connect(brought.append)
    knocks.begin()
    knocks.look()

    assert brought == []
    window.close()


def test_a_full_disk_stops_locking_once_and_then_lets_go(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    window = desk.computer.window(desk.open())

    def full() -> None:
        raise CannotWrite

    monkeypatch.setattr(window, "flush_screens", full)
    with pytest.raises(CannotWrite):
        window.lock_now()
    stopped = not window.is_locked
    window.lock_now()

    assert stopped
    assert window.is_locked
    window.close()
