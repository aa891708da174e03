"""The window locks when the system says that the session is locked or the computer goes to sleep: on real buses."""

import ctypes
import shutil
import subprocess
from collections.abc import Iterator

import pytest
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from pytestqt.qtbot import QtBot

from iowscp_desktop.ui import session_watch
from iowscp_desktop.ui.session_watch import SessionWatch, WindowsEvents

LOGIND_PATH = "/org/freedesktop/login1"
needs_a_bus = pytest.mark.skipif(
    shutil.which("dbus-daemon") is None, reason="NOT PROVED HERE: no dbus-daemon (apt-get install dbus)"
)


@pytest.fixture
def bus() -> Iterator[str]:
    """A D-Bus of this test's own."""
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--print-address", "--nofork"], stdout=subprocess.PIPE, text=True
    )
    assert daemon.stdout is not None
    yield daemon.stdout.readline().strip()
    daemon.terminate()
    daemon.wait()
    daemon.stdout.close()


def speaker(bus: str, service: str) -> QDBusConnection:
    connection = QDBusConnection.connectToBus(bus, f"speaks-as-{service}")
    assert connection.registerService(service)
    return connection


@needs_a_bus
@pytest.mark.parametrize(
    ("path", "interface", "name", "arguments"),
    [
        ("/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", [True]),
        ("/org/freedesktop/login1/session/_31", "org.freedesktop.login1.Session", "Lock", []),
        ("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", [True]),
        ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", [True]),
    ],
)
def test_what_the_system_says_on_the_bus_is_heard(
    qtbot: QtBot, bus: str, path: str, interface: str, name: str, arguments: list[bool]
) -> None:
    service = ".".join(interface.split(".")[:3])
    says, hears = speaker(bus, service), QDBusConnection.connectToBus(bus, "hears")
    watch = SessionWatch()
    assert watch.listen(hears, hears)
    message = QDBusMessage.createSignal(path, interface, name)
    message.setArguments(arguments)

    with qtbot.waitSignal(watch.left, timeout=5000):
        says.send(message)

    for each in ("hears", f"speaks-as-{service}"):
        QDBusConnection.disconnectFromBus(each)


@needs_a_bus
def test_waking_up_and_the_words_of_strangers_lock_nothing(qtbot: QtBot, bus: str) -> None:
    logind, stranger = speaker(bus, "org.freedesktop.login1"), QDBusConnection.connectToBus(bus, "stranger")
    hears = QDBusConnection.connectToBus(bus, "hears")
    watch, heard = SessionWatch(), []
    watch.left.connect(lambda: heard.append(1))
    watch.listen(hears, hears)

    for connection, active in ((logind, False), (stranger, True)):
        message = QDBusMessage.createSignal(LOGIND_PATH, "org.freedesktop.login1.Manager", "PrepareForSleep")
        message.setArguments([active])
        connection.send(message)
    last = QDBusMessage.createSignal(LOGIND_PATH, "org.freedesktop.login1.Session", "Lock")
    with qtbot.waitSignal(watch.left, timeout=5000):
        logind.send(last)  # what was said before it has been heard by then

    assert heard == [1]
    for each in ("hears", "stranger", "speaks-as-org.freedesktop.login1"):
        QDBusConnection.disconnectFromBus(each)


def test_without_a_bus_there_is_nothing_to_hear() -> None:
    nowhere = QDBusConnection("no such bus")

    assert not SessionWatch().listen(nowhere, nowhere)


@pytest.mark.parametrize(
    ("message", "what", "leaves"),
    [
        (session_watch.WM_WTSSESSION_CHANGE, session_watch.WTS_SESSION_LOCK, True),
        (session_watch.WM_POWERBROADCAST, session_watch.PBT_APMSUSPEND, True),
        (session_watch.WM_WTSSESSION_CHANGE, 0x8, False),
        (session_watch.WM_POWERBROADCAST, 0x7, False),
        (0x0010, session_watch.WTS_SESSION_LOCK, False),
    ],
)
def test_what_windows_tells_a_window_is_read(message: int, what: int, *, leaves: bool) -> None:
    watch, heard = SessionWatch(), []
    watch.left.connect(lambda: heard.append(1))
    told = session_watch._Message(None, message, what, None)
    events = WindowsEvents(watch)

    stopped = events.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(told))
    events.nativeEventFilter(b"xcb_generic_event_t", ctypes.addressof(told))

    assert stopped == (False, 0)
    assert bool(heard) is leaves
