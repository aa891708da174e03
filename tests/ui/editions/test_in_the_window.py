"""The whole window: a school compares and moves from its first page; the team reads a return from the round's row."""

from iowscp_desktop.app.filling import open_filling
from iowscp_desktop.ui.editions import EditionsPage
from iowscp_desktop.ui.fill import FillPage
from iowscp_desktop.ui.home import HomePage
from iowscp_desktop.ui.rounds import RoundsPage
from tests.app.conftest import Round
from tests.app.newer_tool import arrive, newer
from tests.app.test_editions import ANSWERED
from tests.app.work import answer, take_in
from tests.ui.test_main_window import Computer, computer

__all__ = ["computer"]


def test_a_school_moves_its_answers_from_home_and_back_home(
    computer: Computer,
    audit: Round,
    small_tool: dict[str, bytes],
) -> None:
    ws, response_id = audit.laptop()
    answer(ws, response_id, ANSWERED)
    arrive(ws, newer(small_tool))
    window = computer.window(ws)
    home = window.screen_of("home")
    assert isinstance(home, HomePage)
    home.edition.button.click()
    page = window.screen_of("editions")
    assert isinstance(page, EditionsPage)

    page.move_button.click()

    assert window.current_screen == "home"
    assert open_filling(ws, response_id).tool.edition == "2027"
    assert "listened" in {entry.id for section in open_filling(ws, response_id).sections() for entry in section.asked}


def test_the_team_reads_a_return_from_the_row_of_its_round_and_comes_back(
    computer: Computer,
    audit: Round,
) -> None:
    school, response_id = audit.laptop()
    answer(school, response_id, ANSWERED)
    take_in(audit, response_id, school)
    window = computer.window(audit.team)
    rounds = window.screen_of("rounds")
    assert isinstance(rounds, RoundsPage)
    rounds.list.open_button.click()
    rounds.round.table.show_current(response_id)
    rounds.round.read_button.click()
    page = window.screen_of("fill")
    assert isinstance(page, FillPage)
    read = (page.presenter.entry_id, page.board.list_pane.list.isVisible())

    page.board.top.followed.emit("home")

    assert read == ("setting_name", True)
    assert window.current_screen == "rounds"
