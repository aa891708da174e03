"""Functions on places of the earth: area, distance, geofence. Points are 'latitude longitude altitude accuracy'."""

import math
from itertools import pairwise
from typing import Final

from iowscp_desktop.forms.xpath.signature import Function, function
from iowscp_desktop.forms.xpath.values import plain_number

_EARTH: Final = 6_378_100.0
"""Metres from the centre to the surface at the equator, as ODK counts them."""
_MOST_POINTS: Final = 100_000

Point = tuple[float, float]


def _points(texts: list[str]) -> list[Point] | None:
    """The points of a trace, or of one node after another; None when one of them is no point."""
    written = texts[0].split(";") if len(texts) == 1 else texts
    found: list[Point] = []
    for text in written[:_MOST_POINTS]:
        words = text.split()
        if not words:
            continue
        numbers = [plain_number(word) for word in words]
        if len(numbers) < 2 or numbers[0] is None or numbers[1] is None:
            return None
        latitude, longitude = numbers[0], numbers[1]
        if abs(latitude) > 90 or abs(longitude) > 180:
            return None
        found.append((latitude, longitude))
    return found


def _between(one: Point, two: Point) -> float:
    """Metres over the surface between two points (haversine)."""
    lat1, lat2 = math.radians(one[0]), math.radians(two[0])
    north = math.sin((lat2 - lat1) / 2) ** 2
    east = math.sin(math.radians(two[1] - one[1]) / 2) ** 2
    return 2 * _EARTH * math.asin(min(1.0, math.sqrt(north + math.cos(lat1) * math.cos(lat2) * east)))


def _distance(*parts: list[str]) -> float:
    points = _points([text for part in parts for text in part])
    if not points:
        return 0.0
    metres = sum(_between(one, two) for one, two in pairwise(points))
    return math.floor(metres * 100 + 0.5) / 100


def _area(texts: list[str]) -> float:
    points = _points(texts)
    if points is None or len(points) < 3:
        return 0.0
    closed = points if points[0] == points[-1] else [*points, points[0]]
    total = 0.0
    for one, two in pairwise(closed):
        turn = math.radians(two[1] - one[1])
        total += turn * (2 + math.sin(math.radians(one[0])) + math.sin(math.radians(two[0])))
    return math.floor(abs(total * _EARTH * _EARTH / 2) * 100 + 0.5) / 100


def _geofence(point: str, area: str) -> bool:
    """Whether a point lies within an area: how often a line from it to the east leaves the area."""
    where, corners = _points([point]), _points([area])
    if not where or not corners or len(corners) < 3:
        return False
    y, x = where[0]
    inside = False
    for (y1, x1), (y2, x2) in zip(corners, [*corners[1:], corners[0]], strict=False):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


PLACE_FUNCTIONS: Final[dict[str, Function]] = {
    "area": function("number", "texts", _area),
    "distance": function("number", "texts", _distance, repeats=1),
    "geofence": function("boolean", "text text", _geofence),
}
