"""Notices that nobody has used a window for a while."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from typing_extensions import override

_USES = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.TabletPress,
    QEvent.Type.DragMove,
}


class IdleWatch(QObject):
    """Watches the window that the system gives events to: few events go there, so it costs nothing."""

    idle = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.idle)
        self._window: QObject | None = None

    def watch(self, window: QObject, minutes: int) -> None:
        """Begin, or begin anew with another patience."""
        if window is not self._window:
            self._window = window
            window.installEventFilter(self)
        self._timer.start(minutes * 60_000)

    def stop(self) -> None:
        """Watch no more."""
        self._timer.stop()

    @property
    def is_watching(self) -> bool:
        """Whether it will tell."""
        return self._timer.isActive()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _USES and self._timer.isActive():
            self._timer.start()
        return False
