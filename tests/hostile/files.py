"""Files that were damaged on the way, or taken apart and put together again by somebody who knows how."""

import io
import random
import tarfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import zstandard

from iowscp_desktop.bundles import LIMITS, MemberSource
from iowscp_desktop.bundles.archive import BLOCK, member_name, tar_header
from iowscp_desktop.bundles.canonical import canonical
from iowscp_desktop.crypto import SigningKey
from tests.app.test_hostile_returns import answer
from tests.bundles.post import Entries, archive_of, signed_again, with_manifest
from tests.bundles.test_hostile import member
from tests.hostile.ground import Ground
from tests.hostile.trying import Attack, fresh

Change = Callable[[dict[str, Any]], None]
CHUNK = 64 * 1024 + 16
"""What age seals at a time."""


def _signing(ground: Ground) -> SigningKey:
    return ground.liar.ws.keys.signing


# --- damaged -------------------------------------------------------------------------------------

_LARGE = random.Random(7).randbytes(200_000)


def _large(ground: Ground) -> bytes:
    """A good file of several pieces of age's."""
    chain = ground.liar.sealed(ground.liar.chain([answer("heard_evidence", f"large, {next(ground.names)}")]))
    path = ground.liar.write(chain, more=[MemberSource.of_bytes("future", _LARGE)])
    content = path.read_bytes()
    path.unlink()
    return content


def cut_off(ground: Ground, chance: random.Random) -> bytes:
    """Cut where something ends: a line of the header, a piece of age's, the last byte; or anywhere."""
    content = _large(ground)
    head = content.index(b"\n--- ")
    lines = [at + 1 for at in range(head + 60) if content[at : at + 1] == b"\n"]
    body = content.index(b"\n", head + 1) + 1
    pieces = list(range(body + 16, len(content), CHUNK))
    ends = [0, 1, *lines, body, *pieces, *(each - 1 for each in pieces), len(content) - 16, len(content) - 1]
    return content[: chance.choice([*ends, chance.randrange(len(content))])]


def cut_off_inside(ground: Ground, chance: random.Random) -> bytes:
    """Cut the archive at a block, or anywhere, and seal what is left."""
    plain = ground.plain(ground.fresh())
    ends = [*range(0, len(plain), BLOCK), chance.randrange(len(plain))]
    return ground.sealed(plain[: chance.choice(ends)])


_GOOD: dict[Path, bytes] = {}


def _good(ground: Ground) -> bytes:
    """One good file of this ground, which is never taken in."""
    if ground.folder not in _GOOD:
        _GOOD[ground.folder] = ground.fresh()
    return _GOOD[ground.folder]


def flipped(ground: Ground, chance: random.Random) -> bytes:
    """One bit of a file is another."""
    broken = bytearray(_good(ground))
    broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
    return bytes(broken)


def flipped_inside(ground: Ground, chance: random.Random) -> bytes:
    """One bit inside the seal is another, and it is sealed again."""
    broken = bytearray(ground.plain(_good(ground)))
    broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
    return ground.sealed(bytes(broken))


# --- taken apart ---------------------------------------------------------------------------------


def edited_manifest(ground: Ground, chance: random.Random) -> bytes:
    """The manifest says something else, and the signature is the old one."""
    inside = ground.fresh_inside()
    manifest = msgspec.json.decode(inside[0][1])
    chance.choice(_EDITS)(manifest)
    return ground.sealed([("manifest.json", canonical(manifest)), *inside[1:]])


def _put(key: str, value: object) -> Change:
    def change(manifest: dict[str, Any]) -> None:
        manifest[key] = value

    return change


_EDITS = (
    _put("number", 100), _put("bundle", "c" * 32), _put("type", "handover"),
    _put("created", "2027-01-01T00:00:00.000Z"),
    _put("prev", "ab" * 32), _put("seen", {"ef" * 16: 3}), _put("app", "2"),
)  # fmt: skip


def edited_member(ground: Ground, chance: random.Random) -> bytes:
    """A member holds something else than the manifest says."""
    inside = ground.fresh_inside()
    content = bytearray(inside[2][1])
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    return ground.sealed([*inside[:2], (inside[2][0], bytes(content)), *inside[3:]])


def out_of_order(ground: Ground, chance: random.Random) -> bytes:
    """The archive's parts stand in another order."""
    inside = ground.fresh_inside()
    inside = [*inside, (member_name(len(inside) - 2), b"one more")]
    moved = list(inside)
    while moved == inside:
        chance.shuffle(moved)
    return ground.sealed(moved)


def extra_member(ground: Ground, chance: random.Random) -> bytes:
    """There is a part that nobody signed."""
    inside = ground.fresh_inside()
    name = chance.choice([member_name(len(inside) - 2), "m/000000", "m/999999", "manifest.json", "notes.txt"])
    return ground.sealed([*inside, (name, chance.randbytes(chance.randrange(2000)))])


def missing_member(ground: Ground, chance: random.Random) -> bytes:
    """A part is not there."""
    inside = ground.fresh_inside()
    del inside[chance.randrange(len(inside))]
    return ground.sealed(inside)


_PATHS = (
    "../../evil", "/etc/passwd", "m/000000/../../x", "C:\\Windows\\x", "m\\000000", "M/000000", "m/00000", "m/000000 ",
    "~/.bashrc", "m/\u202e000000"[:9], "NUL", "m/000001", "./m/000000", "//server/share/x",
)  # fmt: skip


def path_trick(ground: Ground, chance: random.Random) -> bytes:
    """A part is called as no part is."""
    inside = ground.fresh_inside()
    renamed = [*inside[:2], (chance.choice(_PATHS), inside[2][1]), *inside[3:]]
    return ground.sealed(_plain_tar(renamed))


def _plain_tar(inside: Entries) -> bytes:
    try:
        return archive_of(inside)
    except (UnicodeEncodeError, ValueError):
        return archive_of([(name.encode("ascii", "replace").decode(), content) for name, content in inside])


def linked(ground: Ground, chance: random.Random) -> bytes:
    """A part is a link, a folder or a device."""
    inside = ground.fresh_inside()
    entry = tarfile.TarInfo("m/000000")
    entry.type = chance.choice([tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE])
    entry.linkname, entry.mode = chance.choice(["/etc/passwd", "../../evil", "manifest.json"]), 0o600
    plain = archive_of(inside)
    at = plain.index(tar_header("m/000000", len(inside[2][1])))
    return ground.sealed(plain[:at] + entry.tobuf(tarfile.USTAR_FORMAT) + plain[at + BLOCK :])


def other_archive(ground: Ground, chance: random.Random) -> bytes:
    """The archive was written by another program."""
    sink = io.BytesIO()
    form = chance.choice([tarfile.GNU_FORMAT, tarfile.PAX_FORMAT, tarfile.USTAR_FORMAT])
    with tarfile.open(fileobj=sink, mode="w", format=form) as archive:
        for name, content in ground.fresh_inside():
            entry = tarfile.TarInfo(name)
            entry.size, entry.mtime = len(content), 1 + chance.randrange(9)
            archive.addfile(entry, io.BytesIO(content))
    return ground.sealed(sink.getvalue())


# --- bombs and lies ------------------------------------------------------------------------------


def _with_members(ground: Ground, lines: list[dict[str, Any]], contents: list[bytes]) -> bytes:
    inside = ground.fresh_inside()
    inside = [*inside[:2], *((member_name(place), content) for place, content in enumerate(contents))]
    return ground.sealed(signed_again(inside, _put("members", lines), signer=_signing(ground)))


def with_members(ground: Ground, _chance: random.Random) -> bytes:
    """The twin of bombs: the very members, told truly."""
    (_manifest, _signature, (_name, packed), *_rest) = ground.fresh_inside()
    content = zstandard.ZstdDecompressor().decompressobj().decompress(packed)
    return _with_members(ground, [member(content, packed)], [packed])


@cache
def _zeros(mebibytes: int) -> bytes:
    return zstandard.compress(bytes(mebibytes * 1024 * 1024))


def zstd_bomb(ground: Ground, chance: random.Random) -> bytes:
    """A small part unpacks to a large one, and tells it or lies about it."""
    size = chance.choice([60, 150])
    packed = _zeros(size)
    told = chance.choice([size * 1024 * 1024, len(packed) * 100, 1000])
    return _with_members(ground, [member(b"x", packed, size=told)], [packed])


def tar_bomb(ground: Ground, chance: random.Random) -> bytes:
    """A header says that gigabytes follow."""
    name, size = chance.choice(["manifest.json", "manifest.sig", "m/000000"]), chance.choice([2**31, 2**32, 2**33 - 1])
    inside = ground.fresh_inside()
    at = next((place for place, (each, _content) in enumerate(inside) if each == name), 0)
    return ground.sealed(archive_of(inside[:at]).rstrip(b"\0") + tar_header(name, size) + bytes(65_536))


def deep_json(ground: Ground, chance: random.Random) -> bytes:
    """Lists in lists in lists."""
    depth = chance.choice([1_000, 50_000, 400_000])
    deep = b"[" * depth + b"]" * depth
    inside = ground.fresh_inside()
    if chance.random() < 0.5:
        text = deep if chance.random() < 0.5 else inside[0][1][:-1] + b',"zz":' + deep + b"}"
        return ground.sealed(with_manifest(inside, text, signer=_signing(ground)))
    content = zstandard.ZstdDecompressor().decompressobj().decompress(inside[2][1])
    lie = content.replace(b'"payload":{', b'"payload":{"aa":' + deep + b",")
    return _with_members(ground, [member(lie, lie, codec="none")], [lie])


@cache
def _million(count: int) -> bytes:
    return b",".join(b'{"codec":"none","csize":0,"i":%d,"kind":"x"}' % number for number in range(count))


def many_members(ground: Ground, chance: random.Random) -> bytes:
    """The manifest lists one part more than may be, or a million."""
    count = chance.choice([LIMITS.members + 1, 1_000_000])
    inside = ground.fresh_inside()
    start, rest = inside[0][1].split(b'"members":[', 1)
    text = start + b'"members":[' + _million(count) + rest[rest.index(b"]") :]
    return ground.sealed(with_manifest(inside, text, signer=_signing(ground)))


def lying_size(ground: Ground, chance: random.Random) -> bytes:
    """The manifest lies about how large a part is, packed or unpacked."""
    inside = ground.fresh_inside()
    name = chance.choice(["size", "csize"])

    def change(manifest: dict[str, Any]) -> None:
        line = manifest["members"][0]
        line[name] = chance.choice([0, line[name] - 1, line[name] + 1, line[name] * 2, 2**31, 2**40])

    return ground.sealed(signed_again(inside, change, signer=_signing(ground)))


def duplicate_keys(ground: Ground, chance: random.Random) -> bytes:
    """One key twice, so that two readers could read two things."""
    inside = ground.fresh_inside()
    if chance.random() < 0.5:
        key = chance.choice([b'"number":', b'"signer":', b'"type":', b'"to":', b'"project":'])
        at = inside[0][1].index(key)
        end = inside[0][1].index(b',"', at + 1) if b',"' in inside[0][1][at + 1 :] else len(inside[0][1]) - 1
        piece = inside[0][1][at:end]
        text = inside[0][1][:at] + piece + b"," + inside[0][1][at:]
        return ground.sealed(with_manifest(inside, text, signer=_signing(ground)))
    content = zstandard.ZstdDecompressor().decompressobj().decompress(inside[2][1])
    old, new = chance.choice(_TWICE)
    lie = content.replace(old, new + b"," + old)
    assert lie != content
    packed = zstandard.compress(lie)
    return _with_members(ground, [member(lie, packed)], [packed])


_TWICE = (
    (b'"kind":"answer-recorded","q', b'"kind":"answer-recorded"'),
    (b'"question_id":', b'"question_id":"adult"'),
    (b'"header":', b'"header":{}'),
    (b'"salt":', b'"salt":"00"'),
    (b'"count":', b'"count":0'),
    (b'"seq":', b'"seq":7'),
)  # fmt: skip


def downgraded(ground: Ground, chance: random.Random) -> bytes:
    """A file that asks to be read by older, weaker rules, or says it is of a later version."""
    change = chance.choice(
        [_put("v", 0), _put("v", -1), _put("format", "iowscp-bundle/v0"), _put("v", 2), _put("critical", ["seal/v0"]),
         _put("v", None), _put("v", "1"), _put("min_reader", 2)]
    )  # fmt: skip
    return ground.sealed(signed_again(ground.fresh_inside(), change, signer=_signing(ground)))


def truly_changed(ground: Ground, _chance: random.Random) -> bytes:
    """The twin of all that is signed again: another number, and nothing false."""
    number = 1000 + next(ground.names)
    return ground.sealed(signed_again(ground.fresh_inside(), _put("number", number), signer=_signing(ground)))


ATTACKS = (
    Attack("cut off, at every kind of boundary", cut_off, fresh, 300),
    Attack("cut off inside the seal", cut_off_inside, fresh, 200),
    Attack("a bit flipped", flipped, fresh, 10_000),
    Attack("a bit flipped inside, sealed again", flipped_inside, fresh, 1_000),
    Attack("manifest edited, old signature", edited_manifest, truly_changed, 100),
    Attack("member edited", edited_member, fresh, 200),
    Attack("members in another order", out_of_order, fresh, 100),
    Attack("an extra member", extra_member, fresh, 100),
    Attack("a missing member", missing_member, fresh, 100),
    Attack("paths that lead elsewhere", path_trick, fresh, 100),
    Attack("links, folders and devices as members", linked, fresh, 100),
    Attack("an archive written by other hands", other_archive, fresh, 60),
    Attack("zstd bombs", zstd_bomb, with_members, 40),
    Attack("tar bombs", tar_bomb, fresh, 60),
    Attack("JSON nested deep", deep_json, with_members, 60),
    Attack("too many members (to a million)", many_members, truly_changed, 20),
    Attack("a size that is a lie", lying_size, truly_changed, 100),
    Attack("one key twice", duplicate_keys, with_members, 100),
    Attack("downgrades and unknown versions", downgraded, truly_changed, 100),
)
