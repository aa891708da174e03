"""What an unlucky user and an attacker found in opening, locking and keeping a workspace, each once."""

import itertools
import os
import resource
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa

from iowscp_desktop.app import (
    answers,
    backups,
    erasure,
    escrow,
    invitations,
    keys,
    opening,
    recovery,
    restoring,
    unlocking,
)
from iowscp_desktop.app.audit_log import AuditDeed
from iowscp_desktop.app.opening import NewWorkspace
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.erasure import Why
from iowscp_desktop.domain.events import AnswerRecorded, PartnershipNamed, ResponseAssigned
from iowscp_desktop.domain.ids import QuestionId, response_space
from iowscp_desktop.errors import DiskFull, KeyFileExists
from iowscp_desktop.store import Database, instance
from iowscp_desktop.store import restoring as store_restoring
from iowscp_desktop.store.high_water import Noticed
from tests.app.conftest import CHEAP, PASSPHRASE, Round, Setting


@pytest.fixture
def folder(setting: Setting, tmp_path: Path) -> Path:
    """A workspace that was opened and closed in order."""
    setting.world = replace(setting.world, passphrase_cost=CHEAP, marks=tmp_path / "marks")
    ws = setting.team()
    ws.close()
    assert ws.store.database.path is not None
    return ws.store.database.path.parent


def opened(setting: Setting, folder: Path) -> Workspace:
    ws = opening.unlock_by_passphrase(folder, PASSPHRASE, setting.world)
    setting.opened.append(ws)
    return ws


@contextmanager
def no_room_beyond(size: int) -> Iterator[None]:
    """No file of this process grows beyond so many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_workspace_locked_on_a_full_disk_stays_locked_and_tells_of_no_lost_log(
    setting: Setting, folder: Path
) -> None:
    ws = opened(setting, folder)
    with no_room_beyond(4096):
        ws.close(locked=True)

    was_locked = unlocking.was_locked(folder)
    again = opened(setting, folder)
    deeds = [line.deed for line in again.store.audit.lines()]

    assert was_locked
    assert (again.noticed, AuditDeed.NOTES_BROKEN in deeds) == (None, False)
    assert deeds[-2:] == [AuditDeed.OPENED, AuditDeed.OPENED]  # there was no room for the line in between


def cut_off(begin: Callable[[], Workspace], at: int) -> bool:
    """Begin a workspace in a process of its own that dies at one of its steps; tell whether it came to its end."""
    child = os.fork()
    if child == 0:  # nothing of the parent may run here, however this ends
        with suppress(BaseException):
            steps = itertools.count()
            writing = Database.writing

            def die_in_time() -> None:
                if next(steps) == at:
                    os._exit(9)

            def hook(event: str, arguments: tuple[object, ...]) -> None:
                if event in {"os.rename", "os.remove"} or (event == "open" and str(arguments[0]).endswith(".lock")):
                    die_in_time()

            @contextmanager
            def and_die(database: Database) -> Iterator[sa.Connection]:
                with writing(database) as connection:
                    yield connection
                die_in_time()

            Database.writing = and_die  # type: ignore[method-assign,assignment]  # in this process alone
            sys.addaudithook(hook)
            begin()
            os._exit(0)
        os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WEXITSTATUS(status) in {0, 9}
    return os.WEXITSTATUS(status) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="processes are forked")
@pytest.mark.parametrize("joins", [False, True])
def test_a_beginning_that_a_power_cut_broke_off_can_be_begun_again(audit: Round, *, joins: bool) -> None:
    setting = audit.setting
    invited = invitations.invite_organisation(audit.team, audit.round_id, audit.school, setting.folder)
    cuts = 0

    def begin(new: NewWorkspace) -> Workspace:
        if joins:
            return opening.join(new, invited.path, invited.code, setting.world)
        return opening.start_team(new, "Test Partnership", setting.world)

    while True:
        new = setting.new("Ben Lead", "dsl")
        is_whole = cut_off(partial(begin, new), cuts)
        cuts += 1
        if not opening.exists(new.folder):
            assert not is_whole
            begin(new).close()
        ws = opened(setting, new.folder)
        assert ws.standing(ResponseAssigned if joins else PartnershipNamed)
        assert not ws.verify().wrongs
        ws.close()
        if is_whole:
            break
    assert cuts > 8


def test_a_key_file_that_some_workspace_may_need_is_never_taken_away(setting: Setting) -> None:
    new = setting.new("Ana Team", "team")
    new.folder.mkdir()
    (new.folder / "keys.json").write_text("the only way into a workspace that lies elsewhere just now")

    for _ in range(2):
        with pytest.raises(KeyFileExists):
            opening.start_team(new, "Test Partnership", setting.world)

    assert [path.name for path in new.folder.iterdir() if path.suffix != ".lock"] == ["keys.json"]


@pytest.mark.parametrize("times", [0, 1, 2])
def test_what_was_erased_before_it_was_ever_sent_does_not_come_back_with_a_backup(
    audit: Round, tmp_path: Path, times: int
) -> None:
    setting = audit.setting
    setting.world = replace(setting.world, passphrase_cost=CHEAP, marks=tmp_path / "marks")
    joined, response_id = audit.laptop()
    assert joined.store.database.path is not None
    folder = joined.store.database.path.parent
    joined.close()
    ws = opened(setting, folder)
    answers.record_answer(ws, response_id, QuestionId("heard_evidence"), "a name that must go")
    (made,) = backups.back_up(ws)
    for _ in range(times):  # each time it goes on under other numbers
        ws.close()
        restoring.restore(folder, made, restoring.way_into(folder, made, PASSPHRASE), setting.world)
        ws = opened(setting, folder)
    space = response_space(response_id)
    chosen = [held.id for held in ws.standing(AnswerRecorded)]
    erasure.erase(ws, erasure.plan(ws, space, erasure.Part.CHOSEN, chosen), Why.OTHER, "It was asked for.")
    ws.close()

    restoring.restore(folder, made, restoring.way_into(folder, made, PASSPHRASE), setting.world)
    again = opened(setting, folder)
    with again.store.database.reading() as connection:
        payloads = connection.exec_driver_sql("SELECT payload FROM entry WHERE payload IS NOT NULL").scalars().all()

    assert again.noticed is Noticed.RESTORED
    assert not again.standing(AnswerRecorded)
    assert [payload for payload in payloads if b"a name that must go" in bytes(payload)] == []
    assert not again.verify().wrongs


def test_an_opening_that_fails_late_leaves_nothing_open_and_raises_no_alarm_afterwards(
    setting: Setting, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise DiskFull

    monkeypatch.setattr(unlocking, "check_in", refuse)
    with pytest.raises(DiskFull):
        opened(setting, folder)
    monkeypatch.undo()

    assert not any(path.is_relative_to(folder) for path in instance._held)
    assert opened(setting, folder).noticed is None


def test_the_spare_key_too_finds_a_workspace_that_was_just_being_put_in_place(
    setting: Setting, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    spare = escrow.new_spare_key(setting.world)
    stick = escrow.save_spare_key(spare, tmp_path / "stick")
    ws = opened(setting, folder)
    escrow.use_for_partnership(ws, spare)
    keys.accept_spare_key(ws, PASSPHRASE)
    (made,) = backups.back_up(ws)
    ws.close()
    way = restoring.way_into(folder, made, PASSPHRASE)
    calls, finish = itertools.count(), store_restoring.finish_restoring

    def cut(database: Path) -> None:
        if next(calls) == 1:
            raise KeyboardInterrupt  # the power goes off when it was decided
        finish(database)

    monkeypatch.setattr(store_restoring, "finish_restoring", cut)
    with pytest.raises(KeyboardInterrupt):
        restoring.restore(folder, made, way, setting.world)
    monkeypatch.undo()
    shutil.move(folder / "workspace.db", tmp_path / "moved aside")

    new = escrow.NewLocks(passphrase=PASSPHRASE, sheet=recovery.new_sheet())
    again = escrow.open_with_spare_key(folder, stick, spare.words, new, setting.world)
    setting.opened.append(again)
    assert again.noticed is Noticed.RESTORED


def test_saving_from_damage_brings_back_no_file_that_was_erased(audit: Round, tmp_path: Path) -> None:
    setting, letter = audit.setting, tmp_path / "letter.txt"
    letter.write_bytes(b"a name that must go")
    ws, response_id = audit.laptop()
    assert ws.store.database.path is not None
    folder = ws.store.database.path.parent
    answers.attach(ws, response_id, QuestionId("heard_evidence"), letter)
    backups.back_up(ws)
    erasure.erase(ws, erasure.plan(ws, response_space(response_id), erasure.Part.FILES), Why.OTHER, "It was asked for.")
    kept = tmp_path / "kept.txt"
    kept.write_bytes(b"a file that stays")
    answers.attach(ws, response_id, QuestionId("heard_evidence"), kept)
    backups.back_up(ws)
    ws.close()

    restoring.save_by_passphrase(folder, PASSPHRASE, setting.world)
    again = opened(setting, folder)
    with again.store.database.reading() as connection:
        files = connection.exec_driver_sql("SELECT bytes FROM chunk").scalars().all()

    assert b"a file that stays" in files
    assert b"a name that must go" not in files
    assert not again.verify().wrongs


def test_no_whole_copy_stays_behind_after_a_restore_that_was_broken_off(
    setting: Setting, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws = opened(setting, folder)
    (made,) = backups.back_up(ws)
    ws.close()
    before = {path.name for path in folder.iterdir()}
    way = restoring.way_into(folder, made, PASSPHRASE)

    def cut(*_: object) -> None:
        raise KeyboardInterrupt  # the power goes off before it was decided

    monkeypatch.setattr(store_restoring, "write_whole", cut)
    monkeypatch.setattr(restoring, "_remove", lambda _scratch: None)
    with pytest.raises(KeyboardInterrupt):
        restoring.restore(folder, made, replace(way, keys=made.folder / "keys.json"), setting.world)
    monkeypatch.undo()
    left = {path.name for path in folder.iterdir()} - before
    opened(setting, folder).close()

    assert {"restoring.db", "workspace.db.ready", "keys.json.ready"} <= left
    assert {path.name for path in folder.iterdir()} == before
