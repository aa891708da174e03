"""Looks up what happened in a workspace, and prints it. Draws nothing."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from iowscp_desktop.app import audit_log
from iowscp_desktop.app.audit_log import AuditRow
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.errors import AppError
from iowscp_desktop.ui.jobs import Job, Runner


class AuditLogView(Protocol):
    """What the page can show."""

    def show_rows(self, rows: Sequence[AuditRow], *, holds: bool) -> None:
        """Show what happened, the newest first, and whether the chain holds."""
        ...

    def show_saved(self, path: Path) -> None:
        """Say where it was printed."""
        ...

    def show_refused(self, error: AppError) -> None:
        """Say why it was not printed."""
        ...


class AuditLogPresenter:
    """Shows the record of one workspace."""

    def __init__(self, ws: Workspace, view: AuditLogView, runner: Runner) -> None:
        self._ws, self._view, self._runner = ws, view, runner

    def start(self) -> None:
        """Look up what happened."""
        self._view.show_rows(audit_log.rows(self._ws), holds=audit_log.holds(self._ws))

    def on_place(self, path: Path) -> None:
        """They chose where the printed record goes."""
        self._runner.run(
            Job(
                work=lambda _ticket: audit_log.print_log(self._ws, path.with_suffix(".pdf")),
                on_done=self._view.show_saved,
                on_error=self._not_saved,
            )
        )

    def _not_saved(self, error: Exception) -> None:
        if not isinstance(error, AppError):
            raise error
        self._view.show_refused(error)
