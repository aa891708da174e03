"""The record of what happened in this workspace, to look through and to print."""

from collections.abc import Callable

from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.ui.audit_log.page import AuditLogPage
from iowscp_desktop.ui.audit_log.presenter import AuditLogPresenter
from iowscp_desktop.ui.choosing import Choose
from iowscp_desktop.ui.jobs import OwnedBy, Runner

__all__ = ["AuditLogPage", "open_audit_log"]


def open_audit_log(ws: Workspace, runner: Runner, choose: Choose, *, on_back: Callable[[], None]) -> AuditLogPage:
    """Open the record of a workspace."""
    page = AuditLogPage(choose)
    page.start(AuditLogPresenter(ws, page, OwnedBy(page, runner)), on_back)
    return page
