"""What repeats: added, taken away and put in order, by one person or by two who do not see each other."""

from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from iowscp_desktop.app import answers, conflicts, repeats, responses, rounds
from iowscp_desktop.app.filling import Filling, RepeatState, Status, open_filling
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.ids import InstanceId, QuestionId, ResponseId, Sha256
from iowscp_desktop.domain.tool import plain_tool
from iowscp_desktop.errors import AttachmentKindRefused, NotYours, ResponseLocked
from tests.app.conftest import Round
from tests.app.repeat_tool import FORM
from tests.app.work import sign_all, take_in

CHILD, SCHOOL, DOG = QuestionId("child"), QuestionId("school"), QuestionId("dog")
FIRST = InstanceId("default-1")


class Laptop:
    """One device with the form open."""

    def __init__(self, ws: Workspace, response_id: ResponseId) -> None:
        self.ws, self.response_id = ws, response_id
        self.filling = open_filling(ws, response_id)

    def did(self, changes: Changes) -> frozenset[str]:
        return self.filling.refresh(changes)

    def answer(self, name: str, value: str | None, *instances: str) -> frozenset[str]:
        around = tuple(InstanceId(each) for each in instances)
        question = QuestionId(name)
        return self.did(answers.record_answer(self.ws, self.response_id, question, value, instances=around))

    def add(self, repeat: QuestionId = CHILD, *within: str) -> InstanceId:
        around = tuple(InstanceId(each) for each in within)
        before = set(self.shown(repeat, *within))
        self.did(repeats.add_instance(self.ws, self.response_id, repeat, within=around))
        (new,) = set(self.shown(repeat, *within)) - before
        return new

    def remove(self, instance: str, repeat: QuestionId = CHILD) -> frozenset[str]:
        return self.did(repeats.remove_instance(self.ws, self.filling, repeat, instance=InstanceId(instance)))

    def order(self, *instances: str) -> frozenset[str]:
        order = [InstanceId(each) for each in instances]
        return self.did(repeats.order_instances(self.ws, self.response_id, CHILD, order))

    def repeat(self, name: QuestionId = CHILD) -> RepeatState:
        state = self.filling.entry(name).repeat
        assert state is not None
        return state

    def shown(self, repeat: QuestionId = CHILD, *within: str) -> list[InstanceId]:
        state = inner(self.repeat(), within[0]) if within else self.repeat(repeat)
        return [card.instance for card in state.cards]

    def names(self) -> list[str]:
        return [card.words for card in self.repeat().cards]


def inner(state: RepeatState, instance: str) -> RepeatState:
    (card,) = [card for card in state.cards if card.instance == instance]
    (found,) = [part for part in card.parts if isinstance(part, RepeatState)]
    return found


@pytest.fixture
def family(audit: Round) -> Round:
    package = plain_tool("family.md", FORM.encode())
    rounds.adopt_tool(audit.team, package.files)
    round_id = rounds.open_round(audit.team, title="2026", package=Sha256(package.digest), due=date(2026, 12, 18))
    return Round(setting=audit.setting, team=audit.team, round_id=round_id, school=audit.school)


@pytest.fixture
def laptop(family: Round) -> Laptop:
    return Laptop(*family.laptop())


def test_a_repeat_begins_as_the_form_has_it(laptop: Laptop) -> None:
    entry = laptop.filling.entry("child")

    assert laptop.shown() == [FIRST]
    assert [each.question_id for each in entry.fields] == ["name", "other_name", "school_name"]
    assert (entry.status, entry.relevant, entry.title) == (Status.NOT_STARTED, True, "Children")
    assert not laptop.repeat().is_fixed


def test_one_more_is_added_answered_and_found_again(laptop: Laptop) -> None:
    second = laptop.add()
    laptop.answer("name", "Ann", FIRST)
    changed = laptop.answer("name", "Ben", second)

    again = open_filling(laptop.ws, laptop.response_id)

    assert changed == {"child"}
    assert laptop.names() == ["Ann", "Ben"]
    assert again.sections() == laptop.filling.sections()
    assert "2" in again.computed().values()


def test_the_number_of_instances_decides_what_else_is_asked(laptop: Laptop) -> None:
    before = laptop.filling.entry("photo").relevant
    laptop.filling.sections()

    changed = laptop.did(repeats.add_instance(laptop.ws, laptop.response_id, CHILD))

    assert not before
    assert laptop.filling.entry("photo").relevant
    assert {"child", "photo", "state"} <= changed


def test_what_is_taken_away_comes_back_with_its_answers(laptop: Laptop) -> None:
    laptop.answer("name", "Ann", FIRST)
    laptop.remove(FIRST)
    without = laptop.shown()

    laptop.did(repeats.add_instance(laptop.ws, laptop.response_id, CHILD, instance=FIRST))

    assert without == []
    assert laptop.names() == ["Ann"]
    assert repeats.contested_removals(laptop.ws, laptop.filling) == ()


def test_none_of_what_repeats_is_complete(laptop: Laptop) -> None:
    laptop.remove(FIRST)

    assert laptop.filling.entry("child").status is Status.COMPLETED
    assert laptop.filling.entry("child").relevant


def test_a_required_answer_is_missed_in_each_instance(laptop: Laptop) -> None:
    second = laptop.add()
    laptop.answer("name", "Ann", FIRST)

    problems = [(each.question_id, each.instances) for each in laptop.filling.entry("child").problems]

    assert problems == [("name", (second,))]
    assert laptop.filling.entry("child").status is Status.IN_PROGRESS


def test_instances_are_put_in_order_and_new_ones_come_last(laptop: Laptop) -> None:
    second, third = laptop.add(), laptop.add()
    laptop.order(third, FIRST, second)
    fourth = laptop.add()

    assert laptop.shown() == [third, FIRST, second, fourth]
    assert open_filling(laptop.ws, laptop.response_id).sections() == laptop.filling.sections()


def test_an_order_names_nobody_twice(laptop: Laptop) -> None:
    with pytest.raises(NotYours):
        repeats.order_instances(laptop.ws, laptop.response_id, CHILD, [FIRST, FIRST])


def test_what_repeats_in_what_repeats_is_kept_apart(laptop: Laptop) -> None:
    second = laptop.add()
    school = laptop.add(SCHOOL, second)
    laptop.answer("school_name", "Oak", second, school)
    laptop.answer("school_name", "Elm", FIRST, FIRST)

    found = {
        child.instance: [card.words for card in inner(laptop.repeat(), child.instance).cards]
        for child in laptop.repeat().cards
    }

    assert found == {FIRST: ["Elm"], second: ["Oak"]}
    assert open_filling(laptop.ws, laptop.response_id).sections() == laptop.filling.sections()


def test_taking_the_outer_one_away_takes_what_is_in_it(laptop: Laptop) -> None:
    second = laptop.add()
    laptop.answer("school_name", "Oak", second, laptop.add(SCHOOL, second))
    laptop.remove(second)

    assert laptop.shown() == [FIRST]
    assert repeats.contested_removals(laptop.ws, laptop.filling) == ()


def test_the_form_counts_its_own(laptop: Laptop) -> None:
    laptop.answer("how_many", "2")
    laptop.answer("dog_name", "Rex", "count-2")
    two = laptop.shown(DOG)
    laptop.answer("how_many", "1")
    one = laptop.shown(DOG)
    laptop.answer("how_many", "2")

    assert (two, one) == (["default-1", "count-2"], ["default-1"])
    assert [card.words for card in laptop.repeat(DOG).cards] == ["", "Rex"]
    assert laptop.repeat(DOG).is_fixed
    assert open_filling(laptop.ws, laptop.response_id).sections() == laptop.filling.sections()


def test_the_same_default_id_in_two_repeats_is_not_confused(laptop: Laptop) -> None:
    laptop.answer("school_name", "Elm", FIRST, FIRST)
    laptop.remove(FIRST)
    laptop.answer("dog_name", "Rex", FIRST)

    assert repeats.contested_removals(laptop.ws, laptop.filling) == ()


def two(family: Round) -> tuple[Laptop, Laptop]:
    one, other = Laptop(*family.laptop("Ben", "dsl")), Laptop(*family.laptop("Cat", "deputy"))
    one.answer("name", "Ann", FIRST)
    return one, other


def team(family: Round, *laptops: Laptop) -> Filling:
    take_in(family, laptops[0].response_id, *(each.ws for each in laptops))
    return open_filling(family.team, laptops[0].response_id)


def test_taking_away_what_somebody_else_writes_in_is_contested_and_nothing_is_lost(family: Round) -> None:
    one, other = two(family)
    one.remove(FIRST)
    other.answer("other_name", "Annie", FIRST)

    seen = team(family, one, other)
    (contested,) = repeats.contested_removals(family.team, seen)

    entry = seen.entry("child")
    assert entry.repeat is not None
    assert (contested.repeat_id, contested.instance, len(contested.unseen)) == (CHILD, FIRST, 1)
    assert [(card.instance, card.contested) for card in entry.repeat.cards] == [(FIRST, True)]
    assert [each.value for each in entry.fields] == ["Ann", "Annie", ""]
    assert entry.conflicting
    assert entry in seen.problems()


@pytest.mark.parametrize("stays", [True, False])
def test_a_person_decides_whether_it_stays(family: Round, stays: bool) -> None:  # noqa: FBT001 - a parameter of a test
    one, other = two(family)
    one.remove(FIRST)
    other.answer("other_name", "Annie", FIRST)
    seen = team(family, one, other)

    if stays:
        changes = repeats.add_instance(family.team, seen.response_id, CHILD, instance=FIRST)
    else:
        changes = repeats.remove_instance(family.team, seen, CHILD, instance=FIRST)
    seen.refresh(changes)

    entry = seen.entry("child")
    assert entry.repeat is not None
    assert repeats.contested_removals(family.team, seen) == ()
    assert [card.instance for card in entry.repeat.cards] == ([FIRST] if stays else [])
    assert not entry.conflicting


def test_taking_away_what_was_seen_is_no_conflict(family: Round) -> None:
    one, other = two(family)
    one.remove(FIRST)

    seen = team(family, one, other)

    assert repeats.contested_removals(family.team, seen) == ()
    assert seen.entry("child").fields == ()


def test_two_people_who_add_one_each_have_two(family: Round) -> None:
    one, other = two(family)
    one.answer("name", "Ben", one.add())
    other.answer("name", "Cal", other.add())

    seen = team(family, one, other)

    entry = seen.entry("child")
    assert entry.repeat is not None
    assert sorted(card.words for card in entry.repeat.cards) == ["Ann", "Ben", "Cal"]
    assert not entry.conflicting


def test_two_answers_in_one_instance_are_a_conflict_there(family: Round) -> None:
    one, other = two(family)
    other.answer("name", "Anna", FIRST)

    seen = team(family, one, other)
    (conflict,) = conflicts.open_conflicts(family.team)

    assert (conflict.question_id, conflict.instances) == ("name", (FIRST,))
    assert seen.entry("child").conflicting


def test_a_signed_response_has_no_more_instances(laptop: Laptop) -> None:
    laptop.answer("name", "Ann", FIRST)
    sign_all(laptop.ws, laptop.response_id)

    for deed in (
        lambda: repeats.add_instance(laptop.ws, laptop.response_id, CHILD),
        lambda: repeats.remove_instance(laptop.ws, laptop.filling, CHILD, instance=FIRST),
        lambda: repeats.order_instances(laptop.ws, laptop.response_id, CHILD, [FIRST]),
    ):
        with pytest.raises(ResponseLocked):
            deed()


def test_adding_one_changes_the_revision(laptop: Laptop) -> None:
    before = responses.revision(laptop.ws, laptop.response_id, laptop.filling.tool).digest
    laptop.add()

    assert responses.revision(laptop.ws, laptop.response_id, laptop.filling.tool).digest != before


def test_a_table_is_one_entry_with_a_field_a_row(laptop: Laptop) -> None:
    laptop.add()
    laptop.answer("clean", "yes")

    entry = laptop.filling.entry("state")

    assert entry.is_grid
    assert [(each.label, each.value) for each in entry.fields] == [("Clean?", "yes"), ("Warm?", "")]
    assert (entry.status, entry.question) == (Status.IN_PROGRESS, "How is it?")


def test_a_file_is_an_answer_by_its_name_and_makes_way_for_another(laptop: Laptop, tmp_path: Path) -> None:
    laptop.add()
    photo = QuestionId("photo")
    for number, name in enumerate(("one.png", "two.png"), 1):
        Image.new("L", (number, 9)).save(tmp_path / name)
    kinds = answers.kinds_for("image/*")
    first, second = (answers.read_evidence(tmp_path / name, kinds) for name in ("one.png", "two.png"))

    laptop.did(answers.answer_with_file(laptop.ws, laptop.response_id, photo, first))
    (with_first,) = laptop.filling.entry("photo").fields
    laptop.did(answers.answer_with_file(laptop.ws, laptop.response_id, photo, second))
    (with_second,) = laptop.filling.entry("photo").fields
    assert with_first.file is not None
    laptop.did(answers.answer_again_with(laptop.ws, laptop.response_id, photo, with_first.file.id))
    (back,) = laptop.filling.entry("photo").fields
    laptop.did(answers.answer_with_file(laptop.ws, laptop.response_id, photo, None))
    (none,) = laptop.filling.entry("photo").fields

    assert with_second.file is not None
    assert (with_first.value, with_second.value, with_second.file.name) == ("one.png", "two.png", "two.png")
    assert len(laptop.filling.entry("photo").evidence) == 0
    assert back == with_first
    assert (none.value, none.file) == ("", None)


@pytest.mark.parametrize(("asked", "name"), [("image/*", "a.pdf"), ("audio/*", "a.png"), ("", "a.mp3")])
def test_a_file_of_another_kind_is_refused(tmp_path: Path, asked: str, name: str) -> None:
    (tmp_path / name).write_bytes(b"%PDF-\x89PNG")

    with pytest.raises(AttachmentKindRefused):
        answers.read_evidence(tmp_path / name, answers.kinds_for(asked))


def test_the_heading_of_a_table_leads_to_nothing_else(laptop: Laptop) -> None:
    leads = {entry.id: entry.leads for section in laptop.filling.sections() for entry in section.entries}

    assert set(leads.values()) == {()}
