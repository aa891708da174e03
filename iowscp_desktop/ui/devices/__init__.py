"""The screens about computers: the team's list of all of them, and everybody else's own."""

from iowscp_desktop.app import considering
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.grants import Role
from iowscp_desktop.ui.choosing import Choose
from iowscp_desktop.ui.devices.own_page import OwnDevicePage
from iowscp_desktop.ui.devices.presenter import OwnDevicePresenter, TeamDevicesPresenter
from iowscp_desktop.ui.devices.team_page import TeamDevicesPage
from iowscp_desktop.ui.hub import Hub
from iowscp_desktop.ui.jobs import OwnedBy, Runner
from iowscp_desktop.ui.widgets.name_watch import at_once

__all__ = ["OwnDevicePage", "TeamDevicesPage", "open_own_device", "open_team_devices"]


def open_team_devices(ws: Workspace, hub: Hub[Changes], runner: Runner, choose: Choose) -> TeamDevicesPage:
    """Open the team's screen."""
    page = TeamDevicesPage(choose)
    page.revoking.watch_names(at_once(considering.looker(ws)))
    presenter = TeamDevicesPresenter(ws, page, runner=OwnedBy(page, runner), tell=hub.tell)
    page.start(presenter)
    hub.listen(page, presenter.on_changed)
    return page


def open_own_device(ws: Workspace, hub: Hub[Changes], runner: Runner, choose: Choose) -> OwnDevicePage:
    """Open the screen of a school's or panel member's computer."""
    page = OwnDevicePage(choose, has_others=ws.about.role is Role.ORGANISATION)
    presenter = OwnDevicePresenter(ws, page, runner=OwnedBy(page, runner), tell=hub.tell)
    page.start(presenter)
    return page
