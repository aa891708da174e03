"""The same entries in another file are known without being read, and come to the very same as if they were read."""

from collections.abc import Callable
from pathlib import Path

import pytest

from iowscp_desktop.app import answers, merging, partial, quarantine
from iowscp_desktop.app.circle import Circle
from iowscp_desktop.app.taking import Proof, only_look, prove
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.events import AnswerRecorded, ScoreGiven
from iowscp_desktop.domain.ids import PersonId, QuestionId
from iowscp_desktop.store.local import FILE, RANGE
from tests.app.conftest import Round
from tests.app.test_erasure import erase_all, returned, values
from tests.app.test_exchange import send_return
from tests.app.test_hostile_returns import Liar
from tests.app.test_hostile_returns import answer as answered
from tests.app.work import answer, take_files


def plain(audit: Round, folder: Path) -> Path:
    """Nothing has happened since."""
    ws, response_id = audit.laptop()
    answer(ws, response_id, {"heard": "met"})
    take_files(audit.team, [send_return(ws, response_id, folder)])
    return send_return(ws, response_id, folder)


def erased(audit: Round, folder: Path) -> Path:
    """What it says was erased here since."""
    ws, response_id = audit.laptop()
    answer(ws, response_id, {"heard": "met"})
    take_files(audit.team, [send_return(ws, response_id, folder)])
    erase_all(audit.team, response_id)
    return send_return(ws, response_id, folder)


def completed(audit: Round, folder: Path) -> Path:
    """It was a part, and the whole came since."""
    ws, response_id = audit.laptop()
    answer(ws, response_id, {"setting_name": "The old lighthouse school", "heard": "met"})
    part = partial.send_part(ws, response_id, {"culture"}, folder)
    take_files(audit.team, [part, send_return(ws, response_id, folder)])
    return partial.send_part(ws, response_id, {"culture"}, folder)


def aside(audit: Round, folder: Path) -> Path:
    """Some of it lies aside: a school may not write scores."""
    liar = Liar(audit, folder)
    score = ScoreGiven(
        judge=PersonId("eve"), response_id=liar.response_id, question_id=QuestionId("heard"), point="met"
    )
    written = liar.sealed(liar.chain([answered("adult", "met"), score]))
    assert liar.send(written).quarantined == 1
    return liar.write(written)


def let_in(audit: Round, folder: Path) -> Path:
    """What lay aside was let in since."""
    again = aside(audit, folder)
    (item,) = quarantine.set_aside(audit.team)
    quarantine.let_count(audit.team, item, "They were asked to")
    return again


def rows(ws: Workspace) -> list[tuple[object, ...]]:
    with ws.store.database.reading() as connection:
        return [
            tuple(row)
            for table in ("entry", "seal", "quarantine", "fork", "head", "replaced", "strayed", "erased")
            for row in connection.exec_driver_sql(f"SELECT '{table}', * FROM {table} ORDER BY 2, 3")
        ]


def proof_of(ws: Workspace, path: Path) -> Proof:
    return prove(ws, path, Circle(ws), expected=None, keep=only_look)


def forget(ws: Workspace) -> None:
    with ws.store.database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM local WHERE name LIKE ?", (f"{RANGE}%",))


@pytest.mark.parametrize("happened", [plain, erased, completed, aside, let_in])
def test_a_list_that_is_not_read_again_comes_to_the_same(
    audit: Round, tmp_path: Path, happened: Callable[[Round, Path], Path]
) -> None:
    team, again = audit.team, happened(audit, tmp_path)
    before = rows(team)

    unread, seen = proof_of(team, again), merging.preview(team, [again])
    done, changes = merging.merge(team, seen)
    after = rows(team)
    forget(team)
    with team.store.database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM local WHERE name LIKE ?", (f"{FILE}%",))
    read = proof_of(team, again)

    assert len(unread.known) > 0
    assert (len(unread.known) + len(unread.ranges), read.known) == (len(read.ranges), ())
    assert unread.entries == read.entries
    assert (done[0].new, done[0].known, done[0].refused, changes.registers) == (0, read.entries, None, frozenset())
    assert after == before
    merging.merge(team, [merging.Incoming(path=again)])
    assert rows(team) == before
    assert team.verify().wrongs == ()


def test_what_is_seen_of_a_list_does_not_depend_on_whether_it_is_read(audit: Round, tmp_path: Path) -> None:
    again = plain(audit, tmp_path)

    (unread,) = merging.preview(audit.team, [again])
    forget(audit.team)
    (read,) = merging.preview(audit.team, [again])

    assert unread == read
    assert unread.known > 0


def test_a_list_that_names_files_is_read_each_time(audit: Round, tmp_path: Path) -> None:
    ws, response_id, _path = returned(audit, tmp_path)

    proof = proof_of(audit.team, send_return(ws, response_id, tmp_path))

    assert (proof.known, len(proof.files)) == ((), 1)


def test_a_list_is_read_where_the_journal_has_lost_some_of_it(audit: Round, tmp_path: Path) -> None:
    again = plain(audit, tmp_path)
    known = len(proof_of(audit.team, again).known)
    with audit.team.store.database.writing() as connection:  # as after saving what a torn file still holds
        connection.exec_driver_sql("UPDATE stream SET last=last-1 WHERE ours=0")

    assert (known, proof_of(audit.team, again).known) == (1, ())


def test_a_preview_remembers_nothing(audit: Round, tmp_path: Path) -> None:
    ws, response_id = audit.laptop()
    answer(ws, response_id, {"heard": "met"})

    merging.preview(audit.team, [send_return(ws, response_id, tmp_path)])

    assert audit.team.store.local.names(RANGE) == []
    assert audit.team.standing(AnswerRecorded) == ()


def test_a_longer_list_brings_what_is_new_in_it(audit: Round, tmp_path: Path) -> None:
    ws, response_id = audit.laptop()
    answer(ws, response_id, {"heard": "met"})
    take_files(audit.team, [send_return(ws, response_id, tmp_path)])
    answers.record_answer(ws, response_id, QuestionId("adult"), "met")

    (done,) = take_files(audit.team, [send_return(ws, response_id, tmp_path)]).files

    assert done.new == 1
    assert values(audit.team, response_id).count("met") == 2
