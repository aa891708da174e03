"""What may be told of answers that nobody signed: counts, words without a neighbour, never a group that is too small.

A sheet is one person's answers. Two answers of the same sheet are told together only where enough people share both.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final

FEWEST: Final = 5
"""How many people there are, at least, in anything that is sent together or told together."""

CODE: Final = "code"
"""The name of the question that asks for a code that people make up, so that they can answer a second time."""

Sheet = Mapping[str, str]
"""One person's answers, by question; what they left out is not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How often each answer to one question was given."""

    question: str
    answered: int
    counts: tuple[tuple[str, int], ...]
    """Each answer and how many gave it, in the order asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What people wrote to one question, in the order of the alphabet: no line stands beside another answer."""

    question: str
    lines: tuple[str, ...] = field(repr=False)


def tally(sheets: Sequence[Sheet], question: str, offered: Sequence[str], *, many: bool = False) -> Tally | None:
    """Return how often each offered answer was given; None while fewer than `FEWEST` people have answered at all.

    Args:
        offered: The answers in the order they are shown; one that nobody gave counts 0.
        many: Several may be chosen; they stand in one text with spaces between.
    """
    if len(sheets) < FEWEST:
        return None
    given = [sheet[question] for sheet in sheets if sheet.get(question)]
    counted = Counter(each for value in given for each in (value.split() if many else (value,)))
    return Tally(question=question, answered=len(given), counts=tuple((each, counted[each]) for each in offered))


def words(sheets: Sequence[Sheet], question: str) -> Words | None:
    """Return what was written to a question, sorted; None while fewer than `FEWEST` people have answered at all."""
    if len(sheets) < FEWEST:
        return None
    return Words(question=question, lines=tuple(sorted(sheet[question] for sheet in sheets if sheet.get(question))))


def paired(before: Sequence[Sheet], after: Sequence[Sheet], code: str) -> tuple[tuple[Sheet, Sheet], ...]:
    """Return the sheets of people who answered twice, found by a code that they made up; fewer than `FEWEST` are none.

    A code that two people happened to make alike pairs nobody: it would put one person's answers to another's. Where
    one to four people are in no pair, pairs are left out until they are five: otherwise what those few answered could
    be had by taking the pairs from the whole.
    """
    first, second = _by_code(before, code), _by_code(after, code)
    return tuple((first[each], second[each]) for each in _codes_told(before, after, code))


def pairings(surveys: Sequence[Sequence[Sheet]], code: str) -> frozenset[tuple[int, int]]:
    """Return which of several surveys of the same people may be set side by side, by their places: none with itself.

    Whoever sets one survey beside a second and then beside a third can take the ones from the others. So of the people
    found in both comparisons and in one alone, one to four are never told apart: then the wider comparison is left out.
    Neighbours in time come first.
    """
    places = sorted(combinations(range(len(surveys)), 2), key=lambda pair: (pair[1] - pair[0], pair))
    told: dict[tuple[int, int], frozenset[str]] = {}
    for pair in places:
        codes = frozenset(_codes_told(surveys[pair[0]], surveys[pair[1]], code))
        beside = (others for other, others in told.items() if set(other) & set(pair))
        if codes and not any(_few(codes - others) or _few(others - codes) for others in beside):
            told[pair] = codes
    return frozenset(told)


def _few(people: Collection[str]) -> bool:
    return 0 < len(people) < FEWEST


def _codes_told(before: Sequence[Sheet], after: Sequence[Sheet], code: str) -> tuple[str, ...]:
    codes = sorted(_by_code(before, code).keys() & _by_code(after, code).keys())
    for told in range(len(codes), FEWEST - 1, -1):
        if all(len(every) - told not in range(1, FEWEST) for every in (before, after)):
            return tuple(codes[:told])
    return ()


def _by_code(sheets: Iterable[Sheet], code: str) -> dict[str, Sheet]:
    found: dict[str, list[Sheet]] = {}
    for sheet in sheets:
        made = "".join(sheet.get(code, "").casefold().split())
        if made:
            found.setdefault(made, []).append(sheet)
    return {made: each[0] for made, each in found.items() if len(each) == 1}
