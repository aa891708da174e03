"""A signature holds for one key, one message and one purpose."""

import pytest

from iowscp_desktop.crypto import BadKey, SignatureWrong, SigningKey, VerifyKey

MESSAGE = b"what was written"


@pytest.fixture(scope="module")
def key() -> SigningKey:
    return SigningKey.generate()


def test_a_signature_is_accepted_for_its_key_message_and_context(key: SigningKey) -> None:
    signature = key.sign(MESSAGE, context="seal/v0")

    key.verify_key.verify(signature, MESSAGE, context="seal/v0")
    assert len(signature) == 64


def test_a_signature_made_for_one_purpose_does_not_serve_another(key: SigningKey) -> None:
    signature = key.sign(MESSAGE, context="seal/v0")

    with pytest.raises(SignatureWrong):
        key.verify_key.verify(signature, MESSAGE, context="bundle-manifest/v0")


def test_moving_bytes_from_the_context_into_the_message_breaks_the_signature(key: SigningKey) -> None:
    signature = key.sign(b"b" + MESSAGE, context="a")

    with pytest.raises(SignatureWrong):
        key.verify_key.verify(signature, MESSAGE, context="ab")


@pytest.mark.parametrize("signature", [b"", b"\0" * 63, b"\0" * 64, b"\xff" * 64, b"\0" * 65])
def test_bytes_that_are_no_signature_are_refused_as_a_wrong_one(key: SigningKey, signature: bytes) -> None:
    with pytest.raises(SignatureWrong):
        key.verify_key.verify(signature, MESSAGE, context="seal/v0")


def test_every_flipped_bit_of_a_signature_is_noticed(key: SigningKey) -> None:
    signature = key.sign(MESSAGE, context="seal/v0")

    for bit in range(512):
        broken = bytearray(signature)
        broken[bit // 8] ^= 1 << bit % 8
        with pytest.raises(SignatureWrong):
            key.verify_key.verify(bytes(broken), MESSAGE, context="seal/v0")


def test_another_key_does_not_verify(key: SigningKey) -> None:
    with pytest.raises(SignatureWrong):
        SigningKey.generate().verify_key.verify(key.sign(MESSAGE, context="x"), MESSAGE, context="x")


def test_keys_come_back_from_their_bytes_and_hex(key: SigningKey) -> None:
    again = SigningKey.from_bytes(key.to_bytes())

    assert again.verify_key == key.verify_key
    assert VerifyKey.from_hex(key.verify_key.hex) == key.verify_key


@pytest.mark.parametrize("text", ["", "ab", "AB" * 32, "zz" * 32, "ab" * 32 + "\n", "ab" * 33])
def test_text_that_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(BadKey):
        VerifyKey.from_hex(text)


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_signing_key_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(BadKey):
        SigningKey.from_bytes(bytes(length))


def test_a_verify_key_that_is_no_point_refuses_every_signature(key: SigningKey) -> None:
    nowhere = VerifyKey(b"\xff" * 32)

    with pytest.raises(SignatureWrong):
        nowhere.verify(key.sign(MESSAGE, context="x"), MESSAGE, context="x")


def test_a_context_with_a_zero_byte_is_a_bug(key: SigningKey) -> None:
    with pytest.raises(ValueError, match="context"):
        key.sign(MESSAGE, context="seal\0")


def test_a_signing_key_does_not_show_its_secret(key: SigningKey) -> None:
    assert key.to_bytes().hex() not in repr(key)
    assert repr(key.to_bytes()) not in repr(key)


def test_the_public_half_of_a_key_is_that_of_rfc_8032() -> None:
    key = SigningKey.from_bytes(bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"))

    assert key.verify_key.hex == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
