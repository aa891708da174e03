"""The parts of the score page: the school's answer, my score, and the file that was written."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from iowscp_desktop import text
from iowscp_desktop.ui.score.presenter import FileState, ItemState
from iowscp_desktop.ui.theme import UNANSWERED, Icon, Role, Tone, Type, mark_of
from iowscp_desktop.ui.widgets.buttons import Button, Kind
from iowscp_desktop.ui.widgets.facts import Facts
from iowscp_desktop.ui.widgets.fields import Field, TextArea
from iowscp_desktop.ui.widgets.labels import Label, Picture
from iowscp_desktop.ui.widgets.layouts import Column, Row, flowing
from iowscp_desktop.ui.widgets.name_watch import Look, NameWatch
from iowscp_desktop.ui.widgets.surfaces import Card, Divider
from iowscp_desktop.ui.widgets.tags import Tag
from iowscp_desktop.ui.widgets.tiles import RatingRow, choices_of

_INSIDE = (20, 16, 20, 18)


class AnswerCard(Card):
    """What the school says: grade, words, next step, files. Nothing here can be changed."""

    copy_wanted = Signal(object)  # a FileState

    def __init__(self) -> None:
        super().__init__()
        self._grade = Tag("")
        top = Row(Picture(Icon.SCHOOL, Role.INK_2, 20), gap=9)
        top.add(Label(text.Score.says, Type.STRONG), 1)
        top.add(self._grade)
        self._two_answers = Label(text.Score.two_answers, Type.SMALL_STRONG, role=Role.AMBER_INK, wrap=True)
        self._words = _Stack()
        self._files = _Stack()
        self.setLayout(Column(top, self._two_answers, self._words, self._files, gap=10, margins=_INSIDE))
        self.setAccessibleName(text.Score.says)

    def show_item(self, state: ItemState) -> None:
        """Show another answer."""
        if state.grade is None:
            self._grade.show_state(text.Score.no_grade, Tone.GREY, mark=UNANSWERED)
        else:
            mark = mark_of(state.grade)
            self._grade.show_state(state.grade.label, mark.tone, mark=mark)
        self._two_answers.setVisible(state.two_answers)
        parts: list[QWidget] = []
        for label, words in state.words:
            parts += [Label(label, Type.CAPTION, wrap=True), _readable(words)]
        if not parts:
            parts = [Label(text.Score.no_words, Type.MUTED, wrap=True)]
        if state.next_step:
            parts += [Divider(), _next_step(state)]
        self._words.show_parts(parts)
        self._files.show_parts([Divider(), *self._file_rows(state.files)])

    def _file_rows(self, files: Sequence[FileState]) -> list[QWidget]:
        if not files:
            return [Label(text.Score.no_files, Type.SMALL, wrap=True)]
        rows: list[QWidget] = [Label(text.Score.files, Type.CAPTION)]
        for file in files:
            about = size_words(file.size) if file.is_here else text.Score.not_here
            row = Row(Picture(Icon.PAPERCLIP, Role.INK_2, 17), gap=9)
            row.add(Label(text.Score.file_line(file.name, about), Type.SMALL_STRONG, wrap=True), 1)
            if file.is_here:
                button = Button(text.Score.save_copy, Kind.QUIET, icon=Icon.DOWNLOAD, small=True)
                button.setAccessibleName(text.Score.save_copy_of(file.name))
                button.clicked.connect(partial(self._on_copy, file))
                row.add(button)
            holder = QWidget()
            holder.setLayout(row)
            rows.append(holder)
        return rows

    def _on_copy(self, file: FileState, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's own signal
        self.copy_wanted.emit(file)


class MyScoreCard(Card):
    """The tiles and the remark."""

    def __init__(self) -> None:
        super().__init__(edge=Tone.BLUE)
        self.tiles = RatingRow()
        self.remark = TextArea(text.Score.remark, least_lines=2)
        self._tag = Tag(text.Score.unscored, Tone.GREY)
        top = Row(Picture(Icon.SCALE, Role.INK_2, 20), gap=9)
        top.add(Label(text.Score.your_score, Type.H2), 1)
        top.add(self._tag)
        self._field = Field(text.Score.remark, self.remark, hint=text.Score.remark_hint)
        self.watch: NameWatch | None = None
        self.setLayout(Column(top, self.tiles, self._field, gap=12, margins=(24, 16, 20, 18)))
        self.setAccessibleName(text.Score.your_score)

    def watch_names(self, look: Look) -> None:
        """Look over the remark for what seems to point at somebody."""
        self.watch = NameWatch(self._field, self.remark, look)

    def show_item(self, state: ItemState) -> None:
        """Show another item."""
        self.tiles.show_choices(choices_of(state.tiles))
        self.tiles.show_question(f"{text.Score.your_score}. {state.question}")
        self.tiles.show_value(state.point or None)
        self._tag.setVisible(not state.point)

    def show_remark(self, words: str) -> None:
        """Show a remark; one that is being typed stays as it is."""
        is_other = words != self.remark.text()
        self.remark.show_text(words)
        if self.watch is not None and is_other:
            self.watch.forget()
            self.watch.words_shown()


class SentCard(Card):
    """Where the file with the scores is, and what to do with it."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__(back=Role.GREEN_TINT, line=Role.GREEN, edge=Tone.GREEN)
        self._facts = Facts()
        self.close_button = Button(text.Score.close)
        top = Row(Picture(Icon.CIRCLE_CHECK_BIG, Role.GREEN_INK, 22), gap=10)
        top.add(Label(text.Score.sent_title, Type.H2, wrap=True), 1)
        self.setLayout(
            Column(
                top,
                self._facts,
                Label(text.Score.sent_next, Type.BODY, wrap=True),
                Label(text.Score.sent_changed, Type.BODY, wrap=True),
                flowing(self.close_button),
                gap=12,
                margins=(24, 16, 20, 18),
            )
        )
        self.close_button.clicked.connect(self.closed)
        self.hide()

    def show_file(self, path: Path) -> None:
        """Show where it is."""
        self._facts.show_facts(((text.Score.file_name, path.name), (text.Score.folder_name, str(path.parent))))
        self.setAccessibleName(f"{text.Score.sent_title}. {path}")
        self.show()


class NoticeCard(Card):
    """Something to read, and at most two ways on."""

    def __init__(self) -> None:
        super().__init__(back=Role.AMBER_TINT, line=Role.AMBER, edge=Tone.AMBER)
        self._words = Label("", Type.STRONG, role=Role.AMBER_INK, wrap=True)
        self.anyway_button = Button(text.Score.finish_anyway)
        self.close_button = Button(text.Score.close, Kind.QUIET)
        row = Row(Picture(Icon.TRIANGLE_ALERT, Role.AMBER_INK, 22), gap=12)
        row.add(self._words, 1)
        self.setLayout(Column(row, flowing(self.anyway_button, self.close_button), gap=8, margins=(20, 12, 20, 12)))
        self.close_button.clicked.connect(self.hide)
        self.hide()

    def say(self, words: str, *, may_finish: bool) -> None:
        """Say something."""
        self._words.setText(words)
        self.setAccessibleName(words)
        self.anyway_button.setVisible(may_finish)
        self.show()


class _Stack(QWidget):
    """Parts that are made anew for each item."""

    def __init__(self) -> None:
        super().__init__()
        self._column = Column(gap=6)
        self.setLayout(self._column)

    def show_parts(self, parts: Sequence[QWidget]) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        for part in parts:
            self._column.add(part)


def size_words(size: int) -> str:
    """Return how large a file is."""
    return text.Score.megabytes(size / 1_000_000) if size >= 1_000_000 else text.Score.kilobytes(max(1, size // 1000))


def _readable(words: str) -> Label:
    label = Label(words, Type.BODY, wrap=True)
    label.setTextInteractionFlags(label.textInteractionFlags().TextSelectableByMouse)
    return label


def _next_step(state: ItemState) -> QWidget:
    words = Column(Label(text.Score.next_step, Type.CAPTION), Label(state.next_step, Type.STRONG, wrap=True), gap=2)
    if state.next_by or state.next_due:
        words.add(Label(text.Score.action(state.next_by, state.next_due), Type.SMALL, wrap=True))
    row = Row(Picture(Icon.FLAG, Role.AMBER_INK, 18), gap=10)
    row.add(words, 1)
    holder = QWidget()
    holder.setLayout(row)
    return holder
