"""Bundles as files: names that tell nothing, what kind a file is, its digest, and writing it whole or not at all."""

import errno
import hashlib
import io
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from enum import Enum
from pathlib import Path
from typing import BinaryIO, Final, TypeVar

from iowscp_desktop.crypto.codes import random_letters
from iowscp_desktop.crypto.sealing import AGE_MAGIC
from iowscp_desktop.errors import FileUnreadable, FileUnwritable

BUNDLE_SUFFIX: Final = ".iowbundle"
INVITATION_SUFFIX: Final = ".iowinvite"
INVITATION_MAGIC: Final = b"iowscp-invitation/v1\n"
INVITATION_MAGIC_ANY: Final = b"iowscp-invitation/v"

_CHUNK = 1024 * 1024
_MOST_IN_HAND = 1024 * 1024
_T = TypeVar("_T")


class FileKind(Enum):
    """What a file is by its first bytes; nothing is proved by that."""

    BUNDLE = "bundle"
    INVITATION = "invitation"
    OTHER = "other"


class FileInHand(io.BytesIO):
    """A small file, read from the disk once: what is opened is what was digested, whatever becomes of the file."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self.sha256 = hashlib.sha256(content).hexdigest()

    def finish(self) -> str:
        """Return the digest of the whole file."""
        return self.sha256


def neutral_name(suffix: str = BUNDLE_SUFFIX) -> str:
    """Return a file name that tells nothing of school, person or purpose: `audit-7k2m9x4q.iowbundle`."""
    return f"audit-{random_letters(8)}{suffix}"


def peek(path: Path) -> FileKind:
    """Return what kind of file this is, without any key.

    Raises:
        FileUnreadable: The disk gave up on it.
    """
    try:
        require_file(path)
        with path.open("rb") as stream:
            start = stream.read(len(AGE_MAGIC))
    except OSError as error:
        raise FileUnreadable from error
    if start == AGE_MAGIC:
        return FileKind.BUNDLE
    return FileKind.INVITATION if start.startswith(INVITATION_MAGIC_ANY) else FileKind.OTHER


def file_sha256(source: Path | BinaryIO) -> str:
    """Return the digest of a file, or of what is left of a stream.

    Raises:
        FileUnreadable: The path cannot be read.
    """
    if not isinstance(source, Path):
        return _rest_sha256(source)
    try:
        require_file(source)
        with source.open("rb") as stream:
            return _rest_sha256(stream)
    except OSError as error:
        raise FileUnreadable from error


def in_hand(path: Path) -> FileInHand | None:
    """Return a file, read once; None for one that is too large to be held.

    Raises:
        FileUnreadable: It cannot be read.
    """
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):  # a device or a pipe may never end, or never begin
            raise FileUnreadable
        if about.st_size > _MOST_IN_HAND:
            return None
        with path.open("rb", buffering=0) as stream:
            return FileInHand(stream.read(about.st_size))
    except OSError as error:
        raise FileUnreadable from error


def require_file(path: Path) -> None:
    """Read nothing that is no file: a device or a pipe may never end, or never begin."""
    if path.exists() and not path.is_file():
        raise FileUnreadable


def write_new_file(path: Path, write: Callable[[BinaryIO], _T]) -> _T:
    """Write a file that was not there before, whole or not at all, and return what `write` returned.

    The content goes to a neighbour, `….part`, is forced to the disk and takes its name only then: whoever finds
    the name finds the whole file.

    Raises:
        FileUnwritable: The disk did not take it. What was begun is removed where the disk still lets us.
    """
    if _is_taken(path):
        raise FileUnwritable
    begun = part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as stream:
            result = write(stream)
            stream.flush()
            os.fsync(stream.fileno())
        begun = part.replace(path)
        _force_folder(path.parent)
    except BaseException as error:
        with suppress(OSError):  # the stick may be gone by now
            begun.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise FileUnwritable from error
        raise
    return result


def _rest_sha256(stream: BinaryIO) -> str:
    seen = hashlib.sha256()
    while chunk := stream.read(_CHUNK):
        seen.update(chunk)
    return seen.hexdigest()


def _is_taken(path: Path) -> bool:
    """Tell whether something of this name is there."""
    try:
        return path.exists()
    except OSError as error:  # a folder that may not be looked into, a name that is too long, a drive that is gone
        raise FileUnwritable from error


_NO_SUCH_THING: Final = frozenset({errno.EINVAL, errno.ENOTSUP, errno.ENOSYS, errno.EACCES, errno.EPERM})
"""What a network drive, or a folder that one may write into and not read, answers to a wish for safety."""


def _force_folder(folder: Path) -> None:
    """Make the new name outlive a power cut, where the system has such a thing."""
    if os.name != "posix":
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno not in _NO_SUCH_THING:
            raise
