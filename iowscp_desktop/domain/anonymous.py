"""What may be told of answers that nobody signed: counts, words without a neighbour, never a group that is too small.

A sheet is one person's answers. Two answers of the same sheet are told together only where enough people share both.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

FEWEST: Final = 5
"""How many people there are, at least, in anything that is sent together or told together."""

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
class Group:
    """Everybody who gave one of these answers to the first question, and what they answered to the second."""

    answers: tuple[str, ...]
    size: int
    counts: tuple[tuple[str, int], ...]


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


def crossed(sheets: Sequence[Sheet], by: str, of: str, offered: Sequence[str]) -> tuple[Group, ...]:
    """Return the answers to `of` by what people answered to `by`; no group has fewer than `FEWEST` people.

    Groups that are too small are put together. Where even all of them together are too few, the smallest of the
    others joins them: otherwise what was left out could be had by taking the rest away from the whole.
    """
    by_answer: dict[str, list[Sheet]] = {}
    for sheet in sheets:
        by_answer.setdefault(sheet.get(by, ""), []).append(sheet)
    ordered = sorted(by_answer, key=lambda answer: (len(by_answer[answer]), answer))
    small = [answer for answer in ordered if len(by_answer[answer]) < FEWEST]
    large = [answer for answer in ordered if answer not in small]
    while small and large and sum(len(by_answer[answer]) for answer in small) < FEWEST:
        small.append(large.pop(0))
    joined = [(tuple(sorted(small)), [sheet for answer in small for sheet in by_answer[answer]])] if small else []
    groups = [*joined, *(((answer,), by_answer[answer]) for answer in sorted(large))]
    return tuple(
        Group(answers=answers, size=len(members), counts=_counts(members, of, offered))
        for answers, members in groups
        if len(members) >= FEWEST
    )


def paired(before: Iterable[Sheet], after: Iterable[Sheet], code: str) -> tuple[tuple[Sheet, Sheet], ...]:
    """Return the sheets of people who answered twice, found by a code that they made up; fewer than `FEWEST` are none.

    A code that two people happened to make alike pairs nobody: it would put one person's answers to another's.
    """
    first, second = _by_code(before, code), _by_code(after, code)
    pairs = tuple((first[each], second[each]) for each in sorted(first.keys() & second.keys()))
    return pairs if len(pairs) >= FEWEST else ()


def _by_code(sheets: Iterable[Sheet], code: str) -> dict[str, Sheet]:
    found: dict[str, list[Sheet]] = {}
    for sheet in sheets:
        made = "".join(sheet.get(code, "").casefold().split())
        if made:
            found.setdefault(made, []).append(sheet)
    return {made: each[0] for made, each in found.items() if len(each) == 1}


def _counts(sheets: Sequence[Sheet], question: str, offered: Sequence[str]) -> tuple[tuple[str, int], ...]:
    counted = Counter(sheet.get(question, "") for sheet in sheets)
    return tuple((each, counted[each]) for each in offered)
