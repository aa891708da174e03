"""A report as plain data: what it says, in reading order. Knows nothing of PDF, fonts or audits."""

from dataclasses import dataclass, field
from enum import StrEnum


class Tone(StrEnum):
    """What a colour means. A tone never stands alone: a symbol and a word go with it."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    BLUE = "blue"
    GREY = "grey"


class Symbol(StrEnum):
    """The shape that goes with a grade, the same on paper as on the screen."""

    TICK = "tick"
    TRIANGLE = "triangle"
    OCTAGON = "octagon"
    RING = "ring"
    DASHED = "dashed"
    STAR = "star"


class Voice(StrEnum):
    """How a paragraph speaks."""

    LEAD = "lead"
    BODY = "body"
    QUIET = "quiet"
    SMALL = "small"


class Align(StrEnum):
    """Where the words of a table's column stand."""

    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A grade as it is shown: symbol and word, with a colour for those who see it."""

    label: str
    symbol: Symbol
    tone: Tone


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that stand out."""

    words: str = field(repr=False)


Text = str | tuple[str | Strong, ...]
Cell = Text | Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading. Level 1 is the report's title, once; 2 goes into the contents; 2 and 3 are bookmarks.

    `number` stands before the words, in the margin of what follows when the level is 3.
    """

    level: int
    words: str
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Some sentences. An empty line in them starts a new paragraph."""

    text: Text = field(repr=False)
    voice: Voice = Voice.BODY
    indented: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets:
    """A list."""

    items: tuple[Text, ...] = field(repr=False)
    indented: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was asked for, small, and what somebody wrote. With nothing written, `nothing` is said instead."""

    label: str
    text: str = field(repr=False)
    nothing: str = ""
    indented: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeLine:
    """One grade on a line of its own."""

    mark: Mark
    indented: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Pairs of a name and what it is, as a table whose first column heads the rows."""

    rows: tuple[tuple[str, Cell], ...] = field(repr=False)
    indented: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table; `share` is its part of the width against the other columns' shares."""

    heading: Cell
    share: float = 1.0
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with headed columns. The first cell of a row heads it, unless told not; `total` marks the last row."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...] = field(repr=False)
    row_heads: bool = True
    total: bool = False
    indented: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeBar:
    """A bar in parts, one a grade, as long as each grade's share of the whole."""

    parts: tuple[tuple[Mark, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A picture and the words that say the same."""

    alt: str
    drawing: GradeBar


@dataclass(frozen=True, slots=True, kw_only=True)
class Callout:
    """A tinted box: something the reader must not miss."""

    title: str
    text: tuple["Paragraph | Answer | Bullets", ...] = ()
    tone: Tone = Tone.BLUE
    indented: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The list of the level 2 headings that follow, with their pages."""

    title: str


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts a page."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin line and some air between two things of the same kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """Room on the paper, for a signature by hand for instance, in millimetres."""

    millimetres: float


Block = (
    Heading
    | Paragraph
    | Bullets
    | Answer
    | GradeLine
    | Facts
    | Table
    | Figure
    | Callout
    | Contents
    | PageBreak
    | Rule
    | Space
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole report. `header` and `footer` run on every page and say nothing that the blocks do not say."""

    title: str
    blocks: tuple[Block, ...] = field(repr=False)
    subject: str = ""
    language: str = "en-GB"
    header: str = ""
    footer: str = ""
