"""Home of an organisation: how far the audit is, its sections, where to go on, what comes before sending."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QWidget

from iowscp_desktop import text
from iowscp_desktop.app.filling import Status
from iowscp_desktop.app.responses import TaskLine
from iowscp_desktop.domain.ids import ResponseId
from iowscp_desktop.text.feedback import Feedback
from iowscp_desktop.ui.choosing import Choose, FileRequest, Wanted
from iowscp_desktop.ui.home.feedback import FeedbackCard
from iowscp_desktop.ui.home.feedback_state import FeedbackState
from iowscp_desktop.ui.home.parts import STATUSES, EditionCard, GoOnCard, StepsCard, segments_of
from iowscp_desktop.ui.home.presenter import HomePresenter
from iowscp_desktop.ui.home.states import SectionLine, TaskState
from iowscp_desktop.ui.showing import ShowFolder
from iowscp_desktop.ui.theme import UNANSWERED, Icon, Role, Tone, Type
from iowscp_desktop.ui.widgets.bars import Legend, Segment, SegmentedBar
from iowscp_desktop.ui.widgets.buttons import Button
from iowscp_desktop.ui.widgets.dates import write_date
from iowscp_desktop.ui.widgets.labels import Label, Picture
from iowscp_desktop.ui.widgets.layouts import Column, Row, SideBySide
from iowscp_desktop.ui.widgets.messages import Message, Weight
from iowscp_desktop.ui.widgets.pages import EmptyState, PageTitle
from iowscp_desktop.ui.widgets.surfaces import PANE, Card, ScrollPane, show_or_hide
from iowscp_desktop.ui.widgets.task_row import Task, TaskRow

Words = text.Home
_SIDE_BY_SIDE = 900  # width of the design
_SHARES = (5, 2)
_HURRY = 7  # days before the deadline from which it stands out


def _nowhere(_response_id: ResponseId) -> None:
    """There is no such way."""


def _nothing() -> None:
    """There is no such way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """Where the home screen leads, and what it uses of the window."""

    on_check: Callable[[ResponseId], None]
    on_export: Callable[[ResponseId], None]
    choose: Choose
    show_folder: ShowFolder
    say: Callable[[Message], None]
    on_edition: Callable[[ResponseId], None] = _nowhere
    on_survey: Callable[[], None] = _nothing


class HomePage(QWidget):
    """Draws one audit."""

    def __init__(self, ways: Ways) -> None:
        super().__init__()
        self._ways = ways
        self._presenter: HomePresenter | None = None
        self._task: TaskState | None = None
        self.sections: dict[str, TaskRow] = {}
        self.tasks: dict[str, TaskRow] = {}
        self._build()

    def start(self, presenter: HomePresenter) -> None:
        """Take the presenter and begin."""
        self._presenter = presenter
        presenter.start()

    def on_shown(self) -> None:
        """It came to the front."""
        if self._presenter is not None:
            self._presenter.on_shown()
        if self._task is not None:
            self.go_on.button.setFocus()

    @property
    def response_id(self) -> ResponseId | None:
        """Which audit is shown."""
        return self._presenter.response_id if self._presenter is not None else None

    # --- what the presenter shows ------------------------------------------------------------

    def show_nothing(self) -> None:
        """Nothing is asked."""
        self._stack.setCurrentWidget(self._empty)

    def show_only_surveys(self) -> None:
        """No audit is asked, and a survey is."""
        self._stack.setCurrentWidget(self.only_surveys)

    def show_tasks(self, tasks: Sequence[TaskLine]) -> None:
        """Show what is asked, when it is more than one thing."""
        self._stack.setCurrentWidget(self._full)
        show_or_hide(self._tasks_card, shown=len(tasks) > 1)
        for key in self.tasks.keys() - {line.response_id for line in tasks}:
            gone = self.tasks.pop(key)
            gone.hide()
            gone.deleteLater()
        for number, line in enumerate(tasks, start=1):
            task = _task_row(number, line)
            if task.key in self.tasks:
                self.tasks[task.key].show_task(task)
            else:
                row = TaskRow(task)
                row.clicked.connect(partial(self._on_task, line.response_id))
                self.tasks[task.key] = row
                self._tasks.add(row)

    def show_task(self, task: TaskState) -> None:
        """Show one audit in full."""
        self._task = task
        self.title.show_title(
            Words.task_title(task.title, task.round_title), Words.about(task.organisation, write_date(task.due))
        )
        left = Segment(UNANSWERED, Words.not_answered, task.asked - task.answered)
        graded = segments_of(task.counts)
        self._answered.setText(Words.answered(task.answered, task.asked))
        self._bar.show_counts(graded, task.asked)
        self._legend.show_counts((*graded, left) if left.count else graded)
        hurry = task.days_left <= _HURRY
        role = Role.RED_INK if hurry else Role.INK_2
        self._days.setText(Words.days_left(task.days_left))
        self._days.show_role(role)
        self._days_icon.show_icon(Icon.TRIANGLE_ALERT if hurry else Icon.CALENDAR_CLOCK, role)
        self.go_on.show_going(task.go_on)
        self.steps.show_steps(task.steps)
        self._show_sections(task.sections)
        self.edition.show_edition(task.edition, task.current_edition, task.late)

    def show_feedback(self, state: FeedbackState | None) -> None:
        """Show what came back, or nothing."""
        self.feedback.show_feedback(state)

    def show_writing(self, *, writing: bool) -> None:
        """Say that the PDF is being written."""
        self.save_pdf.setEnabled(not writing)
        self.save_pdf.show_words(Words.saving_pdf if writing else Words.save_pdf)

    def show_written(self, path: Path) -> None:
        """Say where the PDF is."""
        self._ways.say(
            Message(
                weight=Weight.DONE,
                words=Words.pdf_saved_at(str(path)),
                remedy=Words.pdf_not_sealed,
                offer=Words.show_folder,
                on_offer=lambda: self._ways.show_folder(path),
            )
        )

    # --- inside ------------------------------------------------------------------------------

    def _build(self) -> None:
        self.save_pdf = Button(Words.save_pdf, icon=Icon.FILE_TEXT)
        self.check = Button(Words.check, icon=Icon.SIGNATURE)
        self.save_pdf.clicked.connect(self._on_save_pdf)
        self.check.clicked.connect(self._on_check)
        self.title = PageTitle(Words.title, "", self.save_pdf, self.check)
        self.go_on, self.steps = GoOnCard(self._on_entry, self._on_check), StepsCard(self._on_send)
        self.edition, self.feedback = EditionCard(self._on_edition), FeedbackCard(self._on_save_letter)
        self._tasks = Column(gap=0)
        self._tasks_card = Card(Column(Label(Words.tasks, Type.H2), self._tasks, gap=8, margins=(24, 16, 12, 12)))
        self._tasks_card.hide()
        right = QWidget()
        right.setLayout(Column(self.steps, None, gap=0))
        hero = SideBySide(self._progress_card(), self.go_on, least=_SIDE_BY_SIDE, stretches=_SHARES)
        below = SideBySide(self._sections_card(), right, least=_SIDE_BY_SIDE, stretches=_SHARES)
        body = QWidget()
        body.setLayout(
            Column(
                self._tasks_card,
                self.title,
                self.edition,
                self.feedback,
                6,
                hero,
                below,
                None,
                gap=16,
                margins=(32, 22, 28, 22),
            )
        )
        self._full = ScrollPane(body)
        self._full.setProperty(PANE, "yes")
        self._empty = EmptyState(Icon.INBOX, Words.nothing, Words.nothing_about)
        self.only_surveys = EmptyState(
            Icon.USERS, Words.only_surveys, Words.only_surveys_about, button=Words.open_survey
        )
        self.only_surveys.pressed.connect(self._ways.on_survey)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._full)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.only_surveys)
        whole = Column(gap=0)
        whole.add(self._stack, 1)
        self.setLayout(whole)

    def _progress_card(self) -> Card:
        self._answered = Label("", Type.H2)
        self._days, self._days_icon = Label("", Type.MUTED), Picture(Icon.CALENDAR_CLOCK)
        self._bar, self._legend = SegmentedBar(thick=14), Legend()
        top = Row(self._answered, None, self._days_icon, self._days)
        return Card(Column(top, self._bar, self._legend, None, gap=12, margins=(24, 20, 24, 18)))

    def _sections_card(self) -> Card:
        self._sections_done = Label("", Type.MUTED)
        heading = Row(Label(Words.sections, Type.H2), self._sections_done, None, gap=14, margins=(16, 10, 8, 8))
        self._sections = Column(gap=0)
        return Card(Column(heading, self._sections, None, gap=0, margins=(8, 8, 8, 12)))

    def _show_sections(self, sections: Sequence[SectionLine]) -> None:
        done = sum(section.status is Status.COMPLETED for section in sections)
        self._sections_done.setText(Words.sections_done(done, len(sections)))
        tasks = {section.id: _section_row(section) for section in sections}
        if list(tasks) != list(self.sections):
            for gone in self.sections.values():
                gone.hide()
                gone.deleteLater()
            self.sections = {key: TaskRow(task) for key, task in tasks.items()}
            for key, row in self.sections.items():
                row.clicked.connect(partial(self._on_section, key))
                self._sections.add(row)
        for key, task in tasks.items():
            self.sections[key].show_task(task)

    def _on_section(self, key: str) -> None:
        if self._task is not None:
            self._on_entry(next(section.next_entry for section in self._task.sections if section.id == key))

    def _on_entry(self, entry_id: str) -> None:
        if self._presenter is not None:
            self._presenter.on_entry(entry_id)

    def _on_task(self, response_id: ResponseId) -> None:
        if self._presenter is not None:
            self._presenter.on_task(response_id)

    def _on_check(self) -> None:
        if self._task is not None:
            self._ways.on_check(self._task.response_id)

    def _on_edition(self) -> None:
        if self._task is not None:
            self._ways.on_edition(self._task.response_id)

    def _on_send(self) -> None:
        if self._task is not None:
            self._ways.on_export(self._task.response_id)

    def _on_save_letter(self) -> None:
        presenter = self._presenter
        if presenter is None:
            return
        request = FileRequest(
            wanted=Wanted.NEW_FILE,
            title=Feedback.letter_dialogue,
            kinds=Words.pdf_kinds,
            suggestion=Path.home() / Feedback.letter_name,
        )
        self._ways.choose(request, lambda paths: presenter.on_save_letter(paths[0].with_suffix(".pdf")))

    def _on_save_pdf(self) -> None:
        presenter, task = self._presenter, self._task
        if presenter is None or task is None:
            return
        request = FileRequest(
            wanted=Wanted.NEW_FILE,
            title=Words.save_pdf_dialogue,
            kinds=Words.pdf_kinds,
            suggestion=Path.home() / Words.file_name(Words.task_title(task.title, task.round_title)),
        )
        self._ways.choose(request, lambda paths: presenter.on_save_pdf(paths[0].with_suffix(".pdf")))


def _task_row(number: int, line: TaskLine) -> Task:
    hurry = line.days_left <= _HURRY
    return Task(
        key=line.response_id,
        number=str(number),
        title=Words.listed(Words.task_title(line.title, line.round_title), line.organisation),
        segments=(),
        total=0,
        status=Words.receipt_came(line.receipt) if line.receipt else Words.days_left(line.days_left),
        tone=Tone.GREEN if line.receipt else Tone.RED if hurry else Tone.BLUE,
        icon=Icon.CHECK if line.receipt else Icon.CALENDAR_CLOCK,
    )


def _section_row(section: SectionLine) -> Task:
    words, tone, icon = STATUSES[section.status]
    return Task(
        key=section.id,
        number=section.number,
        title=section.title,
        segments=segments_of(section.counts),
        total=section.total,
        status=words,
        tone=tone,
        icon=icon,
    )
