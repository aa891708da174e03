"""The screen on which the team takes in the files that came back."""

from collections.abc import Callable

from iowscp_desktop.app.watching import Offer
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.ui.choosing import Choose
from iowscp_desktop.ui.hub import Hub
from iowscp_desktop.ui.jobs import OwnedBy, Runner
from iowscp_desktop.ui.merge.page import MergePage
from iowscp_desktop.ui.merge.presenter import MergePresenter
from iowscp_desktop.ui.merge.watch_presenter import WatchPresenter, Ways

__all__ = ["MergePage", "MergePresenter", "open_merge"]


def _nobody_else(_offer: Offer) -> None:
    """The card on the screen itself shows it."""


def open_merge(  # noqa: PLR0913 - the ways out of the page, by name
    ws: Workspace,
    hub: Hub[Changes],
    runner: Runner,
    choose: Choose,
    *,
    on_decide: Callable[[], None],
    on_aside: Callable[[], None],
    on_offer: Callable[[Offer], None] = _nobody_else,
) -> MergePage:
    """Open the screen; `on_decide` leads to what two people answered differently, `on_aside` to what was set aside.

    `on_offer` hears what is new in the watched folder, for a screen that says so too.
    """
    page = MergePage(choose, on_decide, on_aside)
    presenter = MergePresenter(ws, page, runner=OwnedBy(page, runner), tell=hub.tell)
    page.start(presenter)
    ways = Ways(on_files=presenter.on_files, on_offer=on_offer)
    page.watch.start(WatchPresenter(ws, page.watch, ways, runner=OwnedBy(page, runner)))
    hub.listen(page, presenter.on_changed)
    return page
