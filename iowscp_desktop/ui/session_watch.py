"""Hears from the operating system that the session was locked or the computer goes to sleep, where it says so.

Linux says it on D-Bus (a local socket): logind and the usual screen savers. Windows says it to each window. macOS
says it only to programs of its own making: there the idle clock has to do.
"""

import sys
from ctypes import Structure, c_uint, c_void_p
from typing import Any, Final, NamedTuple

from PySide6.QtCore import SLOT, QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection
from PySide6.QtWidgets import QWidget
from typing_extensions import override

WM_POWERBROADCAST: Final = 0x0218
WM_WTSSESSION_CHANGE: Final = 0x02B1
PBT_APMSUSPEND: Final = 0x4
WTS_SESSION_LOCK: Final = 0x7

_LEAVING = {(WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK), (WM_POWERBROADCAST, PBT_APMSUSPEND)}
_LOGIND = "org.freedesktop.login1"
_SCREEN_SAVERS = (
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
    ("org.freedesktop.ScreenSaver", "/ScreenSaver"),
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
    ("org.cinnamon.ScreenSaver", "/org/cinnamon/ScreenSaver"),
    ("org.mate.ScreenSaver", "/org/mate/ScreenSaver"),
)


class SessionWatch(QObject):
    """Tells when the session is locked or the computer goes to sleep."""

    left = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._filter: WindowsEvents | None = None

    def begin(self, window: QWidget) -> bool:
        """Begin to listen; tell whether the system has anything to listen to."""
        if sys.platform == "win32":  # pragma: no cover - proved on Windows by hand
            self._filter = WindowsEvents(self)
            QCoreApplication.instance().installNativeEventFilter(self._filter)  # type: ignore[union-attr]  # it runs
            return _ask_windows(int(window.winId()))
        return sys.platform.startswith("linux") and self.listen(
            QDBusConnection.systemBus(), QDBusConnection.sessionBus()
        )

    def listen(self, system: QDBusConnection, session: QDBusConnection) -> bool:
        """Listen on these two buses; one that is not there says nothing."""
        heard = False
        if system.isConnected():
            # Any path: the name of this program's own session differs from system to system.
            sleep = _Told(_LOGIND, "", f"{_LOGIND}.Manager", "PrepareForSleep", "on_active(bool)")
            lock = _Told(_LOGIND, "", f"{_LOGIND}.Session", "Lock", "on_locked()")
            heard = self._hear(system, sleep) | self._hear(system, lock)
        if session.isConnected():
            for service, path in _SCREEN_SAVERS:
                heard |= self._hear(session, _Told(service, path, service, "ActiveChanged", "on_active(bool)"))
        return heard

    def _hear(self, bus: QDBusConnection, told: "_Told") -> bool:
        slot: Any = SLOT(told.slot)  # text, whatever the stubs say: it refuses the bytes that they ask for
        return bus.connect(told.service, told.path, told.interface, told.name, self, slot)

    @Slot()
    def on_locked(self) -> None:
        """The session was locked."""
        self.left.emit()

    @Slot(bool)
    def on_active(self, active: bool) -> None:  # noqa: FBT001 - as D-Bus gives it
        """A screen saver began or ended; or the computer goes to sleep or woke up."""
        if active:
            self.left.emit()


class _Told(NamedTuple):
    """A signal on D-Bus, and what hears it."""

    service: str
    path: str
    interface: str
    name: str
    slot: str


class _Message(Structure):
    """The beginning of Windows' MSG."""

    _fields_ = (("window", c_void_p), ("message", c_uint), ("what", c_void_p), ("more", c_void_p))


class WindowsEvents(QAbstractNativeEventFilter):
    """Looks at what Windows tells the window."""

    def __init__(self, watch: SessionWatch) -> None:
        super().__init__()
        self._watch = watch

    @override
    def nativeEventFilter(
        self, eventType: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        if bytes(eventType.data() if isinstance(eventType, QByteArray) else eventType) == b"windows_generic_MSG":
            told = _Message.from_address(int(message))
            if (told.message, told.what) in {
                (WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK),
                (WM_POWERBROADCAST, PBT_APMSUSPEND),
            }:
                self._watch.left.emit()
        return False, 0


def _ask_windows(window: int) -> bool:  # pragma: no cover - proved on Windows by hand
    """Ask Windows to tell this window when the session is locked; going to sleep is told to every window."""
    from ctypes import WinDLL  # type: ignore[attr-defined]  # noqa: PLC0415 - only there

    return bool(WinDLL("wtsapi32").WTSRegisterSessionNotification(c_void_p(window), 0))
