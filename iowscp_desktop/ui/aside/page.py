"""What was set aside, a card each, drawn."""

from collections.abc import Callable
from functools import partial

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


class AsidePage(QWidget):
    """Passes on what a person decides about a card."""

    def __init__(self, on_back: Callable[[], None]) -> None:
        super().__init__()
        self._on_back = on_back
        self._presenter: AsidePresenter | None = None
        self.cards: dict[str, AsideCard] = {}
        self._look: Look | None = None
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
        """Show what was set aside; reasons that are being written stay."""
        written = {key: card.reason.text() for key, card in self.cards.items()}
        while (item := self._list.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        self.cards = {}
        for state in cards:
            card = AsideCard(state, partial(self._let_in, state.key), partial(self._leave, state.key))
            card.reason.show_text(written.get(state.key, ""))
            if self._look is not None:
                card.watch_names(self._look)
            self.cards[state.key] = card
            self._list.add(card)
            card.show()
        self._more.setText(Words.more(more))
        self._more.setVisible(bool(more))
        self._stack.setCurrentIndex(0 if cards else 1)

    def show_note(self, words: str) -> None:
        """Say what was done."""
        while self.banners.take_newest():
            continue
        self.banners.say(Message(weight=Weight.NOTE, words=words))
        announce(self, words)
        first = next(iter(self.cards.values()), None)
        (self.top if first is None else first.reason).setFocus()

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
        self.reason = TextArea(Words.named(Words.reason, state.title), least_lines=1)
        self._field = Field(Words.reason, self.reason, hint=Words.reason_hint)
        self.watch: NameWatch | None = None
        self.let_in_button = Button(state.let_in)
        self.leave_button = Button(state.leave)
        facts = [(Words.subject, state.subject)] if state.subject else []
        facts.append((Words.says, state.says))
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
        if state.let_in or state.leave:
            column.add(self._field)
        for button, deed in ((self.let_in_button, on_let_in), (self.leave_button, on_leave)):
            button.setAccessibleName(Words.named(button.text(), state.title))
            button.clicked.connect(deed)
        column.add(flowing(self.let_in_button, self.leave_button))
        self.setLayout(column)
        self.let_in_button.setVisible(bool(state.let_in))
        self.leave_button.setVisible(bool(state.leave))
        self.setAccessibleName(f"{state.sort}. {state.title}")

    def watch_names(self, look: Look) -> None:
        """Look over the reason, also what was written before the list was drawn again."""
        self.watch = NameWatch(self._field, self.reason, look)
        self.watch.words_shown()

    def show_reason_missing(self) -> None:
        """Say that a reason is needed, and go there."""
        self._field.show_problem(Words.reason_missing)
        self.reason.setFocus()
