"""Where a stream parts, as when a device was copied and both copies went on: every story is kept, one is in force.

Which one is `domain.merge.story`'s to say, so it is the same on every computer that has them, in whatever order they
came. The story in force lies in `entry` like any other; of the rest each entry lies in `fork` by its own hash, and the
seals in `local` by the hash that they sign: they are put back where their story comes in force.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec
import sqlalchemy as sa

from iowscp_desktop.domain.ids import EntryId
from iowscp_desktop.domain.journal import Entry, EntryHash, Seal, Stream, StreamRange, entry_hash, read_entry
from iowscp_desktop.domain.merge import Link, story
from iowscp_desktop.errors import EntryMissing
from iowscp_desktop.store import projecting
from iowscp_desktop.store.database import cursor_of
from iowscp_desktop.store.entries import entry_of

_SEAL: Final = "second-seal/"
"""Before a stream's id and an entry's hash, the local value that holds a seal of a story not in force."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parting:
    """A stream that came tells another story than the one in force here, from this number on."""

    stream: Stream
    seq: int
    in_force: EntryHash | None
    """The entry under that number whose story is in force here; None where only other stories reach so far."""
    others: frozenset[EntryHash]
    """The entries of the other stories that follow the same one."""


Named = Callable[[sa.Connection, Parting], frozenset[EntryHash]]
"""Is told that a stream parts; returns the entries whose stories the team named."""


def nobody_named(_connection: sa.Connection, _parting: Parting) -> frozenset[EntryHash]:
    """Outside the team nobody names any."""
    return frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a stream lies in this file."""

    stream: Stream
    no: int
    space: int
    last: int
    link: EntryHash


@dataclass(frozen=True, slots=True, kw_only=True)
class Parted:
    """What came of a second story."""

    new: tuple[Entry, ...] = ()
    """Entries that are in force from now on, and were not."""
    aside: tuple[EntryId, ...] = ()
    """Entries that are not in force: what came, or what it took the place of."""


def parting(
    connection: sa.Connection, place: Place, entries: Sequence[Entry], links: Sequence[EntryHash]
) -> int | None:
    """Return the number from which on a range tells another story than the one in force, or None.

    Raises:
        EntryMissing: The range begins after what is known here.
    """
    if not entries:
        return None
    first, last = entries[0].header.seq, entries[-1].header.seq
    if first > place.last + 1:
        if _goes_on_aside(connection, place, first, entries[0].header.prev):
            return first
        raise EntryMissing
    if first == place.last + 1:
        return None if entries[0].header.prev == place.link else first
    shared = min(place.last, last)
    if shared == place.last and links[shared - first] == place.link:
        return None  # and by the chain, all before it is the same too
    rows = connection.exec_driver_sql(
        "SELECT seq, header FROM entry WHERE stream=? AND seq BETWEEN ? AND ? ORDER BY seq", (place.no, first, shared)
    )
    return next((seq for seq, header in rows.all() if entry_hash(bytes(header)) != links[seq - first]), None)


def tell(connection: sa.Connection, place: Place, piece: StreamRange, bundle: str, named: Named) -> Parted:
    """Keep a second story, from where it parts and without what was erased, and put in force which of all is to be.

    What is put in force is in the journal then. The caller says which of it lies outside a grant, and calls `show`.
    """
    entries = piece.entries
    is_news = _keep_aside(connection, place, piece, bundle)
    seq = entries[0].header.seq
    begin, told, links = _links(connection, place)
    which = story(links, _named(connection, place, seq, (told, links), named), begin)
    change = next((no for no, pair in enumerate(zip(told, which, strict=False)) if pair[0] != pair[1]), None)
    if change is None and len(which) <= len(told):
        if is_news:
            projecting.project_again(connection, _strays_spaces(connection, place, seq))
        return Parted(aside=tuple(entry.id for entry in entries))
    change = len(told) if change is None else change
    out = _put_aside(connection, place, change + (1 if begin is None else begin.seq + 1))
    new = _put_in_force(connection, place, which[change:])
    left = (entry.id for entry in entries if entry.hash not in which)
    return Parted(new=new, aside=tuple(dict.fromkeys((*out, *left))))


def show(connection: sa.Connection, place: Place, parted: Parted) -> None:
    """Make the projections true again after another story was put in force."""
    first = parted.new[0].header.seq
    projecting.project_again(connection, {place.space, *_strays_spaces(connection, place, first)})
    connection.exec_driver_sql(_OWN_REPLACED, (place.no, first))


_OWN_REPLACED = """
UPDATE entry SET bare=1 WHERE stream=? AND seq>=? AND bundle='' AND EXISTS (
    SELECT 1 FROM replaced r WHERE r.stream=entry.stream AND r.seq=entry.seq AND r.space=entry.space
    AND r.register=entry.register
)
"""
"""A story of this very device that is in force again: which earlier wordings never left it was not kept with it."""


# --- inside --------------------------------------------------------------------------------------


def _goes_on_aside(connection: sa.Connection, place: Place, first: int, prev: EntryHash) -> bool:
    query = "SELECT 1 FROM fork WHERE stream=? AND seq=? AND hash=?"
    return connection.exec_driver_sql(query, (place.no, first - 1, prev)).first() is not None


def _keep_aside(connection: sa.Connection, place: Place, piece: StreamRange, bundle: str) -> bool:
    """Keep a second story beside the others, each entry by its own hash; tell whether any of it is news."""
    news = 0
    for entry in piece.entries:
        row = (place.no, entry.header.seq, entry.hash, entry.header_bytes, entry.salt, entry.payload, bundle)
        news += connection.exec_driver_sql(
            "INSERT INTO fork VALUES (?,?,?,?,?,?,?) ON CONFLICT DO UPDATE SET salt=excluded.salt,"
            " payload=excluded.payload WHERE fork.payload IS NULL AND excluded.payload IS NOT NULL",
            row,
        ).rowcount
    heads = {entry.hash for entry in piece.entries}
    for seal in piece.seals:
        if seal.head in heads:
            _keep_seal(connection, place, seal)
    return news > 0


def _keep_seal(connection: sa.Connection, place: Place, seal: Seal) -> None:
    row = (f"{_SEAL}{place.stream.id}/{seal.head}", msgspec.json.encode(seal))
    connection.exec_driver_sql("INSERT OR IGNORE INTO local VALUES (?,?)", row)


def _links(connection: sa.Connection, place: Place) -> tuple[Link | None, list[EntryHash], list[Link]]:
    """Return the last entry before any parting, what is in force after it, and the entries of all stories."""
    run = connection.exec_driver_sql
    first = run("SELECT min(seq) FROM fork WHERE stream=?", (place.no,)).scalar_one()
    begin: Link | None = None
    told: list[EntryHash] = []
    links: list[Link] = []
    rows = run("SELECT header FROM entry WHERE stream=? AND seq>=? ORDER BY seq", (place.no, first - 1)).scalars()
    for header_bytes in rows.all():
        header = read_entry(place.stream.id, bytes(header_bytes), None, None).header
        link = Link(header.seq, entry_hash(bytes(header_bytes)), header.prev)
        if header.seq < first:
            begin = link
        else:
            told.append(link.hash)
            links.append(link)
    for link, header_bytes in run("SELECT hash, header FROM fork WHERE stream=?", (place.no,)).all():
        header = read_entry(place.stream.id, bytes(header_bytes), None, None).header
        links.append(Link(header.seq, EntryHash(link), header.prev))
    return begin, told, links


def _named(
    connection: sa.Connection,
    place: Place,
    seq: int,
    stories: tuple[list[EntryHash], list[Link]],
    named: Named,
) -> frozenset[EntryHash]:
    told, links = set(stories[0]), stories[1]
    here = next((link for link in links if link.seq == seq and link.hash in told), None)
    others = {link.hash for link in links if here is not None and link[::2] == here[::2]} - told
    in_force = here.hash if here is not None and others else None
    return named(connection, Parting(stream=place.stream, seq=seq, in_force=in_force, others=frozenset(others)))


def _put_aside(connection: sa.Connection, place: Place, first: int) -> list[EntryId]:
    """Take what was in force out of it, from this number on; the seals that bind it bind nothing any more."""
    run = connection.exec_driver_sql
    here = (place.no, first)
    rows = run("SELECT seq, header, salt, payload, bundle FROM entry WHERE stream=? AND seq>=?", here).all()
    for seq, header, salt, payload, bundle in rows:
        row = (place.no, seq, entry_hash(bytes(header)), header, salt, payload, bundle)
        run("INSERT OR IGNORE INTO fork VALUES (?,?,?,?,?,?,?)", row)
    seals = run("DELETE FROM seal WHERE stream=? AND last>=? RETURNING first, last, head, signature", here).all()
    for sealed_from, last, head, signature in seals:
        _keep_seal(connection, place, Seal(first=sealed_from, last=last, head=head, signature=signature))
    for statement in (
        "DELETE FROM entry WHERE stream=? AND seq>=?",
        "DELETE FROM quarantine WHERE stream=? AND seq>=?",
    ):
        run(statement, here)
    return [EntryId(place.stream.id, row.seq) for row in rows]


def _put_in_force(connection: sa.Connection, place: Place, links: Sequence[EntryHash]) -> tuple[Entry, ...]:
    run = connection.exec_driver_sql
    new: list[Entry] = []
    for link in links:
        *content, bundle = run(
            "DELETE FROM fork WHERE stream=? AND hash=? RETURNING header, salt, payload, bundle", (place.no, link)
        ).one()
        entry = entry_of((place.stream.id, *content))
        header = entry.header
        about = (place.no, header.seq, place.space, header.register, header.kind, header.at, header.author)
        row = (*about, *content, int(entry.payload is None), bundle)
        cursor_of(connection).execute("INSERT INTO entry VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", row)
        new.append(entry)
        kept = run("DELETE FROM local WHERE name=? RETURNING value", (f"{_SEAL}{place.stream.id}/{link}",)).scalar()
        if kept is not None:
            seal = msgspec.json.decode(bytes(kept), type=Seal)
            run("INSERT INTO seal VALUES (?,?,?,?,?)", (place.no, seal.first, seal.last, seal.head, seal.signature))
    last = new[-1]
    run("UPDATE stream SET last=?, head=? WHERE no=?", (last.header.seq, last.hash, place.no))
    return tuple(new)


def _strays_spaces(connection: sa.Connection, place: Place, first: int) -> set[int]:
    """Return the spaces of strays that name these numbers: what they named may be another entry now."""
    rows = connection.exec_driver_sql(
        "SELECT e.space, e.header FROM strayed s JOIN entry e ON e.stream=s.stream AND e.seq=s.seq"
    ).all()
    return {
        space
        for space, header in rows
        for stream, seq in read_entry(place.stream.id, bytes(header), None, None).header.replaces
        if stream == place.stream.id and seq >= first
    }
