"""The real window on a (virtual) screen: a folder of returns is dropped, stopped, taken up again, settled by keys.

How well the window lives meanwhile is asserted on the CPU time of its thread between two beats: waiting for a computer
that others keep busy does not count. What the clock saw is printed, and measured by `tests/bench/merge_window.py`.
"""

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
from tests.e2e.merge_desk import BEAT, PLANTED
from tests.e2e.test_keyboard import Hands, needs_a_screen, screen

ROOT = Path(__file__).parents[2]
BUNDLES = int(os.environ.get("BUNDLES", "24"))
LOAD = Load(bundles=BUNDLES)
MARGIN = 2.0
"""How much longer the same work may take on a computer whose memory and caches others use too."""
HALF_WAY = BUNDLES // 2 if BUNDLES >= 100 else 1
"""Files that are in when Cancel is pressed; of a few, the key must be quicker than the rest of them."""
TYPED = " And the other one."
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


def differing() -> int:
    """How many answers the two laptops of a school gave differently."""
    return (BUNDLES // 2) * round(LOAD.answers * LOAD.differing)


def prepared(folder: Path) -> Post:
    """Make a team's workspace, and write what comes back to it."""
    world = Surroundings(clock=system_clock, new_id=new_id, code_cost=CHEAP, passphrase_cost=CHEAP)
    team = Setting(folder=folder / "team", world=world).team()
    expect(team, LOAD, Sha256(rounds.adopt_tool(team, tool_for(LOAD)).digest))
    files = folder / "post"
    files.mkdir()
    write_returns(team, LOAD, files)
    path = team.store.database.path
    assert path is not None
    team.close()
    return Post(path.parent, files)


@pytest.fixture
def post(tmp_path: Path) -> Post:
    return prepared(tmp_path)


def files_in(progress: list[str]) -> list[int]:
    """Return how many files were in, as the window told it: `working File 3 of 24`."""
    return [int(words.split()[-3]) for words in progress if words[-1:].isdigit()]


def stop_on_the_way(seen: Window) -> tuple[int, str]:
    """Take the files in, and press Cancel when some are in; return how many are, and how long each of them is."""
    seen.hands.wait_for("")
    seen.until("merge", f"preview {BUNDLES}")
    seen.until("focus", f"Take in {BUNDLES} files")
    seen.progress.clear()
    seen.hands.press("Return")
    seen.until("focus", "Cancel")
    while max(files_in(seen.progress), default=0) < HALF_WAY:
        seen.read()
    seen.hands.press("Return")
    count, _, lengths = seen.until("merge", "done").partition(" of ")
    return int(count), lengths


def take_the_rest(seen: Window) -> tuple[int, str]:
    """Go back by keyboard, take in what is left, and return how many are in, and how long each of them is."""
    seen.tab_to("Take in more files")
    seen.hands.press("Return")
    seen.until("merge", f"preview {BUNDLES}")
    seen.until("focus", "Take in ")
    seen.hands.press("Return")
    seen.until("merge", "working")
    count, _, lengths = seen.until("merge", "done").partition(" of ")
    return int(count), lengths


def settle_three(seen: Window) -> None:
    """Go to what differs: keep a version, write one out of both, leave one until they were asked, keep one more."""
    seen.until("focus", "Decide")
    seen.hands.press("Return")
    keep_the_second(seen, "1 ")
    seen.until("conflict", "2 ")
    seen.tab_to("Write a combined answer")
    seen.hands.press("Return")
    while seen.said["focus"] == "Write a combined answer":
        seen.read()
    seen.hands.press("ctrl+End")
    seen.hands.type(TYPED)
    seen.tab_to("Keep this answer")
    seen.hands.press("Return")
    seen.until("conflict", "3 ")
    seen.tab_to("Ask them and decide later")
    seen.hands.press("Return")
    keep_the_second(seen, "4 ")


def keep_the_second(seen: Window, matter: str) -> None:
    """Keep what stands on the right."""
    names = seen.until("conflict", matter)
    seen.tab_to(names.split(",")[1])
    seen.hands.press("Return")


def lives(beats: dict[str, float]) -> bool:
    """Tell whether the window's thread never worked so long at a time that a person would notice."""
    return beats["most_work_ms"] <= BEAT * MARGIN


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
def test_a_dropped_folder_is_taken_in_stopped_and_gone_on_with_and_three_conflicts_are_settled_by_keyboard(
    post: Post,
) -> None:
    with screen() as display, window(display, post.folder, post.files) as seen:
        stopped, whole = stop_on_the_way(seen)
        steps = files_in(seen.progress)
        taken, all_whole = take_the_rest(seen)
        settle_three(seen)
        heart = json.loads(seen.until("heart", ""))

    world = Surroundings(clock=system_clock, new_id=new_id)
    team = opening.unlock_by_passphrase(post.folder, PASSPHRASE, world)
    left, entries, wrongs = sum(conflict_counts(team).values()), their_entries(team), team.verify().wrongs
    own, answers = team_answers(team), [held.event.value or "" for held in team.standing(AnswerRecorded)]
    team.close()
    print(
        f"{BUNDLES} bundles, {entries} entries: stopped after {stopped} with {len(steps)} steps seen, then {taken}; "
        f"{differing() - left} of {differing()} conflicts settled, one left for later; heart-beat {heart}"
    )
    assert HALF_WAY <= stopped < BUNDLES
    assert steps == sorted(set(steps))  # it only goes on
    assert taken == BUNDLES
    assert whole == all_whole == str(LOAD.entries // BUNDLES)  # each file wholly, however it was stopped
    assert entries == LOAD.entries
    assert (differing() - left, own) == (3, 3)  # one more waits until they were asked
    assert len(answers) == BUNDLES * LOAD.answers - 3
    assert sum(value.endswith(TYPED) for value in answers) == 1
    assert wrongs == ()
    assert lives(heart["merging"]), heart
    assert lives(heart["settling"]), heart
    assert not lives(heart["planted"]), f"{PLANTED} ms of work on the window's thread went unnoticed"
