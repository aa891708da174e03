"""Who has a workspace open: one program at a time, by a lock that the operating system drops when the program ends.

A second start leaves a knock beside the lock, and the first one comes to the front. No socket is needed for it.
"""

import os
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Final

import msgspec

from iowscp_desktop.domain.clock import LOCAL_ZONE
from iowscp_desktop.errors import CannotWrite, InUse, ReadOnly

LOCK_SUFFIX: Final = ".lock"
KNOCK_SUFFIX: Final = ".knock"
_LOCKED_BYTE: Final = 1 << 30
"""Windows keeps others from reading what is locked: a byte where there is nothing to read."""


@dataclass(slots=True)
class _Held:
    file: BinaryIO
    times: int


_held: dict[Path, _Held] = {}
"""What this process holds. The lock is the process's, so its memory is too."""


class Hold:
    """One program's claim to a workspace file. A program that holds it may claim it again."""

    def __init__(self, database: Path) -> None:
        self._path: Path | None = _lock_path(database)
        before = _held.get(self._path)
        if before is None:
            before = _held[self._path] = _Held(file=_locked(self._path), times=0)
        before.times += 1

    def release(self) -> None:
        """Give it up; a second time does nothing."""
        path, self._path = self._path, None
        if path is None:
            return
        held = _held[path]
        held.times -= 1
        if held.times == 0:
            del _held[path]
            held.file.close()


def knock(database: Path, files: tuple[Path, ...] = ()) -> None:
    """Ask the program that has the workspace to come to the front, and to take files.

    Raises:
        CannotWrite: The folder does not take it.
    """
    path = _knock_path(database)
    beside = path.with_suffix(".new")
    try:
        beside.write_bytes(msgspec.json.encode([str(each.absolute()) for each in files]))
        beside.replace(path)
    except OSError as error:
        raise CannotWrite from error


def is_unanswered(database: Path) -> bool:
    """Tell whether the last knock still lies there."""
    return _knock_path(database).exists()


def answer_knock(database: Path) -> tuple[Path, ...] | None:
    """Take a knock away; return the files it brought, or None when nobody knocked."""
    path = _knock_path(database)
    try:
        content = path.read_bytes()
        path.unlink()
        return tuple(Path(each) for each in msgspec.json.decode(content, type=list[str]))
    except FileNotFoundError:
        return None
    except (OSError, msgspec.MsgspecError):  # somebody is at the door, whatever they brought
        return ()


def _lock_path(database: Path) -> Path:
    return database.absolute().with_name(database.name + LOCK_SUFFIX)


def _knock_path(database: Path) -> Path:
    return database.absolute().with_name(database.name + KNOCK_SUFFIX)


def _locked(path: Path) -> BinaryIO:
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise ReadOnly from error
    file = os.fdopen(descriptor, "rb+")
    try:
        _lock(file)
    except OSError as error:
        since = datetime.fromtimestamp(path.stat().st_mtime, UTC).astimezone(LOCAL_ZONE)
        file.close()
        raise InUse(f"{since:%H:%M}", f"{since.day} {since:%B}") from error
    try:
        os.utime(file.fileno() if os.utime in os.supports_fd else path)  # since when: the system's clock, not ours
    except OSError:  # then it says since an earlier moment
        return file
    return file


if sys.platform == "win32":
    import msvcrt

    def _lock(file: BinaryIO) -> None:
        file.seek(_LOCKED_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: BinaryIO) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
