"""A box opens with its key and its surroundings, whole, or not at all."""

from collections.abc import Callable

import pytest

from iowscp_desktop.crypto import SealBroken, close_box, open_box, random_bytes, unwrap, wrap

PAIRS = pytest.mark.parametrize(("close", "open_"), [(wrap, unwrap), (close_box, open_box)])
Box = Callable[..., bytes]


@PAIRS
def test_a_secret_comes_back(close: Box, open_: Box) -> None:
    key = random_bytes(32)

    assert open_(key, close(key, b"secret", bound_to=b"here"), bound_to=b"here") == b"secret"


@PAIRS
def test_another_key_or_another_place_opens_nothing(close: Box, open_: Box) -> None:
    key = random_bytes(32)
    box = close(key, b"secret", bound_to=b"here")

    with pytest.raises(SealBroken):
        open_(random_bytes(32), box, bound_to=b"here")
    with pytest.raises(SealBroken):
        open_(key, box, bound_to=b"there")


@PAIRS
def test_every_flipped_bit_and_every_truncation_is_noticed(close: Box, open_: Box) -> None:
    key = random_bytes(32)
    box = close(key, b"secret", bound_to=b"")
    broken = [box[:length] for length in range(len(box))]
    broken += [
        box[: bit // 8] + bytes([box[bit // 8] ^ 1 << bit % 8]) + box[bit // 8 + 1 :] for bit in range(len(box) * 8)
    ]

    for each in broken:
        with pytest.raises(SealBroken):
            open_(key, each, bound_to=b"")
    assert open_(key, box, bound_to=b"") == b"secret"


@PAIRS
def test_the_same_secret_is_never_in_the_same_box_twice(close: Box, open_: Box) -> None:
    key = random_bytes(32)

    assert close(key, b"secret", bound_to=b"") != close(key, b"secret", bound_to=b"")


@PAIRS
@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_a_weaker_key_than_asked_for_is_a_bug(close: Box, open_: Box, length: int) -> None:
    with pytest.raises(TypeError):
        close(bytes(length), b"secret", bound_to=b"")
    with pytest.raises(TypeError):
        open_(bytes(length), bytes(40), bound_to=b"")
