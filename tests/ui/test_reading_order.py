from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from iowscp_desktop.ui.shell import Shell
from iowscp_desktop.ui.theme import Icon
from iowscp_desktop.ui.widgets.buttons import Button
from iowscp_desktop.ui.widgets.fields import TextArea
from iowscp_desktop.ui.widgets.layouts import Column, Row
from iowscp_desktop.ui.widgets.surfaces import ScrollPane
from tests.ui.conftest import Show


class Page(QWidget):
    """Two fields; a button is put between them later."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.last = TextArea("First"), TextArea("Last")
        self.between = Column(gap=4)
        body = QWidget()
        body.setLayout(Column(self.first, Row(self.between), self.last))
        self.area = ScrollPane(body)
        self.setLayout(Column(self.area))


def opened(show: Show) -> tuple[Shell, Page]:
    shell, page = Shell(), Page()
    shell.add_screen("page", Icon.HOUSE, "Page", page)
    show(shell, 900, 400)
    page.first.setFocus()
    return shell, page


def tab(*, back: bool = False) -> QWidget | None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab)
    return QApplication.focusWidget()


def test_tab_stops_at_what_was_made_later_where_it_stands(show: Show) -> None:
    _shell, page = opened(show)
    late = Button("Late")
    page.between.add(late)
    QApplication.processEvents()

    walk = [tab(), tab()]

    assert walk == [late, page.last]


def test_tab_goes_round_and_back(show: Show) -> None:
    shell, page = opened(show)
    page.last.setFocus()

    walk = [tab(), tab(back=True), tab(back=True)]

    assert walk == [shell.rail.buttons[0], page.last, page.first]


def test_what_is_hidden_or_disabled_is_passed_over(show: Show) -> None:
    _shell, page = opened(show)
    hidden, disabled = Button("Hidden"), Button("Disabled")
    page.between.add(hidden)
    page.between.add(disabled)
    hidden.hide()
    disabled.setEnabled(False)

    assert tab() is page.last


def test_the_stop_is_scrolled_into_view(show: Show) -> None:
    shell, page = opened(show)
    for number in range(30):
        page.between.add(Button(f"Button {number}"))
    QApplication.processEvents()
    shell.rail.buttons[0].setFocus()

    stop = tab(back=True)

    assert stop is page.last
    assert not page.last.visibleRegion().isEmpty()
