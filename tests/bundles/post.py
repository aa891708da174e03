"""A sender, a team and an attacker: real bundles, and the means to take them apart and forge others."""

import io
import tarfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from iowscp_desktop.bundles import (
    BundleDraft,
    Limits,
    Manifest,
    MemberSource,
    OpenBundle,
    open_bundle,
    write_bundle,
)
from iowscp_desktop.bundles.archive import end_marker_size, member_name, padding, tar_header
from iowscp_desktop.bundles.canonical import canonical
from iowscp_desktop.bundles.manifest import LIMITS, MANIFEST_CONTEXT
from iowscp_desktop.crypto import Identity, Recipient, SigningKey, VerifyKey, random_bytes, seal, unseal
from iowscp_desktop.errors import UnknownSigner

SCHOOL = SigningKey.generate()
STRANGER = SigningKey.generate()
TEAM = Identity.generate()
ESCROW = Identity.generate()
ELSEWHERE = Identity.generate()

ENTRIES = b'{"answer":"yes, and here is why"}\n' * 40
EVIDENCE = random_bytes(90_000)

DRAFT = BundleDraft(
    type="return",
    bundle="0" * 32,
    created="2026-11-23T14:12:13.042Z",
    app="0.1.0",
    project="ab" * 16,
    number=7,
    prev="cd" * 32,
    seen={"ef" * 16: 12},
)

Entries = list[tuple[str, bytes]]


def school_is_known(manifest: Manifest, enrolment: bytes | None) -> VerifyKey:
    if manifest.signer != SCHOOL.verify_key.hex:
        raise UnknownSigner
    return SCHOOL.verify_key


def members() -> list[MemberSource]:
    return [
        MemberSource.of_bytes("entries", ENTRIES, codec="zstd"),
        MemberSource.of_bytes("attachment", EVIDENCE),
        MemberSource.of_bytes("attachment", b""),
    ]


def posted(
    sources: Sequence[MemberSource] | None = None,
    *,
    draft: BundleDraft = DRAFT,
    signer: SigningKey = SCHOOL,
    recipients: Sequence[Recipient] = (TEAM.recipient, ESCROW.recipient),
) -> bytes:
    sink = io.BytesIO()
    write_bundle(
        sink,
        draft=draft,
        members=members() if sources is None else sources,
        signer=signer,
        recipients=recipients,
    )
    return sink.getvalue()


def received(
    file: bytes | Path | BinaryIO,
    *,
    identity: Identity = TEAM,
    limits: Limits = LIMITS,
    expected_sha256: str | None = None,
    trust: Callable[[Manifest, bytes | None], VerifyKey] = school_is_known,
) -> tuple[OpenBundle, list[bytes], str]:
    """Read a bundle to its end, as the second pass does."""
    source = io.BytesIO(file) if isinstance(file, bytes) else file
    with open_bundle(
        source, identities=[identity], trust=trust, limits=limits, expected_sha256=expected_sha256
    ) as bundle:
        contents = [content.whole() for _, content in bundle.members()]
        return bundle, contents, bundle.finish()


def plain_of(file: bytes, identity: Identity = TEAM) -> bytes:
    sink = io.BytesIO()
    unseal(io.BytesIO(file), sink, [identity])
    return sink.getvalue()


def sealed(plain: bytes, *recipients: Recipient) -> bytes:
    sink = io.BytesIO()
    seal(io.BytesIO(plain), sink, recipients or (TEAM.recipient, ESCROW.recipient))
    return sink.getvalue()


def entries_of(plain: bytes) -> Entries:
    """Take an archive apart with a reader that is not ours."""
    with tarfile.open(fileobj=io.BytesIO(plain)) as archive:
        taken = [(entry, archive.extractfile(entry)) for entry in archive]
        return [(entry.name, stream.read()) for entry, stream in taken if stream is not None]


def archive_of(entries: Entries) -> bytes:
    """Put an archive together in the strict form, whatever it holds."""
    body = b"".join(
        tar_header(name, len(content)) + content + bytes(padding(len(content))) for name, content in entries
    )
    return body + bytes(end_marker_size(len(body)))


def signed_again(entries: Entries, change: Callable[[dict[str, Any]], None], *, signer: SigningKey = SCHOOL) -> Entries:
    """Change the manifest as a device can that is enrolled and hostile: with a right signature."""
    manifest = msgspec.json.decode(entries[0][1])
    change(manifest)
    return with_manifest(entries, canonical(manifest), signer=signer)


def with_manifest(entries: Entries, manifest: bytes, *, signer: SigningKey = SCHOOL) -> Entries:
    signature = signer.sign(manifest, context=MANIFEST_CONTEXT)
    return [("manifest.json", manifest), ("manifest.sig", signature), *entries[2:]]


def forged(change: Callable[[dict[str, Any]], None], contents: Sequence[bytes] | None = None) -> bytes:
    """Return a bundle whose manifest says something else, rightly signed and sealed, with these packed members."""
    entries = entries_of(plain_of(posted()))
    if contents is not None:
        entries[2:] = [(member_name(place), content) for place, content in enumerate(contents)]
    return sealed(archive_of(signed_again(entries, change)))
