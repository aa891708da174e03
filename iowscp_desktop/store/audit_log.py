"""The audit log in the encrypted file: a line for each deed, added at the end, never changed. Never travels."""

from collections.abc import Mapping

import sqlalchemy as sa

from iowscp_desktop.domain.audit_log import BEGINNING, AuditLine, AuditLink, broken_at, line_bytes, link_of, read_line
from iowscp_desktop.store.database import Database, cursor_of


class AuditLog:
    """What happened in this workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def append_in(
        self, connection: sa.Connection, deed: str, *, at: str, who: str = "", ids: Mapping[str, str] | None = None
    ) -> AuditLine:
        """Add a line inside a transaction that may write more."""
        no, before = _end(connection)
        line = AuditLine(no=no + 1, at=at, deed=deed, who=who, ids=ids or {})
        stored = line_bytes(line)
        cursor_of(connection).execute("INSERT INTO audit VALUES (?,?,?)", (line.no, link_of(before, stored), stored))
        return line

    def lines(self) -> tuple[AuditLine, ...]:
        """Return every line, oldest first; one that cannot be read shows as what it is: damaged."""
        with self._database.reading() as connection:
            rows = connection.exec_driver_sql("SELECT no, line FROM audit ORDER BY no").all()
        return tuple(_read(no, bytes(stored)) for no, stored in rows)

    def newest_in(self, connection: sa.Connection) -> tuple[AuditLine, AuditLink] | None:
        """Return the newest line and its link; None while there is none."""
        row = connection.exec_driver_sql("SELECT no, line, link FROM audit ORDER BY no DESC LIMIT 1").first()
        return None if row is None else (_read(row[0], bytes(row[1])), AuditLink(row[2]))

    def end(self) -> tuple[int, AuditLink]:
        """Return the number and the link of the newest line: whoever keeps them elsewhere notices a cut-off log."""
        with self._database.reading() as connection:
            return _end(connection)


def check_audit_log(connection: sa.Connection, wrongs: list[str]) -> int:
    """Walk the chain of the audit log, name what does not hold, and return how many lines there are."""
    rows = connection.exec_driver_sql("SELECT line, link FROM audit ORDER BY no").all()
    broken = broken_at((bytes(stored), AuditLink(link)) for stored, link in rows)
    if broken is not None:
        wrongs.append(f"the record of what happened in this workspace was changed at line {broken}")
    return len(rows)


def _end(connection: sa.Connection) -> tuple[int, AuditLink]:
    row = cursor_of(connection).execute("SELECT no, link FROM audit ORDER BY no DESC LIMIT 1").fetchone()
    return (0, BEGINNING) if row is None else (row[0], AuditLink(row[1]))


def _read(no: int, stored: bytes) -> AuditLine:
    try:
        return read_line(stored)
    except ValueError:
        return AuditLine(no=no, at="", deed="damaged")
