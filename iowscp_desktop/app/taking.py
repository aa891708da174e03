"""One file on its way in: proved first, outside any transaction; taken in then, wholly or not at all.

Whoever types waits for the second part alone, and that is short: what a file says has been decrypted, verified and
read before, and its evidence already lies in the store, unnamed, so that nobody sees it.
"""

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import sqlalchemy as sa

from iowscp_desktop.app.acquaintance import MOST_HEARD_BYTES, Acquaintance
from iowscp_desktop.app.attached import Sniffed, unless_unlike
from iowscp_desktop.app.circle import Circle
from iowscp_desktop.app.erasure import honour
from iowscp_desktop.app.exchange import ATTACHMENT
from iowscp_desktop.app.released import let_in, unless_released
from iowscp_desktop.app.stories import apart_from_copies, named_by
from iowscp_desktop.app.workspace import Changes, Workspace, signature_fits
from iowscp_desktop.bundles import Manifest, Member, MemberContent, OpenBundle, open_bundle
from iowscp_desktop.domain.events import NAMING_KINDS, files_named
from iowscp_desktop.domain.grants import Role
from iowscp_desktop.domain.ids import Register, Sha256, SpaceId
from iowscp_desktop.domain.journal import Entry, StreamRange, decode_range
from iowscp_desktop.errors import BundleMalformed, JournalDamaged, SignatureFalse
from iowscp_desktop.store import CheckedRange, Taken, check_range, seal_signatures, take, without_erased
from iowscp_desktop.store.database import cursor_of

MOST_ENTRIES_BYTES = 64 * 1024 * 1024

Place = tuple[SpaceId, Register]

Keep = Callable[[Member, MemberContent], None]
"""Is given each file of evidence, or tool, that an entry of the bundle names."""


@dataclass(frozen=True, kw_only=True)
class Proof:
    """All that one file says, decrypted, verified and read. Nothing of it is in the tables yet."""

    manifest: Manifest
    digest: str
    sha256: str
    about: Acquaintance
    ranges: tuple[CheckedRange, ...]
    files: tuple[Member, ...]
    """Evidence and tools that entries of this bundle name."""
    sniffed: Mapping[str, Sniffed]
    """What was seen of them while they went by, by their digests."""
    is_kept: bool
    """Whether these files lie in the store, unnamed."""
    is_news: bool
    """Whether it changes who is known: then no other is proved before it is taken in."""

    @property
    def entries(self) -> int:
        """How many entries there are in it."""
        return sum(len(each.links) for each in self.ranges)


@dataclass(slots=True)
class Brought:
    """What came of one file."""

    new: int = 0
    known: int = 0
    superseded: int = 0
    """Of the new ones, those that somebody who saw them had replaced before they came."""
    quarantined: int = 0
    forked: int = 0
    evidence: int = 0
    missing: int = 0
    """Entries that this file shows were written, and that have not come."""
    clashes: set[Place] = field(default_factory=set[Place])
    """Registers in conflict now, and not before."""
    places: set[Place] = field(default_factory=set[Place])
    """Where something changed."""
    changes: Changes = field(default_factory=Changes)
    """What else changed: what was erased because another laptop had."""


@contextmanager
def _opened(path: Path, about: Acquaintance, circle: Circle, expected: str | None) -> Generator[OpenBundle]:
    """Open a file with every key that this workspace has."""
    with open_bundle(path, identities=circle.identities, trust=about.trust, expected_sha256=expected) as bundle:
        yield bundle


def _as_it_is(piece: StreamRange) -> StreamRange:
    return piece


def prove(ws: Workspace, path: Path, circle: Circle, *, expected: str | None, keep: Keep) -> Proof:
    """Decrypt, verify and read a file to its end; only its evidence is kept, as `keep` does it.

    Raises:
        BundleError: One of its kinds says what is wrong.
    """
    about = Acquaintance(ws, circle)

    def not_erased(piece: StreamRange) -> StreamRange:
        with ws.store.database.reading() as connection:
            return without_erased(connection, piece)

    with _opened(path, about, circle, expected) as bundle:
        return prove_members(bundle, about, keep, not_erased)


def prove_members(
    bundle: OpenBundle, about: Acquaintance, keep: Keep, not_erased: Callable[[StreamRange], StreamRange] = _as_it_is
) -> Proof:
    """Do as `prove` with a bundle that is open already.

    Args:
        not_erased: Leaves out what was erased here: a file that only such entries name is not even laid by.
    """
    ranges: list[CheckedRange] = []
    named: set[str] = set()
    files: dict[str, Member] = {}
    sniffed: dict[str, Sniffed] = {}
    _require_bounded(bundle.manifest, about)
    for member, content in bundle.members():
        match member.kind:
            case "entries":
                ranges.append(_range(member, content))
                if _named(ranges[-1].piece.entries):
                    named |= _named(not_erased(ranges[-1].piece).entries)
            case "tool" | "attachment":
                if member.sha256 in named and member.sha256 not in files:
                    sniffed[member.sha256] = _let_by(keep, member, content)
                    files[member.sha256] = member
            case kind if kind in about.hears and member.size <= MOST_HEARD_BYTES:
                about.hear(kind, content.whole())
            case _:
                continue  # the introduction, read before; or a kind that a newer program adds and we need not know
    if not all(signature_fits(*signed) for signed in seal_signatures(each.piece for each in ranges)):
        raise SignatureFalse
    return Proof(
        manifest=bundle.manifest,
        digest=bundle.digest,
        sha256=bundle.finish(),
        about=about,
        ranges=tuple(ranges),
        files=tuple(files.values()),
        sniffed=sniffed,
        is_kept=keep is not only_look,
        is_news=about.is_news,
    )


def _require_bounded(manifest: Manifest, about: Acquaintance) -> None:
    """Refuse lists of entries that are long together: all of them are held while a file is proved.

    The team's own laptops hand each other everything there is; a school's or a member's file is a small part of that.
    """
    together = sum(member.size for member in manifest.members if member.kind == "entries")
    if about.sender is not None and together > MOST_ENTRIES_BYTES:
        raise BundleMalformed("its lists of entries are too long")


def _let_by(keep: Keep, member: Member, content: MemberContent) -> Sniffed:
    """Keep a file, or not, and see what it is while it goes by."""
    sniffed = Sniffed()
    watched = sniffed.watched(content)
    keep(member, watched)
    for _rest in watched:
        continue
    return sniffed


def only_look(_member: Member, _content: MemberContent) -> None:
    """Keep nothing."""


def take_proved(connection: sa.Connection, ws: Workspace, proof: Proof) -> Brought:
    """Take in what was proved, inside the caller's transaction.

    What the team wrote comes first: its assignments say which response is whose.

    Raises:
        BundleError: Nobody knows who wrote some of it.
        EntryMissing: Part of a stream that comes before has not come.
    """
    brought = Brought()
    about, named = proof.about, named_by(ws)
    authors = {each.piece.stream.device: about.certified(connection, each.piece.stream.device) for each in proof.ranges}
    for checked in sorted(proof.ranges, key=lambda each: authors[each.piece.stream.device].role != Role.TEAM):
        stream = checked.piece.stream
        before = contested(connection, stream.space)
        refuse = unless_unlike(about.refusal(connection, stream), proof.sniffed)
        refuse = unless_released(connection, ws, refuse)
        with apart_from_copies(connection, ws, checked):
            taken = take(connection, checked, bundle=proof.digest, refuse=refuse, named=named)
        fresh = _count(brought, checked, taken)
        if taken.new:
            brought.clashes |= {(stream.space, register) for register in contested(connection, stream.space) - before}
        erased = honour(connection, ws, stream.space, fresh, authors[stream.device])
        brought.changes |= erased
        brought.places |= let_in(connection, ws, stream.space, fresh)
    _name_files(connection, ws, proof, brought)
    brought.missing = _missing(connection, proof)
    return brought


def contested(connection: sa.Connection, space: SpaceId) -> frozenset[Register]:
    """Return the registers of a space that hold several entries which differ."""
    run = cursor_of(connection).execute
    found = run("SELECT no FROM space WHERE id=?", (space,)).fetchone()
    if found is None:
        return frozenset()
    doubles = run("SELECT register FROM head WHERE space=? GROUP BY register HAVING count(*)>1", found).fetchall()
    versions = (
        "SELECT count(DISTINCT e.payload) + max(e.payload IS NULL) FROM head h"
        " JOIN entry e ON e.stream=h.stream AND e.seq=h.seq WHERE h.space=? AND h.register=?"
    )
    return frozenset(
        Register(register) for (register,) in doubles if run(versions, (*found, register)).fetchone()[0] > 1
    )


def _range(member: Member, content: MemberContent) -> CheckedRange:
    if member.size > MOST_ENTRIES_BYTES:
        raise BundleMalformed("a list of entries is too long")
    try:
        return check_range(decode_range(content.whole()))
    except JournalDamaged as error:
        raise BundleMalformed("a list of entries does not hold together") from error


def _named(entries: Iterable[Entry]) -> set[str]:
    return {d for entry in entries if entry.header.kind in NAMING_KINDS for d in files_named(entry.event)}


def _count(brought: Brought, checked: CheckedRange, taken: Taken) -> Sequence[Entry]:
    """Add up what came of a range; return the entries that are new and count."""
    space = checked.piece.stream.space
    brought.new += len(taken.new)
    brought.known += taken.known
    brought.superseded += taken.superseded
    brought.quarantined += len(taken.quarantined)
    brought.forked += len(taken.forked)
    aside = set(taken.quarantined)
    fresh = [entry for entry in taken.new if entry.id not in aside] if aside else taken.new
    brought.places |= {(space, entry.header.register) for entry in fresh}
    return fresh


def _name_files(connection: sa.Connection, ws: Workspace, proof: Proof, brought: Brought) -> None:
    """Let the files that entries name be seen; what only erased entries name stays out."""
    left = [without_erased(connection, each.piece) for each in proof.ranges] if proof.files else []
    wanted = {digest for piece in left for digest in _named(piece.entries)}
    for member in proof.files:
        if member.sha256 in wanted:
            if proof.is_kept:
                ws.store.blobs.name(connection, Sha256(member.sha256), member.size)
            brought.evidence += member.kind == ATTACHMENT


def _missing(connection: sa.Connection, proof: Proof) -> int:
    """Count the entries that this file shows were written, and that have not come: somebody's file is on its way.

    The carrier signs how far it has seen each stream; and what an entry replaces was written before it.
    """
    run = connection.exec_driver_sql
    unseen = dangling = 0
    if proof.manifest.seen:
        lacking = run(
            "SELECT max(0, j.value - coalesce(t.last, 0)) FROM json_each(?) j LEFT JOIN stream t ON t.id=j.key",
            (msgspec.json.encode(proof.manifest.seen).decode(),),
        )
        unseen = sum(count for (count,) in lacking)  # not in SQL: a liar's numbers add up to more than it can hold
    streams = [each.piece.stream.id for each in proof.ranges if _points_away(each)]
    if streams:
        dangling = run(
            "SELECT count(*) FROM (SELECT DISTINCT r.stream, r.seq FROM json_each(?) j JOIN stream b ON b.id=j.value"
            " JOIN replaced r ON r.by_stream=b.no JOIN stream t ON t.no=r.stream WHERE r.seq>t.last)",
            (msgspec.json.encode(streams).decode(),),
        ).scalar_one()
    return max(unseen, dangling)


def _points_away(checked: CheckedRange) -> bool:
    own = checked.piece.stream.id
    return any(stream != own for entry in checked.piece.entries for stream, _seq in entry.header.replaces)
