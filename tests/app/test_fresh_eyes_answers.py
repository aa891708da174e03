"""What the look through the heads and the choice between two revisions must bear, thought of by somebody else."""

from pathlib import Path

import pytest

from iowscp_desktop.app import conflicts, rounds, two_finals
from iowscp_desktop.app.filling import open_filling
from iowscp_desktop.domain.events import ResponseFinalised
from iowscp_desktop.domain.ids import response_space
from tests.app.conftest import Round
from tests.app.test_enrolment import answers
from tests.app.test_hostile_returns import Liar, answer, honest_is_still_taken
from tests.app.work import WHOLE, sign_all, take_in
from tests.app.work import answer as write


@pytest.fixture
def liar(audit: Round, tmp_path: Path) -> Liar:
    return Liar(audit, tmp_path)


@pytest.mark.parametrize("inside", [b"5", b'"a"', b"[1]", b'{"a":1}', b"null"])
def test_answers_that_only_a_newer_program_reads_keep_nobody_from_settling_others(liar: Liar, inside: bytes) -> None:
    team = liar.audit.team
    for number in (b"1", b"2"):
        later = b'{"kind":"answer-recorded","v":2,"instances":' + inside + b',"value":' + number + b"}"
        assert liar.send(liar.with_payload(later)).refused is None
    for value in ("met", "not"):
        liar.send(liar.sealed(liar.chain([answer("heard", value)])))

    (differs,) = conflicts.open_conflicts(team)

    assert differs.register == "answer/heard"
    assert conflicts.conflict_counts(team) == {liar.response_id: 1}
    assert rounds.returns_of(team, liar.audit.round_id)[0].conflicts == 1
    open_filling(team, liar.response_id)
    conflicts.settle(team, differs, "met")
    assert conflicts.open_conflicts(team) == ()
    assert team.verify().wrongs == ()


def test_an_answer_beside_one_that_only_a_newer_program_reads_can_be_asked_for(liar: Liar) -> None:
    team = liar.audit.team
    liar.send(liar.with_payload(b'{"kind":"answer-recorded","v":2,"instances":[],"question_id":"staff","value":[1]}'))
    honest_is_still_taken(liar)

    assert ("staff", "7") in answers(team, liar.response_id)
    assert conflicts.open_conflicts(team) == ()
    assert conflicts.conflict_counts(team) == {}


def test_of_two_revisions_one_that_two_entries_declare_alike_can_be_chosen(liar: Liar) -> None:
    audit, team = liar.audit, liar.audit.team
    two, response_id = audit.laptop("Cat Deputy", "deputy")
    for ws, name in ((liar.ws, "A"), (two, "B")):
        write(ws, response_id, {**WHOLE, "setting_name": name})
        sign_all(ws, response_id)
    take_in(audit, response_id, liar.ws, two)
    mine = liar.ws.one(ResponseFinalised, space=response_space(response_id))
    liar.send(liar.sealed(liar.chain([mine])))
    (found,) = two_finals.two_finals(team)

    two_finals.work_with(team, found, found.finals[1].key, "The head wrote to us")

    assert two_finals.two_finals(team) == ()
