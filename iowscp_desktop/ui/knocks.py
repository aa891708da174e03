"""Listens for a second start of the program on the same workspace, which hands over to this one."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from iowscp_desktop.app.instance import answer_knock

OFTEN: Final = 300  # milliseconds; a look at one file name


class Knocks(QObject):
    """Says that somebody started the program once more, and which files they wanted opened."""

    knocked = Signal(tuple)  # of Path

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._timer = QTimer(self)
        self._timer.setInterval(OFTEN)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Listen from now on. What was left by an earlier run is nobody's knock any more."""
        answer_knock(self._folder)
        self._timer.start()

    def look(self) -> None:
        """Answer whoever knocks."""
        files = answer_knock(self._folder)
        if files is not None:
            self.knocked.emit(files)
