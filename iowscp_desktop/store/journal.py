"""The journal in the file: append, rewrite the open field, seal, give out ranges, let in what others wrote."""

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Generic, TypeVar, cast

import sqlalchemy as sa

from iowscp_desktop.domain.events import Event
from iowscp_desktop.domain.ids import DeviceId, EntryId, PersonId, Register, SpaceId, StreamId
from iowscp_desktop.domain.journal import (
    SALT_BYTES,
    Draft,
    Entry,
    EntryHash,
    Stream,
    StreamRange,
    decode_event,
    seal_message,
    write_entry,
)
from iowscp_desktop.store import projecting, tables
from iowscp_desktop.store.database import Database
from iowscp_desktop.store.entries import entry_of, insert_own, range_of, stream_no
from iowscp_desktop.store.stories import Named, nobody_named
from iowscp_desktop.store.taking import Taken, check_range, take

E = TypeVar("E", bound=Event)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held(Generic[E]):
    """An event that holds its register now, with where, when and by whom it was written."""

    id: EntryId
    space: SpaceId
    at: str
    author: PersonId
    event: E = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Who writes, when, and with what chance."""

    device: DeviceId
    author: PersonId
    at: str
    new_epoch: Callable[[], str]
    new_salt: Callable[[int], bytes]


@dataclass(slots=True)
class _OpenField:
    spot: projecting.Spot
    register: Register
    author: PersonId
    visit: str
    is_closed: bool = False
    """Something was sealed or arrived meanwhile: the visit goes on, in a new entry."""


class Journal:
    """Reads and appends entries. Every public call is one transaction unless it is given a connection."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._open_field: _OpenField | None = None

    # --- writing -----------------------------------------------------------------------------

    def append(
        self, writer: Writer, space: SpaceId, events: Sequence[Event], *, visit: str | None = None
    ) -> tuple[EntryId, ...]:
        """Write events down, each replacing what holds its register now.

        Args:
            visit: Names one stay in one field. While the newest entry is of the same visit, register and
                author and is not sealed, it is rewritten: half-typed sentences make no history.
        """
        with self._database.writing() as connection:
            return self.append_in(connection, writer, space, events, visit=visit)

    def append_in(
        self,
        connection: sa.Connection,
        writer: Writer,
        space: SpaceId,
        events: Sequence[Event],
        *,
        visit: str | None = None,
    ) -> tuple[EntryId, ...]:
        """Do as `append` inside a transaction that writes more than events."""
        no, stream = self._own_stream(connection, writer, space)
        ids: list[EntryId] = []
        for event in events:
            before = self._visited(connection, (no, stream), event.register, writer.author, visit) if visit else None
            if before and self._is_open(connection, no, before.seq):
                ids.append(self._rewrite(connection, writer, (no, stream), event))
                continue
            # Whoever is still typing has not seen what arrived since they began: that stays a head.
            replaces = [before] if before else self._heads(connection, space, event.register)
            written = self._write_next(connection, writer, (no, stream), event, replaces)
            spot = (no, written.seq)
            self._open_field = None if visit is None else _OpenField(spot, event.register, writer.author, visit)
            ids.append(written)
        return tuple(ids)

    def append_again(
        self, connection: sa.Connection, writer: Writer, space: SpaceId, event: Event, replaces: Sequence[EntryId]
    ) -> EntryId:
        """Write down once more what was written under a number that is not this device's alone.

        Args:
            replaces: What its author had seen then; what has come since stays beside it.
        """
        own = self._own_stream(connection, writer, space)
        self._open_field = None
        return self._write_next(connection, writer, own, event, replaces)

    def close_field(self) -> None:
        """End the visit to a field: its entry is history from now on."""
        self._open_field = None

    def seal(self, device: DeviceId, space: SpaceId, sign: Callable[[bytes], str]) -> None:
        """Sign what this device wrote in a space since its last seal; nothing new is no seal.

        What was already replaced by then will travel as a bare commitment: the earlier wording stays here.
        """
        with self._database.writing() as connection:
            self._pause_field()
            run = connection.exec_driver_sql
            rows = run(
                "SELECT t.no, t.epoch, t.last, t.head,"
                " coalesce((SELECT max(last) FROM seal WHERE stream=t.no), 0)"
                " FROM stream t JOIN space s ON s.no = t.space WHERE t.device=? AND s.id=? AND t.ours=1",
                (device, space),
            ).all()
            for no, epoch, last, link, sealed in rows:
                if last == sealed:
                    continue
                stream = Stream(device=device, space=space, epoch=epoch)
                signature = sign(seal_message(stream, sealed + 1, last, link))
                run("INSERT INTO seal VALUES (?,?,?,?,?)", (no, sealed + 1, last, link, signature))
                run(
                    "UPDATE entry SET bare=1 WHERE stream=? AND seq>? AND EXISTS (SELECT 1 FROM replaced r"
                    " WHERE r.stream=entry.stream AND r.seq=entry.seq AND r.space=entry.space"
                    " AND r.register=entry.register)",
                    (no, sealed),
                )

    # --- reading -----------------------------------------------------------------------------

    def standing(self, kind: type[E], *, space: SpaceId | None = None, **equals: object) -> tuple[Held[E], ...]:
        """Return the events of a kind that hold their registers, by space, register and entry.

        Two laptops may have written the very same: that is one, not a conflict.

        Args:
            equals: Fields of the event that must have these values.
        """
        stream, is_view = tables.stream, kind in tables.THROUGH_HEADS
        table = tables.through_heads(kind) if is_view and not equals else tables.STANDING[kind]
        said = table if is_view else tables.entry  # where the words stand
        query = (
            sa.select(
                stream.c.id,
                table.c.seq,
                table.c.in_space,
                table.c.at,
                table.c.author,
                said.c.payload,
                said.c.register,
            )
            .join(stream, stream.c.no == table.c.stream)
            .where(*(table.c[name] == value for name, value in equals.items()))
            .order_by(table.c.in_space, said.c.register, stream.c.id, table.c.seq)
        )
        if not is_view:
            query = query.join(said, (said.c.stream == table.c.stream) & (said.c.seq == table.c.seq))
        if space is not None:
            query = query.where(table.c.in_space == space)
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
        alike = {(row.in_space, row.register, row.payload): row for row in reversed(rows)}
        held = (
            (row, event)
            for row in reversed(alike.values())
            if isinstance(event := decode_event(row.payload), kind)  # nobody knows yet what a newer program's says
        )
        return tuple(
            Held(
                id=EntryId(StreamId(row.id), row.seq),
                space=SpaceId(row.in_space),
                at=row.at,
                author=PersonId(row.author),
                event=event,
            )
            for row, event in held
        )

    def history(self, space: SpaceId, register: Register) -> tuple[Entry, ...]:
        """Return every entry of a register, oldest first by the clock of who wrote it."""
        with self._database.reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT t.id, e.header, e.salt, e.payload FROM entry e JOIN stream t ON t.no = e.stream"
                " JOIN space s ON s.no = e.space WHERE s.id=? AND e.register=? ORDER BY e.at, t.id, e.seq",
                (space, register),
            ).all()
        return tuple(entry_of(row) for row in rows)

    def heads(self, space: SpaceId) -> tuple[Entry, ...]:
        """Return what holds the registers of a space, in one order on every computer."""
        with self._database.reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT t.id, e.header, e.salt, e.payload FROM head h JOIN stream t ON t.no=h.stream"
                " JOIN entry e ON e.stream=h.stream AND e.seq=h.seq JOIN space s ON s.no=h.space"
                " WHERE s.id=? ORDER BY h.register, t.id, h.seq",
                (space,),
            ).all()
        return tuple(entry_of(row) for row in rows)

    def spaces(self) -> list[SpaceId]:
        """Return every space in which something was written."""
        with self._database.reading() as connection:
            rows = connection.exec_driver_sql("SELECT id FROM space ORDER BY id").all()
        return [SpaceId(space) for (space,) in rows]

    def ends_of(self, device: DeviceId) -> dict[StreamId, int]:
        """Return the last number that is here of each stream of a device."""
        with self._database.reading() as connection:
            rows = connection.exec_driver_sql("SELECT id, last FROM stream WHERE device=?", (device,)).all()
        return {StreamId(stream): last for stream, last in rows}

    def devices_in(self, space: SpaceId) -> list[DeviceId]:
        """Return the devices that wrote in a space."""
        with self._database.reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT DISTINCT t.device FROM stream t JOIN space s ON s.no=t.space WHERE s.id=? ORDER BY t.device",
                (space,),
            ).all()
        return [DeviceId(device) for (device,) in rows]

    def sealed_ranges(self, space: SpaceId) -> tuple[StreamRange, ...]:
        """Return all that is sealed in a space, whoever wrote it, as it travels."""
        with self._database.reading() as connection:
            streams = connection.exec_driver_sql(
                "SELECT t.no, t.device, t.epoch FROM stream t JOIN space s ON s.no=t.space"
                " WHERE s.id=? AND t.device IS NOT NULL ORDER BY t.id",
                (space,),
            ).all()
            pieces = [
                range_of(connection, no, Stream(device=device, space=space, epoch=epoch))
                for no, device, epoch in streams
            ]
        return tuple(piece for piece in pieces if piece.entries)

    # --- what others wrote -------------------------------------------------------------------

    @contextmanager
    def merging(self) -> Generator[sa.Connection]:
        """One transaction for everything that one bundle brings."""
        with self._database.writing() as connection:
            self._pause_field()
            yield connection

    def take(
        self,
        connection: sa.Connection,
        piece: StreamRange,
        *,
        bundle: str,
        refuse: Callable[[Entry], str | None],
        named: Named = nobody_named,
    ) -> Taken:
        """Check a range and take it in, inside the transaction of `merging`."""
        return take(connection, check_range(piece), bundle=bundle, refuse=refuse, named=named)

    # --- inside ------------------------------------------------------------------------------

    def _own_stream(self, connection: sa.Connection, writer: Writer, space: SpaceId) -> tuple[int, Stream]:
        row = connection.exec_driver_sql(
            "SELECT t.no, t.epoch FROM stream t JOIN space s ON s.no=t.space"
            " WHERE s.id=? AND t.device=? AND t.ours=1 ORDER BY t.no DESC LIMIT 1",
            (space, writer.device),
        ).first()
        if row is not None:
            return row[0], Stream(device=writer.device, space=space, epoch=row[1])
        stream = Stream(device=writer.device, space=space, epoch=writer.new_epoch())
        no = stream_no(connection, stream)
        connection.exec_driver_sql("UPDATE stream SET ours=1 WHERE no=?", (no,))
        return no, stream

    def _write_next(
        self,
        connection: sa.Connection,
        writer: Writer,
        own: tuple[int, Stream],
        event: Event,
        replaces: Sequence[EntryId],
    ) -> EntryId:
        """Write an event down at the end of this device's stream."""
        no, stream = own
        seq, prev = self._end_of(connection, no, stream)
        entry = write_entry(
            Draft(
                stream=stream,
                seq=seq + 1,
                prev=prev,
                at=writer.at,
                author=writer.author,
                event=event,
                replaces=replaces,
                salt=writer.new_salt(SALT_BYTES),
            )
        )
        insert_own(connection, no, stream.space, entry)
        return entry.id

    def _end_of(self, connection: sa.Connection, no: int, stream: Stream) -> tuple[int, EntryHash]:
        last, link = connection.exec_driver_sql("SELECT last, head FROM stream WHERE no=?", (no,)).one()
        return last, EntryHash(link) if link else stream.genesis

    def _heads(self, connection: sa.Connection, space: SpaceId, register: Register) -> list[EntryId]:
        rows = connection.exec_driver_sql(
            "SELECT t.id, h.seq FROM head h JOIN stream t ON t.no=h.stream JOIN space s ON s.no=h.space"
            " WHERE s.id=? AND h.register=?",
            (space, register),
        )
        return [EntryId(StreamId(stream), seq) for stream, seq in rows.all()]

    def _pause_field(self) -> None:
        """Let the open entry be history. Called with the file locked: a job may seal while somebody types."""
        if self._open_field is not None:
            self._open_field.is_closed = True

    def _visited(
        self, connection: sa.Connection, own: tuple[int, Stream], register: Register, author: PersonId, visit: str
    ) -> EntryId | None:
        """Return what this very visit wrote last, if the file has it: the disk may have given it up."""
        now = self._open_field
        if now is None or (now.spot[0], now.register, now.author, now.visit) != (own[0], register, author, visit):
            return None
        written = connection.exec_driver_sql(
            "SELECT register, author FROM entry WHERE stream=? AND seq=?", now.spot
        ).first()
        there = written is not None and tuple(written) == (register, author)
        return EntryId(own[1].id, now.spot[1]) if there else None

    def _is_open(self, connection: sa.Connection, no: int, seq: int) -> bool:
        """Tell whether an entry of the visit may be rewritten: it is the newest, and nothing has sealed it."""
        if self._open_field is None or self._open_field.is_closed:
            return False
        last, sealed = connection.exec_driver_sql(
            "SELECT t.last, (SELECT coalesce(max(last), 0) FROM seal WHERE stream=t.no) FROM stream t WHERE t.no=?",
            (no,),
        ).one()
        return bool(last == seq > sealed)

    def _rewrite(self, connection: sa.Connection, writer: Writer, own: tuple[int, Stream], event: Event) -> EntryId:
        no, stream = own
        open_field = cast("_OpenField", self._open_field)
        run = connection.exec_driver_sql
        before = entry_of(
            run(
                "SELECT t.id, e.header, e.salt, e.payload FROM entry e JOIN stream t ON t.no=e.stream"
                " WHERE e.stream=? AND e.seq=?",
                open_field.spot,
            ).one()
        )
        entry = write_entry(
            Draft(
                stream=stream,
                seq=before.header.seq,
                prev=before.header.prev,
                at=writer.at,
                author=writer.author,
                event=event,
                replaces=before.replaces,
                salt=writer.new_salt(SALT_BYTES),
            )
        )
        run(
            "UPDATE entry SET kind=?, at=?, header=?, salt=?, payload=? WHERE stream=? AND seq=?",
            (entry.header.kind, entry.header.at, entry.header_bytes, entry.salt, entry.payload, *open_field.spot),
        )
        run("UPDATE stream SET head=? WHERE no=?", (entry.hash, no))
        (now,) = projecting.stored_entries(connection, "AND e.stream=? AND e.seq=?", open_field.spot)
        projecting.replace_content(connection, now)
        return entry.id
