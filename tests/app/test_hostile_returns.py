"""A known school's laptop that lies: what it may not do is refused or set aside, and hides nothing of anybody's."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
import pytest

from iowscp_desktop.app import exchange, merging, rounds
from iowscp_desktop.app.workspace import SEAL_CONTEXT
from iowscp_desktop.bundles import BundleDraft, MemberSource, neutral_name, write_bundle
from iowscp_desktop.crypto import Recipient, SigningKey
from iowscp_desktop.domain.events import AnswerRecorded, Event, ResponseAssigned
from iowscp_desktop.domain.ids import DeviceId, EntryId, PersonId, QuestionId, Register, SpaceId, response_space
from iowscp_desktop.domain.journal import (
    Draft,
    Entry,
    Seal,
    Stream,
    StreamRange,
    commitment,
    encode_range,
    seal_message,
    write_entry,
)
from iowscp_desktop.errors import AppError, BundleMalformed, SignatureFalse, SignerNotAllowed, UnknownSigner
from tests.app.conftest import Round
from tests.app.test_exchange import answers, send_return, write_answer

SALT = bytes(16)


def answer(question: str, value: str) -> AnswerRecorded:
    return AnswerRecorded(question_id=QuestionId(question), value=value)


class Liar:
    """A school's laptop whose owner writes its bundles by hand."""

    def __init__(self, audit: Round, tmp_path: Path) -> None:
        self.audit = audit
        self.folder = tmp_path
        self.ws, self.response_id = audit.laptop("Eve Lead")
        write_answer(self.ws, self.response_id, "setting_name", "first contact")
        merging.merge(audit.team, merging.preview(audit.team, [send_return(self.ws, self.response_id, tmp_path)]))

    def chain(
        self,
        events: Sequence[Event],
        *,
        space: SpaceId | None = None,
        replaces: Sequence[EntryId] = (),
        device: DeviceId | None = None,
    ) -> tuple[Stream, list[Entry]]:
        """Return a well-formed chain in a stream of the liar's choice."""
        where = space or response_space(self.response_id)
        stream = Stream(device=device or self.ws.keys.device, space=where, epoch=self.ws.world.new_id())
        entries: list[Entry] = []
        for seq, event in enumerate(events, start=1):
            prev = entries[-1].hash if entries else stream.genesis
            draft = Draft(
                stream=stream, seq=seq, prev=prev, at="2026-01-05T09:00:00.000Z", author=PersonId("eve"), event=event,
                replaces=replaces, salt=SALT,
            )  # fmt: skip
            entries.append(write_entry(draft))
        return stream, entries

    def retell(self, stream: Stream, entries: Sequence[Entry]) -> list[Entry]:
        """Return the same events under another stream's numbers."""
        told: list[Entry] = []
        for seq, entry in enumerate(entries, start=1):
            prev = told[-1].hash if told else stream.genesis
            draft = Draft(
                stream=stream, seq=seq, prev=prev, at="2026-01-05T09:00:00.000Z", author=PersonId("eve"),
                event=entry.event, replaces=(), salt=SALT,  # type: ignore[arg-type] # an event of this program
            )  # fmt: skip
            told.append(write_entry(draft))
        return told

    def sealed(self, chain: tuple[Stream, list[Entry]], key: SigningKey | None = None) -> bytes:
        """Return a chain as it travels, sealed with the liar's key or another."""
        stream, entries = chain
        head, first, last = entries[-1].hash, entries[0].header.seq, entries[-1].header.seq
        message = seal_message(stream, first, last, head)
        signature = (key or self.ws.keys.signing).sign(message, context=SEAL_CONTEXT).hex()
        seal = Seal(first=first, last=last, head=head, signature=signature)
        return encode_range(StreamRange(stream=stream, entries=tuple(entries), seals=(seal,)))

    def with_payload(self, payload: bytes, *, kind: str = "answer-recorded", register: str = "answer/staff") -> bytes:
        """Return a range of one entry with bytes of the liar's choice in it, rightly committed to and sealed."""
        stream, (entry,) = self.chain([answer("staff", "1")])
        header = msgspec.structs.replace(
            entry.header, kind=kind, register=Register(register), commitment=commitment(SALT, payload)
        )
        raw = msgspec.json.encode(header, order="deterministic")
        return self.sealed((stream, [msgspec.structs.replace(entry, header=header, header_bytes=raw, payload=payload)]))

    def send(
        self,
        *ranges: bytes,
        type_: str = "return",
        more: Sequence[MemberSource] = (),
        seen: Mapping[str, int] | None = None,
    ) -> merging.Incoming:
        """Seal ranges into a bundle, hand it to the team, and say what became of it."""
        path = self.write(*ranges, type_=type_, more=more, seen=seen)
        (done,), _ = merging.merge(self.audit.team, merging.preview(self.audit.team, [path]))
        return done

    def write(
        self,
        *ranges: bytes,
        type_: str = "return",
        more: Sequence[MemberSource] = (),
        seen: Mapping[str, int] | None = None,
    ) -> Path:
        """Seal ranges into a bundle for the team."""
        assigned = self.ws.one(ResponseAssigned, space=response_space(self.response_id))
        path = self.folder / neutral_name()
        draft = BundleDraft(
            type=type_, bundle="b" * 32, created=self.ws.now(), app="1", project=self.ws.about.project, number=99,
            seen=seen or {},
        )  # fmt: skip
        with path.open("wb") as sink:
            write_bundle(
                sink,
                draft=draft,
                members=[*(MemberSource.of_bytes("entries", each, codec="zstd") for each in ranges), *more],
                signer=self.ws.keys.signing,
                recipients=[Recipient(text) for text in assigned.recipients],
            )
        return path


@pytest.fixture
def liar(audit: Round, tmp_path: Path) -> Liar:
    return Liar(audit, tmp_path)


def honest_is_still_taken(liar: Liar) -> None:
    """The control of every refusal here: the same way of sending, with nothing wrong, is accepted."""
    done = liar.send(liar.sealed(liar.chain([answer("staff", "7")])))
    assert (done.refused, done.new, done.quarantined) == (None, 1, 0)
    assert ("staff", "7") in answers(liar.audit.team)
    assert liar.audit.team.verify().wrongs == ()


def test_words_cannot_be_put_into_another_devices_mouth(liar: Liar) -> None:
    victim, _ = liar.audit.laptop("Ben Lead")
    write_answer(victim, liar.response_id, "heard", "met")
    merging.merge(
        liar.audit.team, merging.preview(liar.audit.team, [send_return(victim, liar.response_id, liar.folder)])
    )

    forged = liar.send(liar.sealed(liar.chain([answer("heard", "not")], device=victim.keys.device)))
    stranger = SigningKey.generate()
    unknown = liar.send(
        liar.sealed(liar.chain([answer("heard", "not")], device=DeviceId(stranger.verify_key.hex)), stranger)
    )

    assert isinstance(forged.refused, SignatureFalse)
    assert isinstance(unknown.refused, UnknownSigner)
    assert ("heard", "met") in answers(liar.audit.team)
    honest_is_still_taken(liar)


def test_an_edge_into_another_schools_answers_hides_nothing(liar: Liar) -> None:
    team = liar.audit.team
    other_school = rounds.add_organisation(team, "Other School", "school")
    other = Round(setting=liar.audit.setting, team=team, round_id=liar.audit.round_id, school=other_school)
    victim, victim_response = other.laptop("Ben Lead")
    write_answer(victim, victim_response, "heard", "met")
    merging.merge(team, merging.preview(team, [send_return(victim, victim_response, liar.folder)]))
    (target,) = [
        each.id for each in team.store.journal.heads(response_space(victim_response))
        if each.header.kind == "answer-recorded"
    ]  # fmt: skip

    done = liar.send(liar.sealed(liar.chain([answer("heard", "not")], replaces=[target])))

    assert done.refused is None
    assert [value for question, value in answers(team) if question == "heard"] == ["met"]  # the stray holds nothing
    honest_is_still_taken(liar)


@pytest.mark.parametrize("field", ["register", "kind", "content"])
def test_a_header_that_lies_about_its_content_is_refused(liar: Liar, field: str) -> None:
    stream, (entry,) = liar.chain([answer("heard", "not")])
    header = entry.header_bytes
    payload = entry.payload or b""
    if field == "register":
        header = header.replace(b"answer/heard", b"answer/adult")
    elif field == "kind":
        header = header.replace(b"answer-recorded", b"repeat-recorded")
    else:
        payload = payload.replace(b'"not"', b'"met"')
    lie = Entry(stream=entry.stream, header=entry.header, header_bytes=header, salt=SALT, payload=payload)

    done = liar.send(liar.sealed((stream, [lie])))

    assert isinstance(done.refused, BundleMalformed)
    honest_is_still_taken(liar)


def test_a_kind_of_a_newer_program_waits_in_quarantine(liar: Liar) -> None:
    stream, (entry,) = liar.chain([answer("heard", "not")])
    payload = (entry.payload or b"").replace(b"answer-recorded", b"answer-weighed!")
    header = entry.header_bytes.replace(b"answer-recorded", b"answer-weighed!").replace(
        entry.header.commitment.encode(), commitment(SALT, payload).encode()
    )
    newer = Entry(stream=entry.stream, header=entry.header, header_bytes=header, salt=SALT, payload=payload)

    done = liar.send(liar.sealed((stream, [newer])))

    assert (done.refused, done.new, done.quarantined) == (None, 1, 1)
    assert liar.audit.team.verify().wrongs == ()


def test_bytes_that_no_entry_names_are_not_kept(liar: Liar) -> None:
    extra = MemberSource.of_bytes("attachment", b"x" * 5000)

    done = liar.send(liar.sealed(liar.chain([answer("staff", "7")])), more=[extra])

    with liar.audit.team.store.database.reading() as connection:
        sizes = [size for (size,) in connection.exec_driver_sql("SELECT size FROM blob")]
    assert done.refused is None
    assert done.evidence == 0
    assert 5000 not in sizes


@pytest.mark.parametrize("type_", ["feedback", "scores", "panel-pack", "directory"])
def test_a_school_may_not_send_what_only_others_send(liar: Liar, type_: str) -> None:
    done = liar.send(liar.sealed(liar.chain([answer("staff", "7")])), type_=type_)

    assert isinstance(done.refused, SignerNotAllowed)
    honest_is_still_taken(liar)


@pytest.mark.parametrize("cut", [0, 1, 7, 100, 500])
def test_random_flips_through_the_whole_way_in_are_refused(liar: Liar, cut: int) -> None:
    write_answer(liar.ws, liar.response_id, "heard", "met")
    path = send_return(liar.ws, liar.response_id, liar.folder)
    whole = bytearray(path.read_bytes())
    place = (len(whole) - 1) * cut // 500
    whole[place] ^= 1 << (cut % 8)
    path.write_bytes(whole)

    (seen,) = merging.preview(liar.audit.team, [path])

    assert isinstance(seen.refused, AppError)
    assert liar.audit.team.verify().wrongs == ()


def test_a_file_for_the_school_cannot_be_made_by_another_of_its_laptops(liar: Liar) -> None:
    victim, _ = liar.audit.laptop("Ben Lead")
    space = response_space(liar.response_id)
    parcel = exchange.Parcel(type="receipt", spaces=[space], recipients=[victim.keys.identity.recipient.text])

    (seen,) = merging.preview(victim, [exchange.send(liar.ws, parcel, liar.folder)])

    assert isinstance(seen.refused, SignerNotAllowed)
