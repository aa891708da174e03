"""What is built may be given away: the gate finds what may not, wherever it lies."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.rules import ROOT


def gate(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, ROOT / ".ci" / "licence_gate.py", folder], capture_output=True, text=True, check=False
    )


@pytest.fixture
def built(tmp_path: Path) -> Path:
    for name in ("iowscp-desktop", "_internal/libQt6Widgets.so.6", "_internal/resources/icons/file-chart-column.svg"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    return tmp_path


def test_a_folder_of_what_is_free_passes(built: Path) -> None:
    assert gate(built).returncode == 0


@pytest.mark.parametrize(
    "planted",
    [
        "_internal/PySide6/Qt/lib/libQt6VirtualKeyboard.so.6",
        "_internal/PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.so",
        "_internal/PySide6/QtCharts.abi3.so",
        "_internal/PySide6/Qt6Graphs.dll",
        "_internal/PySide6/Qt/qml/QtDataVisualization/qmldir",
        "_internal/pyxform/validators/odk_validate/bin/ODK_Validate.jar",
    ],
)
def test_what_may_not_be_given_away_is_found_and_named(built: Path, planted: str) -> None:
    (built / planted).parent.mkdir(parents=True, exist_ok=True)
    (built / planted).write_bytes(b"")

    done = gate(built)

    assert done.returncode == 1
    assert planted in done.stderr


def test_an_empty_folder_is_no_proof(tmp_path: Path) -> None:
    assert gate(tmp_path).returncode == 2
