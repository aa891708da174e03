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
    NOT_AFTER,
    OFFICE,
    PLACES,
    SAID,
    SEASONS,
    SPEAKS,
    STARTERS,
    TITLES,
    TITLES_ALSO_WORDS,
    TOGETHER,
    WELL_KNOWN,
)


def words_of(names: Iterable[str]) -> frozenset[str]:
    """Return each word of some names as `person_names` compares them."""
    return frozenset(word for name in names for word in _plain(name).split())


_OPENING: Final = re.compile(r"(?:^|[.!?:;•–—]\s+|\n\s*|[-*•]\s+|[(“\"‘]\s*)", re.MULTILINE)
_THINGS: Final = OFFICE | PLACES
_CERTAIN: Final = GIVEN - _THINGS - SEASONS
_KNOWN_WORDS: Final = frozenset(word for known in WELL_KNOWN for word in known)
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

    @property
    def given(self) -> bool:
        """A given name: a known one, a double one of which a part is known, or one in letters English has not."""
        first, *more = self.plain.split("-")
        if more and all(part in GIVEN for part in (first, *more)):
            return True
        return self.plain in GIVEN or (self.capital and (first in GIVEN and bool(more))) or self.foreign

    @property
    def foreign(self) -> bool:
        """With a capital and in letters that English words have not."""
        return self.capital and not self.text.replace("’", "'").isascii() and self.plain not in _THINGS

    @property
    def also_word(self) -> bool:
        return self.plain in ALSO_WORDS

    @property
    def possessive(self) -> bool:
        return self.text.lower().endswith(("'s", "’s"))


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
    if _well_known(tokens, at):
        return 0
    titled = _titled(word, after, spared)
    if titled:
        return titled
    if word.given:
        return _given(text, tokens, at, after, starts, spared)
    if word.capital and _strange_pair(text, tokens, at, starts, spared):
        return 2 if len(after) < 2 or not _could_be_family(after[1], spared) else 3
    if not word.capital or _office(word, spared) or _opens(word, starts):
        return 0
    return 1 if _cued(tokens, at, text) or (after and after[0].plain in TOGETHER) else 0


def _well_known(tokens: list[_Token], at: int) -> bool:
    """Part of what everybody knows by a person's name: a law, a prize, somebody in a history book."""
    if tokens[at].plain not in _KNOWN_WORDS:
        return False
    words = [token.plain for token in tokens[max(0, at - 2) : at + 3]]
    here = min(at, 2)
    return any(
        tuple(words[begin : begin + len(known)]) == known
        for known in WELL_KNOWN
        for begin in range(max(0, here - len(known) + 1), here + 1)
    )


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
    if _in_institution(text, tokens, at):
        return 0
    if not word.also_word:
        return 2 if follows else 1
    if not (word.capital or word.loud):
        return 0
    if follows and (after[0].plain in FAMILY or not _opens(word, starts) or _set_apart(text, after)):
        return 2
    if _speaks(tokens, at, text) or _beside_a_name(text, tokens, at):
        return 1
    spoken = bool(after) and after[0].plain in SAID and word.plain not in PLACES
    inside = not _opens(word, starts) and word.plain not in _THINGS and word.plain not in MONTHS
    if _cued(tokens, at, text) or (inside and (spoken or word.possessive or word.plain not in EVERYDAY)):
        return 1
    return 1 if spoken and word.plain not in STARTERS else 0


def _set_apart(text: str, after: list[_Token]) -> bool:
    """After two words comes a comma or what a person does, so that the first is no verb: "Mark Dellow, the cook"."""
    return text[after[0].end : after[0].end + 1] in {",", ")"} or (len(after) > 1 and after[1].plain in SAID)


def _speaks(tokens: list[_Token], at: int, text: str) -> bool:
    """Says, writes or asks something: "Will then asked". Seasons and months do not."""
    following = [token.plain for token in _joined(text, tokens, at)[:2]]
    if following and following[0] in {"then", "also", "later", "now", "never", "once"}:
        following = following[1:]
    return bool(following) and following[0] in SPEAKS and tokens[at].plain not in _THINGS - STARTERS


def _beside_a_name(text: str, tokens: list[_Token], at: int) -> bool:
    """Of two given names with "and" between them one says that the other is one: "Rose and Summer"."""
    for step in (2, -2):
        joint, other = at + step // 2, at + step
        if not (0 <= other < len(tokens) and tokens[joint].plain == "and"):
            continue
        pair = (tokens[at].plain, tokens[other].plain)
        if text[min(tokens[at].end, tokens[other].end) : max(tokens[at].start, tokens[other].start)] != " and ":
            continue
        certain = any(each in _CERTAIN for each in pair)
        if certain and tokens[other].capital and all(each in GIVEN and each not in MONTHS for each in pair):
            return True
    return False


def _strange_pair(text: str, tokens: list[_Token], at: int, starts: list[int], spared: frozenset[str]) -> bool:
    """Two words with capitals that no office, form or place is called by."""
    word, after = tokens[at], _joined(text, tokens, at)
    if not after or _office(word, spared) or not _could_be_family(after[0], spared):
        return False
    if _in_institution(text, tokens, at) or text[word.start - 2 : word.start - 1].isdigit():
        return False
    if (len(after) > 1 and after[1].capital and _office(after[1], spared)) or _in_office_run(text, word):
        return False
    if _opens(word, starts) and (after[0].given or after[0].plain in TITLES) and after[0].plain not in FAMILY:
        return False  # "Ask Jayden Smith": the name begins with the next word
    if after[0].plain in FAMILY:
        return True
    if after[0].plain in PLACES or len(word.text) == 1:
        return False
    return not _opens(word, starts) or not word.plain.endswith(("ing", "ly", "ed", "ers"))


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
    """A building, a street, a programme or a storm is called so: "St Mary's", "Jasmine House". "Jane Hall" is not."""
    word, run = tokens[at], _joined(text, tokens, at)
    if at and word.capital and tokens[at - 1].capital and tokens[at - 1].plain in NOT_AFTER:
        return True
    is_sure = word.given and not word.also_word and not word.possessive
    for place, token in enumerate(run):
        is_family = place == 0 and is_sure and token.capital and token.plain in FAMILY
        if token.plain in INSTITUTIONS and (token.capital or place == 0) and not is_family:
            return True
        if not token.capital and token.plain not in {"and", "of", "the"}:
            return False
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
