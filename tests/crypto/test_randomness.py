"""Chance has one home, favours nothing, and passphrases are made of it."""

from collections import Counter

import pytest

from iowscp_desktop.crypto import new_passphrase, random_bytes
from iowscp_desktop.crypto.passphrases import _words
from iowscp_desktop.crypto.randomness import random_below


def test_random_bytes_are_as_many_as_asked_and_never_the_same() -> None:
    assert len(random_bytes(33)) == 33
    assert random_bytes(16) != random_bytes(16)


def test_a_number_below_a_limit_is_each_equally_likely() -> None:
    drawn = Counter(random_below(6) for _ in range(12_000))

    assert sorted(drawn) == [0, 1, 2, 3, 4, 5]
    assert all(1_600 < count < 2_400 for count in drawn.values())  # nine standard deviations


def test_below_one_there_is_only_zero_and_below_zero_is_a_bug() -> None:
    assert {random_below(1) for _ in range(20)} == {0}
    with pytest.raises(ValueError, match="at least 1"):
        random_below(0)


def test_a_passphrase_is_five_different_draws_from_the_shipped_words() -> None:
    words = new_passphrase().split("-")

    assert len(words) == 5
    assert set(words) <= set(_words())
    assert new_passphrase() != new_passphrase()


def test_the_words_are_plain_distinct_and_enough_for_sixty_bits_in_five() -> None:
    words = _words()

    assert len(words) == len(set(words)) == 7772
    assert all(word.isascii() and word.isalpha() and word.islower() and len(word) >= 3 for word in words)
    assert len(words) ** 5 > 2**64
