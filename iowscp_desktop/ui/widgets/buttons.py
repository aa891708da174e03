"""Things to press."""

from enum import Enum, auto

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy
from typing_extensions import override

from iowscp_desktop.ui.theme import (
    Icon,
    Role,
    Type,
    colour,
    font,
    paint_box,
    paint_icon,
    paint_ring,
    px,
)
from iowscp_desktop.ui.widgets.pressing import Pressable


class Kind(Enum):
    """How much a button asks to be pressed. One primary button on a screen."""

    PRIMARY = auto()
    SECONDARY = auto()
    QUIET = auto()
    LINK = auto()
    PROBLEM_LINK = auto()
    DANGER = auto()
    OVERLAY = auto()  # on a picture


_LOOKS: dict[Kind, tuple[Role | None, Role | None, Role | None, Role]] = {  # back, back when hovered, line, words
    Kind.PRIMARY: (Role.PRIMARY, Role.PRIMARY_HOVER, None, Role.ON_PRIMARY),
    Kind.SECONDARY: (Role.SURFACE, Role.HOVER, Role.LINE_2, Role.INK),
    Kind.QUIET: (None, Role.HOVER, None, Role.PRIMARY_TEXT),
    Kind.LINK: (None, None, None, Role.PRIMARY_TEXT),
    Kind.PROBLEM_LINK: (None, None, None, Role.RED_INK),
    Kind.OVERLAY: (Role.SURFACE, Role.HOVER, Role.LINE, Role.INK_2),
    Kind.DANGER: (Role.SURFACE, Role.RED_TINT, Role.RED, Role.RED_INK),
}
_LINKS = {Kind.LINK, Kind.PROBLEM_LINK}
_LINES = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


class Button(Pressable, QPushButton):
    """A painted push button. Its words are literal: an ampersand is an ampersand."""

    def __init__(
        self,
        words: str,
        kind: Kind = Kind.SECONDARY,
        *,
        icon: Icon | None = None,
        trailing: Icon | None = None,
        small: bool = False,
    ) -> None:
        super().__init__()
        self._kind, self._icon, self._trailing, self._small = kind, icon, trailing, small
        self._words = ""
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        self.show_words(words)
        self.rethemed()

    def show_words(self, words: str) -> None:
        """Change what the button says."""
        self._words = words
        self.setText(words.replace("&", "&&"))
        self.updateGeometry()

    def show_kind(self, kind: Kind) -> None:
        """Change how much it asks to be pressed."""
        self._kind = kind
        self.update()

    def show_icon(self, icon: Icon | None) -> None:
        """Change the icon before the words."""
        self._icon = icon
        self.updateGeometry()
        self.update()

    def rethemed(self) -> None:
        """Take on the text size in force."""
        self.setFont(font(Type.SMALL_STRONG if self._small else Type.STRONG))

    @override
    def sizeHint(self) -> QSize:
        height = px(32 if self._small or self._kind in _LINKS else 40)
        if not self._words:
            return QSize(height, height)
        height = max(height, self.fontMetrics().height() + px(8))
        icons = sum(self._icon_size() + px(7) for icon in (self._icon, self._trailing) if icon)
        return QSize(self.fontMetrics().horizontalAdvance(self._words) + icons + 2 * self._padding(), height)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            back, hovered_back, line, words = _LOOKS[self._kind]
            hovered = self.isEnabled() and (self.underMouse() or self.isDown())
            if not self.isEnabled():
                back, line, words = Role.GREY_TINT, Role.LINE, Role.INK_3
            paint_box(painter, QRectF(self.rect()), back=hovered_back if hovered else back, line=line, radius=8)
            self._paint_words(painter, words, underlined=self._kind in _LINKS)
            if self.is_ringed():
                paint_ring(painter, QRectF(self.rect()), px(8))

    def _paint_words(self, painter: QPainter, role: Role, *, underlined: bool) -> None:
        side, gap = self._icon_size(), px(7)
        advance = self.fontMetrics().horizontalAdvance(self._words)
        total = advance + sum(side + (gap if self._words else 0) for icon in (self._icon, self._trailing) if icon)
        x, y = (self.width() - total) / 2, (self.height() - side) / 2
        if self._icon:
            paint_icon(painter, self._icon, role, QRectF(x, y, side, side))
            x += side + gap
        painter.setFont(self.font())
        painter.setPen(QPen(colour(role)))
        painter.drawText(QRectF(x, 0, advance + 2, self.height()), _LINES, self._words)
        if underlined:
            below = (self.height() + self.fontMetrics().ascent()) / 2 + px(1)
            painter.drawLine(round(x), round(below), round(x + advance), round(below))
        if self._trailing:
            paint_icon(painter, self._trailing, role, QRectF(x + advance + gap, y, side, side))

    def _icon_size(self) -> int:
        return px(17 if self._small else 19)

    def _padding(self) -> int:
        match self._kind:
            case Kind.LINK | Kind.PROBLEM_LINK:
                return px(4)
            case Kind.QUIET | Kind.OVERLAY:
                return px(11)
            case Kind.PRIMARY | Kind.SECONDARY | Kind.DANGER:
                return px(11 if self._small else 15)


class IconButton(Button):
    """A button that shows only an icon; its name is read out and shown as a tip."""

    def __init__(self, icon: Icon, name: str, kind: Kind = Kind.QUIET, *, small: bool = True) -> None:
        super().__init__("", kind, icon=icon, small=small)
        self.show_name(name)

    def show_name(self, name: str) -> None:
        """Change what it is called."""
        self.setAccessibleName(name)
        self.setToolTip(name)
