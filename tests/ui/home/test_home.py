"""Home over real workspaces: how far it is, where to go on, what comes before sending."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from iowscp_desktop import text
from iowscp_desktop.app import answers, exchange, invitations, merging, panel, receipts, responses, rounds
from iowscp_desktop.app.filling import Status, open_filling
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.ids import QuestionId, ResponseId, RoundId, Sha256, response_space
from iowscp_desktop.ui.choosing import FileRequest
from iowscp_desktop.ui.home import HomePage, PanelHomePage, Ways, open_home, open_panel_home
from iowscp_desktop.ui.home.states import Deed, Going, TaskState, task_state
from iowscp_desktop.ui.hub import Hub
from iowscp_desktop.ui.jobs import AtOnce
from iowscp_desktop.ui.widgets.messages import Message
from tests.app.conftest import Round
from tests.app.work import receipt_numbers
from tests.ui.conftest import Show

COMPLETE = (
    ("setting_name", "Test School"),
    ("staff", "20"),
    ("heard", "met"),
    ("heard_evidence", "We ask them."),
    ("adult", "partly"),
    ("adult_evidence", "Most have."),
)


class School:
    """A school's laptop with its home screen open."""

    def __init__(self, audit: Round, folder: Path) -> None:
        self.audit = audit
        self.ws, self.response_id = audit.laptop()
        self.hub: Hub[Changes] = Hub()
        self.went: list[tuple[str, ...]] = []
        self.said: list[Message] = []
        self.asked: list[FileRequest] = []
        self.folder = folder
        ways = Ways(
            on_check=lambda response_id: self.went.append(("check", response_id)),
            on_export=lambda response_id: self.went.append(("export", response_id)),
            choose=self._choose,
            show_folder=lambda path: self.went.append(("folder", str(path))),
            say=self.said.append,
        )
        self.page: HomePage = open_home(
            self.ws, self.hub, AtOnce(), on_entry=lambda r, e: self.went.append(("entry", r, e)), ways=ways
        )

    def _choose(self, request: FileRequest, on_chosen: Callable[[tuple[Path, ...]], None]) -> None:
        self.asked.append(request)
        on_chosen((self.folder / "answers",))

    def answer(self, *pairs: tuple[str, str]) -> None:
        for name, value in pairs:
            self.hub.tell(answers.record_answer(self.ws, self.response_id, QuestionId(name), value))

    def answer_all(self) -> None:
        filling = open_filling(self.ws, self.response_id)
        for _ in range(30):
            problems = [field for entry in filling.problems() for field in entry.problems]
            if not problems:
                return
            for field in problems:
                value = field.choices[0][0] if field.choices else "3" if field.type == "int" else "2026-12-01"
                changes = answers.record_answer(self.ws, self.response_id, field.question_id, value)
                self.hub.tell(changes)
                filling.refresh(changes)
        pytest.fail("it is never complete")

    def state(self) -> TaskState:
        (line,) = responses.tasks(self.ws)
        return task_state(self.ws, line, open_filling(self.ws, self.response_id))

    def says(self) -> list[str]:
        return [label.text() for label in self.page.findChildren(type(self.page._answered)) if label.isVisible()]


@pytest.fixture
def school(audit: Round, tmp_path: Path, show: Show) -> School:
    made = School(audit, tmp_path)
    show(made.page, 1366, 900)
    return made


def test_an_untouched_audit_begins_at_the_first_question(school: School) -> None:
    state = school.state()

    assert (state.answered, state.go_on.going, state.go_on.entry_id) == (0, Going.BEGIN, "setting_name")
    assert [section.status for section in state.sections][:2] == [Status.NOT_STARTED, Status.NOT_STARTED]
    assert text.Home.answered(0, state.asked) in school.says()


def test_an_answer_is_counted_as_soon_as_it_is_told(school: School) -> None:
    asked = school.state().asked

    school.answer(("setting_name", "Test School"), ("heard", "met"))

    assert text.Home.answered(2, asked) in school.says()
    row = school.page.sections["culture"].task
    assert [(segment.word, segment.count) for segment in row.segments if segment.count] == [("Met", 1)]


def test_what_no_longer_applies_is_not_counted(school: School) -> None:
    school.answer(("staff", "60"))
    with_boarders = school.state().asked

    school.answer(("staff", "20"))

    assert school.state().asked == with_boarders - 1


def test_one_goes_on_where_one_left_off(school: School) -> None:
    school.answer(("setting_name", "Test School"), ("staff", "20"), ("heard", "met"))

    going = school.state().go_on
    QTest.keyClick(school.page.go_on.button, Qt.Key.Key_Return)

    assert (going.going, going.entry_id) == (Going.GO_ON, school.went[0][2])
    assert going.entry_id in {"heard", "adult"}


def test_a_section_leads_to_its_first_unfinished_question(school: School) -> None:
    school.answer(*COMPLETE[2:4])

    QTest.keyClick(school.page.sections["culture"], Qt.Key.Key_Return)

    assert school.went == [("entry", school.response_id, "adult")]


def test_the_steps_follow_what_is_done(school: School, tmp_path: Path) -> None:
    before = {step.deed: step.done for step in school.state().steps}
    school.answer_all()
    complete = school.state()
    filling = open_filling(school.ws, school.response_id)
    school.hub.tell(responses.sign(school.ws, filling, "dsl", "Ben Lead", own_device=True))
    signed = [step for step in school.state().steps if step.deed is Deed.SIGN]
    responses.send_return(school.ws, school.response_id, tmp_path)
    school.page.on_shown()

    assert before[Deed.ANSWER] is False
    assert complete.go_on.going is Going.CHECK
    assert [step.ready for step in complete.steps if step.deed is Deed.SIGN] == [True, False]
    assert [(step.done, step.ready, step.name) for step in signed] == [(True, False, "Ben Lead"), (False, True, "")]
    assert {step.deed for step in school.state().steps if step.done} >= {Deed.ANSWER, Deed.MEND, Deed.SEND}
    assert school.state().go_on.going is Going.LOCKED


def test_a_receipt_shows_as_soon_as_it_is_taken_in(school: School, tmp_path: Path) -> None:
    school.answer(("heard", "met"))
    sent = responses.send_return(school.ws, school.response_id, tmp_path)
    team = school.audit.team
    (done,), changes = merging.merge(team, merging.preview(team, [sent]))
    receipts.issue_receipts(team, done, changes)
    receipt = receipts.send_receipt(team, school.response_id, tmp_path)

    _done, changes = merging.merge(school.ws, merging.preview(school.ws, [receipt]))
    school.hub.tell(changes)

    assert text.Home.receipt_came(*receipt_numbers(team)) in school.says()


def test_the_answers_are_saved_as_a_pdf_where_somebody_says(school: School) -> None:
    school.answer(("heard", "met"))

    QTest.keyClick(school.page.save_pdf, Qt.Key.Key_Return)

    assert (school.folder / "answers.pdf").read_bytes().startswith(b"%PDF")
    assert school.asked[0].suggestion is not None
    assert "Test School" not in school.asked[0].suggestion.name
    (message,) = school.said
    assert message.on_offer is not None
    message.on_offer()
    assert school.went == [("folder", str(school.folder / "answers.pdf"))]


def test_the_buttons_lead_to_checking_and_sending(school: School) -> None:
    QTest.keyClick(school.page.check, Qt.Key.Key_Return)
    QTest.keyClick(school.page.steps.send, Qt.Key.Key_Return)

    assert school.went == [("check", school.response_id), ("export", school.response_id)]


@pytest.mark.parametrize(
    ("days", "words"),
    [(26, "26 days left"), (1, "1 day left"), (0, "Due today"), (-1, "1 day late"), (-3, "3 days late")],
)
def test_the_deadline_is_said_in_days(days: int, words: str) -> None:
    assert text.Home.days_left(days) == words


def test_several_audits_are_listed_and_one_is_shown(audit: Round, show: Show, tmp_path: Path) -> None:
    ws, first = audit.laptop()
    later = rounds.open_round(
        audit.team, title="2027", package=Sha256(rounds.tools(audit.team)[0].package), due=date(2027, 12, 18)
    )
    second = _bring(audit, ws, later, tmp_path)
    went: list[ResponseId] = []
    ways = Ways(
        on_check=went.append,
        on_export=went.append,
        choose=lambda _request, _on_chosen: None,
        show_folder=lambda _path: None,
        say=lambda _message: None,
    )
    page = open_home(ws, Hub(), AtOnce(), on_entry=lambda _r, _e: None, ways=ways)
    show(page, 1366, 900)

    shown_first = page.response_id
    QTest.keyClick(page.tasks[second], Qt.Key.Key_Return)
    QTest.keyClick(page.check, Qt.Key.Key_Return)

    assert list(page.tasks) == [first, second]
    assert (shown_first, page.response_id, went) == (first, second, [second])


def _bring(audit: Round, ws: Workspace, round_id: RoundId, folder: Path) -> ResponseId:
    """Ask the school for one more return, and carry the question there as the team's bundle would."""
    response_id = rounds.ask(audit.team, round_id, audit.school)
    parcel = exchange.Parcel(
        type="tool-update",
        spaces=[response_space(response_id)],
        recipients=[ws.keys.identity.recipient.text],
    )
    (done,), _changes = merging.merge(ws, merging.preview(ws, [exchange.send(audit.team, parcel, folder)]))
    assert done.refused is None
    return response_id


def test_without_anything_asked_it_says_so(audit: Round, show: Show) -> None:
    went: list[object] = []
    ways = Ways(
        on_check=went.append,
        on_export=went.append,
        choose=lambda _request, _on_chosen: None,
        show_folder=went.append,
        say=went.append,
    )

    page = open_home(audit.team, Hub(), AtOnce(), on_entry=lambda _r, _e: None, ways=ways)
    show(page, 1000, 700)

    assert page._empty.isVisible()
    QTest.keyClick(page, Qt.Key.Key_Return)
    assert went == []


def test_a_panel_member_sees_what_to_score(audit: Round, show: Show, tmp_path: Path) -> None:
    school, response_id = audit.laptop()
    for name, value in COMPLETE[:3]:
        answers.record_answer(school, response_id, QuestionId(name), value)
    sent = responses.send_return(school, response_id, tmp_path)
    merging.merge(audit.team, merging.preview(audit.team, [sent]))
    _id, invited = invitations.invite_panellist(audit.team, audit.round_id, "Dev", (response_id,), tmp_path)
    member = audit.setting.join(invited.path, invited.code, "Dev", "panel")
    hub: Hub[Changes] = Hub()
    went: list[ResponseId] = []
    page: PanelHomePage = open_panel_home(member, hub, on_score=went.append, on_export=lambda: None)
    show(page, 1366, 768)

    hub.tell(panel.give_score(member, response_id, QuestionId("heard"), "met"))
    QTest.keyClick(page.rows[response_id], Qt.Key.Key_Return)

    assert went == [response_id]
    task = page.rows[response_id].task
    assert (task.segments[0].count, task.total, task.status) == (1, 2, text.Home.status_in_progress)
