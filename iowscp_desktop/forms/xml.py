"""The one place that knows lxml's element type, and the small questions everybody asks of an element."""

from collections.abc import Iterator
from typing import cast

from lxml import etree

from iowscp_desktop.errors import FormUnreadable

Element = etree._Element  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # lxml gives its class no public name


def is_element(found: Element) -> bool:
    """Whether it is an element, not a comment or a processing instruction."""
    return not callable(found.tag)


def local_name(found: Element) -> str:
    """An element's name without its namespace; '' for what is no element."""
    tag = found.tag
    return "" if callable(tag) else tag.rpartition("}")[2]


def elements(above: Element) -> list[Element]:
    """The child elements."""
    return [child for child in above if not callable(child.tag)]


def by_name(above: Element) -> dict[str, list[Element]]:
    """The child elements by their local names."""
    found: dict[str, list[Element]] = {}
    for child in elements(above):
        found.setdefault(child.tag.rpartition("}")[2], []).append(child)
    return found


def attributes(found: Element) -> list[tuple[str, str]]:
    """The names and texts of its attributes."""
    return cast("list[tuple[str, str]]", found.items())


def named(above: Element, name: str) -> Iterator[Element]:
    """Every element of a local name inside another, in document order."""
    return (found for found in above.iter(f"{{*}}{name}") if found is not above)


def read_xml(xml: str | bytes) -> Element:
    """Parse XML that may come from anyone: no entities, no document type, no network, bounded depth.

    Raises:
        FormUnreadable: It is not well-formed, or holds what no form needs.
    """
    source = xml.encode("utf-8") if isinstance(xml, str) else xml
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(_without_declared_encoding(source, xml), parser)
    except etree.XMLSyntaxError as error:
        raise FormUnreadable(f"its XML is damaged in line {error.lineno or 0}") from error
    except ValueError as error:
        raise FormUnreadable("its XML is damaged") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise FormUnreadable("its XML has a document type, which no form needs")
    return root


def _without_declared_encoding(source: bytes, given: str | bytes) -> bytes:
    """Text that we encoded ourselves is UTF-8 whatever its declaration says."""
    stripped = source.lstrip()
    if isinstance(given, str) and stripped.startswith(b"<?xml"):
        return stripped[stripped.index(b"?>") + 2 :] if b"?>" in stripped else stripped
    return stripped
