"""How paper looks: colours by role, sizes in points, the typeface, and text made safe to print."""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from iowscp_desktop.domain.shipped import shipped
from iowscp_desktop.reports.document import Strong, Text, Tone

MILLIMETRE = 72 / 25.4
PAGE_WIDTH, PAGE_HEIGHT = 595.28, 841.89  # A4
MARGIN_SIDE = 21 * MILLIMETRE
MARGIN_TOP = 23 * MILLIMETRE
MARGIN_BOTTOM = 23 * MILLIMETRE
TEXT_WIDTH = PAGE_WIDTH - 2 * MARGIN_SIDE
TEXT_HEIGHT = PAGE_HEIGHT - MARGIN_TOP - MARGIN_BOTTOM
INDENT = 13 * MILLIMETRE  # what belongs to a numbered item stands to the right of its number

REGULAR, BOLD = "SourceSans3", "SourceSans3-SemiBold"
_FILES = {REGULAR: "SourceSans3-Regular.ttf", BOLD: "SourceSans3-SemiBold.ttf"}
_UNUSUAL = re.compile(r"[^\x20-\x7e\n]")
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True)
class Shades:
    """One tone's colours: for shapes, for a box, for words upon that box."""

    fill: Color
    tint: Color
    ink: Color


INK, INK_SOFT, INK_FAINT = HexColor("#14213A"), HexColor("#44526A"), HexColor("#5C6980")
NAVY, LINE, LINE_STRONG = HexColor("#12263F"), HexColor("#DCE2EA"), HexColor("#78869C")
WHITE = HexColor("#FFFFFF")
LINK = HexColor("#174B91")
SHADES = {
    Tone.GREEN: Shades(HexColor("#127A6E"), HexColor("#E1F3EF"), HexColor("#0B5A51")),
    Tone.AMBER: Shades(HexColor("#C77200"), HexColor("#FFF2DA"), HexColor("#7A4100")),
    Tone.RED: Shades(HexColor("#A61B1B"), HexColor("#FDEBE9"), HexColor("#8A1616")),
    Tone.BLUE: Shades(HexColor("#1B56A5"), HexColor("#E7F0FB"), HexColor("#174B91")),
    Tone.GREY: Shades(HexColor("#5C6980"), HexColor("#EBEFF4"), HexColor("#3F4C62")),
}


@cache
def fonts() -> dict[str, Any]:
    """Load the typeface and tell reportlab of it, once."""
    loaded = {name: TTFont(name, str(shipped("resources", "fonts", file))) for name, file in _FILES.items()}
    for font in loaded.values():
        pdfmetrics.registerFont(font)
    return loaded


@cache
def _known() -> frozenset[int]:
    """Return the characters that the typeface can draw."""
    faces = [set(font.face.charToGlyph) for font in fonts().values()]
    return frozenset(faces[0].intersection(*faces[1:]))


@dataclass(frozen=True, slots=True)
class Look:
    """How some lines look: size and line height in points, weight, colour, and the room on their left."""

    size: float
    leading: float
    bold: bool = field(default=False, kw_only=True)
    colour: Color = field(default=INK, kw_only=True)
    right: bool = field(default=False, kw_only=True)
    left: float = field(default=0, kw_only=True)


def width_of(words: str, size: float, *, bold: bool = False) -> float:
    """Return how wide some words are, in points."""
    widths, other = _advances(BOLD if bold else REGULAR)
    return sum([widths.get(character, other) for character in words]) * size / 1000


@cache
def _advances(name: str) -> tuple[dict[str, float], float]:
    """Return how wide each character is, in thousandths of the size, and how wide the box is."""
    face = fonts()[name].face
    return {chr(code): float(width) for code, width in face.charWidths.items()}, float(face.defaultWidth)


class Run(NamedTuple):
    """Words in one weight."""

    words: str
    strong: bool


class Scribe:
    """Makes text safe to print, and notices what the typeface cannot draw."""

    def __init__(self) -> None:
        self.met_unknown = False

    def plain(self, words: str) -> str:
        """Return the words with nothing in them that is not writing.

        Control characters become a visible sign. Direction marks and other invisible signs go: they could make
        a page read differently from what it holds. A character without a glyph stays: it is drawn as a box, and
        copying or reading it aloud gives the character.
        """
        composed = unicodedata.normalize("NFC", words.replace("\r\n", "\n").replace("\r", "\n"))
        shown = _UNUSUAL.sub(lambda match: _shown(match.group()), composed)
        unknown = {ord(character) for character in set(shown)} - _known() - {0x0A}
        if unknown:
            self.met_unknown = True
            for font in fonts().values():
                for code in unknown:
                    font.face.charToGlyph.setdefault(code, 0)  # glyph 0 is the box; its meaning is kept
        return shown

    def runs(self, text: Text) -> tuple[Run, ...]:
        """Return text as runs of words in one weight each."""
        parts = (text,) if isinstance(text, str) else text
        return tuple(
            Run(self.plain(part.words), strong=True)
            if isinstance(part, Strong)
            else Run(self.plain(part), strong=False)
            for part in parts
        )

    def paragraphs(self, text: Text) -> tuple[tuple[Run, ...], ...]:
        """Return each paragraph's runs; an empty line parts two paragraphs."""
        if not isinstance(text, str):
            return (self.runs(text),)
        parts = re.split(r"\n\s*\n", self.plain(text).strip("\n"))
        return tuple((Run(part, strong=False),) for part in parts)


def _shown(character: str) -> str:
    if character in "\n\N{NO-BREAK SPACE}":
        return character
    category = unicodedata.category(character)
    if category in {"Zs", "Zl", "Zp"} or character == "\t":
        return " "
    if category == "Cf" or "\ufe00" <= character <= "\ufe0f":  # joiners, direction marks, variation selectors
        return ""
    return REPLACEMENT if category in {"Cc", "Cs"} else character
