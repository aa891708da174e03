"""Backups: a folder each, with the encrypted file, its key file and a small list of what they are; proved by opening.

    backups/000007-2026-11-23/  workspace.db  keys.json  backup.json

A backup is as encrypted as the workspace: whoever has it still needs the passphrase.
"""

import hashlib
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec

from iowscp_desktop.domain.clock import from_stored
from iowscp_desktop.errors import BackupUnusable, WorkspaceDamaged
from iowscp_desktop.store.database import Database
from iowscp_desktop.store.disk import copy_down, force, force_folder, plain_refusals, write_whole
from iowscp_desktop.store.key_file import FILE_NAME

DATABASE: Final = "workspace.db"
MANIFEST: Final = "backup.json"
_UNFINISHED: Final = ".unfinished-"


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What `backup.json` says. Ids and counts only: it is not encrypted."""

    format: Literal["iowscp-backup"] = "iowscp-backup"
    v: Literal[1] = 1
    db: str
    number: Annotated[int, msgspec.Meta(ge=1)]
    made: str
    reason: str
    """`daily`, `closing`, `asked`, `update`: why it was made."""
    entries: int
    state: str
    """A digest of where every stream ends: whether anything was written since."""
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A backup that is there."""

    folder: Path
    manifest: Manifest

    @property
    def database(self) -> Path:
        """The encrypted file in it."""
        return self.folder / DATABASE


def make_backup(database: Database, shelf: Path, *, db: str, made: str, reason: str) -> Backup:
    """Copy an open workspace into a new folder on the shelf, and prove the copy by opening it.

    Raises:
        CannotWrite: The disk does not take it. Nothing of it stays, and the backups before are as they were.
        BackupUnusable: The copy does not hold what it should.
    """
    if database.path is None:
        raise ValueError("only a file can be copied")
    with plain_refusals():
        shelf.mkdir(parents=True, exist_ok=True, mode=0o700)
    _sweep(shelf)
    number = max((each.manifest.number for each in backups(shelf)), default=0)
    number = max(number, *(_number_of(folder) for folder in shelf.iterdir()), 0) + 1
    unfinished = shelf / f"{_UNFINISHED}{number:06d}"
    try:
        with plain_refusals():
            unfinished.mkdir(mode=0o700)
        database.copy_to(unfinished / DATABASE)
        copy_down(database.path.with_name(FILE_NAME), unfinished / FILE_NAME)
        entries, state = _proved(database, unfinished / DATABASE)
        manifest = Manifest(
            db=db,
            number=number,
            made=made,
            reason=reason,
            entries=entries,
            state=state,
            size=(unfinished / DATABASE).stat().st_size,
            sha256=_digest(unfinished / DATABASE),
        )
        write_whole(unfinished / MANIFEST, msgspec.json.format(msgspec.json.encode(manifest)))
        whole = shelf / f"{number:06d}-{made[:10]}"
        with plain_refusals():
            force(unfinished / DATABASE)
            force_folder(unfinished)
            unfinished.rename(whole)
            force_folder(shelf)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    return Backup(folder=whole, manifest=manifest)


def backups(shelf: Path) -> tuple[Backup, ...]:
    """Return the backups on a shelf, newest first. What is no backup, or cannot be read, is left out."""
    found: list[Backup] = []
    for folder in sorted(shelf.glob("[0-9]*")) if shelf.is_dir() else []:
        with suppress(OSError, ValueError):  # a list that somebody edited, or that a stick did not keep
            manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
            from_stored(manifest.made)
            found.append(Backup(folder=folder, manifest=manifest))
    return tuple(sorted(found, key=lambda each: each.manifest.number, reverse=True))


def open_backup(backup: Backup, key: bytes) -> Database:
    """Look into a backup, after proving that it is what was written.

    Raises:
        BackupUnusable: It is not whole.
        WrongKey: Another key opens it.
    """
    _require_same(backup)
    database = Database.look(backup.database, key)
    if not database.is_whole():
        database.close()
        raise BackupUnusable("it is damaged")
    return database


def remove_backup(backup: Backup) -> None:
    """Take a backup away.

    Raises:
        CannotWrite: The disk does not let it go.
    """
    with plain_refusals():
        gone = backup.folder.with_name(f"{_UNFINISHED}{backup.folder.name}")
        backup.folder.rename(gone)  # first of all it is no backup any more, even if the power goes now
        shutil.rmtree(gone)


def state_of(database: Database) -> str:
    """Return a digest of where every stream ends."""
    with database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT id, last, head FROM stream WHERE last>0 ORDER BY id").all()
    return hashlib.sha256(msgspec.json.encode([tuple(row) for row in rows])).hexdigest()


def _number_of(folder: Path) -> int:
    """Return the number in a folder's name, whether or not its backup can be read; 0 for another folder."""
    first = folder.name.partition("-")[0]
    return int(first) if first.isdecimal() else 0


def _require_same(backup: Backup) -> None:
    try:
        same = _digest(backup.database) == backup.manifest.sha256
    except OSError as error:
        raise BackupUnusable("its file cannot be read") from error
    if not same:
        raise BackupUnusable("its file was changed or damaged")


def _proved(database: Database, copy: Path) -> tuple[int, str]:
    """Open a copy; return how many entries it has, and where its streams end."""
    try:
        twin = database.look_at(copy)
    except WorkspaceDamaged as error:
        raise BackupUnusable("the copy does not open") from error
    try:
        if not twin.is_whole():
            raise BackupUnusable("the copy is damaged")
        with twin.reading() as connection:
            entries = int(connection.exec_driver_sql("SELECT count(*) FROM entry").scalar_one())
        return entries, state_of(twin)
    finally:
        twin.close()


def _sweep(shelf: Path) -> None:
    """Remove what an interrupted copy or removal left."""
    for left in shelf.glob(f"{_UNFINISHED}*"):
        shutil.rmtree(left, ignore_errors=True)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
