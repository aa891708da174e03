"""Erasing for good in real workspaces: what is destroyed, whom it binds, and that nothing brings it back."""

from pathlib import Path

import pytest

from iowscp_desktop.app import answers, backups, erasure, opening, responses, rounds, tombstones
from iowscp_desktop.app.erasure import Part
from iowscp_desktop.app.merging import preview
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.bundles import Certificate
from iowscp_desktop.domain.erasure import Why
from iowscp_desktop.domain.events import AnswerRecorded, EntriesErased, EvidenceAttached, ResponseAssigned
from iowscp_desktop.domain.grants import Role
from iowscp_desktop.domain.ids import QuestionId, Register, ResponseId, response_space
from iowscp_desktop.errors import NothingToErase, ReasonNeeded
from iowscp_desktop.store.backup import Backup
from iowscp_desktop.store.restoring import put_in_place
from tests.app.conftest import PASSPHRASE, Round
from tests.app.work import WHOLE, answer, take_files, take_in

NAME = "Amber Quill"


def returned(audit: Round, tmp_path: Path) -> tuple[Workspace, ResponseId, Path]:
    """A school that has answered, attached a file and sent its return; the team has taken it in."""
    ws, response_id = audit.laptop()
    answer(ws, response_id, WHOLE | {"heard_evidence": f"{NAME} said so"})
    file = tmp_path / f"{NAME}.txt"
    file.write_text(f"a letter about {NAME}")
    answers.attach(ws, response_id, QuestionId("heard"), file)
    path = responses.send_return(ws, response_id, audit.setting.folder)
    take_files(audit.team, [path])
    return ws, response_id, path


def values(ws: Workspace, response_id: ResponseId) -> list[str | None]:
    return [held.event.value for held in ws.standing(AnswerRecorded, space=response_space(response_id))]


def erase_all(ws: Workspace, response_id: ResponseId) -> erasure.Erased:
    planned = erasure.plan(ws, response_space(response_id))
    return erasure.erase(ws, planned, Why.DUE, "Six years have passed")[0]


def test_a_plan_says_what_would_go_and_destroys_nothing(audit: Round, tmp_path: Path) -> None:
    _ws, response_id, _path = returned(audit, tmp_path)

    planned = erasure.plan(audit.team, response_space(response_id))

    assert planned.kinds["answer-recorded"] == len(WHOLE)
    assert (planned.files, planned.file_bytes) == (1, len(f"a letter about {NAME}"))
    assert len(values(audit.team, response_id)) == len(WHOLE)


def test_an_erased_response_is_gone_and_the_workspace_still_proves_itself(audit: Round, tmp_path: Path) -> None:
    _ws, response_id, _path = returned(audit, tmp_path)
    before = audit.team.verify()

    done = erase_all(audit.team, response_id)

    after = audit.team.verify()
    assert values(audit.team, response_id) == []
    assert audit.team.standing(EvidenceAttached) == ()
    assert (after.wrongs, after.erased, after.blobs) == ((), done.entries, before.blobs - 1)
    assert rounds.returns_of(audit.team, audit.round_id) == ()


def test_what_is_kept_of_an_erasure_says_how_much_and_never_what(audit: Round, tmp_path: Path) -> None:
    _ws, response_id, _path = returned(audit, tmp_path)

    done = erase_all(audit.team, response_id)

    assert (done.why, done.who, done.files) == (Why.DUE, "Ana Team", 1)
    assert done.kinds["answer-recorded"] == len(WHOLE)
    assert erasure.erasures(audit.team) == (done,)
    assert NAME not in str(audit.team.store.journal.history(audit.team.space, Register(f"erasure/{done.id}")))


def test_an_old_return_merged_again_brings_nothing_back_not_even_its_files(audit: Round, tmp_path: Path) -> None:
    _ws, response_id, path = returned(audit, tmp_path)
    erase_all(audit.team, response_id)
    before = audit.team.verify()

    take_files(audit.team, [path])

    assert values(audit.team, response_id) == []
    assert audit.team.verify() == before
    assert NAME not in everything(audit.team)


def test_what_a_school_writes_after_the_team_erased_its_return_is_set_aside(audit: Round, tmp_path: Path) -> None:
    ws, response_id, _path = returned(audit, tmp_path)
    erase_all(audit.team, response_id)
    answer(ws, response_id, {"setting_name": "Another name"})

    (seen,) = preview(audit.team, [responses.send_return(ws, response_id, audit.setting.folder)])

    assert (seen.refused, seen.quarantined) == (None, seen.new)
    assert seen.new > 0


def test_the_school_keeps_its_own_copy(audit: Round, tmp_path: Path) -> None:
    ws, response_id, _path = returned(audit, tmp_path)

    erase_all(audit.team, response_id)

    assert len(values(ws, response_id)) == len(WHOLE)


def test_only_the_files_go_if_only_they_are_due(audit: Round, tmp_path: Path) -> None:
    _ws, response_id, _path = returned(audit, tmp_path)
    planned = erasure.plan(audit.team, response_space(response_id), Part.FILES)

    erasure.erase(audit.team, planned, Why.DUE, "Two years have passed")

    assert planned.kinds == {"evidence-attached": 1}
    assert audit.team.standing(EvidenceAttached) == ()
    assert len(values(audit.team, response_id)) == len(WHOLE)


def test_an_earlier_wording_goes_and_the_answer_stays(audit: Round) -> None:
    ws, response_id = audit.laptop()
    answer(ws, response_id, {"heard_evidence": f"{NAME} said so"})
    answer(ws, response_id, {"heard_evidence": "A pupil said so"})

    erasure.erase(ws, erasure.plan(ws, response_space(response_id), Part.EARLIER), Why.MISTAKE, "A name")

    history = ws.store.journal.history(response_space(response_id), Register("answer/heard_evidence"))
    assert [entry.event is None for entry in history] == [True, False]
    assert values(ws, response_id) == ["A pupil said so"]


def test_one_chosen_wording_can_be_erased_after_it_was_signed_and_sent(audit: Round) -> None:
    ws, response_id = audit.laptop()
    answer(ws, response_id, {"heard_evidence": f"{NAME} said so", "setting_name": "A school"})
    responses.send_return(ws, response_id, audit.setting.folder)
    space = response_space(response_id)
    (entry,) = ws.store.journal.history(space, Register("answer/heard_evidence"))

    erasure.erase(ws, erasure.plan(ws, space, Part.CHOSEN, [entry.id]), Why.ASKED, "The family asked")

    assert values(ws, response_id) == ["A school"]
    assert ws.verify().wrongs == ()


def test_the_partnership_is_asked_and_not_made_to_erase_what_a_school_erased(audit: Round, tmp_path: Path) -> None:
    ws, response_id, _path = returned(audit, tmp_path)
    space = response_space(response_id)
    erasure.erase(ws, erasure.plan(ws, space, Part.FILES), Why.ASKED, "The family asked")

    take_in(audit, response_id, ws)

    assert [held.event.name for held in audit.team.standing(EvidenceAttached)] == [f"{NAME}.txt"]
    (request,) = erasure.requests(audit.team)
    assert (request.who, request.reason) == ("Ben Lead", "The family asked")
    erasure.erase(audit.team, erasure.plan_for(audit.team, request), Why.ASKED, "The school told us")
    assert audit.team.standing(EvidenceAttached) == ()
    assert erasure.requests(audit.team) == ()


def test_another_laptop_of_the_same_school_erases_what_the_first_one_did(audit: Round, tmp_path: Path) -> None:
    ws, response_id, path = returned(audit, tmp_path)
    other, _ = audit.laptop("Cat Deputy", "deputy")
    space = response_space(response_id)
    carry(ws, other, response_id)
    assert len(values(other, response_id)) == len(WHOLE)
    erasure.erase(ws, erasure.plan(ws, space, Part.FILES), Why.ASKED, "The family asked")

    carry(ws, other, response_id)

    assert other.standing(EvidenceAttached) == ()
    assert (other.verify().wrongs, erasure.requests(other)) == ((), ())
    assert path.exists()


def carry(source: Workspace, target: Workspace, response_id: ResponseId) -> None:
    """Hand a response over as laptops of one school do: its sealed entries, by their bytes."""
    space = response_space(response_id)
    source.seal(space)
    certificate = Certificate(
        project=source.about.project,
        device=source.keys.device,
        recipient="",
        holder=source.about.holder,
        role=Role.ORGANISATION,
        issued=source.now(),
        invitation="",
    )
    with target.store.journal.merging() as connection:
        for piece in source.store.journal.sealed_ranges(space):
            taken = target.store.journal.take(connection, piece, bundle="b", refuse=lambda _entry: None)
            erasure.honour(connection, target, space, taken.new, certificate)


def test_nothing_is_erased_twice_or_without_a_reason(audit: Round, tmp_path: Path) -> None:
    _ws, response_id, _path = returned(audit, tmp_path)
    planned = erasure.plan(audit.team, response_space(response_id))

    with pytest.raises(ReasonNeeded):
        erasure.erase(audit.team, planned, Why.OTHER, "  ")
    erasure.erase(audit.team, planned, Why.DUE, "Due")
    with pytest.raises(NothingToErase):
        erasure.erase(audit.team, planned, Why.DUE, "Due")

    assert erasure.plan(audit.team, response_space(response_id)).ids == ()


def test_the_audit_log_says_that_something_was_erased(audit: Round, tmp_path: Path) -> None:
    _ws, response_id, _path = returned(audit, tmp_path)

    done = erase_all(audit.team, response_id)

    line = [line for line in audit.team.store.audit.lines() if line.deed == "erased"][-1]
    assert (line.ids["erasure"], line.ids["entries"]) == (done.id, str(done.entries))


# --- older copies --------------------------------------------------------------------------------


def restore(audit: Round, backup: Backup) -> Workspace:
    """Put a backup in the place of the team's workspace and open it."""
    path = audit.team.store.database.path
    assert path is not None
    audit.team.close()
    put_in_place(path, backup.database)
    team = opening.unlock_by_passphrase(path.parent, PASSPHRASE, audit.setting.world)
    audit.setting.opened.append(team)
    return team


def test_a_restored_backup_from_before_brings_nothing_back(audit: Round, tmp_path: Path) -> None:
    _ws, response_id, _path = returned(audit, tmp_path)
    (backup,) = backups.back_up(audit.team)
    erase_all(audit.team, response_id)

    team = restore(audit, backup)

    assert values(team, response_id) == []
    assert [each.why for each in erasure.erasures(team)] == [Why.AGAIN]
    assert team.verify().wrongs == ()
    assert NAME not in everything(team)
    assert tombstones.carry_over(team) == 0


@pytest.mark.parametrize("harm", ["deleted", "not signed by this device"])
def test_without_the_list_beside_the_workspace_it_would_be_back(audit: Round, tmp_path: Path, harm: str) -> None:
    _ws, response_id, _path = returned(audit, tmp_path)
    (backup,) = backups.back_up(audit.team)
    erase_all(audit.team, response_id)
    assert audit.team.store.database.path is not None
    outside = audit.team.store.database.path.with_name(tombstones.FILE_NAME)
    if harm == "deleted":
        outside.unlink()
    else:
        outside.write_bytes(outside.read_bytes().replace(b'"signature":"', b'"signature":"00'))

    team = restore(audit, backup)

    assert len(values(team, response_id)) == len(WHOLE)


def test_what_was_saved_from_an_older_copy_into_this_file_is_erased_again(audit: Round, tmp_path: Path) -> None:
    _ws, response_id, _path = returned(audit, tmp_path)
    (head,) = audit.team.store.journal.history(response_space(response_id), Register("answer/heard_evidence"))
    erase_all(audit.team, response_id)
    with audit.team.store.database.writing() as connection:  # as salvage puts entries back from a backup
        connection.exec_driver_sql(
            "UPDATE entry SET salt=?, payload=? WHERE seq=? AND stream=(SELECT no FROM stream WHERE id=?)",
            (head.salt, head.payload, head.header.seq, head.stream),
        )
    assert "its content is back" in " ".join(audit.team.verify().wrongs)

    assert tombstones.carry_over(audit.team) == 1

    assert audit.team.verify().wrongs == ()


def test_the_list_beside_the_workspace_holds_numbers_alone(audit: Round, tmp_path: Path) -> None:
    _ws, response_id, _path = returned(audit, tmp_path)
    erase_all(audit.team, response_id)
    path = audit.team.store.database.path
    assert path is not None

    content = path.with_name(tombstones.FILE_NAME).read_text()

    assert response_id in content
    assert not [word for word in (NAME, "Six years", "Test School", "Ana") if word in content]


def everything(ws: Workspace) -> str:
    """Every cell of every table, as text."""
    with ws.store.database.reading() as connection:
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type='table'").scalars().all()
        rows = [row for name in names for row in connection.exec_driver_sql(f"SELECT * FROM {name}")]
    cells = [
        bytes(cell).decode("utf-8", "replace") if isinstance(cell, bytes) else cell for row in rows for cell in row
    ]
    return " ".join(map(str, cells))


def test_a_search_of_all_tables_finds_a_name_that_is_there(audit: Round, tmp_path: Path) -> None:
    _ws, _response_id, _path = returned(audit, tmp_path)

    assert everything(audit.team).count(NAME) > 2
    assert audit.team.standing(ResponseAssigned) != ()
    assert audit.team.standing(EntriesErased) == ()
