"""Where a device was copied and both copies went on, its streams tell two stories: which one is in force.

The team goes on with the one that came first, and writes that down, so all its laptops agree and a second story never
takes the place of the first by itself. A device that meets its own copy goes on under new numbers.
"""

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from typing import Final

import sqlalchemy as sa

from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.crypto import random_bytes
from iowscp_desktop.domain.events import StoryKept
from iowscp_desktop.domain.ids import PersonId, Sha256, StreamId
from iowscp_desktop.domain.journal import Entry, EntryHash
from iowscp_desktop.store import CheckedRange, Named, Parting, Writer, nobody_named
from iowscp_desktop.store.epochs import WriterOf, leaving

STORY_KEPT: Final = "story-kept"
"""The kind of the events by which the team names a story."""


def writer_of(ws: Workspace) -> WriterOf:
    """Return who writes again what stood under numbers that are not this device's alone."""

    def writer(who: PersonId, at: str) -> Writer:
        return Writer(device=ws.keys.device, author=who, at=at, new_epoch=ws.world.new_id, new_salt=random_bytes)

    return writer


@contextmanager
def apart_from_copies(connection: sa.Connection, ws: Workspace, checked: CheckedRange) -> Generator[None]:
    """Take a range in; if it shows that this very device was copied, go on under numbers of its own afterwards."""
    if checked.piece.stream.device != ws.keys.device:
        yield
        return
    with leaving(connection, ws.store.journal, checked, writer_of(ws)):
        yield


def streams_named(entries: Iterable[Entry]) -> frozenset[StreamId]:
    """Return the streams of which entries name a story."""
    events = (entry.event for entry in entries if entry.header.kind == STORY_KEPT)
    return frozenset(event.stream_id for event in events if isinstance(event, StoryKept))


def named_by(ws: Workspace) -> Named:
    """Return what says which stories the team named; it names the one in force where it has named none."""
    if ws.team is None:
        return nobody_named

    def named(connection: sa.Connection, parting: Parting) -> frozenset[EntryHash]:
        rows = connection.exec_driver_sql(
            "SELECT entry_id FROM standing_story_kept WHERE in_space=? AND stream_id=?", (ws.space, parting.stream.id)
        ).scalars()
        known = frozenset(EntryHash(link) for link in rows)
        if parting.in_force is None or known & {parting.in_force, *parting.others}:
            return known
        kept = StoryKept(stream_id=parting.stream.id, entry_seq=parting.seq, entry_id=Sha256(parting.in_force))
        ws.append_in(connection, ws.space, kept)
        return known | {parting.in_force}

    return named
