"""Bundles in: what a file would bring (a trial that is rolled back), and taking it in for good.

Both run the same code over the same file, so the preview is what would really happen. A file is taken in
wholly or not at all.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import sqlalchemy as sa

from iowscp_desktop.app.acquaintance import MOST_HEARD_BYTES, Acquaintance
from iowscp_desktop.app.erasure import honour
from iowscp_desktop.app.exchange import ATTACHMENT, Progress, bundle_line, no_progress
from iowscp_desktop.app.identities import identities
from iowscp_desktop.app.workspace import Changes, Workspace, signature_fits
from iowscp_desktop.bundles import BUNDLE_SUFFIX, Member, MemberContent, OpenBundle, open_bundle
from iowscp_desktop.domain.events import files_named
from iowscp_desktop.domain.grants import Role
from iowscp_desktop.domain.ids import EntryId, SpaceId
from iowscp_desktop.domain.journal import Entry, StreamRange, decode_range
from iowscp_desktop.errors import AppError, BundleMalformed, JournalDamaged, SignatureFalse
from iowscp_desktop.store import Taken, seal_signatures, without_erased

MOST_ENTRIES_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One file: what it would bring, or why it was refused."""

    path: Path
    sha256: str = ""
    type: str = ""
    sender: str = field(default="", repr=False)
    """The organisation's or the panel member's name, as the team knows it; here, the partnership's for its files."""
    digest: str = ""
    new: int = 0
    known: int = 0
    quarantined: int = 0
    forked: int = 0
    evidence: int = 0
    clashes: frozenset[tuple[SpaceId, str]] = frozenset()
    """Registers that would be in conflict after this file and were not before."""
    merged_before: bool = False
    refused: AppError | None = None

    @property
    def brings_nothing(self) -> bool:
        """Everything in it is known already."""
        return self.refused is None and self.new == 0


def _never() -> bool:
    return False


class _Trial(Exception):
    """Ends a preview: everything that was written is rolled back."""


def _roll_back_if(*, trial: bool) -> None:
    if trial:
        raise _Trial


def bundles_in(chosen: Sequence[Path]) -> tuple[Path, ...]:
    """Return the files that were chosen, each once: a folder stands for the bundles that lie in it."""
    found: dict[Path, None] = {}
    for path in chosen:
        if path.is_dir():
            found |= dict.fromkeys(sorted(path.glob(f"*{BUNDLE_SUFFIX}")))
        else:
            found[path] = None
    return tuple(found)


def preview(ws: Workspace, paths: Sequence[Path], progress: Progress = no_progress) -> tuple[Incoming, ...]:
    """Return what each file would bring by itself, and change nothing."""
    found: list[Incoming] = []
    for number, path in enumerate(paths, start=1):
        found.append(_try(ws, path))
        progress(number, len(paths))
    return tuple(found)


def merge(
    ws: Workspace,
    incoming: Sequence[Incoming],
    progress: Progress = no_progress,
    *,
    is_stopped: Callable[[], bool] = _never,
) -> tuple[tuple[Incoming, ...], Changes]:
    """Take in the files of a preview, each wholly or not at all; what was refused stays refused.

    Args:
        is_stopped: Asked before each file; True leaves that file and the rest of them alone.

    Returns:
        What each file brought, and what changed. Files that were left alone are not among them.
    """
    done: list[Incoming] = []
    changes = Changes()
    for number, each in enumerate(incoming, start=1):
        if is_stopped():
            break
        if each.refused is None:
            taking = _Taking(ws, each.path, expected=each.sha256)
            try:
                result = taking.for_good()
            except AppError as error:
                result = Incoming(path=each.path, refused=error)
            else:
                changes |= taking.changes
            done.append(result)
        else:
            done.append(each)
        progress(number, len(incoming))
    return tuple(done), changes


def _try(ws: Workspace, path: Path) -> Incoming:
    taking = _Taking(ws, path, expected=None)
    try:
        return taking.as_trial()
    except AppError as error:
        return Incoming(path=path, refused=error)


@dataclass(slots=True)
class _Brought:
    new: int = 0
    changed: list[tuple[SpaceId, Entry]] = field(default_factory=list[tuple[SpaceId, Entry]])
    """The new entries that count; what is in quarantine changes nothing."""
    known: int = 0
    quarantined: int = 0
    forked: int = 0
    evidence: int = 0
    erased: Changes = field(default_factory=Changes)
    """What this laptop erased because another of the same team or school had."""


class _Taking:
    """One file on its way in."""

    def __init__(self, ws: Workspace, path: Path, *, expected: str | None) -> None:
        self._ws = ws
        self._path = path
        self._expected = expected
        self._acquaintance = Acquaintance(ws)
        self.changes = Changes()

    def for_good(self) -> Incoming:
        """Take the file in."""
        result = self._run(keep=True)
        self._acquaintance.settled()
        return result

    def as_trial(self) -> Incoming:
        """Find out what the file would bring."""
        return self._run(keep=False)

    def _run(self, *, keep: bool) -> Incoming:
        ws = self._ws
        before = {line.digest for line in ws.store.local.bundles() if line.direction == "in"}
        result: Incoming | None = None
        with open_bundle(
            self._path, identities=identities(ws), trust=self._acquaintance.trust, expected_sha256=self._expected
        ) as bundle:
            try:
                with ws.store.journal.merging() as connection:
                    result = self._take(connection, bundle, before)
                    _roll_back_if(trial=not keep)
            except _Trial:
                pass
        if result is None:
            raise BundleMalformed("it ends too soon")
        return replace(result, sender=self._acquaintance.sender_name)

    def _take(self, connection: sa.Connection, bundle: OpenBundle, before: set[str]) -> Incoming:
        brought = take_members(connection, self._ws, bundle, self._acquaintance)
        clashes = frozenset(_clashes(connection, brought.changed))
        sha256 = bundle.finish()
        line = bundle_line(self._ws, bundle.manifest, direction="in", space="")
        self._ws.store.local.log_bundle(connection, line)
        self.changes = Changes(registers=frozenset((space, entry.header.register) for space, entry in brought.changed))
        self.changes |= self._acquaintance.settle(connection) | brought.erased
        return Incoming(
            path=self._path,
            sha256=sha256,
            type=bundle.manifest.type,
            digest=bundle.digest,
            new=brought.new,
            known=brought.known,
            quarantined=brought.quarantined,
            forked=brought.forked,
            evidence=brought.evidence,
            clashes=clashes,
            merged_before=bundle.digest in before,
        )


def take_members(connection: sa.Connection, ws: Workspace, bundle: OpenBundle, about: Acquaintance) -> _Brought:
    """Take every member of an open bundle into the store, inside the caller's transaction."""
    brought = _Brought()
    pieces: list[StreamRange] = []
    wanted: set[str] = set()
    seen: set[str] = set()
    for member, content in bundle.members():
        match member.kind:
            case "entries":
                pieces.append(_piece(member, content))
            case "tool" | "attachment":
                if pieces:
                    wanted |= _take_pieces(connection, ws, bundle, pieces, (about, brought))
                    pieces = []
                if member.sha256 in wanted and member.sha256 not in seen:
                    ws.store.blobs.add_in(connection, content)
                    seen.add(member.sha256)
                    brought.evidence += member.kind == ATTACHMENT
            case kind if kind in about.hears and member.size <= MOST_HEARD_BYTES:
                about.hear(kind, content.whole())
            case _:
                continue  # the enrolment, read before; or a kind that a newer program adds and we need not know
    if pieces:
        _take_pieces(connection, ws, bundle, pieces, (about, brought))
    return brought


def _piece(member: Member, content: MemberContent) -> StreamRange:
    if member.size > MOST_ENTRIES_BYTES:
        raise BundleMalformed("a list of entries is too long")
    try:
        return decode_range(content.whole())
    except JournalDamaged as error:
        raise BundleMalformed("a list of entries does not hold together") from error


def _take_pieces(
    connection: sa.Connection,
    ws: Workspace,
    bundle: OpenBundle,
    pieces: list[StreamRange],
    how: tuple[Acquaintance, _Brought],
) -> set[str]:
    """Check seals, chains and grants; return the digests of the bytes that these entries name.

    What the team wrote comes first: its assignments say which response is whose.
    """
    about, brought = how
    if not all(signature_fits(*signed) for signed in seal_signatures(pieces)):
        raise SignatureFalse
    authors = {piece.stream.device: about.certified(connection, piece.stream.device) for piece in pieces}
    for piece in sorted(pieces, key=lambda piece: authors[piece.stream.device].role != Role.TEAM):
        refuse = about.refusal(connection, piece.stream)
        try:
            taken = ws.store.journal.take(connection, piece, bundle=bundle.digest, refuse=refuse)
        except JournalDamaged as error:
            raise BundleMalformed("its entries do not fit together") from error
        _count(brought, piece, taken)
        counted = set(taken.new) - set(taken.quarantined)
        fresh = [entry for entry in piece.entries if entry.id in counted]
        brought.erased |= honour(connection, ws, piece.stream.space, fresh, authors[piece.stream.device])
    left = [without_erased(connection, piece) for piece in pieces]  # what only erased entries name stays out
    return {digest for piece in left for entry in piece.entries for digest in files_named(entry.event)}


def _count(brought: _Brought, piece: StreamRange, taken: Taken) -> None:
    counted: set[EntryId] = set(taken.new) - set(taken.quarantined)
    brought.new += len(taken.new)
    brought.changed += [(piece.stream.space, entry) for entry in piece.entries if entry.id in counted]
    brought.known += taken.known
    brought.quarantined += len(taken.quarantined)
    brought.forked += len(taken.forked)


def _clashes(connection: sa.Connection, new: Iterable[tuple[SpaceId, Entry]]) -> Iterator[tuple[SpaceId, str]]:
    """Yield the registers that new entries left with two heads which differ."""
    for space, register in {(space, entry.header.register) for space, entry in new}:
        heads = connection.exec_driver_sql(
            "SELECT e.payload FROM head h JOIN space s ON s.no=h.space"
            " JOIN entry e ON e.stream=h.stream AND e.seq=h.seq WHERE s.id=? AND h.register=?",
            (space, register),
        ).all()
        if len({payload for (payload,) in heads}) > 1:
            yield space, register
