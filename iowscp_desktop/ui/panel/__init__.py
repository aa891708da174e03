"""The screen on which the team compares a panel's scores of one return, and records what was agreed."""

from collections.abc import Callable

from iowscp_desktop.app import considering
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.ids import ResponseId
from iowscp_desktop.ui.hub import Hub
from iowscp_desktop.ui.jobs import OwnedBy, Runner
from iowscp_desktop.ui.panel.page import PanelPage
from iowscp_desktop.ui.panel.presenter import PanelPresenter
from iowscp_desktop.ui.widgets.name_watch import at_once

__all__ = ["PanelPage", "PanelPresenter", "open_panel"]


def open_panel(
    ws: Workspace, hub: Hub[Changes], runner: Runner, response_id: ResponseId, *, on_back: Callable[[], None]
) -> PanelPage:
    """Open the panel's scores of one return; `on_back` leads back to its round."""
    page = PanelPage(on_back)
    page.agreed.watch_names(at_once(considering.looker(ws)))
    presenter = PanelPresenter(ws, page, response_id, runner=OwnedBy(page, runner), tell=hub.tell)
    page.start(presenter)
    hub.listen(page, presenter.on_changed)
    return page
