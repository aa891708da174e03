"""A number between two ends: a slider with its ticks, and a line to type it in."""

from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSlider, QWidget
from typing_extensions import override

from iowscp_desktop import text
from iowscp_desktop.ui.theme import Type, px
from iowscp_desktop.ui.widgets.fields import LineEdit
from iowscp_desktop.ui.widgets.labels import Label
from iowscp_desktop.ui.widgets.layouts import Column, Row

_MOST_STEPS = 100_000


class _Slider(QSlider):
    """A slider the wheel does not move: it scrolls the page."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setTickPosition(QSlider.TickPosition.TicksBelow)
        self.rethemed()

    def rethemed(self) -> None:
        """Take on the text size in force."""
        self.setFixedHeight(px(36))

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
        top = Row(gap=12)
        top.add(self.slider, 1)
        top.add(self.line)
        self.setLayout(Column(top, Row(self._low, None, self._high), gap=2))
        self.setFocusProxy(self.slider)
        self.slider.actionTriggered.connect(self._on_moved)
        self.slider.sliderReleased.connect(self._tell_slider)
        self.line.left.connect(self.settle)
        self.line.returnPressed.connect(self.settle)
        self.rethemed()

    def rethemed(self) -> None:
        """Take on the text size in force."""
        self.line.setFixedWidth(px(96))

    def show_ends(self, start: str, end: str, step: str) -> None:
        """Say from where to where it goes, and in which steps. What makes no sense is 0 to 10 by 1."""
        low, high, by = _number(start, "0"), _number(end, "10"), abs(_number(step, "1")) or Decimal(1)
        if high < low:
            low, high = high, low
        self._start, self._step = low, by
        self._steps = max(1, min(int((high - low) / by), _MOST_STEPS))
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

    def _on_moved(self, _action: int) -> None:
        self.line.setModified(False)
        self.line.show_text(self._text_at(self.slider.sliderPosition()))
        if not self.slider.isSliderDown():
            self.chosen.emit(self._text_at(self.slider.sliderPosition()))

    def _tell_slider(self) -> None:
        self.chosen.emit(self._text_at(self.slider.value()))

    def _text_at(self, place: int) -> str:
        return format((self._start + place * self._step).normalize(), "f")


def _number(words: str, other: str) -> Decimal:
    try:
        found = Decimal(words.strip())
    except InvalidOperation:
        return Decimal(other)
    return found if found.is_finite() else Decimal(other)
