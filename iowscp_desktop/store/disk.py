"""What the disk does: files forced down so that they outlive a power cut, and its refusals by their names."""

import errno
import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from iowscp_desktop.errors import CannotWrite, DiskFull, DiskRefused, ReadOnly

_FULL: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN: Final = {errno.EROFS, errno.EACCES, errno.EPERM}


@contextmanager
def plain_refusals() -> Generator[None]:
    """Say what the disk refuses as an error that people understand."""
    try:
        yield
    except OSError as error:
        raise refusal(error) from error


def refusal(error: OSError) -> CannotWrite:
    """Return what a refusal of the operating system means to a person."""
    if error.errno in _FULL:
        return DiskFull()
    return ReadOnly() if error.errno in _FORBIDDEN else DiskRefused()


def write_whole(path: Path, content: bytes) -> None:
    """Put a small file in place: whoever looks, even after a power cut, finds the old one or the new one.

    Raises:
        CannotWrite: The disk did not take it. The file before is as it was.
    """
    beside = path.with_name(path.name + ".new")
    with plain_refusals():
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        force_folder(path.parent)


def copy_down(source: Path, target: Path) -> None:
    """Copy a file and force it down.

    Raises:
        CannotWrite: The disk did not take it.
    """
    with plain_refusals():
        shutil.copyfile(source, target)
        target.chmod(0o600)
        force(target)


def force(path: Path) -> None:
    """Make a file's content outlive a power cut."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def force_folder(folder: Path) -> None:
    """Make the names in a folder outlive a power cut, where the system has such a thing."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
