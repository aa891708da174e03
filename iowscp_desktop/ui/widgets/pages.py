"""The top of a screen: where one is, what it is called, and an empty screen's one next step."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from iowscp_desktop import text
from iowscp_desktop.ui.theme import Icon, Role, Type, px
from iowscp_desktop.ui.widgets.buttons import Button, Kind
from iowscp_desktop.ui.widgets.labels import Label, Picture
from iowscp_desktop.ui.widgets.layouts import Column, Row, SideBySide, flowing
from iowscp_desktop.ui.widgets.surfaces import Pane, show_or_hide


@dataclass(frozen=True, slots=True)
class Crumb:
    """One place on the way here. The last one is here and leads nowhere."""

    key: str
    words: str


class TopBar(Pane):
    """The strip above a screen: breadcrumb at the left, what one can do at the right."""

    followed = Signal(str)

    def __init__(self, crumbs: Sequence[Crumb], *actions: QWidget) -> None:
        super().__init__(back=Role.SURFACE, edges="b")
        self._way = Row(gap=4)
        self._way_widget = QWidget()
        self._way_widget.setLayout(self._way)
        self._way_widget.setAccessibleName(text.Widgets.breadcrumb)
        way_and_actions = SideBySide(self._way_widget, flowing(*actions), least=820, stretches=(1,), gap=10)
        self.setLayout(Row(way_and_actions, gap=0, margins=(24, 6, 24, 6)))
        self.show_crumbs(crumbs)
        self.rethemed()

    def show_crumbs(self, crumbs: Sequence[Crumb]) -> None:
        """Show another way here."""
        while (item := self._way.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        for crumb in crumbs[:-1]:
            link = Button(crumb.words, Kind.QUIET, small=True)
            link.clicked.connect(lambda _checked=False, key=crumb.key: self.followed.emit(key))
            self._way.add(link)
            self._way.add(Picture(Icon.CHEVRON_RIGHT, Role.INK_3, 16))
        if crumbs:
            self._way.add(Label(crumbs[-1].words, Type.STRONG, wrap=True), 1)

    def rethemed(self) -> None:
        """Take on the text size in force."""
        self.setMinimumHeight(px(58))


class PageTitle(QWidget):
    """The name of a screen, a line about it, and its buttons."""

    def __init__(self, title: str, about: str = "", *actions: QWidget) -> None:
        super().__init__()
        self.title = Label(title, Type.H1, wrap=True)
        self._about = Label(about, Type.LEAD, wrap=True)
        words = QWidget()
        words.setLayout(Column(self.title, self._about, gap=4))
        self.setLayout(Row(SideBySide(words, flowing(*actions), least=760, stretches=(1,), gap=10), gap=0))
        self.show_title(title, about)

    def show_title(self, title: str, about: str) -> None:
        """Say something else."""
        self.title.setText(title)
        self._about.setText(about)
        self._about.setVisible(bool(about))


class ActionBar(Pane):
    """The strip that stays below a screen: going back at the left, going on at the right."""

    def __init__(self, left: Sequence[QWidget], right: Sequence[QWidget]) -> None:
        super().__init__(back=Role.SURFACE, edges="t")
        row = Row(gap=10, margins=(36, 12, 24, 12))
        row.add(flowing(*left))
        row.add(None)
        row.add(flowing(*right))
        self.setLayout(row)


class EmptyState(QWidget):
    """What a screen says while there is nothing on it: an icon, a line, at most one button."""

    pressed = Signal()

    def __init__(self, icon: Icon, title: str, about: str = "", *, button: str = "") -> None:
        super().__init__()
        centre = Qt.AlignmentFlag.AlignHCenter
        heading, line = Label(title, Type.H2, wrap=True), Label(about, Type.MUTED, wrap=True)
        picture = Picture(icon, Role.PRIMARY_TEXT, 40)
        column = Column(None, picture, heading, line, gap=10, margins=(24, 32, 24, 32))
        column.setAlignment(picture, centre)
        for words in (heading, line):
            words.setAlignment(centre)
        show_or_hide(line, shown=bool(about))
        if button:
            self.button = Button(button, Kind.PRIMARY)
            self.button.clicked.connect(self.pressed)
            column.add(6)
            column.add(self.button)
            column.setAlignment(self.button, centre)
        column.add(None)
        self.setLayout(column)
