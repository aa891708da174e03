"""Every reason and note that others read for years is looked over for names, as answers are. None is ever blocked."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from iowscp_desktop.app import actions
from iowscp_desktop.app.actions import NewAction
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.events import ResponseReopened
from iowscp_desktop.domain.ids import ResponseId
from iowscp_desktop.ui.actions import open_own_actions, open_team_actions
from iowscp_desktop.ui.aside import open_aside
from iowscp_desktop.ui.check import open_check
from iowscp_desktop.ui.devices import open_team_devices
from iowscp_desktop.ui.fill import open_fill
from iowscp_desktop.ui.hub import Hub
from iowscp_desktop.ui.jobs import AtOnce
from iowscp_desktop.ui.retention import Ways as RecordWays
from iowscp_desktop.ui.retention import open_retention
from iowscp_desktop.ui.subject_access import Ways as FindWays
from iowscp_desktop.ui.subject_access import open_subject_access
from iowscp_desktop.ui.widgets.fields import LineEdit, TextArea
from iowscp_desktop.ui.widgets.name_watch import NameWatch
from tests.app.conftest import Round
from tests.app.test_erasure import NAME, returned
from tests.app.test_hostile_returns import Liar
from tests.app.test_quarantine import outside
from tests.app.work import WHOLE, answer, sign_all, take_files
from tests.ui.acting import Chooser, words_on
from tests.ui.conftest import Show

Watched = tuple[LineEdit | TextArea, NameWatch | None]
LOOKS = "This looks as if it names somebody: “Jayden Smith”. Leave names out."


def signed(audit: Round) -> tuple[Workspace, ResponseId]:
    ws, response_id = audit.laptop()
    answer(ws, response_id, WHOLE)
    sign_all(ws, response_id)
    return ws, response_id


def why_opened_again(audit: Round, show: Show, _folder: Path) -> Watched:
    ws, response_id = signed(audit)
    page = open_check(ws, Hub(), AtOnce(), response_id, on_change=lambda _entry: None, on_export=lambda: None)
    show(page, 1366, 768)
    page.locked.offer_button.click()
    return page.locked.reason, page.locked.watch


def why_opened_again_while_filling_in(audit: Round, show: Show, _folder: Path) -> Watched:
    ws, response_id = signed(audit)
    page = open_fill(ws, Hub(), AtOnce(), response_id, on_check=lambda: None)
    show(page, 1366, 768)
    page.board.panel.locked.offer_button.click()
    return page.board.panel.locked.reason, page.board.panel.locked.watch


def why_let_in_or_left_aside(audit: Round, show: Show, folder: Path) -> Watched:
    item = outside(Liar(audit, folder))
    page = open_aside(audit.team, Hub(), AtOnce(), on_back=lambda: None)
    show(page, 1366, 768)
    return page.cards[item.key].reason, page.cards[item.key].watch


def why_erased_or_kept(audit: Round, show: Show, folder: Path) -> Watched:
    returned(audit, folder)
    audit.team.world = replace(audit.team.world, clock=lambda: datetime(2028, 12, 19, 9, 0, tzinfo=UTC))
    ways = RecordWays(
        choose=Chooser(), show_folder=lambda _path: None, on_find_person=lambda: None, on_back=lambda: None
    )
    page = open_retention(audit.team, Hub(), AtOnce(), ways)
    show(page, 1366, 768)
    next(iter(page.review_buttons.values())).click()
    return page.review.reason, page.review.watch


def why_erased_for_a_person(audit: Round, show: Show, folder: Path) -> Watched:
    returned(audit, folder)
    ways = FindWays(choose=Chooser(), show_folder=lambda _path: None, on_back=lambda: None)
    page = open_subject_access(audit.team, Hub(), AtOnce(), ways)
    show(page, 1366, 768)
    page.name.setText(NAME)
    page.search.click()
    next(iter(page.cards.values())).include.setChecked(True)
    page.erase.click()
    return page.reason, page.watch


def what_is_to_be_done(audit: Round, show: Show, folder: Path) -> Watched:
    returned(audit, folder)
    page = open_team_actions(audit.team, Hub(), AtOnce(), Chooser())
    show(page, 1366, 768)
    return page.action, page.watch


def how_far_it_is(audit: Round, show: Show, folder: Path) -> Watched:
    ws, _response_id, _path = returned(audit, folder)
    actions.set_actions(audit.team, audit.school, [NewAction(title="Ask again", due=None)])
    take_files(ws, [actions.send_plan(audit.team, audit.school, folder)])
    page = open_own_actions(ws, Hub(), AtOnce(), Chooser())
    show(page, 1366, 768)
    page.table.setCurrentIndex(page.table.model().index(0, 0))
    return page.words, page.watch


def why_a_computer_is_trusted_no_longer(audit: Round, show: Show, folder: Path) -> Watched:
    returned(audit, folder)
    page = open_team_devices(audit.team, Hub(), AtOnce(), Chooser())
    show(page, 1366, 768)
    page.revoking.ask("Test School")
    return page.revoking.why, page.revoking.watch


PLACES: list[Callable[[Round, Show, Path], Watched]] = [
    why_opened_again,
    why_opened_again_while_filling_in,
    why_let_in_or_left_aside,
    why_erased_or_kept,
    why_erased_for_a_person,
    what_is_to_be_done,
    how_far_it_is,
    why_a_computer_is_trusted_no_longer,
]


def write(editor: LineEdit | TextArea, words: str) -> None:
    editor.setFocus(Qt.FocusReason.OtherFocusReason)
    editor.selectAll()
    QTest.keyClick(editor, Qt.Key.Key_Delete)
    QTest.keyClicks(editor, words)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.__name__.replace("_", " "))
def test_a_name_is_pointed_out_where_it_would_be_kept_and_words_without_one_are_left_in_peace(
    audit: Round, show: Show, tmp_path: Path, place: Callable[[Round, Show, Path], Watched]
) -> None:
    editor, watch = place(audit, show, tmp_path)
    assert editor.isVisible()
    assert watch is not None

    write(editor, "Jayden Smith said so.")
    assert watch.is_waiting  # it looks when somebody pauses
    watch.look_now()
    assert watch.note is not None
    assert (words_on(watch.note), watch.note.isVisible()) == (LOOKS, True)
    assert not watch.note.button.isVisible()  # nothing is recorded of a reason

    write(editor, "The panel met again.")
    watch.look_now()
    assert not watch.note.isVisible()


def test_a_reason_with_a_name_is_taken_all_the_same_and_the_note_is_gone_afterwards(
    audit: Round, show: Show, tmp_path: Path
) -> None:
    ws, response_id = signed(audit)
    page = open_check(ws, Hub(), AtOnce(), response_id, on_change=lambda _entry: None, on_export=lambda: None)
    show(page, 1366, 768)
    page.locked.offer_button.click()
    write(page.locked.reason, "Jayden Smith said so.")
    watch = page.locked.watch
    assert watch is not None
    watch.look_now()

    page.locked.do_button.click()

    assert [held.event.reason for held in ws.standing(ResponseReopened)] == ["Jayden Smith said so."]
    assert watch.note is not None
    assert words_on(watch.note) == ""
