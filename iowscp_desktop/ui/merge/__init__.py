"""The screen on which the team takes in the files that came back."""

from collections.abc import Callable

from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.ui.choosing import Choose
from iowscp_desktop.ui.hub import Hub
from iowscp_desktop.ui.jobs import OwnedBy, Runner
from iowscp_desktop.ui.merge.page import MergePage
from iowscp_desktop.ui.merge.presenter import MergePresenter
from iowscp_desktop.ui.merge.watch_presenter import WatchPresenter

__all__ = ["MergePage", "MergePresenter", "open_merge"]


def open_merge(
    ws: Workspace,
    hub: Hub[Changes],
    runner: Runner,
    choose: Choose,
    *,
    on_decide: Callable[[], None],
    on_aside: Callable[[], None],
) -> MergePage:
    """Open the screen; `on_decide` leads to what two people answered differently, `on_aside` to what was set aside."""
    page = MergePage(choose, on_decide, on_aside)
    presenter = MergePresenter(ws, page, runner=OwnedBy(page, runner), tell=hub.tell)
    page.start(presenter)
    page.watch.start(WatchPresenter(ws, page.watch, runner=OwnedBy(page, runner), on_files=presenter.on_files))
    hub.listen(page, presenter.on_changed)
    return page
