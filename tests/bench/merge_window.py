"""How well the window lives while a folder of returns is taken in, and three conflicts are settled by keyboard.

    BUNDLES=200 python -m tests.bench.merge_window --write

The walk of `tests/e2e/test_merge_window.py`, on a screen of its own, with what the clock saw: a test cannot ask that of
a computer that others keep busy, a benchmark on a quiet one can.
"""

import argparse
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.e2e.merge_desk import BEAT
from tests.e2e.test_keyboard import screen
from tests.e2e.test_merge_window import (
    BUNDLES,
    LOAD,
    differing,
    prepared,
    settle_three,
    stop_on_the_way,
    take_the_rest,
    window,
)

REPORT = Path(__file__).parents[2] / "docs" / "performance.md"
BEGIN, END = "<!-- window: begin -->", "<!-- window: end -->"
HEAD = """\
Printed by `BUNDLES={bundles} python -m tests.bench.merge_window --write`, with a load of {load:.1f} on {cores} cores
before it began. {bundles} files of {each} entries are dropped on the real window as a folder; it shows what they would
bring, takes them in, is stopped on the way and goes on; then {differing} answers differ, and three are settled by
keyboard. A timer of 5 ms stands for the window. Work is what its thread did between two beats, in CPU time; the clock
also counts waiting for a core, and for the other threads of the program."""
NAMES = {"merging": "looking, taking in, stopping, going on", "settling": "settling three, leaving one"}


def walk() -> Mapping[str, Mapping[str, float]]:
    """Go through it once; return how the window lived, part by part."""
    with TemporaryDirectory() as folder:
        post = prepared(Path(folder))
        with screen() as display, window(display, post.folder, post.files) as seen:
            stop_on_the_way(seen)
            take_the_rest(seen)
            settle_three(seen)
            found: Mapping[str, Mapping[str, float]] = json.loads(seen.until("heart", ""))
    return found


def report(found: Mapping[str, Mapping[str, float]], load: float) -> str:
    """Return the table."""
    lines = [
        "| | beats | most work, ms | goal | longest by the clock, ms | beats later than 50 ms |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for part, name in NAMES.items():
        beats = found[part]
        lines.append(
            f"| {name} | {beats['beats']:,} | {beats['most_work_ms']} | ≤ {BEAT:.0f} | {beats['longest_ms']} "
            f"| {beats['late']} |"
        )
    head = HEAD.format(
        bundles=BUNDLES, load=load, cores=os.cpu_count(), each=LOAD.entries // BUNDLES, differing=differing()
    )
    return f"{head}\n\n" + "\n".join(lines)


def main() -> int:
    """Measure, and print the table; return 1 if the window's thread was busy for longer than it may be."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.merge_window", description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"write {REPORT.name}")
    options = parser.parse_args()
    load = os.getloadavg()[0]
    found = walk()
    words = report(found, load)
    print(words)
    if options.write:
        page = REPORT.read_text("utf-8")
        before, _, rest = page.partition(BEGIN)
        after = rest.partition(END)[2]
        REPORT.write_text(f"{before}{BEGIN}\n{words}\n{END}{after}", "utf-8")
    return int(any(found[part]["most_work_ms"] > BEAT for part in NAMES))


if __name__ == "__main__":
    sys.exit(main())
