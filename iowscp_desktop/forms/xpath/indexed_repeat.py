"""indexed-repeat(): a question in the instance of a repeat that has a given number, counted from 1."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from iowscp_desktop.errors import ExpressionUnreadable
from iowscp_desktop.forms.xpath.answers import Shape
from iowscp_desktop.forms.xpath.expressions import Compiled, Context, NumberRun
from iowscp_desktop.forms.xpath.nodes import Node
from iowscp_desktop.forms.xpath.scope import Read, Scope
from iowscp_desktop.forms.xpath.syntax import Expression, Path

CompileIn = Callable[[Expression, Scope], Compiled]


def compile_indexed_repeat(arguments: Sequence[Expression], scope: Scope, compile_in: CompileIn) -> Compiled:
    """Compile a call. Repeats that are not given a number keep the instance the expression itself is in.

    Raises:
        ExpressionUnreadable: A repeat has no number, or the first arguments are not paths of the form.
    """
    if len(arguments) % 2 == 0:
        raise ExpressionUnreadable("“indexed-repeat()” needs a number for each repeat")
    target = _place(arguments[0], scope, compile_in)
    numbers: dict[Shape, NumberRun] = {}
    for at in range(1, len(arguments), 2):
        numbers[_place(arguments[at], scope, compile_in)] = compile_in(arguments[at + 1], scope).number()
    chain = target.lineage()[1:]
    for shape in chain:
        if shape.repeats:
            scope.note(shape, scope.document)
    scope.note(target, scope.document)
    return Compiled("nodes", _run(chain, numbers), shapes=frozenset({target}))


def _place(argument: Expression, scope: Scope, compile_in: CompileIn) -> Shape:
    """The one place of the form that an argument names."""
    if not isinstance(argument, Path):
        raise ExpressionUnreadable("“indexed-repeat()” needs the paths of a question and of its repeats")
    apart = replace(scope, reads=dict[Read, None]())  # it is named here, not read
    shapes = compile_in(argument, apart).shapes
    if len(shapes) != 1:
        raise ExpressionUnreadable("“indexed-repeat()” names a place that the form does not have")
    return next(iter(shapes))


def _run(chain: Sequence[Shape], numbers: dict[Shape, NumberRun]) -> Callable[[Context], list[Node]]:
    def run(context: Context) -> list[Node]:
        own = _own_line(context.current)
        nodes: list[Node] = [context.env.document]
        for shape in chain:
            kids = [kid for node in nodes for kid in node.elements() if kid.name == shape.name]
            number = numbers.get(shape)
            if number is not None:
                kids = _numbered(nodes, shape, number(context))
            elif shape.repeats:
                kids = [kid for kid in kids if kid in own] or kids
            nodes = kids
        return nodes

    return run


def _numbered(nodes: Sequence[Node], shape: Shape, number: float) -> list[Node]:
    found: list[Node] = []
    for node in nodes:
        kids = [kid for kid in node.elements() if kid.name == shape.name]
        if number >= 1 and number == int(number) and number <= len(kids):
            found.append(kids[int(number) - 1])
    return found


def _own_line(node: Node) -> set[Node]:
    found = {node}
    above = node.parent
    while above is not None:
        found.add(above)
        above = above.parent
    return found
