"""The shapes of the grades, drawn on a canvas: one function for all of paper, the same shapes as on the screen."""

from reportlab.pdfgen.canvas import Canvas

from iowscp_desktop.reports.document import GradeBar, Mark, Symbol, Tone
from iowscp_desktop.reports.look import SHADES, WHITE

_OCTAGON = ((0.293, 0), (0.707, 0), (1, 0.293), (1, 0.707), (0.707, 1), (0.293, 1), (0, 0.707), (0, 0.293))
_STAR = (
    (0.5, 1), (0.62, 0.65), (0.98, 0.65), (0.69, 0.43), (0.8, 0.07),
    (0.5, 0.29), (0.2, 0.07), (0.31, 0.43), (0.02, 0.65), (0.38, 0.65),
)  # fmt: skip
_HATCH_STEP = 4.0


class _Square:
    """A canvas seen from a square: fractions of its side, from its lower left corner."""

    def __init__(self, canvas: Canvas, x: float, y: float, side: float) -> None:
        self._canvas, self._x, self._y, self._side = canvas, x, y, side

    def outline(self, *points: tuple[float, float], closed: bool) -> None:
        path = self._canvas.beginPath()
        path.moveTo(*self._at(*points[0]))
        for point in points[1:]:
            path.lineTo(*self._at(*point))
        if closed:
            path.close()
        self._canvas.drawPath(path, stroke=1, fill=1 if closed else 0)

    def disc(self, radius: float, *, filled: bool) -> None:
        x, y = self._at(0.5, 0.5)
        self._canvas.circle(x, y, radius * self._side, stroke=0 if filled else 1, fill=1 if filled else 0)

    def _at(self, across: float, up: float) -> tuple[float, float]:
        return self._x + across * self._side, self._y + up * self._side


def draw_symbol(canvas: Canvas, mark: Mark, x: float, y: float, side: float) -> None:
    """Draw a grade's shape in the square whose lower left corner is (x, y). Points, upwards."""
    square = _Square(canvas, x, y, side)
    fill = SHADES[mark.tone].fill
    canvas.saveState()
    canvas.setFillColor(fill)
    canvas.setStrokeColor(fill)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    canvas.setLineWidth(side * 0.1)
    _body(canvas, square, mark.symbol)
    canvas.setLineWidth(side * 0.115)
    if mark.symbol is not Symbol.RING:
        canvas.setStrokeColor(WHITE)
    _sign(square, mark.symbol)
    canvas.restoreState()


def _body(canvas: Canvas, square: _Square, symbol: Symbol) -> None:
    match symbol:
        case Symbol.TICK:
            square.disc(0.5, filled=True)
        case Symbol.TRIANGLE:
            square.outline((0.5, 0.93), (0.95, 0.1), (0.05, 0.1), closed=True)
        case Symbol.OCTAGON:
            canvas.setLineWidth(0.2)
            square.outline(*_OCTAGON, closed=True)
        case Symbol.RING:
            square.disc(0.45, filled=False)
        case Symbol.DASHED:
            canvas.setLineCap(0)
            canvas.setDash([1.9, 1.6])
            square.disc(0.44, filled=False)
        case Symbol.STAR:
            canvas.setLineWidth(0.2)
            square.outline(*_STAR, closed=True)


def _sign(square: _Square, symbol: Symbol) -> None:
    match symbol:
        case Symbol.TICK:
            square.outline((0.28, 0.47), (0.44, 0.31), (0.73, 0.66), closed=False)
        case Symbol.TRIANGLE:
            square.outline((0.5, 0.64), (0.5, 0.42), closed=False)
            square.outline((0.5, 0.23), (0.5, 0.235), closed=False)
        case Symbol.OCTAGON:
            square.outline((0.33, 0.67), (0.67, 0.33), closed=False)
            square.outline((0.33, 0.33), (0.67, 0.67), closed=False)
        case Symbol.RING:
            square.outline((0.32, 0.5), (0.68, 0.5), closed=False)
        case Symbol.DASHED | Symbol.STAR:
            pass


def draw_bar(canvas: Canvas, bar: GradeBar, box: tuple[float, float, float, float]) -> None:
    """Draw a bar in parts into `box` (x, y, width, height): parts in order, 2 points apart, amber hatched."""
    x, y, width, height = box
    shown = [(mark, count) for mark, count in bar.parts if count]
    whole = sum(count for _mark, count in shown)
    if not whole:
        return
    room = width - 2 * (len(shown) - 1)
    for mark, count in shown:
        length = room * count / whole
        _draw_part(canvas, mark, (x, y, length, height))
        x += length + 2


def _draw_part(canvas: Canvas, mark: Mark, box: tuple[float, float, float, float]) -> None:
    x, y, width, height = box
    canvas.saveState()
    canvas.setLineWidth(0.8)
    canvas.setFillColor(SHADES[mark.tone].fill)
    canvas.setStrokeColor(SHADES[mark.tone].fill)
    if mark.symbol in {Symbol.RING, Symbol.DASHED}:  # nothing was judged: hollow, so never mistaken for a grade
        if mark.symbol is Symbol.DASHED:
            canvas.setDash([2.4, 2])
        canvas.rect(x + 0.4, y + 0.4, max(0.1, width - 0.8), height - 0.8, stroke=1, fill=0)
    else:
        canvas.rect(x, y, width, height, stroke=0, fill=1)
    if mark.tone is Tone.AMBER:
        path = canvas.beginPath()
        path.rect(x, y, width, height)
        canvas.clipPath(path, stroke=0, fill=0)
        canvas.setStrokeColor(WHITE)
        start = x - height
        while start < x + width:
            canvas.line(start, y, start + height, y + height)
            start += _HATCH_STEP
    canvas.restoreState()
