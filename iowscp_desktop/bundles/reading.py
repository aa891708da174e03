"""Opens a bundle: decrypts, checks and hands over its members in order, and believes nothing before it is proved.

Use it twice over the same file: once to look (preview), once to take (apply). The second time names the digest
that the first time gave, and what was taken counts only after `finish`.
"""

import hashlib
import io
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import BinaryIO

import zstandard

from iowscp_desktop.bundles.archive import (
    BLOCK,
    MANIFEST_NAME,
    SIGNATURE_NAME,
    end_marker_size,
    entry_size,
    member_name,
    padding,
    tar_header,
)
from iowscp_desktop.bundles.files import FileInHand, file_sha256, require_file
from iowscp_desktop.bundles.manifest import (
    INTRODUCTIONS,
    LIMITS,
    MANIFEST_CONTEXT,
    Limits,
    Manifest,
    Member,
    digest,
    read_manifest,
)
from iowscp_desktop.crypto import (
    BadKey,
    Identity,
    NoMatchingIdentity,
    SignatureWrong,
    StreamBroken,
    Unsealing,
    VerifyKey,
)
from iowscp_desktop.crypto.sealing import AGE_MAGIC, Source, header_size, sealed_size
from iowscp_desktop.errors import (
    BundleDamaged,
    BundleError,
    BundleMalformed,
    BundleTruncated,
    ExpandsTooFar,
    FileChanged,
    FileTooBig,
    FileUnreadable,
    NotABundle,
    NotAddressed,
    NotForYou,
    SignatureFalse,
)

Trust = Callable[[Manifest, bytes | None], VerifyKey]
"""Returns the key that must have signed, or raises a BundleError. It is given the manifest, not yet proved, and
what introduces the signer when the bundle carries it: an answer to an invitation, or the team's change of keys."""

_CHUNK = 64 * 1024
_SIGNATURE_BYTES = 64
_SMALL_FILE = 1024 * 1024
_ZSTD_WINDOW = 8 * 1024 * 1024


class MemberContent:
    """One member's unpacked bytes, in chunks or whole. They are proved only when the last has been read."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks

    def __iter__(self) -> Iterator[bytes]:
        return self._chunks

    def whole(self) -> bytes:
        """Return all bytes that were not read yet, proved."""
        return b"".join(self._chunks)


class OpenBundle:
    """A bundle whose manifest is proved: signed by a trusted device, and meant for us."""

    def __init__(self, plain: "_Plain", *, manifest: Manifest, manifest_bytes: bytes) -> None:
        self.manifest = manifest
        self.manifest_bytes = manifest_bytes
        self.digest = digest(manifest_bytes)
        self.introduction: bytes | None = None
        self._plain = plain
        self._next = 0

    def members(self) -> Iterator[tuple[Member, MemberContent]]:
        """Yield the members in order. What is left unread of one is read, and proved, before the next comes.

        Raises:
            BundleDamaged: The seal breaks, or a digest does not match. Nothing taken so far may be kept.
            BundleMalformed: An entry is not the one that must stand there.
            ExpandsTooFar: A member unpacks to more than it says.
        """
        while self._next < len(self.manifest.members):
            member = self.manifest.members[self._next]
            self._next += 1
            chunks = self._content(member)
            yield member, MemberContent(chunks)
            for _ in chunks:
                pass

    def finish(self) -> str:
        """Prove the rest: unread members, the end of the archive, nothing after it, and the whole file.

        Returns:
            The SHA-256 of the file, for the second reading.

        Raises:
            FileChanged: The file is not the one that was looked at.
        """
        for _ in self.members():
            pass
        return self._plain.finish()

    def introduce(self) -> bytes | None:
        """Return the first member when it says who signed. Called once, before anything is trusted."""
        first = self.manifest.members[0] if self.manifest.members else None
        if first is not None and first.kind in INTRODUCTIONS:
            self.introduction = b"".join(self._unpacked(first))
        return self.introduction

    def _content(self, member: Member) -> Iterator[bytes]:
        if member.i == 0 and self.introduction is not None:
            return iter((self.introduction,))
        return self._unpacked(member)

    def _unpacked(self, member: Member) -> Iterator[bytes]:
        """Yield a member's bytes; after the last one, size, digest and padding have been checked."""
        self._plain.expect_header(member_name(member.i), member.csize)
        packed = _Part(self._plain, member.csize)
        seen, size = hashlib.sha256(), 0
        for chunk in _unzstd(packed, member.size) if member.codec == "zstd" else packed:
            size += len(chunk)
            if size > member.size:
                raise ExpandsTooFar
            seen.update(chunk)
            yield chunk
        if packed.left or size != member.size or seen.hexdigest() != member.sha256:
            raise BundleMalformed("a part is not the one that was signed")
        self._plain.expect_zeros(padding(member.csize))


@contextmanager
def open_bundle(
    source: Path | BinaryIO,
    *,
    identities: Sequence[Identity],
    trust: Trust,
    limits: Limits = LIMITS,
    expected_sha256: str | None = None,
) -> Generator[OpenBundle, None, None]:
    """Open a bundle for reading; the source must be seekable, and is read from where it stands.

    A file in hand is read from its start: its digest is that of all of it.

    Args:
        identities: Our secret keys; any one of them must be named in the signed list of recipients.
        trust: Says which key must have signed, or refuses.
        expected_sha256: What the first reading gave, when this is the second.

    Raises:
        BundleError: One of its kinds says what is wrong; nothing was taken.
    """
    with _opened(source) if isinstance(source, Path) else nullcontext(source) as stream:
        start = stream.seek(0) if isinstance(stream, FileInHand) else stream.tell()
        try:
            with ExitStack() as closing:
                plain = _Plain(closing, stream, identities, most=limits.file, expected=expected_sha256)
                yield _proved(plain, identities=identities, trust=trust, limits=limits)
        except BundleError as error:
            if expected_sha256 is not None and _now(stream, start) not in (expected_sha256, None):
                raise FileChanged from error
            raise


def _proved(plain: "_Plain", *, identities: Sequence[Identity], trust: Trust, limits: Limits) -> OpenBundle:
    """Return the bundle once its manifest is proved, in the order in which least is risked."""
    manifest_bytes = plain.small_entry(MANIFEST_NAME, most=limits.manifest)
    manifest = read_manifest(manifest_bytes, limits=limits)
    if not {identity.recipient.text for identity in identities} & set(manifest.to):
        raise NotAddressed
    signature = plain.small_entry(SIGNATURE_NAME, most=_SIGNATURE_BYTES)
    bundle = OpenBundle(plain, manifest=manifest, manifest_bytes=manifest_bytes)
    _check_sizes(manifest, limits)
    key = trust(manifest, bundle.introduce())
    _check_signature(key, manifest, manifest_bytes, signature)
    plain.check_length(
        entry_size(len(manifest_bytes))
        + entry_size(_SIGNATURE_BYTES)
        + sum(entry_size(member.csize) for member in manifest.members)
    )
    return bundle


def _check_signature(key: VerifyKey, manifest: Manifest, manifest_bytes: bytes, signature: bytes) -> None:
    try:
        if VerifyKey.from_hex(manifest.signer) != key:
            raise SignatureFalse
        key.verify(signature, manifest_bytes, context=MANIFEST_CONTEXT)
    except (SignatureWrong, BadKey) as error:
        raise SignatureFalse from error


def _check_sizes(manifest: Manifest, limits: Limits) -> None:
    """Refuse what says that it is too big, before any of it is unpacked."""
    for member in manifest.members:
        if max(member.size, member.csize) > limits.member:
            raise FileTooBig(size=max(member.size, member.csize), most=limits.member)
        if member.size > member.csize * limits.expansion:
            raise ExpandsTooFar
    total = sum(member.size for member in manifest.members)
    if total > limits.total:
        raise FileTooBig(size=total, most=limits.total)


class _Plain:
    """The opened stream of a sealed file, read in exact amounts; library errors become errors with a code here."""

    def __init__(
        self,
        closing: ExitStack,
        stream: BinaryIO,
        identities: Sequence[Identity],
        *,
        most: int,
        expected: str | None,
    ) -> None:
        self._expected = expected
        self._read = 0
        self._end = 0
        try:
            start = stream.tell()
            self._file_size = stream.seek(0, 2) - start
            stream.seek(start)
            if self._file_size > most:
                raise FileTooBig(size=self._file_size, most=most)
            if not AGE_MAGIC.startswith(stream.read(len(AGE_MAGIC))):
                raise NotABundle("one")
            stream.seek(start)
            self._header_size = header_size(stream)
            stream.seek(start)
        except OSError as error:
            raise FileUnreadable from error
        except StreamBroken as error:
            raise BundleDamaged from error
        self._hashed = stream if isinstance(stream, FileInHand) else _Hashed(stream)
        small = self._file_size <= _SMALL_FILE
        self._unsealing = closing.enter_context(Unsealing(self._hashed, identities, at_once=small))

    def exactly(self, size: int) -> bytes:
        """Return `size` bytes, no fewer."""
        content = self.up_to(size)
        if len(content) != size:
            raise BundleMalformed("it ends too soon")
        return content

    def up_to(self, size: int) -> bytes:
        """Return `size` bytes, fewer only where the stream ends."""
        try:
            content = self._unsealing.read(size)
        except NoMatchingIdentity as error:
            raise NotForYou from error
        except StreamBroken as error:
            raise BundleDamaged from error
        except OSError as error:
            raise FileUnreadable from error
        self._read += len(content)
        return content

    def expect_header(self, name: str, size: int) -> None:
        """Read a tar header, and refuse all but the only right one."""
        if self.exactly(BLOCK) != tar_header(name, size):
            raise BundleMalformed("a part is missing, added or out of order")

    def expect_zeros(self, count: int) -> None:
        """Read `count` bytes that must be zero: nothing hides in the padding."""
        if self.exactly(count).count(0) != count:
            raise BundleMalformed("there is something between its parts")

    def small_entry(self, name: str, *, most: int) -> bytes:
        """Return a whole small entry whose size is not known before."""
        header = self.exactly(BLOCK)
        try:
            size = int(header[124:135], 8)
        except ValueError as error:
            raise BundleMalformed("it does not begin with its list of contents") from error
        if not 0 <= size <= most:
            raise FileTooBig(size=size, most=most)
        if header != tar_header(name, size):
            raise BundleMalformed("it does not begin with its list of contents")
        content = self.exactly(size)
        self.expect_zeros(padding(size))
        return content

    def check_length(self, entries: int) -> None:
        """Compare the file's length with the one that its manifest means; the age header counts as it is."""
        self._end = entries + end_marker_size(entries)
        expected = sealed_size(self._header_size, self._end)
        if self._file_size < expected:
            raise BundleTruncated(present=self._file_size, expected=expected)
        if self._file_size > expected:
            raise BundleMalformed("there is something after its end")

    def finish(self) -> str:
        """Read the end marker, make sure that nothing follows, and return the file's digest."""
        self.expect_zeros(self._end - self._read)
        if self.up_to(1):
            raise BundleMalformed("there is something after its end")
        try:
            seen = self._hashed.finish()
        except OSError as error:
            raise FileUnreadable from error
        if self._expected is not None and seen != self._expected:
            raise FileChanged
        return seen


class _Part:
    """The packed bytes of one member, no more of them than the manifest says."""

    def __init__(self, plain: _Plain, size: int) -> None:
        self.left = size
        self._plain = plain

    def __iter__(self) -> Iterator[bytes]:
        while self.left:
            yield self.read(_CHUNK)

    def whole(self) -> bytes:
        """Return all bytes that were not read yet; of a small member only."""
        content, self.left = self._plain.exactly(self.left), 0
        return content

    def read(self, size: int = _CHUNK) -> bytes:
        """Return the next bytes; none at the member's end."""
        chunk = self._plain.exactly(min(self.left, size if size >= 0 else _CHUNK))
        self.left -= len(chunk)
        return chunk


class _Hashed:
    """A file that is digested as it is read, so that what was decrypted is what was digested."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._seen = hashlib.sha256()

    def read(self, size: int) -> bytes:
        """Read on."""
        chunk = self._stream.read(size)
        self._seen.update(chunk)
        return chunk

    def finish(self) -> str:
        """Read to the end, if age has not, and return the digest."""
        while self.read(_CHUNK):
            pass
        return self._seen.hexdigest()


def _unzstd(packed: _Part, size: int) -> Iterator[bytes]:
    """Yield what one zstd frame unpacks to, in small steps: a bomb is noticed before it is large."""
    source: Source = packed
    if max(packed.left, size) <= _SMALL_FILE:
        content = packed.whole()
        plain = _unzstd_at_once(content, size)
        if plain is not None:
            yield plain
            return
        source = io.BytesIO(content)
    try:
        unpacker = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
        with unpacker.stream_reader(source, read_size=_CHUNK, read_across_frames=True) as frames:  # type: ignore[arg-type]  # it reads, and needs no more of a file
            while chunk := frames.read(_CHUNK):
                yield chunk
    except zstandard.ZstdError as error:
        raise BundleMalformed("a packed part does not unpack") from error


def _unzstd_at_once(content: bytes, size: int) -> bytes | None:
    """Return what a small frame unpacks to; None where it is not one plain frame of the size that was signed."""
    try:
        if zstandard.frame_content_size(content) == size > 0:
            return zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompress(
                content, max_output_size=size, allow_extra_data=False
            )
    except zstandard.ZstdError:  # the slower way says what is wrong
        return None
    return None


@contextmanager
def _opened(path: Path) -> Generator[BinaryIO, None, None]:
    try:
        require_file(path)
        stream = path.open("rb")
    except OSError as error:
        raise FileUnreadable from error
    with stream:
        yield stream


def _now(stream: BinaryIO, start: int) -> str | None:
    """Return the digest of the file as it is now, or None when it cannot be read any more."""
    try:
        stream.seek(start)
        return file_sha256(stream)
    except OSError:
        return None
