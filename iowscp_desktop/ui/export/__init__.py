"""The screen that makes the file for the partnership: a return, or a panel member's scores."""

from pathlib import Path

from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.ui.export.page import Desk, ExportPage
from iowscp_desktop.ui.export.presenter import ExportPresenter, ReturnSending, ScoresSending, Sending
from iowscp_desktop.ui.hub import Hub
from iowscp_desktop.ui.jobs import Runner

__all__ = ["Desk", "ExportPage", "open_export", "open_export_scores"]


def open_export(ws: Workspace, hub: Hub[Changes], runner: Runner, folder: Path, desk: Desk) -> ExportPage:
    """Open the screen for an organisation's returns; `page.go_to` shows one of several."""
    return _open(hub, ExportPage(desk), ReturnSending(ws), runner, folder)


def open_export_scores(ws: Workspace, hub: Hub[Changes], runner: Runner, folder: Path, desk: Desk) -> ExportPage:
    """Open the screen for a panel member's scores."""
    return _open(hub, ExportPage(desk), ScoresSending(ws), runner, folder)


def _open(hub: Hub[Changes], page: ExportPage, sending: Sending, runner: Runner, folder: Path) -> ExportPage:
    presenter = ExportPresenter(page, sending, runner, folder)
    page.start(presenter)
    hub.listen(page, presenter.on_changed)
    return page
