"""The card that offers what is new in a watched folder."""

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QTimer
from PySide6.QtGui import QShowEvent
from typing_extensions import override

from iowscp_desktop import text
from iowscp_desktop.app.watching import Offer
from iowscp_desktop.ui.choosing import Choose, FileRequest, Wanted
from iowscp_desktop.ui.merge.watch_presenter import WatchPresenter
from iowscp_desktop.ui.notify import announce
from iowscp_desktop.ui.theme import Icon, Role, Type
from iowscp_desktop.ui.widgets.buttons import Button, Kind
from iowscp_desktop.ui.widgets.labels import Label, Picture
from iowscp_desktop.ui.widgets.layouts import Column, Row, flowing
from iowscp_desktop.ui.widgets.surfaces import Card

_EVERY = 20_000
"""Milliseconds between two looks: shared drives do not tell of changes."""
_SOON = 1_500
"""After the computer told of a change: a file that is being copied is not whole yet."""


class WatchCard(Card):
    """Names the folder, says what is new in it, and leads to looking at that."""

    def __init__(self, choose: Choose) -> None:
        super().__init__()
        self._choose = choose
        self._presenter: WatchPresenter | None = None
        self._watcher = QFileSystemWatcher(self)
        self._poll, self._soon = QTimer(self), QTimer(self)
        self._poll.setInterval(_EVERY)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON)
        self._build()

    def start(self, presenter: WatchPresenter) -> None:
        """Keep the presenter and let it begin."""
        self._presenter = presenter
        self._poll.timeout.connect(presenter.on_look)
        self._soon.timeout.connect(presenter.on_look)
        self._watcher.directoryChanged.connect(self._soon.start)
        presenter.start()

    def _build(self) -> None:
        self._words = Label("", Type.STRONG, wrap=True)
        self._about = Label("", Type.MUTED, wrap=True)
        self.accept_button = Button(text.Merge.watch_accept(0), Kind.PRIMARY, icon=Icon.EYE)
        self.folder_button = Button(text.Merge.watch_name, icon=Icon.FOLDER_OPEN)
        self.stop_button = Button(text.Merge.watch_stop, Kind.QUIET)
        top = Row(Picture(Icon.FOLDER_OPEN, Role.PRIMARY_TEXT, 22), gap=12)
        top.add(Column(self._words, self._about, gap=2), 1)
        buttons = flowing(self.accept_button, self.folder_button, self.stop_button)
        self.setLayout(Column(top, buttons, gap=10, margins=(20, 14, 20, 14)))
        self.accept_button.clicked.connect(self.accept)
        self.folder_button.clicked.connect(self._ask)
        self.stop_button.clicked.connect(self._stop)

    def show_offer(self, offer: Offer) -> None:
        """Show what is new, or that nothing is watched."""
        words, about = _said(offer)
        if words != self._words.text() and (offer.files or offer.is_gone) and self.isVisible():
            announce(self, words)
        self._words.setText(words)
        self._about.setText(about)
        self.setAccessibleName(words)
        self.accept_button.show_words(text.Merge.watch_accept(len(offer.files)))
        self.accept_button.setVisible(bool(offer.files))
        self.folder_button.show_words(text.Merge.watch_name if offer.folder is None else text.Merge.watch_other)
        self.stop_button.setVisible(offer.folder is not None)
        if offer.arriving:
            self._soon.start()

    def watch_folder(self, folder: Path | None) -> None:
        """Have the computer tell of changes in this folder."""
        if gone := self._watcher.directories():
            self._watcher.removePaths(gone)
        if folder is None:
            self._poll.stop()
            return
        if folder.is_dir():
            self._watcher.addPath(str(folder))
        self._poll.start()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._presenter is not None:
            self._presenter.on_look()

    def accept(self) -> None:
        """Show what the new files would bring."""
        if self._presenter is not None:
            self._presenter.on_accept()

    def _ask(self) -> None:
        self._choose(FileRequest(wanted=Wanted.FOLDER, title=text.Merge.watch_title), self._chosen)

    def _chosen(self, paths: tuple[Path, ...]) -> None:
        if self._presenter is not None and paths:
            self._presenter.on_folder(paths[0])

    def _stop(self) -> None:
        if self._presenter is not None:
            self._presenter.on_folder(None)
        self.folder_button.setFocus()


def _said(offer: Offer) -> tuple[str, str]:
    if offer.folder is None:
        return text.Merge.watch_none, text.Merge.watch_none_about
    name = offer.folder.name or str(offer.folder)
    if offer.is_gone:
        return text.Merge.watch_gone(name), text.Merge.watch_gone_about
    words = text.Merge.watch_new(len(offer.files), name) if offer.files else text.Merge.watch_nothing(name)
    return words, text.Merge.watch_arriving(offer.arriving) if offer.arriving else text.Merge.watch_about
