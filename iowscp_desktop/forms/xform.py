"""Reads an XForm's XML into plain parts: instances, binds, body, actions and texts. It works nothing out."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, NamedTuple

from lxml import etree

from iowscp_desktop.errors import FormUnreadable
from iowscp_desktop.forms.xml import Element, attributes, by_name, elements, local_name, named, read_xml
from iowscp_desktop.forms.xpath.nodes import PREFIXES, XFORMS, plain_name

JR: Final = "{http://openrosa.org/javarosa}"
ODK: Final = "{http://www.opendatakit.org/xforms}"
ORX: Final = "{http://openrosa.org/xforms}"
CONTROLS: Final = frozenset({"input", "secret", "select", "select1", "rank", "trigger", "range", "upload"})
_CONTAINERS: Final = frozenset({"group", "repeat"})
_ACTIONS: Final = frozenset({"setvalue"})
OTHER_ACTIONS: Final = frozenset({"setgeopoint", "recordaudio", "send", "insert", "delete", "toggle", "setfocus"})
MOST_DEPTH: Final = 80
_NONE: Final[Mapping[str, str]] = MappingProxyType({})
_NO_SETTINGS: Final = frozenset({"ref", "nodeset", "appearance", "query"})


class Bind(NamedTuple):
    """The rules for one place of the form, as text. `others` are attributes of foreign namespaces, kept as found."""

    nodeset: str
    id: str = ""
    type: str = "string"
    relevant: str = ""
    required: str = ""
    readonly: str = ""
    constraint: str = ""
    calculate: str = ""
    constraint_message: str = ""
    required_message: str = ""
    preload: str = ""
    preload_parameter: str = ""
    others: Mapping[str, str] = _NONE


@dataclass(frozen=True, slots=True)
class SetValue:
    """An action: when one of `events` happens, put a value into `ref`. `trigger` is the place it hangs on."""

    events: frozenset[str]
    ref: str
    value: str
    text: str
    trigger: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One choice written into the body."""

    value: str
    label: Element | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Itemset:
    """Choices that come from nodes: where they are, and which of their children are value and label."""

    nodeset: str
    value: str
    label: str
    external: bool = False
    """Whether the nodes are rows of the attached external choices, whose labels are columns for each language."""


@dataclass(slots=True, kw_only=True)
class BodyPart:
    """A group, repeat or question as the body shows it. `ref` is the path of its answers, '' for a bare group."""

    control: str
    ref: str
    appearance: str = ""
    label: Element | None = None
    hint: Element | None = None
    guidance: Element | None = None
    count: str = ""
    fixed: bool = False
    items: list[Item] = field(default_factory=list[Item])
    itemset: Itemset | None = None
    settings: Mapping[str, str] = field(default_factory=dict[str, str])
    parts: list["BodyPart"] = field(default_factory=list["BodyPart"])


@dataclass(slots=True, kw_only=True)
class XForm:
    """The parts of an XForm."""

    title: str
    instance: Element
    instance_id: str
    secondary: dict[str, Element]
    binds: list[Bind]
    body: list[BodyPart]
    body_class: str
    actions: list[SetValue]
    itext: Element | None
    prefixes: dict[str, str]
    own: frozenset[str]
    submission: Mapping[str, str]
    other_actions: list[str]

    def name_of(self, element: Element) -> str:
        """An element's name as nodes carry it."""
        return plain_name(str(element.tag), self.own)


def read_xform(xml: str) -> XForm:
    """Take an XForm apart.

    Raises:
        FormUnreadable: It is not XML, nests absurdly, or lacks what every XForm has.
    """
    root = read_xml(xml)
    _refuse_depths(root)
    model = next(named(root, "model"), None)
    if model is None:
        raise FormUnreadable("it has no model, so it is not an XForm")
    parts = by_name(model)
    instances = parts.get("instance", [])
    main = next((found for found in instances[:1] for found in elements(found)), None)
    if main is None:
        raise FormUnreadable("its first instance is empty")
    body = next((found for found in elements(root) if local_name(found) == "body"), None)
    title = next(named(root, "title"), None)
    binds = [_bind(found) for found in named(model, "bind")]
    reader = _BodyReader({bind.id: bind.nodeset for bind in binds if bind.id})
    prefixes = {**PREFIXES, **{prefix: uri for prefix, uri in _namespaces(root, main) if prefix}}
    submission = next(iter(parts.get("submission", [])), None)
    return XForm(
        title=(title.text or "").strip() if title is not None else "",
        instance=main,
        instance_id=str(instances[0].get("id") or ""),
        secondary={str(found.get("id")): found for found in instances[1:] if found.get("id")},
        binds=binds,
        body=reader.parts(body, "") if body is not None else [],
        body_class=str(body.get("class") or "") if body is not None else "",
        actions=[*reader.model_actions(parts), *reader.actions],
        itext=next(iter(parts.get("itext", [])), None),
        prefixes=prefixes,
        own=frozenset({"", XFORMS, etree.QName(main).namespace or ""}),
        submission={str(name): str(text) for name, text in submission.attrib.items()} if submission is not None else {},
        other_actions=reader.other_actions,
    )


_TOO_DEEP: Final = etree.XPath(f"boolean({'/*' * (MOST_DEPTH + 1)})")


def _refuse_depths(root: Element) -> None:
    if _TOO_DEEP(root):
        raise FormUnreadable(f"its groups nest more than {MOST_DEPTH} deep")


def _namespaces(*elements: Element) -> Iterator[tuple[str, str]]:
    for element in elements:
        for prefix, uri in element.nsmap.items():
            yield prefix or "", uri


_BIND_FIELDS: Final = {
    "relevant": "relevant",
    "required": "required",
    "readonly": "readonly",
    "constraint": "constraint",
    "calculate": "calculate",
    f"{JR}constraintMsg": "constraint_message",
    f"{JR}requiredMsg": "required_message",
    f"{JR}preload": "preload",
    f"{JR}preloadParams": "preload_parameter",
}


def _bind(element: Element) -> Bind:
    known: dict[str, str] = {}
    others: dict[str, str] = {}
    for name, text in attributes(element):
        field_name = _BIND_FIELDS.get(name)
        if field_name:
            known[field_name] = text.strip()
        elif name.startswith("{"):
            others[name] = text
    return Bind(
        nodeset=str(element.get("nodeset") or element.get("ref") or "").strip(),
        id=str(element.get("id") or ""),
        type=str(element.get("type") or "string").rpartition(":")[2],
        others=others or _NONE,
        **known,
    )


class _BodyReader:
    """Walks the body, remembering where it is: refs may be relative to the group they are in."""

    def __init__(self, by_id: Mapping[str, str]) -> None:
        self._by_id = by_id
        self.actions: list[SetValue] = []
        self.other_actions: list[str] = []

    def model_actions(self, parts: Mapping[str, list[Element]]) -> list[SetValue]:
        """Actions that hang on the whole form."""
        self.other_actions.extend(name for name in sorted(OTHER_ACTIONS) for _each in parts.get(name, ()))
        return [self._action(found, "") for name in _ACTIONS for found in parts.get(name, ())]

    def parts(self, element: Element, context: str) -> list[BodyPart]:
        """What is shown inside an element. Wrappers that mean nothing here are looked through."""
        found: list[BodyPart] = []
        for child in elements(element):
            name = local_name(child)
            if name in CONTROLS:
                found.append(self._question(child, context))
            elif name in _CONTAINERS:
                found.append(self._container(child, context))
            elif name in _ACTIONS:
                self.actions.append(self._action(child, context))
            elif name in OTHER_ACTIONS:
                self.other_actions.append(name)
            elif name not in {"label", "hint", "help", "alert"}:
                found.extend(self.parts(child, context))
        return found

    def _container(self, element: Element, context: str) -> BodyPart:
        name = local_name(element)
        ref = str(element.get("nodeset" if name == "repeat" else "ref") or element.get("ref") or "")
        where = absolute(ref, context) if ref else ""
        part = self._part(element, where)
        part.count = str(element.get(f"{JR}count") or "")
        part.fixed = str(element.get(f"{JR}noAddRemove") or "").replace(" ", "") == "true()"
        part.parts = self.parts(element, where or context)
        return part

    def _question(self, element: Element, context: str) -> BodyPart:
        ref = str(element.get("ref") or element.get("nodeset") or self._bound(element))
        where = absolute(ref, context)
        part = self._part(element, where)
        for child in elements(element):
            name = local_name(child)
            if name == "item":
                part.items.append(_item(child))
            elif name == "itemset":
                part.itemset = _itemset(child)
            elif name in _ACTIONS:
                self.actions.append(self._action(child, where))
            elif name in OTHER_ACTIONS:
                self.other_actions.append(name)
        query = str(element.get("query") or "").strip()
        if query and part.itemset is None:  # how select_one_external is written
            part.control = "select1"
            part.itemset = Itemset(nodeset=query, value="name", label="label", external=True)
        return part

    def _part(self, element: Element, ref: str) -> BodyPart:
        label: Element | None = None
        hint: Element | None = None
        for child in element:
            name = local_name(child)
            if name == "label" and label is None:
                label = child
            elif name in {"hint", "help"} and hint is None:
                hint = child
        return BodyPart(
            control=local_name(element),
            ref=ref,
            appearance=str(element.get("appearance") or ""),
            label=label,
            hint=hint,
            settings={name: text for name, text in attributes(element) if name not in _NO_SETTINGS},
        )

    def _bound(self, element: Element) -> str:
        """What an element points to by the id of a bind."""
        bind = str(element.get("bind") or "")
        return self._by_id.get(bind, bind)

    def _action(self, element: Element, context: str) -> SetValue:
        events = str(element.get("event") or element.get("{http://www.w3.org/2001/xml-events}event") or "")
        ref = str(element.get("ref") or self._bound(element)).strip()
        return SetValue(
            events=frozenset(events.split()),
            ref=ref,
            value=str(element.get("value") or "").strip(),
            text=(element.text or "").strip(),
            trigger=context,
        )


def _item(element: Element) -> Item:
    value = next((child for child in elements(element) if local_name(child) == "value"), None)
    label = next((child for child in elements(element) if local_name(child) == "label"), None)
    return Item(value=(value.text or "").strip() if value is not None else "", label=label)


def _itemset(element: Element) -> Itemset:
    value = next((child for child in elements(element) if local_name(child) in {"value", "copy"}), None)
    label = next((child for child in elements(element) if local_name(child) == "label"), None)
    return Itemset(
        nodeset=str(element.get("nodeset") or ""),
        value=str(value.get("ref") or "name") if value is not None else "name",
        label=str(label.get("ref") or "label") if label is not None else "",
    )


_PLAIN: Final = re.compile(r"(?:/[^/.\s]+)+\Z")


def absolute(ref: str, context: str) -> str:
    """A body reference as a path from the root: `q` in the group /data/g is /data/g/q."""
    if _PLAIN.match(ref):
        return ref
    text = ref.strip().removeprefix("current()/")
    parts = [] if text.startswith("/") else context.split("/")[1:]
    for step in text.split("/"):
        if step == ".." and parts:
            parts.pop()
        elif step not in {"", "."}:
            parts.append(step.strip())
    return "/" + "/".join(parts)
