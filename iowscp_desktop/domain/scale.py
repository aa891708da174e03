"""The scale an answer is graded on: ordered points, what each means, how it looks, and what "not applicable" does.

A scale is data with a version. Grades from two scales, or two versions of one, are never put on one chart. "Not
applicable" is an answer with a reason; "not answered" is the lack of one, and belongs to no scale.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Symbol(StrEnum):
    """The shape drawn for a point, so that no grade is told by colour alone."""

    STAR = "star"
    TICK = "tick"
    TRIANGLE = "triangle"
    OCTAGON = "octagon"
    RING = "ring"


class Colour(StrEnum):
    """The role of a point's colour; the theme turns it into a hue. Grey is kept for "not applicable"."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    BLUE = "blue"
    GREY = "grey"


class Direction(StrEnum):
    """Which end of a scale's numbers is good. Real scales run both ways."""

    HIGH_IS_GOOD = "high is good"
    LOW_IS_GOOD = "low is good"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One answer on a scale: the value that is kept, and the words and looks people see."""

    value: str
    label: str
    descriptor: str = ""
    symbol: Symbol
    colour: Colour
    number: int | None = None
    is_gap: bool = False  # a gap asks for an action: what next, who, by when


@dataclass(frozen=True, slots=True, kw_only=True)
class NotApplicable:
    """That a question does not apply: how it is offered, whether it needs a reason, whether percentages count it."""

    point: Point
    reason_required: bool = True
    counts: bool = False

    def __post_init__(self) -> None:
        if self.point.number is not None:
            raise ValueError("“not applicable” is not a grade, so it has no number")
        if self.point.colour is not Colour.GREY or self.point.is_gap:
            raise ValueError("“not applicable” is grey and is never a gap")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """An ordered grading scale, its best point first.

    Raises:
        ValueError: The points do not make a scale. In a tool's settings this is told to the tool's author.
    """

    id: str
    version: int
    title: str
    prompt: str
    direction: Direction
    points: tuple[Point, ...]
    not_applicable: NotApplicable | None = None

    def __post_init__(self) -> None:
        tiles = self.tiles
        if len(self.points) < 2:
            raise ValueError("a scale needs at least two points")
        if len({tile.value for tile in tiles}) < len(tiles):
            raise ValueError("two points have the same value")
        if len({tile.symbol for tile in tiles}) < len(tiles):
            raise ValueError("two points have the same symbol, so only colour would tell them apart")
        if any(point.colour is Colour.GREY for point in self.points):
            raise ValueError("grey is for “not applicable”; a grade needs another colour")
        numbers = [point.number for point in self.points if point.number is not None]
        if len(numbers) < len(self.points):
            raise ValueError("every graded point needs a number")
        best_first = sorted(set(numbers), reverse=self.direction is Direction.HIGH_IS_GOOD)
        if numbers != best_first:
            raise ValueError(f"the points must run from best to worst, and here {self.direction.value}")

    @property
    def tiles(self) -> tuple[Point, ...]:
        """Everything a person can choose, best first and "not applicable" last."""
        return self.points if self.not_applicable is None else (*self.points, self.not_applicable.point)

    @property
    def gaps(self) -> tuple[Point, ...]:
        """The points that ask for an action."""
        return tuple(point for point in self.points if point.is_gap)

    def point(self, value: str) -> Point | None:
        """The point a kept value stands for; None when it is not answered or not of this scale."""
        return next((tile for tile in self.tiles if tile.value == value), None)

    def is_gap(self, value: str) -> bool:
        """Whether this grade asks for an action."""
        return any(point.value == value for point in self.gaps)

    def is_not_applicable(self, value: str) -> bool:
        """Whether this answer says that the question does not apply."""
        return self.not_applicable is not None and self.not_applicable.point.value == value


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many questions got each answer on one scale, and how many got none."""

    scale: Scale
    counts: Mapping[str, int]
    unanswered: int

    @property
    def answered(self) -> int:
        """Questions with an answer, "not applicable" among them."""
        return sum(self.counts.values())

    @property
    def total(self) -> int:
        """All questions, answered or not."""
        return self.answered + self.unanswered

    @property
    def base(self) -> int:
        """What percentages are taken of: the answered, without "not applicable" unless the scale counts it."""
        rule = self.scale.not_applicable
        if rule is None or rule.counts:
            return self.answered
        return self.answered - self.counts[rule.point.value]

    def share(self, value: str) -> Fraction | None:
        """The part of the base that got this answer, 0 to 1.

        None when nothing was answered, or for a "not applicable" that does not count.
        """
        rule = self.scale.not_applicable
        left_out = rule is not None and not rule.counts and value == rule.point.value
        return None if left_out or not self.base else Fraction(self.counts[value], self.base)


def tally(scale: Scale, grades: Iterable[str]) -> Tally:
    """Count the grades of questions that all use one scale; '' is a question not answered.

    Raises:
        ValueError: A grade is not on the scale. The form offers none such, so this is a bug or a mix of scales.
    """
    found = Counter(grades)
    unanswered = found.pop("", 0)
    foreign = sorted(set(found) - {tile.value for tile in scale.tiles})
    if foreign:
        raise ValueError(f"{foreign[0]!r} is not on scale {scale.id} version {scale.version}")
    return Tally(scale=scale, counts={tile.value: found[tile.value] for tile in scale.tiles}, unanswered=unanswered)
