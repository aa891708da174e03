"""After a day's use, a lock and a crash, nothing that was typed lies readable anywhere on the disk."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from iowscp_desktop.app import opening
from tests.app.conftest import PASSPHRASE
from tests.e2e.marked_day import MARKERS
from tests.e2e.test_demo import _copy_in_plain, found
from tests.faults.ground import world

ROOT = Path(__file__).parents[2]
STORED = {what: words for what, words in MARKERS.items() if "failure" not in what}


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("day")
    (folder / "tmp").mkdir()
    homes = {name: str(folder / "home") for name in ("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    done = subprocess.run(
        [sys.executable, "-m", "tests.e2e.marked_day", str(folder)],
        cwd=ROOT,
        env={**os.environ, **homes, "XDG_CACHE_HOME": str(folder / "home"), "TMPDIR": str(folder / "tmp")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout.strip()) == (9, "done"), done.stderr[-3000:]
    return folder


def _left(day: Path) -> list[Path]:
    """Everything that the program left, apart from the person's own file that was attached."""
    return [path for path in day.rglob("*") if path.is_file() and "theirs" not in path.relative_to(day).parts]


@pytest.mark.slow
def test_nothing_that_was_typed_is_readable_after_use_lock_and_crash(day: Path) -> None:
    files = _left(day)

    assert found(MARKERS.values(), files) == set()


@pytest.mark.slow
def test_every_kind_of_file_was_there_to_be_searched(day: Path) -> None:
    names = {path.name for path in _left(day)}
    kinds = {path.suffix for path in _left(day)}

    assert {"workspace.db", "workspace.db-wal", "keys.json", "backup.json", "settings.toml"} <= names
    assert {".log", ".iowbundle", ".iowinvite"} <= kinds
    assert any(path.parent.name == "marks" for path in _left(day))
    assert "a bug: ValueError" in next(path for path in _left(day) if path.suffix == ".log").read_text("utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16le", "UTF-16be"])
def test_the_same_search_finds_every_word_in_an_unencrypted_store(day: Path, tmp_path: Path, encoding: str) -> None:
    (folder,) = (path.parent for path in day.rglob("workspace.db") if path.parent.name.startswith("dsl-"))
    ws = opening.unlock_by_passphrase(folder, PASSPHRASE, world(folder))
    _copy_in_plain(ws, tmp_path / "plain.db", encoding)
    ws.close()

    assert found(STORED.values(), [tmp_path / "plain.db"]) == set(STORED.values())
