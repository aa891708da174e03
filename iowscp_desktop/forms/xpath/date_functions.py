"""Functions on dates and times. now() and today() are the moment the session was opened, in the session's zone."""

from datetime import datetime
from typing import Final

from iowscp_desktop.forms.xpath.dates import (
    clock_of,
    date_text,
    date_text_of_days,
    days_of,
    format_moment,
    moment_of,
    moment_of_days,
    moment_text,
    time_fraction,
)
from iowscp_desktop.forms.xpath.expressions import Context
from iowscp_desktop.forms.xpath.signature import Function, function
from iowscp_desktop.forms.xpath.values import NAN, Value, plain_number, text_of


def _shown(context: Context, value: Value) -> datetime | None:
    """The moment a value means, as clocks show it: a number of days, or a text by the zone's offset on that day."""
    if isinstance(value, bool):
        return None
    text = text_of(value)
    days = plain_number(text)
    if days is not None or isinstance(value, float):
        return moment_of_days(NAN if days is None else days, context.env.zone)
    moment = moment_of(text, context.env.local)
    return None if moment is None else moment.astimezone(context.env.local)


def _date(context: Context, value: Value) -> str:
    """date(): the day alone. A number counts days on the calendar; what is no date is ''."""
    if isinstance(value, bool):
        return ""
    text = text_of(value)
    days = plain_number(text)
    return date_text(text) if days is None else date_text_of_days(days, context.env.zone)


def _date_time(context: Context, value: Value) -> str:
    """date-time(): a date or a moment as it is written; a number of days as a moment; '' for what is neither."""
    moment = _shown(context, value)
    if moment is None:
        return ""
    text = text_of(value).strip()
    is_date_alone = len(text) == 10 and plain_number(text) is None
    return text if is_date_alone else moment_text(moment)


def _decimal_date_time(context: Context, value: Value) -> float:
    if isinstance(value, bool):
        return NAN
    text = text_of(value)
    days = plain_number(text)
    moment = moment_of(text, context.env.zone) if days is None else moment_of_days(days, context.env.zone)
    return NAN if moment is None else days_of(moment)


def _decimal_time(context: Context, text: str) -> float:
    return time_fraction(text, context.env.zone, context.env.moment.astimezone(context.env.zone).date())


def _formatted(context: Context, value: Value, pattern: str) -> str:
    moment = _shown(context, value)
    if moment is not None:
        return format_moment(moment, pattern)
    clock = clock_of(text_of(value))
    if clock is None:
        return ""
    day = context.env.moment.astimezone(context.env.zone).date()
    return format_moment(datetime.combine(day, clock, tzinfo=clock.tzinfo or context.env.zone), pattern)


def _time(context: Context, text: str) -> str:
    """time(): the time of day in a text that writes one, or that writes a moment."""
    moment = moment_of(text, context.env.local)
    if moment is not None:
        return moment.astimezone(context.env.local).timetz().isoformat(timespec="milliseconds")
    return text.strip() if clock_of(text) else ""


def _now(context: Context) -> str:
    return moment_text(context.env.moment.astimezone(context.env.zone))


def _today(context: Context) -> str:
    return context.env.moment.astimezone(context.env.zone).date().isoformat()


DATE_FUNCTIONS: Final[dict[str, Function]] = {
    "now": function("date", "", _now, asks=True),
    "today": function("date", "", _today, asks=True),
    "date": function("date", "value", _date, asks=True),
    "date-time": function("date", "value", _date_time, asks=True),
    "time": function("text", "text", _time, asks=True),
    "decimal-date-time": function("number", "value", _decimal_date_time, asks=True),
    "decimal-time": function("number", "text", _decimal_time, asks=True),
    "format-date": function("text", "value text", _formatted, asks=True),
    "format-date-time": function("text", "value text", _formatted, asks=True),
}
