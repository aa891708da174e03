"""The only writer: one encrypted file with a journal, blobs, this computer's own values, and projections."""

from pathlib import Path

from iowscp_desktop.store.audit_log import AuditLog
from iowscp_desktop.store.blobs import Blobs
from iowscp_desktop.store.database import Database
from iowscp_desktop.store.erasing import Buried, bury, is_erased, tombstones, without_erased
from iowscp_desktop.store.journal import Held, Journal, Writer
from iowscp_desktop.store.local import BundleLine, Local
from iowscp_desktop.store.taking import Taken, seal_signatures
from iowscp_desktop.store.verify import Verified, rebuild, verify

__all__ = [
    "AuditLog",
    "Blobs",
    "BundleLine",
    "Buried",
    "Database",
    "Held",
    "Journal",
    "Local",
    "Store",
    "Taken",
    "Verified",
    "Writer",
    "bury",
    "is_erased",
    "rebuild",
    "seal_signatures",
    "tombstones",
    "verify",
    "without_erased",
]


class Store:
    """One open workspace file, by its four kinds of tables."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.journal = Journal(database)
        self.blobs = Blobs(database)
        self.local = Local(database)
        self.audit = AuditLog(database)

    @classmethod
    def create(cls, path: Path | None, key: bytes) -> "Store":
        """Make a new, empty file; None keeps it in memory."""
        return cls(Database.create(path, key))

    @classmethod
    def open(cls, path: Path, key: bytes) -> "Store":
        """Open a file that is there."""
        return cls(Database.open(path, key))

    def close(self) -> None:
        """Close the file. The keys in memory go with the object."""
        self.journal.close_field()
        self.database.close()
