"""Rating tiles: one large choice each, by click, arrow keys or number key."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QSizePolicy, QWidget
from typing_extensions import override

from iowscp_desktop import text
from iowscp_desktop.domain.scale import Point
from iowscp_desktop.ui.theme import (
    KeyboardRing,
    Mark,
    Role,
    Type,
    colour,
    font,
    mark_of,
    paint_mark,
    paint_ring,
    px,
    tokens,
)
from iowscp_desktop.ui.widgets.pressing import Hovered

_WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
_LEAD, _TAIL, _EDGE, _GLYPH = 48, 12, 13, 24  # lengths of the design


@dataclass(frozen=True, slots=True)
class Choice:
    """One tile: what is kept, how it looks, and what it means."""

    value: str
    word: str
    mark: Mark
    descriptor: str = ""


def choices_of(points: Sequence[Point]) -> tuple[Choice, ...]:
    """Return the tiles of a scale's points."""
    return tuple(Choice(point.value, point.label, mark_of(point), point.descriptor) for point in points)


class RatingTile(KeyboardRing, Hovered, QRadioButton):
    """A radio button as large as a tile; all of it can be clicked."""

    def __init__(self, choice: Choice, number: int) -> None:
        super().__init__()
        self.choice = choice
        self.setText(choice.word.replace("&", "&&"))
        self.setAccessibleDescription(text.Widgets.tile(choice.descriptor, number))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.rethemed()

    def rethemed(self) -> None:
        """Take on the text size in force."""
        self.setFont(font(Type.STRONG))
        self.setMinimumWidth(px(150))

    @override
    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    @override
    def sizeHint(self) -> QSize:
        return QSize(px(165), self.heightForWidth(px(165)))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(px(150), px(46))

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        word, descriptor = self._heights(width)
        least = 72 if self.choice.descriptor else 46
        return max(px(least), word + descriptor + 2 * px(_EDGE))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            tone, chosen = self.choice.mark.tone, self.isChecked()
            border = tokens().border
            rect = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
            back = tone.tint if chosen else Role.HOVER if self.underMouse() else Role.SURFACE
            painter.setBrush(colour(back))
            painter.setPen(QPen(colour(tone.solid if chosen else Role.LINE_2), border + 1.5 if chosen else border))
            painter.drawRoundedRect(rect, px(10), px(10))
            self._paint_content(painter)
            if self.is_ringed():
                paint_ring(painter, QRectF(self.rect()), px(10))

    def _paint_content(self, painter: QPainter) -> None:
        word, descriptor = self._heights(self.width())
        top = (self.height() - word - descriptor) / 2
        side, wide = px(_GLYPH), self.width() - px(_LEAD) - px(_TAIL)
        line = self.fontMetrics().height()
        paint_mark(painter, self.choice.mark, QRectF(px(14), top + (line - side) / 2, side, side))
        painter.setFont(self.font())
        painter.setPen(colour(self.choice.mark.tone.ink if self.isChecked() else Role.INK))
        painter.drawText(QRectF(px(_LEAD), top, wide, word), _WRAPPED, self.choice.word)
        if self.choice.descriptor:
            painter.setFont(font(Type.CAPTION))
            painter.setPen(colour(Role.INK_2))
            rect = QRectF(px(_LEAD), top + word, wide, descriptor)
            painter.drawText(rect, _WRAPPED, self.choice.descriptor)

    def _heights(self, width: int) -> tuple[int, int]:
        """Return how high the word and the descriptor are when wrapped into a width."""
        wide = max(1, width - px(_LEAD) - px(_TAIL))
        word = _wrapped_height(self.fontMetrics(), wide, self.choice.word)
        if not self.choice.descriptor:
            return word, 0
        return word, _wrapped_height(QFontMetrics(font(Type.CAPTION)), wide, self.choice.descriptor)


class RatingRow(QWidget):
    """The tiles of one question. `chosen` tells what a person did, never what was shown."""

    chosen = Signal(str)
    cleared = Signal()

    def __init__(self, choices: Sequence[Choice] = ()) -> None:
        super().__init__()
        self._tiles: list[RatingTile] = []
        self._group = QButtonGroup(self)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._columns = 0
        self.setProperty("group", "yes")
        self.show_choices(choices)

    def show_choices(self, choices: Sequence[Choice]) -> None:
        """Offer other choices, none of them chosen. Tiles that stay the same are kept."""
        if [tile.choice for tile in self._tiles] == list(choices):
            self.show_value(None)
            return
        for tile in self._tiles:
            self._group.removeButton(tile)
            self._grid.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self._tiles = [RatingTile(choice, number) for number, choice in enumerate(choices, 1)]
        for tile in self._tiles:
            self._group.addButton(tile)
            tile.clicked.connect(self._on_clicked)
        self._columns = 0
        self._arrange()
        tab_to_checked(self._tiles)

    def show_value(self, value: str | None) -> None:
        """Show which one is chosen; None shows none."""
        self._group.setExclusive(False)  # Qt lets no exclusive group be empty again
        for tile in self._tiles:
            tile.setChecked(tile.choice.value == value)
        self._group.setExclusive(True)
        tab_to_checked(self._tiles)

    def show_question(self, question: str, about: str = "") -> None:
        """Name the group after its question, so that a screen reader says it before the choices."""
        self.setAccessibleName(question)
        self.setAccessibleDescription(about)

    @property
    def tiles(self) -> tuple[RatingTile, ...]:
        """The tiles, in order."""
        return tuple(self._tiles)

    def press(self, number: int) -> bool:
        """Choose a tile by its number, from 1, as if clicked; say whether there is one."""
        if not 1 <= number <= len(self._tiles):
            return False
        self._tiles[number - 1].setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._tiles[number - 1].click()
        return True

    def rethemed(self) -> None:
        """Take on the text size in force."""
        self._columns = 0
        self._arrange()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(px(150), super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        clears = event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}
        if clears and self._group.checkedButton() is not None:
            self.show_value(None)
            self.cleared.emit()
        elif not (event.text().isdecimal() and self.press(int(event.text()))):
            super().keyPressEvent(event)

    def _on_clicked(self) -> None:
        tile = self._group.checkedButton()
        if isinstance(tile, RatingTile):
            self.chosen.emit(tile.choice.value)

    def _arrange(self) -> None:
        """Put the tiles into as many columns as there is room for."""
        count = max(1, len(self._tiles))
        room = max(1, (self.width() + px(10)) // (px(150) + px(10)))
        columns = next(columns for columns in range(min(count, room), 0, -1) if count % columns == 0 or columns <= 2)
        if columns == self._columns:
            return
        self._columns = columns
        self._grid.setSpacing(px(10))
        for index, tile in enumerate(self._tiles):
            self._grid.removeWidget(tile)
            self._grid.addWidget(tile, index // columns, index % columns)
        for column in range(max(count, self._grid.columnCount())):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)


def tab_to_checked(buttons: Sequence[QRadioButton]) -> None:
    """Let Tab stop at the chosen button of a group, or at the first if none is; Qt does so only for clicks."""
    stop = next((button for button in buttons if button.isChecked()), buttons[0] if buttons else None)
    for button in buttons:
        policy = Qt.FocusPolicy.StrongFocus if button is stop else Qt.FocusPolicy.ClickFocus
        button.setFocusPolicy(policy)


def _wrapped_height(metrics: QFontMetrics, width: int, words: str) -> int:
    return metrics.boundingRect(0, 0, width, 10_000, int(_WRAPPED), words).height()
