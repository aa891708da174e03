"""An invitation opens for the code that was said, in time, and for no other; everything else is told apart."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from typing_extensions import override

from iowscp_desktop.bundles import (
    InvitationDraft,
    MemberSource,
    open_invitation,
    write_invitation,
    write_new_file,
)
from iowscp_desktop.bundles.canonical import canonical
from iowscp_desktop.bundles.files import INVITATION_MAGIC
from iowscp_desktop.bundles.invitations import _opened_box, _read_header
from iowscp_desktop.crypto import Cost, Identity, SigningKey, new_one_time_code
from iowscp_desktop.errors import (
    BundleDamaged,
    BundleError,
    BundleTruncated,
    CodeTypo,
    FileUnreadable,
    InvitationExpired,
    NewerBundle,
    NotABundle,
    NotForYou,
    SignerNotAllowed,
    UnknownSigner,
    WrongCode,
)
from tests.bundles.post import DRAFT, posted

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
EXPIRES = NOW + timedelta(days=14)
TEAM_KEY = SigningKey.generate()
CHEAP = Cost(memory_kib=19 * 1024, passes=2, lanes=1)
CODE = new_one_time_code()
TOOL = b"the tool, the assignment, the response id"


def written(path: Path, *, code: str = CODE, signer: SigningKey = TEAM_KEY, sort: str = "invitation") -> bytes:
    """Write an invitation; return its secret."""
    return write_new_file(
        path,
        lambda sink: write_invitation(
            sink,
            invitation=InvitationDraft(invitation="in" * 16, expires=EXPIRES, code=code, cost=CHEAP),
            draft=replace(DRAFT, type=sort, prev=None),
            members=[MemberSource.of_bytes("tools", TOOL)],
            signer=signer,
        ),
    )


def opened(path: Path, code: str = CODE, *, now: datetime = NOW) -> tuple[str, bytes, SigningKey | str, list[bytes]]:
    with open_invitation(path, code=code, now=now) as invitation:
        contents = [content.whole() for _, content in invitation.bundle.members()]
        invitation.bundle.finish()
        return invitation.invitation, invitation.secret, invitation.team.hex, contents


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "audit.iowinvite"


def test_the_code_opens_the_invitation_and_pins_the_teams_key(path: Path) -> None:
    secret = written(path)

    assert opened(path) == ("in" * 16, secret, TEAM_KEY.verify_key.hex, [TOOL])
    assert opened(path, f" {CODE.lower().replace('-', ' ')} ")[3] == [TOOL]
    assert len(secret) == 32


def test_another_code_does_not_open_it(path: Path) -> None:
    written(path)

    with pytest.raises(WrongCode):
        opened(path, new_one_time_code())


def test_a_slip_in_the_code_is_noticed_before_anything_is_tried(tmp_path: Path) -> None:
    slip = ("1" if CODE[0] != "1" else "2") + CODE[1:]

    with pytest.raises(CodeTypo):
        opened(tmp_path / "not even there", slip)


def test_it_opens_until_its_last_moment_and_not_after(path: Path) -> None:
    written(path)

    assert opened(path, now=EXPIRES - timedelta(milliseconds=1))[3] == [TOOL]
    with pytest.raises(InvitationExpired, match=r"07\.12\.2026"):
        opened(path, now=EXPIRES)


def test_a_damaged_beginning_a_damaged_end_and_a_missing_end_are_refused(path: Path) -> None:
    written(path)
    whole = path.read_bytes()
    header_end = whole.index(b"\n", len(INVITATION_MAGIC)) + 1

    for length in (0, 5, 30, header_end - 1, header_end, header_end + 30, len(whole) - 1):
        path.write_bytes(whole[:length])
        with pytest.raises((BundleDamaged, BundleTruncated, NotABundle)):
            opened(path)
    path.write_bytes(whole[:-20] + bytes([whole[-20] ^ 1]) + whole[-19:])
    with pytest.raises(BundleDamaged):
        opened(path)
    path.write_bytes(whole)
    assert opened(path)[3] == [TOOL]


def test_flipped_bits_of_the_header_line_are_refused_by_name(path: Path) -> None:
    written(path)
    whole = path.read_bytes()
    header_end = whole.index(b"\n", len(INVITATION_MAGIC)) + 1

    for place in range(0, header_end, 13):
        broken = bytearray(whole)
        broken[place] ^= 1 << place % 8
        path.write_bytes(bytes(broken))
        with pytest.raises(BundleError):
            opened(path)


def edited(path: Path, change: Callable[[dict[str, object]], None]) -> None:
    whole = path.read_bytes()
    end = whole.index(b"\n", len(INVITATION_MAGIC))
    header = msgspec.json.decode(whole[len(INVITATION_MAGIC) : end])
    change(header["kdf"])
    path.write_bytes(INVITATION_MAGIC + canonical(header) + whole[end:])


@pytest.mark.parametrize("memory", [8, 64 * 1024 * 1024])
def test_a_header_that_asks_for_too_little_or_too_much_work_is_refused_at_once(path: Path, memory: int) -> None:
    written(path)
    edited(path, lambda kdf: kdf.update(memory_kib=memory))

    with pytest.raises(BundleDamaged):
        opened(path)


@pytest.mark.parametrize("change", [{"salt": "00" * 16}, {"passes": 3}])
def test_a_header_whose_settings_were_edited_opens_with_no_code(path: Path, change: dict[str, object]) -> None:
    written(path)
    edited(path, lambda kdf: kdf.update(change))

    with pytest.raises(WrongCode):
        opened(path)


def test_other_files_and_invitations_of_the_future_are_told_apart(path: Path) -> None:
    path.write_bytes(posted())
    with pytest.raises(NotABundle):
        opened(path)
    path.write_bytes(b"iowscp-invitation/v9\nwhatever")
    with pytest.raises(NewerBundle):
        opened(path)
    path.unlink()
    with pytest.raises(FileUnreadable):
        opened(path)


def test_the_bundle_of_another_invitation_cannot_be_put_behind_a_header(path: Path, tmp_path: Path) -> None:
    written(path)
    other = tmp_path / "other.iowinvite"
    written(other, signer=SigningKey.generate())
    whole, foreign = path.read_bytes(), other.read_bytes()
    cut = whole.index(b"age-encryption.org")

    path.write_bytes(whole[:cut] + foreign[foreign.index(b"age-encryption.org") :])
    with pytest.raises(NotForYou):
        opened(path)


def test_a_bundle_behind_the_header_must_be_signed_by_the_key_in_it(path: Path) -> None:
    """Even from somebody who has the code: what it pins is the team's key, not a right to speak for it."""
    written(path)
    whole = path.read_bytes()
    with path.open("rb") as stream:
        box = _opened_box(_read_header(stream), CODE)
        identity = Identity.from_text(box.identity)
    forged = posted([], draft=replace(DRAFT, type="invitation"), recipients=[identity.recipient])

    path.write_bytes(whole[: whole.index(b"age-encryption.org")] + forged)
    with pytest.raises(UnknownSigner):
        opened(path)


def test_an_invitation_holds_a_bundle_of_that_type_only(path: Path) -> None:
    written(path, sort="return")

    with pytest.raises(SignerNotAllowed):
        opened(path)


def test_two_invitations_share_neither_secret_nor_bytes(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"

    assert written(one) != written(two)
    assert one.read_bytes()[200:] != two.read_bytes()[200:]


def test_neither_code_nor_secret_nor_tool_is_in_the_file_or_in_a_repr(path: Path) -> None:
    secret = written(path)
    draft = InvitationDraft(invitation="x", expires=EXPIRES, code=CODE)

    with open_invitation(path, code=CODE, now=NOW) as invitation:
        assert repr(secret) not in repr(invitation)
    assert CODE not in repr(draft)
    for hidden in (CODE.encode(), CODE.replace("-", "").encode(), secret, secret.hex().encode(), TOOL):
        assert hidden not in path.read_bytes()


def test_a_sink_that_fails_leaves_no_invitation(tmp_path: Path) -> None:
    class Full(io.BytesIO):
        @override
        def write(self, _: object, /) -> int:
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        write_invitation(
            Full(),
            invitation=InvitationDraft(invitation="x", expires=EXPIRES, code=CODE, cost=CHEAP),
            draft=replace(DRAFT, type="invitation"),
            members=[],
            signer=TEAM_KEY,
        )
