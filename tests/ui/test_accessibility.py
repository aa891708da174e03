from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QScrollArea, QWidget
from typing_extensions import override

from iowscp_desktop.ui.shell import Shell
from iowscp_desktop.ui.theme import Scheme, apply_theme, px
from tests.ui.conftest import Show
from tests.ui.gallery import PAGES, in_shell

_ROLE = QAccessible.Role
INTERACTIVE = {
    _ROLE.Button, _ROLE.RadioButton, _ROLE.CheckBox, _ROLE.EditableText, _ROLE.ComboBox, _ROLE.PageTab, _ROLE.Table,
    _ROLE.List, _ROLE.ListItem, _ROLE.ProgressBar,
}  # fmt: skip
each_page = pytest.mark.parametrize("name", PAGES)


def everything(start: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    yield start
    for place in range(start.childCount()):
        child = start.child(place)
        if child.isValid():
            yield from everything(child)


def shown(show: Show, name: str, width: int = 1366, height: int = 768) -> Shell:
    window = show(in_shell(name), width, height)
    assert isinstance(window, Shell)
    return window


def stops(window: QWidget) -> list[QWidget]:
    """Go through a window by Tab until it comes round; a widget that keeps the focus ends the walk."""
    QTest.keyClick(window, Qt.Key.Key_Tab)
    found: list[QWidget] = []
    focus = QApplication.focusWidget()
    while focus is not None and focus not in found and len(found) < 200:
        found.append(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
    assert found
    assert focus is found[0], f"Tab does not come round: stuck at {focus}"
    return found


@each_page
def test_everything_that_can_be_used_has_a_name(show: Show, name: str) -> None:
    window = shown(show, name)

    nameless = [
        (item.role().name, type(item.object()).__name__)
        for item in everything(QAccessible.queryAccessibleInterface(window))
        if item.role() in INTERACTIVE
        and not item.state().invisible
        and not item.text(QAccessible.Text.Name).strip()
        and not isinstance(item.object(), QComboBox)  # its name is its value until it has one; the label is its buddy
    ]

    assert nameless == []


@each_page
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_everything_to_press_is_at_least_32_pixels_high_and_wide(
    qapp: QApplication, show: Show, name: str, scale: float
) -> None:
    apply_theme(qapp, Scheme.LIGHT, scale)
    window = shown(show, name)

    targets = [
        w for kind in (QAbstractButton, QComboBox, QLineEdit) for w in window.findChildren(kind) if w.isVisible()
    ]
    small = [(type(w).__name__, w.width(), w.height()) for w in targets if min(w.width(), w.height()) < px(32)]

    assert targets
    assert small == []


@each_page
def test_tab_reaches_everything_once_and_comes_round(show: Show, name: str) -> None:
    window = shown(show, name)

    reached = stops(window)

    wanted = {
        w
        for kind in (QAbstractButton, QComboBox, QLineEdit)
        for w in window.findChildren(kind)
        if w.isVisible() and w.isEnabled() and w.focusPolicy() & Qt.FocusPolicy.TabFocus
    }
    missed = {w for w in wanted - set(reached) if not (w.inherits("QRadioButton") and _has_reached_sibling(w, reached))}
    assert [type(w).__name__ for w in missed] == []


def _has_reached_sibling(button: QWidget, reached: list[QWidget]) -> bool:
    """Radio buttons of one group are one stop; arrows go through them."""
    return any(other.inherits("QRadioButton") and other.parent() is button.parent() for other in reached)


@each_page
def test_tab_goes_from_left_to_right_and_down(show: Show, name: str) -> None:
    window = shown(show, name, 1440, 2400)

    walk = stops(window)
    start = next(at for at, w in enumerate(walk) if window.rail.isAncestorOf(w))  # a screen may have taken the focus
    body = [w for w in (*walk[start:], *walk[:start]) if not window.rail.isAncestorOf(w)]

    areas = [next(a for a in (w.parentWidget(), w) if a is not None) for w in body]
    for area in {id(a): a for a in areas}.values():
        inside = [w for w in body if w.parentWidget() is area]
        places = [w.mapTo(window, w.rect().topLeft()) for w in inside]
        backwards = [
            (type(after).__name__, type(inside[at]).__name__)
            for at, after in enumerate(inside[1:])
            if places[at + 1].y() + after.height() <= places[at].y()
        ]
        assert backwards == []


@each_page
@pytest.mark.parametrize(("width", "scale"), [(1366, 1.0), (1024, 1.0), (1366, 1.5), (1366, 2.0)])
def test_nothing_is_cut_off_at_the_side(qapp: QApplication, show: Show, name: str, width: int, scale: float) -> None:
    apply_theme(qapp, Scheme.LIGHT, scale)
    window = shown(show, name, width, 768)

    overflow = [
        (type(body).__name__, body.width() - area.viewport().width())
        for area in window.findChildren(QScrollArea)
        if (body := area.widget()) is not None and area.isVisible() and body.width() > area.viewport().width()
    ]

    assert window.width() == width
    if name != "parts":  # two columns on purpose: no screen is laid out like that
        assert overflow == []


class WindowsOpened(QObject):
    """Writes down every widget that becomes a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.names.append(type(watched).__name__)
        return False


@each_page
def test_building_a_page_opens_no_window(qapp: QApplication, show: Show, name: str) -> None:
    opened = WindowsOpened()
    qapp.installEventFilter(opened)

    window = in_shell(name)
    qapp.removeEventFilter(opened)

    assert opened.names == []
    show(window)


def test_a_field_is_read_with_its_label(show: Show) -> None:
    window = shown(show, "fill")

    combos = [combo for combo in window.findChildren(QComboBox) if combo.isVisibleTo(window)]

    labels = {label.buddy(): label.text() for label in window.findChildren(type(window.trust._person))}
    assert [labels.get(combo) for combo in combos] == ["Who"]
