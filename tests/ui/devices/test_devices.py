"""Computers: compared by their sign, trusted no longer, invited anew, handed over. Real workspaces, real files."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from iowscp_desktop.app import devices, invitations, joining, opening, panel, responses, rounds
from iowscp_desktop.app.merging import merge, preview
from iowscp_desktop.app.survey_sheets import surveys_asked
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.events import AnswerRecorded, ResponseAssigned
from iowscp_desktop.domain.grants import Role
from iowscp_desktop.domain.ids import QuestionId, ResponseId, Sha256
from iowscp_desktop.errors import InvitationForOthers, WrongCode
from iowscp_desktop.text.devices import Devices as Words
from iowscp_desktop.ui.devices import OwnDevicePage, TeamDevicesPage, open_own_device, open_team_devices
from iowscp_desktop.ui.devices.presenter import OwnDevicePresenter, State, TeamDevicesPresenter
from iowscp_desktop.ui.hub import Hub
from iowscp_desktop.ui.jobs import AtOnce
from tests.app.conftest import Round
from tests.app.test_survey_sheets import survey_file
from tests.app.work import Member, answer, panel_member, send_scores, take_files, take_in
from tests.ui.acting import Chooser, Recorded, press, tab_to, words_on
from tests.ui.conftest import Show

HEARD = QuestionId("heard")


@dataclass
class Desk:
    """The team's presenter with a view that writes down what it shows."""

    team: Workspace
    view: Any = field(default_factory=Recorded)

    def __post_init__(self) -> None:
        self.presenter = TeamDevicesPresenter(self.team, self.view, runner=AtOnce(), tell=self._tell)
        self.presenter.start()

    def _tell(self, changes: Changes) -> None:
        self.presenter.on_changed(changes)

    @property
    def schools(self) -> list[Any]:
        rows, _alarm = self.view.last("show_devices"), None
        return [row for row in rows if not row.name.startswith(Words.the_team)]


@pytest.fixture
def returned(audit: Round) -> tuple[Workspace, ResponseId]:
    school, response_id = audit.laptop()
    answer(school, response_id, {"heard": "met"})
    take_in(audit, response_id, school)
    return school, response_id


def test_a_computer_that_came_back_is_listed_with_the_sign_its_own_screen_shows(
    audit: Round, returned: tuple[Workspace, ResponseId]
) -> None:
    desk, own = Desk(audit.team), Recorded()
    OwnDevicePresenter(returned[0], own, runner=AtOnce(), tell=lambda _changes: None).start()

    (row,) = desk.schools

    assert (row.name, row.state) == ("Test School", State.NEW)
    assert own.last("show_sign") == row.sign


def test_a_sign_that_was_compared_is_written_down(audit: Round, returned: tuple[Workspace, ResponseId]) -> None:
    desk = Desk(audit.team)

    desk.presenter.on_confirm(returned[0].keys.device)

    assert desk.schools[0].state is State.CONFIRMED
    assert desk.view.calls[-1] == ("show_note", (Words.confirmed_note,))


def test_a_computer_is_trusted_no_longer_and_the_others_get_a_file(
    audit: Round, returned: tuple[Workspace, ResponseId], tmp_path: Path
) -> None:
    desk = Desk(audit.team)

    desk.presenter.on_revoke(returned[0].keys.device, "Lost on a train")
    desk.presenter.on_directory(audit.school, tmp_path)

    assert desk.schools[0].state is State.REVOKED
    assert len(list(tmp_path.glob("*.iowbundle"))) == 2  # the return, and the file for the others


def test_an_invitation_is_made_anew_with_a_code_that_opens_its_file(audit: Round, tmp_path: Path) -> None:
    first = invitations.invite_organisation(audit.team, audit.round_id, audit.school, tmp_path)
    desk = Desk(audit.team)
    (waiting,) = desk.view.last("show_waiting")

    desk.presenter.on_reissue(waiting.id, waiting.name, tmp_path)

    code = desk.view.last("show_invitation")
    assert (waiting.name, code.name) == ("Test School", "Test School")
    assert code.code != first.code
    assert opening.look(code.path, code.code, audit.setting.world).role is Role.ORGANISATION
    assert len(desk.view.last("show_waiting")) == 1
    assert code.code not in repr(code)


def test_the_team_is_handed_to_one_more_laptop(audit: Round, tmp_path: Path) -> None:
    desk = Desk(audit.team)

    desk.presenter.on_add_laptop(tmp_path)

    code = desk.view.last("show_invitation")
    assert opening.look(code.path, code.code, audit.setting.world).role is Role.TEAM


def test_the_teams_keys_are_changed(audit: Round, tmp_path: Path) -> None:
    desk, before = Desk(audit.team), audit.team.about.team_key

    desk.presenter.on_change_keys(lost=False)
    desk.presenter.on_team_file(tmp_path)

    assert audit.team.about.team_key != before
    assert len(list(tmp_path.glob("*.iowbundle"))) == 1


# --- a school's computer -------------------------------------------------------------------------


def further(audit: Round, folder: Path) -> invitations.Invited:
    (package,) = {tool.package for tool in rounds.tools(audit.team)}
    later = rounds.open_round(audit.team, title="2027", package=Sha256(package), due=audit.setting.world.clock().date())
    return invitations.invite_organisation(audit.team, later, audit.school, folder)


def test_a_slip_in_the_code_is_said_before_anything_is_tried(audit: Round, tmp_path: Path) -> None:
    school, _response_id = audit.laptop()
    view = Recorded()
    presenter = OwnDevicePresenter(school, view, runner=AtOnce(), tell=lambda _changes: None)

    presenter.on_open("ABCD")

    assert view.calls[-1][0] == "show_wrong"
    assert len(school.standing(ResponseAssigned)) == 1


def test_a_wrong_code_and_an_invitation_for_others_leave_all_as_it_was(audit: Round, tmp_path: Path) -> None:
    school, _response_id = audit.laptop()
    (other,) = rounds.add_organisations(audit.team, ["Other School"], "school")
    theirs = invitations.invite_organisation(audit.team, audit.round_id, other, tmp_path)
    ours = further(audit, tmp_path)
    view = Recorded()
    presenter = OwnDevicePresenter(school, view, runner=AtOnce(), tell=lambda _changes: None)

    presenter.on_file(ours.path)
    with pytest.raises(WrongCode):
        presenter.on_open(theirs.code)
    presenter.on_file(theirs.path)
    with pytest.raises(InvitationForOthers):
        presenter.on_open(theirs.code)

    assert view.last("show_working") == ""
    assert len(school.standing(ResponseAssigned)) == 1


def test_a_further_invitation_is_opened_by_keyboard_alone(show: Show, audit: Round, tmp_path: Path) -> None:
    school, _response_id = audit.laptop()
    invited = further(audit, tmp_path)
    hub: Hub[Changes] = Hub()
    page = open_own_device(school, hub, AtOnce(), Chooser(invited.path))
    show(page, 1366, 768)

    tab_to(page, page.file_button)
    press(Qt.Key.Key_Space)
    assert QApplication.focusWidget() is page.code
    QTest.keyClicks(page.code, invited.code.lower().replace("-", " "))
    press(Qt.Key.Key_Return)

    assert Words.accepted in words_on(page)
    assert {task.round_title for task in responses.tasks(school)} == {"2026", "2027"}


def test_a_survey_is_handed_to_the_other_computer_too_so_that_people_can_answer_there(
    audit: Round, tmp_path: Path
) -> None:
    (one, response_id), (two, _) = audit.laptop("Ben Lead"), audit.laptop("Cat Deputy", "deputy")
    take_files(audit.team, [responses.send_return(one, response_id, tmp_path)])
    path, _changes = survey_file(audit)
    merge(one, preview(one, [path]))
    presenter = OwnDevicePresenter(one, Recorded(), runner=AtOnce(), tell=lambda _changes: None)

    presenter.on_hand_over(tmp_path / "stick")
    merge(two, preview(two, sorted((tmp_path / "stick").glob("*.iowbundle"))))

    assert surveys_asked(two) == surveys_asked(one)
    assert len(surveys_asked(two)) == 1


def test_answers_are_handed_to_the_other_computer_by_keyboard_alone(show: Show, audit: Round, tmp_path: Path) -> None:
    (one, response_id), (two, _) = audit.laptop("Ben Lead"), audit.laptop("Cat Deputy", "deputy")
    answer(one, response_id, {"heard": "met"})
    out = tmp_path / "out"
    hub: Hub[Changes] = Hub()
    page = open_own_device(one, hub, AtOnce(), Chooser(out))
    show(page, 1366, 768)

    tab_to(page, page.hand_over_button)
    press(Qt.Key.Key_Space)

    (path,) = out.glob("*.iowbundle")
    merge(two, preview(two, [path]))
    assert path.name in words_on(page)
    assert [held.event.value for held in two.standing(AnswerRecorded)] == ["met"]


# --- the team's page -----------------------------------------------------------------------------


def opened(show: Show, team: Workspace, *answers: Path) -> TeamDevicesPage:
    hub: Hub[Changes] = Hub()
    page = open_team_devices(team, hub, AtOnce(), Chooser(*answers))
    show(page, 1366, 768)
    return page


def pick(page: TeamDevicesPage, name: str) -> None:
    row = next(row for row in page.table.rows if row.name == name)
    page.table.show_current(row.id)
    page.table.picked.emit(row.id)


def test_a_computer_is_trusted_no_longer_only_with_a_reason(
    show: Show, audit: Round, returned: tuple[Workspace, ResponseId]
) -> None:
    page = opened(show, audit.team)
    pick(page, "Test School")

    page.revoke_button.click()
    assert QApplication.focusWidget() is page.revoking.why
    press(Qt.Key.Key_Return)
    asked = words_on(page)
    QTest.keyClicks(page.revoking.why, "Stolen")
    press(Qt.Key.Key_Return)

    assert Words.no_why in asked
    assert Words.revoked_note in words_on(page)
    assert [line.revoked for line in devices.devices(audit.team) if line.name] == [True]
    assert not page.revoking.isVisible()


def test_a_code_is_shown_large_and_forgotten(show: Show, audit: Round, tmp_path: Path) -> None:
    page = opened(show, audit.team, tmp_path)

    page.laptop_button.click()
    shown = page.code.code.text()
    page.code.done_button.click()

    assert len(shown.replace(" ", "")) == 16
    assert page.code.code.text() == ""
    assert page.table.isVisible()


def test_the_alarm_of_a_code_that_two_computers_answered_is_raised(show: Show, audit: Round) -> None:
    page = opened(show, audit.team)
    before = page.alarm.isVisible()

    page.show_devices(page.table.rows, doubled=True)

    assert (before, page.alarm.isVisible()) == (False, True)
    assert Words.doubled in words_on(page)


def test_the_teams_own_laptop_cannot_be_shut_out_from_itself(show: Show, audit: Round) -> None:
    page = opened(show, audit.team)
    pick(page, Words.this_laptop)

    assert not page.revoke_button.isVisible()


def test_after_new_keys_the_file_for_the_other_laptops_is_next(show: Show, audit: Round) -> None:
    page = opened(show, audit.team)
    tab_to(page, page.keys_button)
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Space)

    assert Words.keys_note in words_on(page)
    assert QApplication.focusWidget() is page.file_button


def test_each_page_names_what_can_be_reached(show: Show, audit: Round) -> None:
    school, _response_id = audit.laptop()
    hub: Hub[Changes] = Hub()
    own = open_own_device(school, hub, AtOnce(), Chooser())
    show(own, 1366, 768)
    team = opened(show, audit.team)

    assert own.sign.accessibleName() == Words.spoken_sign(joining.own_fingerprint(school))
    for page in (own, team):
        assert isinstance(page, OwnDevicePage | TeamDevicesPage)
        assert words_on(page)


def test_a_computer_comes_in_place_of_a_lost_one_and_finds_all_that_was_sent(
    audit: Round, returned: tuple[Workspace, ResponseId], tmp_path: Path
) -> None:
    lost, response_id = returned
    desk = Desk(audit.team)
    desk.presenter.on_revoke(lost.keys.device, "Lost on a train")

    desk.presenter.on_replace(lost.keys.device, "Test School", tmp_path)

    code = desk.view.last("show_invitation")
    found = audit.setting.join(code.path, code.code, "Ben Lead", "dsl")
    assert {held.event.value for held in found.standing(AnswerRecorded, question_id=HEARD)} == {"met"}
    assert [task.response_id for task in responses.tasks(found)] == [response_id]


def test_a_panel_members_computer_is_replaced_and_the_scores_go_on_where_they_were(
    audit: Round, returned: tuple[Workspace, ResponseId], tmp_path: Path
) -> None:
    _school, response_id = returned
    dev = panel_member(audit, "Dev", response_id)
    dev.score(response_id, {"heard": "met"}, finish=False)
    send_scores(audit, dev)
    desk = Desk(audit.team)
    desk.presenter.on_revoke(dev.ws.keys.device, "Stolen")
    without = panel.judges(audit.team, response_id)

    desk.presenter.on_replace(dev.ws.keys.device, "Dev", tmp_path)
    code = desk.view.last("show_invitation")
    again = Member(dev.person_id, audit.setting.join(code.path, code.code, "Dev", "panel"))
    kept = panel.scores(again.ws, response_id)
    again.score(response_id, {"adult": "partly"})
    send_scores(audit, again)

    assert (without, set(kept)) == ((), {HEARD})
    compared = {each.question_id: dict(each.by_judge) for each in panel.compare(audit.team, response_id)}
    assert (compared[HEARD], compared[QuestionId("adult")]) == ({dev.person_id: "met"}, {dev.person_id: "partly"})


def test_a_lost_computer_is_replaced_by_keyboard_alone(
    show: Show, audit: Round, returned: tuple[Workspace, ResponseId], tmp_path: Path
) -> None:
    hub: Hub[Changes] = Hub()
    page = open_team_devices(audit.team, hub, AtOnce(), Chooser(tmp_path))
    show(page, 1366, 768)
    row = next(row for row in page.table.rows if row.name == "Test School")
    page.table.show_current(row.id)
    page.table.picked.emit(row.id)
    page._hub = hub  # type: ignore[attr-defined] # the window holds it in the program

    tab_to(page, page.revoke_button)
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Escape)
    left = (page.revoking.isVisible(), QApplication.focusWidget() is page.table)
    tab_to(page, page.revoke_button)
    press(Qt.Key.Key_Space)
    QTest.keyClicks(page.revoking.why, "Lost")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Space)  # the button that invites in its place has the focus

    assert left == (False, True)
    assert page.code.isVisible()
    assert len(list(tmp_path.glob("*.iowinvite"))) == 2  # the first, and the one in its place
