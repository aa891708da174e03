"""What was set aside, a card each, drawn."""

from collections import deque
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from iowscp_desktop.text.aside import Aside as Words
from iowscp_desktop.ui.aside.presenter import AsidePresenter, CardState
from iowscp_desktop.ui.notify import announce
from iowscp_desktop.ui.theme import Icon, Tone, Type
from iowscp_desktop.ui.widgets.buttons import Button
from iowscp_desktop.ui.widgets.facts import Facts
from iowscp_desktop.ui.widgets.fields import Field, TextArea
from iowscp_desktop.ui.widgets.labels import Label
from iowscp_desktop.ui.widgets.layouts import NO_MARGINS, Column, Row, flowing
from iowscp_desktop.ui.widgets.messages import BannerStack, Message, Weight
from iowscp_desktop.ui.widgets.name_watch import Look, NameWatch
from iowscp_desktop.ui.widgets.pages import Crumb, EmptyState, PageTitle, TopBar
from iowscp_desktop.ui.widgets.surfaces import Card, ScrollPane
from iowscp_desktop.ui.widgets.tags import Tag

_BACK = "back"
_AT_ONCE = 6
"""Cards that are made in one go; the others follow, and whoever types meanwhile is not held up."""


class AsidePage(QWidget):
    """Passes on what a person decides about a card."""

    def __init__(self, on_back: Callable[[], None]) -> None:
        super().__init__()
        self._on_back = on_back
        self._presenter: AsidePresenter | None = None
        self.cards: dict[str, AsideCard] = {}
        self._look: Look | None = None
        self._to_draw: deque[CardState] = deque()
        self._written: dict[str, str] = {}
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._draw_some)
        self.top = TopBar((Crumb(_BACK, Words.back), Crumb("", Words.title)))
        self.top.followed.connect(self._go_back)
        self.banners = BannerStack(margins=NO_MARGINS)
        self._list = Column(gap=12)
        self._more = Label("", Type.MUTED, wrap=True)
        body = QWidget()
        body.setLayout(
            Column(PageTitle(Words.title, Words.about), self._list, self._more, None, gap=14, margins=(36, 22, 36, 28))
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(ScrollPane(body))
        self._stack.addWidget(EmptyState(Icon.ARCHIVE, Words.none, Words.none_about))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part in (self.top, self.banners):
            layout.addWidget(part)
        layout.addWidget(self._stack, 1)

    def start(self, presenter: AsidePresenter) -> None:
        """Keep the presenter and let it show what there is."""
        self._presenter = presenter
        presenter.start()

    def watch_names(self, look: Look) -> None:
        """Look over reasons for what seems to point at somebody; call it before the page starts."""
        self._look = look

    def show_cards(self, cards: tuple[CardState, ...], more: int) -> None:
        """Show what was set aside; cards that say the same stay, and so do reasons that are being written."""
        self._written |= {key: card.reason.text() for key, card in self.cards.items()}
        self._written = {state.key: self._written.get(state.key, "") for state in cards}
        wanted = {state.key: state for state in cards}
        for key, card in tuple(self.cards.items()):
            self._list.removeWidget(card)
            if wanted.get(key) != card.state:
                card.hide()
                card.deleteLater()
                del self.cards[key]
        self._to_draw = deque(cards)
        self._draw_some()
        self._more.setText(Words.more(more))
        self._more.setVisible(bool(more))
        self._stack.setCurrentIndex(0 if cards else 1)

    def _draw_some(self) -> None:
        """Put the next cards in their places; those that are new are made a few at a time."""
        made = 0
        while self._to_draw and made < _AT_ONCE:
            state = self._to_draw.popleft()
            if state.key not in self.cards:
                made += 1
                self.cards[state.key] = self._card(state)
            self._list.add(self.cards[state.key])
            self.cards[state.key].show()
        if self._to_draw:
            self._soon.start()

    def _card(self, state: CardState) -> "AsideCard":
        card = AsideCard(state, partial(self._let_in, state.key), partial(self._leave, state.key))
        card.reason.show_text(self._written[state.key])
        if self._look is not None:
            card.watch_names(self._look)
        return card

    def show_note(self, words: str) -> None:
        """Say what was done."""
        while self.banners.take_newest():
            continue
        self.banners.say(Message(weight=Weight.NOTE, words=words))
        announce(self, words)
        first = next((card for card in self.cards.values() if card.can_decide), None)
        (self.top if first is None else first.begin).setFocus()

    def show_reason_missing(self, key: str) -> None:
        """Say that a reason is needed, and go there."""
        self.cards[key].show_reason_missing()

    def _go_back(self, *_told: object) -> None:
        self._on_back()

    def _let_in(self, key: str) -> None:
        if self._presenter is not None:
            self._presenter.on_let_in(key, self.cards[key].reason.text())

    def _leave(self, key: str) -> None:
        if self._presenter is not None:
            self._presenter.on_leave(key, self.cards[key].reason.text())


class AsideCard(Card):
    """One thing: whose it is, what it says, why it does not count, and the ways to decide."""

    def __init__(self, state: CardState, on_let_in: Callable[[], None], on_leave: Callable[[], None]) -> None:
        super().__init__()
        self.state = state
        self.can_decide = bool(state.let_in or state.leave)
        self._asks_why = bool(state.leave or (state.let_in and not state.is_file))
        self.reason = TextArea(Words.named(Words.reason, state.title), least_lines=1)
        self._field = Field(Words.reason, self.reason, hint=Words.reason_hint)
        self.watch: NameWatch | None = None
        self.let_in_button = Button(state.let_in)
        self.leave_button = Button(state.leave)
        facts = [(Words.subject, state.subject)] if state.subject else []
        facts.append((Words.file_name if state.is_file else Words.says, state.says))
        if state.stands:
            facts.append((Words.stands, state.stands))
        column = Column(
            Row(Tag(state.sort, Tone.AMBER, icon=Icon.TRIANGLE_ALERT), None),
            Label(state.title, Type.STRONG, wrap=True),
            Label(state.why, Type.BODY, wrap=True),
            Facts(facts),
            gap=8,
            margins=(20, 16, 20, 16),
        )
        if state.decided:
            column.add(Label(state.decided, Type.MUTED, wrap=True))
        column.add(self._field)
        for button, deed in ((self.let_in_button, on_let_in), (self.leave_button, on_leave)):
            button.setAccessibleName(Words.named(button.text(), state.title))
            button.clicked.connect(deed)
        column.add(flowing(self.let_in_button, self.leave_button))
        self.setLayout(column)
        self._field.setVisible(self._asks_why)
        self.let_in_button.setVisible(bool(state.let_in))
        self.leave_button.setVisible(bool(state.leave))
        self.setAccessibleName(f"{state.sort}. {state.title}")

    @property
    def begin(self) -> QWidget:
        """Where deciding begins."""
        return self.reason if self._asks_why else self.let_in_button

    def watch_names(self, look: Look) -> None:
        """Look over the reason, also what was written before the list was drawn again."""
        self.watch = NameWatch(self._field, self.reason, look)
        self.watch.words_shown()

    def show_reason_missing(self) -> None:
        """Say that a reason is needed, and go there."""
        self._field.show_problem(Words.reason_missing)
        self.reason.setFocus()
