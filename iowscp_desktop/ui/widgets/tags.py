"""Pills: a word on a tint, with a symbol or icon; and the steps of a longer task."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from typing_extensions import override

from iowscp_desktop import text
from iowscp_desktop.ui.theme import (
    Icon,
    Mark,
    Role,
    Tone,
    Type,
    colour,
    font,
    paint_box,
    paint_icon,
    paint_mark,
    px,
    tokens,
)
from iowscp_desktop.ui.widgets.labels import Picture
from iowscp_desktop.ui.widgets.layouts import Flow


class Tag(QLabel):
    """A pill. Its label says its state in words; the tone and the icon only help to find it."""

    def __init__(
        self, words: str, tone: Tone = Tone.GREY, *, icon: Icon | None = None, mark: Mark | None = None
    ) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_state(words, tone, icon=icon, mark=mark)
        self.rethemed()

    def show_state(self, words: str, tone: Tone, *, icon: Icon | None = None, mark: Mark | None = None) -> None:
        """Say something else."""
        self._tone, self._icon, self._mark = tone, icon, mark
        self.setText(words)
        self.updateGeometry()
        self.update()

    def rethemed(self) -> None:
        """Take on the text size in force."""
        self.setFont(font(Type.SMALL_STRONG))

    @override
    def sizeHint(self) -> QSize:
        lead = px(20) if self._icon or self._mark else 0
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(self.text()) + px(19) + lead
        return QSize(width, max(px(26), metrics.height() + px(6)))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            height = self.height()
            line = None if tokens().tinted else self._tone.ink
            rect = QRectF(self.rect())
            paint_box(painter, rect, back=self._tone.tint, line=line, radius=None)
            x, side = px(9), px(15)
            place = QRectF(x, (height - side) / 2, side, side)
            if self._mark:
                paint_mark(painter, self._mark, place)
            elif self._icon:
                paint_icon(painter, self._icon, self._tone.ink, place)
            if self._mark or self._icon:
                x += px(20)
            painter.setFont(self.font())
            painter.setPen(colour(self._tone.ink))
            centre = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
            painter.drawText(QRectF(x, 0, self.width() - x, height), centre, self.text())


class MarkTag(Tag):
    """A pill with the symbol and word of a grade."""

    def __init__(self, mark: Mark, word: str) -> None:
        super().__init__(word, mark.tone, mark=mark)


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of a task and how far a person has come."""

    titles: Sequence[str]
    now: int  # counted from 0; as many as there are titles: all done


class StepPills(QWidget):
    """The steps of a task, those done ticked, the one at hand in blue."""

    def __init__(self, steps: Steps) -> None:
        super().__init__()
        self._flow = Flow(gap=8)
        self.setLayout(self._flow)
        self.setAccessibleName(text.Widgets.steps)
        self.show_steps(steps)

    def show_steps(self, steps: Steps) -> None:
        """Show how far a person has come."""
        while (item := self._flow.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        for index, title in enumerate(steps.titles):
            if index:
                self._flow.addWidget(Picture(Icon.CHEVRON_RIGHT, Role.INK_3, 16))
            self._flow.addWidget(_step(index, title, steps))


def _step(index: int, title: str, steps: Steps) -> Tag:
    if index < steps.now:
        tag, state = Tag(title, Tone.GREEN, icon=Icon.CHECK), text.Widgets.step_done
    elif index == steps.now:
        tag, state = Tag(title, Tone.BLUE), text.Widgets.step_now
    else:
        tag, state = Tag(title, Tone.GREY), text.Widgets.step_later
    tag.setText(f"{index + 1}  {title}")
    tag.setAccessibleName(text.Widgets.step(index + 1, len(steps.titles), title, state))
    return tag
