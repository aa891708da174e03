"""Takes pictures of the real window, drawn off the screen: light, dark, and on a small laptop."""

import os
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QSize
from PySide6.QtWidgets import QApplication

from iowscp_desktop.app.workspace import Surroundings, Workspace
from iowscp_desktop.domain.ids import ResponseId
from iowscp_desktop.ui.areas import CHECK, CONFLICT, EXPORT, FILL, MERGE, PANEL, OrganisationAreas, TeamAreas
from iowscp_desktop.ui.first_run import FirstRunPage
from iowscp_desktop.ui.jobs import AtOnce
from iowscp_desktop.ui.main_window import MainWindow, Setup, compose
from iowscp_desktop.ui.theme import Scheme, apply_theme

_WIDE, _SMALL = QSize(1440, 900), QSize(1366, 768)
_STYLES = (("", Scheme.LIGHT, _WIDE), ("-dark", Scheme.DARK, _WIDE), ("-1366x768", Scheme.LIGHT, _SMALL))


class Photographer:
    """Opens the window on a workspace, goes to a screen, and saves what it shows. No window appears."""

    def __init__(self, folder: Path) -> None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        app = QApplication.instance() or QApplication(["iowscp-desktop"])
        if not isinstance(app, QApplication):
            raise TypeError("pictures need an application that can draw")
        self._app = app
        self._folder = folder
        self.taken = 0

    def screen(
        self,
        name: str,
        ws: Workspace,
        *,
        screen: str,
        response_id: ResponseId | None = None,
        entry_id: str = "",
        files: Sequence[Path] = (),
    ) -> None:
        """Save one screen of an open workspace."""
        window = compose(ws, self._setup(Path(), ws.world))
        areas = window.areas
        match screen, areas, response_id:
            case _, OrganisationAreas(), str() if screen == FILL:
                areas.fill(response_id, entry_id)
            case _, OrganisationAreas(), str() if screen == CHECK:
                areas.check(response_id)
            case _, OrganisationAreas(), str() if screen == EXPORT:
                areas.export(response_id)
            case _, TeamAreas(), _ if screen == CONFLICT:
                areas.decide(MERGE)
            case _, TeamAreas(), str() if screen == PANEL:
                areas.compare(response_id)
            case _, TeamAreas(), _ if screen == MERGE:
                areas.take_files(files)
            case _:
                window.show_screen(screen)
        self._save(name, window)

    def first_run(self, name: str, folder: Path, world: Surroundings, files: Sequence[Path] = ()) -> None:
        """Save what a new computer shows; with a file, after it was dropped on the window."""
        window = MainWindow(self._setup(folder, world))
        window.begin()
        front = window.findChild(FirstRunPage)
        if front is not None and files:
            front.offer_file(files[0])
        self._save(name, window)

    def lock(self, name: str, folder: Path, world: Surroundings) -> None:
        """Save what stands in front of a workspace that is locked."""
        window = MainWindow(self._setup(folder, world))
        window.begin()
        self._save(name, window)

    def _setup(self, folder: Path, world: Surroundings) -> Setup:
        return Setup(
            folder=folder,
            world=world,
            runner=AtOnce(),
            settings_file=self._folder / "settings.toml",
            out_folder=self._folder,
        )

    def _save(self, name: str, window: MainWindow) -> None:
        for suffix, scheme, size in _STYLES:
            apply_theme(self._app, scheme)
            window.resize(size)
            window.show()
            self._app.processEvents()
            window.grab().save(str(self._folder / f"{name}{suffix}.png"))
            self.taken += 1
        window.hide()
        window.deleteLater()  # not closed: closing would lock the workspace that the demonstration goes on with
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
