"""Putting choices in order, by buttons: nothing has to be dragged."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from iowscp_desktop import text
from iowscp_desktop.ui.theme import Icon, Type
from iowscp_desktop.ui.widgets.buttons import Button, IconButton
from iowscp_desktop.ui.widgets.labels import Label
from iowscp_desktop.ui.widgets.layouts import Column, Row, flowing
from iowscp_desktop.ui.widgets.surfaces import Card, show_or_hide


class _Line(Card):
    """One choice with its place and the buttons that move it."""

    def __init__(self) -> None:
        self.words = Label("", Type.BODY, wrap=True)
        self.up, self.down = IconButton(Icon.CHEVRON_UP, ""), IconButton(Icon.CHEVRON_DOWN, "")
        row = Row(gap=4, margins=(12, 4, 6, 4))
        row.add(self.words, 1)
        row.add(self.up)
        row.add(self.down)
        super().__init__(row)


class RankList(QWidget):
    """Choices, the first of them first. `chosen` tells all of them in order, blanks between."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._order: list[tuple[str, str]] = []
        self._is_fixed = False
        self._lines: list[_Line] = []
        self._column = Column(gap=4)
        self.note = Label("", Type.SMALL, wrap=True)
        self.accept = Button(text.Widgets.order_is_right, small=True)
        self.accept.clicked.connect(self._tell)
        self._offer = flowing(self.accept)
        self.setLayout(Column(self.note, self._column, self._offer, gap=6))

    @property
    def lines(self) -> tuple[_Line, ...]:
        """The lines in order, from the first."""
        return tuple(self._lines[: len(self._order)])

    def show_order(self, choices: Sequence[tuple[str, str]], value: str, *, is_fixed: bool) -> None:
        """Show the order that was given; without one, the form's own."""
        labels = dict(choices)
        given = [each for each in value.split() if each in labels]
        order = [*given, *(each for each in labels if each not in given)]
        self._order = [(each, labels[each]) for each in order]
        self._is_fixed = is_fixed
        self.note.setText("" if value else text.Widgets.not_in_order_yet)
        show_or_hide(self.note, shown=not value)
        show_or_hide(self._offer, shown=not value and not is_fixed)
        self._draw()

    def _draw(self) -> None:
        while len(self._lines) < len(self._order):
            line = _Line()
            place = len(self._lines)
            line.up.clicked.connect(partial(self._move, place, -1))
            line.down.clicked.connect(partial(self._move, place, 1))
            self._lines.append(line)
            self._column.add(line)
        for place, line in enumerate(self._lines):
            show_or_hide(line, shown=place < len(self._order))
            if place < len(self._order):
                words = self._order[place][1]
                line.words.setText(text.Widgets.ranked(place + 1, words))
                line.up.show_name(text.Widgets.move_up(words))
                line.down.show_name(text.Widgets.move_down(words))
                line.up.setEnabled(place > 0 and not self._is_fixed)
                line.down.setEnabled(place < len(self._order) - 1 and not self._is_fixed)

    def _move(self, place: int, step: int) -> None:
        target = place + step
        self._order[place], self._order[target] = self._order[target], self._order[place]
        self._draw()
        moved = self._lines[target]
        wanted, other = (moved.up, moved.down) if step < 0 else (moved.down, moved.up)
        (wanted if wanted.isEnabled() else other).setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell()

    def _tell(self) -> None:
        self.chosen.emit(" ".join(value for value, _words in self._order))
