"""The program started twice on one workspace: the second start brings the first to the front and ends."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from iowscp_desktop.app.instance import answer_knock
from iowscp_desktop.store.instance import Hold
from tests.app.conftest import Round, audit, setting, small_tool

__all__ = ["audit", "setting", "small_tool"]

ROOT = Path(__file__).parents[2]
PROGRAM = (sys.executable, "-m", "iowscp_desktop")
HOLDS = """
import sys
from pathlib import Path
from iowscp_desktop.store.instance import Hold
Hold(Path(sys.argv[1]))
"""


def _start(folder: Path, place: Path, *files: Path) -> "subprocess.Popen[str]":
    home = place / "home"
    home.mkdir(exist_ok=True)
    return subprocess.Popen(
        [*PROGRAM, "--workspace", str(folder), "--log", str(place / "log"), *map(str, files)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(home), "XDG_STATE_HOME": str(home),
             "XDG_CONFIG_HOME": str(home), "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )  # fmt: skip


@pytest.mark.slow
def test_a_second_start_hands_its_files_to_the_first_and_ends(audit: Round, tmp_path: Path) -> None:
    folder = _closed(audit)
    first = _start(folder, tmp_path)
    try:
        _wait_until_held(folder)
        second = _start(folder, tmp_path, tmp_path / "a file.iowbundle")
        second.communicate(timeout=60)

        assert second.returncode == 0
        assert answer_knock(folder) is None  # the first has answered
        assert first.poll() is None
    finally:
        first.send_signal(signal.SIGKILL)
        first.communicate()


@pytest.mark.slow
def test_a_second_start_that_nobody_answers_changes_nothing(audit: Round, tmp_path: Path) -> None:
    folder = _closed(audit)
    before = (folder / "workspace.db").read_bytes()
    hold = Hold(folder / "workspace.db")
    second = _start(folder, tmp_path)
    time.sleep(4)  # it says who has it, and waits for a click that nobody makes here
    still = second.poll()
    second.kill()
    second.communicate()
    hold.release()

    assert still is None
    assert (folder / "workspace.db").read_bytes() == before


def _closed(audit: Round) -> Path:
    school, _ = audit.laptop()
    path = school.store.database.path
    assert path is not None
    school.close()
    audit.setting.opened.remove(school)
    return path.parent


def _wait_until_held(folder: Path) -> None:
    for _ in range(600):
        probe = subprocess.run(
            [sys.executable, "-c", HOLDS, str(folder / "workspace.db")],
            cwd=ROOT, capture_output=True, check=False,
        )  # fmt: skip
        if probe.returncode:
            return
        time.sleep(0.1)
    raise AssertionError("the first program never came up")
