"""The lock screen with the partnership's spare key: a real file, its real words, a school that lost everything."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from iowscp_desktop.app import unlocking
from iowscp_desktop.app.escrow import SpareKey
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.errors import NotEscrowed, WrongPassphrase, WrongSparePassphrase
from iowscp_desktop.text.lock import Lock as Words
from iowscp_desktop.ui.jobs import AtOnce
from iowscp_desktop.ui.lock import LockPage, Patience, Threshold, open_lock
from tests.app.conftest import PASSPHRASE, Round
from tests.app.test_escrow import AFTERWARDS
from tests.ui.acting import Chooser, press, tab_to, words_on, write_down
from tests.ui.conftest import Show

Opened = list[Workspace]


def locked(audit: Round, folder: Path, file: Path, show: Show) -> tuple[LockPage, Opened]:
    opened: Opened = []
    world = audit.setting.world
    threshold = Threshold(folder=folder, world=world, runner=AtOnce(), patience=Patience(world.clock), by_memory=False)
    page = open_lock(threshold, lambda ws, _other: opened.append(ws), choose=Chooser(file))
    show(page, 1366, 768)
    page.on_shown()
    return page, opened


def type_in(words: str) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, words)


def give_key(page: LockPage, words: str) -> None:
    """Choose the file and type the words, by keyboard alone."""
    tab_to(page, page.have_spare)
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Space)
    assert QApplication.focusWidget() is page.spare.words
    QTest.keyClicks(page.spare.words, words)
    press(Qt.Key.Key_Return)


def test_two_people_open_a_school_that_lost_everything(
    audit: Round,
    school: Path,
    spare: SpareKey,
    stick: Path,
    show: Show,
) -> None:
    page, opened = locked(audit, school, stick, show)

    give_key(page, spare.words)
    for _ in range(2):
        type_in(AFTERWARDS)
        press(Qt.Key.Key_Return)
    before = list(opened)
    write_down(page.spare.paper)

    (ws,) = opened
    lines = [(line.deed, dict(line.ids)) for line in ws.store.audit.lines()]
    ws.close()
    assert before == []
    assert ("escrow-used", {"key": spare.number}) in lines
    with pytest.raises(WrongPassphrase):
        unlocking.unlock_by_passphrase(school, PASSPHRASE, audit.setting.world)
    unlocking.unlock_by_passphrase(school, AFTERWARDS, audit.setting.world).close()


def test_wrong_words_are_told_and_slow_down_and_nothing_is_changed(
    audit: Round,
    school: Path,
    stick: Path,
    show: Show,
) -> None:
    page, opened = locked(audit, school, stick, show)

    give_key(page, "not the five words")

    assert WrongSparePassphrase.code in words_on(page)
    assert QApplication.focusWidget() is page.spare.words
    assert opened == []
    unlocking.unlock_by_passphrase(school, PASSPHRASE, audit.setting.world).close()


def test_a_spare_key_of_another_partnership_opens_nothing(
    audit: Round,
    school: Path,
    spare: SpareKey,
    stick: Path,
    show: Show,
    tmp_path: Path,
) -> None:
    ws, _response_id = audit.laptop()
    before = audit.setting.team()
    assert before.store.database.path is not None
    page, opened = locked(audit, before.store.database.path.parent, stick, show)
    before.close()
    ws.close()

    give_key(page, spare.words)

    assert NotEscrowed.code in words_on(page)
    assert opened == []


def test_what_is_missing_is_said_and_the_way_back_is_there(
    audit: Round,
    school: Path,
    stick: Path,
    show: Show,
) -> None:
    page, _opened = locked(audit, school, stick, show)
    page.have_spare.click()

    page.spare.try_key.click()
    said = words_on(page)
    page.spare.back.click()

    assert (Words.spare_file_missing in said, Words.spare_words_missing in said) == (True, True)
    assert page.phrase.isVisible()
