"""Folders that are gone, full disks, files that vanish between two looks: said in words, and nothing is lost."""

import tempfile
import tracemalloc
from pathlib import Path

import pytest

from iowscp_desktop.app import exchange, handover, kept_files, merging, quarantine, relations, rounds
from iowscp_desktop.app.identities import identities
from iowscp_desktop.app.quarantine import Sort
from iowscp_desktop.bundles import LIMITS, BundleDraft, MemberSource, neutral_name, open_bundle, write_bundle
from iowscp_desktop.crypto import Recipient, SigningKey
from iowscp_desktop.domain.ids import response_space
from iowscp_desktop.errors import BundleMalformed, FileUnreadable, FileUnwritable, NotABundle, UnknownSigner
from tests.app.conftest import Round
from tests.app.test_enrolment import returned, take, write
from tests.app.test_flows import anyone, attach
from tests.app.test_hostile_returns import Liar, answer, honest_is_still_taken
from tests.app.test_team_laptops import second_laptop

MIB = 1024 * 1024


def by_a_stranger(audit: Round, folder: Path, *members: MemberSource) -> Path:
    """A file that is sealed to the team and signed by nobody known."""
    assert audit.team.team is not None
    path = folder / neutral_name()
    draft = BundleDraft(
        type="return", bundle="b" * 32, created=audit.team.now(), app="1", project=audit.team.about.project, number=1
    )
    readers = [Recipient(audit.team.team.identity.recipient.text)]
    with path.open("wb") as sink:
        write_bundle(sink, draft=draft, members=members, signer=SigningKey.generate(), recipients=readers)
    return path


# --- folders -------------------------------------------------------------------------------------


def test_a_folder_that_cannot_be_looked_into_is_shown_as_such_beside_what_can(audit: Round, tmp_path: Path) -> None:
    ws, response_id = audit.laptop()
    write(ws, response_id, "heard", "met")
    good = returned(ws, response_id, tmp_path)
    too_long, gone, loop = tmp_path / ("x" * 300), tmp_path / "gone", tmp_path / "loop"
    loop.symlink_to(loop)

    found = merging.preview(audit.team, merging.bundles_in([too_long, gone, loop, good]))

    assert [type(each.refused) for each in found[:3]] == [FileUnreadable] * 3
    assert found[3].refused is None


def test_a_drive_that_goes_away_while_it_is_listed_is_shown_as_such(tmp_path: Path) -> None:
    folder = tmp_path / "drive"
    folder.mkdir()

    class Drive(type(folder)):  # type: ignore[misc] # a path of this system, whatever its class is called
        def iterdir(self) -> None:
            raise OSError(107, "Transport endpoint is not connected")

    assert merging.bundles_in([Drive(folder)]) == (Path(folder),)


def test_what_a_mac_leaves_beside_a_file_on_a_stick_is_no_bundle(tmp_path: Path) -> None:
    for name in ("audit-a.iowbundle", "._audit-a.iowbundle", "AUDIT-B.IOWBUNDLE", "notes.txt", ".DS_Store"):
        (tmp_path / name).write_bytes(b"x")

    assert {path.name for path in merging.bundles_in([tmp_path])} == {"audit-a.iowbundle", "AUDIT-B.IOWBUNDLE"}


@pytest.mark.parametrize("name", ["CON", "audit\u202exslx", "ein Fünf-Uhr-Tee ☕", "-rf", "a" * 200, "new\nline", " "])
def test_a_file_is_taken_in_whatever_it_is_called(audit: Round, tmp_path: Path, name: str) -> None:
    ws, response_id = audit.laptop()
    write(ws, response_id, "heard", "met")
    path = tmp_path / "stick" / f"{name}.iowbundle"
    path.parent.mkdir()
    returned(ws, response_id, tmp_path).rename(path)

    assert merging.bundles_in([path.parent]) == (path,)
    assert take(audit.team, path) is None


# --- what is set aside ---------------------------------------------------------------------------


def test_a_stranger_makes_nobody_hold_a_large_line(audit: Round, tmp_path: Path) -> None:
    member = MemberSource.of_bytes("entries", b'{"stream":{"device":"' + b"x" * 64 * MIB, codec="zstd")
    paths = [by_a_stranger(audit, tmp_path, member), by_a_stranger(audit, tmp_path)]

    tracemalloc.start()
    try:
        groups = relations.related(audit.team, paths, lambda: None)
        held = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert sorted(map(len, groups)) == [1, 1]
    assert held < 32 * MIB


def test_a_file_that_vanishes_before_it_is_kept_is_said_to_be_gone(audit: Round, tmp_path: Path) -> None:
    path = by_a_stranger(audit, tmp_path)
    refused = take(audit.team, path)
    assert isinstance(refused, UnknownSigner)
    kept = len(kept_files.kept_files(audit.team))

    class Going(type(path)):  # type: ignore[misc] # a path of this system, whatever its class is called
        def read_bytes(self) -> bytes:
            raise OSError(5, "Input/output error")

    with pytest.raises(FileUnreadable):
        kept_files.keep(audit.team, Going(path), refused)
    assert len(kept_files.kept_files(audit.team)) == kept == 1


def test_a_kept_file_that_finds_no_room_to_be_tried_again_stays_kept(
    audit: Round, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(audit.team, by_a_stranger(audit, tmp_path))
    (item,) = [each for each in quarantine.set_aside(audit.team) if each.sort is Sort.FILE]
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))

    with pytest.raises(FileUnwritable):
        quarantine.try_again(audit.team, item)

    assert [each.key for each in quarantine.set_aside(audit.team)] == [item.key]


def test_a_file_that_was_tried_again_leaves_nothing_beside(
    audit: Round, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    take(audit.team, by_a_stranger(audit, tmp_path))
    (item,) = [each for each in quarantine.set_aside(audit.team) if each.sort is Sort.FILE]
    monkeypatch.setattr(tempfile, "tempdir", str(place))

    done, _changes = quarantine.try_again(audit.team, item)

    assert isinstance(done.refused, UnknownSigner)
    assert list(place.iterdir()) == []


def test_a_folder_of_very_many_other_files_keeps_no_good_one_out(audit: Round, tmp_path: Path) -> None:
    ws, response_id = audit.laptop()
    write(ws, response_id, "heard", "met")
    folder = tmp_path / "drive"
    folder.mkdir()
    for number in range(500):
        (folder / f"audit-{number:05d}.iowbundle").write_bytes(b"PK\x03\x04 no bundle")
    good = folder / "zzz.iowbundle"
    returned(ws, response_id, tmp_path).rename(good)

    found = merging.preview(audit.team, merging.bundles_in([folder]))

    assert [each.path for each in found if each.refused is None] == [good]
    assert {type(each.refused) for each in found if each.path != good} == {NotABundle}


def test_what_a_team_of_ten_thousand_returns_hands_to_its_other_laptop_fits_into_one_list(
    audit: Round, tmp_path: Path
) -> None:
    """Counted from what each return adds to the list of contents: its two streams, and who wrote."""
    other = second_laptop(audit)
    listed: list[tuple[int, int]] = []
    for number in range(3):
        path = handover.send_to_team_laptops(audit.team, tmp_path)
        with open_bundle(path, identities=identities(other), trust=anyone) as bundle:
            listed.append((len(bundle.manifest_bytes), len(bundle.manifest.members)))
        school = rounds.add_organisation(audit.team, f"School {number}", "school")
        ws, response_id = Round(audit.setting, audit.team, audit.round_id, school).laptop(f"Lead {number}")
        write(ws, response_id, "heard", "met")
        assert take(audit.team, returned(ws, response_id, tmp_path)) is None
    (size, members) = (listed[2][place] - listed[1][place] for place in (0, 1))

    assert members == 3
    assert size * 10_000 < LIMITS.manifest
    assert members * 10_000 < LIMITS.members


def test_evidence_is_held_one_file_after_the_other_while_it_is_sealed(audit: Round, tmp_path: Path) -> None:
    ws, response_id = audit.laptop()
    write(ws, response_id, "heard", "met")
    for number in range(8):
        attach(ws, response_id, f"{number}" * 4 * MIB, f"file {number}")
    packed = exchange.pack(ws, exchange.Parcel(type="return", spaces=[response_space(response_id)], recipients=["x"]))

    tracemalloc.start()
    try:
        sizes = [len(member.open().read()) for member in packed.members if member.kind == "attachment"]
        held = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert len(sizes) == 8
    assert sum(sizes) > 32 * MIB
    assert held < 16 * MIB


def test_lists_of_entries_that_are_too_long_together_are_refused(audit: Round, tmp_path: Path) -> None:
    liar = Liar(audit, tmp_path)
    good = liar.sealed(liar.chain([answer("staff", "7")]))
    lists = [MemberSource.of_bytes("entries", b"x" * 13 * MIB + bytes([97 + number])) for number in range(5)]

    done = liar.send(good, more=lists)

    assert isinstance(done.refused, BundleMalformed)
    assert "its lists of entries are too long" in str(done.refused)
    honest_is_still_taken(liar)
