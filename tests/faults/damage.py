"""Damage to the files while the program is not running: what is noticed, and what is saved with backup and journal."""

import os
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from iowscp_desktop.app import answers, backups, restoring
from iowscp_desktop.domain.ids import QuestionId
from iowscp_desktop.errors import AppError
from iowscp_desktop.store.backup import backups as backups_on
from iowscp_desktop.store.database import Database
from tests.faults.ground import DATABASE, Ground, Promised, content_of, look_over, open_copy, world
from tests.faults.kills import run_and_kill, save
from tests.faults.table import Row

PAGE = 4096


@dataclass
class Scene:
    """A workspace at the moment before the damage, and what it held."""

    folder: Path
    promised: Promised
    earlier: Path
    """A copy of the whole workspace from some time before."""
    in_backup: Promised

    @property
    def file(self) -> Path:
        return self.folder / DATABASE

    @property
    def log(self) -> Path:
        return self.folder / f"{DATABASE}-wal"


Hurt = Callable[[Scene, random.Random], None]


@dataclass(frozen=True)
class Damage:
    """One kind of damage."""

    name: str
    hurt: Hurt
    killed: bool = False
    """The program had been killed before, so that its log still lies there."""


def flip(scene: Scene, chance: random.Random) -> None:
    """Turn one bit of one page over."""
    content = bytearray(scene.file.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    scene.file.write_bytes(content)


def truncate(scene: Scene, chance: random.Random) -> None:
    """Cut the file off somewhere."""
    os.truncate(scene.file, chance.randrange(scene.file.stat().st_size))


def roll_back(scene: Scene, _chance: random.Random) -> None:
    """Put the whole file of an earlier day in its place."""
    shutil.copyfile(scene.earlier / DATABASE, scene.file)


def roll_back_a_page(scene: Scene, chance: random.Random) -> None:
    """Put back one page that has changed since."""
    old, new = (scene.earlier / DATABASE).read_bytes(), bytearray(scene.file.read_bytes())
    changed = [at for at in range(PAGE, min(len(old), len(new)), PAGE) if old[at : at + PAGE] != new[at : at + PAGE]]
    at = chance.choice(changed)
    new[at : at + PAGE] = old[at : at + PAGE]
    scene.file.write_bytes(new)


def lose_log(scene: Scene, _chance: random.Random) -> None:
    """Delete the log that lies beside the file of a program that was killed."""
    scene.log.unlink()


def swap_log(scene: Scene, _chance: random.Random) -> None:
    """Put a log of an earlier time in the place of the log."""
    shutil.copyfile(scene.earlier / f"{DATABASE}-wal", scene.log)
    (scene.folder / f"{DATABASE}-shm").unlink(missing_ok=True)


DAMAGES = (
    Damage("one bit of the file flipped", flip),
    Damage("the file cut off", truncate),
    Damage("the whole file rolled back", roll_back),
    Damage("one page of the file rolled back", roll_back_a_page),
    Damage("the log deleted after a kill", lose_log, killed=True),
    Damage("a log of another time after a kill", swap_log, killed=True),
)


def try_damage(damage: Damage, ground: Ground, trials: int, seed: int) -> Row:
    """Damage it so many times, each elsewhere; see that it is noticed, save it, and look it over."""
    row = Row(damage.name)
    for trial in range(trials):
        chance = random.Random(f"{seed} {damage.name} {trial}")
        scene = _scene(damage, ground, chance)
        damage.hurt(scene, chance)
        row.trials += 1
        _judge(row, scene, ground)
        shutil.rmtree(scene.folder.parent, ignore_errors=True)
    row.control = _control(damage, ground, seed)
    return row


def _scene(damage: Damage, ground: Ground, chance: random.Random) -> Scene:
    sample = ground.school
    folder = ground.copy(sample)
    earlier = folder.parent / "earlier"
    around = world(folder)
    ws = open_copy(folder, sample.keys, around)
    answers.record_answer(ws, sample.response_id, QuestionId("heard_next"), "of the day before")
    for beside in folder.glob(f"{DATABASE}*"):
        earlier.mkdir(exist_ok=True)
        shutil.copyfile(beside, earlier / beside.name)
    if not damage.killed:
        ws.store.database.fold()
        shutil.copyfile(folder / DATABASE, earlier / DATABASE)
    for number in range(chance.randint(3, 12)):
        answers.record_answer(ws, sample.response_id, QuestionId("adult_next"), f"of the day itself, {number}")
    backups.back_up_at_closing(ws)
    in_backup = content_of(ws.store.database)
    ws.close()
    if damage.killed:
        run_and_kill(save, folder, sample, chance, 0.03)
        shutil.copytree(folder, folder.parent / "whole")
        database = Database.open(folder.parent / "whole" / DATABASE, sample.keys.database_key)
        promised = content_of(database)
        database.close()
    else:
        promised = in_backup
    return Scene(folder=folder, promised=promised, earlier=earlier, in_backup=in_backup)


def _judge(row: Row, scene: Scene, ground: Ground) -> None:
    """Open it as a person would; if it is damaged, save it; if something is missing, go back to the backup."""
    keys, around = ground.school.keys, world(scene.folder)
    key = keys.database_key
    noticed = False
    try:
        ws = open_copy(scene.folder, keys, around)
        if ws.noticed is not None:
            noticed = True
            row.said[f"“{ws.noticed}” at opening"] += 1
        elif ws.verify().wrongs:
            noticed = True
            row.said["what `workspace verify` finds"] += 1
        ws.close()
    except AppError as error:
        noticed = True
        row.said[f"{error.code} {error.message}"] += 1
    if restoring.is_damaged(scene.folder, key):
        if not noticed:
            row.said["S104 at the daily look"] += 1
        noticed = True
        restoring.save_damaged(scene.folder, key, around)
    elif noticed:
        newest = backups_on(scene.folder / "backups")[0]
        restoring.restore(scene.folder, newest, restoring.Way(key=key, keys=None), around)
    after = look_over(scene.folder, [keys], scene.promised, around)
    still = look_over(scene.folder, [keys], scene.in_backup, around)
    row.lost += still.lost
    row.destroyed += after.lost - still.lost
    row.unnoticed += (not noticed) and after.lost > 0
    row.corrupted += after.is_corrupted


def _control(damage: Damage, ground: Ground, seed: int) -> str:
    """Without damage nothing is noticed; without a backup and with damage, the look finds what is missing."""
    chance = random.Random(seed)
    calm = Row("calm")
    scene = _scene(damage, ground, chance)
    if not damage.killed:
        _judge(calm, scene, ground)
        assert not calm.said, f"nothing happened, and still: {calm.said}"
    scene = _scene(damage, ground, chance)
    shutil.rmtree(scene.folder / "backups")
    blank = bytearray(scene.file.read_bytes())
    for at in range(PAGE, len(blank) - PAGE, 2 * PAGE):
        blank[at : at + 64] = bytes(64)
    scene.file.write_bytes(blank)
    missing = look_over(scene.folder, [ground.school.keys], scene.promised)
    assert min(missing.lost, missing.is_corrupted) > 0, "a file with holes and no backup must count as lost"
    return "a whole file raises no alarm; every second page blanked, without a backup, counts as lost and corrupted"
