"""The only writer: one encrypted file with a journal, blobs, this computer's own values, and projections."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

from iowscp_desktop.domain.ids import DeviceId
from iowscp_desktop.errors import WorkspaceDamaged
from iowscp_desktop.store import migrations
from iowscp_desktop.store.aside import FORKED, STRAYED, Aside, aside, aside_count, judge_again, numbers_aside, release
from iowscp_desktop.store.audit_log import AuditLog
from iowscp_desktop.store.blobs import Blobs
from iowscp_desktop.store.database import Database, require_encrypted
from iowscp_desktop.store.erasing import Buried, bury, is_erased, tombstones, without_erased
from iowscp_desktop.store.instance import Hold
from iowscp_desktop.store.journal import Held, Journal, Writer
from iowscp_desktop.store.local import BundleLine, Local
from iowscp_desktop.store.stories import Named, Parting, nobody_named
from iowscp_desktop.store.taking import CheckedRange, Taken, check_range, seal_signatures, take
from iowscp_desktop.store.verify import TABLES_DIFFER, Verified, rebuild, verify

__all__ = [
    "FORKED",
    "STRAYED",
    "Aside",
    "AuditLog",
    "Blobs",
    "BundleLine",
    "Buried",
    "CheckedRange",
    "Database",
    "Held",
    "Journal",
    "Local",
    "Named",
    "Parting",
    "Store",
    "Taken",
    "Verified",
    "Writer",
    "aside",
    "aside_count",
    "bury",
    "check_range",
    "is_erased",
    "judge_again",
    "nobody_named",
    "numbers_aside",
    "rebuild",
    "release",
    "seal_signatures",
    "take",
    "tombstones",
    "verify",
    "without_erased",
]


class Store:
    """One open workspace file, by its four kinds of tables."""

    def __init__(self, database: Database, hold: Hold | None = None, *, had_log: bool = False) -> None:
        self.database = database
        self.had_log = had_log
        """Its write-ahead log lay beside it when it was opened: it had not been closed in order."""
        self._hold = hold
        self.journal = Journal(database)
        self.blobs = Blobs(database)
        self.local = Local(database)
        self.audit = AuditLog(database)

    @classmethod
    def create(cls, path: Path | None, key: bytes) -> "Store":
        """Make a new, empty file; None keeps it in memory."""
        hold = None if path is None else Hold(path)
        with _or_release(hold):
            database = Database.create(path, key)
            with database.writing() as connection:
                migrations.mark_projections(connection)
        return cls(database, hold)

    @classmethod
    def open(cls, path: Path, key: bytes, *, before_update: Callable[[Database], object] | None = None) -> "Store":
        """Open a file that is there: looked over if it was not closed in order, and brought up to date if it is older.

        Args:
            before_update: Keeps a copy of an older file before anything in it is changed.

        Raises:
            InUse: Another program has it.
            StoreError: As `Database.open` and `migrations.migrate`.
        """
        require_encrypted(path)
        hold = Hold(path)
        with _or_release(hold):
            log = path.with_name(path.name + "-wal")
            had_log = log.exists()
            was_left = had_log and log.stat().st_size > 0
            database = Database.open(path, key)
            try:
                _make_ready(database, before_update, was_left=was_left)
            except BaseException:
                database.close()
                raise
        return cls(database, hold, had_log=had_log)

    def close(self) -> None:
        """Close the file. The keys in memory go with the object."""
        self.journal.close_field()
        self.database.close()
        if self._hold is not None:
            self._hold.release()


def _make_ready(database: Database, before_update: Callable[[Database], object] | None, *, was_left: bool) -> None:
    if was_left and not database.is_whole():
        raise WorkspaceDamaged
    if migrations.is_due(database):
        if before_update is not None:
            before_update(database)
        migrations.migrate(database)
    migrations.refresh_projections(database)
    if was_left:
        _look_over(database)


def _look_over(database: Database) -> None:
    """See that a log which was left is this file's: one of another time fits in every page and in no chain."""
    wrongs = set(verify(database, _without_signatures).wrongs)
    if wrongs == {TABLES_DIFFER}:
        rebuild(database)
    elif wrongs:
        raise WorkspaceDamaged


@contextmanager
def _or_release(hold: Hold | None) -> Generator[None]:
    try:
        yield
    except BaseException:
        if hold is not None:
            hold.release()
        raise


def _without_signatures(_device: DeviceId, _message: bytes, _signature: str) -> bool:
    return True
