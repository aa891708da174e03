"""Somebody decides while a file is being taken in: what they were not shown is not decided."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from iowscp_desktop.app import conflicts, receipts, responses
from iowscp_desktop.app.filling import open_filling
from iowscp_desktop.app.merging import merge, preview
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.events import AnswerRecorded
from iowscp_desktop.errors import AnswersChanged, NothingToSettle
from tests.app.conftest import Round
from tests.app.work import WHOLE, answer, sign_all, take_in, two_answers


def just_before_writing(ws: Workspace, happen: Callable[[], object]) -> None:
    """Let something happen once, when the next deed asks for the time: after it looked, before it writes."""
    world, waiting = ws.world, [happen]

    def clock() -> datetime:
        if waiting:
            waiting.pop()()
        return world.clock()

    ws.world = replace(world, clock=clock)


def test_an_answer_that_arrives_while_a_conflict_is_settled_is_kept(audit: Round) -> None:
    third, response_id = audit.laptop("Dan Third", "deputy")
    two_answers(audit, {"heard": "met"}, {"heard": "not"})
    answer(third, response_id, {"heard": "partly"})
    files = preview(audit.team, [responses.send_return(third, response_id, audit.setting.folder)])
    (conflict,) = conflicts.open_conflicts(audit.team)
    just_before_writing(audit.team, lambda: receipts.take_in(audit.team, files))

    with pytest.raises(NothingToSettle):
        conflicts.settle(audit.team, conflict, "met")

    assert {held.event.value for held in audit.team.standing(AnswerRecorded)} == {"met", "not", "partly"}


def test_words_that_are_signed_meanwhile_are_not_overwritten(audit: Round) -> None:
    (one, response_id), (two, _) = audit.laptop(), audit.laptop("Cat Deputy", "deputy")
    answer(one, response_id, {**WHOLE, "heard": "met"})
    answer(two, response_id, {"heard": "not"})
    take_in(audit, response_id, one, two)
    (conflict,) = conflicts.open_conflicts(audit.team)
    sign_all(one, response_id)
    take_in(audit, response_id, one)

    with pytest.raises(NothingToSettle):
        conflicts.settle(audit.team, conflict, "met")

    (now,) = conflicts.open_conflicts(audit.team)
    assert now.signed


def test_nobody_signs_answers_that_arrived_after_the_first_signature(audit: Round) -> None:
    (one, response_id), (two, _) = audit.laptop(), audit.laptop("Cat Deputy", "deputy")
    answer(one, response_id, WHOLE)
    filling = open_filling(one, response_id)
    first, second = filling.tool.signers[:2]
    responses.sign(one, filling, first.role, "Priya Nair", own_device=True)
    answer(two, response_id, {"staff": "12"})
    take_in(audit, response_id, one, two)
    merge(one, preview(one, [receipts.send_receipt(audit.team, response_id, audit.setting.folder)]))

    with pytest.raises(AnswersChanged):
        responses.sign(one, open_filling(one, response_id), second.role, "Tom Osei", own_device=True)

    responses.reopen(one, response_id, "The deputy had answered too.")
    sign_all(one, response_id)
    assert responses.revision(one, response_id, filling.tool).is_signed
