"""The same answers merged by three other ways of merging, each timed beside its own floor, and what each loses."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import process_time
from typing import Final, TypeVar, cast

import apsw
import loro
import pycrdt

from tests.bench.returns import Load, words_of

LOSES: Final = {
    "pycrdt": "the other answer, who wrote it and when; no signature, no grant",
    "loro": "the other answer, who wrote it and when; no signature, no grant",
    "SQLite sessions": "the other answer, unless a handler keeps it; the earlier wording; no signature, no grant",
}

T = TypeVar("T")

Answers = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerTiming:
    """What one way of merging took, in CPU seconds."""

    name: str
    merge: float
    floor: float
    differing: int
    """Questions that two laptops answered differently."""
    still_there: int
    """Answers to them that can still be read after merging; two each were given."""


def peers(load: Load) -> Iterator[PeerTiming]:
    """Merge the same load with each of the three."""
    laptops = [dict(_answers(load, number)) for number in range(load.bundles)]
    for name, run in (("pycrdt", _pycrdt), ("loro", _loro), ("SQLite sessions", _sessions)):
        merged, merge, floor = run(laptops)
        differing = still = 0
        for place, after in enumerate(merged):
            one, two = laptops[2 * place], laptops[2 * place + 1]
            shared = [key for key in one if key in two and one[key] != two[key]]
            differing += len(shared)
            still += sum(after[key] in (one[key], two[key]) for key in shared)
        yield PeerTiming(name=name, merge=merge, floor=floor, differing=differing, still_there=still)


def _answers(load: Load, number: int) -> Iterator[tuple[str, str]]:
    chance = random.Random(number)
    shared = round(load.answers * load.differing)
    for each in range(load.answers):
        name = f"shared_{each:03}" if each < shared else f"own_{number % 2}_{each:03}"
        yield name, f"{words_of(chance)} {number}"


_Run = tuple[list[Answers], float, float]


def _pycrdt(laptops: list[Answers]) -> _Run:
    updates: list[bytes] = []
    for answers in laptops:
        doc: pycrdt.Doc[pycrdt.Map[str]] = pycrdt.Doc()
        held = doc.get("answers", type=pycrdt.Map)
        with doc.transaction():
            for key, value in answers.items():
                held[key] = value
        updates.append(doc.get_update())

    def merge(parts: list[list[bytes]]) -> list[Answers]:
        found: list[Answers] = []
        for part in parts:
            doc: pycrdt.Doc[pycrdt.Map[str]] = pycrdt.Doc()
            for update in part:
                doc.apply_update(update)
            found.append(dict(doc.get("answers", type=pycrdt.Map).to_py() or {}))
        return found

    pairs = [updates[at : at + 2] for at in range(0, len(updates), 2)]
    merged, took = _timed(lambda: merge(pairs))
    whole = [[pycrdt.merge_updates(*pair)] for pair in pairs]
    return merged, took, _timed(lambda: merge(whole))[1]


def _loro(laptops: list[Answers]) -> _Run:
    updates: list[bytes] = []
    for answers in laptops:
        doc = loro.LoroDoc()
        held = doc.get_map("answers")
        for key, value in answers.items():
            held.insert(key, value)
        doc.commit()
        updates.append(doc.export(loro.ExportMode.Snapshot()))

    def merge(parts: list[list[bytes]]) -> tuple[list[Answers], list[bytes]]:
        found: list[Answers] = []
        whole: list[bytes] = []
        for part in parts:
            doc = loro.LoroDoc()
            for update in part:
                doc.import_(update)
            found.append(cast("dict[str, Answers]", doc.get_deep_value())["answers"])
            whole.append(doc.export(loro.ExportMode.Snapshot()))
        return found, whole

    pairs = [updates[at : at + 2] for at in range(0, len(updates), 2)]
    (merged, whole), took = _timed(lambda: merge(pairs))
    return merged, took, _timed(lambda: merge([[each] for each in whole]))[1]


_TABLE = (
    "CREATE TABLE answer (response TEXT, question TEXT, value TEXT, PRIMARY KEY (response, question)) WITHOUT ROWID"
)


def _sessions(laptops: list[Answers]) -> _Run:
    changesets: list[bytes] = []
    rows: list[tuple[str, str, str]] = []
    for number, answers in enumerate(laptops):
        laptop = apsw.Connection(":memory:")
        laptop.execute(_TABLE)
        session = apsw.Session(laptop, "main")
        session.attach()
        own = [(f"r{number // 2}", key, value) for key, value in answers.items()]
        laptop.executemany("INSERT INTO answer VALUES (?,?,?)", own)
        changesets.append(session.changeset())
        rows += own

    def merge() -> list[Answers]:
        team = apsw.Connection(":memory:")
        team.execute(_TABLE)
        for changeset in changesets:
            apsw.Changeset.apply(changeset, team, conflict=lambda _reason, _change: apsw.SQLITE_CHANGESET_OMIT)
        found: list[Answers] = [{} for _ in range(len(laptops) // 2)]
        for response, question, value in team.execute("SELECT * FROM answer"):
            found[int(response[1:])][question] = value
        return found

    def floor() -> None:
        team = apsw.Connection(":memory:")
        team.execute(_TABLE)
        with team:
            team.executemany("INSERT OR IGNORE INTO answer VALUES (?,?,?)", rows)

    merged, took = _timed(merge)
    return merged, took, _timed(floor)[1]


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    started = process_time()
    done = work()
    return done, process_time() - started
