"""Records on the screen: reviewed before they are erased, kept with a reason, and the certificate. Real workspaces."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from iowscp_desktop.app import backups, erasure, retention
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.erasure import Why
from iowscp_desktop.domain.events import EvidenceAttached
from iowscp_desktop.domain.ids import ResponseId, response_space
from iowscp_desktop.domain.retention import NEVER, RecordKind
from iowscp_desktop.text.retention import Retention as Words
from iowscp_desktop.ui.hub import Hub
from iowscp_desktop.ui.jobs import AtOnce
from iowscp_desktop.ui.retention import RetentionPage, RetentionPresenter, Ways, open_retention
from tests.app.conftest import Round
from tests.app.test_erasure import NAME, returned
from tests.app.work import take_in
from tests.ui.acting import Chooser, Recorded, WhenTold, press, tab_to, words_on
from tests.ui.conftest import Show


@pytest.fixture
def team(audit: Round, tmp_path: Path) -> tuple[Workspace, ResponseId]:
    """A team whose files are past their time: two years and a day after the audit was due."""
    _ws, response_id, _path = returned(audit, tmp_path)
    later = datetime(2028, 12, 19, 9, 0, tzinfo=UTC)
    audit.team.world = replace(audit.team.world, clock=lambda: later)
    return audit.team, response_id


@dataclass
class Desk:
    """A presenter with a view that writes down what it shows."""

    ws: Workspace
    view: Any = field(default_factory=Recorded)

    def __post_init__(self) -> None:
        self.presenter = RetentionPresenter(self.ws, self.view, runner=AtOnce(), tell=self._tell)
        self.presenter.start()

    def _tell(self, changes: Changes) -> None:
        self.presenter.on_changed(changes)

    @property
    def records(self) -> Any:
        return self.view.last("show_records")


def test_what_is_past_its_time_is_listed_with_the_reason(team: tuple[Workspace, ResponseId]) -> None:
    (line,) = Desk(team[0]).records.due

    assert line.title.startswith("Attached files · ")
    assert "Test School" in line.title
    assert line.about == "Kept for 2 years after 18 December 2026; its time was over on 18 December 2028."
    assert line.note == "1 entry, 1 file, 26 bytes"
    assert NAME not in str(line)


def test_it_is_reviewed_erased_and_then_listed_as_erased(team: tuple[Workspace, ResponseId]) -> None:
    ws, _ = team
    desk = Desk(ws)
    (line,) = desk.records.due

    desk.presenter.on_review(line.key)
    review = desk.view.last("show_review")
    assert dict(review.facts)[Words.holds] == "Attached files, with their names: 1"
    desk.presenter.on_erase(line.key, Why.DUE, "Two years have passed")

    assert ws.standing(EvidenceAttached) == ()
    assert desk.records.due == ()
    (erased,) = desk.records.erased
    assert "Ana Team" in erased.about
    assert desk.view.last("show_done") == Words.erased


def test_without_a_reason_nothing_is_erased_or_kept(team: tuple[Workspace, ResponseId]) -> None:
    ws, _ = team
    desk = Desk(ws)
    (line,) = desk.records.due

    desk.presenter.on_erase(line.key, Why.DUE, "  ")
    desk.presenter.on_keep(line.key, 12, "")

    assert desk.view.names().count("show_reason_missing") == 2
    assert len(ws.standing(EvidenceAttached)) == 1
    assert retention.kept_longer(ws) == {}


def test_what_is_kept_longer_is_not_listed(team: tuple[Workspace, ResponseId]) -> None:
    desk = Desk(team[0])
    (line,) = desk.records.due

    desk.presenter.on_keep(line.key, 12, "An open review")

    assert desk.records.due == ()
    assert desk.view.last("show_done") == Words.kept


def test_another_period_takes_effect_at_once(team: tuple[Workspace, ResponseId]) -> None:
    desk = Desk(team[0])

    desk.presenter.on_period(RecordKind.EVIDENCE, NEVER)

    assert desk.records.due == ()
    assert dict(desk.records.periods)[RecordKind.EVIDENCE] == NEVER


def test_what_a_school_asks_for_is_listed_and_done_only_when_decided(audit: Round, tmp_path: Path) -> None:
    ws, response_id, _path = returned(audit, tmp_path)
    space = response_space(response_id)
    erasure.erase(ws, erasure.plan(ws, space, erasure.Part.FILES), Why.ASKED, "The family asked")
    take_in(audit, response_id, ws)
    desk = Desk(audit.team)

    (asked,) = desk.records.asked
    assert "Ben Lead" in asked.about
    desk.presenter.on_review(asked.key)
    assert not desk.view.last("show_review").can_keep
    desk.presenter.on_erase(asked.key, Why.ASKED, "The school told us")

    assert desk.records.asked == ()
    assert audit.team.standing(EvidenceAttached) == ()


def test_backups_that_still_hold_it_are_told_of_and_deleted(team: tuple[Workspace, ResponseId]) -> None:
    ws, _ = team
    backups.back_up(ws)
    desk = Desk(ws)
    (line,) = desk.records.due
    desk.presenter.on_erase(line.key, Why.DUE, "Two years have passed")
    (erased,) = desk.records.erased
    assert erased.backups == 1
    later = datetime(2028, 12, 19, 10, 0, tzinfo=UTC)
    ws.world = replace(ws.world, clock=lambda: later)

    desk.presenter.on_drop_backups(erased.key)

    assert [each.backups for each in desk.records.erased] == [0]
    assert len(backups.shelves(ws).here) == 1


# --- the page ------------------------------------------------------------------------------------


def opened(show: Show, ws: Workspace, *chosen: Path) -> RetentionPage:
    ways = Ways(
        choose=Chooser(*chosen), show_folder=lambda _path: None, on_find_person=lambda: None, on_back=lambda: None
    )
    page = open_retention(ws, Hub(), AtOnce(), ways)
    show(page, 1366, 768)
    return page


def test_erasing_by_keyboard_alone_asks_for_a_tick_and_a_reason(show: Show, team: tuple[Workspace, ResponseId]) -> None:
    ws, _ = team
    page = opened(show, ws)
    (button,) = page.review_buttons.values()
    tab_to(page, button)
    press(Qt.Key.Key_Return)

    tab_to(page, page.review.erase)
    press(Qt.Key.Key_Return)
    assert Words.not_sure in words_on(page)
    press(Qt.Key.Key_Space)
    tab_to(page, page.review.erase)
    press(Qt.Key.Key_Return)
    assert Words.reason_missing in words_on(page)
    page.review.reason.insertPlainText("Two years have passed")
    tab_to(page, page.review.erase)
    press(Qt.Key.Key_Return)

    QApplication.processEvents()
    assert ws.standing(EvidenceAttached) == ()
    assert Words.erased in words_on(page)
    assert Words.due_none in words_on(page)


def test_putting_it_off_changes_nothing(show: Show, team: tuple[Workspace, ResponseId]) -> None:
    ws, _ = team
    page = opened(show, ws)
    (button,) = page.review_buttons.values()
    button.click()

    page.review.cancel.click()

    assert len(ws.standing(EvidenceAttached)) == 1
    assert page.find_person.hasFocus()


def test_the_certificate_is_saved_where_somebody_says(
    show: Show, team: tuple[Workspace, ResponseId], tmp_path: Path
) -> None:
    ws, response_id = team
    erasure.erase(ws, erasure.plan(ws, response_space(response_id)), Why.DUE, "Over")
    page = opened(show, ws, tmp_path / "proof")
    (button,) = page.certificate_buttons.values()

    button.click()

    assert (tmp_path / "proof.pdf").read_bytes().startswith(b"%PDF")
    assert "proof.pdf" in words_on(page)


def test_while_it_is_being_erased_nothing_can_be_pressed_twice(show: Show, team: tuple[Workspace, ResponseId]) -> None:
    ws, _ = team
    page = opened(show, ws)
    (button,) = page.review_buttons.values()
    button.click()
    presenter = page._presenter
    assert presenter is not None
    runner = WhenTold()
    presenter._runner = runner
    page.review.sure.setChecked(True)
    page.review.reason.insertPlainText("Over")

    page.review.erase.click()

    assert not page.review.erase.isEnabled()
    assert Words.erasing in words_on(page)
    presenter._runner = AtOnce()
    runner.finish()
    assert ws.standing(EvidenceAttached) == ()
