"""Puts another file in a workspace's place. What was there is kept beside it, whatever state it is in.

The new file is made ready first. From the moment `restoring.json` is there the change is decided: whoever opens the
folder next carries it through, however often the computer goes off meanwhile.
"""

import shutil
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Final

import msgspec

from iowscp_desktop.store.disk import copy_down, force_folder, plain_refusals, write_whole
from iowscp_desktop.store.instance import Hold
from iowscp_desktop.store.key_file import FILE_NAME

DECIDED: Final = "restoring.json"
REPLACED: Final = "replaced"
_READY: Final = ".ready"
_SIDES: Final = ("-wal", "-shm", "-journal")


class _Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What `restoring.json` says."""

    kept: Annotated[str, msgspec.Meta(pattern=r"\A[0-9]{6,9}\Z")]
    """The folder, below `replaced`, that takes what was there."""
    with_keys: bool


def put_in_place(database: Path, new: Path, keys: Path | None = None) -> Path:
    """Put a copy of a file in a workspace's place, and a key file if one is given; return what was there.

    Raises:
        InUse: A program has the workspace open.
        CannotWrite: The disk does not take it; the workspace is as it was.
    """
    hold = Hold(database)
    try:
        finish_restoring(database)
        copy_down(new, _ready(database))
        ready_keys = _ready(database.with_name(FILE_NAME))
        with plain_refusals():
            ready_keys.unlink(missing_ok=True)  # left by a change that was broken off: they fit another file
        if keys is not None:
            copy_down(keys, ready_keys)
        kept = _next_folder(database)
        decision = _Decision(kept=kept.name, with_keys=keys is not None)
        write_whole(database.with_name(DECIDED), msgspec.json.encode(decision))
        finish_restoring(database)
        return kept
    finally:
        hold.release()


def finish_restoring(database: Path) -> None:
    """Carry through what was decided and not finished; without such a thing, do nothing.

    Raises:
        CannotWrite: The disk does not take it; the next one to open the folder tries again.
    """
    decided = database.with_name(DECIDED)
    if not decided.exists():
        return
    with plain_refusals():
        decision = _read(database)
        kept = database.parent / REPLACED / decision.kept
        kept.mkdir(parents=True, exist_ok=True, mode=0o700)
        if _ready(database).exists():  # after that it is only the list that is left to be removed
            _swap(database, kept, with_keys=decision.with_keys)
        force_folder(database.parent)
        decided.unlink()
        force_folder(database.parent)


def replaced(database: Path) -> tuple[Path, ...]:
    """Return the folders that keep what a workspace was before something else was put in its place, oldest first."""
    shelf = database.parent / REPLACED
    return tuple(sorted(path for path in shelf.glob("[0-9]*") if path.is_dir())) if shelf.exists() else ()


def remove_replaced(folder: Path) -> None:
    """Take such a folder away for good.

    Raises:
        CannotWrite: The disk does not let it go.
    """
    with plain_refusals():
        shutil.rmtree(folder)


def forget_undecided(database: Path) -> None:
    """Take away what was made ready for a change that was broken off before it was decided."""
    if not is_decided(database):
        for path in (database, database.with_name(FILE_NAME)):
            _ready(path).unlink(missing_ok=True)


def is_decided(database: Path) -> bool:
    """Tell whether a workspace is just being put in place."""
    return database.with_name(DECIDED).exists()


def _read(database: Path) -> _Decision:
    """Return what was decided. Where that cannot be read any more, what lies there says as much.

    The new file is whole, or nothing would have been decided; and what was there is moved aside first of all.
    """
    with suppress(msgspec.MsgspecError, UnicodeError):
        return msgspec.json.decode(database.with_name(DECIDED).read_bytes(), type=_Decision)
    before = replaced(database)
    kept = _next_folder(database) if database.exists() or not before else before[-1]
    return _Decision(kept=kept.name, with_keys=_ready(database.with_name(FILE_NAME)).exists())


def _swap(database: Path, kept: Path, *, with_keys: bool) -> None:
    for path in (database, *(database.with_name(database.name + side) for side in _SIDES)):
        if path.exists():
            path.rename(kept / path.name)
    force_folder(kept)
    _swap_keys(database.with_name(FILE_NAME), kept, swap=with_keys)
    _ready(database).rename(database)


def _swap_keys(keys: Path, kept: Path, *, swap: bool) -> None:
    if keys.exists() and not (kept / keys.name).exists():
        copy_down(keys, kept / keys.name)
    if swap and _ready(keys).exists():
        _ready(keys).replace(keys)


def _ready(path: Path) -> Path:
    return path.with_name(path.name + _READY)


def _next_folder(database: Path) -> Path:
    shelf = database.parent / REPLACED
    numbers = [int(path.name) for path in shelf.glob("[0-9]*") if path.name.isdigit()] if shelf.exists() else []
    return shelf / f"{max(numbers, default=0) + 1:06d}"
