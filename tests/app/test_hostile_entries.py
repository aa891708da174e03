"""Entries made by hand, by a device that is known: what no honest program writes is refused, and nobody crashes."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from iowscp_desktop.app import exchange, merging, receipts, rounds
from iowscp_desktop.app.workspace import SEAL_CONTEXT
from iowscp_desktop.crypto import SigningKey
from iowscp_desktop.domain.events import (
    AnswerRecorded,
    EvidenceAttached,
    ReceiptIssued,
    ResponseAssigned,
    ResponseFinalised,
    ScoreGiven,
    SignedOff,
)
from iowscp_desktop.domain.ids import (
    AttachmentId,
    PersonId,
    QuestionId,
    ResponseId,
    Sha256,
    panel_space,
    response_space,
)
from iowscp_desktop.domain.journal import (
    Entry,
    EntryHash,
    Seal,
    Stream,
    StreamRange,
    commitment,
    encode_range,
    seal_message,
)
from iowscp_desktop.errors import BundleMalformed
from tests.app.conftest import Round
from tests.app.test_exchange import answers
from tests.app.test_hostile_returns import SALT, Liar, answer, honest_is_still_taken
from tests.app.work import panel_member

DEEP = b'"deep":' + b"[" * 50_000 + b"]" * 50_000


@pytest.fixture
def liar(audit: Round, tmp_path: Path) -> Liar:
    return Liar(audit, tmp_path)


def bare(entry: Entry, change: Callable[[bytes], bytes] = lambda header: header) -> Entry:
    """Return an entry of which only the header travels, changed as a liar would."""
    return msgspec.structs.replace(entry, header_bytes=change(entry.header_bytes), salt=None, payload=None)


def test_a_bare_header_cannot_take_the_teams_words_away(liar: Liar) -> None:
    team, space = liar.audit.team, response_space(liar.response_id)
    (assigned,) = [e.id for e in team.store.journal.heads(space) if e.header.register == "assignment"]
    stream, (entry,) = liar.chain([answer("heard", "met")], replaces=[assigned])
    lie = bare(entry, lambda header: header.replace(b'"answer/heard"', b'"assignment"'))

    done = liar.send(liar.sealed((stream, [lie])))

    assert (done.refused, done.quarantined) == (None, 1)
    assert len(team.standing(ResponseAssigned, space=space)) == 1
    assert team.verify().wrongs == ()
    honest_is_still_taken(liar)


def test_a_panel_members_bare_header_is_set_aside(audit: Round, liar: Liar, tmp_path: Path) -> None:
    member = panel_member(audit, "Dee Panel", liar.response_id)
    space = panel_space(audit.round_id, member.person_id)
    score = ScoreGiven(
        judge=member.person_id, response_id=liar.response_id, question_id=QuestionId("heard"), point="met"
    )
    stream, (entry,) = liar.chain([score], space=space, device=member.ws.keys.device)
    register = entry.header.register.encode()
    (asked,) = [e.id for e in audit.team.store.journal.heads(space) if e.header.register == "asked"]
    for name in (b"asked", b"score/" + b"0" * 32 + b"/x/y"):
        lie = bare(entry, lambda header, name=name: header.replace(register, name))  # type: ignore[misc] # bound now
        member.ws.store.journal.close_field()
        with member.ws.store.journal.merging() as connection:
            member.ws.store.journal.take(
                connection, _sealed(stream, [lie], member.ws.keys.signing), bundle="x", refuse=lambda _entry: None
            )
        stream, (entry,) = liar.chain([score], space=space, device=member.ws.keys.device)
    parcel = exchange.Parcel(type="scores", spaces=[space], recipients=[audit.team.team.identity.recipient.text])  # type: ignore[union-attr] # the team's

    (done,), _ = merging.merge(audit.team, merging.preview(audit.team, [exchange.send(member.ws, parcel, tmp_path)]))

    assert (done.refused, done.quarantined) == (None, 2)
    assert asked in [e.id for e in audit.team.store.journal.heads(space)]


def _sealed(
    stream: Stream, entries: Sequence[Entry], key: SigningKey, *, last: int = 0, head: EntryHash | None = None
) -> StreamRange:
    until, link = last or len(entries), head or entries[-1].hash
    signature = key.sign(seal_message(stream, 1, until, link), context=SEAL_CONTEXT).hex()
    seal = Seal(first=1, last=until, head=link, signature=signature)
    return StreamRange(stream=stream, entries=tuple(entries), seals=(seal,))


@pytest.mark.parametrize("last", [2, 3, 2**70])
def test_a_seal_binds_only_what_lies_before_its_head(liar: Liar, last: int) -> None:
    stream, entries = liar.chain([answer("heard", "not")])
    piece = _sealed(stream, entries, liar.ws.keys.signing, last=last, head=EntryHash("0" * 64))

    done = liar.send(encode_range(piece))

    assert isinstance(done.refused, BundleMalformed)
    assert ("heard", "not") not in answers(liar.audit.team)
    honest_is_still_taken(liar)


def test_entries_out_of_order_hide_nothing_from_the_seal(liar: Liar) -> None:
    stream, (one, two) = liar.chain([answer("heard", "met"), answer("adult", "not")])
    piece = _sealed(stream, [one], liar.ws.keys.signing)

    done = liar.send(encode_range(replace(piece, entries=(one, two, one))))

    assert isinstance(done.refused, BundleMalformed)
    assert ("adult", "not") not in answers(liar.audit.team)
    honest_is_still_taken(liar)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"seq":1', b'"seq":0'),
        (b'"seq":1', b'"seq":-9'),
        (b'"seq":1', b'"seq":36893488147419103232'),
        (b'"replaces":[]', b'"replaces":[["' + b"0" * 32 + b'",36893488147419103232]]'),
        (b'"replaces":[]', b'"replaces":[["' + b"0" * 32 + b'",0]]'),
        (b"2026-01-05T09:00:00.000Z", b"the day before yesterday"),
        (b"2026-01-05T09:00:00.000Z", b"2026-02-30T09:00:00.000Z"),
        (b"2026-01-05T09:00:00.000Z", b"0001-01-01T00:00:00.000Z"),
    ],
)
def test_a_number_or_a_moment_that_is_none_is_refused(liar: Liar, old: bytes, new: bytes) -> None:
    stream, (entry,) = liar.chain([answer("heard", "not")])
    lie = msgspec.structs.replace(entry, header_bytes=entry.header_bytes.replace(old, new))
    if b"seq" in old:
        lie = msgspec.structs.replace(lie, header=msgspec.structs.replace(lie.header, seq=int(new.split(b":")[1])))

    done = liar.send(liar.sealed((stream, [lie])))

    assert isinstance(done.refused, BundleMalformed)
    honest_is_still_taken(liar)


@pytest.mark.parametrize(
    "event",
    [
        SignedOff(role="dsl", name="Eve", number=2**70, digest=Sha256("0" * 64), own_device=True),
        SignedOff(role="dsl", name="Eve", number=-1, digest=Sha256("0" * 64), own_device=True),
        ResponseFinalised(number=2**70, digest=Sha256("0" * 64), heads=1, moment="2026-01-05T09:00:00.000Z", zone=""),
        EvidenceAttached(
            attachment_id=AttachmentId("a"), question_id=QuestionId("heard"), name="a.pdf",
            media_type="application/pdf", size=2**70, sha256=Sha256("0" * 64),
        ),
    ],
)  # fmt: skip
def test_an_event_with_a_number_or_a_moment_that_is_none_is_refused(
    liar: Liar, event: SignedOff | ResponseFinalised | EvidenceAttached
) -> None:
    done = liar.send(liar.sealed(liar.chain([event])))

    assert isinstance(done.refused, BundleMalformed)
    honest_is_still_taken(liar)


def test_a_response_is_not_finalised_at_a_moment_that_is_none(liar: Liar) -> None:
    stream, (entry,) = liar.chain(
        [ResponseFinalised(number=1, digest=Sha256("0" * 64), heads=1, moment="2026-01-05T09:00:00.000Z", zone="")]
    )
    payload = (entry.payload or b"").replace(b"2026-01-05T09:00:00.000Z", b"now")
    header = entry.header_bytes.replace(entry.header.commitment.encode(), commitment(SALT, payload).encode())

    done = liar.send(liar.sealed((stream, [msgspec.structs.replace(entry, header_bytes=header, payload=payload)])))

    assert isinstance(done.refused, BundleMalformed)
    honest_is_still_taken(liar)


def test_what_is_nested_absurdly_deep_is_refused(liar: Liar) -> None:
    good = liar.sealed(liar.chain([answer("heard", "not")]))
    (done, again) = (
        liar.send(good.replace(b'"value":"not"', b'"value":"not",' + DEEP)),
        liar.send(good.replace(b'{"header"', b"{" + DEEP + b',"header"')),
    )

    assert isinstance(done.refused, BundleMalformed)
    assert isinstance(again.refused, BundleMalformed)
    honest_is_still_taken(liar)


def test_a_school_cannot_have_another_schools_return_acknowledged(liar: Liar, audit: Round) -> None:
    other = rounds.add_organisation(audit.team, "Other School", "school")
    victim = rounds.ask(audit.team, audit.round_id, other)
    lies = [
        liar.sealed(liar.chain([answer("heard", "not")], space=response_space(response_id)))
        for response_id in (victim, ResponseId("nowhere"))
    ]
    path = liar.write(*lies, liar.sealed(liar.chain([answer("staff", "3")])))

    taken = receipts.take_in(audit.team, merging.preview(audit.team, [path]))

    assert [receipt.response_id for receipt in taken.receipts] == [liar.response_id]
    assert taken.changes.responses == {liar.response_id}
    assert {line.response_id: bool(line.receipt) for line in rounds.returns_of(audit.team, audit.round_id)} == {
        liar.response_id: True,
        victim: False,
    }
    assert len(audit.team.standing(ReceiptIssued)) == 1


def test_a_return_of_which_nothing_is_taken_has_no_receipt(liar: Liar, audit: Round) -> None:
    path = liar.write(liar.sealed(liar.chain([ReceiptIssued(number="R1", bundle="b", entries=1)])))

    taken = receipts.take_in(audit.team, merging.preview(audit.team, [path]))

    assert taken.receipts == ()
    assert audit.team.standing(ReceiptIssued) == ()


def test_the_tables_stay_right_when_an_edge_leads_into_quarantine(liar: Liar) -> None:
    score = ScoreGiven(
        judge=PersonId("eve"), response_id=liar.response_id, question_id=QuestionId("heard"), point="met"
    )
    later = liar.chain([score])
    first = liar.chain([answer("heard", "not")], replaces=[later[1][0].id])

    liar.send(liar.sealed(first))
    done = liar.send(liar.sealed(later))

    assert done.quarantined == 1
    assert [held.event.value for held in liar.audit.team.standing(AnswerRecorded) if held.event.question_id == "heard"]
    assert liar.audit.team.verify().wrongs == ()
