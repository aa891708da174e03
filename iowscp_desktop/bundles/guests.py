"""Guests: keys that write one anonymous submission each, vouched for by the laptop on which it was written."""

from typing import Final, Literal

import msgspec

from iowscp_desktop.bundles.manifest import Hex32, Id
from iowscp_desktop.bundles.statements import Signed, Statement
from iowscp_desktop.crypto import SigningKey, VerifyKey

GUEST_CONTEXT: Final = "guest/v1"


class GuestPass(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The word of a laptop that a key wrote on it. It says not who, not when, and not in which order."""

    format: Literal["iowscp-guest"] = "iowscp-guest"
    v: Literal[1] = 1
    project: Id
    space: Id
    host: Hex32
    guest: Hex32


_PASS: Final = Statement(Signed[GuestPass], GUEST_CONTEXT, "a guest's pass")


def make_guest_pass(body: GuestPass, host: SigningKey) -> bytes:
    """Return a pass's signed bytes."""
    return _PASS.make(body, host)


def check_guest_pass(content: bytes) -> GuestPass:
    """Return a pass once it is proved to be of the laptop that it names; whether that laptop may is seen elsewhere.

    Raises:
        BundleMalformed: No pass.
        CertificateFalse: Not signed by the laptop that it names.
    """
    return _PASS.check(content, lambda body: VerifyKey.from_hex(body.host))
