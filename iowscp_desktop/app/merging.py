"""Bundles in: what files would bring together (a trial that is rolled back), and taking them in for good.

Both run the same code over the same files, so the preview is what would really happen. A file is taken in wholly
or not at all, however many are taken in together.
"""

import gc
import itertools
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec
import sqlalchemy as sa

from iowscp_desktop.app.acquaintance import Acquaintance
from iowscp_desktop.app.audit_log import AuditDeed, record_in
from iowscp_desktop.app.circle import Circle
from iowscp_desktop.app.exchange import Progress, bundle_line, no_progress
from iowscp_desktop.app.kept_files import keep, may_keep
from iowscp_desktop.app.relations import related
from iowscp_desktop.app.taking import Brought, Place, Proof, only_look, prove, prove_members, take_proved
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.bundles import (
    BUNDLE_SUFFIX,
    FileInHand,
    Member,
    MemberContent,
    OpenBundle,
    file_sha256,
    in_hand,
    read_certificate,
)
from iowscp_desktop.domain.ids import DeviceId, Sha256, SpaceId
from iowscp_desktop.errors import AppError, BundleError, EntryMissing, FileChanged, FileUnreadable
from iowscp_desktop.store.database import in_part
from iowscp_desktop.store.local import FILE

MOST_TOGETHER = 600
"""Entries that are taken in by one transaction, unless one file has more: whoever types waits no longer than that."""

MOST_TRIED = 2_000
"""Entries that are tried together. Beyond that, what two files say differently is seen when they are taken in."""

MOST_NAMED = 2_000
"""Changed registers that are named one by one. Of more, one of each sort in each space stands for the rest."""


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
    superseded: int = 0
    """Of the new ones, those that were replaced, by somebody who had seen them, before they came."""
    quarantined: int = 0
    forked: int = 0
    changed_over: bool = False
    """Whether another story of some computer is in force after this file than was before."""
    evidence: int = 0
    clashes: frozenset[Place] = frozenset()
    """Registers that would be in conflict after this file and were not before."""
    missing: int = 0
    """Entries that, as this file shows, were written and have not come."""
    earlier_missing: bool = False
    """The sender wrote a file of the same sort before this one, and that has not come."""
    is_older: bool = False
    """A later one of the same sender and sort has come already."""
    merged_before: bool = False
    refused: AppError | None = None

    @property
    def brings_nothing(self) -> bool:
        """Everything in it is known already."""
        return self.refused is None and self.new == 0


Also = Callable[[sa.Connection, Incoming, Changes], Changes]
"""What else is written when a file has been taken in, in the same transaction: both stand, or neither."""


def nothing_else(_connection: sa.Connection, _incoming: Incoming, _changes: Changes) -> Changes:
    """Write nothing more."""
    return Changes()


def _never() -> bool:
    return False


def bundles_in(chosen: Sequence[Path]) -> tuple[Path, ...]:
    """Return the files that were chosen, each once: a folder stands for the bundles that lie in it.

    What cannot be looked into stays as it was chosen, so that the preview says so.
    """
    found: dict[Path, None] = {}
    for path in chosen:
        try:
            found |= dict.fromkeys(sorted(_inside(path)) if path.is_dir() else [path])
        except OSError:  # a drive that is gone, a folder that is not ours
            found[path] = None
    return tuple(found)


def _inside(folder: Path) -> list[Path]:
    """Return the bundles in a folder. A Mac leaves a `._name` beside each file on a stick, which is none."""
    return [
        each for each in folder.iterdir() if each.suffix.lower() == BUNDLE_SUFFIX and not each.name.startswith("._")
    ]


def preview(
    ws: Workspace, paths: Sequence[Path], progress: Progress = no_progress, *, opens_revoked: bool = False
) -> tuple[Incoming, ...]:
    """Return what each file would bring after those before it, and change nothing.

    Files that speak of the same spaces or devices are tried together, so what two of them say differently is seen.

    Args:
        opens_revoked: Open also what a computer carries that is trusted no longer: what it says would lie aside.
    """
    found: dict[Path, Incoming] = {}
    steps = itertools.count(1)
    circle = Circle(ws, opens_revoked=opens_revoked)
    for group in related(ws, paths, lambda: progress(0, len(paths))):
        found |= _tried(ws, circle, group, lambda: progress(next(steps), len(paths)))
    return tuple(found[path] for path in paths)


def merge(
    ws: Workspace,
    incoming: Sequence[Incoming],
    progress: Progress = no_progress,
    *,
    is_stopped: Callable[[], bool] = _never,
    also: Also = nothing_else,
    opens_revoked: bool = False,
) -> tuple[tuple[Incoming, ...], Changes]:
    """Take in the files of a preview, each wholly or not at all; what was refused stays refused.

    Of what was refused, files that may turn out to be good are kept aside as they came.

    Args:
        is_stopped: Asked before each file; True leaves that file and the rest of them alone.
        also: What else is to be written with each file.
        opens_revoked: As for `preview`.

    Returns:
        What each file brought, and what changed. Files that were left alone are not among them.
    """
    ws.store.blobs.sweep()
    merging = _Merging(ws, also, opens_revoked=opens_revoked)
    with _few_collections():
        for number, each in enumerate(incoming, start=1):
            if is_stopped():
                break
            merging.add(each)
            progress(number, len(incoming))
        done = merging.finish()
    ws.store.blobs.sweep()  # what came with files that were refused, or that a later one said was erased
    return done, merging.changes


@contextmanager
def _few_collections() -> Generator[None]:
    """Let the collector rest: entries hold no circles, and it would go through all of them again and again."""
    before = gc.get_threshold()
    gc.set_threshold(100_000, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def take_members(connection: sa.Connection, ws: Workspace, bundle: OpenBundle, about: Acquaintance) -> Brought:
    """Take every member of an open bundle into the store, inside the caller's transaction."""

    def keep(_member: Member, content: MemberContent) -> None:
        ws.store.blobs.add_in(connection, content)

    return take_proved(connection, ws, prove_members(bundle, about, keep))


# --- looking -------------------------------------------------------------------------------------


class _RollBack(Exception):
    """Ends a preview: everything that was written is rolled back."""


def _tried(ws: Workspace, circle: Circle, paths: Sequence[Path], tick: Callable[[], None]) -> dict[Path, Incoming]:
    """Return what each of some files would bring after those before it."""
    found: dict[Path, Incoming] = {}
    proofs: list[tuple[Path, Proof]] = []
    for path in paths:
        try:
            source = in_hand(path) or path
            known = _taken_before(ws, circle, path, source)
            if known is None:
                proofs.append((path, prove(ws, source, circle, expected=None, keep=only_look)))
            else:
                found[path] = known
        except AppError as error:
            found[path] = Incoming(path=path, refused=error)
        tick()
    for together in _in_parts(proofs):
        with suppress(_RollBack), ws.store.journal.merging() as connection:
            found |= _try_together(connection, ws, circle, together)
            raise _RollBack
    return found


def _try_together(
    connection: sa.Connection, ws: Workspace, circle: Circle, proofs: Sequence[tuple[Path, Proof]]
) -> dict[Path, Incoming]:
    """Take files in, one after the other; those that build on a later one of them come after it."""
    found: dict[Path, Incoming] = {}
    waiting = list(proofs)
    while waiting:
        left = [(path, proof) for path, proof in waiting if _is_early(connection, ws, circle, path, proof, found)]
        if len(left) == len(waiting):
            break
        waiting = left
    return found


def _is_early(
    connection: sa.Connection, ws: Workspace, circle: Circle, path: Path, proof: Proof, found: dict[Path, Incoming]
) -> bool:
    """Try one file; tell whether one that comes after it must come first."""
    try:
        with in_part(connection):
            found[path] = _take(connection, ws, circle, path, proof)[0]
        circle.note(proof.manifest)
    except AppError as error:
        found[path] = _refused(path, proof, error)
        return isinstance(error, EntryMissing)
    return False


def _in_parts(proofs: Sequence[tuple[Path, Proof]]) -> Iterator[list[tuple[Path, Proof]]]:
    """Yield files that are tried in one transaction: all of them, unless that would take long."""
    part: list[tuple[Path, Proof]] = []
    for path, proof in proofs:
        if part and sum(each.entries for _path, each in part) + proof.entries > MOST_TRIED:
            yield part
            part = []
        part.append((path, proof))
    if part:
        yield part


# --- taking in -----------------------------------------------------------------------------------


class _Merging:
    """Files on their way in. Several small ones share a transaction; one that changes who is known has its own."""

    def __init__(self, ws: Workspace, also: Also, *, opens_revoked: bool) -> None:
        self._ws = ws
        self._also = also
        self._opens_revoked = opens_revoked
        self._circle = Circle(ws, opens_revoked=opens_revoked)
        self._results: list[Incoming] = []
        self._pending: list[tuple[int, Proof]] = []
        self._waiting: list[int] = []
        self._changed = _Changed()

    @property
    def changes(self) -> Changes:
        """What changed so far."""
        return self._changed.summary()

    def add(self, incoming: Incoming) -> None:
        """Take one more file in, now or together with the next ones."""
        self._results.append(incoming)
        if incoming.refused is None:
            self._add(len(self._results) - 1)
        elif may_keep(incoming.refused):
            self._keep(incoming.path, incoming.refused)

    def finish(self) -> tuple[Incoming, ...]:
        """Take in what is pending, then what waited for it."""
        self._flush()
        while self._waiting:
            waiting, self._waiting = self._waiting, []
            for place in waiting:
                self._add(place)
                self._flush()
            if len(self._waiting) == len(waiting):
                break
        for place in self._waiting:
            result = self._results[place]
            if result.refused is not None:
                self._keep(result.path, result.refused)
        return tuple(self._results)

    def _keep(self, path: Path, refused: AppError) -> None:
        if self._ws.team is not None:  # elsewhere nobody could decide about it
            with suppress(FileUnreadable):  # gone meanwhile: then there is nothing to keep
                keep(self._ws, path, refused)

    def _add(self, place: int) -> None:
        each = self._results[place]
        try:
            source = in_hand(each.path) or each.path
            known = _taken_before(self._ws, self._circle, each.path, source)
            if known is not None:
                if each.sha256 not in ("", known.sha256):
                    raise FileChanged
                self._results[place] = known
                return
            proof = self._proved(each, source)
        except AppError as error:
            self._results[place] = replace(each, new=0, clashes=frozenset(), refused=error)
            return
        self._pending.append((place, proof))
        if proof.is_news or sum(waiting.entries for _place, waiting in self._pending) >= MOST_TOGETHER:
            self._flush()

    def _proved(self, each: Incoming, source: Path | FileInHand) -> Proof:
        """Return a file's proof; where who is known may decide, with all before it taken in."""
        try:
            proof = self._prove(each, source)
        except BundleError:
            if not self._pending:
                raise
        else:
            if not (proof.is_news and self._pending):
                return proof
        self._flush()
        return self._prove(each, source)

    def _prove(self, each: Incoming, source: Path | FileInHand) -> Proof:
        def keep(member: Member, content: MemberContent) -> None:
            self._ws.store.blobs.lay_by(Sha256(member.sha256), content)

        return prove(self._ws, source, self._circle, expected=each.sha256 or None, keep=keep)

    def _flush(self) -> None:
        """Take in what is pending: one transaction, in which each file stands or falls by itself."""
        batch, self._pending = self._pending, []
        done: list[tuple[int, Proof, Incoming, Changes]] = []
        try:
            with self._ws.store.journal.merging() as connection:
                for place, proof in batch:
                    self._take(connection, place, proof, done)
        except AppError as error:
            for place, proof in batch:
                self._results[place] = _refused(self._results[place].path, proof, error)
            self._circle = Circle(self._ws)  # what was noted of them is not true
            return
        for place, proof, result, changes in done:
            self._results[place] = result
            self._changed.add(changes)
            proof.about.settled()
            self._circle.files.add(proof.sha256)
            if proof.is_news:
                self._circle = self._circle.renewed()

    def _take(
        self, connection: sa.Connection, place: int, proof: Proof, done: list[tuple[int, Proof, Incoming, Changes]]
    ) -> None:
        path = self._results[place].path
        try:
            with in_part(connection):
                result, changes = _take(connection, self._ws, self._circle, path, proof)
                changes |= self._also(connection, result, changes)
        except EntryMissing as error:
            self._results[place] = replace(self._results[place], refused=error)
            self._waiting.append(place)
        except AppError as error:
            self._results[place] = _refused(path, proof, error)
        else:
            done.append((place, proof, result, changes))
            self._circle.note(proof.manifest)


class _Changed:
    """Where something changed; of very many registers, one of each sort in each space stands for the rest."""

    def __init__(self) -> None:
        self._all: set[Place] | None = set()
        self._some: dict[tuple[SpaceId, str], Place] = {}

    def add(self, changes: Changes) -> None:
        """Remember more."""
        for sort, place in {(place[0], place[1].partition("/")[0]): place for place in changes.registers}.items():
            self._some.setdefault(sort, place)
        if self._all is not None:
            self._all |= changes.registers
            if len(self._all) > MOST_NAMED:
                self._all = None

    def summary(self) -> Changes:
        """Return where to look again."""
        return Changes(registers=frozenset(self._some.values() if self._all is None else self._all))


# --- both ----------------------------------------------------------------------------------------


class _Known(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept of a file that was taken in, so that its copy costs nothing."""

    type: str
    digest: str
    device: str
    entries: int


def _take(
    connection: sa.Connection, ws: Workspace, circle: Circle, path: Path, proof: Proof
) -> tuple[Incoming, Changes]:
    """Take one file in, and say what came of it."""
    manifest, local = proof.manifest, ws.store.local
    merged_before = local.has_come(connection, proof.digest)
    earlier_missing = manifest.prev is not None and not local.has_come(connection, manifest.prev)
    brought = take_proved(connection, ws, proof)
    is_older = not brought.new and circle.has_newer(manifest)
    line = bundle_line(ws, manifest, direction="in", space="", known_as=proof.digest)
    local.log_bundle(connection, line)
    if not merged_before:
        record_in(connection, ws, AuditDeed.TAKEN_IN, bundle=line.digest[:12], type=line.type)
    if not brought.forked:
        known = _Known(type=manifest.type, digest=proof.digest, device=manifest.signer, entries=proof.entries)
        local.keep_in(connection, **{FILE + proof.sha256: msgspec.json.encode(known)})
    incoming = Incoming(
        path=path,
        sha256=proof.sha256,
        type=manifest.type,
        sender=proof.about.sender_name,
        digest=proof.digest,
        new=brought.new,
        known=brought.known,
        superseded=brought.superseded,
        quarantined=brought.quarantined,
        forked=brought.forked,
        changed_over=brought.changed_over,
        evidence=brought.evidence,
        clashes=frozenset(brought.clashes),
        missing=brought.missing,
        earlier_missing=earlier_missing,
        is_older=is_older,
        merged_before=merged_before,
    )
    settled = proof.about.settle(connection)
    return incoming, Changes(registers=frozenset(brought.places)) | brought.changes | settled


def _refused(path: Path, proof: Proof, error: AppError) -> Incoming:
    """Return what is known of a file that is whole and genuine, and still cannot be taken in."""
    return Incoming(
        path=path,
        sha256=proof.sha256,
        type=proof.manifest.type,
        sender=proof.about.sender_name,
        digest=proof.digest,
        refused=error,
    )


def _taken_before(ws: Workspace, circle: Circle, path: Path, source: Path | FileInHand) -> Incoming | None:
    """Return what there is to say of a file whose very bytes were taken in before; None for any other.

    Raises:
        FileUnreadable: The disk gave up on it.
    """
    sha256 = source.sha256 if isinstance(source, FileInHand) else file_sha256(source)
    kept = ws.store.local.value(FILE + sha256) if sha256 in circle.files else None
    if kept is None:
        return None
    known = msgspec.json.decode(kept, type=_Known)
    certificate = ws.store.local.certificate(DeviceId(known.device))
    sender = None if certificate is None else read_certificate(certificate)
    return Incoming(
        path=path,
        sha256=sha256,
        type=known.type,
        sender=circle.name_of(sender),
        digest=known.digest,
        known=known.entries,
        merged_before=True,
    )
