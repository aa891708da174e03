"""Unlocking: by this computer's memory at the start, else by passphrase, ever slower after wrong ones."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from pathlib import Path
from typing import Final, Protocol

from iowscp_desktop.app import unlocking
from iowscp_desktop.app.workspace import Surroundings, Workspace
from iowscp_desktop.domain.clock import Clock
from iowscp_desktop.errors import AppError, KeysError, SlotMissing, WorkspaceDamaged, WrongKey, WrongPassphrase
from iowscp_desktop.ui.jobs import Job, Runner, Ticket

LONGEST_WAIT: Final = 60
"""Seconds."""


class Patience:
    """How long to wait after wrong passphrases: 1, 2, 4 … 60 seconds. One for the whole run of the program.

    It slows down a person at this keyboard. What stops somebody who has copied the file is the cost of each guess.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._wrong = 0
        self._since: datetime | None = None

    def missed(self) -> None:
        """One more was wrong."""
        self._wrong += 1
        self._since = self._clock()

    def resume(self, missed: int, at: datetime) -> None:
        """Go on where an earlier run of the program was: starting it anew does not shorten a wait."""
        self._wrong, self._since = missed, at

    def passed(self) -> None:
        """One was right: begin anew."""
        self._wrong, self._since = 0, None

    @property
    def left(self) -> int:
        """Seconds until the next try, rounded up."""
        if self._since is None:
            return 0
        wait = timedelta(seconds=min(2 ** min(self._wrong - 1, 10), LONGEST_WAIT))
        # A clock that somebody sets back must not make the wait longer than it is.
        left = min(self._since + wait - self._clock(), wait)
        return max(0, ceil(left.total_seconds()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """What lies behind the lock screen, and how it may be opened."""

    folder: Path
    world: Surroundings
    runner: Runner
    patience: Patience
    by_memory: bool
    """Ask this computer's memory first: at the start of the program, never after somebody locked it."""
    on_damaged: Callable[[], None] | None = None
    """The right key does not open it any more: shows what can be done."""


class LockView(Protocol):
    """What the lock screen can show."""

    def show_missing(self) -> None:
        """Nothing was typed."""
        ...

    def show_wrong(self, wait: int) -> None:
        """Mark the field: a wrong passphrase; so many seconds until the next try."""
        ...

    def show_wait(self, wait: int) -> None:
        """Say how long until the next try; 0 lets one try."""
        ...

    def show_refused(self, error: AppError) -> None:
        """Say why it cannot be opened at all."""
        ...

    def show_not_remembered(self) -> None:
        """This computer's memory did not help."""
        ...

    def show_busy(self, *, unlocking: bool, by_memory: bool = False) -> None:
        """Say that it is being tried."""
        ...


class LockPresenter:
    """Tries, and waits in between."""

    def __init__(self, view: LockView, threshold: Threshold, on_unlocked: Callable[[Workspace, bool], None]) -> None:
        self._view, self._threshold, self._on_unlocked = view, threshold, on_unlocked
        self._someone_else = False
        self._busy = False

    def start(self) -> None:
        """Ask this computer's memory, if that is wanted."""
        here = self._threshold
        keyring = here.world.keyring
        self._view.show_wait(here.patience.left)
        if not here.by_memory or keyring is None:
            return

        def recall(_ticket: Ticket) -> Workspace:
            return unlocking.unlock_by_keyring(here.folder, keyring, here.world)

        self._show_busy(unlocking=True, by_memory=True)
        here.runner.run(Job(work=recall, on_done=self._unlocked, on_error=self._not_recalled))

    def on_unlock(self, passphrase: str, *, someone_else: bool) -> None:
        """Somebody typed a passphrase."""
        here = self._threshold
        if self._busy:
            return
        if here.patience.left:
            self._view.show_wait(here.patience.left)
            return
        if not passphrase:
            self._view.show_missing()
            return
        self._someone_else = someone_else

        def unlock(_ticket: Ticket) -> Workspace:
            return unlocking.unlock_by_passphrase(here.folder, passphrase, here.world)

        self._show_busy(unlocking=True)
        here.runner.run(Job(work=unlock, on_done=self._unlocked, on_error=self._not_unlocked))

    def on_not_waiting(self) -> None:
        """They would rather type the passphrase than wait for this computer's password store."""
        if self._threshold.world.keyring is not None:
            self._threshold.world.keyring.give_up()

    def on_tick(self) -> None:
        """A second has passed."""
        self._view.show_wait(self._threshold.patience.left)

    def _unlocked(self, ws: Workspace) -> None:
        self._show_busy(unlocking=False)
        self._threshold.patience.passed()
        self._on_unlocked(ws, self._someone_else)

    def _not_unlocked(self, error: Exception) -> None:
        self._show_busy(unlocking=False)
        match error:
            case WrongPassphrase():
                self._threshold.patience.missed()
                self._view.show_wrong(self._threshold.patience.left)
            case AppError():
                self._refused(error)
            case _:
                raise error

    def _not_recalled(self, error: Exception) -> None:
        self._show_busy(unlocking=False)
        match error:
            case SlotMissing():  # it was never asked to remember
                return
            case KeysError():
                self._view.show_not_remembered()
            case AppError():
                self._refused(error)
            case _:
                raise error

    def _refused(self, error: AppError) -> None:
        # The key file has vouched for the key: one that does not fit means that the file's first page is gone.
        if isinstance(error, WorkspaceDamaged | WrongKey) and self._threshold.on_damaged is not None:
            self._threshold.on_damaged()
        else:
            self._view.show_refused(error)

    def _show_busy(self, *, unlocking: bool, by_memory: bool = False) -> None:
        self._busy = unlocking
        self._view.show_busy(unlocking=unlocking, by_memory=by_memory)
