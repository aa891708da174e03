"""How fast a thousand returns are taken in, beside the floor: `python -m tests.bench.merge_speed --write`.

The floor is what no merge can beat: the rows of the journal alone, written by one `executemany` into a table of the
same shape, in the same encrypted file.
"""

import argparse
import itertools
import json
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Final

from iowscp_desktop.app import merging, opening
from iowscp_desktop.app.opening import NewWorkspace
from iowscp_desktop.app.workspace import Surroundings, Workspace
from tests.app.conftest import CHEAP, LOCKS, PASSPHRASE
from tests.bench.merge_peers import LOSES, PeerTiming, peers
from tests.bench.returns import Load, expect, write_returns

REPORT: Final = Path(__file__).parents[2] / "docs" / "performance.md"
BEGIN, END = "<!-- merge: begin -->", "<!-- merge: end -->"
MOST_FLOOR_ROWS: Final = 330_000
ALLOWED: Final = {"merge": 4.0, "again": 1.0, "anew": 1.0}
"""How many times the floor each may take, at any size."""

_FLOOR = (
    "CREATE TABLE floor_entry (stream INTEGER NOT NULL, seq INTEGER NOT NULL, space INTEGER NOT NULL,"
    " register TEXT NOT NULL, kind TEXT NOT NULL, at TEXT NOT NULL, author TEXT NOT NULL, header BLOB NOT NULL,"
    " salt BLOB, payload BLOB, bare INTEGER NOT NULL, bundle TEXT NOT NULL, PRIMARY KEY (stream, seq))"
    " STRICT, WITHOUT ROWID"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """CPU seconds, and memory in MB."""

    bundles: int
    entries: int
    clashes: int
    merge: float
    merge_wall: float
    again: float
    """The very same files once more."""
    anew: float
    """The same bundles sealed into other files: a tenth of them, and at least a hundred; ten times that."""
    floor: float
    floor_rows: int
    memory: int
    memory_before: int

    @property
    def floor_each(self) -> float:
        """Seconds a row."""
        return self.floor / self.floor_rows

    def ratio(self, seconds: float) -> float:
        """Return how many times the floor this is, entry by entry."""
        return seconds / self.entries / self.floor_each


def world() -> Surroundings:
    """Return a clock that stands and ids that count."""
    ids = itertools.count(1)
    moment = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
    return Surroundings(clock=lambda: moment, new_id=lambda: f"{next(ids):032x}", code_cost=CHEAP)


def prepare(folder: Path, load: Load) -> None:
    """Make a team's workspace, and everybody's return."""
    new = NewWorkspace(folder=folder / "team", locks=LOCKS, name="Ana Team", role="team")
    team = opening.start_team(new, "Bench", world())
    expect(team, load)
    for name, count in (("first", load.bundles), ("anew", min(load.bundles, max(100, load.bundles // 10)))):
        (folder / name).mkdir()
        write_returns(team, Load(bundles=count, answers=load.answers), folder / name)
    team.close()


def measure(folder: Path, load: Load) -> Measured:
    """Take everything in, in a process that has done nothing else."""
    shutil.copytree(folder / "team", folder / "team again")
    paths = merging.bundles_in([folder / "first"])
    incoming = [merging.Incoming(path=path) for path in paths]
    before, merged, walled = 0, float("inf"), float("inf")
    for place in ("team again", "team"):  # the better of two, as of the floor; the second goes on
        team = opening.unlock_by_passphrase(folder / place, PASSPHRASE, world())
        before = before or _memory()
        wall, cpu = perf_counter(), process_time()
        done, _changes = merging.merge(team, incoming)
        merged, walled = min(merged, process_time() - cpu), min(walled, perf_counter() - wall)
        if any(each.refused for each in done):
            raise SystemExit("a file was refused")
        if place != "team":
            team.close()
    memory = _memory()
    again = _seconds(lambda: merging.merge(team, done))
    sealed_anew = [merging.Incoming(path=path) for path in merging.bundles_in([folder / "anew"])]
    anew = _seconds(lambda: merging.merge(team, sealed_anew)) * len(paths) / len(sealed_anew)
    floor, rows = _floor(team)
    found = Measured(
        bundles=len(paths),
        entries=sum(each.new for each in done),
        clashes=sum(len(each.clashes) for each in done),
        merge=merged,
        merge_wall=walled,
        again=again,
        anew=anew,
        floor=floor,
        floor_rows=rows,
        memory=memory,
        memory_before=before,
    )
    team.close()
    return found


def _seconds(work: Callable[[], object]) -> float:
    started = process_time()
    work()
    return process_time() - started


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _floor(team: Workspace) -> tuple[float, int]:
    """Write the journal's rows alone; the best of two."""
    database = team.store.database
    with database.reading() as connection:
        rows = [
            tuple(bytearray(value) if isinstance(value, bytes) else value for value in row)
            for row in connection.exec_driver_sql("SELECT * FROM entry LIMIT ?", (MOST_FLOOR_ROWS,))
        ]
    with database.writing() as connection:
        connection.exec_driver_sql(_FLOOR)
        connection.exec_driver_sql("CREATE INDEX floor_by_register ON floor_entry (space, register)")
    best = float("inf")
    for _ in range(2):
        with database.writing() as connection:
            connection.exec_driver_sql("DELETE FROM floor_entry")
        started = process_time()
        with database.writing() as connection:
            connection.exec_driver_sql("INSERT INTO floor_entry VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", rows)
        best = min(best, process_time() - started)
    return best, len(rows)


def run(load: Load) -> Measured:
    """Prepare and measure, each in a process of its own."""
    with TemporaryDirectory(prefix="merge-speed-") as name:
        for step in ("prepare", "measure"):
            command = [sys.executable, "-m", "tests.bench.merge_speed", "--step", step, "--folder", name]
            answer = subprocess.run(
                [*command, "--bundles", str(load.bundles)], check=True, stdout=subprocess.PIPE, text=True
            )
        return Measured(**json.loads(answer.stdout.strip().splitlines()[-1]))


HEAD: Final = """\
## Taking in a thousand returns

Printed by `python -m tests.bench.merge_speed --write` in {minutes:.0f} minutes. Two laptops of each school send a
return each: 300 answers, 10 % of them written twice, 2 % of them given by both laptops, differently. From files to
merged, queryable tables: read, decrypt, verify, check chains and grants, write the journal and the projections.
CPU seconds, because the machine is shared; of merge and floor the better of two. The floor is the journal's rows
alone, by one `executemany` into a table of the same shape in the same encrypted file: {rows:,.0f} rows a second here.

| bundles | entries | conflicts | merge, s | × floor | same files again | × floor | sealed anew | × floor | most MB |
|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|"""

LINE: Final = (
    "| {bundles:,} | {entries:,} | {clashes:,} | {merge:.1f} | **{merge_ratio:.1f}** | {again:.2f} |"
    " {again_ratio:.2f} | {anew:.1f} | {anew_ratio:.1f} | {memory} |"
)

MIDDLE: Final = """
Memory before the first file: {before} MB. Files are proved outside any transaction; a transaction takes in about
{together:,} entries, so whoever types meanwhile waits no longer than that takes. Meant was 3 times the floor, and 4 at
most. What comes on top of it: an entry is written to the table of heads too, looked at for conflicts, and every page
that two transactions touch is encrypted twice (about half the floor again); each entry is decrypted, unpacked, read,
hashed twice, written again to see that it has only one form, and its chain, seal and grant are checked (nearly twice
the floor). The very same files are known by their digests. Sealed anew, the same entries in other files are known by
the digest of their list: decrypted, unpacked and verified, but not read (a tenth of the files, at least a hundred,
counted as if they were all).

The same answers by three other ways of merging. Their floor is the same data taken from one whole file instead of
two (SQLite: plain inserts). None of them encrypts, verifies, or asks whether the writer may write that.

| | merge, s | its floor, s | × its floor | answers that differed, still readable | loses |
|---|---:|---:|---:|---:|---|"""

PEER: Final = "| {name} | {merge:.2f} | {floor:.2f} | {ratio:.1f} | {there:,} of {given:,} | {loses} |"


def report(measured: list[Measured], others: list[PeerTiming], minutes: float) -> str:
    """Return the section of the page."""
    first = measured[0]
    lines = [HEAD.format(minutes=minutes, rows=1 / first.floor_each)]
    for each in measured:
        ratios = {f"{name}_ratio": each.ratio(getattr(each, name)) for name in ("merge", "again", "anew")}
        lines.append(LINE.format(**{name: getattr(each, name) for name in Measured.__slots__}, **ratios))
    lines.append(MIDDLE.format(before=first.memory_before, together=merging.MOST_TOGETHER))
    given = 2 * first.clashes
    times = {"merge": first.merge, "floor": first.floor, "ratio": first.ratio(first.merge)}
    lines.append(PEER.format(name="ours", **times, there=given, given=given, loses="nothing"))
    lines += [
        PEER.format(
            name=each.name,
            merge=each.merge,
            floor=each.floor,
            ratio=each.merge / each.floor,
            there=each.still_there,
            given=2 * each.differing,
            loses=LOSES[each.name],
        )
        for each in others
    ]
    return "\n".join(lines)


def main() -> None:
    """Measure and print; fail where the merge takes more than is allowed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--bundles", type=int, default=1000)
    parser.add_argument("--large", type=int, default=0, help="measure this many bundles too")
    parser.add_argument("--write", action="store_true", help="write the section into docs/performance.md")
    parser.add_argument("--step", choices=("prepare", "measure"))
    parser.add_argument("--folder", type=Path)
    chosen = parser.parse_args()
    load = Load(bundles=chosen.bundles)
    if chosen.step == "prepare":
        prepare(chosen.folder, load)
        return
    if chosen.step == "measure":
        found = measure(chosen.folder, load)
        print(json.dumps({name: getattr(found, name) for name in Measured.__slots__}))
        return
    started = perf_counter()
    measured = [run(load), *([run(Load(bundles=chosen.large))] if chosen.large else [])]
    section = report(measured, list(peers(load)), (perf_counter() - started) / 60)
    print(section)
    if chosen.write:
        _write(section)
    for each in measured:
        for name, most in ALLOWED.items():
            if each.ratio(getattr(each, name)) > most:
                raise SystemExit(f"{name}, {each.bundles:,} bundles: more than {most} times the floor")


def _write(section: str) -> None:
    page = REPORT.read_text("utf-8")
    if BEGIN not in page:
        page = f"{page.rstrip()}\n\n{BEGIN}\n{END}\n"
    before, rest = page.split(BEGIN)
    REPORT.write_text(f"{before}{BEGIN}\n{section}\n{END}{rest.split(END)[1]}", "utf-8")


if __name__ == "__main__":
    main()
