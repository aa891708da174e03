"""How long each kind of record is kept, and when its time is over. The defaults are ours; a partnership sets its own.

No law fixes a period for a safeguarding partnership's audits: whoever holds the records sets one by need and writes
it down. Nothing is ever erased by this schedule alone; it only says what is due to be looked at.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class RecordKind(StrEnum):
    """What is kept for a time of its own. A value is kept for ever: it is in people's workspaces."""

    RESPONSE = "response"
    """A school's or agency's whole response, with everything below."""
    EVIDENCE = "evidence"
    """The files in it, which are where most personal data is."""
    EARLIER = "earlier"
    """Wordings that others replaced."""
    SCORES = "scores"
    """One panel member's own scores and remarks; what was agreed is kept with the team's records."""
    SET_ASIDE = "set-aside"
    """What came and was not let in."""


NEVER: Final = 0
"""Months: kept until a person decides."""

DEFAULTS: Final[Mapping[RecordKind, int]] = MappingProxyType(
    {
        RecordKind.RESPONSE: 72,  # three two-year cycles, so that a pattern over cycles can be shown
        RecordKind.EVIDENCE: 24,  # until the next cycle: then newer evidence speaks
        RecordKind.EARLIER: 12,
        RecordKind.SCORES: 24,
        RecordKind.SET_ASIDE: 12,
    }
)
"""Months after the day the audit was due; for what was set aside, after the day it came."""

CHOICES: Final = (NEVER, 3, 6, 12, 18, 24, 36, 48, 60, 72, 84, 96, 120, 300)
"""The periods that are offered, in months."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """How long each kind is kept, in months."""

    months: Mapping[RecordKind, int]

    def until(self, kind: RecordKind, since: date) -> date | None:
        """Return the first day on which a record's time is over; None for one that is kept until somebody decides."""
        months = self.months[kind]
        return None if months == NEVER else months_after(since, months)


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later; the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
