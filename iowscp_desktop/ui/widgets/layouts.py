"""Rows, columns and flows whose gaps and margins are lengths of the design and follow the text size."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
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


def flowing(*widgets: QWidget, gap: int = 10) -> QWidget:
    """Return a widget whose parts wrap, as tall as that makes it."""
    holder = QWidget()
    holder.setLayout(Flow(*widgets, gap=gap, centred=True))
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    holder.setSizePolicy(policy)
    return holder


class SideBySide(QWidget):
    """Widgets side by side where there is room for it, one below the other where there is not."""

    def __init__(self, *widgets: QWidget, least: int, stretches: Sequence[int] = (), gap: int = 16) -> None:
        """Take the widgets; `least` is the width of the design from which they stand side by side."""
        super().__init__()
        self._least = least
        self._row = Row(gap=gap)
        for index, widget in enumerate(widgets):
            self._row.add(widget, stretches[index] if index < len(stretches) else 0)
        self.setLayout(self._row)

    @property
    def is_stacked(self) -> bool:
        """Whether they stand one below the other."""
        return self._row.direction() == QBoxLayout.Direction.TopToBottom

    def rethemed(self) -> None:
        """Take on the text size in force."""
        self._arrange()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def minimumSizeHint(self) -> QSize:
        """Ask for no more width than the widest one needs: this can always be stacked."""
        widths = [item.minimumSize().width() for item in map(self._row.itemAt, range(self._row.count())) if item]
        return QSize(max(widths, default=0), super().minimumSizeHint().height())

    def _arrange(self) -> None:
        stacked = self.width() < px(self._least)
        directions = QBoxLayout.Direction
        self._row.setDirection(directions.TopToBottom if stacked else directions.LeftToRight)


class Flow(QLayout):
    """Widgets side by side that wrap to the next line when there is no room, so that nothing is cut off."""

    def __init__(self, *widgets: QWidget, gap: int = 8, centred: bool = False) -> None:
        super().__init__()
        self._centred = centred  # in the middle of whatever height it is given; else at the top
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
        spare = rect.height() - self.heightForWidth(rect.width()) if self._centred else 0
        self._place(rect.adjusted(0, max(0, spare // 2), 0, 0), move=True)

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
        y = rect.y()
        for line in self._lines(rect.width()):
            x, height = rect.x(), max(size.height() for _item, size in line)
            for item, size in line:
                if move:
                    item.setGeometry(QRect(QPoint(x, y + (height - size.height()) // 2), size))
                x += size.width() + gap
            y += height + gap
        return max(0, y - gap - rect.y())

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        """Return which widgets stand on which line of a width, and how large each is."""
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        left = 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            size.setWidth(min(size.width(), max(width, item.minimumSize().width())))
            if item.hasHeightForWidth():
                size.setHeight(item.heightForWidth(size.width()))
            if not lines or size.width() > left:
                lines.append([])
                left = width
            lines[-1].append((item, size))
            left -= size.width() + px(self._gap)
        return lines
