"""The list of questions: symbol, number, short title. Painted, so that hundreds cost nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from iowscp_desktop import text
from iowscp_desktop.ui.theme import (
    Icon,
    Mark,
    Role,
    Type,
    colour,
    font,
    paint_icon,
    paint_mark,
    paint_ring,
    px,
)
from iowscp_desktop.ui.widgets.rows import RowRole, RowsModel

_AnyIndex = QModelIndex | QPersistentModelIndex
_MOVES = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
_LINES = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRow:
    """One question as the list shows it."""

    id: str
    number: str
    title: str
    mark: Mark
    word: str  # what the mark means
    is_flagged: bool = False
    has_problem: bool = False
    is_unfinished: bool = False


class QuestionListView(QListView):
    """A list to choose a question from. `opened` tells the id a person went to, by click, arrow or Enter.

    `entered` tells that they pressed Enter: they want to answer it, not to look at the next one.
    """

    opened = Signal(str)
    entered = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._rows = RowsModel[QuestionRow](lambda row: row.id, lambda row: f"{row.number}  {row.title}", _spoken)
        self.setModel(self._rows)
        self._delegate = _QuestionDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._on_chosen)
        self.activated.connect(self._on_chosen)

    def show_rows(self, rows: Sequence[QuestionRow]) -> None:
        """Show other rows; the question at hand stays the one at hand."""
        at_hand = self.current_id()
        self._rows.show_rows(rows)
        if at_hand is not None and self.current_id() != at_hand:
            self.show_current(at_hand)

    def show_current(self, question_id: str) -> None:
        """Mark the question at hand. Tells nobody."""
        index = self._rows.index_of(question_id)
        self.setCurrentIndex(index)
        if index.isValid():
            self.scrollTo(index)

    def current_id(self) -> str | None:
        """The id of the question at hand."""
        index = self.currentIndex()
        return self._rows.key_at(index) if index.isValid() else None

    def rethemed(self) -> None:
        """Take on the text size in force."""
        self.doItemsLayout()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        before = self.currentIndex()
        super().keyPressEvent(event)
        if event.key() in _MOVES:
            self._delegate.shows_ring = True
            if self.currentIndex() != before:
                self._on_chosen(self.currentIndex())
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and before.isValid():
            self.entered.emit()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self._delegate.shows_ring = event.reason() != Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scrollTo(self.currentIndex())

    @override
    def sizeHint(self) -> QSize:
        return QSize(px(300), px(400))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(px(200), px(120))

    def _on_chosen(self, index: QModelIndex) -> None:
        self.opened.emit(self._rows.key_at(index))


class _QuestionDelegate(QStyledItemDelegate):
    """Paints one row."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self.shows_ring = False

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _AnyIndex) -> QSize:
        return QSize(px(200), max(px(50), 2 * QFontMetrics(font(Type.SMALL)).lineSpacing() + px(8)))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _AnyIndex) -> None:
        row: QuestionRow = index.data(RowRole.ROW)
        state: QStyle.StateFlag = option.state
        rect = QRectF(option.rect).adjusted(px(8), px(1), -px(8), -px(1))
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen:
            painter.setBrush(colour(Role.PRIMARY_TINT))
            painter.drawRoundedRect(rect, px(8), px(8))
            painter.setBrush(colour(Role.PRIMARY))
            painter.drawRoundedRect(QRectF(rect.x(), rect.y() + px(8), px(3.5), rect.height() - px(16)), 2, 2)
        elif state & QStyle.StateFlag.State_MouseOver and self._view.viewport().underMouse():
            painter.setBrush(colour(Role.HOVER))
            painter.drawRoundedRect(rect, px(8), px(8))
        self._paint_row(painter, rect, row, chosen=chosen)
        if state & QStyle.StateFlag.State_HasFocus and self.shows_ring:
            paint_ring(painter, rect, px(8))
        painter.restore()

    def _paint_row(self, painter: QPainter, rect: QRectF, row: QuestionRow, *, chosen: bool) -> None:
        side = px(17)
        paint_mark(painter, row.mark, QRectF(rect.x() + px(13), rect.center().y() - side / 2, side, side))
        painter.setFont(font(Type.SMALL_STRONG))
        painter.setPen(colour(Role.INK_3))
        number_width = max(px(36), painter.fontMetrics().horizontalAdvance(row.number) + px(8))
        painter.drawText(QRectF(rect.x() + px(40), rect.y(), number_width, rect.height()), _LINES, row.number)
        left = rect.x() + px(40) + number_width
        right = rect.right() - px(8)
        for wanted, icon, role in (
            (row.has_problem, Icon.CIRCLE_ALERT, Role.RED_INK),
            (row.is_unfinished and not row.has_problem, Icon.PENCIL_LINE, Role.INK_3),
            (row.is_flagged, Icon.FLAG, Role.PRIMARY_TEXT),
        ):
            if wanted:
                right -= px(18)
                paint_icon(painter, icon, role, QRectF(right, rect.center().y() - px(8), px(16), px(16)))
        face = font(Type.SMALL, QFont.Weight.DemiBold if chosen else None)
        painter.setFont(face)
        painter.setPen(colour(Role.INK))
        place = QRectF(left, rect.y(), max(1.0, right - left - px(4)), rect.height())
        painter.drawText(place, _LINES, two_lines(row.title, QFontMetrics(face), int(place.width())))


def two_lines(words: str, metrics: QFontMetrics, width: int) -> str:
    """Return words that fill no more than two lines of a width, cut at a word with an ellipsis."""
    if _lines_high(words, metrics, width) <= 2:
        return words
    parts = words.split()
    while len(parts) > 1 and _lines_high(" ".join(parts) + "…", metrics, width) > 2:
        parts.pop()
    return " ".join(parts) + "…"


def _lines_high(words: str, metrics: QFontMetrics, width: int) -> int:
    height = metrics.boundingRect(QRect(0, 0, width, 10_000), int(_LINES), words).height()
    return round(height / metrics.lineSpacing())


def _spoken(row: QuestionRow) -> str:
    notes = [
        note
        for wanted, note in (
            (row.is_flagged, text.Widgets.flagged),
            (row.has_problem, text.Widgets.problem),
            (row.is_unfinished and not row.has_problem, text.Widgets.unfinished),
        )
        if wanted
    ]
    return text.Widgets.question(row.number, row.title, row.word, ", ".join(notes))
