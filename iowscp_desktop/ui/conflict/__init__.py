"""The screen on which a person decides between two answers."""

from collections.abc import Callable

from iowscp_desktop.app import considering
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.ids import ResponseId
from iowscp_desktop.ui.conflict.page import ConflictPage
from iowscp_desktop.ui.conflict.presenter import ConflictPresenter
from iowscp_desktop.ui.hub import Hub
from iowscp_desktop.ui.jobs import OwnedBy, Runner
from iowscp_desktop.ui.widgets.name_watch import at_once

__all__ = ["ConflictPage", "ConflictPresenter", "open_conflict"]


def open_conflict(
    ws: Workspace,
    hub: Hub[Changes],
    runner: Runner,
    response_id: ResponseId | None = None,
    *,
    on_back: Callable[[], None],
) -> ConflictPage:
    """Open what waits to be decided: in one response, or in all of them."""
    page = ConflictPage(on_back)
    page.watch_names(at_once(considering.looker(ws)))
    presenter = ConflictPresenter(ws, page, runner=OwnedBy(page, runner), response_id=response_id, tell=hub.tell)
    page.start(presenter)
    hub.listen(page, presenter.on_changed)
    return page
