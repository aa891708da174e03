"""A response in step with the journal: what is asked, what is missing, what looks different after a deed."""

from datetime import date
from pathlib import Path

import pytest

from iowscp_desktop.app import answers, merging, responses, rounds
from iowscp_desktop.app.filling import Filling, Problem, Status, open_filling
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.ids import QuestionId, ResponseId, Sha256
from iowscp_desktop.domain.tool import Part
from iowscp_desktop.errors import NotYours
from tests.app.conftest import Round


class Laptop:
    """One device of the school, with its response open."""

    def __init__(self, ws: Workspace, response_id: ResponseId) -> None:
        self.ws, self.response_id = ws, response_id
        self.filling = open_filling(ws, response_id)

    def answer(self, **given: str) -> frozenset[str]:
        changed: set[str] = set()
        for name, value in given.items():
            changed |= self.filling.refresh(
                answers.record_answer(self.ws, self.response_id, QuestionId(name), value or None)
            )
        return frozenset(changed)

    def problems(self) -> list[tuple[str, str, Problem | None]]:
        return [
            (entry.id, each.question_id, each.problem) for entry in self.filling.problems() for each in entry.problems
        ]


@pytest.fixture
def laptop(audit: Round) -> Laptop:
    return Laptop(*audit.laptop())


def asked(filling: Filling) -> list[str]:
    return [entry.id for section in filling.sections() for entry in section.asked]


def test_a_fresh_response_asks_what_the_tool_asks(laptop: Laptop) -> None:
    sections = laptop.filling.sections()

    assert [(section.number, section.title, section.completed, section.status) for section in sections] == [
        ("A", "Your setting", 1, Status.NOT_STARTED),  # the number of staff need not be given: that begins nothing
        ("1", "Culture", 0, Status.NOT_STARTED),
        ("B", "Visits", 1, Status.COMPLETED),
    ]
    assert asked(laptop.filling) == ["setting_name", "staff", "heard", "adult", "visit"]


def test_an_answer_that_need_not_be_given_begins_its_section(laptop: Laptop) -> None:
    laptop.answer(staff="12")

    assert laptop.filling.sections()[0].status is Status.IN_PROGRESS


def test_an_answer_decides_what_else_is_asked(laptop: Laptop) -> None:
    before = asked(laptop.filling)
    changed = laptop.answer(staff="51")
    with_boarders = asked(laptop.filling)
    laptop.answer(staff="50")

    assert "boarders" not in before
    assert changed == {"staff", "boarders"}
    assert "boarders" in with_boarders
    assert asked(laptop.filling) == before


def test_an_answer_to_a_question_that_is_not_asked_any_more_holds_nothing_up(laptop: Laptop) -> None:
    laptop.answer(staff="51", boarders="not")
    held_up = {entry for entry, _, _ in laptop.problems()}
    laptop.answer(staff="3")

    assert "boarders" in held_up
    assert "boarders" not in {entry for entry, _, _ in laptop.problems()}
    assert laptop.filling.entry("boarders").point == ""
    assert laptop.filling.entry("boarders").status is Status.NOT_ASKED


def test_not_applicable_needs_a_reason_and_nothing_else(laptop: Laptop) -> None:
    laptop.answer(heard="na")
    without = laptop.filling.entry("heard")
    laptop.answer(heard_na_reason="We have no children under five")

    assert [(each.part, each.problem) for each in without.problems] == [(Part.NA_REASON, Problem.REQUIRED)]
    assert laptop.filling.entry("heard").status is Status.COMPLETED


def test_a_gap_needs_an_action_with_a_person_and_a_day(laptop: Laptop) -> None:
    laptop.answer(heard="partly", heard_evidence="A survey")
    without = laptop.filling.entry("heard")
    laptop.answer(heard_next="Ask again", heard_owner="Head")
    halfway = laptop.filling.entry("heard")
    laptop.answer(heard_due="2026-12-01")

    assert without.status is Status.NEEDS_ATTENTION
    assert [each.part for each in without.problems] == [Part.NEXT, Part.OWNER, Part.DUE]
    assert halfway.status is Status.IN_PROGRESS
    assert [each.part for each in halfway.problems] == [Part.DUE]
    assert laptop.filling.entry("heard").status is Status.COMPLETED


def test_met_asks_for_no_action(laptop: Laptop) -> None:
    laptop.answer(heard="met", heard_evidence="A survey")

    entry = laptop.filling.entry("heard")

    assert entry.status is Status.COMPLETED
    assert [each.part for each in entry.fields if each.relevant] == [Part.EVIDENCE]


@pytest.mark.parametrize("written", ["many", "4.5", "1e3", "99999999999999999999"])
def test_what_is_no_whole_number_is_kept_and_said(laptop: Laptop, written: str) -> None:
    laptop.filling.sections()
    changed = laptop.answer(staff=written)

    (field,) = laptop.filling.entry("staff").fields

    assert changed == {"staff"}
    assert (field.value, field.problem) == (written, Problem.KIND)
    assert laptop.filling.entry("staff").status is Status.NEEDS_ATTENTION
    assert laptop.filling.entry("staff") in laptop.filling.problems()


def test_only_what_looks_different_is_worked_out_again(laptop: Laptop) -> None:
    before = {entry.id: entry for section in laptop.filling.sections() for entry in section.entries}

    changed = laptop.answer(heard="met")

    after = {entry.id: entry for section in laptop.filling.sections() for entry in section.entries}
    assert changed == {"heard"}
    assert {id_ for id_ in before if after[id_] is not before[id_]} == {"heard"}


def test_the_same_answer_again_changes_nothing(laptop: Laptop) -> None:
    laptop.answer(heard="met")

    assert laptop.answer(heard="met") == frozenset()


def test_a_cleared_answer_is_no_answer(laptop: Laptop) -> None:
    laptop.answer(heard="met")

    assert laptop.answer(heard="") == {"heard"}
    assert laptop.filling.entry("heard").status is Status.NOT_STARTED


def test_opening_again_shows_what_was_shown(laptop: Laptop) -> None:
    laptop.answer(setting_name="Test School", staff="60", heard="partly", heard_next="Ask again", boarders="na")

    again = open_filling(laptop.ws, laptop.response_id)

    assert again.sections() == laptop.filling.sections()


def test_two_different_answers_are_marked_until_somebody_chooses(audit: Round, tmp_path: Path) -> None:
    one, two = Laptop(*audit.laptop("Ben", "dsl")), Laptop(*audit.laptop("Cat", "deputy"))
    one.answer(heard="met", heard_evidence="Seen", adult="met", adult_evidence="Asked")
    two.answer(heard="partly")
    files = [responses.send_return(each.ws, each.response_id, tmp_path) for each in (one, two)]
    merging.merge(audit.team, merging.preview(audit.team, files))

    seen = open_filling(audit.team, one.response_id)

    assert seen.entry("heard").conflicting
    assert not seen.entry("adult").conflicting
    assert "heard" in [entry.id for entry in seen.problems()]
    assert "adult" not in [entry.id for entry in seen.problems()]


def test_somebody_elses_change_elsewhere_changes_nothing_here(audit: Round, laptop: Laptop) -> None:
    other = rounds.ask(audit.team, audit.round_id, rounds.add_organisation(audit.team, "Other School", "school"))

    changed = laptop.filling.refresh(answers.record_answer(audit.team, other, QuestionId("heard"), "met"))

    assert changed == frozenset()


def test_a_response_that_is_not_here_is_not_opened(laptop: Laptop) -> None:
    with pytest.raises(NotYours):
        open_filling(laptop.ws, ResponseId("somebody-elses"))


def test_notes_stand_before_the_questions_they_lead_to(audit: Round, s175_files: dict[str, bytes]) -> None:
    package = rounds.adopt_tool(audit.team, s175_files)
    round_id = rounds.open_round(audit.team, title="2026", package=Sha256(package.digest), due=date(2026, 12, 18))
    laptop = Laptop(*Round(setting=audit.setting, team=audit.team, round_id=round_id, school=audit.school).laptop())

    leads = {entry.id: entry.leads for section in laptop.filling.sections() for entry in section.entries}

    assert leads["setting_name"][0].startswith("This is a starter template.")
    assert leads["setting_type"] == ()
    assert leads["count_referrals"] == (
        "Numbers for the last school year",
        "Count from 1 September to 31 August. Write 0 if there were none.",
    )
    assert leads["count_early_help"] == leads["count_referrals"]
    assert leads["cul_heard"] == ()
