"""Rounds: started, filled with schools, invited, followed. Real workspaces, real invitations."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from iowscp_desktop import text
from iowscp_desktop.app import matters, opening, rounds
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.events import PanellistAsked
from iowscp_desktop.domain.grants import Role
from iowscp_desktop.domain.ids import ResponseId
from iowscp_desktop.errors import FileUnwritable
from iowscp_desktop.text.panel import Panel
from iowscp_desktop.ui.hub import Hub
from iowscp_desktop.ui.jobs import AtOnce, Runner
from iowscp_desktop.ui.rounds import RoundsPage, RoundsPresenter, open_rounds
from iowscp_desktop.ui.rounds.presenter import Stage, Wrong
from tests.app.conftest import Round, Setting
from tests.app.work import (
    WHOLE,
    answer,
    panel_member,
    receipt_numbers,
    send_scores,
    sign_all,
    take_in,
    two_answers,
)
from tests.ui.acting import Chooser, Recorded, WhenTold, press, tab_to, words_on
from tests.ui.conftest import Show

DUE = date(2026, 12, 18)


@dataclass
class Desk:
    """A presenter with a view that writes down what it shows."""

    team: Workspace
    view: Any = field(default_factory=Recorded)
    runner: Runner = field(default_factory=AtOnce)

    def __post_init__(self) -> None:
        self.presenter = RoundsPresenter(self.team, self.view, runner=self.runner, tell=self._tell)
        self.presenter.start()

    def _tell(self, changes: Changes) -> None:
        self.presenter.on_changed(changes)

    def open_first(self) -> None:
        self.presenter.on_opened(self.view.last("show_rounds")[0].id)


@pytest.fixture
def desk(audit: Round) -> Desk:
    """The team looks at its one round."""
    desk = Desk(audit.team)
    desk.open_first()
    return desk


def test_a_new_team_starts_a_round_of_a_shipped_tool(setting: Setting) -> None:
    desk = Desk(setting.team())
    desk.presenter.on_new_round()
    offer = next(each for each in desk.view.last("show_new_round") if "Section 11" in each.words)

    desk.presenter.on_start_round(offer.package, " Autumn 2026 ", DUE)

    state = desk.view.last("show_round")
    assert (state.row.title, state.row.due, state.row.days_left, state.rows) == ("Autumn 2026", DUE, 347, ())
    assert [tool.package for tool in rounds.tools(desk.team)] == [offer.package]


def test_a_tool_is_taken_into_use_away_from_the_window_as_its_form_may_be_long(setting: Setting) -> None:
    team, runner = setting.team(), WhenTold()
    view: Any = Recorded()

    def tell(changes: Changes) -> None:
        presenter.on_changed(changes)

    presenter = RoundsPresenter(team, view, runner=runner, tell=tell)
    presenter.start()
    runner.finish()
    presenter.on_new_round()
    offer = next(each for each in view.last("show_new_round") if "Section 11" in each.words)

    presenter.on_start_round(offer.package, "Autumn 2026", DUE)
    before = (rounds.tools(team), rounds.rounds(team), view.last("show_working"))
    runner.finish()
    runner.finish()  # and looked at

    assert before == ((), (), text.Rounds.opening)
    assert [tool.package for tool in rounds.tools(team)] == [offer.package]
    assert view.last("show_round").row.title == "Autumn 2026"


def test_rounds_are_looked_at_away_from_the_window_and_a_form_in_front_stays_in_front(audit: Round) -> None:
    runner = WhenTold()
    view: Any = Recorded()
    presenter = RoundsPresenter(audit.team, view, runner=runner, tell=lambda _changes: None)
    presenter.start()
    before = view.names()
    runner.finish()
    presenter.on_opened(audit.round_id)
    presenter.on_new_round()
    runner.finish()
    in_front = view.names()[-1]

    presenter.on_closed()
    runner.finish()

    assert before == []
    assert in_front == "show_new_round"
    assert view.names() == ["show_rounds", "show_new_round", "show_round"]


@pytest.mark.parametrize("due", [None, date(2026, 1, 4)])
def test_a_round_needs_an_audit_a_title_and_a_date_to_come(setting: Setting, due: date | None) -> None:
    desk = Desk(setting.team())
    desk.presenter.on_new_round()

    desk.presenter.on_start_round("", "  ", due)

    assert desk.view.last("show_wrong") == [Wrong.TOOL, Wrong.TITLE, Wrong.DUE]
    assert rounds.rounds(desk.team) == ()


def test_a_pasted_list_is_taken_into_the_round(desk: Desk) -> None:
    desk.presenter.on_adding()

    desk.presenter.on_add("Elm Grove\n\nBay View\nelm grove\n", "school", [])

    assert [row.name for row in desk.view.last("show_round").rows] == ["Bay View", "Elm Grove"]
    assert desk.view.calls[-1] == ("show_note", (text.Rounds.added(2),))


def test_everybody_from_earlier_rounds_comes_with_one_tick(desk: Desk) -> None:
    rounds.add_organisations(desk.team, ["Youth Service"], "agency")
    desk.presenter.on_adding()
    known = desk.view.last("show_adding")

    desk.presenter.on_add("", "", ["school"])
    desk.presenter.on_adding()

    assert known == {"school": 1, "agency": 1}
    assert [row.name for row in desk.view.last("show_round").rows] == ["Test School"]
    assert desk.view.last("show_adding") == {"agency": 1}


@pytest.mark.parametrize(
    ("names", "sort", "wrong"), [(" \n", "school", [Wrong.NAMES]), ("Elm Grove", "", [Wrong.SORT])]
)
def test_names_and_what_they_are_must_be_there(desk: Desk, names: str, sort: str, wrong: list[Wrong]) -> None:
    desk.presenter.on_adding()

    desk.presenter.on_add(names, sort, [])

    assert desk.view.last("show_wrong") == wrong


def test_an_invitation_shows_a_code_that_opens_its_file(desk: Desk, audit: Round, tmp_path: Path) -> None:
    desk.presenter.on_invite(audit.school, tmp_path)

    shown = desk.view.last("show_invitation")
    offer = opening.look(shown.path, shown.code, audit.setting.world)
    assert (shown.name, shown.path.parent, shown.expires) == ("Test School", tmp_path, "19 Jan 2026, 09:00")
    assert (offer.organisation, offer.round_title) == ("Test School", "2026")
    assert desk.view.names()[-1] == "show_invitation"  # nothing is drawn over it


def test_a_second_device_gets_another_file_and_another_code(desk: Desk, audit: Round, tmp_path: Path) -> None:
    desk.presenter.on_invite(audit.school, tmp_path)
    first = desk.view.last("show_invitation")
    desk.presenter.on_closed()
    desk.presenter.on_invite(audit.school, tmp_path)
    second = desk.view.last("show_invitation")

    assert first.code != second.code
    assert first.path != second.path
    assert first.code not in repr(first)


def test_a_folder_that_takes_no_file_leaves_no_invitation(desk: Desk, audit: Round, tmp_path: Path) -> None:
    with pytest.raises(FileUnwritable):
        desk.presenter.on_invite(audit.school, tmp_path / "gone")

    assert desk.view.names()[-1] == "show_round"


def test_a_round_shows_who_has_joined_signed_and_come_back(desk: Desk, audit: Round) -> None:
    school, response_id = audit.laptop()
    answer(school, response_id, WHOLE)
    sign_all(school, response_id)
    desk.presenter.on_changed(take_in(audit, response_id, school).changes)

    (row,) = desk.view.last("show_round").rows
    assert (row.stage, row.invited, row.joined, [row.receipt]) == (Stage.SIGNED, 1, 1, receipt_numbers(audit.team))
    assert set(row.signed.split(", ")) == {"Designated safeguarding lead", "Head"}


def test_what_is_to_be_decided_is_counted_until_it_is(desk: Desk, audit: Round) -> None:
    two_answers(audit, {"heard": "met"}, {"heard": "not"})
    desk.presenter.on_closed()
    before = desk.view.last("show_round").rows[0].conflicts
    (matter,) = matters.open_matters(audit.team)

    desk.presenter.on_changed(matters.decide(audit.team, matter, matter.sides[0].values))

    assert (before, desk.view.last("show_round").rows[0].conflicts) == (1, 0)


def test_a_merge_behind_a_form_draws_nothing_over_it(desk: Desk, audit: Round) -> None:
    school, response_id = audit.laptop()
    answer(school, response_id, {"heard": "met"})
    desk.presenter.on_adding()

    desk.presenter.on_changed(take_in(audit, response_id, school).changes)
    behind = desk.view.names()[-1]
    desk.presenter.on_closed()

    assert behind == "show_adding"
    assert desk.view.last("show_round").rows[0].stage is Stage.RETURNED


def test_a_panel_member_is_asked_for_what_has_come_back(desk: Desk, audit: Round, tmp_path: Path) -> None:
    school, response_id = audit.laptop()
    answer(school, response_id, {"heard": "met"})
    rounds.ask_all(audit.team, audit.round_id, rounds.add_organisations(audit.team, ["Elm Grove"], "school"))
    take_in(audit, response_id, school)
    desk.presenter.on_panel()

    desk.presenter.on_invite_panel(" Dev Anand ", [response_id], tmp_path)

    shown = desk.view.last("show_invitation")
    offer = opening.look(shown.path, shown.code, audit.setting.world)
    assert desk.view.last("show_panel") == [(response_id, "Test School")]
    assert (offer.role, offer.organisation) == (Role.PANEL, "Dev Anand")
    assert [held.event.name for held in audit.team.standing(PanellistAsked)] == ["Dev Anand"]


def test_a_panel_member_needs_a_name_and_something_to_score(desk: Desk) -> None:
    desk.presenter.on_panel()

    assert not desk.presenter.check_panel(" ", [])
    assert desk.view.last("show_wrong") == [Wrong.NAME, Wrong.RESPONSES]


def test_a_receipt_is_sealed_for_the_school(desk: Desk, audit: Round, tmp_path: Path) -> None:
    school, response_id = audit.laptop()
    answer(school, response_id, {"heard": "met"})
    take_in(audit, response_id, school)

    desk.presenter.on_save_receipt(response_id, tmp_path)

    note = desk.view.last("show_note")
    (file,) = [path for path in tmp_path.glob("*.iowbundle") if path.name in note]
    assert "Test School" in note
    assert file.stat().st_size > 0


# --- the page ------------------------------------------------------------------------------------


@dataclass
class Room:
    """The page, as the window holds it."""

    page: RoundsPage
    hub: Hub[Changes]
    went: list[tuple[str, ResponseId]]


def opened(show: Show, team: Workspace, *folders: Path) -> Room:
    went: list[tuple[str, ResponseId]] = []
    hub: Hub[Changes] = Hub()
    page = open_rounds(
        team,
        hub,
        AtOnce(),
        Chooser(*folders),
        on_read=lambda response_id: went.append(("read", response_id)),
        on_open_return=lambda response_id: went.append(("open", response_id)),
        on_decide=lambda response_id: went.append(("decide", response_id)),
        on_compare=lambda response_id: went.append(("compare", response_id)),
    )
    show(page, 1366, 768)
    return Room(page, hub, went)


def test_a_round_is_started_and_a_school_invited_by_keyboard_alone(
    show: Show, setting: Setting, tmp_path: Path
) -> None:
    team = setting.team()
    page = opened(show, team, tmp_path).page

    tab_to(page, page.list.empty.button)
    press(Qt.Key.Key_Space)
    assert QApplication.focusWidget() is page.new_round.tool
    press(Qt.Key.Key_Down)
    tab_to(page, page.new_round.title)
    QTest.keyClicks(page.new_round.title, "Autumn 2026")
    tab_to(page, page.new_round.due)
    QTest.keyClicks(page.new_round.due, "18 12 2026")
    tab_to(page, page.new_round.go_button)
    press(Qt.Key.Key_Space)
    tab_to(page, page.round.empty.button)
    press(Qt.Key.Key_Space)
    QTest.keyClicks(page.adding.names, "Elm Grove")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Down)
    tab_to(page, page.adding.go_button)
    press(Qt.Key.Key_Space)
    assert QApplication.focusWidget() is page.round.table
    tab_to(page, page.round.invite_button)
    press(Qt.Key.Key_Space)

    (line,) = rounds.rounds(team)
    assert (line.title, line.due, line.asked) == ("Autumn 2026", DUE, 1)
    assert len(list(tmp_path.glob("*.iowinvite"))) == 1
    assert page.code.isVisible()
    assert QApplication.focusWidget() is page.code.code


def test_the_code_is_large_read_letter_by_letter_and_then_forgotten(show: Show, audit: Round, tmp_path: Path) -> None:
    rounds.ask(audit.team, audit.round_id, audit.school)
    page = opened(show, audit.team, tmp_path).page
    page.list.open_button.click()
    page.round.invite_button.click()

    code = page.code.code
    shown, spoken, size = code.text(), code.accessibleName(), code.font().pixelSize()
    page.code.done_button.click()

    assert len(shown.split()) == 4
    assert spoken.endswith(", ".join(" ".join(group) for group in shown.split()))
    assert size >= 40
    assert code.text() == code.accessibleName() == ""
    assert page.round.isVisible()
    assert page.round.invite_button.text() == text.Rounds.invite_again


def test_a_form_says_what_is_missing_and_goes_there(show: Show, setting: Setting) -> None:
    page = opened(show, setting.team()).page
    page.list.empty.button.click()

    page.new_round.go_button.click()

    said = words_on(page)
    assert all(words in said for words in (text.Rounds.no_tool, text.Rounds.no_title, text.Rounds.no_due))
    assert QApplication.focusWidget() is page.new_round.tool


@pytest.fixture
def busy(audit: Round) -> ResponseId:
    """A round with four schools, one of which has come back with something to decide."""
    response_id = two_answers(audit, {"heard": "met"}, {"heard": "not"})
    others = rounds.add_organisations(audit.team, ["Elm Grove", "Bay View", "Zion Academy"], "school")
    rounds.ask_all(audit.team, audit.round_id, others)
    return response_id


def names(page: RoundsPage) -> list[str]:
    return [row.name for row in page.round.table.rows]


def test_the_table_is_sorted_searched_and_copied(show: Show, audit: Round, busy: ResponseId) -> None:
    page = opened(show, audit.team).page
    page.list.open_button.click()

    by_name = names(page)
    page.round.sort.setFocus()
    press(Qt.Key.Key_Down)  # by where it is
    by_stage = names(page)
    QTest.keyClicks(page.round.search, "zion")
    found = names(page)
    page.round.search.clear()
    page.round.search.edited.emit("")
    page.round.copy_button.click()

    assert by_name == ["Bay View", "Elm Grove", "Test School", "Zion Academy"]
    assert by_stage[-1] == "Test School"
    assert found == ["Zion Academy"]
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[0] == text.Rounds.column_organisation
    assert lines[-1].split("\t")[:4] == [
        "Test School",
        text.Rounds.returned_state,
        "2 of 2",
        receipt_numbers(audit.team)[-1],
    ]


def test_what_can_be_done_follows_the_row(show: Show, audit: Round, busy: ResponseId) -> None:
    room = opened(show, audit.team)
    page = room.page
    page.list.open_button.click()
    table = page.round.table
    at_first = (page.round.open_button.isVisible(), page.round.decide_button.isVisible())

    table.setFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    page.round.decide_button.click()
    page.round.open_button.click()
    page.round.read_button.click()
    table.setFocus()
    press(Qt.Key.Key_Return)

    assert at_first == (False, False)
    assert room.went == [("decide", busy), ("open", busy), ("read", busy), ("read", busy)]


def test_the_row_at_hand_stays_when_something_comes_in(show: Show, audit: Round, busy: ResponseId) -> None:
    room = opened(show, audit.team)
    room.page.list.open_button.click()
    room.page.round.table.show_current(busy)
    rounds.ask_all(audit.team, audit.round_id, rounds.add_organisations(audit.team, ["Alder School"], "school"))

    room.hub.tell(rounds.team_changes(audit.team))

    assert names(room.page)[0] == "Alder School"
    assert room.page.round.table.current_id() == busy


def test_a_panel_member_is_invited_from_the_round(show: Show, audit: Round, busy: ResponseId, tmp_path: Path) -> None:
    page = opened(show, audit.team, tmp_path).page
    page.list.open_button.click()
    page.round.panel_button.click()
    page.panel.go_button.click()
    missing = words_on(page)
    QTest.keyClicks(page.panel.name, "Dev Anand")
    page.panel.responses.boxes[0].click()
    page.panel.go_button.click()

    assert text.Rounds.no_name in missing
    assert text.Rounds.no_responses in missing
    assert page.code.isVisible()
    assert text.Rounds.for_whom("Dev Anand") in words_on(page)


def test_the_way_back_leads_to_the_round_and_to_the_list(show: Show, audit: Round, busy: ResponseId) -> None:
    page = opened(show, audit.team).page
    page.list.open_button.click()
    page.round.add_button.click()

    page._top.followed.emit("round")
    at_round = page.round.isVisible()
    page._top.followed.emit("list")

    assert at_round
    assert page.list.isVisible()


def test_something_that_comes_in_takes_no_focus_from_the_search(show: Show, audit: Round, busy: ResponseId) -> None:
    room = opened(show, audit.team)
    room.page.list.open_button.click()
    room.page.round.search.setFocus()
    QTest.keyClicks(room.page.round.search, "zi")

    room.hub.tell(rounds.team_changes(audit.team))

    assert QApplication.focusWidget() is room.page.round.search
    assert names(room.page) == ["Zion Academy"]


def test_a_panel_is_compared_from_its_return(show: Show, audit: Round) -> None:
    school, response_id = audit.laptop()
    answer(school, response_id, WHOLE)
    take_in(audit, response_id, school)
    room = opened(show, audit.team)
    room.page.round.table.setFocus()
    room.page.list.open_button.click()
    before = room.page.round.compare_button.text()
    dev = panel_member(audit, "Dev", response_id)
    panel_member(audit, "Kate", response_id)
    dev.score(response_id, {"heard": "met", "adult": "met"})
    send_scores(audit, dev)

    room.hub.tell(rounds.team_changes(audit.team))
    room.page.round.compare_button.click()

    assert before == Panel.agree_alone
    assert room.page.round.compare_button.text() == Panel.compare_some(1, 2)
    assert room.went == [("compare", response_id)]


def test_rounds_begin_in_their_table(show: Show, audit: Round) -> None:
    room = opened(show, audit.team)

    room.page.on_shown()

    assert QApplication.focusWidget() is room.page.list.table
