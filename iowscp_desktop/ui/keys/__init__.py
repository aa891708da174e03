"""The keys to this workspace, in the settings."""

from collections.abc import Callable

from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.ui.choosing import Choose
from iowscp_desktop.ui.jobs import OwnedBy, Runner
from iowscp_desktop.ui.key_desks import SheetDesk, SpareDesk
from iowscp_desktop.ui.keys.page import ChangingPage, KeysPage
from iowscp_desktop.ui.keys.presenter import KeyDesks, KeysPresenter

__all__ = ["ChangingPage", "KeysPage", "open_keys"]


def open_keys(
    ws: Workspace,
    runner: Runner,
    choose: Choose,
    *,
    on_back: Callable[[], None],
    on_alone: Callable[[bool], None],
) -> KeysPage:
    """Open the keys of a workspace.

    Args:
        on_alone: Told True when the workspace must not be used for a while, and False when it may again.
    """
    page = KeysPage(choose)
    owned = OwnedBy(page, runner)
    sheet, spare = SheetDesk(page.paper, ws.world, owned), SpareDesk(page.spare_paper, ws.world, owned)
    desks = KeyDesks(sheet=sheet, spare=spare, on_alone=on_alone)
    page.start(KeysPresenter(ws, page, owned, desks), desks, on_back)
    return page
