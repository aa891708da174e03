"""What a place's type makes of a text. A text that is no value of the type becomes nothing, as ODK programs have it."""

import math
import re
from collections.abc import Callable
from datetime import UTC, tzinfo
from typing import Final

from iowscp_desktop.forms.xpath.dates import (
    clock_of,
    date_text,
    date_text_of_days,
    moment_of,
    moment_of_days,
    moment_text,
)
from iowscp_desktop.forms.xpath.values import plain_number, text_of_number

_DAYS: Final = frozenset({"date", "dateTime"})
_WHOLE_LIMIT: Final = 2**31
_EXPONENT: Final = re.compile(r"-?\d+(\.\d+)?[eE][+-]?\d+\Z")

NOT_IN_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold, however it is written."""


def cast_text(kind: str, text: str, zone: tzinfo = UTC) -> str:
    """The text as a value of a bind type, without what XML cannot hold; '' when it is none."""
    if not (text.isascii() and text.isprintable()):
        text = NOT_IN_XML.sub("", text)
    act = _CASTS.get(kind)
    return text if act is None or not text else act(text, zone)


def cast_result(kind: str, text: str, zone: tzinfo) -> str:
    """What an expression gave as a value of a bind type: a number may be a day or a moment, NaN is nothing."""
    if text == "NaN":
        return ""
    days = plain_number(text) if kind in _DAYS else None
    if days is None:
        return cast_text(kind, text, zone)
    if kind == "date":
        return date_text_of_days(days, zone)
    moment = moment_of_days(days, zone)
    return "" if moment is None else moment_text(moment)


def _number(text: str) -> float | None:
    number = plain_number(text)
    if number is None and _EXPONENT.match(text.strip()):
        number = float(text)
    return number if number is not None and math.isfinite(number) else None


def _whole(text: str, _zone: tzinfo) -> str:
    number = _number(text)
    if number is None or not -_WHOLE_LIMIT <= math.trunc(number) < _WHOLE_LIMIT:
        return ""
    return str(math.trunc(number))


def _decimal(text: str, _zone: tzinfo) -> str:
    number = _number(text)
    if number is None:
        return ""
    return text.strip() if plain_number(text) is not None else text_of_number(number)


def _date(text: str, _zone: tzinfo) -> str:
    return date_text(text)


def _moment(text: str, zone: tzinfo) -> str:
    return text.strip() if moment_of(text, zone) is not None else ""


def _time(text: str, zone: tzinfo) -> str:
    if clock_of(text) is not None:
        return text.strip()
    moment = moment_of(text, zone)
    return "" if moment is None or "T" not in text else text.strip().partition("T")[2]


def _boolean(text: str, _zone: tzinfo) -> str:
    return {"true": "true", "1": "true", "false": "false", "0": "false"}.get(text.strip(), "")


def _point(text: str, _zone: tzinfo) -> str:
    """'latitude longitude altitude accuracy', all four, as every ODK program writes it."""
    numbers = [_number(word) for word in text.split()]
    found = [number for number in numbers if number is not None]
    if not 2 <= len(found) <= 4 or len(found) != len(numbers):
        return ""
    if abs(found[0]) > 90 or abs(found[1]) > 180:
        return ""
    return " ".join(_java(number) for number in [*found, 0.0, 0.0][:4])


def _java(number: float) -> str:
    return f"{number:.1f}" if number.is_integer() else text_of_number(number)


def _trace(text: str, zone: tzinfo) -> str:
    points = [_point(point, zone) for point in text.split(";") if point.strip()]
    return ";".join(points) if points and all(points) else ""


_CASTS: Final[dict[str, Callable[[str, tzinfo], str]]] = {
    "int": _whole,
    "integer": _whole,
    "decimal": _decimal,
    "date": _date,
    "dateTime": _moment,
    "time": _time,
    "boolean": _boolean,
    "geopoint": _point,
    "geotrace": _trace,
    "geoshape": _trace,
}
