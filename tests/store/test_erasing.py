"""Erasing for good in a real encrypted store: what goes, what stays, and that nothing brings it back."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from iowscp_desktop.domain.erasure import ErasureId, Span, spans_of
from iowscp_desktop.domain.events import AnswerRecorded, EntriesErased, Event, EvidenceAttached
from iowscp_desktop.domain.ids import AttachmentId, DeviceId, EntryId, QuestionId, Register, Sha256, SpaceId, StreamId
from iowscp_desktop.domain.journal import Seal, StreamRange, decode_range, encode_range
from iowscp_desktop.store import Store, Verified, Writer, bury, rebuild, tombstones, verify
from tests.store.conftest import KEY

SPACE, OTHER, TEAM = SpaceId("response/r1"), SpaceId("response/r2"), SpaceId("team/t")
MARKER = "Amber Quill lives with her aunt"


def answer(question: str, value: str) -> AnswerRecorded:
    return AnswerRecorded(question_id=QuestionId(question), value=value)


def attached(attachment: str, digest: Sha256) -> EvidenceAttached:
    return EvidenceAttached(
        attachment_id=AttachmentId(attachment),
        question_id=QuestionId("q1"),
        name="plan.pdf",
        media_type="application/pdf",
        size=3,
        sha256=digest,
    )


def believe(_device: DeviceId, _message: bytes, signature: str) -> bool:
    return signature == "good"


def write(store: Store, writer: Writer, *events: Event, space: SpaceId = SPACE) -> tuple[EntryId, ...]:
    return store.journal.append(writer, space, events)


def seal(store: Store, writer: Writer, space: SpaceId = SPACE) -> None:
    store.journal.seal(writer.device, space, lambda _message: "good")


def erase(store: Store, *ids: EntryId, space: SpaceId = SPACE) -> None:
    with store.database.writing() as connection:
        bury(connection, space, spans_of(ids))


def parcels(store: Store, space: SpaceId = SPACE) -> list[bytes]:
    return [encode_range(piece) for piece in store.journal.sealed_ranges(space)]


def take(store: Store, *parcels: bytes) -> None:
    """Take ranges in, and erase what they say was erased."""
    with store.journal.merging() as connection:
        for parcel in parcels:
            piece = decode_range(parcel)
            taken = store.journal.take(connection, piece, bundle="b1", refuse=lambda _entry: None)
            for entry in taken.new:
                if isinstance(entry.event, EntriesErased):
                    bury(connection, entry.event.space, entry.event.spans)


def said(store: Store, space: SpaceId = SPACE) -> dict[EntryId, str | None]:
    """What every answer of a space says here; None where nothing is left of it."""
    found = {}
    with store.database.reading() as connection:
        registers = connection.exec_driver_sql("SELECT DISTINCT register FROM entry WHERE kind='answer-recorded'").all()
    for (register,) in registers:
        for entry in store.journal.history(space, Register(register)):
            found[entry.id] = entry.event.value if isinstance(entry.event, AnswerRecorded) else None
    return found


def proved(store: Store) -> Verified:
    return verify(store.database, believe)


# --- what goes and what stays --------------------------------------------------------------------


def test_the_content_goes_and_the_chain_still_verifies(store: Store, make_writer: Callable[[str], Writer]) -> None:
    first, second = write(store, make_writer("ana"), answer("q1", MARKER), answer("q2", "kept"))
    seal(store, make_writer("ana"))

    erase(store, first)

    assert said(store) == {first: None, second: "kept"}
    assert [held.event.value for held in store.journal.standing(AnswerRecorded)] == ["kept"]
    assert (proved(store).wrongs, proved(store).erased, proved(store).entries) == ((), 1, 2)


def test_writing_goes_on_after_an_erasure(store: Store, make_writer: Callable[[str], Writer]) -> None:
    (first,) = write(store, make_writer("ana"), answer("q1", MARKER))
    erase(store, first)

    (again,) = write(store, make_writer("ana"), answer("q1", "another"))

    assert said(store) == {first: None, again: "another"}
    assert [held.event.value for held in store.journal.standing(AnswerRecorded)] == ["another"]
    assert proved(store).wrongs == ()


def test_the_tables_are_the_same_after_a_rebuild(store: Store, make_writer: Callable[[str], Writer]) -> None:
    first, _second = write(store, make_writer("ana"), answer("q1", MARKER), answer("q2", "kept"))
    erase(store, first)

    rebuild(store.database)

    assert [held.event.value for held in store.journal.standing(AnswerRecorded)] == ["kept"]
    assert proved(store).wrongs == ()


def test_the_record_of_an_erasure_is_not_erased(store: Store, make_writer: Callable[[str], Writer]) -> None:
    (first,) = write(store, make_writer("ana"), answer("q1", MARKER))
    (record,) = write(store, make_writer("ana"), erasure_of(first))

    erase(store, first, record)

    assert [held.id for held in store.journal.standing(EntriesErased)] == [record]
    assert proved(store).wrongs == ()


def test_only_the_space_that_is_meant_is_touched(store: Store, make_writer: Callable[[str], Writer]) -> None:
    (there,) = write(store, make_writer("ana"), answer("q1", "elsewhere"), space=OTHER)

    erase(store, there, space=SPACE)

    assert said(store, OTHER) == {there: "elsewhere"}
    assert proved(store).wrongs == ()


def test_a_file_goes_when_the_last_entry_that_names_it_goes(store: Store, make_writer: Callable[[str], Writer]) -> None:
    digest, _ = store.blobs.add([b"pdf"])
    one, two = write(store, make_writer("ana"), attached("a1", digest), attached("a2", digest))

    erase(store, one)
    assert store.blobs.has(digest)
    erase(store, two)

    assert not store.blobs.has(digest)


def test_a_file_that_another_audit_names_stays(store: Store, make_writer: Callable[[str], Writer]) -> None:
    digest, _ = store.blobs.add([b"pdf"])
    (one,) = write(store, make_writer("ana"), attached("a1", digest))
    write(store, make_writer("ana"), attached("a2", digest), space=OTHER)

    erase(store, one)

    assert store.blobs.read(digest) == b"pdf"


def test_an_entry_whose_content_is_missing_or_back_is_damage(
    store: Store, make_writer: Callable[[str], Writer]
) -> None:
    first, second = write(store, make_writer("ana"), answer("q1", MARKER), answer("q2", "kept"))
    with store.database.writing() as connection:
        run = connection.exec_driver_sql
        run("UPDATE entry SET salt=NULL, payload=NULL WHERE seq=?", (second.seq,))
        run("INSERT INTO erased VALUES (?,?,?,?)", (SPACE, first.stream, first.seq, first.seq))

    wrongs = " ".join(proved(store).wrongs)

    assert f"entry {first.seq} was erased, and its content is back" in wrongs
    assert f"the content of entry {second.seq} is missing, and nobody erased it" in wrongs


# --- nothing brings it back ----------------------------------------------------------------------


def erasure_of(*ids: EntryId, space: SpaceId = SPACE) -> EntriesErased:
    return EntriesErased(
        erasure_id=ErasureId(f"e-{ids[0].stream[:6]}-{ids[0].seq}"),
        space=space,
        what="An audit",
        spans=spans_of(ids),
        entries=len(ids),
        files=0,
        file_bytes=0,
        why="asked",
        reason="asked by the family",
        who="Ana",
    )


@pytest.mark.parametrize("order", ["erasure first", "old bundle first"])
def test_an_old_bundle_brings_nothing_back(
    make_store: Callable[[], Store], make_writer: Callable[[str], Writer], order: str
) -> None:
    ana, ben, cat = make_store(), make_store(), make_store()
    (first,) = write(ana, make_writer("ana"), answer("q1", MARKER))
    seal(ana, make_writer("ana"))
    old = parcels(ana)
    take(ben, *old)
    erase(ben, first)
    write(ben, make_writer("ben"), erasure_of(first), space=TEAM)
    seal(ben, make_writer("ben"), TEAM)

    for bundle in (parcels(ben, TEAM), old) if order == "erasure first" else (old, parcels(ben, TEAM)):
        take(cat, *bundle)
    take(ben, *old)

    assert said(ben) == said(cat) == {first: None}
    assert (proved(ben).wrongs, proved(cat).wrongs) == ((), ())


def test_without_the_tombstone_it_would_come_back(
    make_store: Callable[[], Store], make_writer: Callable[[str], Writer]
) -> None:
    ana, cat = make_store(), make_store()
    (first,) = write(ana, make_writer("ana"), answer("q1", MARKER))
    seal(ana, make_writer("ana"))
    with cat.database.writing() as connection:
        bury(connection, SPACE, spans_of([first]))
        connection.exec_driver_sql("DELETE FROM erased")

    take(cat, *parcels(ana))

    assert said(cat) == {first: MARKER}


def test_a_second_entry_under_an_erased_number_keeps_no_content(
    make_store: Callable[[], Store], make_writer: Callable[[str], Writer]
) -> None:
    ana, twin, team = make_store(), make_store(), make_store()
    writer, same_device = make_writer("ana"), make_writer("ana")
    (first,) = write(ana, writer, answer("q1", "one"))
    (also_first,) = write(twin, same_device, answer("q1", MARKER))
    for each, who in ((ana, writer), (twin, same_device)):
        seal(each, who)
    assert first == also_first

    take(team, *parcels(ana))
    erase(team, first)
    take(team, *parcels(twin))

    with team.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT salt, payload FROM fork").all() == [(None, None)]


class Replicas:
    """Three computers that write, erase, send each other files and find old ones again."""

    names = ("ana", "ben", "cat")

    def __init__(self, make_writer: Callable[[str], Writer]) -> None:
        self._make_writer = make_writer
        self.stores = [Store.create(None, KEY) for _ in self.names]
        self.posted: list[bytes] = []
        self.gone: set[EntryId] = set()

    def do(self, deed: str, at: int, other: int) -> None:
        store, writer = self.stores[at], self._make_writer(self.names[at])
        match deed:
            case "write":
                write(store, writer, answer(f"q{other}", f"{self.names[at]} {other}"))
            case "rewrite":
                write(store, writer, answer("q1", f"{self.names[at]} {other}"))
            case "erase" if known := sorted(said(store)):
                chosen = known[other % len(known)]
                erase(store, chosen)
                write(store, writer, erasure_of(chosen), space=TEAM)
                self.gone.add(chosen)
            case "carry":
                self.post(at)
                take(self.stores[other % 3], *self.posted[-3:])
            case "replay":
                take(store, *self.posted[: other + 1])
            case _:
                pass

    def post(self, at: int) -> None:
        for space in (SPACE, TEAM):
            seal(self.stores[at], self._make_writer(self.names[at]), space)
            self.posted += parcels(self.stores[at], space)

    def close(self) -> None:
        for store in self.stores:
            store.close()


deeds = st.sampled_from(["write", "rewrite", "erase", "carry", "replay"])


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example([("write", 0, 0), ("carry", 0, 1), ("erase", 0, 0)])
@given(st.lists(st.tuples(deeds, st.integers(0, 2), st.integers(0, 9)), max_size=20))
def test_whatever_happens_in_whatever_order_what_was_erased_stays_erased(
    make_writer: Callable[[str], Writer], history: list[tuple[str, int, int]]
) -> None:
    replicas = Replicas(make_writer)
    for step in history:
        replicas.do(*step)
    for at in range(3):
        replicas.post(at)
    replicas.stores.append(Store.create(None, KEY))  # a new laptop, which hears of the erasures before anything else
    for store in replicas.stores:
        take(store, *(each for each in replicas.posted if decode_range(each).stream.space == TEAM))
        take(store, *replicas.posted, *reversed(replicas.posted))

    contents = [said(store) for store in replicas.stores]
    assert [found.keys() for found in contents] == [contents[0].keys()] * 4
    assert [id_ for id_ in replicas.gone for found in contents if found[id_] is not None] == []
    assert [proved(store).wrongs for store in replicas.stores] == [()] * 4
    assert len({tombstones_of(store) for store in replicas.stores}) == 1
    replicas.close()


def tombstones_of(store: Store) -> tuple[object, ...]:
    with store.database.reading() as connection:
        return tombstones(connection)


# --- the bytes are gone --------------------------------------------------------------------------

_PAGE, _RESERVED, _IV = 4096, 80, 16


def pages(path: Path) -> Iterator[bytes]:
    """Every page of the encrypted file and of its write-ahead log, deciphered: free pages and old copies too."""
    content = path.read_bytes()
    for at in range(0, len(content), _PAGE):
        page = content[at : at + _PAGE]
        yield deciphered(page[16:] if at == 0 else page)  # the first page begins with the salt
    log = path.with_name(f"{path.name}-wal")
    written = log.read_bytes() if log.exists() else b""
    for at in range(32, len(written), 24 + _PAGE):
        yield deciphered(written[at + 24 : at + 24 + _PAGE])
        yield deciphered(written[at + 24 + 16 : at + 24 + _PAGE])  # the first page, as it stands in the log


def deciphered(page: bytes) -> bytes:
    secret, tail = page[: len(page) - _RESERVED], page[len(page) - _RESERVED :]
    if len(secret) % 16:
        return b""
    cipher = Cipher(algorithms.AES(KEY), modes.CBC(tail[:_IV])).decryptor()
    return cipher.update(secret) + cipher.finalize()


def holds(path: Path, words: bytes) -> bool:
    return any(words in page for page in pages(path))


@pytest.fixture
def on_disk(tmp_path: Path) -> Iterator[tuple[Store, Path]]:
    path = tmp_path / "workspace.db"
    store = Store.create(path, KEY)
    yield store, path
    store.close()


def test_no_page_of_the_file_or_its_log_holds_what_was_erased(
    on_disk: tuple[Store, Path], make_writer: Callable[[str], Writer]
) -> None:
    store, path = on_disk
    for words in ("Amber", "Amber Qu", MARKER):  # half-typed wordings lie in freed parts of pages
        store.journal.append(make_writer("ana"), SPACE, [answer("q1", words)], visit="v1")
    digest, _ = store.blobs.add([b"the plan for Amber" * 400])
    (first, *_), (file,) = (
        [entry.id for entry in store.journal.history(SPACE, Register("answer/q1"))],
        write(store, make_writer("ana"), attached("a1", digest)),
    )
    store.journal.close_field()
    assert holds(path, b"Amber")

    erase(store, first, file)
    assert store.database.rewrite()

    assert not holds(path, b"Amber")
    assert path.with_name(f"{path.name}-wal").stat().st_size == 0
    assert proved(store).wrongs == ()


def test_an_entry_that_is_only_let_go_of_is_still_found_in_the_file(
    on_disk: tuple[Store, Path], make_writer: Callable[[str], Writer]
) -> None:
    store, path = on_disk
    write(store, make_writer("ana"), answer("q1", MARKER))

    with store.database.writing() as connection:
        connection.exec_driver_sql("PRAGMA secure_delete = OFF")
        connection.exec_driver_sql("DELETE FROM entry")

    assert holds(path, MARKER.encode())


def test_a_file_that_is_being_read_is_written_anew_later(
    on_disk: tuple[Store, Path], make_writer: Callable[[str], Writer]
) -> None:
    store, _path = on_disk
    (first,) = write(store, make_writer("ana"), answer("q1", MARKER))
    erase(store, first)

    with store.database.reading() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 1")
        connection.exec_driver_sql("SELECT count(*) FROM entry").scalar()
        was_done = store.database.rewrite()

    assert (was_done, store.database.rewrite()) == (False, True)


def test_spans_hold_exactly_the_entries_that_were_named() -> None:
    one, two = StreamId("a"), StreamId("b")

    assert spans_of([EntryId(two, 4), EntryId(one, 3), EntryId(one, 1), EntryId(one, 2), EntryId(one, 9)]) == (
        Span(one, 1, 3),
        Span(one, 9, 9),
        Span(two, 4, 4),
    )


def test_a_range_without_seals_is_still_refused_after_an_erasure(
    make_store: Callable[[], Store], make_writer: Callable[[str], Writer]
) -> None:
    ana, team = make_store(), make_store()
    (first,) = write(ana, make_writer("ana"), answer("q1", MARKER))
    seal(ana, make_writer("ana"))
    (piece,) = ana.journal.sealed_ranges(SPACE)
    erase(team, first)
    false = Seal(first=1, last=1, head=piece.entries[0].header.prev, signature="good")

    with pytest.raises(Exception, match="seal"), team.journal.merging() as connection:
        team.journal.take(
            connection,
            StreamRange(stream=piece.stream, entries=piece.entries, seals=(false,)),
            bundle="b",
            refuse=lambda _entry: None,
        )
