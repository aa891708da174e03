"""The partnership's spare key on the lock screen: file and words, a new passphrase, a new sheet on paper."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from iowscp_desktop import text
from iowscp_desktop.app.passphrases import Judged
from iowscp_desktop.errors import AppError
from iowscp_desktop.ui.choosing import Choose, FileRequest, Wanted
from iowscp_desktop.ui.key_desks import SheetDesk
from iowscp_desktop.ui.lock.new_passphrase import NewPassphrase
from iowscp_desktop.ui.lock.spare import SparePresenter, Step
from iowscp_desktop.ui.notify import announce
from iowscp_desktop.ui.theme import Icon, Role, Type
from iowscp_desktop.ui.widgets.buttons import Button, Kind
from iowscp_desktop.ui.widgets.fields import Field, SecretField
from iowscp_desktop.ui.widgets.key_paper import RecoveryPaper
from iowscp_desktop.ui.widgets.labels import Label, Picture
from iowscp_desktop.ui.widgets.layouts import Column, Row, flowing
from iowscp_desktop.ui.widgets.pages import PageTitle
from iowscp_desktop.ui.widgets.surfaces import Card, show_or_hide

Words = text.Lock
_MARGINS = (32, 28, 32, 28)


class SparePart(QWidget):
    """Draws what the presenter says."""

    left = Signal()
    """Back to the passphrase."""

    def __init__(self) -> None:
        super().__init__()
        self._presenter: SparePresenter | None = None
        self.choose_file = Button(Words.spare_choose, icon=Icon.FOLDER_OPEN)
        self.file_field = Field(Words.spare_file, self.choose_file)
        self.words = SecretField(Words.spare_words)
        self.words_field = Field(Words.spare_words, self.words, hint=Words.spare_words_hint)
        self.try_key = Button(Words.spare_go_on, Kind.PRIMARY)
        self.back = Button(Words.sheet_back, Kind.QUIET, icon=Icon.ARROW_LEFT)
        self.new = NewPassphrase(Words.spare_opened, Words.spare_to_sheet)
        self.paper = RecoveryPaper()
        self.finish = Button(Words.spare_finish, Kind.PRIMARY, icon=Icon.LOCK_OPEN)
        self._working = Label("", Type.SMALL, wrap=True)
        self._build()

    def start(self, presenter: SparePresenter, desk: SheetDesk, choose: Choose) -> None:
        """Take the presenter; it begins when somebody has a spare key."""
        self._presenter, self._choose = presenter, choose
        self.paper.start(desk, choose)
        self.choose_file.clicked.connect(self._on_choose)
        self.words.returnPressed.connect(self._on_key)
        self.try_key.clicked.connect(self._on_key)
        self.back.clicked.connect(self.left)
        self.new.new.edited.connect(presenter.on_passphrase)
        self.new.strength.suggestion_wanted.connect(lambda: presenter.on_passphrase(None))
        self.new.again.returnPressed.connect(self._on_passphrase)
        self.new.go_on.clicked.connect(self._on_passphrase)
        self.paper.done.connect(self._on_sheet)
        self.finish.clicked.connect(self._on_sheet)

    def begin(self) -> None:
        """Ask for the file and the words."""
        for field in (self.words, self.new.new, self.new.again):
            field.clear()
        if self._presenter is not None:
            self._presenter.start()

    def show_step(self, step: Step) -> None:
        """Ask for one thing."""
        show_or_hide(self._first, shown=step is Step.KEY)
        show_or_hide(self.new, shown=step is Step.PASSPHRASE)
        show_or_hide(self._third, shown=step is Step.SHEET)
        match step:
            case Step.KEY:
                self.choose_file.setFocus()
            case Step.PASSPHRASE:
                self.new.new.setFocus()
                announce(self, Words.spare_opened)
            case Step.SHEET:
                self.paper.save.setFocus()
                announce(self, Words.spare_sheet_about)

    def show_file(self, name: str) -> None:
        """Show which file was chosen."""
        self.file_field.show_hint(name)
        self.file_field.show_problem("")
        if name:
            self.words.setFocus()

    def show_missing(self, *, file: bool, words: bool) -> None:
        """Mark what is missing."""
        self.file_field.show_problem(Words.spare_file_missing if file else "")
        self.words_field.show_problem(Words.spare_words_missing if words else "")
        if file or words:
            (self.choose_file if file else self.words).setFocus()

    def show_refused(self, error: AppError, wait: int) -> None:
        """Say why it does not open."""
        words = f"{Words.refused(error.message, error.remedy, error.code)} {Words.wait(wait)}".strip()
        self.words_field.show_problem(words)
        self.words.setFocus()
        announce(self, words)

    def show_strength(self, judged: Judged | None) -> None:
        """Show how hard the new passphrase is to guess."""
        self.new.show_strength(judged)

    def show_suggestion(self, passphrase: str) -> None:
        """Put a made-up passphrase in, readable."""
        self.new.show_suggestion(passphrase)

    def show_passphrase_wrong(self, *, missing: bool, easy: bool, differs: bool) -> None:
        """Mark what is wrong with the new passphrase; nothing of it: take the marks away."""
        self.new.show_wrong(missing=missing, easy=easy, differs=differs)

    def show_busy(self, *, busy: bool) -> None:
        """Let nothing be pressed while it is being opened."""
        self.setEnabled(not busy)
        self._working.setText(Words.spare_working if busy else "")
        if busy:
            announce(self, Words.spare_working)
            self.repaint()

    def _build(self) -> None:
        self._first = Card(
            Column(
                Row(Picture(Icon.KEY_ROUND, Role.PRIMARY_TEXT, 34), None),
                PageTitle(Words.spare_title, Words.spare_about),
                4,
                self.file_field,
                self.words_field,
                flowing(self.try_key, self.back),
                gap=12,
                margins=_MARGINS,
            )
        )
        self._third = Card(
            Column(
                Row(Picture(Icon.FILE_TEXT, Role.PRIMARY_TEXT, 34), None),
                PageTitle(Words.spare_sheet_title, Words.spare_sheet_about),
                4,
                self.paper,
                flowing(self.finish),
                gap=12,
                margins=_MARGINS,
            )
        )
        self.setLayout(Column(self._first, self.new, self._third, self._working, gap=8))
        for later in (self.new, self._third):
            show_or_hide(later, shown=False)

    def _on_choose(self) -> None:
        request = FileRequest(wanted=Wanted.FILE, title=Words.spare_choose, kinds=Words.spare_kinds)
        presenter = self._presenter
        if presenter is not None:
            self._choose(request, lambda paths: presenter.on_file(paths[0]))

    def _on_key(self) -> None:
        if self._presenter is not None:
            self._presenter.on_key(self.words.text())

    def _on_passphrase(self) -> None:
        if self._presenter is not None:
            self._presenter.on_passphrase_done(self.new.new.text(), self.new.again.text())

    def _on_sheet(self) -> None:
        if self._presenter is not None:
            self._presenter.on_sheet_done(self.paper.first.text(), self.paper.second.text())
