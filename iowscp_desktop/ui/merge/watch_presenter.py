"""Looks into the folder that is watched, off the screen's thread, and says what is new there. Takes nothing in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from iowscp_desktop.app import watching
from iowscp_desktop.app.watching import Offer
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.ui.jobs import Job, Runner


class WatchView(Protocol):
    """What the presenter asks of the card."""

    def show_offer(self, offer: Offer) -> None:
        """Show what is new, or that nothing is watched."""
        ...

    def watch_folder(self, folder: Path | None) -> None:
        """Have the computer tell of changes in this folder."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """Where an offer leads."""

    on_files: Callable[[Sequence[Path]], bool]
    """Shows what files would bring; tells whether it does, as it shows one thing at a time."""
    on_offer: Callable[[Offer], None]
    """Whoever says it on another screen."""


class WatchPresenter:
    """Keeps what was offered until somebody looks at it."""

    def __init__(self, ws: Workspace, view: WatchView, ways: Ways, *, runner: Runner) -> None:
        self._ws, self._view, self._runner, self._ways = ws, view, runner, ways
        self._watching = watching.Watching(ws)
        self._offer: Offer | None = None
        self._is_looking = False

    def start(self) -> None:
        """Begin to watch the folder that was named before, if there is one."""
        folder = watching.watched_folder(self._ws)
        self._view.watch_folder(folder)
        self._show(Offer(folder=folder))
        self.on_look()

    def on_look(self) -> None:
        """Something may have changed there, or some time has passed."""
        if self._is_looking or watching.watched_folder(self._ws) is None:
            return
        self._is_looking = True
        self._runner.run(Job(work=lambda _ticket: self._watching.look(), on_done=self._looked, on_error=self._failed))

    def on_folder(self, folder: Path | None) -> None:
        """Watch this folder from now on, or none."""
        watching.watch(self._ws, folder)
        self.start()

    def on_accept(self) -> None:
        """Show what the new files would bring. They are not offered again after that.

        While other files are looked at or taken in, the offer stays.
        """
        files = () if self._offer is None else self._offer.files
        if files and self._ways.on_files(files):
            self._watching.looked_at(files)
            self._show(Offer(folder=watching.watched_folder(self._ws)))

    def _looked(self, offer: Offer) -> None:
        self._is_looking = False
        if offer.folder == watching.watched_folder(self._ws):  # another may have been named meanwhile
            self._show(offer)

    def _failed(self, error: Exception) -> None:
        self._is_looking = False
        raise error

    def _show(self, offer: Offer) -> None:
        if offer != self._offer:
            self._offer = offer
            self._view.show_offer(offer)
            self._ways.on_offer(offer)
