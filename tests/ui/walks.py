"""What every screen is held to, in a window with a rail: names, sizes, Tab, and nothing cut off."""

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from iowscp_desktop.ui.shell import Shell
from iowscp_desktop.ui.theme import Icon, px
from tests.ui.test_accessibility import INTERACTIVE, everything, stops

_KINDS = (QAbstractButton, QComboBox, QLineEdit)


def in_window(page: QWidget) -> Shell:
    """Return a window with one screen."""
    window = Shell()
    window.add_screen("here", Icon.CLIPBOARD_CHECK, "Audit", page)
    return window


def faults(window: Shell) -> list[str]:
    """Return what is wrong with a window that is shown."""
    QApplication.processEvents()
    return [*_nameless(window), *_small(window), *_missed(window), *_cut_off(window)]


def _nameless(window: Shell) -> list[str]:
    return [
        f"has no name: {item.role().name} {type(item.object()).__name__}"
        for item in everything(QAccessible.queryAccessibleInterface(window))
        if item.role() in INTERACTIVE
        and not item.state().invisible
        and not item.text(QAccessible.Text.Name).strip()
        and not isinstance(item.object(), QComboBox)
    ]


def _small(window: Shell) -> list[str]:
    shown = [widget for kind in _KINDS for widget in window.findChildren(kind) if widget.isVisible()]
    return [
        f"is too small: {type(widget).__name__} {widget.accessibleName()} {widget.width()}x{widget.height()}"
        for widget in shown
        if min(widget.width(), widget.height()) < px(32)
    ]


def _missed(window: Shell) -> list[str]:
    reached = stops(window)
    groups = {widget.parent() for widget in reached if widget.inherits("QRadioButton")}
    return [
        f"Tab does not reach: {type(widget).__name__} {widget.accessibleName()}"
        for kind in (*_KINDS, QPlainTextEdit, QListView)
        for widget in window.findChildren(kind)
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if widget not in reached and not (widget.inherits("QRadioButton") and widget.parent() in groups)
    ]


def _cut_off(window: Shell) -> list[str]:
    areas = [(area, area.widget()) for area in window.findChildren(QScrollArea) if area.isVisible()]
    wide = [body.width() - area.viewport().width() for area, body in areas if body is not None]
    return [f"is cut off at the side: by {by}" for by in wide if by > 0]


def backwards(window: Shell) -> list[tuple[str, str]]:
    """Return pairs that Tab reaches bottom first although they stand in one place."""
    reached = [widget for widget in stops(window) if not window.rail.isAncestorOf(widget)]
    found = []
    for first, then in pairwise(reached):
        if first.parentWidget() is not then.parentWidget():
            continue
        top, below = first.mapTo(window, first.rect().topLeft()), then.mapTo(window, then.rect().topLeft())
        if below.y() + then.height() <= top.y():
            found.append((first.accessibleName(), then.accessibleName()))
    return found
