"""Functions on texts, and on the space-separated lists that multiple selects are."""

import base64
import binascii
import hashlib
import math
import operator
import re
from typing import Final

from iowscp_desktop.forms.xpath.expressions import Context
from iowscp_desktop.forms.xpath.patterns import fits
from iowscp_desktop.forms.xpath.signature import Function, function

_WORD: Final = re.compile(r"[^ \t\r\n]+")


def _substring(text: str, start: float, length: float | None = None) -> str:
    """substring(): counted from 1, both ends rounded, as XPath 1.0 has it."""
    first = _half_up(start)
    last = math.inf if length is None else first + _half_up(length)
    return "".join(letter for place, letter in enumerate(text, start=1) if first <= place < last)


def _half_up(number: float) -> float:
    return number if math.isnan(number) or math.isinf(number) else math.floor(number + 0.5)


def _substr(text: str, start: float, end: float = math.inf) -> str:
    """substr(): counted from 0, negative from the end, `end` not included."""
    if math.isnan(start) or math.isnan(end):
        return ""
    return text[_index(start, len(text)) : _index(end, len(text))]


def _index(number: float, size: int) -> int:
    if math.isinf(number):
        return size if number > 0 else 0
    return int(number) if number >= 0 else max(0, size + int(number))


def _before(text: str, mark: str) -> str:
    return text.partition(mark)[0] if mark and mark in text else ""


def _after(text: str, mark: str) -> str:
    if not mark:
        return text
    return text.partition(mark)[2] if mark in text else ""


def _translate(text: str, letters: str, becoming: str) -> str:
    table: dict[int, str | None] = {}
    for place, letter in enumerate(letters):
        table.setdefault(ord(letter), becoming[place] if place < len(becoming) else None)
    return text.translate(table)


def _concat(*parts: list[str]) -> str:
    return "".join(text for part in parts for text in part)


def _join(glue: str, *parts: list[str]) -> str:
    """join(): nodes that are not relevant are left out of one list; one of several arguments keeps its place."""
    if len(parts) > 1:
        parts = tuple(part or [""] for part in parts)
    return glue.join(text for part in parts for text in part)


def _digest(text: str, algorithm: str, encoding: str = "base64") -> str:
    names = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}
    name = names.get(algorithm.strip().upper())
    if name is None:
        return ""
    made = hashlib.new(name, text.encode("utf-8"), usedforsecurity=False)
    return made.hexdigest() if encoding == "hex" else base64.b64encode(made.digest()).decode("ascii")


def _base64_decode(text: str) -> str:
    try:
        return base64.b64decode(text).decode("utf-8")
    except (binascii.Error, ValueError):
        return ""


def _selected(text: str, value: str) -> bool:
    wanted = value.strip()
    return wanted in text.split() if wanted else not text.strip()


def _selected_at(text: str, place: float) -> str:
    chosen = text.split()
    if math.isnan(place) or not 0 <= place < len(chosen):
        return ""
    return chosen[int(place)]


def _normalized(context: Context, text: str | None = None) -> str:
    return " ".join(_WORD.findall(context.node.string() if text is None else text))


def _length(context: Context, text: str | None = None) -> float:
    return float(len(context.node.string() if text is None else text))


def _number_of_choices(text: str) -> float:
    return float(len(text.split()))


def _boolean_from_string(text: str) -> bool:
    return text in {"1", "true"}


TEXT_FUNCTIONS: Final[dict[str, Function]] = {
    "concat": function("text", "texts?", _concat, repeats=1),
    "join": function("text", "text texts?", _join, repeats=1),
    "contains": function("boolean", "text text", operator.contains),
    "starts-with": function("boolean", "text text", str.startswith),
    "ends-with": function("boolean", "text text", str.endswith),
    "substring": function("text", "text number number?", _substring),
    "substr": function("text", "text number number?", _substr),
    "substring-before": function("text", "text text", _before),
    "substring-after": function("text", "text text", _after),
    "string-length": function("number", "text?", _length, asks=True),
    "normalize-space": function("text", "text?", _normalized, asks=True),
    "translate": function("text", "text text text", _translate),
    "regex": function("boolean", "text text", fits),
    "digest": function("text", "text text text?", _digest),
    "base64-decode": function("text", "text", _base64_decode),
    "selected": function("boolean", "text text", _selected),
    "selected-at": function("text", "text number", _selected_at),
    "count-selected": function("number", "text", _number_of_choices),
    "boolean-from-string": function("boolean", "text", _boolean_from_string),
}
