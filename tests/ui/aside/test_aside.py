"""What was set aside, looked at in the real page by keyboard, with entries that really came."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from iowscp_desktop.app import quarantine
from iowscp_desktop.app.workspace import Changes
from iowscp_desktop.domain.events import KINDS, ScoreGiven
from iowscp_desktop.text.aside import Aside as Words
from iowscp_desktop.ui.aside import AsidePage, open_aside
from iowscp_desktop.ui.aside.presenter import AsidePresenter
from iowscp_desktop.ui.hub import Hub
from iowscp_desktop.ui.jobs import AtOnce
from tests.app.conftest import Round
from tests.app.test_hostile_returns import Liar
from tests.app.test_quarantine import outside
from tests.ui.acting import Recorded, WhenTold, press, words_on
from tests.ui.aside_pages import CARDS
from tests.ui.conftest import Show


@pytest.fixture
def liar(audit: Round, tmp_path: Path) -> Liar:
    return Liar(audit, tmp_path)


def opened(liar: Liar, show: Show) -> AsidePage:
    hub: Hub[Changes] = Hub()
    page = open_aside(liar.audit.team, hub, AtOnce(), on_back=lambda: None)
    show(page, 1366, 768)
    return page


def test_an_entry_says_whose_it_is_and_why_it_does_not_count(liar: Liar, show: Show) -> None:
    outside(liar)

    page = opened(liar, show)

    said = words_on(page)
    assert (Words.why["other-kind"] in said, "Test School" in said) == (True, True)
    assert ("Children are heard" in said, "Met" in said, liar.response_id in said) == (True, True, False)


def test_letting_in_needs_a_reason_and_takes_one_key_then(liar: Liar, show: Show) -> None:
    item = outside(liar)
    page = opened(liar, show)
    card = page.cards[item.key]

    card.let_in_button.setFocus()
    press(Qt.Key.Key_Space)
    assert Words.reason_missing in words_on(page)
    assert liar.audit.team.standing(ScoreGiven) == ()
    card.reason.show_text("They were asked to")
    card.let_in_button.setFocus()
    press(Qt.Key.Key_Space)

    assert len(liar.audit.team.standing(ScoreGiven)) == 1
    assert page.cards == {}
    assert Words.none in words_on(page)


def test_what_was_left_aside_says_who_left_it_and_why(liar: Liar, show: Show) -> None:
    item = outside(liar)
    page = opened(liar, show)
    card = page.cards[item.key]
    card.reason.show_text("Not theirs to say")

    card.leave_button.setFocus()
    press(Qt.Key.Key_Space)

    assert "Not theirs to say" in words_on(page)
    assert not page.cards[item.key].leave_button.isVisible()
    assert quarantine.waiting(liar.audit.team) == 0


def test_every_thing_that_has_a_word_is_something_that_can_be_written() -> None:
    assert set(Words.things) <= set(KINDS)
    assert len(Words.things) > 10


def test_whoever_writes_a_reason_goes_on_writing_when_something_else_comes(liar: Liar, show: Show) -> None:
    item = outside(liar)
    page = opened(liar, show)
    card = page.cards[item.key]
    card.reason.setFocus()
    card.reason.show_text("They were ask")
    other = replace(CARDS[0], key="other")

    page.show_cards((other, card.state), 0)

    assert page.cards[item.key] is card
    assert QApplication.focusWidget() is card.reason
    assert [each.text() for each in (page.cards["other"].reason, card.reason)] == ["", "They were ask"]


def test_what_was_set_aside_is_looked_at_away_from_the_window_and_drawn_again_only_if_it_changed(liar: Liar) -> None:
    outside(liar)
    runner, view = WhenTold(), Recorded()
    stand: Any = view
    presenter = AsidePresenter(liar.audit.team, stand, runner=runner, tell=lambda _changes: None)

    presenter.start()
    before = view.names()
    runner.finish()
    presenter.on_changed(Changes())
    runner.finish()

    assert (before, view.names()) == ([], ["show_cards"])


def test_a_long_list_comes_up_a_few_cards_at_a_time_and_whole(show: Show) -> None:
    page = AsidePage(lambda: None)
    show(page, 1366, 768)
    states = tuple(replace(CARDS[0], key=str(number)) for number in range(20))

    page.show_cards(states, 0)
    at_once = len(page.cards)
    while len(page.cards) < len(states):
        QApplication.processEvents()

    assert at_once < 10
    assert list(page.cards) == [state.key for state in states]


def test_a_file_is_called_one_and_to_try_it_again_nobody_is_asked_why(show: Show) -> None:
    page = AsidePage(lambda: None)
    show(page, 1366, 768)

    page.show_cards((CARDS[2],), 0)
    page.show_note(Words.left_note)

    said = words_on(page)
    assert (Words.file_name in said.splitlines(), Words.says in said, Words.reason_hint in said) == (True, False, False)
    assert QApplication.focusWidget() is page.cards["3"].let_in_button
