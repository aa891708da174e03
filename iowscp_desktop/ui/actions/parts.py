"""What both screens of the actions show: the list, and the line that says what was done."""

from PySide6.QtWidgets import QWidget

from iowscp_desktop.text.actions import Actions as Words
from iowscp_desktop.ui.actions.presenter import ActionRow
from iowscp_desktop.ui.notify import announce
from iowscp_desktop.ui.theme import Icon, Tone, Type
from iowscp_desktop.ui.widgets.dates import write_date
from iowscp_desktop.ui.widgets.labels import Label
from iowscp_desktop.ui.widgets.layouts import Column
from iowscp_desktop.ui.widgets.surfaces import Card, ScrollPane, show_or_hide
from iowscp_desktop.ui.widgets.table import Cell, Head, RowsTable

AROUND = (24, 18, 24, 20)
_STATES: dict[str, tuple[Tone, Icon | None]] = {
    "": (Tone.GREY, None),
    "begun": (Tone.BLUE, Icon.CLOCK),
    "done": (Tone.GREEN, Icon.CHECK),
    "stopped": (Tone.AMBER, Icon.X),
}


class NoteCard(Card):
    """What was done; hidden while there is nothing to say."""

    def __init__(self) -> None:
        self.words = Label("", Type.STRONG, wrap=True)
        super().__init__(Column(self.words, margins=(20, 12, 20, 12)), back=Tone.GREEN.tint, edge=Tone.GREEN)
        self.hide()

    def show_words(self, words: str) -> None:
        """Say it, also to a screen reader."""
        self.words.setText(words)
        show_or_hide(self, shown=bool(words))
        if words:
            announce(self, words)


def action_table(*, with_organisation: bool) -> RowsTable[ActionRow]:
    """Return the list; the team's says whose each action is."""
    heads: list[Head[ActionRow]] = [
        Head(title=Words.column_action, cell=lambda row: Cell(words=row.title), wide=True),
        Head(title=Words.column_owner, cell=lambda row: Cell(words=row.owner)),
        Head(title=Words.column_due, cell=_due),
        Head(title=Words.column_state, cell=_state),
        Head(title=Words.column_note, cell=lambda row: Cell(words=row.note), wide=True),
    ]
    if with_organisation:
        whose: Head[ActionRow] = Head(
            title=Words.column_organisation, cell=lambda row: Cell(words=row.organisation), wide=True
        )
        heads.insert(0, whose)
    return RowsTable[ActionRow](Words.list_name, heads, lambda row: row.action_id)


def scrolled(*parts: QWidget) -> ScrollPane:
    """Return a page that scrolls."""
    body = QWidget()
    body.setLayout(Column(*parts, None, gap=16, margins=(36, 28, 36, 28)))
    return ScrollPane(body)


def _due(row: ActionRow) -> Cell:
    if row.due is None:
        return Cell(words=Words.no_date, order=0)
    day = write_date(row.due)
    if row.late:
        return Cell(words=Words.late(day), tone=Tone.RED, icon=Icon.CALENDAR_CLOCK, order=row.due.toordinal())
    return Cell(words=day, order=row.due.toordinal())


def _state(row: ActionRow) -> Cell:
    tone, icon = _STATES[row.state]
    return Cell(words=Words.states[row.state], tone=tone, icon=icon, order=list(_STATES).index(row.state))
