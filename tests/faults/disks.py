"""A disk that is full, or that may only be read, in the middle of four things; and how each goes on afterwards.

As root the full disk is a tiny tmpfs and the read-only one is files that the kernel will not let anybody change
(chattr +i). Otherwise a limit on the size of files stands in for the full disk, and the read-only one is left out.
"""

import contextlib
import os
import random
import resource
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from iowscp_desktop.app import answers, backups, keys
from iowscp_desktop.app.recovery import new_sheet
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.ids import QuestionId
from iowscp_desktop.errors import AppError, CannotWrite, KeyFileUnwritable
from iowscp_desktop.store.keys import Unlocked, unlock_with_passphrase
from tests.app.conftest import PASSPHRASE
from tests.faults.ground import DATABASE, Ground, Sample, content_of, look_over, open_copy
from tests.faults.kills import run_and_kill
from tests.faults.table import Row

MIB = 1024 * 1024
ROOMS = (MIB // 64, MIB // 4)
"""How much room is left on a disk that is about to be full, at least and at most."""


@dataclass(frozen=True)
class Task:
    """Something that the disk refuses, and the same once more when it does not."""

    name: str
    sample: Callable[[Ground], Sample]
    begin: Callable[[Path, Sample], Workspace | None]
    """What is open when the disk refuses."""
    do: Callable[[Path, Sample, Workspace | None, random.Random], None]


def _open(folder: Path, sample: Sample) -> Workspace:
    return open_copy(folder, sample.keys)


def _nothing(_folder: Path, _sample: Sample) -> None:
    return None


def _save(_folder: Path, sample: Sample, ws: Workspace | None, chance: random.Random) -> None:
    assert ws is not None
    for number in range(40):
        words = f"{number} " + "typed on a full disk " * chance.randint(100, 1500)
        answers.record_answer(ws, sample.response_id, QuestionId("heard_next"), words)


def _migrate(folder: Path, sample: Sample, _ws: Workspace | None, _chance: random.Random) -> None:
    open_copy(folder, sample.keys).close()


def _back_up(_folder: Path, _sample: Sample, ws: Workspace | None, _chance: random.Random) -> None:
    assert ws is not None
    backups.back_up(ws)


def _rekey(folder: Path, _sample: Sample, ws: Workspace | None, _chance: random.Random) -> None:
    assert ws is not None
    keys.renew_database_key(ws, unlock_with_passphrase(folder / DATABASE, PASSPHRASE), PASSPHRASE, new_sheet())


TASKS = (
    Task("while saving", lambda ground: ground.school, _open, _save),
    Task("while an older workspace is brought up to date", lambda ground: ground.old, _nothing, _migrate),
    Task("while a backup is made", lambda ground: ground.school, _open, _back_up),
    Task("while the key is changed", lambda ground: ground.school, _open, _rekey),
)


def may_mount() -> bool:
    """Tell whether a tiny disk of our own can be made here."""
    return os.geteuid() == 0 and shutil.which("mount") is not None and shutil.which("chattr") is not None


def how() -> str:
    """What stands in for the disks here."""
    if may_mount():
        return "a tmpfs of the workspace's size and a little more; files made immutable with chattr"
    return "a limit on the size of files (RLIMIT_FSIZE); read-only disks were left out, as that needs root"


def try_full(task: Task, ground: Ground, trials: int, seed: int) -> Row:
    """Run out of room in the middle, so many times, each with another bit of room."""
    row = Row(f"disk full {task.name}")
    for trial in range(trials):
        chance = random.Random(f"{seed} {row.fault} {trial}")
        room = chance.randint(*ROOMS)
        if may_mount():
            with _tiny_disk(ground, task) as (folder, grow):
                _try(row, task, ground, folder, chance, refuse=partial(_fill, folder, room), allow=grow)
        else:
            folder = ground.copy(task.sample(ground))
            size = (folder / DATABASE).stat().st_size
            limit = size + room // 4 if task.do is _save else int(size * chance.uniform(0.05, 0.9))
            _try_limited(row, task, ground, folder, chance, limit)
            shutil.rmtree(folder.parent, ignore_errors=True)
    row.control = _control(row, task, ground, seed)
    return row


def try_read_only(task: Task, ground: Ground, trials: int, seed: int) -> Row | None:
    """Let nothing be written any more, in the middle."""
    if not may_mount():
        return None
    row = Row(f"disk read-only {task.name}")
    for trial in range(trials):
        chance = random.Random(f"{seed} {row.fault} {trial}")
        folder = ground.copy(task.sample(ground))
        try:
            _try(row, task, ground, folder, chance, refuse=partial(_freeze, folder), allow=partial(_thaw, folder))
        finally:
            _thaw(folder)
            shutil.rmtree(folder.parent, ignore_errors=True)
    row.control = _control(row, task, ground, seed)
    return row


def _try(
    row: Row,
    task: Task,
    ground: Ground,
    folder: Path,
    chance: random.Random,
    *,
    refuse: Callable[[], None],
    allow: Callable[[], None],
) -> None:
    """Do it against a disk that refuses, look at what is held, and do it once more when the disk allows it."""
    sample = task.sample(ground)
    ws = task.begin(folder, sample)
    state = chance.getstate()
    refuse()
    try:
        task.do(folder, sample, ws, chance)
        row.said["nothing: it went through"] += 1
    except (CannotWrite, KeyFileUnwritable) as error:
        row.said[f"{error.code} {error.message}"] += 1
    row.trials += 1
    promised = dict(sample.promised)
    if ws is not None:  # what was confirmed before the disk refused
        promised |= content_of(ws.store.database)
    allow()
    chance.setstate(state)
    try:
        task.do(folder, sample, ws, chance)
    except AppError as error:
        row.lost += 1
        row.said[f"and again: {error.code}"] += 1
    if ws is not None:
        ws.close()
    keys_now = unlock_with_passphrase(folder / DATABASE, PASSPHRASE) if task.do is _rekey else sample.keys
    _look(row, folder, keys_now, promised)


def _try_limited(row: Row, task: Task, ground: Ground, folder: Path, chance: random.Random, limit: int) -> None:
    """The same in a process whose files may not grow beyond a limit."""
    sample = task.sample(ground)

    def work(place: Path, given: Sample, dice: random.Random, say: Callable[[str], None]) -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        ws = task.begin(place, given)
        say("ready")
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
        try:
            task.do(place, given, ws, dice)
        except (CannotWrite, KeyFileUnwritable) as error:
            say(f"refused {error.code} {error.message}")
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        if ws is not None:
            ws.close()

    said, _, _ = run_and_kill(work, folder, sample, chance, None)
    told = [line.removeprefix("refused ") for line in said if line.startswith("refused ")]
    row.said[told[0] if told else "nothing: it went through"] += 1
    row.trials += 1
    keys_now = unlock_with_passphrase(folder / DATABASE, PASSPHRASE) if task.do is _rekey else sample.keys
    _look(row, folder, keys_now, sample.promised)


def _look(row: Row, folder: Path, keys_now: Unlocked, promised: dict[str, str]) -> None:
    after = look_over(folder, [keys_now], promised)
    row.lost += after.lost
    row.corrupted += after.is_corrupted


def _control(row: Row, task: Task, ground: Ground, seed: int) -> str:
    """The disk really refused, and a disk that does not refuse is not said to."""
    refused = sum(count for words, count in row.said.items() if words[:1] in "SK")
    assert refused, f"{row.fault}: the disk never refused"
    calm, folder = Row("calm"), ground.copy(task.sample(ground))
    _try(calm, task, ground, folder, random.Random(seed), refuse=_as_it_is, allow=_as_it_is)
    promised = {**task.sample(ground).promised, "never written": "0" * 64}
    keys_now = task.sample(ground).keys
    if task.do is _rekey:
        keys_now = unlock_with_passphrase(folder / DATABASE, PASSPHRASE)
    missing = look_over(folder, [keys_now], promised).lost
    shutil.rmtree(folder.parent, ignore_errors=True)
    assert list(calm.said) == ["nothing: it went through"]
    assert missing == 1, "an entry that was never written must count as lost"
    return f"it refused {refused} times; with room nothing is refused; an entry that was never written counts as lost"


@contextmanager
def _tiny_disk(ground: Ground, task: Task) -> Iterator[tuple[Path, Callable[[], None]]]:
    sample = task.sample(ground)
    size = sum(path.stat().st_size for path in sample.folder.rglob("*") if path.is_file()) + 128 * 1024
    disk = ground.folder / "disk"
    disk.mkdir(exist_ok=True)
    _run("mount", "-t", "tmpfs", "-o", f"size={8 * MIB + size}", "tmpfs", str(disk))

    def grow() -> None:
        _run("mount", "-o", f"remount,size={size + 64 * MIB}", str(disk))

    try:
        yield ground.copy(sample, disk / "trial"), grow
    finally:
        _run("umount", "-l", str(disk))


def _fill(folder: Path, room: int) -> None:
    """Leave only so much room on the disk that a folder is on."""
    free = os.statvfs(folder)
    with (folder.parent / "filler").open("wb") as file:
        file.write(bytes(max(0, free.f_bavail * free.f_frsize - room)))


def _freeze(folder: Path) -> None:
    _run("chattr", "-R", "+i", str(folder))


def _thaw(folder: Path) -> None:
    with contextlib.suppress(subprocess.CalledProcessError):
        _run("chattr", "-R", "-i", str(folder))


def _as_it_is() -> None:
    """The disk stays as it is."""


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
