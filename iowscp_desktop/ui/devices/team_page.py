"""The team's computers page: who was let in, what waits to be answered, and the team's own laptops."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from iowscp_desktop import text
from iowscp_desktop.text.devices import Devices as Words
from iowscp_desktop.ui.choosing import Choose, FileRequest, Wanted
from iowscp_desktop.ui.devices.presenter import Code, DeviceRow, State, TeamDevicesPresenter, WaitingRow
from iowscp_desktop.ui.notify import announce
from iowscp_desktop.ui.theme import Icon, Tone, Type
from iowscp_desktop.ui.widgets.buttons import Button, Kind
from iowscp_desktop.ui.widgets.code_page import CodePage
from iowscp_desktop.ui.widgets.escape import leave_by_escape
from iowscp_desktop.ui.widgets.fields import Field, LineEdit
from iowscp_desktop.ui.widgets.labels import Label, Picture
from iowscp_desktop.ui.widgets.layouts import Column, Row, flowing
from iowscp_desktop.ui.widgets.name_watch import Look, NameWatch
from iowscp_desktop.ui.widgets.pages import PageTitle
from iowscp_desktop.ui.widgets.surfaces import Card, ScrollPane, show_or_hide
from iowscp_desktop.ui.widgets.table import Cell, Head, RowsTable

_STATES: dict[State, tuple[str, Tone, Icon | None]] = {
    State.NEW: (Words.state_new, Tone.BLUE, Icon.LAPTOP),
    State.CONFIRMED: (Words.state_confirmed, Tone.GREEN, Icon.CHECK),
    State.REVOKED: (Words.state_revoked, Tone.RED, Icon.LOCK),
}


class Notice(Card):
    """A line about what was done, or what is wrong."""

    def __init__(self, tone: Tone, icon: Icon) -> None:
        super().__init__(back=tone.tint, edge=tone)
        self._words = Label("", wrap=True)
        row = Row(Picture(icon, tone.ink, 22), gap=12, margins=(20, 12, 20, 12))
        row.add(self._words, 1)
        self.setLayout(row)
        self.hide()

    def show_words(self, words: str) -> None:
        """Say it; empty says nothing."""
        self._words.setText(words)
        show_or_hide(self, shown=bool(words))
        if words:
            announce(self, words)


class RevokeCard(Card):
    """Asks why, before a computer is trusted no longer."""

    given = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__(edge=Tone.RED)
        self.why = LineEdit(Words.why_revoke)
        self._field = Field(Words.why_revoke, self.why, hint=Words.why_hint)
        self.watch: NameWatch | None = None
        self.go, self.cancel = Button(Words.revoke, Kind.PRIMARY, icon=Icon.LOCK), Button(Words.cancel, Kind.QUIET)
        self._whose = Label("", Type.H2, wrap=True)
        self.setLayout(
            Column(self._whose, self._field, flowing(self.go, self.cancel), gap=12, margins=(24, 18, 24, 20))
        )
        self.go.clicked.connect(self._go)
        self.why.returnPressed.connect(self._go)
        self.cancel.clicked.connect(self._leave)
        leave_by_escape(self, self._leave)
        self.hide()

    def watch_names(self, look: Look) -> None:
        """Look over the reason for what seems to point at somebody."""
        self.watch = NameWatch(self._field, self.why, look)

    def ask(self, whose: str) -> None:
        """Begin."""
        self._whose.setText(whose)
        self.why.show_text("")
        if self.watch is not None:
            self.watch.forget()
        self._field.show_problem("")
        self.show()
        self.why.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave(self) -> None:
        self.hide()
        self.left.emit()

    def _go(self) -> None:
        why = self.why.text().strip()
        self._field.show_problem("" if why else Words.no_why)
        if why:
            self.hide()
            self.given.emit(why)


class KeysCard(Card):
    """Asks whether the team's keys are changed as every year, or because one may be in other hands."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__(edge=Tone.AMBER)
        self.planned = Button(Words.keys_planned, Kind.PRIMARY, icon=Icon.KEY_ROUND)
        self.lost = Button(Words.keys_lost, icon=Icon.TRIANGLE_ALERT)
        self.cancel = Button(Words.cancel, Kind.QUIET)
        self.setLayout(
            Column(
                Label(Words.keys_question, Type.H2, wrap=True),
                Label(Words.keys_about, wrap=True),
                flowing(self.planned, self.lost, self.cancel),
                gap=12,
                margins=(24, 18, 24, 20),
            )
        )
        self.cancel.clicked.connect(self._leave)
        leave_by_escape(self, self._leave)
        self.hide()

    def _leave(self) -> None:
        self.hide()
        self.left.emit()


class TeamDevicesPage(QWidget):
    """Draws the computers; in front of them, once, a code."""

    def __init__(self, choose: Choose) -> None:
        super().__init__()
        self._choose = choose
        self._presenter: TeamDevicesPresenter | None = None
        self._left: QWidget | None = None
        self.table = RowsTable[DeviceRow](Words.list_name, _heads(), lambda row: row.id)
        self.waiting = RowsTable[WaitingRow](Words.waiting, _waiting_heads(), lambda row: row.id)
        self.confirm_button = Button(Words.confirm, Kind.PRIMARY, icon=Icon.CHECK)
        self.revoke_button = Button(Words.revoke, icon=Icon.LOCK)
        self.directory_button = Button(Words.directory, icon=Icon.SEND)
        self.replace_button = Button(Words.replace, icon=Icon.LAPTOP)
        self.reissue_button = Button(Words.reissue, icon=Icon.REFRESH_CW)
        self.take_back_button = Button(Words.take_back, Kind.QUIET)
        self.laptop_button = Button(Words.add_laptop, icon=Icon.LAPTOP)
        self.file_button = Button(Words.team_file, icon=Icon.SEND)
        self.keys_button = Button(Words.change_keys, icon=Icon.KEY_ROUND)
        self.revoking, self.keys = RevokeCard(), KeysCard()
        self.note, self.alarm = Notice(Tone.GREEN, Icon.CIRCLE_CHECK_BIG), Notice(Tone.RED, Icon.OCTAGON_ALERT)
        self.code = CodePage()
        self._build()
        self._connect()

    def start(self, presenter: TeamDevicesPresenter) -> None:
        """Keep the presenter and let it show what there is."""
        self._presenter = presenter
        presenter.start()

    # --- drawing -----------------------------------------------------------------------------

    def show_devices(self, rows: Sequence[DeviceRow], *, doubled: bool) -> None:
        """Show the computers."""
        self.table.show_rows(rows)
        show_or_hide(self.table, shown=bool(rows))
        show_or_hide(self._none, shown=not rows)
        self.alarm.show_words(Words.doubled if doubled else "")
        self._show_at_hand()

    def show_waiting(self, rows: Sequence[WaitingRow]) -> None:
        """Show the invitations that nobody has answered."""
        self.waiting.show_rows(rows)
        for part in (self.waiting, self._waiting_deeds):
            show_or_hide(part, shown=bool(rows))
        self._waiting_about.setText(Words.reissue_about if rows else Words.waiting_none)

    def show_invitation(self, code: Code) -> None:
        """Show a code, once."""
        self._stack.setCurrentWidget(self.code)
        self.code.show_invitation(code)

    def show_working(self, *, working: bool) -> None:
        """Say that a file is being written."""
        if working:
            self._left = QApplication.focusWidget()  # a page that is disabled loses the focus to the rail
        self._full.setEnabled(not working)
        if working:
            self.note.show_words(Words.working)
        elif self._left is not None and self.isAncestorOf(self._left):
            self._left.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_note(self, words: str) -> None:
        """Say what was done."""
        self.note.show_words(words)

    def _show_at_hand(self, _id: str = "") -> None:
        row = self._row()
        self._at_hand.setText(f"{row.name}   {row.sign}" if row is not None else Words.pick_first)
        show_or_hide(self._deeds, shown=row is not None and not row.is_own)
        if row is not None:
            is_trusted = row.state is not State.REVOKED
            show_or_hide(self.confirm_button, shown=row.state is State.NEW)
            show_or_hide(self.revoke_button, shown=is_trusted)
            self.replace_button.show_kind(Kind.SECONDARY if is_trusted else Kind.PRIMARY)

    # --- inside ------------------------------------------------------------------------------

    def _build(self) -> None:
        self._at_hand = Label("", Type.STRONG, wrap=True)
        self._none = Label(Words.none_about, Type.MUTED, wrap=True)
        self._deeds = flowing(self.confirm_button, self.replace_button, self.directory_button, self.revoke_button)
        self._waiting_deeds = flowing(self.reissue_button, self.take_back_button)
        self._waiting_about = Label("", Type.BODY, wrap=True)
        around = (20, 16, 20, 18)
        known = Card(
            Column(
                Label(Words.compare, wrap=True),
                self.table,
                self._none,
                self._at_hand,
                self._deeds,
                gap=10,
                margins=around,
            )
        )
        waiting = Card(
            Column(
                Label(Words.waiting, Type.H2, wrap=True),
                self._waiting_about,
                self.waiting,
                self._waiting_deeds,
                gap=10,
                margins=around,
            )
        )
        team = Card(
            Column(
                Label(Words.team, Type.H2, wrap=True),
                Label(Words.team_about, wrap=True),
                flowing(self.laptop_button, self.file_button, self.keys_button),
                gap=10,
                margins=around,
            )
        )
        body = QWidget()
        parts = (PageTitle(Words.title, Words.about), self.alarm, self.note, self.revoking, self.keys)
        body.setLayout(Column(*parts, known, waiting, team, None, gap=14, margins=(36, 28, 36, 28)))
        self._full = ScrollPane(body)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._full)
        self._stack.addWidget(self.code)
        self.setLayout(Column(self._stack))

    def _connect(self) -> None:
        self.table.picked.connect(self._show_at_hand)
        self.confirm_button.clicked.connect(lambda: self._for_row(lambda p, row: p.on_confirm(row.id)))
        self.revoke_button.clicked.connect(lambda: self._for_row(lambda _p, row: self.revoking.ask(row.name)))
        self.revoking.given.connect(self._revoke)
        self.revoking.left.connect(self._to_table)
        self.keys.left.connect(lambda: self.keys_button.setFocus(Qt.FocusReason.OtherFocusReason))
        self.directory_button.clicked.connect(
            lambda: self._for_row(lambda p, row: self._ask_folder(lambda folder: p.on_directory(row.holder, folder)))
        )
        self.replace_button.clicked.connect(
            lambda: self._for_row(
                lambda p, row: self._ask_folder(lambda folder: p.on_replace(row.id, row.name, folder))
            )
        )
        self.reissue_button.clicked.connect(
            lambda: self._for_waiting(
                lambda p, row: self._ask_folder(lambda folder: p.on_reissue(row.id, row.name, folder))
            )
        )
        self.take_back_button.clicked.connect(lambda: self._for_waiting(lambda p, row: p.on_take_back(row)))
        self.laptop_button.clicked.connect(lambda: self._with(lambda p: self._ask_folder(p.on_add_laptop)))
        self.file_button.clicked.connect(lambda: self._with(lambda p: self._ask_folder(p.on_team_file)))
        self.keys_button.clicked.connect(self._ask_keys)
        self.keys.planned.clicked.connect(lambda: self._change_keys(lost=False))
        self.keys.lost.clicked.connect(lambda: self._change_keys(lost=True))
        self.code.closed.connect(lambda: self._stack.setCurrentWidget(self._full))

    def _row(self) -> DeviceRow | None:
        at_hand = self.table.current_id()
        return next((row for row in self.table.rows if row.id == at_hand), None)

    def _with(self, deed: Callable[[TeamDevicesPresenter], None]) -> None:
        if self._presenter is not None:
            deed(self._presenter)

    def _for_row(self, deed: Callable[[TeamDevicesPresenter, DeviceRow], None]) -> None:
        row = self._row()
        if row is not None and self._presenter is not None:
            deed(self._presenter, row)

    def _for_waiting(self, deed: Callable[[TeamDevicesPresenter, WaitingRow], None]) -> None:
        at_hand = self.waiting.current_id()
        row = next((row for row in self.waiting.rows if row.id == at_hand), None)
        if row is not None and self._presenter is not None:
            deed(self._presenter, row)

    def _revoke(self, why: str) -> None:
        self._for_row(lambda presenter, row: presenter.on_revoke(row.id, why))
        self.replace_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _to_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_keys(self) -> None:
        self.keys.show()
        self.keys.planned.setFocus(Qt.FocusReason.OtherFocusReason)

    def _change_keys(self, *, lost: bool) -> None:
        self.keys.hide()
        self.file_button.setFocus(Qt.FocusReason.OtherFocusReason)  # what is to be done next
        self._with(lambda presenter: presenter.on_change_keys(lost=lost))

    def _ask_folder(self, on_chosen: Callable[[Path], None]) -> None:
        self._choose(FileRequest(wanted=Wanted.FOLDER, title=Words.folder), lambda paths: on_chosen(paths[0]))


def _heads() -> tuple[Head[DeviceRow], ...]:
    def state(row: DeviceRow) -> Cell:
        words, tone, icon = _STATES[row.state]
        return Cell(words=words, tone=tone, icon=icon, order=row.state.value)

    return (
        Head(title=Words.column_name, cell=lambda row: Cell(words=row.name or text.Rounds.nothing_yet), wide=True),
        Head(title=Words.column_sign, cell=lambda row: Cell(words=row.sign)),
        Head(title=Words.column_since, cell=lambda row: Cell(words=row.since)),
        Head(title=Words.column_state, cell=state),
    )


def _waiting_heads() -> tuple[Head[WaitingRow], ...]:
    return (
        Head(title=Words.column_what, cell=lambda row: Cell(words=row.name), wide=True),
        Head(title=Words.column_until, cell=lambda row: Cell(words=row.until)),
    )
