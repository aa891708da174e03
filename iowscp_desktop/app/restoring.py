"""Going back to a backup, after a look at what it would bring and take; and saving a damaged workspace."""

import shutil
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

import sqlalchemy as sa

from iowscp_desktop.app.workspace import Surroundings, signature_fits
from iowscp_desktop.domain.audit_log import AuditDeed
from iowscp_desktop.domain.clock import as_stored
from iowscp_desktop.domain.erasure import Tombstone
from iowscp_desktop.domain.events import AnswerRecorded, ResponseAssigned
from iowscp_desktop.domain.ids import SpaceId, response_space
from iowscp_desktop.errors import (
    KeysError,
    NothingToSalvage,
    StoreError,
    WorkspaceDamaged,
    WrongKey,
    WrongPassphrase,
)
from iowscp_desktop.store import Database, Journal, Store, tombstones, verify
from iowscp_desktop.store.backup import DATABASE, Backup, backups, open_backup
from iowscp_desktop.store.disk import copy_down
from iowscp_desktop.store.erasing import remember
from iowscp_desktop.store.high_water import Noticed
from iowscp_desktop.store.key_file import FILE_NAME
from iowscp_desktop.store.keys import unlock_with_passphrase
from iowscp_desktop.store.restoring import forget_undecided, put_in_place
from iowscp_desktop.store.salvage import BEGIN_EPOCH, Salvaged, salvage

_SCRATCH: Final = "restoring.db"

Answers = dict[tuple[SpaceId, str], str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseThen:
    """One audit as it was then, beside now."""

    title: str = field(repr=False)
    then: int
    """Answers in the backup."""
    now: int
    """Answers in the workspace; 0 when it cannot be read."""
    changed: int
    """Answers that would be lost or go back to what they were."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a backup holds, and what going back to it would take."""

    backup: Backup
    responses: tuple[ResponseThen, ...]
    lost: int | None
    """Entries of the workspace that the backup does not have; None when the workspace cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How a backup opens."""

    key: bytes = field(repr=False)
    keys: Path | None
    """Its own key file, where the workspace's does not open it: made before the key was changed."""


def way_into(folder: Path, backup: Backup, passphrase: str) -> Way:
    """Return the key of a backup: the workspace's if that fits, else the backup's own by the passphrase of then.

    The workspace's key file may be gone or damaged, and its passphrase or key may have been changed since.

    Raises:
        KeysError: Neither key file opens with the passphrase.
        BackupUnusable: It is damaged or changed.
        WrongKey: They open, and the backup is under another key.
    """
    failures: list[KeysError | WrongKey] = []
    for database, keys in ((folder / DATABASE, None), (backup.database, backup.folder / FILE_NAME)):
        try:
            candidates = unlock_with_passphrase(database, passphrase).keys
        except KeysError as error:
            failures.append(error)
            continue
        for key in candidates:
            try:
                open_backup(backup, key).close()
            except WrongKey as error:
                failures.append(error)
            else:
                return Way(key=key, keys=keys)
    raise _most_telling(failures)


def _most_telling(failures: Sequence[KeysError | WrongKey]) -> KeysError | WrongKey:
    """Return which failure helps most: that the passphrase is wrong; a key file that is missing comes last."""
    return next((each for each in failures if isinstance(each, WrongPassphrase)), failures[-1])


def preview(backup: Backup, key: bytes, now: Database | None) -> Preview:
    """Look into a backup; nothing is changed.

    Args:
        now: The workspace as it is; None when it does not open any more.

    Raises:
        BackupUnusable: It is damaged or changed.
        WrongKey: Another key opens it.
    """
    with closing(open_backup(backup, key)) as then:
        answers_then, titles = _answers(then), _titles(then)
        answers_now: Answers = {} if now is None else _answers(now)
        lost = None if now is None else len(_entries(now) - _entries(then))
        if now is not None:
            titles |= _titles(now)
    spaces = sorted({space for space, _ in (*answers_then, *answers_now)})
    return Preview(
        backup=backup, responses=tuple(_beside(space, titles, answers_then, answers_now) for space in spaces), lost=lost
    )


def restore(folder: Path, backup: Backup, way: Way, world: Surroundings) -> Path:
    """Go back to a backup; return the folder that keeps what was there. The workspace must not be open.

    Raises:
        BackupUnusable: It is damaged or changed.
        InUse: The workspace is open.
        CannotWrite: The disk does not take it; the workspace is as it was.
    """
    open_backup(backup, way.key).close()
    scratch = folder / _SCRATCH
    try:
        _remove(scratch)
        copy_down(backup.database, scratch)
        erased = _erased_in(folder / DATABASE, way.key)
        _note(scratch, way.key, world, _Deed(AuditDeed.RESTORED, Noticed.RESTORED, backup.manifest.number, erased))
        return put_in_place(folder / DATABASE, scratch, way.keys)
    finally:
        _remove(scratch)


def save_damaged(folder: Path, key: bytes, world: Surroundings) -> tuple[Salvaged, Path]:
    """Put what a damaged workspace and its backups still prove in its place; return it, and where the old one is kept.

    Raises:
        NothingToSalvage: Nothing can be read, or what could does not hold together.
        InUse, CannotWrite: As `restore`.
    """
    scratch = folder / _SCRATCH
    try:
        _remove(scratch)
        usable: list[Path] = []
        for each in backups(folder / "backups"):
            with suppress(StoreError):
                open_backup(each, key).close()
                usable.append(each.database)
        saved = salvage(folder / DATABASE, key, usable, scratch)
        _note(scratch, key, world, _Deed(AuditDeed.SALVAGED, Noticed.SALVAGED, saved.entries))
        return saved, put_in_place(folder / DATABASE, scratch)
    finally:
        _remove(scratch)


def save_by_passphrase(folder: Path, passphrase: str, world: Surroundings) -> tuple[Salvaged, Path]:
    """Do as `save_damaged` for whoever has the passphrase.

    Raises:
        KeysError: It is wrong, or the key file is missing or edited.
        NothingToSalvage, InUse, CannotWrite: As `save_damaged`.
    """
    *others, last = unlock_with_passphrase(folder / DATABASE, passphrase).keys
    for key in others:
        with suppress(NothingToSalvage):  # the key was just being changed
            return save_damaged(folder, key, world)
    return save_damaged(folder, last, world)


def sweep(folder: Path) -> None:
    """Take away what a restore or a rescue that was broken off left: whole copies, whatever is erased later."""
    with suppress(OSError):  # it is tried again at the next opening
        forget_undecided(folder / DATABASE)
        _remove(folder / _SCRATCH)


def is_damaged(folder: Path, key: bytes) -> bool:
    """Tell whether a workspace that nobody has open is damaged, without changing it."""
    try:
        with closing(Store.open(folder / DATABASE, key)) as store:
            return not store.database.is_whole()
    except WorkspaceDamaged:
        return True
    except WrongKey:  # the key file vouches for this key: so it is the file's first page that is gone
        return True


def _erased_in(database: Path, key: bytes) -> tuple[Tombstone, ...]:
    """Return what was erased in the workspace that is replaced, as far as it can be read.

    The signed list beside it says the same; but that may be gone, or the disk may not have taken its last line.
    """
    with suppress(StoreError), closing(Database.look(database, key)) as now, now.reading() as connection:
        return tombstones(connection)
    return ()


class _Deed(NamedTuple):
    """What makes a file what it is."""

    deed: AuditDeed
    why: Noticed
    number: int
    erased: tuple[Tombstone, ...] = ()


def _note(path: Path, key: bytes, world: Surroundings, done: _Deed) -> None:
    """Write into the new file what it is, so that it says so when it is opened."""
    with closing(Store.open(path, key)) as store:
        if verify(store.database, signature_fits).wrongs:
            raise NothingToSalvage
        with store.database.writing() as connection:
            store.audit.append_in(connection, done.deed, at=as_stored(world.clock()), ids={"number": str(done.number)})
            store.local.keep_in(connection, **{BEGIN_EPOCH: done.why.value.encode()})
            if done.erased:
                remember(connection, done.erased)


def _answers(database: Database) -> Answers:
    held = Journal(database).standing(AnswerRecorded)
    return {(each.space, each.event.register): each.event.value for each in held if each.event.value is not None}


def _titles(database: Database) -> dict[SpaceId, str]:
    held = Journal(database).standing(ResponseAssigned)
    return {response_space(each.event.response_id): each.event.title for each in held}


def _entries(database: Database) -> set[bytes]:
    with database.reading() as connection:
        return {bytes(header) for (header,) in connection.execute(sa.text("SELECT header FROM entry"))}


def _beside(space: SpaceId, titles: dict[SpaceId, str], then: Answers, now: Answers) -> ResponseThen:
    was = {place: value for place, value in then.items() if place[0] == space}
    is_ = {place: value for place, value in now.items() if place[0] == space}
    changed = sum(was.get(place) != value for place, value in is_.items())
    return ResponseThen(title=titles.get(space, ""), then=len(was), now=len(is_), changed=changed)


def _remove(scratch: Path) -> None:
    for path in scratch.parent.glob(f"{scratch.name}*"):
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
