"""The answers, section by section. Rows are made when a section is opened: a long audit shows at once."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from iowscp_desktop import text
from iowscp_desktop.ui.check.states import Answer, Section
from iowscp_desktop.ui.theme import UNANSWERED, Icon, Mark, Role, Symbol, Tone, Type, mark_of, px
from iowscp_desktop.ui.widgets.buttons import Button, Kind
from iowscp_desktop.ui.widgets.labels import Label, Picture
from iowscp_desktop.ui.widgets.layouts import Column, Row, SideBySide, flowing
from iowscp_desktop.ui.widgets.surfaces import Card, Divider
from iowscp_desktop.ui.widgets.tags import Tag

_DONE = Mark(Symbol.TICK, Tone.BLUE)
_MOST_WORDS = 220
"""Characters of a long answer; the whole of it is one press away."""


class SectionCard(Card):
    """One section; its answers are shown when asked for."""

    followed = Signal(str)
    toggled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._title, self._count = Label("", Type.H2, wrap=True), Label("", Type.MUTED)
        self.button = Button(text.Check.show, Kind.QUIET, trailing=Icon.CHEVRON_DOWN, small=True)
        self._rows = Column(gap=0)
        self._rows_widget = QWidget()
        self._rows_widget.setLayout(self._rows)
        self._rows_widget.hide()
        self._section: Section | None = None
        self._drawn: tuple[Section, bool] | None = None
        self._is_locked = False
        words = Row(gap=14)
        words.add(self._title, 1)
        holder = QWidget()
        holder.setLayout(words)
        right = flowing(self._count, self.button)
        top = Row(gap=0, margins=(20, 10, 14, 10))
        top.add(SideBySide(holder, right, least=520, stretches=(1,), gap=10))
        self.setLayout(Column(top, self._rows_widget, gap=0))
        self.button.clicked.connect(self._on_button)

    @property
    def is_open(self) -> bool:
        """Whether its answers are shown."""
        return not self._rows_widget.isHidden()

    def show_section(self, section: Section, *, is_locked: bool) -> None:
        """Show a section as it stands."""
        self._section, self._is_locked = section, is_locked
        self._title.setText(text.Check.section(section.number, section.title))
        self._count.setText(text.Check.answered_of(section.completed, len(section.answers)))
        self._name_button()
        if self.is_open:
            self._draw()

    def show_open(self, *, is_open: bool) -> None:
        """Show or hide the answers."""
        if is_open:
            self._draw()
        self._rows_widget.setVisible(is_open)
        self.button.show_words(text.Check.hide if is_open else text.Check.show)
        self._name_button()

    def _on_button(self) -> None:
        self.show_open(is_open=not self.is_open)
        self.toggled.emit()

    def _name_button(self) -> None:
        words = text.Check.hide if self.is_open else text.Check.show
        self.button.setAccessibleName(text.Check.toggle_name(words, self._title.text()))

    def _draw(self) -> None:
        if self._section is None or self._drawn == (self._section, self._is_locked):
            return
        self._drawn = (self._section, self._is_locked)
        while (item := self._rows.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        for answer in self._section.answers:
            row = AnswerRow(answer, is_locked=self._is_locked)
            row.link.clicked.connect(lambda _checked=False, entry_id=answer.entry_id: self.followed.emit(entry_id))
            self._rows.add(Divider())
            self._rows.add(row)


class AnswerRow(QWidget):
    """One answer, short, with the way to change it."""

    def __init__(self, answer: Answer, *, is_locked: bool) -> None:
        super().__init__()
        number = _Number(answer.number)
        words = QWidget()
        shown = "\n".join(map(_cut, answer.lines)) or text.Check.no_words
        words.setLayout(Column(Label(answer.title, Type.STRONG, wrap=True), Label(shown, Type.SMALL, wrap=True), gap=2))
        self.link = Button(text.Check.look if is_locked else text.Check.change, Kind.LINK)
        name = text.Check.look_name if is_locked else text.Check.change_name
        self.link.setAccessibleName(name(answer.number, answer.title))
        files = () if answer.files is None else (_files(answer.files),)
        right = flowing(_tag(answer), *files, self.link, gap=16)
        row = Row(gap=0, margins=(20, 10, 14, 10))
        row.add(number)
        row.add(SideBySide(words, right, least=560, stretches=(1,), gap=12), 1)
        row.setAlignment(number, Qt.AlignmentFlag.AlignTop)
        self.setLayout(row)


class _Number(Label):
    """A question's number, as wide as any."""

    def __init__(self, number: str) -> None:
        super().__init__(number, Type.SMALL)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @override
    def rethemed(self) -> None:
        super().rethemed()
        self.setFixedWidth(px(52))


def _files(count: int) -> QWidget:
    files = QWidget()
    files.setLayout(Row(Picture(Icon.PAPERCLIP, Role.INK_3, 15), Label(str(count), Type.SMALL), gap=4))
    files.setToolTip(text.Check.files(count))
    files.setAccessibleName(text.Check.files(count))
    return files


def _tag(answer: Answer) -> Tag:
    if answer.point is not None:
        mark = mark_of(answer.point)
        return Tag(answer.point.label, mark.tone, mark=mark)
    if answer.is_answered:
        return Tag(text.Check.answered, Tone.BLUE, mark=_DONE)
    return Tag(text.Check.not_answered, Tone.GREY, mark=UNANSWERED)


def _cut(words: str) -> str:
    one_line = " ".join(words.split())
    return one_line if len(one_line) <= _MOST_WORDS else one_line[:_MOST_WORDS].rsplit(" ", 1)[0] + "…"
