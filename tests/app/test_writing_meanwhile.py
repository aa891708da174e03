"""Something is signed, or arrives, between a person's look and their deed: what was not seen is not written over."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from iowscp_desktop.app import answers, editions, repeats, responses
from iowscp_desktop.app.answers import Evidence
from iowscp_desktop.app.filling import open_filling
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.events import AnswerRecorded, EvidenceAttached, ResponseFinalised
from iowscp_desktop.domain.ids import InstanceId, QuestionId, ResponseId, Sha256, response_space
from iowscp_desktop.errors import AnswersArrived, ComparisonOutdated, ResponseLocked
from tests.app.conftest import Round
from tests.app.newer_tool import arrive, newer
from tests.app.test_settling_meanwhile import just_before_writing
from tests.app.work import WHOLE, answer

Deed = Callable[[Workspace, ResponseId, Path], Changes]
NOTE = Evidence(name="note.txt", media_type="text/plain", content=b"A note.")
VISIT, FIRST = QuestionId("visit"), InstanceId("first")
HEARD = QuestionId("heard")


def _record(ws: Workspace, response_id: ResponseId, _folder: Path) -> Changes:
    return answers.record_answer(ws, response_id, HEARD, "not", visit="a stay")


def _attach(ws: Workspace, response_id: ResponseId, folder: Path) -> Changes:
    path = folder / "note.txt"
    path.write_bytes(NOTE.content)
    return answers.attach(ws, response_id, HEARD, path)


def _answer_with_file(ws: Workspace, response_id: ResponseId, _folder: Path) -> Changes:
    return answers.answer_with_file(ws, response_id, HEARD, NOTE)


def _add(ws: Workspace, response_id: ResponseId, _folder: Path) -> Changes:
    return repeats.add_instance(ws, response_id, VISIT)


def _remove(ws: Workspace, response_id: ResponseId, _folder: Path) -> Changes:
    return repeats.remove_instance(ws, open_filling(ws, response_id), VISIT, instance=FIRST)


def _order(ws: Workspace, response_id: ResponseId, _folder: Path) -> Changes:
    return repeats.order_instances(ws, response_id, VISIT, [FIRST])


@pytest.mark.parametrize("deed", [_record, _attach, _answer_with_file, _add, _remove, _order])
def test_nothing_is_written_into_what_was_finalised_a_moment_ago(audit: Round, tmp_path: Path, deed: Deed) -> None:
    ws, response_id = audit.laptop()
    answer(ws, response_id, WHOLE)
    space = response_space(response_id)
    just_before_writing(ws, lambda: responses.finalise(ws, open_filling(ws, response_id)))

    with pytest.raises(ResponseLocked):
        deed(ws, response_id, tmp_path)

    (finalised,) = ws.standing(ResponseFinalised, space=space)
    assert responses.revision(ws, response_id, open_filling(ws, response_id).tool).digest == finalised.event.digest
    assert not ws.store.blobs.has(_digest(NOTE.content))


@pytest.mark.parametrize("deed", [_record, _attach, _answer_with_file, _add, _remove, _order])
def test_the_same_deed_is_written_where_nothing_was_finalised(audit: Round, tmp_path: Path, deed: Deed) -> None:
    ws, response_id = audit.laptop()
    answer(ws, response_id, WHOLE)

    changes = deed(ws, response_id, tmp_path)

    assert changes.responses == {response_id}


def test_a_file_that_is_an_answer_is_written_with_it_or_not_at_all(audit: Round) -> None:
    ws, response_id = audit.laptop()
    space = response_space(response_id)
    answers.answer_with_file(ws, response_id, HEARD, NOTE)
    other = Evidence(name="other.txt", media_type="text/plain", content=b"Another note.")

    answers.answer_with_file(ws, response_id, HEARD, other)

    files, said = ws.standing(EvidenceAttached, space=space), ws.standing(AnswerRecorded, space=space)
    assert [held.event.name for held in files] == ["other.txt"]
    assert [held.event.value for held in said] == ["other.txt"]
    assert (
        len({*(held.at for held in files), *(held.at for held in said)}) == 1
    )  # one look at the clock: one transaction


def test_an_answer_that_arrives_while_one_signs_is_looked_at_first(audit: Round) -> None:
    ws, response_id = audit.laptop()
    answer(ws, response_id, WHOLE)
    filling = open_filling(ws, response_id)
    just_before_writing(ws, lambda: answer(ws, response_id, {"heard": "not"}))

    with pytest.raises(AnswersArrived):
        responses.sign(ws, filling, "dsl", "Ben Lead", own_device=True)

    assert not open_filling(ws, response_id).is_locked


def test_an_answer_that_arrives_while_one_moves_stops_the_move(audit: Round, small_tool: dict[str, bytes]) -> None:
    ws, response_id = audit.laptop()
    answer(ws, response_id, WHOLE)
    comparison = editions.compare(ws, response_id, arrive(ws, newer(small_tool)))
    just_before_writing(ws, lambda: answer(ws, response_id, {"heard": "not"}))

    with pytest.raises(ComparisonOutdated):
        editions.move(ws, comparison)

    assert open_filling(ws, response_id).tool.edition == "2026"


def _digest(content: bytes) -> Sha256:
    return Sha256(hashlib.sha256(content).hexdigest())
