"""Checking and signing one response."""

from collections.abc import Callable

from iowscp_desktop.app import considering
from iowscp_desktop.app.filling import open_filling
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.ids import ResponseId
from iowscp_desktop.ui.check.page import CheckPage
from iowscp_desktop.ui.check.presenter import CheckPresenter
from iowscp_desktop.ui.hub import Hub
from iowscp_desktop.ui.jobs import OwnedBy, Runner
from iowscp_desktop.ui.widgets.name_watch import at_once

__all__ = ["CheckPage", "open_check"]


def open_check(  # noqa: PLR0913 - the ways out of the page, by name
    ws: Workspace,
    hub: Hub[Changes],
    runner: Runner,
    response_id: ResponseId,
    *,
    on_change: Callable[[str], None],
    on_export: Callable[[], None],
    on_home: Callable[[], None] = lambda: None,
) -> CheckPage:
    """Open a response to check and sign it.

    Args:
        on_change: Leads to one question, by its entry's id.
        on_export: Leads to making the file to send.
        on_home: Leads back.

    Raises:
        NotYours: The response is not in this workspace.
    """
    page = CheckPage()
    page.locked.watch_names(at_once(considering.looker(ws)))
    filling = open_filling(ws, response_id)
    presenter = CheckPresenter(ws, page, filling=filling, tell=hub.tell, runner=OwnedBy(page, runner))
    page.change_requested.connect(on_change)
    page.export_requested.connect(on_export)
    page.home_requested.connect(on_home)
    page.start(presenter)
    hub.listen(page, presenter.on_changed)
    return page
