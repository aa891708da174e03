"""The page of whoever looks after a survey: how many sheets wait, let people answer, make the file."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from iowscp_desktop import text
from iowscp_desktop.domain.ids import ResponseId
from iowscp_desktop.text.survey import Survey as Words
from iowscp_desktop.ui.notify import announce
from iowscp_desktop.ui.showing import ShowFolder
from iowscp_desktop.ui.survey.presenter import DeskPresenter, SurveyState
from iowscp_desktop.ui.theme import Icon, Type
from iowscp_desktop.ui.widgets.buttons import Button, Kind
from iowscp_desktop.ui.widgets.labels import Label
from iowscp_desktop.ui.widgets.layouts import NO_MARGINS, Column, flowing
from iowscp_desktop.ui.widgets.messages import BannerStack, Message, Weight
from iowscp_desktop.ui.widgets.pages import EmptyState, PageTitle
from iowscp_desktop.ui.widgets.surfaces import Card, ScrollPane


class SurveyPage(QWidget):
    """A card for each survey."""

    def __init__(self, show_folder: ShowFolder) -> None:
        super().__init__()
        self._presenter: DeskPresenter | None = None
        self._show_folder = show_folder
        self.cards: dict[ResponseId, SurveyCard] = {}
        self.banners = BannerStack(margins=NO_MARGINS)
        self._list = Column(gap=12)
        notes = [Label(words, Type.MUTED, wrap=True) for words in (Words.how, Words.no_backup)]
        body = QWidget()
        body.setLayout(
            Column(PageTitle(Words.title, Words.about), self._list, *notes, None, gap=14, margins=(36, 22, 36, 28))
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(ScrollPane(body))
        self._stack.addWidget(EmptyState(Icon.USERS, Words.none, Words.none_about))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.banners)
        layout.addWidget(self._stack, 1)

    def start(self, presenter: DeskPresenter) -> None:
        """Keep the presenter and let it show what there is."""
        self._presenter = presenter
        presenter.start()

    def on_shown(self) -> None:
        """It came to the front: people may have handed in since."""
        if self._presenter is not None:
            self._presenter.start()

    def show_surveys(self, states: tuple[SurveyState, ...]) -> None:
        """Show the surveys that are asked here."""
        while (item := self._list.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        self.cards = {}
        presenter = self._presenter
        for state in states:
            if presenter is None:
                break
            card = SurveyCard(state, presenter.on_begin, presenter.on_send, presenter.on_send_again)
            self.cards[state.response_id] = card
            self._list.add(card)
            card.show()
        self._stack.setCurrentIndex(0 if states else 1)

    def show_note(self, words: str, *, is_problem: bool = False) -> None:
        """Say what was done, or why not."""
        self._say(Message(weight=Weight.PROBLEM if is_problem else Weight.NOTE, words=words))

    def show_made(self, path: Path) -> None:
        """Say that a file is there."""
        self._say(
            Message(
                weight=Weight.DONE,
                words=Words.made(path.name),
                offer=text.Home.show_folder,
                on_offer=partial(self._show_folder, path),
            )
        )

    def _say(self, message: Message) -> None:
        while self.banners.take_newest():
            pass
        self.banners.say(message)
        announce(self, message.words)


class SurveyCard(Card):
    """One survey."""

    def __init__(
        self,
        state: SurveyState,
        on_begin: Callable[[ResponseId], None],
        on_send: Callable[[ResponseId], None],
        on_again: Callable[[ResponseId], None],
    ) -> None:
        super().__init__()
        self.begin = Button(Words.begin, Kind.PRIMARY, icon=Icon.USERS)
        self.send = Button(Words.send, icon=Icon.SEND)
        self.again = Button(Words.send_again, Kind.QUIET)
        for button, deed in ((self.begin, on_begin), (self.send, on_send), (self.again, on_again)):
            button.setAccessibleName(f"{button.text()}: {state.title}")
            button.clicked.connect(partial(_told, deed, state.response_id))
        self.send.setEnabled(state.may_send)
        column = Column(
            Label(state.title, Type.H2, wrap=True),
            Label(state.about, Type.SMALL, wrap=True),
            Label(state.waiting, Type.BODY, wrap=True),
            gap=8,
            margins=(24, 20, 24, 20),
        )
        if state.sent:
            column.add(Label(state.sent, Type.BODY, wrap=True))
        column.add(flowing(self.begin, self.send, self.again))
        self.setLayout(column)
        self.again.setVisible(state.may_send_again)


def _told(deed: Callable[[ResponseId], None], response_id: ResponseId, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - as a button tells it
    deed(response_id)
