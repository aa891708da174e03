"""The submission: a response as ODK submission XML, without what is not relevant; and such XML as answers again."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, cast

from lxml import etree

from iowscp_desktop.errors import FormUnreadable
from iowscp_desktop.forms.definition import DEFAULT_ID, Definition
from iowscp_desktop.forms.form import Form
from iowscp_desktop.forms.saved import Key, Saved
from iowscp_desktop.forms.tree import COUNT_ID
from iowscp_desktop.forms.xform import ORX
from iowscp_desktop.forms.xml import Element, elements, local_name, read_xml
from iowscp_desktop.forms.xpath.answers import AnswerNode

_JR_DROPPED: Final = "{http://openrosa.org/javarosa}"


def submission_xml(form: Form, root: AnswerNode, new_uuid: Callable[[], str]) -> str:
    """The XML of a response: its relevant nodes in document order, and an instanceID in any case."""
    source = form.xform.instance
    top = etree.Element(source.tag, nsmap=cast("dict[str, str]", source.nsmap))
    _fill(top, root, form)
    _name_instance(top, new_uuid)
    etree.cleanup_namespaces(top)
    return etree.tostring(top, encoding="unicode")


def _name_instance(top: Element, new_uuid: Callable[[], str]) -> None:
    """Every submission has an instanceID: where the form leaves it empty, or has no place for it, there is one now."""
    found = next((each for each in top.iter() if local_name(each) == "instanceID"), None)
    if found is None:
        meta = next((child for child in top if local_name(child) == "meta"), None)
        if meta is None:
            meta = etree.SubElement(top, f"{ORX}meta", nsmap={"orx": ORX.strip("{}")})
        found = etree.SubElement(meta, f"{ORX}instanceID")
    found.text = found.text or f"uuid:{new_uuid()}"


def _fill(element: Element, node: AnswerNode, form: Form) -> None:
    namespace = etree.QName(form.xform.instance).namespace
    for attribute in node.attributes():
        name = attribute.name.removeprefix("@")
        if not name.startswith(_JR_DROPPED):
            element.set(name, attribute.string())
    if node.shape.is_leaf:
        element.text = node.value or None
        return
    for kid in node.elements():
        if kid.relevant:
            name = kid.name if kid.name.startswith("{") or not namespace else f"{{{namespace}}}{kid.name}"
            _fill(etree.SubElement(element, name), kid, form)


# --- back again ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What a submission says. `problems` are the paths in it that fit nowhere in the form."""

    form_id: str
    version: str
    saved: Saved = field(repr=False)
    problems: tuple[str, ...] = ()


def read_submission(form: Form, xml: str | bytes) -> Submission:
    """Read a submission as answers to a form, perhaps to another version of the one it was made with.

    Instances of repeats get ids by their places. A repeat that has a condition of its own and is missing was not
    relevant or had no instance, which nobody can tell: it starts as the form has it.

    Raises:
        FormUnreadable: It is no submission: not XML, or with another root than the form's data.
    """
    top = read_xml(xml)
    if form.xform.name_of(top) != form.places.root.name and local_name(top) != form.places.root.shown:
        raise FormUnreadable(f"it begins with “{local_name(top)[:100]}”, which is not this form's data")
    reader = _Reader(form)
    reader.read(top, form.places.root, ())
    return Submission(
        form_id=str(top.get("id") or ""),
        version=str(top.get("version") or ""),
        saved=Saved(values=reader.values, repeats=reader.repeats),
        problems=tuple(dict.fromkeys(reader.problems)),
    )


class _Reader:
    """Walks a submission beside the form's places. Nesting was bounded when the XML was read."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self.values: dict[Key, str] = {}
        self.repeats: dict[Key, tuple[str, ...]] = {}
        self.problems: list[str] = []

    def read(self, element: Element, place: Definition, instances: tuple[str, ...]) -> None:
        """Take what an element and all in it say."""
        self._read_attributes(element, place, instances)
        if place.is_leaf and not place.repeats:
            self.values[place.path, instances] = "".join(str(part) for part in element.itertext())
            return
        given: dict[str, list[Element]] = {}
        for child in elements(element):
            given.setdefault(self._form.xform.name_of(child), []).append(child)
        for shape in place.children.values():
            if isinstance(shape, Definition) and not shape.is_attribute:
                self._read_child(shape, given.pop(shape.name, []), instances)
        for name in given:
            if not name.startswith(ORX):  # every submission has an instanceID, every form need not
                self.problems.append(f"{place.path}/{name.rpartition('}')[2]}")

    def _read_child(self, shape: Definition, found: list[Element], instances: tuple[str, ...]) -> None:
        if not shape.repeats:
            for child in found[:1]:
                self.read(child, shape, instances)
            if len(found) > 1:
                self.problems.append(shape.path)
            return
        if not found and shape.bind.relevant:
            return
        counted = shape.repeat_body is not None and shape.repeat_body.count
        ids = tuple(f"{COUNT_ID if counted else DEFAULT_ID}{number}" for number in range(1, len(found) + 1))
        self.repeats[shape.path, instances] = ids
        for child, instance in zip(found, ids, strict=True):
            self.read(child, shape, (*instances, instance))

    def _read_attributes(self, element: Element, place: Definition, instances: tuple[str, ...]) -> None:
        if place is self._form.places.root:
            return  # the form's id and version are the form's own
        for shape in place.children.values():
            text = element.get(shape.name.removeprefix("@")) if shape.name.startswith("@") else None
            if text is not None:
                self.values[shape.path, instances] = str(text)
