"""The places of a form with the rules that hold there, and what a fresh node of each place contains."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from iowscp_desktop.errors import FormUnreadable
from iowscp_desktop.forms.casting import cast_text
from iowscp_desktop.forms.xform import JR, Bind, BodyPart, XForm
from iowscp_desktop.forms.xml import Element, attributes, is_element
from iowscp_desktop.forms.xpath.answers import Shape
from iowscp_desktop.forms.xpath.nodes import plain_name
from iowscp_desktop.forms.xpath.values import plain_number

TEMPLATE = f"{JR}template"
DEFAULT_ID: Final = "default-"
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
    def places(self) -> Iterator["Definition"]:
        """The places directly below, in order."""
        return (shape for shape in self.children.values() if isinstance(shape, Definition))

    @property
    def is_question(self) -> bool:
        """Whether a person may be asked for it."""
        return self.body is not None

    @property
    def is_attribute(self) -> bool:
        """Whether it is an attribute of its parent."""
        return self.name.startswith("@")


@dataclass(slots=True, eq=False)
class Seed:
    """What a new node holds: its text, and for each place of its shape a seed, or of a repeat one for each instance."""

    shape: Definition
    value: str = ""
    inside: Sequence["Seed | list[Seed]"] = ()
    instance: str = ""
    """The id of the repeat's instance that it makes."""
    number: float | None = field(init=False)
    """The text as a number, when it writes one out."""
    leaves: Sequence["Seed"] = field(init=False)
    """The same when there is nothing but leaves in it, as in most instances of repeats."""

    def __post_init__(self) -> None:
        self.number = plain_number(self.value) if self.value else None
        leaves = [inner for inner in self.inside if isinstance(inner, Seed) and not inner.inside]
        self.leaves = leaves if len(leaves) == len(self.inside) else ()


class Definitions:
    """Every place of a form: by path, and in the order of their numbers."""

    def __init__(self, form: XForm) -> None:
        self._form = form
        self._prefixes = {uri: prefix for prefix, uri in reversed(form.prefixes.items())}
        self._own_names: dict[str, str] = {}
        self.document = Definition("", None, 0)
        self.every: list[Definition] = [self.document]
        self.root = self._add(form.name_of(form.instance), self.document)
        self._read = self._look_through(form.instance, self.root)
        for part in _all_parts(form.body):
            if part.control == "repeat":
                self._make_repeat(part)
        self.by_path = {place.path: place for place in self.every[1:]}
        self.kept_empty: frozenset[int] = frozenset()
        """The indexes of places where it is an answer that there is none: they held or worked out something before."""
        self.preloaded: tuple[Definition, ...] = ()
        """The places that are filled in by the program."""
        self.seed = Seed(self.root)
        """What a fresh response holds. Known once binds are, which say what kind of values defaults are."""

    def _make_repeat(self, part: BodyPart) -> None:
        place = self.find(part.ref)
        if place is None:
            raise FormUnreadable(f"a repeat points to “{part.ref}”, which is not in its data")
        place.make_repeat()
        place.repeat_body = part

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

    def _look_through(self, element: Element, place: Definition) -> "_Read":
        """What an element and everything in it hold, with a place for each. Nesting was bounded when it was read."""
        found = _Read(place, {})
        for name, text in attributes(element):
            if name == TEMPLATE:
                found.is_template = True
            else:
                shape = self._add(f"@{self._own(name)}", place)
                found.inside.setdefault(shape.name, []).append(_Read(shape, {}, text))
        empty = True
        for child in element:
            if is_element(child):
                empty = False
                shape = self._add(self._own(child.tag), place)
                found.inside.setdefault(shape.name, []).append(self._look_through(child, shape))
        if empty:
            found.text = (element.text or "") if len(element) == 0 else _text(element)
        return found

    def _own(self, name: str) -> str:
        """A name as nodes carry it."""
        known = self._own_names.get(name)
        if known is None:
            known = self._own_names[name] = plain_name(name, self._form.own)
        return known

    def _seed(self, read: "_Read", held: set[int]) -> Seed:
        """What a node that was read makes grow: defaults are values of their place's type, like answers."""
        place = read.place
        if place.is_leaf and read.text and (place.is_attribute or not read.text.isspace()):
            value = cast_text(place.bind.type, read.text)
            if value:
                held.add(place.index)
        else:
            value = ""
        if not place.children:
            return Seed(place, value)
        inside: list[Seed | list[Seed]] = []
        for shape in place.places:
            given = read.inside.get(shape.name, ())
            if shape.repeats:
                inside.append(self._instances(shape, given, held))
            else:
                inside.append(self._seed(given[0], held) if given else empty_seed(shape))
        return Seed(place, value, inside)

    def _instances(self, repeat: Definition, given: Sequence["_Read"], held: set[int]) -> list[Seed]:
        """A repeat's instances and its template: the marked one, or the first there is, without its answers."""
        found: list[Seed] = []
        for read in given:
            seed = self._seed(read, held)
            if read.is_template:
                repeat.template = seed
            else:
                found.append(seed)
                seed.instance = f"{DEFAULT_ID}{len(found)}"
        if repeat.template is None and found:
            repeat.template = _blank(found[0])
        if repeat.parent is not None and not repeat.parent.repeated:
            repeat.seeds = found
        return found

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
        self.preloaded = tuple(place for place in self.every if place.bind.preload)
        held = {place.index for place in self.every if place.body is not None and place.bind.calculate}
        self.seed = self._seed(self._read, held)
        self._read = _Read(self.root, {})
        self.kept_empty = frozenset(held)
        return lost


@dataclass(slots=True)
class _Read:
    """An element of the first instance: its text, and what is in it by name."""

    place: Definition
    inside: "dict[str, list[_Read]]"
    text: str = ""
    is_template: bool = False


def _all_parts(parts: list[BodyPart]) -> Iterator[BodyPart]:
    for part in parts:
        yield part
        yield from _all_parts(part.parts)


def _text(element: Element) -> str:
    return "".join(str(part) for part in element.itertext())


def _blank(seed: Seed) -> Seed:
    inside = [[_blank(one) for one in inner] if isinstance(inner, list) else _blank(inner) for inner in seed.inside]
    return Seed(seed.shape, seed.value if seed.shape.is_attribute else "", inside)


def empty_seed(place: Definition) -> Seed:
    """What a node holds that the form says nothing of."""
    return Seed(place, "", [[] if shape.repeats else empty_seed(shape) for shape in place.places])
