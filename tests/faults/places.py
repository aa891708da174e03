"""Odd places, two programs at once, and clocks that jump."""

import dataclasses
import itertools
import os
import random
import shutil
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

from iowscp_desktop.app import answers, backups
from iowscp_desktop.domain.clock import Clock
from iowscp_desktop.domain.events import AnswerRecorded
from iowscp_desktop.domain.ids import QuestionId, new_id
from iowscp_desktop.errors import InUse
from iowscp_desktop.store import Store
from iowscp_desktop.store.backup import backups as backups_on
from iowscp_desktop.store.instance import LOCK_SUFFIX
from tests.faults.ground import DATABASE, START, Ground, content_of, look_over, open_copy, world
from tests.faults.table import Row

LONG = 250
YEAR = timedelta(days=365)
OPENS = """
import sys
from pathlib import Path
from iowscp_desktop.errors import AppError
from iowscp_desktop.store import Store
try:
    Store.open(Path(sys.argv[1]), bytes.fromhex(sys.stdin.readline())).close()
    print("opened")
except AppError as error:
    print(error.code, error.message)
"""


def try_paths(ground: Ground, trials: int, seed: int) -> Row:
    """Paths with spaces, letters of other languages, and 250 characters."""
    row = Row("a path with spaces, non-ASCII letters, or 250 characters")
    for trial in range(trials):
        chance = random.Random(f"{seed} path {trial}")
        place = ground.folder / f"odd-{trial}" / _odd(chance, trial, ground.folder / f"odd-{trial}")
        folder = ground.copy(ground.school, place)
        assert trial % 3 != 2 or len(str(folder / DATABASE)) >= LONG
        ws = open_copy(folder, ground.school.keys)
        answers.record_answer(ws, ground.school.response_id, QuestionId("heard_next"), "at an odd place")
        backups.back_up(ws)
        promised = content_of(ws.store.database)
        ws.close()
        after = look_over(folder, [ground.school.keys], promised)
        row.trials, row.lost, row.corrupted = row.trials + 1, row.lost + after.lost, row.corrupted + after.is_corrupted
        shutil.rmtree(ground.folder / f"odd-{trial}")
    row.said["nothing: it works"] = row.trials
    row.control = _control_of_look(ground)
    return row


def _odd(chance: random.Random, trial: int, parent: Path) -> str:
    words = ["Safeguarding  Children", "Ynys Wyth – škola №1", "学校 الأمان", "o'Neill & Søn (2) [x] %20 #?"]
    if os.name == "nt":
        words[-1] = "o'Neill & Søn (2) [x] %20 #"
    if trial % 3 == 0:
        return chance.choice(words[:1]) + " " * chance.randint(1, 3) + "folder"
    if trial % 3 == 1:
        return chance.choice(words[1:])
    pieces, length = [], len(str(parent)) + len("/workspace/") + len(DATABASE)
    while length < LONG:
        piece = "x" * min(60, max(1, LONG - length))
        pieces.append(piece)
        length += len(piece) + 1
    return "/".join(pieces)


def try_two(ground: Ground, trials: int, _seed: int) -> Row:
    """A second program opens a workspace that the first one has open."""
    row = Row("two programs on one workspace")
    for _ in range(trials):
        folder = ground.copy(ground.school)
        ws = open_copy(folder, ground.school.keys)
        answers.record_answer(ws, ground.school.response_id, QuestionId("heard_next"), "before the second one")
        said = second_start(folder, ground)
        answers.record_answer(ws, ground.school.response_id, QuestionId("heard_next"), "after the second one")
        promised = content_of(ws.store.database)
        ws.close()
        after = look_over(folder, [ground.school.keys], promised)
        row.trials += 1
        row.unnoticed += not said.startswith(InUse.code)
        row.said[f"{said.split(', since')[0]}, since …"] += 1
        row.lost, row.corrupted = row.lost + after.lost, row.corrupted + after.is_corrupted
        shutil.rmtree(folder.parent)
    folder = ground.copy(ground.school)
    assert second_start(folder, ground) == "opened", "alone, the second program must get in"
    ws = open_copy(folder, ground.school.keys)
    (folder / f"{DATABASE}{LOCK_SUFFIX}").unlink()
    assert second_start(folder, ground) == "opened", "without the lock nothing keeps it out"
    ws.close()
    row.control = "alone it gets in; with the lock taken away by hand it gets in beside the first"
    return row


def second_start(folder: Path, ground: Ground) -> str:
    """What a second program says that opens the same workspace."""
    done = subprocess.run(
        [sys.executable, "-c", OPENS, str(folder / DATABASE)],
        input=ground.school.keys.database_key.hex(),
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    return done.stdout.strip()


def try_clock(ground: Ground, trials: int, seed: int) -> Row:
    """The clock jumps a year ahead and a year back while somebody works."""
    row = Row("the clock a year ahead, then a year back")
    for trial in range(trials):
        chance = random.Random(f"{seed} clock {trial}")
        folder = ground.copy(ground.school)
        promised, order = _through_the_years(folder, ground, chance)
        after = look_over(folder, [ground.school.keys], promised)
        ws = open_copy(folder, ground.school.keys)
        stands = ws.one(AnswerRecorded, question_id="heard_next").value
        kept = len(backups_on(folder / "backups"))
        ws.close()
        row.trials += 1
        row.lost += after.lost + (stands != order[-1]) + (kept < 3)
        row.corrupted += after.is_corrupted
        shutil.rmtree(folder.parent)
    row.said["nothing: what was written last holds, whatever its time; three backups or more stay"] = row.trials
    row.control = _control_of_look(ground)
    return row


def _through_the_years(folder: Path, ground: Ground, chance: random.Random) -> tuple[dict[str, str], list[str]]:
    jumps = [timedelta(0), YEAR, -YEAR, chance.choice([YEAR, -YEAR]), timedelta(0)]
    written: list[str] = []
    promised: dict[str, str] = {}
    for number, jump in enumerate(jumps):
        around = dataclasses.replace(world(folder), clock=_ticking(START + jump))
        ws = open_copy(folder, ground.school.keys, around)
        written.append(f"written in session {number} {new_id()}")
        answers.record_answer(ws, ground.school.response_id, QuestionId("heard_next"), written[-1])
        backups.back_up_daily(ws)
        backups.back_up(ws)
        promised = content_of(ws.store.database)
        ws.close()
    return promised, written


def _ticking(start: datetime) -> Clock:
    seconds = itertools.count()
    return lambda: start + timedelta(seconds=next(seconds))


def _control_of_look(ground: Ground) -> str:
    store = Store.open(ground.school.folder / DATABASE, ground.school.keys.database_key)
    store.close()
    folder = ground.copy(ground.school)
    missing = look_over(folder, [ground.school.keys], {**ground.school.promised, "x": "0" * 64}).lost
    shutil.rmtree(folder.parent)
    assert missing == 1
    return "an entry that was never written counts as lost"
