"""List, work and context side by side, as far as there is room; what has none waits behind a button."""

from enum import Enum, auto

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from iowscp_desktop import text
from iowscp_desktop.ui.theme import Icon, px, scale
from iowscp_desktop.ui.widgets.buttons import Button
from iowscp_desktop.ui.widgets.layouts import Row
from iowscp_desktop.ui.widgets.surfaces import PANE, first_stop

_LIST, _CONTEXT = 300, 286  # widths of the design


class Room(Enum):
    """How much fits side by side."""

    WIDE = auto()  # three panes
    MEDIUM = auto()  # list and work
    NARROW = auto()  # one at a time


def room_for(width: float, text_scale: float) -> Room:
    """Return how much fits into a width beside the rail; larger text needs more.

    The design's breakpoints are those of the whole window, 1400 and 1000; the rail takes 88 of it.
    """
    usable = width / text_scale + 88
    return Room.WIDE if usable >= 1400 else Room.MEDIUM if usable >= 1000 else Room.NARROW


class ThreePanes(QWidget):
    """The frame of a screen that works through a list. Put `list_button` and `context_button` in the top bar."""

    def __init__(self, list_pane: QWidget, work: QWidget, context: QWidget | None = None) -> None:
        super().__init__()
        self._list, self._work, self._context = list_pane, work, context
        self._room = Room.WIDE
        self._list_open = self._context_open = False
        self.list_button = Button(text.Widgets.questions, icon=Icon.LIST, small=True)
        self.context_button = Button(text.Widgets.guidance, icon=Icon.BOOK_OPEN, small=True)
        self.list_button.clicked.connect(self._on_list)
        self.context_button.clicked.connect(self._on_context)
        row = Row(gap=0)
        row.add(list_pane)
        row.add(work, 1)
        if context is not None:
            row.add(context)
        else:
            self.context_button.setParent(self)  # it leads nowhere and is put nowhere
        for pane in (list_pane, work, context):
            if pane is not None:
                pane.setProperty(PANE, "yes")
        self.setLayout(row)
        self._arrange()

    @property
    def room(self) -> Room:
        """How much fits now."""
        return self._room

    def show_work(self) -> None:
        """Go back to the work, wherever only one pane fits."""
        self._list_open = False
        if self._room is Room.NARROW:
            self._context_open = False
        self._arrange()

    def rethemed(self) -> None:
        """Take on the text size in force."""
        self._room = room_for(self.width(), scale())
        self._arrange()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = room_for(self.width(), scale())
        if room is not self._room:
            self._room = room
            self._list_open = self._context_open = False
            self._arrange()

    @override
    def minimumSizeHint(self) -> QSize:
        """Ask for the room of one pane: with less than all need side by side, one shows at a time."""
        return QSize(self._work.minimumSizeHint().width(), super().minimumSizeHint().height())

    def _on_list(self) -> None:
        self._list_open, self._context_open = not self._list_open, False
        self._arrange()
        self._enter(self._list if self._list_open else self._work)

    def _on_context(self) -> None:
        self._context_open, self._list_open = not self._context_open, False
        self._arrange()
        if self._room is Room.NARROW:
            self._enter(self._context if self._context_open else self._work)

    def _enter(self, pane: QWidget | None) -> None:
        """Put the focus into a pane that has just taken the place of another."""
        stop = first_stop(pane) if pane is not None else None
        if stop is not None:
            stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        narrow = self._room is Room.NARROW
        shows_list = not narrow or self._list_open
        shows_context = self._room is Room.WIDE or self._context_open
        self._list.setVisible(shows_list)
        self._work.setVisible(not narrow or not (self._list_open or self._context_open))
        _widen(self._list, None if narrow else _LIST)
        self.list_button.setVisible(narrow)
        self.context_button.setVisible(self._context is not None and self._room is not Room.WIDE)
        if self._context is not None:
            self._context.setVisible(shows_context)
            _widen(self._context, None if narrow else _CONTEXT)


def _widen(pane: QWidget, width: int | None) -> None:
    """Give a pane a width of the design; None lets it fill the screen."""
    if width is None:
        pane.setMinimumWidth(0)
        pane.setMaximumWidth(16_777_215)  # Qt's own "no limit"
    else:
        pane.setFixedWidth(px(width))
