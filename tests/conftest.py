"""What holds for every test: no real window, no network, no error in the log that the test did not mean."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import atexit
import logging
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator

import pytest
from hypothesis import settings
from typing_extensions import override

# High-water marks of a test's workspaces are nobody's.
os.environ["XDG_STATE_HOME"] = tempfile.mkdtemp(prefix="iowscp-test-state-")
atexit.register(shutil.rmtree, os.environ["XDG_STATE_HOME"], ignore_errors=True)

settings.register_profile("dev", max_examples=50, deadline=None)
settings.register_profile("ci", max_examples=300, deadline=None, derandomize=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))

_QT_FIXTURES = {"qapp", "qtbot", "qtmodeltester"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if _QT_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker("gui")


class _LocalSocket(socket.socket):
    """A socket that talks to this computer's own processes only."""

    @override
    def __init__(self, family: int = -1, type: int = -1, proto: int = -1, fileno: int | None = None) -> None:
        if family in {-1, socket.AF_INET, socket.AF_INET6} and fileno is None:
            pytest.fail("nothing here opens an internet socket, not even to this computer")
        super().__init__(family, type, proto, fileno)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        pytest.fail("nothing here asks the network for a name")

    monkeypatch.setattr(socket, "socket", _LocalSocket)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)


class _Collect(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.seen: list[str] = []

    @override
    def emit(self, record: logging.LogRecord) -> None:
        self.seen.append(f"{record.name}: {record.levelname} {record.getMessage()}")


@pytest.fixture(autouse=True)
def _no_unexpected_errors(request: pytest.FixtureRequest) -> Iterator[None]:
    handler = _Collect()
    logging.getLogger().addHandler(handler)
    yield
    logging.getLogger().removeHandler(handler)
    if request.node.get_closest_marker("logs_errors") is None:
        assert not handler.seen


@pytest.fixture(autouse=True)
def _no_modal_dialogs(monkeypatch: pytest.MonkeyPatch) -> None:
    if "PySide6.QtWidgets" not in sys.modules:  # below the screens Qt is not even loaded
        return

    def refuse(*_args: object, **_kwargs: object) -> None:
        pytest.fail("a modal dialog waits for a person; use open() and signals")

    for kind in ("QDialog", "QMessageBox", "QFileDialog", "QMenu"):
        monkeypatch.setattr(f"PySide6.QtWidgets.{kind}.exec", refuse)
    for deed in ("getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory"):
        monkeypatch.setattr(f"PySide6.QtWidgets.QFileDialog.{deed}", refuse)
    for deed in ("warning", "critical", "information", "question"):
        monkeypatch.setattr(f"PySide6.QtWidgets.QMessageBox.{deed}", refuse)
