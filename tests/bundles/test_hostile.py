"""Nothing forged, broken or absurd is let in, each is refused by name, and a good bundle in the batch still is."""

import hashlib
import io
import random
import tarfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import zstandard

from iowscp_desktop.bundles import Limits, MemberSource
from iowscp_desktop.bundles.archive import BLOCK, tar_header
from iowscp_desktop.crypto import random_bytes
from iowscp_desktop.crypto.sealing import header_size
from iowscp_desktop.errors import (
    BundleDamaged,
    BundleError,
    BundleMalformed,
    BundleTruncated,
    ExpandsTooFar,
    FileTooBig,
    NewerBundle,
    NotABundle,
    NotAddressed,
    NotForYou,
    SignatureFalse,
    TooManyMembers,
    UnknownSigner,
)
from tests.bundles.post import (
    DRAFT,
    ELSEWHERE,
    ENTRIES,
    EVIDENCE,
    SCHOOL,
    STRANGER,
    TEAM,
    Entries,
    archive_of,
    entries_of,
    forged,
    plain_of,
    posted,
    received,
    sealed,
    signed_again,
    with_manifest,
)

GOOD = posted()
PLAIN = plain_of(GOOD)
ENTRIES_INSIDE = entries_of(PLAIN)


@pytest.fixture(autouse=True)
def good_is_still_accepted() -> Any:
    yield
    assert received(GOOD)[1] == [ENTRIES, EVIDENCE, b""]


def test_a_truncated_file_is_refused_at_every_boundary() -> None:
    header = header_size(io.BytesIO(GOOD))
    boundaries = [0, 1, 21, 22, 23, header - 1, header, header + 15, header + 16, header + 17]
    boundaries += [header + 16 + chunk * 65552 + offset for chunk in (0, 1) for offset in (1, 65551, 65552, 65553)]
    boundaries += [len(GOOD) - 1, len(GOOD) - 15, len(GOOD) - 16, len(GOOD) - 17]

    for length in boundaries:
        if length < len(GOOD):
            with pytest.raises((BundleDamaged, BundleTruncated)):
                received(GOOD[:length])


def test_a_file_cut_short_after_its_beginning_says_how_much_is_missing() -> None:
    with pytest.raises(BundleTruncated, match=f"{len(GOOD) - 1:,} of {len(GOOD):,}"):
        received(GOOD[:-1])


def test_an_archive_cut_at_any_block_and_sealed_again_is_refused() -> None:
    for length in range(0, len(PLAIN), BLOCK):
        with pytest.raises((BundleTruncated, BundleMalformed)):
            received(sealed(PLAIN[:length]))


def test_three_hundred_flipped_bits_are_all_refused_by_name() -> None:
    dice = random.Random(20)

    for _ in range(300):
        broken = bytearray(GOOD)
        broken[dice.randrange(len(broken))] ^= 1 << dice.randrange(8)
        with pytest.raises(BundleError) as caught:
            received(bytes(broken))
        assert type(caught.value) in (BundleDamaged, NotForYou, NotABundle)


def test_three_hundred_bits_flipped_inside_the_seal_are_all_refused_by_name() -> None:
    dice = random.Random(21)
    small = plain_of(posted([MemberSource.of_bytes("entries", ENTRIES, codec="zstd")]))

    for _ in range(300):
        broken = bytearray(small)
        broken[dice.randrange(len(broken))] ^= 1 << dice.randrange(8)
        with pytest.raises(BundleError):
            received(sealed(bytes(broken)))


def test_a_file_of_another_kind_is_no_bundle() -> None:
    for content in (b"PK\x03\x04" + bytes(5000), b"%PDF-1.7\n", b"\0" * 70_000, PLAIN):
        with pytest.raises(NotABundle):
            received(content)


def test_a_bundle_for_others_is_refused() -> None:
    with pytest.raises(NotForYou):
        received(posted(recipients=[ELSEWHERE.recipient]))


def test_a_bundle_for_others_that_somebody_sealed_again_to_us_is_refused() -> None:
    plain = plain_of(posted(recipients=[ELSEWHERE.recipient]), ELSEWHERE)

    with pytest.raises(NotAddressed):
        received(sealed(plain, TEAM.recipient))


def test_a_bundle_of_a_stranger_is_refused() -> None:
    with pytest.raises(UnknownSigner):
        received(posted(signer=STRANGER))


def test_a_stranger_who_claims_to_be_the_school_is_refused() -> None:
    entries = with_manifest(ENTRIES_INSIDE, ENTRIES_INSIDE[0][1], signer=STRANGER)

    with pytest.raises(SignatureFalse):
        received(sealed(archive_of(entries)))


def test_a_school_that_signs_in_the_name_of_another_is_refused() -> None:
    entries = signed_again(ENTRIES_INSIDE, put("signer", STRANGER.verify_key.hex))

    with pytest.raises(SignatureFalse):
        received(sealed(archive_of(entries)), trust=lambda *_: SCHOOL.verify_key)


def test_a_signature_without_its_context_is_refused() -> None:
    manifest = ENTRIES_INSIDE[0][1]
    entries = [ENTRIES_INSIDE[0], ("manifest.sig", SCHOOL.sign(manifest, context="seal/v0")), *ENTRIES_INSIDE[2:]]

    with pytest.raises(SignatureFalse):
        received(sealed(archive_of(entries)))


def test_an_edited_manifest_with_the_old_signature_is_refused() -> None:
    edited = ENTRIES_INSIDE[0][1].replace(b'"number":7', b'"number":8')
    entries = [("manifest.json", edited), *ENTRIES_INSIDE[1:]]

    with pytest.raises(SignatureFalse):
        received(sealed(archive_of(entries)))


def without_the_last(entries: Entries) -> Entries:
    return entries[:-1]


def with_one_more(entries: Entries) -> Entries:
    return [*entries, ("m/000003", b"extra")]


def with_one_more_of_a_path(entries: Entries) -> Entries:
    return [*entries, ("../../evil", b"extra")]


def with_two_swapped(entries: Entries) -> Entries:
    return [*entries[:2], entries[3], entries[2], entries[4]]


def with_two_contents_swapped(entries: Entries) -> Entries:
    return [*entries[:2], (entries[2][0], entries[3][1]), (entries[3][0], entries[2][1]), entries[4]]


def with_one_doubled(entries: Entries) -> Entries:
    return [*entries[:3], entries[2], *entries[3:]]


def with_one_edited(entries: Entries) -> Entries:
    return [*entries[:3], (entries[3][0], b"X" + entries[3][1][1:]), entries[4]]


def without_a_signature(entries: Entries) -> Entries:
    return [entries[0], *entries[2:]]


def with_the_signature_first(entries: Entries) -> Entries:
    return [entries[1], entries[0], *entries[2:]]


def with_a_long_signature(entries: Entries) -> Entries:
    return [entries[0], (entries[1][0], entries[1][1] + b"\0"), *entries[2:]]


def with_a_short_signature(entries: Entries) -> Entries:
    return [entries[0], (entries[1][0], entries[1][1][:63]), *entries[2:]]


@pytest.mark.parametrize(
    "tamper",
    [
        without_the_last,
        with_one_more,
        with_one_more_of_a_path,
        with_two_swapped,
        with_two_contents_swapped,
        with_one_doubled,
        with_one_edited,
        without_a_signature,
        with_the_signature_first,
        with_a_long_signature,
        with_a_short_signature,
    ],
)
def test_members_that_are_missing_added_moved_or_edited_are_refused(tamper: Callable[[Entries], Entries]) -> None:
    with pytest.raises((BundleMalformed, BundleTruncated, FileTooBig, SignatureFalse)):
        received(sealed(archive_of(tamper(ENTRIES_INSIDE))))


@pytest.mark.parametrize(
    "name",
    ["../../evil", "/etc/passwd", "m/000000/../../x", "C:\\Windows\\x", "m/000001", "m/00000", "M/000000", "m\\000000"],
)
def test_a_member_of_any_other_name_is_refused(name: str) -> None:
    entries = [*ENTRIES_INSIDE[:2], (name, ENTRIES_INSIDE[2][1]), *ENTRIES_INSIDE[3:]]

    with pytest.raises(BundleMalformed):
        received(sealed(archive_of(entries)))


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE])
def test_links_folders_and_devices_are_refused(kind: bytes) -> None:
    entry = tarfile.TarInfo("m/000000")
    entry.type, entry.linkname, entry.size, entry.mode = kind, "/etc/passwd", 0, 0o600
    at = PLAIN.index(tar_header("m/000000", len(ENTRIES_INSIDE[2][1])))
    plain = PLAIN[:at] + entry.tobuf(tarfile.USTAR_FORMAT) + PLAIN[at + BLOCK :]

    with pytest.raises(BundleMalformed):
        received(sealed(plain))


@pytest.mark.parametrize("format_", [tarfile.GNU_FORMAT, tarfile.PAX_FORMAT, tarfile.USTAR_FORMAT])
def test_an_archive_written_by_other_hands_is_refused(format_: int) -> None:
    sink = io.BytesIO()
    with tarfile.open(fileobj=sink, mode="w", format=format_) as archive:
        for name, content in ENTRIES_INSIDE:
            entry = tarfile.TarInfo(name)
            entry.size, entry.mtime = len(content), 1
            archive.addfile(entry, io.BytesIO(content))

    with pytest.raises(BundleMalformed):
        received(sealed(sink.getvalue()))


@pytest.mark.parametrize("field", range(0, 512, 5))
def test_no_byte_of_a_members_header_can_be_another(field: int) -> None:
    at = PLAIN.index(tar_header("m/000001", len(EVIDENCE)))
    broken = bytearray(PLAIN)
    broken[at + field] ^= 1

    with pytest.raises(BundleMalformed):
        received(sealed(bytes(broken)))


def test_something_hidden_in_padding_or_after_the_end_is_refused() -> None:
    padding_of_the_manifest = BLOCK + len(ENTRIES_INSIDE[0][1])
    for at in (padding_of_the_manifest, len(PLAIN) - 1, len(PLAIN) - 1024):
        broken = bytearray(PLAIN)
        broken[at] = 1
        with pytest.raises(BundleMalformed):
            received(sealed(bytes(broken)))
    for more in (b"\0", bytes(512), bytes(4096), b"x" * 4096):
        with pytest.raises(BundleMalformed):
            received(sealed(PLAIN + more))


def test_a_manifest_written_in_any_other_way_is_refused() -> None:
    manifest = ENTRIES_INSIDE[0][1]
    others = [
        manifest + b"\n",
        b" " + manifest,
        manifest.replace(b'":', b'": ', 1),
        manifest.replace(b'"number":7', b'"number":7,"number":7'),
        manifest.replace(b'"number":7', b'"number":8,"number":7'),
        manifest.replace(b'"number":7', b'"number":7.0'),
        manifest.replace(b'"number":7', b'"number":07'),
        manifest.replace(b'"number":7', b'"number":NaN'),
        manifest.replace(b'"return"', b'"\\u0072eturn"'),
        manifest.replace(b'"return"', b'"ret\xffurn"'),
        manifest[:-1],
        b"[" * 500_000,
        b"null",
        b"",
    ]

    for other in others:
        with pytest.raises((BundleMalformed, FileTooBig)):
            received(sealed(archive_of(with_manifest(ENTRIES_INSIDE, other))))


def put(key: str, value: object) -> Callable[[dict[str, Any]], None]:
    def change(manifest: dict[str, Any]) -> None:
        manifest[key] = value

    return change


@pytest.mark.parametrize(
    "change",
    [
        put("type", "../return"),
        put("type", "return\n"),
        put("bundle", "x" * 200),
        put("created", "yesterday"),
        put("signer", "AB" * 32),
        put("number", -1),
        put("number", 0),
        put("number", 2**60),
        put("number", "7"),
        put("prev", "no digest"),
        put("to", [TEAM.recipient.text, TEAM.recipient.text]),
        put("to", sorted([TEAM.recipient.text, ELSEWHERE.recipient.text], reverse=True)),
        put("seen", {"a b": 1}),
        put("seen", {"a": -1}),
        put("ranges", [{"stream": "a", "first": 3, "last": 2, "seal": "ab" * 32}]),
        put("members", [{"i": 0}]),
        put("members", None),
    ],
)
def test_a_manifest_that_fits_no_schema_is_refused(change: Callable[[dict[str, Any]], None]) -> None:
    with pytest.raises((BundleMalformed, NotAddressed)):
        received(forged(change))


@pytest.mark.parametrize("change", [put("v", 2), put("min_reader", 2), put("v", 99), put("critical", ["quantum-seal"])])
def test_a_bundle_of_the_future_asks_for_an_update(change: Callable[[dict[str, Any]], None]) -> None:
    with pytest.raises(NewerBundle):
        received(forged(change))


def test_a_bundle_of_the_future_may_have_another_shape_and_still_asks_for_an_update() -> None:
    def change(manifest: dict[str, Any]) -> None:
        manifest.clear()
        manifest.update(format="iowscp-bundle", v=2, min_reader=2, critical=[], contents="elsewhere")

    with pytest.raises(NewerBundle):
        received(forged(change))


def test_a_signed_manifest_of_another_format_is_no_bundle() -> None:
    with pytest.raises(NotABundle):
        received(forged(put("format", "something-else")))


def test_a_field_that_is_not_known_yet_is_passed_over() -> None:
    bundle, contents, _ = received(forged(put("a_new_field", {"of": "the future"})))

    assert contents == [ENTRIES, EVIDENCE, b""]
    assert b"a_new_field" in bundle.manifest_bytes


def member(content: bytes, packed: bytes, **fields: object) -> dict[str, Any]:
    """Return a manifest line for a packed member, true but for `fields`."""
    true = {
        "i": 0,
        "kind": "entries",
        "codec": "zstd",
        "size": len(content),
        "csize": len(packed),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    return {**true, **fields}


def test_a_bomb_that_tells_its_size_is_refused_before_it_is_unpacked() -> None:
    content = bytes(150 * 1024**2)
    packed = zstandard.compress(content)

    with pytest.raises(ExpandsTooFar):
        received(forged(put("members", [member(content, packed)]), [packed]))


def test_a_bomb_that_lies_about_its_size_is_stopped_as_soon_as_it_exceeds_it() -> None:
    packed = zstandard.compress(bytes(300 * 1024**2))

    with pytest.raises(ExpandsTooFar):
        received(forged(put("members", [member(b"x" * 1000, packed, size=len(packed) * 100)]), [packed]))


def test_a_window_larger_than_the_memory_we_give_is_refused() -> None:
    parameters = zstandard.ZstdCompressionParameters.from_level(3, window_log=27, write_content_size=False)
    content = random_bytes(200_000)
    frame = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    packed = frame.compress(content) + frame.flush()

    with pytest.raises(BundleMalformed):
        received(forged(put("members", [member(content, packed)]), [packed]))


@pytest.mark.parametrize(
    "packed",
    [
        b"no zstd at all",
        zstandard.compress(ENTRIES)[:-3],
        zstandard.compress(ENTRIES) + b"junk after it",
        zstandard.compress(ENTRIES) + zstandard.compress(b"a second frame"),
        zstandard.compress(ENTRIES + b"more"),
        zstandard.compress(ENTRIES[:-1]),
        zstandard.compress(ENTRIES[:-1] + b"x"),
    ],
)
def test_a_packed_member_that_is_not_what_was_signed_is_refused(packed: bytes) -> None:
    with pytest.raises((BundleMalformed, ExpandsTooFar)):
        received(forged(put("members", [member(ENTRIES, packed)]), [packed]))


@pytest.mark.parametrize("size", [len(ENTRIES) - 1, len(ENTRIES) + 1])
def test_a_packed_member_that_says_another_size_is_refused(size: int) -> None:
    packed = zstandard.compress(ENTRIES)

    with pytest.raises((BundleMalformed, ExpandsTooFar)):
        received(forged(put("members", [member(ENTRIES, packed, size=size)]), [packed]))


@pytest.mark.parametrize(
    "fields",
    [
        {"size": 10},
        {"size": 10, "csize": 10},
        {"sha256": "00" * 32},
        {"i": 1},
        {"codec": "gzip"},
        {"kind": "../x"},
        {"csize": 11, "size": 11},
        {"kind": "enrolment", "codec": "zstd"},
    ],
)
def test_a_manifest_line_that_lies_is_refused(fields: dict[str, object]) -> None:
    content = b"twelve bytes"

    with pytest.raises((BundleMalformed, BundleTruncated)):
        received(forged(put("members", [{**member(content, content, codec="none"), **fields}]), [content]))


def test_an_enrolment_elsewhere_than_first_or_larger_than_small_is_refused() -> None:
    plain = [member(b"x", b"x", codec="none"), member(b"y", b"y", codec="none", i=1, kind="enrolment")]
    large = bytes(16 * 1024 + 1)

    with pytest.raises(BundleMalformed):
        received(forged(put("members", plain), [b"x", b"y"]))
    with pytest.raises(BundleMalformed):
        received(forged(put("members", [member(large, large, codec="none", kind="enrolment")]), [large]))


def test_more_members_than_allowed_are_refused() -> None:
    file = posted([MemberSource.of_bytes("entries", b"") for _ in range(6)])

    with pytest.raises(TooManyMembers):
        received(file, limits=Limits(members=5))


def test_a_member_that_says_it_is_enormous_is_refused_without_reading_it() -> None:
    with pytest.raises(FileTooBig):
        received(forged(put("members", [member(b"", b"", codec="none", size=2**40, csize=2**40)]), [b""]))


def test_a_manifest_that_says_it_is_enormous_is_refused() -> None:
    with pytest.raises(FileTooBig):
        received(sealed(tar_header("manifest.json", 2**32) + bytes(4096)))


def test_a_first_entry_with_nonsense_for_a_size_is_refused() -> None:
    for size in (b"-0000000001", b"zzzzzzzzzzz", b"           ", b"\x80" + b"\xff" * 10):
        header = bytearray(tar_header("manifest.json", 100))
        header[124:135] = size
        with pytest.raises((BundleMalformed, FileTooBig)):
            received(sealed(bytes(header) + bytes(4096)))


def test_the_same_bundle_twice_has_the_same_digest_and_another_has_another() -> None:
    assert received(GOOD)[0].digest == received(GOOD)[0].digest
    assert received(GOOD)[0].digest != received(posted(draft=replace(DRAFT, number=8)))[0].digest


def test_a_truly_signed_change_is_what_the_forgers_tools_can_do() -> None:
    """The positive control of this file: forging without lying gives a good bundle."""
    assert received(forged(put("number", 8)))[0].manifest.number == 8
    assert received(sealed(archive_of(signed_again(ENTRIES_INSIDE, put("number", 9)))))[0].manifest.number == 9
    assert received(sealed(archive_of(ENTRIES_INSIDE)))[1] == [ENTRIES, EVIDENCE, b""]
    packed = zstandard.compress(ENTRIES)
    assert received(forged(put("members", [member(ENTRIES, packed)]), [packed]))[1] == [ENTRIES]
