"""Every version of a return that was ever signed, and what became of it. Real workspaces and real files."""

from pathlib import Path

from iowscp_desktop.app import merging, receipts, responses, two_finals
from iowscp_desktop.app.filling import open_filling
from iowscp_desktop.app.signed_versions import Became, SignedVersion, signed_versions
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.ids import ResponseId
from tests.app.conftest import Round
from tests.app.work import WHOLE, answer, sign_all, signed_twice, take_in

WHY = "The head wrote to us that this is the one."


def versions(ws: Workspace, response_id: ResponseId) -> tuple[SignedVersion, ...]:
    return signed_versions(ws, open_filling(ws, response_id))


def work_with(audit: Round, place: int) -> None:
    (two,) = two_finals.two_finals(audit.team)
    two_finals.work_with(audit.team, two, two.finals[place].key, WHY)


def receipt_to(audit: Round, response_id: ResponseId, *laptops: Workspace) -> None:
    receipt: Path = receipts.send_receipt(audit.team, response_id, audit.setting.folder)
    for laptop in laptops:
        merging.merge(laptop, merging.preview(laptop, [receipt]))


def test_one_that_was_signed_once_counts(audit: Round) -> None:
    ws, response_id = audit.laptop()
    answer(ws, response_id, WHOLE)
    assert versions(ws, response_id) == ()

    sign_all(ws, response_id)

    (only,) = versions(ws, response_id)
    assert (only.number, only.who, only.became, only.reasons) == (1, "Ben Lead", Became.COUNTS, ())
    assert [signed.name for signed in only.signed] == [
        f"The {signer.role}" for signer in open_filling(ws, response_id).tool.signers
    ]


def test_two_that_nobody_chose_between_wait(audit: Round) -> None:
    response_id, *_ = signed_twice(audit)

    assert [version.became for version in versions(audit.team, response_id)] == [Became.WAITS, Became.WAITS]


def test_what_the_team_chose_and_why_is_told_to_the_team_and_with_the_receipt_to_the_school(audit: Round) -> None:
    response_id, one, two = signed_twice(audit)
    work_with(audit, 1)

    receipt_to(audit, response_id, one, two)

    told = versions(audit.team, response_id)
    assert [(each.who, each.became) for each in told] == [
        ("Ben Lead", Became.NOT_CHOSEN),
        ("Cat Deputy", Became.COUNTS),
    ]
    assert told[0].reasons == ()
    ((reason,),) = [each.reasons for each in told if each.reasons]
    assert (reason.is_choice, reason.reason) == (True, WHY)
    assert reason.who
    assert versions(one, response_id) == versions(two, response_id) == told


def test_one_that_was_opened_again_stays_with_its_signatures_and_the_reason(audit: Round) -> None:
    ws, response_id = audit.laptop()
    answer(ws, response_id, WHOLE)
    sign_all(ws, response_id)
    take_in(audit, response_id, ws)
    responses.reopen(ws, response_id, "One answer was wrong")
    between = versions(ws, response_id)
    sign_all(ws, response_id)
    take_in(audit, response_id, ws)

    first, second = versions(ws, response_id)

    assert [each.became for each in between] == [Became.OPENED_AGAIN]
    assert (first.number, first.became, len(first.signed)) == (1, Became.OPENED_AGAIN, 2)
    assert [(each.who, each.is_choice, each.reason) for each in first.reasons] == [
        ("Ben Lead", False, "One answer was wrong")
    ]
    assert (second.number, second.became, second.reasons) == (2, Became.COUNTS, ())
    (given, now) = versions(audit.team, response_id)
    assert (given.became, given.signed, now) == (Became.OPENED_AGAIN, first.signed, second)


def test_one_that_was_opened_again_before_it_was_sent_stays_at_the_school(audit: Round) -> None:
    ws, response_id = audit.laptop()
    answer(ws, response_id, WHOLE)
    sign_all(ws, response_id)
    responses.reopen(ws, response_id, "One answer was wrong")
    sign_all(ws, response_id)

    take_in(audit, response_id, ws)

    assert [version.number for version in versions(ws, response_id)] == [1, 2]
    assert [version.number for version in versions(audit.team, response_id)] == [2]


def test_when_one_new_signature_was_asked_for_both_stay_with_the_reason(audit: Round) -> None:
    response_id, one, two = signed_twice(audit)
    (found,) = two_finals.two_finals(audit.team)
    two_finals.ask_for_one(audit.team, found, WHY)

    receipt_to(audit, response_id, one, two)

    for ws in (audit.team, one, two):
        told = versions(ws, response_id)
        assert [each.became for each in told] == [Became.OPENED_AGAIN] * 2
        assert [[each.reason for each in version.reasons] for version in told] == [[WHY]] * 2


def test_a_choice_that_no_longer_counts_is_still_told(audit: Round) -> None:
    (one, response_id), (two, _), (late, _) = audit.laptop(), audit.laptop("Cat", "deputy"), audit.laptop("Dan", "head")
    for ws, name in ((one, "A"), (two, "B"), (late, "C")):
        answer(ws, response_id, {**WHOLE, "setting_name": name})
        sign_all(ws, response_id)
    take_in(audit, response_id, one, two)
    work_with(audit, 0)

    take_in(audit, response_id, late)

    told = versions(audit.team, response_id)
    assert [each.became for each in told] == [Became.WAITS] * 3
    assert [[(each.reason, each.is_in_force) for each in version.reasons] for version in told] == [
        [(WHY, False)],
        [],
        [],
    ]


def test_neither_reason_nor_name_is_in_what_a_program_fault_would_write_down(audit: Round) -> None:
    response_id, *_ = signed_twice(audit)
    work_with(audit, 1)

    written = repr(versions(audit.team, response_id))

    assert WHY not in written
    assert "Cat Deputy" not in written
    assert "counts" in written.lower()
