"""The team's page of actions: all of them, setting one, sending a school its own."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from iowscp_desktop.text.actions import Actions as Words
from iowscp_desktop.ui.actions.parts import AROUND, NoteCard, action_table, scrolled
from iowscp_desktop.ui.actions.presenter import ActionRow, TeamActionsPresenter, Wrong
from iowscp_desktop.ui.choosing import Choose, FileRequest, Wanted
from iowscp_desktop.ui.theme import Icon, Type
from iowscp_desktop.ui.widgets.buttons import Button, Kind
from iowscp_desktop.ui.widgets.choices import Combo
from iowscp_desktop.ui.widgets.date_field import DateField
from iowscp_desktop.ui.widgets.fields import Field, LineEdit
from iowscp_desktop.ui.widgets.labels import Label
from iowscp_desktop.ui.widgets.layouts import Column, flowing
from iowscp_desktop.ui.widgets.name_watch import Look, NameWatch
from iowscp_desktop.ui.widgets.pages import EmptyState, PageTitle
from iowscp_desktop.ui.widgets.surfaces import Card, show_or_hide


class TeamActionsPage(QWidget):
    """Draws the list and a form."""

    def __init__(self, choose: Choose) -> None:
        super().__init__()
        self._choose = choose
        self._presenter: TeamActionsPresenter | None = None
        self.note, self.table = NoteCard(), action_table(with_organisation=True)
        self.send_button = Button("", icon=Icon.SEND)
        self.organisation = Combo(Words.organisation)
        self.action, self.owner = LineEdit(Words.action), LineEdit(Words.owner)
        self.due = DateField(Words.due)
        self.set_button = Button(Words.set_button, Kind.PRIMARY, icon=Icon.PLUS)
        self.watch: NameWatch | None = None
        self._organisations: tuple[tuple[str, str], ...] = ()
        self._build()

    def start(self, presenter: TeamActionsPresenter) -> None:
        """Keep the presenter and let it show what there is."""
        self._presenter = presenter
        presenter.start()

    def watch_names(self, look: Look) -> None:
        """Look over what is to be done for what seems to point at somebody. Who does it is asked for by name."""
        self.watch = NameWatch(self._fields[Wrong.ACTION][0], self.action, look)

    # --- drawing -----------------------------------------------------------------------------

    def show_organisations(self, organisations: Sequence[tuple[str, str]]) -> None:
        """Show for whom an action can be set; what is chosen stays chosen."""
        if tuple(organisations) != self._organisations:
            self._organisations = tuple(organisations)
            chosen = self.organisation.currentData()
            self.organisation.show_options(self._organisations)
            self.organisation.show_value(chosen)

    def show_actions(self, rows: Sequence[ActionRow]) -> None:
        """Show the list."""
        self.table.show_rows(rows)
        show_or_hide(self._full, shown=bool(rows))
        show_or_hide(self._empty, shown=not rows)
        self._show_at_hand()

    def show_wrong(self, wrong: Sequence[Wrong]) -> None:
        """Say what is missing, and go to the first of it."""
        for each, (field, words) in self._fields.items():
            field.show_problem(words if each in wrong else "")
        first = next((field for each, (field, _words) in self._fields.items() if each in wrong), None)
        if first is not None:
            first.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_set(self) -> None:
        """Begin afresh, with the same school."""
        self.action.show_text("")
        if self.watch is not None:
            self.watch.forget()
        self.owner.show_text("")
        self.due.show_date(None)
        self.action.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_working(self, *, working: bool) -> None:
        """Say that a file is being made, or no longer."""
        self.send_button.setEnabled(not working)
        self.note.show_words(Words.working if working else "")

    def show_note(self, words: str) -> None:
        """Say what was done."""
        self.note.show_words(words)

    # --- inside ------------------------------------------------------------------------------

    def _build(self) -> None:
        self._at_hand, self._not_known = Label("", Type.STRONG, wrap=True), Label(Words.not_known, wrap=True)
        below = QWidget()
        below.setLayout(Column(self._at_hand, flowing(self.send_button), self._not_known, margins=(14, 4, 14, 10)))
        self._full = Card(Column(self.table, below, gap=8, margins=(1, 6, 1, 6)))
        self._empty = EmptyState(Icon.FLAG, Words.none, Words.none_about)
        organisation = Field(Words.organisation, self.organisation)
        action = Field(Words.action, self.action, hint=Words.action_hint)
        owner = Field(Words.owner, self.owner, hint=Words.owner_hint)
        due = Field(Words.due, self.due, hint=Words.due_hint)
        self._fields = {
            Wrong.ORGANISATION: (organisation, Words.no_organisation),
            Wrong.ACTION: (action, Words.no_action),
            Wrong.DUE: (due, Words.no_due),
        }
        form = Card(
            Column(
                Label(Words.set_one, Type.H2, wrap=True),
                organisation,
                action,
                owner,
                due,
                flowing(self.set_button),
                gap=14,
                margins=AROUND,
            )
        )
        title = PageTitle(Words.title, Words.about)
        self.setLayout(Column(scrolled(title, self.note, self._full, self._empty, form)))
        self.table.picked.connect(self._show_at_hand)
        self.send_button.clicked.connect(self._send)
        self.set_button.clicked.connect(self._set)
        self.action.returnPressed.connect(self._set)

    def _with(self, deed: Callable[[TeamActionsPresenter], None]) -> None:
        if self._presenter is not None:
            deed(self._presenter)

    def _row(self) -> ActionRow | None:
        at_hand = self.table.current_id()
        return next((row for row in self.table.rows if row.action_id == at_hand), None)

    def _show_at_hand(self, _action_id: str = "") -> None:
        row = self._row()
        self._at_hand.setText(row.title if row else Words.pick_first)
        self.send_button.setVisible(row is not None and row.known)
        self._not_known.setVisible(row is not None and not row.known)
        if row is not None:
            self.send_button.show_words(Words.send(row.organisation))

    def _set(self) -> None:
        values = (self.organisation.currentData() or "", self.action.text(), self.owner.text(), self.due.text())
        self._with(lambda presenter: presenter.on_set(*values))

    def _send(self) -> None:
        row = self._row()
        if row is None:
            return
        holder = row.organisation_id

        def chosen(paths: tuple[Path, ...]) -> None:
            self._with(lambda presenter: presenter.on_send(holder, paths[0]))

        self._choose(FileRequest(wanted=Wanted.FOLDER, title=Words.folder), chosen)
