"""Compiles paths. Where the form's shape is known a path becomes a climb and a descent; otherwise it walks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Final, cast

from iowscp_desktop.forms.xpath.answers import AnswerNode, Shape
from iowscp_desktop.forms.xpath.axes import KEEPS_ORDER, Walk, walk
from iowscp_desktop.forms.xpath.expressions import Compiled, Context, Course, NodesRun, number_read
from iowscp_desktop.forms.xpath.nodes import Node, in_document_order
from iowscp_desktop.forms.xpath.places import Keep, kept_by_place, sought_place
from iowscp_desktop.forms.xpath.scope import Scope
from iowscp_desktop.forms.xpath.syntax import Expression, Path, Step

CompileIn = Callable[[Expression, Scope], Compiled]


@dataclass(frozen=True, slots=True)
class Start:
    """Where a path sets out at run time, the shapes it may set out from, and their pivot."""

    run: NodesRun
    shapes: frozenset[Shape]
    pivot: Shape | None
    climb: tuple[str, int] | None = None
    """('node' | 'current', how many parents up) when the start is one node above the context."""


@dataclass(frozen=True, slots=True)
class _Move:
    """One step at run time."""

    go: Walk
    keeps: tuple[Keep, ...]
    sorts: bool
    shape: Shape | None
    """The only shape this step can reach, when it is a plain step down by name."""


def from_anywhere(path: Path, scope: Scope) -> Compiled | None:
    """An absolute path to a leaf outside repeats, which is the same wherever it is read: compiled once for a form."""
    if not path.text or not scope.placed or scope.document is None or scope.origin is None:
        return None
    if path.text not in scope.known:
        chain = _leading(path.steps, scope, scope.document)
        is_leaf = len(chain) == len(path.steps) and chain[-1].is_leaf and not chain[-1].repeated
        scope.known[path.text] = _single(chain[-1], frozenset(chain[-1:])) if is_leaf else None
    known = scope.known[path.text]
    if known is not None:
        for shape in known.shapes:
            scope.note(shape, scope.document)
    return known


def from_document(steps: Sequence[Step], scope: Scope) -> tuple[Start, Sequence[Step]]:
    """The start of an absolute path. Inside a repeat it means the current instance: it starts at what is shared."""
    if scope.document is None:
        return Start(lambda context: [context.env.document], frozenset(), None), steps
    chain = _leading(steps, scope, scope.document)
    shared = _shared(chain, whole=len(chain) == len(steps), origin=scope.origin)
    pivot = chain[shared - 1] if shared else scope.document
    if scope.origin is None or not scope.placed:
        return Start(lambda context: [context.env.document], frozenset({scope.document}), scope.document), steps
    up = scope.origin.depth - pivot.depth
    return _climbing("current", up, pivot), steps[shared:]


def _leading(steps: Sequence[Step], scope: Scope, document: Shape) -> list[Shape]:
    """The shapes of the plain steps that a path begins with."""
    chain: list[Shape] = []
    at = document
    for step in steps:
        found = at.children.get(scope.clark(step.test)) if step.axis == "child" and not step.predicates else None
        if found is None:
            break
        chain.append(found)
        at = found
    return chain


def _shared(chain: Sequence[Shape], *, whole: bool, origin: Shape | None) -> int:
    """How many of the leading shapes lie above the origin. A repeat named last means all its instances."""
    above = set() if origin is None else set(origin.lineage())
    count = 0
    while count < len(chain) and chain[count] in above:
        count += 1
    if whole and count == len(chain) and count and chain[-1].repeats:
        count -= 1
    return count


def from_here(scope: Scope) -> Start:
    """The start of a relative path: the context node."""
    lone = next(iter(scope.here)) if len(scope.here) == 1 else None
    if lone is not None and scope.placed:
        return _climbing("node", 0, lone)
    return Start(lambda context: [context.node], scope.here, _highest(scope.here))


def from_current(scope: Scope) -> Start:
    """The start of `current()/…`: the node whose expression this is, also inside predicates."""
    if scope.origin is not None and scope.placed:
        return _climbing("current", 0, scope.origin)
    shapes = frozenset({scope.origin}) if scope.origin is not None else frozenset[Shape]()
    return Start(lambda context: [context.current], shapes, scope.origin)


def _climbing(base: str, up: int, pivot: Shape) -> Start:
    def run(context: Context) -> list[Node]:
        node = context.node if base == "node" else context.current
        for _ in range(up):
            node = cast("Node", node.parent)
        return [node]

    return Start(run, frozenset({pivot}), pivot, (base, up))


def compile_steps(start: Start, steps: Sequence[Step], scope: Scope, compile_in: CompileIn) -> Compiled:
    """Compile the steps that follow a start, and note in the scope what they read."""
    shapes, pivot = start.shapes, start.pivot
    moves: list[_Move] = []
    climbed = start.climb
    inside = False
    for step in steps:
        above = shapes
        shapes = _next_shapes(step, shapes, scope)
        rises = step.axis not in {"child", "self", "attribute", "descendant", "descendant-or-self"}
        if rises:
            pivot = _highest({shape.parent or shape for shape in above} | shapes) if above else pivot
        for shape in shapes:
            if shape.repeats and step.axis not in {"self", "parent", "ancestor"}:
                scope.note(shape, pivot)
        keeps = tuple(_kept(predicate, scope.inside(shapes, pivot), compile_in) for predicate in step.predicates)
        is_up = step.axis == "parent" and step.test == "node()" and not keeps
        if is_up and climbed is not None and not moves and above and all(shape.parent for shape in above):
            climbed = (climbed[0], climbed[1] + 1)
            continue
        if step.axis == "self" and step.test == "node()" and not keeps:
            continue
        plain = step.axis in {"child", "attribute"} and not keeps and len(shapes) == 1
        sorts = step.axis not in KEEPS_ORDER or inside
        inside = inside or step.axis.startswith("descendant")
        lone = next(iter(shapes)) if plain else None
        moves.append(_Move(walk(step.axis, _test(step, scope)), keeps, sorts, lone))
    for shape in shapes:
        scope.note(shape, pivot)
    return _assembled(start, climbed, moves, shapes, scope)


def _test(step: Step, scope: Scope) -> str:
    return step.test if step.test.endswith("()") else scope.clark(step.test)


def _assembled(
    start: Start, climbed: tuple[str, int] | None, moves: list[_Move], shapes: frozenset[Shape], scope: Scope
) -> Compiled:
    quick = scope.placed and climbed is not None and all(move.shape is not None for move in moves)
    if quick and climbed is not None:
        down = [move.shape for move in moves if move.shape is not None]
        target = down[-1] if down else next(iter(shapes), None)
        if target is not None:
            return _quick(climbed, down, target, shapes)
    if scope.placed and climbed is not None and start.climb is not None and climbed != start.climb:
        start = _climbing(climbed[0], climbed[1], next(iter(start.shapes)))
    return Compiled("nodes", _slow(start.run, moves), shapes=shapes)


# --- where shapes lead ---------------------------------------------------------------------------


def _next_shapes(step: Step, shapes: frozenset[Shape], scope: Scope) -> frozenset[Shape]:
    test = _test(step, scope)
    found: set[Shape] = set()
    for shape in shapes:
        if step.axis == "child" and test in shape.children:
            found.add(shape.children[test])
            continue
        found |= {other for other in _SHAPES_ALONG[step.axis](shape) if _fits(other, test, step.axis)}
    return frozenset(found)


def _fits(shape: Shape, test: str, axis: str) -> bool:
    is_attribute = shape.name.startswith("@")
    if is_attribute != (axis == "attribute") and not (axis == "self" and test == "node()"):
        return False
    return test in {"*", "node()", shape.name.removeprefix("@")}


def _above(shape: Shape) -> list[Shape]:
    return shape.lineage()[:-1]


def _beside(shape: Shape) -> list[Shape]:
    return list(shape.parent.children.values()) if shape.parent else []


def _anywhere(shape: Shape) -> list[Shape]:
    return list(shape.lineage()[0].below())


_SHAPES_ALONG: Final[dict[str, Callable[[Shape], Sequence[Shape]]]] = {
    "child": lambda shape: list(shape.children.values()),
    "attribute": lambda shape: list(shape.children.values()),
    "parent": lambda shape: [shape.parent] if shape.parent else [],
    "self": lambda shape: [shape],
    "descendant": lambda shape: list(shape.below()),
    "descendant-or-self": lambda shape: [shape, *shape.below()],
    "ancestor": _above,
    "ancestor-or-self": lambda shape: shape.lineage(),
    "following-sibling": _beside,
    "preceding-sibling": _beside,
    "following": _anywhere,
    "preceding": _anywhere,
    "namespace": lambda _shape: [],
}


def _highest(shapes: frozenset[Shape] | set[Shape]) -> Shape | None:
    """A shape that is above all of these, or is one of them."""
    if not shapes:
        return None
    found, *others = shapes
    for other in others:
        found = found.shares_with(other)
    return found


# --- at run time ---------------------------------------------------------------------------------


def _quick(
    climbed: tuple[str, int],
    down: Sequence[Shape],
    target: Shape,
    shapes: frozenset[Shape],
) -> Compiled:
    """A path whose course is known. Outside repeats its one node is looked up by number."""
    if not target.repeated and target.parent is not None:
        return _single(target, shapes)
    base, up = climbed
    above = ".".join([base, *["parent"] * up])
    pivot = cast("Callable[[Context], AnswerNode]", attrgetter(above))
    course = Course(pivot, tuple(down), lone=not any(shape.repeats for shape in down))
    if not course.lone:
        return _many(course, shapes)
    if not down:
        return _lone(pivot, course, target, shapes)
    slots = cast("Callable[[Context], Sequence[Any]]", attrgetter(f"{above}.slots"))
    return _lone(_descent(slots, [shape.place for shape in down]), course, target, shapes)


def _many(course: Course, shapes: frozenset[Shape]) -> Compiled:
    pivot, down = course.pivot, course.down
    return Compiled("nodes", lambda context: list[Node](pivot(context).reached(down)), shapes=shapes, course=course)


def _descent(slots: Callable[[Context], Sequence[Any]], places: Sequence[int]) -> Callable[[Context], AnswerNode]:
    """The node below those slots, place by place."""
    first, *others = places
    if not others:
        return lambda context: slots(context)[first]

    def find(context: Context) -> AnswerNode:
        node: Any = slots(context)[first]
        for place in others:
            node = node.slots[place]
        found: AnswerNode = node
        return found

    return find


def _single(target: Shape, shapes: frozenset[Shape]) -> Compiled:
    """A place outside repeats."""
    index = target.index

    def find(context: Context) -> AnswerNode:
        return context.env.singles[index]

    def leaf_text(context: Context) -> str:
        return context.env.singles[index].reads

    def leaf_number(context: Context) -> float:
        node = context.env.singles[index]
        number = node.number
        return number_read(node, context.env.zone) if number is None else number

    if not target.is_leaf:
        return _lone(find, Course(find, (), lone=True), target, shapes)
    return Compiled(
        "nodes",
        lambda context: [context.env.singles[index]],
        text=leaf_text,
        quick_number=leaf_number,
        shapes=shapes,
        course=Course(find, (), lone=True, leaf=index),
    )


def _lone(find: Callable[[Context], AnswerNode], course: Course, target: Shape, shapes: frozenset[Shape]) -> Compiled:
    def run(context: Context) -> list[Node]:
        return [find(context)]

    if not target.is_leaf:
        return Compiled("nodes", run, text=lambda context: find(context).string(), shapes=shapes, course=course)

    def leaf_number(context: Context) -> float:
        node = find(context)
        number = node.number
        return number_read(node, context.env.zone) if number is None else number

    def leaf_text(context: Context) -> str:
        return find(context).reads

    return Compiled("nodes", run, text=leaf_text, quick_number=leaf_number, shapes=shapes, course=course)


def _slow(begin: NodesRun, moves: Sequence[_Move]) -> NodesRun:
    def run(context: Context) -> list[Node]:
        nodes = begin(context)
        for move in moves:
            nodes = _moved(context, nodes, move)
        return nodes

    return run


def _moved(context: Context, nodes: list[Node], move: _Move) -> list[Node]:
    found: list[Node] = []
    for node in nodes:
        candidates = list(move.go(node))
        for keep in move.keeps:
            candidates = keep(context, candidates)
        found.extend(candidates)
    return in_document_order(found) if move.sorts and len(found) > 1 else found


def filtered(nodes: NodesRun, predicates: Sequence[Compiled]) -> NodesRun:
    """A node-set narrowed by predicates, counted over the whole set."""
    keeps = [_predicate(predicate) for predicate in predicates]

    def run(context: Context) -> list[Node]:
        found = nodes(context)
        for keep in keeps:
            found = keep(context, found)
        return found

    return run


def _kept(predicate: Expression, scope: Scope, compile_in: CompileIn) -> Keep:
    """A predicate, compiled; one that asks for a place, as in r[2], without looking at every node."""
    sought = sought_place(predicate)
    other = compile_in(sought[1], scope) if sought is not None else None
    if sought is not None and other is not None and other.kind == "number":
        return kept_by_place(sought[0], other.number())
    return _predicate(compile_in(predicate, scope))


def _predicate(compiled: Compiled) -> Keep:
    """A number keeps the node at that place; anything else keeps where it is true."""
    if compiled.kind == "number":
        number = compiled.number()
        return lambda context, nodes: [node for place, node, inner in _each(context, nodes) if number(inner) == place]
    if compiled.kind == "any":
        run, truth = compiled.run, compiled.truth()

        def keep(context: Context, nodes: list[Node]) -> list[Node]:
            kept: list[Node] = []
            for place, node, inner in _each(context, nodes):
                value = run(inner)
                if value == float(place) if isinstance(value, float) else truth(inner):
                    kept.append(node)
            return kept

        return keep
    truth = compiled.truth()
    return lambda context, nodes: [node for _place, node, inner in _each(context, nodes) if truth(inner)]


def _each(context: Context, nodes: list[Node]) -> list[tuple[int, Node, Context]]:
    size = len(nodes)
    return [
        (place, node, Context(context.env, node, context.current, place, size))
        for place, node in enumerate(nodes, start=1)
    ]
