"""What the presenter writes down and shows, with a real workspace and a view that makes a list."""

from collections.abc import Callable
from pathlib import Path

import pytest

from iowscp_desktop.app import responses
from iowscp_desktop.app.filling import RepeatState, open_filling
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.events import EvidenceAttached
from iowscp_desktop.domain.ids import InstanceId, QuestionId, Register, ResponseId, response_space
from iowscp_desktop.errors import AppError, CannotWrite
from iowscp_desktop.ui.fill.deeds import Deeds
from iowscp_desktop.ui.fill.evidence import EvidencePresenter
from iowscp_desktop.ui.fill.presenter import FillPresenter
from iowscp_desktop.ui.fill.states import FootState, ListState, Notices, QuestionState
from iowscp_desktop.ui.jobs import AtOnce
from tests.ui.fill.conftest import Laptop

HEARD, EVIDENCE = QuestionId("heard"), QuestionId("heard_evidence")


class FakeView:
    """Makes a list of what it is told to show."""

    def __init__(self) -> None:
        self.questions: list[tuple[str, QuestionState]] = []
        self.list: ListState | None = None
        self.current = ""
        self.foot: FootState | None = None
        self.locked = (False, False)
        self.saved: list[str] = []
        self.undo = ""
        self.refused: list[tuple[str, str]] = []
        self.copied: list[str] = []
        self.cards: list[tuple[str, str, str]] = []
        self.adding: list[int] = []
        self.said: list[str] = []
        self.on_flush: Callable[[], None] = lambda: None

    def show_notices(self, notices: Notices) -> None:
        self.said.append(notices.title)

    def show_list(self, state: ListState, current: str) -> None:
        self.list, self.current = state, current

    def show_question(self, state: QuestionState) -> None:
        self.questions.append(("show", state))

    def update_question(self, state: QuestionState) -> None:
        self.questions.append(("update", state))

    def show_foot(self, state: FootState) -> None:
        self.foot = state

    def show_locked(self, *, is_locked: bool, is_signed: bool, whose: str = "") -> None:  # noqa: ARG002 - as asked
        self.locked = (is_locked, is_signed)

    def show_saved(self, time: str, *, failed: bool = False) -> None:
        self.saved.append("failed" if failed else time)

    def show_undo(self, what: str) -> None:
        self.undo = what

    def show_adding(self, count: int) -> None:
        self.adding.append(count)

    def show_refused(self, name: str, error: AppError) -> None:
        self.refused.append((name, error.code))

    def show_copied(self, place: str) -> None:
        self.copied.append(place)

    def go_to_card(self, repeat: RepeatState, instance: InstanceId, *, button: str = "") -> None:
        self.cards.append((repeat.repeat_id, instance, button))

    def say(self, words: str) -> None:
        self.said.append(words)

    def flush(self) -> None:
        self.on_flush()

    @property
    def entry_id(self) -> str:
        return self.questions[-1][1].entry.id


class Desk:
    """Presenters on a real workspace; deeds come back to them as they do through the hub."""

    def __init__(self, ws: Workspace, response_id: ResponseId, entry_id: str | None = None) -> None:
        self.ws, self.response_id = ws, response_id
        self.view = FakeView()
        self.told: list[Changes] = []
        self.filling = open_filling(ws, response_id)
        deeds = Deeds(ws, self.view, self.tell)
        self.questions = FillPresenter(ws, self.view, filling=self.filling, deeds=deeds)
        self.files = EvidencePresenter(
            ws, self.view, filling=self.filling, questions=self.questions, deeds=deeds, runner=AtOnce()
        )
        self.questions.start(entry_id)

    def tell(self, changes: Changes) -> None:
        self.told.append(changes)
        self.questions.on_changed(changes)

    def lines(self) -> list[str]:
        assert self.view.list is not None
        return [line.id for line in self.view.list.lines]


@pytest.fixture
def desk(laptop: Laptop) -> Desk:
    return Desk(laptop.ws, laptop.response_id, "heard")


# --- going about -------------------------------------------------------------------------------


def test_a_response_opens_at_the_first_question_without_an_answer(laptop: Laptop) -> None:
    laptop.write(setting_name="Test School", heard="met", heard_evidence="Seen")

    desk = Desk(laptop.ws, laptop.response_id)

    assert desk.view.entry_id == "adult"
    assert desk.view.list is not None
    assert desk.view.list.section.title == "Culture"
    assert [(point.value, count) for point, count in desk.view.list.counts if count] == [("met", 1)]


def test_next_and_previous_go_through_all_sections(desk: Desk) -> None:
    walked = [desk.view.entry_id]
    for _ in range(3):
        desk.questions.on_step(1)
        walked.append(desk.view.entry_id)
    for _ in range(5):
        desk.questions.on_step(-1)

    assert walked == ["heard", "adult", "visit", "visit"]
    assert desk.view.entry_id == "setting_name"
    assert desk.view.foot == FootState(has_previous=False, has_next=True, left=3)


def test_next_unanswered_comes_round_and_says_when_it_was_the_last(desk: Desk) -> None:
    desk.questions.on_chosen(HEARD, "met")
    desk.questions.on_typed(EVIDENCE, "A survey")
    seen = []
    for _ in range(3):
        desk.questions.on_next_unanswered()
        seen.append(desk.view.entry_id)
    desk.questions.on_typed(QuestionId("setting_name"), "Test School")
    desk.questions.go_to("adult")
    desk.questions.on_chosen(QuestionId("adult"), "met")
    desk.questions.on_next_unanswered()
    alone = desk.view.said[-1]
    desk.questions.on_typed(QuestionId("adult_evidence"), "Asked")
    desk.questions.on_next_unanswered()

    assert seen == ["adult", "setting_name", "adult"]
    assert alone == "This is the only one that is left."
    assert desk.view.said[-1].startswith("That was the last one.")
    assert desk.view.foot is not None
    assert desk.view.foot.left == 0


def test_words_find_questions_and_answers_in_every_section(desk: Desk) -> None:
    desk.questions.on_typed(EVIDENCE, "A survey of the younger ones")
    desk.questions.on_find("YOUNGER survey")
    by_answer = desk.lines()
    desk.questions.on_find("setting called")
    by_question = desk.lines()
    desk.questions.on_find("nowhere to be found")
    nothing = desk.lines()
    desk.questions.on_find("")

    assert by_answer == ["heard"]
    assert by_question == ["setting_name"]
    assert nothing == []
    assert desk.lines() == ["heard", "adult"]


def test_only_unanswered_leaves_out_what_is_done_but_never_the_one_at_hand(desk: Desk) -> None:
    desk.questions.on_chosen(HEARD, "met")
    desk.questions.on_typed(EVIDENCE, "A survey")
    desk.questions.on_only_unanswered(True)  # noqa: FBT003 - as the check box tells it
    at_hand = desk.lines()
    desk.questions.go_to("adult")

    assert at_hand == ["heard", "adult"]
    assert desk.lines() == ["adult"]


def test_a_section_opens_at_its_first_question_without_an_answer(desk: Desk) -> None:
    desk.questions.on_typed(QuestionId("setting_name"), "Test School")

    desk.questions.on_section("culture")

    assert desk.view.entry_id == "heard"


def test_what_is_missing_is_said_only_of_questions_one_has_left(desk: Desk) -> None:
    desk.questions.on_chosen(HEARD, "partly")
    first = desk.view.questions[-1][1].says_missing
    desk.questions.on_step(1)
    desk.questions.on_step(-1)

    assert first is False
    assert desk.view.questions[-1][1].says_missing is True


def test_who_comes_to_mend_is_told_at_once_what_is_missing(laptop: Laptop) -> None:
    laptop.write(heard="partly")

    desk = Desk(laptop.ws, laptop.response_id, "heard")

    assert desk.view.questions[-1][1].says_missing is True


# --- deeds -------------------------------------------------------------------------------------


def test_a_choice_is_written_told_and_shown(desk: Desk, laptop: Laptop) -> None:
    desk.questions.on_chosen(HEARD, "partly")

    kind, state = desk.view.questions[-1]
    assert laptop.answers() == {"heard": "partly"}
    assert desk.told[-1].registers == {(response_space(desk.response_id), Register("answer/heard"))} | {
        register for register in desk.told[-1].registers if register[1].startswith("person/")
    }
    assert (kind, state.entry.point) == ("update", "partly")
    assert desk.view.saved[-1] == "09:00"


def test_the_same_choice_again_writes_nothing(desk: Desk) -> None:
    desk.questions.on_chosen(HEARD, "met")
    before = len(desk.told)
    desk.questions.on_chosen(HEARD, "met")

    assert len(desk.told) == before


def test_typing_leaves_one_entry_for_each_stay_in_a_field(desk: Desk) -> None:
    for words in ("A", "A sur", "A survey"):
        desk.questions.on_typed(EVIDENCE, words)
    desk.questions.on_left()
    desk.questions.on_typed(EVIDENCE, "A survey in June")

    history = desk.ws.store.journal.history(response_space(desk.response_id), Register("answer/heard_evidence"))
    assert len(history) == 2


def test_going_on_saves_what_is_being_typed(desk: Desk, laptop: Laptop) -> None:
    desk.view.on_flush = lambda: desk.questions.on_typed(EVIDENCE, "A survey")

    desk.questions.on_step(1)

    assert laptop.answers() == {"heard_evidence": "A survey"}


def test_taking_back_restores_what_stood_there_and_goes_there(desk: Desk, laptop: Laptop) -> None:
    desk.questions.on_chosen(HEARD, "met")
    desk.questions.on_chosen(HEARD, "not")
    offered = desk.view.undo
    desk.questions.on_step(1)
    desk.questions.on_undo()

    assert offered == "answer to 1.1"
    assert laptop.answers() == {"heard": "met"}
    assert desk.view.entry_id == "heard"
    assert desk.view.undo == ""
    desk.questions.on_undo()  # there is nothing more to take back
    assert laptop.answers() == {"heard": "met"}


def test_taking_typing_back_takes_all_of_it_back(desk: Desk, laptop: Laptop) -> None:
    desk.questions.on_typed(EVIDENCE, "Before")
    desk.questions.on_left()
    for words in ("Before and", "Before and after"):
        desk.questions.on_typed(EVIDENCE, words)

    desk.questions.on_undo()

    assert laptop.answers() == {"heard_evidence": "Before"}


def test_an_answer_that_cannot_be_written_is_said_to_be_unsaved(desk: Desk) -> None:
    with desk.ws.store.database.reading() as connection:
        connection.exec_driver_sql("PRAGMA query_only = 1")  # the disk takes nothing more

    with pytest.raises(CannotWrite):
        desk.questions.on_chosen(HEARD, "met")

    assert desk.view.saved[-1] == "failed"
    assert desk.view.undo == ""


def test_somebody_elses_answer_is_shown_when_it_comes(desk: Desk, laptop: Laptop) -> None:
    desk.questions.on_changed(laptop.write(heard="not"))

    assert desk.view.questions[-1][0] == "update"
    assert desk.view.questions[-1][1].entry.point == "not"


def test_a_locked_response_is_shown_as_such_until_it_is_opened_again(laptop: Laptop) -> None:
    laptop.write(setting_name="Test School", heard="met", heard_evidence="Seen", adult="met", adult_evidence="Asked")
    desk = Desk(laptop.ws, laptop.response_id, "heard")
    desk.tell(responses.sign(desk.ws, desk.filling, "dsl", "Priya Nair", own_device=True))
    locked, fixed = desk.view.locked, desk.view.questions[-1][1].is_fixed
    desk.questions.on_reopen("The survey was from last year")

    assert (locked, fixed) == ((True, False), True)
    assert desk.view.locked == (False, False)
    assert desk.view.questions[-1][1].is_fixed is False


# --- files -------------------------------------------------------------------------------------


def attached(desk: Desk) -> list[str]:
    return [held.event.name for held in desk.ws.standing(EvidenceAttached)]


def test_good_files_are_taken_and_bad_ones_refused_by_name(desk: Desk, tmp_path: Path) -> None:
    contents = {
        "minutes.txt": b"We met.",
        "empty.pdf": b"",
        "huge.pdf": b"%PDF-" + bytes(30 * 1024 * 1024),
        "run\u202eme.exe": b"MZ",
        "gone.pdf": None,
        "more.txt": b"We met again.",
    }
    for name, content in contents.items():
        if content is not None:
            (tmp_path / name).write_bytes(content)

    desk.files.on_files([tmp_path / name for name in contents])

    assert attached(desk) == ["minutes.txt", "more.txt"]
    assert desk.view.refused == [
        ("empty.pdf", "W102"),
        ("huge.pdf", "W101"),
        ("runme.exe", "W104"),
        ("gone.pdf", "W105"),
    ]
    assert desk.view.adding == [6, 0]
    assert desk.view.undo == "adding 2 files"
    assert [file.name for file in desk.view.questions[-1][1].files] == ["minutes.txt", "more.txt"]


def test_a_file_taken_away_comes_back_when_that_is_taken_back(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "minutes.txt"
    path.write_bytes(b"We met.")
    desk.files.on_files([path])
    (file,) = desk.view.questions[-1][1].files
    desk.files.on_removed(file.id)
    away = attached(desk)
    desk.questions.on_undo()

    assert away == []
    assert attached(desk) == ["minutes.txt"]


def test_adding_is_taken_back_whole(desk: Desk, tmp_path: Path) -> None:
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_bytes(b"words")
    desk.files.on_files([tmp_path / "one.txt", tmp_path / "two.txt"])

    desk.questions.on_undo()

    assert attached(desk) == []


def test_a_copy_goes_where_the_person_says_or_it_is_said_why_not(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "minutes.txt"
    path.write_bytes(b"We met.")
    desk.files.on_files([path])
    (file,) = desk.view.questions[-1][1].files

    desk.files.on_copy(file.id, tmp_path / "copy.txt")
    desk.files.on_copy(file.id, tmp_path / "no folder" / "copy.txt")

    assert (tmp_path / "copy.txt").read_bytes() == b"We met."
    assert desk.view.copied == [str(tmp_path / "copy.txt")]
    assert desk.view.refused == [("minutes.txt", "B107")]


def test_nothing_is_added_to_a_locked_response(laptop: Laptop, tmp_path: Path) -> None:
    laptop.write(setting_name="Test School", heard="met", heard_evidence="Seen", adult="met", adult_evidence="Asked")
    desk = Desk(laptop.ws, laptop.response_id, "heard")
    desk.tell(responses.finalise(desk.ws, desk.filling))
    path = tmp_path / "late.txt"
    path.write_bytes(b"late")

    desk.files.on_files([path])

    assert attached(desk) == []
    assert desk.view.adding == []


def test_a_photo_gets_a_small_picture_once(desk: Desk) -> None:
    picture = Path(__file__).parents[3] / "resources" / "samples" / "evidence" / "pupil-survey.png"
    desk.files.on_files([picture])
    (file,) = desk.view.questions[-1][1].files
    shown = len(desk.view.questions)
    desk.files.draw_pictures()

    assert file.picture.startswith(b"\x89PNG")
    assert len(desk.view.questions) == shown
