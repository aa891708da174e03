"""The screens of the actions: the team sets and sends them, a school says how far it is."""

from iowscp_desktop.app import considering
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.ui.actions.own_page import OwnActionsPage
from iowscp_desktop.ui.actions.presenter import OwnActionsPresenter, TeamActionsPresenter
from iowscp_desktop.ui.actions.team_page import TeamActionsPage
from iowscp_desktop.ui.choosing import Choose
from iowscp_desktop.ui.hub import Hub
from iowscp_desktop.ui.jobs import OwnedBy, Runner
from iowscp_desktop.ui.widgets.name_watch import at_once

__all__ = ["OwnActionsPage", "TeamActionsPage", "open_own_actions", "open_team_actions"]


def open_team_actions(ws: Workspace, hub: Hub[Changes], runner: Runner, choose: Choose) -> TeamActionsPage:
    """Open the team's screen."""
    page = TeamActionsPage(choose)
    page.watch_names(at_once(considering.looker(ws)))
    presenter = TeamActionsPresenter(ws, page, runner=OwnedBy(page, runner), tell=hub.tell)
    page.start(presenter)
    hub.listen(page, presenter.on_changed)
    return page


def open_own_actions(ws: Workspace, hub: Hub[Changes], runner: Runner, choose: Choose) -> OwnActionsPage:
    """Open the screen of a school or agency."""
    page = OwnActionsPage(choose)
    page.watch_names(at_once(considering.looker(ws)))
    presenter = OwnActionsPresenter(ws, page, runner=OwnedBy(page, runner), tell=hub.tell)
    page.start(presenter)
    hub.listen(page, presenter.on_changed)
    return page
