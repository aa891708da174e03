"""How well `domain.mentions` does on the labelled sentences: `python -m tests.domain.names_kept_out [--write]`.

The sentences were written by somebody who had not read the rules. Every second one was looked at while the rules were
mended; the others were not, and they are what the document promises by.
"""

import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from re import compile as pattern
from typing import Final

from iowscp_desktop.domain.mentions import Looks, Mention, mentions

SENTENCES: Final = Path(__file__).parent / "labelled_sentences.txt"
DOCUMENT: Final = Path(__file__).parents[2] / "docs" / "names-kept-out.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"

_MARKED = pattern(r"\[\[(.+?)\|(\w+)\]\]")
KINDS: Final = {
    "NAME": Looks.NAME,
    "BIRTH": Looks.BIRTH,
    "NHS": Looks.NHS,
    "UPN": Looks.UPN,
    "POSTCODE": Looks.POSTCODE,
    "PHONE": Looks.PHONE,
    "EMAIL": Looks.EMAIL,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """One sentence, and what in it points at a person."""

    text: str
    marked: tuple[Mention, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of some sentences: pieces marked, found and missed by kind, and false alarms."""

    sentences: int
    marked: Counter[Looks]
    found: Counter[Looks]
    missed: tuple[tuple[str, str], ...]
    false_alarms: tuple[tuple[str, str], ...]
    quiet: int
    """Sentences without a mark, of which `disturbed` raised a warning."""
    disturbed: int

    @property
    def recall(self) -> float:
        """The share of the marked pieces that were found, 0 to 1."""
        return self.found.total() / self.marked.total()


def read(line: str) -> Labelled:
    """Take the marks out of one line: `[[Ann Example|NAME]] was there.`."""
    text, marked, at = "", [], 0
    for match in _MARKED.finditer(line):
        text += line[at : match.start()]
        marked.append(Mention(start=len(text), end=len(text) + len(match[1]), looks=KINDS[match[2]]))
        text += match[1]
        at = match.end()
    return Labelled(text=text + line[at:], marked=tuple(marked))


def sentences() -> tuple[Labelled, ...]:
    """Return the committed sentences in their order."""
    lines = SENTENCES.read_text("utf-8").splitlines()
    return tuple(read(line) for line in lines if line.strip() and not line.startswith("#"))


def measure(labelled: tuple[Labelled, ...]) -> Result:
    """Run the rules over sentences. A piece counts as found when a warning touches it, whatever it is called."""
    marked, found = Counter[Looks](), Counter[Looks]()
    missed, alarms = [], []
    quiet = disturbed = 0
    for sentence in labelled:
        warned = mentions(sentence.text)
        quiet += not sentence.marked
        disturbed += not sentence.marked and bool(warned)
        for piece in sentence.marked:
            marked[piece.looks] += 1
            hit = any(_touch(piece, warning) for warning in warned)
            found[piece.looks] += hit
            if not hit:
                missed.append((piece.of(sentence.text), sentence.text))
        alarms += [
            (warning.of(sentence.text), sentence.text)
            for warning in warned
            if not any(_touch(piece, warning) for piece in sentence.marked)
        ]
    return Result(
        sentences=len(labelled),
        marked=marked,
        found=found,
        missed=tuple(missed),
        false_alarms=tuple(alarms),
        quiet=quiet,
        disturbed=disturbed,
    )


def _touch(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end


def halves() -> tuple[Result, Result]:
    """Return the result for the sentences looked at while mending, and for those that were not."""
    every = sentences()
    return measure(every[::2]), measure(every[1::2])


def table() -> str:
    """Return the two results as the document shows them."""
    both = [_column(result) for result in halves()]
    rows = [f"| {name} | {one} | {other} |" for (name, one), (_, other) in zip(*both, strict=True)]
    return "\n".join(["| | looked at while mending | not looked at |", "|---|---|---|", *rows])


def _column(result: Result) -> list[tuple[str, str]]:
    found, marked = result.found, result.marked
    return [
        ("sentences", str(result.sentences)),
        ("what points at a person, found", f"{found.total()} of {marked.total()} ({result.recall:.0%})"),
        *((f"· {looks.value}", f"{found[looks]} of {marked[looks]}") for looks in Looks),
        ("sentences without any", str(result.quiet)),
        ("· of these with a false alarm", f"{result.disturbed} ({result.disturbed / result.quiet:.0%})"),
        ("false alarms in all", str(len(result.false_alarms))),
    ]


if __name__ == "__main__":
    first, second = halves()
    if "--write" in sys.argv:
        before, rest = DOCUMENT.read_text("utf-8").split(BEGIN)
        DOCUMENT.write_text(f"{before}{BEGIN}\n{table()}\n{END}{rest.split(END)[1]}", "utf-8")
    print(table())
    for word, text in first.missed:
        print("missed:", word, "|", text)
    for word, text in first.false_alarms:
        print("false alarm:", word, "|", text)
