"""Our engine as the scorer of recorded cases wants to see it."""

import itertools
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from random import Random
from typing import Any
from xml.dom import minidom
from zoneinfo import ZoneInfo

from typing_extensions import override

from iowscp_desktop.forms.loader import load_form
from iowscp_desktop.forms.script import described
from iowscp_desktop.forms.xpath.answers import Shape
from iowscp_desktop.forms.xpath.compile import compile_text
from iowscp_desktop.forms.xpath.expressions import Context, Environment
from iowscp_desktop.forms.xpath.nodes import PREFIXES, XFORMS, Node, TreeNode
from iowscp_desktop.forms.xpath.scope import Scope

ZONE = ZoneInfo("America/Phoenix")
OWN = frozenset({XFORMS, ""})


class Documents(Environment):
    """A document that expressions are evaluated in, as the recorded XPath cases have it."""

    def __init__(self, top: Node, root: Node, language: str | None) -> None:
        super().__init__(root, moment=datetime(2026, 1, 31, 12, tzinfo=UTC), zone=ZONE, random=Random(1))
        self.top = top
        self.language = language

    @override
    def instance(self, name: str) -> list[Node]:
        return [node for node in self.top.below() if node.name == "instance" and attribute(node, "id") == name]

    @override
    def translation(self, text_id: str, context: Context) -> list[Node]:
        spoken = [node for node in self.top.below() if node.name == "translation"]
        chosen = [node for node in spoken if attribute(node, "lang") == self.language] or [
            node for node in spoken if any(found.name == "default" for found in node.attributes())
        ]
        return [
            value
            for translation in (chosen or spoken)[:1]
            for text in translation.elements()
            if attribute(text, "id") == text_id
            for value in text.elements()
        ]


def attribute(node: Node, name: str) -> str:
    return next((found.string() for found in node.attributes() if found.name == name), "")


def document(xml: str) -> TreeNode:
    """The document as a browser's DOM has it: its type is a node, and CDATA sections are texts of their own."""
    top = TreeNode("", None, "document")
    _add_children(top, minidom.parseString(xml.strip()).childNodes)  # noqa: S318 - recorded cases
    return top


def _add_children(above: TreeNode, found: Iterable[Any]) -> None:
    for dom in found:
        match dom.nodeType:
            case dom.ELEMENT_NODE:
                node = TreeNode(_name(dom), above)
                for found_attribute in dom.attributes.values():
                    if not found_attribute.name.startswith("xmlns"):
                        node.add_attribute(_name(found_attribute), found_attribute.value)
                _add_children(node, dom.childNodes)
            case dom.TEXT_NODE | dom.CDATA_SECTION_NODE:
                node = TreeNode("", above, "text", dom.data)
            case dom.COMMENT_NODE:
                node = TreeNode("", above, "comment", dom.data)
            case dom.PROCESSING_INSTRUCTION_NODE:
                node = TreeNode("", above, "processing-instruction", dom.data)
            case _:
                node = TreeNode("", above, "document")
        above.add(node)


def _name(dom: Any) -> str:
    local = dom.localName or dom.nodeName
    return f"{{{dom.namespaceURI}}}{local}" if dom.namespaceURI not in {None, *OWN} else local


SEGMENT = re.compile(r"(\*|text\(\)|comment\(\)|processing-instruction\(\)|node\(\)|@[^/\[]+)(?:\[(\d+)\])?")
KINDS = {
    "text()": "text",
    "comment()": "comment",
    "processing-instruction()": "processing-instruction",
    "*": "element",
}


def at(top: Node, path: str) -> Node:
    node = top
    for test, place in SEGMENT.findall(path):
        if test.startswith("@"):
            local = test[1:].rpartition(":")[2]
            node = next(a for a in node.attributes() if a.name.rpartition("}")[2] == local)
        else:
            node = [child for child in node.children() if child.kind == KINDS[test]][int(place) - 1]
    return node


def place(node: Node) -> str:
    if node.parent is None:
        return "/"
    above = place(node.parent).rstrip("/")
    if node.kind == "attribute":
        return f"{above}/@{node.name.rpartition('}')[2]}"
    if node.kind == "document":
        return f"{above}/node()[1]"
    kin = [child for child in node.parent.children() if child.kind == node.kind]
    test = next(test for test, kind in KINDS.items() if kind == node.kind)
    return f"{above}/{test}[{kin.index(node) + 1}]"


def shapes(root: Node) -> tuple[Shape, dict[Node, Shape]]:
    """The shapes of a document, found out from what is there: a name that comes twice repeats."""
    top = Shape("", None, 0)
    known: dict[Node, Shape] = {root: top}
    for node in root.below():
        if node.kind != "element" or node.parent not in known:
            continue
        above = known[node.parent]
        if node.name in above.children:
            above.children[node.name].make_repeat()
        else:
            Shape(node.name, above, len(known))
        known[node] = above.children[node.name]
    return top, known


class Engine:
    def __init__(self, xform_xml: str, media: dict[str, str], *, tz: str, preload: dict[str, str] | None) -> None:
        moment = datetime(2026, 11, 23, 19, tzinfo=UTC)  # the day the cases were recorded
        numbers = itertools.count(1)
        self.session = load_form(xform_xml, media=media).start(
            clock=lambda: moment,
            zone=ZoneInfo(tz),
            random=Random(1),
            new_uuid=lambda: f"00000000-0000-4000-8000-{next(numbers):012d}",
            preload=preload or {},
        )

    def set(self, ref: str, value: str) -> None:
        self.session.set(ref, value)

    def add_repeat(self, ref: str) -> None:
        self.session.add_repeat(ref)

    def remove_repeat(self, ref: str) -> None:
        self.session.remove_repeat(ref)

    def set_language(self, name: str) -> None:
        self.session.set_language(name)

    def state(self) -> list[dict[str, Any]]:
        return [described(state) for state in self.session.state()]

    @staticmethod
    def evaluate(xml: str, context: str, root: str, expr: str, want: str, lang: str | None) -> Any:
        top = document(xml)
        start, node = at(top, root), at(top, context)
        top_shape, known = shapes(start)
        prefixes = {**PREFIXES, **_declared(xml)}
        shape = known.get(node)
        scope = Scope(
            document=top_shape,
            origin=shape,
            here=frozenset({shape}) if shape else frozenset(),
            prefixes=prefixes,
            own=OWN,
            unknown=[],
        )
        compiled = compile_text(expr, scope)
        where = Context(Documents(top, start, lang), node, node)
        if want == "number":
            return compiled.number()(where)
        if want == "boolean":
            return compiled.truth()(where)
        if want == "string":
            return compiled.text(where)
        return [place(one) for one in compiled.nodes()(where)]


def _declared(xml: str) -> dict[str, str]:
    return dict(re.findall(r'xmlns:([\w.-]+)="([^"]*)"', xml))
