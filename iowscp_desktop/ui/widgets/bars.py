"""Bars: how answers are spread over the grades, and how far work has come."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget
from typing_extensions import override

from iowscp_desktop import text
from iowscp_desktop.ui.theme import Mark, Role, Symbol, Type, colour, paint_box, px
from iowscp_desktop.ui.widgets.labels import Label, MarkLabel
from iowscp_desktop.ui.widgets.layouts import Flow, Row


@dataclass(frozen=True, slots=True)
class Segment:
    """How many answers have one grade."""

    mark: Mark
    word: str
    count: int


class SegmentedBar(QProgressBar):
    """Answers by grade, in the order of the scale. Gaps, order and a hatch tell without colour; words tell it aloud."""

    def __init__(self, segments: Sequence[Segment] = (), total: int = 0, *, thick: int = 8) -> None:
        super().__init__()
        self._thick = thick
        self._segments: tuple[Segment, ...] = ()
        self._total = 0
        self.setTextVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_counts(segments, total)

    def show_counts(self, segments: Sequence[Segment], total: int) -> None:
        """Show other counts.

        Args:
            total: All questions; the part beyond the segments' sum is not answered.
        """
        self._segments, self._total = tuple(segments), total
        answered = sum(segment.count for segment in segments)
        self.setRange(0, max(total, 1))
        self.setValue(answered)
        spoken = [f"{segment.count} {segment.word}" for segment in segments if segment.count]
        if total > answered:
            spoken.append(f"{total - answered} {text.Widgets.not_answered}")
        self.setAccessibleName(text.Widgets.progress(answered, total))
        self.setAccessibleDescription(", ".join(spoken))
        self.setToolTip(", ".join(spoken))
        self.update()

    def rethemed(self) -> None:
        """Take on the text size in force."""
        self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        return QSize(px(150), px(self._thick))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(px(60), px(self._thick))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_segments(painter, QRectF(self.rect()), self._segments, self._total)


def paint_segments(painter: QPainter, rect: QRectF, segments: Sequence[Segment], total: int) -> None:
    """Draw a segmented bar; lists draw theirs with this too."""
    painter.save()
    shape = QPainterPath()
    shape.addRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    painter.setClipPath(shape, Qt.ClipOperation.IntersectClip)
    painter.fillRect(rect, colour(Role.LINE))
    x = rect.x()
    for segment in segments:
        width = rect.width() * segment.count / max(total, 1)
        part = QRectF(x, rect.y(), max(0.0, width - px(2)), rect.height())
        painter.fillRect(part, colour(segment.mark.tone.solid))
        if segment.mark.symbol is Symbol.TRIANGLE:
            painter.fillRect(part, QBrush(_hatch(), Qt.BrushStyle.BDiagPattern))
        x += width
    painter.restore()


def _hatch() -> QColor:
    stripe = colour(Role.ON_TONE)
    stripe.setAlpha(110)
    return stripe


class Legend(QWidget):
    """The counts of a segmented bar in symbols, numbers and words."""

    def __init__(self, segments: Sequence[Segment] = ()) -> None:
        super().__init__()
        self._flow = Flow(gap=16)
        self.setLayout(self._flow)
        self.show_counts(segments)

    def show_counts(self, segments: Sequence[Segment]) -> None:
        """Show other counts."""
        while (item := self._flow.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        for segment in segments:
            part = QWidget()
            count = Label(str(segment.count), Type.STRONG)
            part.setLayout(Row(MarkLabel(segment.mark, segment.word, 17), count, Label(segment.word, Type.MUTED)))
            self._flow.addWidget(part)


class PlainBar(QProgressBar):
    """How far one piece of work has come, in one colour."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setTextVisible(False)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(px(200), px(10))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(px(60), px(10))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            rect = QRectF(self.rect())
            paint_box(painter, rect, back=Role.LINE, line=None, radius=None)
            if self.maximum() > self.minimum():
                part = (self.value() - self.minimum()) / (self.maximum() - self.minimum())
                rect.setWidth(max(rect.height(), rect.width() * part))
            else:  # nobody knows how much there is: a still, half-filled bar; the words beside it tell
                rect.setWidth(rect.width() / 2)
            paint_box(painter, rect, back=Role.PRIMARY, line=None, radius=None)
