"""A survey on a shared laptop by keyboard alone: nothing of one person is left when the next one comes."""

import gc
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from iowscp_desktop.app import merging, responses, survey_sheets, surveys, unlocking
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.ids import anonymous_space
from iowscp_desktop.store.waiting_sheets import WaitingSheets
from iowscp_desktop.text.export import Export
from iowscp_desktop.text.home import Home
from iowscp_desktop.text.survey import Survey as Words
from iowscp_desktop.ui.areas import OrganisationAreas, TeamAreas
from iowscp_desktop.ui.export import ExportPage
from iowscp_desktop.ui.home import HomePage
from iowscp_desktop.ui.hub import Hub
from iowscp_desktop.ui.inside import Inside
from iowscp_desktop.ui.jobs import AtOnce
from iowscp_desktop.ui.lock import LockPage
from iowscp_desktop.ui.main_window import Setup, compose
from iowscp_desktop.ui.notify import Notifier
from iowscp_desktop.ui.shell import Shell
from iowscp_desktop.ui.survey import KioskPage, SurveyPage, SurveyResultsPage, open_survey, open_survey_results
from iowscp_desktop.ui.theme import Icon
from iowscp_desktop.ui.widgets.fields import Field, LineEdit, TextArea
from iowscp_desktop.ui.widgets.option_lists import OneOf
from iowscp_desktop.ui.widgets.pages import EmptyState
from tests.app.conftest import PASSPHRASE, Round, Setting
from tests.app.test_survey_sheets import survey_file, survey_round
from tests.app.work import take_files
from tests.ui.acting import Chooser, press, tab_to, words_on
from tests.ui.conftest import Show
from tests.ui.walks import faults, in_window


class Laptop:
    """A school's laptop with the survey at the front of its window."""

    def __init__(self, survey: Round, show: Show, folder: Path) -> None:
        self.survey = survey
        self.ws, self.response_id = survey.laptop()
        self.shell, self.ended = Shell(), 0
        hub: Hub[Changes] = Hub()
        self.page: SurveyPage = open_survey(
            self.ws,
            hub,
            AtOnce(),
            folder=folder,
            show_folder=lambda _path: None,
            in_front=self.shell.lock,
            on_end=self._end,
        )
        self.shell.add_screen("survey", Icon.USERS, "Survey", self.page)
        show(self.shell, 1366, 768)

    def _end(self) -> None:
        self.ended += 1
        self.shell.unlock()

    def begin(self) -> KioskPage:
        card = self.page.cards[self.response_id]
        card.begin.setFocus()
        press(Qt.Key.Key_Space)
        (kiosk,) = self.shell.findChildren(KioskPage)
        return kiosk


@pytest.fixture
def at_desk(setting: Setting, show: Show, tmp_path: Path) -> Laptop:
    return Laptop(survey_round(setting), show, tmp_path / "out")


def control(kiosk: KioskPage, question: str) -> QWidget:
    assert kiosk.form is not None
    field = kiosk.form.fields[question]
    assert isinstance(field, Field)
    return field.control


def answer_no_because(kiosk: KioskPage, why: str) -> None:
    """One person, by keyboard alone: begin, choose no, say why, hand in."""
    tab_to(kiosk, kiosk.begin)
    press(Qt.Key.Key_Space)
    heard = control(kiosk, "heard")
    assert isinstance(heard, OneOf)
    tab_to(kiosk, heard.options[0])
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Space)
    reason = control(kiosk, "why")
    tab_to(kiosk, reason)
    QTest.keyClicks(reason, why)
    tab_to(kiosk, kiosk.hand_in)
    press(Qt.Key.Key_Space)


def next_person(kiosk: KioskPage) -> None:
    tab_to(kiosk, kiosk.next_person)
    press(Qt.Key.Key_Space)


def test_five_people_answer_by_keyboard_and_the_team_reads_what_they_said(at_desk: Laptop) -> None:
    kiosk = at_desk.begin()
    for person in range(5):
        answer_no_because(kiosk, f"reason {person}")
        assert Words.thanks in words_on(kiosk)
        next_person(kiosk)
    tab_to(kiosk, kiosk.end)
    press(Qt.Key.Key_Space)
    at_desk.page.on_shown()

    card = at_desk.page.cards[at_desk.response_id]
    tab_to(at_desk.shell, card.send)
    press(Qt.Key.Key_Space)

    assert at_desk.ended == 1
    (path,) = (at_desk.survey.setting.folder / "out").glob("*.iowbundle")
    take_files(at_desk.survey.team, [path])
    found = surveys.submissions(at_desk.survey.team, at_desk.response_id)
    assert {each["why"] for each in found} == {f"reason {person}" for person in range(5)}
    assert path.name in words_on(at_desk.page) or at_desk.page.banners.isVisible()


def test_nothing_of_a_person_is_left_for_the_next(at_desk: Laptop) -> None:
    kiosk = at_desk.begin()
    tab_to(kiosk, kiosk.begin)
    press(Qt.Key.Key_Space)
    QGuiApplication.clipboard().setText("copied by the first")
    heard, reason = control(kiosk, "heard"), control(kiosk, "why")
    assert isinstance(heard, OneOf)
    assert isinstance(reason, TextArea)
    heard.options[1].click()
    reason.setFocus()
    QTest.keyClicks(reason, "only-the-first-wrote-this")
    assert "only-the-first-wrote-this" in reason.text()
    assert reason.document().isUndoAvailable()
    kiosk.hand_in.click()

    assert not reason.document().isUndoAvailable()
    assert reason.text() == ""
    assert QGuiApplication.clipboard().text() == ""
    next_person(kiosk)
    kiosk.begin.click()
    again, heard_again = control(kiosk, "why"), control(kiosk, "heard")
    assert isinstance(again, TextArea)
    assert isinstance(heard_again, OneOf)
    assert again is not reason
    assert again.text() == ""
    QTest.keyClick(again, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert again.text() == ""
    assert not any(option.isChecked() for option in heard_again.options)
    assert not again.isVisible()


def test_no_object_in_memory_holds_what_the_person_before_wrote(at_desk: Laptop) -> None:
    marker = "".join(("a-marker", "-of-the-first"))
    kiosk = at_desk.begin()
    kiosk.begin.click()
    heard, reason = control(kiosk, "heard"), control(kiosk, "why")
    assert isinstance(heard, OneOf)
    assert isinstance(reason, TextArea)
    heard.options[1].click()
    QTest.keyClicks(reason, marker)
    assert _sheets_in_memory(marker) == 1
    kiosk.hand_in.click()
    next_person(kiosk)

    assert _sheets_in_memory(marker) == 0


def test_a_name_in_ones_own_words_is_pointed_out_and_the_note_goes_with_the_person(at_desk: Laptop) -> None:
    kiosk = at_desk.begin()
    kiosk.begin.click()
    assert kiosk.form is not None
    form, reason = kiosk.form, control(kiosk, "why")
    assert isinstance(reason, TextArea)
    form.fields["heard"].findChildren(OneOf)[0].options[1].click()
    reason.setFocus()
    QTest.keyClicks(reason, "Jayden Smith does not listen")
    watch = next(each for each in form.watches if each.is_waiting)
    watch.look_now()
    note = watch.note
    assert note is not None
    assert "Jayden Smith" in words_on(note)
    QTest.keyClick(note.button if note.button.isVisible() else note, Qt.Key.Key_Escape)  # put aside, by word
    QTest.keyClicks(reason, ", nor does Amber Quill")
    watch.look_now()
    assert "Amber Quill" in words_on(note)

    kiosk.hand_in.click()

    assert (note.words.text(), note.button.accessibleDescription()) == ("", "")
    assert (watch._pieces, watch._aside) == ((), frozenset())
    assert "Quill" not in reason.accessibleDescription()
    assert Words.thanks in words_on(kiosk)


def _sheets_in_memory(marker: str) -> int:
    """How many sheets of answers in this process hold a word."""
    gc.collect()
    sheets = [each for each in gc.get_objects() if type(each) is survey_sheets.Sheet]
    return sum(any(question.value == marker for question in sheet.questions()) for sheet in sheets)


def test_what_is_missing_is_marked_and_the_focus_goes_there(at_desk: Laptop) -> None:
    kiosk = at_desk.begin()
    kiosk.begin.click()
    tab_to(kiosk, kiosk.hand_in)
    press(Qt.Key.Key_Space)

    heard = control(kiosk, "heard")
    assert isinstance(heard, OneOf)
    assert QApplication.focusWidget() in heard.options
    assert Words.required in words_on(kiosk)
    assert surveys.waiting(at_desk.ws, at_desk.response_id) == 0


def test_leaving_asks_first_and_keeps_nothing(at_desk: Laptop) -> None:
    kiosk = at_desk.begin()
    kiosk.begin.click()
    years = control(kiosk, "years")
    assert isinstance(years, LineEdit)
    QTest.keyClicks(years, "7")
    kiosk.leave.click()
    assert Words.leave_title in words_on(kiosk)
    tab_to(kiosk, kiosk.leave_no)
    press(Qt.Key.Key_Space)
    assert years.text() == "7"
    kiosk.leave.click()
    kiosk.leave_yes.click()

    assert kiosk.begin.isVisible()
    assert kiosk.form is None
    assert surveys.waiting(at_desk.ws, at_desk.response_id) == 0


def test_while_people_answer_nothing_else_can_be_reached(at_desk: Laptop) -> None:
    kiosk = at_desk.begin()
    for key in (Qt.Key.Key_1, Qt.Key.Key_2):
        QTest.keyClick(at_desk.shell, key, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(at_desk.shell, Qt.Key.Key_Escape)
    QTest.keyClick(at_desk.shell, Qt.Key.Key_F6)

    assert at_desk.shell.is_locked
    assert kiosk.isVisible()
    assert not at_desk.page.isVisible()
    focus = QApplication.focusWidget()
    assert focus is None or kiosk.isAncestorOf(focus)


def test_fewer_than_five_cannot_be_sent_and_the_page_says_why(at_desk: Laptop) -> None:
    for number in range(4):
        surveys.submit(at_desk.ws, at_desk.response_id, {"heard": str(number)})
    at_desk.page.on_shown()

    card = at_desk.page.cards[at_desk.response_id]

    assert not card.send.isEnabled()
    assert Words.waiting(4, surveys.FEWEST) in words_on(at_desk.page)


def test_a_full_disk_keeps_the_answers_on_the_screen(at_desk: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    kiosk = at_desk.begin()
    kiosk.begin.click()
    heard = control(kiosk, "heard")
    assert isinstance(heard, OneOf)
    heard.options[0].click()
    blocked = WaitingSheets(at_desk.ws.store.database.path, anonymous_space(at_desk.response_id)).path
    beside = blocked.with_name(blocked.name + ".new")
    beside.mkdir()  # nothing can be written there
    kiosk.hand_in.click()
    assert kiosk.form is not None
    assert heard.options[0].isChecked()
    beside.rmdir()
    kiosk.hand_in.click()

    assert surveys.waiting(at_desk.ws, at_desk.response_id) == 1


@pytest.mark.parametrize("page", ["desk", "welcome", "sheet", "leaving", "thanks"])
def test_every_page_of_the_survey_is_named_reached_and_whole(at_desk: Laptop, page: str) -> None:
    if page != "desk":
        kiosk = at_desk.begin()
        if page != "welcome":
            kiosk.begin.click()
        if page == "leaving":
            control(kiosk, "years").setFocus()
            QTest.keyClicks(control(kiosk, "years"), "7")
            kiosk.leave.click()
        if page == "thanks":
            heard = control(kiosk, "heard")
            assert isinstance(heard, OneOf)
            heard.options[0].click()
            kiosk.hand_in.click()

    assert faults(at_desk.shell) == []


def test_the_team_reads_what_came_question_by_question(setting: Setting, show: Show) -> None:
    survey = survey_round(setting)
    ws, response_id = survey.laptop()
    for number in range(6):
        surveys.submit(ws, response_id, {"heard": "no" if number else "yes", "why": f"reason {number}"})
    hub: Hub[Changes] = Hub()
    page = open_survey_results(survey.team, hub, AtOnce(), Chooser(), lambda _path: None)
    window = in_window(page)
    show(window, 1366, 768)
    assert page.findChildren(EmptyState)[0].isVisible()

    taken = take_files(survey.team, [surveys.send_submissions(ws, response_id, setting.folder)])
    hub.tell(taken.changes)
    QApplication.processEvents()

    said = words_on(page)
    assert Words.sheets(6) in said
    assert "No: 5" in said
    assert "reason 3" in said
    assert faults(window) == []


def test_ending_a_survey_in_the_real_window_asks_for_the_passphrase(setting: Setting, show: Show) -> None:
    survey = survey_round(setting)
    ws, response_id = survey.laptop()
    folder = ws.store.database.path
    assert folder is not None
    setup = Setup(
        folder=folder.parent,
        world=setting.world,
        runner=AtOnce(),
        settings_file=setting.folder / "settings.toml",
        out_folder=setting.folder / "out",
    )
    window = compose(ws, setup)
    show(window, 1366, 768)
    window.show_screen("survey")
    desk = window.screen_of("survey")
    assert isinstance(desk, SurveyPage)
    desk.cards[response_id].begin.click()
    (kiosk,) = window.findChildren(KioskPage)
    answer_no_because(kiosk, "in the real window")
    next_person(kiosk)
    kiosk.begin.click()
    QTest.keyClicks(control(kiosk, "years"), "12")
    window.lock_now(idle=True)  # somebody walked away in the middle

    assert window.findChildren(LockPage)
    assert window.screen_of("survey") is None
    again = unlocking.unlock_by_passphrase(folder.parent, PASSPHRASE, setting.world)
    setting.opened.append(again)
    assert surveys.waiting(again, response_id) == 1


def within(ws: Workspace, folder: Path) -> Inside:
    """What the window gives to the screens of a workspace."""
    shell = Shell()
    return Inside(
        ws=ws,
        hub=Hub(),
        runner=AtOnce(),
        shell=shell,
        notifier=Notifier(shell.banners),
        choose=Chooser(),
        show_folder=lambda _path: None,
        out_folder=folder,
    )


def shown(inside: Inside, areas: OrganisationAreas | TeamAreas, show: Show) -> Shell:
    for area in areas.areas():
        inside.shell.add_screen(area.key, area.icon, area.label, area.open())
    show(inside.shell, 1366, 768)
    return inside.shell


def test_a_survey_is_never_filled_in_by_name(setting: Setting, show: Show) -> None:
    survey = survey_round(setting)
    ws, response_id = survey.laptop()
    inside = within(ws, setting.folder)
    areas = OrganisationAreas(inside)
    shell = shown(inside, areas, show)
    for way in (lambda: areas.fill(response_id, "heard"), lambda: areas.check(response_id)):
        shell.show_screen("home")
        way()

        assert shell.current_screen == "survey"
    assert shell.screen_of("fill") is None


def test_who_is_asked_for_a_survey_alone_is_led_to_it_and_has_no_file_of_an_audit_to_make(
    setting: Setting, show: Show
) -> None:
    ws, _response_id = survey_round(setting).laptop()
    inside = within(ws, setting.folder)
    shell = shown(inside, OrganisationAreas(inside), show)
    home, export = shell.screen_of("home"), shell.screen_of("export")
    assert isinstance(home, HomePage)
    assert isinstance(export, ExportPage)

    shell.show_screen("export")
    assert Export.nothing in words_on(export)
    shell.show_screen("home")
    assert Home.only_surveys in words_on(home)
    tab_to(shell, home.only_surveys.button)
    press(Qt.Key.Key_Space)

    assert shell.current_screen == "survey"


def test_a_survey_that_comes_while_the_program_is_open_gets_its_place(audit: Round, show: Show) -> None:
    ws, response_id = audit.laptop()
    take_files(audit.team, [responses.send_return(ws, response_id, audit.setting.folder)])
    inside, theirs = within(ws, audit.setting.folder), within(audit.team, audit.setting.folder)
    shell, team = shown(inside, OrganisationAreas(inside), show), shown(theirs, TeamAreas(theirs), show)
    before = [shell.screen_of("survey"), team.screen_of("survey")]
    path, asked = survey_file(audit)

    theirs.hub.tell(asked)
    inside.hub.tell(merging.merge(ws, merging.preview(ws, [path]))[1])
    home = shell.screen_of("home")

    assert before == [None, None]
    assert isinstance(shell.screen_of("survey"), SurveyPage)
    assert isinstance(team.screen_of("survey"), SurveyResultsPage)
    assert isinstance(home, HomePage)
    assert home.response_id == response_id  # an audit, though the survey is due first
    assert len(home.tasks) == 1
