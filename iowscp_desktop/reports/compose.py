"""From a report's blocks to pieces of paper and the tree that says what they mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from iowscp_desktop.reports.document import (
    Align,
    Answer,
    Block,
    Bullets,
    Callout,
    Cell,
    Column,
    Contents,
    Document,
    Facts,
    Figure,
    GradeLine,
    Heading,
    Mark,
    PageBreak,
    Paragraph,
    Rule,
    Space,
    Table,
    Text,
    Voice,
)
from iowscp_desktop.reports.look import (
    INDENT,
    INK_FAINT,
    INK_SOFT,
    LINK,
    MILLIMETRE,
    NAVY,
    SHADES,
    TEXT_WIDTH,
    Look,
    Run,
    Scribe,
    width_of,
)
from iowscp_desktop.reports.pieces import (
    Air,
    Bar,
    Bookmark,
    ContentsLine,
    Frame,
    GradeTag,
    Hairline,
    MarkedHead,
    Piece,
    Row,
    Rows,
    Stack,
    Words,
)
from iowscp_desktop.reports.tags import Element, Kind, Scope
from iowscp_desktop.text.reports_words import PaperWords

_VOICES = {
    Voice.LEAD: Look(13, 18, colour=INK_SOFT),
    Voice.BODY: Look(11, 15.4),
    Voice.QUIET: Look(11, 15.4, colour=INK_SOFT),
    Voice.SMALL: Look(9.5, 13, colour=INK_FAINT),
}
_KINDS = {1: (Kind.H1, 6.0), 2: (Kind.H2, 22.0), 3: (Kind.H3, 12.0)}
_LABEL = Look(9.5, 13, bold=True, colour=INK_SOFT)
_SYMBOL_ROOM = 16.0
_BULLET_ROOM = 14.0
_BOOKMARK_LENGTH = 90
_SHORT_NAME = 32  # characters; a longer name, such as a whole question, needs half of the width
_ROOM_UNDER_HEADING, _ROOM_UNDER_ITEM = 70.0, 110.0  # what a heading heads begins on its page


@dataclass(frozen=True, slots=True)
class Composed:
    """A report ready to be poured onto pages."""

    pieces: tuple[Piece, ...]
    tree: Element


def compose(document: Document, pages: Mapping[str, int]) -> Composed:
    """Return the pieces and the tree of a report.

    Args:
        pages: The page of each bookmark, from 1, as an earlier pouring found them; empty the first time.
    """
    composer = _Composer(document, pages)
    composer.say(document.blocks)
    composer.admit_boxes()
    return Composed(tuple(composer.pieces), composer.tree)


def bookmark_key(number: int) -> str:
    """Return the key of the report's nth heading, from 0."""
    return f"h{number}"


class _Composer:
    """Walks the blocks once, in reading order."""

    def __init__(self, document: Document, pages: Mapping[str, int]) -> None:
        self.pieces: list[Piece] = []
        self.tree = Element(kind=Kind.DOCUMENT)
        self._document = document
        self._pages = pages
        self._scribe = Scribe()
        self._headings = 0
        self._deepest = -1

    def say(self, blocks: Sequence[Block]) -> None:
        """Add blocks at the end."""
        for block in blocks:
            self._block(block)

    def admit_boxes(self) -> None:
        """Say at the end that a box stands for a sign the typeface lacks, when one does."""
        if self._scribe.met_unknown:
            self._block(Rule())
            self._block(Paragraph(text=PaperWords.boxes, voice=Voice.SMALL))

    def _block(self, block: Block) -> None:
        match block:
            case Heading():
                self._heading(block)
            case Paragraph() | Answer() | Bullets():
                self.pieces += self._flowing(block, self.tree)
            case GradeLine(mark=mark, indented=indented):
                self.pieces.append(self._grade(mark, indented=indented))
            case Facts(rows=rows, indented=indented):
                self.pieces.append(self._facts(rows, indented=indented))
            case Table():
                self.pieces.append(self._table(block))
            case Figure(alt=alt, drawing=drawing):
                element = self.tree.add(Kind.FIGURE, alt=self._scribe.plain(alt))
                self.pieces.append(Bar(drawing, element, gap=10))
            case Callout():
                self.pieces.append(self._callout(block))
            case Contents(title=title):
                self._contents(title)
            case PageBreak():
                self.pieces.append(Air(0, turn=True))
            case Rule():
                self.pieces.append(Hairline(air=16))
            case Space(millimetres=millimetres):
                self.pieces.append(Air(millimetres * MILLIMETRE))

    def _heading(self, block: Heading) -> None:
        kind, gap = _KINDS[block.level]
        hanging = block.level == 3 and bool(block.number)
        words = Words(
            self._scribe.runs(block.words if hanging else f"{block.number} {block.words}".strip()),
            _heading_look(block.level, hanging=hanging),
            self.tree.add(kind),
            gap=gap,
            number=self._scribe.plain(block.number) if hanging else "",
        )
        words.follow, words.after = _ROOM_UNDER_ITEM if hanging else _ROOM_UNDER_HEADING, 6
        if block.level > 1:
            words.bookmark = self._bookmark(block)
        self._headings += 1
        self.pieces.append(words)

    def _bookmark(self, block: Heading) -> Bookmark:
        # An outline may not skip a level, whatever the report does.
        depth = min(block.level - 2, self._deepest + 1)
        self._deepest = depth
        words = self._scribe.plain(f"{block.number} {block.words}".strip()).replace("\n", " ")
        short = words if len(words) <= _BOOKMARK_LENGTH else words[: _BOOKMARK_LENGTH - 1] + "…"
        return Bookmark(key=bookmark_key(self._headings), words=short, depth=depth)

    def _flowing(self, block: Paragraph | Answer | Bullets, parent: Element) -> list[Piece]:
        indent = INDENT if block.indented else 0
        match block:
            case Paragraph(text=text, voice=voice):
                return [
                    self._words(runs, voice, parent, indent=indent, gap=5) for runs in self._scribe.paragraphs(text)
                ]
            case Answer(label=label, text=text, nothing=nothing):
                head = Words(self._scribe.runs(label), _LABEL, parent.add(Kind.PARAGRAPH), gap=7)
                head.indent, head.follow = indent, 32
                voice = Voice.BODY if text.strip() else Voice.QUIET
                body = self._scribe.paragraphs(text if text.strip() else nothing)
                said = [
                    self._words(runs, voice, parent, indent=indent, gap=5 if place else 0)
                    for place, runs in enumerate(body)
                ]
                return [head, *said]
            case Bullets(items=items):
                return self._bullets(items, parent, indent=indent)

    def _words(self, runs: Sequence[Run], voice: Voice, parent: Element, *, indent: float, gap: float) -> Words:
        words = Words(runs, _VOICES[voice], parent.add(Kind.PARAGRAPH), gap=gap)
        words.indent = indent
        return words

    def _bullets(self, items: Sequence[Text], parent: Element, *, indent: float) -> list[Piece]:
        element = parent.add(Kind.LIST)
        pieces: list[Piece] = []
        for item in items:
            row = element.add(Kind.LIST_ITEM)
            sign = Words((Run("•", strong=False),), _VOICES[Voice.BODY], row.add(Kind.LABEL))
            body = Words(self._scribe.runs(item), _VOICES[Voice.BODY], row.add(Kind.LIST_BODY))
            frame = Frame(rule=False, between=0, above=0, below=2)
            shares = (_BULLET_ROOM, TEXT_WIDTH - indent - _BULLET_ROOM)
            pieces.append(Row((Stack((sign,)), Stack((body,))), shares, frame, gap=2, indent=indent))
        return pieces

    def _grade(self, mark: Mark, *, indented: bool) -> Piece:
        indent = INDENT if indented else 0.0
        label = self._scribe.plain(mark.label)
        length = GradeTag.LEAD + width_of(label, 11, bold=True) + GradeTag.TAIL
        fits = length <= TEXT_WIDTH - indent and "\n" not in label
        left = 0 if fits else _SYMBOL_ROOM
        look = Look(11, 15, bold=True, colour=SHADES[mark.tone].ink, left=left)
        words = Words(self._scribe.runs(label), look, self.tree.add(Kind.PARAGRAPH), gap=4)
        if fits:
            return GradeTag(words, mark, length=length, indent=indent)
        words.mark, words.indent = mark, indent
        return words

    def _cell(self, cell: Cell, element: Element, *, bold: bool = False, right: bool = False) -> Stack:
        marked = isinstance(cell, Mark)
        look = Look(10, 13.6, bold=bold, right=right and not marked, left=_SYMBOL_ROOM if marked else 0)
        words = Words(self._scribe.runs(cell.label if isinstance(cell, Mark) else cell), look, element)
        words.mark = cell if isinstance(cell, Mark) else None
        return Stack((words,))

    def _facts(self, rows: Sequence[tuple[str, Cell]], *, indented: bool) -> Piece:
        table = self.tree.add(Kind.TABLE)
        made: list[Row] = []
        longest = max((len(name) for name, _value in rows), default=0)
        shares = (1, 2.2) if longest <= _SHORT_NAME else (1.2, 1)
        for name, value in rows:
            row = table.add(Kind.ROW)
            head = self._cell(name, row.add(Kind.HEADER_CELL, scope=Scope.ROW), bold=True)
            made.append(
                Row(
                    (head, self._cell(value, row.add(Kind.CELL))),
                    shares,
                    Frame(),
                    indent=INDENT if indented else 0,
                )
            )
        return Rows(None, made, gap=8)

    def _table(self, block: Table) -> Piece:
        table = self.tree.add(Kind.TABLE)
        indent = INDENT if block.indented else 0
        shares = [column.share for column in block.columns]
        top = table.add(Kind.ROW)
        head = Row(
            [self._column(column, top) for column in block.columns],
            shares,
            Frame(strong_rule=True),
            indent=indent,
        )
        rows: list[Row] = []
        for place, cells in enumerate(block.rows):
            row = table.add(Kind.ROW)
            last = block.total and place == len(block.rows) - 1
            stacks: list[Stack] = []
            for column, cell in zip(block.columns, cells, strict=True):
                leads = block.row_heads and not stacks
                element = row.add(Kind.HEADER_CELL, scope=Scope.ROW) if leads else row.add(Kind.CELL)
                stacks.append(self._cell(cell, element, bold=leads or last, right=column.align is Align.RIGHT))
            rows.append(Row(stacks, shares, Frame(strong_rule=last), indent=indent))
        return Rows(head, rows, gap=8)

    def _column(self, column: Column, row: Element) -> Stack:
        element = row.add(Kind.HEADER_CELL, scope=Scope.COLUMN)
        look = Look(9, 11.5, bold=True, colour=INK_SOFT, right=column.align is Align.RIGHT)
        heading = column.heading
        if isinstance(heading, Mark):
            return Stack((MarkedHead(Words(self._scribe.runs(heading.label), look, element), heading),))
        return Stack((Words(self._scribe.runs(heading), look, element),))

    def _callout(self, block: Callout) -> Piece:
        group = self.tree.add(Kind.GROUP)
        look = Look(12, 16, bold=True, colour=SHADES[block.tone].ink)
        title = Words(self._scribe.runs(block.title), look, group.add(Kind.PARAGRAPH))
        pieces: list[Piece] = [title]
        for part in block.text:
            pieces += self._flowing(part, group)
        frame = Frame(tint=block.tone, bar=True, rule=False, side=14, above=9, below=11)
        box = Row((Stack(pieces),), (1,), frame, gap=11, indent=INDENT if block.indented else 0)
        box.after = 12
        return box

    def _contents(self, title: str) -> None:
        look = _heading_look(2, hanging=False)
        head = Words(self._scribe.runs(title), look, self.tree.add(Kind.H2), gap=20)
        head.follow, head.after = _ROOM_UNDER_HEADING, 6
        self.pieces.append(head)
        element = self.tree.add(Kind.CONTENTS)
        look, number_look = Look(11, 16, colour=LINK), Look(11, 16, right=True)
        for place, block in enumerate(_all_headings(self._document.blocks)):
            if block.level != 2:
                continue
            key = bookmark_key(place)
            words = self._scribe.plain(f"{block.number} {block.words}".strip())
            link = element.add(Kind.CONTENTS_ITEM).add(Kind.REFERENCE).add(Kind.LINK, alt=words)
            number = str(self._pages.get(key, 0))
            line = ContentsLine(
                Words(self._scribe.runs(words + " "), look, link),
                Words(self._scribe.runs(number), number_look, link),
                link,
                target=key,
            )
            self.pieces.append(line)


def _all_headings(blocks: Sequence[Block]) -> list[Heading]:
    return [block for block in blocks if isinstance(block, Heading)]


def _heading_look(level: int, *, hanging: bool) -> Look:
    match level:
        case 1:
            return Look(26, 31, bold=True, colour=NAVY)
        case 2:
            return Look(17, 22, bold=True, colour=NAVY)
        case _:
            return Look(12.5, 17, bold=True, left=INDENT if hanging else 0)
