"""A panel member scores alone: items, scores, remarks, and the file for the team. Real workspaces."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from iowscp_desktop import text
from iowscp_desktop.app import answers, panel, rounds
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.events import ScoreGiven
from iowscp_desktop.domain.ids import QuestionId, ResponseId, panel_space
from iowscp_desktop.ui.hub import Hub
from iowscp_desktop.ui.jobs import AtOnce
from iowscp_desktop.ui.score import ScorePage, ScorePresenter, open_score
from tests.app.conftest import Round
from tests.app.work import Member, answer, panel_member, take_files, take_in
from tests.ui.acting import Chooser, Recorded, press, tab_to, words_on
from tests.ui.conftest import Show

HEARD, ADULT = QuestionId("heard"), QuestionId("adult")
SAID = {
    "staff": "12",
    "heard": "partly",
    "heard_evidence": "Half of them.",
    "heard_next": "Ask the rest",
    "heard_owner": "Deputy",
    "heard_due": "2026-11-27",
    "adult": "met",
}


@dataclass
class Pack:
    """What a panel member was sent."""

    audit: Round
    member: Member
    response_id: ResponseId

    @property
    def ws(self) -> Workspace:
        return self.member.ws

    def scores(self) -> dict[str, tuple[str, str]]:
        given = panel.scores(self.ws, self.response_id)
        return {question: (score.point, score.remark) for question, score in given.items()}


@pytest.fixture
def pack(audit: Round, tmp_path: Path) -> Pack:
    school, response_id = audit.laptop()
    answer(school, response_id, SAID)
    survey = tmp_path / "survey.txt"
    survey.write_text("24 of 48 said yes", encoding="utf-8")
    answers.attach(school, response_id, HEARD, survey)
    take_in(audit, response_id, school)
    return Pack(audit, panel_member(audit, "Dev Anand", response_id), response_id)


@dataclass
class Desk:
    """A presenter with a view that writes down what it shows."""

    pack: Pack
    view: Any = field(default_factory=Recorded)

    def __post_init__(self) -> None:
        self.presenter = ScorePresenter(self.pack.ws, self.view, runner=AtOnce(), tell=self._tell)
        self.presenter.start()

    def _tell(self, changes: Changes) -> None:
        self.presenter.on_changed(changes)

    @property
    def item(self) -> Any:
        return self.view.last("show_item")

    @property
    def list(self) -> Any:
        return self.view.last("show_list")


@pytest.fixture
def desk(pack: Pack) -> Desk:
    return Desk(pack)


def test_the_first_item_is_shown_with_all_the_school_says(desk: Desk) -> None:
    item = desk.item

    assert (item.question, item.grade.label, item.point, item.remark) == ("Are children heard?", "Partly met", "", "")
    assert [words for _label, words in item.words] == ["Half of them."]
    assert (item.next_step, item.next_by, item.next_due) == ("Ask the rest", "Deputy", "Fri 27 Nov 2026")
    assert [(file.name, file.is_here) for file in item.files] == [("survey.txt", True)]
    assert [point.label for point in item.tiles] == ["Met", "Partly met", "Not met", "Not applicable"]


def test_only_what_applies_to_the_school_is_scored(desk: Desk) -> None:
    assert [row.title for row in desk.list.rows] == ["Children are heard", "A trusted adult"]
    assert desk.list.organisation == "Test School"


def test_a_score_is_kept_and_shown_in_the_list(desk: Desk) -> None:
    desk.presenter.on_scored("met")

    assert desk.pack.scores() == {"heard": ("met", "")}
    assert (desk.list.scored, desk.list.rows[0].point.label) == (1, "Met")
    assert desk.item.point == "met"


def test_a_remark_waits_for_its_score_and_goes_with_it(desk: Desk) -> None:
    desk.presenter.on_remark("Half is not all.")
    before = desk.pack.scores()
    desk.presenter.on_item("adult")
    desk.presenter.on_item("heard")
    kept = desk.item.remark

    desk.presenter.on_scored("partly")

    assert (before, kept) == ({}, "Half is not all.")
    assert desk.pack.scores() == {"heard": ("partly", "Half is not all.")}


def test_typing_a_remark_writes_one_entry_until_it_is_left(desk: Desk) -> None:
    desk.presenter.on_scored("met")
    register = desk.pack.ws.standing(ScoreGiven)[0].event.register
    space = panel_space(desk.pack.audit.round_id, desk.pack.member.person_id)

    for words in ("C", "Cle", "Clear."):
        desk.presenter.on_remark(words)
    typed = len(desk.pack.ws.store.journal.history(space, register))
    desk.presenter.on_left()
    desk.presenter.on_remark("Clearer.")

    assert typed == 2  # the score, and the score with its remark
    assert len(desk.pack.ws.store.journal.history(space, register)) == 3
    assert desk.pack.scores()["heard"] == ("met", "Clearer.")


def test_the_next_one_without_a_score_is_found_round_the_end(desk: Desk) -> None:
    desk.presenter.on_item("adult")
    desk.presenter.on_scored("met")

    desk.presenter.on_next_unscored()
    at = desk.item.id
    desk.presenter.on_scored("met")
    desk.presenter.on_next_unscored()

    assert at == "heard"
    assert desk.view.names()[-1] == "show_all_scored"


def test_finishing_early_asks_first(desk: Desk) -> None:
    desk.presenter.on_scored("met")

    desk.presenter.on_finish()
    asked, finished = desk.view.calls[-1], desk.list.finished
    desk.presenter.on_finish(anyway=True)

    assert (asked, finished) == (("show_left", (1,)), False)
    assert desk.list.finished


def test_scores_leave_only_when_every_return_is_finished(desk: Desk) -> None:
    assert not desk.presenter.may_send()
    assert desk.view.names()[-1] == "show_not_finished"

    for item in ("heard", "adult"):
        desk.presenter.on_item(item)
        desk.presenter.on_scored("met")
    desk.presenter.on_finish()

    assert desk.presenter.may_send()


def test_the_file_with_the_scores_opens_at_the_team(desk: Desk, tmp_path: Path) -> None:
    desk.presenter.on_scored("met")
    desk.presenter.on_finish(anyway=True)

    desk.presenter.on_send(tmp_path)

    path = desk.view.last("show_sent")
    take_files(desk.pack.audit.team, [path])
    assert path.parent == tmp_path
    assert [held.event.point for held in desk.pack.audit.team.standing(ScoreGiven)] == ["met"]


def test_a_copy_of_a_file_is_saved_where_the_person_says(desk: Desk, tmp_path: Path) -> None:
    (file,) = desk.item.files

    desk.presenter.on_copy(file.id, tmp_path / "copy.txt")

    assert (tmp_path / "copy.txt").read_text(encoding="utf-8") == "24 of 48 said yes"
    assert desk.view.names()[-1] == "show_copied"


def test_with_two_returns_the_first_that_is_not_finished_is_opened(pack: Pack) -> None:
    audit = pack.audit
    (other,) = rounds.add_organisations(audit.team, ["Elm Grove"], "school")
    rounds.ask_all(audit.team, audit.round_id, [other])
    second = rounds.ask(audit.team, audit.round_id, other)
    kate = panel_member(audit, "Kate", pack.response_id, second)
    kate.score(pack.response_id, {"heard": "met", "adult": "met"})

    desk = Desk(Pack(audit, kate, second))
    desk.presenter.on_response(pack.response_id)
    back = desk.list

    assert [(name, scored, items) for _id, name, scored, items in back.responses] == [
        ("Test School", 2, 2),
        ("Elm Grove", 0, 2),
    ]
    assert [args[0].organisation for name, args in desk.view.calls if name == "show_list"] == [
        "Elm Grove",
        "Test School",
    ]


# --- the page ------------------------------------------------------------------------------------


def opened(show: Show, pack: Pack, chooser: Chooser) -> ScorePage:
    hub: Hub[Changes] = Hub()
    page = open_score(pack.ws, hub, AtOnce(), chooser)
    show(page, 1366, 768)
    page._hub = hub  # type: ignore[attr-defined] # the window holds it in the program
    return page


def test_everything_is_scored_finished_and_exported_by_keyboard_alone(show: Show, pack: Pack, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    page = opened(show, pack, Chooser(stick))

    tab_to(page, page.mine.tiles.tiles[0])
    press(Qt.Key.Key_2)
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    page.mine.tiles.tiles[0].setFocus()
    press(Qt.Key.Key_1)
    tab_to(page, page.finish_button)
    press(Qt.Key.Key_Space)
    tab_to(page, page.send_button)
    press(Qt.Key.Key_Space)

    (file,) = stick.glob("audit-*.iowbundle")
    said = words_on(page)
    assert pack.scores() == {"heard": ("partly", ""), "adult": ("met", "")}
    assert text.Score.sent_title in said
    assert (file.name in said, str(stick) in said) == (True, True)
    assert QApplication.focusWidget() is page.sent.close_button


def test_a_remark_is_saved_on_leaving_the_field(show: Show, pack: Pack) -> None:
    page = opened(show, pack, Chooser())
    page.mine.tiles.press(1)

    page.mine.remark.setFocus()
    QTest.keyClicks(page.mine.remark, "Clear.")
    while_typing = pack.scores()
    press(Qt.Key.Key_Tab)

    assert while_typing == {"heard": ("met", "")}
    assert pack.scores() == {"heard": ("met", "Clear.")}


def test_a_remark_belongs_to_the_item_it_was_typed_for(show: Show, pack: Pack) -> None:
    page = opened(show, pack, Chooser())
    page.mine.tiles.press(1)
    page.mine.remark.setFocus()
    QTest.keyClicks(page.mine.remark, "Clear.")

    press(Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)

    assert pack.scores() == {"heard": ("met", "Clear.")}
    assert page.mine.remark.text() == ""
    assert "Does each child have a trusted adult?" in words_on(page)


def test_ctrl_enter_goes_on_from_within_the_remark(show: Show, pack: Pack) -> None:
    page = opened(show, pack, Chooser())
    page.mine.tiles.press(1)
    page.mine.remark.setFocus()
    QTest.keyClicks(page.mine.remark, "Clear.")

    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert pack.scores() == {"heard": ("met", "Clear.")}
    assert "Does each child have a trusted adult?" in words_on(page)


def test_closing_saves_what_is_being_typed(show: Show, pack: Pack) -> None:
    page = opened(show, pack, Chooser())
    page.mine.tiles.press(3)
    page.mine.remark.setFocus()
    QTest.keyClicks(page.mine.remark, "Half a sent")

    page.flush()

    assert pack.scores() == {"heard": ("not", "Half a sent")}


def test_the_page_says_that_one_scores_alone(show: Show, pack: Pack) -> None:
    page = opened(show, pack, Chooser())

    said = words_on(page)
    assert text.Score.alone in said
    assert text.Score.alone_about in said
    assert not page._which.isVisible()  # one return: nothing to choose from


def test_unscored_items_are_named_before_finishing(show: Show, pack: Pack) -> None:
    page = opened(show, pack, Chooser())

    page.finish_button.click()
    asked = words_on(page)
    at = QApplication.focusWidget()
    page.notice.anyway_button.click()

    assert text.Score.unscored_left(2) in asked
    assert at is page.notice.anyway_button
    assert page._finished.isVisible()
    assert not page.notice.isVisible()


def test_exporting_too_early_says_why_not(show: Show, pack: Pack, tmp_path: Path) -> None:
    chooser = Chooser(tmp_path)
    page = opened(show, pack, chooser)

    page.send_button.click()

    assert text.Score.not_finished in words_on(page)
    assert chooser.asked == []


def test_a_file_is_copied_from_its_row(show: Show, pack: Pack, tmp_path: Path) -> None:
    page = opened(show, pack, Chooser(tmp_path / "mine.txt"))

    (button,) = [
        each
        for each in page.answer.findChildren(type(page.send_button))
        if each.accessibleName() == text.Score.save_copy_of("survey.txt")
    ]
    button.click()

    assert (tmp_path / "mine.txt").exists()
    assert text.Score.copy_saved in words_on(page)


def test_a_name_in_a_remark_is_pointed_out_and_goes_with_its_item(show: Show, pack: Pack) -> None:
    page = opened(show, pack, Chooser())
    watch = page.mine.watch
    assert watch is not None
    page.mine.remark.setFocus()
    QTest.keyClicks(page.mine.remark, "Ask Jayden Smith")
    watch.look_now()
    assert watch.note is not None
    said = words_on(watch.note)
    QTest.keyClick(page.mine.remark, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()

    assert said == "This looks as if it names somebody: “Jayden Smith”. Leave names out."
    assert not watch.note.isVisible()
