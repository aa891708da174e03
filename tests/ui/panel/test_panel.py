"""The team compares a panel's scores and records what was agreed. Real workspaces, real files."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from iowscp_desktop.app import devices, invitations, panel
from iowscp_desktop.app.workspace import Changes
from iowscp_desktop.domain.events import ScoreAgreed
from iowscp_desktop.domain.ids import QuestionId, ResponseId
from iowscp_desktop.text.panel import Panel
from iowscp_desktop.ui.hub import Hub
from iowscp_desktop.ui.jobs import AtOnce, Runner
from iowscp_desktop.ui.panel import PanelPage, PanelPresenter, open_panel
from iowscp_desktop.ui.panel.looker import Looker
from iowscp_desktop.ui.widgets.surfaces import Card
from tests.app.conftest import Round
from tests.app.work import Member, answer, panel_member, send_scores, take_in
from tests.ui.acting import Recorded, WhenTold, press, tab_to, words_on
from tests.ui.conftest import Show

HEARD, ADULT = QuestionId("heard"), QuestionId("adult")


@dataclass
class Sitting:
    """A return, and the members that score it."""

    audit: Round
    response_id: ResponseId
    members: tuple[Member, ...] = ()

    @property
    def dev(self) -> Member:
        return self.members[0]

    @property
    def kate(self) -> Member:
        return self.members[1]

    def agreed(self) -> dict[str, tuple[str, str]]:
        held = self.audit.team.standing(ScoreAgreed)
        return {each.event.question_id: (each.event.point, each.event.reason) for each in held}

    def send_all(self) -> None:
        panel.give_score(self.dev.ws, self.response_id, HEARD, "met", "Every child I asked.")
        panel.give_score(self.kate.ws, self.response_id, HEARD, "not", "No survey of boarders.")
        for member in (self.dev, self.kate):
            member.score(self.response_id, {"adult": "met"})
            send_scores(self.audit, member)


@pytest.fixture
def sitting(audit: Round) -> Sitting:
    school, response_id = audit.laptop()
    answer(
        school,
        response_id,
        {"staff": "12", "heard": "partly", "heard_evidence": "Half of them.", "heard_next": "Ask the rest",
         "heard_owner": "Deputy", "heard_due": "2026-11-27", "adult": "met"},
    )  # fmt: skip
    take_in(audit, response_id, school)
    dev, kate = panel_member(audit, "Dev", response_id), panel_member(audit, "Kate", response_id)
    return Sitting(audit, response_id, (dev, kate))


@dataclass
class Desk:
    """A presenter with a view that writes down what it shows."""

    sitting: Sitting
    runner: Runner = field(default_factory=AtOnce)
    view: Any = field(default_factory=Recorded)

    def __post_init__(self) -> None:
        self.presenter = PanelPresenter(
            self.sitting.audit.team, self.view, self.sitting.response_id, runner=self.runner, tell=self._tell
        )
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
def desk(sitting: Sitting) -> Desk:
    sitting.send_all()
    return Desk(sitting)


def test_until_all_scores_are_in_nobodys_are_shown(sitting: Sitting) -> None:
    sitting.dev.score(sitting.response_id, {"heard": "met", "adult": "met"})
    send_scores(sitting.audit, sitting.dev)

    desk = Desk(sitting)

    ((name, (_title, judges)),) = desk.view.calls
    assert name == "show_waiting"
    assert [(judge.name, judge.finished) for judge in judges] == [("Dev", True), ("Kate", False)]


def test_who_was_let_off_is_not_waited_for(sitting: Sitting) -> None:
    sitting.dev.score(sitting.response_id, {"heard": "met", "adult": "met"})
    send_scores(sitting.audit, sitting.dev)
    team = sitting.audit.team
    before = panel.progress(team)[sitting.response_id]
    (kates,) = [line for line in devices.waiting(team) if line.name == "Kate"]

    changes = invitations.cancel(team, kates.invitation_id)
    desk = Desk(sitting)
    desk.presenter.on_changed(changes)

    assert (before, panel.progress(team)[sitting.response_id]) == ((1, 2), (1, 1))
    assert [member.name for member in desk.item.members] == ["Dev"]


def test_who_was_invited_anew_is_waited_for_still(sitting: Sitting) -> None:
    team = sitting.audit.team
    (kates,) = [line for line in devices.waiting(team) if line.name == "Kate"]

    invitations.reissue(team, kates.invitation_id, sitting.audit.setting.folder)

    assert [judge.name for judge in panel.judges(team, sitting.response_id)] == ["Dev", "Kate"]


def test_scores_that_came_count_though_their_computer_is_trusted_no_longer(sitting: Sitting) -> None:
    sitting.send_all()
    team = sitting.audit.team
    (kates,) = [line for line in devices.devices(team) if line.name == "Kate"]

    devices.revoke(team, kates.device_id, "Lost")

    assert [judge.name for judge in panel.judges(team, sitting.response_id)] == ["Dev", "Kate"]


def test_the_first_on_which_they_differ_is_shown_with_all_that_was_said(desk: Desk) -> None:
    item = desk.item

    assert (item.id, item.own.label, item.spread, item.needs_reason) == ("heard", "Partly met", 2, True)
    assert [(each.name, each.point.label, each.remark) for each in item.members] == [
        ("Dev", "Met", "Every child I asked."),
        ("Kate", "Not met", "No survey of boarders."),
    ]
    assert [words for _label, words in item.words] == ["Half of them.", "Ask the rest\nDeputy, by Fri 27 Nov 2026"]
    assert (item.point, item.reason, item.is_agreed) == ("", "", False)


def test_where_they_are_far_apart_a_grade_waits_for_its_reason(desk: Desk) -> None:
    desk.presenter.on_agreed("partly")
    without = desk.sitting.agreed()
    waiting = desk.item
    asked = desk.view.names()[-1]

    desk.presenter.on_reason("Seen on the visit.")

    assert (without, waiting.point, waiting.is_agreed, asked) == ({}, "partly", False, "show_reason_missing")
    assert desk.sitting.agreed() == {"heard": ("partly", "Seen on the visit.")}
    assert desk.item.is_agreed


def test_a_reason_waits_for_its_grade(desk: Desk) -> None:
    desk.presenter.on_reason("Seen on the visit.")
    desk.presenter.on_item("adult")
    desk.presenter.on_item("heard")
    kept = desk.item.reason

    desk.presenter.on_agreed("not")

    assert kept == "Seen on the visit."
    assert desk.sitting.agreed() == {"heard": ("not", "Seen on the visit.")}


def test_typing_a_reason_writes_one_entry_until_it_is_left(desk: Desk) -> None:
    desk.presenter.on_item("adult")
    desk.presenter.on_agreed("met")
    register = desk.sitting.audit.team.standing(ScoreAgreed)[0].event.register
    journal, space = desk.sitting.audit.team.store.journal, desk.sitting.audit.team.space

    for words in ("A", "All", "All agree."):
        desk.presenter.on_reason(words)
    typed = len(journal.history(space, register))
    desk.presenter.on_left()
    desk.presenter.on_reason("All agreed.")

    assert (typed, len(journal.history(space, register))) == (2, 3)


def test_what_all_score_the_same_is_agreed_at_once_and_nothing_else(desk: Desk) -> None:
    offered = desk.list.same

    desk.presenter.on_agree_same()

    assert (offered, desk.list.same) == (1, 0)
    assert desk.sitting.agreed() == {"adult": ("met", "")}
    assert desk.view.last("show_note") == Panel.agreed_same(1)


def test_what_one_left_unscored_is_not_the_same(sitting: Sitting) -> None:
    sitting.dev.score(sitting.response_id, {"heard": "met", "adult": "met"})
    sitting.kate.score(sitting.response_id, {"heard": "met"})
    for member in (sitting.dev, sitting.kate):
        send_scores(sitting.audit, member)

    desk = Desk(sitting)
    desk.presenter.on_agree_same()

    assert list(sitting.agreed()) == ["heard"]


def test_next_goes_to_what_is_left_and_then_says_that_all_is_agreed(desk: Desk) -> None:
    desk.presenter.on_agreed("partly")
    desk.presenter.on_reason("Seen on the visit.")
    desk.presenter.on_next_open()
    at = desk.item.id
    desk.presenter.on_agreed("met")
    desk.presenter.on_next_open()

    assert (at, desk.view.names()[-1]) == ("adult", "show_all_agreed")


# --- away from the window ---------------------------------------------------------------------------


def test_nothing_is_computed_on_the_windows_thread_when_it_opens(sitting: Sitting) -> None:
    sitting.send_all()
    runner = WhenTold()
    desk = Desk(sitting, runner)
    at_first = desk.view.names()
    desk.presenter.on_step(1)
    desk.presenter.on_next_open()
    desk.presenter.on_agreed("met")
    before = desk.view.names()

    runner.finish()

    assert (at_first, before) == (["show_looking"], ["show_looking"])
    assert desk.view.names() == ["show_looking", "show_list", "show_item"]
    assert sitting.agreed() == {}


def test_what_was_agreed_is_there_for_the_next_key_before_anything_was_looked_at_again(sitting: Sitting) -> None:
    sitting.send_all()
    runner = WhenTold()
    desk = Desk(sitting, runner)
    runner.finish()
    desk.presenter.on_item("adult")

    desk.presenter.on_agreed("met")
    shown, agreed = desk.item, desk.list.agreed
    desk.presenter.on_next_open()
    went = desk.item.id
    desk.view.clear()
    runner.finish()

    assert (shown.point, shown.is_agreed, agreed, went) == ("met", True, 1, "heard")
    assert desk.view.calls == []  # the look found what is shown


def test_after_an_agreement_only_what_is_agreed_is_read_again_and_finds_what_a_look_at_everything_finds(
    desk: Desk,
) -> None:
    presenter, team, response_id = desk.presenter, desk.sitting.audit.team, desk.sitting.response_id
    before = presenter._seen

    presenter.on_agreed("partly")
    presenter.on_reason("Seen on the visit.")

    assert presenter._seen.entries is before.entries
    assert presenter._seen == Looker(team, response_id).look() != before


def test_what_another_laptop_agreed_is_shown_after_a_look(desk: Desk) -> None:
    changes = panel.agree(desk.sitting.audit.team, desk.sitting.response_id, ADULT, "not")

    desk.presenter.on_changed(changes)

    (row,) = [row for row in desk.list.rows if row.id == ADULT]
    assert row.agreed.value == "not"


def test_the_same_scores_are_agreed_once_though_the_button_is_pressed_twice(sitting: Sitting) -> None:
    sitting.send_all()
    runner = WhenTold()
    desk = Desk(sitting, runner)
    runner.finish()

    desk.presenter.on_agree_same()
    meanwhile = sitting.agreed()
    finish = runner.finish
    desk.presenter.on_agree_same()
    finish()

    assert meanwhile == {}
    assert sitting.agreed() == {"adult": ("met", "")}
    assert desk.view.last("show_note") == Panel.agreed_same(1)


# --- the page ------------------------------------------------------------------------------------


def opened(show: Show, sitting: Sitting, runner: Runner | None = None) -> tuple[PanelPage, list[str]]:
    went: list[str] = []
    hub: Hub[Changes] = Hub()
    page = open_panel(
        sitting.audit.team, hub, runner or AtOnce(), sitting.response_id, on_back=lambda: went.append("back")
    )
    show(page, 1366, 768)
    page._hub = hub  # type: ignore[attr-defined] # the window holds it in the program
    return page, went


def test_everything_is_agreed_by_keyboard_alone(show: Show, sitting: Sitting) -> None:
    sitting.send_all()
    page, went = opened(show, sitting)

    tab_to(page, page.same_button)
    press(Qt.Key.Key_Space)
    tab_to(page, page.agreed.tiles.tiles[0])
    press(Qt.Key.Key_2)
    at = QApplication.focusWidget()
    asked = words_on(page)
    QTest.keyClicks(page.agreed.reason, "Seen on the visit.")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    said = words_on(page)
    press(Qt.Key.Key_Space)

    assert at is page.agreed.reason
    assert Panel.no_reason in asked
    assert sitting.agreed() == {"adult": ("met", ""), "heard": ("partly", "Seen on the visit.")}
    assert Panel.all_done in said
    assert went == ["back"]


def test_a_reason_is_saved_on_leaving_the_field_and_on_closing(show: Show, sitting: Sitting) -> None:
    sitting.send_all()
    page, _went = opened(show, sitting)
    page.agreed.tiles.press(3)
    QTest.keyClicks(page.agreed.reason, "Seen.")
    while_typing = sitting.agreed()
    press(Qt.Key.Key_Tab)
    left = sitting.agreed()
    page.agreed.reason.setFocus()
    QTest.keyClicks(page.agreed.reason, " Twice")
    page.flush()

    assert (while_typing, left) == ({}, {"heard": ("not", "Seen.")})
    assert sitting.agreed()["heard"][1] == "Seen. Twice"


def test_the_cards_say_who_scored_what(show: Show, sitting: Sitting) -> None:
    sitting.send_all()
    page, _went = opened(show, sitting)

    names = {card.accessibleName() for card in page.said.findChildren(Card)}
    said = words_on(page)
    assert {"Dev: Met", "Kate: Not met", f"{Panel.says}: Partly met"} <= names
    assert ("Every child I asked." in said, "No survey of boarders." in said) == (True, True)
    assert page._apart.text() == Panel.apart(2)


def test_while_scores_are_missing_the_page_says_whose_and_leads_back(show: Show, sitting: Sitting) -> None:
    page, went = opened(show, sitting)
    page.on_shown()

    said, at = words_on(page), QApplication.focusWidget()
    press(Qt.Key.Key_Space)

    assert (Panel.waiting in said, "Kate" in said, Panel.is_missing in said) == (True, True, True)
    assert at is page.waiting.back_button
    assert went == ["back"]


def test_while_it_looks_it_says_so_and_the_list_has_the_focus_afterwards(show: Show, sitting: Sitting) -> None:
    sitting.send_all()
    runner = WhenTold()
    page, _went = opened(show, sitting, runner)
    page.on_shown()
    said = words_on(page)

    runner.finish()

    assert Panel.looking in said
    assert "Are children heard?" in words_on(page)
    assert QApplication.focusWidget() is page.list


def test_without_a_panel_the_team_agrees_by_itself(audit: Round) -> None:
    school, response_id = audit.laptop()
    answer(school, response_id, {"staff": "12", "heard": "partly", "adult": "met"})
    take_in(audit, response_id, school)
    desk = Desk(Sitting(audit, response_id))

    desk.presenter.on_agreed("partly")

    assert (desk.item.members, desk.list.same) == ((), 0)
    assert [held.event.point for held in audit.team.standing(ScoreAgreed)] == ["partly"]
