"""The encrypted file: opened with a raw key, or refused with the reason. One writer, any number of readers."""

import os
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import DatabaseError as SqlError
from sqlcipher3 import dbapi2 as sqlcipher

from iowscp_desktop.errors import (
    CannotWrite,
    NewerWorkspace,
    NotEncrypted,
    NoWorkspace,
    StoreError,
    WorkspaceDamaged,
    WorkspaceExists,
    WrongKey,
)
from iowscp_desktop.store.tables import metadata

KEY_BYTES = 32
FORMAT = 0
"""What `PRAGMA user_version` holds; raised when the journal's tables change."""

_OLDEST_SQLITE = (3, 53, 2)
_PLAIN_HEADER = b"SQLite format 3\0"
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "temp_store=MEMORY",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "recursive_triggers=ON",
    "cache_size=-16000",
)


class Database:
    """One open workspace file. Every connection is keyed before its first statement."""

    def __init__(self, engine: sa.Engine, path: Path | None) -> None:
        self.path = path
        self._engine = engine
        self._lock = threading.RLock()

    @classmethod
    def create(cls, path: Path | None, key: bytes) -> "Database":
        """Make a new file with empty tables; None keeps it in memory, for tests.

        Raises:
            WorkspaceExists: There is a file already; it is left alone.
        """
        if path is not None:
            if path.exists():
                raise WorkspaceExists
            try:
                os.close(os.open(path, os.O_CREAT | os.O_RDWR | os.O_EXCL, 0o600))
            except OSError as error:
                raise CannotWrite from error
        database = cls(_engine(path, key), path)
        with database.writing() as connection:
            metadata.create_all(connection)
            connection.exec_driver_sql(f"PRAGMA user_version = {FORMAT}")
        return database

    @classmethod
    def open(cls, path: Path, key: bytes) -> "Database":
        """Open a file that is there.

        Raises:
            NoWorkspace, NotEncrypted, WrongKey, WorkspaceDamaged, NewerWorkspace: Named for what is wrong.
        """
        try:
            with path.open("rb") as file:
                first = file.read(len(_PLAIN_HEADER))
        except OSError as error:
            raise NoWorkspace from error
        if first == _PLAIN_HEADER:
            raise NotEncrypted
        database = cls(_engine(path, key), path)
        with database.reading() as connection:
            newer = connection.exec_driver_sql("PRAGMA user_version").scalar_one() > FORMAT
            made = connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name='local'").first()
        if newer or made is None:
            database.close()
            raise NewerWorkspace if newer else WorkspaceDamaged  # an empty file opens with any key
        return database

    def close(self) -> None:
        """Close every connection; the write-ahead log is folded into the file."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Generator[sa.Connection]:
        """A view of the file that does not change while it is used."""
        with _plain_errors(), self._engine.connect().execution_options(reading=True) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Generator[sa.Connection]:
        """One transaction: all of it is on the disk when this ends, or none of it."""
        with self._lock, _plain_errors(), self._engine.begin() as connection:
            yield connection


def _engine(path: Path | None, key: bytes) -> sa.Engine:
    if len(key) != KEY_BYTES:
        raise ValueError("a workspace key is 32 bytes")
    arguments: dict[str, Any] = {"module": sqlcipher, "connect_args": {"timeout": 15, "check_same_thread": False}}
    if path is None:
        arguments["poolclass"] = sa.StaticPool
    else:
        arguments |= {"poolclass": sa.QueuePool, "pool_size": 4, "max_overflow": 2}
    engine = sa.create_engine(sa.URL.create("sqlite", database=str(path) if path else ":memory:"), **arguments)

    @event.listens_for(engine, "connect", insert=True)
    def _connect(connection: Any, _record: object) -> None:  # noqa: ANN401 - an untyped driver's connection
        _prepare(connection, key)

    @event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        reading = connection.get_execution_options().get("reading", False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


def _prepare(connection: Any, key: bytes) -> None:  # noqa: ANN401 - an untyped driver's connection
    connection.isolation_level = None  # BEGIN is ours, so that tables too roll back
    cursor = connection.cursor()
    try:
        cursor.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        version = cursor.execute("PRAGMA cipher_version").fetchone()
        _require_cipher(version)
        cursor.execute("PRAGMA cipher_log_level = NONE")
        try:
            cursor.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlcipher.DatabaseError as error:  # pyright: ignore[reportAttributeAccessIssue] - untyped C module
            kind = WrongKey if "not a database" in str(error) else WorkspaceDamaged
            raise kind from None
        for pragma in _PRAGMAS:
            cursor.execute("PRAGMA " + pragma).fetchall()
    except BaseException:
        cursor.close()  # the cursor first: closed after its connection it hides the error
        connection.close()
        raise
    cursor.close()


def _require_cipher(version: tuple[str] | None) -> None:
    """The standard library's driver ignores the key and writes plain text: never go on without the cipher."""
    if not version or not version[0].startswith("4.") or sqlcipher.sqlite_version_info < _OLDEST_SQLITE:
        raise NotEncrypted


@contextmanager
def _plain_errors() -> Generator[None]:
    try:
        yield
    except SqlError as error:
        raise _translated(error) from error


def _translated(error: SqlError) -> StoreError | SqlError:
    words = str(error.orig)
    if any(sign in words for sign in ("disk is full", "readonly", "disk I/O", "unable to open", "locked")):
        return CannotWrite()
    if "malformed" in words or "not a database" in words:
        return WorkspaceDamaged()
    return error
