"""The encrypted file opens with its key or says by name why not; it can be encrypted anew, and read elsewhere."""

import hashlib
import sqlite3
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest
from sqlalchemy.exc import DBAPIError

from iowscp_desktop.errors import (
    InUse,
    NewerWorkspace,
    NotEncrypted,
    NoWorkspace,
    StorePartTooOld,
    WorkspaceDamaged,
    WorkspaceExists,
    WrongKey,
)
from iowscp_desktop.store import Database, Local, Store
from iowscp_desktop.store.database import Turns, require_cipher

KEY, OTHER = bytes(range(32)), bytes(32)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "workspace.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    made = Store.create(path, KEY)
    made.local.keep(word=b"a word that is kept")
    yield made
    made.close()


def test_a_wrong_key_is_told(path: Path, store: Store) -> None:
    store.close()

    with pytest.raises(WrongKey):
        Store.open(path, OTHER)


def test_a_plain_file_is_told_and_not_touched(path: Path) -> None:
    plain = sqlite3.connect(path)
    plain.execute("CREATE TABLE local (name, value)")
    plain.commit()
    plain.close()
    before = path.read_bytes()

    with pytest.raises(NotEncrypted):
        Store.open(path, KEY)

    assert path.read_bytes() == before


def test_a_missing_file_is_told_and_not_made(path: Path) -> None:
    with pytest.raises(NoWorkspace):
        Store.open(path, KEY)

    assert list(path.parent.iterdir()) == []


def test_an_empty_file_is_damaged_and_no_workspace(path: Path) -> None:
    path.touch()

    with pytest.raises(WorkspaceDamaged):
        Database.open(path, KEY)


def test_a_damaged_page_is_told(path: Path, store: Store) -> None:
    store.close()
    content = bytearray(path.read_bytes())
    for at in range(4096, len(content), 4096):
        content[at + 100] ^= 1
    path.write_bytes(content)

    with pytest.raises(WorkspaceDamaged):
        Store.open(path, KEY)


def test_a_newer_file_is_told(path: Path, store: Store) -> None:
    with store.database.writing() as connection:
        connection.exec_driver_sql("PRAGMA user_version = 99")
    store.close()

    with pytest.raises(NewerWorkspace):
        Store.open(path, KEY)


def test_a_file_that_is_there_is_never_written_over(path: Path, store: Store) -> None:
    with pytest.raises(WorkspaceExists):
        Database.create(path, OTHER)

    assert store.local.value("word") == b"a word that is kept"


@pytest.mark.parametrize(
    ("cipher", "sqlite"),
    [(None, (3, 54, 0)), (("",), (3, 54, 0)), (("3.4.2",), (3, 54, 0)), (("4.19.0",), (3, 53, 1))],
)
def test_another_database_part_is_refused(cipher: tuple[str] | None, sqlite: tuple[int, ...]) -> None:
    with pytest.raises(StorePartTooOld):
        require_cipher(cipher, sqlite)


def test_the_database_part_that_is_here_is_good_enough() -> None:
    require_cipher(("4.19.0 community",), (3, 53, 2))


def test_a_file_encrypted_anew_opens_with_the_new_key_alone(path: Path, store: Store) -> None:
    store.database.rekey(OTHER)
    while_open = store.local.value("word")
    store.close()

    with pytest.raises(WrongKey):
        Store.open(path, KEY)
    again = Store.open(path, OTHER)
    kept = again.local.value("word")
    again.close()
    assert (while_open, kept) == (b"a word that is kept",) * 2


def test_looking_over_sees_a_flipped_bit_and_only_that(path: Path, store: Store) -> None:
    store.local.keep(wide=bytes(20000))  # so that the last page is none of those which opening reads
    whole = store.database.is_whole()
    store.close()
    content = bytearray(path.read_bytes())
    content[-1000] ^= 4
    path.write_bytes(content)

    looked = Database.look(path, KEY)
    damaged = looked.is_whole()
    looked.close()
    assert (whole, damaged) == (True, False)


def test_a_connection_that_met_a_damaged_page_says_damaged_and_not_read_only(path: Path, store: Store) -> None:
    store.local.keep(wide=bytes(20000))
    store.close()
    content = bytearray(path.read_bytes())
    for at in range(len(content) - 3 * 4096, len(content), 4096):  # of what was kept last
        content[at + 99] ^= 4
    path.write_bytes(content)

    database = Database.open(path, KEY)
    with pytest.raises(WorkspaceDamaged), database.reading() as connection:
        connection.exec_driver_sql("SELECT sum(length(hex(value))) FROM local").all()
    with pytest.raises(WorkspaceDamaged):
        Local(database).keep(word=b"another")
    database.close()


def test_looking_changes_nothing_on_the_disk(path: Path, store: Store) -> None:
    store.close()
    before = {each.name: hashlib.sha256(each.read_bytes()).hexdigest() for each in path.parent.iterdir()}

    looked = Database.look(path, KEY)
    with looked.reading() as connection:
        word = connection.exec_driver_sql("SELECT value FROM local WHERE name='word'").scalar_one()
    looked.close()

    assert bytes(word) == b"a word that is kept"
    assert {each.name: hashlib.sha256(each.read_bytes()).hexdigest() for each in path.parent.iterdir()} == before


def test_one_who_is_kept_out_by_another_programs_lock_is_told(path: Path, store: Store) -> None:
    store.database.fold()
    other = Database.open(path, KEY)
    with store.database.alone() as ours, other.alone() as theirs:
        theirs.execute("PRAGMA busy_timeout = 1")
        ours.execute("BEGIN IMMEDIATE")
        with pytest.raises(InUse), other.alone():
            theirs.execute("BEGIN IMMEDIATE")
        ours.execute("ROLLBACK")
    other.close()


def test_who_writes_piece_by_piece_lets_in_who_waits() -> None:
    turns, waiting, order = Turns(), threading.Event(), []

    def other() -> None:
        waiting.set()
        with turns:
            order.append("the other")

    thread = threading.Thread(target=other)
    with turns, turns:
        thread.start()
        waiting.wait()
        while not turns._door.locked():  # it stands at the lock
            continue
    with turns:
        order.append("the first again")
    thread.join()

    assert order == ["the other", "the first again"]


def test_the_same_file_opens_with_another_library(path: Path, store: Store) -> None:
    store.close()

    other = apsw.Connection(str(path))
    other.pragma("cipher", "sqlcipher")
    other.pragma("legacy", 4)
    other.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
    words = other.execute("SELECT value FROM local WHERE name='word'").fetchall()
    integrity = other.pragma("integrity_check")
    other.close()

    assert words == [(b"a word that is kept",)]
    assert integrity == "ok"


def test_the_other_library_needs_the_key_too(path: Path, store: Store) -> None:
    store.close()

    other = apsw.Connection(str(path))
    other.pragma("cipher", "sqlcipher")
    other.pragma("legacy", 4)
    other.execute(f"PRAGMA key = \"x'{OTHER.hex()}'\"")
    with pytest.raises(apsw.NotADBError):
        other.execute("SELECT value FROM local").fetchone()
    other.close()


def test_an_error_carries_nothing_of_what_was_to_be_written(store: Store) -> None:
    words = b"a school" + b"s secret"  # the traceback quotes this very file
    with pytest.raises(DBAPIError) as caught, store.database.writing() as connection:
        connection.exec_driver_sql("INSERT INTO local VALUES (?,?,?)", ("word", words, 1))

    told = "".join(traceback.format_exception(caught.value))
    assert "INSERT INTO local" in told
    assert "schools secret" not in told
