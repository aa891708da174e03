"""When this program is gone, `age` and `tar` still open what it sealed."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.bundles.post import ENTRIES, EVIDENCE, TEAM, plain_of, posted, received

pytestmark = pytest.mark.skipif(
    shutil.which("age") is None or shutil.which("tar") is None,
    reason="NOT PROVED HERE: `age` or `tar` is not installed (apt-get install age tar)",
)


def test_age_and_tar_open_a_bundle_and_zstd_members_are_plain_zstd(tmp_path: Path) -> None:
    bundle, key, out = tmp_path / "x.iowbundle", tmp_path / "key.txt", tmp_path / "out"
    bundle.write_bytes(posted())
    key.write_text(TEAM.to_text() + "\n")
    out.mkdir()

    opened = subprocess.run(["age", "-d", "-i", key, bundle], check=True, capture_output=True)
    unpacked = subprocess.run(["tar", "-xvf", "-", "-C", out], input=opened.stdout, check=True, capture_output=True)

    assert unpacked.stderr == b""
    assert unpacked.stdout.decode().split() == ["manifest.json", "manifest.sig", "m/000000", "m/000001", "m/000002"]
    assert (out / "m/000001").read_bytes() == EVIDENCE
    assert (out / "m/000002").read_bytes() == b""
    assert (out / "m/000000").read_bytes().startswith(b"\x28\xb5\x2f\xfd")


@pytest.mark.skipif(shutil.which("zstd") is None, reason="NOT PROVED HERE: `zstd` is not installed")
def test_the_zstd_tool_unpacks_a_packed_member(tmp_path: Path) -> None:
    bundle, key = tmp_path / "x.iowbundle", tmp_path / "key.txt"
    bundle.write_bytes(posted())
    key.write_text(TEAM.to_text() + "\n")
    opened = subprocess.run(["age", "-d", "-i", key, bundle], check=True, capture_output=True)
    member = subprocess.run(["tar", "-xO", "m/000000"], input=opened.stdout, check=True, capture_output=True)

    plain = subprocess.run(["zstd", "-dc"], input=member.stdout, check=True, capture_output=True)

    assert plain.stdout == ENTRIES


def test_what_age_itself_seals_we_open_as_far_as_it_is_ours(tmp_path: Path) -> None:

    plain = tmp_path / "plain.tar"
    plain.write_bytes(plain_of(posted()))
    sealed = subprocess.run(["age", "-r", TEAM.recipient.text, plain], check=True, capture_output=True).stdout

    assert received(sealed)[1] == [ENTRIES, EVIDENCE, b""]
