"""Keys that travel, always sealed: to a holder's devices, or to one more laptop of the team."""

from typing import Annotated, Literal

import msgspec
from typing_extensions import override

from iowscp_desktop.bundles.canonical import canonical, read_canonical
from iowscp_desktop.bundles.manifest import Hex32, Id

_Secret = Annotated[str, msgspec.Meta(pattern=r"\AAGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}\Z")]


class HolderKeys(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the devices of one organisation or panel member open files with, besides their own keys."""

    format: Literal["iowscp-keys"] = "iowscp-keys"
    v: Literal[1] = 1
    holder: Id
    identities: tuple[_Secret, ...]

    @override
    def __repr__(self) -> str:
        return f"HolderKeys({len(self.identities)})"


class TeamSecrets(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The team's one identity, as one of its laptops hands it to another."""

    format: Literal["iowscp-team"] = "iowscp-team"
    v: Literal[1] = 1
    signing: Hex32
    identities: tuple[_Secret, ...]
    """The one in force first; with the others, files from before a change of keys still open."""
    roots: str

    @override
    def __repr__(self) -> str:
        return "TeamSecrets()"


class VoucherKey(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An invitation's own key and the team's word on it."""

    format: Literal["iowscp-voucher-key"] = "iowscp-voucher-key"
    v: Literal[1] = 1
    key: Hex32
    voucher: str

    @override
    def __repr__(self) -> str:
        return "VoucherKey()"


Handed = HolderKeys | TeamSecrets | VoucherKey


def write_handed(handed: Handed) -> bytes:
    """Return the bytes of keys that travel."""
    return canonical(handed)


def read_holder_keys(content: bytes) -> HolderKeys:
    """Return an organisation's or panel member's keys.

    Raises:
        BundleMalformed: They are none.
    """
    return read_canonical(content, HolderKeys, what="a list of keys")


def read_team_secrets(content: bytes) -> TeamSecrets:
    """Return the team's identity.

    Raises:
        BundleMalformed: It is none.
    """
    return read_canonical(content, TeamSecrets, what="the partnership's keys")


def read_voucher_key(content: bytes) -> VoucherKey:
    """Return an invitation's own key.

    Raises:
        BundleMalformed: It is none.
    """
    return read_canonical(content, VoucherKey, what="an invitation's key")
