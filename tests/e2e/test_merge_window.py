"""The real window on a (virtual) screen: returns are dropped, stopped, taken up again, and settled by keys."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import pytest

from iowscp_desktop.app import opening, rounds
from iowscp_desktop.app.conflicts import conflict_counts
from iowscp_desktop.app.workspace import Surroundings, Workspace
from iowscp_desktop.domain.clock import system_clock
from iowscp_desktop.domain.events import AnswerRecorded
from iowscp_desktop.domain.ids import Sha256, new_id
from tests.app.conftest import CHEAP, PASSPHRASE, Setting
from tests.bench.returns import Load, expect, write_returns
from tests.e2e.merge_desk import SETTLED
from tests.e2e.test_keyboard import Hands, needs_a_screen, screen

ROOT = Path(__file__).parents[2]
BUNDLES = int(os.environ.get("BUNDLES", "24"))
LOAD = Load(bundles=BUNDLES)
PATIENCE = 20.0 + 0.5 * BUNDLES
"""Seconds after which a window that says nothing more is given up."""


@dataclass
class Window:
    """What the window shows, as it tells it, and the keyboard before it."""

    hands: Hands
    told: IO[str]
    said: dict[str, str] = field(default_factory=dict)
    progress: list[str] = field(default_factory=list)

    def until(self, what: str, begins: str) -> str:
        """Read on until the window shows something that begins so; return the rest of it."""
        while what not in self.said or not self.said[what].startswith(begins):
            self.read()
        return self.said[what].removeprefix(begins).strip()

    def read(self) -> str:
        """Read one more thing that the window shows; return what sort of thing it is."""
        line = self.told.readline()
        assert line, f"the window ended; the last it showed was {self.said}"
        what, _, words = line.rstrip("\n").partition(" ")
        self.said[what] = words
        if what == "merge" and words.startswith("working"):
            self.progress.append(words)
        return what

    def tab_to(self, name: str) -> None:
        """Press Tab until the keyboard is there."""
        for _ in range(40):
            if self.said.get("focus") == name:
                return
            self.hands.press("Tab")
            while self.read() != "focus":
                pass
        pytest.fail("the keyboard does not get there")


@contextmanager
def window(display: str, folder: Path, post: Path) -> Iterator[Window]:
    """The program's window with a workspace in it, in a process of its own."""
    environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "LANG": "C.UTF-8"}
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.e2e.merge_desk", str(folder), str(post)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, cwd=ROOT, text=True,
    )  # fmt: skip
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write(PASSPHRASE + "\n")
    child.stdin.flush()
    patience = threading.Timer(PATIENCE, child.kill)
    patience.start()
    try:
        yield Window(Hands(environment), child.stdout)
    finally:
        patience.cancel()
        child.kill()
        child.communicate()


def tool_for(load: Load) -> dict[str, bytes]:
    """Return a tool that asks everything which the returns answer."""
    shared = round(load.answers * load.differing)
    names = [f"shared_{n:03}" for n in range(shared)]
    names += [f"own_{laptop}_{n:03}" for laptop in (0, 1) for n in range(load.answers - shared)]
    asked = "".join(f"| | text | {name} | {name} | What about {name}? |\n" for name in names)
    form = (
        "| survey | | | | |\n| | type | name | short | label |\n| | begin_group | all | | All of it |\n"
        f"{asked}| | end_group | | | |\n| settings | | |\n| | form_title | form_id |\n| | A small audit | small |\n"
    )
    return {"form.md": form.encode(), "tool.toml": (ROOT / "tests/app/small_tool/tool.toml").read_bytes()}


@dataclass(frozen=True)
class Post:
    """A team's closed workspace, and the files that wait for it."""

    folder: Path
    files: Path


@pytest.fixture
def post(tmp_path: Path) -> Post:
    world = Surroundings(clock=system_clock, new_id=new_id, code_cost=CHEAP, passphrase_cost=CHEAP)
    team = Setting(folder=tmp_path / "team", world=world).team()
    expect(team, LOAD, Sha256(rounds.adopt_tool(team, tool_for(LOAD)).digest))
    files = tmp_path / "post"
    files.mkdir()
    write_returns(team, LOAD, files)
    path = team.store.database.path
    assert path is not None
    team.close()
    return Post(path.parent, files)


def stop_on_the_way(seen: Window) -> int:
    """Take the files in, and press Cancel when some are in; return how many are."""
    seen.hands.wait_for("")
    seen.until("merge", f"preview {BUNDLES}")
    seen.until("focus", f"Take in {BUNDLES} files")
    seen.progress.clear()
    seen.hands.press("Return")
    seen.until("focus", "Cancel")
    while not any(words[-1:].isdigit() for words in seen.progress):
        seen.read()
    seen.hands.press("Return")
    return int(seen.until("merge", "done"))


def take_the_rest(seen: Window) -> int:
    """Go back by keyboard, take in what is left, and return how many are in."""
    seen.tab_to("Take in more files")
    seen.hands.press("Return")
    seen.until("merge", f"preview {BUNDLES}")
    seen.until("focus", "Take in ")
    seen.hands.press("Return")
    seen.until("merge", "working")
    return int(seen.until("merge", "done"))


def settle_three(seen: Window) -> None:
    """Go to what differs, and keep the first version, then the second, then the first."""
    seen.until("focus", "Decide")
    seen.hands.press("Return")
    for number in range(SETTLED):
        before = seen.until("conflict", "")
        seen.tab_to(before.split(" ", 1)[1].split(",")[number % 2])
        seen.hands.press("Return")
        while seen.said["conflict"] == before:
            seen.read()


def team_answers(team: Workspace) -> int:
    """Count the answers that this laptop wrote itself."""
    with team.store.database.reading() as connection:
        return int(
            connection.exec_driver_sql(
                "SELECT count(*) FROM entry e JOIN stream t ON t.no=e.stream"
                " WHERE t.ours=1 AND e.kind='answer-recorded'"
            ).scalar_one()
        )


def their_entries(team: Workspace) -> int:
    """Count the entries that came with files."""
    with team.store.database.reading() as connection:
        return int(
            connection.exec_driver_sql(
                "SELECT count(*) FROM entry e JOIN stream t ON t.no=e.stream WHERE t.ours=0"
            ).scalar_one()
        )


@needs_a_screen
@pytest.mark.slow
def test_returns_are_dropped_stopped_taken_up_again_and_three_conflicts_settled_by_keyboard(post: Post) -> None:
    with screen() as display, window(display, post.folder, post.files) as seen:
        stopped = stop_on_the_way(seen)
        steps = len(set(seen.progress))
        taken = take_the_rest(seen)
        settle_three(seen)
        heart = json.loads(seen.until("heart", ""))

    world = Surroundings(clock=system_clock, new_id=new_id)
    team = opening.unlock_by_passphrase(post.folder, PASSPHRASE, world)
    differing = (BUNDLES // 2) * round(LOAD.answers * LOAD.differing)
    left, entries, wrongs = sum(conflict_counts(team).values()), their_entries(team), team.verify().wrongs
    own, standing = team_answers(team), len(team.standing(AnswerRecorded))
    team.close()
    print(
        f"{BUNDLES} bundles, {entries} entries: stopped after {stopped} with {steps} steps seen, then {taken}; "
        f"{differing - left} of {differing} conflicts settled; heart-beat {heart}"
    )
    assert 0 < stopped < BUNDLES
    assert taken == BUNDLES
    assert entries == LOAD.entries
    assert standing == BUNDLES * LOAD.answers - SETTLED
    assert (differing - left, own) == (SETTLED, SETTLED)
    assert wrongs == ()
    assert heart["merging"]["beats"] > heart["merging"]["late"]  # how well it lives is printed
