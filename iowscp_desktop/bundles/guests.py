"""Guests: keys that write one anonymous submission each, vouched for by the laptop on which it was written."""

from typing import Final, Literal

import msgspec

from iowscp_desktop.bundles.canonical import canonical, read_canonical
from iowscp_desktop.bundles.manifest import Hex32, Hex64, Id
from iowscp_desktop.crypto import BadKey, SignatureWrong, SigningKey, VerifyKey
from iowscp_desktop.errors import CertificateFalse

GUEST_CONTEXT: Final = "guest/v1"


class GuestPass(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The word of a laptop that a key wrote on it. It says not who, not when, and not in which order."""

    format: Literal["iowscp-guest"] = "iowscp-guest"
    v: Literal[1] = 1
    project: Id
    space: Id
    host: Hex32
    guest: Hex32


class _SignedPass(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    body: GuestPass
    signature: Hex64


def make_guest_pass(body: GuestPass, host: SigningKey) -> bytes:
    """Return a pass's signed bytes."""
    signature = host.sign(canonical(body), context=GUEST_CONTEXT)
    signed = canonical(_SignedPass(body, signature.hex()))
    read_canonical(signed, _SignedPass, what="a guest's pass")
    return signed


def check_guest_pass(content: bytes) -> GuestPass:
    """Return a pass once it is proved to be of the laptop that it names; whether that laptop may is seen elsewhere.

    Raises:
        BundleMalformed: No pass.
        CertificateFalse: Not signed by the laptop that it names.
    """
    signed = read_canonical(content, _SignedPass, what="a guest's pass")
    try:
        host = VerifyKey.from_hex(signed.body.host)
        host.verify(bytes.fromhex(signed.signature), canonical(signed.body), context=GUEST_CONTEXT)
    except (SignatureWrong, BadKey) as error:
        raise CertificateFalse from error
    return signed.body
