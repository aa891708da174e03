"""Bytes of evidence and of tools, addressed by SHA-256, in chunks, beside the answers they belong to."""

import hashlib
import itertools
from collections.abc import Iterable, Iterator

import sqlalchemy as sa

from iowscp_desktop.domain.ids import Sha256
from iowscp_desktop.errors import AttachmentMissing
from iowscp_desktop.store.database import Database

CHUNK = 256 * 1024
_AT_ONCE = 4


class Blobs:
    """Keeps bytes once, however often they are attached."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, chunks: Iterable[bytes]) -> tuple[Sha256, int]:
        """Keep bytes in a transaction of their own; return their digest and size."""
        with self._database.writing() as connection:
            return self.add_in(connection, chunks)

    def add_in(self, connection: sa.Connection, chunks: Iterable[bytes]) -> tuple[Sha256, int]:
        """Do as `add` inside a transaction, so that bytes and the event that names them stand or fall together."""
        data = b"".join(chunks)
        digest = Sha256(hashlib.sha256(data).hexdigest())
        run = connection.exec_driver_sql
        if run("SELECT 1 FROM blob WHERE sha256=?", (digest,)).first() is None:
            run("INSERT INTO blob VALUES (?,?)", (digest, len(data)))
            for no, start in enumerate(range(0, len(data), CHUNK)):
                run("INSERT INTO chunk VALUES (?,?,?)", (digest, no, data[start : start + CHUNK]))
        return digest, len(data)

    def lay_by(self, digest: Sha256, chunks: Iterable[bytes]) -> None:
        """Keep bytes unnamed, in many short transactions: nobody sees them until `name`, and nobody waits long.

        What was laid by and never named goes with the next `sweep`. Bytes that are here already are left as they are.
        """
        if self.has(digest):
            for _ in chunks:
                continue  # read, so that they are proved
            return
        for first, pieces in _several(_cut(chunks)):
            with self._database.writing() as connection:
                connection.exec_driver_sql(
                    "INSERT OR REPLACE INTO chunk VALUES (?,?,?)",
                    [(digest, no, piece) for no, piece in enumerate(pieces, start=first)],
                )

    def name(self, connection: sa.Connection, digest: Sha256, size: int) -> None:
        """Let bytes that were laid by be seen from now on.

        Raises:
            AttachmentMissing: They are no longer whole: somebody swept meanwhile.
        """
        run = connection.exec_driver_sql
        if run("SELECT 1 FROM blob WHERE sha256=?", (digest,)).first() is not None:
            return
        there = run("SELECT coalesce(sum(length(bytes)), 0) FROM chunk WHERE sha256=?", (digest,)).scalar_one()
        if there != size:
            raise AttachmentMissing
        run("INSERT INTO blob VALUES (?,?)", (digest, size))

    def sweep(self) -> None:
        """Remove bytes that were laid by for a file that was never taken in."""
        with self._database.writing() as connection:
            connection.exec_driver_sql("DELETE FROM chunk WHERE sha256 NOT IN (SELECT sha256 FROM blob)")

    def has(self, digest: Sha256) -> bool:
        """Tell whether these bytes are here."""
        with self._database.reading() as connection:
            return connection.exec_driver_sql("SELECT 1 FROM blob WHERE sha256=?", (digest,)).first() is not None

    def chunks(self, digest: Sha256) -> Iterator[bytes]:
        """Yield the bytes, piece by piece.

        Raises:
            AttachmentMissing: They are not in this workspace.
        """
        with self._database.reading() as connection:
            if connection.exec_driver_sql("SELECT 1 FROM blob WHERE sha256=?", (digest,)).first() is None:
                raise AttachmentMissing
            last = connection.exec_driver_sql("SELECT max(no) FROM chunk WHERE sha256=?", (digest,)).scalar()
        for no in range(0 if last is None else last + 1):
            with self._database.reading() as connection:
                row = connection.exec_driver_sql("SELECT bytes FROM chunk WHERE sha256=? AND no=?", (digest, no)).one()
            yield bytes(row[0])

    def read(self, digest: Sha256) -> bytes:
        """Return the bytes whole."""
        return b"".join(self.chunks(digest))


def _cut(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the same bytes in pieces of the size that is stored."""
    held = bytearray()
    for chunk in chunks:
        held += chunk
        while len(held) >= CHUNK:
            yield bytes(held[:CHUNK])
            del held[:CHUNK]
    if held:
        yield bytes(held)


def _several(pieces: Iterator[bytes]) -> Iterator[tuple[int, list[bytes]]]:
    """Yield a few pieces at a time, with the number of the first."""
    first = 0
    while together := list(itertools.islice(pieces, _AT_ONCE)):
        yield first, together
        first += len(together)
