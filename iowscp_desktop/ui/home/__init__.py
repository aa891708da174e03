"""The home screens: an organisation's audit, and a panel member's returns to score."""

from collections.abc import Callable

from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.ids import ResponseId
from iowscp_desktop.ui.home.page import HomePage, Ways
from iowscp_desktop.ui.home.panel import PanelHomePresenter
from iowscp_desktop.ui.home.panel_page import PanelHomePage
from iowscp_desktop.ui.home.presenter import HomePresenter, OpenEntry
from iowscp_desktop.ui.hub import Hub
from iowscp_desktop.ui.jobs import Runner

__all__ = ["HomePage", "PanelHomePage", "Ways", "open_home", "open_panel_home"]


def open_home(ws: Workspace, hub: Hub[Changes], runner: Runner, *, on_entry: OpenEntry, ways: Ways) -> HomePage:
    """Open the home screen of an organisation; `on_entry` opens a question."""
    page = HomePage(ways)
    presenter = HomePresenter(ws, page, runner, on_entry)
    page.start(presenter)
    hub.listen(page, presenter.on_changed)
    return page


def open_panel_home(
    ws: Workspace, hub: Hub[Changes], *, on_score: Callable[[ResponseId], None], on_export: Callable[[], None]
) -> PanelHomePage:
    """Open the home screen of a panel member."""
    page = PanelHomePage(on_score, on_export)
    presenter = PanelHomePresenter(ws, page)
    page.start(presenter)
    hub.listen(page, presenter.on_changed)
    return page
