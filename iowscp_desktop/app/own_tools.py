"""An audit of the team's own, from a folder: looked over first, for schools could not open a form with mistakes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from iowscp_desktop.app.rounds import adopt_tool
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.ids import Sha256
from iowscp_desktop.domain.tool import compile_tool, files_in, read_tool
from iowscp_desktop.errors import FileNotReadable, ToolFileMissing, ToolFolderTooLarge

SETTINGS: Final = "tool.toml"
MOST_FILES: Final = 200
_MOST_BYTES: Final = 16 * 1024 * 1024


def adopt_folder(ws: Workspace, folder: Path) -> Sha256:
    """Take the audit in a folder into use: `tool.toml` and its spreadsheet. The same one again changes nothing.

    Takes a second for a long form: do it in a job.

    Raises:
        ToolFolderTooLarge: The folder holds far more than an audit.
        FileNotReadable: A file in it cannot be read.
        ToolError: It is no audit, or not one that can be sent.
        FormError: Its form has mistakes; none of it was taken into use.
    """
    if not (folder / SETTINGS).is_file():
        raise ToolFileMissing(SETTINGS)
    try:
        _look_at_sizes(folder)
        files = files_in(folder)
    except OSError as error:
        raise FileNotReadable from error
    compile_tool(read_tool(files))
    return Sha256(adopt_tool(ws, files).digest)


def _look_at_sizes(folder: Path) -> None:
    """Look before anything is read: somebody may choose the folder above, with everything they have."""
    size = 0
    for count, path in enumerate(_files(folder), start=1):
        size += path.stat().st_size
        if count > MOST_FILES or size > _MOST_BYTES:
            raise ToolFolderTooLarge


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())
