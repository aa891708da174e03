"""The recovery sheet on the lock screen: one field for its key, then two for a new passphrase."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from iowscp_desktop import text
from iowscp_desktop.app.codes import CodeState, TypedCode
from iowscp_desktop.app.passphrases import Judged
from iowscp_desktop.errors import AppError
from iowscp_desktop.ui.lock.new_passphrase import NewPassphrase
from iowscp_desktop.ui.lock.recovery import RecoveryPresenter
from iowscp_desktop.ui.notify import announce
from iowscp_desktop.ui.theme import Icon, Role, Type
from iowscp_desktop.ui.widgets.buttons import Button, Kind
from iowscp_desktop.ui.widgets.fields import Field, LineEdit
from iowscp_desktop.ui.widgets.labels import Label, Picture
from iowscp_desktop.ui.widgets.layouts import Column, Row
from iowscp_desktop.ui.widgets.pages import PageTitle
from iowscp_desktop.ui.widgets.surfaces import Card, show_or_hide

Words = text.Lock
_MARGINS = (32, 28, 32, 28)


class RecoveryPart(QWidget):
    """Draws what the presenter says."""

    left = Signal()
    """Back to the passphrase."""

    def __init__(self) -> None:
        super().__init__()
        self._presenter: RecoveryPresenter | None = None
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._wrong = ""
        self._build()

    def start(self, presenter: RecoveryPresenter) -> None:
        """Take the presenter; it begins when somebody has a sheet."""
        self._presenter = presenter
        self.key.edited.connect(presenter.on_key_edited)
        self.key.returnPressed.connect(self._on_key)
        self.try_key.clicked.connect(self._on_key)
        self.new.edited.connect(presenter.on_passphrase)
        self._second.strength.suggestion_wanted.connect(lambda: presenter.on_passphrase(None))
        self.again.returnPressed.connect(self._on_passphrase)
        self._second.go_on.clicked.connect(self._on_passphrase)
        self.back.clicked.connect(self.left)
        self._clock.timeout.connect(presenter.on_tick)

    def begin(self) -> None:
        """Ask for the key from the sheet."""
        self.key.clear()
        self._read.setText("")
        self._wrong = ""
        self.key_field.show_problem("")
        self._show_step(passphrase=False)
        if self._presenter is not None:
            self._presenter.start()
        self.key.setFocus()

    def show_sheet_number(self, number: str | None) -> None:
        """Say which sheet is the newest."""
        self.key_field.show_hint(Words.sheet_hint.format(number=number) if number else Words.sheet_hint_none)

    def show_key(self, read: TypedCode) -> None:
        """Show how the key is read so far."""
        self._wrong = ""
        match read.state:
            case CodeState.INCOMPLETE:
                self._read.setText(text.FirstRun.code_so_far(read.groups, read.missing) if read.groups else "")
                self.key_field.show_problem("")
            case CodeState.MISTYPED:
                self._read.setText("")
                self.key_field.show_problem(Words.sheet_slip)
            case CodeState.READY:
                self._read.setText(Words.sheet_read)
                self.key_field.show_problem("")

    def show_slip(self) -> None:
        """Mark the key: there is a slip in it, and nothing was tried."""
        self._mark(Words.sheet_slip)

    def show_wrong(self, error: AppError, wait: int) -> None:
        """Mark the key: it opens nothing here; so many seconds until the next try."""
        self._wrong = Words.refused(error.message, error.remedy, error.code)
        self._mark(f"{self._wrong} {Words.wait(wait)}".strip())
        self._count(wait)

    def show_wait(self, wait: int) -> None:
        """Say how long until the next try; 0 lets one try."""
        if wait or self._clock.isActive():
            self.key_field.show_problem(f"{self._wrong} {Words.wait(wait)}".strip())
        self._count(wait)

    def show_new_passphrase(self) -> None:
        """Ask for a new passphrase."""
        self._clock.stop()
        self._show_step(passphrase=True)
        self.new.setFocus()
        announce(self, Words.sheet_opened)

    def show_strength(self, judged: Judged | None) -> None:
        """Show how hard the new passphrase is to guess."""
        self._second.show_strength(judged)

    def show_suggestion(self, passphrase: str) -> None:
        """Put a made-up passphrase in, readable."""
        self._second.show_suggestion(passphrase)

    def show_passphrase_wrong(self, *, missing: bool, easy: bool, differs: bool) -> None:
        """Mark what is wrong with the new passphrase; nothing of it: take the marks away."""
        self._second.show_wrong(missing=missing, easy=easy, differs=differs)

    def show_refused(self, error: AppError) -> None:
        """Say why it cannot be opened."""
        self._show_step(passphrase=False)
        self._mark(Words.refused(error.message, error.remedy, error.code))

    def show_busy(self, *, busy: bool) -> None:
        """Let nothing be pressed while it is being opened."""
        self.setEnabled(not busy)
        if busy:
            announce(self, Words.trying)
            self.repaint()

    def rethemed(self) -> None:
        """Take on the text size in force: digits of one width, so that groups can be compared."""
        letters = self._read.font()
        letters.setFeature(QFont.Tag("tnum"), 1)
        self._read.setFont(letters)

    def _build(self) -> None:
        self.key, self._read = LineEdit(Words.sheet_key), Label("", Type.BODY, wrap=True)
        self.key.setMaxLength(80)
        self.key_field = Field(Words.sheet_key, self.key, hint=Words.sheet_hint_none)
        self.try_key = Button(Words.sheet_try, Kind.PRIMARY)
        self.back = Button(Words.sheet_back, Kind.QUIET, icon=Icon.ARROW_LEFT)
        self._second = NewPassphrase(Words.sheet_opened, Words.sheet_finish)
        self.new, self.again = self._second.new, self._second.again
        self.new_field, self.again_field = self._second.new_field, self._second.again_field
        self._first = Card(
            Column(
                Row(Picture(Icon.FILE_TEXT, Role.PRIMARY_TEXT, 34), None),
                PageTitle(Words.sheet_title, Words.sheet_about),
                4,
                self.key_field,
                self._read,
                Row(self.try_key, self.back, None, gap=12),
                gap=12,
                margins=_MARGINS,
            )
        )
        self.setLayout(Column(self._first, self._second, gap=0))
        self._show_step(passphrase=False)
        self.rethemed()

    def _show_step(self, *, passphrase: bool) -> None:
        show_or_hide(self._first, shown=not passphrase)
        show_or_hide(self._second, shown=passphrase)

    def _mark(self, words: str) -> None:
        self.key_field.show_problem(words)
        self.key.setFocus()
        announce(self, words)

    def _count(self, wait: int) -> None:
        if wait and not self._clock.isActive():
            self._clock.start()
        elif not wait:
            self._clock.stop()

    def _on_key(self) -> None:
        if self._presenter is not None:
            self._presenter.on_key_done(self.key.text())

    def _on_passphrase(self) -> None:
        if self._presenter is not None:
            self._presenter.on_passphrase_done(self.new.text(), self.again.text())
