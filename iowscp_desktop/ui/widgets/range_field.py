"""A number between two ends: a slider with its ticks, and a line to type it in."""

from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QGridLayout, QSlider, QWidget
from typing_extensions import override

from iowscp_desktop import text
from iowscp_desktop.ui.theme import Type, px
from iowscp_desktop.ui.widgets.fields import LineEdit
from iowscp_desktop.ui.widgets.labels import Label

_MOST_STEPS = 100_000
_ANY = 16_777_215  # Qt's own largest size


def numbers_of(start: str, end: str, step: str, *, most: int) -> tuple[str, ...]:
    """Return every number of a range, the first end first; none at all where they are more than `most`."""
    low, by, steps = _ends(start, end, step)
    return tuple(_plain(low + place * by) for place in range(steps + 1)) if steps < most else ()


def _ends(start: str, end: str, step: str) -> tuple[Decimal, Decimal, int]:
    """Return where a range begins, its step and how many steps it has. What makes no sense is 0 to 10 by 1.

    A range may go down: then its step is below zero.
    """
    low, high, by = _number(start, "0"), _number(end, "10"), abs(_number(step, "1")) or Decimal(1)
    steps = max(1, min(int(abs(high - low) / by), _MOST_STEPS))
    return low, by if high >= low else -by, steps


class _Slider(QSlider):
    """A slider the wheel does not move: it scrolls the page."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setTickPosition(QSlider.TickPosition.TicksBelow)
        self.rethemed()

    def rethemed(self) -> None:
        """Take on the text size in force."""
        across = self.orientation() is Qt.Orientation.Horizontal
        self.setMinimumSize(px(120) if across else px(36), px(36) if across else px(220))
        self.setMaximumSize(_ANY if across else px(36), px(36) if across else px(220))

    @override
    def wheelEvent(self, e: QWheelEvent) -> None:
        e.ignore()


class RangeField(QWidget):
    """`chosen` tells the number as text, or '' when the line was emptied."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._start, self._step, self._steps = Decimal(0), Decimal(1), 10
        self._shown = ""
        self.slider, self.line = _Slider(), LineEdit("")
        self._low, self._high = Label("", Type.SMALL), Label("", Type.SMALL)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._lay_out(Qt.Orientation.Horizontal)
        self.setFocusProxy(self.slider)
        self.slider.actionTriggered.connect(self._on_moved)
        self.slider.sliderReleased.connect(self._tell_slider)
        self.line.left.connect(self.settle)
        self.line.returnPressed.connect(self.settle)
        self.rethemed()

    def rethemed(self) -> None:
        """Take on the text size in force."""
        self.line.setFixedWidth(px(96))

    def show_look(self, appearance: str) -> None:
        """Lie or stand, with or without ticks, as the form wants it."""
        wanted = appearance.split()
        ticks = QSlider.TickPosition.NoTicks if "no-ticks" in wanted else QSlider.TickPosition.TicksBelow
        self.slider.setTickPosition(ticks)
        orientation = Qt.Orientation.Vertical if "vertical" in wanted else Qt.Orientation.Horizontal
        if orientation is not self.slider.orientation():
            self._lay_out(orientation)

    def show_ends(self, start: str, end: str, step: str) -> None:
        """Say from where to where it goes, and in which steps. What makes no sense is 0 to 10 by 1."""
        self._start, self._step, self._steps = _ends(start, end, step)
        self.slider.setRange(0, self._steps)
        self.slider.setPageStep(max(1, self._steps // 10))
        self.slider.setTickInterval(max(1, self._steps // 20))
        self._low.setText(self._text_at(0))
        self._high.setText(self._text_at(self._steps))

    def show_question(self, question: str) -> None:
        """Name both ways of answering after their question."""
        self.slider.setAccessibleName(question)
        self.line.setAccessibleName(text.Widgets.type_number(question))

    def show_value(self, value: str) -> None:
        """Show a number; '' shows none, and the slider at its beginning."""
        self._shown = value
        if not self.line.isModified():
            self.line.show_text(value)
        place = (_number(value, str(self._start)) - self._start) / self._step
        self.slider.setValue(max(0, min(self._steps, int(place))))

    def show_fixed(self, *, is_fixed: bool) -> None:
        """What is fixed can be read but not changed."""
        self.slider.setEnabled(not is_fixed)
        self.line.setReadOnly(is_fixed)

    def settle(self) -> None:
        """Take what is typed for an answer."""
        self.line.setModified(False)
        written = self.line.text().strip()
        if written != self._shown:
            self.chosen.emit(written)

    def _lay_out(self, orientation: Qt.Orientation) -> None:
        self.slider.setOrientation(orientation)
        self.slider.rethemed()
        parts = (self.slider, self.line, self._low, self._high)
        if orientation is Qt.Orientation.Vertical:
            places = ((0, 0, 3, 1), (1, 2, 1, 1), (2, 1, 1, 1), (0, 1, 1, 1))
        else:
            places = ((0, 0, 1, 3), (0, 3, 1, 1), (1, 0, 1, 1), (1, 2, 1, 1))
        for part, (row, column, rows, columns) in zip(parts, places, strict=True):
            self._grid.removeWidget(part)
            self._grid.addWidget(part, row, column, rows, columns)
        top, right = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignRight
        stands = orientation is Qt.Orientation.Vertical
        self._grid.setAlignment(self._high, top if stands else right)
        self._grid.setAlignment(self._low, Qt.AlignmentFlag.AlignBottom if stands else Qt.AlignmentFlag.AlignLeft)
        for column in range(4):
            self._grid.setColumnStretch(column, int(column == (3 if stands else 1)))

    def _on_moved(self, _action: int) -> None:
        self.line.setModified(False)
        self.line.show_text(self._text_at(self.slider.sliderPosition()))
        if not self.slider.isSliderDown():
            self.chosen.emit(self._text_at(self.slider.sliderPosition()))

    def _tell_slider(self) -> None:
        self.chosen.emit(self._text_at(self.slider.value()))

    def _text_at(self, place: int) -> str:
        return _plain(self._start + place * self._step)


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")


def _number(words: str, other: str) -> Decimal:
    try:
        found = Decimal(words.strip())
    except InvalidOperation:
        return Decimal(other)
    return found if found.is_finite() else Decimal(other)
