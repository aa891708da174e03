"""Trees that expressions walk over. A document read from a file is made of `TreeNode`; answers bring their own."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Literal

from lxml import etree
from typing_extensions import override

from iowscp_desktop.forms.xml import Element

NodeKind = Literal["document", "element", "attribute", "text", "comment", "processing-instruction"]

PREFIXES: Final = {
    "h": "http://www.w3.org/1999/xhtml",
    "xhtml": "http://www.w3.org/1999/xhtml",
    "jr": "http://openrosa.org/javarosa",
    "orx": "http://openrosa.org/xforms",
    "odk": "http://www.opendatakit.org/xforms",
    "ev": "http://www.w3.org/2001/xml-events",
    "xml": "http://www.w3.org/XML/1998/namespace",
    "ex": "http://opendatakit.org/xforms/externals",
}
XFORMS: Final = "http://www.w3.org/2002/xforms"
MOST_XML_DEPTH: Final = 200


class Node:
    """What a path can reach. Subclasses say what they hold; names are `{namespace}local`, or bare for forms' own."""

    __slots__ = ("kind", "name", "parent")

    def __init__(self, name: str, parent: "Node | None", kind: NodeKind = "element") -> None:
        self.name = name
        self.parent = parent
        self.kind: NodeKind = kind

    @property
    def counts(self) -> bool:
        """Whether expressions see this node at all: answers that are not relevant are not seen."""
        return True

    def string(self) -> str:
        """The node's text and that of everything below it."""
        return ""

    def elements(self) -> Sequence["Node"]:
        """Child elements, in document order."""
        return ()

    def children(self) -> Sequence["Node"]:
        """Every child node, texts and comments included, in document order."""
        return self.elements()

    def attributes(self) -> Sequence["Node"]:
        """Attributes, as nodes."""
        return ()

    def below(self) -> Iterator["Node"]:
        """Every node below this one, in document order."""
        for child in self.children():
            yield child
            yield from child.below()


class TreeNode(Node):
    """A node of a document that does not change: a secondary instance, or a form looked at as data."""

    __slots__ = ("_attributes", "_children", "_elements", "_string", "_text")

    def __init__(self, name: str, parent: Node | None, kind: NodeKind = "element", text: str = "") -> None:
        super().__init__(name, parent, kind)
        self._text = text
        self._children: list[Node] = []
        self._elements: list[Node] = []
        self._attributes: list[Node] = []
        self._string: str | None = None

    def add(self, child: "TreeNode") -> None:
        """Append a child. Only while the tree is being built."""
        self._children.append(child)
        if child.kind == "element":
            self._elements.append(child)

    def add_attribute(self, name: str, text: str) -> None:
        """Append an attribute. Only while the tree is being built."""
        self._attributes.append(TreeNode(name, self, "attribute", text))

    @override
    def string(self) -> str:
        """The text of this node; of an element, the texts of all elements and texts in it."""
        if self._string is None:
            if self.kind in {"element", "document"}:
                inner = [c for c in self._children if c.kind in {"element", "text"}]
                self._string = "".join(child.string() for child in inner)
            else:
                self._string = self._text
        return self._string

    @override
    def elements(self) -> Sequence[Node]:
        """Child elements, in document order."""
        return self._elements

    @override
    def children(self) -> Sequence[Node]:
        """Every child node, in document order."""
        return self._children

    @override
    def attributes(self) -> Sequence[Node]:
        """Attributes, as nodes."""
        return self._attributes


# --- reading documents --------------------------------------------------------------------------------------


def plain_name(tag: str, own: frozenset[str]) -> str:
    """Lxml's tag without its namespace when that is one of the form's own."""
    if tag.startswith("{"):
        namespace, _, local = tag[1:].partition("}")
        return local if namespace in own else tag
    return tag


def tree_of(element: Element, own: frozenset[str], parent: Node | None = None) -> TreeNode:
    """An lxml element as nodes. Walks without recursion: a hostile file may nest deeply."""
    top = TreeNode(plain_name(str(element.tag), own), parent)
    stack = [(element, top)]
    while stack:
        source, node = stack.pop()
        for name, text in source.attrib.items():
            node.add_attribute(plain_name(str(name), own), str(text))
        if source.text:
            node.add(TreeNode("", node, "text", source.text))
        for child in source:
            made = _node_of(child, own, node)
            node.add(made)
            if made.kind == "element":
                stack.append((child, made))
            if child.tail:
                node.add(TreeNode("", node, "text", child.tail))
    return top


def _node_of(child: Element, own: frozenset[str], parent: Node) -> TreeNode:
    kind: object = child.tag  # lxml keeps a function here for what is no element
    if kind is etree.Comment:
        return TreeNode("", parent, "comment", child.text or "")
    if kind is etree.ProcessingInstruction:
        return TreeNode("", parent, "processing-instruction", child.text or "")
    return TreeNode(plain_name(str(child.tag), own), parent)


# --- order ---------------------------------------------------------------------------------------


def root_of(node: Node) -> Node:
    """The topmost node above this one."""
    while node.parent is not None:
        node = node.parent
    return node


def in_document_order(nodes: Iterable[Node]) -> list[Node]:
    """Each node once, in document order. Nodes of different documents keep the order of their documents."""
    unique = list(dict.fromkeys(nodes))
    if len(unique) < 2:
        return unique
    return sorted(unique, key=_place)


def _place(node: Node) -> tuple[int, ...]:
    places: list[int] = []
    while node.parent is not None:
        above = node.parent
        if node.kind == "attribute":
            places.append(-1 - len(above.attributes()) + list(above.attributes()).index(node))
        else:
            places.append(list(above.children()).index(node))
        node = above
    return tuple(reversed(places))
