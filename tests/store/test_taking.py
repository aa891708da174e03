"""What others wrote, taken in: parts before the whole, second stories, evidence that is not seen too early."""

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256

import pytest

from iowscp_desktop.domain.events import AnswerRecorded
from iowscp_desktop.domain.ids import Register, Sha256
from iowscp_desktop.domain.journal import StreamRange, bare
from iowscp_desktop.errors import AttachmentMissing
from iowscp_desktop.store import Store, Taken, Writer, verify
from tests.store.test_journal import SPACE, answer, believe, carry, values

MakeStore = Callable[[], Store]
MakeWriter = Callable[[str], Writer]


def sealed(store: Store, writer: Writer, *given: AnswerRecorded) -> StreamRange:
    """Let somebody answer and seal it; return all that is sealed."""
    store.journal.append(writer, SPACE, given)
    store.journal.seal(writer.device, SPACE, lambda _message: "good")
    (piece,) = store.journal.sealed_ranges(SPACE)
    return piece


def take(store: Store, piece: StreamRange) -> Taken:
    with store.journal.merging() as connection:
        return store.journal.take(connection, piece, bundle="b", refuse=lambda _entry: None)


def test_words_that_were_withheld_are_filled_in_when_the_whole_comes(
    make_store: MakeStore, make_writer: MakeWriter
) -> None:
    one, two = make_store(), make_store()
    whole = sealed(one, make_writer("ana"), answer("q1", "yes"), answer("q2", "later"))
    part = replace(whole, entries=(whole.entries[0], bare(whole.entries[1])))

    take(two, part)
    assert values(two) == [("q1", "yes")]
    taken = take(two, whole)

    assert (len(taken.new), taken.known) == (1, 1)
    assert values(two) == [("q1", "yes"), ("q2", "later")]
    assert verify(two.database, believe).wrongs == ()
    assert len(take(two, part).new) == 0
    assert values(two) == [("q1", "yes"), ("q2", "later")]


def test_a_second_story_is_kept_from_the_first_difference_on(make_store: MakeStore, make_writer: MakeWriter) -> None:
    one, clone, team = make_store(), make_store(), make_store()
    take(team, sealed(one, make_writer("ana"), answer("q1", "yes"), answer("q2", "x")))
    second = sealed(clone, make_writer("ana"), answer("q1", "no"), answer("q2", "y"), answer("q3", "z"))

    taken = take(team, second)

    assert [entry.seq for entry in taken.forked] == [1, 2, 3]
    assert (taken.new, taken.known) == ((), 0)
    assert values(team) == [("q1", "yes"), ("q2", "x")]
    with team.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM fork").scalar_one() == 3
    assert verify(team.database, believe).wrongs == ()


def test_a_story_that_goes_on_from_another_end_is_a_second_story(
    make_store: MakeStore, make_writer: MakeWriter
) -> None:
    one, clone, team = make_store(), make_store(), make_store()
    take(team, sealed(one, make_writer("ana"), answer("q1", "yes")))
    second = sealed(clone, make_writer("ana"), answer("q1", "no"), answer("q2", "y"))

    taken = take(team, replace(second, entries=second.entries[1:]))

    assert [entry.seq for entry in taken.forked] == [2]
    assert values(team) == [("q1", "yes")]


def test_an_entry_replaced_before_it_came_does_not_stand(make_store: MakeStore, make_writer: MakeWriter) -> None:
    one, two, team = make_store(), make_store(), make_store()
    first = sealed(one, make_writer("ana"), answer("q1", "yes"))
    carry(one, two)
    two.journal.append(make_writer("ben"), SPACE, [answer("q1", "no")])
    two.journal.seal(make_writer("ben").device, SPACE, lambda _message: "good")
    later = next(piece for piece in two.journal.sealed_ranges(SPACE) if piece.stream != first.stream)

    take(team, later)
    taken = take(team, first)

    assert (len(taken.new), taken.superseded) == (1, 1)
    assert values(team) == [("q1", "no")]
    assert len(team.journal.history(SPACE, Register("answer/q1"))) == 2


def test_evidence_that_was_laid_by_is_seen_only_once_it_is_named(make_store: MakeStore) -> None:
    store = make_store()
    content = bytes(range(256)) * 5000
    digest = Sha256(sha256(content).hexdigest())

    store.blobs.lay_by(digest, iter([content[:700_000], content[700_000:]]))
    assert not store.blobs.has(digest)
    with pytest.raises(AttachmentMissing):
        store.blobs.read(digest)
    with store.database.writing() as connection:
        store.blobs.name(connection, digest, len(content))

    assert store.blobs.read(digest) == content
    store.blobs.sweep()
    assert store.blobs.read(digest) == content


def test_what_was_laid_by_and_never_named_is_swept_away(make_store: MakeStore) -> None:
    store = make_store()
    digest = Sha256("0" * 64)
    store.blobs.lay_by(digest, iter([b"half of a file"]))

    store.blobs.sweep()

    with store.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM chunk").scalar_one() == 0
    with pytest.raises(AttachmentMissing), store.database.writing() as connection:
        store.blobs.name(connection, digest, 14)
