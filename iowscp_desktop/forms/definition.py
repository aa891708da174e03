"""The places of a form with the rules that hold there, and what a fresh node of each place contains."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from iowscp_desktop.errors import FormUnreadable
from iowscp_desktop.forms.casting import cast_text
from iowscp_desktop.forms.xform import JR, Bind, BodyPart, XForm
from iowscp_desktop.forms.xml import Element, elements
from iowscp_desktop.forms.xpath.answers import Shape

TEMPLATE = f"{JR}template"
_NO_BIND = Bind(nodeset="")


class Definition(Shape):
    """A place of a form: its bind, its control, and the repeat's settings when it is one."""

    __slots__ = ("bind", "body", "group", "repeat_body", "seeds", "template")

    def __init__(self, name: str, parent: "Definition | None", index: int, *, shown: str = "") -> None:
        super().__init__(name, parent, index, shown=shown)
        self.bind: Bind = _NO_BIND
        self.body: BodyPart | None = None
        self.group: BodyPart | None = None
        self.repeat_body: BodyPart | None = None
        self.template: Seed | None = None
        self.seeds: list[Seed] = []
        """Of a repeat inside the first instance: what its n-th instance holds when the form makes it."""

    @property
    def is_question(self) -> bool:
        """Whether a person may be asked for it."""
        return self.body is not None

    @property
    def is_attribute(self) -> bool:
        """Whether it is an attribute of its parent."""
        return self.name.startswith("@")


@dataclass(slots=True)
class Seed:
    """What a new node holds: its text, or the seeds of what is in it, in the order of the shape's places."""

    shape: Definition
    value: str = ""
    inside: list["Seed"] = field(default_factory=list["Seed"])


class Definitions:
    """Every place of a form: by path, and in the order of their numbers."""

    def __init__(self, form: XForm) -> None:
        self._form = form
        self._prefixes = {uri: prefix for prefix, uri in reversed(form.prefixes.items())}
        self.document = Definition("", None, 0)
        self.every: list[Definition] = [self.document]
        repeats = {part.ref: part for part in _all_parts(form.body) if part.control == "repeat"}
        root = self._define(form.instance, self.document)
        for ref, part in repeats.items():
            place = self.find(ref)
            if place is None:
                raise FormUnreadable(f"a repeat points to “{ref}”, which is not in its data")
            place.make_repeat()
            place.repeat_body = part
        self.root = root
        self.by_path = {place.path: place for place in self.every[1:]}
        self.kept_empty: frozenset[int] = frozenset()
        """The indexes of places where it is an answer that there is none: they held or worked out something before."""
        self.seed = self._seed(form.instance, root)
        self._find_templates(form.instance, root)

    def find(self, path: str) -> Definition | None:
        """The place at a path such as /data/group/q, or /data/q/@note; None when there is none."""
        place: Shape = self.document
        for step in path.strip().strip("/").split("/"):
            found = place.children.get(self._clark(step.strip()))
            if found is None:
                return None
            place = found
        return place if isinstance(place, Definition) and place is not self.document else None

    def _clark(self, step: str) -> str:
        mark, name = ("@", step[1:]) if step.startswith("@") else ("", step)
        prefix, colon, local = name.partition(":")
        if not colon:
            return mark + name
        uri = self._form.prefixes.get(prefix, "")
        return mark + (local if uri in self._form.own else f"{{{uri}}}{local}")

    def _shown(self, name: str) -> str:
        mark, bare = ("@", name[1:]) if name.startswith("@") else ("", name)
        if not bare.startswith("{"):
            return name
        uri, _, local = bare[1:].partition("}")
        prefix = self._prefixes.get(uri, "")
        return f"{mark}{prefix}:{local}" if prefix else f"{mark}{local}"

    def _add(self, name: str, parent: Definition) -> Definition:
        found = parent.children.get(name)
        if isinstance(found, Definition):
            return found
        made = Definition(name, parent, len(self.every), shown=self._shown(name))
        self.every.append(made)
        return made

    def _define(self, element: Element, parent: Definition) -> Definition:
        """A place for an element, its attributes and everything in it. Nesting was bounded when it was read."""
        place = self._add(self._form.name_of(element), parent)
        for name in element.attrib:
            if str(name) != TEMPLATE:
                self._add(f"@{self._own(str(name))}", place)
        for child in elements(element):
            self._define(child, place)
        return place

    def _own(self, name: str) -> str:
        if name.startswith("{"):
            uri, _, local = name[1:].partition("}")
            return local if uri in self._form.own else name
        return name

    def _seed(self, element: Element, place: Definition) -> Seed:
        """What the element holds: for each place below it one seed, for a repeat one for each instance."""
        by_name: dict[str, list[Element]] = {}
        for child in elements(element):
            by_name.setdefault(self._form.name_of(child), []).append(child)
        attributes = {f"@{self._own(str(name))}": str(text) for name, text in element.attrib.items()}
        seed = Seed(place, _text(element) if place.is_leaf else "")
        for shape in place.children.values():
            if not isinstance(shape, Definition):
                continue
            given = by_name.get(shape.name, [])
            if shape.is_attribute:
                seed.inside.append(Seed(shape, attributes.get(shape.name, "")))
            elif shape.repeats:
                seed.inside.extend(self._seed(one, shape) for one in given if TEMPLATE not in one.attrib)
            else:
                seed.inside.append(self._seed(given[0], shape) if given else _empty(shape))
        return seed

    def _find_templates(self, element: Element, place: Definition) -> None:
        """Each repeat's template: the marked one, or what is in the first instance there is, without its answers."""
        for child in elements(element):
            shape = place.children.get(self._form.name_of(child))
            if not isinstance(shape, Definition):
                continue
            if shape.repeats and TEMPLATE in child.attrib:
                shape.template = self._seed(child, shape)
            elif shape.repeats and shape.template is None:
                shape.template = _blank(self._seed(child, shape))
            if shape.repeats and TEMPLATE not in child.attrib and not place.repeated:
                shape.seeds.append(self._seed(child, shape))
            self._find_templates(child, shape)

    def bind_all(self) -> list[str]:
        """Hang binds and controls on their places. Returns the references that lead nowhere."""
        lost: list[str] = []
        for bind in self._form.binds:
            path = bind.nodeset if bind.nodeset.startswith("/") else f"{self.root.path}/{bind.nodeset}"
            place = self.find(path)
            if place is None:
                lost.append(bind.nodeset)
            else:
                place.bind = bind
        for part in _all_parts(self._form.body):
            place = self.find(part.ref) if part.ref else None
            if part.ref and place is None:
                lost.append(part.ref)
            elif place is not None and part.control == "group":
                place.group = place.group or part
            elif place is not None and part.control != "repeat":
                place.body = place.body or part
        self.kept_empty = frozenset(
            index
            for seed in (self.seed, *(seed for place in self.every for seed in (place.template, *place.seeds)))
            for index in _cast(seed)
        ) | {place.index for place in self.every if place.body is not None and place.bind.calculate}
        return lost


def _cast(seed: Seed | None) -> Iterator[int]:
    """Defaults are values of their place's type, like answers. Yields the indexes of places that have one."""
    stack = [] if seed is None else [seed]
    while stack:
        at = stack.pop()
        at.value = cast_text(at.shape.bind.type, at.value)
        if at.value:
            yield at.shape.index
        stack.extend(at.inside)


def _all_parts(parts: list[BodyPart]) -> Iterator[BodyPart]:
    for part in parts:
        yield part
        yield from _all_parts(part.parts)


def _text(element: Element) -> str:
    text = "".join(str(part) for part in element.itertext())
    return "" if text.isspace() else text


def _blank(seed: Seed) -> Seed:
    return Seed(seed.shape, seed.value if seed.shape.is_attribute else "", [_blank(inner) for inner in seed.inside])


def _empty(place: Definition) -> Seed:
    kids = [kid for kid in place.children.values() if isinstance(kid, Definition) and not kid.repeats]
    return Seed(place, "", [_empty(kid) for kid in kids])
