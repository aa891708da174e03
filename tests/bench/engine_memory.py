"""What an open form takes of a fresh process: `python -m tests.bench.engine_memory FORM.xml` prints it in megabytes."""

import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from iowscp_desktop.forms import load_form


def main() -> None:
    """Open the form, look at every node once, and print: before, with the form open, and after all was looked at."""
    print(*(f"{megabytes:.1f}" for megabytes in _measured(Path(sys.argv[1]).read_text(encoding="utf-8"))))


def _measured(xml: str) -> Iterator[float]:
    yield _resident()
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    session = load_form(xml).start(clock=lambda: moment, zone=UTC, random=Random(1), new_uuid=lambda: "one")
    yield _resident()
    for state in session.state():
        _ = state.label, state.choices, state.valid
    yield _resident()


def _resident() -> float:
    """This process's memory now, in megabytes."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    return int(found[1]) / 1024 if found else float("nan")


if __name__ == "__main__":
    main()
