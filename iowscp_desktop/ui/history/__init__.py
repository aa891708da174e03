"""The screen that tells who wrote what when."""

from collections.abc import Callable

from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.ids import ResponseId
from iowscp_desktop.ui.history.page import HistoryPage
from iowscp_desktop.ui.history.presenter import HistoryPresenter
from iowscp_desktop.ui.hub import Hub

__all__ = ["HistoryPage", "HistoryPresenter", "open_history"]


def open_history(
    ws: Workspace, hub: Hub[Changes], response_id: ResponseId, entry_id: str, *, on_back: Callable[[], None]
) -> HistoryPage:
    """Open the history of one question of a response."""
    page = HistoryPage(on_back)
    presenter = HistoryPresenter(ws, page, response_id=response_id, entry_id=entry_id, tell=hub.tell)
    page.start(presenter)
    hub.listen(page, presenter.on_changed)
    return page
