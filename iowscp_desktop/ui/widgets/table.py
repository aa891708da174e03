"""A table of frozen rows: sorted by a column, walked by arrow keys, copied as text that spreadsheets take."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)
from typing_extensions import override

from iowscp_desktop.ui.theme import (
    Icon,
    Role,
    Tone,
    Type,
    colour,
    font,
    paint_box,
    paint_icon,
    paint_ring,
    px,
    tokens,
)
from iowscp_desktop.ui.widgets.rows import RowRole

RowT = TypeVar("RowT")
_AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_LINE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_EDGE, _ROW = 9, 46  # lengths of the design
_MOST_MEASURED = 400
"""Rows whose words are measured for the width of a column; of a longer table some stand for the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one cell shows: words, and perhaps a pill around them."""

    words: str
    tone: Tone | None = None  # None: plain words
    icon: Icon | None = None
    order: str | int | float | None = None  # what it is sorted by; the words if not given


@dataclass(frozen=True, slots=True, kw_only=True)
class Head(Generic[RowT]):
    """One column: its title, what it shows of a row, and whether it takes the room that is left."""

    title: str
    cell: Callable[[RowT], Cell]
    wide: bool = False


class RowsTable(QTableView, Generic[RowT]):
    """Rows to look through. `opened` tells the id of the row a person went into, by double click or Enter."""

    opened = Signal(str)
    picked = Signal(str)  # the row at hand changed, by a person

    def __init__(self, name: str, heads: Sequence[Head[RowT]], key: Callable[[RowT], str]) -> None:
        super().__init__()
        self._rows = _RowsModel[RowT](heads, key)
        self.setModel(self._rows)
        self.setItemDelegate(_CellDelegate(self))
        self.setAccessibleName(name)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self._on_head)
        self.activated.connect(self._on_activated)
        self.clicked.connect(self._on_clicked)
        self.rethemed()

    @property
    def rows(self) -> tuple[RowT, ...]:
        """The rows, as they are sorted now."""
        return self._rows.rows

    def show_rows(self, rows: Sequence[RowT]) -> None:
        """Show other rows; the row at hand stays the one at hand."""
        at_hand = self.current_id()
        self._rows.show_rows(rows)
        self.show_current(at_hand)
        self._fit()

    def show_current(self, key: str | None) -> None:
        """Mark the row at hand. Tells nobody."""
        place = self._rows.place_of(key) if key is not None else -1
        if place >= 0:
            self.setCurrentIndex(self._rows.index(place, 0))
        elif self._rows.rows:
            self.setCurrentIndex(self._rows.index(0, 0))

    def current_id(self) -> str | None:
        """The id of the row at hand."""
        index = self.currentIndex()
        return self._rows.key_at(index.row()) if index.isValid() else None

    def sort_by(self, column: int) -> None:
        """Sort by a column; the same column again turns it round."""
        at_hand = self.current_id()
        self._rows.sort_by(column)
        header = self.horizontalHeader()
        header.setSortIndicatorShown(True)
        order = Qt.SortOrder.DescendingOrder if self._rows.is_turned else Qt.SortOrder.AscendingOrder
        header.setSortIndicator(column, order)
        self.show_current(at_hand)

    def as_text(self) -> str:
        """Return the whole table with its titles, a tab between cells, as spreadsheets take it."""
        return self._rows.as_text()

    def copy_all(self) -> None:
        """Put the whole table on the clipboard."""
        QGuiApplication.clipboard().setText(self.as_text())

    def rethemed(self) -> None:
        """Take on the text size in force."""
        self.setFont(font(Type.BODY))
        self.horizontalHeader().setFont(font(Type.SMALL_STRONG))
        self.verticalHeader().setDefaultSectionSize(max(px(_ROW), QFontMetrics(font(Type.BODY)).height() + px(16)))
        self._fit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_all()
            return
        before = self.current_id()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._on_activated(self.currentIndex())
        else:
            super().keyPressEvent(event)
        now = self.current_id()
        if now is not None and now != before:
            self.picked.emit(now)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def sizeHint(self) -> QSize:
        lines = max(2, min(12, len(self._rows.rows)))
        height = self.horizontalHeader().sizeHint().height() + lines * self.verticalHeader().defaultSectionSize()
        sideways = self.horizontalScrollBar()
        return QSize(px(500), height + px(4) + (sideways.sizeHint().height() if sideways.maximum() else 0))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(px(240), self.sizeHint().height())

    def _fit(self) -> None:
        """Give each column what its widest cell asks; wide ones share what is left."""
        wanted = self._rows.widths()
        wide = [column for column, head in enumerate(self._rows.heads) if head.wide]
        spare = self.viewport().width() - sum(wanted)
        # What is long is cut, with an ellipsis, before anything scrolls sideways; names last of all.
        for column in sorted(range(len(wanted)), key=lambda column: (column in wide, -wanted[column])):
            cut = max(0, min(-spare, wanted[column] - px(200)))
            wanted[column] -= cut
            spare += cut
        for column in wide:
            wanted[column] += max(0, spare) // len(wide)
        for column, width in enumerate(wanted):
            self.setColumnWidth(column, width)
        self.updateGeometry()

    def _on_head(self, column: int) -> None:
        self.sort_by(column)

    def _on_activated(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self._rows.key_at(index.row()))

    def _on_clicked(self, index: QModelIndex) -> None:
        self.picked.emit(self._rows.key_at(index.row()))


class _RowsModel(QAbstractTableModel, Generic[RowT]):
    def __init__(self, heads: Sequence[Head[RowT]], key: Callable[[RowT], str]) -> None:
        super().__init__()
        self.heads, self._key = tuple(heads), key
        self.rows: tuple[RowT, ...] = ()
        self._widths: tuple[object, list[int]] | None = None
        self._sorted_by: int | None = None
        self.is_turned = False

    def show_rows(self, rows: Sequence[RowT]) -> None:
        self.beginResetModel()
        self.rows, self._widths = self._in_order(rows), None
        self.endResetModel()

    def sort_by(self, column: int) -> None:
        self.is_turned = column == self._sorted_by and not self.is_turned
        self._sorted_by = column
        self.show_rows(self.rows)

    def key_at(self, row: int) -> str:
        return self._key(self.rows[row])

    def place_of(self, key: str) -> int:
        return next((place for place, row in enumerate(self.rows) if self._key(row) == key), -1)

    def as_text(self) -> str:
        lines = [[head.title for head in self.heads]]
        lines += [[head.cell(row).words for head in self.heads] for row in self.rows]
        return "\n".join("\t".join(_safe(words) for words in line) for line in lines)

    def widths(self) -> list[int]:
        """Return how wide each column would be; measured once for the rows and the letters at hand."""
        letters = (font(Type.BODY), font(Type.SMALL_STRONG), px(100))
        if self._widths is None or self._widths[0] != letters:
            self._widths = (letters, self._measured())
        return list(self._widths[1])

    def _measured(self) -> list[int]:
        body, pill, head = (QFontMetrics(font(kind)) for kind in (Type.BODY, Type.SMALL_STRONG, Type.SMALL_STRONG))
        found: list[int] = []
        some = self.rows[:: -(-len(self.rows) // _MOST_MEASURED) or 1]
        for column in self.heads:
            widest = head.horizontalAdvance(column.title) + px(22)
            for row in some:
                cell = column.cell(row)
                metrics = body if cell.tone is None else pill
                extra = px(20) * (cell.icon is not None) + (px(19) if cell.tone is not None else 0)
                widest = max(widest, metrics.horizontalAdvance(cell.words) + extra)
            found.append(widest + 2 * px(_EDGE))
        return found

    @override
    def rowCount(self, parent: _AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    @override
    def columnCount(self, parent: _AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.heads)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.heads[section].title
        return None

    @override
    def data(self, index: _AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self.rows):
            return None
        head = self.heads[index.column()]
        cell = head.cell(self.rows[index.row()])
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return cell.words
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{head.title}: {cell.words}"
            case RowRole.ROW:
                return cell
            case _:
                return None

    def _in_order(self, rows: Sequence[RowT]) -> tuple[RowT, ...]:
        if self._sorted_by is None:
            return tuple(rows)
        cell = self.heads[self._sorted_by].cell
        return tuple(sorted(rows, key=lambda row: _order(cell(row)), reverse=self.is_turned))


class _CellDelegate(QStyledItemDelegate):
    """Paints one cell."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _AnyIndex) -> None:
        cell: Cell = index.data(RowRole.ROW)
        rect = QRectF(option.rect)
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(rect, colour(Role.PRIMARY_TINT))
        painter.fillRect(QRectF(rect.x(), rect.bottom() - 1, rect.width(), 1), colour(Role.LINE))
        if cell.tone is None:
            self._paint_plain(painter, rect.adjusted(px(_EDGE), 0, -px(4), 0), cell)
        else:
            self._paint_pill(painter, rect.adjusted(px(_EDGE), 0, -px(4), 0), cell, cell.tone)
        if chosen and self._view.hasFocus() and index.column() == self._view.currentIndex().column():
            paint_ring(painter, rect.adjusted(1, 1, -1, -2), px(6))
        painter.restore()

    def _paint_plain(self, painter: QPainter, rect: QRectF, cell: Cell) -> None:
        if cell.icon is not None:
            side = px(16)
            paint_icon(painter, cell.icon, Role.INK_2, QRectF(rect.x(), rect.center().y() - side / 2, side, side))
            rect = rect.adjusted(px(22), 0, 0, 0)
        painter.setFont(font(Type.BODY))
        painter.setPen(colour(Role.INK))
        painter.drawText(rect, _LINE, _cut(painter, cell.words, rect))

    def _paint_pill(self, painter: QPainter, rect: QRectF, cell: Cell, tone: Tone) -> None:
        painter.setFont(font(Type.SMALL_STRONG))
        metrics = painter.fontMetrics()
        lead = px(20) if cell.icon is not None else 0
        width = min(rect.width(), metrics.horizontalAdvance(cell.words) + px(19) + lead)
        height = max(px(26), metrics.height() + px(6))
        pill = QRectF(rect.x(), rect.center().y() - height / 2, width, height)
        paint_box(painter, pill, back=tone.tint, line=None if tokens().tinted else tone.ink, radius=None)
        if cell.icon is not None:
            side = px(15)
            place = QRectF(pill.x() + px(9), pill.center().y() - side / 2, side, side)
            paint_icon(painter, cell.icon, tone.ink, place)
        inside = pill.adjusted(px(9) + lead, 0, -px(6), 0)
        painter.setPen(colour(tone.ink))
        painter.drawText(inside, _LINE, _cut(painter, cell.words, inside))


def _cut(painter: QPainter, words: str, rect: QRectF) -> str:
    return painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(rect.width()))


def _order(cell: Cell) -> tuple[bool, str | int | float]:
    """Numbers before words, words without regard to capitals."""
    by = cell.words if cell.order is None else cell.order
    return (True, by.casefold()) if isinstance(by, str) else (False, by)


def _safe(words: str) -> str:
    """Keep one cell one cell, and keep a spreadsheet from taking a name for a formula."""
    plain = " ".join(words.split())
    return f"'{plain}" if plain[:1] in {"=", "+", "-", "@"} else plain
