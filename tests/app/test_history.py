"""Who wrote what when, as the workspace tells it."""

from pathlib import Path

from iowscp_desktop.app import answers, conflicts, erasure, history
from iowscp_desktop.app.erasure import Part
from iowscp_desktop.app.filling import open_filling
from iowscp_desktop.app.history import Did, Standing, Step
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.erasure import Why
from iowscp_desktop.domain.ids import AttachmentId, QuestionId, ResponseId
from tests.app.conftest import Round
from tests.app.work import answer, take_in, two_answers


def steps(ws: Workspace, response_id: ResponseId, entry_id: str = "heard") -> tuple[Step, ...]:
    return history.history_of(ws, open_filling(ws, response_id), entry_id)


def told(found: tuple[Step, ...]) -> list[tuple[Did, str, str, Standing]]:
    return [(step.did, step.value, step.who, step.standing) for step in found]


def test_every_wording_is_there_the_newest_first_with_who_wrote_it(audit: Round) -> None:
    ws, response_id = audit.laptop()
    answer(ws, response_id, {"heard_evidence": "First"})
    answer(ws, response_id, {"heard_evidence": "Second", "setting_name": "Not of this question"})
    answer(ws, response_id, {"heard_evidence": ""})

    found = steps(ws, response_id)

    assert told(found) == [
        (Did.CLEARED, "", "Ben Lead", Standing.STANDS),
        (Did.ANSWERED, "Second", "Ben Lead", Standing.REPLACED),
        (Did.ANSWERED, "First", "Ben Lead", Standing.REPLACED),
    ]
    assert history.earlier(found, found[1]) == found[2]
    assert history.earlier(found, found[2]) is None


def test_a_question_has_the_history_of_its_parts_and_files(audit: Round, tmp_path: Path) -> None:
    ws, response_id = audit.laptop()
    answer(ws, response_id, {"heard": "met", "heard_evidence": "Survey"})
    file = tmp_path / "survey.txt"
    file.write_text("a survey")
    answers.attach(ws, response_id, QuestionId("heard"), file)
    (attachment,) = open_filling(ws, response_id).entry("heard").evidence
    answers.detach(ws, response_id, AttachmentId(attachment.id))

    found = steps(ws, response_id)

    assert [(step.did, step.question_id, step.value) for step in found] == [
        (Did.DETACHED, "heard", "survey.txt"),
        (Did.ATTACHED, "heard", "survey.txt"),
        (Did.ANSWERED, "heard_evidence", "Survey"),
        (Did.ANSWERED, "heard", "met"),
    ]


def test_two_answers_that_differ_both_stand_until_one_settles_them(audit: Round) -> None:
    response_id = two_answers(audit, {"heard_evidence": "One"}, {"heard_evidence": "Two"})
    before = steps(audit.team, response_id)
    (conflict,) = conflicts.open_conflicts(audit.team, response_id)
    conflicts.settle(audit.team, conflict, "One and two")

    after = steps(audit.team, response_id)

    assert {(step.value, step.standing) for step in before} == {
        ("One", Standing.CONTESTED),
        ("Two", Standing.CONTESTED),
    }
    assert (after[0].did, after[0].value, after[0].standing) == (Did.SETTLED, "One and two", Standing.STANDS)
    assert {step.id for step in before} == set(after[0].replaces)


def test_the_team_sees_that_there_was_an_earlier_wording_and_not_what_it_said(audit: Round) -> None:
    ws, response_id = audit.laptop()
    answer(ws, response_id, {"heard_evidence": "A draft"})
    answer(ws, response_id, {"heard_evidence": "What is sent"})
    take_in(audit, response_id, ws)

    assert told(steps(audit.team, response_id)) == [
        (Did.ANSWERED, "What is sent", "Ben Lead", Standing.STANDS),
        (Did.ANSWERED, "", "Ben Lead", Standing.ELSEWHERE),
    ]


def test_an_erased_wording_is_told_of_as_erased(audit: Round) -> None:
    ws, response_id = audit.laptop()
    answer(ws, response_id, {"heard_evidence": "Amber said so"})
    answer(ws, response_id, {"heard_evidence": "A pupil said so"})
    planned = erasure.plan(ws, open_filling(ws, response_id).space, Part.EARLIER)
    erasure.erase(ws, planned, Why.MISTAKE, "A name")

    assert told(steps(ws, response_id)) == [
        (Did.ANSWERED, "A pupil said so", "Ben Lead", Standing.STANDS),
        (Did.ANSWERED, "", "Ben Lead", Standing.ERASED),
    ]


def test_a_history_shows_no_words_to_a_log(audit: Round) -> None:
    ws, response_id = audit.laptop()
    answer(ws, response_id, {"heard_evidence": "Amber said so"})

    assert "Amber" not in repr(steps(ws, response_id))
    assert "Ben" not in repr(steps(ws, response_id))
