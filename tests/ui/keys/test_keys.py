"""The keys in the settings, by key and click, over a real workspace with real slots."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from iowscp_desktop import text
from iowscp_desktop.app import escrow, keys, opening, unlocking
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.errors import SlotMissing, WrongPassphrase, WrongRecoveryKey
from iowscp_desktop.store.keys import unlock_with_recovery
from iowscp_desktop.ui.jobs import AtOnce
from iowscp_desktop.ui.keys import KeysPage, open_keys
from iowscp_desktop.ui.widgets.buttons import Button
from tests.app.conftest import LOCKS, PASSPHRASE, Setting
from tests.app.test_opening import Drawer
from tests.ui.acting import Chooser, groups_on, write_down
from tests.ui.conftest import Show

Words = text.Keys
NEW = "quite another passphrase"


class Room:
    """A team's workspace, and the screen of its keys."""

    def __init__(self, setting: Setting, show: Show) -> None:
        self.setting, self.show = setting, show
        self.drawer = Drawer()
        self.world = replace(setting.world, keyring=self.drawer, passphrase_cost=setting.world.code_cost)
        self.new = replace(setting.new("Ana Team", "team"), locks=replace(LOCKS, keyring=self.drawer))
        self.ws = opening.start_team(self.new, "Test Partnership", self.world)
        setting.opened.append(self.ws)
        self.alone: list[bool] = []

    def page(self, *places: Path) -> KeysPage:
        page = open_keys(self.ws, AtOnce(), Chooser(*places), on_back=lambda: None, on_alone=self.alone.append)
        self.show(page, 1366, 768)
        page.on_shown()
        return page

    def opens(self, passphrase: str) -> Workspace:
        self.ws.close()
        self.ws = unlocking.unlock_by_passphrase(self.new.folder, passphrase, self.world)
        self.setting.opened.append(self.ws)
        return self.ws


@pytest.fixture
def room(setting: Setting, show: Show) -> Room:
    return Room(setting, show)


def typed(field: QLineEdit, words: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, words)


def press(button: Button) -> None:
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)


def said(page: KeysPage) -> str:
    return page._said.text()


def problems(page: KeysPage) -> list[str]:
    return [words for field in page._fields.values() if (words := field._problem.text())]


def test_it_says_what_opens_the_workspace(room: Room) -> None:
    page = room.page()

    assert Words.way_remembered in page.facts.accessibleName()
    assert Words.sheet_number("0000") in page.facts.accessibleName()
    assert page.new_spare.isVisible()
    assert not page.accept_spare.isVisible()


def test_the_passphrase_is_changed_and_the_old_one_opens_nothing(room: Room) -> None:
    page = room.page()

    typed(page.current, PASSPHRASE)
    typed(page.new, NEW)
    typed(page.again, NEW)
    press(page.change)

    assert said(page) == Words.done["PASSPHRASE"]
    assert page.current.text() == page.new.text() == page.again.text() == ""
    room.opens(NEW)
    with pytest.raises(WrongPassphrase):
        room.opens(PASSPHRASE)


@pytest.mark.parametrize(
    ("current", "new", "again", "words"),
    [
        ("", NEW, NEW, Words.current_missing),
        (PASSPHRASE, "", "", text.FirstRun.phrase_missing),
        (PASSPHRASE, "Test Partnership", "Test Partnership", text.FirstRun.phrase_easy),
        (PASSPHRASE, NEW, NEW + "x", text.FirstRun.phrase_differs),
        ("not this one", NEW, NEW, "(Code K101)"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_changes(
    room: Room, current: str, new: str, again: str, words: str
) -> None:
    page = room.page()
    before = (room.new.folder / "keys.json").read_bytes()

    typed(page.current, current)
    typed(page.new, new)
    typed(page.again, again)
    press(page.change)

    (problem,) = problems(page)
    assert words in problem
    assert (room.new.folder / "keys.json").read_bytes() == before
    assert page._cards.isEnabled()


@pytest.mark.parametrize("change_key", [False, True])
def test_a_new_sheet_takes_the_place_of_the_old_one(room: Room, *, change_key: bool) -> None:
    page = room.page()
    old = LOCKS.recovery
    assert old is not None
    before = (room.new.folder / "workspace.db").read_bytes()[:16], room.drawer.kept.copy()

    press(page.new_sheet)
    printed = "-".join(groups_on(page.paper).values())
    write_down(page.paper)
    typed(page.current, PASSPHRASE)
    press(page.change_key if change_key else page.use_sheet)

    assert said(page) == Words.done["KEY" if change_key else "SHEET"]
    assert room.alone == ([True, False] if change_key else [])
    assert (room.drawer.kept == before[1]) is not change_key
    room.opens(PASSPHRASE).close()
    assert unlocking.try_recovery(room.new.folder, printed, room.world).keys
    with pytest.raises(WrongRecoveryKey):
        unlock_with_recovery(room.new.folder / "workspace.db", old.key)
    opened = unlocking.unlock_by_keyring(room.new.folder, room.drawer, room.world)
    assert not opened.verify().wrongs
    opened.close()


def test_without_the_groups_from_the_paper_no_sheet_counts(room: Room) -> None:
    page = room.page()
    before = (room.new.folder / "keys.json").read_bytes()

    press(page.new_sheet)
    typed(page.current, PASSPHRASE)
    press(page.change_key)

    assert page.paper.first_field._problem.text() == Words.group_differs
    assert (room.new.folder / "keys.json").read_bytes() == before
    assert room.alone == []


def test_a_wrong_passphrase_changes_no_key_and_the_screens_come_back(room: Room) -> None:
    page = room.page()
    press(page.new_sheet)
    write_down(page.paper)
    typed(page.current, "not this one")
    press(page.change_key)

    assert room.alone == [True, False]
    assert "K101" in problems(page)[0]
    room.opens(PASSPHRASE)


def test_this_computer_forgets_and_remembers_again(room: Room) -> None:
    page = room.page()

    typed(page.current, PASSPHRASE)
    press(page.remember)
    forgotten = said(page), dict(room.drawer.kept), page.remember.text()
    typed(page.current, PASSPHRASE)
    press(page.remember)

    assert forgotten == (Words.done["FORGOTTEN"], {}, Words.remember_button)
    assert said(page) == Words.done["REMEMBERED"]
    room.ws.close()
    unlocking.unlock_by_keyring(room.new.folder, room.drawer, room.world).close()


def test_a_forgotten_workspace_is_not_opened_by_what_was_kept(room: Room) -> None:
    kept = dict(room.drawer.kept)
    page = room.page()
    typed(page.current, PASSPHRASE)
    press(page.remember)
    room.ws.close()

    room.drawer.kept = kept
    with pytest.raises(SlotMissing):
        unlocking.unlock_by_keyring(room.new.folder, room.drawer, room.world)
    room.drawer.kept = {}
    with pytest.raises(SlotMissing):
        unlocking.unlock_by_keyring(room.new.folder, room.drawer, room.world)


def test_the_team_makes_a_spare_key_and_a_workspace_lets_it_in(room: Room, tmp_path: Path) -> None:
    stick = tmp_path / "spare.iowsparekey"
    page = room.page(stick)

    press(page.new_spare)
    press(page.spare_paper.file)
    QTest.keyClick(page.spare_paper.apart, Qt.Key.Key_Space)
    typed(page.current, PASSPHRASE)
    press(page.use_spare)

    assert said(page) == Words.done["SPARE_MADE"]
    assert keys.ways_in(room.ws).spare_key
    newer = escrow.new_spare_key(room.world)
    escrow.use_for_partnership(room.ws, newer)
    again = room.page()
    assert again.accept_spare.isVisible()
    typed(again.current, PASSPHRASE)
    press(again.accept_spare)
    assert said(again) == Words.done["SPARE_ACCEPTED"]
    assert not keys.ways_in(room.ws).spare_key_offered


def test_a_key_file_that_is_gone_is_told_with_its_code(room: Room) -> None:
    (room.new.folder / "keys.json").unlink()

    assert "K102" in said(room.page())
