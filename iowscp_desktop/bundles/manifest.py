"""What a bundle says of itself, signed: who sends what to whom. It knows nothing of what the members mean."""

import hashlib
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, BinaryIO, Final, Literal

import msgspec

from iowscp_desktop.bundles.canonical import canonical, read_canonical
from iowscp_desktop.errors import BundleMalformed, FileTooBig, NewerBundle, NotABundle, OlderBundle, TooManyMembers

FORMAT: Final = "iowscp-bundle"
VERSION: Final = 1
MANIFEST_CONTEXT: Final = "bundle-manifest/v1"
MOST_INTRODUCTION_BYTES: Final = 16 * 1024
INTRODUCTIONS: Final = frozenset({"enrolment", "roots"})
"""Members that say who signed, before anything is trusted: an answer to an invitation, or the team's keys."""

Codec = Literal["none", "zstd"]
Word = Annotated[str, msgspec.Meta(pattern=r"\A[a-z][a-z0-9-]{0,31}\Z")]
Id = Annotated[str, msgspec.Meta(pattern=r"\A[A-Za-z0-9][A-Za-z0-9_.:/-]{0,127}\Z")]
Hex32 = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{64}\Z")]
Hex64 = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{128}\Z")]
Moment = Annotated[
    str, msgspec.Meta(pattern=r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{3})?Z\Z")
]
RecipientText = Annotated[str, msgspec.Meta(pattern=r"\Aage1[02-9ac-hj-np-z]{58}\Z")]
Version = Annotated[str, msgspec.Meta(pattern=r"\A[0-9A-Za-z.+-]{1,32}\Z")]
Count = Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)]
Number = Annotated[int, msgspec.Meta(ge=1, le=2**53 - 1)]


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """One thing carried: its place, its kind, how it is packed, and the digest of its unpacked bytes."""

    i: Count
    kind: Word
    codec: Codec
    size: Count
    csize: Count
    sha256: Hex32


class Range(msgspec.Struct, frozen=True, kw_only=True):
    """A run of a stream's entries, and the digest of the seal that covers it."""

    stream: Id
    first: Number
    last: Number
    seal: Hex32


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """The signed table of contents."""

    format: Literal["iowscp-bundle"]
    v: Count
    min_reader: Count
    critical: tuple[Word, ...]
    type: Word
    bundle: Id
    created: Moment
    app: Version
    project: Id
    signer: Hex32
    number: Number
    prev: Hex32 | None
    to: tuple[RecipientText, ...]
    ranges: tuple[Range, ...]
    seen: dict[Id, Count]
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleDraft:
    """What the sender decides about a bundle; everything else follows from keys and members."""

    type: str
    bundle: str
    created: str
    app: str
    project: str
    number: int
    prev: str | None = None
    ranges: tuple[Range, ...] = ()
    seen: Mapping[str, int] = field(default_factory=dict[str, int])
    critical: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberSource:
    """Something to be packed, which can be opened more than once and is the same each time."""

    kind: str
    open: Callable[[], BinaryIO]
    codec: Codec = "none"

    @classmethod
    def of_bytes(cls, kind: str, content: bytes, *, codec: Codec = "none") -> "MemberSource":
        """Return a member whose bytes are at hand."""
        return cls(kind=kind, open=lambda: io.BytesIO(content), codec=codec)

    @classmethod
    def of_file(cls, kind: str, path: Path, *, codec: Codec = "none") -> "MemberSource":
        """Return a member that lies in a file."""
        return cls(kind=kind, open=lambda: path.open("rb"), codec=codec)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much a bundle may hold, in bytes unless said otherwise. A reader never takes more."""

    file: int = 2 * 1024**3
    manifest: int = 8 * 1024**2
    members: int = 40_000
    """Count."""
    member: int = 200 * 1024**2
    total: int = 2 * 1024**3
    expansion: int = 200
    """Times."""


LIMITS: Final = Limits()


class _Gate(msgspec.Struct):
    """The fields that every version has, read before the rest can be trusted to have a known shape."""

    format: str
    v: Count
    min_reader: Count
    critical: tuple[str, ...]


def digest(content: bytes) -> str:
    """Return the SHA-256 of a manifest, by which bundles name each other."""
    return hashlib.sha256(content).hexdigest()


def read_manifest(content: bytes, *, limits: Limits = LIMITS) -> Manifest:
    """Return the manifest that canonical bytes hold.

    Raises:
        NewerBundle: It asks for a later reader, or for a feature that this one has not.
        OlderBundle: It was made before the first version that is kept.
        NotABundle: It is of another format.
        BundleMalformed: It contradicts itself or its schema.
        TooManyMembers: It lists more than `limits` allows.
    """
    gate = read_canonical(content, _Gate, what="the list of contents")
    if gate.format != FORMAT:
        raise NotABundle("one")
    if gate.v < VERSION:
        raise OlderBundle
    if gate.v > VERSION or gate.min_reader > VERSION or gate.critical:
        raise NewerBundle
    manifest = read_canonical(content, Manifest, what="the list of contents")
    if len(manifest.members) > limits.members:
        raise TooManyMembers(count=len(manifest.members), most=limits.members)
    _check_sense(manifest)
    return manifest


def write_manifest(draft: BundleDraft, *, signer: str, to: tuple[str, ...], members: tuple[Member, ...]) -> bytes:
    """Return the canonical bytes of a manifest.

    Raises:
        BundleMalformed: The draft holds what a reader would refuse. A bug of the caller.
        FileTooBig, TooManyMembers: It lists more than a reader takes.
    """
    manifest = Manifest(
        format=FORMAT,
        v=VERSION,
        min_reader=VERSION,
        critical=draft.critical,
        type=draft.type,
        bundle=draft.bundle,
        created=draft.created,
        app=draft.app,
        project=draft.project,
        signer=signer,
        number=draft.number,
        prev=draft.prev,
        to=to,
        ranges=draft.ranges,
        seen=dict(draft.seen),
        members=members,
    )
    content = canonical(manifest)
    if len(content) > LIMITS.manifest:
        raise FileTooBig(size=len(content), most=LIMITS.manifest)
    read_manifest(content)
    return content


def _check_sense(manifest: Manifest) -> None:
    """Refuse what fits the schema and still makes no sense."""
    if list(manifest.to) != sorted(set(manifest.to)):
        raise BundleMalformed("its recipients are not in order")
    for place, member in enumerate(manifest.members):
        if member.i != place:
            raise BundleMalformed("its parts are not numbered in order")
        if member.codec == "none" and member.size != member.csize:
            raise BundleMalformed("an unpacked part has two sizes")
        if member.kind in INTRODUCTIONS and (
            place > 0 or member.codec != "none" or member.size > MOST_INTRODUCTION_BYTES
        ):
            raise BundleMalformed("an introduction is not first, plain and small")
    if any(each.first > each.last for each in manifest.ranges):
        raise BundleMalformed("a range ends before it begins")
