"""The workspaces that faults are tried on: made once, copied for each trial, opened by their key, looked over after."""

import hashlib
import itertools
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from iowscp_desktop.app import answers, backups, exchange, rounds, unlocking
from iowscp_desktop.app.workspace import Surroundings, Workspace
from iowscp_desktop.domain.events import AnswerRecorded, EvidenceAttached, ResponseAssigned
from iowscp_desktop.domain.ids import AttachmentId, QuestionId, ResponseId, Sha256, new_id, response_space
from iowscp_desktop.errors import AppError
from iowscp_desktop.store.database import Database
from iowscp_desktop.store.keys import Unlocked, unlock_with_passphrase
from iowscp_desktop.store.restoring import finish_restoring
from tests.app.conftest import CHEAP, PASSPHRASE, Round, Setting

DATABASE = unlocking.DATABASE
START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
MUSEUM = Path(__file__).parents[1] / "samples" / "v0" / "school"
TOOL = Path(__file__).parents[1] / "app" / "small_tool"

Promised = dict[str, str]
"""What a person was told is saved: `stream seq` → the digest of its content."""


@dataclass(frozen=True)
class Sample:
    """A workspace of which copies are made."""

    folder: Path
    keys: Unlocked
    response_id: ResponseId
    promised: Promised
    bundle: Path | None = None
    """A file that its owner has not taken in yet."""


@dataclass
class Ground:
    """Everything that trials need."""

    folder: Path
    school: Sample
    team: Sample
    old: Sample
    """A workspace that the first version wrote."""
    _numbers: "itertools.count[int]" = field(default_factory=itertools.count)

    def copy(self, sample: Sample, folder: Path | None = None) -> Path:
        """A fresh copy of a workspace, with room for its marks beside it."""
        place = folder or self.folder / f"trial-{next(self._numbers)}"
        shutil.copytree(sample.folder, place / "workspace")
        return place / "workspace"


def world(folder: Path) -> Surroundings:
    """Surroundings whose clock ticks once a question, so that trials are the same whenever they run."""
    seconds = itertools.count()
    return Surroundings(
        clock=lambda: START + timedelta(days=30, seconds=next(seconds)),
        new_id=new_id,
        code_cost=CHEAP,
        passphrase_cost=CHEAP,
        marks=folder.parent / "marks",
    )


def open_copy(folder: Path, keys: Unlocked, around: Surroundings | None = None) -> Workspace:
    """Open a workspace as unlocking does, once its key is out of its slot."""
    finish_restoring(folder / DATABASE)
    return unlocking.open_unlocked(folder, keys, around or world(folder), unlocking.Way.PASSPHRASE)[0]


def prepare(folder: Path) -> Ground:
    """Make a team and a school that has answered, attached a file, sent a return, and gone on writing."""
    made = Setting(folder=folder / "made", world=replace(world(folder / "made" / "x"), marks=None))
    team = made.team()
    package = rounds.adopt_tool(team, {path.name: path.read_bytes() for path in TOOL.iterdir()})
    round_id = rounds.open_round(team, title="2026", package=Sha256(package.digest), due=date(2026, 12, 18))
    school = rounds.add_organisation(team, "Test School", "school")
    ws, response_id = Round(made, team, round_id, school).laptop()
    space = response_space(response_id)
    for number in range(40):
        question = QuestionId(("heard_evidence", "adult_evidence", "heard_next", "setting_name")[number % 4])
        answers.record_answer(ws, response_id, question, f"written for the trials, {number}: " + "words " * 30)
    for number in range(3):
        content = bytes(range(256)) * (200 * (number + 1))

        def attached(sha256: Sha256, size: int, name: str = f"minutes-{number}.txt") -> EvidenceAttached:
            return EvidenceAttached(
                attachment_id=AttachmentId(new_id()), question_id=QuestionId("heard_files"), name=name,
                media_type="text/plain", size=size, sha256=sha256,
            )  # fmt: skip

        ws.append_with_blob(space, [content], attached)
    recipients = ws.one(ResponseAssigned, response_id=response_id).recipients
    bundle = exchange.send(ws, exchange.Parcel(type="return", spaces=[space], recipients=recipients), folder)
    for number in range(10):
        answers.record_answer(ws, response_id, QuestionId("adult_next"), f"after sending, {number}")
    backups.back_up(ws)
    samples = {}
    for name, each in (("school", ws), ("team", team)):
        path = each.store.database.path
        assert path is not None
        promised = content_of(each.store.database)
        each.close()
        keys = unlock_with_passphrase(path, PASSPHRASE)
        samples[name] = Sample(folder=path.parent, keys=keys, response_id=response_id, promised=promised)
    return Ground(
        folder=folder,
        school=samples["school"],
        team=replace(samples["team"], bundle=bundle),
        old=_old(folder),
    )


def _old(folder: Path) -> Sample:
    keys = unlock_with_passphrase(MUSEUM / DATABASE, PASSPHRASE)
    copy = Path(shutil.copytree(MUSEUM, folder / "old"))
    database = Database.open(copy / DATABASE, keys.database_key)
    promised = content_of(database)
    database.close()
    return Sample(folder=copy, keys=keys, response_id=ResponseId(""), promised=promised)


def content_of(database: Database) -> Promised:
    """Every entry that a file holds, and what it says."""
    with database.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT t.id, e.seq, e.payload FROM entry e JOIN stream t ON t.no=e.stream WHERE e.payload IS NOT NULL"
        ).all()
    return {f"{stream} {seq}": hashlib.sha256(bytes(payload)).hexdigest() for stream, seq, payload in rows}


@dataclass(frozen=True)
class After:
    """What a fault has left."""

    lost: int
    wrongs: tuple[str, ...]

    @property
    def is_corrupted(self) -> bool:
        return bool(self.wrongs)


def look_over(folder: Path, keys: Iterable[Unlocked], promised: Promised, around: Surroundings | None = None) -> After:
    """Open a workspace after a fault and say what is missing of what was promised, and what does not hold.

    Content counts, wherever it stands: a new epoch writes what was not sealed again, under new numbers.
    """
    refused: AppError | None = None
    for each in keys:
        try:
            ws = open_copy(folder, each, around)
        except AppError as error:
            refused = error
            continue
        held = list(content_of(ws.store.database).values())
        wrongs = (*ws.verify().wrongs, *(() if ws.store.database.is_whole() else ("the file is damaged",)))
        ws.close()
        missing = 0
        for digest in promised.values():
            if digest in held:
                held.remove(digest)
            else:
                missing += 1
        return After(lost=missing, wrongs=wrongs)
    return After(lost=len(promised), wrongs=(f"it does not open: {refused}",))


def answers_in(ws: Workspace) -> int:
    """How many answers stand."""
    return len(ws.standing(AnswerRecorded))
