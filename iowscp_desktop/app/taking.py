"""One file on its way in: proved first, outside any transaction; taken in then, wholly or not at all.

Whoever types waits for the second part alone, and that is short: what a file says has been decrypted, verified and
read before, and its evidence already lies in the store, unnamed, so that nobody sees it.
"""

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec
import sqlalchemy as sa

from iowscp_desktop.app.acquaintance import MOST_HEARD_BYTES, Acquaintance
from iowscp_desktop.app.attached import Sniffed, unless_unlike
from iowscp_desktop.app.circle import Circle
from iowscp_desktop.app.erasure import honour
from iowscp_desktop.app.exchange import ATTACHMENT
from iowscp_desktop.app.released import let_in, unless_released
from iowscp_desktop.app.stories import STORY_KEPT, apart_from_copies, named_by, streams_named
from iowscp_desktop.app.workspace import Changes, Workspace, signature_fits
from iowscp_desktop.bundles import FileInHand, Manifest, Member, MemberContent, OpenBundle, open_bundle
from iowscp_desktop.domain.erasure import NEVER_ERASED
from iowscp_desktop.domain.events import KINDS, NAMING_KINDS, files_named
from iowscp_desktop.domain.grants import Role
from iowscp_desktop.domain.ids import Register, Sha256, SpaceId, StreamId
from iowscp_desktop.domain.journal import Entry, Stream, StreamRange, decode_range
from iowscp_desktop.errors import BundleMalformed, JournalDamaged, SignatureFalse
from iowscp_desktop.store import CheckedRange, Taken, check_range, seal_signatures, take, without_erased
from iowscp_desktop.store.database import cursor_of
from iowscp_desktop.store.local import RANGE

MOST_ENTRIES_BYTES = 64 * 1024 * 1024

Place = tuple[SpaceId, Register]

Keep = Callable[[Member, MemberContent], None]
"""Is given each file of evidence, or tool, that an entry of the bundle names."""


class KnownList(msgspec.Struct, frozen=True, kw_only=True):
    """What is remembered of a list of entries that was wholly taken in, and names no files.

    The same bytes bring nothing again, so they are not even read: all of it is in the journal, erased or set aside
    as it may be, and taking it in a second time would find every entry known.
    """

    stream: Stream
    last: int
    entries: int
    points_away: bool
    """Whether an entry of it replaces one of another stream."""


@dataclass(frozen=True, kw_only=True)
class Proof:
    """All that one file says, decrypted, verified and read. Nothing of it is in the tables yet."""

    manifest: Manifest
    digest: str
    sha256: str
    about: Acquaintance
    ranges: tuple[CheckedRange, ...]
    digests: tuple[str, ...]
    """Of the bytes of each of these ranges."""
    known: tuple[KnownList, ...]
    """Further lists, of which every entry was here before."""
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
        return sum(len(each.links) for each in self.ranges) + sum(each.entries for each in self.known)


@dataclass(slots=True)
class Brought:
    """What came of one file."""

    new: int = 0
    known: int = 0
    superseded: int = 0
    """Of the new ones, those that somebody who saw them had replaced before they came."""
    quarantined: int = 0
    forked: int = 0
    changed_over: bool = False
    """Whether a second story is in force now, as another laptop of the team had decided."""
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
def _opened(
    source: Path | FileInHand, about: Acquaintance, circle: Circle, expected: str | None
) -> Generator[OpenBundle]:
    """Open a file with every key that this workspace has."""
    with open_bundle(source, identities=circle.identities, trust=about.trust, expected_sha256=expected) as bundle:
        yield bundle


class _Memory:
    """What this workspace knows about entries before they are read."""

    def __init__(self, ws: Workspace, circle: Circle) -> None:
        self._ws = ws
        self._circle = circle

    def without_erased(self, piece: StreamRange) -> StreamRange:
        """Leave out what was erased here: a file that only such entries name is not even laid by."""
        with self._ws.store.database.reading() as connection:
            return without_erased(connection, piece)

    def known(self, digest: str) -> KnownList | None:
        """Return what is remembered of a list of entries with this digest; None where it must be read."""
        kept = self._ws.store.local.value(RANGE + digest) if digest in self._circle.lists else None
        if kept is None:
            return None
        known = msgspec.json.decode(kept, type=KnownList)
        query = "SELECT last>=? AND NOT EXISTS (SELECT 1 FROM fork f WHERE f.stream=t.no) FROM stream t WHERE t.id=?"
        with self._ws.store.database.reading() as connection:
            found = cursor_of(connection).execute(query, (known.last, known.stream.id)).fetchone()
        return known if found is not None and found[0] else None


def prove(ws: Workspace, source: Path | FileInHand, circle: Circle, *, expected: str | None, keep: Keep) -> Proof:
    """Decrypt, verify and read a file to its end; only its evidence is kept, as `keep` does it.

    Raises:
        BundleError: One of its kinds says what is wrong.
    """
    about = Acquaintance(ws, circle)
    with _opened(source, about, circle, expected) as bundle:
        circle.opened_by(bundle.manifest)
        return prove_members(bundle, about, keep, _Memory(ws, circle))


def prove_members(bundle: OpenBundle, about: Acquaintance, keep: Keep, memory: _Memory | None = None) -> Proof:
    """Do as `prove` with a bundle that is open already."""
    ranges: list[CheckedRange] = []
    digests: list[str] = []
    known: list[KnownList] = []
    named: set[str] = set()
    files: dict[str, Member] = {}
    sniffed: dict[str, Sniffed] = {}
    _require_bounded(bundle.manifest, about)
    for member, content in bundle.members():
        match member.kind:
            case "entries" if memory and (before := memory.known(member.sha256)):
                known.append(before)
            case "entries":
                checked = _range(member, content)
                ranges.append(checked)
                digests.append(member.sha256)
                if _names_files(checked):
                    named |= _named((memory.without_erased(checked.piece) if memory else checked.piece).entries)
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
        digests=tuple(digests),
        known=tuple(known),
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

    What the team wrote comes first, in its own space before all: its assignments say which response is whose. Where it
    names a story of a stream that was taken in before, that is looked at again.

    Raises:
        BundleError: Nobody knows who wrote some of it.
        EntryMissing: Part of a stream that comes before has not come.
    """
    brought = Brought(known=sum(each.entries for each in proof.known))
    about, named = proof.about, named_by(ws)
    devices = [each.piece.stream.device for each in proof.ranges] + [each.stream.device for each in proof.known]
    authors = {device: about.certified(connection, device) for device in devices}
    done: dict[StreamId, tuple[CheckedRange, str]] = {}

    def turn(each: tuple[CheckedRange, str]) -> tuple[bool, bool]:
        stream = each[0].piece.stream
        return authors[stream.device].role != Role.TEAM, stream.space != ws.space

    waiting = sorted(zip(proof.ranges, proof.digests, strict=True), key=turn)
    for checked, digest in waiting:
        stream = checked.piece.stream
        before = contested(connection, stream.space)
        refuse = about.refusal(connection, stream)
        refuse = unless_unlike(refuse, proof.sniffed) if _names_files(checked) else refuse
        refuse = unless_released(connection, ws, refuse)
        with apart_from_copies(connection, ws, checked):
            taken = take(connection, checked, bundle=proof.digest, refuse=refuse, named=named)
        fresh = _count(brought, checked, replace(taken, known=0) if stream.id in done else taken)
        if taken.forked or STORY_KEPT in checked.kinds:
            waiting += [done[named_one] for named_one in streams_named(fresh) if named_one in done]
        done[stream.id] = (checked, digest)
        if taken.new:
            brought.clashes |= {(stream.space, register) for register in contested(connection, stream.space) - before}
        if taken.forked or NEVER_ERASED in checked.kinds:
            brought.changes |= honour(connection, ws, stream.space, fresh, authors[stream.device])
        brought.changes |= let_in(connection, ws, stream.space, fresh)
        if checked.links and not taken.forked and _says_no_more(checked):
            _remember(connection, ws, digest, checked)
    _name_files(connection, ws, proof, brought)
    brought.missing = _missing(connection, proof)
    return brought


def _remember(connection: sa.Connection, ws: Workspace, digest: str, checked: CheckedRange) -> None:
    """Remember a list of entries that is wholly here now."""
    known = KnownList(
        stream=checked.piece.stream,
        last=checked.last,
        entries=len(checked.links),
        points_away=checked.points_away,
    )
    ws.store.local.keep_in(connection, **{RANGE + digest: msgspec.json.encode(known)})


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


def _says_no_more(checked: CheckedRange) -> bool:
    """Tell whether a list of entries names no files, also none that only a newer program would see."""
    return checked.kinds <= KINDS.keys() and not _names_files(checked)


def _names_files(checked: CheckedRange) -> bool:
    return not NAMING_KINDS.isdisjoint(checked.kinds)


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
    brought.changed_over |= taken.changed_over
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
    streams = [each.piece.stream.id for each in proof.ranges if each.points_away]
    streams += [each.stream.id for each in proof.known if each.points_away]
    if streams:
        dangling = run(
            "SELECT count(*) FROM (SELECT DISTINCT r.stream, r.seq FROM json_each(?) j JOIN stream b ON b.id=j.value"
            " JOIN replaced r ON r.by_stream=b.no JOIN stream t ON t.no=r.stream WHERE r.seq>t.last)",
            (msgspec.json.encode(streams).decode(),),
        ).scalar_one()
    return max(unseen, dangling)
