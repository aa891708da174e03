"""Brings an older workspace file up to date: one step a format, each one transaction.

Only tables that hold the truth need a step. Projections are dropped and filled anew from the journal whenever
the program's idea of them is another than the file's. Entries are never rewritten: older events are read as
what they mean today.
"""

import hashlib
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from iowscp_desktop.store import projecting
from iowscp_desktop.store.database import Database
from iowscp_desktop.store.migrations import to_1
from iowscp_desktop.store.tables import FORMAT, VIEWS, metadata, tables_of

if TYPE_CHECKING:
    from alembic.operations import Operations

STEPS: Final[tuple[Callable[["Operations"], None], ...]] = (to_1.upgrade,)
"""What brings a file from each format to the next: the first from format 0."""

PROJECTING: Final = 1
"""Raised when the same journal amounts to other rows than before."""

_KEPT_AS = "projections"


def format_of(database: Database) -> int:
    """Return the format of a file."""
    with database.reading() as connection:
        return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def is_due(database: Database) -> bool:
    """Tell whether a file is older than this program."""
    return format_of(database) < FORMAT


def migrate(database: Database) -> None:
    """Take every step that is due. Whoever calls has copied the file.

    Raises:
        CannotWrite: The disk does not take a step; the file is as it was after the one before.
    """
    from alembic.operations import Operations  # noqa: PLC0415 - a tenth of a second, for what few openings need
    from alembic.runtime.migration import MigrationContext  # noqa: PLC0415 - as above

    for step in range(format_of(database), FORMAT):
        with database.writing() as connection:
            STEPS[step](Operations(MigrationContext.configure(connection)))
            connection.exec_driver_sql(f"PRAGMA user_version = {step + 1}")


def refresh_projections(database: Database) -> None:
    """Make the projections anew where the file's are not the ones this program keeps."""
    now = projections()
    with database.reading() as connection:
        kept = connection.exec_driver_sql("SELECT value FROM local WHERE name=?", (_KEPT_AS,)).scalar()
    if kept is not None and bytes(kept).decode() == now:
        return
    with database.writing() as connection:
        drop_projections(connection)
        metadata.create_all(connection, tables=tables_of("projection"), checkfirst=False)
        projecting.rebuild(connection)
        mark_projections(connection)


def drop_projections(connection: sa.Connection) -> None:
    """Remove every table that can be made anew, also those that only an older program knew."""
    ours = {table.name for table in tables_of("projection")}
    rows = connection.exec_driver_sql("SELECT type, name FROM sqlite_master WHERE type IN ('table', 'view')").all()
    for sort, name in rows:
        if name in ours or name.startswith("standing_"):
            connection.exec_driver_sql(f'DROP {sort} "{name}"')


def mark_projections(connection: sa.Connection) -> None:
    """Note in the file which projections it has."""
    connection.exec_driver_sql("INSERT OR REPLACE INTO local VALUES (?,?)", (_KEPT_AS, projections().encode()))


@cache
def projections() -> str:
    """Return a digest of what the program's projections are."""
    words = [f"{PROJECTING}"]
    for table in tables_of("projection"):
        words.append(table.name)
        words += [
            f"{each.name} {type(each.type).__name__} {each.nullable} {each.primary_key}" for each in table.columns
        ]
        words += sorted(f"{index.name} {[each.name for each in index.columns]}" for index in table.indexes)
    words += VIEWS.values()
    return hashlib.sha256("\n".join(words).encode()).hexdigest()
