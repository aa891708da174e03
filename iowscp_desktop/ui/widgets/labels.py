"""Text, icons and symbols that are looked at, not used."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from typing_extensions import override

from iowscp_desktop.ui.theme import Icon, Mark, Role, Type, colour, font, paint_icon, paint_mark, px


class Label(QLabel):
    """Words in one of the kinds of text. Always plain text: what people wrote is never taken for markup."""

    def __init__(
        self, words: str = "", kind: Type = Type.BODY, *, role: Role | None = None, wrap: bool = False
    ) -> None:
        super().__init__(words)
        self._kind = kind
        self._role = role or kind.role
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        self.rethemed()

    def show_role(self, role: Role) -> None:
        """Change the colour role."""
        self._role = role
        self.rethemed()

    def rethemed(self) -> None:
        """Take on the theme in force."""
        self.setFont(font(self._kind))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, colour(self._role))
        self.setPalette(palette)


class Picture(QWidget):
    """An icon beside words that say the same; it has no name of its own."""

    def __init__(self, icon: Icon, role: Role = Role.INK_2, size: int = 18) -> None:
        super().__init__()
        self._icon, self._role, self._size = icon, role, size
        self.rethemed()

    def show_icon(self, icon: Icon, role: Role) -> None:
        """Show another icon."""
        self._icon, self._role = icon, role
        self.update()

    def rethemed(self) -> None:
        """Take on the text size in force."""
        self.setFixedSize(px(self._size), px(self._size))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint_icon(painter, self._icon, self._role, QRectF(self.rect()))


class MarkLabel(QLabel):
    """The symbol of a grade; its word is what it is called."""

    def __init__(self, mark: Mark, word: str, size: int = 18) -> None:
        super().__init__()
        self._size = size
        self.show_mark(mark, word)
        self.rethemed()

    def show_mark(self, mark: Mark, word: str) -> None:
        """Show another grade."""
        self._mark = mark
        self.setAccessibleName(word)
        self.setToolTip(word)
        self.update()

    def rethemed(self) -> None:
        """Take on the text size in force."""
        self.setFixedSize(px(self._size), px(self._size))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint_mark(painter, self._mark, QRectF(self.rect()).adjusted(1, 1, -1, -1))


class Initials(QLabel):
    """A round badge with a person's initials."""

    def __init__(self, name: str, size: int = 32) -> None:
        words = name.split()
        super().__init__("".join(word[0] for word in (words[:1] + words[-1:] if words[1:] else words)).upper())
        self._size = size
        self.setAccessibleName(name)
        self.rethemed()

    def rethemed(self) -> None:
        """Take on the text size in force."""
        self.setFixedSize(px(self._size), px(self._size))

    @override
    def sizeHint(self) -> QSize:
        return QSize(px(self._size), px(self._size))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(colour(Role.PRIMARY_TEXT))
            painter.setBrush(colour(Role.PRIMARY_TINT))
            painter.drawEllipse(QRectF(self.rect()).adjusted(1, 1, -1, -1))
            letters = font(Type.SMALL_STRONG)
            letters.setPixelSize(max(1, px(self._size * 0.4)))
            painter.setFont(letters)
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
