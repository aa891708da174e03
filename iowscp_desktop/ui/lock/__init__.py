"""The lock screen, and the question who is at the keyboard."""

from collections.abc import Callable

from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.ui.choosing import Choose, chooser
from iowscp_desktop.ui.key_desks import SheetDesk
from iowscp_desktop.ui.lock.page import LockPage
from iowscp_desktop.ui.lock.presenter import LockPresenter, Patience, Threshold
from iowscp_desktop.ui.lock.recovery import RecoveryPresenter
from iowscp_desktop.ui.lock.spare import SparePresenter
from iowscp_desktop.ui.lock.who import WhoPresenter
from iowscp_desktop.ui.lock.who_page import WhoPage

__all__ = ["LockPage", "Patience", "Threshold", "WhoPage", "open_lock", "open_who"]


def open_lock(
    threshold: Threshold,
    on_unlocked: Callable[[Workspace, bool], None],
    *,
    idle: bool = False,
    choose: Choose | None = None,
) -> LockPage:
    """Open the lock screen; `on_unlocked` gets the workspace, and whether somebody else will work now.

    Args:
        idle: It locked itself because nobody used it.
        choose: Asks for files and places.
    """
    page = LockPage(idle=idle)
    desk = SheetDesk(page.spare.paper, threshold.world, threshold.runner)
    page.spare.start(SparePresenter(page.spare, threshold, desk, on_unlocked), desk, choose or chooser(page))
    page.recovery.start(RecoveryPresenter(page.recovery, threshold, on_unlocked))
    page.start(LockPresenter(page, threshold, on_unlocked))
    return page


def open_who(ws: Workspace, on_chosen: Callable[[], None]) -> WhoPage:
    """Ask who is working now."""
    page = WhoPage()
    page.start(WhoPresenter(ws, page, on_chosen))
    return page
