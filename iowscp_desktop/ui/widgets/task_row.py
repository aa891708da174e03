"""One section of an audit as a row to press: number, title, how far it is, its status."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy
from typing_extensions import override

from iowscp_desktop import text
from iowscp_desktop.ui.theme import (
    Icon,
    Role,
    Tone,
    Type,
    colour,
    font,
    paint_box,
    paint_icon,
    paint_ring,
    px,
    tokens,
)
from iowscp_desktop.ui.widgets.bars import Segment, paint_segments
from iowscp_desktop.ui.widgets.pressing import Pressable

_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_RIGHT = _LEFT | Qt.AlignmentFlag.AlignRight
_WITH_BAR, _WITH_COUNT = 640, 440  # widths of the design from which there is room


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What a row shows."""

    key: str
    number: str
    title: str
    segments: Sequence[Segment]
    total: int
    """0 draws no bar and counts nothing."""
    status: str
    tone: Tone
    icon: Icon | None = None


class TaskRow(Pressable, QPushButton):
    """A section. What there is no room for is left out of the picture, never out of what is read out."""

    def __init__(self, task: Task) -> None:
        super().__init__()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        self.show_task(task)

    def show_task(self, task: Task) -> None:
        """Show another state."""
        self.task = task
        answered = sum(segment.count for segment in task.segments)
        self._answered = text.Widgets.progress(answered, task.total)
        read = text.Widgets.task(task.number, task.title, self._answered, task.status)
        self.setAccessibleName(read if task.total else text.Widgets.task_without_count(task.title, task.status))
        self.setToolTip(task.title)
        self.update()

    def rethemed(self) -> None:
        """Take on the text size in force."""
        self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        return QSize(px(500), px(54))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(px(300), px(54))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            rect = QRectF(self.rect())
            if self.underMouse():
                painter.fillRect(rect, colour(Role.HOVER))
            painter.fillRect(QRectF(px(52), rect.height() - 1, rect.width() - px(52), 1), colour(Role.LINE))
            right = self._paint_status(painter, rect)
            if self.task.total and rect.width() >= px(_WITH_BAR):
                bar = QRectF(right - px(160), rect.center().y() - px(4), px(150), px(8))
                paint_segments(painter, bar, self.task.segments, self.task.total)
                right = bar.x()
            if self.task.total and rect.width() >= px(_WITH_COUNT):
                painter.setFont(font(Type.SMALL))
                painter.setPen(colour(Role.INK_2))
                painter.drawText(QRectF(right - px(78), 0, px(70), rect.height()), _RIGHT, self._answered)
                right -= px(82)
            self._paint_title(painter, right)
            if self.is_ringed():
                paint_ring(painter, rect, px(6))

    def _paint_title(self, painter: QPainter, right: float) -> None:
        painter.setFont(font(Type.STRONG))
        painter.setPen(colour(Role.INK_3))
        painter.drawText(QRectF(px(10), 0, px(30), self.height()), _RIGHT, self.task.number)
        painter.setPen(colour(Role.INK))
        place = QRectF(px(52), 0, max(1.0, right - px(56)), self.height())
        elided = painter.fontMetrics().elidedText(self.task.title, Qt.TextElideMode.ElideRight, int(place.width()))
        painter.drawText(place, _LEFT, elided)

    def _paint_status(self, painter: QPainter, rect: QRectF) -> float:
        """Draw the pill and the arrow; return where they begin."""
        side = px(18)
        arrow = QRectF(rect.right() - side - px(12), rect.center().y() - side / 2, side, side)
        paint_icon(painter, Icon.CHEVRON_RIGHT, Role.INK_3, arrow)
        metrics = QFontMetrics(font(Type.SMALL_STRONG))
        lead = px(20) if self.task.icon else 0
        width, height = (
            metrics.horizontalAdvance(self.task.status) + px(19) + lead,
            max(px(26), metrics.height() + px(6)),
        )
        left = arrow.x() - max(px(150), width + px(8))
        pill = QRectF(left, rect.center().y() - height / 2, width, height)
        line = None if tokens().tinted else self.task.tone.ink
        paint_box(painter, pill, back=self.task.tone.tint, line=line, radius=None)
        if self.task.icon:
            inside = QRectF(left + px(9), rect.center().y() - px(7.5), px(15), px(15))
            paint_icon(painter, self.task.icon, self.task.tone.ink, inside)
        painter.setFont(font(Type.SMALL_STRONG, QFont.Weight.DemiBold))
        painter.setPen(colour(self.task.tone.ink))
        painter.drawText(QRectF(left + px(9) + lead, 0, width, rect.height()), _LEFT, self.task.status)
        return left
