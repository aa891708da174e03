"""The encrypted file: opened with a raw key, or refused with the reason. One writer, any number of readers."""

import os
import threading
from collections.abc import Generator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2 as sqlcipher

from iowscp_desktop.errors import (
    CannotWrite,
    DiskFull,
    DiskRefused,
    InUse,
    NewerWorkspace,
    NotEncrypted,
    NoWorkspace,
    ReadOnly,
    StoreError,
    StorePartTooOld,
    WorkspaceDamaged,
    WorkspaceExists,
    WrongKey,
)
from iowscp_desktop.store.tables import FORMAT, metadata

KEY_BYTES = 32

_OLDEST_SQLITE = (3, 53, 2)
_PLAIN_HEADER = b"SQLite format 3\0"
_PATIENCE = 15  # seconds that a statement waits for another process to let go of the file
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "temp_store=MEMORY",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "recursive_triggers=ON",
    "cache_size=-16000",
)
"""What every connection that may write is set to."""
_TO_LOOK = ("query_only=ON", "temp_store=MEMORY", "trusted_schema=OFF", "cell_size_check=ON")


class Turns:
    """A lock that is given out in turn: whoever writes much, piece by piece, lets in who has been waiting.

    Who holds it may take it again.
    """

    def __init__(self) -> None:
        self._door, self._lock = threading.Lock(), threading.RLock()
        self._holder: int | None = None
        self._times = 0

    def __enter__(self) -> None:
        if self._holder == threading.get_ident():
            self._lock.acquire()
        else:
            with self._door:  # one waits at the lock, the others at the door: who comes back stands behind them
                self._lock.acquire()
        self._holder, self._times = threading.get_ident(), self._times + 1

    def __exit__(self, *_error: object) -> None:
        self._times -= 1
        if self._times == 0:
            self._holder = None
        self._lock.release()


class Database:
    """One open workspace file. Every connection is keyed before its first statement."""

    def __init__(self, path: Path | None, key: bytes, *, only_look: bool = False) -> None:
        self.path = path
        self._key = key
        self._engine = _engine(path, key, only_look=only_look)
        self._lock = Turns()

    @classmethod
    def create(cls, path: Path | None, key: bytes) -> "Database":
        """Make a new file with empty tables; None keeps it in memory, for tests.

        Raises:
            WorkspaceExists: There is a file already; it is left alone.
        """
        if path is not None:
            make_empty(path)
        database = cls(path, key)
        with database.writing() as connection:
            metadata.create_all(connection)
            connection.exec_driver_sql(f"PRAGMA user_version = {FORMAT}")
        return database

    @classmethod
    def open(cls, path: Path, key: bytes) -> "Database":
        """Open a file that is there. An older one opens as it is: `migrations` brings it up to date.

        Raises:
            NoWorkspace, NotEncrypted, WrongKey, WorkspaceDamaged, NewerWorkspace: Named for what is wrong.
            CannotWrite: The disk is full, or may only be read: not even reading is possible then.
        """
        return cls._opened(path, key, only_look=False)

    @classmethod
    def look(cls, path: Path, key: bytes) -> "Database":
        """Open a file that nobody has open, such as a backup, without changing a byte of it or beside it.

        Raises:
            StoreError: As `open`.
        """
        return cls._opened(path, key, only_look=True)

    def look_at(self, path: Path) -> "Database":
        """Look at another file that has the same key."""
        return self.look(path, self._key)

    @classmethod
    def _opened(cls, path: Path, key: bytes, *, only_look: bool) -> "Database":
        require_encrypted(path)
        database = cls(path, key, only_look=only_look)
        try:
            with database.reading() as connection:
                newer = connection.exec_driver_sql("PRAGMA user_version").scalar_one() > FORMAT
                made = connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name='local'").first()
            if newer or made is None:
                raise NewerWorkspace if newer else WorkspaceDamaged  # an empty file opens with any key
        except StoreError:
            database.close()
            raise
        return database

    def close(self) -> None:
        """Close every connection; the write-ahead log is folded into the file."""
        self._engine.dispose()

    def rewrite(self) -> bool:
        """Write the file anew without anything that was deleted, and empty the write-ahead log.

        It needs as much room again as the file has, and that nobody reads meanwhile.

        Returns:
            False when it could not be done now; nothing is lost by that, and it can be done later.
        """
        with self._lock:
            connection = self._engine.raw_connection()
            try:
                cursor = connection.cursor()
                cursor.execute("VACUUM")
                cursor.execute("PRAGMA busy_timeout = 500")  # whoever reads longer than that is not waited for
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                ((is_busy, *_),) = cursor.fetchall()
                cursor.execute(f"PRAGMA busy_timeout = {_PATIENCE * 1000}")
                cursor.close()
            except sqlcipher.DatabaseError:  # pyright: ignore[reportAttributeAccessIssue] - untyped C module
                return False
            finally:
                connection.close()
        return not is_busy

    @contextmanager
    def reading(self) -> Generator[sa.Connection]:
        """A view of the file that does not change while it is used."""
        with self._plain_errors(), self._engine.connect().execution_options(reading=True) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Generator[sa.Connection]:
        """One transaction: all of it is on the disk when this ends, or none of it."""
        with self._lock, self._plain_errors(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def alone(self) -> Generator[Any]:
        """The driver's own connection, outside any transaction, while nobody writes: for what needs the whole file."""
        with self._lock, self._plain_errors():
            pooled = self._engine.raw_connection()
            try:
                yield pooled.driver_connection
            finally:
                pooled.close()

    def fold(self) -> None:
        """Fold the write-ahead log into the file, as far as readers allow."""
        with self.alone() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def copy_to(self, path: Path) -> None:
        """Write a copy that is whole in itself, under the same key and without freed pages; nobody has to wait.

        Raises:
            CannotWrite: The disk does not take it; what was written of it is left to the caller.
        """
        with self._plain_errors():
            pooled = self._engine.raw_connection()
            try:
                pooled.cursor().execute("VACUUM INTO ?", (str(path),))
            finally:
                pooled.close()

    def is_whole(self) -> bool:
        """Tell whether every page is what was written: the seal of each page, and how the pages hang together.

        The log is folded in first: until then the pages of a file that was just encrypted anew look forged.
        """
        try:
            with self.alone() as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
                in_file = self.path is not None  # pages in memory have no seals
                forged = connection.execute("PRAGMA cipher_integrity_check").fetchall() if in_file else []
                (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        except WorkspaceDamaged:
            return False
        return not forged and found == "ok"

    def rekey(self, key: bytes) -> None:
        """Encrypt the whole file anew. Killed at any moment, it opens with exactly one of the two keys.

        Raises:
            StoreError: The disk does not take it. Only opening the file tells which of the two keys it has.
        """
        if self.path is None or len(key) != KEY_BYTES:
            raise ValueError("a file, and a key of 32 bytes")
        with self._lock, self._plain_errors():
            self.fold()
            pooled = self._engine.raw_connection()
            try:
                pooled.cursor().execute(f"PRAGMA rekey = \"x'{key.hex()}'\"").fetchall()
            finally:
                pooled.invalidate()  # whichever key it has now, it is not to be relied on
                pooled.close()
            renewed = _engine(self.path, key)
            try:
                renewed.connect().close()
            except WrongKey as error:  # a full disk stops it without a word
                renewed.dispose()
                raise DiskRefused from error
            before, self._engine, self._key = self._engine, renewed, key
            before.dispose()
            with suppress(StoreError):  # it is done: what the log keeps is folded in at the latest at closing
                self.fold()

    @contextmanager
    def _plain_errors(self) -> Generator[None]:
        """Name what the driver says; a connection that has met a damaged page calls itself read-only afterwards."""
        try:
            with _plain_errors():
                yield
        except ReadOnly as error:
            if self.path is not None and os.access(self.path, os.W_OK) and not self._looks_whole(self.path):
                raise WorkspaceDamaged from error
            raise

    def _looks_whole(self, path: Path) -> bool:
        fresh = Database(path, self._key)
        try:
            return fresh.is_whole()
        except WrongKey:
            return False
        except StoreError:  # then it is the disk indeed
            return True
        finally:
            fresh.close()


def cursor_of(connection: sa.Connection) -> Any:  # noqa: ANN401 - the driver's cursor
    """Return the driver's own cursor, inside a transaction that has begun: small statements cost a tenth by it."""
    return connection.connection.cursor()


@contextmanager
def in_part(connection: sa.Connection) -> Generator[None]:
    """A part of a transaction that stands or falls by itself."""
    run = cursor_of(connection).execute
    run("SAVEPOINT part")
    try:
        yield
    except BaseException:
        with suppress(sqlcipher.DatabaseError):  # pyright: ignore[reportAttributeAccessIssue] - untyped C module
            run("ROLLBACK TO part")  # unless the disk gave up, and all of it is rolled back already
            run("RELEASE part")
        raise
    run("RELEASE part")


def require_encrypted(path: Path) -> None:
    """Look at the first bytes of a file.

    Raises:
        NoWorkspace: There is none, or it may not be read.
        NotEncrypted: It is a plain SQLite file.
    """
    try:
        with path.open("rb") as file:
            first = file.read(len(_PLAIN_HEADER))
    except OSError as error:
        raise NoWorkspace from error
    if first == _PLAIN_HEADER:
        raise NotEncrypted


def make_empty(path: Path) -> None:
    """Make an empty file that only this user may read.

    Raises:
        WorkspaceExists: There is one already.
        CannotWrite: The disk does not take it.
    """
    if path.exists():
        raise WorkspaceExists
    try:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR | os.O_EXCL, 0o600))
    except OSError as error:
        raise CannotWrite from error


def connect(place: str, *, uri: bool = False) -> Any:  # noqa: ANN401 - an untyped driver's connection
    """Return the driver's own connection, not yet keyed."""
    return sqlcipher.connect(place, uri=uri, check_same_thread=False)  # pyright: ignore[reportAttributeAccessIssue] - untyped C module


def _engine(path: Path | None, key: bytes, *, only_look: bool = False) -> sa.Engine:
    if len(key) != KEY_BYTES:
        raise ValueError("a workspace key is 32 bytes")
    arguments: dict[str, Any] = {
        "module": sqlcipher,
        "hide_parameters": True,  # an error must not carry what people wrote
        "connect_args": {"timeout": _PATIENCE, "check_same_thread": False},
    }
    if path is None:
        arguments["poolclass"] = sa.StaticPool
    else:
        arguments |= {"poolclass": sa.QueuePool, "pool_size": 4, "max_overflow": 2, "pool_use_lifo": True}
    if path is not None and only_look:  # nobody writes to it, so there is no log beside it to look for either
        place = f"{path.absolute().as_uri()}?immutable=1"
        arguments["creator"] = partial(connect, place, uri=True)
    engine = sa.create_engine(sa.URL.create("sqlite", database=str(path) if path else ":memory:"), **arguments)

    @event.listens_for(engine, "connect", insert=True)
    def _connect(connection: Any, _record: object) -> None:  # noqa: ANN401 - an untyped driver's connection
        _prepare(connection, key, _TO_LOOK if only_look else PRAGMAS)

    @event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        reading = connection.get_execution_options().get("reading", False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


def _prepare(connection: Any, key: bytes, pragmas: tuple[str, ...]) -> None:  # noqa: ANN401 - the driver's connection
    connection.isolation_level = None  # BEGIN is ours, so that tables too roll back
    cursor = connection.cursor()
    try:
        cursor.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        require_cipher(cursor.execute("PRAGMA cipher_version").fetchone(), sqlcipher.sqlite_version_info)
        cursor.execute("PRAGMA cipher_log_level = NONE")
        cursor.execute("SELECT count(*) FROM sqlite_master").fetchone()
        for pragma in pragmas:
            cursor.execute("PRAGMA " + pragma).fetchall()
    except sqlcipher.DatabaseError as error:  # pyright: ignore[reportAttributeAccessIssue] - untyped C module
        cursor.close()
        connection.close()
        raise (WrongKey() if "not a database" in str(error) else _named(str(error)) or WorkspaceDamaged()) from None
    except BaseException:
        cursor.close()  # the cursor first: closed after its connection it hides the error
        connection.close()
        raise
    cursor.close()


def require_cipher(cipher: tuple[str] | None, sqlite: tuple[int, ...]) -> None:
    """Go on only with SQLCipher 4 on a SQLite without the known faults.

    The standard library's driver ignores the key and writes plain text.

    Raises:
        StorePartTooOld: The driver is another one.
    """
    if not cipher or not cipher[0].startswith("4.") or sqlite < _OLDEST_SQLITE:
        raise StorePartTooOld


@contextmanager
def _plain_errors() -> Generator[None]:
    try:
        yield
    except DBAPIError as error:
        raise _named(str(error.orig)) or error from error
    except sqlcipher.DatabaseError as error:  # pyright: ignore[reportAttributeAccessIssue] - untyped C module
        raise _named(str(error)) or error from error


_SIGNS: tuple[tuple[str, type[StoreError]], ...] = (
    ("disk is full", DiskFull),
    ("readonly", ReadOnly),
    ("locked", InUse),
    ("disk I/O", DiskRefused),
    ("unable to open", DiskRefused),
    ("malformed", WorkspaceDamaged),
    ("not a database", WorkspaceDamaged),
)


def _named(words: str) -> StoreError | None:
    """Return what the driver's words mean to a person; None for a mistake of ours."""
    return next((kind() for sign, kind in _SIGNS if sign in words), None)
