"""People who are known, or were, or never; and what they may not say."""

import hashlib
import random
import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path

from iowscp_desktop.bundles import BundleDraft, MemberSource, write_bundle
from iowscp_desktop.crypto import Identity, Recipient, SigningKey
from iowscp_desktop.domain.events import (
    AnswerRecorded,
    DeviceRevoked,
    Event,
    EvidenceAttached,
    ReceiptIssued,
    ResponseAssigned,
    ScoreGiven,
)
from iowscp_desktop.domain.ids import (
    AttachmentId,
    DeviceId,
    PersonId,
    QuestionId,
    ResponseId,
    Sha256,
    SpaceId,
    panel_space,
    response_space,
)
from tests.app.test_exchange import send_return, write_answer
from tests.app.test_hostile_returns import answer
from tests.bundles.post import archive_of, entries_of, plain_of, with_manifest
from tests.hostile.ground import Ground
from tests.hostile.trying import Attack, fresh

FORGER = SigningKey.generate()
ELSEWHERE = Identity.generate()


def said(ground: Ground) -> AnswerRecorded:
    """Words that nobody said before."""
    return answer("heard_evidence", f"said by somebody, {next(ground.names)}")


def written_by(
    ground: Ground,
    ranges: Sequence[bytes],
    *,
    signer: SigningKey,
    recipients: Sequence[Recipient] | None = None,
    project: str = "",
    more: Sequence[MemberSource] = (),
    seen: Mapping[str, int] | None = None,
) -> bytes:
    """A bundle by anybody, of anything, for anybody."""
    sink = BytesIO()
    write_bundle(
        sink,
        draft=BundleDraft(
            type="return", bundle="b" * 32, created=ground.liar.ws.now(), app="1",
            project=project or ground.team.about.project, number=99, seen=seen or {},
        ),
        members=[*(MemberSource.of_bytes("entries", each, codec="zstd") for each in ranges), *more],
        signer=signer,
        recipients=ground.readers() if recipients is None else recipients,
    )  # fmt: skip
    return sink.getvalue()


def as_written(ground: Ground, key: SigningKey, events: Sequence[Event], space: SpaceId | None = None) -> bytes:
    """A range that a key wrote and sealed."""
    device = DeviceId(key.verify_key.hex)
    return ground.liar.sealed(ground.liar.chain(events, space=space, device=device), key)


def _by(ground: Ground, key: SigningKey, *events: Event, space: SpaceId | None = None) -> bytes:
    return written_by(ground, [as_written(ground, key, events, space)], signer=key)


# --- who signs -----------------------------------------------------------------------------------


def forged_signer(ground: Ground, chance: random.Random) -> bytes:
    """A stranger signs in the name of a laptop that is known: the file, or the entries in it."""
    victim = chance.choice([ground.liar.ws, ground.honest])
    device, space = victim.keys.device, response_space(ground.liar.response_id)
    lie = ground.liar.sealed(ground.liar.chain([said(ground)], space=space, device=device), FORGER)
    if chance.random() < 0.5:
        return written_by(ground, [lie], signer=ground.liar.ws.keys.signing)
    inside = entries_of(ground.plain(written_by(ground, [lie], signer=FORGER)))
    manifest = inside[0][1].replace(FORGER.verify_key.hex.encode(), device.encode())
    return ground.sealed(archive_of(with_manifest(inside, manifest, signer=FORGER)))


def unknown_signer(ground: Ground, _chance: random.Random) -> bytes:
    """Somebody nobody knows."""
    return _by(ground, SigningKey.generate(), said(ground))


def revoked_signer(ground: Ground, _chance: random.Random) -> bytes | Path:
    """A laptop that is trusted no longer goes on sending."""
    write_answer(ground.revoked, ground.liar.response_id, "adult", f"after it was stolen, {next(ground.names)}")
    return send_return(ground.revoked, ground.liar.response_id, ground.inbox)


def withdrawn_signer(ground: Ground, _chance: random.Random) -> bytes | Path:
    """A laptop that opened an invitation, which was then taken back, answers it."""
    write_answer(ground.unanswered, ground.liar.response_id, "adult", f"too late, {next(ground.names)}")
    return send_return(ground.unanswered, ground.liar.response_id, ground.inbox)


def carried_for_revoked(ground: Ground, _chance: random.Random) -> bytes:
    """A laptop that is known carries what one that is trusted no longer wrote since."""
    key = ground.revoked.keys.signing
    return written_by(ground, [as_written(ground, key, [said(ground)])], signer=ground.liar.ws.keys.signing)


# --- for whom, when ------------------------------------------------------------------------------


def resealed(ground: Ground, _chance: random.Random) -> bytes:
    """A file for another team, sealed again to this one by somebody who could open it."""
    piece = as_written(ground, ground.liar.ws.keys.signing, [said(ground)])
    file = written_by(ground, [piece], signer=ground.liar.ws.keys.signing, recipients=[ELSEWHERE.recipient])
    return ground.sealed(plain_of(file, ELSEWHERE))


def other_project(ground: Ground, _chance: random.Random) -> bytes:
    """A file of another partnership's project, addressed to this team."""
    piece = as_written(ground, ground.liar.ws.keys.signing, [said(ground)])
    return written_by(ground, [piece], signer=ground.liar.ws.keys.signing, project="cd" * 16)


def replayed(ground: Ground, chance: random.Random) -> bytes:
    """A file that was taken in comes again: as it was, or sealed again."""
    content = ground.fresh()
    (done,) = ground.take([ground.put(content)])
    assert done.refused is None
    return content if chance.random() < 0.5 else ground.sealed(ground.plain(content))


def older(ground: Ground, _chance: random.Random) -> bytes | Path:
    """An older file comes after a newer one of the same laptop."""
    ws, response_id = ground.liar.ws, ground.liar.response_id
    write_answer(ws, response_id, "staff", str(next(ground.names) % 1000))
    old = send_return(ws, response_id, ground.inbox)
    write_answer(ws, response_id, "staff", str(next(ground.names) % 1000))
    (done,) = ground.take([send_return(ws, response_id, ground.inbox)])
    assert done.refused is None
    return old


def newer(ground: Ground, _chance: random.Random) -> bytes | Path:
    """Its twin: a newer file of the same laptop."""
    write_answer(ground.liar.ws, ground.liar.response_id, "staff", str(next(ground.names) % 1000))
    return send_return(ground.liar.ws, ground.liar.response_id, ground.inbox)


def cloned(ground: Ground, _chance: random.Random) -> bytes:
    """Two copies of one laptop go on under the same numbers."""
    key, liar = ground.liar.ws.keys.signing, ground.liar
    stream, entries = liar.chain([said(ground), said(ground)])
    (done,) = ground.take([ground.put(written_by(ground, [liar.sealed((stream, entries))], signer=key))])
    assert done.refused is None
    other = liar.retell(stream, liar.chain([said(ground), said(ground)])[1])
    return written_by(ground, [liar.sealed((stream, other))], signer=key)


# --- what about ----------------------------------------------------------------------------------


def other_school(ground: Ground, chance: random.Random) -> bytes:
    """Entries in another school's response, or in one that nobody was asked for."""
    response = chance.choice([ground.honest_response, ResponseId("nowhere")])
    return _by(ground, ground.liar.ws.keys.signing, said(ground), space=response_space(response))


def other_round(ground: Ground, _chance: random.Random) -> bytes:
    """Entries in a round that this school is not asked in."""
    return _by(ground, ground.liar.ws.keys.signing, said(ground), space=response_space(ground.closed_round))


def other_role(ground: Ground, chance: random.Random) -> bytes:
    """A school scores, gives receipts, assigns, revokes; a panel member answers, or scores in another's name."""
    liar, member = ground.liar, ground.member
    key = liar.ws.keys.signing
    score = ScoreGiven(
        judge=member.person_id, response_id=liar.response_id, question_id=QuestionId("heard"), point="met"
    )
    assigned = liar.ws.one(ResponseAssigned, space=response_space(liar.response_id))
    as_school: list[tuple[Event, SpaceId | None]] = [
        (score, None),
        (score, panel_space(ground.audit.round_id, member.person_id)),
        (ReceiptIssued(number=f"R{next(ground.names)}", bundle="b", entries=1), None),
        (assigned, None),
        (DeviceRevoked(device_id=ground.honest.keys.device, reason="x", last=()), ground.team.space),
    ]
    if chance.random() < 0.7:
        event, space = chance.choice(as_school)
        return _by(ground, key, event, space=space)
    as_member: list[tuple[Event, SpaceId]] = [
        (said(ground), response_space(liar.response_id)),
        (score, panel_space(ground.audit.round_id, PersonId("another"))),
    ]
    event, where = chance.choice(as_member)
    return _by(ground, member.ws.keys.signing, event, space=where)


# --- what is attached ----------------------------------------------------------------------------


def _zip(*names: str) -> bytes:
    sink = BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        for name in names:
            archive.writestr(name, "x" * 50)
    return sink.getvalue()


_PROGRAMS = (
    ("minutes.pdf", "application/pdf", b"MZ\x90\x00" + b"\0" * 200),
    ("minutes.exe", "application/pdf", b"%PDF-1.7\n" + b"x" * 200),
    ("minutes.pdf.exe", "application/octet-stream", b"MZ\x90\x00" + b"\0" * 200),
    ("minutes.pdf", "application/pdf", b"#!/bin/sh\nrm -rf /\n"),
    ("minutes.txt", "text/plain", b"\x7fELF\x02\x01\x01" + b"\0" * 200),
    ("photo.png", "image/png", b"GIF89a<script>alert(1)</script>"),
    ("plan.docm", "application/vnd.ms-word.document.macroEnabled.12", _zip("word/vbaProject.bin")),
    (
        "plan.docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _zip("word/vbaProject.bin"),
    ),
    ("plan.html", "text/html", b"<script>alert(1)</script>"),
    ("plan.lnk", "application/pdf", b"L\x00\x00\x00\x01\x14\x02\x00"),
    ("sheet.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"%PDF-1.7\n" + _zip("a")),
    ("../../start.pdf", "application/pdf", b"%PDF-1.7\n" + b"x" * 200),
    ("minutes\u202efdp.exe", "application/pdf", b"%PDF-1.7\n" + b"x" * 200),
)


def _with_file(ground: Ground, name: str, media_type: str, content: bytes) -> bytes:
    content += str(next(ground.names)).encode()
    attached = EvidenceAttached(
        attachment_id=AttachmentId(f"a{next(ground.names)}"), question_id=QuestionId("heard_files"), name=name,
        media_type=media_type, size=len(content), sha256=Sha256(hashlib.sha256(content).hexdigest()),
    )  # fmt: skip
    key = ground.liar.ws.keys.signing
    more = [MemberSource.of_bytes("attachment", content)]
    return written_by(ground, [as_written(ground, key, [attached])], signer=key, more=more)


def program_attached(ground: Ground, chance: random.Random) -> bytes:
    """A program, a document with macros or a file that is two things, called evidence."""
    return _with_file(ground, *chance.choice(_PROGRAMS))


def document_attached(ground: Ground, _chance: random.Random) -> bytes:
    """Its twin: minutes."""
    return _with_file(ground, "minutes.pdf", "application/pdf", b"%PDF-1.7\n" + b"x" * 200)


ATTACKS = (
    Attack("forged signers", forged_signer, fresh, 200),
    Attack("unknown signers", unknown_signer, fresh, 100),
    Attack("a revoked device goes on sending", revoked_signer, newer, 60),
    Attack("a device whose invitation was withdrawn", withdrawn_signer, newer, 60),
    Attack("entries of a revoked device, carried by another", carried_for_revoked, fresh, 100),
    Attack("a file for another team, sealed again to us", resealed, fresh, 100),
    Attack("a file of another project", other_project, fresh, 100),
    Attack("replays", replayed, fresh, 100),
    Attack("an older file after a newer one", older, newer, 60),
    Attack("one device, cloned", cloned, fresh, 60),
    Attack("entries for another school", other_school, fresh, 100),
    Attack("entries for another round", other_round, fresh, 100),
    Attack("entries of another role", other_role, fresh, 200),
    Attack("programs, macros and polyglots attached", program_attached, document_attached, 130),
)
