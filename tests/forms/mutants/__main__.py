"""`python -m tests.forms.mutants`: a table of the mutants and the tests that notice them. Exit 1 if one lives."""

import sys

from tests.forms.mutants.catalogue import MUTANTS
from tests.forms.mutants.trial import judge


def main() -> int:
    alive = 0
    width = max(len(mutant.name) for mutant in MUTANTS)
    for mutant in MUTANTS:
        verdict = judge(mutant)
        said = f"caught by {verdict.by}" if verdict.caught else f"ALIVE {verdict.trouble}"
        print(f"{mutant.name:<{width}}  {mutant.module.rpartition('.')[2]:<18}  {said}", flush=True)
        alive += not verdict.caught
    print(f"{len(MUTANTS) - alive} of {len(MUTANTS)} mutants caught")
    return int(alive > 0)


if __name__ == "__main__":
    sys.exit(main())
