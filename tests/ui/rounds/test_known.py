"""A further round, a newer edition, more to score: real files for computers that are known, opened by those."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from iowscp_desktop.app import editions, merging, panel, responses, rounds
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.errors import FileUnwritable
from iowscp_desktop.text.known import Known
from iowscp_desktop.ui.rounds.known import Flow
from iowscp_desktop.ui.rounds.presenter import Stage
from tests.app.conftest import Round
from tests.app.test_flows import joined, newer
from tests.app.work import Member, answer, panel_member, send_scores, take_in
from tests.ui.acting import WhenTold, press, tab_to, words_on
from tests.ui.conftest import Show
from tests.ui.rounds.test_rounds import Desk, opened


class Partnership:
    """A school whose computer is known, and another that nobody has heard of yet."""

    def __init__(self, audit: Round) -> None:
        self.audit, self.team = audit, audit.team
        self.school, self.response_id = audit.laptop()
        answer(self.school, self.response_id, {"heard": "met"})
        take_in(audit, self.response_id, self.school)
        (self.stranger,) = rounds.add_organisations(audit.team, ["Elm Grove"], "school")

    def later(self) -> None:
        """Open a further round, and put both schools into it."""
        (package,) = {tool.package for tool in rounds.tools(self.team)}
        round_id = rounds.open_round(self.team, title="2027", package=package, due=date(2027, 12, 1))
        rounds.ask_all(self.team, round_id, (self.audit.school, self.stranger))

    def member(self) -> Member:
        """A panel member whose scores have come in."""
        member = panel_member(self.audit, "Dev", self.response_id)
        member.score(self.response_id, {"heard": "met"})
        send_scores(self.audit, member)
        return member

    def desk(self, title: str) -> Desk:
        """Look at one of the rounds."""
        desk = Desk(self.team)
        desk.presenter.on_opened(next(row.id for row in desk.view.last("show_rounds") if row.title == title))
        return desk


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """Where the team puts files; nothing else is there."""
    return tmp_path / "stick"


@pytest.fixture
def partnership(audit: Round) -> Partnership:
    return Partnership(audit)


def taken(ws: Workspace, path: Path) -> merging.Incoming:
    (done,), _changes = merging.merge(ws, merging.preview(ws, [path]))
    return done


def made(desk: Desk, folder: Path) -> Path:
    """The one file that was made, as the page names it."""
    sent = desk.view.last("show_sent")
    ((_whose, name),) = sent.files
    assert sent.folder == folder
    return folder / str(name)


# --- a further round -----------------------------------------------------------------------------


def test_only_whose_computer_is_known_can_be_asked_without_a_code(partnership: Partnership) -> None:
    partnership.later()
    desk = partnership.desk("2027")

    desk.presenter.known.on_flow(Flow.ASSIGNMENT)

    state = desk.view.last("show_flow")
    rows = {row.name: (row.known, row.to_ask) for row in desk.view.last("show_round").rows}
    assert rows == {"Test School": (True, True), "Elm Grove": (False, False)}
    assert [name for _key, name in state.whom] == ["Test School"]
    assert state.ticked == tuple(key for key, _name in state.whom)


def test_a_further_round_reaches_the_school_by_a_file_alone(partnership: Partnership, tmp_path: Path) -> None:
    partnership.later()
    desk = partnership.desk("2027")
    desk.presenter.known.on_flow(Flow.ASSIGNMENT)

    desk.presenter.known.on_send(Flow.ASSIGNMENT, "", desk.view.last("show_flow").ticked, tmp_path)
    done = taken(partnership.school, made(desk, tmp_path))
    desk.presenter.on_closed()

    assert done.refused is None
    assert [task.round_title for task in responses.tasks(partnership.school)] == ["2026", "2027"]
    stages = {row.name: row.stage for row in desk.view.last("show_round").rows}
    assert stages == {"Test School": Stage.INVITED, "Elm Grove": Stage.NOT_ASKED}


def test_everybody_known_is_asked_at_once_each_by_a_file_of_their_own(partnership: Partnership, tmp_path: Path) -> None:
    other, other_id = joined(partnership.audit, "Bay View", "other")
    answer(other, other_id, {"heard": "met"})
    take_in(partnership.audit, other_id, other)
    partnership.later()
    desk = partnership.desk("2027")
    desk.presenter.on_closed()
    (bay_view,) = [each.id for each in rounds.organisations(partnership.team) if each.name == "Bay View"]
    rounds.ask_all(partnership.team, desk.view.last("show_round").row.id, (bay_view,))
    desk.presenter.known.on_flow(Flow.ASSIGNMENT)

    desk.presenter.known.on_send(Flow.ASSIGNMENT, "", desk.view.last("show_flow").ticked, tmp_path)

    files = {name: tmp_path / file for name, file in desk.view.last("show_sent").files}
    crossed = taken(partnership.school, files["Bay View"]).refused
    own = [taken(partnership.school, files["Test School"]).refused, taken(other, files["Bay View"]).refused]
    assert sorted(files) == ["Bay View", "Test School"]
    assert crossed is not None
    assert (crossed.code, own) == ("B201", [None, None])


def test_who_has_joined_in_this_round_is_not_asked_again(partnership: Partnership) -> None:
    desk = partnership.desk("2026")

    desk.presenter.known.on_flow(Flow.ASSIGNMENT)

    assert desk.view.last("show_flow").whom == ()
    assert not any(row.to_ask for row in desk.view.last("show_round").rows)


def test_a_folder_that_takes_no_file_leads_back_to_the_round(partnership: Partnership, tmp_path: Path) -> None:
    partnership.later()
    desk = partnership.desk("2027")
    desk.presenter.known.on_flow(Flow.ASSIGNMENT)
    (tmp_path / "in the way").write_bytes(b"")

    with pytest.raises(FileUnwritable):
        desk.presenter.known.on_send(Flow.ASSIGNMENT, "", desk.view.last("show_flow").ticked, tmp_path / "in the way")

    assert desk.view.names()[-1] == "show_round"


# --- a newer edition -----------------------------------------------------------------------------


def test_a_newer_edition_comes_to_the_school(
    partnership: Partnership, small_tool: dict[str, bytes], tmp_path: Path
) -> None:
    package = rounds.adopt_tool(partnership.team, newer(small_tool)).digest
    desk = partnership.desk("2026")
    desk.presenter.known.on_flow(Flow.EDITION)
    state = desk.view.last("show_flow")

    desk.presenter.known.on_send(Flow.EDITION, package, state.ticked, tmp_path)
    done = taken(partnership.school, made(desk, tmp_path))

    assert [key for key, _words in state.whats] == [package]
    assert done.refused is None
    assert [each.package for each in editions.editions(partnership.school, partnership.response_id)] == [package]


def test_without_another_edition_there_is_none_to_choose(partnership: Partnership) -> None:
    desk = partnership.desk("2026")
    desk.presenter.known.on_flow(Flow.EDITION)

    assert desk.view.last("show_flow").whats == ()
    assert not desk.presenter.known.check(Flow.EDITION, "", [partnership.response_id])
    assert desk.view.calls[-1] == ("show_flow_missing", (True, False))


# --- the panel -----------------------------------------------------------------------------------


def test_a_known_panel_member_gets_more_to_score(partnership: Partnership, tmp_path: Path) -> None:
    member = partnership.member()
    team, audit = partnership.team, partnership.audit
    rounds.ask_all(team, audit.round_id, (partnership.stranger,))
    more = rounds.ask(team, audit.round_id, partnership.stranger)
    desk = partnership.desk("2026")
    desk.presenter.known.on_flow(Flow.PACK, partnership.response_id)
    state = desk.view.last("show_flow")

    desk.presenter.known.on_send(Flow.PACK, member.person_id, [partnership.response_id, more], tmp_path)
    done = taken(member.ws, made(desk, tmp_path))

    assert desk.view.last("show_round").panel_known
    assert (state.whats, state.ticked) == (((member.person_id, "Dev"),), (partnership.response_id,))
    assert done.refused is None
    assert [each.response_id for each in panel.allocations(member.ws)] == [partnership.response_id, more]


def test_a_member_who_has_not_come_back_is_not_offered(partnership: Partnership) -> None:
    panel_member(partnership.audit, "Dev", partnership.response_id)
    desk = partnership.desk("2026")

    desk.presenter.known.on_flow(Flow.PACK)

    assert not desk.view.last("show_round").panel_known
    assert desk.view.last("show_flow").whats == ()


def test_names_stay_out_of_what_is_logged(partnership: Partnership, tmp_path: Path) -> None:
    partnership.later()
    desk = partnership.desk("2027")
    desk.presenter.known.on_flow(Flow.ASSIGNMENT)
    desk.presenter.known.on_send(Flow.ASSIGNMENT, "", desk.view.last("show_flow").ticked, tmp_path)

    told = repr((desk.view.last("show_flow"), desk.view.last("show_sent")))

    assert "assignment" in told
    assert "Test School" not in told


# --- the page ------------------------------------------------------------------------------------


def test_a_further_round_is_sent_by_keyboard_alone(show: Show, partnership: Partnership, stick: Path) -> None:
    partnership.later()
    page = opened(show, partnership.team, stick).page
    page.list.table.show_current(next(row.id for row in page.list.table.rows if row.title == "2027"))
    page.list.open_button.click()

    tab_to(page, page.round.flow_buttons[Flow.ASSIGNMENT])
    press(Qt.Key.Key_Space)
    form = page.flows[Flow.ASSIGNMENT]
    first = QApplication.focusWidget()
    tab_to(page, form.go_button)
    press(Qt.Key.Key_Space)

    (path,) = stick.glob("*.iowbundle")
    assert first is form.whom.boxes[0]
    assert QApplication.focusWidget() is page.sent.done_button
    said = words_on(page)
    assert all(words in said for words in (Known.ready(1), path.name, str(stick), "Test School"))
    press(Qt.Key.Key_Space)
    assert page.round.isVisible()


def test_a_row_offers_what_fits_it(show: Show, partnership: Partnership) -> None:
    partnership.later()
    page = opened(show, partnership.team).page
    page.list.table.show_current(next(row.id for row in page.list.table.rows if row.title == "2027"))
    page.list.open_button.click()
    offered: dict[str, list[bool]] = {}
    for row in page.round.table.rows:
        page.round.table.show_current(row.response_id)
        page.round.search.edited.emit("")
        offered[row.name] = [button.isVisible() for button in page.round.row_flow_buttons.values()]

    assert offered == {"Elm Grove": [False, False, False], "Test School": [True, True, False]}


def test_nothing_ticked_is_said_before_a_folder_is_asked_for(show: Show, partnership: Partnership, stick: Path) -> None:
    partnership.later()
    page = opened(show, partnership.team, stick).page
    page.list.table.show_current(next(row.id for row in page.list.table.rows if row.title == "2027"))
    page.list.open_button.click()
    page.round.flow_buttons[Flow.ASSIGNMENT].click()
    form = page.flows[Flow.ASSIGNMENT]
    form.whom.boxes[0].click()

    form.go_button.click()

    assert Known.no_whom in words_on(page)
    assert QApplication.focusWidget() is form.whom.boxes[0]
    assert not stick.exists()


def test_the_list_of_files_is_copied(show: Show, partnership: Partnership, stick: Path) -> None:
    partnership.later()
    page = opened(show, partnership.team, stick).page
    page.list.table.show_current(next(row.id for row in page.list.table.rows if row.title == "2027"))
    page.list.open_button.click()
    page.round.flow_buttons[Flow.ASSIGNMENT].click()
    page.flows[Flow.ASSIGNMENT].go_button.click()

    page.sent.copy_button.click()

    (path,) = stick.glob("*.iowbundle")
    assert QGuiApplication.clipboard().text() == f"{Known.where}\t{stick}\nTest School\t{path.name}"
    assert page.sent.copy_button.text() == Known.copied


def test_an_edition_must_be_chosen(show: Show, partnership: Partnership) -> None:
    page = opened(show, partnership.team).page
    page.list.open_button.click()

    page.round.flow_buttons[Flow.EDITION].click()
    page.flows[Flow.EDITION].go_button.click()

    said = words_on(page)
    assert Known.nothing[Flow.EDITION] in said
    assert Known.no_what[Flow.EDITION] in said
    assert QApplication.focusWidget() is page.flows[Flow.EDITION].what


def test_who_can_be_reached_is_looked_up_away_from_the_window(partnership: Partnership) -> None:
    partnership.later()
    runner = WhenTold()
    desk = Desk(partnership.team, runner=runner)
    runner.finish()
    desk.presenter.on_opened(next(row.id for row in desk.view.last("show_rounds") if row.title == "2027"))
    runner.finish()
    desk.view.clear()

    desk.presenter.known.on_flow(Flow.ASSIGNMENT)
    before = desk.view.names()
    runner.finish()

    assert (before, desk.view.names()) == ([], ["show_flow"])


def test_who_went_elsewhere_meanwhile_is_asked_nothing(partnership: Partnership) -> None:
    partnership.later()
    runner = WhenTold()
    desk = Desk(partnership.team, runner=runner)
    runner.finish()
    desk.presenter.on_opened(next(row.id for row in desk.view.last("show_rounds") if row.title == "2027"))
    runner.finish()

    desk.presenter.known.on_flow(Flow.ASSIGNMENT)
    desk.presenter.on_adding()
    runner.finish()

    assert desk.view.names()[-1] == "show_adding"
