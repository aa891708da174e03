"""Reading and writing dates as people here do: day first. No Qt."""

import re
from datetime import date

from iowscp_desktop.domain.clock import LOCAL_ZONE, from_stored

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS_SHOWN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS_SHOWN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?")
_KEPT_TIME = re.compile(r"\d\d:\d\d(:\d\d|$)")
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


def read_time(words: str) -> str | None:
    """Return a time of day as a form keeps it; None when it cannot be one. Understands 14:30, 14.30, 2:30 pm, 9am."""
    match = _CLOCK.fullmatch(words.strip().lower())
    if match is None:
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if (not match[2] and not half) or minute > 59 or hour > 23 or (half and not 1 <= hour <= 12):
        return None
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return f"{hour:02}:{minute:02}:00.000"


def write_time(stored: str) -> str:
    """Return a kept time as 14:30; what is no time stays as it is."""
    return stored[:5] if _KEPT_TIME.match(stored) else stored


def read_day_and_time(words: str) -> str | None:
    """Return a day with a time of day as a form keeps it; None when it cannot be one: 27 11 2026 14:30."""
    day, gap, clock = words.strip().rpartition(" ")
    if clock.lower() in {"am", "pm"}:
        day, gap, hour = day.rpartition(" ")
        clock = hour + clock
    found, time = read_date(day.rstrip(",")), read_time(clock)
    return f"{found.isoformat()}T{time}" if gap and found and time else None


def write_day_and_time(stored: str) -> str:
    """Return a kept moment as 'Fri 27 Nov 2026 14:30'; what is none stays as it is."""
    day, _, clock = stored.partition("T")
    found = read_date(day) if _KEPT_TIME.match(clock) else None
    return f"{write_date(found)} {write_time(clock)}" if found else stored


def read_month(words: str) -> str | None:
    """Return a month's first day; None when it cannot be a month. Understands 11 2026, 11/2026 and Nov 2026."""
    found = read_date(f"1 {words.strip()}")
    return found.isoformat() if found else None


def write_month(stored: str) -> str:
    """Return the month of a kept day as 'Nov 2026'; what is no day stays as it is."""
    found = read_date(stored)
    return f"{_MONTHS_SHOWN[found.month - 1]} {found.year}" if found else stored


def read_year(words: str) -> str | None:
    """Return a year's first day; None when it cannot be a year."""
    plain = words.strip()
    return f"{plain}-01-01" if len(plain) == 4 and plain.isdecimal() and read_date(f"1 1 {plain}") else None


def write_year(stored: str) -> str:
    """Return the year of a kept day; what is no day stays as it is."""
    found = read_date(stored)
    return str(found.year) if found else stored


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
