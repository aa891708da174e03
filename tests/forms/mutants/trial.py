"""Runs the named tests against one mutant, in a process of its own."""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.forms.mutants.catalogue import Mutant

ROOT = Path(__file__).parents[3]
NOT_CAUGHT, CAUGHT = 0, 1  # pytest's exit codes: all passed, some failed


@dataclass(frozen=True)
class Verdict:
    """Whether a mutant was caught, and by which test first."""

    caught: bool
    by: str
    trouble: str = ""


def judge(mutant: Mutant) -> Verdict:
    """Run a mutant's tests until the first notices it."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "--no-header", "-p", "no:randomly", "-p", "no:cacheprovider"]
    command += ["-p", "tests.forms.mutants.plugin", mutant.tests]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "MUTANT": mutant.name, "PYTHONPATH": str(ROOT), "PYTEST_ADDOPTS": ""},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    if done.returncode not in {NOT_CAUGHT, CAUGHT}:
        return Verdict(caught=False, by="", trouble=(done.stdout + done.stderr)[-1_500:])
    first = re.search(r"^FAILED \S+?::(\S+)", done.stdout, re.MULTILINE)
    return Verdict(caught=done.returncode == CAUGHT, by=first[1] if first else "")
