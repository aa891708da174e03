"""The question who is working now: a button for each person, and two fields for somebody new."""

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtWidgets import QWidget

from iowscp_desktop import text
from iowscp_desktop.app.workspace import Person
from iowscp_desktop.ui.lock.who import WhoPresenter
from iowscp_desktop.ui.notify import announce
from iowscp_desktop.ui.theme import Icon, Type
from iowscp_desktop.ui.widgets.buttons import Button, Kind
from iowscp_desktop.ui.widgets.centred import Centred
from iowscp_desktop.ui.widgets.fields import Field, LineEdit
from iowscp_desktop.ui.widgets.labels import Initials, Label
from iowscp_desktop.ui.widgets.layouts import Column, Row
from iowscp_desktop.ui.widgets.pages import PageTitle
from iowscp_desktop.ui.widgets.surfaces import PANE, Card

Words = text.Lock
_WIDTH = 620


class WhoPage(QWidget):
    """Draws the people of this workspace."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty(PANE, "yes")
        self.setWindowTitle(Words.who_title)
        self.name, self.role = LineEdit(Words.who_name), LineEdit(Words.who_role)
        self.name_field = Field(Words.who_name, self.name)
        self.role_field = Field(Words.who_role, self.role, hint=Words.who_role_hint)
        self.go_on = Button(Words.who_go_on, Kind.PRIMARY, trailing=Icon.ARROW_RIGHT)
        self.people: tuple[Button, ...] = ()
        self._known = Column(gap=10)
        known = Card(Column(Label(Words.who_here_before, Type.H2), self._known, gap=12, margins=(24, 18, 24, 20)))
        new = Card(
            Column(
                Label(Words.who_else, Type.H2),
                self.name_field,
                self.role_field,
                Row(self.go_on, None),
                gap=12,
                margins=(24, 18, 24, 20),
            )
        )
        column = Column(PageTitle(Words.who_title, Words.who_about), 4, known, new, None, gap=14)
        whole = Column(gap=0)
        whole.add(Centred(column, width=_WIDTH), 1)
        self.setLayout(whole)

    def start(self, presenter: WhoPresenter) -> None:
        """Take the presenter and begin."""
        self._presenter = presenter
        self.go_on.clicked.connect(self._on_someone_else)
        self.name.returnPressed.connect(self.role.setFocus)
        self.role.returnPressed.connect(self._on_someone_else)
        presenter.start()

    def show_people(self, people: Sequence[Person]) -> None:
        """Show who has worked here."""
        buttons: list[Button] = []
        for person in people:
            button = Button(Words.person(person.name, person.role))
            button.clicked.connect(partial(self._on_person, person))
            self._known.add(Row(Initials(person.name), button, None, gap=12))
            buttons.append(button)
        self.people = tuple(buttons)
        for before, after in pairwise((*buttons, self.name, self.role, self.go_on)):
            QWidget.setTabOrder(before, after)

    def on_shown(self) -> None:
        """It came to the front."""
        (self.people[0] if self.people else self.name).setFocus()

    def show_missing(self, *, name: bool, role: bool) -> None:
        """Mark what is still to be written."""
        self.name_field.show_problem(Words.who_name_missing if name else "")
        self.role_field.show_problem(Words.who_role_missing if role else "")
        (self.name if name else self.role).setFocus()
        announce(self, Words.who_name_missing if name else Words.who_role_missing)

    def _on_person(self, person: Person) -> None:
        self._presenter.on_person(person)

    def _on_someone_else(self) -> None:
        self._presenter.on_someone_else(self.name.text(), self.role.text())
