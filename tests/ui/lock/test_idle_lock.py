"""The window locks itself wherever somebody may have left it, also where the first attempt failed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from iowscp_desktop.app import opening
from iowscp_desktop.errors import CannotWrite
from iowscp_desktop.ui.lock import LockPage, WhoPage
from iowscp_desktop.ui.main_window import MainWindow
from tests.app.conftest import PASSPHRASE, Round, Setting
from tests.ui.conftest import Show
from tests.ui.test_main_window import Computer, front


@pytest.fixture
def computer(setting: Setting, show: Show) -> Computer:
    return Computer(setting, show)


def pass_without_use(window: MainWindow) -> None:
    """Nobody has touched it for as long as the settings say."""
    assert window._idle.is_watching
    window._idle._timer.stop()
    window._idle.idle.emit()


def test_it_locks_while_it_asks_who_is_there(computer: Computer, audit: Round) -> None:
    school, _ = audit.laptop("Ben Lead")
    opening.introduce(school, "Cat Deputy", "deputy")
    window = computer.window(school)
    window.lock_now()
    page = front(window)
    assert isinstance(page, LockPage)
    QTest.keyClicks(page.phrase, PASSPHRASE)
    QTest.keyClick(page.phrase, Qt.Key.Key_Return)
    assert isinstance(front(window), WhoPage)

    pass_without_use(window)

    assert isinstance(front(window), LockPage)
    window.close()


def test_a_full_disk_puts_the_lock_off_and_does_not_call_it_off(
    computer: Computer, audit: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    school, _ = audit.laptop()
    window = computer.window(school)

    def refuse() -> None:
        raise CannotWrite

    monkeypatch.setattr(window, "flush_screens", refuse)
    window._idle._timer.stop()  # it strikes once
    with pytest.raises(CannotWrite):
        window._on_idle()
    was_open = not window.is_locked
    pass_without_use(window)

    assert was_open
    assert isinstance(front(window), LockPage)
    window.close()
