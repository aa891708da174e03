"""The keys to this workspace: what opens it, and a card for each change."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from iowscp_desktop import text
from iowscp_desktop.app.keys import WaysIn
from iowscp_desktop.app.passphrases import Judged
from iowscp_desktop.errors import AppError, WrongPassphrase
from iowscp_desktop.ui.choosing import Choose
from iowscp_desktop.ui.keys.presenter import Done, KeyDesks, KeysPresenter, Place, Wrong
from iowscp_desktop.ui.notify import announce
from iowscp_desktop.ui.theme import Icon, Role, Type
from iowscp_desktop.ui.widgets.buttons import Button, Kind
from iowscp_desktop.ui.widgets.centred import Centred
from iowscp_desktop.ui.widgets.facts import Facts
from iowscp_desktop.ui.widgets.fields import Field, SecretField
from iowscp_desktop.ui.widgets.key_paper import RecoveryPaper, SparePaper, StrengthLine
from iowscp_desktop.ui.widgets.labels import Label, Picture
from iowscp_desktop.ui.widgets.layouts import Column, Row, flowing
from iowscp_desktop.ui.widgets.pages import PageTitle
from iowscp_desktop.ui.widgets.surfaces import PANE, Card, show_or_hide

Words = text.Keys
_WRONGS = {
    (Place.CURRENT, Wrong.MISSING): Words.current_missing,
    (Place.NEW, Wrong.MISSING): text.FirstRun.phrase_missing,
    (Place.NEW, Wrong.TOO_EASY): text.FirstRun.phrase_easy,
    (Place.AGAIN, Wrong.DIFFERS): text.FirstRun.phrase_differs,
}


class KeysPage(QWidget):
    """Draws the ways in, and one card for each thing that can be done about them."""

    def __init__(self, choose: Choose) -> None:
        super().__init__()
        self._choose = choose
        self._presenter: KeysPresenter | None = None
        self._remembered = False
        self.setWindowTitle(Words.title)
        self._build()

    def start(self, presenter: KeysPresenter, desks: KeyDesks, on_back: Callable[[], None]) -> None:
        """Take the presenter and begin."""
        self._presenter = presenter
        self.paper.start(desks.sheet, self._choose)
        self.spare_paper.start(desks.spare, self._choose)
        self.back.clicked.connect(on_back)
        self.new.edited.connect(presenter.on_passphrase)
        self.strength.suggestion_wanted.connect(lambda: presenter.on_passphrase(None))
        self.change.clicked.connect(self._on_change)
        self.again.returnPressed.connect(self._on_change)
        self.new_sheet.clicked.connect(presenter.on_new_sheet)
        self.use_sheet.clicked.connect(lambda: self._on_use_sheet(change_key=False))
        self.change_key.clicked.connect(lambda: self._on_use_sheet(change_key=True))
        self.remember.clicked.connect(self._on_remember)
        self.accept_spare.clicked.connect(lambda: presenter.on_accept_spare(self.current.text()))
        self.new_spare.clicked.connect(presenter.on_new_spare)
        self.use_spare.clicked.connect(self._on_use_spare)
        presenter.start()

    def on_shown(self) -> None:
        """It came to the front."""
        self.current.setFocus()

    # --- what the presenter shows ------------------------------------------------------------

    def show_ways(self, ways: WaysIn, *, is_team: bool) -> None:
        """Show what opens the workspace."""
        self._remembered = ways.remembered
        self.facts.show_facts(
            [
                (Words.way_passphrase, Words.way_set if ways.passphrase else Words.way_not),
                (Words.way_sheet, Words.sheet_number(ways.sheet) if ways.sheet else Words.way_not),
                (Words.way_memory, Words.way_remembered if ways.remembered else Words.way_not_remembered),
                (Words.way_spare, Words.way_set if ways.spare_key else Words.way_not),
            ]
        )
        self.remember.show_words(Words.forget_button if ways.remembered else Words.remember_button)
        self._memory_about.setText(Words.forget_about if ways.remembered else Words.remember_about)
        show_or_hide(self.new_spare, shown=is_team)
        show_or_hide(self.accept_spare, shown=ways.spare_key_offered)
        show_or_hide(self._spare_card, shown=is_team or ways.spare_key_offered)

    def show_strength(self, judged: Judged | None) -> None:
        """Show how hard the new passphrase is to guess."""
        self.strength.show_strength(judged)

    def show_suggestion(self, passphrase: str) -> None:
        """Put a made-up passphrase in, readable."""
        self.new.show_text(passphrase)
        self.new.reveal()
        self.again.setFocus()

    def show_nothing_wrong(self) -> None:
        """Take all marks away."""
        for field in self._fields.values():
            field.show_problem("")
        self._say("")

    def show_wrong(self, place: Place, wrong: Wrong) -> None:
        """Mark a field and put the focus there."""
        self._mark(place, _WRONGS[place, wrong])

    def show_refused(self, error: AppError) -> None:
        """Say why it was not done; a wrong passphrase is marked at its field."""
        words = Words.refused(error.message, error.remedy, error.code)
        if isinstance(error, WrongPassphrase):
            self._mark(Place.CURRENT, words)
        else:
            self._say(words, Icon.CIRCLE_ALERT, Role.RED_INK)

    def show_paper(self, *, sheet: bool, spare: bool) -> None:
        """Show the recovery sheet that is being made, or the spare key."""
        show_or_hide(self._sheet_part, shown=sheet)
        show_or_hide(self._spare_part, shown=spare)
        if sheet:
            self.paper.save.setFocus()
            self._scroll.reveal(self.use_sheet)
        if spare:
            self.spare_paper.file.setFocus()
            self._scroll.reveal(self.use_spare)

    def show_done(self, done: Done) -> None:
        """Say what was done, and empty the fields."""
        for field in (self.current, self.new, self.again):
            field.clear()
        self.show_strength(None)
        self._say(Words.done[done.name], Icon.CIRCLE_CHECK_BIG, Role.GREEN_INK)
        self.current.setFocus()
        self._scroll.reveal(self.current)

    def show_busy(self, *, busy: bool) -> None:
        """Let nothing be pressed while something is being done."""
        if busy:
            self._say(Words.busy, Icon.HOURGLASS, Role.PRIMARY_TEXT)
        else:
            self._say("")
        self._cards.setEnabled(not busy)

    # --- inside ------------------------------------------------------------------------------

    def _build(self) -> None:
        self.back = Button(Words.back, Kind.QUIET, icon=Icon.ARROW_LEFT)
        self.facts = Facts()
        self.current, self.new, self.again = (
            SecretField(name) for name in (Words.current, Words.new, text.FirstRun.again)
        )
        self._fields = {
            Place.CURRENT: Field(Words.current, self.current, hint=Words.current_hint),
            Place.NEW: Field(Words.new, self.new, hint=text.FirstRun.phrase_hint),
            Place.AGAIN: Field(text.FirstRun.again, self.again),
        }
        self.strength, self.paper, self.spare_paper = StrengthLine(), RecoveryPaper(), SparePaper()
        self.change = Button(Words.change_button, icon=Icon.KEY_ROUND)
        self.new_sheet = Button(Words.new_sheet_button, icon=Icon.FILE_PLUS)
        self.use_sheet = Button(Words.use_sheet_button, Kind.PRIMARY)
        self.change_key = Button(Words.change_key_button, icon=Icon.REFRESH_CW)
        self.remember, self._memory_about = Button(Words.forget_button, icon=Icon.LAPTOP), _about("")
        self.new_spare = Button(Words.new_spare_button, icon=Icon.FILE_PLUS)
        self.use_spare = Button(Words.use_spare_button, Kind.PRIMARY)
        self.accept_spare = Button(Words.accept_spare_button, icon=Icon.CHECK)
        self._sheet_part = _part(
            self.paper, flowing(self.use_sheet, self.change_key), _about(Words.change_key_about, Type.SMALL)
        )
        self._spare_part = _part(self.spare_paper, self.use_spare)
        self._spare_card = _card(
            Words.spare_title, _about(Words.spare_about), flowing(self.new_spare, self.accept_spare), self._spare_part
        )
        cards = Column(
            _card(Words.ways_title, self.facts),
            _card(Words.current_title, self._fields[Place.CURRENT]),
            _card(Words.change_title, self._fields[Place.NEW], self.strength, self._fields[Place.AGAIN], self.change),
            _card(Words.sheet_title, _about(Words.sheet_about), self.new_sheet, self._sheet_part),
            _card(Words.memory_title, self._memory_about, self.remember),
            self._spare_card,
            gap=14,
        )
        self._cards = QWidget()
        self._cards.setLayout(cards)
        self._sign, self._said = Picture(Icon.INFO), Label("", Type.STRONG, wrap=True)
        said = Row(self._sign, gap=10)
        said.add(self._said, 1)
        self._said_row = QWidget()
        self._said_row.setLayout(said)
        column = Column(
            Row(self.back, None), PageTitle(Words.title, Words.about), self._said_row, self._cards, None, gap=14
        )
        self._scroll = Centred(column, width=760, margins=(32, 18, 28, 22))
        self._scroll.setProperty(PANE, "yes")
        whole = Column(gap=0)
        whole.add(self._scroll, 1)
        self.setLayout(whole)
        for part in (self._sheet_part, self._spare_part, self._said_row):
            show_or_hide(part, shown=False)

    def _mark(self, place: Place, words: str) -> None:
        field = self._fields[place]
        field.show_problem(words)
        field.control.setFocus()
        self._scroll.reveal(field.control)
        announce(self, words)

    def _say(self, words: str, icon: Icon = Icon.INFO, role: Role = Role.INK_2) -> None:
        self._said.setText(words)
        self._sign.show_icon(icon, role)
        show_or_hide(self._said_row, shown=bool(words))
        if words:
            self._scroll.reveal(self._said_row)
            announce(self, words)

    def _on_change(self) -> None:
        if self._presenter is not None:
            self._presenter.on_change(self.current.text(), self.new.text(), self.again.text())

    def _on_use_sheet(self, *, change_key: bool) -> None:
        if self._presenter is not None:
            first, second = self.paper.first.text(), self.paper.second.text()
            self._presenter.on_use_sheet(self.current.text(), first, second, change_key=change_key)

    def _on_remember(self) -> None:
        if self._presenter is not None:
            self._presenter.on_remember(self.current.text(), remember=not self._remembered)

    def _on_use_spare(self) -> None:
        if self._presenter is not None:
            self._presenter.on_use_spare(self.current.text(), apart=self.spare_paper.apart.isChecked())


class ChangingPage(QWidget):
    """Stands in front while the key is being changed."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(Words.changing)
        row = Row(Picture(Icon.HOURGLASS, Role.PRIMARY_TEXT, 34), gap=18)
        row.add(PageTitle(Words.changing, Words.changing_about), 1)
        whole = Column(gap=0)
        whole.add(Centred(Column(Card(Column(row, margins=(32, 28, 32, 28))), None), width=620), 1)
        self.setLayout(whole)


def _about(words: str, kind: Type = Type.MUTED) -> Label:
    return Label(words, kind, wrap=True)


def _part(*parts: QWidget) -> QWidget:
    widget = QWidget()
    widget.setLayout(Column(*(_as_row(part) for part in parts), gap=12))
    return widget


def _card(title: str, *parts: QWidget) -> Card:
    rows = (_as_row(part) for part in parts)
    return Card(Column(Label(title, Type.H2, wrap=True), *rows, gap=12, margins=(26, 18, 24, 20)))


def _as_row(part: QWidget) -> QWidget | Row:
    return Row(part, None) if isinstance(part, Button) else part
