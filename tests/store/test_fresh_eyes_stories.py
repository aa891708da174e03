"""Second stories of this very device: what it never sent stays unsent, and what its copy replaced stays replaced."""

from collections.abc import Callable

import sqlalchemy as sa

from iowscp_desktop.domain.erasure import ErasureId, Why, spans_of
from iowscp_desktop.domain.events import AnswerRecorded, EntriesErased
from iowscp_desktop.domain.ids import PersonId
from iowscp_desktop.domain.journal import (
    Draft,
    Entry,
    EntryHash,
    Seal,
    Stream,
    StreamRange,
    bare,
    encode_event,
    write_entry,
)
from iowscp_desktop.store import Parting, Store, Taken, Writer, check_range, verify
from iowscp_desktop.store.epochs import leaving
from iowscp_desktop.store.erasing import bury
from tests.store.test_journal import SPACE, answer, believe, values
from tests.store.test_taking import sealed

MakeStore = Callable[[], Store]
MakeWriter = Callable[[str], Writer]


def take_as_named(store: Store, piece: StreamRange, *which: EntryHash) -> Taken:
    def named(_connection: sa.Connection, _parting: Parting) -> frozenset[EntryHash]:
        return frozenset(which)

    with store.journal.merging() as connection:
        return store.journal.take(connection, piece, bundle="b", refuse=lambda _entry: None, named=named)


def test_an_earlier_wording_stays_here_though_its_story_was_not_in_force_for_a_while(
    make_store: MakeStore, make_writer: MakeWriter
) -> None:
    one, clone = make_store(), make_store()
    here = sealed(one, make_writer("ana"), answer("q1", "a slip of the pen"), answer("q1", "well considered"))
    there = sealed(clone, make_writer("ana"), answer("q1", "otherwise"))
    assert [entry.payload is None for entry in here.entries] == [True, False]

    take_as_named(one, there, there.entries[0].hash)
    assert values(one) == [("q1", "otherwise")]
    take_as_named(one, here, here.entries[0].hash)

    (piece,) = one.journal.sealed_ranges(SPACE)
    assert [entry.payload is None for entry in piece.entries] == [True, False]
    assert values(one) == [("q1", "well considered")]
    assert verify(one.database, believe).wrongs == ()


def going_on(before: Entry, stream: Stream, writer: Writer, event: AnswerRecorded) -> StreamRange:
    """Return what a copy of a laptop sends that had one entry when it was copied, and has replaced it since."""
    after = write_entry(
        Draft(
            stream=stream,
            seq=2,
            prev=before.hash,
            at=writer.at,
            author=writer.author,
            event=event,
            replaces=[before.id],
            salt=writer.new_salt(16),
        )
    )
    seal = Seal(first=1, last=2, head=after.hash, signature="good")
    return StreamRange(stream=stream, entries=(bare(before), after), seals=(seal,))


def test_what_a_copy_of_this_laptop_replaced_does_not_come_back_beside_it(
    make_store: MakeStore, make_writer: MakeWriter
) -> None:
    store, writer = make_store(), make_writer("ana")
    store.journal.append(writer, SPACE, [answer("q1", "at first")])
    (before,) = store.journal.heads(SPACE)
    store.journal.append(writer, SPACE, [answer("q2", "only here")])
    stream = Stream(device=writer.device, space=SPACE, epoch=writer.new_epoch())
    piece = going_on(before, stream, make_writer("ana"), answer("q1", "then"))

    def again(_who: PersonId, _at: str) -> Writer:
        later = make_writer("ana")
        return Writer(
            device=later.device, author=later.author, at=later.at, new_epoch=lambda: "new", new_salt=later.new_salt
        )

    with store.journal.merging() as connection, leaving(connection, store.journal, check_range(piece), again):
        store.journal.take(connection, piece, bundle="b", refuse=lambda _entry: None)

    assert values(store) == [("q1", "then"), ("q2", "only here")]
    history = store.journal.history(SPACE, before.header.register)
    assert [entry.payload for entry in history][:1] == [before.payload]
    (travels,) = store.journal.sealed_ranges(SPACE)
    assert [entry.payload is None for entry in travels.entries] == [True, False]
    assert verify(store.database, believe).wrongs == ()


def test_erasing_a_number_destroys_no_record_of_an_erasure_in_a_second_story(
    make_store: MakeStore, make_writer: MakeWriter
) -> None:
    one, clone, team = make_store(), make_store(), make_store()
    there = EntriesErased(
        erasure_id=ErasureId("e"), space=SPACE, what="", spans=(), entries=0, files=0, file_bytes=0,
        why=Why.OTHER, reason="asked", who="Ana",
    )  # fmt: skip
    for store, event in ((one, answer("q1", "yes")), (clone, there)):
        store.journal.append(make_writer("ana"), SPACE, [event])
        store.journal.seal(make_writer("ana").device, SPACE, lambda _message: "good")
        (piece,) = store.journal.sealed_ranges(SPACE)
        take_as_named(team, piece)
    (said,) = team.journal.heads(SPACE)

    with team.database.writing() as connection:
        bury(connection, SPACE, spans_of([said.id]))
        (kept,) = connection.exec_driver_sql("SELECT f.payload FROM fork f").scalars().all()
        (gone,) = connection.exec_driver_sql("SELECT e.payload FROM entry e").scalars().all()

    contents = {payload for payload in (kept, gone) if payload is not None}
    assert contents == {encode_event(there)}
