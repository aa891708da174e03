"""The lock screen by key, over a real locked workspace."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from typing_extensions import override

from iowscp_desktop import text
from iowscp_desktop.app import opening, unlocking
from iowscp_desktop.app.recovery import new_sheet
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.clock import Clock
from iowscp_desktop.errors import KeyringSilent
from iowscp_desktop.store.keys import Recovery
from iowscp_desktop.ui.jobs import AtOnce, JobRunner
from iowscp_desktop.ui.lock import LockPage, Patience, Threshold, open_lock, open_who
from iowscp_desktop.ui.lock.recovery_page import RecoveryPart
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

    def make(self, *, remember: bool = False, recovery: Recovery = RECOVERY) -> Path:
        new = replace(self.new, locks=opening.locks(self.world, PASSPHRASE, recovery, remember=remember))
        opening.start_team(new, "Partnership", self.world).close()
        return new.folder

    def lock(self, *, by_memory: bool = False) -> LockPage:
        threshold = Threshold(
            folder=self.new.folder, world=self.world, runner=AtOnce(), patience=self.patience, by_memory=by_memory
        )
        page = open_lock(threshold, self._took)
        self.show(page, 1366, 768)
        page.on_shown()
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


def to_the_sheet(page: LockPage) -> RecoveryPart:
    QTest.keyClick(page.have_sheet, Qt.Key.Key_Return)
    return page.recovery


def type_key(part: RecoveryPart, key: str) -> str:
    part.key.setFocus()
    part.key.selectAll()
    QTest.keyClicks(part.key, key)
    QTest.keyClick(part.key, Qt.Key.Key_Return)
    return part.key_field._problem.text()


def choose(part: RecoveryPart, new: str, again: str) -> None:
    for field, words in ((part.new, new), (part.again, again)):
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, words)
    QTest.keyClick(part.again, Qt.Key.Key_Return)


def test_the_recovery_sheet_opens_it_and_a_new_passphrase_is_chosen(locked: Locked) -> None:
    sheet = new_sheet()
    locked.make(recovery=sheet.recovery)
    page = locked.lock()
    part = to_the_sheet(page)
    asked_for = part.key_field._hint.text()

    type_key(part, sheet.printed.lower().replace("-", " "))
    choose(part, "short", "short")
    too_easy = part.new_field._problem.text(), list(locked.opened)
    choose(part, "glacier teapot marble", "glacier teapot marbel")
    differs = part.again_field._problem.text(), list(locked.opened)
    choose(part, "glacier teapot marble", "glacier teapot marble")

    assert sheet.number in asked_for
    assert too_easy == (text.FirstRun.phrase_easy, [])
    assert differs == (text.FirstRun.phrase_differs, [])
    ((ws, _),) = locked.opened
    ws.close()
    try_it(locked.lock(), "glacier teapot marble")
    assert len(locked.opened) == 2


def test_a_slip_in_the_recovery_key_is_told_before_anything_is_tried(locked: Locked) -> None:
    sheet = new_sheet()
    locked.make(recovery=sheet.recovery)
    part = to_the_sheet(locked.lock())
    slip = sheet.printed[:-1] + ("X" if sheet.printed[-1] != "X" else "Y")

    assert type_key(part, slip) == Words.sheet_slip
    assert type_key(part, sheet.printed[:20]) == Words.sheet_slip
    assert unlocking.failed_attempts(locked.new.folder) is None
    assert locked.patience.left == 0


def test_another_sheets_key_is_wrong_is_noted_and_makes_the_next_try_wait(locked: Locked) -> None:
    locked.make()
    part = to_the_sheet(locked.lock())
    other = new_sheet().printed

    said = type_key(part, other)
    too_soon = type_key(part, other)

    assert "(Code K117)" in said
    assert Words.wait(1) in said
    assert Words.wait(1) in too_soon
    failed = unlocking.failed_attempts(locked.new.folder)
    assert failed is not None
    assert failed[0] == 1


def test_one_comes_back_from_the_sheet_to_the_passphrase(locked: Locked) -> None:
    locked.make()
    page = locked.lock()
    part = to_the_sheet(page)
    QTest.keyClick(part.back, Qt.Key.Key_Return)

    assert page.phrase.isVisible()
    try_it(page, PASSPHRASE)
    assert len(locked.opened) == 1


def test_failed_attempts_outlive_the_program_and_so_does_the_wait(locked: Locked) -> None:
    folder = locked.make()
    page = locked.lock()
    for _ in range(4):
        try_it(page, "not this one")
        locked.watch.seconds += locked.patience.left

    failed = unlocking.failed_attempts(folder)
    assert failed is not None
    anew = Patience(locked.watch)
    anew.resume(*failed)
    waits = anew.left
    try_it(locked.lock(), PASSPHRASE)

    assert waits == 0
    anew.missed()
    assert anew.left == 16
    ((ws, _),) = locked.opened
    deeds = [line.deed for line in ws.store.audit.lines()]
    assert deeds[-5:] == [*["unlock-failed"] * 4, "opened"]
    assert unlocking.failed_attempts(folder) is None


def test_a_password_store_that_does_not_answer_can_be_skipped(locked: Locked, qtbot: QtBot) -> None:
    locked.make(remember=True)
    silent, runner = Silent(), JobRunner()
    threshold = Threshold(
        folder=locked.new.folder,
        world=replace(locked.world, keyring=silent),
        runner=runner,
        patience=locked.patience,
        by_memory=True,
    )
    page = open_lock(threshold, locked._took)
    locked.show(page, 1366, 768)
    page.on_shown()
    waiting = page.skip.isVisible(), page._trying.text()

    QTest.keyClick(page.skip, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not runner.is_busy)
    said = page.field._hint.text()
    try_it(page, PASSPHRASE)
    qtbot.waitUntil(lambda: bool(locked.opened))

    assert waiting == (True, Words.remembering)
    assert said == Words.not_remembered
    assert not page.skip.isVisible()
    runner.finish()


class Silent(Drawer):
    """A password store that answers nobody until somebody gives it up."""

    def __init__(self) -> None:
        super().__init__()
        self.given_up = Event()

    @override
    def load(self, name: str) -> bytes:
        assert self.given_up.wait(10)
        raise KeyringSilent(30)

    @override
    def give_up(self) -> None:
        self.given_up.set()
