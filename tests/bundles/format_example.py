"""The worked example of `docs/bundle-format.md`. `python -m tests.bundles.format_example` writes it into the page."""

import io
from pathlib import Path

from iowscp_desktop.app.workspace import SEAL_CONTEXT
from iowscp_desktop.bundles import BundleDraft, MemberSource, Range, digest, write_bundle
from iowscp_desktop.crypto import Identity, SigningKey, unseal
from iowscp_desktop.domain.events import AnswerRecorded
from iowscp_desktop.domain.ids import DeviceId, PersonId, QuestionId, SpaceId
from iowscp_desktop.domain.journal import (
    Draft,
    Seal,
    Stream,
    StreamRange,
    encode_range,
    seal_message,
    write_entry,
)

PAGE = Path(__file__).parents[2] / "docs" / "bundle-format.md"
BEGIN, END = "<!-- example -->\n", "<!-- end of example -->\n"

DEVICE = SigningKey.from_bytes(bytes(range(32)))
KEY = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"


def archive() -> tuple[bytes, list[tuple[str, str]]]:
    """Return the archive of the example, and its pieces by name."""
    stream = Stream(device=DeviceId(DEVICE.verify_key.hex), space=SpaceId("response/r1"), epoch="0" * 32)
    entry = write_entry(
        Draft(
            stream=stream,
            seq=1,
            prev=stream.genesis,
            at="2026-11-23T14:12:13.042Z",
            author=PersonId("p1"),
            event=AnswerRecorded(question_id=QuestionId("heard"), value="met"),
            replaces=(),
            salt=bytes(range(16)),
        )
    )
    message = seal_message(stream, 1, 1, entry.hash)
    signature = DEVICE.sign(message, context=SEAL_CONTEXT).hex()
    seal = Seal(first=1, last=1, head=entry.hash, signature=signature)
    wire = encode_range(StreamRange(stream=stream, entries=(entry,), seals=(seal,)))
    draft = BundleDraft(
        type="return",
        bundle="b1",
        created="2026-11-23T14:12:14.000Z",
        app="1.0",
        project="project-1",
        number=1,
        ranges=(Range(stream=stream.id, first=1, last=1, seal=digest(bytes.fromhex(signature))),),
        seen={stream.id: 1},
    )
    sink, plain = io.BytesIO(), io.BytesIO()
    fixed = Identity.from_text(KEY)
    write_bundle(
        sink,
        draft=draft,
        members=[MemberSource.of_bytes("entries", wire)],
        signer=DEVICE,
        recipients=[fixed.recipient],
    )
    unseal(io.BytesIO(sink.getvalue()), plain, [fixed])
    assert entry.payload is not None
    pieces = [
        ("The device's secret key, and its public one", f"{DEVICE.to_bytes().hex()}\n{DEVICE.verify_key.hex}"),
        ("The reader's age identity", KEY),
        ("genesis; the stream's id is its first half", stream.genesis),
        ("payload", entry.payload.decode()),
        ("salt", bytes(range(16)).hex()),
        ("header, as it is hashed", entry.header_bytes.decode()),
        ("the entry's hash", entry.hash),
        ("what the seal signs, after `uk.iowscp.desktop/seal/v0` and a zero byte", message.decode()),
        ("its signature", signature),
        ("the member `m/000000`, both of its lines", wire.decode()),
    ]
    return plain.getvalue(), pieces


def example() -> str:
    """Return the example as the page shows it."""
    plain, pieces = archive()
    size = int(plain[124:135], 8)
    pieces += [
        ("`manifest.json`", plain[512 : 512 + size].decode()),
        ("`manifest.sig`", plain[512 + size + -size % 512 + 512 :][:64].hex()),
        (
            f"the archive: {len(plain):,} bytes; its first 176, in hex, before a run of zeros",
            "\n".join(plain[start : start + 16].hex(" ") for start in range(0, 176, 16)),
        ),
        ("… and from byte 256 on", "\n".join(plain[start : start + 16].hex(" ") for start in range(256, 352, 16))),
    ]
    return "".join(f"{name}:\n\n```\n{words}\n```\n\n" for name, words in pieces)


def written(page: str) -> str:
    """Return the page with the example in its place."""
    before, rest = page.split(BEGIN)
    return before + BEGIN + "\n" + example() + END + rest.split(END)[1]


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
