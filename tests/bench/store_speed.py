"""The encrypted store beside plain SQLite, the same code on both: `python -m tests.bench.store_speed --write`."""

import argparse
import itertools
import os
import sqlite3
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import event

from iowscp_desktop.domain.events import AnswerRecorded
from iowscp_desktop.domain.ids import DeviceId, PersonId, QuestionId, SpaceId
from iowscp_desktop.store import Blobs, Database, Journal, Store, Writer
from iowscp_desktop.store.database import PRAGMAS, Turns
from iowscp_desktop.store.tables import metadata
from tests.bench.window_speed import longest_pause

REPORT: Final = Path(__file__).parents[2] / "docs" / "performance.md"
BEGIN, END = "<!-- store: begin -->", "<!-- store: end -->"
KEY: Final = bytes(range(32))
SAVES, ROWS, BATCH = 300, 20_000, 100
GOALS: Final = {
    "durable save while typing in a field": 1.15,
    "durable save of another answer": 1.15,
    "read through SQLAlchemy": 1.15,
    "write through SQLAlchemy": 1.15,
    "bulk insert": 1.5,
    "size of the file": 1.05,
    "open by the raw key, ms": 5.0,
    "longest pause of the window while 10 MB of evidence are saved, ms": 50.0,
    "the same while somebody types, ms": 50.0,
}
FREE: Final = 1.0
"""Milliseconds below which a forced write hides nothing of what encryption costs."""
FORCED: Final = "one forced write, ms"
HEAD: Final = """\
Printed by `python -m tests.bench.store_speed --write`: the store's own code, once on SQLCipher (SQLite {cipher}) and
once on the plain SQLite {plain} of Python, same tables and settings, turn by turn in one run, on a real disk. A durable
save is one answer, on the disk when the call returns; this disk forces one page down in {forced:.2f} ms, and the slower
a disk is, the less encryption counts: it adds about 0.03 ms for each of the five to eleven pages that a save changes.
Medians of {rounds} rounds."""


class PlainDatabase(Database):
    """The same store on the driver that does not encrypt."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = Turns()
        self._engine = sa.create_engine(
            sa.URL.create("sqlite", database=str(path)), connect_args={"timeout": 15, "check_same_thread": False}
        )

        @event.listens_for(self._engine, "connect", insert=True)
        def _connect(connection: Any, _record: object) -> None:
            connection.isolation_level = None
            for pragma in PRAGMAS:
                connection.execute("PRAGMA " + pragma).fetchall()

        @event.listens_for(self._engine, "begin")
        def _begin(connection: sa.Connection) -> None:
            reading = connection.get_execution_options().get("reading", False)
            connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

        with self.writing() as connection:
            metadata.create_all(connection)


class Side:
    """One of the two stores, and what is done with it."""

    def __init__(self, database: Database) -> None:
        self.database, self.journal, self.blobs = database, Journal(database), Blobs(database)
        self._seconds = itertools.count()

    def autosave(self) -> None:
        """Write down what is being typed in one field, durably, as happens twice a second."""
        self.save(visit="one stay in one field")

    def save(self, visit: str | None = None) -> None:
        """Write one answer, durably."""
        number = next(self._seconds)
        writer = Writer(
            device=DeviceId("ab" * 32),
            author=PersonId("somebody"),
            at=f"2026-01-05T09:00:00.{number % 1000:03d}Z",
            new_epoch=lambda: "epoch",
            new_salt=os.urandom,
        )
        words = f"what somebody writes into a field, {number}: " + "words " * 40
        answer = AnswerRecorded(question_id=QuestionId("q0" if visit else f"q{number % 300}"), value=words)
        self.journal.append(writer, SpaceId("space"), [answer], visit=visit)

    def read(self) -> None:
        """Read every answer that stands."""
        self.journal.standing(AnswerRecorded)

    def write_rows(self, first: int) -> None:
        """Write rows one statement each, in one transaction, as deeds do."""
        table = metadata.tables["bundle"]
        with self.database.writing() as connection:
            for number in range(first, first + BATCH):
                connection.execute(table.insert().values(**_bundle(number)))

    def fill(self, first: int) -> None:
        """Write many rows of the journal at once, as a merge does."""
        content = bytearray(b"x" * 180)
        rows = [
            (1000 + number % 7, first + number, 1, f"answer/q{number}", "answer-recorded", "2026-01-05T09:00:00.000Z",
             "somebody", content, content[:16], content, 0, "a bundle")
            for number in range(ROWS)
        ]  # fmt: skip
        with self.database.writing() as connection:
            marks = ",".join("?" * len(rows[0]))
            connection.exec_driver_sql(f"INSERT INTO entry VALUES ({marks})", rows)

    def size(self) -> int:
        """Return how large the file is when all is folded in."""
        assert self.database.path is not None
        with self.database.alone() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return self.database.path.stat().st_size


def _bundle(number: int) -> dict[str, object]:
    return {
        "digest": f"{number:064x}", "direction": "in", "type": "return", "signer": "cd" * 32, "number": number,
        "at": "2026-01-05T09:00:00.000Z", "space": "space",
    }  # fmt: skip


def measure(folder: Path, rounds: int) -> dict[str, float]:
    """Return each ratio, and the time to open, of one run."""
    keyed, plain = Side(Database.create(folder / "keyed.db", KEY)), Side(PlainDatabase(folder / "plain.db"))
    for side in (keyed, plain):
        side.save()
        side.write_rows(0)
    firsts = itertools.count(1000, ROWS)
    found: dict[str, float] = {}
    found["durable save while typing in a field"] = _ratio([keyed.autosave, plain.autosave], SAVES * rounds)
    found["durable save of another answer"] = _ratio([keyed.save, plain.save], SAVES * rounds)
    found[FORCED] = _forced(folder / "forced")
    found["read through SQLAlchemy"] = _ratio([keyed.read, plain.read], 10 * rounds)
    numbers = itertools.count(1000, BATCH)
    found["write through SQLAlchemy"] = _each(keyed, plain, Side.write_rows, numbers, 10 * rounds)
    found["bulk insert"] = _each(keyed, plain, Side.fill, firsts, 2 * rounds)
    found["size of the file"] = keyed.size() / plain.size()
    for side in (keyed, plain):
        side.database.close()
    found["open by the raw key, ms"] = _opening(folder / "open.db")
    for name, typing in zip(list(GOALS)[-2:], (False, True), strict=True):
        found[name] = longest_pause(folder, typing=typing)
    return found


def _ratio(pair: Sequence[Callable[[], None]], times: int) -> float:
    """Do both in turns; return how much longer the first takes."""
    taken: tuple[list[float], list[float]] = ([], [])
    for number in range(times):
        for side in (0, 1) if number % 2 else (1, 0):
            began = perf_counter()
            pair[side]()
            taken[side].append(perf_counter() - began)
    return median(taken[0]) / median(taken[1])


def _each(
    keyed: Side, plain: Side, deed: Callable[[Side, int], None], numbers: "itertools.count[int]", times: int
) -> float:
    each = list(itertools.islice(numbers, times))
    ours, theirs = iter(each), iter(each)
    return _ratio([lambda: deed(keyed, next(ours)), lambda: deed(plain, next(theirs))], times)


def _forced(path: Path) -> float:
    """Return how long the disk takes to force one page down."""
    taken: list[float] = []
    with path.open("wb") as file:
        for _ in range(200):
            file.write(bytes(4096))
            file.flush()
            began = perf_counter()
            os.fsync(file.fileno())
            taken.append((perf_counter() - began) * 1000)
    return median(taken)


def _opening(path: Path) -> float:
    Store.create(path, KEY).close()
    taken: list[float] = []
    for _ in range(30):
        began = perf_counter()
        store = Store.open(path, KEY)
        store.local.value("about")
        taken.append((perf_counter() - began) * 1000)
        store.close()
    return median(taken)


def report(found: dict[str, float], rounds: int) -> str:
    """Return the table."""
    cipher = Database.create(None, KEY)
    with cipher.reading() as connection:
        version = str(connection.exec_driver_sql("SELECT sqlite_version()").scalar_one())
    cipher.close()
    lines = ["| | measured | goal |", "|---|---:|---:|"]
    for name, goal in GOALS.items():
        unit = "" if name.endswith("ms") else "×"
        lines.append(f"| {name} | {found[name]:.2f}{unit} | ≤ {goal}{unit} |")
    head = HEAD.format(cipher=version, plain=sqlite3.sqlite_version, forced=found[FORCED], rounds=rounds)
    missed = [name for name, goal in GOALS.items() if found[name] > goal]
    if missed:
        lines += ["", f"Missed in this run: {', '.join(missed)}."]
    if any("save" in name for name in missed) and found[FORCED] < FREE:
        lines[-1] += (
            " A forced write costs next to nothing on this disk: what is compared is the processor's work alone."
        )
    return f"{head}\n\n" + "\n".join(lines)


def main() -> int:
    """Measure, and print the table; return 1 if a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.store_speed", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--write", action="store_true", help=f"write {REPORT.name}")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        found = measure(Path(folder), options.rounds)
    words = report(found, options.rounds)
    print(words)
    if options.write:
        page = REPORT.read_text("utf-8")
        before, _, rest = page.partition(BEGIN)
        after = rest.partition(END)[2]
        REPORT.write_text(f"{before}{BEGIN}\n{words}\n{END}{after}", "utf-8")
    return int(any(found[name] > goal for name, goal in GOALS.items()))


if __name__ == "__main__":
    sys.exit(main())
