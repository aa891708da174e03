"""kill -9 at a random moment of each of the things during which a computer goes off."""

import contextlib
import os
import random
import select
import shutil
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from iowscp_desktop.app import answers, backups, keys, merging, restoring
from iowscp_desktop.app.recovery import new_sheet
from iowscp_desktop.domain.ids import QuestionId
from iowscp_desktop.errors import WrongKey
from iowscp_desktop.store import Store
from iowscp_desktop.store.backup import backups as backups_on
from iowscp_desktop.store.backup import open_backup
from iowscp_desktop.store.database import Database
from iowscp_desktop.store.keys import Unlocked, unlock_with_passphrase
from tests.app.conftest import PASSPHRASE
from tests.faults.ground import DATABASE, Ground, Promised, Sample, content_of, look_over, open_copy, world
from tests.faults.table import Row

Say = Callable[[str], None]
Work = Callable[[Path, Sample, random.Random, Say], None]
WORDS = ("seen ", "heard ", "checked ", "written down ")
LONGEST = 20.0  # seconds: a process that is not killed by then hangs, which is a fault too


@dataclass(frozen=True)
class Killing:
    """Something that is killed, and how it is looked at afterwards."""

    name: str
    sample: Callable[[Ground], Sample]
    work: Work
    endless: bool = False
    """It goes on until it is killed; otherwise the moment is drawn from the time that it takes."""


def save(folder: Path, sample: Sample, chance: random.Random, say: Say) -> None:
    """Type answers, half of the time on in the same field."""
    ws = open_copy(folder, sample.keys)
    say("ready")
    words, visit, question = "", 0, QuestionId("heard_evidence")
    while True:
        if chance.random() < 0.3:
            words, visit = "", visit + 1
            question = QuestionId(chance.choice(["heard_evidence", "adult_evidence", "heard_next"]))
        words += chance.choice(WORDS) * chance.randint(1, 40)
        answers.record_answer(ws, sample.response_id, question, words, visit=f"visit-{visit}")
        with ws.store.database.reading() as connection:
            stream, seq = connection.exec_driver_sql(
                "SELECT t.id, t.last FROM stream t WHERE t.ours=1 ORDER BY t.no DESC LIMIT 1"
            ).one()
        say(f"{stream} {seq}")


def migration(folder: Path, sample: Sample, _chance: random.Random, say: Say) -> None:
    """Open a workspace of the first version: it is copied and brought up to date."""
    say("ready")
    open_copy(folder, sample.keys)


def backup(folder: Path, sample: Sample, _chance: random.Random, say: Say) -> None:
    """Make a backup, and let go of older ones."""
    ws = open_copy(folder, sample.keys)
    say("ready")
    (made,) = backups.back_up(ws)
    say(f"backup {made.manifest.number}")


def rekey(folder: Path, sample: Sample, _chance: random.Random, say: Say) -> None:
    """Change the key of the whole workspace."""
    ws = open_copy(folder, sample.keys)
    say("ready")
    keys.renew_database_key(ws, sample.keys, PASSPHRASE, new_sheet())
    say("rekeyed")


def merge(folder: Path, sample: Sample, _chance: random.Random, say: Say) -> None:
    """Take a return in."""
    ws = open_copy(folder, sample.keys)
    assert sample.bundle is not None
    say("ready")
    merging.merge(ws, merging.preview(ws, [sample.bundle]))
    say("merged")


def restore(folder: Path, sample: Sample, _chance: random.Random, say: Say) -> None:
    """Go back to a backup."""
    made = backups_on(folder / "backups")[-1]
    say("ready")
    restoring.restore(folder, made, restoring.Way(key=sample.keys.database_key, keys=None), world(folder))
    say("restored")


KILLINGS = (
    Killing("kill -9 while saving", lambda ground: ground.school, save, endless=True),
    Killing("kill -9 while an older workspace is brought up to date", lambda ground: ground.old, migration),
    Killing("kill -9 while a backup is made", lambda ground: ground.school, backup),
    Killing("kill -9 while the key is changed", lambda ground: ground.school, rekey),
    Killing("kill -9 while a return is merged", lambda ground: ground.team, merge),
    Killing("kill -9 while a backup is restored", lambda ground: ground.school, restore),
)


def try_kill(killing: Killing, ground: Ground, trials: int, seed: int) -> Row:
    """Kill it so many times, each at another moment, and look the workspace over each time."""
    row = Row(killing.name)
    sample = killing.sample(ground)
    span = 0.25 if killing.endless else _span(killing, ground, sample)
    while row.killed < trials and row.trials < 3 * trials:  # one that had ended before it was killed proves little
        chance = random.Random(f"{seed} {killing.name} {row.trials}")
        folder = ground.copy(sample)
        said, was_killed, _ = run_and_kill(killing.work, folder, sample, chance, chance.uniform(0, span))
        row.trials += 1
        row.killed += was_killed
        span *= 1.01 if was_killed else 0.95  # how long it takes depends on what else the computer does
        judge(row, killing, ground, folder, said)
        shutil.rmtree(folder.parent, ignore_errors=True)
    row.control = _control(killing, ground, seed)
    return row


def run_and_kill(
    work: Work, folder: Path, sample: Sample, chance: random.Random, after: float | None
) -> tuple[list[str], bool, float]:
    """Do it in a process of its own, killed so many seconds after it was ready.

    Returns:
        What it said, whether it was killed before it had ended, and how long it was at work.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:  # nothing of the parent may run here, however this ends
        code = 1
        try:
            os.close(reader)
            _silence()
            work(folder, sample, chance, lambda line: _write(writer, line))
            code = 0
        finally:
            os._exit(code)
    os.close(writer)
    said = _read_ready(reader)
    began = time.monotonic()
    if after is not None:
        time.sleep(after)  # the moment of the kill is the point of this trial
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
    with os.fdopen(reader, "rb") as rest:
        said += rest.read()
    taken = time.monotonic() - began
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status) and os.WEXITSTATUS(status) != 0:
        raise AssertionError(f"{work.__name__} went wrong by itself: {said!r}")
    return said.decode().splitlines(), os.WIFSIGNALED(status), taken


def _write(writer: int, line: str) -> None:
    os.write(writer, f"{line}\n".encode())


def _silence() -> None:
    """The child's last words belong to nobody."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    if "FAULTS_LOUD" not in os.environ:
        os.dup2(devnull, 2)
    os.dup2(devnull, 1)


def _read_ready(reader: int) -> bytes:
    said = b""
    while b"ready\n" not in said:
        ready, _, _ = select.select([reader], [], [], LONGEST)
        piece = os.read(reader, 65536) if ready else b""
        if not piece:
            raise AssertionError(f"it never got ready: {said!r}")
        said += piece
    return said


def _span(killing: Killing, ground: Ground, sample: Sample) -> float:
    """How long it takes when nobody kills it."""
    taken: list[float] = []
    for _ in range(5):
        folder = ground.copy(sample)
        taken.append(run_and_kill(killing.work, folder, sample, random.Random(1), None)[2])
        shutil.rmtree(folder.parent, ignore_errors=True)
    return sorted(taken)[2]


def judge(row: Row, killing: Killing, ground: Ground, folder: Path, said: list[str]) -> None:
    """Look a killed workspace over, and add what is found to the row."""
    sample = killing.sample(ground)
    promised = dict(sample.promised)
    saved = {line for line in said if line.count(" ") == 1 and not line.startswith("backup")}
    ways = _ways(folder) if killing.work is rekey else [sample.keys]
    if killing.work is rekey and "rekeyed" in said:
        row.lost += sample.keys.database_key in ways[0].keys  # told that it is done: the old key opens nothing
    after = look_over(folder, ways, promised)
    row.lost += after.lost
    row.corrupted += after.is_corrupted
    if killing.work is save:
        row.lost += _not_saved(folder, sample.keys, saved)
    if killing.work in {backup, migration}:
        _judge_backups(row, folder, sample.keys.database_key, said)
    if killing.work is merge:
        _judge_merge(row, folder, sample, ground, done="merged" in said)
    if killing.work is restore and not after.is_corrupted:
        again = open_copy(folder, sample.keys)
        row.lost += int("restored" in said and not (folder / "replaced" / "000001" / DATABASE).exists())
        again.close()


def _ways(folder: Path) -> list[Unlocked]:
    """The keys that the key file gives by the passphrase, as a person would come in."""
    return [unlock_with_passphrase(folder / DATABASE, PASSPHRASE)]


def _opened(folder: Path) -> Database:
    """The file, opened by whichever key fits: it may just have been changed."""
    (way,) = _ways(folder)
    for key in way.keys[:-1]:
        with contextlib.suppress(WrongKey):
            return Database.open(folder / DATABASE, key)
    return Database.open(folder / DATABASE, way.keys[-1])


def _not_saved(folder: Path, keys_of: Unlocked, saved: set[str]) -> int:
    """How many entries that were confirmed are not there."""
    database = Database.open(folder / DATABASE, keys_of.database_key)
    with database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT t.id, e.seq FROM entry e JOIN stream t ON t.no=e.stream").all()
        again = connection.exec_driver_sql("SELECT value FROM local WHERE name='begin_epoch'").scalar()
    database.close()
    there = {f"{stream} {seq}" for stream, seq in rows}
    return len(saved - there) if again is None else len(saved)


def _judge_backups(row: Row, folder: Path, key: bytes, said: list[str]) -> None:
    """Every backup that the list shows must open; one that was confirmed must be on it."""
    there = backups_on(folder / "backups")
    for each in there:
        database = open_backup(each, key)
        with database.reading() as connection:
            entries = connection.exec_driver_sql("SELECT count(*) FROM entry").scalar_one()
        database.close()
        row.corrupted += entries != each.manifest.entries
    made = {int(line.split()[1]) for line in said if line.startswith("backup ")}
    row.lost += len(made - {each.manifest.number for each in there})


def _judge_merge(row: Row, folder: Path, sample: Sample, ground: Ground, *, done: bool) -> None:
    """The return is there wholly or not at all, and taking it in again brings all of it."""
    assert sample.bundle is not None
    ws = open_copy(folder, sample.keys)
    before = content_of(ws.store.database)
    brought = _of_school(ground)
    part = sum(digest in before.values() for digest in brought.values())
    row.corrupted += part not in {0, len(brought)}
    row.lost += len(brought) - part if done else 0
    merging.merge(ws, merging.preview(ws, [sample.bundle]))
    whole = set(content_of(ws.store.database).values())
    row.lost += sum(digest not in whole for digest in brought.values())
    row.corrupted += bool(ws.verify().wrongs)
    ws.close()


def _of_school(ground: Ground) -> Promised:
    """What the school's return brings: what it had sealed, apart from what was replaced before."""
    store = Store.open(ground.school.folder / DATABASE, ground.school.keys.database_key)
    with store.database.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT t.id, e.seq FROM entry e JOIN stream t ON t.no=e.stream JOIN seal s ON s.stream=e.stream"
            " WHERE t.ours=1 AND e.bare=0 AND e.payload IS NOT NULL AND e.seq BETWEEN s.first AND s.last"
        ).all()
    content = content_of(store.database)
    store.close()
    return {place: content[place] for stream, seq in rows if (place := f"{stream} {seq}") in content}


def _control(killing: Killing, ground: Ground, seed: int) -> str:
    """Do by hand what a kill must not do, and see that the same look finds it."""
    sample = killing.sample(ground)
    row, folder = Row("control"), ground.copy(sample)
    said, _, _ = run_and_kill(killing.work, folder, sample, random.Random(seed), 0.05)
    database = _opened(folder)
    with database.writing() as connection:
        stream, seq = connection.exec_driver_sql(
            "SELECT e.stream, e.seq FROM entry e JOIN seal s ON s.stream=e.stream AND e.seq BETWEEN s.first AND s.last"
            " WHERE e.payload IS NOT NULL ORDER BY e.stream, e.seq DESC LIMIT 1"
        ).one()
        connection.exec_driver_sql("DELETE FROM entry WHERE stream=? AND seq=?", (stream, seq))
    database.close()
    judge(row, killing, ground, folder, [line for line in said if line == "ready"])
    shutil.rmtree(folder.parent, ignore_errors=True)
    assert min(row.lost, row.corrupted) > 0, "the look after a kill must see an entry that is gone"
    return "an entry taken out of the file by hand counts as lost, and its chain as broken"
