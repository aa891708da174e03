"""Panels inside a screen: the action that a gap asks for, and work that takes a while."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from iowscp_desktop import text
from iowscp_desktop.ui.theme import Mark, Role, Type
from iowscp_desktop.ui.widgets.bars import PlainBar
from iowscp_desktop.ui.widgets.buttons import Button
from iowscp_desktop.ui.widgets.labels import Label, MarkLabel
from iowscp_desktop.ui.widgets.layouts import Column, Row
from iowscp_desktop.ui.widgets.surfaces import Card


class ActionPanel(Card):
    """Opens inside a question when the grade is a gap. The page puts its own fields in."""

    def __init__(self, mark: Mark, word: str, heading: str) -> None:
        super().__init__(back=mark.tone.tint, line=None, edge=mark.tone)
        self._symbol = MarkLabel(mark, word, 20)
        self._heading = Label(heading, Type.STRONG, wrap=True)
        top = Row(self._symbol, gap=9)
        top.add(self._heading, 1)
        self._column = Column(top, gap=10, margins=(20, 14, 16, 16))
        self.setLayout(self._column)

    def show_reason(self, mark: Mark, word: str, heading: str) -> None:
        """Say which grade asks for the action."""
        self._symbol.show_mark(mark, word)
        self._heading.setText(heading)
        self.show_look(mark.tone.tint, None, mark.tone)

    def add_fields(self, *fields: QWidget) -> None:
        """Put fields side by side below the heading; the first one takes the room that is left."""
        row = Row(gap=12)
        for index, field in enumerate(fields):
            row.add(field, 0 if index else 1)
        self._column.add(row)


class ProgressPanel(Card):
    """Work that takes a while: what is being done, how far it is, and a Cancel that always works."""

    cancelled = Signal()

    def __init__(self, title: str) -> None:
        super().__init__(back=Role.SURFACE)
        self._title, self._note = Label(title, Type.H2, wrap=True), Label("", Type.SMALL, wrap=True)
        self._bar = PlainBar(title)
        self._bar.setRange(0, 0)
        self.cancel_button = Button(text.Widgets.cancel)
        self.cancel_button.clicked.connect(self._on_cancel)
        self.setLayout(
            Column(self._title, self._bar, self._note, Row(self.cancel_button, None), gap=10, margins=(24, 20, 24, 20))
        )

    def show_title(self, title: str) -> None:
        """Say what is being done."""
        self._title.setText(title)
        self._bar.setAccessibleName(title)

    def show_progress(self, done: int, total: int, note: str = "") -> None:
        """Show how far it is; a total of 0 means that nobody knows."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._note.setText(note)

    def _on_cancel(self) -> None:
        self._note.setText(text.Widgets.cancelling)
        self.cancelled.emit()
