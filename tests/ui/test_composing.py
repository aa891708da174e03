"""A window is put together out of sight: no part of it appears by itself, as a window of its own, for a moment."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from typing_extensions import override

from iowscp_desktop.app import invitations
from iowscp_desktop.ui.jobs import AtOnce
from iowscp_desktop.ui.main_window import Setup, compose
from tests.app.conftest import Round


class Watcher(QObject):
    """Writes down what appears as a window."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(type(watched).__name__)
        return False


@pytest.fixture
def watcher(qapp: QApplication) -> Watcher:
    return Watcher()


def test_no_part_of_a_window_flashes_up_while_it_is_put_together(
    audit: Round, watcher: Watcher, qapp: QApplication, tmp_path: Path
) -> None:
    school, response_id = audit.laptop()
    _person, invited = invitations.invite_panellist(audit.team, audit.round_id, "Dev", (response_id,), tmp_path)
    member = audit.setting.join(invited.path, invited.code, "Dev", "panel")
    setup = Setup(
        folder=tmp_path,
        world=audit.setting.world,
        runner=AtOnce(),
        settings_file=tmp_path / "settings.toml",
        out_folder=tmp_path / "out",
    )

    qapp.installEventFilter(watcher)
    windows = [compose(ws, setup) for ws in (school, member, audit.team)]
    while_composing = list(watcher.seen)
    QLabel("seen").show()  # what the watcher must notice
    qapp.removeEventFilter(watcher)

    assert watcher.seen == ["QLabel"]
    assert while_composing == []
    for window in windows:
        window.deleteLater()
