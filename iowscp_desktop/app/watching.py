"""A folder that the team names, on a shared drive or one that is synchronised: what is new there is offered.

Nothing is taken in unasked, and nothing is written there. A file is known by its content, whatever it is called.
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from iowscp_desktop.app.rounds import team_of
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.bundles import BUNDLE_SUFFIX, FileKind, file_sha256, peek
from iowscp_desktop.errors import AppError
from iowscp_desktop.store.local import FILE

_FOLDER = "watched-folder"
_LOOKED_AT = "looked-at/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What there is in the folder now."""

    folder: Path | None = field(default=None, repr=False)
    is_gone: bool = False
    """The folder cannot be read at the moment."""
    files: tuple[Path, ...] = field(default=(), repr=False)
    """Files that nobody has looked at yet, whole as far as can be seen."""
    arriving: int = 0
    """Files that are still being written, or that came since the last look: they wait for the next one."""


_Mark = tuple[int, int]
"""A file's size and when it was written: as long as they change, it is still arriving."""


def watched_folder(ws: Workspace) -> Path | None:
    """Return the folder that is watched on this computer; None when there is none."""
    kept = ws.store.local.value(_FOLDER)
    return None if kept is None else Path(kept.decode("utf-8", "surrogateescape"))


def watch(ws: Workspace, folder: Path | None) -> None:
    """Watch a folder from now on; None watches none.

    Raises:
        NotYours: This is not the team's workspace.
    """
    team_of(ws)
    if folder is None:
        ws.store.local.forget(_FOLDER)
    else:
        ws.store.local.keep(**{_FOLDER: str(folder).encode("utf-8", "surrogateescape")})


class Watching:
    """Looks at the folder again and again, and remembers between two looks what was still arriving."""

    def __init__(self, ws: Workspace) -> None:
        self._ws = ws
        self._marks: dict[Path, _Mark] = {}
        self._digests: dict[tuple[Path, _Mark], str] = {}

    def look(self) -> Offer:
        """Return what is new. A file counts once it was the same in two looks."""
        folder = watched_folder(self._ws)
        if folder is None:
            return Offer()
        found = _files(folder)
        if found is None:
            self._marks = {}
            return Offer(folder=folder, is_gone=True)
        settled = [path for path, mark in found.items() if mark[0] and self._marks.get(path) == mark]
        self._marks = found
        self._digests = {key: digest for key, digest in self._digests.items() if found.get(key[0]) == key[1]}
        new = [path for path in sorted(settled) if self._is_new(path)]
        return Offer(folder=folder, files=tuple(new), arriving=len(found) - len(settled))

    def looked_at(self, paths: Iterable[Path]) -> None:
        """Remember that somebody looked at these files: they are not offered again, unless they change."""
        marks = {path: digest for (path, _mark), digest in self._digests.items()}
        names = {_LOOKED_AT + marks[path]: b"" for path in paths if path in marks}
        if names:
            self._ws.store.local.keep(**names)

    def _is_new(self, path: Path) -> bool:
        key = (path, self._marks[path])
        with suppress(AppError):  # gone, or being written again: the next look tells
            if key not in self._digests:
                if peek(path) is not FileKind.BUNDLE:
                    return False
                self._digests[key] = file_sha256(path)
            local, digest = self._ws.store.local, self._digests[key]
            return local.value(FILE + digest) is None and local.value(_LOOKED_AT + digest) is None
        return False


def _files(folder: Path) -> dict[Path, _Mark] | None:
    """Return the bundles of a folder with what would change while they arrive; None when it cannot be read."""
    found: dict[Path, _Mark] = {}
    try:
        for path in folder.iterdir():
            if path.suffix == BUNDLE_SUFFIX and path.is_file():
                about = path.stat()
                found[path] = (about.st_size, about.st_mtime_ns)
    except OSError:
        return None
    return found
