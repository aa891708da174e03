"""The submission: a response as ODK submission XML, without what is not relevant."""

from collections.abc import Callable
from typing import cast

from lxml import etree

from iowscp_desktop.forms.form import Form
from iowscp_desktop.forms.xform import ORX
from iowscp_desktop.forms.xml import Element
from iowscp_desktop.forms.xpath.answers import AnswerNode

_JR_DROPPED = "{http://openrosa.org/javarosa}"


def submission_xml(form: Form, root: AnswerNode, new_uuid: Callable[[], str]) -> str:
    """The XML of a response: its relevant nodes in document order, and an instanceID in any case."""
    source = form.xform.instance
    top = etree.Element(source.tag, nsmap=cast("dict[str, str]", source.nsmap))
    _fill(top, root, form)
    if not _has_instance_id(top):
        meta = next((child for child in top if etree.QName(child).localname == "meta"), None)
        if meta is None:
            meta = etree.SubElement(top, f"{ORX}meta", nsmap={"orx": ORX.strip("{}")})
        etree.SubElement(meta, f"{ORX}instanceID").text = f"uuid:{new_uuid()}"
    etree.cleanup_namespaces(top)
    return etree.tostring(top, encoding="unicode")


def _has_instance_id(top: Element) -> bool:
    return any(etree.QName(found).localname == "instanceID" and found.text for found in top.iter())


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
