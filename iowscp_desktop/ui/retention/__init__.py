"""The screen on which records are kept, reviewed and erased."""

from iowscp_desktop.app import considering
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.ui.hub import Hub
from iowscp_desktop.ui.jobs import Runner
from iowscp_desktop.ui.retention.page import RetentionPage, Ways
from iowscp_desktop.ui.retention.presenter import RetentionPresenter
from iowscp_desktop.ui.widgets.name_watch import at_once

__all__ = ["RetentionPage", "RetentionPresenter", "Ways", "open_retention"]


def open_retention(ws: Workspace, hub: Hub[Changes], runner: Runner, ways: Ways) -> RetentionPage:
    """Open the records: what is due, what was erased, and how long things are kept."""
    page = RetentionPage(ways)
    page.review.watch_names(at_once(considering.looker(ws)))
    presenter = RetentionPresenter(ws, page, runner=runner, tell=hub.tell)
    page.start(presenter)
    hub.listen(page, presenter.on_changed)
    return page
