"""Erasing on one laptop of a team or a school reaches its other laptops in real files, in whatever order they come."""

from pathlib import Path

import pytest

from iowscp_desktop.app import answers, erasure, handover, receipts, responses
from iowscp_desktop.app.erasure import Part
from iowscp_desktop.app.merging import preview
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.erasure import Why
from iowscp_desktop.domain.events import AnswerRecorded, EvidenceAttached
from iowscp_desktop.domain.ids import QuestionId, ResponseId, response_space
from tests.app.conftest import Round
from tests.app.test_erasure import NAME, erase_all, everything, returned
from tests.app.test_team_laptops import exchange, second_laptop
from tests.app.work import WHOLE, answer, take_files


def take(ws: Workspace, path: Path) -> None:
    (done,) = receipts.take_in(ws, preview(ws, [path])).files
    assert done.refused is None


def values(ws: Workspace, response_id: ResponseId) -> int:
    return len(ws.standing(AnswerRecorded, space=response_space(response_id)))


def test_the_other_laptop_of_the_team_erases_too(audit: Round, tmp_path: Path) -> None:
    _school, response_id, path = returned(audit, tmp_path)
    other = second_laptop(audit)
    assert values(other, response_id) == len(WHOLE)
    erased = erase_all(audit.team, response_id)

    take(other, handover.send_to_team_laptops(audit.team, tmp_path))
    take_files(other, [path])

    assert (values(other, response_id), other.standing(EvidenceAttached)) == (0, ())
    assert NAME not in everything(other)
    assert [each.id for each in erasure.erasures(other)] == [erased.id]
    assert other.verify().wrongs == ()


def test_a_laptop_that_hears_of_it_before_the_return_never_has_it(audit: Round, tmp_path: Path) -> None:
    other = second_laptop(audit)
    _school, response_id, path = returned(audit, tmp_path)
    erase_all(audit.team, response_id)

    take(other, handover.send_to_team_laptops(audit.team, tmp_path))
    take_files(other, [path])

    assert values(other, response_id) == 0
    assert NAME not in everything(other)
    assert other.verify().wrongs == ()


def test_an_older_file_of_the_other_laptop_brings_nothing_back(audit: Round, tmp_path: Path) -> None:
    _school, response_id, _path = returned(audit, tmp_path)
    other = second_laptop(audit)
    older = handover.send_to_team_laptops(other, tmp_path)
    erase_all(audit.team, response_id)

    take(audit.team, older)

    assert values(audit.team, response_id) == 0
    assert NAME not in everything(audit.team)
    assert audit.team.verify().wrongs == ()


def test_both_laptops_agree_when_both_erased_and_exchanged(audit: Round, tmp_path: Path) -> None:
    _school, response_id, _path = returned(audit, tmp_path)
    other = second_laptop(audit)
    space = response_space(response_id)
    erasure.erase(audit.team, erasure.plan(audit.team, space, Part.FILES), Why.DUE, "Over")
    erase_all(other, response_id)

    exchange(audit.team, other, tmp_path)

    assert values(audit.team, response_id) == values(other, response_id) == 0
    assert len(erasure.erasures(audit.team)) == len(erasure.erasures(other)) == 2
    assert (audit.team.verify().wrongs, other.verify().wrongs) == ((), ())


@pytest.mark.parametrize("order", ["erasure last", "erasure first"])
def test_the_other_laptop_of_a_school_erases_too(audit: Round, tmp_path: Path, order: str) -> None:
    (one, response_id), (two, _) = audit.laptop("Ben Lead"), audit.laptop("Cat Deputy", "deputy")
    answer(one, response_id, WHOLE)
    file = tmp_path / f"{NAME}.txt"
    file.write_text(f"a letter about {NAME}")
    answers.attach(one, response_id, QuestionId("heard"), file)
    before = handover.hand_over(one, response_id, tmp_path)
    planned = erasure.plan(one, response_space(response_id), Part.FILES)
    erasure.erase(one, planned, Why.ASKED, "The family asked")
    after = handover.hand_over(one, response_id, tmp_path)

    for path in (before, after) if order == "erasure last" else (after, before):
        take(two, path)

    assert two.standing(EvidenceAttached) == ()
    assert values(two, response_id) == len(WHOLE)
    assert NAME not in everything(two)
    assert (two.verify().wrongs, erasure.requests(two)) == ((), ())


def test_a_return_after_an_erasure_tells_the_team_and_brings_no_file(audit: Round, tmp_path: Path) -> None:
    school, response_id, _path = returned(audit, tmp_path)
    space = response_space(response_id)
    erasure.erase(school, erasure.plan(school, space, Part.FILES), Why.ASKED, "The family asked")
    fresh = second_laptop(audit, "Cy Team")
    erase_all(audit.team, response_id)

    take_files(audit.team, [responses.send_return(school, response_id, tmp_path)])

    assert audit.team.standing(EvidenceAttached) == ()
    assert len(fresh.standing(EvidenceAttached)) == 1, "what was erased elsewhere and not told here stays"
