"""The backups screen, and the one that helps where a workspace does not open, with real workspaces."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from iowscp_desktop.app import answers, backups, opening
from iowscp_desktop.app.workspace import Surroundings, Workspace
from iowscp_desktop.domain.events import AnswerRecorded
from iowscp_desktop.domain.ids import QuestionId, ResponseId
from iowscp_desktop.text.backups import Backups as Words
from iowscp_desktop.ui.backups import BackupsPage, Desk, open_backups
from iowscp_desktop.ui.choosing import FileRequest
from iowscp_desktop.ui.jobs import AtOnce
from iowscp_desktop.ui.widgets.labels import Label
from tests.app.conftest import PASSPHRASE, Round
from tests.ui.conftest import Show

HEARD = QuestionId("heard_evidence")


class School:
    """A school's workspace on the disk, and what the page asked of the window."""

    def __init__(self, audit: Round) -> None:
        self.ws, self.response_id = audit.laptop()
        assert self.ws.store.database.path is not None
        self.folder = self.ws.store.database.path.parent
        self.world: Surroundings = audit.setting.world
        self.asked: list[str] = []
        self.picks: tuple[Path, ...] = ()

    def write(self, words: str) -> None:
        answers.record_answer(self.ws, ResponseId(self.response_id), HEARD, words)

    def choose(self, _request: FileRequest, on_chosen: Callable[[tuple[Path, ...]], None]) -> None:
        on_chosen(self.picks)

    def put(self, work: Callable[[], object]) -> None:
        self.asked.append("put in place")
        self.ws.close()
        work()

    def page(self, *, ws: Workspace | None) -> BackupsPage:
        desk = Desk(folder=self.folder, world=self.world, runner=AtOnce(), ws=ws, put_in_place=self.put)
        return open_backups(desk, self.choose, on_back=lambda: self.asked.append("back"))

    def again(self) -> dict[str, str | None]:
        ws = opening.unlock_by_passphrase(self.folder, PASSPHRASE, self.world)
        held: dict[str, str | None] = {each.event.question_id: each.event.value for each in ws.standing(AnswerRecorded)}
        ws.close()
        return held


@pytest.fixture
def school(audit: Round) -> School:
    return School(audit)


def _words(page: BackupsPage) -> str:
    return " ".join(label.text() for label in page.findChildren(Label) if label.isVisible())


def _press(widget: object) -> None:
    widget.setFocus()  # type: ignore[attr-defined]  # any button
    QTest.keyClick(widget, Qt.Key.Key_Space)  # type: ignore[call-overload]  # any button


def test_one_is_made_by_key_and_stands_in_the_list(school: School, show: Show) -> None:
    page = show(school.page(ws=school.ws), 1000, 700)
    assert isinstance(page, BackupsPage)
    before = Words.now_none in _words(page)
    _press(page.now)

    assert before
    assert Words.made_done in _words(page)
    assert len(page.look_buttons) == 1
    assert len(backups.shelves(school.ws).here) == 1


def test_looking_into_one_needs_the_passphrase_and_says_what_would_go(school: School, show: Show) -> None:
    school.write("in the backup")
    backups.back_up(school.ws)
    school.write("after it")
    page = show(school.page(ws=school.ws), 1000, 700)
    assert isinstance(page, BackupsPage)
    (look,) = page.look_buttons.values()
    _press(look)
    missing = Words.passphrase_missing in _words(page)
    QTest.keyClicks(page.passphrase, "not the passphrase at all")
    _press(look)
    wrong = _words(page)
    page.passphrase.show_text(PASSPHRASE)
    _press(look)
    seen = _words(page)

    assert missing
    assert "(K" in wrong
    assert "1 answer; 1 answer of now would go" in seen
    assert Words.lost(1) in seen
    assert page.leave.hasFocus()


def test_going_back_closes_the_workspace_and_brings_the_backup(school: School, show: Show) -> None:
    school.write("in the backup")
    backups.back_up(school.ws)
    school.write("after it")
    page = show(school.page(ws=school.ws), 1000, 700)
    assert isinstance(page, BackupsPage)
    page.passphrase.show_text(PASSPHRASE)
    _press(next(iter(page.look_buttons.values())))
    _press(page.go_back)

    assert school.asked == ["put in place"]
    assert school.again() == {HEARD: "in the backup"}


def test_leaving_everything_as_it_is_leaves_it(school: School, show: Show) -> None:
    backups.back_up(school.ws)
    school.write("after it")
    page = show(school.page(ws=school.ws), 1000, 700)
    assert isinstance(page, BackupsPage)
    page.passphrase.show_text(PASSPHRASE)
    _press(next(iter(page.look_buttons.values())))
    _press(page.leave)

    assert page.now.isVisible()
    assert school.asked == []
    school.ws.close()
    assert school.again() == {HEARD: "after it"}


def test_a_second_place_is_chosen_and_dropped(school: School, show: Show, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    school.picks = (stick,)
    page = show(school.page(ws=school.ws), 1000, 900)
    assert isinstance(page, BackupsPage)
    _press(page.choose_folder)
    chosen = str(stick) in _words(page)
    _press(page.now)
    both = len(page.look_buttons)
    _press(page.drop_folder)

    assert chosen
    assert both == 2
    assert Words.where_none in _words(page)


def test_the_check_says_whether_all_holds(school: School, show: Show) -> None:
    page = show(school.page(ws=school.ws), 1000, 900)
    assert isinstance(page, BackupsPage)
    _press(page.check)
    fine = _words(page)
    school.write("to be taken out")
    with school.ws.store.database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM entry WHERE seq=1")
    _press(page.check)

    assert Words.check_fine in fine
    assert Words.check_wrong in _words(page)


def test_a_damaged_workspace_is_saved_by_key(school: School, show: Show) -> None:
    school.write("worth saving")
    backups.back_up(school.ws)
    school.ws.close()
    path = school.folder / "workspace.db"
    content = bytearray(path.read_bytes())
    content[40] ^= 1  # the first page: it does not open at all
    path.write_bytes(content)
    page = show(school.page(ws=None), 1000, 900)
    assert isinstance(page, BackupsPage)
    _press(page.save)
    missing = Words.passphrase_missing in _words(page)
    QTest.keyClicks(page.passphrase, PASSPHRASE)
    _press(page.save)

    assert missing
    assert Words.damaged_title in _words(page)
    assert school.again() == {HEARD: "worth saving"}
    assert (school.folder / "replaced" / "000001" / "workspace.db").read_bytes() == bytes(content)
