"""What holds for every test with widgets: the light theme at 100 %, and nothing left behind."""

import gc
from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from iowscp_desktop.ui.theme import KeyboardRing, Scheme, apply_theme, scale, tokens
from iowscp_desktop.ui.theme.tokens import LIGHT
from tests.app.conftest import audit, s175_files, setting, small_tool  # noqa: F401 - fixtures of every screen

W = TypeVar("W", bound=QWidget)
Show = Callable[..., QWidget]


@pytest.fixture(autouse=True)
def _light_theme(qapp: QApplication) -> None:
    KeyboardRing._last_was_key = False
    if tokens() is not LIGHT or scale() != 1.0 or not qapp.styleSheet():
        apply_theme(qapp, Scheme.LIGHT)


def _sweep() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(autouse=True)
def _nothing_left(_light_theme: None, qapp: QApplication) -> Iterator[None]:
    yield
    _sweep()
    if qapp.topLevelWidgets():
        gc.collect()  # a widget in a cycle of Python references is gone only now
        _sweep()
    assert [type(widget).__name__ for widget in qapp.topLevelWidgets()] == []


@pytest.fixture
def show(qtbot: QtBot) -> Callable[[W], W]:
    """Show a widget in an active window, as large as it asks or as told, until the test ends."""

    kept: list[QWidget] = []  # pytest-qt holds on to nothing

    def shown(widget: W, width: int = 0, height: int = 0) -> W:
        kept.append(widget)
        qtbot.addWidget(widget)
        if width:
            widget.resize(width, height or widget.sizeHint().height())
        widget.show()
        widget.activateWindow()
        qtbot.waitExposed(widget)
        QApplication.processEvents()
        return widget

    return shown
