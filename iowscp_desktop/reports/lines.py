"""Words broken into lines. Nothing is dropped: the lines put together are the words again, spaces and all."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from iowscp_desktop.reports.look import Look, Run, width_of

_BREAK = re.compile(r"\n| +|[^\n ]+")
_AFTER = "/-–—_.@&?=,;"  # an overlong word is best broken after one of these
_LONGEST_LINE = 400  # characters; no line of ours holds more


@dataclass(slots=True)
class Line:
    """One line. `width` leaves out the spaces at its end, which are kept so that reading aloud does not join words."""

    runs: list[Run]
    width: float = 0.0

    def put(self, run: Run) -> None:
        """Add words at the end; the same weight carries on the same run."""
        if self.runs and self.runs[-1].strong == run.strong:
            self.runs[-1] = Run(self.runs[-1].words + run.words, run.strong)
        else:
            self.runs.append(run)


def break_lines(runs: Sequence[Run], look: Look, width: float) -> list[Line]:
    """Return the lines of some words at a width in points. There is always one, if only an empty one."""
    breaker = _Breaker(look, max(width, look.size))
    for word in _words(runs):
        breaker.add(word)
    return breaker.lines


def _words(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """Yield words, spaces and line ends. A word that changes weight half-way is one word of several runs."""
    word: list[Run] = []
    for run in runs:
        for match in _BREAK.finditer(run.words):
            part = match.group()
            if part[0] not in " \n":
                word.append(Run(part, run.strong))
                continue
            if word:
                yield word
                word = []
            yield [Run(part, run.strong)]
    if word:
        yield word


class _Breaker:
    """Fills lines one after the other."""

    def __init__(self, look: Look, width: float) -> None:
        self.lines = [Line([])]
        self._look, self._width = look, width
        self._spaces = 0.0  # how wide the spaces at the end of the last line are

    def add(self, word: list[Run]) -> None:
        """Add a word, spaces or a line end."""
        line = self.lines[-1]
        if word[0].words == "\n":
            line.put(Run(" ", word[0].strong))
            self._next()
        elif word[0].words[0] == " ":
            line.put(word[0])
            self._spaces += self._measure(word)
        else:
            self._add_word(word, self._measure(word))

    def _add_word(self, word: list[Run], wide: float) -> None:
        before = self.lines[-1].width + self._spaces
        if before and before + wide > self._width:
            self._next()
        while wide > self._width:
            first, word = self._split(word)
            self._put(first, self._measure(first))
            self._next()
            wide = self._measure(word)
        if word:
            self._put(word, wide)

    def _put(self, word: list[Run], wide: float) -> None:
        line = self.lines[-1]
        for run in word:
            line.put(run)
        line.width += self._spaces + wide
        self._spaces = 0.0

    def _next(self) -> None:
        self.lines.append(Line([]))
        self._spaces = 0.0

    def _measure(self, word: Sequence[Run]) -> float:
        look = self._look
        return sum(width_of(run.words, look.size, bold=run.strong or look.bold) for run in word)

    def _split(self, word: list[Run]) -> tuple[list[Run], list[Run]]:
        """Part a word that is wider than a line: as much as fits, and the rest. At least one character fits."""
        letters = "".join(run.words for run in word)
        low, high = 1, min(len(letters), _LONGEST_LINE)
        while low < high:
            middle = (low + high + 1) // 2
            if self._measure(_part(word, 0, middle)) <= self._width:
                low = middle
            else:
                high = middle - 1
        good = max(letters.rfind(sign, low // 2, low) for sign in _AFTER) + 1
        at = good or low
        return _part(word, 0, at), _part(word, at, len(letters))


def _part(word: Sequence[Run], start: int, end: int) -> list[Run]:
    """Return the letters from start to end of a word in several runs."""
    parts: list[Run] = []
    for run in word:
        piece = run.words[max(0, start) : max(0, end)]
        if piece:
            parts.append(Run(piece, run.strong))
        start, end = start - len(run.words), end - len(run.words)
    return parts
