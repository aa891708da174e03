"""`python -m tests.forms.fuzz --minutes 10 --seed 1 [--target expressions|files]`. Exit 1 when something was found."""

import argparse
import hashlib
import resource
import sys
import warnings
from pathlib import Path

from tests.forms.fuzz.expressions import EXPRESSIONS
from tests.forms.fuzz.files import FILES
from tests.forms.fuzz.running import Outcome, Target, run

FOUND = Path(__file__).parent / "found"
MOST_MEMORY = 3 * 1024**3


def main() -> int:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--minutes", type=float, default=1.0, help="for each target")
    reader.add_argument("--seed", type=int, default=1)
    reader.add_argument("--target", choices=["expressions", "files"])
    chosen = reader.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    warnings.simplefilter("error")
    failed = False
    for target in (EXPRESSIONS, FILES):
        if chosen.target in {None, target.name}:
            outcome = run(target, chosen.seed, seconds=chosen.minutes * 60)
            tell(target, chosen.seed, outcome)
            failed |= bool(outcome.found)
    return int(failed)


def tell(target: Target, seed: int, outcome: Outcome) -> None:
    """Print what came of it, and keep every case that found something."""
    refused = ", ".join(f"{code} {count:,}" for code, count in sorted(outcome.refused.items()))
    print(
        f"{target.name}, seed {seed}: {outcome.cases:,} cases, {outcome.taken:,} taken;"
        f" refused: {refused or 'none'};"
        f" the slowest (case {outcome.slowest_case}) took {outcome.slowest:.2f} s;"
        f" {outcome.batches} times something valid was still taken;"
        f" {len(outcome.found)} crashes or hangs"
    )
    kinds: dict[str, int] = {}
    for number, fault, case in outcome.found:
        kinds[fault] = kinds.get(fault, 0) + 1
        if kinds[fault] <= 2 and case:
            name = FOUND / f"{target.name}-{hashlib.sha256(case).hexdigest()[:12]}"
            name.write_bytes(case)
            print(f"  case {number}: {fault} → {name.name}")


if __name__ == "__main__":
    sys.exit(main())
