"""Saves from a damaged file what its journal still proves, with the backups' help, into a new file.

Every page that still opens is read; a stream is taken as far as its chain holds, each entry from whichever file
still has it. The damaged file is only copied, never written.
"""

import hashlib
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlcipher3 import dbapi2 as sqlcipher

from iowscp_desktop.domain.audit_log import AuditLink, broken_at
from iowscp_desktop.domain.ids import DeviceId, SpaceId, StreamId
from iowscp_desktop.domain.journal import Stream, check_chain, read_entry
from iowscp_desktop.errors import JournalDamaged, NothingToSalvage
from iowscp_desktop.store import Store, projecting
from iowscp_desktop.store.database import connect
from iowscp_desktop.store.disk import plain_refusals
from iowscp_desktop.store.erasing import named_files
from iowscp_desktop.store.local import FILE, RANGE
from iowscp_desktop.store.tables import metadata

NEEDED: Final = ("about", "device_signing", "device_identity")
"""Without these values nobody could go on with what is saved."""

BEGIN_EPOCH: Final = "begin_epoch"
"""The local value that asks for a new epoch at the next opening, and says why."""

_OWN_WAY: Final = {"space", "stream", "entry", "seal", "audit", "blob", "chunk"}
_MOST_PROBED: Final = 100_000

_Row = dict[str, Any]
_Entries = dict[int, list[_Row]]
"""What the files have under each number of a stream, the damaged file's first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Salvaged:
    """What could be saved, and what could not, in counts and ids."""

    entries: int
    streams: int
    files: int
    from_backups: int
    """Entries that only a backup still had."""
    missing: Mapping[StreamId, int] = field(default_factory=dict)
    """Streams that are not whole: how many entries of each are gone, as far as anybody knows."""
    files_missing: int = 0


class _Torn:
    """One file, read row by row as far as its pages still open."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._connection = connect(str(path))
        self._connection.isolation_level = None
        for pragma in (f"key = \"x'{key.hex()}'\"", "cipher_log_level = NONE", "trusted_schema = OFF"):
            self._connection.execute(f"PRAGMA {pragma}")

    def close(self) -> None:
        self._connection.close()

    def rows(self, table: str, where: str = "", values: Sequence[object] = ()) -> list[_Row]:
        """Return what opens of a table: from its beginning to the first damage, and from its end back to the last."""
        order = [column.name for column in metadata.tables[table].primary_key]
        forward = list(self._walk(table, where, values, ", ".join(order)))
        seen = {tuple(row[name] for name in order) for row in forward}
        backward: list[_Row] = []
        for row in self._walk(table, where, values, ", ".join(f"{name} DESC" for name in order)):
            if tuple(row[name] for name in order) in seen:
                break
            backward.append(row)
        return forward + backward[::-1]

    def _walk(self, table: str, where: str, values: Sequence[object], order: str) -> Iterator[_Row]:
        names = [column.name for column in metadata.tables[table].columns]
        columns = ", ".join(f'"{name}"' for name in names)
        with suppress(sqlcipher.DatabaseError):  # pyright: ignore[reportAttributeAccessIssue] - untyped C module
            cursor = self._connection.execute(f"SELECT {columns} FROM {table} {where} ORDER BY {order}", tuple(values))  # noqa: S608 - our own tables' names
            for row in cursor:
                yield dict(zip(names, row, strict=True))

    def entries(self, no: int, last: int) -> list[_Row]:
        """Return the entries of a stream, also those between two damaged pages."""
        found = self.rows("entry", "WHERE stream=?", (no,))
        there = {row["seq"] for row in found}
        for seq in range(1, min(last, _MOST_PROBED) + 1):
            if seq not in there:
                found += list(self._walk("entry", "WHERE stream=? AND seq=?", (no, seq), "seq"))
        return found


class _Source:
    """One file's streams under their ids, as its numbers mean nothing elsewhere."""

    def __init__(self, torn: _Torn) -> None:
        self.torn = torn
        self.spaces: dict[int, str] = {row["no"]: row["id"] for row in torn.rows("space")}
        self.streams: dict[str, _Row] = {row["id"]: row for row in torn.rows("stream")}
        self.numbers: dict[int, str] = {row["no"]: id_ for id_, row in self.streams.items()}

    def stream(self, id_: str) -> Stream | None:
        """Return a stream that was seen itself, not only named."""
        row = self.streams.get(id_)
        if row is None or row["device"] is None or row["space"] not in self.spaces:
            return None
        return Stream(device=DeviceId(row["device"]), space=SpaceId(self.spaces[row["space"]]), epoch=row["epoch"])


def salvage(damaged: Path, key: bytes, backups: Sequence[Path], target: Path) -> Salvaged:
    """Write a new workspace file from what a damaged one, and backups of it, still hold.

    Args:
        damaged: The file as it is; it and what lies beside it are copied first.
        backups: Encrypted files under the same key, newest first.
        target: Where the new file is to be; there is none yet.

    Raises:
        NothingToSalvage: Not even who the workspace belongs to can be read.
        CannotWrite: The disk does not take the new file.
    """
    scratch = target.with_name(f"{target.name}.scratch")
    shutil.rmtree(scratch, ignore_errors=True)
    with plain_refusals():
        scratch.mkdir(mode=0o700)
    torn: list[_Torn] = []
    try:
        for number, path in enumerate((damaged, *backups)):
            torn.append(_Torn(_copied(path, scratch / f"{number}.db", with_log=path is damaged), key))
        return _filled(target, key, torn)
    finally:
        for each in torn:
            each.close()
        shutil.rmtree(scratch, ignore_errors=True)


def _copied(path: Path, place: Path, *, with_log: bool) -> Path:
    for side in ("", "-wal") if with_log else ("",):
        beside = path.with_name(path.name + side)
        if beside.exists():
            with plain_refusals():
                shutil.copyfile(beside, place.with_name(place.name + side))
    return place


def _filled(target: Path, key: bytes, torn: Sequence[_Torn]) -> Salvaged:
    try:
        store = Store.create(target, key)
        with closing(store):
            return _fill(store, [_Source(each) for each in torn])
    except BaseException:
        for path in target.parent.glob(f"{target.name}*"):
            if path.is_file():
                path.unlink(missing_ok=True)
        raise


def _fill(store: Store, sources: Sequence[_Source]) -> Salvaged:
    """Write everything in one transaction."""
    with store.database.writing() as connection:
        numbers = _number_streams(connection, sources)
        entries, from_backups, missing = 0, 0, {}
        for id_ in numbers:
            whole, borrowed, lost = _take_stream(connection, sources, id_, numbers)
            entries, from_backups = entries + whole, from_backups + borrowed
            if lost:
                missing[StreamId(id_)] = lost
        for name, table in metadata.tables.items():
            if table.info["kind"] != "projection" and name not in _OWN_WAY:
                _copy_table(connection, sources, table, numbers)
        connection.exec_driver_sql(_ONLY_ASIDE)
        _copy_audit(connection, sources)
        files, files_missing = _copy_blobs(connection, sources)
        run = connection.exec_driver_sql
        if any(run("SELECT 1 FROM local WHERE name=?", (name,)).first() is None for name in NEEDED):
            raise NothingToSalvage
        for remembered in (FILE, RANGE):  # what such a file brought may be lost: taken in again, it brings it again
            run("DELETE FROM local WHERE name LIKE ?", (f"{remembered}%",))
        run("INSERT OR REPLACE INTO local VALUES (?,?)", (BEGIN_EPOCH, b"salvaged"))
        projecting.rebuild(connection)
    return Salvaged(
        entries=entries,
        streams=sum(1 for id_ in numbers if any(each.stream(id_) for each in sources)),
        files=files,
        from_backups=from_backups,
        missing=missing,
        files_missing=files_missing,
    )


_ONLY_ASIDE = """
DELETE FROM fork WHERE EXISTS (
    SELECT 1 FROM entry e WHERE e.stream=fork.stream AND e.seq=fork.seq AND e.header=fork.header
)
"""
"""In a backup that is older, what is in force now may have been the story that was not."""


def _number_streams(connection: sa.Connection, sources: Sequence[_Source]) -> dict[str, int]:
    run = connection.exec_driver_sql
    for source in sources:
        for space in source.spaces.values():
            run("INSERT OR IGNORE INTO space (id) VALUES (?)", (space,))
        for id_, row in source.streams.items():
            run("INSERT OR IGNORE INTO stream (id) VALUES (?)", (id_,))
            stream = source.stream(id_)
            if stream is not None:
                run(
                    "UPDATE stream SET device=?, epoch=?, ours=?, space=(SELECT no FROM space WHERE id=?)"
                    " WHERE id=? AND device IS NULL",
                    (stream.device, stream.epoch, row["ours"], stream.space, id_),
                )
    return {row.id: row.no for row in run("SELECT id, no FROM stream ORDER BY no")}


def _take_stream(
    connection: sa.Connection, sources: Sequence[_Source], id_: str, numbers: dict[str, int]
) -> tuple[int, int, int]:
    """Write a stream as far as its chain holds; return how many, how many from backups, how many are gone."""
    stream = next((found for each in sources if (found := each.stream(id_)) is not None), None)
    if stream is None:
        return 0, 0, 0
    rows: _Entries = {}
    own: set[int] = set()
    for place, source in enumerate(sources):
        known: _Row = source.streams.get(id_, {})
        for row in source.torn.entries(known["no"], known["last"]) if known else ():
            rows.setdefault(row["seq"], []).append(row)
            if place == 0:
                own.add(row["seq"])
    run = connection.exec_driver_sql
    space = run("SELECT no FROM space WHERE id=?", (stream.space,)).scalar_one()
    link, seq, links = stream.genesis, 0, {}
    while (following := _next(stream, rows.get(seq + 1, ()), seq, link)) is not None:
        row, seq = following, seq + 1
        entry = read_entry(stream.id, bytes(row["header"]), _bytes(row["salt"]), _bytes(row["payload"]))
        link = links[seq] = entry.hash
        for edge, _seq in entry.header.replaces:
            run("INSERT OR IGNORE INTO stream (id) VALUES (?)", (edge,))
        _insert(connection, metadata.tables["entry"], row | {"stream": numbers[id_], "space": space})
    run("UPDATE stream SET last=?, head=? WHERE id=?", (seq, link if seq else None, id_))
    for source in sources:
        no = source.streams.get(id_, {}).get("no")
        for seal in source.torn.rows("seal", "WHERE stream=?", (no,)):
            if links.get(seal["last"]) == seal["head"]:
                _insert(connection, metadata.tables["seal"], seal | {"stream": numbers[id_]})
    furthest = max((each.streams[id_]["last"] for each in sources if id_ in each.streams), default=0)
    return seq, sum(number not in own for number in links), max(furthest, max(rows, default=0)) - seq


def _next(stream: Stream, candidates: Sequence[_Row], seq: int, link: Any) -> _Row | None:  # noqa: ANN401 - a link
    for row in candidates:
        with suppress(JournalDamaged):
            entry = read_entry(stream.id, bytes(row["header"]), _bytes(row["salt"]), _bytes(row["payload"]))
            check_chain(stream, (entry,), after=seq, link=link if seq else None)
            return row
    return None


def _copy_table(
    connection: sa.Connection, sources: Sequence[_Source], table: sa.Table, numbers: Mapping[str, int]
) -> None:
    """Copy what opens of a plain table, with the numbers of streams and spaces that this file has."""
    by_number = {name for name in ("stream", "space") if name in table.c and isinstance(table.c[name].type, sa.INTEGER)}
    spaces = {row.id: row.no for row in connection.exec_driver_sql("SELECT id, no FROM space")}
    for source in sources:
        for row in source.torn.rows(table.name):
            if "stream" in by_number:
                row["stream"] = numbers.get(source.numbers.get(row["stream"], ""))
            if "space" in by_number:
                row["space"] = spaces.get(source.spaces.get(row["space"], ""))
            if not any(row[name] is None for name in by_number):
                _insert(connection, table, row)


def _copy_audit(connection: sa.Connection, sources: Sequence[_Source]) -> None:
    """Copy the longest beginning of the audit log whose chain holds."""
    best: list[_Row] = []
    for source in sources:
        rows = source.torn.rows("audit")
        whole = [row for place, row in enumerate(rows, start=1) if row["no"] == place]
        broken = broken_at((bytes(row["line"]), AuditLink(row["link"])) for row in whole)
        held = whole if broken is None else whole[: broken - 1]
        best = max(best, held, key=len)
    for row in best:
        _insert(connection, metadata.tables["audit"], row)


def _copy_blobs(connection: sa.Connection, sources: Sequence[_Source]) -> tuple[int, int]:
    """Copy every file whose bytes are what its digest says; return how many, and how many are gone.

    One that only a backup has, and that nothing names any more, was erased since.
    """
    wanted: dict[str, _Row] = {}
    named = named_files(connection)
    for place, source in enumerate(sources):
        for row in source.torn.rows("blob"):
            if place == 0 or row["sha256"] in named:
                wanted.setdefault(row["sha256"], row)
    saved = sum(_copy_blob(connection, sources, row) for row in wanted.values())
    return saved, len(wanted) - saved


def _copy_blob(connection: sa.Connection, sources: Sequence[_Source], row: _Row) -> bool:
    """Copy one file from the first that has it whole; tell whether there was one."""
    digest = row["sha256"]
    for source in sources:
        pieces = source.torn.rows("chunk", "WHERE sha256=?", (digest,))
        if hashlib.sha256(b"".join(bytes(piece["bytes"]) for piece in pieces)).hexdigest() == digest:
            _insert(connection, metadata.tables["blob"], row)
            for piece in pieces:
                _insert(connection, metadata.tables["chunk"], piece)
            return True
    return False


def _insert(connection: sa.Connection, table: sa.Table, row: _Row) -> None:
    names = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join("?" * len(row))
    statement = f"INSERT OR IGNORE INTO {table.name} ({names}) VALUES ({marks})"  # noqa: S608 - our own tables' names
    connection.exec_driver_sql(statement, tuple(row.values()))


def _bytes(value: Any) -> bytes | None:  # noqa: ANN401 - a column of an untyped driver
    return None if value is None else bytes(value)
