from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from iowscp_desktop.ui.shell import Shell
from iowscp_desktop.ui.theme import Icon, Scheme, apply_theme
from iowscp_desktop.ui.widgets.buttons import Button
from iowscp_desktop.ui.widgets.choices import Combo
from iowscp_desktop.ui.widgets.escape import leave_by_escape
from iowscp_desktop.ui.widgets.fields import LineEdit, TextArea
from iowscp_desktop.ui.widgets.layouts import Column, SideBySide
from iowscp_desktop.ui.widgets.messages import Message, Weight
from iowscp_desktop.ui.widgets.panes import Room, ThreePanes, room_for
from iowscp_desktop.ui.widgets.question_list import QuestionListView
from iowscp_desktop.ui.widgets.surfaces import PANE, Pane
from iowscp_desktop.ui.widgets.trust_bar import Saved, TrustBar
from tests.ui.conftest import Show
from tests.ui.gallery import in_shell


class Counting(QWidget):
    """A screen that counts how often it comes to the front."""

    def __init__(self) -> None:
        super().__init__()
        self.times = 0
        self.button = Button("Use me")
        self.setLayout(Column(self.button))

    def on_shown(self) -> None:
        self.times += 1


@pytest.fixture
def shell(show: Show) -> Shell:
    made = show(Shell(), 1200, 800)
    assert isinstance(made, Shell)
    for key, icon in (("home", Icon.HOUSE), ("rounds", Icon.SEND), ("merge", Icon.INBOX)):
        made.add_screen(key, icon, key.title(), Counting())
    made.add_screen("settings", Icon.SETTINGS, "Settings", Counting(), at_bottom=True)
    QApplication.processEvents()
    return made


def current_areas(shell: Shell) -> list[str]:
    return [button.key for button in shell.rail.buttons if button.is_current]


def test_the_first_screen_is_shown(shell: Shell) -> None:
    assert shell.current_screen == "home"
    assert current_areas(shell) == ["home"]


def test_the_rail_leads_to_a_screen_and_says_so(shell: Shell) -> None:
    shown: list[str] = []
    shell.screen_shown.connect(shown.append)

    QTest.mouseClick(shell.rail.buttons[2], Qt.MouseButton.LeftButton)

    assert shown == ["merge"]
    assert current_areas(shell) == ["merge"]
    assert shell.rail.buttons[2].accessibleDescription() == "Current page"
    assert shell.rail.buttons[0].accessibleDescription() == ""


def test_in_the_rail_up_and_down_go_along_and_return_leads_there_once_however_long_it_is_held(shell: Shell) -> None:
    shown: list[str] = []
    shell.screen_shown.connect(shown.append)
    home, rounds, merge, _settings = shell.rail.buttons
    home.setFocus()

    QTest.keyClick(home, Qt.Key.Key_Down)
    QTest.keyClick(rounds, Qt.Key.Key_Down)
    assert merge.hasFocus()
    QTest.keyClick(merge, Qt.Key.Key_Up)
    assert rounds.hasFocus()
    QTest.keyClick(rounds, Qt.Key.Key_Return)
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, autorep=True)
    QApplication.sendEvent(rounds, held)

    assert shown == ["rounds"]
    assert current_areas(shell) == ["rounds"]


@pytest.mark.parametrize(
    ("key", "screen"), [(Qt.Key.Key_2, "rounds"), (Qt.Key.Key_4, "settings"), (Qt.Key.Key_7, "home")]
)
def test_control_and_a_number_lead_to_an_area(shell: Shell, key: Qt.Key, screen: str) -> None:
    QTest.keyClick(shell, key, Qt.KeyboardModifier.ControlModifier)

    assert shell.current_screen == screen


def test_an_inner_screen_keeps_its_area_marked(shell: Shell) -> None:
    shell.add_inner_screen("fill", Counting())

    shell.show_screen("fill", area="home")

    assert shell.current_screen == "fill"
    assert current_areas(shell) == ["home"]


def test_a_screen_is_told_when_it_comes_to_the_front(shell: Shell) -> None:
    screen = Counting()
    shell.add_inner_screen("fill", screen)

    shell.show_screen("fill", area="home")
    shell.show_screen("home")
    shell.show_screen("fill", area="home")

    assert screen.times == 2


def test_a_replaced_screen_is_shown_in_its_place(shell: Shell) -> None:
    fresh = Counting()

    shell.add_inner_screen("home", fresh)

    assert shell.current_screen == "home"
    assert fresh.isVisible()


def focused_pane(*panes: QWidget) -> int:
    """Return which of the panes the focus is in."""
    focus = QApplication.focusWidget()
    assert focus is not None
    return next(at for at, pane in enumerate(panes) if pane.isAncestorOf(focus))


def test_f6_goes_through_the_panes(shell: Shell) -> None:
    left, right = Pane(Column(Button("Left"))), Pane(Column(Button("Right")))
    for pane in (left, right):
        pane.setProperty(PANE, "yes")
    page = QWidget()
    page.setLayout(Column(left, right))
    shell.add_inner_screen("panes", page)
    shell.show_screen("panes", area="home")
    QApplication.processEvents()
    homes = []

    for _ in range(4):
        QTest.keyClick(shell, Qt.Key.Key_F6)
        homes.append(focused_pane(shell.rail, left, right))
    QTest.keyClick(shell, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)

    assert homes == [0, 1, 2, 0]
    assert focused_pane(shell.rail, left, right) == 2


def test_escape_closes_the_newest_message_first(shell: Shell) -> None:
    told: list[bool] = []
    shell.escaped.connect(lambda: told.append(True))
    shell.banners.say(Message(weight=Weight.NOTE, words="One"))
    shell.banners.say(Message(weight=Weight.NOTE, words="Two"))
    left = []

    for _ in range(3):
        QTest.keyClick(shell, Qt.Key.Key_Escape)
        left.append([banner.message.words for banner in shell.banners.banners])

    assert left == [["One"], [], []]
    assert told == [True]


@pytest.mark.parametrize("sort", [LineEdit, TextArea, Combo, QPushButton])
def test_escape_from_any_field_leaves_what_is_nearest_and_closes_messages_elsewhere(
    shell: Shell, sort: Callable[[str], QWidget]
) -> None:
    left: list[str] = []
    page, front = QWidget(), QWidget()
    inside, outside = (sort("a") for _ in range(2))
    QVBoxLayout(front).addWidget(inside)
    column = QVBoxLayout(page)
    column.addWidget(front)
    column.addWidget(outside)
    leave_by_escape(front, lambda: left.append("front"))
    shell.add_inner_screen("inner", page)
    shell.show_screen("inner")
    shell.banners.say(Message(weight=Weight.NOTE, words="One"))

    inside.setFocus()
    QTest.keyClick(inside, Qt.Key.Key_Escape)
    kept = len(shell.banners.banners)
    outside.setFocus()
    QTest.keyClick(outside, Qt.Key.Key_Escape)

    assert (left, kept, len(shell.banners.banners)) == (["front"], 1, 0)


def test_what_lies_behind_the_lock_is_neither_drawn_nor_reached(shell: Shell) -> None:
    secret = shell.findChildren(Counting)[0].button
    lock = QLabel("Locked")

    shell.lock(lock)
    QTest.keyClick(shell, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)

    assert shell.is_locked
    assert lock.isVisible()
    assert not secret.isVisible()
    assert shell.current_screen == "home"


def test_unlocking_shows_the_same_screen_again(shell: Shell) -> None:
    shell.show_screen("merge")
    shell.lock(QLabel("Locked"))

    shell.unlock()

    assert not shell.is_locked
    assert shell.current_screen == "merge"


def test_the_window_closes_only_when_it_may(shell: Shell) -> None:
    answers = [False, True]
    shell.guard_close(lambda: answers.pop(0))

    closed = [shell.close(), shell.close()]

    assert closed == [False, True]


def test_a_file_dropped_on_the_window_is_told(shell: Shell) -> None:
    dropped: list[list[Path]] = []
    shell.files_dropped.connect(dropped.append)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/somewhere/return.iowscp")])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier

    QApplication.sendEvent(shell, QDragEnterEvent(QPoint(300, 300), copy, mime, left, none))
    QApplication.sendEvent(shell, QDropEvent(QPointF(300, 300), copy, mime, left, none))

    assert dropped == [[Path("/somewhere/return.iowscp")]]


def test_news_are_counted_in_the_areas_name(shell: Shell) -> None:
    shell.rail.show_news("rounds", 5)

    assert shell.rail.buttons[1].accessibleName() == "Rounds, 5 new"


@pytest.mark.parametrize(
    ("state", "words"),
    [(Saved.SAVED, "All changes saved on this computer"), (Saved.SAVING, "Saving…"), (Saved.FAILED, "Not saved")],
)
def test_the_status_bar_says_where_typing_has_got_to(show: Show, state: Saved, words: str) -> None:
    bar = TrustBar()
    show(bar, 1200, 34)

    bar.show_saved(state, "10:42")
    bar.show_person("Ana")

    shown = [label.text() for label in bar.findChildren(QLabel) if label.isVisible()]
    assert words in shown
    assert ("10:42" in shown) == (state is Saved.SAVED)
    assert "Offline – nothing leaves this computer until you export" in shown
    assert {"Encrypted", "Signed in as Ana"} <= set(shown)


@pytest.mark.parametrize(
    ("window", "scale", "room"),
    [
        (1440, 1.0, Room.WIDE),
        (1366, 1.0, Room.MEDIUM),
        (1024, 1.0, Room.MEDIUM),
        (900, 1.0, Room.NARROW),
        (1440, 1.5, Room.NARROW),
        (2100, 1.5, Room.WIDE),
    ],
)
def test_larger_text_needs_more_room(window: int, scale: float, room: Room) -> None:
    assert room_for(window - 88 * scale, scale) is room


class Part(QWidget):
    """A pane with something to press."""

    def __init__(self) -> None:
        super().__init__()
        self.setLayout(Column(Button("Use me")))

    @override
    def __repr__(self) -> str:
        return "part"


def test_what_has_no_room_waits_behind_a_button(qapp: QApplication, show: Show) -> None:
    questions, work, context = Part(), Part(), Part()
    panes = ThreePanes(questions, work, context)
    body = QWidget()
    body.setLayout(Column(panes.list_button, panes.context_button, panes))
    seen: list[tuple[bool, ...]] = []

    def look() -> None:
        QApplication.processEvents()
        seen.append(tuple(part.isVisible() for part in (questions, work, context)))

    show(body, 1400, 600)
    look()
    body.resize(1100, 600)
    look()
    panes.context_button.click()
    look()
    apply_theme(qapp, Scheme.LIGHT, 2.0)
    look()
    panes.list_button.click()
    look()
    panes.show_work()
    look()

    all_three, no_context, work_alone, list_alone = (
        (True,) * 3,
        (True, True, False),
        (False, True, False),
        (True, False, False),
    )
    assert seen[:3] == [all_three, no_context, all_three]
    assert seen[4:] == [list_alone, work_alone]


def test_a_window_with_three_panes_can_be_made_narrow(show: Show) -> None:
    window = show(in_shell("fill"), 1400, 800)
    panes = window.findChildren(ThreePanes)[0]

    window.resize(880, 700)
    QApplication.processEvents()

    panes.list_button.click()
    QApplication.processEvents()

    assert window.width() == 880
    assert panes.room is Room.NARROW
    assert isinstance(QApplication.focusWidget(), QuestionListView)


def test_things_stand_side_by_side_only_where_there_is_room(show: Show) -> None:
    pair = SideBySide(Part(), Part(), least=600)
    show(pair, 700, 200)
    wide = pair.is_stacked

    pair.resize(500, 300)

    assert (wide, pair.is_stacked) == (False, True)
