"""A reader by somebody who has `docs/bundle-format.md` and nothing of ours: the standard library, age, zstd, and kept
libraries for Ed25519, HKDF, Argon2id and ChaCha20-Poly1305.

It imports no module of the program, and a test holds it to that.
"""

import base64
import hashlib
import hmac
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


@dataclass
class Read:
    """What a stranger gets out of a bundle."""

    manifest: dict[str, Any]
    members: list[tuple[str, bytes]]
    events: list[dict[str, Any]]
    withheld: int


class Wrong(Exception):
    """The file is not what the page says."""


def require(holds: bool, what: str) -> None:  # noqa: FBT001 - reads like a sentence where it stands
    if not holds:
        raise Wrong(what)


def read(path: Path, key_file: Path) -> Read:
    plain = subprocess.run(["age", "-d", "-i", key_file, path], check=True, capture_output=True).stdout
    return read_plain(plain)


def read_plain(plain: bytes) -> Read:
    entries = untar(plain)
    require([name for name, _ in entries[:2]] == ["manifest.json", "manifest.sig"], "order")
    raw, signature = entries[0][1], entries[1][1]
    manifest = json.loads(raw)
    require(canonical(manifest) == raw, "the manifest has one form")
    require((manifest["format"], manifest["v"], manifest["min_reader"]) == ("iowscp-bundle", 1, 1), "version")
    verify(manifest["signer"], signature, "bundle-manifest/v1", raw)
    members: list[tuple[str, bytes]] = []
    require(len(entries) == 2 + len(manifest["members"]), "members")
    for place, (line, (name, packed)) in enumerate(zip(manifest["members"], entries[2:], strict=True)):
        require((name, line["i"], line["csize"]) == (f"m/{place:06d}", place, len(packed)), "places")
        content = packed if line["codec"] == "none" else unzstd(packed)
        require((len(content), hashlib.sha256(content).hexdigest()) == (line["size"], line["sha256"]), "digest")
        members.append((line["kind"], content))
    events: list[dict[str, Any]] = []
    withheld = 0
    for kind, content in members:
        if kind == "entries":
            found, bare = read_range(content)
            events += found
            withheld += bare
    return Read(manifest=manifest, members=members, events=events, withheld=withheld)


def untar(plain: bytes) -> list[tuple[str, bytes]]:
    require(len(plain) % 4096 == 0, "filled to 4 KiB")
    found: list[tuple[str, bytes]] = []
    at = 0
    while plain[at] != 0:
        name = plain[at : at + 100].rstrip(b"\0").decode("ascii")
        size = int(plain[at + 124 : at + 135], 8)
        require(plain[at : at + 512] == header(name, size), "the only header there can be")
        found.append((name, plain[at + 512 : at + 512 + size]))
        end = at + 512 + size
        at = end + -size % 512
        require(not any(plain[end:at]), "zeros between")
    require(len(plain) - at >= 1024 and not any(plain[at:]), "zeros after")
    return found


def header(name: str, size: int) -> bytes:
    before = name.encode().ljust(100, b"\0") + b"0000600\0" + b"0000000\0" * 2 + b"%011o\0" % size + b"0" * 11 + b"\0"
    after = b"0" + bytes(100) + b"ustar\x0000" + bytes(64) + b"0000000\0" * 2 + bytes(167)
    return before + b"%06o\0 " % (sum(before) + 8 * 32 + sum(after)) + after


def read_range(content: bytes) -> tuple[list[dict[str, Any]], int]:
    lines = content.split(b"\n")
    top = json.loads(lines[0])
    stream = top["stream"]
    before = hashlib.sha256(b"uk.iowscp.desktop/stream/v0\0" + compact(stream)).hexdigest()
    links: dict[int, str] = {}
    events: list[dict[str, Any]] = []
    withheld = 0
    require(len(lines) == top["count"] + 1, "count")
    for number, line in enumerate(lines[1:], start=top["first"]):
        record = json.loads(line)
        head = record["header"]
        raw = compact(head)
        require(line.startswith(b'{"header":' + raw), "the header's bytes as they came")
        require(head["seq"] == number and head["prev"] == before, "chain")
        before = links[number] = hashlib.sha256(b"uk.iowscp.desktop/entry/v0\0" + raw).hexdigest()
        if "payload" not in record:
            withheld += 1
            continue
        payload = line[line.index(b'"payload":') + 10 : -1]
        committed = hashlib.sha256(bytes.fromhex(record["salt"]) + payload).hexdigest()
        require(committed == head["commitment"], "commitment")
        require(record["payload"]["kind"] == head["kind"], "kind")
        events.append(record["payload"] | {"space": stream["space"], "device": stream["device"]})
    for seal in top["seals"]:
        if seal["last"] in links:
            require(links[seal["last"]] == seal["head"], "the seal's head")
        message = {"first": seal["first"], "head": seal["head"], "last": seal["last"], "stream": stream}
        verify(stream["device"], bytes.fromhex(seal["signature"]), "seal/v0", compact(message))
    require(max(links) in {seal["last"] for seal in top["seals"]}, "a seal under the last")
    return events, withheld


def verify(key: str, signature: bytes, context: str, message: bytes) -> None:
    signed = b"uk.iowscp.desktop/" + context.encode() + b"\0" + message
    Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(signature, signed)


def unzstd(packed: bytes) -> bytes:
    return subprocess.run(["zstd", "-dc"], input=packed, check=True, capture_output=True).stdout


def canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def compact(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


# --- invitations, and what files say of devices ----------------------------------------------------


def read_invitation(path: Path, code: str, folder: Path) -> tuple[dict[str, Any], Read]:
    """Open an invitation with its code; `folder` is for the key and the bundle that come out of it."""
    magic, line, bundle = path.read_bytes().split(b"\n", 2)
    require(magic == b"iowscp-invitation/v1", "an invitation")
    header = json.loads(line)
    require(canonical(header) == line, "its header has one form")
    kdf, sealed = header["kdf"], base64.b64decode(header["box"])
    key = hash_secret_raw(
        code.replace("-", "").encode("ascii"), bytes.fromhex(kdf["salt"]), time_cost=kdf["passes"],
        memory_cost=kdf["memory_kib"], parallelism=kdf["lanes"], hash_len=32, type=Type.ID,
    )  # fmt: skip
    bound = b"uk.iowscp.desktop/invitation-box/v1\0" + canonical(kdf)
    box = json.loads(ChaCha20Poly1305(key).decrypt(sealed[:12], sealed[12:], bound))
    (folder / "invitation.key").write_text(box["identity"] + "\n", encoding="ascii")
    (folder / "invitation.age").write_bytes(bundle)
    read_bundle = read(folder / "invitation.age", folder / "invitation.key")
    require(read_bundle.manifest["type"] == "invitation", "its bundle is one")
    require(read_bundle.manifest["signer"] == box["team"], "signed by the team that the box names")
    return box, read_bundle


def proved(bundle: Read, team: str, secret: str = "") -> set[str]:
    """Prove all that a bundle says of devices to who trusts the team's key; return the kinds that were proved."""
    roots = [json.loads(content) for kind, content in bundle.members if kind == "roots"]
    for each in roots:
        team = newest(each, team)
    done = {"roots"} if roots else set()
    for kind, content in bundle.members:
        if kind in CHECKS:
            CHECKS[kind](json.loads(content), team, secret)
            require(canonical(json.loads(content)) == content, "one form")
            done.add(kind)
    return done


def newest(roots: dict[str, Any], pinned: str) -> str:
    """Follow the steps from the key that is known to the last one."""
    before = roots["first"]
    keys = [before["key"]]
    for step in roots["steps"]:
        message = canonical(step["root"])
        verify(before["key"], bytes.fromhex(step["by_old"]), "root/v1", message)
        verify(step["root"]["key"], bytes.fromhex(step["by_new"]), "root/v1", message)
        require(step["root"]["number"] == before["number"] + 1, "numbers count up")
        before = step["root"]
        keys.append(before["key"])
    require(pinned in keys, "the key that is known is among them")
    return str(keys[-1])


def _signed(context: str) -> Any:
    def check(said: dict[str, Any], team: str, _secret: str) -> None:
        verify(team, bytes.fromhex(said["signature"]), context, canonical(said["body"]))

    return check


def _answer(said: dict[str, Any], team: str, secret: str) -> None:
    body, voucher = said["body"], said["voucher"]
    message = canonical(body)
    verify(team, bytes.fromhex(voucher["signature"]), "voucher/v1", canonical(voucher["body"]))
    verify(voucher["body"]["key"], bytes.fromhex(said["vouched"]), "vouched/v1", message)
    verify(body["device"], bytes.fromhex(said["proof"]), "enrolment/v1", message)
    require((body["invitation"], body["team"]) == (voucher["body"]["invitation"], team), "one invitation, one team")
    if secret:
        label = b"uk.iowscp.desktop/enrolment-mac/v1"
        key = HKDF(algorithm=SHA256(), length=32, salt=None, info=label).derive(bytes.fromhex(secret))
        require(hmac.digest(key, message, "sha256").hex() == said["mac"], "made with the invitation's secret")


def _guest(said: dict[str, Any], _team: str, _secret: str) -> None:
    verify(said["body"]["host"], bytes.fromhex(said["signature"]), "guest/v1", canonical(said["body"]))


def _voucher_key(said: dict[str, Any], team: str, _secret: str) -> None:
    voucher = json.loads(said["voucher"])
    _signed("voucher/v1")(voucher, team, "")
    public = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(said["key"])).public_key().public_bytes_raw()
    require(public.hex() == voucher["body"]["key"], "the key that the voucher names")


def _team(said: dict[str, Any], team: str, _secret: str) -> None:
    public = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(said["signing"])).public_key().public_bytes_raw()
    require(public.hex() == newest(json.loads(said["roots"]), team), "the newest of the team's keys")


def _keys(said: dict[str, Any], _team: str, _secret: str) -> None:
    require(all(each.startswith("AGE-SECRET-KEY-1") for each in said["identities"]), "age identities")


CHECKS: dict[str, Any] = {
    "certificate": _signed("certificate/v1"),
    "directory": _signed("directory/v1"),
    "enrolment": _answer,
    "introduction": _answer,
    "guest": _guest,
    "voucher-key": _voucher_key,
    "team": _team,
    "keys": _keys,
}


def sign_of(device: str) -> str:
    """What people compare: sixty bits of a device's key."""
    digest = hashlib.sha256(b"uk.iowscp.desktop/fingerprint/v0\0" + bytes.fromhex(device)).digest()
    number = int.from_bytes(digest[:8], "big") >> 4
    letters = "".join("0123456789ABCDEFGHJKMNPQRSTVWXYZ"[number >> 5 * place & 31] for place in reversed(range(12)))
    return "-".join(letters[at : at + 4] for at in (0, 4, 8))
