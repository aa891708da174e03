"""kill -9 at random moments of a merge of many files: each file is there wholly or not at all, and again brings all."""

import random
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from iowscp_desktop.app import receipts
from iowscp_desktop.app.merging import preview
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.events import ReceiptIssued
from iowscp_desktop.domain.ids import ResponseId
from iowscp_desktop.store.database import Database
from iowscp_desktop.store.keys import unlock_with_passphrase
from tests.app.conftest import PASSPHRASE, Setting
from tests.bench.returns import Load, expect, write_returns
from tests.faults.ground import DATABASE, Sample, open_copy, world
from tests.faults.kills import Say, run_and_kill
from tests.hostile.table import Row

LOAD = Load(bundles=24, answers=60)


@dataclass
class Post:
    """A team that has taken nothing in yet, and what came for it."""

    folder: Path
    sample: Sample
    paths: list[Path]


def prepare_post(folder: Path) -> Post:
    """Make a team, and the returns of twelve schools with two laptops each."""
    folder.mkdir(parents=True, exist_ok=True)
    setting = Setting(folder=folder / "made", world=world(folder / "made" / "x"))
    team = setting.team()
    expect(team, LOAD)
    (folder / "post").mkdir()
    paths = write_returns(team, LOAD, folder / "post")
    path = team.store.database.path
    assert path is not None
    team.close()
    keys = unlock_with_passphrase(path, PASSPHRASE)
    sample = Sample(folder=path.parent, keys=keys, response_id=ResponseId(""), promised={})
    return Post(folder=folder, sample=sample, paths=paths)


def try_kills(post: Post, tries: int, seed: int) -> Row:
    """Kill a merge so many times, each at another moment."""
    row = Row("kill -9 at a random moment of a merge")
    span = _run(post, random.Random(seed), None)[1]
    killed = 0
    while killed < tries and row.tries < 3 * tries:
        chance = random.Random(f"{seed} kill {row.tries}")
        folder = post.folder / f"try-{row.tries}"
        was_killed, _taken = _run(post, chance, chance.uniform(0, span), folder)
        killed += was_killed
        row.tries += was_killed
        span *= 1.01 if was_killed else 0.95
        if was_killed:
            _judge(row, post, folder)
        shutil.rmtree(folder, ignore_errors=True)
        if not was_killed and span < 0.001:
            break
    row.control = _control(post)
    return row


def _run(post: Post, chance: random.Random, after: float | None, folder: Path | None = None) -> tuple[bool, float]:
    place = folder or post.folder / "whole"
    shutil.copytree(post.sample.folder, place / "workspace")

    def work(where: Path, sample: Sample, _chance: random.Random, say: Say) -> None:
        ws = open_copy(where, sample.keys)
        seen = preview(ws, post.paths)
        say("ready")
        receipts.take_in(ws, seen)

    _said, was_killed, taken = run_and_kill(work, place / "workspace", post.sample, chance, after)
    if folder is None:
        shutil.rmtree(place)
    return was_killed, taken


def _judge(row: Row, post: Post, folder: Path) -> None:
    """Look at what a kill has left."""
    ws = open_copy(folder / "workspace", post.sample.keys)
    try:
        came = _came(ws)
        row.accepted += sum(count not in (0, _each(ws)) for count in came.values())
        row.left += len(ws.verify().wrongs) + _unreceipted(ws) + _unnamed(ws)
        row.said[f"{sum(map(bool, came.values())) // 6 * 6} or more of {LOAD.bundles} files were in"] += 1
        row.honest += LOAD.bundles
        again = receipts.take_in(ws, preview(ws, post.paths)).files
        row.honest_taken += sum(each.refused is None for each in again)
        row.left += LOAD.bundles - len(_came(ws)) + len(ws.verify().wrongs) + _unreceipted(ws)
    finally:
        ws.close()


def _each(ws: Workspace) -> int:
    return LOAD.entries // LOAD.bundles


def _came(ws: Workspace) -> dict[str, int]:
    """How many entries came by each file."""
    query = "SELECT bundle, count(*) FROM entry WHERE bundle<>'' GROUP BY bundle"
    with ws.store.database.reading() as connection:
        return {str(bundle): int(count) for bundle, count in connection.exec_driver_sql(query).all()}


def _unreceipted(ws: Workspace) -> int:
    """Files that are in and have no receipt, or receipts without their file."""
    issued = [held.event.bundle for held in ws.standing(ReceiptIssued)]
    return len(set(_came(ws)) ^ set(issued)) + len(issued) - len(set(issued))


def _unnamed(ws: Workspace) -> int:
    """Files on the disk beside the workspace that nobody expects."""
    path = ws.store.database.path
    assert path is not None
    return sum(each.name.endswith((".part", ".tmp")) for each in path.parent.iterdir())


def _control(post: Post) -> str:
    """Take entries out of a merged workspace by hand, and see that the same look finds it."""
    folder, row = post.folder / "control", Row("control")
    _run(post, random.Random(1), None, folder)
    database = Database.open(folder / "workspace" / DATABASE, post.sample.keys.database_key)
    with database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM entry WHERE bundle<>'' AND seq>30")
    database.close()
    with suppress(AssertionError):
        _judge(row, post, folder)
    shutil.rmtree(folder, ignore_errors=True)
    return "files of which half is taken out by hand are seen" if row.accepted == LOAD.bundles and row.left else ""
