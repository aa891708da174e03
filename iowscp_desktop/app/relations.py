"""Which files have to do with each other: those that speak of the same spaces or devices are looked at together.

Nothing is believed for it: a file that lies about itself is looked at in other company, no more.
"""

from collections.abc import Callable, Hashable, Sequence
from contextlib import suppress
from pathlib import Path

from iowscp_desktop.app.identities import identities
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.bundles import Manifest, MemberContent, open_bundle
from iowscp_desktop.crypto import Identity, VerifyKey
from iowscp_desktop.domain.journal import stream_of
from iowscp_desktop.errors import AppError

MOST_LINE_BYTES = 4 * 1024 * 1024
"""A first line holds the seals of a stream: some hundred bytes for each time that it was sent."""


def related(ws: Workspace, paths: Sequence[Path], tick: Callable[[], None]) -> list[list[Path]]:
    """Return files in groups that have nothing to do with each other, each in the order given.

    Args:
        tick: Called for each file; what it raises stops the looking.
    """
    if len(paths) == 1:
        return [list(paths)]
    leader: dict[Path, Path] = {path: path for path in paths}
    first: dict[Hashable, Path] = {}

    def lead(path: Path) -> Path:
        while leader[path] != path:
            path = leader[path]
        return path

    keys = identities(ws)
    for path in paths:
        tick()
        for subject in _subjects(keys, path):
            other = first.setdefault(subject, path)
            leader[lead(path)] = lead(other)
    groups: dict[Path, list[Path]] = {}
    for path in paths:
        groups.setdefault(lead(path), []).append(path)
    return list(groups.values())


def _subjects(keys: Sequence[Identity], path: Path) -> set[Hashable]:
    """Return the devices and spaces that a file names; none for one that does not open."""
    found: set[Hashable] = set()

    def believe(manifest: Manifest, _introduction: bytes | None) -> VerifyKey:
        found.add(manifest.signer)
        return VerifyKey.from_hex(manifest.signer)

    with suppress(AppError), open_bundle(path, identities=keys, trust=believe) as bundle:
        for member, content in bundle.members():
            if member.kind == "entries":
                found |= _of_range(content)
    return found


def _of_range(content: MemberContent) -> set[Hashable]:
    """Return the space and device of a range. Nobody is known yet here, so no more of it is held than a line needs."""
    line = b""
    for chunk in content:
        before, _, _rest = chunk.partition(b"\n")
        line += before
        if len(before) < len(chunk) or len(line) > MOST_LINE_BYTES:
            break
    if len(line) > MOST_LINE_BYTES:
        return set()
    stream = stream_of(line)
    return {stream.space, stream.device}
