"""The whole window over real workspaces: beginning, locking, who is there, files that arrive."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from iowscp_desktop import text
from iowscp_desktop.app import actions, answers, devices, invitations, merging, opening, receipts, rounds
from iowscp_desktop.app.actions import NewAction
from iowscp_desktop.app.handover import hand_over
from iowscp_desktop.app.responses import send_return
from iowscp_desktop.app.settings import Loaded, Settings, load_settings
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.ids import QuestionId
from iowscp_desktop.errors import CannotWrite
from iowscp_desktop.ui.actions import OwnActionsPage
from iowscp_desktop.ui.areas import ACTIONS, DEVICES
from iowscp_desktop.ui.first_run import FirstRunPage
from iowscp_desktop.ui.home import HomePage, PanelHomePage
from iowscp_desktop.ui.jobs import AtOnce
from iowscp_desktop.ui.keys import KeysPage
from iowscp_desktop.ui.lock import LockPage, WhoPage
from iowscp_desktop.ui.main_window import MainWindow, Setup, compose
from iowscp_desktop.ui.session_watch import SessionWatch
from iowscp_desktop.ui.settings import SettingsPage
from iowscp_desktop.ui.settings_sections import SETTINGS
from iowscp_desktop.ui.theme import Scheme, apply_theme, scale, tokens
from iowscp_desktop.ui.theme.tokens import DARK
from tests.app.conftest import PASSPHRASE, Round, Setting
from tests.app.test_opening import Drawer
from tests.app.work import receipt_numbers, take_files
from tests.ui.acting import words_on, write_down
from tests.ui.conftest import Show


class Computer:
    """A computer with a folder for the workspace, and windows on it."""

    def __init__(self, setting: Setting, show: Show) -> None:
        self.setting, self._show = setting, show
        self.setup = Setup(
            folder=setting.folder / "mine",
            world=replace(setting.world, passphrase_cost=setting.world.code_cost),
            runner=AtOnce(),
            settings_file=setting.folder / "settings.toml",
            out_folder=setting.folder / "out",
            choose=lambda _request, _on_chosen: None,
            show_folder=lambda _path: None,
        )

    def window(self, ws: Workspace | None = None, *, loaded: Loaded | None = None) -> MainWindow:
        setup = replace(self.setup, loaded=loaded or Loaded())
        if ws is not None and ws.store.database.path is not None:
            setup = replace(setup, folder=ws.store.database.path.parent)
        if ws is None:
            window = MainWindow(setup)
            window.begin()
        else:
            window = compose(ws, setup)
        self._show(window, 1366, 768)
        return window


def front(window: MainWindow) -> object:
    return window._front.currentWidget()


def in_focus() -> QWidget:
    focus = QApplication.focusWidget()
    assert focus is not None
    return focus


def press(key: Qt.Key) -> None:
    QTest.keyClick(in_focus(), key)


def labels(window: MainWindow) -> list[str]:
    return [button.text() for button in window.rail.buttons]


def words(window: MainWindow) -> list[str]:
    return [banner.message.words for banner in window.banners.banners]


@pytest.fixture
def computer(setting: Setting, show: Show) -> Computer:
    return Computer(setting, show)


def test_without_a_workspace_the_first_run_is_in_front_and_leads_to_one(computer: Computer) -> None:
    window = computer.window()
    began_with = front(window)

    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Return)
    for typed in ("Test Partnership", "Ana", PASSPHRASE, PASSPHRASE):
        QTest.keyClicks(in_focus(), typed)
        press(Qt.Key.Key_Return)
    assert isinstance(began_with, FirstRunPage)
    write_down(began_with.sheet.paper)
    QTest.keyClick(began_with.spare.later, Qt.Key.Key_Return)

    assert not window.is_locked
    assert labels(window) == ["Rounds", "Merge", "Actions", "Computers", "Settings"]
    assert "Ana" in window.trust._person.text()
    window.close()


def test_each_role_has_its_own_areas(computer: Computer, audit: Round, tmp_path: Path) -> None:
    school, response_id = audit.laptop()
    _person, invited = invitations.invite_panellist(audit.team, audit.round_id, "Dev", (response_id,), tmp_path)
    member = audit.setting.join(invited.path, invited.code, "Dev", "panel")

    windows = [computer.window(ws) for ws in (school, member, audit.team)]

    assert [labels(window) for window in windows] == [
        ["Audit", "Send", "Actions", "Computer", "Settings"],
        ["Audit", "Score", "Send", "Computer", "Settings"],
        ["Rounds", "Merge", "Actions", "Computers", "Settings"],
    ]
    assert isinstance(windows[0].screen_of("home"), HomePage)
    assert isinstance(windows[1].screen_of("home"), PanelHomePage)


def test_a_panel_member_goes_from_home_to_scoring(computer: Computer, audit: Round, tmp_path: Path) -> None:
    _school, response_id = audit.laptop()
    _person, invited = invitations.invite_panellist(audit.team, audit.round_id, "Dev", (response_id,), tmp_path)
    member = audit.setting.join(invited.path, invited.code, "Dev", "panel")
    window = computer.window(member)
    home = window.screen_of("home")
    assert isinstance(home, PanelHomePage)

    QTest.keyClick(home.rows[response_id], Qt.Key.Key_Return)

    assert window.current_screen == "score"


def test_home_leads_to_a_question_to_checking_and_to_sending(computer: Computer, audit: Round) -> None:
    school, _ = audit.laptop()
    window = computer.window(school)
    home = window.screen_of("home")
    assert isinstance(home, HomePage)
    shown = []

    for button in (home.go_on.button, home.check, home.steps.send):
        window.show_screen("home")
        QTest.keyClick(button, Qt.Key.Key_Return)
        shown.append((window.current_screen, [each.key for each in window.rail.buttons if each.is_current]))

    assert shown == [("fill", ["home"]), ("check", ["home"]), ("export", ["export"])]


def test_ctrl_l_saves_closes_the_workspace_and_leaves_nothing_to_see(computer: Computer, audit: Round) -> None:
    school, _ = audit.laptop()
    window = computer.window(school)

    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)

    assert isinstance(front(window), LockPage)
    assert window.rail.buttons == ()
    assert window.screen_of("home") is None
    assert QApplication.focusWidget() is front(window).phrase  # type: ignore[attr-defined]


def test_the_passphrase_brings_everything_back(computer: Computer, audit: Round) -> None:
    school, response_id = audit.laptop()
    answers.record_answer(school, response_id, QuestionId("heard"), "met")
    window = computer.window(school)
    window.lock_now()
    page = front(window)
    assert isinstance(page, LockPage)

    QTest.keyClicks(page.phrase, PASSPHRASE)
    QTest.keyClick(page.phrase, Qt.Key.Key_Return)

    assert not window.is_locked
    assert labels(window) == ["Audit", "Send", "Actions", "Computer", "Settings"]
    window.close()


def test_a_lock_outlives_the_program_and_leaving_it_open_does_not_ask_again(computer: Computer) -> None:
    drawer = Drawer()
    world = replace(computer.setup.world, keyring=drawer)
    computer.setup = replace(computer.setup, world=world)
    new = replace(computer.setting.new("Ana", "team"), folder=computer.setup.folder)
    remembering = replace(new, locks=replace(new.locks, keyring=drawer))
    opening.start_team(remembering, "Test Partnership", world).close()

    first = computer.window()
    left_open = first.is_locked
    first.close()
    second = computer.window()
    came_back = second.is_locked
    second.lock_now()
    second.close()
    third = computer.window()

    assert (left_open, came_back, third.is_locked) == (False, False, True)
    page = front(third)
    assert isinstance(page, LockPage)
    QTest.keyClicks(page.phrase, PASSPHRASE)
    QTest.keyClick(page.phrase, Qt.Key.Key_Return)
    assert not third.is_locked
    third.close()


def test_when_the_session_is_locked_the_window_is_too(computer: Computer, audit: Round) -> None:
    school, _ = audit.laptop()
    session = SessionWatch()
    computer.setup = replace(computer.setup, session=session)
    window = computer.window(school)

    session.left.emit()
    session.left.emit()

    assert isinstance(front(window), LockPage)
    window.close()


def test_the_keys_and_the_record_open_from_the_settings(computer: Computer, audit: Round) -> None:
    window = computer.window(audit.team)
    page = window.screen_of(SETTINGS)
    assert isinstance(page, SettingsPage)

    shown = []
    for button in page.sections:
        window.show_screen(SETTINGS)
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Return)
        shown.append(window.windowTitle().split(" – ")[0])

    assert {text.Keys.title, text.AuditLog.title} <= set(shown)
    window.close()


def test_the_key_is_changed_behind_a_page_that_says_so_and_the_screens_are_there_again(
    computer: Computer, audit: Round
) -> None:
    world = replace(audit.setting.world, passphrase_cost=audit.setting.world.code_cost)
    audit.team.world = world
    window = computer.window(audit.team)
    settings = window.screen_of(SETTINGS)
    assert isinstance(settings, SettingsPage)
    QTest.keyClick(settings.sections[0], Qt.Key.Key_Return)
    page = window.screen_of("keys")
    assert isinstance(page, KeysPage)

    QTest.keyClick(page.new_sheet, Qt.Key.Key_Return)
    write_down(page.paper)
    QTest.keyClicks(page.current, PASSPHRASE)
    QTest.keyClick(page.change_key, Qt.Key.Key_Return)

    assert not window.is_locked
    assert page._said.text() == text.Keys.done["KEY"]
    assert rounds.add_organisation(audit.team, "Another School", "school")
    window.close()


def test_the_window_is_named_after_what_it_shows(computer: Computer, audit: Round) -> None:
    school, _ = audit.laptop()
    window = computer.window(school)
    titles = [window.windowTitle()]

    for number in (2, 4):
        QTest.keyClick(window, getattr(Qt.Key, f"Key_{number}"), Qt.KeyboardModifier.ControlModifier)
        titles.append(window.windowTitle())
    window.lock_now()

    product = text.Shell.product
    assert [*titles, window.windowTitle()] == [
        f"Audit – {product}",
        f"Send – {product}",
        f"Computer – {product}",
        f"Locked – {product}",
    ]


def test_several_people_are_asked_who_they_are(computer: Computer, audit: Round) -> None:
    school, _ = audit.laptop("Ben Lead")
    opening.introduce(school, "Cat Deputy", "deputy")
    window = computer.window(school)
    window.lock_now()
    page = front(window)
    assert isinstance(page, LockPage)
    QTest.keyClicks(page.phrase, PASSPHRASE)
    QTest.keyClick(page.phrase, Qt.Key.Key_Return)
    who = front(window)
    assert isinstance(who, WhoPage)

    QTest.keyClick(who.people[1], Qt.Key.Key_Return)

    assert "Ben Lead" in window.trust._person.text()
    window.close()


def test_the_window_locks_itself_when_nobody_uses_it(computer: Computer, audit: Round) -> None:
    school, _ = audit.laptop()
    window = computer.window(school, loaded=Loaded(settings=Settings(lock_after=2)))
    assert window._idle._timer.interval() == 120_000
    before = window._idle._timer.remainingTime()
    window._idle._timer.start(60)
    window._idle.eventFilter(window, QEvent(QEvent.Type.KeyPress))

    window._idle._timer.timeout.emit()

    assert before > 100_000
    page = front(window)
    assert isinstance(page, LockPage)
    assert text.Lock.about_idle in [label.text() for label in page.findChildren(type(page._trying))]


def test_settings_take_effect_at_once_and_are_kept(computer: Computer, audit: Round, qapp: QApplication) -> None:
    school, _ = audit.laptop()
    window = computer.window(school)

    window.put_settings(Settings(scheme="dark", text_size=150, lock_after=5))
    seen = tokens() is DARK, scale()
    QTest.keyClick(window, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)

    assert seen == (True, 1.5)
    assert scale() == 1.25
    assert load_settings(computer.setup.settings_file).settings == Settings(scheme="dark", text_size=125, lock_after=5)
    apply_theme(qapp, Scheme.LIGHT)


def test_settings_that_could_not_be_read_are_named(computer: Computer, audit: Round) -> None:
    school, _ = audit.laptop()

    window = computer.window(school, loaded=Loaded(unusable=("font",)))

    assert words(window) == [text.Shell.settings_unusable(("font",))]


def test_what_a_colleague_handed_over_is_told_with_what_differs_and_leads_there(
    computer: Computer, audit: Round, tmp_path: Path
) -> None:
    (one, response_id), (two, _) = audit.laptop(), audit.laptop("Cat Deputy", "deputy")
    answers.record_answer(one, response_id, QuestionId("heard"), "met")
    answers.record_answer(two, response_id, QuestionId("heard"), "not")
    handed = hand_over(one, response_id, tmp_path)
    window = computer.window(two)

    window.files_dropped.emit([handed])
    (banner,) = window.banners.banners
    assert banner.message.on_offer is not None
    banner.message.on_offer()

    said = (banner.message.words, banner.message.remedy, banner.message.offer)
    assert said == (text.Shell.arrived["handover"], text.Shell.to_decide(1), text.Shell.decide)
    assert window.current_screen == "conflict"


def test_a_list_of_trusted_computers_brings_something_though_it_holds_no_answers(
    computer: Computer, audit: Round, tmp_path: Path
) -> None:
    school, response_id = audit.laptop()
    answers.record_answer(school, response_id, QuestionId("heard"), "met")
    merging.merge(audit.team, merging.preview(audit.team, [send_return(school, response_id, tmp_path / "out")]))
    directory = devices.send_directory(audit.team, audit.school, tmp_path)
    window = computer.window(school)

    window.files_dropped.emit([directory])
    window.files_dropped.emit([directory])

    assert words(window) == [text.Shell.arrived["directory"], text.Shell.nothing_new]


def test_a_receipt_that_is_dropped_is_taken_in(computer: Computer, audit: Round, tmp_path: Path) -> None:
    school, response_id = audit.laptop()
    answers.record_answer(school, response_id, QuestionId("heard"), "met")
    sent = send_return(school, response_id, tmp_path / "out")
    (done,), changes = merging.merge(audit.team, merging.preview(audit.team, [sent]))
    receipts.issue_receipts(audit.team, done, changes)
    receipt = receipts.send_receipt(audit.team, response_id, tmp_path)
    window = computer.window(school)

    window.files_dropped.emit([receipt])
    window.files_dropped.emit([receipt])

    assert words(window) == [text.Shell.receipts(tuple(receipt_numbers(audit.team))), text.Shell.nothing_new]


def test_actions_that_come_stand_in_their_area(computer: Computer, audit: Round, tmp_path: Path) -> None:
    school, response_id = audit.laptop()
    take_files(audit.team, [send_return(school, response_id, tmp_path)])
    actions.set_actions(audit.team, audit.school, [NewAction(title="Write the rota")])
    window = computer.window(school)

    window.open_files([actions.send_plan(audit.team, audit.school, tmp_path)])
    window.show_screen(ACTIONS)

    page = window.screen_of(ACTIONS)
    assert isinstance(page, OwnActionsPage)
    assert [row.title for row in page.table.rows] == ["Write the rota"]


def test_a_file_for_someone_else_is_refused_with_its_code(computer: Computer, audit: Round, tmp_path: Path) -> None:
    school, response_id = audit.laptop()
    own = send_return(school, response_id, tmp_path)
    window = computer.window(school)

    window.files_dropped.emit([own])

    assert [banner.message.code for banner in window.banners.banners] == ["B201"]


def test_a_second_invitation_leads_to_where_it_is_opened(computer: Computer, audit: Round, tmp_path: Path) -> None:
    school, _ = audit.laptop()
    invited = invitations.invite_organisation(audit.team, audit.round_id, audit.school, tmp_path)
    window = computer.window(school)

    window.open_files([invited.path])

    page = window.screen_of(DEVICES)
    assert words(window) == []
    assert page is not None
    assert invited.path.name in words_on(page)


def test_the_team_is_told_that_an_invitation_is_not_for_it(computer: Computer, audit: Round, tmp_path: Path) -> None:
    invited = invitations.invite_organisation(audit.team, audit.round_id, audit.school, tmp_path)
    window = computer.window(audit.team)

    window.open_files([invited.path])

    assert words(window) == [text.Shell.second_invitation]


def test_a_file_that_comes_while_it_is_locked_waits(computer: Computer, audit: Round, tmp_path: Path) -> None:
    school, response_id = audit.laptop()
    own = send_return(school, response_id, tmp_path)
    window = computer.window(school)
    window.lock_now()

    window.open_files([own])
    before = words(window)
    page = front(window)
    assert isinstance(page, LockPage)
    QTest.keyClicks(page.phrase, PASSPHRASE)
    QTest.keyClick(page.phrase, Qt.Key.Key_Return)

    assert before == []
    assert [banner.message.code for banner in window.banners.banners] == ["B201"]
    window.close()


def test_what_the_disk_refuses_shows_as_not_saved(computer: Computer, audit: Round) -> None:
    school, _ = audit.laptop()
    window = computer.window(school)

    window.show_error(CannotWrite())

    assert window.trust._saved.text() == text.Shell.not_saved
    assert [banner.message.code for banner in window.banners.banners] == ["S107"]
