"""Which survey is looked at, and what of it is set side by side. Plain Python."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from iowscp_desktop.app.survey_papers import Page, write_results
from iowscp_desktop.app.survey_results import Compared, Crossed, SurveyResult, before_and_after, crossed, results
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.ids import anonymous_of
from iowscp_desktop.text.survey import Survey as Words
from iowscp_desktop.ui.jobs import Job, Runner

Offers = tuple[tuple[str, str], ...]
"""What can be chosen: ids, and the words for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultState:
    """One survey, and what can be set beside what."""

    result: SurveyResult
    questions: Offers
    """Questions of which two can be set side by side."""
    earlier: Offers = field(repr=False)
    """Other surveys of the same school or agency, in which the same people can be found."""


class ResultsView(Protocol):
    """What the presenter asks of the page."""

    def show_surveys(self, found: Offers, chosen: str) -> None:
        """Offer the surveys that came."""
        ...

    def show_result(self, state: ResultState) -> None:
        """Show one of them, with nothing set side by side."""
        ...

    def show_crossed(self, crossed: Crossed | None) -> None:
        """Show two questions side by side, or none."""
        ...

    def show_compared(self, compared: Compared | None, *, is_asked: bool) -> None:
        """Show what the same people answered before and after; nothing where too few can be found, or none is asked."""
        ...

    def show_saving(self, *, saving: bool) -> None:
        """Say that the PDF is being written."""
        ...

    def show_saved(self, path: Path) -> None:
        """Say where it is."""
        ...


class ResultsPresenter:
    """Reads all that came, and shows one. Sheets are counted away from the window."""

    def __init__(self, ws: Workspace, view: ResultsView, *, runner: Runner) -> None:
        self._ws, self._view, self._runner = ws, view, runner
        self._found: dict[str, SurveyResult] = {}
        self._shown: SurveyResult | None = None
        self._wanted = ""
        self._page: Page | None = None

    def start(self) -> None:
        """Look at what came; thousands of sheets take a moment."""
        self._runner.run(Job(work=lambda _ticket: results(self._ws), on_done=self._came))

    def on_led_to(self, response_id: str) -> None:
        """Begin with this one when the page comes to the front."""
        self._wanted = response_id

    def on_chosen(self, response_id: str) -> None:
        """Look at another one."""
        self._show(self._found[response_id])

    def on_crossed(self, by: str, of: str) -> None:
        """Set two questions side by side, as soon as there are two."""
        if self._shown is None or not by or not of or by == of:
            self._put(self._shown, crossed=None)
            return
        shown = self._shown
        self._runner.run(
            Job(
                work=lambda _ticket: crossed(self._ws, shown.line.response_id, by, of),
                on_done=lambda found: self._put(shown, crossed=found),
            )
        )

    def on_compared(self, earlier: str) -> None:
        """Set an earlier survey of the same people beside this one."""
        shown, before = self._shown, self._found.get(earlier)
        if shown is None or before is None:
            return
        self._runner.run(
            Job(
                work=lambda _ticket: before_and_after(self._ws, before.line.response_id, shown.line.response_id),
                on_done=lambda found: self._put_beside(shown, before, found),
            )
        )

    def on_save_pdf(self, path: Path) -> None:
        """Write what is shown as a PDF."""
        page = self._page
        if page is None:
            return
        self._view.show_saving(saving=True)
        self._runner.run(
            Job(
                work=lambda _ticket: write_results(self._ws, page, path),
                on_done=self._saved,
                on_error=self._not_saved,
            )
        )

    def on_changed(self, changes: Changes) -> None:
        """Something came: look again if it is of a survey."""
        if any(anonymous_of(space) is not None for space in changes.spaces):
            self.start()

    # --- inside ------------------------------------------------------------------------------

    def _came(self, found: tuple[SurveyResult, ...]) -> None:
        """Show the one that was looked at before, or the first; what is shown already stays as it is."""
        self._found = {each.line.response_id: each for each in found}
        at_hand = self._wanted or (self._shown.line.response_id if self._shown is not None else "")
        self._wanted = ""
        now = self._found.get(at_hand) or next(iter(found), None)
        lines = ((id_, each.line) for id_, each in self._found.items())
        offered = ((id_, Words.in_round(each.organisation, each.title, each.round_title)) for id_, each in lines)
        self._view.show_surveys(tuple(offered), now.line.response_id if now is not None else "")
        if now is not None and now != self._shown:
            self._show(now)

    def _show(self, result: SurveyResult) -> None:
        self._shown, self._page = result, Page(result=result)
        others = (
            each
            for each in self._found.values()
            if each.has_code and result.has_code and each.line.organisation == result.line.organisation
        )
        self._view.show_result(
            ResultState(
                result=result,
                questions=tuple((each.id, each.label) for each in result.questions if each.is_one_choice),
                earlier=tuple(
                    (each.line.response_id, _called(each))
                    for each in others
                    if each.line.response_id != result.line.response_id
                ),
            )
        )

    def _put(self, result: SurveyResult | None, *, crossed: Crossed | None) -> None:
        page = self._page
        if page is not None and page.result is result:  # or another survey was chosen meanwhile
            self._page = Page(result=page.result, crossed=crossed, compared=page.compared, earlier=page.earlier)
            self._view.show_crossed(crossed)

    def _put_beside(self, result: SurveyResult, earlier: SurveyResult, compared: Compared | None) -> None:
        page = self._page
        if page is not None and page.result is result:
            self._page = Page(
                result=page.result, crossed=page.crossed, compared=compared, earlier=earlier.line.round_title
            )
            self._view.show_compared(compared, is_asked=True)

    def _saved(self, path: Path) -> None:
        self._view.show_saving(saving=False)
        self._view.show_saved(path)

    def _not_saved(self, error: Exception) -> None:
        self._view.show_saving(saving=False)
        raise error


def _called(result: SurveyResult) -> str:
    return Words.of(result.line.round_title, result.line.title)
