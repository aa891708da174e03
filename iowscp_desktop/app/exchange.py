"""Bundles out: what a space's entries, evidence and tools become when they travel.

Every flow is the same deed with other spaces and other readers: return, panel pack, scores, receipt.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from os import SEEK_END
from pathlib import Path
from typing import BinaryIO, cast

from iowscp_desktop import __version__
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.bundles import (
    BUNDLE_SUFFIX,
    BundleDraft,
    Manifest,
    MemberSource,
    canonical,
    digest,
    neutral_name,
    write_bundle,
    write_new_file,
)
from iowscp_desktop.crypto import Recipient, SigningKey
from iowscp_desktop.domain.events import EvidenceAttached
from iowscp_desktop.domain.ids import Sha256, SpaceId
from iowscp_desktop.domain.journal import encode_range
from iowscp_desktop.errors import FileUnwritable
from iowscp_desktop.store import BundleLine

ENTRIES, TOOL, ATTACHMENT, CERTIFICATE, ENROLMENT = "entries", "tool", "attachment", "certificate", "enrolment"

Progress = Callable[[int, int], None]


def no_progress(_done: int, _total: int) -> None:
    """Report to nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """What is to travel: whole spaces, with what their entries name, to whom."""

    type: str
    spaces: Sequence[SpaceId]
    recipients: Sequence[str]
    tools: Sequence[Sha256] = ()
    with_evidence: bool = True


def send(ws: Workspace, parcel: Parcel, folder: Path, progress: Progress = no_progress) -> Path:
    """Seal spaces into a new file with a neutral name, and return where it lies. A missing folder is made.

    Args:
        progress: Told of bytes written, of about how many; what it raises stops the writing.

    Raises:
        FileUnwritable: The folder cannot be written; nothing is left behind.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileUnwritable from error
    members = members_of(ws, parcel)
    draft = draft_for(ws, parcel)
    path = folder / neutral_name(BUNDLE_SUFFIX)
    about = sum(member.open().seek(0, SEEK_END) for member in members)

    def write(sink: BinaryIO) -> Manifest:
        return write_bundle(
            cast("BinaryIO", _Counted(sink, lambda done: progress(min(done, about), about))),
            draft=draft,
            members=members,
            signer=carrier(ws),
            recipients=[Recipient(text) for text in parcel.recipients],
        )

    manifest = write_new_file(path, write)
    log(ws, manifest, direction="out", space=",".join(parcel.spaces))
    return path


class _Counted:
    """A file that tells how much has been written to it."""

    def __init__(self, sink: BinaryIO, told: Callable[[int], None]) -> None:
        self._sink, self._told = sink, told
        self._done = 0

    def write(self, content: bytes) -> int:
        """Write, and tell."""
        written = self._sink.write(content)
        self._done += written
        self._told(self._done)
        return written

    def flush(self) -> None:
        """Hand everything on."""
        self._sink.flush()


def carrier(ws: Workspace) -> SigningKey:
    """Return the key that signs for the carrier: the team speaks as one, others as their device."""
    return ws.keys.signing if ws.team is None else ws.team.signing


def draft_for(ws: Workspace, parcel: Parcel) -> BundleDraft:
    """Return a bundle's draft, numbered after the last one that left here."""
    sent = [line for line in ws.store.local.bundles() if line.direction == "out"]
    return BundleDraft(
        type=parcel.type,
        bundle=ws.world.new_id(),
        created=ws.now(),
        app=__version__,
        project=ws.about.project,
        number=len(sent) + 1,
        prev=sent[-1].digest if sent else None,
    )


def members_of(ws: Workspace, parcel: Parcel) -> list[MemberSource]:
    """Seal the spaces and return what goes into the file, the answer to an open invitation first."""
    for space in parcel.spaces:
        ws.seal(space)
    pieces = [piece for space in parcel.spaces for piece in ws.store.journal.sealed_ranges(space)]
    enrolment = ws.store.local.value("enrolment")
    members = [] if enrolment is None else [MemberSource.of_bytes(ENROLMENT, enrolment)]
    members += [
        MemberSource.of_bytes(CERTIFICATE, known)
        for device in sorted({piece.stream.device for piece in pieces})
        if (known := ws.store.local.certificate(device)) is not None
    ]
    members += [MemberSource.of_bytes(ENTRIES, encode_range(piece), codec="zstd") for piece in pieces]
    members += [MemberSource.of_bytes(TOOL, ws.store.blobs.read(tool), codec="zstd") for tool in parcel.tools]
    if parcel.with_evidence:
        members += [_evidence(ws, sha256) for sha256 in _evidence_of(ws, parcel.spaces)]
    return members


def log(ws: Workspace, manifest: Manifest, *, direction: str, space: str) -> None:
    """Remember that a bundle left or came."""
    with ws.store.database.writing() as connection:
        ws.store.local.log_bundle(connection, bundle_line(ws, manifest, direction=direction, space=space))


def _evidence_of(ws: Workspace, spaces: Sequence[SpaceId]) -> list[Sha256]:
    wanted = {held.event.sha256 for space in spaces for held in ws.standing(EvidenceAttached, space=space)}
    return sorted(sha256 for sha256 in wanted if ws.store.blobs.has(sha256))


def _evidence(ws: Workspace, sha256: Sha256) -> MemberSource:
    # Evidence is already packed (pictures, PDF) and at most 25 MB a file, so it is held whole while it is sealed.
    return MemberSource.of_bytes(ATTACHMENT, ws.store.blobs.read(sha256))


def bundle_line(ws: Workspace, manifest: Manifest, *, direction: str, space: str) -> BundleLine:
    """Return what the log keeps of a bundle."""
    return BundleLine(
        digest=digest(canonical(manifest)),
        direction=direction,
        type=manifest.type,
        signer=manifest.signer,
        number=manifest.number,
        at=ws.now(),
        space=space,
    )
