"""Files in: looked at, taken in, refused. Real files between real workspaces."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication

from iowscp_desktop import text
from iowscp_desktop.app import matters, opening, panel, responses
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.events import AnswerRecorded, ReceiptIssued
from iowscp_desktop.domain.ids import ResponseId
from iowscp_desktop.ui.hub import Hub
from iowscp_desktop.ui.jobs import AtOnce, Runner
from iowscp_desktop.ui.merge import MergePage, MergePresenter, open_merge
from iowscp_desktop.ui.merge.presenter import Outcome
from tests.app.conftest import PASSPHRASE, Round
from tests.app.work import answer, panel_member, receipt_numbers, take_in
from tests.ui.acting import Chooser, Recorded, WhenTold, press, tab_to, words_on
from tests.ui.conftest import Show


@dataclass
class Desk:
    """A presenter with a view that writes down what it shows."""

    audit: Round
    runner: Runner = field(default_factory=AtOnce)
    view: Any = field(default_factory=Recorded)
    told: list[Changes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.presenter = MergePresenter(self.audit.team, self.view, runner=self.runner, tell=self._tell)
        self.presenter.start()

    def _tell(self, changes: Changes) -> None:
        self.told.append(changes)
        self.presenter.on_changed(changes)


def answers(audit: Round) -> set[tuple[str, str | None]]:
    return {(held.event.question_id, held.event.value) for held in audit.team.standing(AnswerRecorded)}


@pytest.fixture
def stick(audit: Round) -> tuple[Path, ...]:
    """A stick with two returns of one school that answer one question differently."""
    (one, response_id), (two, _) = audit.laptop("Ben Lead"), audit.laptop("Cat Deputy", "deputy")
    answer(one, response_id, {"heard": "met"})
    answer(two, response_id, {"heard": "not", "adult": "met"})
    folder = audit.setting.folder / "stick"
    folder.mkdir()
    return tuple(responses.send_return(ws, response_id, folder) for ws in (one, two))


def test_looking_shows_who_and_what_and_writes_nothing(audit: Round, stick: tuple[Path, ...]) -> None:
    desk = Desk(audit)

    desk.presenter.on_files(stick)

    preview = desk.view.last("show_preview")
    assert [(line.file, line.sender, line.type, line.outcome) for line in preview.lines] == [
        (path.name, "Test School", "Return", Outcome.WILL_COME) for path in stick
    ]
    assert [line.new for line in preview.lines] == [2, 3]  # the answers, and who writes
    assert (preview.to_take, preview.senders, preview.alarms, preview.refusals) == (2, 1, (), ())
    assert answers(audit) == set()
    assert audit.team.standing(ReceiptIssued) == ()
    assert desk.told == []


def test_a_folder_brings_every_bundle_in_it(audit: Round, stick: tuple[Path, ...]) -> None:
    desk = Desk(audit)

    desk.presenter.on_files([stick[0].parent])

    assert {line.file for line in desk.view.last("show_preview").lines} == {path.name for path in stick}


def test_an_empty_folder_is_said(audit: Round, tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    desk = Desk(audit)

    desk.presenter.on_files([folder])

    assert desk.view.calls[-1] == ("show_start", (text.Merge.folder_empty,))


def test_merging_takes_all_in_and_issues_receipts(audit: Round, stick: tuple[Path, ...]) -> None:
    desk = Desk(audit)
    desk.presenter.on_files(stick)

    desk.presenter.on_merge()

    done = desk.view.last("show_done")
    assert [line.outcome for line in done.lines] == [Outcome.TAKEN, Outcome.TAKEN]
    assert [each.organisation for each in done.receipts] == ["Test School", "Test School"]
    assert {each.number for each in done.receipts} == set(receipt_numbers(audit.team))
    assert (done.taken, done.to_decide, done.stopped) == (2, 1, False)
    assert answers(audit) == {("heard", "met"), ("heard", "not"), ("adult", "met")}
    assert len(desk.told) == 1


def test_a_file_that_was_taken_in_brings_nothing_again(audit: Round, stick: tuple[Path, ...]) -> None:
    desk = Desk(audit)
    for _ in range(2):
        desk.presenter.on_files(stick)
        desk.presenter.on_merge()

    preview = desk.view.last("show_preview")
    assert [line.outcome for line in preview.lines] == [Outcome.BEFORE, Outcome.BEFORE]
    assert preview.to_take == 0
    assert desk.view.names().count("show_done") == 1


def test_a_damaged_file_is_refused_with_its_remedy_and_the_other_is_taken(
    audit: Round, stick: tuple[Path, ...]
) -> None:
    whole = stick[0].read_bytes()
    stick[0].write_bytes(whole[: len(whole) // 2])
    desk = Desk(audit)

    desk.presenter.on_files(stick)
    desk.presenter.on_merge()

    preview, done = desk.view.last("show_preview"), desk.view.last("show_done")
    assert [line.outcome for line in preview.lines] == [Outcome.REFUSED, Outcome.WILL_COME]
    assert preview.lines[0].sender == text.Merge.unknown
    (refusal,) = preview.refusals
    assert refusal.code.startswith("B1")
    assert stick[0].name in refusal.words
    assert refusal.remedy
    assert [line.outcome for line in done.lines] == [Outcome.REFUSED, Outcome.TAKEN]
    assert answers(audit) == {("heard", "not"), ("adult", "met")}


def test_a_stop_leaves_the_files_after_it_alone(audit: Round, stick: tuple[Path, ...]) -> None:
    runner = WhenTold()
    desk = Desk(audit, runner=runner)
    desk.presenter.on_files(stick)
    runner.finish()

    desk.view.show_progress = lambda _done, _total: desk.presenter.on_cancel()
    desk.presenter.on_merge()
    runner.finish()

    done = desk.view.last("show_done")
    assert [line.outcome for line in done.lines] == [Outcome.TAKEN, Outcome.LEFT]
    assert (done.stopped, done.taken) == (True, 1)
    assert answers(audit) == {("heard", "met")}
    assert audit.team.verify().wrongs == ()


def test_looking_can_be_given_up(audit: Round, stick: tuple[Path, ...]) -> None:
    runner = WhenTold()
    desk = Desk(audit, runner=runner)
    desk.presenter.on_files(stick)

    desk.presenter.on_cancel()
    runner.finish()

    assert desk.view.names()[-1] == "show_start"
    assert "show_preview" not in desk.view.names()


def test_stopping_before_the_first_file_leads_back_to_the_preview(audit: Round, stick: tuple[Path, ...]) -> None:
    runner = WhenTold()
    desk = Desk(audit, runner=runner)
    desk.presenter.on_files(stick)
    runner.finish()
    desk.presenter.on_merge()

    desk.presenter.on_cancel()
    runner.finish()

    assert desk.view.names()[-1] == "show_preview"
    assert answers(audit) == set()


def test_while_one_thing_runs_nothing_else_begins(audit: Round, stick: tuple[Path, ...]) -> None:
    runner = WhenTold()
    desk = Desk(audit, runner=runner)
    desk.presenter.on_files(stick[:1])

    desk.presenter.on_files(stick[1:])
    runner.finish()

    assert [line.file for line in desk.view.last("show_preview").lines] == [stick[0].name]


@pytest.fixture
def forked(audit: Round) -> tuple[ResponseId, Path]:
    """A return from a copy of a workspace whose first copy has sent something else."""
    first, response_id = audit.laptop()
    answer(first, response_id, {"adult": "met"})
    assert first.store.database.path is not None
    folder = first.store.database.path.parent
    first.close()
    shutil.copytree(folder, folder.with_name("copy"))
    copies: list[Workspace] = []
    for place, value in ((folder, "met"), (folder.with_name("copy"), "not")):
        ws = opening.unlock_by_passphrase(place, PASSPHRASE, audit.setting.world)
        audit.setting.opened.append(ws)
        answer(ws, response_id, {"heard": value})
        copies.append(ws)
    take_in(audit, response_id, copies[0])
    return response_id, responses.send_return(copies[1], response_id, audit.setting.folder)


def test_two_histories_of_one_laptop_raise_the_alarm(audit: Round, forked: tuple[ResponseId, Path]) -> None:
    desk = Desk(audit)

    desk.presenter.on_files([forked[1]])
    preview = desk.view.last("show_preview")
    desk.presenter.on_merge()

    (line,) = preview.lines
    (alarm,) = preview.alarms
    assert line.outcome is Outcome.ALARM
    assert "Test School" in alarm.words
    assert alarm.remedy == text.Merge.forked_remedy
    assert [each.outcome for each in desk.view.last("show_done").lines] == [Outcome.ALARM]
    assert answers(audit) == {("adult", "met"), ("heard", "met")}  # what the team had stays


def test_scores_are_taken_in_like_returns(audit: Round) -> None:

    school, response_id = audit.laptop()
    answer(school, response_id, {"heard": "met"})
    take_in(audit, response_id, school)
    member = panel_member(audit, "Dev Anand", response_id)
    member.score(response_id, {"heard": "partly"})
    desk = Desk(audit)

    desk.presenter.on_files([panel.send_scores(member.ws, audit.setting.folder)])
    desk.presenter.on_merge()

    (line,) = desk.view.last("show_preview").lines
    assert (line.sender, line.type) == ("Dev Anand", "Scores")
    assert desk.view.last("show_done").receipts == ()


# --- the page ------------------------------------------------------------------------------------


@dataclass
class Room:
    """The page, as the window holds it."""

    page: MergePage
    hub: Hub[Changes]
    went: list[str]


def opened(show: Show, audit: Round, chooser: Chooser) -> Room:
    went: list[str] = []
    hub: Hub[Changes] = Hub()
    page = open_merge(
        audit.team,
        hub,
        AtOnce(),
        chooser,
        on_decide=lambda: went.append("decide"),
        on_aside=lambda: went.append("aside"),
    )
    show(page, 1366, 768)
    return Room(page, hub, went)


def test_files_are_chosen_taken_in_and_decided_by_keyboard_alone(
    show: Show, audit: Round, stick: tuple[Path, ...]
) -> None:
    room = opened(show, audit, Chooser(*stick))
    page = room.page

    tab_to(page, page.drop.files_button)
    press(Qt.Key.Key_Space)
    looked = words_on(page)
    assert QApplication.focusWidget() is page.merge_button
    press(Qt.Key.Key_Space)
    assert QApplication.focusWidget() is page.decide_button
    press(Qt.Key.Key_Space)

    assert text.Merge.preview_title in looked
    assert f"{receipt_numbers(audit.team)[0]}  Test School" in words_on(page)
    assert room.went == ["decide"]
    assert answers(audit) == {("heard", "met"), ("heard", "not"), ("adult", "met")}


def test_files_can_be_dropped_on_the_page(show: Show, audit: Round, stick: tuple[Path, ...]) -> None:
    room = opened(show, audit, Chooser())
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in stick])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )

    room.page.drop.dropEvent(event)

    assert len(room.page.table.rows) == 2


def test_what_was_decided_meanwhile_is_counted_again(show: Show, audit: Round, stick: tuple[Path, ...]) -> None:

    room = opened(show, audit, Chooser(*stick))
    room.page.drop.files_button.click()
    room.page.merge_button.click()
    shown_before = room.page.decide_button.isVisible()

    (matter,) = matters.open_matters(audit.team)
    room.hub.tell(matters.decide(audit.team, matter, matter.sides[0].values))

    assert shown_before
    assert not room.page.decide_button.isVisible()


def test_a_refusal_says_why_with_its_code(show: Show, audit: Round, tmp_path: Path) -> None:
    stranger = tmp_path / "letter.iowbundle"
    stranger.write_bytes(b"Dear team")
    room = opened(show, audit, Chooser(stranger))

    room.page.drop.files_button.click()

    said = words_on(room.page)
    assert "letter.iowbundle" in said
    assert text.Notices.code("B105") in said
    assert not room.page.merge_button.isVisible()
    assert QApplication.focusWidget() is room.page.back_button


def test_more_files_can_follow(show: Show, audit: Round, stick: tuple[Path, ...]) -> None:
    room = opened(show, audit, Chooser(*stick))
    room.page.drop.files_button.click()
    room.page.merge_button.click()

    room.page.back_button.click()

    assert room.page.drop.isVisible()
    assert QApplication.focusWidget() is room.page.drop.files_button
