"""Backups of a workspace: made by themselves, kept by age and count, also in a folder that somebody chose."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final

from iowscp_desktop.app.audit_log import AuditDeed, record
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.backups import Kept, is_due, superfluous
from iowscp_desktop.domain.clock import LOCAL_ZONE, from_stored
from iowscp_desktop.errors import AppError, CannotWrite
from iowscp_desktop.store import Database
from iowscp_desktop.store.backup import Backup, backups, make_backup, remove_backup, state_of
from iowscp_desktop.store.key_file import read_key_file

__all__ = [
    "Backup",
    "Reason",
    "Shelves",
    "back_up",
    "back_up_at_closing",
    "back_up_daily",
    "choose_folder",
    "chosen_folder",
    "forget_backup",
    "keep_before_update",
    "shelf_of",
    "shelves",
    "shelves_of",
]

SHELF: Final = "backups"
"""The folder in the workspace's own folder: it helps against damage, not against a lost laptop."""

SOON_DONE: Final = 64 * 1024 * 1024
"""Bytes: a workspace up to this size is backed up at each closing, a larger one once a day."""

_FOLDER: Final = "backup_folder"


class Reason(StrEnum):
    """Why a backup was made. A value is kept for ever: it is in people's backups."""

    DAILY = "daily"
    CLOSING = "closing"
    ASKED = "asked"
    UPDATE = "update"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelves:
    """The backups that are there."""

    here: tuple[Backup, ...]
    elsewhere: tuple[Backup, ...]
    """In the folder that was chosen; none while it cannot be reached."""
    chosen: Path | None


def shelves(ws: Workspace) -> Shelves:
    """Return every backup of a workspace, newest first."""
    chosen = chosen_folder(ws)
    elsewhere = () if chosen is None else backups(_shelf_in(chosen, _db_of(_path(ws))))
    return Shelves(here=backups(shelf_of(_path(ws).parent)), elsewhere=elsewhere, chosen=chosen)


def shelves_of(folder: Path) -> Shelves:
    """Return the backups of a workspace that does not open: those beside it."""
    return Shelves(here=backups(shelf_of(folder)), elsewhere=(), chosen=None)


def shelf_of(folder: Path) -> Path:
    """Return where a workspace's own backups lie."""
    return folder / SHELF


def chosen_folder(ws: Workspace) -> Path | None:
    """Return the folder that takes a second copy of each backup, such as one on a stick or a shared drive."""
    value = ws.store.local.value(_FOLDER)
    return None if value is None else Path(value.decode())


def choose_folder(ws: Workspace, folder: Path | None) -> None:
    """Keep a second copy of each backup in a folder from now on; None keeps none there any more."""
    if folder is None:
        ws.store.local.forget(_FOLDER)
    else:
        ws.store.local.keep(**{_FOLDER: str(folder).encode()})


def back_up(ws: Workspace, reason: Reason = Reason.ASKED) -> tuple[Backup, ...]:
    """Make a backup, also in the folder that was chosen; let go of those that are superfluous.

    Raises:
        CannotWrite: The workspace's own folder does not take it; or, after that one was made, the chosen folder.
        BackupUnusable: The copy did not hold what it should.
    """
    path, at = _path(ws), ws.now()
    db = _db_of(path)
    ws.store.blobs.sweep()
    made = [make_backup(ws.store.database, shelf_of(path.parent), db=db, made=at, reason=reason)]
    _tidy(shelf_of(path.parent), _day(at))
    record(ws, AuditDeed.BACKED_UP, number=made[0].manifest.number, why=reason.value)
    chosen = chosen_folder(ws)
    if chosen is not None and (chosen.is_dir() or reason is Reason.ASKED):  # a stick that is not in stops no routine
        shelf = _shelf_in(chosen, db)
        made.append(make_backup(ws.store.database, shelf, db=db, made=at, reason=reason))
        _tidy(shelf, _day(at))
    return tuple(made)


def back_up_daily(ws: Workspace) -> tuple[Backup, ...]:
    """Make the day's backup unless there is one. Every page is read for it, so damage shows on the day it comes."""
    if ws.store.database.path is None:
        return ()
    newest = backups(shelf_of(_path(ws).parent))[:1]
    day = _day(newest[0].manifest.made) if newest else None
    return back_up(ws, Reason.DAILY) if is_due(day, _day(ws.now())) else ()


def back_up_at_closing(ws: Workspace) -> tuple[Backup, ...]:
    """Make a backup if anything was written since the last one. What the disk refuses keeps nobody from closing."""
    path = ws.store.database.path
    if path is None:
        return ()
    newest = backups(shelf_of(path.parent))[:1]
    if newest and newest[0].manifest.state == state_of(ws.store.database):
        return ()
    is_large = path.stat().st_size > SOON_DONE
    if is_large and newest and _day(newest[0].manifest.made) == _day(ws.now()):
        return ()
    with suppress(AppError):
        return back_up(ws, Reason.CLOSING)
    return ()


def keep_before_update(database: Database, at: str) -> Backup:
    """Copy a workspace that an older program wrote, before it is brought up to date.

    Raises:
        CannotWrite: The disk does not take the copy; then nothing is brought up to date.
    """
    if database.path is None:
        raise ValueError("only a file can be copied")
    path = database.path
    return make_backup(database, shelf_of(path.parent), db=_db_of(path), made=at, reason=Reason.UPDATE)


def forget_backup(ws: Workspace, backup: Backup) -> None:
    """Take a backup away for good, as when it still holds what was erased.

    Raises:
        CannotWrite: The disk does not let it go.
    """
    remove_backup(backup)
    record(ws, AuditDeed.ERASED, backup=backup.manifest.number)


def _tidy(shelf: Path, today: date) -> None:
    there = {each.manifest.number: each for each in backups(shelf)}
    kept = [Kept(number=number, day=_day(each.manifest.made)) for number, each in there.items()]
    for number in superfluous(kept, today):
        with suppress(CannotWrite):  # one too many is no harm
            remove_backup(there[number])


def _day(at: str) -> date:
    return from_stored(at).astimezone(LOCAL_ZONE).date()


def _path(ws: Workspace) -> Path:
    path = ws.store.database.path
    if path is None:
        raise ValueError("a workspace in memory has no backups")
    return path


def _db_of(path: Path) -> str:
    return read_key_file(path).db


def _shelf_in(folder: Path, db: str) -> Path:
    """Return a workspace's own place in a folder that several may share."""
    return folder / f"workspace-backups-{db[:8]}"
