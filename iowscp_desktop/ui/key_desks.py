"""Where keys are put on paper: a recovery sheet, a spare key. Plain Python; first run, settings and lock use it."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from iowscp_desktop.app import escrow, recovery
from iowscp_desktop.app.escrow import SpareKey
from iowscp_desktop.app.recovery import Sheet
from iowscp_desktop.app.workspace import Surroundings
from iowscp_desktop.errors import AppError
from iowscp_desktop.ui.jobs import Job, Runner, Ticket


class SheetView(Protocol):
    """What shows a recovery sheet."""

    def show_key(self, number: str, groups: Sequence[str], asked: tuple[int, int]) -> None:
        """Show a recovery key, and which two of its groups are to be typed back."""
        ...

    def show_saved(self, path: Path, *, deleted: bool | None) -> None:
        """Say that its page was saved; or deleted again, or could not be."""
        ...

    def show_wrong(self, *, first: bool, second: bool) -> None:
        """Mark groups that are not as they are printed."""
        ...

    def show_refused(self, error: AppError) -> None:
        """Say why the page was not saved."""
        ...


class SheetDesk:
    """Puts one recovery key on paper. The key stays the same until `begin` is told to make another."""

    def __init__(self, view: SheetView, world: Surroundings, runner: Runner) -> None:
        self._view, self._world, self._runner = view, world, runner
        self._sheet: Sheet | None = None
        self._workspace = ""
        self._saved: Path | None = None

    def begin(self, workspace: str, *, anew: bool = False) -> None:
        """Show a recovery key for a workspace; who comes back to it finds the one that is on the paper already."""
        self._workspace = workspace
        if self._sheet is None or anew:
            self._sheet, self._saved = recovery.new_sheet(), None
            self._view.show_key(self._sheet.number, self._sheet.groups, self._sheet.asked)

    def on_place(self, path: Path) -> None:
        """They chose where the page to print goes."""
        sheet = self._sheet
        if sheet is None:
            return

        def save(_ticket: Ticket) -> Path:
            at = self._world.clock()
            return recovery.save_sheet(sheet, path.with_suffix(".pdf"), workspace=self._workspace, at=at)

        self._runner.run(Job(work=save, on_done=self._kept, on_error=partial(_told, self._view.show_refused)))

    def on_printed(self) -> None:
        """It is printed: the page is to be gone from the disk."""
        if self._saved is not None:
            self._view.show_saved(self._saved, deleted=recovery.delete_page(self._saved))

    def written_down(self, first: str, second: str) -> Sheet | None:
        """Return the sheet if two groups were typed as they are on paper; else they are marked."""
        if self._sheet is None:
            return None
        one, other = self._sheet.is_typed_back(first, second)
        self._view.show_wrong(first=not one, second=not other)
        return self._sheet if one and other else None

    def _kept(self, path: Path) -> None:
        self._saved = path
        self._view.show_saved(path, deleted=None)


class SpareView(Protocol):
    """What shows a spare key that is being made."""

    def show_spare(self, number: str, words: str, file_name: str) -> None:
        """Show a spare key; nothing of it is saved yet."""
        ...

    def show_file_saved(self, path: Path) -> None:
        """Say that the file was saved."""
        ...

    def show_words_saved(self, path: Path) -> None:
        """Say that the page with the words was saved."""
        ...

    def show_not_apart(self) -> None:
        """Say that file and words are to be with two people first."""
        ...

    def show_refused(self, error: AppError) -> None:
        """Say why something was not saved."""
        ...


class SpareDesk:
    """Makes one spare key and sees to it that it leaves the computer in two parts."""

    def __init__(self, view: SpareView, world: Surroundings, runner: Runner) -> None:
        self._view, self._world, self._runner = view, world, runner
        self._spare: SpareKey | None = None
        self._partnership = ""
        self._kept = False

    def begin(self, partnership: str, on_made: Callable[[], None]) -> None:
        """Make a spare key for a partnership, unless it is made already; slow on purpose."""
        self._partnership = partnership
        if self._spare is not None:
            on_made()
            return

        def made(spare: SpareKey) -> None:
            self._spare, self._kept = spare, False
            self._view.show_spare(spare.number, spare.words, escrow.file_name(spare))
            on_made()

        self._runner.run(Job(work=lambda _ticket: escrow.new_spare_key(self._world), on_done=made))

    def on_file_place(self, path: Path) -> None:
        """They chose where the file goes."""
        if self._spare is not None:
            self._save(partial(escrow.save_spare_key, self._spare, path), self._file_kept)

    def on_words_place(self, path: Path) -> None:
        """They chose where the page with the words goes."""
        if self._spare is not None:
            name, at = self._partnership, self._world.clock()
            work = partial(escrow.save_words, self._spare, path.with_suffix(".pdf"), partnership_name=name, at=at)
            self._save(work, self._view.show_words_saved)

    def handed_out(self, *, apart: bool) -> SpareKey | None:
        """Return the spare key if its file is saved, and file and words are said to be with two people."""
        if self._spare is None or not self._kept or not apart:
            self._view.show_not_apart()
            return None
        return self._spare

    def _save(self, work: Callable[[], Path], on_done: Callable[[Path], None]) -> None:
        refused = partial(_told, self._view.show_refused)
        self._runner.run(Job(work=lambda _ticket: work(), on_done=on_done, on_error=refused))

    def _file_kept(self, path: Path) -> None:
        self._kept = True
        self._view.show_file_saved(path)


def _told(show: Callable[[AppError], None], error: Exception) -> None:
    if not isinstance(error, AppError):
        raise error
    show(error)
