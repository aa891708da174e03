"""The backups screen, in the settings and where a workspace does not open."""

from collections.abc import Callable
from dataclasses import replace

from iowscp_desktop.ui.backups.page import BackupsPage, PuttingPage
from iowscp_desktop.ui.backups.presenter import BackupsPresenter, Desk
from iowscp_desktop.ui.choosing import Choose
from iowscp_desktop.ui.jobs import OwnedBy

__all__ = ["BackupsPage", "Desk", "PuttingPage", "open_backups"]


def open_backups(desk: Desk, choose: Choose, *, on_back: Callable[[], None]) -> BackupsPage:
    """Open the backups of a workspace; of one that does not open, where `desk` has none."""
    page = BackupsPage(choose, is_damaged=desk.ws is None, on_back=on_back)
    page.start(BackupsPresenter(page, replace(desk, runner=OwnedBy(page, desk.runner))))
    return page
