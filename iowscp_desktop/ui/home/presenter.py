"""Home of an organisation: what is asked, how far it is, where to go on. Looks; writes nothing but a PDF."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from iowscp_desktop.app import feedback, reporting, responses, survey_sheets
from iowscp_desktop.app.filling import Filling, open_filling
from iowscp_desktop.app.responses import TaskLine
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.ids import ResponseId
from iowscp_desktop.ui.home.feedback_state import FeedbackState, feedback_state
from iowscp_desktop.ui.home.states import TaskState, task_state
from iowscp_desktop.ui.jobs import Job, Runner

OpenEntry = Callable[[ResponseId, str], None]


class HomeView(Protocol):
    """What the home screen can show."""

    def show_tasks(self, tasks: Sequence[TaskLine]) -> None:
        """Show what is asked, when it is more than one thing."""
        ...

    def show_nothing(self) -> None:
        """Nothing is asked."""
        ...

    def show_only_surveys(self) -> None:
        """No audit is asked, and a survey is: it has a place of its own."""
        ...

    def show_task(self, task: TaskState) -> None:
        """Show one audit in full."""
        ...

    def show_feedback(self, state: FeedbackState | None) -> None:
        """Show what came back, or nothing."""
        ...

    def show_writing(self, *, writing: bool) -> None:
        """Say that the PDF is being written."""
        ...

    def show_written(self, path: Path) -> None:
        """Say where the PDF is."""
        ...


class HomePresenter:
    """Shows one of the audits asked; keeps it open, so that looking again is quick."""

    def __init__(self, ws: Workspace, view: HomeView, runner: Runner, on_entry: OpenEntry) -> None:
        self._ws, self._view, self._runner, self._on_entry = ws, view, runner, on_entry
        self._tasks: tuple[TaskLine, ...] = ()
        self._filling: Filling | None = None
        self._shown: TaskState | None = None

    def start(self) -> None:
        """Show the audit that is due next."""
        self._look()

    @property
    def response_id(self) -> ResponseId | None:
        """Which audit is shown."""
        return self._filling.response_id if self._filling is not None else None

    def on_task(self, response_id: ResponseId) -> None:
        """Another of the audits."""
        self._filling = open_filling(self._ws, response_id)
        self._look()

    def on_entry(self, entry_id: str) -> None:
        """Open a question."""
        if self._filling is not None:
            self._on_entry(self._filling.response_id, entry_id)

    def on_save_pdf(self, path: Path) -> None:
        """Write the answers as a PDF."""
        filling = self._filling
        if filling is None:
            return
        self._view.show_writing(writing=True)
        self._runner.run(
            Job(
                work=lambda _ticket: reporting.write_return(self._ws, filling.response_id, path),
                on_done=self._written,
                on_error=self._not_written,
            )
        )

    def on_save_letter(self, path: Path) -> None:
        """Write the feedback letter where somebody says."""
        filling = self._filling
        if filling is None:
            return
        self._view.show_writing(writing=True)
        self._runner.run(
            Job(
                work=lambda _ticket: feedback.save_letter(self._ws, filling.response_id, path),
                on_done=self._written,
                on_error=self._not_written,
            )
        )

    def on_changed(self, changes: Changes) -> None:
        """Something changed here, on another page, or by a merge."""
        if self._filling is not None:
            self._filling.refresh(changes)
        if changes.spaces:
            self._look()

    def on_shown(self) -> None:
        """The screen came to the front: a day may have passed, a file may have been made."""
        self._look()

    def _look(self) -> None:
        self._tasks = responses.tasks(self._ws)
        if not self._tasks:
            self._filling = None
            if survey_sheets.surveys_asked(self._ws):
                self._view.show_only_surveys()
            else:
                self._view.show_nothing()
            return
        if self.response_id not in {each.response_id for each in self._tasks}:
            self._filling = None  # it was erased
        if self._filling is None:
            self._filling = open_filling(self._ws, self._tasks[0].response_id)
        self._view.show_tasks(self._tasks)
        line = next(each for each in self._tasks if each.response_id == self._filling.response_id)
        now = task_state(self._ws, line, self._filling)
        if now != self._shown:
            self._shown = now
            self._view.show_task(now)
        self._view.show_feedback(feedback_state(self._ws, self._filling))

    def _written(self, path: Path) -> None:
        self._view.show_writing(writing=False)
        self._view.show_written(path)

    def _not_written(self, error: Exception) -> None:
        self._view.show_writing(writing=False)
        raise error
