"""The steps of the first run, each a widget that keeps what is typed into it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from iowscp_desktop import text
from iowscp_desktop.ui.theme import Icon, Role, Type
from iowscp_desktop.ui.widgets.buttons import Button, Kind
from iowscp_desktop.ui.widgets.centred import Centred
from iowscp_desktop.ui.widgets.choices import CheckBox
from iowscp_desktop.ui.widgets.facts import Facts
from iowscp_desktop.ui.widgets.fields import Field, LineEdit, SecretField
from iowscp_desktop.ui.widgets.key_paper import StrengthLine
from iowscp_desktop.ui.widgets.labels import Label, Picture
from iowscp_desktop.ui.widgets.layouts import Column, Row, SideBySide, flowing
from iowscp_desktop.ui.widgets.pages import PageTitle
from iowscp_desktop.ui.widgets.surfaces import Card, show_or_hide
from iowscp_desktop.ui.widgets.tags import StepPills, Steps

Words = text.FirstRun


class Door(Card):
    """One way in: what it is for, and its button."""

    def __init__(self, icon: Icon, title: str, about: str, button: Button) -> None:
        super().__init__()
        words = QWidget()
        words.setLayout(Column(Label(title, Type.H2, wrap=True), Label(about, Type.MUTED, wrap=True), gap=4))
        row = Row(Picture(icon, Role.PRIMARY_TEXT, 32), gap=20, margins=(24, 24, 24, 24))
        row.add(SideBySide(words, flowing(button), least=480, stretches=(1,)), 1)
        self.setLayout(row)


class Doors(QWidget):
    """The first thing anybody sees."""

    def __init__(self) -> None:
        super().__init__()
        self.invitation = Button(Words.invitation_button, Kind.PRIMARY)
        self.team = Button(Words.team_button)
        self.title = PageTitle(Words.title, Words.about)
        emblem = Picture(Icon.SHIELD_CHECK, Role.PRIMARY_TEXT, 44)
        column = Column(
            Row(emblem, None),
            self.title,
            8,
            Door(Icon.INBOX, Words.invitation, Words.invitation_about, self.invitation),
            Door(Icon.USERS, Words.team, Words.team_about, self.team),
            Row(Picture(Icon.CIRCLE_QUESTION_MARK), Label(Words.no_invitation, Type.MUTED), None),
            None,
            gap=16,
        )
        whole = Column(gap=0)
        whole.add(Centred(column), 1)
        self.setLayout(whole)

    @property
    def first(self) -> QWidget:
        """Where the focus goes."""
        return self.invitation


class StepPage(QWidget):
    """A step: where one is, what it asks, its fields, back and on."""

    went_on = Signal()
    went_back = Signal()

    def __init__(self, title: str, about: str, *parts: QWidget, button: str = "") -> None:
        super().__init__()
        self._pills = StepPills(Steps((), 0))
        self.back = Button(Words.back, Kind.QUIET, icon=Icon.ARROW_LEFT)
        self.go_on = Button(button or Words.go_on, Kind.PRIMARY, trailing=Icon.ARROW_RIGHT)
        self.back.clicked.connect(self.went_back)
        self.go_on.clicked.connect(self.went_on)
        self.title = PageTitle(title, about)
        column = Column(
            self._pills, 8, self.title, 4, *parts, 4, Row(self.go_on, self.back, None, gap=12), None, gap=14
        )
        whole = Column(gap=0)
        self._scroll = Centred(column)
        whole.add(self._scroll, 1)
        self.setLayout(whole)

    def show_way(self, titles: Sequence[str], now: int) -> None:
        """Show how far a person has come."""
        self._pills.show_steps(Steps(titles, now))

    @property
    def first(self) -> QWidget:
        """Where the focus goes when the step opens."""
        return self.go_on

    def reveal(self, widget: QWidget) -> None:
        """Bring a field into view."""
        self._scroll.reveal(widget)

    def enter_goes_on(self, *fields: LineEdit) -> None:
        """Let Enter in these fields go on."""
        for field in fields:
            field.returnPressed.connect(self.went_on)


class FileStep(StepPage):
    """Which file."""

    choose_requested = Signal()

    def __init__(self) -> None:
        self.choose = Button(Words.file_choose, icon=Icon.FOLDER_OPEN)
        self._name = Label("", Type.STRONG, wrap=True)
        inside = QWidget()
        row = Row(self.choose, gap=14)
        row.add(Label(Words.file_drop, Type.MUTED, wrap=True), 1)
        inside.setLayout(Column(self._name, row, gap=8))
        self.field = Field(Words.file_label, inside)
        super().__init__(Words.file_title, Words.file_about, self.field)
        self.choose.clicked.connect(self.choose_requested)
        self._name.hide()

    @property
    @override
    def first(self) -> QWidget:
        return self.choose

    def show_file(self, name: str) -> None:
        """Show which file was chosen."""
        self._name.setText(name)
        self._name.setVisible(bool(name))
        self.choose.show_words(Words.file_choose_another if name else Words.file_choose)


class CodeStep(StepPage):
    """The code, and how it is read so far."""

    def __init__(self) -> None:
        self.code = LineEdit(Words.code_label)
        self.code.setMaxLength(60)
        self.field = Field(Words.code_label, self.code, hint=Words.code_hint)
        self._read = Label("", Type.LEAD)
        super().__init__(Words.code_title, Words.code_about, self.field, self._read)
        self.enter_goes_on(self.code)
        self.rethemed()

    @property
    @override
    def first(self) -> QWidget:
        return self.code

    def show_read(self, words: str) -> None:
        """Show how it is read."""
        self._read.setText(words)

    def rethemed(self) -> None:
        """Take on the text size in force: the code in letters of one width, so that groups can be compared."""
        letters = self._read.font()
        letters.setFeature(QFont.Tag("tnum"), 1)
        self._read.setFont(letters)


class AskedStep(StepPage):
    """What the invitation asks."""

    def __init__(self) -> None:
        self.facts = Facts()
        card = Card(Column(self.facts, margins=(24, 20, 24, 20)))
        super().__init__(Words.asked_title, Words.asked_about, card, button=Words.accept)


class WhoStep(StepPage):
    """Who is at the keyboard."""

    def __init__(self) -> None:
        self.name, self.role = LineEdit(Words.who_name), LineEdit(Words.who_role)
        self.name_field = Field(Words.who_name, self.name)
        self.role_field = Field(Words.who_role, self.role, hint=Words.who_role_hint)
        super().__init__(Words.who_title, Words.who_about, self.name_field, self.role_field)
        self.enter_goes_on(self.role)
        self.name.returnPressed.connect(self.role.setFocus)

    @property
    @override
    def first(self) -> QWidget:
        return self.name

    def show_guess(self, name: str, role: str) -> None:
        """Fill in what the invitation knows, where nothing is typed yet."""
        for field, words in ((self.name, name), (self.role, role)):
            if not field.text():
                field.show_text(words)


class TeamStep(StepPage):
    """Which partnership, and who begins."""

    def __init__(self) -> None:
        self.partnership, self.name = LineEdit(Words.team_name_label), LineEdit(Words.who_name)
        self.partnership_field = Field(Words.team_name_label, self.partnership, hint=Words.team_name_hint)
        self.name_field = Field(Words.who_name, self.name)
        super().__init__(Words.team_title, Words.team_title_about, self.partnership_field, self.name_field)
        self.enter_goes_on(self.name)
        self.partnership.returnPressed.connect(self.name.setFocus)

    @property
    @override
    def first(self) -> QWidget:
        return self.partnership


class SafeStep(StepPage):
    """The passphrase, twice, and whether this computer remembers it."""

    suggestion_wanted = Signal()

    def __init__(self) -> None:
        self.chosen, self.again = SecretField(Words.phrase), SecretField(Words.again)
        self.chosen_field = Field(Words.phrase, self.chosen, hint=Words.phrase_hint)
        self.again_field = Field(Words.again, self.again)
        self.strength = StrengthLine()
        self.suggest = self.strength.suggest
        self._made = Label("", Type.LEAD, wrap=True)
        self._made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        made = Column(Label(Words.made_up, Type.STRONG, wrap=True), self._made, gap=4, margins=(20, 14, 20, 14))
        self._made_card = Card(made, back=Role.PRIMARY_TINT, line=None)
        self.remember = CheckBox(Words.remember)
        self._about_remember = Label("", Type.SMALL, wrap=True)
        self.skip = Button(Words.remember_skip, Kind.QUIET)
        memory = QWidget()
        memory.setLayout(Column(self.remember, self._about_remember, Row(self.skip, None), gap=2))
        super().__init__(
            Words.safe_title,
            Words.safe_about,
            self.chosen_field,
            self.strength,
            self._made_card,
            self.again_field,
            memory,
        )
        self.strength.suggestion_wanted.connect(self.suggestion_wanted)
        self.enter_goes_on(self.again)
        self.chosen.returnPressed.connect(self.again.setFocus)
        self._made_card.hide()
        self.show_can_remember(can=None)

    @property
    @override
    def first(self) -> QWidget:
        return self.chosen

    def show_suggestion(self, passphrase: str) -> None:
        """Put a made-up one in; it is shown, so that it can be written down."""
        self.chosen.show_text(passphrase)
        self.again.clear()
        self._made.setText(passphrase)
        self._made_card.setVisible(bool(passphrase))
        self.again.setFocus()

    def show_can_remember(self, *, can: bool | None) -> None:
        """Offer to remember, or say why not."""
        self.remember.setVisible(can is True)
        if can is not True:
            self.remember.setChecked(False)
        words = {None: Words.remember_asking, True: Words.remember_about, False: Words.remember_not}[can]
        self._about_remember.setText(words)
        show_or_hide(self.skip, shown=can is None)
