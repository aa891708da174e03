"""The screen on which a panel member scores alone."""

from iowscp_desktop.app import considering
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.ui.choosing import Choose
from iowscp_desktop.ui.hub import Hub
from iowscp_desktop.ui.jobs import OwnedBy, Runner
from iowscp_desktop.ui.score.page import ScorePage
from iowscp_desktop.ui.score.presenter import ScorePresenter
from iowscp_desktop.ui.widgets.name_watch import at_once

__all__ = ["ScorePage", "ScorePresenter", "open_score"]


def open_score(ws: Workspace, hub: Hub[Changes], runner: Runner, choose: Choose) -> ScorePage:
    """Open what this panel member was asked to score."""
    page = ScorePage(choose)
    page.mine.watch_names(at_once(considering.looker(ws)))
    presenter = ScorePresenter(ws, page, runner=OwnedBy(page, runner), tell=hub.tell)
    page.start(presenter)
    hub.listen(page, presenter.on_changed)
    return page
