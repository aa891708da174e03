"""A response as a whole: what is asked, checking, signing in order, opening again, sending."""

from pathlib import Path

import pytest

from iowscp_desktop.app import answers, merging, responses
from iowscp_desktop.app.filling import Filling, open_filling
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.events import ResponseFinalised, SignedOff
from iowscp_desktop.domain.ids import QuestionId, ResponseId
from iowscp_desktop.errors import NotComplete, NotYours, ReasonNeeded, ResponseLocked, SignatureOutOfTurn
from tests.app.conftest import Round

COMPLETE = {
    "setting_name": "Test School",
    "heard": "met",
    "heard_evidence": "A survey",
    "adult": "partly",
    "adult_evidence": "Asked 24 children",
    "adult_next": "Ask again",
    "adult_owner": "Head",
    "adult_due": "2026-12-01",
}


class Office:
    """One device of the school: answers, signs, sends."""

    def __init__(self, ws: Workspace, response_id: ResponseId) -> None:
        self.ws, self.response_id = ws, response_id

    @property
    def filling(self) -> Filling:
        return open_filling(self.ws, self.response_id)

    @property
    def revision(self) -> responses.Revision:
        return responses.revision(self.ws, self.response_id, self.filling.tool)

    def answer(self, **given: str) -> None:
        for name, value in given.items():
            answers.record_answer(self.ws, self.response_id, QuestionId(name), value or None)

    def sign(self, role: str, name: str, *, own_device: bool = True) -> None:
        responses.sign(self.ws, self.filling, role, name, own_device=own_device)

    def signed(self) -> list[tuple[str, str, bool]]:
        return [(each.signer.role, each.name, each.is_next) for each in self.revision.signatures]


@pytest.fixture
def office(audit: Round) -> Office:
    return Office(*audit.laptop())


@pytest.fixture
def complete(office: Office) -> Office:
    office.answer(**COMPLETE)
    return office


# --- what is asked -----------------------------------------------------------------------------


def test_a_school_sees_what_is_asked_of_it(office: Office) -> None:
    (task,) = responses.tasks(office.ws)

    assert (task.title, task.round_title, task.organisation, task.partnership) == (
        "A small audit",
        "2026",
        "Test School",
        "Test Partnership",
    )
    assert (task.days_left, task.sent, task.receipt) == (347, "", "")


def test_progress_counts_what_applies(office: Office) -> None:
    office.answer(setting_name="Test School", heard="met", heard_evidence="A survey", adult="not")

    progress = responses.progress(office.filling)

    assert (progress.asked, progress.completed, progress.attention, progress.unanswered) == (5, 4, 1, 0)
    assert dict(progress.grades) == {"met": 1, "not": 1}


# --- revisions ---------------------------------------------------------------------------------


def test_the_digest_follows_the_answers_and_not_the_signatures(complete: Office) -> None:
    first = complete.revision.digest
    complete.answer(heard_evidence="Another survey")
    second = complete.revision.digest
    complete.sign("dsl", "Priya Nair")
    signed = complete.revision.digest
    complete.sign("head", "Tom Osei")

    assert first != second
    assert second == signed == complete.revision.digest


def test_the_digest_follows_the_evidence(complete: Office, tmp_path: Path) -> None:
    before = complete.revision.digest
    path = tmp_path / "minutes.txt"
    path.write_bytes(b"We met in May.")

    answers.attach(complete.ws, complete.response_id, QuestionId("heard"), path)

    assert complete.revision.digest != before


def test_what_is_computed_is_frozen_when_it_is_declared_complete(complete: Office) -> None:
    responses.finalise(complete.ws, complete.filling)

    (held,) = complete.ws.standing(ResponseFinalised)
    assert (held.event.number, held.event.zone, held.event.digest) == (1, "Europe/London", complete.revision.digest)
    with pytest.raises(ResponseLocked):
        responses.finalise(complete.ws, complete.filling)


# --- signing -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("broken", "value"),
    [("setting_name", ""), ("heard_evidence", ""), ("adult_next", ""), ("adult_due", ""), ("staff", "many")],
)
def test_nothing_is_signed_while_something_is_missing(complete: Office, broken: str, value: str) -> None:
    complete.answer(**{broken: value})

    with pytest.raises(NotComplete):
        complete.sign("dsl", "Priya Nair")

    assert complete.ws.standing(SignedOff) == ()
    assert complete.ws.standing(ResponseFinalised) == ()


def test_signatures_come_in_order(complete: Office) -> None:
    with pytest.raises(SignatureOutOfTurn):
        complete.sign("head", "Tom Osei")
    nobody = complete.signed()
    complete.sign("dsl", " Priya Nair ")
    one = complete.signed()
    with pytest.raises(SignatureOutOfTurn):
        complete.sign("dsl", "Somebody Else")
    complete.sign("head", "Tom Osei", own_device=False)

    assert nobody == [("dsl", "", True), ("head", "", False)]
    assert one == [("dsl", "Priya Nair", False), ("head", "", True)]
    assert complete.signed() == [("dsl", "Priya Nair", False), ("head", "Tom Osei", False)]
    assert complete.revision.is_signed
    assert [each.own_device for each in complete.revision.signatures] == [True, False]


def test_a_signature_has_a_name(complete: Office) -> None:
    with pytest.raises(SignatureOutOfTurn):
        complete.sign("dsl", "  ")

    assert not complete.revision.finalised


def test_after_the_first_signature_nothing_is_changed(complete: Office, tmp_path: Path) -> None:
    complete.sign("dsl", "Priya Nair")
    path = tmp_path / "late.txt"
    path.write_bytes(b"late")

    with pytest.raises(ResponseLocked):
        complete.answer(heard="not")
    with pytest.raises(ResponseLocked):
        answers.attach(complete.ws, complete.response_id, QuestionId("heard"), path)

    assert complete.filling.is_locked
    assert not complete.revision.changed_since


# --- opening again -----------------------------------------------------------------------------


def test_opening_again_needs_a_reason_and_something_signed(complete: Office) -> None:
    with pytest.raises(NotYours):
        responses.reopen(complete.ws, complete.response_id, "A mistake")
    complete.sign("dsl", "Priya Nair")

    with pytest.raises(ReasonNeeded):
        responses.reopen(complete.ws, complete.response_id, "  ")

    assert complete.filling.is_locked


def test_opening_again_makes_the_next_version_which_is_signed_anew(complete: Office) -> None:
    complete.sign("dsl", "Priya Nair")
    complete.sign("head", "Tom Osei")
    first = complete.revision
    responses.reopen(complete.ws, complete.response_id, "The survey was from last year")
    open_again = complete.revision
    complete.answer(heard="not", heard_next="Ask", heard_owner="DSL", heard_due="2026-12-02")
    complete.sign("dsl", "Priya Nair")
    second = complete.revision

    assert (first.number, first.is_signed) == (1, True)
    assert not open_again.finalised
    assert [each.is_signed for each in open_again.signatures] == [False, False]
    assert (second.number, second.finalised, second.is_signed) == (2, True, False)
    assert second.digest != first.digest
    assert len(complete.ws.standing(SignedOff)) == 3  # nothing signed is lost


def test_an_answer_that_arrives_after_signing_shows_as_changed(audit: Round, tmp_path: Path) -> None:
    signing, other = Office(*audit.laptop("Ben", "dsl")), Office(*audit.laptop("Cat", "deputy"))
    signing.answer(**COMPLETE)
    signing.sign("dsl", "Priya Nair")
    merging.merge(
        audit.team, merging.preview(audit.team, [responses.send_return(signing.ws, signing.response_id, tmp_path)])
    )
    team = Office(audit.team, signing.response_id)
    before = team.revision
    other.answer(staff="12")

    files = [responses.send_return(other.ws, other.response_id, tmp_path)]
    merging.merge(audit.team, merging.preview(audit.team, files))

    assert (before.finalised, before.changed_since) == (True, False)
    assert team.revision.changed_since
    assert team.signed()[0] == ("dsl", "Priya Nair", False)


# --- sending -----------------------------------------------------------------------------------


def test_what_was_sent_is_remembered(complete: Office, tmp_path: Path) -> None:
    responses.send_return(complete.ws, complete.response_id, tmp_path)

    (task,) = responses.tasks(complete.ws)
    assert task.sent != ""


def test_the_team_sends_no_return(audit: Round, tmp_path: Path) -> None:
    office = Office(*audit.laptop())

    with pytest.raises(NotYours):
        responses.send_return(audit.team, office.response_id, tmp_path)

    assert [path for path in tmp_path.iterdir() if path.suffix == ".iowbundle"] == []
