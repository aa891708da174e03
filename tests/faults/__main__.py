"""Try every fault, print the table, and write it down.

python -m tests.faults [--kills 200] [--damages 50] [--rest 20] [--seed 1] [--write docs/reliability.md]
"""

import argparse
import logging
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.faults.damage import DAMAGES, try_damage
from tests.faults.disks import TASKS, how, try_full, try_read_only
from tests.faults.ground import Ground, prepare
from tests.faults.kills import KILLINGS, try_kill
from tests.faults.places import try_clock, try_paths, try_two
from tests.faults.table import Row, as_markdown, controls

HEAD = """# What the workspace survives

Written by `make faults`: every fault below was done to real workspaces, encrypted, with answers, files, a sealed
return and backups. Only the disk is stood in for: {how}.
{trials} trials, {kills} of them kills, seed {seed}, in {minutes} minutes on one core.

- **Lost** counts entries that the person had been told are saved, that a file on the disk still held, and that were
  not there in the end; and anything a person was told is done that was not. What the fault itself destroyed, as the
  bytes of a log that is deleted, is counted apart, and is always told.
- **Corrupted** counts trials after which a page, a chain, a seal, a file or a table did not hold.
- **Not noticed** counts trials in which something was missing and nothing was said.

After damage the workspace is saved as a person would save it: from the journal and the newest backup, which is made at
each closing. `make test` does two trials of each.

"""

TAIL = """

## What shows that a fault would be seen

Each check was also run where it must find something:

{controls}

## Keys and locks

Wrong passphrases, a keyring that is absent, locked, killed, wiped or somebody else's, slips in a recovery key, and key
files that are missing, edited or of another workspace are tried against a real password store in
`tests/store/test_keys.py`, `tests/store/test_keys_secret_service.py` and the tests of the lock screen; what each
promises is in [security](security.md).

## What was not tried

A power cut (the computer itself going off): here a process is killed, so what the operating system had taken is
written. Every commit is forced to the disk before it is confirmed, and the database's own tests cover the rest.
Windows and macOS: the same code runs there, and this page was made on Linux.
"""


def rows(ground: Ground, given: argparse.Namespace) -> Iterator[Row]:
    """Yield a row for each fault, as it is done."""
    for killing in KILLINGS:
        yield try_kill(killing, ground, given.kills, given.seed)
    for damage in DAMAGES:
        yield try_damage(damage, ground, given.damages, given.seed)
    for task in TASKS:
        yield try_full(task, ground, given.rest, given.seed)
    for task in TASKS:
        if (row := try_read_only(task, ground, given.rest, given.seed)) is not None:
            yield row
    others: tuple[Callable[[Ground, int, int], Row], ...] = (try_paths, try_two, try_clock)
    for other in others:
        yield other(ground, given.rest, given.seed)


def main() -> int:
    """Return 0 if nothing was lost, corrupted or missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="kills of each kind")
    parser.add_argument("--damages", type=int, default=50, help="trials of each kind of damage")
    parser.add_argument("--rest", type=int, default=20, help="trials of everything else")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", type=Path, help="the page to write")
    given = parser.parse_args()
    logging.disable(logging.CRITICAL)
    began, done = time.monotonic(), list[Row]()
    with tempfile.TemporaryDirectory() as folder:
        for row in rows(prepare(Path(folder)), given):
            done.append(row)
            remark = "" if row.is_clean else "   <-- NOT CLEAN"
            print(
                f"{row.fault}: {row.trials} trials, {row.killed} killed at work, {row.lost} lost,"
                f" {row.corrupted} corrupted, {row.unnoticed} not noticed{remark}",
                flush=True,
            )
    kills, trials = sum(row.killed for row in done), sum(row.trials for row in done)
    print(f"{trials} trials, {kills} kills in {(time.monotonic() - began) / 60:.0f} minutes")
    clean = all(row.is_clean for row in done)
    if given.write is not None and clean:
        minutes = f"{(time.monotonic() - began) / 60:.0f}"
        head = HEAD.format(how=how(), trials=f"{trials:,}", kills=f"{kills:,}", seed=given.seed, minutes=minutes)
        given.write.write_text(head + as_markdown(done) + TAIL.format(controls=controls(done)), encoding="utf-8")
    return 0 if clean else 1


if __name__ == "__main__":
    sys.exit(main())
