"""What is looked at once more in the very transaction that writes: a file may be taken in at any moment before."""

import sqlalchemy as sa

from iowscp_desktop.domain.ids import SpaceId
from iowscp_desktop.errors import ResponseLocked


def require_open(connection: sa.Connection, space: SpaceId) -> None:
    """Make sure that a response may still be changed.

    Raises:
        ResponseLocked: It is finalised.
    """
    finalised = "SELECT 1 FROM standing_response_finalised WHERE in_space=?"
    if connection.exec_driver_sql(finalised, (space,)).first() is not None:
        raise ResponseLocked


def entries_in(connection: sa.Connection, space: SpaceId) -> int:
    """Count the entries of a space: as long as it is the same, nothing was written and nothing arrived."""
    query = "SELECT count(*) FROM entry e JOIN space s ON s.no=e.space WHERE s.id=?"
    return int(connection.exec_driver_sql(query, (space,)).scalar_one())
