"""A school's page of actions: what it agreed to do, how far it is, and the file that says so."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from iowscp_desktop.domain.ids import ActionId
from iowscp_desktop.text.actions import Actions as Words
from iowscp_desktop.ui.actions.parts import AROUND, NoteCard, action_table, scrolled
from iowscp_desktop.ui.actions.presenter import ActionRow, OwnActionsPresenter, Wrong
from iowscp_desktop.ui.choosing import Choose, FileRequest, Wanted
from iowscp_desktop.ui.theme import Icon, Type
from iowscp_desktop.ui.widgets.buttons import Button, Kind
from iowscp_desktop.ui.widgets.fields import Field, TextArea
from iowscp_desktop.ui.widgets.labels import Label
from iowscp_desktop.ui.widgets.layouts import Column, flowing
from iowscp_desktop.ui.widgets.name_watch import Look, NameWatch
from iowscp_desktop.ui.widgets.option_lists import OneOf
from iowscp_desktop.ui.widgets.pages import EmptyState, PageTitle
from iowscp_desktop.ui.widgets.surfaces import Card, show_or_hide


class OwnActionsPage(QWidget):
    """Draws the list, and the action at hand."""

    def __init__(self, choose: Choose) -> None:
        super().__init__()
        self._choose = choose
        self._presenter: OwnActionsPresenter | None = None
        self._shown: ActionRow | None = None
        self._state = ""
        self.watch: NameWatch | None = None
        self._drafts: dict[ActionId, tuple[str, str]] = {}
        self.note, self.table = NoteCard(), action_table(with_organisation=False)
        self.state = OneOf(Words.how_far, [(key, words) for key, words in Words.states.items() if key])
        self.words = TextArea(Words.note)
        self.save_button = Button(Words.save, Kind.PRIMARY, icon=Icon.CHECK)
        self.send_button = Button(Words.send_back, icon=Icon.SEND)
        self._build()

    def start(self, presenter: OwnActionsPresenter) -> None:
        """Keep the presenter and let it show what there is."""
        self._presenter = presenter
        presenter.start()

    def watch_names(self, look: Look) -> None:
        """Look over what is said of an action for what seems to point at somebody."""
        self.watch = NameWatch(self._note, self.words, look)

    # --- drawing -----------------------------------------------------------------------------

    def show_actions(self, rows: Sequence[ActionRow]) -> None:
        """Show the list."""
        self.table.show_rows(rows)
        for part in (self._list, self._at_hand, self._sending):
            show_or_hide(part, shown=bool(rows))
        show_or_hide(self._empty, shown=not rows)
        self._show_at_hand()

    def show_wrong(self, wrong: Sequence[Wrong]) -> None:
        """Say what is missing."""
        is_wrong = Wrong.STATE in wrong
        self._how_far.show_problem(Words.no_state if is_wrong else "")
        if is_wrong:
            self.state.options[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_working(self, *, working: bool) -> None:
        """Say that a file is being made, or no longer."""
        self.send_button.setEnabled(not working)
        self.note.show_words(Words.working if working else "")

    def show_note(self, words: str) -> None:
        """Say what was done."""
        self.note.show_words(words)

    # --- inside ------------------------------------------------------------------------------

    def _build(self) -> None:
        self._title = Label("", Type.H2, wrap=True)
        self._how_far = Field(Words.how_far, self.state)
        self._list = Card(Column(self.table, margins=(1, 6, 1, 6)))
        self._saying = QWidget()
        self._note = Field(Words.note, self.words, hint=Words.note_hint)
        self._saying.setLayout(Column(self._how_far, self._note, flowing(self.save_button), gap=14))
        self._at_hand = Card(Column(self._title, self._saying, gap=12, margins=AROUND))
        self._sending = Card(
            Column(Label(Words.send_back_about, wrap=True), flowing(self.send_button), gap=12, margins=AROUND)
        )
        self._empty = EmptyState(Icon.FLAG, Words.none, Words.own_none_about)
        title = PageTitle(Words.title, Words.own_about)
        self.setLayout(Column(scrolled(title, self.note, self._list, self._empty, self._at_hand, self._sending)))
        self.table.picked.connect(self._show_at_hand)
        self.state.chosen.connect(self._on_state)
        self.state.cleared.connect(lambda: self._on_state(""))
        self.save_button.clicked.connect(self._save)
        self.send_button.clicked.connect(self._send)

    def _with(self, deed: Callable[[OwnActionsPresenter], None]) -> None:
        if self._presenter is not None:
            deed(self._presenter)

    def _row(self) -> ActionRow | None:
        at_hand = self.table.current_id()
        return next((row for row in self.table.rows if row.action_id == at_hand), None)

    def _show_at_hand(self, _action_id: str = "") -> None:
        """Show the action at hand. What was written about one and not saved is there again when one comes back."""
        row, before = self._row(), self._shown
        self._title.setText(row.title if row else Words.pick_first)
        self._saying.setVisible(row is not None)
        if row == before:
            return
        if before is not None and self._written() != (before.state, before.note):
            self._drafts[before.action_id] = self._written()
        self._shown = row
        self._how_far.show_problem("")
        if row is not None:
            if self._drafts.get(row.action_id) == (row.state, row.note):
                del self._drafts[row.action_id]
            state, words = self._drafts.get(row.action_id, (row.state, row.note))
            self._on_state(state)
            self.state.show_value(state)
            self.words.show_text(words)
            if self.watch is not None:
                self.watch.forget()
                self.watch.words_shown()

    def _written(self) -> tuple[str, str]:
        return self._state, self.words.toPlainText().strip()

    def _on_state(self, state: str) -> None:
        self._state = state

    def _save(self) -> None:
        row, state, words = self._row(), self._state, self.words.toPlainText()
        if row is not None:
            self._with(lambda presenter: presenter.on_say(row.action_id, state, words))

    def _send(self) -> None:
        def chosen(paths: tuple[Path, ...]) -> None:
            self._with(lambda presenter: presenter.on_send(paths[0]))

        self._choose(FileRequest(wanted=Wanted.FOLDER, title=Words.folder), chosen)
