"""Files that came from nobody known here: the sealed file itself is kept, until somebody decides about it."""

from pathlib import Path

import msgspec
from typing_extensions import override

from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.bundles import FileKind, peek
from iowscp_desktop.domain.ids import Sha256
from iowscp_desktop.errors import (
    AppError,
    EntryMissing,
    FileUnreadable,
    InvitationUsed,
    NewerBundle,
    SignerNotAllowed,
    SignerRevoked,
    UnknownInvitation,
    UnknownSigner,
)

KEPT = (UnknownSigner, SignerRevoked, SignerNotAllowed, UnknownInvitation, InvitationUsed, NewerBundle, EntryMissing)
"""Refusals that may turn out otherwise: somebody is invited, an earlier file comes, the program is updated."""

MOST_BYTES = 64 * 1024 * 1024
_NAME = "kept/"


class KeptFile(msgspec.Struct, frozen=True, kw_only=True):
    """One file that was set aside."""

    sha256: Sha256
    name: str
    code: str
    """Of the error for which it was refused."""
    size: int
    at: str

    @override
    def __repr__(self) -> str:
        return f"<kept file {self.sha256[:12]}>"


def may_keep(refused: AppError | None) -> bool:
    """Tell whether a refused file is worth keeping."""
    return isinstance(refused, KEPT)


def keep(ws: Workspace, path: Path, refused: AppError) -> KeptFile | None:
    """Keep a file that was refused; None for one that is too large, or is no bundle at all any more.

    Raises:
        FileUnreadable: The disk gave up on it.
    """
    if peek(path) is not FileKind.BUNDLE:
        return None
    try:
        if path.stat().st_size > MOST_BYTES:
            return None
        content = path.read_bytes()
    except OSError as error:
        raise FileUnreadable from error
    with ws.store.database.writing() as connection:
        digest, size = ws.store.blobs.add_in(connection, [content])
        kept = KeptFile(sha256=digest, name=path.name, code=refused.code, size=size, at=ws.now())
        ws.store.local.keep_in(connection, **{_NAME + digest: msgspec.json.encode(kept)})
    return kept


def kept_files(ws: Workspace) -> tuple[KeptFile, ...]:
    """Return every file that was set aside, oldest first."""
    local = ws.store.local
    found = (local.value(name) for name in local.names(_NAME))
    files = [msgspec.json.decode(value, type=KeptFile) for value in found if value is not None]
    return tuple(sorted(files, key=lambda each: (each.at, each.sha256)))


def kept_content(ws: Workspace, kept: KeptFile) -> bytes:
    """Return the sealed file as it came."""
    return ws.store.blobs.read(kept.sha256)


def let_go(ws: Workspace, kept: KeptFile) -> None:
    """Take a file off the list. Its bytes stay where they are."""
    ws.store.local.forget(_NAME + kept.sha256)
