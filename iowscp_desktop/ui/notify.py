"""The only place that tells a person about an error."""

import logging
import sys
import traceback
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QMessageBox, QWidget

from iowscp_desktop import text
from iowscp_desktop.errors import AppError
from iowscp_desktop.ui.widgets.messages import BannerStack, Message, Weight

log = logging.getLogger(__name__)


def announce(widget: QWidget, words: str) -> None:
    """Have a screen reader say something now, politely, without moving the focus."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))


class Notifier:
    """Shows errors in the window, as banners that stop nothing."""

    def __init__(self, banners: BannerStack) -> None:
        self._banners = banners

    def show_error(self, error: AppError) -> None:
        """Say what happened, what to do about it, and the code to quote."""
        self.say(Message(weight=Weight.PROBLEM, words=error.message, remedy=error.remedy, code=error.code))

    def show_bug(self, _error: BaseException) -> None:
        """Say that the program went wrong. What exactly is in the log, not on the screen."""
        self.say(Message(weight=Weight.PROBLEM, words=text.Notices.bug, remedy=text.Notices.bug_remedy))

    def say(self, message: Message) -> None:
        """Show any message, and have it read out."""
        self._banners.say(message)
        announce(self._banners, " ".join(part for part in (message.words, message.remedy) if part))


def show_before_window(error: BaseException) -> QMessageBox:
    """Say what stopped the program before there was a window to say it in."""
    if isinstance(error, AppError):
        words, remedy = error.message, f"{error.remedy}\n\n{text.Notices.code(error.code)}"
    else:
        words, remedy = text.Notices.bug, text.Notices.bug_remedy
    box = QMessageBox(QMessageBox.Icon.Warning, text.Shell.product, words)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(remedy)
    box.open()
    return box


class ErrorGuard(QObject):
    """Takes every exception that nobody caught, on whichever thread it was raised.

    Qt sends exceptions in slots, event handlers and runnables to `sys.excepthook`, so slots need no try/except.
    An AppError becomes a message. Anything else is a bug: it is logged each time and shown once, even if a
    model raises it for every cell it draws.
    """

    _caught = Signal(object)

    def __init__(self, show_error: Callable[[AppError], None], show_bug: Callable[[BaseException], None]) -> None:
        super().__init__()
        self._show_error, self._show_bug = show_error, show_bug
        self._bug_shown = False
        self._before = sys.excepthook
        self._caught.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Become `sys.excepthook`."""
        self._before, sys.excepthook = sys.excepthook, self._hook

    def uninstall(self) -> None:
        """Put back what was there before."""
        sys.excepthook = self._before

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not isinstance(error, Exception):  # Ctrl+C and sys.exit mean to end the program
            self._before(kind, error, trace)
            return
        if isinstance(error, AppError):
            log.warning("told the person: %s", error.code)
        else:
            log.critical("a bug: %s\n%s", kind.__name__, where(trace))
        self._caught.emit(error)

    def _show(self, error: Exception) -> None:
        if isinstance(error, AppError):
            self._show_error(error)
        elif not self._bug_shown:
            self._bug_shown = True
            self._show_bug(error)


def where(trace: TracebackType | None) -> str:
    """Return the places an exception went through. Its message stays out of logs: it may quote case data."""
    return "\n".join(f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in traceback.extract_tb(trace))
