from collections.abc import Callable
from pathlib import Path

import pytest

from iowscp_desktop.app import answers, conflicts, matters, responses, rounds
from iowscp_desktop.app.filling import open_filling
from iowscp_desktop.app.matters import Matter
from iowscp_desktop.domain.events import AnswerRecorded, ReadingRecorded
from iowscp_desktop.domain.ids import QuestionId, ResponseId, response_space
from iowscp_desktop.errors import NothingToSettle, ReasonNeeded
from tests.app.conftest import Round
from tests.app.work import WHOLE, answer, sign_all, take_in, two_answers

HEARD, ADULT = QuestionId("heard"), QuestionId("adult")


def standing(audit: Round, question: QuestionId) -> set[str | None]:
    return {held.event.value for held in audit.team.standing(AnswerRecorded, question_id=question)}


def one_matter(audit: Round) -> Matter:
    (matter,) = matters.open_matters(audit.team)
    return matter


def test_answers_that_are_alike_are_no_conflict(audit: Round) -> None:
    two_answers(audit, {"heard": "met", "adult": "met"}, {"heard": "met", "adult": "met"})

    assert conflicts.open_conflicts(audit.team) == ()
    assert conflicts.conflict_counts(audit.team) == {}


def test_conflicts_are_counted_by_response(audit: Round) -> None:
    response_id = two_answers(audit, {"heard": "met", "adult": "met"}, {"heard": "not", "adult": "partly"})

    assert conflicts.conflict_counts(audit.team) == {response_id: 2}
    assert [line.conflicts for line in rounds.returns_of(audit.team, audit.round_id)] == [2]


def test_what_the_same_two_people_wrote_about_one_item_is_decided_at_once(audit: Round) -> None:
    two_answers(
        audit,
        {"heard": "met", "heard_evidence": "Survey in spring", "adult": "met"},
        {"heard": "partly", "heard_evidence": "Survey in autumn", "adult": "met"},
    )
    matter = one_matter(audit)

    first, second = matter.sides
    matters.decide(audit.team, matter, first.values)

    assert matter.entry_id == "heard"
    assert (first.who, dict(first.values)) == ("Ben Lead", {"heard": "met", "heard_evidence": "Survey in spring"})
    assert (second.who, second.values[HEARD]) == ("Cat Deputy", "partly")
    assert matters.open_matters(audit.team) == ()
    assert standing(audit, HEARD) == {"met"}
    assert standing(audit, QuestionId("heard_evidence")) == {"Survey in spring"}


def test_items_are_decided_one_by_one_in_the_tools_order(audit: Round) -> None:
    two_answers(audit, {"adult": "met", "heard": "met"}, {"adult": "not", "heard": "not"})

    assert [matter.entry_id for matter in matters.open_matters(audit.team)] == ["heard", "adult"]


def test_settling_keeps_every_version_in_the_history(audit: Round) -> None:
    response_id = two_answers(audit, {"heard": "met"}, {"heard": "not"})
    matter = one_matter(audit)

    matters.decide(audit.team, matter, {HEARD: "partly"})

    (conflict,) = matter.conflicts
    history = audit.team.store.journal.history(response_space(response_id), conflict.register)
    assert [e.event.value for e in history if isinstance(e.event, AnswerRecorded)] == ["met", "not", "partly"]
    assert standing(audit, HEARD) == {"partly"}
    assert audit.team.verify().wrongs == ()


def test_a_decision_travels_back_and_nothing_is_asked_twice(audit: Round) -> None:
    (one, response_id), (two, _) = audit.laptop(), audit.laptop("Cat Deputy", "deputy")
    answer(one, response_id, {"heard": "met"})
    answer(two, response_id, {"heard": "not"})
    take_in(audit, response_id, one, two)
    matters.decide(audit.team, one_matter(audit), {HEARD: "partly"})

    take_in(audit, response_id, one, two)

    assert matters.open_matters(audit.team) == ()


def test_a_later_answer_of_one_laptop_opens_the_question_again(audit: Round) -> None:
    (one, response_id), (two, _) = audit.laptop(), audit.laptop("Cat Deputy", "deputy")
    answer(one, response_id, {"heard": "met"})
    answer(two, response_id, {"heard": "not"})
    take_in(audit, response_id, one, two)
    matters.decide(audit.team, one_matter(audit), {HEARD: "partly"})

    answer(two, response_id, {"heard": "met"})
    take_in(audit, response_id, two)

    assert {version.value for version in one_matter(audit).conflicts[0].versions} == {"partly", "met"}


def test_what_was_shown_must_still_stand_when_it_is_settled(audit: Round) -> None:
    two_answers(audit, {"heard": "met"}, {"heard": "not"})
    matter = one_matter(audit)
    matters.decide(audit.team, matter, {HEARD: "met"})

    with pytest.raises(NothingToSettle):
        matters.decide(audit.team, matter, {HEARD: "not"})
    assert standing(audit, HEARD) == {"met"}


@pytest.fixture
def signed_clash(audit: Round) -> ResponseId:
    """A return that one laptop signed while the other had answered differently."""
    (one, response_id), (two, _) = audit.laptop(), audit.laptop("Cat Deputy", "deputy")
    answer(one, response_id, {**WHOLE, "heard": "met"})
    sign_all(one, response_id)
    answer(two, response_id, {"heard": "not"})
    take_in(audit, response_id, one, two)
    return response_id


def test_a_reading_of_signed_words_needs_a_reason(audit: Round, signed_clash: ResponseId) -> None:
    matter = one_matter(audit)

    with pytest.raises(ReasonNeeded):
        matters.decide(audit.team, matter, {HEARD: "met"}, "  ")

    assert matter.signed
    assert audit.team.standing(ReadingRecorded) == ()


def test_after_signing_the_words_stay_and_the_team_records_its_reading(audit: Round, signed_clash: ResponseId) -> None:
    (matter,) = matters.open_matters(audit.team)

    matters.decide(audit.team, matter, {HEARD: "met"}, "The head confirmed it by telephone.")

    (reading,) = audit.team.standing(ReadingRecorded)
    assert (reading.event.value, reading.event.reason) == ("met", "The head confirmed it by telephone.")
    assert standing(audit, HEARD) == {"met", "not"}  # the school's words are as they were
    assert matters.open_matters(audit.team) == ()
    assert open_filling(audit.team, signed_clash).entry("heard").point == "met"


@pytest.fixture
def attach(tmp_path: Path) -> Callable[[str, str], Path]:
    def written(name: str, words: str) -> Path:
        path = tmp_path / name
        path.write_text(words, encoding="utf-8")
        return path

    return written


def test_files_are_compared_by_what_is_in_them(audit: Round, attach: Callable[[str, str], Path]) -> None:
    (one, response_id), (two, _) = audit.laptop(), audit.laptop("Cat Deputy", "deputy")
    answer(one, response_id, {"heard": "met"})
    answer(two, response_id, {"heard": "not"})
    answers.attach(one, response_id, HEARD, attach("survey.txt", "one and the same"))
    answers.attach(two, response_id, HEARD, attach("survey copy.txt", "one and the same"))
    answers.attach(two, response_id, HEARD, attach("sign-in.txt", "only theirs"))
    answers.attach(two, response_id, ADULT, attach("other.txt", "of another item"))
    take_in(audit, response_id, one, two)

    first, second = one_matter(audit).sides

    assert (first.files.same, first.files.only_here) == (1, ())
    assert (second.files.same, second.files.only_here) == (1, ("sign-in.txt",))


def test_a_signature_under_an_earlier_revision_binds_nobody_now(audit: Round) -> None:
    (one, response_id), (two, _) = audit.laptop(), audit.laptop("Cat Deputy", "deputy")
    answer(one, response_id, WHOLE)
    sign_all(one, response_id)
    responses.reopen(one, response_id, "Something was forgotten")
    answer(one, response_id, {"heard": "met"})
    answer(two, response_id, {"heard": "not"})

    take_in(audit, response_id, one, two)

    (conflict,) = [each for each in conflicts.open_conflicts(audit.team) if each.question_id == "heard"]
    assert not conflict.signed


def test_a_matter_is_decided_whole_or_not_at_all(audit: Round) -> None:
    response_id = two_answers(
        audit, {"heard": "met", "heard_evidence": "Survey"}, {"heard": "not", "heard_evidence": "Talks"}
    )
    (matter,) = matters.open_matters(audit.team, response_id)
    team = audit.team
    conflicts.settle(team, matter.conflicts[-1], "met")
    before = team.verify().entries

    with pytest.raises(NothingToSettle):
        matters.decide(team, matter, {conflict.question_id: "x" for conflict in matter.conflicts})

    assert team.verify().entries == before
    assert len(conflicts.open_conflicts(team)) == 1


@pytest.fixture
def three(audit: Round) -> ResponseId:
    """Three laptops of one school, of which two say the same."""
    laptops = [audit.laptop(name, role) for name, role in (("Ann", "dsl"), ("Ben", "deputy"), ("Cat", "deputy"))]
    response_id = laptops[0][1]
    for (ws, _), grade in zip(laptops, ("met", "met", "not"), strict=True):
        answer(ws, response_id, {"heard": grade})
    take_in(audit, response_id, *(ws for ws, _ in laptops))
    return response_id


def test_what_two_of_three_say_alike_is_one_version_and_can_be_settled(audit: Round, three: ResponseId) -> None:
    (conflict,) = conflicts.open_conflicts(audit.team, three)

    conflicts.settle(audit.team, conflict, "met")

    assert {version.value for version in conflict.versions} == {"met", "not"}
    assert len(conflict.versions) == 2
    assert standing(audit, HEARD) == {"met"}
    assert conflicts.conflict_counts(audit.team) == {}


def test_a_cleared_answer_differs_from_one_that_was_given(audit: Round) -> None:
    (one, response_id), (two, _) = audit.laptop(), audit.laptop("Cat Deputy", "deputy")
    answer(one, response_id, {"heard": "met"})
    answers.record_answer(one, response_id, HEARD, None)
    answer(two, response_id, {"heard": "met"})

    take_in(audit, response_id, one, two)

    assert conflicts.conflict_counts(audit.team) == {response_id: 1}
    assert {version.value for version in one_matter(audit).conflicts[0].versions} == {None, "met"}


def test_what_was_read_is_not_counted_and_is_again_when_others_arrive(audit: Round) -> None:
    (one, response_id), (two, _), (late, _) = audit.laptop(), audit.laptop("Cat", "deputy"), audit.laptop("Dan", "head")
    answer(one, response_id, {**WHOLE, "heard": "met"})
    sign_all(one, response_id)
    answer(two, response_id, {"heard": "not"})
    answer(late, response_id, {"heard": "partly"})
    take_in(audit, response_id, one, two)
    conflicts.settle(audit.team, one_matter(audit).conflicts[0], "met", "The head confirmed it by telephone.")
    read = conflicts.conflict_counts(audit.team)

    take_in(audit, response_id, late)

    assert read == {}
    assert conflicts.conflict_counts(audit.team) == {response_id: 1}
    assert len(one_matter(audit).conflicts[0].versions) == 3
