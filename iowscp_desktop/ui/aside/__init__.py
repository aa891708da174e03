"""The screen on which the team looks at what was set aside."""

from collections.abc import Callable

from iowscp_desktop.app import considering
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.ui.aside.page import AsidePage
from iowscp_desktop.ui.aside.presenter import AsidePresenter
from iowscp_desktop.ui.hub import Hub
from iowscp_desktop.ui.jobs import OwnedBy, Runner
from iowscp_desktop.ui.widgets.name_watch import at_once

__all__ = ["AsidePage", "AsidePresenter", "open_aside"]


def open_aside(ws: Workspace, hub: Hub[Changes], runner: Runner, *, on_back: Callable[[], None]) -> AsidePage:
    """Open the list; `on_back` leads to where files are taken in."""
    page = AsidePage(on_back)
    page.watch_names(at_once(considering.looker(ws)))
    presenter = AsidePresenter(ws, page, runner=OwnedBy(page, runner), tell=hub.tell)
    page.start(presenter)
    hub.listen(page, presenter.on_changed)
    return page
