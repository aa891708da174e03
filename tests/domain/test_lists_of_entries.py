"""A list of entries is read all at once where it is plain, and line by line where it is not: both mean the same."""

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iowscp_desktop.domain import journal
from iowscp_desktop.domain.events import AnswerRecorded, Event, PersonIntroduced, ResponseFinalised
from iowscp_desktop.domain.ids import DeviceId, EntryId, InstanceId, PersonId, QuestionId, Sha256, SpaceId
from iowscp_desktop.domain.journal import (
    Draft,
    Entry,
    Stream,
    StreamRange,
    bare,
    commitment,
    decode_range,
    encode_range,
    write_entry,
)
from iowscp_desktop.errors import JournalDamaged

STREAM = Stream(device=DeviceId("d" * 64), space=SpaceId("response/r1"), epoch="e")
AT = "2026-01-05T09:00:00.000Z"
EVENTS: list[Event] = [
    AnswerRecorded(question_id=QuestionId("q1"), value="yes"),
    AnswerRecorded(question_id=QuestionId("q2"), instances=(InstanceId("i1"),), value='"salt":"0", Straße\n,{}'),
    AnswerRecorded(question_id=QuestionId("q1"), value=None),
    PersonIntroduced(person_id=PersonId("p"), name="Ana", role="dsl"),
]


def chain(events: list[Event]) -> list[Entry]:
    entries: list[Entry] = []
    for seq, event in enumerate(events, start=1):
        draft = Draft(
            stream=STREAM, seq=seq, prev=entries[-1].hash if entries else STREAM.genesis, at=AT, author=PersonId("p"),
            event=event, replaces=[EntryId(STREAM.id, 1)] if seq == 3 else [], salt=bytes([seq]) * 16,
        )  # fmt: skip
        entries.append(write_entry(draft))
    return entries


def lines_of(entries: list[Entry]) -> list[bytes]:
    return encode_range(StreamRange(stream=STREAM, entries=tuple(entries), seals=())).split(b"\n")[1:]


ENTRIES = chain(EVENTS)
ENTRIES[0] = bare(ENTRIES[0])
LINES = lines_of(ENTRIES)
PIECES = [b'"', b",", b"{", b"}", b" ", b"\\u0041", b'"v":1,', b'"salt":"', b'"payload":', b"null", b"0", b"A", b"1970"]


def slowly(lines: list[bytes]) -> list[Entry] | None:
    try:
        return [journal._of_line(STREAM.id, line) for line in lines]
    except (JournalDamaged, ValueError, RecursionError):
        return None


def test_what_the_program_writes_is_read_all_at_once() -> None:
    assert journal._of_lines(STREAM.id, LINES) == tuple(ENTRIES)


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_is_read_all_at_once_is_read_alike_line_by_line(data: st.DataObject) -> None:
    whole = b"\n".join(LINES)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(whole)))
        cut = data.draw(st.integers(0, 3))
        whole = whole[:at] + data.draw(st.sampled_from([b"", b"\n", *PIECES])) + whole[at + cut :]
    lines = whole.split(b"\n")

    read = journal._of_lines(STREAM.id, lines)

    assert read is None or list(read) == slowly(lines)


def rewritten(entry: Entry, payload: bytes) -> list[bytes]:
    """A line whose payload is of another form, rightly committed to."""
    header = msgspec.structs.replace(entry.header, commitment=commitment(bytes(16), payload))
    raw = msgspec.json.encode(header, order="deterministic")
    return lines_of([msgspec.structs.replace(entry, header=header, header_bytes=raw, salt=bytes(16), payload=payload)])


FORMS = {
    "a default spelled out": b'{"kind":"answer-recorded","v":1,"question_id":"q1","value":"yes"}',
    "a key twice": b'{"kind":"answer-recorded","question_id":"q1","value":"no","value":"yes"}',
    "spaces": b'{"kind":"answer-recorded", "question_id":"q1","value":"yes"}',
    "another register": b'{"kind":"answer-recorded","question_id":"q9","value":"yes"}',
    "another kind": b'{"kind":"person-introduced","person_id":"p","name":"Ana","role":"dsl"}',
    "a field of a newer program": b'{"kind":"answer-recorded","question_id":"q1","value":"yes","mood":"calm"}',
    "a kind of a newer program": b'{"kind":"answer-sung","question_id":"q1"}',
}


@pytest.mark.parametrize("form", FORMS)
def test_what_is_not_plain_gets_the_closer_look(form: str) -> None:
    lines = [*LINES[1:2], *rewritten(ENTRIES[2], FORMS[form])]

    assert journal._of_lines(STREAM.id, lines) is None


def test_lines_that_are_cut_elsewhere_are_not_lines() -> None:
    one, two, three = LINES[1:]
    middle = two.index(b',"salt"')
    shifted = [one + b"," + two[:middle], two[middle + 1 :], three]

    assert journal._decode_lines(b"[" + b",".join(shifted) + b"]")  # as one text it is right
    assert journal._of_lines(STREAM.id, shifted) is None


def test_what_names_a_moment_of_its_own_is_looked_at_closely() -> None:
    moment = "2026-13-45T99:00:00.000Z"
    finalised = ResponseFinalised(number=1, digest=Sha256("0" * 64), heads=1, moment=moment, zone="Europe/London")
    entries = chain([finalised])

    assert journal._of_lines(STREAM.id, lines_of(entries)) is None
    with pytest.raises(JournalDamaged):
        decode_range(encode_range(StreamRange(stream=STREAM, entries=tuple(entries), seals=())))
