"""What an unlucky user and an attacker found in opening, locking and keeping a workspace, each once."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from iowscp_desktop.app import opening, unlocking
from iowscp_desktop.app.audit_log import AuditDeed
from iowscp_desktop.app.workspace import Workspace
from tests.app.conftest import CHEAP, PASSPHRASE, Setting


@pytest.fixture
def folder(setting: Setting, tmp_path: Path) -> Path:
    """A workspace that was opened and closed in order."""
    setting.world = replace(setting.world, passphrase_cost=CHEAP, marks=tmp_path / "marks")
    ws = setting.team()
    ws.close()
    assert ws.store.database.path is not None
    return ws.store.database.path.parent


def opened(setting: Setting, folder: Path) -> Workspace:
    ws = opening.unlock_by_passphrase(folder, PASSPHRASE, setting.world)
    setting.opened.append(ws)
    return ws


@contextmanager
def no_room_beyond(size: int) -> Iterator[None]:
    """No file of this process grows beyond so many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_workspace_locked_on_a_full_disk_stays_locked_and_tells_of_no_lost_log(
    setting: Setting, folder: Path
) -> None:
    ws = opened(setting, folder)
    with no_room_beyond(4096):
        ws.close(locked=True)

    was_locked = unlocking.was_locked(folder)
    again = opened(setting, folder)
    deeds = [line.deed for line in again.store.audit.lines()]

    assert was_locked
    assert (again.noticed, AuditDeed.NOTES_BROKEN in deeds) == (None, False)
    assert deeds[-2:] == [AuditDeed.OPENED, AuditDeed.OPENED]  # there was no room for the line in between
