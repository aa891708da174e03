"""One program at a time has a workspace; a second one is told since when, and may knock."""

import subprocess
import sys
from pathlib import Path

import pytest

from iowscp_desktop.errors import InUse, ReadOnly
from iowscp_desktop.store.instance import Hold, answer_knock, is_unanswered, knock

HOLDS = """
import sys
from pathlib import Path
from iowscp_desktop.errors import InUse
from iowscp_desktop.store.instance import Hold
try:
    Hold(Path(sys.argv[1]))
    print("held", flush=True)
    sys.stdin.readline()
except InUse as error:
    print(error.message)
"""


def _other(path: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "workspace.db"


def test_a_second_program_is_told_who_has_it_and_since_when(path: Path) -> None:
    hold = Hold(path)
    told, _ = _other(path).communicate("\n")
    hold.release()

    assert told.startswith("This workspace is already open on this computer, since ")


def test_it_is_free_again_when_the_program_that_had_it_is_killed(path: Path) -> None:
    other = _other(path)
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"
    with pytest.raises(InUse):
        Hold(path)
    other.kill()
    other.communicate()

    Hold(path).release()


def test_one_program_may_hold_it_twice_and_lets_go_with_the_last(path: Path) -> None:
    first, second = Hold(path), Hold(path)
    first.release()
    first.release()
    still, _ = _other(path).communicate("\n")
    second.release()
    free, _ = _other(path).communicate("\n")

    assert "already open" in still
    assert free == "held\n"


def test_where_nothing_may_be_written_nothing_is_held(tmp_path: Path) -> None:
    with pytest.raises(ReadOnly):
        Hold(tmp_path / "not there" / "workspace.db")


def test_a_knock_brings_files_once(path: Path, tmp_path: Path) -> None:
    knock(path, (tmp_path / "a file.iowbundle",))
    waits = is_unanswered(path)
    brought = answer_knock(path)

    assert waits
    assert brought == (tmp_path / "a file.iowbundle",)
    assert answer_knock(path) is None
    assert not is_unanswered(path)


def test_a_knock_that_makes_no_sense_is_still_a_knock(path: Path) -> None:
    path.with_name("workspace.db.knock").write_bytes(b"{ not json")

    assert answer_knock(path) == ()
