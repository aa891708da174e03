"""A bundle arrives as it was sent: every member, proved, in order, and the signed word of who sent it to whom."""

import io
import threading
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest
from typing_extensions import override

from iowscp_desktop.bundles import (
    LIMITS,
    Limits,
    Member,
    MemberSource,
    Range,
    canonical,
    digest,
    file_sha256,
    open_bundle,
    write_bundle,
)
from iowscp_desktop.bundles.writing import check_total
from iowscp_desktop.crypto import Identity, random_bytes
from iowscp_desktop.errors import (
    BundleMalformed,
    EvidenceChanged,
    FileChanged,
    FileTooBig,
    FileUnreadable,
    NotForYou,
    UnknownSigner,
)
from tests.bundles.post import (
    DRAFT,
    ENTRIES,
    ESCROW,
    EVIDENCE,
    SCHOOL,
    TEAM,
    plain_of,
    posted,
    received,
    school_is_known,
)


def test_what_was_sent_is_what_arrives() -> None:
    bundle, contents, _ = received(posted())

    assert contents == [ENTRIES, EVIDENCE, b""]
    assert [(member.i, member.kind, member.codec) for member in bundle.manifest.members] == [
        (0, "entries", "zstd"),
        (1, "attachment", "none"),
        (2, "attachment", "none"),
    ]


def test_the_manifest_says_who_sent_what_to_whom() -> None:
    draft = replace(DRAFT, ranges=(Range(stream="12" * 16, first=1, last=9, seal="34" * 32),))

    bundle, _, _ = received(posted(draft=draft))

    assert bundle.manifest.signer == SCHOOL.verify_key.hex
    assert set(bundle.manifest.to) == {TEAM.recipient.text, ESCROW.recipient.text}
    assert (bundle.manifest.type, bundle.manifest.number, bundle.manifest.prev) == ("return", 7, "cd" * 32)
    assert bundle.manifest.ranges == draft.ranges
    assert bundle.manifest.seen == DRAFT.seen


def test_the_digest_names_the_manifest_and_the_writer_knows_it() -> None:
    sink = io.BytesIO()
    manifest = write_bundle(sink, draft=DRAFT, members=[], signer=SCHOOL, recipients=[TEAM.recipient])

    bundle, contents, _ = received(sink.getvalue())

    assert contents == []
    assert bundle.manifest == manifest
    assert bundle.digest == digest(canonical(manifest)) == digest(bundle.manifest_bytes)


def test_each_recipient_can_open_it_and_nobody_else() -> None:
    file = posted()

    assert received(file, identity=ESCROW)[1] == received(file, identity=TEAM)[1]
    with pytest.raises(NotForYou):
        received(file, identity=Identity.generate())


def test_a_member_can_be_taken_in_chunks_and_what_is_left_of_it_is_proved_all_the_same() -> None:
    with open_bundle(io.BytesIO(posted()), identities=[TEAM], trust=school_is_known) as bundle:
        taken = []
        for member, content in bundle.members():
            for chunk in content:
                taken.append((member.i, len(chunk)))
                break
        bundle.finish()

    assert [place for place, _ in taken] == [0, 1]


def test_finishing_without_taking_anything_proves_everything() -> None:
    with open_bundle(io.BytesIO(posted()), identities=[TEAM], trust=school_is_known) as bundle:
        assert bundle.finish()


def test_text_that_shrinks_is_packed_and_what_does_not_is_not() -> None:
    sources = [
        MemberSource.of_bytes("entries", b"some words, again and again; " * 20 + random_bytes(100), codec="zstd"),
        MemberSource.of_bytes("entries", random_bytes(1000), codec="zstd"),
        MemberSource.of_bytes("entries", bytes(1_000_000), codec="zstd"),  # would look like a bomb to a reader
        MemberSource.of_bytes("entries", b"", codec="zstd"),
    ]

    bundle, contents, _ = received(posted(sources))

    assert [member.codec for member in bundle.manifest.members] == ["zstd", "none", "none", "none"]
    assert [len(content) for content in contents] == [680, 1000, 1_000_000, 0]


def test_a_file_of_many_chunks_is_carried_from_disk_and_leaves_no_thread(tmp_path: Path) -> None:
    evidence = tmp_path / "evidence.pdf"
    evidence.write_bytes(random_bytes(5_000_000))
    before = threading.active_count()

    _, contents, _ = received(posted([MemberSource.of_file("attachment", evidence)]))

    assert contents == [evidence.read_bytes()]
    assert threading.active_count() == before


def test_the_size_of_a_file_tells_its_content_only_to_four_kibibytes() -> None:
    sizes = {
        len(plain_of(posted([MemberSource.of_bytes("entries", random_bytes(size))]))) for size in range(1, 4000, 37)
    }

    assert all(size % 4096 == 0 for size in sizes)
    assert len(sizes) <= 2


def test_two_readings_of_one_file_agree_and_a_changed_file_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "audit.iowbundle"
    path.write_bytes(posted())
    _, _, seen = received(path)

    assert seen == file_sha256(path)
    assert received(path, expected_sha256=seen)[1] == [ENTRIES, EVIDENCE, b""]
    path.write_bytes(posted())
    with pytest.raises(FileChanged):
        received(path, expected_sha256=seen)
    path.write_bytes(path.read_bytes()[:-5000])
    with pytest.raises(FileChanged):
        received(path, expected_sha256=seen)


def test_a_file_that_changes_while_it_is_looked_at_gives_nothing(tmp_path: Path) -> None:
    path = tmp_path / "audit.iowbundle"
    path.write_bytes(posted([MemberSource.of_bytes("attachment", random_bytes(8_000_000))]))
    _, _, seen = received(path)

    def read_while_it_is_replaced() -> None:
        with open_bundle(path, identities=[TEAM], trust=school_is_known, expected_sha256=seen) as bundle:
            path.write_bytes(posted())
            bundle.finish()

    with pytest.raises(FileChanged):
        read_while_it_is_replaced()


def test_a_file_that_is_gone_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable):
        received(tmp_path / "gone.iowbundle")


class PulledOut(io.BytesIO):
    """A file on a stick that is pulled out after some bytes have been read."""

    def __init__(self, content: bytes, lasts: int) -> None:
        super().__init__(content)
        self._lasts = lasts

    @override
    def read(self, size: int | None = -1, /) -> bytes:
        chunk = super().read(size)
        self._lasts -= len(chunk)
        if self._lasts < 0:
            raise OSError(5, "Input/output error")
        return chunk


@pytest.mark.parametrize("lasts", [0, 200, 80_000, 250_000])
@pytest.mark.parametrize("second", [False, True])
def test_a_stick_that_is_pulled_out_makes_the_file_unreadable_not_damaged(lasts: int, *, second: bool) -> None:
    file = posted([MemberSource.of_bytes("attachment", random_bytes(300_000))])
    seen = file_sha256(io.BytesIO(file)) if second else None

    with pytest.raises(FileUnreadable):
        received(PulledOut(file, lasts), expected_sha256=seen)


class PulledOutAtTheEnd(io.BytesIO):
    """A file on a stick that is pulled out when its last byte has been read."""

    @override
    def read(self, size: int | None = -1, /) -> bytes:
        chunk = super().read(size)
        if not chunk:
            raise OSError(5, "Input/output error")
        return chunk


@pytest.mark.parametrize("size", [10, 3_000_000])
def test_a_stick_that_is_pulled_out_at_the_last_moment_makes_the_file_unreadable(size: int) -> None:
    with pytest.raises(FileUnreadable):
        received(PulledOutAtTheEnd(posted([MemberSource.of_bytes("attachment", random_bytes(size))])))


def test_what_the_trust_refuses_is_refused_with_its_words() -> None:
    def nobody(*_: object) -> NoReturn:
        raise UnknownSigner

    with pytest.raises(UnknownSigner):
        received(posted(), trust=nobody)


def test_evidence_that_changes_while_it_is_packed_is_noticed(tmp_path: Path) -> None:
    evidence = tmp_path / "evidence.pdf"
    evidence.write_bytes(b"first version")
    openings = 0

    def opened() -> io.BufferedReader:
        nonlocal openings
        openings += 1
        if openings == 2:
            evidence.write_bytes(b"other version")
        return evidence.open("rb")

    with pytest.raises(EvidenceChanged):
        posted([MemberSource(kind="attachment", open=opened)])


@pytest.mark.parametrize("second", [b"first versio", b"first version, longer"])
def test_evidence_that_grows_or_shrinks_while_it_is_packed_is_noticed(second: bytes) -> None:
    versions = iter([b"first version", second])

    with pytest.raises(EvidenceChanged):
        posted([MemberSource(kind="attachment", open=lambda: io.BytesIO(next(versions)))])


def test_evidence_that_cannot_be_read_is_named_as_such(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable):
        posted([MemberSource.of_file("attachment", tmp_path / "gone.pdf")])


def test_evidence_larger_than_a_reader_takes_is_not_packed(tmp_path: Path) -> None:
    huge = tmp_path / "film.mp4"
    with huge.open("wb") as stream:
        stream.truncate(201 * 1024**2)  # a hole: it takes no room

    with pytest.raises(FileTooBig):
        posted([MemberSource.of_file("attachment", huge)])


def test_a_draft_that_no_reader_would_take_is_not_written() -> None:
    with pytest.raises(BundleMalformed):
        posted(draft=replace(DRAFT, type="Not a word"))
    with pytest.raises(BundleMalformed):
        posted(draft=replace(DRAFT, number=0))


def test_a_list_of_contents_longer_than_a_reader_takes_is_not_written() -> None:
    seen = {f"{number:032x}": number for number in range(LIMITS.manifest // 36)}

    with pytest.raises(FileTooBig):
        posted(draft=replace(DRAFT, seen=seen))


def test_evidence_larger_altogether_than_a_reader_takes_is_not_packed(tmp_path: Path) -> None:
    with pytest.raises(FileTooBig):
        check_total(
            tuple(Member(i=i, kind="attachment", codec="none", size=2**28, csize=0, sha256="") for i in range(9))
        )


def test_limits_are_the_readers_own() -> None:
    file = posted()

    for limits in (Limits(file=1000), Limits(manifest=100), Limits(member=50_000), Limits(total=80_000)):
        with pytest.raises(FileTooBig):
            received(file, limits=limits)
    assert received(file)[1]
