"""What painted things to press have in common: they look different under the mouse, and Return presses them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QEnterEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractButton
from typing_extensions import override

from iowscp_desktop.ui.theme import KeyboardRing

if TYPE_CHECKING:
    _Mixed = QAbstractButton
else:
    _Mixed = object  # Qt allows one C++ parent only


class Hovered(_Mixed):
    """Mixed into a button: painted again when the mouse comes and goes."""

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self.update()
        super().leaveEvent(event)


class Pressable(KeyboardRing, Hovered):
    """Mixed into a painted button: ringed by keyboard, alive under the mouse, pressed by Return."""

    @override
    def keyPressEvent(self, e: QKeyEvent) -> None:
        if e.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not e.isAutoRepeat():
            self.click()  # outside a dialog Qt takes only the space bar
        else:
            super().keyPressEvent(e)
