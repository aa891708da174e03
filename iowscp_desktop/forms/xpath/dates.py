"""Dates and times as texts and as numbers: days since 1970 in UTC; what has no zone is in the session's zone."""

import math
import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Final

NAN: Final = math.nan
_DATE: Final = r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})"
_TIME: Final = r"(?P<hour>\d{2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.(?P<fraction>\d+))?)?"
_ZONE: Final = r"(?P<zone>Z|[+-]\d{2}(?::?\d{2})?)?"
_MOMENT: Final = re.compile(rf"{_DATE}(?:T{_TIME}{_ZONE})?\Z")
_CLOCK: Final = re.compile(rf"{_TIME}{_ZONE}\Z")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_DAY: Final = timedelta(days=1)
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def moment_of(text: str, zone: tzinfo) -> datetime | None:
    """The moment a date or date-time text means, aware; None when it is neither."""
    found = _MOMENT.match(text.strip())
    if found is None:
        return None
    try:
        day = date(int(found["year"]), int(found["month"]), int(found["day"]))
        clock = _clock(found) if found["hour"] else time()
        return datetime.combine(day, clock, tzinfo=_zone(found["zone"], zone))
    except ValueError:
        return None


def _clock(found: re.Match[str]) -> time:
    fraction = int((found["fraction"] or "0")[:6].ljust(6, "0"))
    return time(int(found["hour"]), int(found["minute"]), int(found["second"] or 0), fraction)


def _zone(written: str | None, local: tzinfo) -> tzinfo:
    if not written:
        return local
    if written == "Z":
        return UTC
    hours, minutes = int(written[1:3]), int(written[-2:]) if len(written) > 3 else 0
    if hours > 23 or minutes > 59:
        raise ValueError(written)
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if written[0] == "-" else offset)


def days_of(moment: datetime) -> float:
    """Days, with their fraction, since the first moment of 1970 in UTC."""
    return (moment.astimezone(UTC) - _EPOCH) / _DAY


def days_of_text(text: str, zone: tzinfo) -> float:
    """Days since 1970 of a date or date-time text; NaN when it is neither."""
    if len(text) < 10 or "-" not in text:
        return NAN
    moment = moment_of(text, zone)
    return NAN if moment is None else days_of(moment)


def moment_of_days(days: float, zone: tzinfo) -> datetime | None:
    """The moment so many days after 1970, in a zone; None when there is none (NaN, or past the calendar)."""
    if not math.isfinite(days):
        return None
    try:
        return (_EPOCH + timedelta(milliseconds=round(days * 86_400_000))).astimezone(zone)
    except (OverflowError, ValueError):
        return None


def date_text(text: str) -> str:
    """The date in a date or date-time text, as it is written; '' when there is none."""
    found = _MOMENT.match(text.strip())
    if found is None:
        return ""
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"])).isoformat()
    except ValueError:
        return ""


def date_text_of_days(days: float, zone: tzinfo) -> str:
    """The date that a number of days means. Whole days are counted on the calendar, parts of days on the clock.

    So date(0) is 1970-01-01 in every zone, and date(today() + 7) is a week from today in every zone.
    """
    if not math.isfinite(days):
        return ""
    try:
        if days == int(days):
            return (date(1970, 1, 1) + timedelta(days=int(days))).isoformat()
    except OverflowError:
        return ""
    moment = moment_of_days(days, zone)
    return "" if moment is None else moment.date().isoformat()


def moment_text(moment: datetime) -> str:
    """A moment as ODK writes it: 2024-01-31T09:30:00.000+00:00."""
    return moment.isoformat(timespec="milliseconds")


def time_fraction(text: str, zone: tzinfo, today: date) -> float:
    """decimal-time(): the part of the day, from 0 to 1, that a time of day is in the session's zone."""
    clock = clock_of(text)
    if clock is None:
        return NAN
    moment = datetime.combine(today, clock, tzinfo=clock.tzinfo or zone).astimezone(zone)
    passed = timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second, microseconds=moment.microsecond)
    return passed / _DAY


def clock_of(text: str) -> time | None:
    """The time of day that a text writes, with its zone if it names one."""
    found = _CLOCK.match(text.strip())
    if found is None or found["second"] is None:
        return None
    try:
        clock = _clock(found)
        return clock.replace(tzinfo=_zone(found["zone"], UTC)) if found["zone"] else clock
    except ValueError:
        return None


def format_moment(moment: datetime, pattern: str) -> str:
    """format-date() and format-date-time(): ODK's own percent signs."""
    pieces = {
        "Y": f"{moment.year:04d}",
        "y": f"{moment.year % 100:02d}",
        "m": f"{moment.month:02d}",
        "n": str(moment.month),
        "b": _MONTHS[moment.month - 1],
        "d": f"{moment.day:02d}",
        "e": str(moment.day),
        "H": f"{moment.hour:02d}",
        "h": str(moment.hour),
        "M": f"{moment.minute:02d}",
        "S": f"{moment.second:02d}",
        "3": f"{moment.microsecond // 1000:03d}",
        "a": _DAYS[moment.weekday()],
        "W": f"{moment.isocalendar().week:02d}",
        "%": "%",
    }
    return re.sub(r"%(.)", lambda found: pieces.get(found[1], found[0]), pattern)
