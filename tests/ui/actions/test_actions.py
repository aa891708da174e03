"""Actions set by the team, sent, followed by the school, and home again. Real workspaces, real files."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from iowscp_desktop.app import actions, merging, rounds
from iowscp_desktop.app.actions import NewAction
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.errors import FileUnwritable
from iowscp_desktop.text.actions import Actions as Words
from iowscp_desktop.ui.actions import OwnActionsPage, TeamActionsPage, open_own_actions, open_team_actions
from iowscp_desktop.ui.actions.presenter import OwnActionsPresenter, TeamActionsPresenter, Wrong
from iowscp_desktop.ui.hub import Hub
from iowscp_desktop.ui.jobs import AtOnce
from tests.app.conftest import Round
from tests.app.work import answer, take_in
from tests.ui.acting import Chooser, Recorded, press, tab_to, words_on
from tests.ui.conftest import Show


class Partnership:
    """A school whose computer is known, and the team."""

    def __init__(self, audit: Round) -> None:
        self.team, self.organisation_id = audit.team, audit.school
        self.school, response_id = audit.laptop()
        answer(self.school, response_id, {"heard": "met"})
        take_in(audit, response_id, self.school)

    def agree(self, *titles: str, due: date | None = None) -> None:
        """Set actions, and let the school take them in."""
        wanted = [NewAction(title=title, due=due) for title in titles]
        actions.set_actions(self.team, self.organisation_id, wanted)

    def carry(self, folder: Path) -> None:
        """Take the plan to the school."""
        taken(self.school, actions.send_plan(self.team, self.organisation_id, folder))


@pytest.fixture
def partnership(audit: Round) -> Partnership:
    return Partnership(audit)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """Where files go; nothing else is there."""
    return tmp_path / "stick"


def taken(ws: Workspace, path: Path) -> Changes:
    ((done,), changes) = merging.merge(ws, merging.preview(ws, [path]))
    assert (done.refused, done.quarantined) == (None, 0)
    return changes


class Told:
    """A hub with one listener."""

    def __init__(self) -> None:
        self.listener: Callable[[Changes], None] = lambda _changes: None

    def tell(self, changes: Changes) -> None:
        self.listener(changes)


def team_desk(team: Workspace) -> tuple[TeamActionsPresenter, Any]:
    view: Any = Recorded()
    told = Told()
    presenter = TeamActionsPresenter(team, view, runner=AtOnce(), tell=told.tell)
    told.listener = presenter.on_changed
    presenter.start()
    return presenter, view


def test_an_action_is_set_and_stands_in_the_list(partnership: Partnership) -> None:
    presenter, view = team_desk(partnership.team)

    presenter.on_set(partnership.organisation_id, " Write the rota ", "Head", "1 3 2026")

    (row,) = view.last("show_actions")
    assert (row.title, row.owner, row.due, row.late) == ("Write the rota", "Head", date(2026, 3, 1), False)
    assert (row.organisation, row.known, row.state) == ("Test School", True, "")
    assert view.last("show_note") == Words.was_set("Test School")


def test_what_is_missing_is_said_and_nothing_is_written(partnership: Partnership) -> None:
    presenter, view = team_desk(partnership.team)

    presenter.on_set("", " ", "", "soon")

    assert view.last("show_wrong") == [Wrong.ORGANISATION, Wrong.ACTION, Wrong.DUE]
    assert actions.actions(partnership.team) == ()


def test_an_action_past_its_date_is_late_until_it_is_done(partnership: Partnership, stick: Path) -> None:
    partnership.agree("Write the rota", due=date(2026, 1, 2))
    presenter, view = team_desk(partnership.team)
    before = view.last("show_actions")[0].late
    partnership.carry(stick)
    (line,) = actions.actions(partnership.school)
    actions.say_progress(partnership.school, line.action_id, "done")

    presenter.on_changed(taken(partnership.team, actions.send_progress(partnership.school, stick)))

    (row,) = view.last("show_actions")
    assert (before, row.late, row.state) == (True, False, "done")


def test_a_school_says_how_far_it_is_and_the_team_sees_it(partnership: Partnership, stick: Path) -> None:
    partnership.agree("Write the rota")
    partnership.carry(stick)
    view: Any = Recorded()
    told = Told()
    presenter = OwnActionsPresenter(partnership.school, view, runner=AtOnce(), tell=told.tell)
    told.listener = presenter.on_changed
    presenter.start()

    presenter.on_say(view.last("show_actions")[0].action_id, "begun", "Two of five")
    presenter.on_send(stick / "home")

    (path,) = (stick / "home").iterdir()
    taken(partnership.team, path)
    assert view.last("show_actions")[0].state == "begun"
    assert view.last("show_note") == Words.progress_saved(path.name, str(path.parent))
    assert [(line.state, line.note) for line in actions.actions(partnership.team)] == [("begun", "Two of five")]


def test_a_folder_that_takes_no_file_leaves_everything_as_it_was(partnership: Partnership, tmp_path: Path) -> None:
    partnership.agree("Write the rota")
    presenter, view = team_desk(partnership.team)
    (tmp_path / "in the way").write_bytes(b"")

    with pytest.raises(FileUnwritable):
        presenter.on_send(partnership.organisation_id, tmp_path / "in the way")

    assert [args for name, args in view.calls if name == "show_working"] == [(True,), (False,)]
    assert view.last("show_note") == ""


def test_rows_do_not_carry_words_into_logs(partnership: Partnership) -> None:
    partnership.agree("Write the rota for Heron class")
    _presenter, view = team_desk(partnership.team)

    told = repr(view.last("show_actions"))

    assert partnership.organisation_id in told
    assert "Heron" not in told
    assert "Test School" not in told


# --- the pages -----------------------------------------------------------------------------------


def team_page(show: Show, team: Workspace, *folders: Path) -> TeamActionsPage:
    page = open_team_actions(team, Hub(), AtOnce(), Chooser(*folders))
    show(page, 1366, 768)
    return page


def own_page(show: Show, school: Workspace, *folders: Path) -> tuple[OwnActionsPage, Hub[Changes]]:
    hub: Hub[Changes] = Hub()
    page = open_own_actions(school, hub, AtOnce(), Chooser(*folders))
    show(page, 1366, 768)
    return page, hub


def test_the_team_sets_and_sends_an_action_by_keyboard_alone(show: Show, partnership: Partnership, stick: Path) -> None:
    page = team_page(show, partnership.team, stick)
    tab_to(page, page.organisation)
    press(Qt.Key.Key_Down)
    tab_to(page, page.action)
    QTest.keyClicks(page.action, "Write the rota")
    tab_to(page, page.due)
    QTest.keyClicks(page.due, "1 3 2026")
    tab_to(page, page.set_button)
    press(Qt.Key.Key_Space)
    was_set = words_on(page)
    tab_to(page, page.send_button)
    press(Qt.Key.Key_Space)

    (path,) = stick.iterdir()
    taken(partnership.school, path)
    assert Words.was_set("Test School") in was_set
    assert page.note.words.text() == Words.plan_saved("Test School", path.name, str(stick))
    assert [line.title for line in actions.actions(partnership.school)] == ["Write the rota"]


def test_what_is_missing_is_shown_at_its_field(show: Show, partnership: Partnership) -> None:
    page = team_page(show, partnership.team)

    page.set_button.click()

    said = words_on(page)
    assert Words.no_organisation in said
    assert Words.no_action in said
    assert QApplication.focusWidget() is page.organisation


def test_a_school_nobody_has_heard_of_cannot_be_sent_to(show: Show, partnership: Partnership) -> None:
    (stranger,) = rounds.add_organisations(partnership.team, ["Elm Grove"], "school")
    actions.set_actions(partnership.team, stranger, [NewAction(title="Begin")])

    page = team_page(show, partnership.team)

    assert not page.send_button.isVisible()
    assert Words.not_known in words_on(page)


def test_a_school_says_and_sends_by_keyboard_alone(show: Show, partnership: Partnership, stick: Path) -> None:
    partnership.agree("Write the rota")
    partnership.carry(stick.parent)
    page, _hub = own_page(show, partnership.school, stick)
    tab_to(page, page.state.options[0])
    press(Qt.Key.Key_Space)
    tab_to(page, page.words)
    QTest.keyClicks(page.words, "Two of five")
    tab_to(page, page.save_button)
    press(Qt.Key.Key_Space)
    saved = page.note.words.text()
    tab_to(page, page.send_button)
    press(Qt.Key.Key_Space)

    (path,) = stick.iterdir()
    taken(partnership.team, path)
    assert saved == Words.saved
    assert [(line.state, line.note) for line in actions.actions(partnership.team)] == [("begun", "Two of five")]
    assert page.note.words.text() == Words.progress_saved(path.name, str(stick))


def test_without_a_choice_nothing_is_said(show: Show, partnership: Partnership, stick: Path) -> None:
    partnership.agree("Write the rota")
    partnership.carry(stick)
    page, _hub = own_page(show, partnership.school)

    page.save_button.click()

    assert Words.no_state in words_on(page)
    assert QApplication.focusWidget() is page.state.options[0]
    assert [line.state for line in actions.actions(partnership.school)] == [""]


def test_what_was_not_saved_is_there_again_after_looking_at_another(
    show: Show, partnership: Partnership, stick: Path
) -> None:
    partnership.agree("First", "Second")
    partnership.carry(stick)
    page, hub = own_page(show, partnership.school)
    QTest.keyClicks(page.words, "Half a sentence")

    page.table.setFocus()
    press(Qt.Key.Key_Down)
    other = page.words.toPlainText()
    press(Qt.Key.Key_Up)
    partnership.agree("Third")
    hub.tell(taken(partnership.school, actions.send_plan(partnership.team, partnership.organisation_id, stick)))

    assert len(page.table.rows) == 3
    assert (other, page.words.toPlainText()) == ("", "Half a sentence")


def test_without_actions_it_says_where_they_come_from(show: Show, partnership: Partnership) -> None:
    page, _hub = own_page(show, partnership.school)

    assert Words.own_none_about in words_on(page)
    assert not page.send_button.isVisible()
