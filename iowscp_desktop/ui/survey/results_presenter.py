"""Which survey is looked at. Plain Python."""

from typing import Protocol

from iowscp_desktop.app.survey_results import SurveyResult, results
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.ids import anonymous_of
from iowscp_desktop.text.survey import Survey as Words
from iowscp_desktop.ui.jobs import Job, Runner


class ResultsView(Protocol):
    """What the presenter asks of the page."""

    def show_surveys(self, found: tuple[tuple[str, str], ...], chosen: str) -> None:
        """Offer the surveys that came."""
        ...

    def show_result(self, result: SurveyResult) -> None:
        """Show one of them."""
        ...


class ResultsPresenter:
    """Reads all that came, and shows one."""

    def __init__(self, ws: Workspace, view: ResultsView, *, runner: Runner) -> None:
        self._ws, self._view, self._runner = ws, view, runner
        self._found: dict[str, SurveyResult] = {}
        self._chosen = ""

    def start(self) -> None:
        """Look at what came; thousands of sheets take a moment."""
        self._runner.run(Job(work=lambda _ticket: results(self._ws), on_done=self._came))

    def on_chosen(self, response_id: str) -> None:
        """Look at another one."""
        self._chosen = response_id
        self._show()

    def on_changed(self, changes: Changes) -> None:
        """Something came: look again if it is of a survey."""
        if any(anonymous_of(space) is not None for space in changes.spaces):
            self.start()

    def _came(self, found: tuple[SurveyResult, ...]) -> None:
        self._found = {each.line.response_id: each for each in found}
        self._show()

    def _show(self) -> None:
        """Show the one that was looked at before, or the first."""
        if self._chosen not in self._found:
            self._chosen = next(iter(self._found), "")
        offered = ((id_, Words.of(each.line.organisation, each.line.title)) for id_, each in self._found.items())
        self._view.show_surveys(tuple(offered), self._chosen)
        if self._chosen:
            self._view.show_result(self._found[self._chosen])
