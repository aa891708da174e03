"""Showing a folder in the computer's own file program, behind one function that tests and the demo replace."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

ShowFolder = Callable[[Path], None]
"""Shows the folder that a file lies in."""


def show_folder(path: Path) -> None:
    """Show the folder that a file lies in; a computer without a file program shows nothing."""
    folder = path if path.is_dir() else path.parent
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
