"""The field somebody is typing in: rewritten while nothing else happened, and never after."""

from collections.abc import Callable

import pytest

from iowscp_desktop.domain.events import AnswerRecorded
from iowscp_desktop.domain.ids import DeviceId, QuestionId, SpaceId
from iowscp_desktop.store import Store, Writer, verify
from iowscp_desktop.store.journal import Journal

SPACE = SpaceId("response/r1")


def answer(value: str) -> AnswerRecorded:
    return AnswerRecorded(question_id=QuestionId("q1"), value=value)


def believe(_device: DeviceId, _message: bytes, signature: str) -> bool:
    return signature == "good"


def values(store: Store) -> list[str | None]:
    return [held.event.value for held in store.journal.standing(AnswerRecorded, space=SPACE)]


def test_what_a_job_sealed_meanwhile_is_not_rewritten(store: Store, make_writer: Callable[[str], Writer]) -> None:
    writer = make_writer("ana")
    store.journal.append(writer, SPACE, [answer("hal")], visit="v")
    Journal(store.database).seal(writer.device, SPACE, lambda _message: "good")  # knows nothing of the open field

    store.journal.append(writer, SPACE, [answer("half a sentence")], visit="v")

    assert values(store) == ["half a sentence"]
    assert len(store.journal.history(SPACE, answer("").register)) == 2
    assert verify(store.database, believe).wrongs == ()


def test_typing_goes_on_after_the_disk_gave_up(store: Store, make_writer: Callable[[str], Writer]) -> None:
    writer = make_writer("ana")

    def write_in_vain() -> None:
        with store.database.writing() as connection:
            store.journal.append_in(connection, writer, SPACE, [answer("lost")], visit="v")
            raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        write_in_vain()
    store.journal.append(writer, SPACE, [answer("typed again")], visit="v")

    assert values(store) == ["typed again"]
    assert verify(store.database, believe).wrongs == ()


def test_an_answer_that_arrives_while_somebody_types_is_not_typed_over(
    make_store: Callable[[], Store], make_writer: Callable[[str], Writer]
) -> None:
    one, two = make_store(), make_store()
    ana, ben = make_writer("ana"), make_writer("ben")
    two.journal.append(ben, SPACE, [answer("no")])
    two.journal.seal(ben.device, SPACE, lambda _message: "good")
    one.journal.append(ana, SPACE, [answer("ye")], visit="v")

    with one.journal.merging() as connection:
        for piece in two.journal.sealed_ranges(SPACE):
            one.journal.take(connection, piece, bundle="b", refuse=lambda _entry: None)
    one.journal.append(ana, SPACE, [answer("yes")], visit="v")
    one.journal.append(ana, SPACE, [answer("yes!")], visit="v")

    assert sorted(value or "" for value in values(one)) == ["no", "yes!"]
    one.journal.append(ana, SPACE, [answer("settled")], visit="another")
    assert values(one) == ["settled"]
    assert verify(one.database, believe).wrongs == ()
