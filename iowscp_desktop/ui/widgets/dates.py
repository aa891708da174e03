"""Reading and writing dates as people here do: day first. No Qt."""

import re
from datetime import date

from iowscp_desktop.domain.clock import LOCAL_ZONE, from_stored

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS_SHOWN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS_SHOWN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_FIRST = re.compile(
    r"(?:[a-z]{3,9},?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s./-]+(\d{1,2}|[a-z]{3,9})\.?[\s./-]+(\d{4}|\d{2})"
)


def read_date(words: str) -> date | None:
    """Return the date that was written; None when it cannot be one.

    Understands 27 11 2026, 27/11/26, 27 Nov 2026, Fri 27 November 2026 and 2026-11-27. Two-digit years are 20xx.
    """
    plain = words.strip().lower()
    if match := _ISO.fullmatch(plain):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    if match := _DAY_FIRST.fullmatch(plain):
        year = int(match[3]) + (2000 if len(match[3]) == 2 else 0)
        return _date(year, _month(match[2]), int(match[1]))
    return None


def write_date(day: date) -> str:
    """Return a date as 'Fri 27 Nov 2026', whatever the computer's own language."""
    return f"{_DAYS_SHOWN[day.weekday()]} {day.day} {_MONTHS_SHOWN[day.month - 1]} {day.year}"


def write_moment(stored: str) -> str:
    """Return a moment of the journal as '19 Nov 2026, 15:12', by the clock on the wall here."""
    moment = from_stored(stored).astimezone(LOCAL_ZONE)
    return f"{moment.day} {_MONTHS_SHOWN[moment.month - 1]} {moment.year}, {moment:%H:%M}"


def _month(word: str) -> int:
    """Return 1 to 12; 0, which no date has, for a word that is no month."""
    if word.isdecimal():
        return int(word)
    return _MONTHS.index(word[:3]) + 1 if word[:3] in _MONTHS else 0


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
