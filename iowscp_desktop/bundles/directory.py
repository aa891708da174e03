"""The directory: the team's word on who is trusted no longer, and up to where what they wrote counts."""

from typing import Final, Literal

import msgspec

from iowscp_desktop.bundles.manifest import Count, Hex32, Id, Moment
from iowscp_desktop.bundles.statements import Signed, Statement
from iowscp_desktop.crypto import SigningKey, VerifyKey

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


_DIRECTORY: Final = Statement(Signed[Directory], DIRECTORY_CONTEXT, "the directory of devices")


def make_directory(body: Directory, team: SigningKey) -> bytes:
    """Return a directory's signed bytes."""
    return _DIRECTORY.make(body, team)


def check_directory(content: bytes, team: VerifyKey) -> Directory:
    """Return a directory once it is proved to be the team's.

    Raises:
        BundleMalformed: No directory.
        CertificateFalse: Not signed by this team.
    """
    return _DIRECTORY.check(content, lambda _body: team)
