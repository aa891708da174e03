"""Takes in what others wrote: every chain and seal is checked, what is known is skipped, nothing is written over.

A range is checked by itself first (`check_range`), outside any transaction: somebody who types waits for none of
that. Taking it in is a handful of statements then, however many entries there are.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import sqlalchemy as sa

from iowscp_desktop.domain.ids import DeviceId, EntryId
from iowscp_desktop.domain.journal import Entry, EntryHash, Stream, StreamRange, entry_hashes, seal_message
from iowscp_desktop.errors import JournalDamaged
from iowscp_desktop.store import projecting, stories
from iowscp_desktop.store.database import cursor_of
from iowscp_desktop.store.entries import stream_no
from iowscp_desktop.store.erasing import without_erased

Refuse = Callable[[Entry], str | None]
"""Says why an entry is outside its author's grant, or None."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What came of one range in a merge."""

    new: tuple[Entry, ...] = ()
    """Also those that were known by their headers alone, and whose words have come now."""
    known: int = 0
    superseded: int = 0
    """Those of the new ones that somebody who saw them had replaced before they came."""
    quarantined: tuple[EntryId, ...] = ()
    """Those of the new ones that lie outside their author's grant: they change nothing."""
    forked: tuple[EntryId, ...] = ()
    """Those of a story of this stream that is not in force: kept aside, and without effect."""
    changed_over: bool = False
    """Whether the story that was in force is one of those now, and this one took its place."""


@dataclass(frozen=True, kw_only=True)
class CheckedRange:
    """A range whose chain and seals fit each other. Whose they are, the caller finds out."""

    piece: StreamRange
    links: tuple[EntryHash, ...]
    """Each entry's hash, in their order."""

    @cached_property
    def first(self) -> int:
        """The number of the first entry; 1 where there is none."""
        return self.piece.entries[0].header.seq if self.piece.entries else 1

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of its entries, by their headers."""
        return frozenset({entry.header.kind for entry in self.piece.entries})

    @cached_property
    def points_away(self) -> bool:
        """Whether an entry replaces one of another stream."""
        own = self.piece.stream.id
        edges = [entry.header.replaces for entry in self.piece.entries if entry.header.replaces]
        return any(stream != own for each in edges for stream, _seq in each)

    @cached_property
    def last(self) -> int:
        """The number of the last entry; 0 where there is none."""
        return self.first + len(self.links) - 1

    def link(self, seq: int) -> EntryHash:
        """Return the hash of an entry of the range by its number."""
        return self.links[seq - self.first]

    def since(self, seq: int) -> tuple[Entry, ...]:
        """Return the entries from this number on."""
        return self.piece.entries[max(0, seq - self.first) :]


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """How far a stream is known here."""

    no: int
    space: int
    last: int
    link: EntryHash
    """The hash of the last entry that is known; the genesis where there is none."""


def check_range(piece: StreamRange) -> CheckedRange:
    """Return a range once its chain holds together and a seal stands under its last entry.

    The head of that seal binds it, and by the chain all before it. A seal further on binds nothing of this.

    Raises:
        JournalDamaged: A number, a link or a seal does not fit.
    """
    stream, links = piece.stream.id, entry_hashes(piece.entries)
    checked = CheckedRange(piece=piece, links=links)
    prev = piece.stream.genesis if checked.first == 1 else None
    for seq, (entry, link) in enumerate(zip(piece.entries, links, strict=True), start=checked.first):
        header = entry.header
        if header.seq != seq or (header.prev != prev and prev is not None) or entry.stream != stream:
            raise JournalDamaged("a link of a chain does not fit")
        prev = link
    for seal in piece.seals:
        if seal.first > seal.last:
            raise JournalDamaged("a seal does not fit its entries")
        if checked.first <= seal.last <= checked.last and checked.link(seal.last) != seal.head:
            raise JournalDamaged("a seal does not fit its entries")
    if links and checked.last not in {seal.last for seal in piece.seals}:
        raise JournalDamaged("some entries are not sealed")
    return checked


def end_of(connection: sa.Connection, checked: CheckedRange) -> End:
    """Return how far a range's stream is known here; a new one gets its number."""
    stream = checked.piece.stream
    query = "SELECT t.no, t.space, t.last, t.head FROM stream t WHERE t.id=? AND t.space IS NOT NULL"
    run = cursor_of(connection).execute
    row = run(query, (stream.id,)).fetchone()
    if row is None:
        stream_no(connection, stream)
        row = run(query, (stream.id,)).fetchone()
    no, space, last, link = row
    return End(no=no, space=space, last=last, link=EntryHash(link) if link else stream.genesis)


def take(
    connection: sa.Connection,
    checked: CheckedRange,
    *,
    bundle: str,
    refuse: Refuse,
    named: stories.Named = stories.nobody_named,
) -> Taken:
    """Take in a range whose seals the caller has verified. What is known already is skipped.

    Args:
        refuse: Refused entries keep the chain whole but stay in quarantine.
        named: Says which stories the team named, where a stream parts.

    Raises:
        EntryMissing: The range begins after what is known here.
    """
    end = end_of(connection, checked)
    parted = _parting(connection, checked, end)
    piece = without_erased(connection, checked.piece)
    known = max(0, (parted or end.last + 1) - checked.first)
    completed = _complete(connection, end, checked.piece.stream, piece.entries[:known])
    if parted is not None:
        told = stories.tell(
            connection, _place(checked, end), replace(piece, entries=piece.entries[known:]), bundle, named
        )
        return _take_parted(connection, _place(checked, end), told, completed, known=known, refuse=refuse)
    new = piece.entries[known:]
    reasons = {entry.header.seq: reason for entry in new if (reason := refuse(entry)) is not None}
    superseded = 0
    if new:
        _write(connection, end, checked, new, bundle)
        _run_all(
            connection,
            "INSERT INTO quarantine VALUES (?,?,?,?)",
            [(end.no, seq, reason, bundle) for seq, reason in reasons.items()],
        )
        counted = [entry for entry in new if entry.header.seq not in reasons] if reasons else new
        superseded = projecting.project_all(connection, _batch(connection, end, checked.piece.stream, counted))
    _keep_seals(connection, end.no, checked)
    return Taken(
        new=(*completed, *new),
        known=min(known, len(checked.links)) - len(completed),
        superseded=superseded,
        quarantined=tuple(EntryId(piece.stream.id, seq) for seq in reasons),
    )


def first_strange(connection: sa.Connection, checked: CheckedRange) -> int | None:
    """Return the number of the first entry of a range that is not in force here, or None.

    Raises:
        EntryMissing: The range begins after what is known here.
    """
    end = end_of(connection, checked)
    parted = _parting(connection, checked, end)
    return end.last + 1 if parted is None and checked.last > end.last else parted


def seal_signatures(pieces: Iterable[StreamRange]) -> Iterator[tuple[DeviceId, bytes, str]]:
    """Yield what must verify for these ranges: device, message, signature in hex."""
    for piece in pieces:
        for seal in piece.seals:
            yield piece.stream.device, seal_message(piece.stream, seal.first, seal.last, seal.head), seal.signature


# --- inside --------------------------------------------------------------------------------------


def _place(checked: CheckedRange, end: End) -> stories.Place:
    return stories.Place(stream=checked.piece.stream, no=end.no, space=end.space, last=end.last, link=end.link)


def _parting(connection: sa.Connection, checked: CheckedRange, end: End) -> int | None:
    return stories.parting(connection, _place(checked, end), checked.piece.entries, checked.links)


def _write(connection: sa.Connection, end: End, checked: CheckedRange, new: Sequence[Entry], bundle: str) -> None:
    """Write entries down as they came, and move the stream's end."""
    no, space = end.no, end.space
    rows = [
        (
            no,
            header.seq,
            space,
            header.register,
            header.kind,
            header.at,
            header.author,
            bytearray(entry.header_bytes),  # the driver takes these several times faster than bytes
            None if (salt := entry.salt) is None else bytearray(salt),
            None if (payload := entry.payload) is None else bytearray(payload),
            1 if payload is None else 0,  # a truth value takes the driver longer
            bundle,
        )
        for entry, header in ((entry, entry.header) for entry in new)
    ]
    cursor = cursor_of(connection)
    cursor.executemany("INSERT INTO entry VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", rows)
    cursor.execute("UPDATE stream SET last=?, head=? WHERE no=?", (checked.last, checked.link(checked.last), no))


def _batch(connection: sa.Connection, end: End, stream: Stream, entries: Sequence[Entry]) -> projecting.Batch:
    numbers = projecting.Numbers(connection)
    numbers[stream.id] = end.no
    return projecting.Batch(no=end.no, space=end.space, space_id=stream.space, entries=entries, numbers=numbers)


def _complete(connection: sa.Connection, end: End, stream: Stream, known: Sequence[Entry]) -> list[Entry]:
    """Fill in what was withheld when its header came: a part was sent before the whole."""
    offered = {entry.header.seq: entry for entry in known if entry.payload is not None}
    if not offered:
        return []
    rows = connection.exec_driver_sql(
        "SELECT e.seq, q.stream IS NOT NULL FROM entry e LEFT JOIN quarantine q ON q.stream=e.stream AND q.seq=e.seq"
        " WHERE e.stream=? AND e.seq BETWEEN ? AND ? AND e.payload IS NULL",
        (end.no, min(offered), max(offered)),
    ).all()
    filled = {seq: is_aside for seq, is_aside in rows if seq in offered}
    _run_all(
        connection,
        "UPDATE entry SET salt=?, payload=?, bare=0 WHERE stream=? AND seq=?",
        [(offered[seq].salt, offered[seq].payload, end.no, seq) for seq in filled],
    )
    counted = [offered[seq] for seq, is_aside in filled.items() if not is_aside]
    batch = _batch(connection, end, stream, counted)
    projecting.show_contents(connection, [batch.stored(entry) for entry in counted])
    return counted


def _keep_seals(connection: sa.Connection, no: int, checked: CheckedRange) -> None:
    """Keep the seals that bind something of this range: what binds nothing is nothing to hand on."""
    _run_all(
        connection,
        "INSERT OR IGNORE INTO seal VALUES (?,?,?,?,?)",
        [
            (no, seal.first, seal.last, seal.head, seal.signature)
            for seal in checked.piece.seals
            if checked.first <= seal.last <= checked.last
        ],
    )


def _take_parted(
    connection: sa.Connection,
    place: stories.Place,
    parted: stories.Parted,
    completed: Sequence[Entry],
    *,
    known: int,
    refuse: Refuse,
) -> Taken:
    """Take in a range that tells another story than the one that was in force, after that was kept."""
    reasons = {entry.id: reason for entry in parted.new if (reason := refuse(entry)) is not None}
    for id_, reason in reasons.items():
        bundle = connection.exec_driver_sql("SELECT bundle FROM entry WHERE stream=? AND seq=?", (place.no, id_.seq))
        row = (place.no, id_.seq, reason, bundle.scalar_one())
        connection.exec_driver_sql("INSERT INTO quarantine VALUES (?,?,?,?)", row)
    if parted.new:
        stories.show(connection, place, parted)
    new = (*completed, *parted.new)
    return Taken(
        new=new,
        known=known - len(completed),
        quarantined=tuple(reasons),
        forked=parted.aside,
        changed_over=bool(parted.new),
    )


def _run_all(connection: sa.Connection, statement: str, rows: list[tuple[object, ...]]) -> None:
    if rows:
        cursor_of(connection).executemany(statement, rows)
