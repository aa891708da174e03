"""What in a text looks as if it pointed at a person: names, dates of birth, numbers, addresses.

A small set of rules, not a language model: it reads a paragraph in well under a millisecond, on any laptop, and each
warning can be explained. It misses some and warns about some that are none; `docs/names-kept-out.md` says how many.
It decides nothing and changes nothing: a person looks at what is marked.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from iowscp_desktop.domain.person_names import person_names, words_of


class Looks(StrEnum):
    """What a piece of text looks like."""

    NAME = "name"
    BIRTH = "date of birth"
    NHS = "NHS number"
    UPN = "unique pupil number"
    POSTCODE = "postcode"
    PHONE = "telephone number"
    EMAIL = "e-mail address"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Mention:
    """One piece of a text, from `start` up to but not including `end` (characters), and what it looks like."""

    start: int
    end: int
    looks: Looks

    def of(self, text: str) -> str:
        """Return the piece itself."""
        return text[self.start : self.end]


def mentions(text: str, *, never: Iterable[str] = ()) -> tuple[Mention, ...]:
    """Return what in a text looks as if it pointed at a person, in order, without overlaps.

    Args:
        never: Names that are not counted, such as the organisation's own, in any case; whole or word by word.
    """
    if not text:
        return ()
    spared = words_of(never)
    found: list[Mention] = []
    for look in _LOOKERS:
        for mention in look(text, spared):
            place = bisect_left(found, mention)
            free_before = place == 0 or found[place - 1].end <= mention.start
            if free_before and (place == len(found) or mention.end <= found[place].start):
                found.insert(place, mention)
    return tuple(found)


def nhs_number_holds(digits: str) -> bool:
    """Say whether ten digits carry the check digit of an NHS number.

    Source: NHS Data Dictionary, "NHS Number": weights 10 to 2, modulus 11; a check of 10 is never issued.
    """
    check = 11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return len(digits) == 10 and check != 10 and check % 11 == int(digits[9])


def pupil_number_holds(number: str) -> bool:
    """Say whether a unique pupil number of thirteen characters carries its check letter.

    Source: Department for Education, "Unique pupil numbers": weights 2 to 13 over twelve characters, modulus 23; a
    temporary number ends in a letter, which counts with its place in the same alphabet.
    """
    alphabet = "ABCDEFGHJKLMNPQRTUVWXYZ"
    last = number[12]
    values = [*(int(digit) for digit in number[1:12]), int(last) if last.isdigit() else alphabet.index(last)]
    return alphabet[sum(value * weight for value, weight in zip(values, range(2, 14), strict=True)) % 23] == number[0]


# --- numbers and addresses --------------------------------------------------------------------------------------

_EMAIL = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_UPN = re.compile(r"\b[A-HJ-NP-RT-Z](?:[ -]?\d){11}[ -]?[\dA-HJ-NP-RT-Z]\b", re.IGNORECASE)
_POSTCODE = re.compile(
    r"\b(?:[A-PR-UWYZ]\d{1,2}|[A-PR-UWYZ][A-HK-Y]\d{1,2}|[A-PR-UWYZ]\d[A-HJKPSTUW]|[A-PR-UWYZ][A-HK-Y]\d[ABEHMNPRV-Y])"
    r"(?: ?)\d[ABD-HJLNP-UW-Z]{2}\b",
    re.IGNORECASE,
)
_TEN_DIGITS = re.compile(r"(?<![\d.,£-])\d{3}[ \u00a0-]?\d{3}[ \u00a0-]?\d{4}(?![\d-])")
_PHONE = re.compile(r"(?<![\w.,£-])(?:\+44[ -]?(?:\(0\)[ -]?)?|\(?0)(?:\d[ ()-]{0,2}){8,9}\d(?!\d)")
_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*"
_NTH = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = (
    rf"(?:{_NTH}[ ./-]{{1,3}}(?:of )?(?:\d{{1,2}}|{_MONTHS})[ ,./-]{{1,3}}\d{{2,4}}"
    rf"|{_MONTHS} {_NTH},? \d{{4}}|\d{{4}}-\d{{2}}-\d{{2}})"
)
_BORN = re.compile(
    rf"\b(?:d\.? ?o\.? ?b\.?|date of birth|birth ?date|birthday|born)\b[^\d\n]{{0,24}}?({_DATE})", re.IGNORECASE
)
_NAMED_AND_BORN = re.compile(rf"\b[A-Z][\w'’-]+,? \(({_DATE})\)")
_DATE_HERE = re.compile(rf",? (?:\()?({_DATE})")


def _whole(pattern: re.Pattern[str], looks: Looks) -> Callable[[str, frozenset[str]], Iterator[Mention]]:
    def look(text: str, _spared: frozenset[str]) -> Iterator[Mention]:
        for match in pattern.finditer(text):
            yield Mention(start=match.start(), end=match.end(), looks=looks)

    return look


def _births(text: str, _spared: frozenset[str]) -> Iterator[Mention]:
    for pattern in (_BORN, _NAMED_AND_BORN):
        for match in pattern.finditer(text):
            yield Mention(start=match.start(1), end=match.end(1), looks=Looks.BIRTH)


def _names(text: str, spared: frozenset[str]) -> Iterator[Mention]:
    """Yield names, and what stands straight after one as a date: how registers are written."""
    for start, end in person_names(text, spared):
        yield Mention(start=start, end=end, looks=Looks.NAME)
        if (born := _DATE_HERE.match(text, end)) is not None:
            yield Mention(start=born.start(1), end=born.end(1), looks=Looks.BIRTH)


def _pupil_numbers(text: str, _spared: frozenset[str]) -> Iterator[Mention]:
    for match in _UPN.finditer(text):
        number = re.sub(r"[ -]", "", match[0]).upper()
        if pupil_number_holds(number) or _near(text, match.start(), ("upn", "pupil number")):
            yield Mention(start=match.start(), end=match.end(), looks=Looks.UPN)


def _nhs_numbers(text: str, _spared: frozenset[str]) -> Iterator[Mention]:
    for match in _TEN_DIGITS.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        if _near(text, match.start(), ("nhs",)) or (digits[0] != "0" and nhs_number_holds(digits)):
            yield Mention(start=match.start(), end=match.end(), looks=Looks.NHS)


def _near(text: str, place: int, words: tuple[str, ...]) -> bool:
    before = text[max(0, place - 24) : place].lower()
    return any(word in before for word in words)


_LOOKERS: Final[tuple[Callable[[str, frozenset[str]], Iterator[Mention]], ...]] = (
    _whole(_EMAIL, Looks.EMAIL),
    _births,
    _pupil_numbers,
    _nhs_numbers,
    _whole(_PHONE, Looks.PHONE),
    _whole(_POSTCODE, Looks.POSTCODE),
    _names,
)
"""In the order in which they may claim a piece of text."""
