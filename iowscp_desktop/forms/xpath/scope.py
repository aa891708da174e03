"""What is known while an expression is compiled, and what is learnt: which places of the form it reads."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from iowscp_desktop.errors import UnknownFunction
from iowscp_desktop.forms.xpath.answers import Shape
from iowscp_desktop.forms.xpath.expressions import Compiled
from iowscp_desktop.forms.xpath.nodes import PREFIXES, XFORMS


class Read(NamedTuple):
    """An expression reads nodes of `shape`. Those it reads lie below the same node of shape `pivot` as its own."""

    shape: Shape
    pivot: Shape


NOWHERE: frozenset[Shape] = frozenset()


@dataclass(slots=True, kw_only=True)
class Scope:
    """The surroundings of an expression: `here` is what `.` may be, `origin` what `current()` is."""

    document: Shape | None = None
    origin: Shape | None = None
    here: frozenset[Shape] = NOWHERE
    floor: Shape | None = None
    """Inside a predicate: the highest pivot that the path around it already has."""
    prefixes: Mapping[str, str] = field(default_factory=lambda: PREFIXES)
    own: frozenset[str] = frozenset({XFORMS, ""})
    reads: dict[Read, None] = field(default_factory=dict[Read, None])
    instances: list[str] = field(default_factory=list[str])
    unknown: list[str] | None = None
    """Where unknown functions are put down instead of being refused at once; None refuses."""
    choice_reads: Callable[[str], Iterable[Read]] = field(default=lambda _path: ())
    """What the choices of the question at a path depend on."""
    text_reads: Callable[[str], Iterable[Read]] = field(default=lambda _text_id: ())
    """What answers are put into a text of the itext block."""
    placed: bool = False
    """Whether nodes that have a shape are answers, which keep their children in slots."""
    shared: frozenset[str] = frozenset()
    """Names by which the answers themselves can be asked for as an instance."""
    known: dict[str, Compiled | None] = field(default_factory=dict[str, Compiled | None])
    """Absolute paths of the form that have been compiled, for those that are the same wherever they are read."""

    def inside(self, here: frozenset[Shape], pivot: Shape | None) -> "Scope":
        """The scope of a predicate on nodes of those shapes."""
        return replace(self, here=here, floor=_higher(self.floor, pivot))

    def note(self, shape: Shape, pivot: Shape | None) -> None:
        """Put down that nodes of a shape are read."""
        highest = _higher(self.floor, pivot) if self.floor is not None else pivot
        self.reads[Read(shape, highest or shape.lineage()[0])] = None

    def clark(self, name: str) -> str:
        """A name as nodes carry it: `orx:meta` becomes `{http://…}meta`, the form's own names stay bare."""
        prefix, colon, local = name.partition(":")
        if not colon:
            return name
        namespace = self.prefixes.get(prefix, "")
        return local if namespace in self.own else f"{{{namespace}}}{local}"

    def refuse_function(self, name: str) -> None:
        """A function nobody knows."""
        if self.unknown is None:
            raise UnknownFunction(name)
        self.unknown.append(name)


def _higher(one: Shape | None, two: Shape | None) -> Shape | None:
    if one is None or two is None:
        return one or two
    return one if one.depth <= two.depth else two
