"""From a question to its history, and taking the last deed back after the program was closed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from iowscp_desktop.app.filling import open_filling
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.ids import ResponseId
from iowscp_desktop.ui.fill import FillPage, open_fill
from iowscp_desktop.ui.hub import Hub
from iowscp_desktop.ui.jobs import AtOnce
from tests.app.conftest import Round
from tests.app.work import answer
from tests.ui.acting import press
from tests.ui.conftest import Show


def filling_page(ws: Workspace, response_id: ResponseId, went: list[str], *, history: bool = True) -> FillPage:
    hub: Hub[Changes] = Hub()
    return open_fill(
        ws,
        hub,
        AtOnce(),
        response_id,
        on_check=lambda: None,
        on_history=went.append if history else None,
        entry_id="heard",
    )


@pytest.mark.parametrize("way", ["button", "key"])
def test_a_question_leads_to_its_own_history(show: Show, audit: Round, way: str) -> None:
    went: list[str] = []
    page = filling_page(*audit.laptop(), went)
    show(page, 1366, 768)

    if way == "button":
        page.board.panel.history.setFocus()
        press(Qt.Key.Key_Return)
    else:
        QTest.keyClick(page, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)

    assert went == ["heard"]
    assert "Ctrl+H" in page.board.panel.history.accessibleName()


def test_without_a_way_there_is_no_button(show: Show, audit: Round) -> None:
    page = filling_page(*audit.laptop(), [], history=False)
    show(page, 1366, 768)

    assert not page.board.panel.history.isVisible()


def test_the_last_answer_can_be_taken_back_after_the_page_was_closed(show: Show, audit: Round) -> None:
    ws, response_id = audit.laptop()
    answer(ws, response_id, {"heard": "met"})
    answer(ws, response_id, {"heard": "partly"})
    page = filling_page(ws, response_id, [])
    show(page, 1366, 768)
    assert page.board.foot.undo.isVisible()

    QTest.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    assert open_filling(ws, response_id).entry("heard").point == "met"


def test_nothing_is_offered_where_nothing_was_done(show: Show, audit: Round) -> None:
    page = filling_page(*audit.laptop(), [])
    show(page, 1366, 768)

    assert not page.board.foot.undo.isVisible()
