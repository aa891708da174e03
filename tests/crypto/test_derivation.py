"""Derived keys are the standard's, and nobody's file can make them too cheap or too dear."""

import pytest

from iowscp_desktop.crypto import (
    PRODUCTION,
    SPOKEN,
    Cost,
    CostRefused,
    SignatureWrong,
    authenticate,
    check_authentic,
    derive,
    derive_from_passphrase,
)

CHEAP = Cost(memory_kib=19 * 1024, passes=2, lanes=1)
SALT = bytes(range(16))


def test_a_passphrase_gives_the_same_key_however_the_keyboard_writes_its_accents() -> None:
    composed, apart = "Caf\u00e9 au lait", "Cafe\u0301 au lait"

    assert composed != apart
    assert derive_from_passphrase(composed, salt=SALT, cost=CHEAP) == derive_from_passphrase(
        apart, salt=SALT, cost=CHEAP
    )


def test_another_passphrase_salt_or_cost_gives_another_key() -> None:
    keys = {
        derive_from_passphrase("one", salt=SALT, cost=CHEAP),
        derive_from_passphrase("One", salt=SALT, cost=CHEAP),
        derive_from_passphrase("one ", salt=SALT, cost=CHEAP),
        derive_from_passphrase("one", salt=SALT[::-1], cost=CHEAP),
        derive_from_passphrase("one", salt=SALT, cost=Cost(memory_kib=19 * 1024, passes=3, lanes=1)),
    }

    assert len(keys) == 5
    assert all(len(key) == 32 for key in keys)


@pytest.mark.parametrize(
    ("memory_kib", "passes", "lanes"),
    [
        (8, 3, 2),
        (19 * 1024 - 1, 2, 1),
        (64 * 1024 * 1024, 3, 2),
        (65536, 1, 1),
        (65536, 17, 1),
        (65536, 3, 0),
        (65536, 3, 17),
    ],
)
def test_a_cost_outside_the_bounds_is_refused(memory_kib: int, passes: int, lanes: int) -> None:
    with pytest.raises(CostRefused):
        Cost(memory_kib=memory_kib, passes=passes, lanes=lanes)


def test_what_the_program_itself_uses_is_within_the_bounds_and_strong() -> None:
    assert (PRODUCTION.memory_kib, PRODUCTION.passes, PRODUCTION.lanes) == (262_144, 3, 2)
    assert (SPOKEN.memory_kib, SPOKEN.passes) == (65_536, 3)


def test_argon2id_is_the_one_that_everybody_computes() -> None:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id  # noqa: PLC0415 - the second opinion, for this test

    other = Argon2id(salt=SALT, length=32, iterations=2, lanes=1, memory_cost=19 * 1024).derive(b"passphrase")

    assert derive_from_passphrase("passphrase", salt=SALT, cost=CHEAP) == other


def test_one_secret_gives_each_purpose_its_own_key() -> None:
    assert derive(b"s" * 32, purpose="a/v0") != derive(b"s" * 32, purpose="b/v0")
    assert derive(b"s" * 32, purpose="a/v0") == derive(b"s" * 32, purpose="a/v0")


def test_a_keyed_digest_is_refused_for_another_key_message_or_length() -> None:
    digest = authenticate(b"key", b"message")

    check_authentic(b"key", b"message", digest)
    for key, message, given in [
        (b"Key", b"message", digest),
        (b"key", b"Message", digest),
        (b"key", b"message", digest[:16]),
    ]:
        with pytest.raises(SignatureWrong):
            check_authentic(key, message, given)


def test_the_keyed_digest_is_that_of_rfc_4231() -> None:
    assert authenticate(b"Jefe", b"what do ya want for nothing?").hex().startswith("5bdcc146bf60754e6a042426089575c7")
