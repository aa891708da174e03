from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from iowscp_desktop.ui.theme import Icon, KeyboardRing, Role, Scheme, Tone, apply_theme, colour
from iowscp_desktop.ui.widgets.buttons import Button
from iowscp_desktop.ui.widgets.choices import CheckBox, Combo, RadioOption
from iowscp_desktop.ui.widgets.evidence import DropTile, EvidenceCard
from iowscp_desktop.ui.widgets.layouts import Column
from iowscp_desktop.ui.widgets.rail import RailButton
from iowscp_desktop.ui.widgets.task_row import Task, TaskRow
from iowscp_desktop.ui.widgets.tiles import RatingTile
from tests.ui.conftest import Show
from tests.ui.invented import CHOICES, files
from tests.ui.test_theme import colours_of

RINGED: dict[str, Callable[[], QWidget]] = {
    "button": lambda: Button("Go on"),
    "check box": lambda: CheckBox("Read"),
    "radio": lambda: RadioOption("Yes"),
    "combo": lambda: Combo("Who", (("a", "Ana"),)),
    "tile": lambda: RatingTile(CHOICES[0], 1),
    "card": lambda: EvidenceCard(files()[0]),
    "drop tile": DropTile,
    "rail": lambda: RailButton("home", Icon.HOUSE, "Home"),
    "row": lambda: TaskRow(
        Task(key="1", number="1", title="One", segments=(), total=3, status="Not started", tone=Tone.GREY)
    ),
}
each_widget = pytest.mark.parametrize("make", RINGED.values(), ids=RINGED)


def between(show: Show, widget: QWidget) -> Button:
    """Put a widget after a button that has the focus."""
    before = Button("Before")
    body = QWidget()
    body.setLayout(Column(before, widget))
    show(body, 700)
    before.clearFocus()  # it has it already if the window gave it, and then it would not be told how it came
    before.setFocus(Qt.FocusReason.MouseFocusReason)
    return before


def ring_pixels(widget: QWidget) -> int:
    return colours_of(widget).get(colour(Role.FOCUS_HALO).name(), 0)


@each_widget
def test_the_ring_is_painted_when_focus_came_by_tab(show: Show, make: Callable[[], QWidget]) -> None:
    widget = make()
    before = between(show, widget)
    plain = ring_pixels(widget)

    QTest.keyClick(before, Qt.Key.Key_Tab)

    assert widget.hasFocus()
    assert ring_pixels(widget) > plain + 40


@each_widget
def test_the_ring_is_not_painted_after_a_click(show: Show, make: Callable[[], QWidget]) -> None:
    widget = make()
    between(show, widget)
    widget.setFocus(Qt.FocusReason.MouseFocusReason)

    assert isinstance(widget, KeyboardRing)
    assert not widget.is_ringed()


def test_focus_moved_by_the_program_is_ringed_for_people_who_use_keys(show: Show) -> None:
    second = Button("Second")
    before = between(show, second)
    after = []

    for reason in (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.TabFocusReason):
        before.clearFocus()
        before.setFocus(reason)
        second.setFocus(Qt.FocusReason.OtherFocusReason)
        after.append(second.is_ringed())

    assert after == [False, True]


def test_the_ring_shows_in_every_scheme(qapp: QApplication, show: Show) -> None:
    button = Button("Go on")
    before = between(show, button)
    QTest.keyClick(before, Qt.Key.Key_Tab)
    painted = {}

    for scheme in (Scheme.LIGHT, Scheme.DARK, Scheme.CONTRAST):
        apply_theme(qapp, scheme)
        painted[scheme] = ring_pixels(button)

    assert min(painted.values()) > 40
