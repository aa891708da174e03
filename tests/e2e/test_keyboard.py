"""The real window on a real (virtual) screen: a return of ten items, from invitation to file, without a mouse."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from iowscp_desktop.app import invitations, merging, rounds
from iowscp_desktop.app.recovery import Sheet
from iowscp_desktop.app.workspace import Surroundings, Workspace
from iowscp_desktop.crypto import new_passphrase
from iowscp_desktop.domain.clock import LOCAL_ZONE, system_clock
from iowscp_desktop.domain.events import AnswerRecorded
from iowscp_desktop.domain.ids import Sha256, new_id, response_space
from iowscp_desktop.store.keys import Recovery
from tests.app.conftest import CHEAP, Setting

ROOT = Path(__file__).parents[2]
PRODUCT = "Safeguarding audits"
PATIENCE = 60.0
"""Seconds that this busy computer may take for one step."""
NEEDED = ("Xvfb", "xdotool")
needs_a_screen = pytest.mark.skipif(
    any(shutil.which(each) is None for each in NEEDED),
    reason=f"NOT PROVED HERE: a return by keyboard alone needs {' and '.join(NEEDED)} (apt-get install xvfb xdotool)",
)


@dataclass(frozen=True)
class Hands:
    """Somebody at the keyboard of one window."""

    environment: dict[str, str]

    def wait_for(self, title: str) -> None:
        """Look at the screen until the window is called so, and put the keyboard there."""
        name = f"^{title}.*{PRODUCT}$"
        found = self._do("search", "--sync", "--onlyvisible", "--name", name).stdout.split()
        self._do("windowfocus", found[-1])  # there is no window manager to do it

    def wait_for_dialogue(self, title: str) -> None:
        """Look at the screen until a window of the system's is called so, and put the keyboard there."""
        found = self._do("search", "--sync", "--onlyvisible", "--name", f"^{title}$").stdout.split()
        self._do("windowfocus", found[-1])

    def press(self, *keys: str) -> None:
        self._do("key", "--delay", "40", *keys)

    def type(self, words: str) -> None:
        self._do("type", "--delay", "8", words)

    def _do(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["xdotool", *words], env=self.environment, check=True, capture_output=True, text=True, timeout=PATIENCE
        )


@contextmanager
def screen() -> Iterator[str]:
    """A screen nobody looks at; the server picks a number that is free."""
    told, tell = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(tell), "-screen", "0", "1440x900x24", "-dpi", "96", "-nolisten", "tcp"],
        pass_fds=[tell],
        stderr=subprocess.DEVNULL,
    )
    os.close(tell)
    try:
        with os.fdopen(told) as answer:
            yield f":{answer.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


@contextmanager
def program(home: Path, display: str, *arguments: str) -> Iterator[Hands]:
    """The program as somebody starts it, in a home of its own."""
    home.mkdir()
    environment = {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "HOME": str(home),
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
    }
    window = subprocess.Popen([sys.executable, "-m", "iowscp_desktop", *arguments], env=environment, cwd=ROOT)
    try:
        yield Hands(environment)
    finally:
        window.terminate()
        window.wait()


def wait_until_it_is_there(path: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while not path.exists():
        if time.monotonic() > deadline:
            pytest.fail("the page was not saved")
        time.sleep(0.05)  # another process makes it; nothing in this one would tell


def wait_until_there_is_a_file(folder: Path) -> Path:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        found = list(folder.glob("*.iowbundle"))
        if found:
            return found[0]
        time.sleep(0.05)  # another process makes it; nothing in this one would tell
    pytest.fail("no file was made")


def answer_ten_items(hands: Hands) -> None:
    hands.press("Return")
    hands.wait_for("Questions")
    for number in range(10):
        hands.press("1", "Tab")
        hands.type(f"We looked {number}.")
        hands.press("ctrl+Return")


def sign(hands: Hands, name: str) -> None:
    hands.type(name)
    hands.press("Tab", "space", "Tab", "Return")


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Workspace]:
    world = Surroundings(clock=system_clock, new_id=new_id, code_cost=CHEAP, passphrase_cost=CHEAP)
    ws = Setting(folder=tmp_path / "team", world=world).team()
    yield ws
    ws.close()


def come_in(hands: Hands, code: str, page: Path) -> None:
    """From the code to Home."""
    passphrase = new_passphrase()
    hands.wait_for("Type the code")
    hands.type(code.lower().replace("-", " "))
    hands.press("Return")
    hands.wait_for("This is what you are asked")
    hands.press("Return")
    hands.type("Priya Nair")
    hands.press("Return")
    hands.type("DSL")
    hands.press("Return")
    hands.wait_for("Keep it safe")
    for _ in range(2):
        hands.type(passphrase)
        hands.press("Return")
    put_on_paper(hands, page)
    hands.wait_for("Audit")


def put_on_paper(hands: Hands, page: Path) -> None:
    """Save the recovery sheet, read it as one reads paper, and type back the two groups that its number asks for."""
    hands.wait_for("Put your recovery key on paper")
    hands.press("Return")
    hands.wait_for_dialogue("Save the recovery sheet")
    hands.type(str(page))
    hands.press("Return")
    wait_until_it_is_there(page)
    hands.wait_for("Put your recovery key on paper")
    words = subprocess.run(["pdftotext", "-layout", page, "-"], capture_output=True, text=True, check=True).stdout
    groups = re.findall(r"\b[0-9A-HJKMNP-TV-Z]{4}\b", words.split("Groups 1 to 3")[1].split("Keep this")[0])
    number = re.search(r"Sheet\s+([0-9A-F]{4})", words)
    assert number is not None
    sheet = Sheet(recovery=Recovery(slot_id=number[1].lower(), key=b""), printed="-".join(groups))
    hands.press("Tab", "Tab")
    for at in sheet.asked:
        hands.type(sheet.groups[at])
        hands.press("Return")


def check_and_sign(hands: Hands) -> None:
    """From the last question to the screen that makes the file."""
    hands.press("ctrl+1")
    hands.wait_for("Audit")
    hands.press("Return")
    hands.wait_for("Check your answers")
    hands.press("F6", "F6")
    sign(hands, "Priya Nair")
    sign(hands, "Head Teacher")
    hands.press("Return")
    hands.wait_for("Send")


@needs_a_screen
@pytest.mark.slow
def test_a_return_goes_from_invitation_to_file_by_keyboard_alone(team: Workspace, tmp_path: Path) -> None:
    tool = {path.name: path.read_bytes() for path in (ROOT / "tests" / "e2e" / "ten_items").iterdir()}
    package = Sha256(rounds.adopt_tool(team, tool).digest)
    due = (system_clock() + timedelta(days=30)).astimezone(LOCAL_ZONE).date()
    round_id = rounds.open_round(team, title="2026", package=package, due=due)
    school = rounds.add_organisation(team, "Oakfield Primary School (invented)", "school")
    invited = invitations.invite_organisation(team, round_id, school, tmp_path)

    with screen() as display, program(tmp_path / "home", display, str(invited.path)) as hands:
        come_in(hands, invited.code, tmp_path / "sheet.pdf")
        answer_ten_items(hands)
        check_and_sign(hands)
        hands.press("Return")
        made = wait_until_there_is_a_file(tmp_path / "home" / "Documents" / PRODUCT)

    (done,), _changes = merging.merge(team, merging.preview(team, [made]))
    (line,) = rounds.returns_of(team, round_id)
    answers = {
        held.event.question_id: held.event.value
        for held in team.standing(AnswerRecorded, space=response_space(line.response_id))
    }
    log = next((tmp_path / "home").rglob("iowscp-desktop.log")).read_text(encoding="utf-8")
    assert done.refused is None
    assert sorted(value for value in answers.values() if value) == sorted(
        [*["met"] * 10, *(f"We looked {number}." for number in range(10))]
    )
    assert (line.finalised, line.signed) == (True, ("dsl", "head"))
    assert "CRITICAL" not in log
    assert "Priya" not in log
