"""Bundles out: what a space's entries, evidence and tools become when they travel.

Every flow is the same deed with other spaces and other readers: return, panel pack, scores, receipt.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from os import SEEK_END
from pathlib import Path
from typing import BinaryIO, cast

from iowscp_desktop import __version__
from iowscp_desktop.app.audit_log import AuditDeed, record_in
from iowscp_desktop.app.identities import in_force, roots_bytes, roots_of
from iowscp_desktop.app.onward import sent_on
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.bundles import (
    BUNDLE_SUFFIX,
    BundleDraft,
    Manifest,
    MemberSource,
    Range,
    canonical,
    check_guest_pass,
    digest,
    invitation_of,
    neutral_name,
    read_certificate,
    write_bundle,
    write_new_file,
)
from iowscp_desktop.crypto import Recipient, SigningKey
from iowscp_desktop.domain.events import EvidenceAttached, FeedbackGiven, files_named
from iowscp_desktop.domain.ids import DeviceId, Sha256, SpaceId
from iowscp_desktop.domain.journal import Seal, StreamRange, encode_range
from iowscp_desktop.errors import FileUnwritable, KeysError, NoDeviceKnown
from iowscp_desktop.store import BundleLine
from iowscp_desktop.store.key_file import escrow_part, read_key_file

ENTRIES, TOOL, ATTACHMENT, CERTIFICATE = "entries", "tool", "attachment", "certificate"
GUEST = "guest"
ENROLMENT, ROOTS, INTRODUCTION, ESCROW = "enrolment", "roots", "introduction", "escrow"

Progress = Callable[[int, int], None]


def no_progress(_done: int, _total: int) -> None:
    """Report to nobody."""


def _whole(piece: StreamRange) -> StreamRange:
    return piece


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """What is to travel: whole spaces, with what their entries name, to whom."""

    type: str
    spaces: Sequence[SpaceId]
    recipients: Sequence[str]
    tools: Sequence[Sha256] = ()
    with_evidence: bool = True
    members: Sequence[MemberSource] = ()
    """What else travels, between what says who wrote and what was written: keys, a directory."""
    about: Sequence[str] = ()
    """Which part of the spaces it is, where it is a part."""
    shown: Callable[[StreamRange], StreamRange] = _whole
    """What the readers see of a range; what they do not see travels as bare commitments."""
    reader: str | None = ""
    """Where the team sends: whose devices read it. Words that lie aside travel to who wrote them alone.

    None for the team's own laptops, which share those too."""


def send(ws: Workspace, parcel: Parcel, folder: Path, progress: Progress = no_progress) -> Path:
    """Seal spaces into a new file with a neutral name, and return where it lies. A missing folder is made.

    Args:
        progress: Told of bytes written, of about how many; what it raises stops the writing.

    Raises:
        NoDeviceKnown: There is nobody to seal it to.
        FileTooBig, TooManyMembers: It is more than one file holds.
        FileUnwritable: The folder cannot be written; nothing is left behind.
    """
    if not parcel.recipients:
        raise NoDeviceKnown
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileUnwritable from error
    packed = pack(ws, parcel)
    path = folder / neutral_name(BUNDLE_SUFFIX)
    about = sum(member.open().seek(0, SEEK_END) for member in packed.members)

    def write(sink: BinaryIO) -> Manifest:
        return write_bundle(
            cast("BinaryIO", _Counted(sink, lambda done: progress(min(done, about), about))),
            draft=packed.draft,
            members=packed.members,
            signer=carrier(ws),
            recipients=[Recipient(text) for text in in_force(ws, parcel.recipients)],
        )

    manifest = write_new_file(path, write)
    log(ws, manifest, direction="out", space=_about(parcel))
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """What goes into a file: the signed list's draft, and the members."""

    draft: BundleDraft
    members: list[MemberSource]


def pack(ws: Workspace, parcel: Parcel) -> Packed:
    """Seal the spaces and return what goes into the file, who signs first."""
    for space in parcel.spaces:
        ws.seal(space)
    pieces = [piece for space in parcel.spaces for piece in _sealed(ws, space, parcel.reader)]
    carried = [parcel.shown(piece) for piece in pieces]
    members = [*_introduction(ws, parcel), *_vouching(ws, pieces), *_spare_way_in(ws), *parcel.members]
    members += [MemberSource.of_bytes(ENTRIES, encode_range(piece), codec="zstd") for piece in carried]
    members += [MemberSource.of_bytes(TOOL, ws.store.blobs.read(tool), codec="zstd") for tool in parcel.tools]
    if parcel.with_evidence:
        members += [_evidence(ws, sha256) for sha256 in _files_of(ws, carried)]
    return Packed(draft=_draft(ws, parcel, pieces), members=members)


def _sealed(ws: Workspace, space: SpaceId, reader: str | None) -> list[StreamRange]:
    """Return what is sealed in a space, without what this reader is not to have."""
    pieces = ws.store.journal.sealed_ranges(space)
    if ws.team is None or reader is None:
        return list(pieces)
    return [left for piece in pieces if (left := sent_on(ws, piece, reader)) is not None]


def _draft(ws: Workspace, parcel: Parcel, pieces: Sequence[StreamRange]) -> BundleDraft:
    """Return a bundle's draft; it names the last one that left for the same readers with the same spaces."""
    about = _about(parcel)
    lines = ws.store.local.bundles()
    sent = [line for line in lines if line.direction == "out" and (line.type, line.space) == (parcel.type, about)]
    return BundleDraft(
        type=parcel.type,
        bundle=ws.world.new_id(),
        created=ws.now(),
        app=__version__,
        project=ws.about.project,
        number=len(sent) + 1,
        prev=sent[-1].digest if sent else None,
        ranges=() if parcel.reader is None else tuple(map(_range, _sealed_in(pieces))),
        seen={piece.stream.id: piece.entries[-1].header.seq for piece in pieces},
    )


def _sealed_in(pieces: Sequence[StreamRange]) -> list[tuple[StreamRange, Seal]]:
    return [(piece, seal) for piece in pieces for seal in piece.seals]


def _range(sealed: tuple[StreamRange, Seal]) -> Range:
    piece, seal = sealed
    return Range(stream=piece.stream.id, first=seal.first, last=seal.last, seal=_seal_digest(seal))


def _about(parcel: Parcel) -> str:
    return ",".join((*parcel.spaces, *parcel.about))


def _seal_digest(seal: Seal) -> str:
    return hashlib.sha256(bytes.fromhex(seal.signature)).hexdigest()


def _introduction(ws: Workspace, parcel: Parcel) -> list[MemberSource]:
    """Return what says who signs: the team's steps to its newest key, or a device's answer to its invitation.

    To the team the answer rides until its certificate has come back; another device of the holder may know neither.
    """
    if ws.team is not None:
        roots = roots_bytes(ws)
        has_changed = roots is not None and len(roots_of(ws).all) > 1
        return [MemberSource.of_bytes(ROOTS, roots)] if roots is not None and has_changed else []
    enrolment = ws.store.local.value("enrolment")
    certificate = ws.store.local.certificate(ws.keys.device)
    is_known = certificate is not None and enrolment is not None and _answers(certificate, enrolment)
    if not enrolment or (is_known and parcel.type != "handover"):
        return []
    return [MemberSource.of_bytes(ENROLMENT, enrolment)]


def _answers(certificate: bytes, enrolment: bytes) -> bool:
    return read_certificate(certificate).invitation == invitation_of(enrolment)


def _vouching(ws: Workspace, pieces: Sequence[StreamRange]) -> list[MemberSource]:
    """Return what shows whose devices wrote: the team's certificates, and what introduced those without one."""
    local, authors = ws.store.local, {piece.stream.device for piece in pieces}
    found: list[MemberSource] = []
    guests = {device: guest for device in authors if (guest := local.value(f"guest/{device}")) is not None}
    hosts = {DeviceId(check_guest_pass(guest).host) for guest in guests.values()} if ws.team is not None else set()
    for device in sorted(authors | hosts):
        certificate = local.certificate(device)
        introduction = local.value(f"introduction/{device}")
        if certificate is not None:
            found.append(MemberSource.of_bytes(CERTIFICATE, certificate))
        elif introduction is not None:
            found.append(MemberSource.of_bytes(INTRODUCTION, introduction))
        elif device in guests:
            found.append(MemberSource.of_bytes(GUEST, guests[device]))
    return found


def log(ws: Workspace, manifest: Manifest, *, direction: str, space: str) -> None:
    """Remember that a bundle left or came."""
    with ws.store.database.writing() as connection:
        line = bundle_line(ws, manifest, direction=direction, space=space)
        ws.store.local.log_bundle(connection, line)
        deed = AuditDeed.EXPORTED if direction == "out" else AuditDeed.TAKEN_IN
        record_in(connection, ws, deed, bundle=line.digest[:12], type=line.type)


def _files_of(ws: Workspace, pieces: Sequence[StreamRange]) -> list[Sha256]:
    """Return the evidence and letters that standing entries name and that lie here; tools travel as such."""
    standing = {held.id for held in ws.standing(EvidenceAttached)} | {held.id for held in ws.standing(FeedbackGiven)}
    wanted: set[Sha256] = set()
    for entry in (entry for piece in pieces for entry in piece.entries if entry.id in standing):
        wanted |= files_named(entry.event)
    return sorted(sha256 for sha256 in wanted if ws.store.blobs.has(sha256))


def _spare_way_in(ws: Workspace) -> list[MemberSource]:
    """Let the way in for the spare key travel along: with the laptop's key file lost, it is what is left."""
    if ws.team is not None or ws.store.database.path is None:
        return []
    try:
        slot = escrow_part(read_key_file(ws.store.database.path))
    except KeysError:  # a key file that is gone keeps nobody from sending
        return []
    return [] if slot is None else [MemberSource.of_bytes(ESCROW, slot)]


def _evidence(ws: Workspace, sha256: Sha256) -> MemberSource:
    # Evidence is already packed (pictures, PDF) and at most 25 MB a file: each is held whole, one after the other.
    return MemberSource(kind=ATTACHMENT, open=lambda: BytesIO(ws.store.blobs.read(sha256)))


def bundle_line(
    ws: Workspace, manifest: Manifest, *, direction: str, space: str, known_as: str | None = None
) -> BundleLine:
    """Return what the log keeps of a bundle; `known_as` spares its digest where that is known."""
    return BundleLine(
        digest=known_as or digest(canonical(manifest)),
        direction=direction,
        type=manifest.type,
        signer=manifest.signer,
        number=manifest.number,
        at=ws.now(),
        space=space,
    )
