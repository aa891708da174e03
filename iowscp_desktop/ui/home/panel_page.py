"""Home of a panel member, drawn."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from iowscp_desktop import text
from iowscp_desktop.app.panel import Allocation
from iowscp_desktop.domain.ids import ResponseId
from iowscp_desktop.ui.home.panel import PanelHomePresenter
from iowscp_desktop.ui.home.parts import ANSWERED
from iowscp_desktop.ui.theme import Icon, Tone
from iowscp_desktop.ui.widgets.bars import Segment
from iowscp_desktop.ui.widgets.buttons import Button, Kind
from iowscp_desktop.ui.widgets.layouts import Column
from iowscp_desktop.ui.widgets.pages import EmptyState, PageTitle
from iowscp_desktop.ui.widgets.surfaces import PANE, Card, ScrollPane
from iowscp_desktop.ui.widgets.task_row import Task, TaskRow

Words = text.Home


class PanelHomePage(QWidget):
    """Draws what there is to score."""

    def __init__(self, on_score: Callable[[ResponseId], None], on_export: Callable[[], None]) -> None:
        super().__init__()
        self._on_score = on_score
        self.rows: dict[str, TaskRow] = {}
        self.export = Button(Words.panel_export, Kind.PRIMARY, icon=Icon.SEND)
        self.export.clicked.connect(on_export)
        self._rows = Column(gap=0)
        body = QWidget()
        card = Card(Column(self._rows, margins=(8, 8, 8, 8)))
        title = PageTitle(Words.panel_title, Words.panel_about, self.export)
        body.setLayout(Column(title, 6, card, None, gap=16, margins=(32, 22, 28, 22)))
        self._full = ScrollPane(body)
        self._full.setProperty(PANE, "yes")
        self._empty = EmptyState(Icon.SCALE, Words.panel_nothing, Words.panel_about)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._full)
        self._stack.addWidget(self._empty)
        whole = Column(gap=0)
        whole.add(self._stack, 1)
        self.setLayout(whole)

    def start(self, presenter: PanelHomePresenter) -> None:
        """Take the presenter and begin."""
        self._presenter = presenter
        presenter.start()

    def on_shown(self) -> None:
        """It came to the front: begin at what is to be scored first."""
        if self.rows:
            next(iter(self.rows.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_allocations(self, allocations: Sequence[Allocation]) -> None:
        """Show what there is to score."""
        self._stack.setCurrentWidget(self._full if allocations else self._empty)
        for number, allocation in enumerate(allocations, start=1):
            task = _row(number, allocation)
            if task.key in self.rows:
                self.rows[task.key].show_task(task)
            else:
                row = TaskRow(task)
                row.clicked.connect(partial(self._on_score, allocation.response_id))
                self.rows[task.key] = row
                self._rows.add(row)


def _row(number: int, allocation: Allocation) -> Task:
    if allocation.finished:
        words, tone, icon = Words.panel_finished, Tone.GREEN, Icon.CHECK
    elif allocation.scored:
        words, tone, icon = Words.status_in_progress, Tone.BLUE, Icon.PENCIL_LINE
    else:
        words, tone, icon = Words.status_not_started, Tone.GREY, None
    return Task(
        key=allocation.response_id,
        number=str(number),
        title=Words.listed(allocation.organisation, allocation.title),
        segments=(Segment(ANSWERED, Words.panel_scored, allocation.scored),),
        total=allocation.items,
        status=words,
        tone=tone,
        icon=icon,
    )
