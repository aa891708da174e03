"""Codes survive being read out, typed and pasted; a slip is noticed before anything slow is tried."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iowscp_desktop.crypto import (
    CodeMistyped,
    fingerprint,
    new_one_time_code,
    new_recovery_key,
    random_bytes,
    randomness,
    read_one_time_code,
    read_recovery_key,
)
from iowscp_desktop.crypto.codes import ALPHABET, random_letters


def slips(code: str) -> list[str]:
    """Every single wrong character in a code."""
    return [
        code[:place] + other + code[place + 1 :]
        for place, character in enumerate(code)
        for other in ALPHABET
        if character not in ("-", other)
    ]


def test_a_one_time_code_is_four_groups_of_four() -> None:
    assert re.fullmatch(rf"([{ALPHABET}]{{4}}-){{3}}[{ALPHABET}]{{4}}", new_one_time_code())


def test_no_two_of_a_thousand_codes_are_alike() -> None:
    assert len({new_one_time_code() for _ in range(1000)}) == 1000


def test_every_single_slip_in_a_code_is_noticed() -> None:
    code = new_one_time_code()

    for slip in slips(code):
        with pytest.raises(CodeMistyped):
            read_one_time_code(slip)
    assert read_one_time_code(code) == code


def test_every_swap_of_two_characters_is_noticed() -> None:
    plain = new_one_time_code().replace("-", "")
    swapped = [
        plain[:one] + plain[two] + plain[one + 1 : two] + plain[one] + plain[two + 1 :]
        for one in range(16)
        for two in range(one + 1, 16)
        if plain[one] != plain[two]
    ]

    for each in swapped:
        with pytest.raises(CodeMistyped):
            read_one_time_code(each)
    assert any(first != second for first, second in pairwise(plain))


@given(st.binary(min_size=15, max_size=15), st.sampled_from(["", " ", "-", " – ", "\u00a0", "\t"]))
def test_a_code_is_taken_however_it_is_typed(drawn: bytes, between: str) -> None:
    source, randomness._source = randomness._source, lambda count: drawn[:count]
    try:
        code = new_one_time_code()
    finally:
        randomness._source = source
    sloppy = between.join(code.lower().replace("0", "o").replace("1", "l").split("-"))

    assert read_one_time_code(sloppy) == code
    assert read_one_time_code(f"  {sloppy.replace('l', 'I')}\n") == code


@pytest.mark.parametrize(
    "typed", ["", "2P9V", "U" * 16, "0" * 15, "0" * 17, "é" * 16, "½" * 16, "ß" * 16, "0" * 15 + "!"]
)
def test_what_cannot_be_a_code_is_a_slip(typed: str) -> None:
    with pytest.raises(CodeMistyped):
        read_one_time_code(typed)


def test_a_recovery_key_is_nine_groups_that_read_back() -> None:
    key, printed = new_recovery_key()

    assert len(key) == 20
    assert len(printed.split("-")) == 9
    assert read_recovery_key(printed) == key
    assert read_recovery_key(printed.lower().replace("-", " ")) == key


def test_slips_in_a_recovery_key_are_noticed() -> None:
    _, printed = new_recovery_key()

    for slip in slips(printed):
        with pytest.raises(CodeMistyped):
            read_recovery_key(slip)


@pytest.mark.parametrize("typed", ["", "WE85-BVT8", "0" * 35, "0" * 37])
def test_a_recovery_key_of_another_length_is_a_slip(typed: str) -> None:
    with pytest.raises(CodeMistyped):
        read_recovery_key(typed)


def test_a_fingerprint_is_three_groups_and_differs_from_key_to_key() -> None:
    one, two = random_bytes(32), random_bytes(32)

    assert re.fullmatch(rf"([{ALPHABET}]{{4}}-){{2}}[{ALPHABET}]{{4}}", fingerprint(one))
    assert fingerprint(one) == fingerprint(one) != fingerprint(two)


def test_random_letters_are_of_the_alphabet_in_lower_case() -> None:
    assert re.fullmatch(rf"[{ALPHABET.lower()}]{{200}}", random_letters(200))
