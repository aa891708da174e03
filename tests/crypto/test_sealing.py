"""What is sealed opens for its recipients, whole and in order, and for nobody else; streams never half succeed."""

import io
import random
import threading

import pytest

from iowscp_desktop.crypto import (
    BadKey,
    Fault,
    Identity,
    NoMatchingIdentity,
    Recipient,
    StreamBroken,
    Unsealing,
    random_bytes,
    seal,
    unseal,
)
from iowscp_desktop.crypto.sealing import header_size, sealed_size

ME, OTHER = Identity.generate(), Identity.generate()


def sealed(plain: bytes, *recipients: Recipient) -> bytes:
    sink = io.BytesIO()
    seal(io.BytesIO(plain), sink, recipients or [ME.recipient])
    return sink.getvalue()


def opened(file: bytes, *identities: Identity) -> bytes:
    sink = io.BytesIO()
    unseal(io.BytesIO(file), sink, identities or [ME])
    return sink.getvalue()


def pulled(file: bytes, *identities: Identity, at_once: bool = False) -> bytes:
    with Unsealing(io.BytesIO(file), identities or [ME], at_once=at_once) as stream:
        parts = []
        while part := stream.read(10_000):
            parts.append(part)
        return b"".join(parts)


def read_all(file: bytes, *identities: Identity) -> bytes:
    """Read by a thread and at once: the two never differ."""
    results: list[tuple[bytes | None, Fault | None]] = []
    for at_once in (False, True):
        try:
            results.append((pulled(file, *identities, at_once=at_once), None))
        except Fault as error:
            results.append((None, error))
    (threaded, failed), (whole, also) = results
    assert (threaded, type(failed)) == (whole, type(also))
    if failed is not None:
        raise failed
    assert threaded is not None
    return threaded


@pytest.mark.parametrize("size", [0, 1, 65535, 65536, 65537, 200_000, 3_000_000])
def test_sealed_bytes_come_back_pushed_or_pulled_and_have_the_size_that_is_foretold(size: int) -> None:
    plain = random_bytes(size)
    file = sealed(plain)

    assert opened(file) == plain
    assert read_all(file) == plain
    assert sealed_size(header_size(io.BytesIO(file)), size) == len(file)


def test_each_recipient_opens_it_and_others_do_not() -> None:
    file = sealed(b"for two", ME.recipient, OTHER.recipient)

    assert opened(file, ME) == opened(file, OTHER) == opened(file, Identity.generate(), OTHER) == b"for two"
    with pytest.raises(NoMatchingIdentity):
        opened(file, Identity.generate())
    with pytest.raises(NoMatchingIdentity):
        read_all(file, Identity.generate())


def test_nobody_to_seal_to_is_a_bug() -> None:
    with pytest.raises(ValueError, match="recipient"):
        seal(io.BytesIO(b""), io.BytesIO(), [])


def test_every_truncation_is_noticed() -> None:
    file = sealed(random_bytes(150_000))
    lengths = {*range(0, 400, 7), len(file) - 1, len(file) - 16, len(file) - 17, *range(1000, len(file), 9973)}

    for length in sorted(lengths):
        with pytest.raises(StreamBroken):
            opened(file[:length])
        with pytest.raises(StreamBroken):
            read_all(file[:length])
    assert len(opened(file)) == 150_000


def test_flipped_bits_never_pass_and_what_came_before_them_is_genuine() -> None:
    dice = random.Random(4)
    plain = random_bytes(300_000)
    file = sealed(plain)

    for _ in range(100):
        place = dice.randrange(len(file))
        broken = bytearray(file)
        broken[place] ^= 1 << dice.randrange(8)
        sink = io.BytesIO()
        with pytest.raises((StreamBroken, NoMatchingIdentity)):
            unseal(io.BytesIO(bytes(broken)), sink, [ME])
        assert plain.startswith(sink.getvalue())


def test_bytes_after_the_end_are_noticed() -> None:
    with pytest.raises(StreamBroken):
        opened(sealed(b"all there is") + b"more")


@pytest.mark.parametrize("file", [b"", b"PK\x03\x04 a zip", b"age-encryption.org/v2\n", b"\0" * 100_000])
def test_what_is_no_age_file_is_refused(file: bytes) -> None:
    with pytest.raises(StreamBroken):
        opened(file)


def test_a_header_without_end_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(StreamBroken, match="header"):
        opened(b"age-encryption.org/v1\n" + b"-> X25519 abc\nabc\n" * 100_000)


def test_thirty_one_recipients_are_taken_and_forty_are_not() -> None:
    crowd = [Identity.generate().recipient for _ in range(39)]

    assert opened(sealed(b"x", ME.recipient, *crowd[:30])) == b"x"
    with pytest.raises(StreamBroken, match="too many"):
        opened(sealed(b"x", ME.recipient, *crowd))


class FailingSink:
    """Counts what it is given after it has failed."""

    def __init__(self) -> None:
        self.calls = 0

    def write(self, _chunk: bytes, /) -> int:
        self.calls += 1
        raise MemoryError


def test_a_sink_is_not_called_again_after_its_first_error() -> None:
    sink = FailingSink()

    with pytest.raises(MemoryError):
        unseal(io.BytesIO(sealed(random_bytes(500_000))), sink, [ME])
    assert sink.calls == 1


class FailingSource:
    """Gives some bytes and then fails like a stick that is pulled out."""

    def __init__(self, start: bytes) -> None:
        self._start = io.BytesIO(start)

    def read(self, size: int, /) -> bytes:
        if chunk := self._start.read(size):
            return chunk
        raise OSError(5, "Input/output error")


def test_what_the_source_fails_with_reaches_the_caller_as_it_was() -> None:
    with pytest.raises(OSError, match="Input/output"):
        seal(FailingSource(b"x" * 20_000), io.BytesIO(), [ME.recipient])
    file = sealed(random_bytes(200_000))
    with pytest.raises(OSError, match="Input/output"):
        unseal(FailingSource(file[:100_000]), io.BytesIO(), [ME])
    with Unsealing(FailingSource(file[:100_000]), [ME]) as stream, pytest.raises(OSError, match="Input/output"):
        stream.read(200_000)


def test_an_error_is_raised_again_at_every_further_read() -> None:
    with Unsealing(io.BytesIO(sealed(b"x")[:-1]), [ME]) as stream:
        for _ in range(3):
            with pytest.raises(StreamBroken):
                stream.read(1)


def test_leaving_early_ends_the_thread() -> None:
    before = threading.active_count()
    file = sealed(random_bytes(20_000_000))

    with Unsealing(io.BytesIO(file), [ME]) as stream:
        assert len(stream.read(10)) == 10

    assert threading.active_count() == before


def test_reading_by_any_steps_gives_the_same_bytes() -> None:
    plain = random_bytes(700_000)
    file = sealed(plain)
    dice = random.Random(7)

    with Unsealing(io.BytesIO(file), [ME]) as stream:
        parts = []
        while part := stream.read(dice.choice([1, 3, 512, 8192, 262_144, 262_145, 600_000])):
            parts.append(part)

    assert b"".join(parts) == plain


def test_keys_come_back_from_their_text() -> None:
    assert Identity.from_text(ME.to_text()).recipient == ME.recipient
    assert Recipient(ME.recipient.text) == ME.recipient
    assert len({ME.recipient, Recipient(ME.recipient.text), OTHER.recipient}) == 2


@pytest.mark.parametrize("text", ["", "age1", "AGE-SECRET-KEY-1", "x" * 62])
def test_text_that_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(BadKey):
        Recipient(text)
    with pytest.raises(BadKey):
        Identity.from_text(text)


def test_an_identity_does_not_show_its_secret() -> None:
    assert ME.to_text() not in repr(ME)
    assert "SECRET" not in repr(ME)
