"""This computer's own: device keys, who uses it, certificates it knows, a log of bundles. Never travels."""

from dataclasses import dataclass

import sqlalchemy as sa

from iowscp_desktop.domain.ids import DeviceId
from iowscp_desktop.store.database import Database


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
        for name, value in values.items():
            connection.exec_driver_sql("INSERT OR REPLACE INTO local VALUES (?,?)", (name, value))

    def forget(self, name: str) -> None:
        """Remove a named value; without one, do nothing."""
        with self._database.writing() as connection:
            connection.exec_driver_sql("DELETE FROM local WHERE name=?", (name,))

    def certificate(self, device: DeviceId, connection: sa.Connection | None = None) -> bytes | None:
        """Return the certificate of a device, or None when it is not known here; inside a transaction if given one."""
        if connection is None:
            with self._database.reading() as own:
                return self.certificate(device, own)
        value = connection.exec_driver_sql("SELECT bytes FROM certificate WHERE device=?", (device,)).scalar()
        return None if value is None else bytes(value)

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
        connection.exec_driver_sql(
            "INSERT OR IGNORE INTO bundle VALUES (?,?,?,?,?,?,?)",
            (line.digest, line.direction, line.type, line.signer, line.number, line.at, line.space),
        )

    def has_come(self, connection: sa.Connection, digest: str) -> bool:
        """Tell whether a bundle was taken in."""
        row = connection.exec_driver_sql("SELECT 1 FROM bundle WHERE digest=? AND direction='in'", (digest,)).first()
        return row is not None

    def newest_number(self, connection: sa.Connection, signer: str, sort: str) -> int:
        """Return the highest number of a signer's bundles of one type that were taken in; 0 before the first."""
        return int(
            connection.exec_driver_sql(
                "SELECT coalesce(max(number), 0) FROM bundle WHERE signer=? AND type=? AND direction='in'",
                (signer, sort),
            ).scalar_one()
        )

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
