"""What people answered anonymously and has not been gathered yet: a small sealed file beside the workspace.

It lies outside the database on purpose. There, pages, the write-ahead log and every backup would keep the sheets in
the order in which they came; here the whole file is written anew each time, and is gone once it has been gathered.
"""

import hashlib
import os
from pathlib import Path

from iowscp_desktop.domain.ids import SpaceId
from iowscp_desktop.errors import DiskRefused
from iowscp_desktop.store.disk import force_folder, plain_refusals, write_whole

_LONG_AGO = (0, 0)  # a file's time would be the moment at which the last person handed in


class WaitingSheets:
    """The file of one survey. It takes and gives bytes; whoever uses it seals them first."""

    def __init__(self, database: Path | None, space: SpaceId) -> None:
        """Find the place; a workspace in memory has none.

        Raises:
            DiskRefused: There is no folder to keep it in.
        """
        if database is None:
            raise DiskRefused
        self.path = database.with_name(f"sheets-{hashlib.sha256(space.encode()).hexdigest()[:16]}.sealed")

    def read(self) -> bytes | None:
        """Return what lies there, or None."""
        with plain_refusals():
            return self.path.read_bytes() if self.path.exists() else None

    def write(self, sealed: bytes) -> None:
        """Put other bytes in place of all that lay there. They are on the disk when this returns.

        Raises:
            CannotWrite: The disk does not take it. What lay there is as it was.
        """
        write_whole(self.path, sealed)
        with plain_refusals():
            os.utime(self.path, _LONG_AGO)

    def remove(self) -> None:
        """Take the file away; without one, do nothing."""
        with plain_refusals():
            self.path.unlink(missing_ok=True)
            unfinished = self.path.with_name(self.path.name + ".new")  # the power failed while it was written
            unfinished.unlink(missing_ok=True)
            force_folder(self.path.parent)
