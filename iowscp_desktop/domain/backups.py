"""Which backups are kept: the newest always, then by age and count. Their order is their number, never a clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

LEAST: Final = 3
"""So many of the newest are kept whatever their age: a clock that runs a year ahead must not empty the shelf."""
MOST: Final = 20
EVERY_DAY_FOR: Final = timedelta(days=14)
KEPT_FOR: Final = timedelta(days=180)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One backup, as far as the rule looks."""

    number: int
    day: date


def superfluous(backups: Sequence[Kept], today: date) -> frozenset[int]:
    """Return the numbers of those that may go.

    The newest `LEAST` stay. Of the rest: those older than `KEPT_FOR` go; of a day, and after `EVERY_DAY_FOR` of a
    week, the newest stays; and never more than `MOST` stay in all.
    """
    newest_first = sorted(backups, key=lambda each: each.number, reverse=True)
    staying: list[Kept] = []
    seen: set[tuple[int, ...]] = set()
    for place, each in enumerate(newest_first):
        age = today - each.day
        span = each.day.isocalendar()[:2] if age > EVERY_DAY_FOR else (each.day.toordinal(),)
        is_needed = age <= KEPT_FOR and span not in seen and len(staying) < MOST
        if place < LEAST or is_needed:
            staying.append(each)
            seen.add(span)
    return frozenset(each.number for each in backups) - {each.number for each in staying}


def is_due(newest: date | None, today: date) -> bool:
    """Tell whether the day's backup is still to be made; a clock that went back counts as another day."""
    return newest != today
