"""The history of a question, drawn: a card for each wording, the newest first."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from iowscp_desktop.app.history import Standing
from iowscp_desktop.text.history import History as Words
from iowscp_desktop.ui.history.presenter import HistoryPresenter, HistoryState, StepState
from iowscp_desktop.ui.notify import announce
from iowscp_desktop.ui.theme import Icon, Role, Tone, Type
from iowscp_desktop.ui.widgets.buttons import Button
from iowscp_desktop.ui.widgets.escape import leave_by_escape
from iowscp_desktop.ui.widgets.labels import Label, Picture
from iowscp_desktop.ui.widgets.layouts import Column, Row, flowing
from iowscp_desktop.ui.widgets.pages import Crumb, EmptyState, PageTitle, TopBar
from iowscp_desktop.ui.widgets.signed_versions import SignedVersionsCard
from iowscp_desktop.ui.widgets.surfaces import PANE, Card, ScrollPane, show_or_hide
from iowscp_desktop.ui.widgets.tags import Tag
from iowscp_desktop.ui.widgets.versions import MarkedText

_BACK = "back"
_LOOKS: dict[Standing, tuple[Tone, Icon]] = {
    Standing.STANDS: (Tone.GREEN, Icon.CHECK),
    Standing.CONTESTED: (Tone.AMBER, Icon.GIT_COMPARE_ARROWS),
    Standing.REPLACED: (Tone.GREY, Icon.HISTORY),
    Standing.ERASED: (Tone.RED, Icon.TRASH_2),
    Standing.ELSEWHERE: (Tone.GREY, Icon.LAPTOP),
}


class HistoryPage(QWidget):
    """Who wrote what when."""

    def __init__(self, on_back: Callable[[], None]) -> None:
        super().__init__()
        self._presenter: HistoryPresenter | None = None
        self._on_back = on_back
        self.top = TopBar((Crumb(_BACK, Words.back), Crumb("", Words.title)))
        self.top.followed.connect(self._go_back)
        self._title = PageTitle(Words.title, Words.about)
        self._cards = Column(gap=12)
        self.use_buttons: dict[str, Button] = {}
        self.more = Button("", icon=Icon.CHEVRON_DOWN)
        self.more.clicked.connect(self._on_more)
        self.versions = SignedVersionsCard()
        parts = (self._title, self._cards, flowing(self.more), self.versions)
        body = QWidget()
        body.setLayout(Column(*parts, None, gap=16, margins=(36, 24, 36, 28)))
        self.pane = ScrollPane(body)
        self.pane.setProperty(PANE, "yes")
        self._empty = EmptyState(Icon.HISTORY, Words.none, Words.none_about, button=Words.none_back)
        self._empty.pressed.connect(on_back)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.pane)
        self._stack.addWidget(self._empty)
        whole = Column(self.top, gap=0)
        whole.add(self._stack, 1)
        self.setLayout(whole)
        leave_by_escape(self, on_back)

    def start(self, presenter: HistoryPresenter) -> None:
        """Keep the presenter and let it show what there is."""
        self._presenter = presenter
        presenter.start()

    def show_history(self, state: HistoryState) -> None:
        """Show the wordings."""
        self._stack.setCurrentWidget(self.pane if state.steps else self._empty)
        self._title.show_title("  ".join(part for part in (state.number, state.question) if part), Words.about)
        self._clear()
        for step in state.steps:
            self._cards.add(self._card(step))
        self.more.show_words(Words.more(state.more))
        show_or_hide(self.more, shown=state.more > 0)
        self.versions.show_versions(state.versions)

    def tell(self, words: str) -> None:
        """Have something read out."""
        announce(self, words)

    # --- inside ------------------------------------------------------------------------------

    def _clear(self) -> None:
        self.use_buttons.clear()
        while (item := self._cards.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()

    def _card(self, step: StepState) -> Card:
        tone, icon = _LOOKS[step.standing]
        is_gone = step.standing in {Standing.ERASED, Standing.ELSEWHERE}
        people = Row(
            Picture(Icon.USER, size=15),
            Label(step.who, Type.SMALL, wrap=True),
            6,
            Picture(Icon.CLOCK, size=15),
            Label(step.when, Type.SMALL),
            None,
            gap=6,
        )
        head = Row(gap=10)
        head.add(Label(step.title, Type.STRONG, wrap=True), 1)
        head.add(Tag(Words.states[step.standing], tone, icon=icon))
        column = Column(head, people, gap=8, margins=(20, 14, 20, 16))
        if step.wording and is_gone:
            column.add(Label("".join(run.words for run in step.wording), Type.MUTED, wrap=True))
        elif step.wording:
            column.add(MarkedText(step.wording))
        if step.can_use:
            button = Button(Words.use, small=True, icon=Icon.UNDO_2)
            button.setAccessibleName(Words.use_of(step.when))
            button.clicked.connect(partial(self._on_use, step.key))
            self.use_buttons[step.key] = button
            column.add(flowing(button))
        card = Card(column, back=Role.SURFACE if not is_gone else Role.GREY_TINT)
        card.setAccessibleName(f"{step.title}, {step.when}")
        return card

    def _on_use(self, key: str) -> None:
        if self._presenter is not None:
            self._presenter.on_use(key)
            self.top.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_back(self, *_told: object) -> None:
        self._on_back()

    def _on_more(self) -> None:
        if self._presenter is not None:
            self._presenter.on_more()
