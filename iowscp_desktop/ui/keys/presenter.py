"""Changes the keys to an open workspace. Each change asks for the passphrase again. Draws nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from iowscp_desktop.app import audit_log, escrow, keys
from iowscp_desktop.app.keys import WaysIn
from iowscp_desktop.app.passphrases import Judged, Strength, judge, strength, suggestion
from iowscp_desktop.app.recovery import Sheet
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.errors import AppError, WrongPassphrase
from iowscp_desktop.ui.jobs import Job, Runner
from iowscp_desktop.ui.key_desks import SheetDesk, SpareDesk


class Place(Enum):
    """A field that something can be wrong with."""

    CURRENT = auto()
    NEW = auto()
    AGAIN = auto()


class Wrong(Enum):
    """What can be wrong with a field before anything is tried."""

    MISSING = auto()
    TOO_EASY = auto()
    DIFFERS = auto()


class Done(Enum):
    """What was done."""

    PASSPHRASE = auto()
    SHEET = auto()
    KEY = auto()
    REMEMBERED = auto()
    FORGOTTEN = auto()
    SPARE_ACCEPTED = auto()
    SPARE_MADE = auto()


class KeysView(Protocol):
    """What the page can show."""

    def show_ways(self, ways: WaysIn, *, is_team: bool) -> None:
        """Show what opens the workspace."""
        ...

    def show_strength(self, judged: Judged | None) -> None:
        """Show how hard the new passphrase is to guess."""
        ...

    def show_suggestion(self, passphrase: str) -> None:
        """Put a made-up passphrase in, readable."""
        ...

    def show_nothing_wrong(self) -> None:
        """Take all marks away."""
        ...

    def show_wrong(self, place: Place, wrong: Wrong) -> None:
        """Mark a field and put the focus there."""
        ...

    def show_refused(self, error: AppError) -> None:
        """Say why it was not done; a wrong passphrase is marked at its field."""
        ...

    def show_paper(self, *, sheet: bool, spare: bool) -> None:
        """Show the recovery sheet that is being made, or the spare key."""
        ...

    def show_done(self, done: Done) -> None:
        """Say what was done, and empty the fields."""
        ...

    def show_busy(self, *, busy: bool) -> None:
        """Let nothing be pressed while something is being done."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyDesks:
    """Where keys are put on paper, and how the window is cleared for what needs the workspace alone."""

    sheet: SheetDesk
    spare: SpareDesk
    on_alone: Callable[[bool], None]
    """True: hide the workspace, for its key is being changed. False: show it again."""


class KeysPresenter:
    """The keys of one workspace."""

    def __init__(self, ws: Workspace, view: KeysView, runner: Runner, desks: KeyDesks) -> None:
        self._ws, self._view, self._runner, self._desks = ws, view, runner, desks
        self._current = ""

    def start(self) -> None:
        """Show what opens the workspace."""
        self._look()

    def on_passphrase(self, typed: str | None) -> None:
        """They are typing a new passphrase; None: they want one made up."""
        if typed is None:
            typed = suggestion()
            self._view.show_suggestion(typed)
        self._view.show_strength(judge(typed, self._names()) if typed else None)

    def on_change(self, current: str, new: str, again: str) -> None:
        """They want another passphrase."""
        if not self._has(current):
            return
        if strength(new, self._names()) is Strength.TOO_EASY:
            self._view.show_wrong(Place.NEW, Wrong.TOO_EASY if new else Wrong.MISSING)
        elif new != again:
            self._view.show_wrong(Place.AGAIN, Wrong.DIFFERS)
        else:
            self._do(lambda: keys.change_passphrase(self._ws, current, new), Done.PASSPHRASE)

    def on_new_sheet(self) -> None:
        """They want a new recovery sheet."""
        self._desks.sheet.begin(audit_log.name_of(self._ws), anew=True)
        self._view.show_paper(sheet=True, spare=False)

    def on_use_sheet(self, current: str, first: str, second: str, *, change_key: bool) -> None:
        """The sheet is on paper: from now on it counts, with a new key of the workspace if they want that."""
        if not self._has(current):
            return
        sheet = self._desks.sheet.written_down(first, second)
        if sheet is None:
            return
        if change_key:
            self._change_key(current, sheet)
        else:
            self._do(lambda: keys.renew_recovery(self._ws, current, sheet), Done.SHEET)

    def on_remember(self, current: str, *, remember: bool) -> None:
        """They want this computer to remember the workspace, or to forget it."""
        if self._has(current):
            deed, done = (keys.remember, Done.REMEMBERED) if remember else (keys.forget, Done.FORGOTTEN)
            self._do(lambda: deed(self._ws, current), done)

    def on_accept_spare(self, current: str) -> None:
        """They let the partnership's spare key in."""
        if self._has(current):
            self._do(lambda: keys.accept_spare_key(self._ws, current), Done.SPARE_ACCEPTED)

    def on_new_spare(self) -> None:
        """The team wants a spare key."""

        def made() -> None:
            self._view.show_busy(busy=False)
            self._view.show_paper(sheet=False, spare=True)

        self._view.show_busy(busy=True)
        self._desks.spare.begin(audit_log.name_of(self._ws), made)

    def on_use_spare(self, current: str, *, apart: bool) -> None:
        """The spare key is with two people: from now on it counts."""
        spare = self._desks.spare.handed_out(apart=apart) if self._has(current) else None
        if spare is None:
            return

        def use() -> None:
            keys.enter(self._ws, current)  # a wrong passphrase is told before anything is written
            escrow.use_for_partnership(self._ws, spare)
            keys.accept_spare_key(self._ws, current)

        self._do(use, Done.SPARE_MADE)

    # --- inside ------------------------------------------------------------------------------

    def _names(self) -> tuple[str, ...]:
        """Return what anybody would try first as a passphrase here."""
        return (audit_log.name_of(self._ws), *(person.name for person in self._ws.people()))

    def _has(self, current: str) -> bool:
        self._view.show_nothing_wrong()
        if not current:
            self._view.show_wrong(Place.CURRENT, Wrong.MISSING)
        return bool(current)

    def _look(self) -> None:
        try:
            self._view.show_ways(keys.ways_in(self._ws), is_team=self._ws.team is not None)
        except AppError as error:
            self._view.show_refused(error)

    def _do(self, deed: Callable[[], None], done: Done) -> None:
        def told(_nothing: None) -> None:
            self._view.show_busy(busy=False)
            self._look()
            self._view.show_paper(sheet=False, spare=False)
            self._view.show_done(done)

        self._view.show_busy(busy=True)
        self._runner.run(Job(work=lambda _ticket: deed(), on_done=told, on_error=self._not_done))

    def _change_key(self, current: str, sheet: Sheet) -> None:
        """Change the key while nobody can write or read: the screens stand behind, untouched, until it is done."""

        def deed() -> None:
            keys.change_key(self._ws, current, sheet)

        def told(_nothing: None) -> None:
            self._desks.on_alone(False)  # noqa: FBT003 - the callback says what it means
            self._view.show_busy(busy=False)
            self._look()
            self._view.show_paper(sheet=False, spare=False)
            self._view.show_done(Done.KEY)

        def failed(error: Exception) -> None:
            self._desks.on_alone(False)  # noqa: FBT003 - as above
            self._not_done(error)

        self._view.show_busy(busy=True)
        self._desks.on_alone(True)  # noqa: FBT003 - as above
        self._runner.run(Job(work=lambda _ticket: deed(), on_done=told, on_error=failed))

    def _not_done(self, error: Exception) -> None:
        self._view.show_busy(busy=False)
        if isinstance(error, WrongPassphrase | AppError):
            self._view.show_refused(error)
        else:
            raise error
