"""Many files at once: what they say together, in any order, is seen before anything is written."""

from pathlib import Path

import pytest

from iowscp_desktop.app import merging, receipts
from iowscp_desktop.app.conflicts import conflict_counts
from iowscp_desktop.domain.events import AnswerRecorded, ReceiptIssued
from iowscp_desktop.domain.ids import response_space
from iowscp_desktop.errors import FileChanged
from tests.app.conftest import Round
from tests.app.test_exchange import send_return
from tests.app.work import answer, take_files


def test_what_two_files_say_differently_is_seen_before_either_is_taken_in(audit: Round, tmp_path: Path) -> None:
    (one, response_id), (two, _) = audit.laptop("Ben Lead"), audit.laptop("Cat Deputy")
    answer(one, response_id, {"heard": "met", "adult": "met"})
    answer(two, response_id, {"heard": "not", "adult": "met"})
    paths = [send_return(ws, response_id, tmp_path) for ws in (one, two)]

    seen = merging.preview(audit.team, paths)

    assert [sorted(register for _space, register in each.clashes) for each in seen] == [[], ["answer/heard"]]
    assert audit.team.standing(AnswerRecorded) == ()
    done, _changes = merging.merge(audit.team, seen)
    assert [(each.new, each.clashes) for each in done] == [(each.new, each.clashes) for each in seen]
    assert dict(conflict_counts(audit.team)) == {response_id: 1}


def test_a_conflict_that_was_there_before_is_not_counted_again(audit: Round, tmp_path: Path) -> None:
    (one, response_id), (two, _) = audit.laptop("Ben Lead"), audit.laptop("Cat Deputy")
    answer(one, response_id, {"heard": "met"})
    answer(two, response_id, {"heard": "not"})
    take_files(audit.team, [send_return(ws, response_id, tmp_path) for ws in (one, two)])
    answer(one, response_id, {"adult": "met"})

    (seen,) = merging.preview(audit.team, [send_return(one, response_id, tmp_path)])

    assert (seen.new, seen.clashes) == (1, frozenset())


def test_of_a_newer_and_an_older_file_the_older_brings_nothing(audit: Round, tmp_path: Path) -> None:
    ws, response_id = audit.laptop()
    answer(ws, response_id, {"heard": "not"})
    older = send_return(ws, response_id, tmp_path)
    answer(ws, response_id, {"heard": "met"})
    newer = send_return(ws, response_id, tmp_path)

    first = merging.preview(audit.team, [newer, older])
    assert [each.new for each in first] == [3, 0]
    done, _changes = merging.merge(audit.team, first)

    assert (done[1].new, done[1].is_older, done[1].refused) == (0, True, None)
    assert done[0].earlier_missing
    values = [held.event.value for held in audit.team.standing(AnswerRecorded, space=response_space(response_id))]
    assert values == ["met"]


def test_the_very_same_file_costs_nothing_and_says_so(audit: Round, tmp_path: Path) -> None:
    ws, response_id = audit.laptop()
    answer(ws, response_id, {"heard": "met"})
    path = send_return(ws, response_id, tmp_path)
    (done,), _changes = merging.merge(audit.team, merging.preview(audit.team, [path]))

    (again,) = merging.preview(audit.team, [path])

    assert (again.merged_before, again.new, again.known) == (True, 0, done.new + done.known)
    assert again.sender == "Test School"


def test_a_file_that_changed_after_it_was_looked_at_is_refused(audit: Round, tmp_path: Path) -> None:
    ws, response_id = audit.laptop()
    answer(ws, response_id, {"heard": "met"})
    path, other = (send_return(ws, response_id, tmp_path) for _ in range(2))
    seen = merging.preview(audit.team, [path])
    path.write_bytes(other.read_bytes())

    (done,), _changes = merging.merge(audit.team, seen)

    assert isinstance(done.refused, FileChanged)
    assert audit.team.standing(AnswerRecorded) == ()


def test_a_return_and_its_receipt_stand_or_fall_together(audit: Round, tmp_path: Path) -> None:
    ws, response_id = audit.laptop()
    answer(ws, response_id, {"heard": "met"})
    seen = merging.preview(audit.team, [send_return(ws, response_id, tmp_path)])

    class Broken(Exception):
        pass

    def fail(*_: object) -> None:
        raise Broken

    with pytest.raises(Broken):
        merging.merge(audit.team, seen, also=fail)  # type: ignore[arg-type] # it never returns
    assert audit.team.standing(AnswerRecorded) == ()
    taken = receipts.take_in(audit.team, seen)

    assert len(taken.receipts) == len(audit.team.standing(ReceiptIssued)) == 1


def test_stopping_leaves_the_rest_alone_and_going_on_takes_it(audit: Round, tmp_path: Path) -> None:
    laptops = [audit.laptop(f"Person {number}") for number in range(3)]
    paths = []
    for number, (ws, response_id) in enumerate(laptops):
        answer(ws, response_id, {"setting_name": f"School {number}"})
        paths.append(send_return(ws, response_id, tmp_path))
    seen = merging.preview(audit.team, paths)
    asked = iter((False, True))

    done, _changes = merging.merge(audit.team, seen, is_stopped=lambda: next(asked))
    rest, _changes = merging.merge(audit.team, seen)

    assert [each.path for each in done] == paths[:1]
    assert [each.merged_before for each in rest] == [True, False, False]
    assert len(audit.team.standing(AnswerRecorded)) == 3
