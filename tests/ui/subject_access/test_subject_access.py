"""Finding a person on the screen: looked for, gone through, saved or erased. Real workspaces."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from iowscp_desktop.app import subject_access
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.text.retention import Retention
from iowscp_desktop.text.subject_access import SubjectAccess as Words
from iowscp_desktop.ui.hub import Hub
from iowscp_desktop.ui.jobs import AtOnce
from iowscp_desktop.ui.subject_access import SubjectAccessPage, Ways, open_subject_access
from tests.app.conftest import Round
from tests.app.test_certificates import written
from tests.app.test_erasure import NAME, returned
from tests.app.work import answer
from tests.ui.acting import Chooser, press, tab_to, words_on
from tests.ui.conftest import Show


@pytest.fixture
def team(audit: Round, tmp_path: Path) -> Workspace:
    returned(audit, tmp_path)
    return audit.team


def opened(show: Show, ws: Workspace, *chosen: Path) -> SubjectAccessPage:
    hub: Hub[Changes] = Hub()
    ways = Ways(choose=Chooser(*chosen), show_folder=lambda _path: None, on_back=lambda: None)
    page = open_subject_access(ws, hub, AtOnce(), ways)
    show(page, 1366, 768)
    return page


def look_for(page: SubjectAccessPage, name: str) -> None:
    page.name.setFocus()
    page.name.setText(name)
    press(Qt.Key.Key_Return)
    QApplication.processEvents()


def test_what_is_found_is_listed_and_nothing_is_ticked(show: Show, team: Workspace) -> None:
    page = opened(show, team)

    look_for(page, NAME)

    assert "2 places mention them" in words_on(page)
    assert {card.words.text() for card in page.cards.values()} == {f"{NAME} said so", f"{NAME}.txt"}
    assert not any(card.include.isChecked() for card in page.cards.values())
    assert not page.save.isEnabled()
    assert not page.erase.isEnabled()


def test_without_a_name_nothing_is_looked_for(show: Show, team: Workspace) -> None:
    page = opened(show, team)

    look_for(page, "A")

    assert Words.names_missing in words_on(page)
    assert page.name.hasFocus()
    assert page.cards == {}


def test_other_ways_to_write_the_name_are_suggested_and_looked_for(show: Show, team: Workspace) -> None:
    page = opened(show, team)
    page.name.setText("Amber Marsh")
    page.suggest.click()
    assert "Marsh, Amber" in page.other.text().splitlines()

    page.search.click()

    assert len(page.cards) == 2


def test_nobody_found_says_what_was_not_read(show: Show, team: Workspace) -> None:
    page = opened(show, team)

    look_for(page, "Nobody Atall")

    assert Words.nothing in words_on(page)
    assert Words.nothing_about in words_on(page)
    assert not page.save.isVisible()


def test_what_was_ticked_is_saved_as_it_was_shortened(show: Show, team: Workspace, tmp_path: Path) -> None:
    page = opened(show, team, tmp_path / "out")
    look_for(page, NAME)
    card = next(card for card in page.cards.values() if "said so" in card.words.text())
    card.words.setPlainText(f"{NAME} […]")
    tab_to(page, card.include)
    press(Qt.Key.Key_Space)
    tab_to(page, page.save)
    press(Qt.Key.Key_Return)

    (folder,) = (tmp_path / "out").iterdir()
    words = written(folder / "what-was-found.pdf")
    assert f"{NAME} […]" in words
    assert "said so" not in words
    assert [path.name for path in folder.iterdir()] == ["what-was-found.pdf"]
    assert Words.saved_note in words_on(page)


def test_what_was_ticked_is_erased_after_a_tick_and_a_reason(show: Show, team: Workspace) -> None:
    page = opened(show, team)
    look_for(page, NAME)
    for card in page.cards.values():
        card.include.setChecked(True)
    page.erase.click()

    page.erase_now.click()
    assert Retention.not_sure in words_on(page)
    page.sure.setChecked(True)
    page.erase_now.click()
    assert Retention.reason_missing in words_on(page)
    assert len(subject_access.search(team, [NAME])) == 2
    page.reason.setPlainText("The family asked")
    page.erase_now.click()

    assert subject_access.search(team, [NAME]) == ()
    assert Words.erased in words_on(page)
    assert team.verify().wrongs == ()


def test_many_places_are_drawn_bit_by_bit_and_what_was_ticked_stays(show: Show, audit: Round) -> None:
    ws, response_id = audit.laptop()
    for number in range(45):
        answer(ws, response_id, {"heard_evidence": f"{NAME} said {number}"})
    page = opened(show, ws)
    look_for(page, NAME)
    assert (len(page.cards), page.more.isVisible()) == (20, True)
    first = next(iter(page.cards.values()))
    first.include.setChecked(True)

    page.more.click()
    page.more.click()
    QApplication.processEvents()

    assert (len(page.cards), page.more.isVisible()) == (45, False)
    assert first.include.isChecked()
    assert "1 of 45 ticked" in words_on(page)
