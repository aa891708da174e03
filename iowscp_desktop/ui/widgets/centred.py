"""A column in the middle of a wide window, no wider than is comfortable to read."""

from PySide6.QtWidgets import QLayout, QWidget

from iowscp_desktop.ui.theme import px
from iowscp_desktop.ui.widgets.layouts import Margins, Row
from iowscp_desktop.ui.widgets.surfaces import ScrollPane

READING_WIDTH = 860
_AROUND: Margins = (32, 40, 32, 32)


class Centred(ScrollPane):
    """Scrolls a column that stands in the middle; it is as wide as the window allows, up to its measure."""

    def __init__(self, column: QLayout, *, width: int = READING_WIDTH, margins: Margins = _AROUND) -> None:
        self._column, self._width = QWidget(), width
        self._column.setLayout(column)
        body = QWidget()
        row = Row(gap=0, margins=margins)
        row.add(None)
        row.add(self._column, 1000)  # it takes what it may before the sides get any
        row.add(None)
        body.setLayout(row)
        super().__init__(body)
        self.rethemed()

    def rethemed(self) -> None:
        """Take on the text size in force."""
        self._column.setMaximumWidth(px(self._width))
