"""This computer's own: device keys, who uses it, certificates it knows, a log of bundles. Never travels."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from iowscp_desktop.domain.ids import DeviceId
from iowscp_desktop.store.database import Database, cursor_of

FILE: Final = "file/"
"""Begins the names of what is remembered of files that were taken in, by their digests."""

RANGE: Final = "range/"
"""Begins the names of what is remembered of lists of entries that were wholly taken in, by their digests."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleLine:
    """One bundle that was sent or taken in."""

    digest: str
    direction: str
    """`in` or `out`."""
    type: str
    signer: str
    number: int
    at: str
    space: str


class Local:
    """Named values and logs of this computer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def value(self, name: str) -> bytes | None:
        """Return a named value, or None."""
        with self._database.reading() as connection:
            value = connection.exec_driver_sql("SELECT value FROM local WHERE name=?", (name,)).scalar()
        return None if value is None else bytes(value)

    def keep(self, **values: bytes) -> None:
        """Write named values in one transaction."""
        with self._database.writing() as connection:
            self.keep_in(connection, **values)

    def keep_in(self, connection: sa.Connection, **values: bytes) -> None:
        """Do as `keep` inside a transaction that writes more than these."""
        if values:
            cursor_of(connection).executemany("INSERT OR REPLACE INTO local VALUES (?,?)", list(values.items()))

    def forget(self, name: str) -> None:
        """Remove a named value; without one, do nothing."""
        with self._database.writing() as connection:
            connection.exec_driver_sql("DELETE FROM local WHERE name=?", (name,))

    def certificate(self, device: DeviceId, connection: sa.Connection | None = None) -> bytes | None:
        """Return the certificate of a device, or None when it is not known here; inside a transaction if given one."""
        if connection is None:
            with self._database.reading() as own:
                return self.certificate(device, own)
        query = "SELECT bytes FROM certificate WHERE device=?"
        row = cursor_of(connection).execute(query, (device,)).fetchone()
        return None if row is None else bytes(row[0])

    def certificates(self) -> dict[DeviceId, bytes]:
        """Return every certificate that is known here, by device."""
        with self._database.reading() as connection:
            rows = connection.exec_driver_sql("SELECT device, bytes FROM certificate ORDER BY device").all()
        return {DeviceId(device): bytes(content) for device, content in rows}

    def names(self, beginning: str) -> list[str]:
        """Return the names of values that begin like this, in order."""
        with self._database.reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT name FROM local WHERE name >= ? AND name < ? ORDER BY name", (beginning, beginning + "\x7f")
            ).all()
        return [name for (name,) in rows]

    def keep_certificate(self, connection: sa.Connection, device: DeviceId, certificate: bytes) -> None:
        """Remember a certificate; the caller has checked it."""
        connection.exec_driver_sql("INSERT OR REPLACE INTO certificate VALUES (?,?)", (device, certificate))

    def forget_certificate(self, connection: sa.Connection, device: DeviceId) -> None:
        """Know a device no longer; what it wrote stays."""
        connection.exec_driver_sql("DELETE FROM certificate WHERE device=?", (device,))

    def log_bundle(self, connection: sa.Connection, line: BundleLine) -> None:
        """Remember a bundle by the digest of its manifest."""
        cursor_of(connection).execute(
            "INSERT OR IGNORE INTO bundle VALUES (?,?,?,?,?,?,?)",
            (line.digest, line.direction, line.type, line.signer, line.number, line.at, line.space),
        )

    def has_come(self, connection: sa.Connection, digest: str) -> bool:
        """Tell whether a bundle was taken in."""
        query = "SELECT 1 FROM bundle WHERE digest=? AND direction='in'"
        return cursor_of(connection).execute(query, (digest,)).fetchone() is not None

    def newest_numbers(self) -> Mapping[tuple[str, str], int]:
        """Return the highest number of each signer's bundles of each type that were taken in."""
        with self._database.reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT signer, type, max(number) FROM bundle WHERE direction='in' GROUP BY signer, type"
            ).all()
        return {(signer, sort): number for signer, sort, number in rows}

    def bundles(self) -> tuple[BundleLine, ...]:
        """Return every bundle sent or taken in, oldest first."""
        with self._database.reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT digest, direction, type, signer, number, at, space FROM bundle ORDER BY at, number"
            ).all()
        return tuple(
            BundleLine(
                digest=row[0], direction=row[1], type=row[2], signer=row[3], number=row[4], at=row[5], space=row[6]
            )
            for row in rows
        )
