"""What does not count is kept with the reason, looked at, and let in or left by the team; it is never lost."""

from pathlib import Path

import pytest

from iowscp_desktop.app import devices, kept_files, merging, quarantine, surveys
from iowscp_desktop.app.quarantine import Item, Sort
from iowscp_desktop.domain.events import AnswerRecorded, AsideSettled, ScoreGiven
from iowscp_desktop.domain.ids import PersonId, QuestionId, response_space
from iowscp_desktop.domain.journal import Stream
from iowscp_desktop.errors import NothingToSettle, ReasonNeeded, SignerRevoked, UnknownSigner
from tests.app.conftest import Round
from tests.app.test_exchange import answers, send_return, write_answer
from tests.app.test_hostile_returns import Liar
from tests.app.test_hostile_returns import answer as answered
from tests.app.work import receipt_numbers, take_files


@pytest.fixture
def liar(audit: Round, tmp_path: Path) -> Liar:
    return Liar(audit, tmp_path)


def outside(liar: Liar) -> Item:
    """Let a school write a score, which is not its to write."""
    score = ScoreGiven(
        judge=PersonId("eve"), response_id=liar.response_id, question_id=QuestionId("heard"), point="met"
    )
    done = liar.send(liar.sealed(liar.chain([answered("adult", "met"), score])))
    assert (done.refused, done.quarantined) == (None, 1)
    (item,) = quarantine.set_aside(liar.audit.team)
    return item


def test_what_is_outside_a_grant_is_listed_with_the_reason(liar: Liar) -> None:
    item = outside(liar)

    assert (item.sort, item.because, item.organisation) == (Sort.OUTSIDE, "other-kind", "Test School")
    assert (item.subject, item.words) == ("1.1  Children are heard", "Met")
    assert "met" not in repr(item)
    assert liar.audit.team.standing(ScoreGiven) == ()


def test_the_team_lets_an_entry_count_and_the_decision_is_an_event(liar: Liar) -> None:
    team, item = liar.audit.team, outside(liar)

    with pytest.raises(ReasonNeeded):
        quarantine.let_count(team, item, " ")
    changes = quarantine.let_count(team, item, "They were asked to")

    assert len(team.standing(ScoreGiven)) == 1
    assert response_space(liar.response_id) in changes.spaces
    assert quarantine.set_aside(team) == ()
    assert [held.event.reason for held in team.standing(AsideSettled)] == ["They were asked to"]
    assert team.verify().wrongs == ()
    with pytest.raises(NothingToSettle):
        quarantine.let_count(team, item, "Again")


def test_what_was_left_aside_is_kept_and_may_still_be_let_in(liar: Liar) -> None:
    team, item = liar.audit.team, outside(liar)

    quarantine.leave_aside(team, item, "Not theirs to say")

    (left,) = quarantine.set_aside(team)
    assert left.settled is not None
    assert (left.settled.is_released, left.settled.reason) == (False, "Not theirs to say")
    assert quarantine.waiting(team) == 0
    quarantine.let_count(team, left, "It was, after all")
    assert len(team.standing(ScoreGiven)) == 1


def test_a_second_story_is_kept_whole_and_cannot_be_let_in(liar: Liar) -> None:
    stream, first = liar.chain([answered("heard", "met")])
    again = Stream(device=stream.device, space=stream.space, epoch=stream.epoch)
    _, second = liar.chain([answered("heard", "not"), answered("adult", "not")])
    liar.send(liar.sealed((stream, first)))
    retold = liar.retell(again, second)

    done = liar.send(liar.sealed((again, retold)))

    team = liar.audit.team
    items = quarantine.set_aside(team)
    assert (done.refused, done.new, done.forked) == (None, 0, 2)
    assert [(item.sort, item.words) for item in items] == [(Sort.FORKED, "Not met"), (Sort.FORKED, "Not met")]
    assert ("heard", "met") in answers(team)
    assert items[0].held == "Met"
    with pytest.raises(NothingToSettle):
        quarantine.let_count(team, items[0], "Why not")


def test_a_file_from_nobody_known_is_kept_and_taken_in_once_its_sender_is_known(audit: Round, tmp_path: Path) -> None:
    ws, response_id = audit.laptop("Ben Lead")
    write_answer(ws, response_id, "heard", "met")
    known = send_return(ws, response_id, tmp_path)
    ws.store.local.forget("enrolment")
    write_answer(ws, response_id, "adult", "met")
    unknown = send_return(ws, response_id, tmp_path)

    (refused,), _changes = merging.merge(audit.team, merging.preview(audit.team, [unknown]))
    unknown.unlink()

    assert isinstance(refused.refused, UnknownSigner)
    (item,) = quarantine.set_aside(audit.team)
    assert (item.sort, item.because) == (Sort.FILE, "B203")
    still, _changes = quarantine.try_again(audit.team, item)
    assert isinstance(still.refused, UnknownSigner)
    assert len(kept_files.kept_files(audit.team)) == 1
    merging.merge(audit.team, merging.preview(audit.team, [known]))
    done, _changes = quarantine.try_again(audit.team, item)
    assert (done.refused, quarantine.set_aside(audit.team)) == (None, ())
    assert ("adult", "met") in answers(audit.team)


def test_a_file_that_was_declined_stays_kept(audit: Round, tmp_path: Path) -> None:
    ws, response_id = audit.laptop("Ben Lead")
    ws.store.local.forget("enrolment")
    write_answer(ws, response_id, "heard", "met")
    merging.merge(audit.team, merging.preview(audit.team, [send_return(ws, response_id, tmp_path)]))
    (item,) = quarantine.set_aside(audit.team)

    quarantine.leave_aside(audit.team, item, "Nobody of ours")

    (left,) = quarantine.set_aside(audit.team)
    assert left.settled is not None
    assert len(kept_files.kept_files(audit.team)) == 1
    assert audit.team.standing(AnswerRecorded) == ()


# --- a computer that is trusted no longer --------------------------------------------------------


def test_a_return_that_was_sent_before_its_computer_was_lost_can_be_let_in_piece_by_piece(
    audit: Round, tmp_path: Path
) -> None:
    ws, response_id = audit.laptop("Ben Lead")
    write_answer(ws, response_id, "heard", "met")
    take_files(audit.team, [send_return(ws, response_id, tmp_path)])
    write_answer(ws, response_id, "adult", "met")
    late = send_return(ws, response_id, tmp_path)
    devices.revoke(audit.team, ws.keys.device, "Lost on the ferry")
    (refused,) = take_files(audit.team, [late]).files
    assert isinstance(refused.refused, SignerRevoked)
    (item,) = quarantine.set_aside(audit.team)
    receipts_before = receipt_numbers(audit.team)

    done, _changes = quarantine.try_again(audit.team, item)

    assert (done.refused, done.quarantined) == (None, done.new)
    assert ("adult", "met") not in answers(audit.team)
    assert receipt_numbers(audit.team) == receipts_before
    (piece,) = [each for each in quarantine.set_aside(audit.team) if each.register == "answer/adult"]
    assert (piece.because, piece.words) == ("revoked", "Met")
    quarantine.let_count(audit.team, piece, "She told me on the telephone")
    assert ("adult", "met") in answers(audit.team)
    assert audit.team.verify().wrongs == ()


def test_sheets_that_nobody_signed_are_not_let_in_by_a_computer_that_is_trusted_no_longer(
    audit: Round, tmp_path: Path
) -> None:
    ws, response_id = audit.laptop("Ben Lead")
    write_answer(ws, response_id, "heard", "met")
    take_files(audit.team, [send_return(ws, response_id, tmp_path)])
    for number in range(surveys.FEWEST):
        surveys.submit(ws, response_id, {"heard": f"said by somebody, {number}"})
    sheets = surveys.send_submissions(ws, response_id, tmp_path)
    devices.revoke(audit.team, ws.keys.device, "Lost on the ferry")
    take_files(audit.team, [sheets])
    (item,) = quarantine.set_aside(audit.team)

    done, _changes = quarantine.try_again(audit.team, item)

    assert isinstance(done.refused, SignerRevoked)
    assert surveys.submissions(audit.team, response_id) == ()
    assert len(kept_files.kept_files(audit.team)) == 1


def test_a_return_that_is_taken_in_at_the_second_try_has_its_receipt(audit: Round, tmp_path: Path) -> None:
    ws, response_id = audit.laptop("Ben Lead")
    write_answer(ws, response_id, "heard", "met")
    known = send_return(ws, response_id, tmp_path)
    ws.store.local.forget("enrolment")
    write_answer(ws, response_id, "adult", "met")
    take_files(audit.team, [send_return(ws, response_id, tmp_path)])
    (item,) = quarantine.set_aside(audit.team)
    take_files(audit.team, [known])
    assert len(receipt_numbers(audit.team)) == 1

    quarantine.try_again(audit.team, item)

    assert len(receipt_numbers(audit.team)) == 2


def test_a_file_is_not_declined_without_a_reason_and_only_a_file_is_tried_again(liar: Liar, tmp_path: Path) -> None:
    team, entry = liar.audit.team, outside(liar)
    ws, response_id = liar.audit.laptop("Ben Lead")
    ws.store.local.forget("enrolment")
    write_answer(ws, response_id, "heard", "met")
    merging.merge(team, merging.preview(team, [send_return(ws, response_id, tmp_path)]))
    (file,) = [each for each in quarantine.set_aside(team) if each.sort is Sort.FILE]

    with pytest.raises(ReasonNeeded):
        quarantine.leave_aside(team, file, " ")
    with pytest.raises(NothingToSettle):
        quarantine.try_again(team, entry)

    assert quarantine.waiting(team) == 2
