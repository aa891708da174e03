"""When to save what is being typed: 600 ms after the last key, after 3 s at the latest, at once on leaving."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

PAUSE, LONGEST = 600, 3_000  # milliseconds


class Autosave:
    """Calls `save` once for any number of keys."""

    def __init__(self, owner: QObject, save: Callable[[], None]) -> None:
        self._save = save
        self._pause, self._longest = QTimer(owner), QTimer(owner)
        for timer, length in ((self._pause, PAUSE), (self._longest, LONGEST)):
            timer.setSingleShot(True)
            timer.setInterval(length)
            timer.timeout.connect(self.flush)

    @property
    def is_waiting(self) -> bool:
        """Whether something typed is not saved yet."""
        return self._pause.isActive()

    def touch(self) -> None:
        """Something was typed."""
        self._pause.start()
        if not self._longest.isActive():
            self._longest.start()

    def flush(self) -> None:
        """Save now what is waiting; call on leaving the field, the screen or the program."""
        if self._pause.isActive() or self._longest.isActive():
            self._pause.stop()
            self._longest.stop()
            self._save()
