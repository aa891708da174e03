"""When to save what is being typed: half a second after the first key that is not saved yet, at once on leaving.

The clock is not set back by further keys, so whoever types without a pause loses no more than 600 ms of typing either.
What a full or read-only disk does not take stays waiting, and is tried again until it does.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer

from iowscp_desktop.errors import CannotWrite

LONGEST = 500  # milliseconds; with the time a commit takes it stays below the 600 that may be lost
AGAIN = 5000  # milliseconds until the disk is asked once more


class Autosave:
    """Calls `save` once for any number of keys."""

    def __init__(self, owner: QObject, save: Callable[[], None]) -> None:
        self._save = save
        self._timer = QTimer(owner)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)  # the coarse one may come 5 % late
        self._timer.timeout.connect(self._save_now)
        self._waiting = False

    @property
    def is_waiting(self) -> bool:
        """Whether something typed is not saved yet."""
        return self._waiting

    def touch(self) -> None:
        """Something was typed."""
        if not self._waiting:
            self._waiting = True
            self._timer.start(LONGEST)

    def flush(self) -> None:
        """Save now what is waiting; call on leaving the field, the screen or the program."""
        if self._waiting:
            self._timer.stop()
            self._save_now()

    def _save_now(self) -> None:
        self._waiting = False
        try:
            self._save()
        except CannotWrite:
            self._waiting = True  # what is typed stays where it is, and counts as unsaved
            self._timer.start(AGAIN)
            raise
