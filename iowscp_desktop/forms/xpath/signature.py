"""How a function is declared: what it takes, what it gives, and the plain Python that does it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from iowscp_desktop.forms.xpath.expressions import Compiled, Context, Kind, Run

Taking = Literal["text", "number", "truth", "nodes", "texts", "value"]
"""What an argument is turned into before the function sees it. `texts`: of every node, or of the one value."""

MANY: Final = 1_000


@dataclass(frozen=True, slots=True)
class Function:
    """A function that works on values. Arguments past `takes` repeat its last `repeats` kinds."""

    gives: Kind
    takes: tuple[Taking, ...]
    act: Callable[..., Any]
    least: int
    repeats: int = 0
    asks: bool = False
    """Whether `act` wants the context as its first argument."""

    @property
    def most(self) -> int:
        """The most arguments it may be given."""
        return MANY if self.repeats else len(self.takes)

    def compiled(self, arguments: Sequence[Compiled]) -> Compiled:
        """A call with these arguments, whose number has been checked."""
        runs = [_converted(argument, self.kind_at(place)) for place, argument in enumerate(arguments)]
        return Compiled(self.gives, _calling(self.act, runs, asks=self.asks))

    def kind_at(self, place: int) -> Taking:
        """What the argument at a place, counted from 0, is turned into."""
        if place < len(self.takes):
            return self.takes[place]
        if not self.repeats:
            return "value"
        cycle = self.takes[-self.repeats :]
        return cycle[(place - len(self.takes)) % self.repeats]


def _converted(argument: Compiled, kind: Taking) -> Callable[[Context], Any]:
    match kind:
        case "text":
            return argument.text
        case "number":
            return argument.number()
        case "truth":
            return argument.truth()
        case "nodes":
            return argument.nodes()
        case "texts":
            return argument.texts(relevant_only=True)
        case "value":
            return argument.run


def _calling(act: Callable[..., Any], runs: Sequence[Callable[[Context], Any]], *, asks: bool) -> Run:
    """The call as a closure; one and two arguments, by far the commonest, without building a list."""
    if asks:
        return lambda context: act(context, *[run(context) for run in runs])
    if len(runs) == 1:
        only = runs[0]
        return lambda context: act(only(context))
    if len(runs) == 2:
        one, two = runs
        return lambda context: act(one(context), two(context))
    return lambda context: act(*[run(context) for run in runs])


def function(gives: Kind, takes: str, act: Callable[..., Any], *, asks: bool = False, repeats: int = 0) -> Function:
    """Declare a function; `takes` names the kinds in order, `?` after those that may be left out."""
    words = takes.split()
    kinds: tuple[Taking, ...] = tuple(_TAKINGS[word.removesuffix("?")] for word in words)
    least = sum(1 for word in words if not word.endswith("?"))
    return Function(gives, kinds, act, least, repeats, asks)


_TAKINGS: Final[dict[str, Taking]] = {
    "text": "text",
    "number": "number",
    "truth": "truth",
    "nodes": "nodes",
    "texts": "texts",
    "value": "value",
}
