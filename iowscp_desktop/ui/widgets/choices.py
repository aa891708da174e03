"""Things to tick and to pick: check box, plain radio option, drop-down."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QComboBox, QListView, QRadioButton, QSizePolicy
from typing_extensions import override

from iowscp_desktop.ui.theme import (
    Icon,
    KeyboardRing,
    Role,
    Type,
    colour,
    font,
    paint_box,
    paint_icon,
    paint_ring,
    px,
    tokens,
)

_WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
_BOX, _LEAD, _EDGE = 20, 32, 4  # lengths of the design


class CheckBox(KeyboardRing, QCheckBox):
    """A painted check box; its words wrap and all of it can be clicked."""

    def __init__(self, words: str) -> None:
        super().__init__(words.replace("&", "&&"))
        self._words = words
        _set_up(self)
        self.rethemed()

    def rethemed(self) -> None:
        """Take on the text size in force."""
        self.setFont(font(Type.BODY))
        self.setMinimumHeight(px(32))

    @override
    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    @override
    def sizeHint(self) -> QSize:
        return _hint(self, self._words)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(px(120), px(32))

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return _height(self, self._words, width)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            box = _place_of_box(self)
            ticked = self.isChecked()
            back, line = (Role.PRIMARY, Role.PRIMARY) if ticked else (Role.SURFACE, Role.LINE_2)
            paint_box(painter, box, back=back, line=line, radius=4)
            if ticked:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(_round_pen(px(2)))
                corners = ((0.25, 0.52), (0.43, 0.7), (0.75, 0.3))
                tick = [QPointF(box.x() + box.width() * x, box.y() + box.height() * y) for x, y in corners]
                painter.drawPolyline(QPolygonF(tick))
            _paint_words(painter, self, self._words)
            if self.is_ringed():
                paint_ring(painter, QRectF(self.rect()), px(6))


class RadioOption(KeyboardRing, QRadioButton):
    """A painted radio button in a list of choices that are not grades."""

    inset = 0
    """How far from its edges everything is painted, a length of the design."""

    def __init__(self, words: str, value: str = "") -> None:
        super().__init__(words.replace("&", "&&"))
        self.value = value
        self._words = words
        _set_up(self)
        self.rethemed()

    def rethemed(self) -> None:
        """Take on the text size in force."""
        self.setFont(font(Type.BODY))
        self.setMinimumHeight(px(32))

    @override
    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    @override
    def sizeHint(self) -> QSize:
        return _hint(self, self._words, self.inset)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(px(120), px(32))

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return _height(self, self._words, width, self.inset)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = _place_of_box(self, self.inset).adjusted(1, 1, -1, -1)
            chosen = self.isChecked()
            painter.setPen(
                QPen(colour(Role.PRIMARY if chosen else Role.LINE_2), tokens().border + (1 if chosen else 0))
            )
            painter.setBrush(colour(Role.SURFACE))
            painter.drawEllipse(box)
            if chosen:
                inset = box.width() * 0.28
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colour(Role.PRIMARY))
                painter.drawEllipse(box.adjusted(inset, inset, -inset, -inset))
            _paint_words(painter, self, self._words, self.inset)
            if self.is_ringed():
                paint_ring(painter, QRectF(self.rect()), px(6))


class Combo(KeyboardRing, QComboBox):
    """A painted drop-down. The wheel scrolls the page, never the answer. `chosen` tells what a person picked."""

    chosen = Signal(str)

    def __init__(self, name: str, options: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setView(QListView())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.activated.connect(self._on_activated)
        self.show_options(options)
        self.rethemed()

    def show_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Offer other choices: pairs of the value kept and the words shown."""
        self.clear()
        for value, words in options:
            self.addItem(words, value)
        self.setCurrentIndex(-1)

    def show_value(self, value: str | None) -> None:
        """Show which one is chosen; None shows none."""
        self.setCurrentIndex(-1 if value is None else self.findData(value))

    def rethemed(self) -> None:
        """Take on the text size in force."""
        self.setFont(font(Type.BODY))
        self.view().setFont(font(Type.BODY))

    @override
    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        widest = max((metrics.horizontalAdvance(self.itemText(index)) for index in range(self.count())), default=0)
        return QSize(max(px(120), widest + px(52)), max(px(40), metrics.height() + px(18)))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(px(120), self.sizeHint().height())

    @override
    def wheelEvent(self, e: QWheelEvent) -> None:
        e.ignore()

    @override
    def paintEvent(self, e: QPaintEvent) -> None:
        with QPainter(self) as painter:
            rect = QRectF(self.rect())
            back = Role.SURFACE if self.isEnabled() else Role.SUNKEN
            paint_box(painter, rect, back=back, line=Role.PRIMARY if self.hasFocus() else Role.LINE_2, radius=8)
            painter.setFont(self.font())
            painter.setPen(colour(Role.INK if self.isEnabled() else Role.INK_2))
            place = rect.adjusted(px(11), 0, -px(36), 0)
            words = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, int(place.width()))
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, words)
            side = px(18)
            arrow = QRectF(self.width() - side - px(10), (self.height() - side) / 2, side, side)
            paint_icon(painter, Icon.CHEVRON_DOWN, Role.INK_2, arrow)
            if self.is_ringed():
                paint_ring(painter, rect, px(8))

    def _on_activated(self, index: int) -> None:
        self.chosen.emit(str(self.itemData(index)))


def _set_up(button: QAbstractButton) -> None:
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    button.setSizePolicy(policy)


def _hint(button: QAbstractButton, words: str, inset: int = 0) -> QSize:
    width = button.fontMetrics().horizontalAdvance(words) + px(_LEAD) + px(_EDGE) + 2 * px(inset)
    return QSize(width, _height(button, words, width, inset))


def _height(button: QAbstractButton, words: str, width: int, inset: int = 0) -> int:
    metrics = QFontMetrics(button.font())
    wide = max(1, width - px(_LEAD) - px(_EDGE) - 2 * px(inset) + 1)
    lines = metrics.boundingRect(0, 0, wide, 10_000, int(_WRAPPED), words).height()
    return max(px(32), lines + px(10)) + (px(8) if inset else 0)


def _place_of_box(button: QAbstractButton, inset: int = 0) -> QRectF:
    """The box stands beside the first line, or in the middle when there is only one."""
    side = px(_BOX)
    one_line = _height(button, "", button.width())
    y = (min(button.height(), max(one_line, button.fontMetrics().height() + px(10))) - side) / 2
    if inset:
        return QRectF(px(inset), (button.height() - side) / 2, side, side)
    return QRectF(px(2), y, side, side)


def _paint_words(painter: QPainter, button: QAbstractButton, words: str, inset: int = 0) -> None:
    painter.setFont(button.font())
    painter.setPen(colour(Role.INK if button.isEnabled() else Role.INK_3))
    painter.drawText(QRectF(button.rect()).adjusted(px(_LEAD + inset), 0, -px(_EDGE + inset) + 1, 0), _WRAPPED, words)


def _round_pen(width: float) -> QPen:
    style, cap, join = Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    return QPen(colour(Role.ON_PRIMARY), width, style, cap, join)
