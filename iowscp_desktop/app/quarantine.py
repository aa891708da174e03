"""What was set aside, as the team sees it: who wrote what, why it does not count, and what may be done about it."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from iowscp_desktop.app import kept_files, merging, receipts
from iowscp_desktop.app.aside_words import AsideWords
from iowscp_desktop.app.circle import Circle
from iowscp_desktop.app.kept_files import KeptFile
from iowscp_desktop.app.merging import Incoming
from iowscp_desktop.app.people import People
from iowscp_desktop.app.released import counted, settling
from iowscp_desktop.app.rounds import team_of
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.bundles import BUNDLE_SUFFIX, read_certificate, write_new_file
from iowscp_desktop.domain.events import AsideSettled, FileDeclined, PersonIntroduced
from iowscp_desktop.domain.grants import may_be_let_in
from iowscp_desktop.domain.ids import DeviceId, Register, SpaceId
from iowscp_desktop.domain.journal import Entry, decode_event
from iowscp_desktop.errors import FileUnwritable, NothingToSettle, ReasonNeeded
from iowscp_desktop.store import FORKED, STRAYED, Aside, Held, aside, aside_count, release


class Sort(StrEnum):
    """Why something was set aside."""

    OUTSIDE = "outside"
    """Its writer may not write that."""
    STRAYED = "strayed"
    """It claims to replace something else than it is about."""
    FORKED = "forked"
    """Its device told another story under the same numbers before."""
    FILE = "file"
    """A whole file, from nobody known here, or from a computer that is trusted no longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that was set aside."""

    key: str
    sort: Sort
    because: str
    """A stable word: of the grant, or the code of the error."""
    at: str
    organisation: str = field(default="", repr=False)
    who: str = field(default="", repr=False)
    register: str = ""
    kind: str = ""
    """What sort of event it is; empty for a file."""
    subject: str = ""
    """The standard or question it is about, in the words of its audit."""
    words: str = field(default="", repr=False)
    """What it says."""
    held: str = field(default="", repr=False)
    """What stands in its place now."""
    settled: "Settled | None" = None
    entry: Entry | None = field(default=None, repr=False)
    file: KeptFile | None = None

    @property
    def may_release(self) -> bool:
        """Whether it can be let in: a stray and a second story have no place where they could stand.

        What only the team writes is not let in either: nobody becomes the team by being looked at.
        """
        if self.entry is not None and not may_be_let_in(self.entry.header):
            return False
        return self.sort in (Sort.OUTSIDE, Sort.FILE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What somebody of the team decided."""

    is_released: bool
    reason: str = field(repr=False)
    who: str = field(repr=False)
    at: str


def set_aside(ws: Workspace) -> tuple[Item, ...]:
    """Return everything that was set aside here, what waits to be looked at first."""
    circle, people, words = Circle(ws), People(ws), AsideWords(ws)
    with ws.store.database.reading() as connection:
        kept = [(each, _standing(connection, each.space, each.entry.header.register)) for each in aside(connection)]
    found = [_item(circle, each, people, words, stands) for each, stands in kept]
    decided = _decided(ws)
    items = [*found, *(_file(each) for each in kept_files.kept_files(ws))]
    settled = [replace(each, settled=decided.get(each.key)) for each in items]
    return tuple(sorted(settled, key=lambda each: (each.settled is not None, each.at, each.key)))


def waiting(ws: Workspace) -> int:
    """Return how much waits to be looked at."""
    with ws.store.database.reading() as connection:
        count = aside_count(connection)
    if not count and not kept_files.kept_files(ws):
        return 0
    return sum(each.settled is None for each in set_aside(ws))


def let_count(ws: Workspace, item: Item, reason: str) -> Changes:
    """Let an entry count from now on. The decision is written down, and holds on every laptop of the team.

    Raises:
        NotYours: This is not the team's workspace.
        ReasonNeeded: Nothing says why.
        NothingToSettle: It is not waiting any more, or may not be let in.
    """
    team_of(ws)
    entry = _require(item, reason)
    if not item.may_release:
        raise NothingToSettle
    with ws.store.journal.merging() as connection:
        freed = release(connection, [entry.id])
        if not freed:
            raise NothingToSettle
        changes = ws.append_in(connection, ws.space, settling(entry, reason, is_released=True))
        changes |= counted(connection, ws, freed)
    return changes


def leave_aside(ws: Workspace, item: Item, reason: str) -> Changes:
    """Say that something was looked at and stays aside. It is kept all the same, and can be let in later.

    Raises:
        NotYours: This is not the team's workspace.
        ReasonNeeded: Nothing says why.
    """
    team_of(ws)
    if item.file is not None:
        if not reason.strip():
            raise ReasonNeeded
        return ws.append(ws.space, FileDeclined(file_id=item.file.sha256, reason=reason.strip()))
    return ws.append(ws.space, settling(_require(item, reason), reason, is_released=False))


def try_again(ws: Workspace, item: Item) -> tuple[Incoming, Changes]:
    """Take a file in that was set aside; it leaves the list when that succeeds. A return gets its receipt.

    What a computer wrote that is trusted no longer lies aside then, each thing by itself, and can be let in.

    Raises:
        NothingToSettle: It is no file.
        FileUnwritable: There is no room to lay it out once more.
    """
    if item.file is None:
        raise NothingToSettle
    content = kept_files.kept_content(ws, item.file)
    with _laid_out(content) as path:
        seen = merging.preview(ws, [path], opens_revoked=True)
        taken = receipts.take_in(ws, seen, opens_revoked=True)
    (done,) = taken.files
    if done.refused is None:
        kept_files.let_go(ws, item.file)
    return done, taken.changes


# --- inside --------------------------------------------------------------------------------------


@contextmanager
def _laid_out(content: bytes) -> Generator[Path]:
    """Lay a file out, sealed as it came: it says nothing there. Whatever happens, it does not stay."""
    try:
        folder = TemporaryDirectory(ignore_cleanup_errors=True)
    except OSError as error:
        raise FileUnwritable from error
    with folder as name:
        path = Path(name) / f"again{BUNDLE_SUFFIX}"
        write_new_file(path, lambda sink: sink.write(content))
        yield path


def _require(item: Item, reason: str) -> Entry:
    if item.entry is None:
        raise NothingToSettle
    if not reason.strip():
        raise ReasonNeeded
    return item.entry


def _item(
    circle: Circle,
    each: Aside,
    people: People,
    words: AsideWords,
    stands: Sequence[object],
) -> Item:
    entry = each.entry
    sort = {STRAYED: Sort.STRAYED, FORKED: Sort.FORKED}.get(each.because, Sort.OUTSIDE)
    certificate = circle.certificates.get(DeviceId(each.device))
    return Item(
        key=settling(entry, "", is_released=False).register,
        sort=sort,
        because=each.because,
        at=entry.header.at,
        organisation="" if certificate is None else circle.name_of(read_certificate(certificate)),
        who=people.name(each.space, entry.stream, entry.header.author),
        register=entry.header.register,
        kind=entry.header.kind,
        subject=words.subject(each.space, entry.event),
        words=words.says(each.space, entry.event),
        held=" / ".join(said for event in stands if (said := words.says(each.space, event))),
        entry=entry,
    )


def _file(kept: KeptFile) -> Item:
    key = FileDeclined(file_id=kept.sha256, reason="").register
    return Item(key=key, sort=Sort.FILE, because=kept.code, at=kept.at, words=kept.name, file=kept)


def _standing(connection: sa.Connection, space: SpaceId, register: Register) -> list[object]:
    rows = connection.exec_driver_sql(
        "SELECT e.payload FROM head h JOIN entry e ON e.stream=h.stream AND e.seq=h.seq"
        " JOIN space s ON s.no=h.space WHERE s.id=? AND h.register=? AND e.payload IS NOT NULL",
        (space, register),
    ).all()
    return [decode_event(bytes(payload)) for (payload,) in rows]


def _decided(ws: Workspace) -> dict[str, Settled]:
    """Return what was decided; of two decisions the one that lets in counts, as it does for the entry."""
    if ws.team is None:
        return {}
    names = {held.event.person_id: held.event.name for held in ws.standing(PersonIntroduced, space=ws.space)}
    found: dict[str, Settled] = {}
    decisions: list[Held[AsideSettled] | Held[FileDeclined]] = [
        *ws.standing(AsideSettled, space=ws.space),
        *ws.standing(FileDeclined, space=ws.space),
    ]
    for held in decisions:
        event = held.event
        is_released = isinstance(event, AsideSettled) and event.is_released
        if event.register not in found or is_released:
            found[event.register] = Settled(
                is_released=is_released, reason=event.reason, who=names.get(held.author, ""), at=held.at
            )
    return found
