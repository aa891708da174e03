"""Older workspaces open, keep all they held, and look afterwards as if made today."""

import re
import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import exc

from iowscp_desktop.app import answers, erasure, opening, surveys, tombstones
from iowscp_desktop.app.workspace import Surroundings, Workspace
from iowscp_desktop.domain.clock import system_clock
from iowscp_desktop.domain.events import AnswerRecorded, EvidenceAttached
from iowscp_desktop.domain.ids import QuestionId, ResponseId, new_id, response_of
from iowscp_desktop.errors import NewerWorkspace
from iowscp_desktop.store import Database, Store, migrations
from iowscp_desktop.store.tables import FORMAT, STANDING, tables_of
from tests.app.conftest import PASSPHRASE

MUSEUM = Path(__file__).parents[1] / "samples"
OLD = sorted(path.parent for path in MUSEUM.glob("v*/*/workspace.db"))
KEY = bytes(32)
WORLD = Surroundings(clock=system_clock, new_id=new_id)


def _borrowed(sample: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sample, tmp_path / "workspace"))


def _schema(database: Database) -> dict[str, str]:
    with database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").all()
    return {name: re.sub(r"\s+", " ", sql).replace('"', "").replace(" ,", ",") for name, sql in rows}


def _response(ws: Workspace) -> ResponseId:
    (held,) = ws.standing(AnswerRecorded, question_id="heard")
    response_id = response_of(held.space)
    assert response_id is not None
    return response_id


@pytest.mark.parametrize("sample", OLD, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_every_workspace_of_the_museum_opens_and_holds(sample: Path, tmp_path: Path) -> None:
    ws = opening.unlock_by_passphrase(_borrowed(sample, tmp_path), PASSPHRASE, WORLD)

    verified = ws.verify()
    now = migrations.format_of(ws.store.database)
    ws.close()

    assert verified.wrongs == ()
    assert verified.entries >= 4
    assert now == FORMAT


def test_what_was_typed_into_the_first_version_is_there_and_can_be_gone_on_with(tmp_path: Path) -> None:
    ws = opening.unlock_by_passphrase(_borrowed(MUSEUM / "v0" / "school", tmp_path), PASSPHRASE, WORLD)
    response_id = _response(ws)
    held = {each.event.question_id: each.event.value for each in ws.standing(AnswerRecorded)}
    (attached,) = ws.standing(EvidenceAttached)
    answers.record_answer(ws, response_id, QuestionId("adult"), "met")
    content = ws.store.blobs.read(attached.event.sha256)
    wrongs = ws.verify().wrongs
    ws.close()

    assert held == {
        "heard": "met",
        "heard_evidence": "typed in the museum",
        "heard_next": "not sealed yet, and changed",
    }
    assert content.startswith(b"minutes of the museum's governors")
    assert wrongs == ()


def test_what_the_format_of_today_keeps_is_there_beside_the_database_too(tmp_path: Path) -> None:
    folder = _borrowed(MUSEUM / "v1" / "school", tmp_path)
    ws = opening.unlock_by_passphrase(folder, PASSPHRASE, WORLD)
    response_id = _response(ws)
    held = {each.event.question_id: each.event.value for each in ws.standing(AnswerRecorded)}
    (attached,) = ws.standing(EvidenceAttached)
    content = ws.store.blobs.read(attached.event.sha256)
    waiting, erased = surveys.waiting(ws, response_id), erasure.erasures(ws)
    answers.record_answer(ws, response_id, QuestionId("adult"), "met")
    wrongs = ws.verify().wrongs
    ws.close()

    assert held == {"heard": "met", "heard_evidence": "typed in the museum", "heard_next": "not sealed yet"}
    assert content.startswith(b"minutes of the museum's governors")
    assert waiting == 2
    assert [each.reason for each in erased] == ["written for the museum"]
    assert (folder / tombstones.FILE_NAME).exists()
    assert wrongs == ()


def test_the_museum_holds_a_team_and_a_school_of_every_format() -> None:
    every = {f"v{number}/{role}" for number in range(FORMAT + 1) for role in ("team", "school")}

    assert {f"{path.parent.name}/{path.name}" for path in OLD} == every


@pytest.mark.parametrize("sample", OLD, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_an_old_file_has_the_very_tables_of_a_new_one(sample: Path, tmp_path: Path) -> None:
    ws = opening.unlock_by_passphrase(_borrowed(sample, tmp_path), PASSPHRASE, WORLD)
    new = Store.create(None, KEY)

    assert _schema(ws.store.database) == _schema(new.database)
    ws.close()
    new.close()


def test_a_missing_step_would_be_seen(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "workspace.db", KEY)
    with store.database.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE blob ADD COLUMN colour TEXT")
    new = Store.create(None, KEY)

    assert _schema(store.database) != _schema(new.database)
    store.close()
    new.close()


def test_a_step_that_fails_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(operations: object) -> None:
        migrations.to_1.upgrade(operations)  # type: ignore[arg-type]  # as Alembic hands it in
        raise exc.DatabaseError("", None, Exception("database or disk is full"))

    folder = _borrowed(MUSEUM / "v0" / "school", tmp_path)
    monkeypatch.setattr(migrations, "STEPS", (fails,))
    with pytest.raises(Exception, match="full"):
        opening.unlock_by_passphrase(folder, PASSPHRASE, WORLD)
    monkeypatch.undo()
    ws = opening.unlock_by_passphrase(folder, PASSPHRASE, WORLD)
    wrongs = ws.verify().wrongs
    ws.close()

    assert wrongs == ()


def test_a_newer_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "workspace.db"
    store = Store.create(path, KEY)
    with store.database.writing() as connection:
        connection.exec_driver_sql(f"PRAGMA user_version = {FORMAT + 1}")
    store.close()
    before = path.read_bytes()

    with pytest.raises(NewerWorkspace):
        Store.open(path, KEY)

    assert path.read_bytes() == before


def test_projections_of_another_program_are_made_anew_from_the_journal(tmp_path: Path) -> None:
    folder = _borrowed(MUSEUM / "v0" / "school", tmp_path)
    opening.unlock_by_passphrase(folder, PASSPHRASE, WORLD).close()
    ws = opening.unlock_by_passphrase(folder, PASSPHRASE, WORLD)
    with ws.store.database.writing() as connection:
        connection.exec_driver_sql(f"DROP VIEW {STANDING[AnswerRecorded].name}")
        connection.exec_driver_sql(f"CREATE TABLE {STANDING[AnswerRecorded].name} (x)")  # as it was before the view
        connection.exec_driver_sql("CREATE TABLE standing_of_old (x)")
        connection.exec_driver_sql("UPDATE local SET value=x'00' WHERE name='projections'")
    ws.close()

    again = opening.unlock_by_passphrase(folder, PASSPHRASE, WORLD)
    answers_held = again.standing(AnswerRecorded)
    with again.store.database.reading() as connection:
        names = set(sa.inspect(connection).get_table_names())
    wrongs = again.verify().wrongs
    again.close()

    assert len(answers_held) == 3
    assert "standing_of_old" not in names
    assert {table.name for table in tables_of("projection")} <= names
    assert wrongs == ()
