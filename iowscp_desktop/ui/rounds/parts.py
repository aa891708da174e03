"""The list of rounds, and one round with its schools and agencies."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from iowscp_desktop import text
from iowscp_desktop.text.feedback import Feedback
from iowscp_desktop.text.known import Known
from iowscp_desktop.text.panel import Panel
from iowscp_desktop.ui.notify import announce
from iowscp_desktop.ui.rounds.known import Flow
from iowscp_desktop.ui.rounds.notice import FolderNotice
from iowscp_desktop.ui.rounds.presenter import OrganisationRow, RoundRow, RoundState, Stage, day
from iowscp_desktop.ui.theme import Icon, Role, Tone, Type
from iowscp_desktop.ui.widgets.buttons import Button, Kind
from iowscp_desktop.ui.widgets.choices import Combo
from iowscp_desktop.ui.widgets.fields import SearchField
from iowscp_desktop.ui.widgets.labels import Label, Picture
from iowscp_desktop.ui.widgets.layouts import Column, Row, flowing
from iowscp_desktop.ui.widgets.pages import EmptyState, PageTitle
from iowscp_desktop.ui.widgets.surfaces import Card, ScrollPane
from iowscp_desktop.ui.widgets.table import Cell, Head, RowsTable
from iowscp_desktop.ui.widgets.tags import Tag

_STAGES: dict[Stage, tuple[str, Tone, Icon | None]] = {
    Stage.NOT_ASKED: (text.Rounds.not_asked, Tone.GREY, None),
    Stage.INVITED: (text.Rounds.invited_state, Tone.BLUE, Icon.SEND),
    Stage.JOINED: (text.Rounds.joined_state, Tone.BLUE, Icon.LAPTOP),
    Stage.ANSWERED: (text.Rounds.read_survey, Tone.GREEN, Icon.USERS),  # how many is said instead
    Stage.RETURNED: (text.Rounds.returned_state, Tone.AMBER, Icon.INBOX),
    Stage.SIGNED: (text.Rounds.signed_state, Tone.GREEN, Icon.CHECK),
}

_FLOW_ICONS = {Flow.ASSIGNMENT: Icon.SEND, Flow.EDITION: Icon.FILE_TEXT, Flow.PACK: Icon.SCALE}


class RoundList(QWidget):
    """Every round."""

    opened = Signal(str)
    new_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.notice = FolderNotice()
        self.new_button = Button(text.Rounds.new_round, Kind.PRIMARY, icon=Icon.PLUS)
        self.table = RowsTable[RoundRow](text.Rounds.list_name, _round_heads(), lambda row: row.id)
        self.open_button = Button(text.Rounds.open_round, trailing=Icon.ARROW_RIGHT)
        self.empty = EmptyState(Icon.SEND, text.Rounds.none, text.Rounds.none_about, button=text.Rounds.new_round)
        full = _scrolled(
            self.notice,
            PageTitle(text.Rounds.title, text.Rounds.about, self.new_button),
            Card(Column(self.table, margins=(1, 6, 1, 6))),
            flowing(self.open_button),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(full)
        self._stack.addWidget(self.empty)
        self.setLayout(Column(self._stack))
        self.table.opened.connect(self.opened)
        self.open_button.clicked.connect(self._open)
        self.new_button.clicked.connect(self.new_wanted)
        self.empty.pressed.connect(self.new_wanted)

    def show_rounds(self, rows: Sequence[RoundRow]) -> None:
        """Show which there are."""
        self.table.show_rows(rows)
        self._stack.setCurrentIndex(0 if rows else 1)

    def _open(self) -> None:
        at_hand = self.table.current_id()
        if at_hand is not None:
            self.opened.emit(at_hand)


class OneRound(QWidget):
    """One round: how it stands, and what can be done for the school or agency at hand."""

    add_wanted = Signal()
    panel_wanted = Signal()
    invite_wanted = Signal(object)  # an OrganisationRow
    receipt_wanted = Signal(object)
    read_wanted = Signal(object)
    feedback_wanted = Signal(object)
    open_wanted = Signal(object)
    decide_wanted = Signal(object)
    compare_wanted = Signal(object)
    flow_wanted = Signal(object, object)  # a Flow, and an OrganisationRow where it was wanted from a row

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[OrganisationRow, ...] = ()
        self._panel_known = False
        self.notice = FolderNotice()
        self.add_button = Button(text.Rounds.add, icon=Icon.PLUS)
        self.panel_button = Button(text.Rounds.panel_button, icon=Icon.USERS)
        self._title = PageTitle("", "", self.panel_button, self.add_button)
        self._days, self._count = Tag(""), Label("", Type.MUTED)
        self._survey = Label(text.Rounds.survey_about, wrap=True)
        self._note, self._note_words = Card(back=Role.GREEN_TINT, line=Role.GREEN, edge=Tone.GREEN), Label(wrap=True)
        note = Row(Picture(Icon.CIRCLE_CHECK_BIG, Role.GREEN_INK, 22), gap=12, margins=(20, 12, 20, 12))
        note.add(self._note_words, 1)
        self._note.setLayout(note)
        self.table = RowsTable[OrganisationRow](text.Rounds.returns, _heads(), lambda row: row.response_id)
        self.search = SearchField(text.Rounds.find)
        sorts = [(str(place), head.title) for place, head in enumerate(_heads())]
        self.sort = Combo(text.Rounds.sort_by, sorts)
        self.copy_button = Button(text.Rounds.copy, Kind.QUIET, icon=Icon.COPY, small=True)
        self.invite_button = Button(text.Rounds.invite, Kind.PRIMARY, icon=Icon.KEY_ROUND)
        self.read_button = Button(text.Rounds.read_return, icon=Icon.EYE)
        self.open_button = Button(text.Rounds.open_return, icon=Icon.FILE_TEXT)
        self.decide_button = Button(text.Rounds.decide, icon=Icon.GIT_COMPARE_ARROWS)
        self.compare_button = Button(Panel.compare, icon=Icon.SCALE)
        self.receipt_button = Button(text.Rounds.save_receipt, icon=Icon.BADGE_CHECK)
        self.feedback_button = Button(Feedback.give, icon=Icon.MESSAGE_SQUARE_TEXT)
        self.flow_buttons = {flow: Button(Known.buttons[flow], icon=icon) for flow, icon in _FLOW_ICONS.items()}
        self.row_flow_buttons = {flow: Button(Known.row_buttons[flow], icon=icon) for flow, icon in _FLOW_ICONS.items()}
        self.empty = EmptyState(
            Icon.SCHOOL, text.Rounds.returns_none, text.Rounds.returns_none_about, button=text.Rounds.add
        )
        self._build()
        self._connect()

    def _build(self) -> None:
        sort_label = Label(text.Rounds.sort_by, Type.SMALL)
        sort_label.setBuddy(self.sort)
        sort_by = QWidget()
        sort_by.setLayout(Row(sort_label, self.sort))
        ask, *more = self.row_flow_buttons.values()
        self._deeds = flowing(
            ask,
            self.read_button,
            self.invite_button,
            self.open_button,
            self.decide_button,
            self.compare_button,
            self.receipt_button,
            self.feedback_button,
            *more,
        )
        self._deeds.setAccessibleName(text.Rounds.returns)
        self._at_hand = Label("", Type.STRONG, wrap=True)
        self._full = Card(
            Column(
                _padded(flowing(self.search, sort_by, self.copy_button)),
                self.table,
                _padded(self._at_hand, self._deeds),
                gap=8,
                margins=(1, 10, 1, 14),
            )
        )
        standing = flowing(self._days, self._count)
        self._flows = flowing(*self.flow_buttons.values())
        self.setLayout(
            Column(
                _scrolled(
                    self.notice, self._title, standing, self._survey, self._flows, self._note, self._full, self.empty
                )
            )
        )
        self._note.hide()
        self.sort.show_value("0")

    def _connect(self) -> None:
        self.add_button.clicked.connect(self.add_wanted)
        self.empty.pressed.connect(self.add_wanted)
        self.panel_button.clicked.connect(self.panel_wanted)
        self.table.picked.connect(self._show_at_hand)
        self.table.opened.connect(self._on_opened)
        self.search.edited.connect(self._narrow)
        self.sort.chosen.connect(self._sort)
        self.copy_button.clicked.connect(self._copy)
        for button, wanted in (
            (self.invite_button, self.invite_wanted),
            (self.read_button, self.read_wanted),
            (self.open_button, self.open_wanted),
            (self.decide_button, self.decide_wanted),
            (self.compare_button, self.compare_wanted),
            (self.receipt_button, self.receipt_wanted),
            (self.feedback_button, self.feedback_wanted),
        ):
            button.clicked.connect(lambda _checked=False, signal=wanted: self._ask(signal))
        for flow, button in self.flow_buttons.items():
            button.clicked.connect(lambda _checked=False, flow=flow: self.flow_wanted.emit(flow, None))
        for flow, button in self.row_flow_buttons.items():
            button.clicked.connect(lambda _checked=False, flow=flow: self.flow_wanted.emit(flow, self._row()))
        to_search = QShortcut(QKeySequence.StandardKey.Find, self)
        to_search.activated.connect(lambda: self.search.setFocus(Qt.FocusReason.ShortcutFocusReason))

    # --- drawing -----------------------------------------------------------------------------

    def show_round(self, state: RoundState, *, is_other: bool) -> None:
        """Show how it stands; `is_other` begins afresh."""
        row = state.row
        self._rows = state.rows
        self._title.show_title(row.title, text.Rounds.due_line(row.tool, day(row)))
        tone = Tone.RED if row.days_left < 0 else Tone.AMBER if row.days_left <= 14 else Tone.BLUE
        self._days.show_state(text.Rounds.days(row.days_left), tone, icon=Icon.CALENDAR_CLOCK)
        counted = text.Rounds.have_answered if row.is_survey else text.Rounds.come_back
        self._count.setText(counted(row.returned, row.asked))
        self._survey.setVisible(row.is_survey)
        self.panel_button.setVisible(not row.is_survey)
        if is_other:
            self._note.hide()
            self.search.show_text("")
        self._panel_known = state.panel_known and not row.is_survey
        reached = {
            Flow.ASSIGNMENT: any(each.to_ask for each in state.rows),
            Flow.EDITION: any(each.known for each in state.rows),
            Flow.PACK: self._panel_known,
        }
        for flow, button in self.flow_buttons.items():
            button.setVisible(reached[flow])
        self._flows.setVisible(any(reached.values()))
        self._full.setVisible(bool(state.rows))
        self.empty.setVisible(not state.rows)
        self._narrow(self.search.text())

    def show_note(self, words: str) -> None:
        """Say what was done."""
        self._note_words.setText(words)
        self._note.show()
        announce(self, words)

    def _show_at_hand(self, _response_id: str = "") -> None:
        """Offer what can be done for the row at hand."""
        row = self._row()
        self._at_hand.setText(row.name if row else text.Rounds.pick_first)
        self._deeds.setVisible(row is not None)
        if row is None:
            return
        self.invite_button.show_words(text.Rounds.invite_again if row.invited else text.Rounds.invite)
        self.read_button.setVisible(bool(row.receipt or row.sheets))
        self.read_button.show_words(text.Rounds.read_survey if row.sheets else text.Rounds.read_return)
        self.open_button.setVisible(bool(row.receipt))
        self.decide_button.setVisible(bool(row.conflicts))
        self.compare_button.setVisible(bool(row.receipt))
        self.compare_button.show_words(Panel.compare_some(*row.panel))
        self.receipt_button.setVisible(bool(row.receipt))
        self.feedback_button.setVisible(bool(row.receipt))
        self._show_flows(row)

    def _show_flows(self, row: OrganisationRow) -> None:
        """Offer what goes without a code; where that is enough, a code is second."""
        shown = {Flow.ASSIGNMENT: row.to_ask, Flow.EDITION: row.known, Flow.PACK: self._panel_known}
        shown[Flow.PACK] = shown[Flow.PACK] and bool(row.receipt)
        for flow, button in self.row_flow_buttons.items():
            button.setVisible(shown[flow])
        self.row_flow_buttons[Flow.ASSIGNMENT].show_kind(Kind.PRIMARY)
        is_back = bool(row.receipt or row.sheets)
        self.invite_button.show_kind(Kind.SECONDARY if row.to_ask or is_back else Kind.PRIMARY)
        self.read_button.show_kind(Kind.PRIMARY if is_back and not row.to_ask else Kind.SECONDARY)

    def _row(self) -> OrganisationRow | None:
        at_hand = self.table.current_id()
        return next((row for row in self.table.rows if row.response_id == at_hand), None)

    def _narrow(self, words: str) -> None:
        wanted = words.casefold().split()
        self.table.show_rows([row for row in self._rows if all(word in row.name.casefold() for word in wanted)])
        self._show_at_hand()

    def _sort(self, column: str) -> None:
        self.table.sort_by(int(column))

    def _copy(self) -> None:
        self.table.copy_all()
        self.show_note(text.Rounds.copied)

    def _on_opened(self, _response_id: str) -> None:
        row = self._row()
        if row is not None and row.to_ask:
            self.flow_wanted.emit(Flow.ASSIGNMENT, row)
        elif row is not None:
            (self.read_wanted if row.receipt or row.sheets else self.invite_wanted).emit(row)

    def _ask(self, signal: SignalInstance) -> None:
        row = self._row()
        if row is not None:
            signal.emit(row)


def _round_heads() -> tuple[Head[RoundRow], ...]:
    def due(row: RoundRow) -> Cell:
        return Cell(words=day(row), order=row.due.toordinal())

    def tool(row: RoundRow) -> str:
        return text.Rounds.survey(row.tool) if row.is_survey else row.tool

    def left(row: RoundRow) -> Cell:
        tone = Tone.RED if row.days_left < 0 else Tone.AMBER if row.days_left <= 14 else Tone.BLUE
        return Cell(words=text.Rounds.days(row.days_left), tone=tone, icon=Icon.CALENDAR_CLOCK, order=row.days_left)

    def returned(row: RoundRow) -> Cell:
        return Cell(words=text.Rounds.of(row.returned, row.asked), order=row.returned)

    return (
        Head(title=text.Rounds.column_round, cell=lambda row: Cell(words=row.title), wide=True),
        Head(title=text.Rounds.column_tool, cell=lambda row: Cell(words=tool(row)), wide=True),
        Head(title=text.Rounds.column_due, cell=due),
        Head(title=text.Rounds.column_left, cell=left),
        Head(title=text.Rounds.column_returned, cell=returned),
    )


def _heads() -> tuple[Head[OrganisationRow], ...]:
    def stage(row: OrganisationRow) -> Cell:
        words, tone, icon = _STAGES[row.stage]
        words = text.Rounds.sheets(row.sheets) if row.sheets else words
        return Cell(words=words, tone=tone, icon=icon, order=row.stage.value)

    def joined(row: OrganisationRow) -> Cell:
        unasked = Known.known_already if row.known else text.Rounds.nothing_yet
        words = text.Rounds.of(row.joined, row.invited) if row.invited else unasked
        return Cell(words=words, order=row.joined)

    def decide(row: OrganisationRow) -> Cell:
        if not row.conflicts:
            return Cell(words=text.Rounds.nothing_yet, order=0)
        words = text.Rounds.decisions(row.conflicts)
        return Cell(words=words, tone=Tone.AMBER, icon=Icon.GIT_COMPARE_ARROWS, order=row.conflicts)

    return (
        Head(title=text.Rounds.column_organisation, cell=lambda row: Cell(words=row.name), wide=True),
        Head(title=text.Rounds.column_state, cell=stage),
        Head(title=text.Rounds.column_invited, cell=joined),
        Head(title=text.Rounds.column_receipt, cell=lambda row: Cell(words=row.receipt or text.Rounds.nothing_yet)),
        Head(title=text.Rounds.column_signed, cell=lambda row: Cell(words=row.signed or text.Rounds.nothing_yet)),
        Head(title=text.Rounds.column_conflicts, cell=decide),
    )


def _padded(*parts: QWidget) -> QWidget:
    holder = QWidget()
    holder.setLayout(Column(*parts, margins=(14, 4, 14, 4)))
    return holder


def _scrolled(*parts: QWidget) -> ScrollPane:
    body = QWidget()
    body.setLayout(Column(*parts, None, gap=14, margins=(36, 28, 36, 28)))
    return ScrollPane(body)
