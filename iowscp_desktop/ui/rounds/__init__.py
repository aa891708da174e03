"""The team's rounds: who is asked, who has joined, what came back."""

from collections.abc import Callable

from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.ids import ResponseId
from iowscp_desktop.ui.choosing import Choose
from iowscp_desktop.ui.hub import Hub
from iowscp_desktop.ui.jobs import OwnedBy, Runner
from iowscp_desktop.ui.rounds.page import RoundsPage
from iowscp_desktop.ui.rounds.presenter import RoundsPresenter

__all__ = ["RoundsPage", "RoundsPresenter", "open_rounds"]

Lead = Callable[[ResponseId], None]


def open_rounds(  # noqa: PLR0913 - the ways out of the page, by name
    ws: Workspace,
    hub: Hub[Changes],
    runner: Runner,
    choose: Choose,
    *,
    on_read: Lead,
    on_open_return: Lead,
    on_decide: Lead,
    on_compare: Lead,
) -> RoundsPage:
    """Open the rounds; the callables lead to a return's answers, its PDF, what differs in it, its panel."""
    page = RoundsPage(
        choose, on_read=on_read, on_open_return=on_open_return, on_decide=on_decide, on_compare=on_compare
    )
    presenter = RoundsPresenter(ws, page, runner=OwnedBy(page, runner), tell=hub.tell)
    page.start(presenter)
    hub.listen(page, presenter.on_changed)
    return page
