"""What lies on a page, one under the other: each piece knows its height, where it may be cut, and how it is drawn."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from typing_extensions import override

from iowscp_desktop.reports.document import GradeBar, Mark, Tone
from iowscp_desktop.reports.glyphs import draw_bar, draw_symbol
from iowscp_desktop.reports.lines import Line, break_lines
from iowscp_desktop.reports.look import INK_SOFT, LINE, LINE_STRONG, SHADES, Look, Run
from iowscp_desktop.reports.sheet import Sheet
from iowscp_desktop.reports.tags import Element

_TALL_ROW = 150.0  # points; a row taller than this may be cut in two, so that it leaves no hole on the page
_SHORT_ROOM = 40.0


class Piece(ABC):
    """One thing on the page. Lengths are points; a piece is drawn downwards from `top`."""

    gap: float = 0
    """Air above, unless it is the first on its page."""
    after: float = 0
    """Air below, unless the next piece asks for more above."""
    follow: float = 0
    """Room that must be left below it, so that a heading never ends a page."""

    @abstractmethod
    def height(self, width: float) -> float:
        """Return how high the piece is at this width."""

    def cut(self, width: float, room: float) -> "tuple[Piece, Piece] | None":  # noqa: B027 - most stay whole
        """Return the part that fits into the room and the rest; None when it stays whole."""

    @abstractmethod
    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        """Draw the piece."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookmark:
    """A place that the contents and the outline lead to."""

    key: str
    words: str
    depth: int


class Words(Piece):
    """A paragraph: lines of words, perhaps with a number or a symbol on the left of the first."""

    def __init__(self, runs: Sequence[Run], look: Look, element: Element, *, gap: float = 0, number: str = "") -> None:
        self._runs, self._look, self._element, self._number = tuple(runs), look, element, number
        self._broken: tuple[float, list[Line]] | None = None
        self.gap = gap
        self.mark: Mark | None = None
        self.bookmark: Bookmark | None = None
        self.indent = 0.0

    @override
    def height(self, width: float) -> float:
        """Return how high the lines are."""
        return len(self._lines(width)) * self._look.leading

    @override
    def cut(self, width: float, room: float) -> "tuple[Words, Words] | None":
        """Cut between two lines, leaving no line alone."""
        lines = self._lines(width)
        fits = min(int(room / self._look.leading), len(lines) - 2)
        if fits < 2:
            return None
        return self._part(lines[:fits], width, first=True), self._part(lines[fits:], width, first=False)

    @override
    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        """Draw the lines; the number, the symbol and the bookmark belong to the first."""
        look, x = self._look, x + self.indent
        baseline = top - look.leading / 2 - look.size * 0.32  # capitals stand in the middle of their line
        if self.mark is not None:
            side = look.size * 1.14
            draw_symbol(sheet.canvas, self.mark, x, top - look.leading / 2 - side / 2, side)
        if self.bookmark is not None:
            sheet.bookmark(self.bookmark.key, self.bookmark.words, self.bookmark.depth, top)
        with sheet.mark(self._element):
            if self._number:
                sheet.write(((x, baseline, (Run(self._number + " ", strong=True),)),), look.size, INK_SOFT)
            room = width - self.indent
            lines = [
                (x + (room - line.width if look.right else look.left), baseline - place * look.leading, line.runs)
                for place, line in enumerate(self._lines(width))
            ]
            sheet.write(lines, look.size, look.colour, bold=look.bold)

    def _lines(self, width: float) -> list[Line]:
        if self._broken is None or self._broken[0] != width:
            self._broken = (width, break_lines(self._runs, self._look, width - self.indent - self._look.left))
        return self._broken[1]

    def _part(self, lines: list[Line], width: float, *, first: bool) -> "Words":
        runs = [run for line in lines for run in line.runs]
        part = Words(runs, self._look, self._element, gap=self.gap if first else 0)
        part._broken = (width, lines)  # these lines, whatever breaking anew would make of them
        part.indent = self.indent
        if first:
            part.mark, part.bookmark, part._number = self.mark, self.bookmark, self._number
        else:
            part.follow, part.after = self.follow, self.after
        return part


class GradeTag(Piece):
    """A grade in a tinted pill: symbol and word on one line."""

    HIGH = 20.0
    LEAD = 24.0  # before the word
    TAIL = 11.0  # after it

    def __init__(self, words: Words, mark: Mark, *, length: float, indent: float) -> None:
        self._words, self._mark, self._length, self._indent = words, mark, length, indent
        self.gap = 4.0

    @override
    def height(self, width: float) -> float:
        """Return the pill's height."""
        return self.HIGH

    @override
    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        """Draw the pill, the symbol and the word."""
        x += self._indent
        sheet.canvas.setFillColor(SHADES[self._mark.tone].tint)
        sheet.canvas.roundRect(x, top - self.HIGH, self._length, self.HIGH, self.HIGH / 2, stroke=0, fill=1)
        draw_symbol(sheet.canvas, self._mark, x + 7, top - 16.2, 12.4)
        self._words.draw(sheet, x + self.LEAD, top - 2, self._length)


class MarkedHead(Piece):
    """A grade as the head of a column of numbers: the symbol stands above the word, both at the right."""

    _SIDE = 11.0

    def __init__(self, words: Words, mark: Mark) -> None:
        self._words, self._mark = words, mark

    @override
    def height(self, width: float) -> float:
        """Return the height of symbol and word."""
        return self._SIDE + 3 + self._words.height(width)

    @override
    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        """Draw the symbol and the word under it."""
        draw_symbol(sheet.canvas, self._mark, x + width - self._SIDE, top - self._SIDE, self._SIDE)
        self._words.draw(sheet, x, top - self._SIDE - 3, width)


class ContentsLine(Piece):
    """One line of the contents: a title, its page, and a link over both."""

    def __init__(self, title: Words, page: Words, element: Element, *, target: str) -> None:
        self._title, self._page, self._element, self._target = title, page, element, target

    @override
    def height(self, width: float) -> float:
        """Return the height of the title's lines."""
        return self._title.height(width - 40) + 5

    @override
    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        """Draw both, a thin rule under them, and the link."""
        high = self.height(width)
        self._title.draw(sheet, x, top - 1, width - 40)
        self._page.draw(sheet, x + width - 40, top - 1, 40)
        _rule(sheet, x, top - high, width)
        sheet.link(self._element, self._target, (x, top - high, x + width, top))


class Bar(Piece):
    """A bar of grades: a figure."""

    _HIGH = 13.0

    def __init__(self, bar: GradeBar, element: Element, *, gap: float) -> None:
        self._bar, self._element = bar, element
        self.gap = gap
        self.follow = 20.0

    @override
    def height(self, width: float) -> float:
        """Return the bar's height."""
        return self._HIGH

    @override
    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        """Draw the bar and tell its element where it is."""
        box = (x, top - self._HIGH, width, self._HIGH)
        self._element.box = (x, top - self._HIGH, x + width, top)
        with sheet.mark(self._element):
            draw_bar(sheet.canvas, self._bar, box)


class Hairline(Piece):
    """A thin rule with air around it."""

    def __init__(self, *, air: float, strong: bool = False) -> None:
        self._air, self._strong = air, strong
        self.follow = 60.0

    @override
    def height(self, width: float) -> float:
        """Return the air, half above and half below."""
        return self._air

    @override
    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        """Draw the rule."""
        _rule(sheet, x, top - self._air / 2, width, strong=self._strong)


class Air(Piece):
    """Nothing, of some height; or, of no height, the wish for a new page."""

    def __init__(self, high: float, *, turn: bool = False) -> None:
        self._high = high
        self.turn = turn

    @override
    def height(self, width: float) -> float:
        """Return the height."""
        return self._high

    @override
    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        """Draw nothing."""


class Stack(Piece):
    """Pieces one under the other inside a cell or a box."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._pieces = tuple(pieces)

    @override
    def height(self, width: float) -> float:
        return sum(gap + piece.height(width) for gap, piece in self._with_gaps())

    @override
    def cut(self, width: float, room: float) -> "tuple[Stack, Stack] | None":
        """Cut between two pieces, or through one."""
        for place, (gap, piece) in enumerate(self._with_gaps()):
            room -= gap
            high = piece.height(width)
            if high > room:
                parts = piece.cut(width, room)
                fits = (*self._pieces[:place], *(parts[:1] if parts else ()))
                rest = (*(parts[1:] if parts else (piece,)), *self._pieces[place + 1 :])
                return (Stack(fits), Stack(rest)) if fits else None
            room -= high
        return self, Stack(())

    @override
    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        for gap, piece in self._with_gaps():
            piece.draw(sheet, x, top - gap, width)
            top -= gap + piece.height(width)

    def _with_gaps(self) -> Iterator[tuple[float, Piece]]:
        before: Piece | None = None
        for piece in self._pieces:
            yield (max(before.after, piece.gap) if before else 0.0), piece
            before = piece


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """How a row is framed: the tint and the bar of a box, or the rule under a table's row."""

    tint: Tone | None = None
    bar: bool = False
    rule: bool = True
    strong_rule: bool = False
    side: float = 0
    between: float = 8
    above: float = 4
    below: float = 5.5


class Row(Piece):
    """Stacks side by side: a table's row, or a box when there is one stack."""

    def __init__(
        self, stacks: Sequence[Stack], shares: Sequence[float], frame: Frame, *, gap: float = 0, indent: float = 0
    ) -> None:
        self._stacks = tuple(stacks)
        self._shares = tuple(shares)
        self._frame = frame
        self._indent = indent
        self.gap = gap

    @override
    def height(self, width: float) -> float:
        """Return the height of the highest stack, with the frame."""
        widths = self._widths(width)
        highest = max(stack.height(wide) for stack, wide in zip(self._stacks, widths, strict=True))
        return highest + self._frame.above + self._frame.below

    @override
    def cut(self, width: float, room: float) -> "tuple[Row, Row] | None":
        """Cut every stack at the same height."""
        inner = room - self._frame.above - self._frame.below
        halves = [stack.cut(wide, inner) for stack, wide in zip(self._stacks, self._widths(width), strict=True)]
        stuck = [half is None for half in halves]
        if all(stuck) or (any(stuck) and room < _TALL_ROW):  # no bullet or name without what belongs to it
            return None
        upper = [half[0] if half else Stack(()) for half in halves]
        lower = [half[1] if half else whole for half, whole in zip(halves, self._stacks, strict=True)]
        rest = self._like(lower, gap=0)
        rest.after = self.after
        return self._like(upper, gap=self.gap), rest

    @override
    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        """Draw the frame, then the stacks."""
        high = self.height(width)
        left = x + self._indent
        self._draw_frame(sheet, left, top - high, width - self._indent, high)
        for stack, share, wide in zip(self._stacks, self._outer(width), self._widths(width), strict=True):
            stack.draw(sheet, left + self._frame.side, top - self._frame.above, wide)
            left += share

    def _draw_frame(self, sheet: Sheet, x: float, y: float, wide: float, high: float) -> None:
        frame = self._frame
        if frame.tint is not None:
            sheet.canvas.setFillColor(SHADES[frame.tint].tint)
            sheet.canvas.rect(x, y, wide, high, stroke=0, fill=1)
            if frame.bar:
                sheet.canvas.setFillColor(SHADES[frame.tint].fill)
                sheet.canvas.rect(x, y, 3.5, high, stroke=0, fill=1)
        if frame.rule:
            _rule(sheet, x, y, wide, strong=frame.strong_rule)

    def _outer(self, width: float) -> list[float]:
        return [(width - self._indent) * share / sum(self._shares) for share in self._shares]

    def _widths(self, width: float) -> list[float]:
        *others, last = (outer - 2 * self._frame.side for outer in self._outer(width))
        return [*(other - self._frame.between for other in others), last]

    def _like(self, stacks: Sequence[Stack], *, gap: float) -> "Row":
        return Row(stacks, self._shares, self._frame, gap=gap, indent=self._indent)


class Rows(Piece):
    """A table: rows under each other, its head said again on every page it reaches."""

    after = 13.0

    def __init__(self, head: Row | None, rows: Sequence[Row], *, gap: float, again: bool = False) -> None:
        self._head, self._rows, self._again = head, tuple(rows), again
        self.gap = gap

    @override
    def height(self, width: float) -> float:
        """Return the height of head and rows."""
        return self._head_height(width) + sum(row.height(width) for row in self._rows)

    @override
    def cut(self, width: float, room: float) -> "tuple[Rows, Rows] | None":
        """Cut between rows; through a row only when it is tall."""
        room -= self._head_height(width)
        fewest = 2 if room < _SHORT_ROOM else 1  # no table begins with one row at the very end of a page
        for place, row in enumerate(self._rows):
            high = row.height(width)
            if high > room:
                parts = row.cut(width, room) if high > _TALL_ROW else None
                fits = (*self._rows[:place], *(parts[:1] if parts else ()))
                rest = (*(parts[1:] if parts else (row,)), *self._rows[place + 1 :])
                if len(fits) < fewest:
                    return None
                upper = Rows(self._head, fits, gap=self.gap, again=self._again)
                return upper, Rows(self._head, rest, gap=0, again=True)
            room -= high
        return None

    @override
    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        """Draw the head and the rows."""
        if self._head is not None:
            if self._again:
                with sheet.silence():
                    self._head.draw(sheet, x, top, width)
            else:
                self._head.draw(sheet, x, top, width)
            top -= self._head.height(width)
        for row in self._rows:
            row.draw(sheet, x, top, width)
            top -= row.height(width)

    def _head_height(self, width: float) -> float:
        return self._head.height(width) if self._head is not None else 0


def _rule(sheet: Sheet, x: float, y: float, wide: float, *, strong: bool = False) -> None:
    sheet.canvas.setStrokeColor(LINE_STRONG if strong else LINE)
    sheet.canvas.setLineWidth(0.9 if strong else 0.7)
    sheet.canvas.line(x, y, x + wide, y)
