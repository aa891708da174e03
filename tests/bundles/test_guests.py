"""A laptop vouches for the keys that write one anonymous sheet each; nobody else can, and a pass cannot be edited."""

from typing import Any

import msgspec
import pytest

from iowscp_desktop.bundles import canonical
from iowscp_desktop.bundles.guests import GuestPass, check_guest_pass, make_guest_pass
from iowscp_desktop.crypto import SigningKey
from iowscp_desktop.errors import BundleMalformed, CertificateFalse

HOST, GUEST, OTHER = SigningKey.generate(), SigningKey.generate(), SigningKey.generate()
BODY = GuestPass(project="p1", space="anonymous/r1", host=HOST.verify_key.hex, guest=GUEST.verify_key.hex)


def edited(**changes: object) -> bytes:
    value: dict[str, Any] = msgspec.json.decode(make_guest_pass(BODY, HOST))
    return canonical({**value, "body": {**value["body"], **changes}})


def test_a_pass_is_read_back_as_its_laptop_signed_it() -> None:
    assert check_guest_pass(make_guest_pass(BODY, HOST)) == BODY


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(make_guest_pass(BODY, OTHER), id="signed by another laptop"),
        pytest.param(edited(guest=OTHER.verify_key.hex), id="another key"),
        pytest.param(edited(space="anonymous/r2"), id="another survey"),
        pytest.param(edited(project="p2"), id="another project"),
        pytest.param(edited(host=OTHER.verify_key.hex), id="another laptop named"),
        pytest.param(edited(host="ff" * 32), id="a laptop that is no key"),
    ],
)
def test_a_pass_that_its_laptop_did_not_sign_is_false(content: bytes) -> None:
    with pytest.raises(CertificateFalse):
        check_guest_pass(content)


@pytest.mark.parametrize("content", [b"", b"{}", make_guest_pass(BODY, HOST) + b" ", edited(who="ana"), edited(v=2)])
def test_what_is_no_pass_is_malformed(content: bytes) -> None:
    with pytest.raises(BundleMalformed):
        check_guest_pass(content)
