"""Backups: what is there, making one, looking into one, going back to one. Plain Python."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeVar

from iowscp_desktop.app import backups, restoring
from iowscp_desktop.app.backups import Backup, Reason
from iowscp_desktop.app.workspace import Surroundings, Workspace
from iowscp_desktop.domain.clock import LOCAL_ZONE, from_stored
from iowscp_desktop.errors import AppError
from iowscp_desktop.text.backups import Backups as Words
from iowscp_desktop.ui.jobs import Job, Runner, Ticket

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One backup in the list."""

    key: str
    title: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What is in one backup, and what going back would take."""

    key: str
    title: str
    lines: tuple[str, ...] = field(repr=False)
    lost: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What the backups are about."""

    folder: Path
    world: Surroundings
    runner: Runner
    ws: Workspace | None
    """The open workspace; None when it does not open."""
    put_in_place: Callable[[Callable[[], object]], None]
    """Closes the workspace, does this, and asks for the passphrase again."""


class BackupsView(Protocol):
    """What the page can show."""

    def show_list(self, lines: tuple[Line, ...], newest: str, where: str) -> None:
        """Show the backups that are there, when the newest was made, and the second place if there is one."""
        ...

    def show_seen(self, seen: Seen | None) -> None:
        """Show what is in one; None shows the list again."""
        ...

    def show_said(self, words: str, *, is_wrong: bool = False) -> None:
        """Say what is going on, or what came of it."""
        ...

    def show_passphrase_missing(self) -> None:
        """Mark the passphrase's field."""
        ...


class BackupsPresenter:
    """Does what the page asks; whatever takes longer than a blink in a job."""

    def __init__(self, view: BackupsView, desk: Desk) -> None:
        self._view, self._desk = view, desk
        self._there: dict[str, Backup] = {}
        self._way: restoring.Way | None = None

    def start(self) -> None:
        """Show what is there."""
        ws = self._desk.ws
        shelves = backups.shelves(ws) if ws is not None else backups.shelves_of(self._desk.folder)
        self._there = {str(each.folder): each for each in (*shelves.here, *shelves.elsewhere)}
        lines = [_line(each, elsewhere=False) for each in shelves.here]
        lines += [_line(each, elsewhere=True) for each in shelves.elsewhere]
        newest = Words.newest(_when(shelves.here[0])) if shelves.here else Words.now_none
        where = Words.where(str(shelves.chosen)) if shelves.chosen is not None else ""
        self._view.show_list(tuple(lines), newest, where)

    def on_back_up(self) -> None:
        """Make one now."""
        ws = self._desk.ws
        if ws is None:
            return

        def done(_made: object) -> None:
            self.start()
            self._view.show_said(Words.made_done)

        self._run(Words.making, lambda: backups.back_up(ws, Reason.ASKED), done)

    def on_check(self) -> None:
        """Prove the whole workspace."""
        ws = self._desk.ws
        if ws is None:
            return

        def told(wrongs: tuple[str, ...]) -> None:
            self._view.show_said(Words.check_wrong if wrongs else Words.check_fine, is_wrong=bool(wrongs))

        self._run(Words.checking, lambda: ws.verify().wrongs, told)

    def on_folder(self, folder: Path | None) -> None:
        """Keep a second copy there from now on, or none any more."""
        if self._desk.ws is not None:
            backups.choose_folder(self._desk.ws, folder)
            self.start()

    def on_look(self, key: str, passphrase: str) -> None:
        """Look into one."""
        if not passphrase:
            self._view.show_passphrase_missing()
            return
        desk, backup = self._desk, self._there[key]

        def look() -> tuple[restoring.Way, restoring.Preview]:
            way = restoring.way_into(desk.folder, backup, passphrase)
            now = None if desk.ws is None else desk.ws.store.database
            return way, restoring.preview(backup, way.key, now)

        def seen(found: tuple[restoring.Way, restoring.Preview]) -> None:
            self._way = found[0]
            self._view.show_said("")
            self._view.show_seen(_seen(key, found[1]))

        self._run(Words.looking, look, seen)

    def on_leave(self) -> None:
        """Leave everything as it is."""
        self._way = None
        self._view.show_seen(None)

    def on_go_back(self, key: str) -> None:
        """Go back to the one that was looked into."""
        desk, backup, way = self._desk, self._there[key], self._way
        if way is not None:
            desk.put_in_place(lambda: restoring.restore(desk.folder, backup, way, desk.world))

    def on_save(self, passphrase: str) -> None:
        """Save what can be saved of a damaged workspace."""
        desk = self._desk
        if not passphrase:
            self._view.show_passphrase_missing()
            return
        desk.put_in_place(lambda: restoring.save_by_passphrase(desk.folder, passphrase, desk.world))

    def _run(self, words: str, work: Callable[[], T], done: Callable[[T], None]) -> None:
        self._view.show_said(words)

        def at_work(_ticket: Ticket) -> T:
            return work()

        def failed(error: Exception) -> None:
            if not isinstance(error, AppError):
                raise error
            self._view.show_said(Words.refused(error.message, error.remedy, error.code), is_wrong=True)

        self._desk.runner.run(Job(work=at_work, on_done=done, on_error=failed))


def _when(backup: Backup) -> str:
    at = from_stored(backup.manifest.made).astimezone(LOCAL_ZONE)
    return f"{at.day} {at:%B %Y, %H:%M}"


def _line(backup: Backup, *, elsewhere: bool) -> Line:
    reason = Words.reasons.get(backup.manifest.reason, "")
    return Line(
        key=str(backup.folder),
        title=Words.line(_when(backup), elsewhere=elsewhere),
        about=Words.line_about(reason, backup.manifest.entries),
    )


def _seen(key: str, found: restoring.Preview) -> Seen:
    lines = tuple(Words.response(each.title, each.then, each.changed) for each in found.responses)
    return Seen(key=key, title=_when(found.backup), lines=lines, lost=Words.lost(found.lost))
