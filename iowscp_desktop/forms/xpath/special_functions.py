"""Functions that need more than the values of their arguments: lazily, by place in the form, or from the session."""

import hashlib
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from iowscp_desktop.errors import ExpressionUnreadable
from iowscp_desktop.forms.xpath.answers import AnswerNode, Shape
from iowscp_desktop.forms.xpath.expressions import Compiled, Context, Kind, number_of, number_of_text
from iowscp_desktop.forms.xpath.indexed_repeat import compile_indexed_repeat
from iowscp_desktop.forms.xpath.nodes import Node
from iowscp_desktop.forms.xpath.scope import Scope
from iowscp_desktop.forms.xpath.signature import MANY
from iowscp_desktop.forms.xpath.syntax import Expression, Text
from iowscp_desktop.forms.xpath.totals import compile_sum
from iowscp_desktop.forms.xpath.values import Value, text_of

CompileIn = Callable[[Expression, Scope], Compiled]
Arguments = Sequence[Expression]

_NOTHING: Final = frozenset({"", "NaN"})


@dataclass(frozen=True, slots=True)
class Special:
    """A function that compiles its own arguments."""

    least: int
    most: int
    compile: Callable[[Arguments, Scope, CompileIn], Compiled]


def _common_kind(kinds: set[Kind]) -> Kind:
    if len(kinds) == 1:
        return kinds.pop()
    return "text" if kinds <= {"text", "date"} else "any"


def _if(arguments: Arguments, scope: Scope, compile_in: CompileIn) -> Compiled:
    test = compile_in(arguments[0], scope).truth()
    yes, no = (compile_in(argument, scope) for argument in arguments[1:])
    kind = _common_kind({yes.kind, no.kind})
    run_yes, run_no, text_yes, text_no = yes.run, no.run, yes.text, no.text
    return Compiled(
        kind,
        lambda context: run_yes(context) if test(context) else run_no(context),
        text=lambda context: text_yes(context) if test(context) else text_no(context),
        shapes=yes.shapes | no.shapes,
    )


def _coalesce(arguments: Arguments, scope: Scope, compile_in: CompileIn) -> Compiled:
    """The first of its arguments that is not empty. No number is as good as empty."""
    parts = [compile_in(argument, scope) for argument in arguments]
    texts = [part.text for part in parts]
    first = parts[0].quick_number
    leaf = parts[0].course.leaf if parts[0].course is not None else -1

    def run(context: Context) -> str:
        for text in texts:
            found = text(context)
            if found not in _NOTHING:
                return found
        return ""

    def quick_number(context: Context) -> float:
        if first is not None:
            number = first(context)
            if number == number:  # noqa: PLR0124 - the fastest test for NaN, which may stand for nothing or for words
                return number
        return number_of_text(run(context), context.env.zone)

    def leaf_number(context: Context) -> float:
        number = context.env.singles[leaf].number
        if number is not None and number == number:  # noqa: PLR0124 - not NaN
            return number
        return quick_number(context)

    return Compiled("text", run, quick_number=quick_number if leaf < 0 else leaf_number)


def _once(arguments: Arguments, scope: Scope, compile_in: CompileIn) -> Compiled:
    """What the question holds already; only when that is nothing, the argument."""
    text = compile_in(arguments[0], scope).text

    def run(context: Context) -> str:
        current = context.current
        held = current.value if isinstance(current, AnswerNode) else current.string()
        return held or text(context)

    return Compiled("text", run)


def _string(arguments: Arguments, scope: Scope, compile_in: CompileIn) -> Compiled:
    if not arguments:
        return Compiled("text", lambda context: context.node.string())
    return Compiled("text", compile_in(arguments[0], scope).text)


def _count(arguments: Arguments, scope: Scope, compile_in: CompileIn) -> Compiled:
    nodes = compile_in(arguments[0], scope).nodes()
    return Compiled("number", lambda context: float(sum(1 for node in nodes(context) if node.counts)))


def _count_non_empty(arguments: Arguments, scope: Scope, compile_in: CompileIn) -> Compiled:
    nodes = compile_in(arguments[0], scope).nodes()
    return Compiled("number", lambda context: float(sum(1 for node in nodes(context) if node.string())))


def _position(arguments: Arguments, scope: Scope, compile_in: CompileIn) -> Compiled:
    if not arguments:
        return Compiled("number", lambda context: float(context.position))
    given = compile_in(arguments[0], scope)
    nodes = given.nodes()
    for shape in given.shapes:
        if shape.repeats:  # places shift when instances come and go beside it
            scope.note(shape, shape.parent)
    return Compiled("number", lambda context: _place(nodes(context)))


def _place(nodes: list[Node]) -> float:
    """The place of a node among its kin of the same name, counted from 1."""
    if not nodes:
        return math.nan
    node = nodes[0]
    if isinstance(node, AnswerNode):
        return float(node.position())
    if node.parent is None:
        return 1.0
    kin = [other for other in node.parent.elements() if other.name == node.name]
    return float(kin.index(node) + 1)


def _last(_arguments: Arguments, _scope: Scope, _compile_in: CompileIn) -> Compiled:
    return Compiled("number", lambda context: float(context.size))


def _current(_arguments: Arguments, scope: Scope, _compile_in: CompileIn) -> Compiled:
    shapes = frozenset[Shape]() if scope.origin is None else frozenset({scope.origin})
    return Compiled("nodes", lambda context: [context.current], shapes=shapes)


def _instance(arguments: Arguments, scope: Scope, compile_in: CompileIn) -> Compiled:
    if isinstance(arguments[0], Text):
        scope.instances.append(arguments[0].value)
    name = compile_in(arguments[0], scope).text
    return Compiled("nodes", lambda context: context.env.instance(name(context)))


def _pulldata(arguments: Arguments, scope: Scope, compile_in: CompileIn) -> Compiled:
    """A cell of a data file: file, column wanted, column searched, value searched for."""
    if isinstance(arguments[0], Text):
        scope.instances.append(arguments[0].value)
    file, wanted, searched, value = (compile_in(argument, scope).text for argument in arguments)

    def run(context: Context) -> str:
        column, key, sought = wanted(context), searched(context), value(context)
        for top in context.env.instance(file(context)):
            for item in (found for root in top.elements() for found in root.elements()):
                cells = {cell.name: cell for cell in item.elements()}
                if key in cells and cells[key].string() == sought:
                    return cells[column].string() if column in cells else ""
        return ""

    return Compiled("text", run)


def _randomize(arguments: Arguments, scope: Scope, compile_in: CompileIn) -> Compiled:
    given = compile_in(arguments[0], scope)
    nodes = given.nodes()
    seed = compile_in(arguments[1], scope).run if len(arguments) > 1 else None

    def run(context: Context) -> list[Node]:
        found = list(nodes(context))
        if seed is None:
            context.env.random.shuffle(found)
            return found
        return _shuffled(found, _seed(seed(context), context))

    return Compiled("nodes", run, shapes=given.shapes)


def _seed(value: Value, context: Context) -> int:
    """A seed as every ODK program takes it: a number's whole part, or 64 bits of a text's digest."""
    number = number_of(value, context)
    if math.isfinite(number):
        return int(number)
    text = text_of(value)
    if text in {"", "NaN"}:
        return 0
    return int.from_bytes(hashlib.sha256(text.encode("utf-8")).digest()[:8], "big", signed=True)


def _shuffled(nodes: list[Node], seed: int) -> list[Node]:
    """The order every ODK program gives for a seed: Fisher and Yates inside out, numbers by Park and Miller."""
    state = abs(seed) % 2_147_483_647 * (1 if seed > 0 else -1)
    state += 2_147_483_646 if state <= 0 else 0
    found: list[Node] = []
    for place, node in enumerate(nodes):
        state = state * 16_807 % 2_147_483_647
        other = int((state - 1) / 2_147_483_646 * (place + 1))
        found.append(node)
        if other != place:
            found[place], found[other] = found[other], node
    return found


def _itext(arguments: Arguments, scope: Scope, compile_in: CompileIn) -> Compiled:
    """A text in the session's language. It depends on the answers that are put into it, when its id is written out."""
    if isinstance(arguments[0], Text):
        for read in scope.text_reads(arguments[0].value):
            scope.note(read.shape, read.pivot)
    text_id = compile_in(arguments[0], scope).text
    return Compiled("any", lambda context: context.env.translation(text_id(context), context))


def _choice_name(arguments: Arguments, scope: Scope, compile_in: CompileIn) -> Compiled:
    """The label of a choice: its value, and the path of its question as a text."""
    value = compile_in(arguments[0], scope).text
    if not isinstance(arguments[1], Text):
        raise ExpressionUnreadable("“jr:choice-name()” needs its question as a text in quotes")
    path = arguments[1].value.strip()
    for read in scope.choice_reads(path):
        scope.note(read.shape, read.pivot)
    return Compiled("text", lambda context: context.env.choice_label(path, value(context), context))


def _uuid(arguments: Arguments, scope: Scope, compile_in: CompileIn) -> Compiled:
    if not arguments:
        return Compiled("text", lambda context: context.env.new_uuid())
    length = compile_in(arguments[0], scope).number()

    def run(context: Context) -> str:
        wanted = length(context)
        if not 0 < wanted <= 10_000:
            return ""
        letters = "0123456789abcdefghijklmnopqrstuvwxyz"
        return "".join(context.env.random.choice(letters) for _ in range(int(wanted)))

    return Compiled("text", run)


def _here(context: Context) -> list[Node]:
    return [context.node]


def _name_of(arguments: Arguments, scope: Scope, compile_in: CompileIn) -> Compiled:
    nodes = compile_in(arguments[0], scope).nodes() if arguments else _here

    def run(context: Context) -> str:
        found = nodes(context)
        return found[0].name.rpartition("}")[2].removeprefix("@") if found else ""

    return Compiled("text", run)


def _namespace_of(arguments: Arguments, scope: Scope, compile_in: CompileIn) -> Compiled:
    nodes = compile_in(arguments[0], scope).nodes() if arguments else _here

    def run(context: Context) -> str:
        found = nodes(context)
        name = found[0].name if found else ""
        return name[1:].partition("}")[0] if name.startswith("{") else ""

    return Compiled("text", run)


SPECIAL_FUNCTIONS: Final[dict[str, Special]] = {
    "if": Special(3, 3, _if),
    "coalesce": Special(1, MANY, _coalesce),
    "once": Special(1, 1, _once),
    "string": Special(0, 1, _string),
    "sum": Special(1, 1, compile_sum),
    "count": Special(1, 1, _count),
    "count-non-empty": Special(1, 1, _count_non_empty),
    "position": Special(0, 1, _position),
    "last": Special(0, 0, _last),
    "current": Special(0, 0, _current),
    "instance": Special(1, 1, _instance),
    "pulldata": Special(4, 4, _pulldata),
    "indexed-repeat": Special(3, MANY, compile_indexed_repeat),
    "randomize": Special(1, 2, _randomize),
    "jr:itext": Special(1, 1, _itext),
    "jr:choice-name": Special(2, 2, _choice_name),
    "uuid": Special(0, 1, _uuid),
    "name": Special(0, 1, _name_of),
    "local-name": Special(0, 1, _name_of),
    "namespace-uri": Special(0, 1, _namespace_of),
}
