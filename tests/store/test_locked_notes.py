"""The notes beside a locked workspace: short, chained, bounded, and never a reason not to work."""

import stat
from pathlib import Path

import pytest

from iowscp_desktop.domain.audit_log import AuditLink
from iowscp_desktop.store import locked_notes
from iowscp_desktop.store.locked_notes import (
    MOST_FAILURES,
    LockedNotes,
    State,
    begin_notes,
    note_failure,
    notes_path,
    read_notes,
)

AT, END = "2026-01-05T09:00:00.000Z", AuditLink("ab" * 32)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "workspace.db"


def begun(database: Path, state: State = State.LOCKED) -> None:
    begin_notes(database, db_id="db-1", at=AT, after=END, state=state)


def read(database: Path) -> LockedNotes:
    notes = read_notes(database)
    assert notes is not None
    return notes


@pytest.mark.parametrize("state", list(State))
def test_they_say_how_it_stands_and_whose_they_are(database: Path, state: State) -> None:
    begun(database, state)

    notes = read(database)

    assert (notes.state, notes.db_id, notes.after, notes.failures, notes.broken) == (state, "db-1", END, (), False)
    assert stat.S_IMODE(notes_path(database).stat().st_mode) == 0o600


def test_failures_are_added_in_order_and_taken_once(database: Path) -> None:
    begun(database)
    for way in ("passphrase", "recovery"):
        note_failure(database, at=AT, way=way)

    first, second = read(database).failures

    assert (first.way, second.way) == ("passphrase", "recovery")
    assert read(database).failures_after(first.link) == (second,)
    assert read(database).failures_after(second.link) == ()
    assert read(database).failures_after("unknown") == (first, second)


def test_failures_without_a_beginning_are_noted_all_the_same(database: Path) -> None:
    note_failure(database, at=AT, way="passphrase")

    notes = read(database)

    assert (notes.state, len(notes.failures), notes.broken) == (None, 1, False)


def test_there_are_only_so_many(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locked_notes, "MOST_FAILURES", 3)
    begun(database)

    for _ in range(5):
        note_failure(database, at=AT, way="passphrase")

    assert len(read(database).failures) == 3
    assert MOST_FAILURES >= 100


@pytest.mark.parametrize("line", [0, 1, 2])
def test_a_line_taken_out_or_changed_breaks_the_chain(database: Path, line: int) -> None:
    begun(database)
    for _ in range(2):
        note_failure(database, at=AT, way="passphrase")
    lines = notes_path(database).read_bytes().splitlines(keepends=True)
    assert not read(database).broken

    changed = [each.replace(b"09:00", b"10:00") if at == line else each for at, each in enumerate(lines)]
    notes_path(database).write_bytes(b"".join(changed))
    assert read(database).broken
    if line < 2:
        notes_path(database).write_bytes(b"".join(lines[:line] + lines[line + 1 :]))
        assert read(database).broken


@pytest.mark.parametrize(
    "rubbish", [b"", b"\n", b"{}", b"\xff\xfe", b'{"what":"teleported","at":"","link":""}\n', b"[" * 9999]
)
def test_rubbish_is_read_without_harm(database: Path, rubbish: bytes) -> None:
    notes_path(database).write_bytes(rubbish)

    assert read(database).failures == ()


def test_a_place_that_takes_nothing_stops_nothing(tmp_path: Path) -> None:
    nowhere = tmp_path / "gone" / "workspace.db"

    begun(nowhere)
    note_failure(nowhere, at=AT, way="passphrase")

    assert read_notes(nowhere) is None


def test_where_a_new_file_has_no_room_the_old_one_is_written_over(database: Path) -> None:
    begun(database, State.OPEN)
    for _ in range(3):
        note_failure(database, at=AT, way="passphrase")
    notes_path(database).with_name("workspace.notes.new").mkdir()  # as if the disk gave no room for a file

    begun(database, State.LOCKED)
    note_failure(database, at=AT, way="recovery")

    notes = read(database)
    assert (notes.state, notes.after, [each.way for each in notes.failures]) == (State.LOCKED, END, ["recovery"])
    assert not notes.broken
