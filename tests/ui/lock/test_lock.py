"""The lock screen by key, over a real locked workspace."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from iowscp_desktop import text
from iowscp_desktop.app import opening
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.clock import Clock
from iowscp_desktop.ui.jobs import AtOnce
from iowscp_desktop.ui.lock import LockPage, Patience, Threshold, open_lock, open_who
from tests.app.conftest import PASSPHRASE, RECOVERY, START, Setting
from tests.app.test_opening import Drawer
from tests.ui.conftest import Show

Words = text.Lock


class Wrist:
    """A watch that moves when it is told to."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> datetime:
        return START + timedelta(seconds=self.seconds)


class Locked:
    """A workspace somebody locked."""

    def __init__(self, setting: Setting, show: Show) -> None:
        self.setting, self.show = setting, show
        self.watch = Wrist()
        self.drawer = Drawer()
        clock: Clock = self.watch
        self.world = replace(setting.world, clock=clock, keyring=self.drawer, passphrase_cost=setting.world.code_cost)
        self.new = setting.new("Ana", "team")
        self.opened: list[tuple[Workspace, bool]] = []
        self.patience = Patience(clock)

    def make(self, *, remember: bool = False) -> Path:
        new = replace(self.new, locks=opening.locks(self.world, PASSPHRASE, RECOVERY, remember=remember))
        opening.start_team(new, "Partnership", self.world).close()
        return new.folder

    def lock(self, *, by_memory: bool = False) -> LockPage:
        threshold = Threshold(
            folder=self.new.folder, world=self.world, runner=AtOnce(), patience=self.patience, by_memory=by_memory
        )
        page = open_lock(threshold, self._took)
        self.show(page, 1366, 768)
        page.phrase.setFocus()
        return page

    def _took(self, ws: Workspace, someone_else: bool) -> None:  # noqa: FBT001 - as the callback is called
        self.opened.append((ws, someone_else))
        self.setting.opened.append(ws)


def try_it(page: LockPage, passphrase: str) -> str:
    page.phrase.selectAll()
    QTest.keyClicks(page.phrase, passphrase)
    QTest.keyClick(page.phrase, Qt.Key.Key_Return)
    return page.field._problem.text()


@pytest.fixture
def locked(setting: Setting, show: Show) -> Locked:
    return Locked(setting, show)


def test_the_right_passphrase_unlocks(locked: Locked) -> None:
    locked.make()

    said = try_it(locked.lock(), PASSPHRASE)

    ((ws, someone_else),) = locked.opened
    assert (said, ws.person.name, someone_else) == ("", "Ana", False)


def test_a_wrong_passphrase_marks_the_field_and_the_wait_doubles_up_to_a_minute(locked: Locked) -> None:
    locked.make()
    page = locked.lock()
    waits = []

    for _ in range(8):
        said = try_it(page, "not this one")
        waits.append(locked.patience.left)
        assert Words.wait(waits[-1]) in said
        locked.watch.seconds += waits[-1]
        page._clock.timeout.emit()

    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]
    assert page.field.control.property("wrong") == "true"
    assert locked.opened == []


def test_during_a_wait_even_the_right_one_is_not_tried(locked: Locked) -> None:
    locked.make()
    page = locked.lock()
    try_it(page, "not this one")

    too_soon = try_it(page, PASSPHRASE)
    opened_too_soon = list(locked.opened)
    locked.watch.seconds += 1
    try_it(page, PASSPHRASE)

    assert Words.wait(1) in too_soon
    assert opened_too_soon == []
    assert len(locked.opened) == 1


def test_a_new_lock_screen_or_a_clock_set_back_does_not_change_the_wait(locked: Locked) -> None:
    locked.make()
    page = locked.lock()
    for _ in range(3):
        try_it(page, "not this one")
        locked.watch.seconds += locked.patience.left
    try_it(page, "not this one")

    again = locked.lock()
    locked.watch.seconds -= 10_000

    assert locked.patience.left == 8
    assert Words.wait(8) in try_it(again, PASSPHRASE)
    assert again._clock.isActive()


def test_nothing_typed_is_not_tried(locked: Locked) -> None:
    locked.make()

    assert try_it(locked.lock(), "") == Words.missing
    assert locked.patience.left == 0


def test_this_computers_memory_opens_at_the_start_only(locked: Locked) -> None:
    locked.make(remember=True)

    locked.lock(by_memory=False)
    by_hand = len(locked.opened)
    locked.lock(by_memory=True)

    assert (by_hand, len(locked.opened)) == (0, 1)


def test_a_memory_that_was_lost_leaves_the_passphrase(locked: Locked) -> None:
    locked.make(remember=True)
    locked.drawer.kept.clear()

    page = locked.lock(by_memory=True)

    assert page.field._hint.text() == Words.not_remembered
    try_it(page, PASSPHRASE)
    assert len(locked.opened) == 1


def test_what_was_never_remembered_is_not_mentioned(locked: Locked) -> None:
    locked.make()

    page = locked.lock(by_memory=True)

    assert page.field._hint.text() == ""


def test_a_damaged_key_file_is_told_with_its_code(locked: Locked) -> None:
    folder = locked.make()
    (folder / "keys.json").unlink()

    assert "K102" in try_it(locked.lock(), PASSPHRASE)


def test_several_people_choose_who_they_are(locked: Locked) -> None:
    locked.make()
    page = locked.lock()
    QTest.keyClick(page.someone_else, Qt.Key.Key_Space)
    try_it(page, PASSPHRASE)
    ((ws, someone_else),) = locked.opened
    chosen: list[str] = []

    who = open_who(ws, lambda: chosen.append(ws.person.name))
    locked.show(who, 1366, 768)
    QTest.keyClick(who.go_on, Qt.Key.Key_Return)
    missing = who.name_field._problem.text()
    QTest.keyClicks(who.name, "Ben")
    QTest.keyClick(who.name, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is who.role
    QTest.keyClicks(who.role, "deputy")
    QTest.keyClick(who.role, Qt.Key.Key_Return)
    again = open_who(ws, lambda: chosen.append(ws.person.name))
    locked.show(again, 1366, 768)
    QTest.keyClick(again.people[1], Qt.Key.Key_Return)

    assert someone_else
    assert missing == Words.who_name_missing
    assert [button.text() for button in again.people] == ["Ben, deputy", "Ana, team"]
    assert chosen == ["Ben", "Ana"]
