"""The left side: which section, how far it is, and its questions to choose from."""

from PySide6.QtCore import Signal
from typing_extensions import override

from iowscp_desktop import text
from iowscp_desktop.app.filling import Status
from iowscp_desktop.ui.fill.states import Line, ListState
from iowscp_desktop.ui.theme import UNANSWERED, Mark, Symbol, Tone, Type, mark_of
from iowscp_desktop.ui.widgets.bars import Segment, SegmentedBar
from iowscp_desktop.ui.widgets.choices import CheckBox, Combo
from iowscp_desktop.ui.widgets.labels import Label
from iowscp_desktop.ui.widgets.layouts import Column, Row
from iowscp_desktop.ui.widgets.question_list import QuestionListView, QuestionRow
from iowscp_desktop.ui.widgets.surfaces import Pane, show_or_hide

DONE = Mark(Symbol.TICK, Tone.BLUE)
"""Answered, where there is nothing to grade: a green tick would say “Met”."""


class ListPane(Pane):
    """Sections and questions. It tells where a person wants to go."""

    section_chosen = Signal(str)
    opened = Signal(str)
    entered = Signal()
    only_unanswered = Signal(bool)

    def __init__(self) -> None:
        super().__init__(edges="r")
        self.sections = Combo(text.Fill.section)
        self._heading, self._count = Label(text.Fill.title, Type.H2), Label("", Type.MUTED)
        self._bar = SegmentedBar()
        self.list = QuestionListView(text.Fill.title)
        self._nothing = Label(text.Fill.nothing_found, Type.SMALL, wrap=True)
        self.filter = CheckBox(text.Fill.only_unanswered)
        self._sections_shown: tuple[tuple[str, str], ...] = ()
        top = Column(
            self.sections,
            2,
            Row(self._heading, None, self._count),
            self._bar,
            self._nothing,
            gap=10,
            margins=(20, 14, 20, 10),
        )
        column = Column(top, gap=0, margins=(0, 0, 1, 0))
        column.add(self.list, 1)
        column.add(Pane(Column(self.filter, margins=(18, 8, 12, 8)), edges="t"))
        self.setLayout(column)
        self.sections.chosen.connect(self.section_chosen)
        self.list.opened.connect(self.opened)
        self.list.entered.connect(self.entered)
        self.filter.clicked.connect(self.only_unanswered)

    def show_list(self, state: ListState, current: str) -> None:
        """Show a section, or what was found."""
        options = tuple((each.id, text.Fill.section_title(each.number, each.title)) for each in state.sections)
        if options != self._sections_shown:
            self._sections_shown = options
            self.sections.show_options(options)
        self.sections.show_value(state.section.id)
        section = state.section
        found = text.Fill.found(len(state.lines)) if state.is_finding else text.Fill.title
        self._heading.setText(found)
        self._count.setText("" if state.is_finding else text.Widgets.progress(section.completed, section.asked))
        show_or_hide(self._bar, shown=not state.is_finding)
        self._bar.show_counts(_segments(state), section.asked)
        self.list.show_rows([_row(line) for line in state.lines])
        show_or_hide(self._nothing, shown=not state.lines)
        if self.list.current_id() != current:
            self.list.show_current(current)

    @override
    def setVisible(self, visible: bool) -> None:
        super().setVisible(visible)
        if visible and (current := self.list.current_id()) is not None:
            self.list.show_current(current)


def _segments(state: ListState) -> tuple[Segment, ...]:
    if not state.counts:
        return (Segment(DONE, text.Widgets.step_done, state.section.completed),)
    return tuple(Segment(mark_of(point), point.label, count) for point, count in state.counts)


def _row(line: Line) -> QuestionRow:
    if line.point is not None:
        mark, word = mark_of(line.point), line.point.label
    elif line.status is Status.COMPLETED:
        mark, word = DONE, text.Fill.answered
    else:
        mark, word = UNANSWERED, text.Widgets.not_answered
    return QuestionRow(
        id=line.id,
        number=line.number,
        title=line.title,
        mark=mark,
        word=word,
        has_problem=line.needs_attention,
        is_unfinished=line.status is Status.IN_PROGRESS,
    )
