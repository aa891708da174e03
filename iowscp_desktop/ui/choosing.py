"""Asking for files and folders, behind one function that tests and the demo replace. Never blocks."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget


class Wanted(Enum):
    """What a person is asked for."""

    FILE = auto()
    FILES = auto()
    NEW_FILE = auto()
    FOLDER = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRequest:
    """One question about files."""

    wanted: Wanted
    title: str
    kinds: tuple[str, ...] = ()  # such as "Audit files (*.iowscp)"
    suggestion: Path | None = None  # a folder to start in, or a name for a new file


Choose = Callable[[FileRequest, Callable[[tuple[Path, ...]], None]], None]
"""Asks, and calls back with what was chosen; never calls back when the person cancelled."""

_MODES = {
    Wanted.FILE: QFileDialog.FileMode.ExistingFile,
    Wanted.FILES: QFileDialog.FileMode.ExistingFiles,
    Wanted.NEW_FILE: QFileDialog.FileMode.AnyFile,
    Wanted.FOLDER: QFileDialog.FileMode.Directory,
}


def chooser(parent: QWidget, begin_in: Path | None = None) -> Choose:
    """Return the function that asks with the computer's own dialog, above `parent`.

    A question without a suggestion begins in the folder that was chosen last; the first one in `begin_in`.
    """
    last = begin_in

    def choose(request: FileRequest, on_chosen: Callable[[tuple[Path, ...]], None]) -> None:
        def told(names: list[str]) -> None:
            nonlocal last
            paths = tuple(Path(name) for name in names)
            if paths:
                last = paths[0] if request.wanted is Wanted.FOLDER else paths[0].parent
            on_chosen(paths)

        dialog = dialog_for(parent, request)
        if request.suggestion is None and last is not None:
            dialog.setDirectory(str(_there(last)))
        dialog.filesSelected.connect(told)
        dialog.open()

    return choose


def dialog_for(parent: QWidget, request: FileRequest) -> QFileDialog:
    """Return the dialog for a request, not yet open."""
    dialog = QFileDialog(parent, request.title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(_MODES[request.wanted])
    if request.wanted is Wanted.NEW_FILE:
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    if request.kinds:
        dialog.setNameFilters(list(request.kinds))
    if request.suggestion is not None:
        _suggest(dialog, request.suggestion)
    return dialog


def _there(folder: Path) -> Path:
    """Return a folder, or the nearest one around it that is there: a stick may have been pulled out."""
    return next((each for each in (folder, *folder.parents) if each.is_dir()), Path.home())


def _suggest(dialog: QFileDialog, suggestion: Path) -> None:
    if suggestion.is_dir():
        dialog.setDirectory(str(suggestion))
    else:
        dialog.setDirectory(str(suggestion.parent))
        dialog.selectFile(suggestion.name)
