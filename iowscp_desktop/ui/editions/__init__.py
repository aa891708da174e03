"""Moving the answers to another edition of their audit, after seeing what becomes of them."""

from collections.abc import Callable

from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.ids import ResponseId
from iowscp_desktop.ui.editions.page import EditionsPage
from iowscp_desktop.ui.editions.presenter import EditionsPresenter
from iowscp_desktop.ui.hub import Hub
from iowscp_desktop.ui.jobs import OwnedBy, Runner
from iowscp_desktop.ui.widgets.messages import Message

__all__ = ["EditionsPage", "open_editions"]


def open_editions(  # noqa: PLR0913 - the ways out of the page, by name
    ws: Workspace,
    hub: Hub[Changes],
    runner: Runner,
    response_id: ResponseId,
    *,
    on_home: Callable[[], None],
    on_settle: Callable[[], None],
    say: Callable[[Message], None],
) -> EditionsPage:
    """Compare a response with the other editions of its audit that are here.

    Args:
        on_home: Leads back, moved or not.
        on_settle: Leads to where two different answers are settled.
        say: Says that it was done.
    """
    page = EditionsPage(on_home=on_home, on_settle=on_settle, say=say)
    presenter = EditionsPresenter(ws, page, runner=OwnedBy(page, runner), tell=hub.tell, response_id=response_id)
    page.start(presenter)
    hub.listen(page, presenter.on_changed)
    return page
