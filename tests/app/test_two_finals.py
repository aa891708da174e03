"""Two laptops declare one response complete, each without the other. Real workspaces and real files."""

from pathlib import Path

import pytest

from iowscp_desktop.app import conflicts, merging, receipts, responses, rounds, two_finals
from iowscp_desktop.app.filling import open_filling
from iowscp_desktop.app.two_finals import TwoFinals
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.events import ReadingRecorded, ResponseFinalised, ResponseReopened, SignedOff
from iowscp_desktop.domain.ids import Register, response_space
from iowscp_desktop.errors import NothingToSettle, ReasonNeeded
from tests.app.conftest import Round
from tests.app.work import WHOLE, answer, sign_all, signed_twice, take_in

WHY = "The head wrote to us that this is the one."


def the_one(audit: Round) -> TwoFinals:
    (found,) = two_finals.two_finals(audit.team)
    return found


def test_both_revisions_are_told_with_who_signed_when_and_how_many_answers_differ(audit: Round) -> None:
    response_id, *_ = signed_twice(audit)

    found = the_one(audit)

    assert (found.response_id, found.organisation, found.differing) == (response_id, "Test School", 1)
    assert [(final.number, final.who) for final in found.finals] == [(1, "Ben Lead"), (1, "Cat Deputy")]
    assert all([signed.name.startswith("The ") for signed in final.signed] == [True, True] for final in found.finals)
    assert len({final.digest for final in found.finals}) == 2
    assert [line.conflicts for line in rounds.returns_of(audit.team, audit.round_id)] == [2]


def test_one_that_was_declared_complete_once_is_none_of_them(audit: Round) -> None:
    one, response_id = audit.laptop()
    answer(one, response_id, WHOLE)
    sign_all(one, response_id)

    take_in(audit, response_id, one)

    assert two_finals.two_finals(audit.team) == ()
    assert two_finals.waiting_counts(audit.team) == {}


def test_the_team_works_with_one_and_both_stay(audit: Round) -> None:
    response_id, *_ = signed_twice(audit)
    found = the_one(audit)
    tool = open_filling(audit.team, response_id).tool

    two_finals.work_with(audit.team, found, found.finals[1].key, WHY)

    (read,) = audit.team.standing(ReadingRecorded)
    assert (read.event.target, read.event.reason) == (Register("revision"), WHY)
    assert len(audit.team.standing(ResponseFinalised)) == 2
    assert len(audit.team.standing(SignedOff)) == 4
    assert two_finals.two_finals(audit.team) == ()
    standing = responses.revision(audit.team, response_id, tool)
    assert [signature.at for signature in standing.signatures] == [each.at for each in found.finals[1].signed]
    assert conflicts.conflict_counts(audit.team) == {response_id: 1}  # the answers are another matter
    assert audit.team.verify().wrongs == ()


def test_asking_for_one_new_signature_opens_it_and_the_history_keeps_both(audit: Round) -> None:
    response_id, *_ = signed_twice(audit)

    two_finals.ask_for_one(audit.team, the_one(audit), WHY)

    history = audit.team.store.journal.history(response_space(response_id), Register("revision"))
    assert [type(entry.event) for entry in history] == [ResponseFinalised, ResponseFinalised, ResponseReopened]
    assert two_finals.two_finals(audit.team) == ()
    assert audit.team.verify().wrongs == ()


def test_the_school_learns_of_it_with_the_receipt_agrees_and_signs_once(audit: Round) -> None:
    response_id, one, two = signed_twice(audit)
    two_finals.ask_for_one(audit.team, the_one(audit), WHY)
    receipt = receipts.send_receipt(audit.team, response_id, audit.setting.folder)
    tool = open_filling(one, response_id).tool

    for laptop in (one, two):
        take_receipt(laptop, receipt)
    opened = [responses.revision(laptop, response_id, tool).finalised for laptop in (one, two)]
    (differs,) = conflicts.open_conflicts(one)  # the receipt brought what the other laptop says
    conflicts.settle(one, differs, "A school")
    sign_all(one, response_id)
    take_in(audit, response_id, one, two)

    assert opened == [False, False]
    assert responses.revision(one, response_id, tool).number == 2
    assert two_finals.two_finals(audit.team) == ()
    (held,) = audit.team.standing(ResponseFinalised)
    assert held.event.number == 2


def take_receipt(laptop: Workspace, receipt: Path) -> None:
    """Let a laptop of the school take the receipt in."""
    merging.merge(laptop, merging.preview(laptop, [receipt]))


def test_a_third_one_asks_for_another_look(audit: Round) -> None:
    (one, response_id), (two, _), (late, _) = audit.laptop(), audit.laptop("Cat", "deputy"), audit.laptop("Dan", "head")
    for ws, name in ((one, "A"), (two, "B"), (late, "C")):
        answer(ws, response_id, {**WHOLE, "setting_name": name})
        sign_all(ws, response_id)
    take_in(audit, response_id, one, two)
    found = the_one(audit)
    two_finals.work_with(audit.team, found, found.finals[0].key, WHY)

    take_in(audit, response_id, late)

    assert len(the_one(audit).finals) == 3
    with pytest.raises(NothingToSettle):
        two_finals.ask_for_one(audit.team, found, WHY)


def test_nothing_is_written_without_a_reason_or_twice(audit: Round) -> None:
    signed_twice(audit)
    found = the_one(audit)

    with pytest.raises(ReasonNeeded):
        two_finals.work_with(audit.team, found, found.finals[0].key, " ")
    with pytest.raises(ReasonNeeded):
        two_finals.ask_for_one(audit.team, found, "")
    assert audit.team.standing(ReadingRecorded) == ()
    two_finals.ask_for_one(audit.team, found, WHY)
    with pytest.raises(NothingToSettle):
        two_finals.work_with(audit.team, found, found.finals[0].key, WHY)
