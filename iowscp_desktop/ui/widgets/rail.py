"""The areas of the program, down the left side."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from iowscp_desktop import text
from iowscp_desktop.ui.theme import (
    Icon,
    Role,
    Type,
    colour,
    font,
    paint_icon,
    paint_ring,
    px,
    tokens,
)
from iowscp_desktop.ui.widgets.labels import Picture
from iowscp_desktop.ui.widgets.layouts import Column
from iowscp_desktop.ui.widgets.pressing import Pressable
from iowscp_desktop.ui.widgets.surfaces import PANE, Pane, ScrollPane

WIDTH = 88


class RailButton(Pressable, QPushButton):
    """One area: icon above label, and how many things wait there."""

    def __init__(self, key: str, icon: Icon, label: str) -> None:
        super().__init__()
        self.key = key
        self._icon, self._label = icon, label
        self._news = 0
        self._is_current = False
        self.setText(label.replace("&", "&&"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._describe()

    @property
    def is_current(self) -> bool:
        """Whether this area is the one on screen."""
        return self._is_current

    def show_current(self, *, is_current: bool) -> None:
        """Mark it as the area on screen."""
        self._is_current = is_current
        self._describe()

    def show_news(self, count: int) -> None:
        """Show how many things wait there; 0 shows none."""
        self._news = count
        self._describe()

    def rethemed(self) -> None:
        """Take on the text size in force."""
        self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        return QSize(px(WIDTH), px(64))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def keyPressEvent(self, e: QKeyEvent) -> None:
        if e.key() == Qt.Key.Key_Down:
            self.focusNextPrevChild(True)  # noqa: FBT003 - Qt's own name for "next"
        elif e.key() == Qt.Key.Key_Up:
            self.focusNextPrevChild(False)  # noqa: FBT003 - Qt's own name for "previous"
        else:
            super().keyPressEvent(e)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            rect = QRectF(self.rect()).adjusted(px(6), px(2), -px(6), -px(2))
            if self._is_current or self.underMouse():
                back = colour(Role.RAIL_SELECTED)
                back.setAlpha(255 if self._is_current else 120)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(back)
                painter.drawRoundedRect(rect, px(10), px(10))
            if self._is_current:
                painter.setBrush(colour(Role.FOCUS_HALO))
                painter.drawRoundedRect(QRectF(0, px(14), px(3.5), self.height() - px(28)), 2, 2)
            role = Role.RAIL_INK if self._is_current else Role.RAIL_INK_2
            side = px(22)
            paint_icon(painter, self._icon, role, QRectF((self.width() - side) / 2, px(11), side, side))
            painter.setFont(font(Type.CAPTION, QFont.Weight.DemiBold if self._is_current else None))
            painter.setPen(colour(role))
            words = painter.fontMetrics().elidedText(self._label, Qt.TextElideMode.ElideRight, self.width() - px(10))
            centre = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
            painter.drawText(QRectF(0, px(37), self.width(), px(22)), centre, words)
            if self._news:
                self._paint_news(painter)
            if self.is_ringed():
                paint_ring(painter, rect, px(10))

    def _paint_news(self, painter: QPainter) -> None:
        words = str(self._news) if self._news < 100 else "99+"
        letters = font(Type.CAPTION, QFont.Weight.Bold)
        letters.setPixelSize(px(11))
        painter.setFont(letters)
        width = max(px(18), painter.fontMetrics().horizontalAdvance(words) + px(9))
        badge = QRectF(self.width() / 2 + px(5), px(5), width, px(18))
        painter.setPen(QPen(colour(Role.RAIL), 2))
        painter.setBrush(colour(Role.FOCUS_HALO))
        painter.drawRoundedRect(badge, badge.height() / 2, badge.height() / 2)
        painter.setPen(colour(Role.ON_HALO))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, words)

    def _describe(self) -> None:
        self.setAccessibleName(text.Shell.area_with_news(self._label, self._news) if self._news else self._label)
        self.setAccessibleDescription(text.Shell.current_area if self._is_current else "")
        self.setToolTip(self._label)
        self.update()


class Rail(Pane):
    """All areas. `chosen` tells which one a person went to."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(back=Role.RAIL)
        self._buttons: dict[str, RailButton] = {}
        self._top, self._bottom = Column(gap=2), Column(gap=2)
        emblem = Picture(Icon.SHIELD_CHECK, Role.FOCUS_HALO, 30)
        body = QWidget()
        column = Column(emblem, 12, self._top, None, self._bottom, gap=0, margins=(0, 14, 0, 10))
        column.setAlignment(emblem, Qt.AlignmentFlag.AlignHCenter)
        body.setLayout(column)
        scroll = ScrollPane(body)  # large text on a small screen
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLayout(Column(scroll, gap=0))
        self.setAccessibleName(text.Shell.rail)
        self.setProperty(PANE, "yes")
        self.rethemed()

    @property
    def buttons(self) -> tuple[RailButton, ...]:
        """The areas, from top to bottom."""
        return tuple(self._buttons.values())

    def add_area(self, key: str, icon: Icon, label: str, *, at_bottom: bool = False) -> RailButton:
        """Add an area below those already there."""
        button = RailButton(key, icon, label)
        button.clicked.connect(lambda: self.chosen.emit(key))
        self._buttons[key] = button
        (self._bottom if at_bottom else self._top).add(button)
        return button

    def show_current(self, key: str) -> None:
        """Mark the area that is on screen."""
        for button in self._buttons.values():
            button.show_current(is_current=button.key == key)

    def show_news(self, key: str, count: int) -> None:
        """Show how many things wait in an area."""
        self._buttons[key].show_news(count)

    def clear(self) -> None:
        """Take every area away."""
        for button in self._buttons.values():
            button.hide()
            button.deleteLater()
        self._buttons.clear()

    def rethemed(self) -> None:
        """Take on the text size in force."""
        self.setFixedWidth(px(WIDTH))
        self.show_edges("" if tokens().tinted else "r")  # black on black needs a line
