"""The directory: the team's word on who is trusted no longer, and up to where what they wrote counts."""

from typing import Final, Literal

import msgspec

from iowscp_desktop.bundles.canonical import canonical, read_canonical
from iowscp_desktop.bundles.manifest import Count, Hex32, Hex64, Id, Moment
from iowscp_desktop.crypto import BadKey, SignatureWrong, SigningKey, VerifyKey
from iowscp_desktop.errors import CertificateFalse

DIRECTORY_CONTEXT: Final = "directory/v1"


class Revoked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A device that is trusted no longer."""

    device: Hex32
    last: dict[Id, Count]
    """The last number that counts of each of its streams; of a stream that is not here, none does."""


class Directory(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the devices of one holder must know of each other. It names nobody else's devices."""

    format: Literal["iowscp-directory"] = "iowscp-directory"
    v: Literal[1] = 1
    project: Id
    holder: Id
    number: Count
    """Grows with every change: an older directory never undoes a newer one."""
    issued: Moment
    revoked: tuple[Revoked, ...]
    cancelled: tuple[Id, ...]
    """The holder's invitations that were taken back: who answers one of them is nobody's device."""


class _SignedDirectory(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    body: Directory
    signature: Hex64


def make_directory(body: Directory, team: SigningKey) -> bytes:
    """Return a directory's signed bytes."""
    signature = team.sign(canonical(body), context=DIRECTORY_CONTEXT)
    signed = canonical(_SignedDirectory(body, signature.hex()))
    read_canonical(signed, _SignedDirectory, what="the directory of devices")
    return signed


def check_directory(content: bytes, team: VerifyKey) -> Directory:
    """Return a directory once it is proved to be the team's.

    Raises:
        BundleMalformed: No directory.
        CertificateFalse: Not signed by this team.
    """
    signed = read_canonical(content, _SignedDirectory, what="the directory of devices")
    try:
        team.verify(bytes.fromhex(signed.signature), canonical(signed.body), context=DIRECTORY_CONTEXT)
    except (SignatureWrong, BadKey) as error:
        raise CertificateFalse from error
    return signed.body
