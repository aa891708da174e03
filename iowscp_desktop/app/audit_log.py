"""What happened in this workspace: every module that does such a deed records it here."""

import sqlalchemy as sa

from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.audit_log import AuditDeed

__all__ = ["AuditDeed", "record", "record_in"]


def record(ws: Workspace, deed: AuditDeed, **ids: str | int) -> None:
    """Write down that something was done to the workspace.

    Args:
        ids: What it was done to or with, as ids, codes and counts: `record(ws, AuditDeed.EXPORTED, bundle=…, type=…)`.

    Raises:
        CannotWrite: The disk does not take it.
        ValueError: A value is no id: names and words of people do not belong here.
    """
    with ws.store.database.writing() as connection:
        record_in(connection, ws, deed, **ids)


def record_in(connection: sa.Connection, ws: Workspace, deed: AuditDeed, **ids: str | int) -> None:
    """Do as `record` inside the transaction that does the deed: both or neither."""
    ws.store.audit.append_in(
        connection,
        deed,
        at=ws.now(),
        who=ws.signed_in or "",
        ids={name: str(value) for name, value in ids.items()},
    )
