"""The whole main job, run as people run it, leaves nothing readable behind but its reports and pictures."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from iowscp_desktop.app import opening
from iowscp_desktop.app.workspace import Surroundings, Workspace
from iowscp_desktop.domain.clock import system_clock
from iowscp_desktop.domain.ids import new_id
from iowscp_desktop.domain.shipped import shipped

ROOT = Path(__file__).parents[2]
MARKERS = {
    "typed as an answer": "in September 3 of 11 had not signed for it",
    "typed on the second laptop": "all eleven supply staff have now signed the leaflet",
    "a file's name": "filtering-test.txt",
    "inside an evidence file": "",  # read from the file below
    "a person": "Priya Nair",
    "an organisation": "Oakfield Primary School",
    "a panel member's remark": "Some of it is still a plan.",
    "the team's reason": "confirmed it by telephone",
}
READABLE = {".pdf", ".png"}
PROGRAM = """
import sys
from pathlib import Path
from iowscp_desktop.crypto import Cost
from iowscp_desktop.demo import run
made = run(Path(sys.argv[1]), print, cost=Cost(memory_kib=19 * 1024, passes=2, lanes=1))
print("PASSPHRASE", made.passphrases["team"])
"""


def _markers() -> dict[str, str]:
    evidence = shipped("resources", "samples", "evidence", "filtering-test.txt").read_text("utf-8")
    longest = max(evidence.splitlines(), key=len)
    return MARKERS | {"inside an evidence file": longest}


def found(markers: Iterable[str], files: Iterable[Path]) -> set[str]:
    """Return the markers that lie readable in files, as UTF-8 or UTF-16."""
    forms = {m: (m.encode(), m.encode("utf-16-le"), m.encode("utf-16-be")) for m in markers}
    seen: set[str] = set()
    for path in files:
        content = path.read_bytes()
        seen |= {marker for marker, written in forms.items() if any(each in content for each in written)}
    return seen


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The demonstration's folder, temporary files included, as it lies when the program is killed at its end."""
    out = tmp_path_factory.mktemp("demo")
    temporary = out / "temporary"
    temporary.mkdir()
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM + "\nimport os; os._exit(0)", str(out)],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(temporary), "HOME": str(temporary), "PYTHONUNBUFFERED": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    (passphrase,) = [line.split(maxsplit=1)[1] for line in ran.stdout.splitlines() if line.startswith("PASSPHRASE")]
    return out, passphrase


def _hidden(out: Path) -> list[Path]:
    return [path for path in out.rglob("*") if path.is_file() and path.suffix not in READABLE]


@pytest.mark.slow
def test_the_demonstration_leaves_nothing_readable(demo: tuple[Path, str]) -> None:
    out, _ = demo
    files = _hidden(out)

    assert any(path.name.endswith("-wal") for path in files)  # it was not even closed
    assert len(files) > 20
    assert found(_markers().values(), files) == set()


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16le"])
def test_the_same_search_finds_everything_in_an_unencrypted_store(
    demo: tuple[Path, str], tmp_path: Path, encoding: str
) -> None:
    ws = _unlocked(*demo, "team")  # what everybody wrote and attached has come home here
    plain = tmp_path / "plain.db"

    _copy_in_plain(ws, plain, encoding)
    ws.close()

    assert found(_markers().values(), [plain]) == set(_markers().values())


@pytest.mark.slow
def test_a_workspace_of_the_demonstration_opens_and_holds(demo: tuple[Path, str]) -> None:
    ws = _unlocked(*demo, "team")

    verified = ws.verify()
    ws.close()

    assert verified.wrongs == ()
    assert verified.entries > 230


def _unlocked(out: Path, passphrase: str, key: str) -> Workspace:
    world = Surroundings(clock=system_clock, new_id=new_id)
    return opening.unlock_by_passphrase(out / "workspaces" / key, passphrase, world)


def _copy_in_plain(ws: Workspace, path: Path, encoding: str) -> None:
    """Write a workspace's tables with the driver that does not encrypt."""
    target = sqlite3.connect(path)
    target.execute(f"PRAGMA encoding = '{encoding}'")
    with ws.store.database.reading() as connection:
        tables = connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite%'"
        )
        for (name,) in tables.all():
            rows = connection.exec_driver_sql(f"SELECT * FROM {name}").all()
            if rows:
                target.execute(f"CREATE TABLE {name} ({', '.join(f'c{n}' for n in range(len(rows[0])))})")
                target.executemany(
                    f"INSERT INTO {name} VALUES ({','.join('?' * len(rows[0]))})", [tuple(r) for r in rows]
                )
    target.commit()
    target.close()
