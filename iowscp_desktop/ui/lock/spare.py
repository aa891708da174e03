"""Unlocking with the partnership's spare key: file and words, a new passphrase, a new sheet, a new key. No Qt."""

from collections.abc import Callable
from enum import Enum, auto
from pathlib import Path
from typing import Protocol

from iowscp_desktop import text
from iowscp_desktop.app import escrow
from iowscp_desktop.app.escrow import NewLocks
from iowscp_desktop.app.passphrases import Judged, Strength, judge, strength, suggestion
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.errors import AppError, WrongSparePassphrase
from iowscp_desktop.ui.jobs import Job, Ticket
from iowscp_desktop.ui.key_desks import SheetDesk
from iowscp_desktop.ui.lock.presenter import Threshold


class Step(Enum):
    """What is asked now."""

    KEY = auto()
    PASSPHRASE = auto()
    SHEET = auto()


class SpareKeyView(Protocol):
    """What the screen can show."""

    def show_step(self, step: Step) -> None:
        """Ask for one thing."""
        ...

    def show_file(self, name: str) -> None:
        """Show which file was chosen."""
        ...

    def show_missing(self, *, file: bool, words: bool) -> None:
        """Mark what is missing; nothing of it: take the marks away."""
        ...

    def show_refused(self, error: AppError, wait: int) -> None:
        """Say why it does not open; so many seconds until the next try."""
        ...

    def show_strength(self, judged: Judged | None) -> None:
        """Show how hard the new passphrase is to guess."""
        ...

    def show_suggestion(self, passphrase: str) -> None:
        """Put a made-up passphrase in, readable."""
        ...

    def show_passphrase_wrong(self, *, missing: bool, easy: bool, differs: bool) -> None:
        """Mark what is wrong with the new passphrase; nothing of it: take the marks away."""
        ...

    def show_busy(self, *, busy: bool) -> None:
        """Let nothing be pressed while it is being opened."""
        ...


class SparePresenter:
    """Tries the spare key, and gives the workspace other ways in. Nothing is changed before the sheet is on paper."""

    def __init__(
        self,
        view: SpareKeyView,
        threshold: Threshold,
        desk: SheetDesk,
        on_unlocked: Callable[[Workspace, bool], None],
    ) -> None:
        self._view, self._threshold, self._desk, self._on_unlocked = view, threshold, desk, on_unlocked
        self._file: Path | None = None
        self._words = self._passphrase = ""

    def start(self) -> None:
        """Ask for the file and the words."""
        self._file, self._words, self._passphrase = None, "", ""
        self._view.show_file("")
        self._view.show_missing(file=False, words=False)
        self._view.show_step(Step.KEY)

    def on_file(self, file: Path) -> None:
        """They chose the file."""
        self._file = file
        self._view.show_file(file.name)

    def on_key(self, words: str) -> None:
        """They typed the words: see whether both open the workspace."""
        here, file = self._threshold, self._file
        words = words.strip()
        self._view.show_missing(file=file is None, words=not words)
        if file is None or not words:
            return
        if here.patience.left:
            self._view.show_refused(WrongSparePassphrase(), here.patience.left)
            return

        def attempt(_ticket: Ticket) -> None:
            escrow.try_spare_key(here.folder, file, words, here.world)

        def opened(_nothing: None) -> None:
            self._view.show_busy(busy=False)
            here.patience.passed()
            self._words = words
            self._view.show_step(Step.PASSPHRASE)

        self._view.show_busy(busy=True)
        here.runner.run(Job(work=attempt, on_done=opened, on_error=self._refused))

    def on_passphrase(self, typed: str | None) -> None:
        """They are typing a new passphrase; None: they want one made up."""
        if typed is None:
            typed = suggestion()
            self._view.show_suggestion(typed)
        self._view.show_strength(judge(typed) if typed else None)

    def on_passphrase_done(self, new: str, again: str) -> None:
        """They chose it: the new sheet comes next."""
        easy = strength(new) is Strength.TOO_EASY
        self._view.show_passphrase_wrong(missing=not new, easy=easy, differs=new != again)
        if not easy and new == again:
            self._passphrase = new
            self._desk.begin(text.Lock.spare_workspace)
            self._view.show_step(Step.SHEET)

    def on_sheet_done(self, first: str, second: str) -> None:
        """They typed two groups back: open the workspace, and change its key."""
        here, file = self._threshold, self._file
        sheet = self._desk.written_down(first, second)
        if sheet is None or file is None:
            return
        new, words = NewLocks(passphrase=self._passphrase, sheet=sheet), self._words

        def rescue(_ticket: Ticket) -> Workspace:
            return escrow.open_with_spare_key(here.folder, file, words, new, here.world)

        def rescued(ws: Workspace) -> None:
            self._view.show_busy(busy=False)
            self._words = self._passphrase = ""
            self._on_unlocked(ws, True)  # noqa: FBT003 - whoever works now says so: two people stand here

        self._view.show_busy(busy=True)
        here.runner.run(Job(work=rescue, on_done=rescued, on_error=self._refused))

    def _refused(self, error: Exception) -> None:
        self._view.show_busy(busy=False)
        if not isinstance(error, AppError):
            raise error
        if isinstance(error, WrongSparePassphrase):
            self._threshold.patience.missed()
        self._view.show_step(Step.KEY)
        self._view.show_refused(error, self._threshold.patience.left)
