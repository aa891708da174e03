"""To format 1: an audit log of the workspace itself, and what was erased for good."""

from typing import TYPE_CHECKING

import sqlalchemy as sa

if TYPE_CHECKING:
    from alembic.operations import Operations

_ONLY_ADDED_TO = "CREATE TRIGGER audit_no_{deed} BEFORE {deed} ON audit BEGIN SELECT RAISE(ABORT, 'only added to'); END"


def upgrade(operations: "Operations") -> None:
    """Add the audit log, and the list of what was erased."""
    operations.create_table(
        "audit",
        sa.Column("no", sa.INTEGER, primary_key=True, nullable=False),
        sa.Column("link", sa.TEXT, nullable=False),
        sa.Column("line", sa.BLOB, nullable=False),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    for deed in ("update", "delete"):
        operations.execute(_ONLY_ADDED_TO.format(deed=deed))
    operations.create_table(
        "erased",
        sa.Column("space", sa.TEXT, primary_key=True, nullable=False),
        sa.Column("stream", sa.TEXT, primary_key=True, nullable=False),
        sa.Column("first", sa.INTEGER, primary_key=True, nullable=False),
        sa.Column("last", sa.INTEGER, primary_key=True, nullable=False),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
