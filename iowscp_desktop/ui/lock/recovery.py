"""Unlocking with the recovery sheet, when the passphrase is lost: the key from the sheet, then a new passphrase."""

from collections.abc import Callable
from typing import Protocol

from iowscp_desktop.app import unlocking
from iowscp_desktop.app.codes import CodeState, TypedCode, typed_recovery
from iowscp_desktop.app.passphrases import Judged, Strength, judge, strength, suggestion
from iowscp_desktop.app.unlocking import Unlocked
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.errors import AppError, WrongRecoveryKey
from iowscp_desktop.ui.jobs import Job, Ticket
from iowscp_desktop.ui.lock.presenter import Threshold


class RecoveryView(Protocol):
    """What the screen can show."""

    def show_sheet_number(self, number: str | None) -> None:
        """Say which sheet is the newest."""
        ...

    def show_key(self, read: TypedCode) -> None:
        """Show how the key is read so far."""
        ...

    def show_slip(self) -> None:
        """Mark the key: there is a slip in it, and nothing was tried."""
        ...

    def show_wrong(self, error: AppError, wait: int) -> None:
        """Mark the key: it opens nothing here; so many seconds until the next try."""
        ...

    def show_wait(self, wait: int) -> None:
        """Say how long until the next try; 0 lets one try."""
        ...

    def show_new_passphrase(self) -> None:
        """Ask for a new passphrase."""
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

    def show_refused(self, error: AppError) -> None:
        """Say why it cannot be opened."""
        ...

    def show_busy(self, *, busy: bool) -> None:
        """Let nothing be pressed while it is being opened."""
        ...


class RecoveryPresenter:
    """Tries the key from a sheet, and gives the workspace a new passphrase."""

    def __init__(
        self, view: RecoveryView, threshold: Threshold, on_unlocked: Callable[[Workspace, bool], None]
    ) -> None:
        self._view, self._threshold, self._on_unlocked = view, threshold, on_unlocked
        self._unlocked: Unlocked | None = None

    def start(self) -> None:
        """Say which sheet is asked for."""
        self._unlocked = None
        self._view.show_sheet_number(unlocking.sheet_number(self._threshold.folder))
        self._view.show_wait(self._threshold.patience.left)

    def on_key_edited(self, typed: str) -> None:
        """They are typing the key."""
        self._view.show_key(typed_recovery(typed))

    def on_key_done(self, typed: str) -> None:
        """They typed it all: a slip is told at once, only a whole key is tried."""
        here = self._threshold
        if here.patience.left:
            self._view.show_wait(here.patience.left)
        elif typed_recovery(typed).state is not CodeState.READY:
            self._view.show_slip()
        else:

            def attempt(_ticket: Ticket) -> Unlocked:
                return unlocking.try_recovery(here.folder, typed, here.world)

            self._view.show_busy(busy=True)
            here.runner.run(Job(work=attempt, on_done=self._opened, on_error=self._not_opened))

    def on_passphrase(self, typed: str | None) -> None:
        """They are typing a new passphrase; None: they want one made up."""
        if typed is None:
            typed = suggestion()
            self._view.show_suggestion(typed)
        self._view.show_strength(judge(typed) if typed else None)

    def on_passphrase_done(self, new: str, again: str) -> None:
        """They chose it: open the workspace with it."""
        here, unlocked = self._threshold, self._unlocked
        easy = strength(new) is Strength.TOO_EASY
        self._view.show_passphrase_wrong(missing=not new, easy=easy, differs=new != again)
        if unlocked is None or easy or new != again:
            return

        def recover(_ticket: Ticket) -> Workspace:
            return unlocking.recover(here.folder, unlocked, new, here.world)

        self._view.show_busy(busy=True)
        here.runner.run(Job(work=recover, on_done=self._recovered, on_error=self._not_opened))

    def on_tick(self) -> None:
        """A second has passed."""
        self._view.show_wait(self._threshold.patience.left)

    def _opened(self, unlocked: Unlocked) -> None:
        self._view.show_busy(busy=False)
        self._threshold.patience.passed()
        self._unlocked = unlocked
        self._view.show_new_passphrase()

    def _recovered(self, ws: Workspace) -> None:
        self._view.show_busy(busy=False)
        self._on_unlocked(ws, False)  # noqa: FBT003 - nobody else works now: as the lock screen tells it

    def _not_opened(self, error: Exception) -> None:
        self._view.show_busy(busy=False)
        match error:
            case WrongRecoveryKey():
                self._threshold.patience.missed()
                self._view.show_wrong(error, self._threshold.patience.left)
            case AppError():
                self._view.show_refused(error)
            case _:
                raise error
