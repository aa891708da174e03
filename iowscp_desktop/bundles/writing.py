"""Seals a bundle: measures the members, signs the manifest, and streams everything to its recipients."""

import hashlib
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import BinaryIO

import zstandard

from iowscp_desktop.bundles.archive import (
    MANIFEST_NAME,
    SIGNATURE_NAME,
    end_marker_size,
    entry_size,
    member_name,
    padding,
    tar_header,
)
from iowscp_desktop.bundles.manifest import (
    LIMITS,
    MANIFEST_CONTEXT,
    BundleDraft,
    Codec,
    Manifest,
    Member,
    MemberSource,
    read_manifest,
    write_manifest,
)
from iowscp_desktop.crypto import Recipient, SigningKey, seal
from iowscp_desktop.errors import EvidenceChanged, FileTooBig, FileUnreadable

_CHUNK = 256 * 1024
_LEVEL = 3


def write_bundle(
    sink: BinaryIO,
    *,
    draft: BundleDraft,
    members: Iterable[MemberSource],
    signer: SigningKey,
    recipients: Sequence[Recipient],
) -> Manifest:
    """Write a bundle to `sink`. Each member is read twice: once to be measured, once to be packed.

    Returns:
        The manifest that was signed; `digest(canonical(manifest))` names it in the next one's `prev`.

    Raises:
        EvidenceChanged: A member was not the same the second time. The sink holds a useless beginning.
        FileTooBig: A member, or all together, are more than a reader takes.
        FileUnreadable: A member could not be read.
        OSError: The sink could not be written.
    """
    sources = tuple(members)
    listed = tuple(_measured(place, source) for place, source in enumerate(sources))
    check_total(listed)
    to = tuple(sorted({recipient.text for recipient in recipients}))
    manifest = write_manifest(draft, signer=signer.verify_key.hex, to=to, members=listed)
    signature = signer.sign(manifest, context=MANIFEST_CONTEXT)
    plain = _archive(manifest, signature, list(zip(listed, sources, strict=True)))
    seal(_Pulled(plain), sink, [Recipient(text) for text in to])
    return read_manifest(manifest)


def _archive(manifest: bytes, signature: bytes, members: list[tuple[Member, MemberSource]]) -> Iterator[bytes]:
    """Yield the bytes of the archive, in order."""
    written = 0
    for name, content in ((MANIFEST_NAME, manifest), (SIGNATURE_NAME, signature)):
        yield tar_header(name, len(content)) + content + bytes(padding(len(content)))
        written += entry_size(len(content))
    for member, source in members:
        yield tar_header(member_name(member.i), member.csize)
        yield from _packed_again(member, source)
        yield bytes(padding(member.csize))
        written += entry_size(member.csize)
    yield bytes(end_marker_size(written))


def _measured(place: int, source: MemberSource) -> Member:
    """Return a member's line in the manifest. One that gains nothing, or too much, by packing goes unpacked."""
    plain, packed = hashlib.sha256(), 0
    with _opened(source) as stream:
        size = stream.seek(0, 2)
        stream.seek(0)
        if size > LIMITS.member:
            raise FileTooBig(size=size, most=LIMITS.member)
        packer = _Packer(source.codec, size)
        read = 0
        while chunk := stream.read(_CHUNK):
            read += len(chunk)
            plain.update(chunk)
            packed += len(packer.pack(chunk))
        if read != size:
            raise EvidenceChanged
        packed += len(packer.finish())
    useful = packed < size <= packed * LIMITS.expansion
    codec: Codec = source.codec if useful else "none"
    return Member(
        i=place,
        kind=source.kind,
        codec=codec,
        size=size,
        csize=packed if codec == "zstd" else size,
        sha256=plain.hexdigest(),
    )


def _packed_again(member: Member, source: MemberSource) -> Iterator[bytes]:
    """Yield a member's packed bytes, and make sure that they are those which were measured and signed."""
    plain, packed = hashlib.sha256(), 0
    with _opened(source) as stream:
        packer = _Packer(member.codec, member.size)
        left = member.size
        while left and (chunk := stream.read(min(left, _CHUNK))):
            left -= len(chunk)
            plain.update(chunk)
            out = packer.pack(chunk)
            packed += len(out)
            yield out
        if left or stream.read(1):
            raise EvidenceChanged
        out = packer.finish()
        packed += len(out)
        yield out
    if plain.hexdigest() != member.sha256 or packed != member.csize:
        raise EvidenceChanged


@contextmanager
def _opened(source: MemberSource) -> Generator[BinaryIO, None, None]:
    """Open a member; what its disk refuses is told apart from what the sink refuses."""
    try:
        with source.open() as stream:
            yield stream
    except OSError as error:
        raise FileUnreadable from error


def check_total(listed: tuple[Member, ...]) -> None:
    """Refuse members that are together more than a reader takes.

    Raises:
        FileTooBig: They are.
    """
    total = sum(member.size for member in listed)
    if total > LIMITS.total:
        raise FileTooBig(size=total, most=LIMITS.total)


class _Packer:
    """Packs a member's chunks as its codec says; zstd frames name the size of their content."""

    def __init__(self, codec: Codec, size: int) -> None:
        self._frame = zstandard.ZstdCompressor(level=_LEVEL).compressobj(size=size) if codec == "zstd" else None

    def pack(self, chunk: bytes) -> bytes:
        """Return what one more chunk gives."""
        return chunk if self._frame is None else self._frame.compress(chunk)

    def finish(self) -> bytes:
        """Return what was held back."""
        return b"" if self._frame is None else self._frame.flush()


class _Pulled:
    """Chunks, read like a file."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._left = memoryview(b"")

    def read(self, size: int) -> bytes:
        """Return up to `size` bytes; none only at the end."""
        while not self._left:
            following = next(self._chunks, None)
            if following is None:
                return b""
            self._left = memoryview(following)
        taken, self._left = self._left[:size], self._left[size:]
        return bytes(taken)
