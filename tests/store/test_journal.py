"""The journal in a real encrypted store: appending, rewriting, sealing, taking in, proving."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iowscp_desktop.domain.events import AnswerRecorded, Event, PersonIntroduced, ScoreGiven
from iowscp_desktop.domain.ids import DeviceId, EntryId, InstanceId, PersonId, QuestionId, ResponseId, SpaceId, StreamId
from iowscp_desktop.domain.journal import (
    Draft,
    Entry,
    Seal,
    Stream,
    StreamRange,
    decode_range,
    encode_range,
    write_entry,
)
from iowscp_desktop.domain.merge import Fact, standing
from iowscp_desktop.errors import EntryMissing, JournalDamaged, NewerWorkspace, NotEncrypted, WorkspaceDamaged, WrongKey
from iowscp_desktop.store import STRAYED, Store, Taken, Writer, aside, rebuild, verify

SPACE = SpaceId("response/r1")
OTHER = SpaceId("response/r2")
KEY = bytes(range(32))


def answer(question: str, value: str | None) -> AnswerRecorded:
    return AnswerRecorded(question_id=QuestionId(question), value=value)


def believe(_device: DeviceId, _message: bytes, signature: str) -> bool:
    return signature == "good"


def values(store: Store, space: SpaceId = SPACE) -> list[tuple[str, str | None]]:
    return [(held.event.question_id, held.event.value) for held in store.journal.standing(AnswerRecorded, space=space)]


def carry(source: Store, target: Store, space: SpaceId = SPACE) -> list[Taken]:
    """Take everything sealed in one store into another, through its bytes."""
    taken = []
    with target.journal.merging() as connection:
        for piece in source.journal.sealed_ranges(space):
            again = decode_range(encode_range(piece))
            taken.append(target.journal.take(connection, again, bundle="b1", refuse=lambda _entry: None))
    return taken


def test_the_last_answer_to_a_question_stands(store: Store, make_writer: Callable[[str], Writer]) -> None:
    store.journal.append(make_writer("ana"), SPACE, [answer("q1", "yes"), answer("q2", "2")])
    store.journal.append(make_writer("ana"), SPACE, [answer("q1", "no")])

    assert values(store) == [("q1", "no"), ("q2", "2")]
    assert [e.event.value for e in store.journal.history(SPACE, answer("q1", "").register) if e.event] == ["yes", "no"]  # type: ignore[union-attr]


def test_typing_in_one_field_makes_one_entry(store: Store, make_writer: Callable[[str], Writer]) -> None:
    for text in ("T", "Th", "The", "The record"):
        store.journal.append(make_writer("ana"), SPACE, [answer("q1", text)], visit="v1")

    assert len(store.journal.history(SPACE, answer("q1", "").register)) == 1
    assert values(store) == [("q1", "The record")]
    assert verify(store.database, believe).wrongs == ()


@pytest.mark.parametrize("ending", ["leave", "other entry", "other visit", "other author", "seal"])
def test_a_closed_field_is_history(store: Store, make_writer: Callable[[str], Writer], ending: str) -> None:
    store.journal.append(make_writer("ana"), SPACE, [answer("q1", "first")], visit="v1")
    writer, visit = make_writer("ana"), "v1"
    if ending == "leave":
        store.journal.close_field()
    elif ending == "other entry":
        store.journal.append(make_writer("ana"), SPACE, [answer("q2", "x")])
    elif ending == "other visit":
        visit = "v2"
    elif ending == "other author":
        writer = Writer(
            device=writer.device,
            author=PersonId("ben"),
            at=writer.at,
            new_epoch=writer.new_epoch,
            new_salt=writer.new_salt,
        )
    else:
        store.journal.seal(writer.device, SPACE, lambda _message: "good")

    store.journal.append(writer, SPACE, [answer("q1", "second")], visit=visit)

    assert len(store.journal.history(SPACE, answer("q1", "").register)) == 2
    assert verify(store.database, believe).wrongs == ()


def test_two_answers_written_apart_are_both_kept(
    make_store: Callable[[], Store], make_writer: Callable[[str], Writer]
) -> None:
    one, two = make_store(), make_store()
    one.journal.append(make_writer("ana"), SPACE, [answer("q1", "yes")])
    two.journal.append(make_writer("ben"), SPACE, [answer("q1", "no")])
    two.journal.seal(make_writer("ben").device, SPACE, lambda _message: "good")

    carry(two, one)

    assert sorted(value or "" for _, value in values(one)) == ["no", "yes"]
    one.journal.append(make_writer("ana"), SPACE, [answer("q1", "settled")])
    assert values(one) == [("q1", "settled")]


def test_replaced_words_travel_as_a_bare_commitment(
    make_store: Callable[[], Store], make_writer: Callable[[str], Writer]
) -> None:
    one, two = make_store(), make_store()
    writer = make_writer("ana")
    one.journal.append(writer, SPACE, [answer("q1", "clumsy")])
    one.journal.append(writer, SPACE, [answer("q1", "better")])
    one.journal.seal(writer.device, SPACE, lambda _message: "good")

    (piece,) = one.journal.sealed_ranges(SPACE)
    carry(one, two)

    assert b"clumsy" not in encode_range(piece)
    assert b"better" in encode_range(piece)
    assert [entry.payload is None for entry in two.journal.history(SPACE, answer("q1", "").register)] == [True, False]
    assert verify(two.database, believe).wrongs == ()
    kept = one.journal.history(SPACE, answer("q1", "").register)[0].payload
    assert kept is not None
    assert b"clumsy" in kept


def test_merging_twice_brings_nothing_new(
    make_store: Callable[[], Store], make_writer: Callable[[str], Writer]
) -> None:
    one, two = make_store(), make_store()
    one.journal.append(make_writer("ana"), SPACE, [answer("q1", "yes"), answer("q2", "x")])
    one.journal.seal(make_writer("ana").device, SPACE, lambda _message: "good")

    assert [len(taken.new) for taken in carry(one, two)] == [2]
    assert [(len(taken.new), taken.known) for taken in carry(one, two)] == [(0, 2)]


def test_what_a_range_skips_is_missed(make_store: Callable[[], Store], make_writer: Callable[[str], Writer]) -> None:
    one, two = make_store(), make_store()
    one.journal.append(make_writer("ana"), SPACE, [answer("q1", "yes"), answer("q2", "x")])
    one.journal.seal(make_writer("ana").device, SPACE, lambda _message: "good")
    (piece,) = one.journal.sealed_ranges(SPACE)
    later = StreamRange(stream=piece.stream, entries=piece.entries[1:], seals=piece.seals)

    with pytest.raises(EntryMissing), two.journal.merging() as connection:
        two.journal.take(connection, later, bundle="b", refuse=lambda _entry: None)

    assert values(two) == []


def test_unsealed_entries_are_not_taken_in(
    make_store: Callable[[], Store], make_writer: Callable[[str], Writer]
) -> None:
    one, two = make_store(), make_store()
    one.journal.append(make_writer("ana"), SPACE, [answer("q1", "yes"), answer("q2", "x")])
    one.journal.seal(make_writer("ana").device, SPACE, lambda _message: "good")
    (piece,) = one.journal.sealed_ranges(SPACE)

    with pytest.raises(JournalDamaged), two.journal.merging() as connection:
        two.journal.take(
            connection,
            StreamRange(stream=piece.stream, entries=piece.entries, seals=()),
            bundle="b",
            refuse=lambda _entry: None,
        )


def test_an_entry_outside_its_grant_waits_in_quarantine(
    make_store: Callable[[], Store], make_writer: Callable[[str], Writer]
) -> None:
    one, two = make_store(), make_store()
    score = ScoreGiven(judge=PersonId("ana"), response_id=ResponseId("r1"), question_id=QuestionId("q1"), point="met")
    one.journal.append(make_writer("ana"), SPACE, [answer("q1", "yes"), score, answer("q2", "x")])
    one.journal.seal(make_writer("ana").device, SPACE, lambda _message: "good")
    (piece,) = one.journal.sealed_ranges(SPACE)

    with two.journal.merging() as connection:
        taken = two.journal.take(
            connection,
            piece,
            bundle="b",
            refuse=lambda entry: "not a judge" if entry.header.kind == "score-given" else None,
        )

    assert len(taken.quarantined) == 1
    assert two.journal.standing(ScoreGiven) == ()
    assert values(two) == [("q1", "yes"), ("q2", "x")]
    assert verify(two.database, believe).wrongs == ()


def test_one_number_with_two_contents_raises_an_alarm(
    make_store: Callable[[], Store], make_writer: Callable[[str], Writer]
) -> None:
    one, clone, team = make_store(), make_store(), make_store()
    for laptop, value in ((one, "yes"), (clone, "no")):
        laptop.journal.append(make_writer("ana"), SPACE, [answer("q1", value)])
        laptop.journal.seal(make_writer("ana").device, SPACE, lambda _message: "good")
    carry(one, team)

    (taken,) = carry(clone, team)

    assert len(taken.forked) == 1
    assert values(team) == [("q1", "yes")]


def test_an_event_of_a_newer_program_is_kept_and_travels_on(
    make_store: Callable[[], Store], make_writer: Callable[[str], Writer]
) -> None:
    two, three = make_store(), make_store()
    stream = Stream(device=make_writer("ana").device, space=SPACE, epoch="e")
    draft = Draft(
        stream=stream,
        seq=1,
        prev=stream.genesis,
        at="2026-01-05T09:00:00.000Z",
        author=PersonId("ana"),
        event=answer("q1", "x"),
        replaces=(),
        salt=bytes(16),
    )
    known = write_entry(draft)
    assert known.payload is not None
    newer = known.payload.replace(b"answer-recorded", b"answer-weighed!")
    header = known.header_bytes.replace(b"answer-recorded", b"answer-weighed!").replace(
        known.header.commitment.encode(), _commit(bytes(16), newer).encode()
    )
    piece = decode_range(
        encode_range(
            StreamRange(
                stream=stream,
                entries=(
                    Entry(stream=stream.id, header=known.header, header_bytes=header, salt=bytes(16), payload=newer),
                ),
                seals=(),
            )
        )
    )
    piece = StreamRange(
        stream=stream,
        entries=piece.entries,
        seals=(Seal(first=1, last=1, head=piece.entries[0].hash, signature="good"),),
    )

    with two.journal.merging() as connection:
        two.journal.take(connection, piece, bundle="b", refuse=lambda _entry: None)
    carry(two, three)

    assert [entry.payload for entry in three.journal.history(SPACE, answer("q1", "").register)] == [newer]
    assert verify(three.database, believe).wrongs == ()


def _commit(salt: bytes, payload: bytes) -> str:
    from hashlib import sha256  # noqa: PLC0415 - the one place that writes a newer program's entry by hand

    return sha256(salt + payload).hexdigest()


FAULTS = {
    "payload": "UPDATE entry SET payload = CAST(replace(CAST(payload AS TEXT), 'yes', 'not') AS BLOB) WHERE seq=1",
    "header": "UPDATE entry SET header = CAST(replace(CAST(header AS TEXT), 'ana', 'eva') AS BLOB) WHERE seq=1",
    "entry gone": "DELETE FROM entry WHERE seq=2",
    "last entry gone": "DELETE FROM entry WHERE seq=3",
    "seal": "UPDATE seal SET signature='bad'",
    "projection": "UPDATE standing_person_introduced SET name='forged'",
    "head": "DELETE FROM head WHERE seq=1",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_verifying_finds_a_planted_fault(store: Store, make_writer: Callable[[str], Writer], fault: str) -> None:
    person = PersonIntroduced(person_id=PersonId("p1"), name="Ana", role="dsl")
    store.journal.append(make_writer("ana"), SPACE, [answer("q1", "yes"), person, answer("q3", "y")])
    store.journal.seal(make_writer("ana").device, SPACE, lambda _message: "good")
    assert verify(store.database, believe).wrongs == ()
    with store.database.writing() as connection:
        connection.exec_driver_sql(FAULTS[fault])

    assert verify(store.database, believe).wrongs != ()


# --- the tables mean what the rules say ----------------------------------------------------------

NAMES = ("ana", "ben", "cat")
Step = tuple[int, str, str, tuple[tuple[int, int], ...]]
SAYINGS: list[Event] = [answer(about, word) for about in ("q1", "q2") for word in "xyz"]
SAYINGS += [PersonIntroduced(person_id=PersonId("p1"), name=word, role="dsl") for word in "xyz"]
"""Of a kind that is seen through the heads, and of one that has rows of its own."""


@st.composite
def foreign_entries(draw: st.DrawFn) -> list[tuple[Stream, list[Entry]]]:
    """Return chains whose edges point anywhere: other registers, other spaces, the future, nowhere.

    A device that was copied tells several: they begin alike, and part.
    """
    streams = [
        Stream(device=DeviceId(name * 8), space=draw(st.sampled_from([SPACE, OTHER])), epoch="e") for name in NAMES
    ]
    chains: list[tuple[Stream, list[Entry]]] = [(stream, _go_on(draw, streams, stream, [])) for stream in streams]
    for _ in range(draw(st.integers(0, 3))):
        stream, entries = draw(st.sampled_from(chains))
        chains.append((stream, _go_on(draw, streams, stream, entries[: draw(st.integers(0, len(entries)))])))
    return chains


def _go_on(draw: st.DrawFn, streams: list[Stream], stream: Stream, before: list[Entry]) -> list[Entry]:
    entries = list(before)
    for seq in range(len(before) + 1, len(before) + draw(st.integers(1, 4)) + 1):
        edges = draw(st.lists(st.tuples(st.integers(0, 2), st.integers(1, 5)), max_size=2, unique=True))
        entries.append(
            write_entry(
                Draft(
                    stream=stream,
                    seq=seq,
                    prev=entries[-1].hash if entries else stream.genesis,
                    at="2026-01-05T09:00:00.000Z",
                    author=PersonId("p"),
                    event=draw(st.sampled_from(SAYINGS)),
                    replaces=[EntryId(streams[no].id, to) for no, to in edges],
                    salt=bytes(16),
                )
            )
        )
    return entries


def _pieces(chains: list[tuple[Stream, list[Entry]]], cuts: list[int]) -> list[StreamRange]:
    """Return the chains, some cut in two, so that bundles may come in turn, others also in part."""
    pieces = []
    for (stream, entries), cut in zip(chains, cuts, strict=False):
        for part in (entries[:cut], entries[cut:] if cut % 2 else entries):
            if part:
                seal = Seal(first=part[0].header.seq, last=part[-1].header.seq, head=part[-1].hash, signature="good")
                pieces.append(StreamRange(stream=stream, entries=tuple(part), seals=(seal,)))
    return pieces


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(data=st.data(), chains=foreign_entries(), cuts=st.lists(st.integers(0, 4), min_size=6, max_size=6))
def test_the_tables_hold_what_the_rules_say_in_any_order_of_arrival(
    data: st.DataObject, chains: list[tuple[Stream, list[Entry]]], cuts: list[int]
) -> None:
    spaces = {stream.id: stream.space for stream, _ in chains}
    pieces = _pieces(chains, cuts)
    order = data.draw(st.permutations(pieces))
    store = Store.create(None, KEY)
    arrived = _deliver(store, list(order) * 3)

    facts = frozenset(
        Fact(
            id=e.id,
            hash=e.hash,
            prev=e.header.prev,
            space=spaces[e.stream],
            register=e.header.register,
            replaces=e.replaces,
        )
        for e in arrived
    )
    rules = standing(facts)
    expected = {(space, register, id_) for (space, register), ids in rules.heads.items() for id_ in ids}
    found = {(space, e.header.register, e.id) for space in (SPACE, OTHER) for e in store.journal.heads(space)}

    assert found == expected
    with store.database.reading() as connection:
        set_aside = aside(connection)
    assert {each.entry.id for each in set_aside if each.because == STRAYED} == rules.strayed
    kept = {
        e.hash
        for space in (SPACE, OTHER)
        for register in {event.register for event in SAYINGS}
        for e in store.journal.history(space, register)
    }
    assert kept | {each.entry.hash for each in set_aside} == {e.hash for e in arrived}
    assert verify(store.database, believe).wrongs == ()
    rebuild(store.database)
    assert found == {(space, e.header.register, e.id) for space in (SPACE, OTHER) for e in store.journal.heads(space)}
    store.close()


def _deliver(store: Store, pieces: list[StreamRange]) -> list[Entry]:
    arrived: list[Entry] = []
    for piece in pieces:
        try:
            with store.journal.merging() as connection:
                store.journal.take(connection, piece, bundle="b", refuse=lambda _entry: None)
        except EntryMissing:
            continue
        arrived += piece.entries
    return arrived


def test_answers_can_be_asked_in_sql_field_by_field(store: Store, make_writer: Callable[[str], Writer]) -> None:
    given_answers = [
        answer("q1", "yes"),
        answer("q2", None),
        answer("q3", 'it\'s "quoted", and\nin German: Straße'),
        answer("q4", "replaced"),
        AnswerRecorded(question_id=QuestionId("q5"), instances=(InstanceId("i1"), InstanceId("i2")), value="7"),
    ]
    store.journal.append(make_writer("ana"), SPACE, given_answers)
    store.journal.append(make_writer("ana"), SPACE, [answer("q4", "stands")])
    store.journal.append(make_writer("ana"), OTHER, [answer("q1", "elsewhere")])

    with store.database.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT question_id, instances, value, author FROM standing_answer_recorded WHERE in_space=? ORDER BY 1",
            (SPACE,),
        ).all()

    assert [tuple(row) for row in rows] == [
        ("q1", "[]", "yes", "ana"),
        ("q2", "[]", None, "ana"),
        ("q3", "[]", 'it\'s "quoted", and\nin German: Straße', "ana"),
        ("q4", "[]", "stands", "ana"),
        ("q5", '["i1","i2"]', "7", "ana"),
    ]
    assert [held.event for held in store.journal.standing(AnswerRecorded, space=OTHER, value="elsewhere")] == [
        answer("q1", "elsewhere")
    ]


# --- the file ------------------------------------------------------------------------------------


def test_a_workspace_file_says_nothing_without_its_key(tmp_path: Path, make_writer: Callable[[str], Writer]) -> None:
    store = Store.create(tmp_path / "w.db", KEY)
    store.journal.append(make_writer("ana"), SPACE, [answer("q1", "a telling sentence")])
    while_open = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    store.close()

    assert b"telling" not in while_open + (tmp_path / "w.db").read_bytes()
    with pytest.raises(WrongKey):
        Store.open(tmp_path / "w.db", bytes(32))
    again = Store.open(tmp_path / "w.db", KEY)
    assert values(again) == [("q1", "a telling sentence")]
    again.close()


def test_what_is_wrong_with_a_file_is_told_apart(tmp_path: Path, make_writer: Callable[[str], Writer]) -> None:
    plain, newer, hurt = tmp_path / "plain.db", tmp_path / "newer.db", tmp_path / "hurt.db"
    plain.write_bytes(b"SQLite format 3\0" + bytes(4096))
    store = Store.create(newer, KEY)
    with store.database.writing() as connection:
        connection.exec_driver_sql("PRAGMA user_version = 99")
    store.close()
    store = Store.create(hurt, KEY)
    store.journal.append(make_writer("ana"), SPACE, [answer(f"q{n}", "x" * 500) for n in range(100)])
    store.close()
    data = bytearray(hurt.read_bytes())
    for page in range(3, len(data) // 4096):
        data[page * 4096 + 100] ^= 1
    hurt.write_bytes(data)

    with pytest.raises(NotEncrypted):
        Store.open(plain, KEY)
    with pytest.raises(NewerWorkspace):
        Store.open(newer, KEY)
    with pytest.raises(WorkspaceDamaged):
        values(Store.open(hurt, KEY))


def test_people_and_answers_do_not_show_in_a_repr() -> None:
    event = PersonIntroduced(person_id=PersonId("p1"), name="Marker Name", role="dsl")
    stream = Stream(device=DeviceId("d"), space=SPACE, epoch="e")
    entry = write_entry(
        Draft(
            stream=stream,
            seq=1,
            prev=stream.genesis,
            at="2026-01-05T09:00:00.000Z",
            author=PersonId("p1"),
            event=event,
            replaces=(EntryId(StreamId("s"), 1),),
            salt=bytes(16),
        )
    )

    assert "Marker" not in repr(event) + repr(entry)
