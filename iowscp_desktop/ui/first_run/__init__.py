"""The first run: from an invitation, or a partnership's name, to an open workspace."""

from collections.abc import Callable
from pathlib import Path

from iowscp_desktop.app.workspace import Surroundings, Workspace
from iowscp_desktop.ui.choosing import Choose
from iowscp_desktop.ui.first_run.page import FirstRunPage
from iowscp_desktop.ui.first_run.presenter import FirstRunPresenter, Paper
from iowscp_desktop.ui.jobs import Runner
from iowscp_desktop.ui.key_desks import SheetDesk, SpareDesk

__all__ = ["FirstRunPage", "open_first_run"]


def open_first_run(
    folder: Path,
    world: Surroundings,
    runner: Runner,
    *,
    on_opened: Callable[[Workspace], None],
    choose: Choose | None = None,
) -> FirstRunPage:
    """Open the first run; the workspace is made in a folder."""
    page = FirstRunPage(choose)
    paper = Paper(SheetDesk(page.sheet.paper, world, runner), SpareDesk(page.spare.paper, world, runner))
    presenter = FirstRunPresenter(page, paper, folder=folder, world=world, runner=runner, on_opened=on_opened)
    page.start(presenter, paper)
    return page
