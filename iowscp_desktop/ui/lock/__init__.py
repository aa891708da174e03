"""The lock screen, and the question who is at the keyboard."""

from collections.abc import Callable

from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.ui.lock.page import LockPage
from iowscp_desktop.ui.lock.presenter import LockPresenter, Patience, Threshold
from iowscp_desktop.ui.lock.recovery import RecoveryPresenter
from iowscp_desktop.ui.lock.who import WhoPresenter
from iowscp_desktop.ui.lock.who_page import WhoPage

__all__ = ["LockPage", "Patience", "Threshold", "WhoPage", "open_lock", "open_who"]


def open_lock(threshold: Threshold, on_unlocked: Callable[[Workspace, bool], None], *, idle: bool = False) -> LockPage:
    """Open the lock screen; `on_unlocked` gets the workspace, and whether somebody else will work now.

    Args:
        idle: It locked itself because nobody used it.
    """
    page = LockPage(idle=idle)
    page.recovery.start(RecoveryPresenter(page.recovery, threshold, on_unlocked))
    page.start(LockPresenter(page, threshold, on_unlocked))
    return page


def open_who(ws: Workspace, on_chosen: Callable[[], None]) -> WhoPage:
    """Ask who is working now."""
    page = WhoPage()
    page.start(WhoPresenter(ws, page, on_chosen))
    return page
