"""The panel's comparison: the standards at the left; the answer, the scores and what was agreed at the right."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from iowscp_desktop.app.panel import Judge
from iowscp_desktop.text.panel import Panel
from iowscp_desktop.ui.notify import announce
from iowscp_desktop.ui.panel.cards import AgreedCard, NoteCard, Said, WaitingPane
from iowscp_desktop.ui.panel.presenter import ItemRow, ItemState, ListState, PanelPresenter
from iowscp_desktop.ui.theme import UNANSWERED, Icon, Tone, Type, mark_of
from iowscp_desktop.ui.widgets.autosave import Autosave
from iowscp_desktop.ui.widgets.bars import PlainBar
from iowscp_desktop.ui.widgets.buttons import Button, IconButton, Kind
from iowscp_desktop.ui.widgets.labels import Label
from iowscp_desktop.ui.widgets.layouts import Column, Row, flowing
from iowscp_desktop.ui.widgets.pages import ActionBar, Crumb, EmptyState, TopBar
from iowscp_desktop.ui.widgets.panes import ThreePanes
from iowscp_desktop.ui.widgets.question_list import QuestionListView, QuestionRow
from iowscp_desktop.ui.widgets.surfaces import Pane, ScrollPane
from iowscp_desktop.ui.widgets.tags import Tag

_BACK = "back"


class PanelPage(QWidget):
    """One standard at a time. It passes on what was agreed, and why."""

    def __init__(self, on_back: Callable[[], None]) -> None:
        super().__init__()
        self._on_back = on_back
        self._presenter: PanelPresenter | None = None
        self._item: ItemState | None = None
        self._build()
        self._autosave = Autosave(self, self._save_reason)
        self._connect()

    def start(self, presenter: PanelPresenter) -> None:
        """Keep the presenter and let it show what there is."""
        self._presenter = presenter
        presenter.start()

    def on_shown(self) -> None:
        """It came to the front: begin in the list of standards, or where it leads back."""
        firsts: dict[QWidget, QWidget] = {self.panes: self.list, self.waiting: self.waiting.back_button}
        first = firsts.get(self._stack.currentWidget(), self)  # the page itself keeps the place until it has looked
        if first.isVisible():
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def flush(self) -> None:
        """Save what is being typed; called before the page, the lock or the program closes."""
        self._autosave.flush()

    def _build(self) -> None:
        self.list = QuestionListView(Panel.items_name)
        self._progress, self._bar = Label("", Type.SMALL_STRONG), PlainBar(Panel.items)
        self.same_button = Button("", icon=Icon.CHECK, small=True)
        self._number, self._question = Label("", Type.OVERLINE), Label("", Type.QUESTION, wrap=True)
        self._apart = Tag("")
        self.said, self.agreed, self.note = Said(), AgreedCard(), NoteCard()
        self.waiting = WaitingPane()
        self.previous_button = IconButton(Icon.CHEVRON_LEFT, Panel.previous, Kind.SECONDARY, small=False)
        self.next_button = IconButton(Icon.CHEVRON_RIGHT, Panel.next, Kind.SECONDARY, small=False)
        self.open_button = Button(Panel.next_open, Kind.PRIMARY, trailing=Icon.ARROW_RIGHT)
        self.done_button = Button(Panel.back, Kind.PRIMARY)
        self._scroll = self._work_scroll()
        work = QWidget()
        bar = ActionBar((self.previous_button, self.next_button), (self.open_button, self.done_button))
        column = Column(gap=0)
        column.add(self._scroll, 1)
        column.add(bar)
        work.setLayout(column)
        self.panes = ThreePanes(self._list_pane(), work)
        self.panes.list_button.show_words(Panel.items)
        self._list_way = QWidget()  # the panes show and hide the button in it as there is room
        self._list_way.setLayout(Row(self.panes.list_button))
        self._top = TopBar((), self._list_way)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.panes)
        self._stack.addWidget(self.waiting)
        self._looking = EmptyState(Icon.SCALE, Panel.looking, Panel.looking_about)
        self._stack.addWidget(self._looking)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._top)
        layout.addWidget(self._stack, 1)

    def _list_pane(self) -> Pane:
        top = QWidget()
        top.setLayout(Column(self._progress, self._bar, flowing(self.same_button), gap=8, margins=(16, 16, 16, 4)))
        column = Column(top, gap=4)
        column.add(self.list, 1)
        return Pane(column, edges="r")

    def _work_scroll(self) -> ScrollPane:
        body = QWidget()
        number = Row(self._number, None, self._apart)
        body.setLayout(
            Column(
                self.note,
                number,
                self._question,
                self.said,
                self.agreed,
                None,
                gap=12,
                margins=(28, 20, 28, 20),
            )
        )
        return ScrollPane(body)

    def _connect(self) -> None:
        self._top.followed.connect(self._go_back)
        self.waiting.left.connect(self._on_back)
        self.note.back_button.clicked.connect(self._on_back)
        self.done_button.clicked.connect(self._on_back)
        self.list.opened.connect(self._open_item)
        self.list.entered.connect(self._focus_tiles)
        self.same_button.clicked.connect(lambda: self._with(lambda presenter: presenter.on_agree_same()))
        self.agreed.tiles.chosen.connect(self._agree)
        self.agreed.reason.edited.connect(self._on_reason)
        self.agreed.reason.left.connect(self._leave_reason)
        self.previous_button.clicked.connect(lambda: self._with(lambda presenter: presenter.on_step(-1)))
        self.next_button.clicked.connect(lambda: self._with(lambda presenter: presenter.on_step(1)))
        self.open_button.clicked.connect(lambda: self._with(lambda presenter: presenter.on_next_open()))
        for keys, button in (
            ("Ctrl+Down", self.next_button),
            ("Ctrl+Up", self.previous_button),
            ("Ctrl+Return", self.open_button),
        ):
            QShortcut(QKeySequence(keys), self, button.click)

    # --- drawing -----------------------------------------------------------------------------

    def show_looking(self) -> None:
        """Show that the scores are being put side by side."""
        self._show_way(Panel.title)
        self._list_way.hide()
        self._bring(self._looking)
        announce(self, Panel.looking)

    def show_waiting(self, title: str, judges: Sequence[Judge]) -> None:
        """Say whose scores are missing."""
        self._show_way(title)
        self._list_way.hide()
        self.waiting.show_judges(judges)
        self._bring(self.waiting)

    def show_list(self, state: ListState) -> None:
        """Show the standards and how far it is."""
        self._show_way(state.title)
        self._list_way.show()
        self._bring(self.panes)
        self.list.show_rows([_row(row) for row in state.rows])
        self._progress.setText(Panel.progress(state.agreed, len(state.rows)))
        self._bar.setRange(0, max(1, len(state.rows)))
        self._bar.setValue(state.agreed)
        is_done = state.agreed == len(state.rows)
        if self.same_button.hasFocus() and not state.same:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.same_button.show_words(Panel.agree_same(state.same))
        self.same_button.setVisible(state.same > 0)
        self.open_button.setVisible(not is_done)
        self.done_button.setVisible(is_done)

    def show_item(self, state: ItemState) -> None:
        """Show one standard."""
        is_other = self._item is None or self._item.id != state.id
        self._item = state
        self.list.show_current(state.id)
        self._number.setText(Panel.question(state.number))
        self._question.setText(state.question)
        if state.differs:
            self._apart.show_state(Panel.apart(state.spread), Tone.AMBER, icon=Icon.GIT_COMPARE_ARROWS)
        else:
            self._apart.show_state(Panel.same, Tone.GREEN, icon=Icon.CHECK)
        self._apart.setVisible(sum(member.point is not None for member in state.members) > 1)
        if is_other:
            self.said.show_item(state)
            self.panes.show_work()
            self.note.hide()
            self._scroll.verticalScrollBar().setValue(0)
            self.agreed.show_problem("")
        self.agreed.show_item(state)
        if is_other or not self.agreed.reason.hasFocus():
            self.agreed.show_reason(state.reason)
        self.previous_button.setEnabled(not state.is_first)
        self.next_button.setEnabled(not state.is_last)

    def show_reason_missing(self) -> None:
        """Say that the chosen grade needs a reason, and go there."""
        self.agreed.show_problem(Panel.no_reason)
        self._scroll.reveal(self.agreed.reason)

    def show_all_agreed(self) -> None:
        """Say that nothing is left to agree on."""
        self._say(Panel.all_done, is_done=True)
        self.note.back_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_note(self, words: str) -> None:
        """Say what was done."""
        self._say(words, is_done=False)

    def _say(self, words: str, *, is_done: bool) -> None:
        self.note.say(words, is_done=is_done)
        self._scroll.verticalScrollBar().setValue(0)
        announce(self, words)

    def _bring(self, front: QWidget) -> None:
        self._stack.setCurrentWidget(front)
        if self.hasFocus() and front is not self._looking:  # somebody came while it was looking
            self.on_shown()

    def _show_way(self, title: str) -> None:
        self._top.show_crumbs((Crumb(_BACK, Panel.back), Crumb("", title)))

    # --- passing on --------------------------------------------------------------------------

    def _with(self, deed: Callable[[PanelPresenter], None]) -> None:
        """Save what is being typed, then do something."""
        self._autosave.flush()
        if self._presenter is not None:
            deed(self._presenter)

    def _open_item(self, item_id: str) -> None:
        if self._item is None or item_id != self._item.id:
            self._with(lambda presenter: presenter.on_item(item_id))

    def _agree(self, point: str) -> None:
        self._with(lambda presenter: presenter.on_agreed(point))

    def _on_reason(self, _words: str) -> None:
        self._autosave.touch()

    def _save_reason(self) -> None:
        if self._presenter is not None:
            self._presenter.on_reason(self.agreed.reason.text())

    def _leave_reason(self) -> None:
        self._autosave.flush()
        if self._presenter is not None:
            self._presenter.on_left()

    def _focus_tiles(self) -> None:
        tiles = self.agreed.tiles.tiles
        chosen = next((tile for tile in tiles if tile.isChecked()), tiles[0] if tiles else None)
        if chosen is not None:
            chosen.setFocus(Qt.FocusReason.OtherFocusReason)
            self._scroll.reveal(self.agreed)

    def _go_back(self, _key: str) -> None:
        self._autosave.flush()
        self._on_back()


def _row(row: ItemRow) -> QuestionRow:
    mark = UNANSWERED if row.agreed is None else mark_of(row.agreed)
    return QuestionRow(
        id=row.id,
        number=row.number,
        title=row.title,
        mark=mark,
        word=Panel.state(row.agreed.label if row.agreed else "", differs=row.differs),
        is_flagged=row.differs,
    )
