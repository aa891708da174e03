"""Who is called what, in each space: a name counts from whoever may introduce that person, and from nobody else.

A device says of itself who types on it, so anybody can write a name beside anybody's id. What an entry shows is what
devices of its own writer's side said: the team names its people, an organisation its own.
"""

from collections import defaultdict

import sqlalchemy as sa

from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.bundles import read_certificate
from iowscp_desktop.domain.events import PersonIntroduced
from iowscp_desktop.domain.ids import DeviceId, EntryId, PersonId, SpaceId, StreamId
from iowscp_desktop.store.entries import entry_of

_Side = tuple[str, str]
"""A role, and whose device it is."""

# `replaces` may name what another side wrote: that takes nobody's name away.
_INTRODUCED = """
SELECT t.id, e.header, e.salt, e.payload FROM space s
JOIN entry e ON e.space=s.no AND e.register>='person/' AND e.register<'person0'
JOIN stream t ON t.no=e.stream LEFT JOIN quarantine q ON q.stream=e.stream AND q.seq=e.seq
WHERE s.id=? AND q.stream IS NULL AND e.payload IS NOT NULL ORDER BY t.id, e.seq
"""


class People:
    """The names that entries are shown under; read once for each space that is asked about."""

    def __init__(self, ws: Workspace) -> None:
        self._ws = ws
        self._sides: dict[StreamId, _Side] = {}
        self._names: dict[SpaceId, dict[tuple[_Side, PersonId], str]] = {}

    def name(self, space: SpaceId, stream: StreamId, author: str) -> str:
        """Return the name of who wrote an entry of a stream; '' for somebody whose name is not here."""
        if space not in self._names or stream not in self._sides:
            with self._ws.store.database.reading() as connection:
                self._names[space] = self._introduced(connection, space)
                self._side(connection, stream)
        return self._names[space].get((self._sides[stream], PersonId(author)), "")

    def _introduced(self, connection: sa.Connection, space: SpaceId) -> dict[tuple[_Side, PersonId], str]:
        entries = [entry_of(row) for row in connection.exec_driver_sql(_INTRODUCED, (space,)).all()]
        gone: dict[_Side, set[EntryId]] = defaultdict(set)
        for entry in entries:
            gone[self._side(connection, entry.stream)].update(entry.replaces)
        names: dict[tuple[_Side, PersonId], str] = {}
        for entry in entries:
            side, event = self._side(connection, entry.stream), entry.event
            if isinstance(event, PersonIntroduced) and entry.id not in gone[side]:
                names[side, event.person_id] = event.name
        return names

    def _side(self, connection: sa.Connection, stream: StreamId) -> _Side:
        if stream not in self._sides:
            device = connection.exec_driver_sql("SELECT device FROM stream WHERE id=?", (stream,)).scalar()
            self._sides[stream] = self._side_of(connection, DeviceId(device or ""))
        return self._sides[stream]

    def _side_of(self, connection: sa.Connection, device: DeviceId) -> _Side:
        ws = self._ws
        known = ws.store.local.certificate(device, connection)
        if device != ws.keys.device and known is not None:
            certificate = read_certificate(known)
            return certificate.role, certificate.holder
        # Another laptop of this school that the team has not met: it was vouched for.
        query = "SELECT 1 FROM local WHERE name=?"
        is_ours = connection.exec_driver_sql(query, (f"introduction/{device}",)).first() is not None
        return (ws.about.role, ws.about.holder) if is_ours or device == ws.keys.device else ("", device)
