"""The history of an answer: what is shown, and going back to an earlier wording. Real workspaces throughout."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from iowscp_desktop.app import erasure, responses
from iowscp_desktop.app.erasure import Part
from iowscp_desktop.app.filling import open_filling
from iowscp_desktop.app.history import Standing
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.erasure import Why
from iowscp_desktop.domain.ids import ResponseId, response_space
from iowscp_desktop.errors import ResponseLocked
from iowscp_desktop.text.history import History as Words
from iowscp_desktop.ui.history import HistoryPage, HistoryPresenter, open_history
from iowscp_desktop.ui.hub import Hub
from tests.app.conftest import Round
from tests.app.work import WHOLE, answer, sign_all, take_in
from tests.ui.acting import Recorded, press, tab_to, words_on
from tests.ui.conftest import Show


@dataclass
class Desk:
    """A presenter with a view that writes down what it shows."""

    ws: Workspace
    response_id: ResponseId
    view: Any = field(default_factory=Recorded)

    def __post_init__(self) -> None:
        self.presenter = HistoryPresenter(
            self.ws, self.view, response_id=self.response_id, entry_id="heard", tell=self._tell
        )
        self.presenter.start()

    def _tell(self, changes: Changes) -> None:
        self.presenter.on_changed(changes)

    @property
    def steps(self) -> Any:
        return self.view.last("show_history").steps

    def value(self) -> str:
        asked = open_filling(self.ws, self.response_id).field("heard_evidence")
        assert asked is not None
        return asked.value


@pytest.fixture
def school(audit: Round) -> tuple[Workspace, ResponseId]:
    ws, response_id = audit.laptop()
    answer(ws, response_id, {"heard": "met", "heard_evidence": "Everyone was asked in spring."})
    answer(ws, response_id, {"heard_evidence": "Everyone was asked in autumn."})
    return ws, response_id


def test_each_wording_is_shown_with_what_changed_who_and_when(school: tuple[Workspace, ResponseId]) -> None:
    newest, first, grade = Desk(*school).steps

    assert [run.words for run in newest.wording if run.differs] == ["autumn."]
    assert [run.differs for run in first.wording] == [False]
    assert (newest.standing, first.standing) == (Standing.STANDS, Standing.REPLACED)
    assert newest.who == "Ben Lead"
    assert newest.when.startswith("5 Jan 2026")
    assert [run.words for run in grade.wording] == ["Met"]


def test_an_earlier_wording_can_be_used_again_and_all_are_kept(school: tuple[Workspace, ResponseId]) -> None:
    desk = Desk(*school)

    desk.presenter.on_use(desk.steps[1].key)

    assert desk.value() == "Everyone was asked in spring."
    assert len(desk.steps) == 4
    assert desk.view.last("tell") == Words.used


def test_of_a_signed_audit_nothing_can_be_used_again(audit: Round) -> None:
    ws, response_id = audit.laptop()
    answer(ws, response_id, WHOLE)
    answer(ws, response_id, {"heard_evidence": "Another survey"})
    desk = Desk(ws, response_id)
    key = next(step.key for step in desk.steps if step.can_use)
    sign_all(ws, response_id)
    again = Desk(ws, response_id)

    assert not any(step.can_use for step in again.steps)
    with pytest.raises(ResponseLocked):
        desk.presenter.on_use(key)


def test_an_erased_wording_says_so_and_cannot_be_used(school: tuple[Workspace, ResponseId]) -> None:
    ws, response_id = school
    erasure.erase(ws, erasure.plan(ws, response_space(response_id), Part.EARLIER), Why.MISTAKE, "A name")

    erased = Desk(ws, response_id).steps[1]

    assert (erased.standing, erased.can_use) == (Standing.ERASED, False)
    assert [run.words for run in erased.wording] == [Words.erased]


def test_a_long_history_is_drawn_bit_by_bit(school: tuple[Workspace, ResponseId]) -> None:
    ws, response_id = school
    for number in range(40):
        answer(ws, response_id, {"heard_evidence": f"Wording {number}"})
    desk = Desk(ws, response_id)
    assert (len(desk.steps), desk.view.last("show_history").more) == (30, 13)

    desk.presenter.on_more()

    assert (len(desk.steps), desk.view.last("show_history").more) == (43, 0)


def opened(show: Show, school: tuple[Workspace, ResponseId], went: list[str]) -> HistoryPage:
    ws, response_id = school
    page = open_history(ws, Hub(), response_id, "heard", on_back=lambda: went.append("back"))
    show(page, 1366, 768)
    return page


def test_the_page_says_who_when_and_what_and_goes_back(show: Show, school: tuple[Workspace, ResponseId]) -> None:
    went: list[str] = []
    page = opened(show, school, went)

    words = words_on(page)
    assert "Are children heard?" in words
    assert words.count("Ben Lead") == 3
    assert any("autumn" in label.text() for label in page.findChildren(QLabel))
    page.top.followed.emit("back")
    assert went == ["back"]


def test_a_wording_is_taken_by_keyboard_alone(show: Show, school: tuple[Workspace, ResponseId]) -> None:
    hub: Hub[Changes] = Hub()
    ws, response_id = school
    page = open_history(ws, hub, response_id, "heard", on_back=lambda: None)
    show(page, 1366, 768)
    (button,) = page.use_buttons.values()
    assert Words.use in button.accessibleName()

    tab_to(page, button)
    press(Qt.Key.Key_Return)

    assert Desk(ws, response_id).value() == "Everyone was asked in spring."
    assert len(page.use_buttons) == 2


def test_a_question_without_a_history_says_so(show: Show, audit: Round) -> None:
    ws, response_id = audit.laptop()
    page = open_history(ws, Hub(), response_id, "adult", on_back=lambda: None)
    show(page, 1366, 768)

    assert Words.none in words_on(page)


def test_the_team_reads_the_history_and_writes_nothing_of_it(audit: Round) -> None:
    ws, response_id = audit.laptop()
    answer(ws, response_id, {"heard_evidence": "First"})
    responses.send_return(ws, response_id, audit.setting.folder)
    answer(ws, response_id, {"heard_evidence": "Second"})
    take_in(audit, response_id, ws)

    newest, first = Desk(audit.team, response_id).steps

    assert [run.words for run in first.wording] == ["First"]
    assert newest.who == "Ben Lead"
    assert (newest.can_use, first.can_use) == (False, False)
