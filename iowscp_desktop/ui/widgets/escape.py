"""Escape leaves what was opened in front of something, as Cancel does."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


def leave_by_escape(widget: QWidget, leave: Callable[[], None]) -> None:
    """Do what Cancel does when Escape is pressed anywhere inside a widget."""
    shortcut = QShortcut(QKeySequence(Qt.Key.Key_Escape), widget)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(leave)
