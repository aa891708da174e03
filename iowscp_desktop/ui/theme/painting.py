"""What several painted widgets draw alike: boxes and the focus ring, and when the ring shows."""

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from iowscp_desktop.ui.theme.current import colour, px, tokens
from iowscp_desktop.ui.theme.tokens import Role

if TYPE_CHECKING:
    _Mixed = QWidget
else:
    _Mixed = object  # Qt allows one C++ parent only

_BY_KEYBOARD = {
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
}


class KeyboardRing(_Mixed):
    """Mixed into a widget: knows whether its focus came by keyboard and should be ringed.

    Qt tells why focus came, so no filter has to look at every event of the program. A widget that
    gets focus from code (the next question opens) is ringed if the last person-made move was by key.
    """

    _last_was_key: ClassVar[bool] = False
    _ringed = False

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        reason = event.reason()
        if reason in _BY_KEYBOARD:
            KeyboardRing._last_was_key = True
        elif reason == Qt.FocusReason.MouseFocusReason:
            KeyboardRing._last_was_key = False
        self._ringed = KeyboardRing._last_was_key
        super().focusInEvent(event)
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ringed = False
        super().focusOutEvent(event)
        self.update()

    def is_ringed(self) -> bool:
        """Whether to draw the ring now."""
        return self._ringed and self.hasFocus()


def paint_ring(painter: QPainter, rect: QRectF, radius: float) -> None:
    """Draw the focus ring just inside a rectangle: yellow outside, ink inside; one of them always shows."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour(Role.FOCUS_HALO), 3))
    painter.drawRoundedRect(rect.adjusted(1.5, 1.5, -1.5, -1.5), radius, radius)
    painter.setPen(QPen(colour(Role.FOCUS), 2))
    inner = max(1.0, radius - 2)
    painter.drawRoundedRect(rect.adjusted(4, 4, -4, -4), inner, inner)
    painter.restore()


def paint_box(painter: QPainter, rect: QRectF, *, back: Role | None, line: Role | None, radius: float | None) -> QRectF:
    """Draw a rounded box; return the rectangle inside its border.

    Args:
        back: The role that fills it; None leaves it transparent.
        line: The role of its border; None draws none.
        radius: The corners, in pixels of the design at 100 %; None makes a pill.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    width = tokens().border
    inside = rect.adjusted(width / 2, width / 2, -width / 2, -width / 2)
    painter.setBrush(colour(back) if back else QColor(Qt.GlobalColor.transparent))
    painter.setPen(QPen(colour(line), width) if line else QPen(Qt.PenStyle.NoPen))
    corner = inside.height() / 2 if radius is None else px(radius)
    painter.drawRoundedRect(inside, corner, corner)
    painter.restore()
    return inside
