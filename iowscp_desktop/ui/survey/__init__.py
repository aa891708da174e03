"""A survey on a shared laptop: the desk of whoever looks after it, and the page in front of everything else."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from iowscp_desktop.app import considering
from iowscp_desktop.app.survey_sheets import Sheet
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.ui.choosing import Choose
from iowscp_desktop.ui.hub import Hub
from iowscp_desktop.ui.jobs import OwnedBy, Runner
from iowscp_desktop.ui.showing import ShowFolder
from iowscp_desktop.ui.survey.desk_page import SurveyPage
from iowscp_desktop.ui.survey.kiosk import KioskPage
from iowscp_desktop.ui.survey.presenter import DeskPresenter, KioskPresenter
from iowscp_desktop.ui.survey.results_page import SurveyResultsPage
from iowscp_desktop.ui.survey.results_presenter import ResultsPresenter
from iowscp_desktop.ui.widgets.name_watch import at_once

__all__ = ["KioskPage", "SurveyPage", "SurveyResultsPage", "open_survey", "open_survey_results"]


def open_survey_results(
    ws: Workspace, hub: Hub[Changes], runner: Runner, choose: Choose, show_folder: ShowFolder
) -> SurveyResultsPage:
    """Open what came of the surveys, for the team."""
    page = SurveyResultsPage(choose, show_folder)
    presenter = ResultsPresenter(ws, page, runner=OwnedBy(page, runner))
    page.start(presenter)
    hub.listen(page, presenter.on_changed)
    return page


def open_survey(  # noqa: PLR0913 - the ways out of the page, by name
    ws: Workspace,
    hub: Hub[Changes],
    runner: Runner,
    *,
    folder: Path,
    show_folder: ShowFolder,
    in_front: Callable[[QWidget], None],
    on_end: Callable[[], None],
) -> SurveyPage:
    """Open the desk of the surveys that are asked here.

    Args:
        folder: Where files for the partnership go.
        in_front: Puts a page in front of the whole program, so that nothing else can be reached.
        on_end: Takes it away again, and asks for the passphrase.
    """
    page = SurveyPage(show_folder)

    def begin(first: Sheet) -> None:
        kiosk = KioskPage(at_once(considering.looker(ws)))
        presenter = KioskPresenter(
            kiosk, title=first.tool.title, care=first.tool.privacy_notice, new_sheet=first.another, on_end=on_end
        )
        kiosk.start(presenter)
        in_front(kiosk)

    presenter = DeskPresenter(ws, page, runner=OwnedBy(page, runner), folder=folder, on_begin=begin)
    page.start(presenter)
    hub.listen(page, presenter.on_changed)
    return page
