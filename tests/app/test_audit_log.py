"""What goes into the audit log of a workspace: who came in, what left, what was done to it; in ids alone."""

from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from iowscp_desktop.app import audit_log, opening, reporting, responses, unlocking
from iowscp_desktop.app.audit_log import AuditDeed
from iowscp_desktop.app.recovery import new_sheet
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.errors import WrongPassphrase, WrongRecoveryKey
from iowscp_desktop.store.locked_notes import notes_path
from tests.app.conftest import PASSPHRASE, RECOVERY, Round, Setting
from tests.app.work import WHOLE, answer, take_files


def deeds(ws: Workspace) -> list[str]:
    return [line.deed for line in ws.store.audit.lines()]


@pytest.fixture
def folder(setting: Setting) -> Path:
    """A workspace that was made and locked."""
    new = setting.new("Ana Team", "team")
    opening.start_team(new, "Test Partnership", setting.world).close(locked=True)
    return new.folder


def opened(setting: Setting, folder: Path) -> Workspace:
    ws = unlocking.unlock_by_passphrase(folder, PASSPHRASE, setting.world)
    setting.opened.append(ws)
    return ws


def test_it_says_who_made_it_opened_it_and_locked_it(setting: Setting, folder: Path) -> None:
    ws = opened(setting, folder)

    assert deeds(ws) == ["created", "signed-in", "locked", "opened"]
    lines = ws.store.audit.lines()
    assert lines[-1].ids == {"way": "passphrase"}
    assert {line.who for line in lines[1:]} == {ws.person.id}
    assert ws.verify().audited == 4
    assert not ws.verify().wrongs


def test_failed_attempts_are_kept_beside_it_while_it_is_locked_and_written_in_at_the_next_opening(
    setting: Setting, folder: Path
) -> None:
    for _ in range(2):
        with pytest.raises(WrongPassphrase):
            unlocking.unlock_by_passphrase(folder, "not this one", setting.world)
    with pytest.raises(WrongRecoveryKey):
        unlocking.try_recovery(folder, new_sheet().printed, setting.world)

    ws = opened(setting, folder)

    failed = [line for line in ws.store.audit.lines() if line.deed == AuditDeed.UNLOCK_FAILED]
    assert [line.ids["way"] for line in failed] == ["passphrase", "passphrase", "recovery"]
    assert failed[0].at < failed[1].at
    assert unlocking.failed_attempts(folder) is None
    assert "Ana" not in notes_path(folder / "workspace.db").read_text("utf-8")


def test_a_program_that_dies_right_after_opening_notes_no_attempt_twice(setting: Setting, folder: Path) -> None:
    with pytest.raises(WrongPassphrase):
        unlocking.unlock_by_passphrase(folder, "not this one", setting.world)
    before = notes_path(folder / "workspace.db").read_bytes()
    opened(setting, folder).store.close()
    notes_path(folder / "workspace.db").write_bytes(before)  # as if it had died before the notes were begun anew

    ws = opened(setting, folder)

    assert deeds(ws).count("unlock-failed") == 1


@pytest.mark.parametrize("how", ["gone", "changed", "cut", "another's"])
def test_notes_that_somebody_touched_are_told(setting: Setting, folder: Path, how: str) -> None:
    with pytest.raises(WrongPassphrase):
        unlocking.unlock_by_passphrase(folder, "not this one", setting.world)
    path = notes_path(folder / "workspace.db")
    lines = path.read_bytes().splitlines(keepends=True)
    match how:
        case "gone":
            path.unlink()
        case "changed":
            path.write_bytes(lines[0] + lines[1].replace(b"passphrase", b"recovery"))
        case "cut":
            path.write_bytes(lines[1])
        case _:
            path.write_bytes(b"not a note\n")

    assert "notes-broken" in deeds(opened(setting, folder))


def test_untouched_notes_are_not_called_touched(setting: Setting, folder: Path) -> None:
    opened(setting, folder).close()

    assert "notes-broken" not in deeds(opened(setting, folder))


def test_what_leaves_and_what_comes_in_is_written_down(audit: Round) -> None:
    school, response_id = audit.laptop()
    answer(school, response_id, WHOLE)

    sent = responses.send_return(school, response_id, audit.setting.folder)
    take_files(audit.team, [sent])
    take_files(audit.team, [sent])
    reporting.write_return(school, response_id, audit.setting.folder / "return.pdf")

    out = [dict(line.ids) for line in school.store.audit.lines() if line.deed == AuditDeed.EXPORTED]
    came = [dict(line.ids) for line in audit.team.store.audit.lines() if line.deed == AuditDeed.TAKEN_IN]
    assert [each.get("type") or each.get("report") for each in out] == ["return", "return"]
    assert [each["bundle"] for each in came] == [out[0]["bundle"]]


def test_nothing_that_people_wrote_gets_in(setting: Setting) -> None:
    ws = setting.team()

    with pytest.raises(ValueError, match="ids"):
        audit_log.record(ws, AuditDeed.EXPORTED, report="Oakfield Primary School")

    with ws.store.database.reading() as connection:
        written = b"".join(bytes(line) for (line,) in connection.exec_driver_sql("SELECT line FROM audit"))
    assert b"Ana" not in written


def test_a_line_is_not_changed_by_the_program(setting: Setting) -> None:
    ws = setting.team()

    with pytest.raises(IntegrityError), ws.store.database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM audit")

    assert RECOVERY.key.hex() not in repr(ws.store.audit.lines())
