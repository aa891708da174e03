"""Writes random expressions of a wanted kind, with everything they call and read on record. Same chance, same text."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from random import Random
from typing import Literal

Kind = Literal["whole", "number", "text", "truth", "day", "moment", "clock", "point"]
"""What an expression gives. `whole` is a number that every engine writes the same way."""

TYPES: dict[Kind, tuple[str, ...]] = {
    "whole": ("int",),
    "number": ("int", "decimal"),
    "text": ("string", "select1"),
    "truth": (),
    "day": ("date",),
    "moment": ("dateTime",),
    "clock": ("time",),
    "point": ("geopoint",),
}
WORDS = ("yes", "no", "maybe", "a b c", "Zebra", "Café", "x-1", "north", "12", "true")
DAYS = ("2024-02-29", "2023-12-31", "2025-07-01", "1999-01-05", "2026-10-25", "2025-01-31")
MOMENTS = ("2024-02-29T10:20:30.000+00:00", "2025-07-01T23:59:00.000+01:00", "2023-12-31T00:00:00.000+00:00")
CLOCKS = ("10:20:30.000+00:00", "00:00:00.000+00:00", "18:45:00.000+00:00")
TRACES = ("50.7 -1.3 0 0;50.7 -1.1 0 0", "50.7 -1.3 0 0;50.7 -1.1 0 0;50.6 -1.1 0 0")
SHAPES = (
    "50.7 -1.3 0 0;50.7 -1.1 0 0;50.6 -1.1 0 0;50.7 -1.3 0 0",
    "50.7 -1.3 0 0;50.7 -1.1 0 0;50.6 -1.1 0 0;50.6 -1.3 0 0;50.7 -1.3 0 0",
)
POINTS = ("50.7 -1.3 0 0", "50.63 -1.17 10 5", "51.5 -0.12 0 0")


@dataclass(slots=True, kw_only=True)
class Place:
    """A place of a random form, as expressions need to know it."""

    path: str
    type: str
    repeats: tuple[str, ...] = ()
    """The paths of the repeats it lies in, outermost first."""


@dataclass(slots=True)
class Writer:
    """Writes expressions for one place. Only what comes earlier in the form is read: nothing goes in circles."""

    random: Random
    here: Place
    earlier: list[Place]
    selects: dict[str, str]
    """The paths of selects, and the name of the list each offers."""
    reads: set[str] = field(default_factory=set[str])
    respelled: dict[str, str] = field(default_factory=dict[str, str])
    """What JavaRosa does not know, and how to say it so that it does."""
    speaks: bool = False
    """Whether the form has texts in languages."""

    # --- choosing ----------------------------------------------------------------------------

    def write(self, kind: Kind, depth: int = 2) -> str:
        """An expression of a kind."""
        if depth <= 0 or self.random.random() < 0.2:
            return self.leaf(kind)
        name = self.random.choice(BY_KIND[kind])
        return self.call(name, depth)

    def call(self, name: str, depth: int = 2) -> str:
        """An expression whose outermost part is a certain function."""
        return FUNCTIONS[name].write(self, depth - 1) or self.leaf(FUNCTIONS[name].kind)

    def leaf(self, kind: Kind) -> str:
        """A reference if there is one that fits, or something written out."""
        if self.random.random() < 0.7 and (found := self.one(TYPES[kind])):
            return found
        return self.literal(kind)

    def literal(self, kind: Kind) -> str:
        """Something of a kind, written out."""
        pick = self.random.choice
        match kind:
            case "whole":
                return str(self.random.randint(0, 9))
            case "number":
                return pick(("0.5", "2", "3.25", "10", "7"))
            case "text":
                return f"'{pick(WORDS)}'"
            case "truth":
                return self.call(pick(("true", "false")))
            case "day":
                return f"date('{pick(DAYS)}')"
            case "moment":
                return f"date-time('{pick(MOMENTS)}')"
            case "clock":
                return f"'{pick(CLOCKS)}'"
            case "point":
                return f"'{pick(POINTS)}'"

    # --- referring ---------------------------------------------------------------------------

    def one(self, types: Iterable[str]) -> str | None:
        """A path to exactly one earlier answer, absolute or from here."""
        found = [
            place
            for place in self.earlier
            if place.type in types and place.repeats == self.here.repeats[: len(place.repeats)]
        ]
        return self.path_to(self.random.choice(found)) if found else None

    def path_to(self, place: Place) -> str:
        """The path to a place: absolute, or step by step from here."""
        self.reads.add(place.path)
        absolute = 0.2 if place.repeats else 0.5
        return place.path if self.random.random() < absolute else self.relative(place.path)

    def relative(self, path: str) -> str:
        """A path from here."""
        ours, theirs = self.here.path.split("/")[1:], path.split("/")[1:]
        shared = 0
        while shared < min(len(ours), len(theirs)) - 1 and ours[shared] == theirs[shared]:
            shared += 1
        return "/".join([".."] * (len(ours) - shared) + theirs[shared:])

    def many(self, types: Iterable[str]) -> str | None:
        """A path to an answer in every instance of a repeat that is not around this place."""
        found = [place for place in self.inside_repeats() if place.type in types]
        if not found:
            return None
        place = self.random.choice(found)
        self.reads.add(place.path)
        repeat = place.repeats[-1]
        self.reads.add(repeat)
        rest = place.path.removeprefix(repeat)
        base = repeat if self.random.random() < 0.7 else self.relative(repeat)
        return f"{base}{self._filter(place, base)}{rest}"

    def inside_repeats(self) -> list[Place]:
        """Earlier answers in one repeat more than this place."""
        ours = self.here.repeats
        return [
            place
            for place in self.earlier
            if len(place.repeats) == len(ours) + 1 and place.repeats[: len(ours)] == ours
        ]

    def _filter(self, place: Place, base: str) -> str:
        chance = self.random.random()
        if chance < 0.6:
            return ""
        if chance < 0.75:
            return f"[position() = {self.random.randint(1, 3)}]"
        if chance < 0.85:
            repeat = place.repeats[-1]
            self.respelled[f"{base}[position() = last()]"] = (
                f"{base}[position() = count(../{repeat.rpartition('/')[2]})]"
            )
            return "[position() = last()]"
        step = place.path.removeprefix(place.repeats[-1] + "/")
        return f"[./{step} != '']"

    def guarded(self, depth: int = 0) -> str:
        """A whole number that is there even when its question is not answered."""
        written = self.write("whole", depth)
        return f"coalesce({written}, 0)"


Make = Callable[[Writer, int], str | None]


@dataclass(frozen=True, slots=True)
class FunctionKind:
    """How to write a call, and what kind of thing it gives. None when nothing it needs is there."""

    kind: Kind
    write: Make


FUNCTIONS: dict[str, FunctionKind] = {}
BY_KIND: dict[Kind, list[str]] = {kind: [] for kind in TYPES}


def function(name: str, kind: Kind, write: Make, *, rare: bool = False) -> None:
    """Put a function on the list; a `rare` one is written only when asked for by name."""
    FUNCTIONS[name] = FunctionKind(kind, write)
    if not rare:
        BY_KIND[kind].append(name)
