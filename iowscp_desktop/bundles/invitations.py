"""Invitations: a file that only the holder of a spoken one-time code can open, once, on a device nobody knows yet.

    FILE   := magic line | header line (canonical JSON) | bundle of type "invitation"
    header := {"kdf": {…}, "box": base64 of what the code opens: a fresh age identity, a secret, the team's key}

The bundle behind it is sealed to that identity, and must be signed by the team's key in the box: so whoever does
not know the code can neither read it nor put another in its place.
"""

from base64 import b64decode, b64encode
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Annotated, BinaryIO, Final, Literal

import msgspec

from iowscp_desktop.bundles.canonical import canonical, read_canonical
from iowscp_desktop.bundles.files import INVITATION_MAGIC, INVITATION_MAGIC_ANY
from iowscp_desktop.bundles.manifest import LIMITS, BundleDraft, Hex32, Id, Limits, Manifest, MemberSource, Moment
from iowscp_desktop.bundles.reading import OpenBundle, Trust, open_bundle
from iowscp_desktop.bundles.writing import write_bundle
from iowscp_desktop.crypto import (
    SPOKEN,
    BadKey,
    CodeMistyped,
    Cost,
    CostRefused,
    Identity,
    SealBroken,
    SigningKey,
    VerifyKey,
    close_box,
    derive_from_passphrase,
    open_box,
    random_bytes,
    read_one_time_code,
)
from iowscp_desktop.domain.clock import as_stored, from_stored
from iowscp_desktop.errors import (
    BundleDamaged,
    BundleMalformed,
    CodeTypo,
    FileUnreadable,
    InvitationExpired,
    NewerBundle,
    NotABundle,
    OlderBundle,
    SignerNotAllowed,
    UnknownSigner,
    WrongCode,
)

INVITATION_TYPE: Final = "invitation"
SECRET_BYTES: Final = 32

_BOX_CONTEXT = b"uk.iowscp.desktop/invitation-box/v1\0"
_TRIAL_MAGIC = b"iowscp-invitation/v0\n"
_MOST_HEADER_BYTES = 4096
_SALT_BYTES = 16

_Salt = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{32}\Z")]


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationDraft:
    """What the team decides about an invitation, besides the bundle in it."""

    invitation: str
    expires: datetime
    """Aware; from then on the invitation opens nothing."""
    code: str = field(repr=False)
    """A fresh one-time code, one for each device. It is said, never sent."""
    cost: Cost = SPOKEN
    """What one guess at the code costs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenInvitation:
    """An invitation that its code has opened."""

    invitation: str
    secret: bytes = field(repr=False)
    """Shared by the team and this device alone; the answer is made with it."""
    team: VerifyKey
    """The team's key, pinned by the spoken code."""
    bundle: OpenBundle


class _Kdf(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: Literal["argon2id"] = "argon2id"
    memory_kib: int
    passes: int
    lanes: int
    salt: _Salt


class _Header(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    kdf: _Kdf
    box: str


class _Box(msgspec.Struct, frozen=True, kw_only=True):
    invitation: Id
    expires: Moment
    identity: str
    secret: Hex32
    team: Hex32


def write_invitation(
    sink: BinaryIO,
    *,
    invitation: InvitationDraft,
    draft: BundleDraft,
    members: Iterable[MemberSource],
    signer: SigningKey,
) -> bytes:
    """Write an invitation that its code opens.

    Args:
        draft: Its `type` is "invitation".
        signer: The team's key.

    Returns:
        The secret that the answer must be made with; the team keeps it with the invitation.
    """
    code, cost = read_one_time_code(invitation.code), invitation.cost
    identity, secret = Identity.generate(), random_bytes(SECRET_BYTES)
    kdf = _Kdf(memory_kib=cost.memory_kib, passes=cost.passes, lanes=cost.lanes, salt=random_bytes(_SALT_BYTES).hex())
    box = _Box(
        invitation=invitation.invitation,
        expires=as_stored(invitation.expires),
        identity=identity.to_text(),
        secret=secret.hex(),
        team=signer.verify_key.hex,
    )
    closed = close_box(_code_key(code, kdf, cost), canonical(box), bound_to=_BOX_CONTEXT + canonical(kdf))
    sink.write(INVITATION_MAGIC)
    sink.write(canonical(_Header(kdf=kdf, box=b64encode(closed).decode("ascii"))) + b"\n")
    write_bundle(sink, draft=draft, members=members, signer=signer, recipients=[identity.recipient])
    return secret


@contextmanager
def open_invitation(
    source: Path, *, code: str, now: datetime, limits: Limits = LIMITS, expected_sha256: str | None = None
) -> Generator[OpenInvitation, None, None]:
    """Open an invitation with the code that was read out.

    Args:
        now: Aware; compared with the day until which it can be used.
        expected_sha256: What `finish` of the first reading gave, when this is the second.

    Raises:
        CodeTypo: What was typed cannot be a code; nothing was tried.
        WrongCode: A code, but not of this invitation; or the beginning of the file is altered.
        InvitationExpired: It is too late for it.
        NotABundle: The file is no invitation.
        NewerBundle: It needs a later program.
        OlderBundle: It was made before the first version that is kept.
        BundleError: As `open_bundle`.
    """
    code = _checked_code(code)
    try:
        stream = source.open("rb")
    except OSError as error:
        raise FileUnreadable from error
    with stream:
        box = _opened_box(_read_header(stream), code)
        expires = from_stored(box.expires)
        if now >= expires:
            raise InvitationExpired(f"{expires:%d.%m.%Y %H:%M} UTC")
        try:
            identity, team = Identity.from_text(box.identity), VerifyKey.from_hex(box.team)
        except BadKey as error:
            raise BundleMalformed("its keys are no keys") from error
        with open_bundle(
            stream,
            identities=[identity],
            trust=_only(team),
            limits=limits,
            expected_sha256=expected_sha256,
        ) as bundle:
            yield OpenInvitation(invitation=box.invitation, secret=bytes.fromhex(box.secret), team=team, bundle=bundle)


def _only(team: VerifyKey) -> Trust:
    """Trust the pinned key, and only for an invitation."""

    def trust(manifest: Manifest, _: bytes | None) -> VerifyKey:
        if manifest.type != INVITATION_TYPE:
            raise SignerNotAllowed(manifest.type)
        if manifest.signer != team.hex:
            raise UnknownSigner
        return team

    return trust


def _checked_code(typed: str) -> str:
    try:
        return read_one_time_code(typed)
    except CodeMistyped as error:
        raise CodeTypo from error


def _read_header(stream: BinaryIO) -> _Header:
    """Read the magic line and the header line; what follows is the bundle."""
    try:
        magic = stream.read(len(INVITATION_MAGIC))
        line = stream.readline(_MOST_HEADER_BYTES)
    except OSError as error:
        raise FileUnreadable from error
    if magic != INVITATION_MAGIC:
        if magic == _TRIAL_MAGIC:
            raise OlderBundle
        raise NewerBundle if magic.startswith(INVITATION_MAGIC_ANY) else NotABundle("an invitation")
    if not line.endswith(b"\n"):
        raise BundleDamaged
    try:
        return read_canonical(line[:-1], _Header, what="its beginning")
    except BundleMalformed as error:  # here no seal has been opened yet: a flipped bit is the likelier cause
        raise BundleDamaged from error


def _opened_box(header: _Header, code: str) -> _Box:
    """Return what the code opens."""
    try:
        cost = Cost(memory_kib=header.kdf.memory_kib, passes=header.kdf.passes, lanes=header.kdf.lanes)
        key = _code_key(code, header.kdf, cost)
        box = open_box(key, b64decode(header.box, validate=True), bound_to=_BOX_CONTEXT + canonical(header.kdf))
    except SealBroken as error:
        raise WrongCode from error
    except (CostRefused, ValueError) as error:  # ValueError: no base64
        raise BundleDamaged from error
    return read_canonical(box, _Box, what="its beginning")


def _code_key(code: str, kdf: _Kdf, cost: Cost) -> bytes:
    """Return the key that a code gives; hyphens are for the eye only."""
    return derive_from_passphrase(code.replace("-", ""), salt=bytes.fromhex(kdf.salt), cost=cost)
