"""Making the file: real sealed files, opened again by the team they are for."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from iowscp_desktop import text
from iowscp_desktop.app import answers, invitations, merging, panel, responses
from iowscp_desktop.app.filling import open_filling
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.events import AnswerRecorded
from iowscp_desktop.domain.ids import QuestionId, ResponseId, response_space
from iowscp_desktop.ui.choosing import FileRequest
from iowscp_desktop.ui.export import Desk, ExportPage, open_export, open_export_scores
from iowscp_desktop.ui.export.presenter import ExportPresenter, ExportState, MadeFile, ReturnSending
from iowscp_desktop.ui.hub import Hub
from iowscp_desktop.ui.jobs import AtOnce, Job, Progress, Ticket, _end_of
from iowscp_desktop.ui.widgets.labels import Label
from tests.app.conftest import Round
from tests.ui.acting import press, tab_to
from tests.ui.conftest import Show

Words = text.Export
T = TypeVar("T")


class School:
    """A school that is about to send."""

    def __init__(self, audit: Round, folder: Path, show: Show) -> None:
        self.audit, self.folder = audit, folder
        self.ws, self.response_id = audit.laptop()
        self.hub: Hub[Changes] = Hub()
        self.shown: list[Path] = []
        self.elsewhere = folder / "stick"
        self.page: ExportPage = open_export(
            self.ws, self.hub, AtOnce(), folder / "out", Desk(choose=self._choose, show_folder=self.shown.append)
        )
        show(self.page, 1366, 900)

    def _choose(self, _request: FileRequest, on_chosen: Callable[[tuple[Path, ...]], None]) -> None:
        on_chosen((self.elsewhere,))

    def answer(self, name: str, value: str) -> None:
        self.hub.tell(answers.record_answer(self.ws, self.response_id, QuestionId(name), value))

    def make(self) -> None:
        QTest.keyClick(self.page.make, Qt.Key.Key_Return)


def said(page: ExportPage) -> list[str]:
    return [label.text() for label in page.findChildren(Label) if label.isVisible()]


@pytest.fixture
def school(audit: Round, tmp_path: Path, show: Show) -> School:
    return School(audit, tmp_path, show)


def test_one_button_makes_a_sealed_file_that_the_team_can_open(school: School) -> None:
    school.answer("heard", "met")

    school.make()

    (made,) = (school.folder / "out").iterdir()
    (seen,) = merging.preview(school.audit.team, [made])
    assert (seen.refused, seen.new) == (None, 2)
    assert made.name in said(school.page)
    assert str(made.parent) in said(school.page)
    assert Words.made in said(school.page)


def test_the_name_of_the_file_says_nothing(school: School) -> None:
    school.make()

    (made,) = (school.folder / "out").iterdir()
    assert made.name.startswith("audit-")
    assert "test" not in made.name.lower()


def test_without_signatures_it_warns_and_works_all_the_same(school: School) -> None:
    before = said(school.page)

    school.make()

    assert Words.partial in before
    assert any("Designated safeguarding lead" in line for line in before)
    assert len(list((school.folder / "out").iterdir())) == 1


def test_when_everyone_has_signed_it_says_so(school: School) -> None:
    filling = open_filling(school.ws, school.response_id)
    while problems := [field for entry in filling.problems() for field in entry.problems]:
        for field in problems:
            value = field.choices[0][0] if field.choices else "3"
            filling.refresh(answers.record_answer(school.ws, school.response_id, field.question_id, value))
    for role in ("dsl", "head"):
        school.hub.tell(responses.sign(school.ws, filling, role, "Ben", own_device=True))

    assert Words.ready in said(school.page)
    assert Words.partial not in said(school.page)


def test_it_goes_where_somebody_says(school: School) -> None:
    QTest.keyClick(school.page.elsewhere, Qt.Key.Key_Return)
    school.make()

    assert len(list(school.elsewhere.iterdir())) == 1
    assert not (school.folder / "out").exists()


def test_a_folder_that_cannot_be_written_is_told_and_nothing_is_left(school: School) -> None:
    (school.folder / "out").write_bytes(b"a file in the way")

    school.make()

    assert any("B107" in line for line in said(school.page))
    assert Words.made not in said(school.page)
    assert school.page.make.isVisible()
    (line,) = responses.tasks(school.ws)
    assert line.sent == ""


def test_the_folder_is_shown_and_the_path_copied(school: School) -> None:
    school.make()
    (made,) = (school.folder / "out").iterdir()

    QTest.keyClick(school.page.made.show_it, Qt.Key.Key_Return)
    QTest.keyClick(school.page.made.copy, Qt.Key.Key_Return)

    assert school.shown == [made]
    assert QGuiApplication.clipboard().text() == str(made)
    assert school.page.made.copy.text() == Words.copied


def test_a_second_file_does_not_replace_the_first(school: School) -> None:
    school.make()
    school.answer("heard", "met")

    QTest.keyClick(school.page.make, Qt.Key.Key_Return)

    assert len(list((school.folder / "out").iterdir())) == 2
    assert school.page.make.text() == Words.make_again


class CancelledAtOnce:
    """Somebody presses Cancel as soon as the first bytes are written."""

    def run(self, job: Job[T]) -> Ticket:
        def cancel(_progress: Progress) -> None:
            ticket.cancel()

        ticket = Ticket(cancel)
        _end_of(job, ticket)()
        return ticket


class Recorder:
    """A view that writes down what it is told."""

    def __init__(self) -> None:
        self.told: list[object] = []

    def show_nothing(self) -> None:
        self.told.append("nothing")

    def show_state(self, state: ExportState) -> None:
        self.told.append(state)

    def show_no_section(self) -> None:
        self.told.append("no section")

    def show_folder(self, folder: Path) -> None:
        self.told.append(folder)

    def show_making(self, *, making: bool) -> None:
        self.told.append(making)

    def show_progress(self, done: int, total: int) -> None:
        self.told.append((done, total))

    def show_made(self, made: MadeFile) -> None:
        self.told.append(made)

    def show_refused(self, error: Exception) -> None:
        self.told.append(error)


def test_cancel_leaves_no_file_and_no_trace(audit: Round, tmp_path: Path) -> None:
    ws, response_id = audit.laptop()
    answers.record_answer(ws, response_id, QuestionId("heard"), "met")
    view = Recorder()
    presenter = ExportPresenter(view, ReturnSending(ws), CancelledAtOnce(), tmp_path / "out")
    presenter.start()

    presenter.on_make()

    assert view.told[-2:] == [True, False]
    assert list((tmp_path / "out").iterdir()) == []
    assert responses.tasks(ws)[0].sent == ""


def test_progress_is_told_in_bytes_and_never_passes_the_end(audit: Round, tmp_path: Path) -> None:
    ws, response_id = audit.laptop()
    answers.record_answer(ws, response_id, QuestionId("heard"), "met")
    view = Recorder()
    presenter = ExportPresenter(view, ReturnSending(ws), AtOnce(), tmp_path / "out")
    presenter.start()

    presenter.on_make()

    steps = [told for told in view.told if isinstance(told, tuple)]
    assert steps
    assert all(0 < done <= total for done, total in steps)
    assert isinstance(view.told[-1], MadeFile)


def known_to(team: Workspace, response_id: ResponseId) -> dict[str, str | None]:
    found = team.standing(AnswerRecorded, space=response_space(response_id))
    return {held.event.question_id: held.event.value for held in found}


def test_only_some_sections_go_by_keyboard_and_the_rest_is_not_in_the_file(school: School) -> None:
    school.answer("heard", "met")
    school.answer("setting_name", "The old lighthouse school")
    page = school.page

    tab_to(page, page.part.how_much.options[0])
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Space)
    before = said(page)
    tab_to(page, next(box for box in page.part.sections.boxes if "Culture" in box.text()))
    press(Qt.Key.Key_Space)
    tab_to(page, page.make)
    press(Qt.Key.Key_Return)

    (made,) = (school.folder / "out").iterdir()
    merging.merge(school.audit.team, merging.preview(school.audit.team, [made]))
    assert known_to(school.audit.team, school.response_id) == {"heard": "met"}
    assert all(words in before for words in (Words.part_note, *Words.part_seen))
    assert Words.holds in said(page)
    assert any("Culture" in line for line in said(page))


def test_a_part_is_not_the_return_and_everything_can_follow(school: School) -> None:
    school.answer("setting_name", "The old lighthouse school")
    presenter = school.page._presenter
    assert presenter is not None
    presenter.on_part(("culture",))
    school.make()
    after_part = responses.tasks(school.ws)[0].sent

    school.page.part.how_much.options[0].click()
    school.make()

    assert after_part == ""
    assert responses.tasks(school.ws)[0].sent != ""
    assert Words.holds not in said(school.page)


def test_no_section_ticked_is_said_and_nothing_is_written(school: School) -> None:
    school.page.part.how_much.options[1].click()

    school.make()

    assert Words.no_section in said(school.page)
    assert QApplication.focusWidget() is school.page.part.sections.boxes[0]
    assert not (school.folder / "out").exists()


def test_a_panel_member_sends_scores_only(audit: Round, tmp_path: Path, show: Show) -> None:
    school, response_id = audit.laptop()
    answers.record_answer(school, response_id, QuestionId("heard"), "met")
    sent = responses.send_return(school, response_id, tmp_path)
    merging.merge(audit.team, merging.preview(audit.team, [sent]))
    _id, invited = invitations.invite_panellist(audit.team, audit.round_id, "Dev", (response_id,), tmp_path)
    member = audit.setting.join(invited.path, invited.code, "Dev", "panel")
    panel.give_score(member, response_id, QuestionId("heard"), "met")
    hub: Hub[Changes] = Hub()
    desk = Desk(choose=lambda _request, _on_chosen: None, show_folder=lambda _path: None)
    page = open_export_scores(member, hub, AtOnce(), tmp_path / "scores", desk)
    show(page, 1366, 900)

    QTest.keyClick(page.make, Qt.Key.Key_Return)

    (made,) = (tmp_path / "scores").iterdir()
    (seen,) = merging.preview(audit.team, [made])
    assert (seen.refused, seen.type) == (None, "scores")
    assert Words.title_scores in said(page)
    assert not page.part.isVisible()
    assert Words.unscored(1) in said(page)


def test_without_anything_asked_there_is_nothing_to_send(audit: Round, tmp_path: Path, show: Show) -> None:
    desk = Desk(choose=lambda _request, _on_chosen: None, show_folder=lambda _path: None)

    page = open_export(audit.team, Hub(), AtOnce(), tmp_path, desk)
    show(page, 1000, 700)

    assert page._empty.isVisible()
