"""Keeps the projections true as entries come: the meaning of `domain.merge`, in SQL.

Order of arrival does not matter: an edge may come before its target, and an entry found to have strayed
gives back what it had replaced. Entries of one stream are taken by a handful of statements for all of them
(`project_all`); where an edge is strange, one at a time (`project`). Both come to the same.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

import msgspec
import sqlalchemy as sa

from iowscp_desktop.domain.events import KINDS, Event, NotYetKnown
from iowscp_desktop.domain.ids import StreamId
from iowscp_desktop.domain.journal import Entry, Header, decode_event, read_entry
from iowscp_desktop.store.database import cursor_of
from iowscp_desktop.store.tables import KEPT, columns_of, is_plain, tables_of

Spot = tuple[int, int]
"""An entry inside this file: number of its stream, and seq."""

Place = tuple[int, str]
"""A register inside this file: number of its space, and name."""


class Stored(msgspec.Struct, frozen=True, gc=False):
    """An entry as the projections see it."""

    spot: Spot
    space: int
    space_id: str
    register: str
    kind: str
    at: str
    author: str
    edges: tuple[Spot, ...]
    payload: bytes | None


def project(connection: sa.Connection, entry: Stored) -> None:
    """Take one entry, already in the journal, into the projections."""
    run = connection.exec_driver_sql
    here = (entry.space, entry.register)
    for spot in _stray_because_of(connection, entry):
        _take_out(connection, spot)
    if _has_strayed(connection, entry):
        run("INSERT OR IGNORE INTO strayed VALUES (?,?)", entry.spot)
        _drop_head(connection, entry.spot, here)  # given back, before its turn came, by one found to have strayed
        return
    for edge in entry.edges:
        run("INSERT OR IGNORE INTO replaced VALUES (?,?,?,?,?,?)", (*edge, *entry.spot, *here))
        _drop_head(connection, edge, here)
    if not run(
        "SELECT 1 FROM replaced WHERE stream=? AND seq=? AND space=? AND register=?", (*entry.spot, *here)
    ).first():
        _add_head(connection, entry)


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Entries of one stream, in their order."""

    no: int
    space: int
    space_id: str
    entries: Sequence[Entry]
    numbers: Mapping[str, int]
    """Of each stream that an edge of theirs names."""

    def stored(self, entry: Entry) -> Stored:
        """Return one of them as the projections see it."""
        spot = (self.no, entry.header.seq)
        return stored(spot, self.space, self.space_id, entry.header, entry.payload, self.numbers)


def project_all(connection: sa.Connection, batch: Batch) -> int:
    """Take entries that are in the journal already into the projections.

    Returns:
        How many of them had been replaced before they came.
    """
    entries, no, space = batch.entries, batch.no, batch.space
    if not entries:
        return 0
    own = {entry.header.seq: entry.header for entry in entries}
    pairs = [
        ((batch.numbers[stream], seq), entry.header)
        for entry in entries
        if entry.header.replaces
        for stream, seq in entry.header.replaces
    ]
    targets = _targets(connection, {edge for edge, _header in pairs if edge[0] != no or edge[1] not in own})
    replaced = _replaced_before(connection, no, entries)
    if _is_strange(batch, pairs, own, targets, replaced):
        for entry in entries:
            project(connection, batch.stored(entry))
        return len(replaced)
    gone = {*replaced, *(edge[1] for edge, _header in pairs if edge[0] == no)}
    _run_all(
        connection,
        "INSERT OR IGNORE INTO replaced VALUES (?,?,?,?,?,?)",
        [(*edge, no, header.seq, space, header.register) for edge, header in pairs],
    )
    _drop_heads(connection, targets)
    heads = [(space, header.register, no, seq, header.kind) for seq, header in own.items() if seq not in gone]
    heads.sort()  # in the order of the table
    _run_all(connection, "INSERT OR IGNORE INTO head VALUES (?,?,?,?,?)", heads)
    if not _KEPT_KINDS.isdisjoint({header.kind for header in own.values()}):
        kept = (entry for entry in entries if entry.header.kind in _KEPT_KINDS and entry.header.seq not in gone)
        _add_all_standing(connection, map(batch.stored, kept))
    return len(replaced)


def replace_content(connection: sa.Connection, entry: Stored) -> None:
    """Show the new content of an entry that was rewritten in place."""
    _drop_standing(connection, entry.kind, entry.space, entry.spot)
    _add_standing(connection, entry)


def show_contents(connection: sa.Connection, entries: Sequence[Stored]) -> None:
    """Show the contents of entries that were known by their headers alone, where they hold their registers."""
    for entry in entries:
        if connection.exec_driver_sql(
            "SELECT 1 FROM head WHERE space=? AND register=? AND stream=? AND seq=?",
            (entry.space, entry.register, *entry.spot),
        ).first():
            _add_standing(connection, entry)


def rebuild(connection: sa.Connection) -> None:
    """Empty every projection and fill it again from the journal alone."""
    for table in tables_of("projection"):
        connection.execute(sa.delete(table))
    for batch in _batches(connection):
        project_all(connection, batch)


def project_again(connection: sa.Connection, spaces: Iterable[int]) -> None:
    """Do as `rebuild` for some spaces alone: what was in force there is not, or something else is."""
    run = connection.exec_driver_sql
    for space in spaces:
        run("DELETE FROM head WHERE space=?", (space,))
        run("DELETE FROM replaced WHERE space=?", (space,))
        run("DELETE FROM strayed WHERE stream IN (SELECT no FROM stream WHERE space=?)", (space,))
        for table in KEPT.values():
            run(f"DELETE FROM {table.name} WHERE in_space=(SELECT id FROM space WHERE no=?)", (space,))  # noqa: S608 - our own tables' names
    for space in spaces:
        for batch in _batches(connection, "AND e.space=?", (space,)):
            project_all(connection, batch)


def snapshot(connection: sa.Connection) -> dict[str, list[tuple[object, ...]]]:
    """Return every projection's rows in order, to compare two builds."""
    return {
        table.name: [tuple(row) for row in connection.execute(sa.select(table).order_by(*table.primary_key))]
        for table in tables_of("projection")
    }


_ENTRIES = """
SELECT e.stream, e.seq, e.space, s.id AS space_id, e.header, e.payload, t.id AS stream_id
FROM entry e JOIN space s ON s.no = e.space JOIN stream t ON t.no = e.stream
LEFT JOIN quarantine q ON q.stream = e.stream AND q.seq = e.seq
WHERE q.stream IS NULL
"""


def stored_entries(connection: sa.Connection, where: str = "", values: tuple[int, ...] = ()) -> Iterable[Stored]:
    """Yield the journal's entries that are not in quarantine, stream by stream."""
    numbers = Numbers(connection)
    for stream, seq, space, space_id, header_bytes, payload, stream_id in connection.exec_driver_sql(
        f"{_ENTRIES} {where} ORDER BY e.stream, e.seq", values
    ):
        header = read_entry(stream_id, bytes(header_bytes), None, None).header
        yield stored((stream, seq), space, space_id, header, payload, numbers)


def _batches(connection: sa.Connection, where: str = "", values: tuple[int, ...] = ()) -> Iterable[Batch]:
    """Yield the same entries, those of one stream together."""
    numbers = Numbers(connection)
    rows = connection.exec_driver_sql(f"{_ENTRIES} {where} ORDER BY e.stream, e.seq", values)
    for (no, space, space_id), group in groupby(rows, lambda row: (row.stream, row.space, row.space_id)):
        entries = [_as_entry(StreamId(row.stream_id), bytes(row.header), row.payload) for row in group]
        yield Batch(no=no, space=space, space_id=space_id, entries=entries, numbers=numbers)


def _as_entry(stream: StreamId, header_bytes: bytes, payload: bytes | None) -> Entry:
    """Return an entry with the content it has in the journal, which is not proved again here."""
    return msgspec.structs.replace(read_entry(stream, header_bytes, None, None), payload=payload)


class Numbers(dict[str, int]):
    """The numbers of streams in this file, by their ids; one that is new here gets its number when asked for."""

    def __init__(self, connection: sa.Connection) -> None:
        super().__init__()
        self._connection = connection

    def __missing__(self, stream_id: str) -> int:
        run = self._connection.exec_driver_sql
        run("INSERT OR IGNORE INTO stream (id) VALUES (?)", (stream_id,))
        self[stream_id] = int(run("SELECT no FROM stream WHERE id=?", (stream_id,)).scalar_one())
        return self[stream_id]


def stored(
    spot: Spot, space: int, space_id: str, header: Header, payload: bytes | None, numbers: Mapping[str, int]
) -> Stored:
    """Return an entry as the projections see it; `numbers` gives each stream id its number in this file."""
    edges = tuple((numbers[stream], seq) for stream, seq in header.replaces) if header.replaces else ()
    return Stored(spot, space, space_id, header.register, header.kind, header.at, header.author, edges, payload)


# What is in quarantine is as if it had not come, whether it came before this entry or after. Of a number that two
# stories claim, an edge does not say which it means: it makes no stray.
_TARGET = """
SELECT e.space, e.register FROM entry e LEFT JOIN quarantine q ON q.stream=e.stream AND q.seq=e.seq
WHERE e.stream=? AND e.seq=? AND q.stream IS NULL
AND NOT EXISTS (SELECT 1 FROM fork f WHERE f.stream=e.stream AND f.seq=e.seq)
"""

_TARGETS = """
SELECT e.stream, e.seq, e.space, e.register, e.kind
FROM json_each(?) j JOIN entry e ON e.stream=j.value->>0 AND e.seq=j.value->>1
LEFT JOIN quarantine q ON q.stream=e.stream AND q.seq=e.seq
WHERE q.stream IS NULL
"""


class _Target(NamedTuple):
    """What an edge points at."""

    place: Place
    kind: str


def _targets(connection: sa.Connection, edges: set[Spot]) -> dict[Spot, _Target]:
    """Return what edges point at; what has not come yet, or is in quarantine, is not among it."""
    if not edges:
        return {}
    rows = connection.exec_driver_sql(_TARGETS, (msgspec.json.encode(sorted(edges)).decode(),)).all()
    return {(stream, seq): _Target((space, register), kind) for stream, seq, space, register, kind in rows}


def _replaced_before(connection: sa.Connection, no: int, entries: Sequence[Entry]) -> dict[int, set[Place]]:
    """Return which of these entries, by number, were named before they came, and from where."""
    here = (no, entries[0].header.seq, entries[-1].header.seq)
    found: dict[int, set[Place]] = {}
    for seq, space, register in cursor_of(connection).execute(
        "SELECT seq, space, register FROM replaced WHERE stream=? AND seq BETWEEN ? AND ?", here
    ):
        found.setdefault(seq, set()).add((space, register))
    return found


def _is_strange(
    batch: Batch,
    pairs: Sequence[tuple[Spot, Header]],
    own: Mapping[int, Header],
    targets: Mapping[Spot, _Target],
    replaced: Mapping[int, set[Place]],
) -> bool:
    """Tell whether an edge leaves its register, or points into the future, here or from elsewhere."""
    for seq, places in replaced.items():
        if seq in own and places != {(batch.space, own[seq].register)}:
            return True
    for (stream, seq), header in pairs:
        if stream == batch.no and seq >= header.seq:
            return True
        if stream == batch.no and seq in own and own[seq].register != header.register:
            return True
        if (stream, seq) in targets and targets[(stream, seq)].place != (batch.space, header.register):
            return True
    return False


def _drop_heads(connection: sa.Connection, targets: dict[Spot, _Target]) -> None:
    _run_all(
        connection,
        "DELETE FROM head WHERE space=? AND register=? AND stream=? AND seq=?",
        [(*target.place, *spot) for spot, target in targets.items()],
    )
    for spot, target in targets.items():
        _drop_standing(connection, target.kind, target.place[0], spot)


def _run_all(connection: sa.Connection, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
    if rows:
        cursor_of(connection).executemany(statement, rows)


def _add_all_standing(connection: sa.Connection, entries: Iterable[Stored]) -> None:
    rows: dict[type[Event], list[tuple[object, ...]]] = {}
    for entry in entries:
        event = _kept_event(entry)
        if event is None:
            continue
        row = (entry.space_id, *entry.spot, entry.at, entry.author, *_FIELDS[type(event)](event))
        rows.setdefault(type(event), []).append(row)
    for kind, found in rows.items():
        _run_all(connection, _ADD_STANDING[kind], found)


def _fields_of(kind: type[Event]) -> Callable[[Event], list[object]]:
    """Return what gives a kind's fields as its projection stores them, in the order of its columns."""
    names = [field.name for field in msgspec.structs.fields(kind) if field.name != "v"]
    pick: Callable[[Event], tuple[object, ...]] = attrgetter(*names, "v")  # two or more names give a tuple
    structured = [no for no, name in enumerate(names) if not is_plain(kind, name)]
    encode = msgspec.json.encode

    def fields(event: Event) -> list[object]:
        values = list(pick(event)[:-1])
        for no in structured:
            value = values[no]
            if value == ():
                values[no] = "[]"
            elif value is not None:
                values[no] = encode(value).decode()
        return values

    return fields


def _kept_event(entry: Stored) -> Event | None:
    """Return what an entry says, where its kind has rows of its own and this program knows what it means."""
    if entry.payload is None or entry.kind not in _KEPT_KINDS:
        return None
    event = decode_event(entry.payload)
    return None if isinstance(event, NotYetKnown) else event


_KEPT_KINDS = frozenset(kind for kind, event in KINDS.items() if event in KEPT)
_FIELDS = {kind: _fields_of(kind) for kind in KEPT}
_ADD_STANDING = {
    kind: f"INSERT OR IGNORE INTO {table.name} VALUES ({','.join('?' * len(table.columns))})"  # noqa: S608 - our own table's name
    for kind, table in KEPT.items()
}


def _has_strayed(connection: sa.Connection, entry: Stored) -> bool:
    for edge in entry.edges:
        if edge[0] == entry.spot[0] and edge[1] >= entry.spot[1]:
            return True
        target = connection.exec_driver_sql(_TARGET, edge).first()
        if target is not None and tuple(target) != (entry.space, entry.register):
            return True
    return False


def _stray_because_of(connection: sa.Connection, entry: Stored) -> list[Spot]:
    """Entries that named this one before it came, from another register; those that may mean another story do not."""
    rows = connection.exec_driver_sql(
        "SELECT by_stream, by_seq FROM replaced r WHERE stream=? AND seq=? AND NOT (space=? AND register=?)"
        " AND NOT EXISTS (SELECT 1 FROM fork f WHERE f.stream=r.stream AND f.seq=r.seq)",
        (*entry.spot, entry.space, entry.register),
    )
    return [(stream, seq) for stream, seq in rows.all()]


def _take_out(connection: sa.Connection, spot: Spot) -> None:
    """Put a strayed entry aside, and give back what only it had replaced."""
    run = connection.exec_driver_sql
    freed = run("SELECT stream, seq FROM replaced WHERE by_stream=? AND by_seq=?", spot).all()
    run("DELETE FROM replaced WHERE by_stream=? AND by_seq=?", spot)
    run("INSERT OR IGNORE INTO strayed VALUES (?,?)", spot)
    (gone,) = stored_entries(connection, "AND e.stream=? AND e.seq=?", spot)
    _drop_head(connection, spot, (gone.space, gone.register))
    for stream, seq in freed:
        for target in stored_entries(connection, "AND e.stream=? AND e.seq=?", (stream, seq)):
            aside = run("SELECT 1 FROM strayed WHERE stream=? AND seq=?", target.spot).first()
            still = run(
                "SELECT 1 FROM replaced WHERE stream=? AND seq=? AND space=? AND register=?",
                (*target.spot, target.space, target.register),
            ).first()
            same_place = (target.space, target.register) == (gone.space, gone.register)
            if same_place and aside is None and still is None:
                _add_head(connection, target)


def _add_head(connection: sa.Connection, entry: Stored) -> None:
    connection.exec_driver_sql(
        "INSERT OR IGNORE INTO head VALUES (?,?,?,?,?)", (entry.space, entry.register, *entry.spot, entry.kind)
    )
    _add_standing(connection, entry)


def _drop_head(connection: sa.Connection, spot: Spot, place: tuple[int, str]) -> None:
    kind = connection.exec_driver_sql(
        "DELETE FROM head WHERE space=? AND register=? AND stream=? AND seq=? RETURNING kind", (*place, *spot)
    ).scalar()
    if kind is not None:
        _drop_standing(connection, kind, place[0], spot)


def _add_standing(connection: sa.Connection, entry: Stored) -> None:
    event = _kept_event(entry)
    if event is None:
        return
    table = KEPT[type(event)]
    row = columns_of(event) | {
        "stream": entry.spot[0],
        "seq": entry.spot[1],
        "in_space": entry.space_id,
        "at": entry.at,
        "author": entry.author,
    }
    connection.execute(sa.insert(table).prefix_with("OR IGNORE").values(**row))


def _drop_standing(connection: sa.Connection, kind: str, space: int, spot: Spot) -> None:
    if kind in _KEPT_KINDS:
        connection.exec_driver_sql(
            f"DELETE FROM {KEPT[KINDS[kind]].name}"  # noqa: S608 - our own table's name
            " WHERE in_space=(SELECT id FROM space WHERE no=?) AND stream=? AND seq=?",
            (space, *spot),
        )
