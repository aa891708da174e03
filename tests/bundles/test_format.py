"""The page about the format is enough for a stranger, is true, and what v1 has written opens for ever."""

import ast
import json
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature, InvalidTag

from iowscp_desktop.bundles import Manifest, OpenBundle, open_bundle, open_invitation
from iowscp_desktop.crypto import Identity, VerifyKey, fingerprint
from iowscp_desktop.domain.clock import from_stored
from iowscp_desktop.domain.journal import decode_range
from iowscp_desktop.errors import OlderBundle
from tests.bundles import format_example, stranger
from tests.bundles.format_example import PAGE, archive, written
from tests.bundles.post import forged, received

MUSEUM = Path(__file__).parents[1] / "samples" / "bundles" / "v1"
KEYS: dict[str, Any] = json.loads((MUSEUM / "keys.json").read_text(encoding="utf-8"))
SEALED = sorted(path.stem for path in MUSEUM.glob("*.iowbundle"))
INVITED = sorted(path.stem for path in MUSEUM.glob("*.iowinvite"))
TO_THE_TEAM = {"part", "return", "scores", "survey", "team"}

needs_tools = pytest.mark.skipif(
    shutil.which("age") is None or shutil.which("zstd") is None,
    reason="NOT PROVED HERE: `age` or `zstd` is not installed (apt-get install age zstd)",
)


def identities(name: str) -> list[Identity]:
    return [Identity.from_text(text) for text in KEYS["team" if name in TO_THE_TEAM else "school"]]


def anyone(manifest: Manifest, _introduction: bytes | None) -> VerifyKey:
    return VerifyKey.from_hex(manifest.signer)


def contents(bundle: OpenBundle) -> list[tuple[str, bytes]]:
    found = [(member.kind, content.whole()) for member, content in bundle.members()]
    bundle.finish()
    return found


def test_the_museum_has_one_file_of_each_kind() -> None:
    assert SEALED == [
        "actions", "assignment", "directory", "feedback", "handover", "part", "receipt", "return", "scores", "survey",
        "team", "tool-update",
    ]  # fmt: skip
    assert INVITED == ["invitation", "panel", "team-laptop"]


@pytest.mark.parametrize("name", SEALED)
def test_this_version_opens_what_v1_has_sealed(name: str) -> None:
    with open_bundle(MUSEUM / f"{name}.iowbundle", identities=identities(name), trust=anyone) as bundle:
        found = contents(bundle)

    assert bundle.manifest.v == 1
    assert all(decode_range(content).entries for kind, content in found if kind == "entries")


@pytest.mark.parametrize("name", INVITED)
def test_this_version_opens_v1_invitations_with_their_codes(name: str) -> None:
    now: datetime = from_stored(KEYS["at"])
    with open_invitation(MUSEUM / f"{name}.iowinvite", code=KEYS["codes"][name], now=now) as invitation:
        found = contents(invitation.bundle)

    assert {"entries", "team" if name == "team-laptop" else "keys"} <= {kind for kind, _content in found}


@needs_tools
@pytest.mark.parametrize("name", SEALED)
def test_a_stranger_reads_what_we_read_and_proves_it(name: str, tmp_path: Path) -> None:
    key = tmp_path / "key.txt"
    key.write_text("\n".join(each.to_text() for each in identities(name)) + "\n", encoding="utf-8")
    path = MUSEUM / f"{name}.iowbundle"

    read = stranger.read(path, key)

    with open_bundle(path, identities=identities(name), trust=anyone) as bundle:
        assert read.members == contents(bundle)
    ours = [entry for kind, content in read.members if kind == "entries" for entry in decode_range(content).entries]
    assert len(read.events) == sum(entry.payload is not None for entry in ours)
    assert read.withheld == sum(entry.payload is None for entry in ours)


MORE = MUSEUM / "more"
MORE_KEYS: dict[str, Any] = json.loads((MORE / "keys.json").read_text(encoding="utf-8"))
MORE_READERS = {"carried": "team", "panel-pack": "panel", "progress": "team"}


def test_what_the_museum_lacked_was_added() -> None:
    assert {path.stem for path in MORE.glob("*.iowbundle")} == set(MORE_READERS)


@needs_tools
@pytest.mark.parametrize("name", MORE_READERS)
def test_this_version_and_a_stranger_read_what_was_added(name: str, tmp_path: Path) -> None:
    keys = MORE_KEYS[MORE_READERS[name]]
    (tmp_path / "key.txt").write_text("\n".join(keys) + "\n", encoding="utf-8")
    path = MORE / f"{name}.iowbundle"

    read = stranger.read(path, tmp_path / "key.txt")

    with open_bundle(path, identities=[Identity.from_text(text) for text in keys], trust=anyone) as bundle:
        assert read.members == contents(bundle)
    assert stranger.proved(read, MORE_KEYS["signing"]) == {
        "carried": {"enrolment", "introduction", "certificate"},
        "panel-pack": {"certificate", "directory", "keys"},
        "progress": {"certificate", "enrolment"},
    }[name] & {kind for kind, _content in read.members}
    assert {event["kind"] for event in read.events} >= {
        "carried": {"answer-recorded"},
        "panel-pack": {"scoring-asked", "answer-recorded"},
        "progress": {"action-set", "action-progressed"},
    }[name]


@needs_tools
@pytest.mark.parametrize("name", INVITED)
def test_a_stranger_opens_an_invitation_with_its_code(name: str, tmp_path: Path) -> None:
    path, code = MUSEUM / f"{name}.iowinvite", KEYS["codes"][name]

    box, read = stranger.read_invitation(path, code, tmp_path)

    with open_invitation(path, code=code, now=from_stored(KEYS["at"])) as invitation:
        assert (box["invitation"], box["team"]) == (invitation.invitation, invitation.team.hex)
        assert bytes.fromhex(box["secret"]) == invitation.secret
        assert read.members == contents(invitation.bundle)
    assert stranger.proved(read, box["team"]) >= {"team" if name == "team-laptop" else "voucher-key"}
    with pytest.raises(InvalidTag):
        stranger.read_invitation(path, code[:-1] + ("0" if code[-1] != "0" else "1"), tmp_path)


@needs_tools
def test_a_stranger_who_trusts_the_teams_first_key_proves_every_device_in_the_museum(tmp_path: Path) -> None:
    box, _read = stranger.read_invitation(MUSEUM / "invitation.iowinvite", KEYS["codes"]["invitation"], tmp_path)
    seen: set[str] = set()
    for name in SEALED:
        key = tmp_path / f"{name}.txt"
        key.write_text("\n".join(each.to_text() for each in identities(name)) + "\n", encoding="utf-8")
        read = stranger.read(MUSEUM / f"{name}.iowbundle", key)
        answered = {json.loads(content)["body"]["invitation"] for kind, content in read.members if kind == "enrolment"}
        seen |= stranger.proved(read, box["team"], box["secret"] if answered == {box["invitation"]} else "")
    assert seen == {"enrolment", "certificate", "directory", "keys", "guest", "roots"}


def test_a_stranger_counts_the_same_sign() -> None:
    device = "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8"

    assert stranger.sign_of(device) == fingerprint(bytes.fromhex(device))


@needs_tools
def test_the_part_in_the_museum_withholds_and_the_return_does_not(tmp_path: Path) -> None:
    key = tmp_path / "key.txt"
    key.write_text("\n".join(KEYS["team"]) + "\n", encoding="utf-8")

    part, whole = (stranger.read(MUSEUM / f"{name}.iowbundle", key) for name in ("part", "return"))

    said = [
        {event.get("value") for event in each.events if event["kind"] == "answer-recorded"} for each in (part, whole)
    ]
    assert said == [{"Elm Grove", "12"}, {"Elm Grove", "12", "met", "Talks"}]
    assert part.withheld > 0


def said(read: stranger.Read) -> set[str]:
    return {event["value"] for event in read.events if event["kind"] == "answer-recorded"}


def test_the_stranger_uses_nothing_of_ours() -> None:
    source = Path(stranger.__file__).read_text(encoding="utf-8")
    imported = {
        name
        for node in ast.walk(ast.parse(source))
        for name in (
            [each.name for each in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }

    assert not [name for name in imported if name.startswith(("iowscp_desktop", "tests"))]


@pytest.mark.parametrize("place", [5, 600, 1024, 2100, 3000, 4200])
def test_the_stranger_notices_a_changed_byte(place: int) -> None:
    plain = bytearray(archive()[0])
    assert stranger.read_plain(bytes(plain)).events[0]["value"] == "met"
    plain[place] ^= 1

    with pytest.raises((stranger.Wrong, InvalidSignature, ValueError, LookupError)):
        stranger.read_plain(bytes(plain))


def test_files_of_the_trial_versions_are_named_for_what_they_are(tmp_path: Path) -> None:
    def older(manifest: dict[str, Any]) -> None:
        manifest["v"] = 0

    invitation = tmp_path / "x.iowinvite"
    invitation.write_bytes(b"iowscp-invitation/v0\n{}\n")

    with pytest.raises(OlderBundle):
        received(forged(older))
    with (
        pytest.raises(OlderBundle),
        open_invitation(invitation, code=KEYS["codes"]["panel"], now=from_stored(KEYS["at"])),
    ):
        pass


def test_the_example_on_the_page_is_what_the_program_writes() -> None:
    page = PAGE.read_text(encoding="utf-8")

    assert written(page) == page, "run python -m tests.bundles.format_example"
    assert format_example.example().count("```") > 20
