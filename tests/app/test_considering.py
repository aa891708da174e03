"""Names kept out: which answers wait for somebody to consider them."""

import pytest

from iowscp_desktop.app import answers, considering
from iowscp_desktop.app.filling import open_filling
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.ids import QuestionId, ResponseId
from iowscp_desktop.errors import NotYours
from tests.app.conftest import Round

NAME = QuestionId("setting_name")
Desk = tuple[Workspace, ResponseId]


@pytest.fixture
def desk(audit: Round) -> Desk:
    return audit.laptop()


def waiting(desk: Desk) -> list[list[str]]:
    ws, response_id = desk
    sections = open_filling(ws, response_id).sections()
    entries = [entry for section in sections for entry in section.entries]
    return [[piece.of(each.text) for piece in each.pieces] for each in considering.doubtful(ws, response_id, entries)]


def test_an_answer_that_seems_to_name_somebody_waits_until_somebody_has_considered_it(desk: Desk) -> None:
    answers.record_answer(*desk, NAME, "Where Jayden Smith goes")
    before = waiting(desk)
    considering.consider(*desk, NAME)

    assert (before, waiting(desk)) == ([["Jayden Smith"]], [])


def test_it_waits_again_only_for_what_was_not_considered(desk: Desk) -> None:
    answers.record_answer(*desk, NAME, "Where Jayden Smith goes")
    considering.consider(*desk, NAME)
    answers.record_answer(*desk, NAME, "It is where Jayden Smith goes")
    same = waiting(desk)
    answers.record_answer(*desk, NAME, "Where Jayden Smith and Kayleigh go")

    assert (same, waiting(desk)) == ([], [["Jayden Smith", "Kayleigh"]])


def test_what_is_typed_on_after_considering_is_a_wording_of_its_own(desk: Desk) -> None:
    answers.record_answer(*desk, NAME, "Jayden", visit="one stay")
    considering.consider(*desk, NAME)
    answers.record_answer(*desk, NAME, "Jayden and Kayleigh", visit="one stay")

    assert waiting(desk) == [["Jayden", "Kayleigh"]]


def test_the_names_of_those_who_are_meant_to_be_there_are_spared(desk: Desk) -> None:
    answers.record_answer(*desk, NAME, "Ben Lead of Test School")

    assert waiting(desk) == []


def test_nothing_can_be_considered_where_nothing_was_written(desk: Desk) -> None:
    with pytest.raises(NotYours):
        considering.consider(*desk, NAME)


def test_that_it_was_considered_travels_and_holds_no_words_itself(desk: Desk) -> None:
    ws, response_id = desk
    answers.record_answer(*desk, NAME, "Jayden")
    changes = considering.consider(*desk, NAME)

    assert response_id in changes.responses
    with ws.store.database.reading() as connection:
        row = connection.exec_driver_sql("SELECT * FROM standing_words_considered").one()
    assert "Jayden" not in str(row)
