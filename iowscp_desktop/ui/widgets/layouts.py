"""Rows, columns and flows whose gaps and margins are lengths of the design and follow the text size."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QLayout, QLayoutItem, QSizePolicy, QSpacerItem, QWidget
from typing_extensions import override

from iowscp_desktop.ui.theme import px

Part = QWidget | QLayout | int | None
"""A widget, a layout inside, a fixed gap, or None for whatever space is left."""
Margins = tuple[int, int, int, int]
NO_MARGINS: Margins = (0, 0, 0, 0)


class _Box(QBoxLayout):
    def __init__(self, direction: QBoxLayout.Direction, parts: tuple[Part, ...], gap: int, margins: Margins) -> None:
        super().__init__(direction)
        self._gap, self._margins = gap, margins
        self._spacers: list[tuple[QSpacerItem, int]] = []
        for part in parts:
            self.add(part)
        self.rethemed()

    def add(self, part: Part, stretch: int = 0) -> None:
        """Append a part; `stretch` shares out what space is left."""
        if part is None:
            self.addStretch(1)
        elif isinstance(part, int):
            spacer = QSpacerItem(0, 0)
            self._spacers.append((spacer, part))
            self.addItem(spacer)
        elif isinstance(part, QLayout):
            self.addLayout(part, stretch)
        else:
            self.addWidget(part, stretch)

    def rethemed(self) -> None:
        """Take on the text size in force."""
        left, top, right, bottom = (px(side) for side in self._margins)
        self.setContentsMargins(left, top, right, bottom)
        self.setSpacing(px(self._gap))
        fixed = QSizePolicy.Policy.Fixed
        for spacer, length in self._spacers:
            spacer.changeSize(px(length), px(length), fixed, fixed)
        self.invalidate()


class Row(_Box):
    """Parts side by side."""

    def __init__(self, *parts: Part, gap: int = 8, margins: Margins = NO_MARGINS) -> None:
        super().__init__(QBoxLayout.Direction.LeftToRight, parts, gap, margins)


class Column(_Box):
    """Parts one below the other."""

    def __init__(self, *parts: Part, gap: int = 8, margins: Margins = NO_MARGINS) -> None:
        super().__init__(QBoxLayout.Direction.TopToBottom, parts, gap, margins)


class Flow(QLayout):
    """Widgets side by side that wrap to the next line when there is no room, so that nothing is cut off."""

    def __init__(self, *widgets: QWidget, gap: int = 8) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)
        for widget in widgets:
            self.addWidget(widget)

    def rethemed(self) -> None:
        """Take on the text size in force."""
        self.invalidate()

    @override
    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    @override
    def count(self) -> int:
        return len(self._items)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    @override
    def sizeHint(self) -> QSize:
        shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(size.width() for size in shown) + px(self._gap) * max(0, len(shown) - 1)
        return QSize(width, max((size.height() for size in shown), default=0))

    @override
    def minimumSize(self) -> QSize:
        size = QSize(0, 0)
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, rect: QRect, *, move: bool) -> int:
        """Lay the widgets out within a width; return the height they take."""
        gap = px(self._gap)
        x, y, line = rect.x(), rect.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if x > rect.x() and x + size.width() > rect.right() + 1:
                x, y, line = rect.x(), y + line + gap, 0
            size.setWidth(min(size.width(), max(rect.width(), item.minimumSize().width())))
            if item.hasHeightForWidth():
                size.setHeight(item.heightForWidth(size.width()))
            if move:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + gap
            line = max(line, size.height())
        return y + line - rect.y()
