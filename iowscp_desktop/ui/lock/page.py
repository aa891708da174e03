"""The lock screen: one field, one button, and how long to wait."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from iowscp_desktop import text
from iowscp_desktop.errors import AppError
from iowscp_desktop.ui.lock.presenter import LockPresenter
from iowscp_desktop.ui.lock.recovery_page import RecoveryPart
from iowscp_desktop.ui.lock.spare_page import SparePart
from iowscp_desktop.ui.notify import announce
from iowscp_desktop.ui.theme import Icon, Role, Type
from iowscp_desktop.ui.widgets.buttons import Button, Kind
from iowscp_desktop.ui.widgets.centred import Centred
from iowscp_desktop.ui.widgets.choices import CheckBox
from iowscp_desktop.ui.widgets.fields import Field, SecretField
from iowscp_desktop.ui.widgets.labels import Label, Picture
from iowscp_desktop.ui.widgets.layouts import Column, Row, flowing
from iowscp_desktop.ui.widgets.pages import PageTitle
from iowscp_desktop.ui.widgets.surfaces import PANE, Card, show_or_hide

Words = text.Lock
_WIDTH = 520


class LockPage(QWidget):
    """Draws what the presenter says. A clock of its own counts the seconds of a wait."""

    def __init__(self, *, idle: bool = False) -> None:
        super().__init__()
        self._presenter: LockPresenter | None = None
        self._wrong = self._begun = False
        self.setProperty(PANE, "yes")
        self.setWindowTitle(Words.title)
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._build(Words.about_idle if idle else Words.about)

    def start(self, presenter: LockPresenter) -> None:
        """Take the presenter; it begins when the page comes to the front."""
        self._presenter = presenter
        self.unlock.clicked.connect(self._on_unlock)
        self.phrase.returnPressed.connect(self._on_unlock)
        self._clock.timeout.connect(presenter.on_tick)
        self.skip.clicked.connect(presenter.on_not_waiting)

    def on_shown(self) -> None:
        """It came to the front: ask this computer's memory, now that what it opens can take the page's place."""
        self.phrase.setFocus()
        if self._presenter is not None and not self._begun:
            self._begun = True
            self._presenter.start()

    def show_missing(self) -> None:
        """Nothing was typed."""
        self._say(Words.missing)

    def show_wrong(self, wait: int) -> None:
        """Mark the field and keep what was typed, for a slip can be put right."""
        self._wrong = True
        self.phrase.selectAll()
        self._say(Words.wrong(wait))
        self._count(wait)

    def show_wait(self, wait: int) -> None:
        """Say how long until the next try."""
        if wait or self._clock.isActive():
            self.field.show_problem(Words.wrong(wait) if self._wrong else Words.wait(wait))
        self._count(wait)

    def show_refused(self, error: AppError) -> None:
        """Say why it cannot be opened."""
        self._say(Words.refused(error.message, error.remedy, error.code))

    def show_not_remembered(self) -> None:
        """This computer's memory did not help."""
        self.field.show_hint(Words.not_remembered)
        announce(self, Words.not_remembered)

    def show_busy(self, *, unlocking: bool, by_memory: bool = False) -> None:
        """Say that it is being tried."""
        words = Words.remembering if by_memory else Words.trying
        self._trying.setText(words if unlocking else "")
        self.phrase.setReadOnly(unlocking)
        self.unlock.setEnabled(not unlocking)
        for way in (self.have_sheet, self.have_spare):
            way.setEnabled(not unlocking)
        show_or_hide(self.skip, shown=unlocking and by_memory)
        if unlocking:
            self.field.show_problem("")
            announce(self, words)
            self.repaint()  # the words are there before a job that runs at once begins
        else:
            self.phrase.setFocus()

    def _build(self, about: str) -> None:
        self.phrase = SecretField(Words.phrase)
        self.field = Field(Words.phrase, self.phrase)
        self.someone_else = CheckBox(Words.choose_me)
        self.unlock = Button(Words.unlock, Kind.PRIMARY, icon=Icon.LOCK_OPEN)
        self._trying = Label("", Type.SMALL, wrap=True)
        self.skip = Button(Words.skip_memory, Kind.QUIET)
        self.have_sheet = Button(Words.have_sheet, Kind.QUIET, icon=Icon.FILE_TEXT)
        self.have_spare = Button(Words.have_spare, Kind.QUIET, icon=Icon.KEY_ROUND)
        self.recovery, self.spare = RecoveryPart(), SparePart()
        lost = Column(
            Label(Words.forgotten_title, Type.SMALL_STRONG),
            Label(Words.forgotten, Type.SMALL, wrap=True),
            flowing(self.have_sheet, self.have_spare),
            gap=2,
            margins=(0, 8, 0, 0),
        )
        self._card = Card(
            Column(
                Row(Picture(Icon.LOCK, Role.PRIMARY_TEXT, 34), None),
                PageTitle(Words.title, about),
                4,
                self.field,
                self.someone_else,
                Row(self.unlock, None),
                self._trying,
                Row(self.skip, None),
                lost,
                gap=12,
                margins=(32, 28, 32, 28),
            )
        )
        whole = Column(gap=0)
        both = Column(self._card, self.recovery, self.spare, None, gap=0)
        whole.add(Centred(both, width=_WIDTH, margins=(24, 72, 24, 24)), 1)
        self.setLayout(whole)
        self.have_sheet.clicked.connect(lambda: self._show_part(self.recovery))
        self.have_spare.clicked.connect(lambda: self._show_part(self.spare))
        for part in (self.recovery, self.spare):
            part.left.connect(lambda: self._show_part(None))
            show_or_hide(part, shown=False)
        show_or_hide(self.skip, shown=False)

    def _show_part(self, shown: RecoveryPart | SparePart | None) -> None:
        show_or_hide(self._card, shown=shown is None)
        for part in (self.recovery, self.spare):
            show_or_hide(part, shown=part is shown)
        if shown is None:
            self.phrase.setFocus()
        else:
            shown.begin()

    def _count(self, wait: int) -> None:
        if wait and not self._clock.isActive():
            self._clock.start()
        elif not wait:
            self._clock.stop()

    def _say(self, words: str) -> None:
        self.field.show_problem(words)
        self.phrase.setFocus()
        announce(self, words)

    def _on_unlock(self) -> None:
        if self._presenter is not None:
            self._presenter.on_unlock(self.phrase.text(), someone_else=self.someone_else.isChecked())
