"""The question at hand. One panel, made once and filled again for each question."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from iowscp_desktop import text
from iowscp_desktop.text.history import History
from iowscp_desktop.ui.fill.cards import CardList
from iowscp_desktop.ui.fill.graded import Grades, Parts
from iowscp_desktop.ui.fill.grid import GridAnswer
from iowscp_desktop.ui.fill.plain import PlainAnswer
from iowscp_desktop.ui.fill.states import QuestionState, Ways
from iowscp_desktop.ui.theme import Icon, Role, Tone, Type, px
from iowscp_desktop.ui.widgets.buttons import Button, IconButton
from iowscp_desktop.ui.widgets.labels import Label, Picture
from iowscp_desktop.ui.widgets.layouts import NO_MARGINS, Column, Row, flowing
from iowscp_desktop.ui.widgets.markup import show_markup
from iowscp_desktop.ui.widgets.messages import BannerStack, Message
from iowscp_desktop.ui.widgets.reopen import ReopenCard
from iowscp_desktop.ui.widgets.surfaces import Card, show_or_hide
from iowscp_desktop.ui.widgets.tags import Tag

_WIDEST = 820  # of the design: about 76 characters of the question


class QuestionPanel(QWidget):
    """Shows one question and tells what a person answers. Nothing is told while it is being filled."""

    settle_requested = Signal()

    def __init__(
        self,
        ways: Ways,
    ) -> None:
        super().__init__()
        self.locked = ReopenCard()
        self._number, self._required = Label("", Type.OVERLINE), Tag(text.Fill.required)
        self._leads = Label("", Type.MUTED, wrap=True)
        self._question = Label("", Type.QUESTION, wrap=True)
        self._hint = Label("", Type.LEAD, wrap=True)
        self._conflict, self.settle_button = self._make_conflict()
        self.grades = Grades(ways.chose)
        self.parts = Parts(ways)
        self.plain, self.grid, self.cards = PlainAnswer(ways), GridAnswer(ways), CardList(ways)
        self.files = BannerStack(margins=NO_MARGINS)
        self._shown = ""
        self.history = IconButton(Icon.HISTORY, History.open_tip)
        top = Row(self._number, None, self._required, self.history, gap=8)
        words = Column(top, self._leads, self._question, self._hint, gap=6)
        plain = (self.plain, self.grid, self.cards, self.files)
        whole = (self.locked, words, self._conflict, self.grades, self.parts)
        self.setLayout(Column(*whole, *plain, None, gap=14, margins=(36, 16, 36, 20)))
        self.rethemed()

    def rethemed(self) -> None:
        """Take on the text size in force."""
        self.setMaximumWidth(px(_WIDEST))

    def show_question(self, state: QuestionState) -> None:
        """Show a question; the same one is only brought up to date."""
        entry = state.entry
        if entry.id != self._shown:
            self._shown = entry.id
            self.say_nothing()
            self._number.setText(text.Fill.number(entry.number))
        show_markup(self._question, entry.markup or entry.question)
        show_markup(self._leads, "\n".join(entry.leads))
        show_or_hide(self._leads, shown=bool(entry.leads))
        self._show_words(self._hint, entry.hint)
        is_required = entry.grade.required if entry.grade else any(each.required for each in entry.fields)
        show_or_hide(self._required, shown=is_required)
        show_or_hide(self._conflict, shown=entry.conflicting)
        show_or_hide(self.grades, shown=entry.grade is not None)
        show_or_hide(self.parts, shown=entry.grade is not None)
        self._show_plain(state)
        if entry.grade is not None and entry.scale is not None:
            problem = text.Fill.choose_point if state.says_missing and entry.grade.problem is not None else ""
            self.grades.show_grade(entry.grade, entry.scale, problem, is_fixed=state.is_fixed)
            self.grades.show_question(entry.question)
            self.parts.show_parts(state)

    def say(self, message: Message) -> None:
        """Say something about a file, below the answer."""
        (self.parts if self.parts.isVisible() else self.files).say(message)

    def say_nothing(self) -> None:
        """Take away what was said about the files of another question."""
        self.parts.say_nothing()
        while self.files.take_newest():
            continue

    def _show_plain(self, state: QuestionState) -> None:
        """Show what nobody grades: one answer, a table, or the cards of what repeats.

        What is hidden is filled before it is shown: in a window that is seen Qt would lay everything out at each part.
        """
        entry = state.entry
        shown = None
        if entry.grade is None:
            shown = self.cards if entry.repeat is not None else self.grid if entry.is_grid else self.plain
        for each in (self.cards, self.grid, self.plain):
            if each is not shown:
                each.hide()
        self._fill_plain(state)
        if shown is not None:
            show_or_hide(shown, shown=True)

    def _fill_plain(self, state: QuestionState) -> None:
        entry = state.entry
        pictures = {file.id: file.picture for file in state.files}
        if entry.grade is not None:
            return
        if entry.repeat is not None:
            self.cards.show_repeat(entry.repeat, pictures, says_missing=state.says_missing, is_fixed=state.is_fixed)
        elif entry.is_grid:
            self.grid.show_answers(entry.fields, says_missing=state.says_missing, is_fixed=state.is_fixed)
        else:
            self.plain.show_answer(
                entry.fields[0],
                entry.question,
                says_missing=state.says_missing,
                is_fixed=state.is_fixed,
                pictures=pictures,
            )

    def flush(self) -> None:
        """Save what is being typed."""
        self.parts.flush()
        self.plain.flush()
        self.cards.flush()

    def go_in(self) -> None:
        """Put the focus where answering begins."""
        shown = next((each for each in (self.grades, self.grid, self.cards) if each.isVisible()), self.plain)
        stop = shown.first_stop()
        if stop is not None and stop.isEnabled():
            stop.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_words(self, label: Label, words: str) -> None:
        label.setText(words)
        show_or_hide(label, shown=bool(words))

    def _make_conflict(self) -> tuple[Card, Button]:
        words = Label(text.Fill.conflict, Type.BODY, wrap=True)
        button = Button(text.Fill.settle, small=True)
        button.clicked.connect(self.settle_requested)
        row = Row(Picture(Icon.GIT_COMPARE_ARROWS, Role.AMBER_INK, 20), gap=10)
        row.add(words, 1)
        column = Column(row, flowing(button), gap=8, margins=(20, 12, 16, 12))
        return Card(column, back=Role.AMBER_TINT, line=None, edge=Tone.AMBER), button
