"""Takes in what others wrote: every chain and seal is checked, what is known is skipped, nothing is written over."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from iowscp_desktop.domain.ids import DeviceId, EntryId
from iowscp_desktop.domain.journal import Entry, EntryHash, StreamRange, check_chain, seal_message
from iowscp_desktop.errors import EntryMissing, JournalDamaged
from iowscp_desktop.store.entries import insert_entry, stream_no
from iowscp_desktop.store.erasing import without_erased


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What came of one range in a merge."""

    new: tuple[EntryId, ...] = ()
    known: int = 0
    quarantined: tuple[EntryId, ...] = ()
    """Those of the new ones that lie outside their author's grant: they change nothing."""
    forked: tuple[EntryId, ...] = ()


def take(
    connection: sa.Connection,
    piece: StreamRange,
    *,
    bundle: str,
    refuse: Callable[[Entry], str | None],
) -> Taken:
    """Take in a range whose seals the caller has checked. What is known already is skipped.

    Args:
        refuse: Says why an entry is outside its author's grant, or None. Refused entries keep the
            chain whole but stay in quarantine.

    Raises:
        EntryMissing: The range begins after what is known here.
        JournalDamaged: The chain or a seal's range does not fit.
    """
    piece = without_erased(connection, piece)
    no = stream_no(connection, piece.stream)
    last, link = connection.exec_driver_sql("SELECT last, head FROM stream WHERE no=?", (no,)).one()
    links = _checked_links(piece)
    new: list[EntryId] = []
    forked: list[EntryId] = []
    quarantined: list[EntryId] = []
    known = 0
    for entry in piece.entries:
        seq = entry.header.seq
        if seq > last + 1:
            raise EntryMissing
        if seq <= last:
            known += 1
            if not _same(connection, no, entry, bundle):
                forked.append(entry.id)
            continue
        if forked:
            break
        link = check_chain(piece.stream, (entry,), after=last, link=EntryHash(link) if link else None)
        reason = refuse(entry)
        insert_entry(connection, no, piece.stream.space, entry, bundle=bundle, refused=reason)
        if reason is not None:
            quarantined.append(entry.id)
        new.append(entry.id)
        last = seq
    if not forked:
        for seal in piece.seals:
            if seal.last in links:  # one that binds nothing of this range is nothing to keep or to hand on
                connection.exec_driver_sql(
                    "INSERT OR IGNORE INTO seal VALUES (?,?,?,?,?)",
                    (no, seal.first, seal.last, seal.head, seal.signature),
                )
    return Taken(new=tuple(new), known=known, quarantined=tuple(quarantined), forked=tuple(forked))


def _same(connection: sa.Connection, no: int, entry: Entry, bundle: str) -> bool:
    """Tell whether a known number holds the same entry; another one is kept aside as proof of a fork."""
    run = connection.exec_driver_sql
    seq = entry.header.seq
    header, payload = run("SELECT header, payload FROM entry WHERE stream=? AND seq=?", (no, seq)).one()
    if bytes(header) == entry.header_bytes:
        return True
    _ = payload
    run(
        "INSERT OR IGNORE INTO fork VALUES (?,?,?,?,?,?,?)",
        (no, seq, entry.hash, entry.header_bytes, entry.salt, entry.payload, bundle),
    )
    return False


def _checked_links(piece: StreamRange) -> dict[int, EntryHash]:
    """Return each entry's hash by its number, after making sure that a seal stands under the last one.

    The head of that seal binds it, and by the chain all before it. A seal further on binds nothing of this.
    """
    links: dict[int, EntryHash] = {}
    for seq, entry in enumerate(piece.entries, start=piece.entries[0].header.seq if piece.entries else 1):
        if entry.header.seq != seq or (seq - 1 in links and entry.header.prev != links[seq - 1]):
            raise JournalDamaged("a link of a chain does not fit")
        links[seq] = entry.hash
    for seal in piece.seals:
        if seal.first > seal.last or links.get(seal.last, seal.head) != seal.head:
            raise JournalDamaged("a seal does not fit its entries")
    if links and max(links) not in {seal.last for seal in piece.seals}:
        raise JournalDamaged("some entries are not sealed")
    return links


def seal_signatures(pieces: Iterable[StreamRange]) -> Iterator[tuple[DeviceId, bytes, str]]:
    """Yield what must verify for these ranges: device, message, signature in hex."""
    for piece in pieces:
        for seal in piece.seals:
            yield piece.stream.device, seal_message(piece.stream, seal.first, seal.last, seal.head), seal.signature
