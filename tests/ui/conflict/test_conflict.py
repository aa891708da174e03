"""Two versions of one answer: what is shown, and what becomes of a decision. Real workspaces throughout."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from iowscp_desktop import text
from iowscp_desktop.app import matters
from iowscp_desktop.app.filling import open_filling
from iowscp_desktop.app.workspace import Changes
from iowscp_desktop.domain.events import AnswerRecorded, ReadingRecorded, ResponseFinalised
from iowscp_desktop.domain.ids import QuestionId, Register, ResponseId, response_space
from iowscp_desktop.ui.conflict import ConflictPage, ConflictPresenter, open_conflict
from iowscp_desktop.ui.hub import Hub
from iowscp_desktop.ui.jobs import AtOnce, Runner
from iowscp_desktop.ui.widgets.buttons import Kind
from iowscp_desktop.ui.widgets.fields import TextArea
from iowscp_desktop.ui.widgets.versions import VersionCard
from tests.app.conftest import Round
from tests.app.work import WHOLE, answer, sign_all, signed_twice, take_in, two_answers
from tests.ui.acting import Recorded, WhenTold, press, tab_to, words_on
from tests.ui.conftest import Show
from tests.ui.team_pages import matter

BEN = {"heard": "met", "heard_evidence": "Everyone was asked in spring.", "adult": "met"}
CAT = {"heard": "partly", "heard_evidence": "Everyone was asked in autumn.", "adult": "not"}


def standing(audit: Round, question: str) -> set[str | None]:
    return {held.event.value for held in audit.team.standing(AnswerRecorded, question_id=QuestionId(question))}


@dataclass
class Desk:
    """A presenter with a view that writes down what it shows."""

    audit: Round
    response_id: ResponseId | None = None
    runner: Runner = field(default_factory=AtOnce)
    view: Any = field(default_factory=Recorded)

    def __post_init__(self) -> None:
        self.presenter = ConflictPresenter(
            self.audit.team, self.view, runner=self.runner, response_id=self.response_id, tell=self._tell
        )
        self.presenter.start()

    def _tell(self, changes: Changes) -> None:
        self.presenter.on_changed(changes)

    @property
    def matter(self) -> Any:
        return self.view.last("show_matter")


@pytest.fixture
def desk(audit: Round) -> Desk:
    two_answers(audit, BEN, CAT)
    return Desk(audit)


def test_both_versions_are_shown_with_who_when_and_what_differs(desk: Desk) -> None:
    matter = desk.matter

    first, second = matter.versions
    assert (matter.organisation, matter.place, matter.total) == ("Test School", 1, 2)
    assert matter.question == "Are children heard?"
    assert [(version.letter, version.who, version.point.label) for version in matter.versions] == [
        ("A", "Ben Lead", "Met"),
        ("B", "Cat Deputy", "Partly met"),
    ]
    assert first.when.startswith("5 Jan 2026, 09:0")
    assert [run.words.strip() for run in first.wording if run.differs] == ["spring."]
    assert [run.words.strip() for run in second.wording if run.differs] == ["autumn."]
    assert first.files == "No files"


def test_keeping_a_version_settles_grade_and_words_and_shows_the_next(desk: Desk) -> None:
    desk.presenter.on_kept(desk.matter.versions[1].key)

    assert standing(desk.audit, "heard") == {"partly"}
    assert standing(desk.audit, "heard_evidence") == {"Everyone was asked in autumn."}
    assert desk.matter.question == "Does each child have a trusted adult?"
    assert (desk.matter.place, desk.matter.total) == (1, 1)


def test_after_the_last_one_nothing_is_left(desk: Desk) -> None:
    desk.presenter.on_kept(desk.matter.versions[0].key)
    desk.presenter.on_kept(desk.matter.versions[0].key)

    assert desk.view.names()[-1] == "show_nothing"


def test_a_combined_answer_replaces_both(desk: Desk) -> None:
    desk.presenter.on_combined({QuestionId("heard"): "partly", QuestionId("heard_evidence"): " Spring and autumn. "})

    assert standing(desk.audit, "heard") == {"partly"}
    assert standing(desk.audit, "heard_evidence") == {"Spring and autumn."}


def test_what_a_combined_answer_begins_with_is_version_a(desk: Desk) -> None:
    grade, words = desk.matter.parts

    assert (grade.value, [point.label for point in grade.points]) == (
        "met",
        ["Met", "Partly met", "Not met", "Not applicable"],
    )
    assert (words.value, words.points) == ("Everyone was asked in spring.", ())


def test_deciding_later_goes_round(desk: Desk) -> None:
    seen = [desk.matter.number]
    for _ in range(2):
        desk.presenter.on_next()
        seen.append(desk.matter.number)
    desk.presenter.on_previous()

    assert seen[0] == seen[2] != seen[1]
    assert desk.matter.number == seen[1]


def test_what_somebody_else_settles_meanwhile_goes_away(desk: Desk) -> None:
    shown = desk.matter
    matters.decide(
        desk.audit.team, matters.open_matters(desk.audit.team)[0], {part.question_id: "met" for part in shown.parts}
    )

    desk.presenter.on_kept(shown.versions[1].key)

    assert standing(desk.audit, "heard") == {"met"}
    assert ("tell", (text.Conflict.was_settled,)) in desk.view.calls
    assert desk.matter.question != shown.question


def test_what_is_looked_at_again_after_a_decision_is_what_a_look_at_everything_finds(desk: Desk) -> None:
    desk.presenter.on_kept(desk.matter.versions[1].key)
    after_one = desk.presenter._seen.items

    assert after_one == matters.open_matters(desk.audit.team)
    assert len(after_one) == 1


def test_nothing_is_drawn_again_when_nothing_differs(desk: Desk) -> None:
    response_id = matters.open_matters(desk.audit.team)[0].response_id
    desk.view.clear()

    desk.presenter.on_changed(Changes(registers=frozenset({(response_space(response_id), Register("person/x"))})))
    desk.presenter.on_changed(Changes(registers=frozenset({(desk.audit.team.space, Register("team"))})))

    assert desk.view.calls == []


def test_a_workspace_without_conflicts_says_so(audit: Round) -> None:
    desk = Desk(audit)

    assert desk.view.names() == ["show_nothing"]


@pytest.fixture
def signed(audit: Round) -> Round:
    (one, response_id), (two, _) = audit.laptop("Ben Lead"), audit.laptop("Cat Deputy", "deputy")
    answer(one, response_id, WHOLE)
    sign_all(one, response_id)
    answer(two, response_id, {"heard": "not"})
    take_in(audit, response_id, one, two)
    return audit


def test_signed_words_are_read_with_a_reason_only(signed: Round) -> None:
    desk = Desk(signed)
    key = desk.matter.versions[0].key

    desk.presenter.on_kept(key, "   ")
    missing = desk.view.names()[-1]
    desk.presenter.on_kept(key, "Heard on the visit.")

    (reading,) = signed.team.standing(ReadingRecorded)
    assert missing == "show_reason_missing"
    assert (reading.event.value, reading.event.reason) == ("met", "Heard on the visit.")
    assert standing(signed, "heard") == {"met", "not"}
    assert ("tell", (text.Conflict.read,)) in desk.view.calls


# --- the page ------------------------------------------------------------------------------------


def opened(show: Show, audit: Round, went: list[str] | None = None) -> ConflictPage:
    backs = went if went is not None else []
    hub: Hub[Changes] = Hub()
    page = open_conflict(audit.team, hub, AtOnce(), on_back=lambda: backs.append("back"))
    show(page, 1366, 768)
    page._hub = hub  # type: ignore[attr-defined] # the window holds it in the program
    return page


def test_a_person_keeps_a_version_by_keyboard_alone(show: Show, audit: Round) -> None:
    two_answers(audit, BEN, CAT)
    page = opened(show, audit)

    tab_to(page, page.cards[1].keep_button)
    press(Qt.Key.Key_Space)

    assert standing(audit, "heard") == {"partly"}
    assert text.Conflict.place(1, 1) in [tag.text() for tag in page.findChildren(type(page._place))]
    assert "Does each child have a trusted adult?" in words_on(page)
    assert QApplication.focusWidget() is page.later_button  # a second Enter decides nothing


def test_a_person_writes_a_combined_answer(show: Show, audit: Round) -> None:
    two_answers(audit, BEN, CAT)
    page = opened(show, audit)

    page.write_button.click()
    press(Qt.Key.Key_2)
    area = next(area for area in page.combined.findChildren(TextArea) if area.isVisible())
    area.setFocus()
    area.selectAll()
    QTest.keyClicks(area, "Asked in spring and autumn.")
    page.combined.save_button.click()

    assert standing(audit, "heard") == {"partly"}
    assert standing(audit, "heard_evidence") == {"Asked in spring and autumn."}
    assert not page.combined.isVisible()


def test_what_was_typed_stays_while_something_else_changes(show: Show, audit: Round) -> None:
    two_answers(audit, {**BEN, "staff": "4"}, CAT)
    page = opened(show, audit)
    page.write_button.click()
    area = next(area for area in page.combined.findChildren(TextArea) if area.isVisible())
    area.setFocus()
    area.selectAll()
    QTest.keyClicks(area, "Half a sent")

    adult = matters.open_matters(audit.team)[1]
    page._hub.tell(matters.decide(audit.team, adult, adult.sides[0].values))  # type: ignore[attr-defined]

    assert area.text() == "Half a sent"
    assert page.combined.isVisible()


def test_ctrl_down_goes_to_the_next_one(show: Show, audit: Round) -> None:
    two_answers(audit, BEN, CAT)
    page = opened(show, audit)
    page.later_button.setFocus()

    press(Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)

    assert "Does each child have a trusted adult?" in words_on(page)
    assert standing(audit, "heard") == {"met", "partly"}


def test_a_signed_return_asks_for_the_reason_first(show: Show, signed: Round) -> None:
    page = opened(show, signed)

    page.cards[0].keep_button.click()
    wanted = words_on(page)
    QTest.keyClicks(page.reason, "Heard on the visit.")
    page.cards[0].keep_button.click()

    assert text.Conflict.signed_about in wanted
    assert text.Conflict.no_reason in wanted
    assert QApplication.focusWidget() is page._nothing.button
    assert len(signed.team.standing(ReadingRecorded)) == 1


def test_the_last_one_can_be_left_for_later(show: Show, audit: Round) -> None:
    two_answers(audit, {"heard": "met"}, {"heard": "not"})
    went: list[str] = []
    page = opened(show, audit, went)

    page.later_button.click()
    page._top.followed.emit("back")

    assert went == ["back", "back"]
    assert standing(audit, "heard") == {"met", "not"}


def test_a_name_in_a_reason_is_pointed_out(show: Show, signed: Round) -> None:
    page = opened(show, signed)
    page.reason.setFocus()
    QTest.keyClicks(page.reason, "Jayden Smith said so.")
    assert page.watch is not None
    page.watch.look_now()

    assert page.watch.note is not None
    assert words_on(page.watch.note) == "This looks as if it names somebody: “Jayden Smith”. Leave names out."


# --- declared complete twice ----------------------------------------------------------------------

WHY = "The head wrote to us that this is the one."


def test_a_return_that_was_completed_twice_comes_before_its_answers(audit: Round) -> None:
    response_id, *_ = signed_twice(audit)
    desk = Desk(audit)

    first, second = desk.matter.versions

    assert (desk.matter.finals, desk.matter.place, desk.matter.total) == (True, 1, 2)
    assert [(version.letter, version.who) for version in (first, second)] == [("A", "Ben Lead"), ("B", "Cat Deputy")]
    assert [line.partition(":")[2].partition(",")[0] for line in first.wording[0].words.splitlines()[1:]] == [
        f" The {signer.role}" for signer in open_filling(audit.team, response_id).tool.signers
    ]
    assert desk.matter.question == text.Conflict.differing(1)


def test_comparing_leads_to_the_answer_that_differs_and_back(audit: Round) -> None:
    signed_twice(audit)
    desk = Desk(audit)

    desk.presenter.on_compare()
    answer_shown = desk.matter
    desk.presenter.on_previous()

    assert (answer_shown.finals, answer_shown.signed, answer_shown.place) == (False, True, 2)
    assert desk.matter.finals


def test_neither_working_with_one_nor_asking_goes_without_a_reason(audit: Round) -> None:
    signed_twice(audit)
    desk = Desk(audit)

    desk.presenter.on_kept(desk.matter.versions[0].key)
    desk.presenter.on_ask("")

    assert desk.view.names()[-2:] == ["show_reason_missing", "show_reason_missing"]
    assert audit.team.standing(ReadingRecorded) == ()
    assert len(audit.team.standing(ResponseFinalised)) == 2


def test_working_with_one_goes_on_to_the_answers(audit: Round) -> None:
    signed_twice(audit)
    desk = Desk(audit)

    desk.presenter.on_kept(desk.matter.versions[1].key, WHY)

    (reading,) = audit.team.standing(ReadingRecorded)
    assert reading.event.target == "revision"
    assert (desk.matter.finals, desk.matter.total) == (False, 1)
    assert ("tell", (text.Conflict.counted,)) in desk.view.calls


def test_asking_for_one_signature_opens_the_return(show: Show, audit: Round) -> None:
    signed_twice(audit)
    page = opened(show, audit)
    seen = words_on(page)

    page.reason.setFocus()
    QTest.keyClicks(page.reason, WHY)
    tab_to(page, page.ask_button)
    press(Qt.Key.Key_Return)

    assert text.Conflict.finals_title in seen
    assert text.Conflict.signed_title not in seen
    assert audit.team.standing(ResponseFinalised) == ()
    assert not page.ask_button.isVisible()
    assert text.Conflict.title in words_on(page)


def test_the_keyboard_goes_through_both_versions_then_the_ways_on(show: Show, audit: Round) -> None:
    signed_twice(audit)
    page = opened(show, audit)
    page.reason.setFocus()

    order = [page.cards[0].keep_button, page.cards[1].keep_button, page.compare_button, page.ask_button]
    reached = []
    for _ in order:
        press(Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())

    assert reached == order


# --- looked for elsewhere ------------------------------------------------------------------------


def test_until_it_has_looked_the_page_says_so_and_then_shows_the_first(audit: Round) -> None:
    two_answers(audit, BEN, CAT)
    runner = WhenTold()
    desk = Desk(audit, runner=runner)
    before = desk.view.names()

    runner.finish()

    assert before == ["show_looking"]
    assert desk.matter.question == "Are children heard?"


def test_what_was_settled_while_it_looked_is_not_shown(audit: Round) -> None:
    two_answers(audit, {"heard": "met"}, {"heard": "not"})
    runner = WhenTold()
    desk = Desk(audit, runner=runner)
    (matter,) = matters.open_matters(audit.team)
    changes = matters.decide(audit.team, matter, matter.sides[0].values)
    desk.presenter.on_changed(changes)

    runner.finish()
    runner.finish()

    assert desk.view.names() == ["show_looking", "show_nothing"]


def test_a_second_enter_before_the_next_one_is_there_decides_nothing(audit: Round) -> None:
    two_answers(audit, BEN, CAT)
    runner = WhenTold()
    desk = Desk(audit, runner=runner)
    runner.finish()
    first, second = desk.matter.versions

    desk.presenter.on_kept(first.key)
    desk.presenter.on_kept(second.key)
    runner.finish()

    assert standing(audit, "heard") == {"met"}
    assert ("tell", (text.Conflict.was_settled,)) not in desk.view.calls
    assert desk.matter.question == "Does each child have a trusted adult?"


def test_what_is_decided_while_the_next_one_is_looked_for_is_what_is_shown(audit: Round) -> None:
    two_answers(audit, BEN, CAT)
    runner = WhenTold()
    desk = Desk(audit, runner=runner)
    runner.finish()
    shown = desk.matter

    desk.presenter.on_next()
    desk.presenter.on_kept(shown.versions[0].key)

    assert standing(audit, "heard") == {"met"}
    assert standing(audit, "adult") == {"met", "not"}


def test_of_signed_words_neither_version_is_put_forward(show: Show) -> None:
    unsigned, signed = ConflictPage(lambda: None), ConflictPage(lambda: None)
    for page in (unsigned, signed):
        show(page, 1366, 768)
    unsigned.show_matter(matter())
    signed.show_matter(matter(signed=True))

    kinds = [[card.keep_button._kind for card in page.findChildren(VersionCard)] for page in (unsigned, signed)]

    assert kinds == [[Kind.PRIMARY, Kind.SECONDARY], [Kind.SECONDARY, Kind.SECONDARY]]
