"""The desk of a survey, and one person after another at it. Plain Python."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from iowscp_desktop.app import survey_sheets, surveys
from iowscp_desktop.app.survey_sheets import Asked, Sheet
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.ids import ResponseId
from iowscp_desktop.errors import AppError
from iowscp_desktop.text.survey import Survey as Words
from iowscp_desktop.ui.jobs import Job, Runner


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyState:
    """One survey at the desk."""

    response_id: ResponseId
    title: str
    about: str = field(repr=False)
    waiting: str
    sent: str
    may_send: bool
    may_send_again: bool


class DeskView(Protocol):
    """What the presenter asks of the page of whoever looks after the survey."""

    def show_surveys(self, states: tuple[SurveyState, ...]) -> None:
        """Show the surveys that are asked here."""
        ...

    def show_note(self, words: str, *, is_problem: bool = False) -> None:
        """Say what was done, or why not."""
        ...

    def show_made(self, path: Path) -> None:
        """Say that a file is there."""
        ...


class DeskPresenter:
    """Shows how many sheets wait, lets people answer, and makes the file."""

    def __init__(
        self, ws: Workspace, view: DeskView, *, runner: Runner, folder: Path, on_begin: Callable[[Sheet], None]
    ) -> None:
        self._ws, self._view, self._runner, self._folder, self._on_begin = ws, view, runner, folder, on_begin

    def start(self) -> None:
        """Show what is asked here."""
        self._view.show_surveys(tuple(self._state(line) for line in survey_sheets.surveys_asked(self._ws)))

    def on_changed(self, changes: Changes) -> None:
        """Look again if something else was asked. What people hand in is told to nobody: it is seen at the desk."""
        if any(register == "assignment" for _space, register in changes.registers):
            self.start()

    def on_begin(self, response_id: ResponseId) -> None:
        """Let people answer."""
        try:
            sheet = Sheet(self._ws, response_id)
        except AppError as error:
            self._refuse(error)
        else:
            self._on_begin(sheet)

    def on_send(self, response_id: ResponseId) -> None:
        """Make the file of everything that waits."""
        self._send(lambda: surveys.send_submissions(self._ws, response_id, self._folder))

    def on_send_again(self, response_id: ResponseId) -> None:
        """Make the last file again."""
        self._send(lambda: surveys.send_again(self._ws, response_id, self._folder))

    def _send(self, deed: Callable[[], Path]) -> None:
        self._view.show_note(Words.making)
        self._runner.run(Job(work=lambda _ticket: deed(), on_done=self._made, on_error=self._failed))

    def _made(self, path: Path) -> None:
        self.start()
        self._view.show_made(path)

    def _failed(self, error: Exception) -> None:
        self.start()
        if not isinstance(error, AppError):
            raise error
        self._refuse(error)

    def _refuse(self, error: AppError) -> None:
        self._view.show_note(Words.refused(error.message, error.remedy, error.code), is_problem=True)

    def _state(self, line: survey_sheets.SurveyLine) -> SurveyState:
        waiting = surveys.waiting(self._ws, line.response_id)
        gathered = surveys.gathered(self._ws, line.response_id)
        return SurveyState(
            response_id=line.response_id,
            title=line.title,
            about=", ".join((line.round_title, line.partnership)),
            waiting=Words.waiting(waiting, surveys.FEWEST),
            sent=Words.sent_before(gathered),
            may_send=waiting >= surveys.FEWEST,
            may_send_again=gathered > 0,
        )


class KioskView(Protocol):
    """What the presenter asks of the page that stands in front of everything else."""

    def show_welcome(self, title: str, care: str) -> None:
        """Greet the next person. Nothing of the person before is left."""
        ...

    def show_sheet(self, questions: tuple[Asked, ...]) -> None:
        """Show an empty sheet."""
        ...

    def update_sheet(self, questions: tuple[Asked, ...]) -> None:
        """Show what is asked now, and what is wrong; what is being typed stays."""
        ...

    def show_wrong(self, questions: tuple[Asked, ...]) -> None:
        """Go to the first that needs putting right."""
        ...

    def show_not_kept(self, words: str) -> None:
        """Say that the disk did not take it; the answers stay where they are."""
        ...

    def show_leaving(self) -> None:
        """Ask whether to leave without handing in."""
        ...

    def show_thanks(self) -> None:
        """Say that it is handed in."""
        ...


class KioskPresenter:
    """Holds the sheet of whoever is there now, and drops it when they have gone."""

    def __init__(
        self, view: KioskView, *, title: str, care: str, new_sheet: Callable[[], Sheet], on_end: Callable[[], None]
    ) -> None:
        self._view, self._title, self._care = view, title, care
        self._new_sheet, self._on_end = new_sheet, on_end
        self._sheet: Sheet | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nobody's answers are here."""
        return self._sheet is None

    def start(self) -> None:
        """Greet the next person."""
        self._sheet = None
        self._view.show_welcome(self._title, self._care)

    def on_start(self) -> None:
        """The person begins: a sheet of their own."""
        self._sheet = self._new_sheet()
        self._view.show_sheet(self._sheet.questions())

    def on_answered(self, question: str, value: str) -> None:
        """One answer was given, changed or cleared."""
        if self._sheet is not None:
            self._view.update_sheet(self._sheet.answer(question, value))

    def on_hand_in(self) -> None:
        """Hand in and clear."""
        if self._sheet is None:
            return
        try:
            wrong = self._sheet.hand_in()
        except AppError as error:
            self._view.show_not_kept(Words.refused(error.message, error.remedy, error.code))
            return
        if wrong:
            self._view.update_sheet(self._sheet.questions())
            self._view.show_wrong(wrong)
        else:
            self._sheet = None
            self._view.show_thanks()

    def on_leave(self) -> None:
        """Ask first: what is cleared cannot be brought back."""
        if self._sheet is not None and self._sheet.is_begun():
            self._view.show_leaving()
        else:
            self.start()

    def on_end(self) -> None:
        """End the survey: lock."""
        self._sheet = None
        self._on_end()
