"""Names of persons in running English text, by rule: known names, titles, words that announce a name, capitals.

What an office, an audit or a place writes with a capital is listed in `office_words`; it is no name.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from iowscp_desktop.domain.given_names import ALSO_WORDS, EVERYDAY, FAMILY, GIVEN
from iowscp_desktop.domain.office_words import (
    CUES,
    INSTITUTIONS,
    MONTHS,
    OFFICE,
    PLACES,
    SAID,
    STARTERS,
    TITLES,
    TITLES_ALSO_WORDS,
)


def words_of(names: Iterable[str]) -> frozenset[str]:
    """Return each word of some names as `person_names` compares them."""
    return frozenset(word for name in names for word in _plain(name).split())


_OPENING: Final = re.compile(r"(?:^|[.!?:;•–—]\s+|\n\s*|[-*•]\s+|[(“\"‘]\s*)", re.MULTILINE)
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class _Token:
    text: str = field(repr=False)
    start: int
    end: int
    plain: str = field(repr=False)
    """Lower case, without a possessive."""

    @property
    def capital(self) -> bool:
        return self.text[0].isupper() and not (self.text.isupper() and len(self.text) > 1)

    @property
    def loud(self) -> bool:
        return len(self.text) > 2 and self.text.isupper()


def _plain(word: str) -> str:
    return re.sub(r"['’]s\b|['’]$", "", word).replace("’", "'").casefold()


def person_names(text: str, spared: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield where a person's name seems to stand: from a character up to but not including another.

    Args:
        spared: Words that are no names here, as `words_of` gives them.
    """
    tokens = [_Token(m[0], m.start(), m.end(), _plain(m[0])) for m in _WORD.finditer(text)]
    starts = _sentence_starts(text)
    at = 0
    while at < len(tokens):
        length = _name_here(text, tokens, at, starts, spared)
        if length:
            yield tokens[at].start, tokens[at + length - 1].end
        at += max(1, length)


def _name_here(text: str, tokens: list[_Token], at: int, starts: list[int], spared: frozenset[str]) -> int:
    """Return how many words from `at` on are a person's name; 0: none."""
    word = tokens[at]
    if word.plain in spared or _part_of_address(text, word):
        return 0
    after = _joined(text, tokens, at)
    titled = _titled(word, after, spared)
    if titled:
        return titled
    if word.plain in GIVEN:
        return _given(text, tokens, at, after, starts, spared)
    if word.capital and _strange_pair(text, word, after, starts, spared):
        return 2 if len(after) < 2 or not _could_be_family(after[1], spared) else 3
    if word.capital and _cued(tokens, at, text) and not _office(word, spared) and not _opens(word, starts):
        return 1
    return 0


def _joined(text: str, tokens: list[_Token], at: int) -> list[_Token]:
    """Return the next words as long as only a space, a full stop after an initial, or a hyphen parts them."""
    run: list[_Token] = []
    for before, token in zip(tokens[at : at + 3], tokens[at + 1 : at + 4], strict=False):
        if text[before.end : token.start] not in {" ", "\u00a0", ". "} or (
            text[before.end : token.start] == ". " and len(before.text) > 1 and before.plain not in TITLES
        ):
            break
        run.append(token)
    return run


def _titled(word: _Token, after: list[_Token], spared: frozenset[str]) -> int:
    if not (word.plain in TITLES and after and (word.text[0].isupper() or word.plain in {"mr", "mrs", "ms", "dr"})):
        return 0
    ambiguous = word.plain in TITLES_ALSO_WORDS
    if not (after[0].capital or after[0].loud) or (ambiguous and _office(after[0], spared)) or after[0].plain in spared:
        return 0
    return 3 if len(after) > 1 and after[1].capital and not _office(after[1], spared) else 2


def _given(
    text: str, tokens: list[_Token], at: int, after: list[_Token], starts: list[int], spared: frozenset[str]
) -> int:
    word = tokens[at]
    follows = bool(after) and _could_be_family(after[0], spared) and (word.capital or word.loud)
    place = bool(after) and after[0].plain in INSTITUTIONS
    if place or _in_institution(text, tokens, at):
        return 0
    if word.plain not in ALSO_WORDS:
        return 2 if follows else 1
    if not (word.capital or word.loud):
        return 0
    if follows and (after[0].plain in FAMILY or not _opens(word, starts)):
        return 2
    spoken = bool(after) and after[0].plain in SAID and word.plain not in PLACES
    inside = not _opens(word, starts) and word.plain not in OFFICE | PLACES and word.plain not in MONTHS
    possessive = word.text.lower().endswith(("'s", "’s"))
    if _cued(tokens, at, text) or (inside and (spoken or possessive or word.plain not in EVERYDAY)):
        return 1
    return 1 if spoken and word.plain not in STARTERS else 0


def _strange_pair(text: str, word: _Token, after: list[_Token], starts: list[int], spared: frozenset[str]) -> bool:
    """Two words with capitals that no office, form or place is called by."""
    if not after or _office(word, spared) or not _could_be_family(after[0], spared):
        return False
    if (len(after) > 1 and after[1].capital and _office(after[1], spared)) or _in_office_run(text, word):
        return False
    return after[0].plain in FAMILY or (
        not _opens(word, starts) and after[0].plain not in PLACES and len(word.text) > 1
    )


def _could_be_family(token: _Token, spared: frozenset[str]) -> bool:
    return (
        (token.capital or token.loud)
        and token.plain not in spared
        and (token.plain in FAMILY or not (token.plain in OFFICE or token.plain in PLACES or token.loud))
        and token.plain not in MONTHS
    )


def _office(token: _Token, spared: frozenset[str]) -> bool:
    return token.plain in OFFICE or token.plain in PLACES or token.plain in spared or token.plain in MONTHS


def _cued(tokens: list[_Token], at: int, text: str) -> bool:
    """A word such as "called" or "brother" stands just before."""
    if at == 0 or text[tokens[at - 1].end : tokens[at].start] not in {" ", ", ", ": ", " (", ' "', " “", " ‘", " '"}:
        return False
    before = tokens[at - 1]
    if before.plain == "is":
        return at > 1 and tokens[at - 2].plain in {"name", "surname"}
    return (before.plain in CUES and before.plain != "name") or (before.plain == "name" and text[before.end] == ":")


def _in_institution(text: str, tokens: list[_Token], at: int) -> bool:
    """St Mary's, Queen Elizabeth, or a run of capitals that ends in School, Road or Trust."""
    if (
        at
        and tokens[at - 1].plain in {"st", "saint", "queen", "king", "prince", "princess", "ss"}
        and tokens[at - 1].capital
    ):
        return True
    run = _joined(text, tokens, at)
    for token in run:
        if not token.capital and token.plain not in {"and", "of", "the"}:
            return False
        if token.plain in INSTITUTIONS:
            return True
    return False


def _in_office_run(text: str, word: _Token) -> bool:
    """The word before it, in the same run of capitals, is an office's: "the Working Together Framework"."""
    match = re.search(r"([^\W\d_]+)[ &-]+$", text[: word.start])
    return bool(match) and match[1][0].isupper() and _plain(match[1]) in OFFICE  # type: ignore[index]  # checked


def _part_of_address(text: str, word: _Token) -> bool:
    return (word.end < len(text) and text[word.end] == "@") or text[max(0, word.start - 1) : word.start] in {"@", "/"}


def _sentence_starts(text: str) -> list[int]:
    return [match.end() for match in _OPENING.finditer(text)]


def _opens(word: _Token, starts: list[int]) -> bool:
    """The word opens a sentence, so that its capital says nothing."""
    place = bisect_right(starts, word.start)
    return place > 0 and starts[place - 1] == word.start
