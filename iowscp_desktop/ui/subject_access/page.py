"""Finding a person, drawn: what to look for, and a card for each place that mentions them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from iowscp_desktop.text.retention import Retention
from iowscp_desktop.text.subject_access import SubjectAccess as Words
from iowscp_desktop.ui.choosing import Choose, FileRequest, Wanted
from iowscp_desktop.ui.notify import announce
from iowscp_desktop.ui.showing import ShowFolder
from iowscp_desktop.ui.subject_access.presenter import Decided, PlaceState, SubjectAccessPresenter
from iowscp_desktop.ui.theme import Icon, Tone, Type
from iowscp_desktop.ui.widgets.buttons import Button, Kind
from iowscp_desktop.ui.widgets.centred import Centred
from iowscp_desktop.ui.widgets.choices import CheckBox
from iowscp_desktop.ui.widgets.fields import Field, LineEdit, TextArea
from iowscp_desktop.ui.widgets.labels import Label
from iowscp_desktop.ui.widgets.layouts import NO_MARGINS, Column, Row, flowing
from iowscp_desktop.ui.widgets.messages import BannerStack, Message, Weight
from iowscp_desktop.ui.widgets.name_watch import Look, NameWatch
from iowscp_desktop.ui.widgets.pages import Crumb, PageTitle, TopBar
from iowscp_desktop.ui.widgets.surfaces import PANE, Card, show_or_hide
from iowscp_desktop.ui.widgets.tags import Tag

_BACK = "back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """Where the page leads, and how it asks for a folder."""

    choose: Choose
    show_folder: ShowFolder
    on_back: Callable[[], None]


class PlaceCard(Card):
    """One place: whether it is given out, and what of it."""

    def __init__(self, place: PlaceState) -> None:
        self.key = place.key
        self.include = CheckBox(Words.include)
        self.include.setAccessibleName(Words.include_of(place.number))
        self.words = TextArea(Words.words_of(place.number), least_lines=2)
        self.words.show_text(place.words)
        self.with_file = CheckBox(Words.with_file)
        tone, word, icon = (
            (Tone.GREEN, Words.stands, Icon.CHECK) if place.stands else (Tone.GREY, Words.earlier, Icon.HISTORY)
        )
        head = Row(gap=10)
        head.add(Label(place.title, Type.STRONG, wrap=True), 1)
        head.add(Tag(word, tone, icon=icon))
        note = Label(place.note, Type.SMALL, wrap=True)
        column = Column(
            head,
            Label(place.about, Type.SMALL, wrap=True),
            note,
            Field(Words.words, self.words, hint=Words.words_hint),
            self.with_file,
            self.include,
            gap=10,
            margins=(22, 16, 22, 18),
        )
        super().__init__(column)
        self.words.setAccessibleName(Words.words_of(place.number))
        self.with_file.setChecked(place.has_file)
        show_or_hide(note, shown=bool(place.note))
        show_or_hide(self.with_file, shown=place.has_file)

    @property
    def decided(self) -> Decided:
        """What goes out of this place."""
        return Decided(words=self.words.text(), with_file=self.with_file.isChecked())


class SubjectAccessPage(QWidget):
    """Nothing is ticked by itself: a person goes through every place."""

    def __init__(self, ways: Ways) -> None:
        super().__init__()
        self._ways = ways
        self._presenter: SubjectAccessPresenter | None = None
        self.cards: dict[str, PlaceCard] = {}
        self.top = TopBar((Crumb(_BACK, Words.back), Crumb("", Words.title)))
        self.top.followed.connect(self._go_back)
        self.name, self.other = LineEdit(Words.name), TextArea(Words.ways, least_lines=3)
        self._name = Field(Words.name, self.name, hint=Words.name_hint)
        self.suggest = Button(Words.suggest, small=True)
        self.search = Button(Words.search, Kind.PRIMARY, icon=Icon.SEARCH)
        self.save = Button(Words.save, Kind.PRIMARY, icon=Icon.DOWNLOAD)
        self.erase = Button(Words.erase, Kind.DANGER, icon=Icon.TRASH_2)
        self.reason = TextArea(Retention.reason, least_lines=2)
        self._reason = Field(Retention.reason, self.reason, hint=Retention.reason_hint)
        self.sure = CheckBox(Retention.sure)
        self.erase_now = Button(Retention.erase, Kind.DANGER)
        self.keep_them = Button(Retention.cancel)
        self.more = Button("", icon=Icon.CHEVRON_DOWN)
        self.watch: NameWatch | None = None
        self._total = 0
        self.banners = BannerStack(margins=NO_MARGINS)
        self._found, self._count = Label("", Type.H2, wrap=True), Label("", Type.MUTED)
        self._note = Label("", Type.MUTED, wrap=True)
        self._places = Column(gap=12)
        self._build()

    def start(self, presenter: SubjectAccessPresenter) -> None:
        """Keep the presenter."""
        self._presenter = presenter

    def watch_names(self, look: Look) -> None:
        """Look over the reason: it stays for ever, and must not name whoever was erased."""
        self.watch = NameWatch(self._reason, self.reason, look)

    def show_ways(self, ways: Sequence[str]) -> None:
        """Show other ways to write the name."""
        self.other.show_text("\n".join(ways))

    def show_names_missing(self) -> None:
        """Say that there is nothing to look for, and go there."""
        self._name.show_problem(Words.names_missing)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_searching(self) -> None:
        """Say that it is being looked for."""
        self._name.show_problem("")
        self._clear()
        self._show_found(Words.searching, "")
        self.search.setEnabled(False)

    def show_places(self, places: Sequence[PlaceState], total: int) -> None:
        """Show the first of what was found."""
        self.search.setEnabled(True)
        self._clear()
        self._total = total
        self._show_found(Words.found(total) if places else Words.nothing, "" if places else Words.nothing_about)
        self.add_places(places)
        announce(self, self._found.text())

    def add_places(self, places: Sequence[PlaceState]) -> None:
        """Show more of it; what was decided of the others stays."""
        for place in places:
            card = PlaceCard(place)
            card.include.toggled.connect(self._show_count)
            self.cards[place.key] = card
            self._places.add(card)
        left = self._total - len(self.cards)
        self.more.show_words(Words.more(left))
        show_or_hide(self.more, shown=left > 0)
        self._show_count()

    def show_failed(self) -> None:
        """Let the person try again."""
        self.search.setEnabled(True)
        self._show_found("", "")

    def show_saved(self, place: Path) -> None:
        """Say where it was saved."""
        self.banners.say(
            Message(
                weight=Weight.DONE,
                words=Words.saved_at(str(place)),
                remedy=Words.saved_note,
                offer=Words.show_folder,
                on_offer=partial(self._ways.show_folder, place),
            )
        )

    def show_erased(self) -> None:
        """Say that it was erased."""
        self.banners.say(Message(weight=Weight.DONE, words=Words.erased))

    # --- inside ------------------------------------------------------------------------------

    def _build(self) -> None:
        asked = Column(
            self._name,
            flowing(self.suggest),
            Field(Words.ways, self.other, hint=Words.ways_hint),
            flowing(self.search),
            gap=12,
            margins=(24, 18, 24, 20),
        )
        sure = Column(
            Label(Words.erase_title, Type.H2, wrap=True),
            Label(Words.erase_about, Type.BODY, wrap=True),
            self._reason,
            self.sure,
            flowing(self.erase_now, self.keep_them),
            gap=12,
            margins=(24, 18, 24, 20),
        )
        self._sure = Card(sure, edge=Tone.RED)
        self._actions = flowing(self.save, self.erase, self._count)
        column = Column(
            PageTitle(Words.title, Words.about),
            self.banners,
            Card(asked),
            self._found,
            self._note,
            self._actions,
            self._sure,
            self._places,
            flowing(self.more),
            None,
            gap=16,
        )
        body = Centred(column, width=860, margins=(32, 22, 28, 24))
        body.setProperty(PANE, "yes")
        whole = Column(self.top, gap=0)
        whole.add(body, 1)
        self.setLayout(whole)
        self.suggest.clicked.connect(self._suggest)
        self.search.clicked.connect(self._search)
        self.name.returnPressed.connect(self._search)
        self.save.clicked.connect(self._save)
        self.erase.clicked.connect(self._ask_to_erase)
        self.erase_now.clicked.connect(self._erase)
        self.keep_them.clicked.connect(self._fold)
        self.more.clicked.connect(self._more)
        show_or_hide(self.more, shown=False)
        self._show_found("", "")
        self._show_count()

    def _show_found(self, words: str, note: str) -> None:
        self._found.setText(words)
        self._note.setText(note)
        show_or_hide(self._found, shown=bool(words))
        show_or_hide(self._note, shown=bool(note))

    def _show_count(self, *_told: object) -> None:
        ticked = len(self._ticked())
        self._count.setText(Words.chosen(ticked, self._total))
        for button in (self.save, self.erase):
            button.setEnabled(ticked > 0)
        show_or_hide(self._actions, shown=bool(self.cards))
        self._fold()

    def _ticked(self) -> Mapping[str, PlaceCard]:
        return {key: card for key, card in self.cards.items() if card.include.isChecked()}

    def _more(self) -> None:
        if self._presenter is not None:
            self._presenter.on_more()

    def _clear(self) -> None:
        self.cards.clear()
        self._total = 0
        show_or_hide(self.more, shown=False)
        while (item := self._places.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        self._show_count()

    def _suggest(self) -> None:
        if self._presenter is not None:
            self._presenter.on_suggest(self.name.text())

    def _search(self) -> None:
        if self._presenter is not None:
            self._presenter.on_search(self.name.text(), self.other.text())

    def _save(self) -> None:
        presenter = self._presenter
        if presenter is None:
            return
        decided = {key: card.decided for key, card in self._ticked().items()}
        request = FileRequest(wanted=Wanted.FOLDER, title=Words.save_dialogue, suggestion=Path.home())
        self._ways.choose(request, lambda paths: presenter.on_save(decided, paths[0]))

    def _ask_to_erase(self) -> None:
        self.reason.show_text("")
        if self.watch is not None:
            self.watch.forget()
        self.sure.setChecked(False)
        self._reason.show_problem("")
        show_or_hide(self._sure, shown=True)
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fold(self, *_told: object) -> None:
        show_or_hide(self._sure, shown=False)

    def _erase(self) -> None:
        if not self.sure.isChecked():
            self._reason.show_problem(Retention.not_sure)
            self.sure.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.reason.text().strip():
            self._reason.show_problem(Retention.reason_missing)
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._presenter is not None:
            self._presenter.on_erase(tuple(self._ticked()), self.reason.text())

    def _go_back(self, *_told: object) -> None:
        self._ways.on_back()
