"""Checks of the program switched off, one by one: the judge of the table then sees the attack come in.

Where a second check behind the first still keeps an attack out, that is shown too, and both are switched off.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
import zstandard
from typing_extensions import override

from iowscp_desktop.app import attached, merging, taking
from iowscp_desktop.app.acquaintance import Acquaintance
from iowscp_desktop.app.circle import Circle
from iowscp_desktop.bundles import invitations, reading
from iowscp_desktop.bundles import manifest as manifests
from iowscp_desktop.bundles.archive import BLOCK, member_name
from iowscp_desktop.bundles.manifest import Manifest, Member
from iowscp_desktop.crypto import Identity, VerifyKey
from iowscp_desktop.domain import grants, journal
from iowscp_desktop.store import stories
from iowscp_desktop.store import taking as store_taking
from tests.bundles.post import archive_of, entries_of, signed_again, with_manifest
from tests.bundles.test_hostile import member
from tests.hostile import accidents, files, people, words
from tests.hostile.ground import Ground, prepare
from tests.hostile.table import Row
from tests.hostile.trying import Attack, fresh, try_attack

TRIES, SEED = 2, 3

Switch = Callable[[pytest.MonkeyPatch], None]


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    made = prepare(tmp_path_factory.mktemp("controls") / "ground")
    yield made
    made.close()  # it is not verified: what a switched-off check let in is in it


@pytest.fixture
def own_ground(tmp_path: Path) -> Iterator[Ground]:
    """For what leaves a workspace behind that nobody can read any more."""
    made = prepare(tmp_path / "ground")
    yield made
    made.close()


# --- checks that do nothing ----------------------------------------------------------------------


class _AnyBytes(bytes):
    """Bytes that are equal to all others."""

    @override
    def __eq__(self, _other: object) -> bool:
        return True

    @override
    def __ne__(self, _other: object) -> bool:
        return False

    __hash__ = bytes.__hash__


class _AnyText(str):
    """Text that is equal to all other."""

    __slots__ = ()

    @override
    def __eq__(self, _other: object) -> bool:
        return True

    @override
    def __ne__(self, _other: object) -> bool:
        return False

    __hash__ = str.__hash__


def no_manifest_signature(patch: pytest.MonkeyPatch) -> None:
    """Whoever signed the manifest, it is good."""
    patch.setattr(reading, "_check_signature", lambda *_: None)


def no_seal_signature(patch: pytest.MonkeyPatch) -> None:
    """Whoever sealed entries, they are good."""
    patch.setattr(taking, "signature_fits", lambda *_: True)


def no_recipient(patch: pytest.MonkeyPatch) -> None:
    """The list of recipients may name another team alone."""
    proved = reading._proved  # pyright: ignore[reportPrivateUsage]

    def lax(plain: "reading._Plain", *, identities: list[Identity], **rest: object) -> reading.OpenBundle:  # pyright: ignore[reportPrivateUsage]
        return proved(plain, identities=[*identities, people.ELSEWHERE], **rest)  # type: ignore[arg-type] # handed on

    patch.setattr(reading, "_proved", lax)


def no_member_hash(patch: pytest.MonkeyPatch) -> None:
    """Every part has the digest that was signed."""
    unpacked = reading.OpenBundle._unpacked  # pyright: ignore[reportPrivateUsage]

    def lax(bundle: reading.OpenBundle, part: Member) -> Iterator[bytes]:
        return unpacked(bundle, msgspec.structs.replace(part, sha256=_AnyText(part.sha256)))

    patch.setattr(reading.OpenBundle, "_unpacked", lax)


def no_header(patch: pytest.MonkeyPatch) -> None:
    """Every header of the archive is the right one."""
    patch.setattr(reading, "tar_header", lambda *_: _AnyBytes())


def no_zeros(patch: pytest.MonkeyPatch) -> None:
    """What stands between the parts is read, and not looked at."""
    patch.setattr(reading._Plain, "expect_zeros", lambda plain, count: plain.exactly(count))  # pyright: ignore[reportPrivateUsage]


def no_canonical_form(patch: pytest.MonkeyPatch) -> None:
    """A manifest may be written in any form."""

    def lax(content: bytes, kind: type, *, what: str) -> object:
        assert what
        return msgspec.convert(msgspec.json.decode(content), kind)

    patch.setattr(manifests, "read_canonical", lax)


def no_one_form_of_events(patch: pytest.MonkeyPatch) -> None:
    """What an entry says may be written in any form."""
    patch.setattr(journal, "_require_one_form", lambda *_: None)


def no_expiry(patch: pytest.MonkeyPatch) -> None:
    """Every invitation is good for ever."""
    patch.setattr(invitations, "from_stored", lambda _text: datetime.max.replace(tzinfo=UTC))


def no_tidying(patch: pytest.MonkeyPatch) -> None:
    """What was begun and could not be finished is left where it is."""
    unlink = Path.unlink

    def lax(path: Path, missing_ok: bool = False) -> None:  # noqa: FBT001, FBT002 - as every path has it
        if path.suffix != ".part":
            unlink(path, missing_ok)

    patch.setattr(Path, "unlink", lax)


def no_grants(patch: pytest.MonkeyPatch) -> None:
    """Everybody may write everything."""
    patch.setattr(grants, "refusal", lambda *_, **__: None)


def no_project(patch: pytest.MonkeyPatch) -> None:
    """Every file is told to be of this project."""
    trust = Acquaintance.trust

    def lax(about: Acquaintance, manifest: Manifest, introduction: bytes | None) -> VerifyKey:
        ours = about._ws.about.project  # pyright: ignore[reportPrivateUsage]
        return trust(about, msgspec.structs.replace(manifest, project=ours), introduction)

    patch.setattr(Acquaintance, "trust", lax)


def no_revocations(patch: pytest.MonkeyPatch) -> None:
    """No device that carries a file was ever revoked."""
    patch.setattr(Circle, "revoked", frozenset())


def no_sizes(patch: pytest.MonkeyPatch) -> None:
    """Parts may say that they are as large as they like."""
    patch.setattr(reading, "_check_sizes", lambda *_: None)


def no_sniffing(patch: pytest.MonkeyPatch) -> None:
    """Evidence is what it is called."""
    patch.setattr(attached, "_is_unlike", lambda *_: False)


def no_parting(patch: pytest.MonkeyPatch) -> None:
    """No range ever tells another story than the one before."""
    patch.setattr(stories, "parting", lambda *_: None)


def no_known_files(patch: pytest.MonkeyPatch) -> None:
    """No file is known by its bytes."""
    patch.setattr(merging, "_taken_before", lambda *_: None)


def no_known_entries(patch: pytest.MonkeyPatch) -> None:
    """Of no stream is anything known."""
    end_of = store_taking.end_of

    def forgetful(*given: object) -> store_taking.End:
        end = end_of(*given)  # type: ignore[arg-type] # handed on
        checked = given[1]
        assert isinstance(checked, store_taking.CheckedRange)
        return store_taking.End(no=end.no, space=end.space, last=0, link=checked.piece.stream.genesis)

    patch.setattr(store_taking, "end_of", forgetful)


# --- attacks that only one check stands against --------------------------------------------------


def exchanged(ground: Ground, _chance: random.Random) -> bytes:
    """Evidence is exchanged for other bytes of the same length, after all was signed."""
    inside = entries_of(ground.plain(people.document_attached(ground, _chance)))
    name, content = inside[-1]
    return ground.sealed([*inside[:-1], (name, content.replace(b"x", b"y"))])


def hidden(ground: Ground, chance: random.Random) -> bytes:
    """Something is written into the zeros behind a part."""
    plain = bytearray(ground.plain(ground.fresh()))
    size = len(entries_of(bytes(plain))[0][1])
    plain[BLOCK + size + chance.randrange(-size % BLOCK)] = 7
    return ground.sealed(bytes(plain))


@dataclass(frozen=True)
class _Bomb:
    mebibytes: int = 20

    def __call__(self, ground: Ground, _chance: random.Random) -> bytes:
        """Beside a good list of entries lies a part that unpacks to a thousand times its size, and says so."""
        inside = ground.fresh_inside()
        bomb, size = zstandard.compress(bytes(self.mebibytes * 1024**2)), self.mebibytes * 1024**2
        line = member(bytes(size), bomb, i=len(inside) - 2, kind="future")

        def add(manifest: dict[str, list[object]]) -> None:
            manifest["members"].append(line)

        signed = signed_again(inside, add, signer=ground.liar.ws.keys.signing)
        return ground.sealed(archive_of([*signed, (member_name(len(inside) - 2), bomb)]))


def key_twice(ground: Ground, _chance: random.Random) -> bytes:
    """The manifest says its number twice, and is signed like that."""
    inside = ground.fresh_inside()
    text = inside[0][1].replace(b'"number":', b'"number":7,"number":')
    return ground.sealed(with_manifest(inside, text, signer=ground.liar.ws.keys.signing))


def cloned_further(ground: Ground, _chance: random.Random) -> bytes:
    """Two copies of one laptop go on under the same numbers, and the second one goes further."""
    key, liar = ground.liar.ws.keys.signing, ground.liar
    words = [people.said(ground) for _ in range(5)]
    stream, entries = liar.chain(words[:2])
    first = people.written_by(ground, [liar.sealed((stream, entries))], signer=key)
    (done,) = ground.take([ground.put(first)])
    assert done.refused is None
    other = liar.retell(stream, liar.chain(words[2:])[1])
    return people.written_by(ground, [liar.sealed((stream, other))], signer=key)


# --- the table -----------------------------------------------------------------------------------


def _named(name: str) -> Attack:
    (found,) = (each for each in (*files.ATTACKS, *people.ATTACKS, *words.ATTACKS) if each.name == name)
    return found


@dataclass(frozen=True)
class Control:
    """What comes in once checks are switched off, and no sooner."""

    attack: Attack
    last: Switch
    """The check without which it comes in."""
    first: tuple[Switch, ...] = ()
    """Checks before it, which alone are not enough: without them the attack is still kept out."""
    share: float = 1.0
    """Which part of the tries comes in; less than all where some of the kind meet other checks."""


CONTROLS = (
    Control(_named("manifest edited, old signature"), no_manifest_signature),
    Control(_named("forged signers"), no_seal_signature, (no_manifest_signature,), share=0.5),
    Control(_named("a file for another team, sealed again to us"), no_recipient),
    Control(Attack("evidence exchanged", exchanged, fresh), no_member_hash),
    Control(_named("links, folders and devices as members"), no_header),
    Control(_named("paths that lead elsewhere"), no_header),
    Control(Attack("something between the parts", hidden, fresh), no_zeros),
    Control(Attack("one key twice in the manifest", key_twice, fresh), no_canonical_form),
    Control(Attack("a bomb beside good entries", _Bomb(), fresh), no_sizes),
    Control(_named("a file of another project"), no_project),
    Control(_named("entries for another school"), no_grants),
    Control(_named("entries for another round"), no_grants),
    Control(_named("entries of another role"), no_grants, share=0.5),
    Control(_named("entries of a revoked device, carried by another"), no_grants),
    Control(_named("a revoked device goes on sending"), no_grants, (no_revocations,)),
    Control(_named("programs, macros and polyglots attached"), no_sniffing),
    Control(Attack("one device, cloned, that goes further", cloned_further, fresh), no_parting),
)

UNREADABLE = Control(_named("an event that can be read in two ways, rightly sealed"), no_one_form_of_events)


def _id(control: Control) -> str:
    return control.attack.name.replace(" ", "-")


def _tried(control: Control, ground: Ground) -> Row:
    return try_attack(control.attack, ground, TRIES, SEED)


@pytest.mark.parametrize(
    ("name", "switch"),
    [
        ("expired signers: an invitation after its time", no_expiry),
        pytest.param(
            "the stick is full or pulled out while writing",
            no_tidying,
            marks=pytest.mark.skipif(not accidents.may_mount(), reason="a stick that is full needs root"),
        ),
    ],
)
def test_bad_luck_is_seen_once_nobody_guards_against_it(
    name: str, switch: Switch, ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    (accident,) = (each for each in accidents.ACCIDENTS if each.name == name)
    clean = accidents.try_accident(accident, ground, 4, SEED)
    assert clean.is_clean, clean

    switch(monkeypatch)
    row = accidents.try_accident(accident, ground, 4, SEED)

    assert row.accepted or row.left, row


@pytest.mark.parametrize("control", CONTROLS, ids=_id)
def test_an_attack_is_seen_to_come_in_once_its_check_is_off(
    control: Control, ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    _require_in_and_no_sooner(control, ground, monkeypatch)


def test_an_event_that_can_be_read_in_two_ways_is_seen_to_come_in_too(
    own_ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    _require_in_and_no_sooner(UNREADABLE, own_ground, monkeypatch)


def _require_in_and_no_sooner(control: Control, ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    kept_out = _tried(control, ground)
    assert kept_out.is_clean, kept_out
    for switch in control.first:
        switch(monkeypatch)
        still = _tried(control, ground)
        assert not still.accepted, still

    control.last(monkeypatch)
    row = _tried(control, ground)

    assert row.accepted >= TRIES * control.share, row
    assert not row.is_clean


def test_an_edited_list_of_entries_is_kept_out_by_its_own_chain_where_nobody_compares_digests(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_member_hash(monkeypatch)

    row = _tried(Control(_named("member edited"), no_member_hash), ground)

    assert row.is_clean, row


def test_a_clone_that_goes_no_further_is_no_longer_told_once_nobody_looks_for_second_stories(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    attack = Control(_named("one device, cloned"), no_parting)
    assert _tried(attack, ground).aside == TRIES

    no_parting(monkeypatch)
    row = _tried(attack, ground)

    assert (row.accepted, row.aside) == (0, 0), row


def test_a_replay_is_kept_out_three_times_over(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    replay = Control(_named("replays"), no_known_entries)
    no_known_files(monkeypatch)
    row = _tried(replay, ground)
    assert row.is_clean, row

    no_known_entries(monkeypatch)
    row = _tried(replay, ground)

    assert not row.is_clean, row
    assert row.crashed, "one entry, one row: that is the table's own rule"
    assert not row.accepted
