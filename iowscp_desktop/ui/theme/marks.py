"""The symbols of grades: a shape and a colour, always shown with a word. One function draws them all."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from iowscp_desktop.domain.scale import Point
from iowscp_desktop.ui.theme.current import colour
from iowscp_desktop.ui.theme.tokens import Role, Tone

_Points = tuple[tuple[float, float], ...]


class Symbol(StrEnum):
    """The shapes; values are the words of the tools' scales. No two look alike in black and white."""

    TICK = "tick"  # a filled circle with a tick
    TRIANGLE = "triangle"  # a filled triangle with an exclamation mark
    OCTAGON = "octagon"  # a filled octagon with a cross
    RING = "ring"  # a hollow circle with a dash: not applicable
    DASHED = "dashed"  # a dashed hollow circle: not answered
    STAR = "star"  # a filled star: better than expected


@dataclass(frozen=True, slots=True)
class Mark:
    """A symbol in a tone."""

    symbol: Symbol
    tone: Tone


def mark_of(point: Point) -> Mark:
    """Return how a point of a scale looks."""
    return Mark(Symbol(point.symbol.value), Tone(point.colour.value))


UNANSWERED = Mark(Symbol.DASHED, Tone.GREY)
NOT_APPLICABLE = Mark(Symbol.RING, Tone.GREY)

_OUTLINES: dict[Symbol, _Points] = {
    Symbol.TRIANGLE: ((0.5, 0.10), (0.93, 0.88), (0.07, 0.88)),
    Symbol.OCTAGON: (
        (0.3, 0.02), (0.7, 0.02), (0.98, 0.3), (0.98, 0.7),
        (0.7, 0.98), (0.3, 0.98), (0.02, 0.7), (0.02, 0.3),
    ),
    Symbol.STAR: (
        (0.5, 0.03), (0.632, 0.348), (0.975, 0.375), (0.713, 0.6), (0.794, 0.935),
        (0.5, 0.755), (0.206, 0.935), (0.287, 0.6), (0.025, 0.375), (0.368, 0.348),
    ),
}  # fmt: skip
_STROKES: dict[Symbol, tuple[_Points, ...]] = {
    Symbol.TICK: (((0.28, 0.53), (0.44, 0.69), (0.73, 0.34)),),
    Symbol.TRIANGLE: (((0.5, 0.38), (0.5, 0.58)), ((0.5, 0.745), (0.5, 0.747))),
    Symbol.OCTAGON: (((0.33, 0.33), (0.67, 0.67)), ((0.67, 0.33), (0.33, 0.67))),
    Symbol.RING: (((0.32, 0.5), (0.68, 0.5)),),
}


def paint_mark(painter: QPainter, mark: Mark, rect: QRectF) -> None:
    """Draw a mark into a square."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    width = rect.width()
    solid = colour(mark.tone.solid)
    stroke = colour(Role.ON_TONE)
    match mark.symbol:
        case Symbol.TICK:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(solid)
            painter.drawEllipse(rect)
        case Symbol.RING:
            stroke = solid
            inset = width * 0.06
            painter.setPen(QPen(solid, width * 0.1))
            painter.drawEllipse(rect.adjusted(inset, inset, -inset, -inset))
        case Symbol.DASHED:
            inset = width * 0.08
            painter.setPen(_dashed(width))
            painter.drawEllipse(rect.adjusted(inset, inset, -inset, -inset))
        case Symbol.TRIANGLE | Symbol.OCTAGON | Symbol.STAR:
            painter.setPen(_round(solid, width * (0.12 if mark.symbol is Symbol.TRIANGLE else 0.04)))
            painter.setBrush(solid)
            painter.drawPolygon(_placed(_OUTLINES[mark.symbol], rect))
    painter.setPen(_round(stroke, max(1.4, width * 0.115)))
    for points in _STROKES.get(mark.symbol, ()):
        painter.drawPolyline(_placed(points, rect))
    painter.restore()


def _placed(points: _Points, rect: QRectF) -> QPolygonF:
    return QPolygonF([QPointF(rect.x() + x * rect.width(), rect.y() + y * rect.height()) for x, y in points])


def _round(hue: QColor, width: float) -> QPen:
    return QPen(hue, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def _dashed(width: float) -> QPen:
    pen = QPen(colour(Role.LINE_2), width * 0.1)
    pen.setDashPattern([1.9, 1.7])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen
