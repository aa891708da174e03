"""One model for every list: frozen rows in, cells out. Rows are known by an id, never by their place."""

from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from typing_extensions import override

RowT = TypeVar("RowT")
_AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class RowRole(IntEnum):
    """Where a delegate finds the row itself."""

    ROW = Qt.ItemDataRole.UserRole


class RowsModel(QAbstractListModel, Generic[RowT]):
    """A list of rows.

    Args:
        key: The id of a row; unique.
        words: What a row says.
        spoken: What a screen reader says of it; `words` if not given.
    """

    def __init__(
        self,
        key: Callable[[RowT], str],
        words: Callable[[RowT], str],
        spoken: Callable[[RowT], str] | None = None,
    ) -> None:
        super().__init__()
        self._key, self._words, self._spoken = key, words, spoken or words
        self._rows: tuple[RowT, ...] = ()

    @property
    def rows(self) -> tuple[RowT, ...]:
        """The rows, in order."""
        return self._rows

    def show_rows(self, rows: Sequence[RowT]) -> None:
        """Show other rows. When the ids and their order stay, only what differs is told, and the selection stays."""
        before = self._rows
        if [self._key(row) for row in before] == [self._key(row) for row in rows]:
            self._rows = tuple(rows)
            for place, (old, new) in enumerate(zip(before, rows, strict=True)):
                if old != new:
                    self.dataChanged.emit(self.index(place), self.index(place))
            return
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def row(self, index: _AnyIndex) -> RowT:
        """Return the row at an index."""
        return self._rows[index.row()]

    def key_at(self, index: _AnyIndex) -> str:
        """Return the id of the row at an index."""
        return self._key(self.row(index))

    def index_of(self, key: str) -> QModelIndex:
        """Return where the row with an id is; an invalid index when there is none."""
        places = (place for place, row in enumerate(self._rows) if self._key(row) == key)
        return self.index(next(places, -1))

    @override
    def rowCount(self, parent: _AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def data(self, index: _AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return self._words(row)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(row)
            case RowRole.ROW:
                return row
            case _:
                return None
