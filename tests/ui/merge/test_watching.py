"""The card of the watched folder: it offers, it waits, it says when the folder is gone. By key, on real files."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt

from iowscp_desktop.app import responses, watching
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.events import AnswerRecorded
from iowscp_desktop.ui.areas import MERGE, ROUNDS
from iowscp_desktop.ui.hub import Hub
from iowscp_desktop.ui.jobs import AtOnce
from iowscp_desktop.ui.main_window import MainWindow, Setup
from iowscp_desktop.ui.main_window import compose as composed
from iowscp_desktop.ui.merge import MergePage, open_merge
from iowscp_desktop.ui.merge.watch_presenter import WatchPresenter, Ways
from iowscp_desktop.ui.rounds import RoundsPage
from tests.app.conftest import Round
from tests.app.work import answer
from tests.ui.acting import Chooser, Recorded, press, tab_to, words_on
from tests.ui.conftest import Show


def opened(audit: Round, chooser: Chooser, show: Show) -> MergePage:
    page = open_merge(audit.team, Hub[Changes](), AtOnce(), chooser, on_decide=lambda: None, on_aside=lambda: None)
    show(page)
    return page


def compose(team: Workspace, folder: Path) -> MainWindow:
    """The whole window, with jobs done at once."""
    setup = Setup(
        folder=folder / "ws", world=team.world, runner=AtOnce(), settings_file=folder / "settings.toml",
        out_folder=folder / "out",
    )  # fmt: skip
    return composed(team, setup)


def look(page: MergePage) -> None:
    """What the timer does, without waiting for it."""
    page.watch._soon.timeout.emit()


def test_a_folder_is_named_new_files_are_offered_and_looked_at_by_keyboard(
    audit: Round, show: Show, tmp_path: Path
) -> None:
    folder = tmp_path / "Returns"
    folder.mkdir()
    chooser = Chooser(folder)
    page = opened(audit, chooser, show)
    tab_to(page, page.watch.folder_button)
    press(Qt.Key.Key_Return)
    before = words_on(page.watch)
    school, response_id = audit.laptop()
    answer(school, response_id, {"heard": "met"})
    responses.send_return(school, response_id, folder)
    for _ in range(2):
        look(page)
    offered = words_on(page.watch)

    tab_to(page, page.watch.accept_button)
    press(Qt.Key.Key_Return)

    assert "Nothing new in Returns" in before
    assert "1 new file in Returns" in offered
    assert page.table.isVisible()
    assert page.merge_button.isVisible()
    assert audit.team.standing(AnswerRecorded) == ()  # nothing was taken in unasked


def test_a_folder_that_is_gone_is_a_quiet_note(audit: Round, show: Show, tmp_path: Path) -> None:
    watching.watch(audit.team, tmp_path / "nowhere")

    page = opened(audit, Chooser(), show)
    look(page)

    assert "The folder nowhere cannot be reached at the moment" in words_on(page.watch)
    assert not page.watch.accept_button.isVisible()


def test_watching_can_be_stopped(audit: Round, show: Show, tmp_path: Path) -> None:
    watching.watch(audit.team, tmp_path)
    page = opened(audit, Chooser(), show)

    page.watch.stop_button.click()

    assert "No folder is watched" in words_on(page.watch)
    assert watching.watched_folder(audit.team) is None
    assert not page.watch._poll.isActive()


def a_return_in(folder: Path, audit: Round) -> None:
    school, response_id = audit.laptop()
    answer(school, response_id, {"heard": "met"})
    responses.send_return(school, response_id, folder)


def test_rounds_say_what_is_new_and_lead_to_looking_at_it(audit: Round, show: Show, tmp_path: Path) -> None:
    folder = tmp_path / "Returns"
    folder.mkdir()
    watching.watch(audit.team, folder)
    window = compose(audit.team, tmp_path)
    show(window, 1366, 768)
    rounds, merge = window.screen_of(ROUNDS), window.screen_of(MERGE)
    assert isinstance(rounds, RoundsPage)
    assert isinstance(merge, MergePage)
    before = rounds.list.notice.isVisible()
    a_return_in(folder, audit)
    for _ in range(2):
        look(merge)
    said = words_on(rounds)

    tab_to(rounds, rounds.list.notice.look_button)
    press(Qt.Key.Key_Return)
    previewed = (window.current_screen, merge.table.isVisible(), merge.merge_button.isVisible())
    window.show_screen(ROUNDS)

    assert not before
    assert "1 new file in Returns" in said
    assert previewed == (MERGE, True, True)
    assert not rounds.list.notice.isVisible()  # it was looked at
    assert audit.team.standing(AnswerRecorded) == ()  # nothing was taken in unasked


def test_while_other_files_are_looked_at_the_offer_stays(audit: Round, tmp_path: Path) -> None:
    watching.watch(audit.team, tmp_path)
    a_return_in(tmp_path, audit)
    view: Any = Recorded()
    busy = Ways(on_files=lambda _paths: False, on_offer=lambda _offer: None)
    presenter = WatchPresenter(audit.team, view, busy, runner=AtOnce())
    presenter.start()
    presenter.on_look()

    presenter.on_accept()
    presenter.on_look()

    assert len(view.last("show_offer").files) == 1
    again = watching.Watching(audit.team)
    assert [len(again.look().files) for _ in range(2)] == [0, 1]
