"""Backups are made by themselves, proved, kept by age and count; going back shows first what it would take."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from iowscp_desktop.app import answers, backups, keys, opening, restoring
from iowscp_desktop.app.backups import Reason
from iowscp_desktop.app.recovery import new_sheet
from iowscp_desktop.app.workspace import Surroundings, Workspace
from iowscp_desktop.domain.events import AnswerRecorded
from iowscp_desktop.domain.ids import QuestionId, ResponseId
from iowscp_desktop.errors import BackupUnusable, InUse, NothingToSalvage, WorkspaceDamaged, WrongPassphrase
from iowscp_desktop.store import instance
from iowscp_desktop.store.backup import backups as backups_on
from iowscp_desktop.store.backup import open_backup
from iowscp_desktop.store.high_water import Noticed
from iowscp_desktop.store.keys import unlock_with_passphrase
from tests.app.conftest import CHEAP, PASSPHRASE, START, Round

HEARD = QuestionId("heard_evidence")


class Calendar:
    """A clock that can be moved by days."""

    def __init__(self) -> None:
        self.day, self._seconds = 0, 0

    def __call__(self) -> datetime:
        self._seconds += 1
        return START + timedelta(days=self.day, seconds=self._seconds)


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
def world(audit: Round, calendar: Calendar) -> Surroundings:
    return replace(audit.setting.world, clock=calendar, passphrase_cost=CHEAP)


@pytest.fixture
def school(audit: Round, world: Surroundings) -> Iterator[tuple[Workspace, ResponseId]]:
    ws, response_id = audit.laptop()
    assert ws.store.database.path is not None
    ws.close()
    ws = opening.unlock_by_passphrase(ws.store.database.path.parent, PASSPHRASE, world)
    yield ws, response_id
    ws.close()


def _folder(ws: Workspace) -> Path:
    assert ws.store.database.path is not None
    return ws.store.database.path.parent


def _key(folder: Path) -> bytes:
    return unlock_with_passphrase(folder / "workspace.db", PASSPHRASE).database_key


def _write(school: tuple[Workspace, ResponseId], words: str) -> None:
    answers.record_answer(school[0], school[1], HEARD, words)


def _standing(ws: Workspace) -> dict[str, str | None]:
    return {each.event.question_id: each.event.value for each in ws.standing(AnswerRecorded)}


def test_a_backup_opens_and_holds_what_was_there(school: tuple[Workspace, ResponseId]) -> None:
    ws = school[0]
    _write(school, "in the backup")
    (made,) = backups.back_up(ws)
    _write(school, "after the backup")

    copy = open_backup(made, _key(_folder(ws)))
    with copy.reading() as connection:
        words = connection.exec_driver_sql("SELECT value FROM standing_answer_recorded").scalars().all()
    copy.close()

    assert words == ["in the backup"]
    assert sorted(path.name for path in made.folder.iterdir()) == ["backup.json", "keys.json", "workspace.db"]


def test_a_backup_is_as_unreadable_as_the_workspace(school: tuple[Workspace, ResponseId]) -> None:
    _write(school, "nobody is to read this")
    (made,) = backups.back_up(school[0])

    whole = b"".join(path.read_bytes() for path in made.folder.iterdir())

    assert b"nobody is to read" not in whole
    assert not whole.startswith(b"SQLite")


def test_one_is_made_each_day_and_one_at_closing_if_anything_was_written(
    school: tuple[Workspace, ResponseId], calendar: Calendar
) -> None:
    ws = school[0]
    made = [len(backups.back_up_daily(ws)), len(backups.back_up_daily(ws)), len(backups.back_up_at_closing(ws))]
    _write(school, "something")
    made += [len(backups.back_up_at_closing(ws)), len(backups.back_up_at_closing(ws))]
    calendar.day = 1
    made += [len(backups.back_up_daily(ws))]

    assert made == [1, 0, 0, 1, 0, 1]
    assert [each.manifest.reason for each in backups.shelves(ws).here] == ["daily", "closing", "daily"]


def test_old_ones_go_and_the_newest_stay(school: tuple[Workspace, ResponseId], calendar: Calendar) -> None:
    for day in range(0, 40, 2):
        calendar.day = day
        backups.back_up(school[0], Reason.DAILY)

    numbers = [each.manifest.number for each in backups.shelves(school[0]).here]

    assert numbers[:8] == [20, 19, 18, 17, 16, 15, 14, 13]
    assert len(numbers) < 16


def test_a_second_copy_goes_into_the_chosen_folder_and_a_missing_stick_stops_no_routine(
    school: tuple[Workspace, ResponseId], tmp_path: Path
) -> None:
    ws, stick = school[0], tmp_path / "stick"
    stick.mkdir()
    backups.choose_folder(ws, stick)
    both = backups.back_up(ws)
    stick.rename(tmp_path / "not in")
    alone = backups.back_up(ws, Reason.CLOSING)
    (tmp_path / "not in").rename(stick)
    there = backups.shelves(ws)
    backups.choose_folder(ws, None)

    assert (len(both), len(alone)) == (2, 1)
    assert (len(there.here), len(there.elsewhere), there.chosen) == (2, 1, stick)
    assert backups.chosen_folder(ws) is None


def test_the_look_before_going_back_says_what_would_be_lost(school: tuple[Workspace, ResponseId]) -> None:
    ws, response_id = school
    _write(school, "first")
    (made,) = backups.back_up(ws)
    _write(school, "second")
    answers.record_answer(ws, response_id, QuestionId("heard"), "met")

    seen = restoring.preview(made, _key(_folder(ws)), ws.store.database)
    blind = restoring.preview(made, _key(_folder(ws)), None)

    (line,) = seen.responses
    assert (line.then, line.now, line.changed) == (1, 2, 2)
    assert line.title
    assert seen.lost == 2
    assert blind.lost is None


def test_a_backup_of_a_program_that_kept_answers_in_a_table_can_be_looked_into(
    school: tuple[Workspace, ResponseId],
) -> None:
    ws, _response_id = school
    _write(school, "first")
    with ws.store.database.writing() as connection:
        columns = "in_space, stream, seq, at, author, question_id, instances, value"
        connection.exec_driver_sql(f"CREATE TABLE before AS SELECT {columns} FROM standing_answer_recorded")
        connection.exec_driver_sql("DROP VIEW standing_answer_recorded")
        connection.exec_driver_sql("ALTER TABLE before RENAME TO standing_answer_recorded")
    (made,) = backups.back_up(ws)

    seen = restoring.preview(made, _key(_folder(ws)), None)

    assert [line.then for line in seen.responses] == [1]


def test_going_back_brings_the_backup_and_keeps_what_was_there(
    school: tuple[Workspace, ResponseId], world: Surroundings
) -> None:
    ws, folder = school[0], _folder(school[0])
    _write(school, "first")
    (made,) = backups.back_up(ws)
    _write(school, "second")
    ws.close()

    kept = restoring.restore(folder, made, restoring.way_into(folder, made, PASSPHRASE), world)
    again = opening.unlock_by_passphrase(folder, PASSPHRASE, world)
    held, noticed, wrongs = _standing(again), again.noticed, again.verify().wrongs
    again.close()

    assert held == {HEARD: "first"}
    assert noticed is Noticed.RESTORED
    assert wrongs == ()
    assert {path.name for path in kept.iterdir()} == {"workspace.db", "keys.json"}


def test_nothing_is_restored_over_a_workspace_that_another_program_has_open(
    school: tuple[Workspace, ResponseId], world: Surroundings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws, folder = school[0], _folder(school[0])
    (made,) = backups.back_up(ws)
    way = restoring.way_into(folder, made, PASSPHRASE)
    with monkeypatch.context() as as_another_program:
        as_another_program.setattr(instance, "_held", {})
        with pytest.raises(InUse):
            restoring.restore(folder, made, way, world)


def test_a_changed_backup_is_refused_and_nothing_happens(
    school: tuple[Workspace, ResponseId], world: Surroundings
) -> None:
    ws, folder = school[0], _folder(school[0])
    (made,) = backups.back_up(ws)
    content = bytearray(made.database.read_bytes())
    content[5000] ^= 1
    made.database.write_bytes(content)
    ws.close()
    before = (folder / "workspace.db").read_bytes()

    with pytest.raises(BackupUnusable):
        restoring.restore(folder, made, restoring.Way(key=_key(folder), keys=None), world)

    assert (folder / "workspace.db").read_bytes() == before
    assert not (folder / "replaced").exists()


def test_a_backup_of_before_the_key_was_changed_brings_its_own_key_file(
    school: tuple[Workspace, ResponseId], world: Surroundings
) -> None:
    ws, folder = school[0], _folder(school[0])
    _write(school, "under the old key")
    (made,) = backups.back_up(ws)
    keys.change_key(ws, PASSPHRASE, new_sheet())
    ws.close()

    way = restoring.way_into(folder, made, PASSPHRASE)
    restoring.restore(folder, made, way, world)
    again = opening.unlock_by_passphrase(folder, PASSPHRASE, world)
    held = _standing(again)
    again.close()

    assert way.keys is not None
    assert held == {HEARD: "under the old key"}


NEW_PASSPHRASE = "seven slow herons over marshland"  # noqa: S105 - a test workspace of a minute


@pytest.mark.parametrize("renewed", [False, True])
@pytest.mark.parametrize("passphrase", [PASSPHRASE, NEW_PASSPHRASE])
def test_a_backup_of_before_the_passphrase_was_changed_is_no_dead_end(
    school: tuple[Workspace, ResponseId], world: Surroundings, passphrase: str, *, renewed: bool
) -> None:
    ws, folder = school[0], _folder(school[0])
    _write(school, "under the old passphrase")
    (made,) = backups.back_up(ws)
    if renewed:
        keys.change_key(ws, PASSPHRASE, new_sheet())
    keys.change_passphrase(ws, PASSPHRASE, NEW_PASSPHRASE)
    ws.close()

    if renewed and passphrase == NEW_PASSPHRASE:  # nothing that is known today opens a key of before
        with pytest.raises(WrongPassphrase):
            restoring.way_into(folder, made, passphrase)
        return
    restoring.restore(folder, made, restoring.way_into(folder, made, passphrase), world)
    again = opening.unlock_by_passphrase(folder, passphrase, world)
    held = _standing(again)
    again.close()
    assert held == {HEARD: "under the old passphrase"}


@pytest.mark.parametrize("left", [None, b"", b'{"format": "iowscp-keys", "v": 1, "db"'])
def test_a_backup_brings_its_key_file_where_the_workspace_has_none_that_can_be_read(
    school: tuple[Workspace, ResponseId], world: Surroundings, left: bytes | None
) -> None:
    ws, folder = school[0], _folder(school[0])
    _write(school, "before")
    (made,) = backups.back_up(ws)
    ws.close()
    (folder / "keys.json").unlink()
    if left is not None:
        (folder / "keys.json").write_bytes(left)

    restoring.restore(folder, made, restoring.way_into(folder, made, PASSPHRASE), world)
    again = opening.unlock_by_passphrase(folder, PASSPHRASE, world)
    held = _standing(again)
    again.close()
    assert held == {HEARD: "before"}


@pytest.mark.parametrize("left", ["", "{", '{"made": "yesterday"}'])
def test_a_list_that_cannot_be_read_stops_no_backup_and_no_closing(
    school: tuple[Workspace, ResponseId], left: str
) -> None:
    (made,) = backups.back_up(school[0])
    fields = json.loads((made.folder / "backup.json").read_text())
    edited = json.dumps(fields | json.loads(left)) if left.endswith("}") else left
    (made.folder / "backup.json").write_text(edited)
    _write(school, "something")

    (closing,) = backups.back_up_at_closing(school[0])

    assert closing.manifest.number == made.manifest.number + 1
    assert [each.folder for each in backups.shelves(school[0]).here] == [closing.folder]


def test_a_damaged_workspace_is_saved_from_its_journal_and_the_backup(
    school: tuple[Workspace, ResponseId], world: Surroundings
) -> None:
    ws, folder = school[0], _folder(school[0])
    _write(school, "in the backup")
    backups.back_up(ws)
    _write(school, "only in the file")
    ws.close()
    whole, key = (folder / "workspace.db").read_bytes(), _key(folder)
    outcomes = []
    for page in range(1, len(whole) // 4096, 9):
        content = bytearray(whole)
        content[page * 4096 + 77] ^= 1
        (folder / "workspace.db").write_bytes(content)
        assert restoring.is_damaged(folder, key)
        restoring.save_damaged(folder, key, world)
        again = opening.unlock_by_passphrase(folder, PASSPHRASE, world)
        assert again.verify().wrongs == ()
        outcomes.append(_standing(again)[HEARD])
        again.close()

    assert set(outcomes) <= {"in the backup", "only in the file"}
    assert outcomes.count("only in the file") > len(outcomes) / 2


def test_without_a_backup_a_file_of_nothing_is_left_as_it_is(
    school: tuple[Workspace, ResponseId], world: Surroundings
) -> None:
    ws, folder = school[0], _folder(school[0])
    ws.close()
    key = _key(folder)
    rubbish = bytes(range(256)) * 500
    (folder / "workspace.db").write_bytes(rubbish)

    with pytest.raises(NothingToSalvage):
        restoring.save_damaged(folder, key, world)

    assert (folder / "workspace.db").read_bytes() == rubbish


def test_a_workspace_left_open_and_damaged_says_so_at_opening(
    school: tuple[Workspace, ResponseId], world: Surroundings, tmp_path: Path
) -> None:
    folder = _folder(school[0])
    _write(school, "in the log")
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for path in folder.iterdir():
        if path.is_file():
            (crashed / path.name).write_bytes(path.read_bytes())
    content = bytearray((crashed / "workspace.db").read_bytes())
    content[-2000] ^= 1
    (crashed / "workspace.db").write_bytes(content)

    with pytest.raises(WorkspaceDamaged):
        opening.unlock_by_passphrase(crashed, PASSPHRASE, world)


def test_an_interrupted_backup_is_no_backup_and_is_swept_away(school: tuple[Workspace, ResponseId]) -> None:
    ws = school[0]
    (made,) = backups.back_up(ws)
    left = made.folder.with_name(".unfinished-000002")
    made.folder.rename(left)
    half = made.folder.with_name("000003-2026-01-05")
    half.mkdir()
    (half / "backup.json").write_text(json.dumps({"format": "iowscp-backup"}), "utf-8")

    none_there = backups_on(made.folder.parent)
    backups.back_up(ws)

    assert none_there == ()
    assert not left.exists()
