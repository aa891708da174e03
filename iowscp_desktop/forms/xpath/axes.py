"""Walking a tree by axis and name test, for paths whose course is not known beforehand."""

from collections.abc import Callable, Sequence
from typing import Final

from iowscp_desktop.forms.xpath.nodes import Node

Walk = Callable[[Node], Sequence[Node]]


def _parent(node: Node) -> Sequence[Node]:
    return () if node.parent is None else (node.parent,)


def _ancestors(node: Node) -> Sequence[Node]:
    found: list[Node] = []
    while node.parent is not None:
        node = node.parent
        found.append(node)
    return found


def _following_siblings(node: Node) -> Sequence[Node]:
    if node.parent is None or node.kind == "attribute":
        return ()
    kin = list(node.parent.children())
    return kin[kin.index(node) + 1 :]


def _preceding_siblings(node: Node) -> Sequence[Node]:
    if node.parent is None or node.kind == "attribute":
        return ()
    kin = list(node.parent.children())
    return kin[: kin.index(node)][::-1]


def _following(node: Node) -> Sequence[Node]:
    found: list[Node] = []
    for above in (node, *_ancestors(node)):
        for sibling in _following_siblings(above):
            found.append(sibling)
            found.extend(sibling.below())
    return found


def _preceding(node: Node) -> Sequence[Node]:
    found: list[Node] = []
    for above in (node, *_ancestors(node)):
        for sibling in _preceding_siblings(above):
            found.extend([sibling, *sibling.below()][::-1])
    return found


_WALKS: Final[dict[str, Walk]] = {
    "child": lambda node: node.children(),
    "parent": _parent,
    "self": lambda node: (node,),
    "descendant": lambda node: list(node.below()),
    "descendant-or-self": lambda node: [node, *node.below()],
    "ancestor": _ancestors,
    "ancestor-or-self": lambda node: (node, *_ancestors(node)),
    "following-sibling": _following_siblings,
    "preceding-sibling": _preceding_siblings,
    "following": _following,
    "preceding": _preceding,
    "attribute": lambda node: node.attributes(),
    "namespace": lambda _node: (),
}
KEEPS_ORDER: Final = frozenset({"child", "self", "attribute"})
"""Axes that turn nodes in document order, none inside another, into nodes in document order, each once."""


def walk(axis: str, test: str) -> Walk:
    """The nodes on an axis that pass a name test. `test` is a full name, `*`, or a kind such as `node()`."""
    along = _WALKS[axis]
    if test == "node()":
        return along
    if axis == "child" and not test.endswith("()"):
        if test == "*":
            return lambda node: node.elements()
        return lambda node: [child for child in node.elements() if child.name == test]
    passes = _passes("attribute" if axis == "attribute" else "element", test)
    return lambda node: [found for found in along(node) if passes(found)]


def _passes(principal: str, test: str) -> Callable[[Node], bool]:
    if test.endswith("()"):
        kind = test[:-2]
        return lambda node: node.kind == kind
    if test == "*":
        return lambda node: node.kind == principal
    if test.endswith("*"):  # {namespace}*
        return lambda node: node.kind == principal and node.name.startswith(test[:-1])
    if principal == "attribute":
        return lambda node: node.name.removeprefix("@") == test
    return lambda node: node.kind == principal and node.name == test
