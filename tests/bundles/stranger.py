"""A reader by somebody who has `docs/bundle-format.md` and nothing of ours: the standard library, Ed25519, age, zstd.

It imports no module of the program, and a test holds it to that.
"""

import hashlib
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


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
