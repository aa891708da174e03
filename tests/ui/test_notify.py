import logging
import sys
import threading
from collections.abc import Iterator
from typing import ClassVar

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from iowscp_desktop.errors import AppError
from iowscp_desktop.ui.notify import ErrorGuard, Notifier, show_before_window
from iowscp_desktop.ui.widgets.messages import BannerStack, Weight
from tests.ui.conftest import Show


class NotForYou(AppError):
    """A made-up error for these tests."""

    code: ClassVar[str] = "X999"
    remedy: ClassVar[str] = "Ask the sender."

    def __init__(self) -> None:
        super().__init__("This is sealed for someone else.")


@pytest.fixture
def shown() -> list[BaseException]:
    return []


@pytest.fixture
def guard(qtbot: QtBot, shown: list[BaseException], monkeypatch: pytest.MonkeyPatch) -> Iterator[ErrorGuard]:
    made = ErrorGuard(shown.append, shown.append)
    made.install()
    yield made
    made.uninstall()


def hand_over(error: BaseException) -> None:
    """Do what Python and Qt do with an exception that nobody caught."""

    def fail() -> None:
        raise error

    try:
        fail()
    except BaseException as raised:  # noqa: BLE001 - the hook takes them all
        sys.excepthook(type(raised), raised, raised.__traceback__)


def test_an_expected_error_is_shown_each_time(guard: ErrorGuard, shown: list[BaseException], qtbot: QtBot) -> None:
    for _ in range(2):
        hand_over(NotForYou())
    qtbot.waitUntil(lambda: len(shown) == 2)

    assert all(isinstance(error, NotForYou) for error in shown)


@pytest.mark.logs_errors
def test_a_bug_is_shown_once_and_logged_each_time(
    guard: ErrorGuard, shown: list[BaseException], qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(3):
        hand_over(KeyError("Billy Bloggs told us"))
    hand_over(NotForYou())
    qtbot.waitUntil(lambda: len(shown) == 2)

    assert [type(error) for error in shown] == [KeyError, NotForYou]
    assert len([record for record in caplog.records if record.levelno == logging.CRITICAL]) == 3


@pytest.mark.logs_errors
def test_the_log_says_where_a_bug_was_but_not_what_it_quoted(
    guard: ErrorGuard, caplog: pytest.LogCaptureFixture
) -> None:
    hand_over(KeyError("Billy Bloggs told us"))

    assert "KeyError" in caplog.text
    assert "test_notify.py" in caplog.text
    assert "Billy" not in caplog.text


def test_an_error_on_another_thread_is_shown_on_this_one(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[int] = []
    guard = ErrorGuard(lambda _error: threads.append(threading.get_ident()), lambda _error: None)
    guard.install()

    worker = threading.Thread(target=lambda: hand_over(NotForYou()))
    worker.start()
    worker.join()
    qtbot.waitUntil(lambda: bool(threads))
    guard.uninstall()

    assert threads == [threading.get_ident()]


def test_an_error_in_a_slot_reaches_the_person(guard: ErrorGuard, shown: list[BaseException], qtbot: QtBot) -> None:
    button = QPushButton()
    qtbot.addWidget(button)

    def slot() -> None:
        raise NotForYou

    button.clicked.connect(slot)
    button.click()
    qtbot.waitUntil(lambda: bool(shown))

    assert isinstance(shown[0], NotForYou)


def test_ctrl_c_still_ends_the_program(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    passed_on: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: passed_on.append(error))
    guard = ErrorGuard(lambda _error: None, lambda _error: None)
    guard.install()

    hand_over(KeyboardInterrupt())
    guard.uninstall()

    assert [type(error) for error in passed_on] == [KeyboardInterrupt]


def test_an_error_becomes_a_banner_with_remedy_and_code(show: Show) -> None:
    stack = BannerStack()
    show(stack, 500, 100)

    Notifier(stack).show_error(NotForYou())

    (banner,) = stack.banners
    message = banner.message
    assert (message.weight, message.words) == (Weight.PROBLEM, "This is sealed for someone else.")
    assert (message.remedy, message.code) == ("Ask the sender.", "X999")


def test_a_bug_is_told_without_its_details(show: Show) -> None:
    stack = BannerStack()
    show(stack, 500, 100)

    Notifier(stack).show_bug(KeyError("Billy Bloggs"))

    (banner,) = stack.banners
    assert "Billy" not in banner.message.words + banner.message.remedy
    assert "saved work is safe" in banner.message.remedy


def test_before_there_is_a_window_a_box_says_what_stopped_the_program(qtbot: QtBot) -> None:
    box = show_before_window(NotForYou())
    qtbot.addWidget(box)

    assert box.isVisible()
    assert box.text() == "This is sealed for someone else."
    assert "X999" in box.informativeText()
