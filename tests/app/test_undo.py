"""Taking back what was done last, by its opposite."""

from datetime import date
from pathlib import Path

import pytest

from iowscp_desktop.app import answers, opening, repeats, responses, rounds, undo
from iowscp_desktop.app.filling import Filling, open_filling
from iowscp_desktop.app.history import Did, history_of
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.ids import AttachmentId, InstanceId, QuestionId, ResponseId, Sha256
from iowscp_desktop.domain.tool import plain_tool
from iowscp_desktop.errors import NothingToUndo, ResponseLocked
from tests.app.conftest import PASSPHRASE, Round
from tests.app.repeat_tool import FORM
from tests.app.work import WHOLE, answer, sign_all, take_in, two_answers


def take_back(ws: Workspace, response_id: ResponseId) -> Did:
    """Take back what was last, and tell what that was."""
    filling = open_filling(ws, response_id)
    deed = undo.last_deed(ws, filling)
    assert deed is not None
    undo.undo(ws, filling, deed)
    return deed.did


def value(ws: Workspace, response_id: ResponseId, name: str = "heard_evidence") -> str:
    field = open_filling(ws, response_id).field(name)
    assert field is not None
    return field.value


def test_an_answer_goes_back_to_what_stood_before(audit: Round) -> None:
    ws, response_id = audit.laptop()
    answer(ws, response_id, {"heard": "met", "heard_evidence": "First"})
    answer(ws, response_id, {"heard_evidence": "Second"})

    did = take_back(ws, response_id)

    assert (did, value(ws, response_id)) == (Did.ANSWERED, "First")
    said = [step.value for step in history_of(ws, open_filling(ws, response_id), "heard")]
    assert said[:3] == ["First", "Second", "First"]


def test_a_first_answer_is_cleared(audit: Round) -> None:
    ws, response_id = audit.laptop()
    answer(ws, response_id, {"heard": "met", "heard_evidence": "First"})

    take_back(ws, response_id)

    assert value(ws, response_id) == ""


def test_what_was_taken_back_can_be_had_again(audit: Round) -> None:
    ws, response_id = audit.laptop()
    answer(ws, response_id, {"heard": "met", "heard_evidence": "First"})

    take_back(ws, response_id)
    take_back(ws, response_id)

    assert value(ws, response_id) == "First"


def test_a_file_is_taken_away_and_put_back(audit: Round, tmp_path: Path) -> None:
    ws, response_id = audit.laptop()
    file = tmp_path / "survey.txt"
    file.write_text("a survey")
    answers.attach(ws, response_id, QuestionId("heard"), file)

    assert take_back(ws, response_id) is Did.ATTACHED
    assert open_filling(ws, response_id).entry("heard").evidence == ()
    assert take_back(ws, response_id) is Did.DETACHED
    (line,) = open_filling(ws, response_id).entry("heard").evidence
    assert (line.name, line.is_here) == ("survey.txt", True)


def test_a_file_that_was_removed_comes_back(audit: Round, tmp_path: Path) -> None:
    ws, response_id = audit.laptop()
    file = tmp_path / "survey.txt"
    file.write_text("a survey")
    answers.attach(ws, response_id, QuestionId("heard"), file)
    (line,) = open_filling(ws, response_id).entry("heard").evidence
    answers.detach(ws, response_id, AttachmentId(line.id))

    assert take_back(ws, response_id) is Did.DETACHED
    assert len(open_filling(ws, response_id).entry("heard").evidence) == 1


def family(audit: Round) -> tuple[Workspace, Filling]:
    package = plain_tool("family.md", FORM.encode())
    rounds.adopt_tool(audit.team, package.files)
    round_id = rounds.open_round(audit.team, title="F", package=Sha256(package.digest), due=date(2026, 12, 18))
    ws, response_id = Round(setting=audit.setting, team=audit.team, round_id=round_id, school=audit.school).laptop()
    return ws, open_filling(ws, response_id)


def test_one_more_and_one_less_are_taken_back(audit: Round) -> None:
    ws, filling = family(audit)
    child, new = QuestionId("child"), InstanceId("second")
    repeats.add_instance(ws, filling.response_id, child, instance=new)
    answers.record_answer(ws, filling.response_id, QuestionId("name"), "Kit", instances=(new,))
    filling = open_filling(ws, filling.response_id)
    repeats.remove_instance(ws, filling, child, instance=new)

    assert take_back(ws, filling.response_id) is Did.REMOVED
    state = open_filling(ws, filling.response_id).entry("child").repeat
    assert state is not None
    assert [card.instance for card in state.cards][-1] == new
    assert take_back(ws, filling.response_id) is Did.ADDED


def test_it_is_still_offered_after_the_program_was_locked(audit: Round) -> None:
    ws, response_id = audit.laptop()
    answer(ws, response_id, {"heard_evidence": "First"})
    assert ws.store.database.path is not None
    folder = ws.store.database.path.parent
    ws.close()
    again = opening.unlock_by_passphrase(folder, PASSPHRASE, audit.setting.world)
    audit.setting.opened.append(again)

    assert take_back(again, response_id) is Did.ANSWERED


def test_nothing_is_offered_to_whoever_did_nothing(audit: Round) -> None:
    ws, response_id = audit.laptop()
    assert undo.last_deed(ws, open_filling(ws, response_id)) is None
    answer(ws, response_id, {"heard_evidence": "First"})
    opening.introduce(ws, "Cat Deputy", "deputy")

    assert undo.last_deed(ws, open_filling(ws, response_id)) is None


def test_a_signature_is_not_taken_back(audit: Round) -> None:
    ws, response_id = audit.laptop()
    answer(ws, response_id, WHOLE)
    filling = open_filling(ws, response_id)
    deed = undo.last_deed(ws, filling)
    sign_all(ws, response_id)

    assert undo.last_deed(ws, filling) is None
    assert deed is not None
    with pytest.raises(ResponseLocked):
        undo.undo(ws, filling, deed)


def test_what_was_reopened_begins_with_nothing_to_take_back(audit: Round) -> None:
    ws, response_id = audit.laptop()
    answer(ws, response_id, WHOLE)
    sign_all(ws, response_id)
    responses.reopen(ws, response_id, "A figure was wrong")

    assert undo.last_deed(ws, open_filling(ws, response_id)) is None


def test_what_somebody_else_has_replaced_is_not_taken_back(audit: Round) -> None:
    ws, response_id = audit.laptop()
    answer(ws, response_id, {"heard_evidence": "First"})
    filling = open_filling(ws, response_id)
    deed = undo.last_deed(ws, filling)
    assert deed is not None
    answer(ws, response_id, {"heard_evidence": "Second"})

    with pytest.raises(NothingToUndo):
        undo.undo(ws, filling, deed)
    assert value(ws, response_id) == "Second"


def test_settling_a_difference_is_not_taken_back(audit: Round) -> None:
    response_id = two_answers(audit, {"heard_evidence": "One"}, {"heard_evidence": "Two"})
    answer(audit.team, response_id, {"heard_evidence": "Both"})

    assert undo.last_deed(audit.team, open_filling(audit.team, response_id)) is None


def test_a_taking_back_travels_like_any_other_entry(audit: Round) -> None:
    ws, response_id = audit.laptop()
    answer(ws, response_id, {"heard": "met", "heard_evidence": "First"})
    answer(ws, response_id, {"heard_evidence": "Second"})
    take_back(ws, response_id)

    take_in(audit, response_id, ws)

    assert value(audit.team, response_id) == "First"
