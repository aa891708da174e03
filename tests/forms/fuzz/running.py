"""Runs one case after the other, each within a time, and keeps what crashed or hung."""

import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from types import FrameType

from iowscp_desktop.errors import AppError

CAP = 20.0  # seconds that one case may take, on a machine that is busy with other things
BATCH = 200


class Hang(BaseException):
    """A case took longer than it may. No `except Exception` swallows it."""


@dataclass(frozen=True)
class Target:
    """Something to throw cases at: `make` a case by chance, `feed` it, and `valid`, which must always be taken."""

    name: str
    make: Callable[[Random], bytes]
    feed: Callable[[bytes], object]
    valid: Callable[[], bool]


@dataclass
class Outcome:
    """What came of many cases."""

    cases: int = 0
    taken: int = 0
    batches: int = 0
    slowest: float = 0.0
    slowest_case: int = -1
    refused: Counter[str] = field(default_factory=Counter)
    found: list[tuple[int, str, bytes]] = field(default_factory=list)


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Interrupt what takes longer."""

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        raise Hang

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def fault_of(feed: Callable[[bytes], object], case: bytes, outcome: Outcome, cap: float = CAP) -> str:
    """Feed one case. Says what went wrong; '' when it was taken, or refused with an error that has a code."""
    start = time.monotonic()
    try:
        with at_most(cap):
            feed(case)
    except AppError as error:
        outcome.refused[error.code] += 1
        return "" if error.message and error.remedy else f"{error.code} says nothing"
    except Hang:
        return f"hang: longer than {cap} s"
    except Exception as error:  # noqa: BLE001 - whatever else it is, is what we are looking for
        return f"crash: {type(error).__name__}: {str(error)[:200]}"
    finally:
        taken = time.monotonic() - start
        if taken > outcome.slowest:
            outcome.slowest, outcome.slowest_case = taken, outcome.cases
        outcome.cases += 1
    outcome.taken += 1
    return ""


def run(target: Target, seed: int, *, seconds: float = 0.0, cases: int = 0, cap: float = CAP) -> Outcome:
    """Throw cases at a target, for a time or a number of them. After each batch something valid must be taken."""
    outcome = Outcome()
    end = time.monotonic() + seconds
    number = 0
    while (number < cases) if cases else (time.monotonic() < end):
        case = target.make(Random(f"{target.name} {seed} {number}"))
        fault = fault_of(target.feed, case, outcome, cap)
        if fault:
            outcome.found.append((number, fault, case))
        number += 1
        if number % BATCH == 0 or number == cases:
            outcome.batches += 1
            if not target.valid():
                outcome.found.append((number, "something valid is no longer taken", b""))
    return outcome
