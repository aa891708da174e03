"""Secondary instances: choices and look-up tables, written in the form or attached as .csv, .xml or .geojson."""

import csv
import json
from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any, Final, cast

from iowscp_desktop.errors import FormUnreadable
from iowscp_desktop.forms.xml import Element, elements, read_xml
from iowscp_desktop.forms.xpath.nodes import TreeNode, tree_of

MOST_ROWS: Final = 200_000
LAST_SAVED: Final = "jr://instance/last-saved"
EXTERNAL_CHOICES: Final = "itemsets.csv"

Media = Mapping[str, str | bytes]


def read_instance(element: Element, own: frozenset[str], media: Media) -> TreeNode | None:
    """The tree of one secondary instance; None when the file it needs is not among the media.

    Raises:
        FormUnreadable: The file is there and cannot be read.
    """
    source = str(element.get("src") or "").strip()
    if not source or elements(element):
        return tree_of(element, own)
    content = _attached(source, media)
    return None if content is None else read_attachment(file_name(source), content, own)


def read_external_choices(media: Media, own: frozenset[str]) -> dict[str, TreeNode]:
    """The lists of external choices, by name: their rows are in one attached table, itemsets.csv.

    Raises:
        FormUnreadable: The table cannot be read.
    """
    content = _attached(EXTERNAL_CHOICES, media)
    found: dict[str, TreeNode] = {}
    if content is None:
        return found
    for item in read_attachment(EXTERNAL_CHOICES, content, own).elements()[0].elements():
        name = next((cell.string() for cell in item.elements() if cell.name in {"list_name", "list name"}), "")
        top = found.get(name)
        if top is None:
            top, _root = _rooted()
            found[name] = top
        root = cast("TreeNode", top.elements()[0])
        item.parent = root
        root.add(cast("TreeNode", item))
    return found


def read_last_saved(xml: str, own: frozenset[str]) -> TreeNode:
    """The tree of the response that was saved last.

    Raises:
        FormUnreadable: It is no XML.
    """
    return read_attachment("last-saved.xml", xml, own)


def file_name(source: str) -> str:
    """The name of the attached file behind jr://file-csv/fruits.csv."""
    return source.rpartition("/")[2]


def blank_instance() -> TreeNode:
    """What stands in for a file that is missing: an instance with nothing in it."""
    top = TreeNode("instance", None)
    top.add(TreeNode("root", top))
    return top


def _attached(source: str, media: Media) -> str | None:
    content = media.get(source, media.get(file_name(source)))
    if content is None:
        return None
    return content if isinstance(content, str) else content.decode("utf-8-sig", errors="replace")


def read_attachment(name: str, content: str, own: frozenset[str]) -> TreeNode:
    """The tree of an attached file.

    Raises:
        FormUnreadable: It is not what its name says.
    """
    kind = name.lower().rpartition(".")[2]
    if kind == "csv":
        return _from_csv(name, content)
    if kind in {"geojson", "json"}:
        return _from_geojson(name, content)
    top = TreeNode("instance", None)
    top.add(tree_of(read_xml(content), own, top))
    return top


def _rooted() -> tuple[TreeNode, TreeNode]:
    top = TreeNode("instance", None)
    root = TreeNode("root", top)
    top.add(root)
    return top, root


def _cell(item: TreeNode, name: str, text: str) -> None:
    cell = TreeNode(name, item)
    if text:
        cell.add(TreeNode("", cell, "text", text))
    item.add(cell)


def _from_csv(name: str, content: str) -> TreeNode:
    top, root = _rooted()
    try:
        dialect = ";" if content.partition("\n")[0].count(";") > content.partition("\n")[0].count(",") else ","
        rows = csv.reader(StringIO(content.removeprefix("\ufeff"), newline=""), delimiter=dialect)
        headings = [heading.strip() for heading in next(rows, [])]
        for count, row in enumerate(rows):
            if count >= MOST_ROWS:
                raise FormUnreadable(f"its table {name} has more than {MOST_ROWS} rows")
            if any(row):
                root.add(_item(root, headings, row))
    except csv.Error as error:
        raise FormUnreadable(f"its table {name} is damaged") from error
    return top


def _item(root: TreeNode, headings: Sequence[str], row: Sequence[str]) -> TreeNode:
    item = TreeNode("item", root)
    for heading, text in zip(headings, row, strict=False):
        _cell(item, heading, text)
    return item


def _from_geojson(name: str, content: str) -> TreeNode:
    top, root = _rooted()
    try:
        features: Any = json.loads(content)["features"]
        for feature in features:
            item = TreeNode("item", root)
            properties = cast("dict[str, Any]", feature.get("properties") or {})
            cells = {key: _json_text(value) for key, value in properties.items()}
            if "id" in feature:
                cells["id"] = _json_text(feature["id"])
            _cell(item, "geometry", _geometry(feature["geometry"]))
            for key, text in cells.items():
                _cell(item, key, text)
            root.add(item)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, IndexError) as error:
        raise FormUnreadable(f"its map {name} is damaged") from error
    return top


def _json_text(value: Any) -> str:  # noqa: ANN401 - JSON may hold anything
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value)


def _geometry(geometry: Any) -> str:  # noqa: ANN401 - JSON may hold anything
    """GeoJSON's longitude, latitude as ODK's 'latitude longitude 0 0; …'."""
    kind, places = geometry["type"], geometry["coordinates"]
    if kind == "Point":
        places = [places]
    elif kind == "Polygon":
        places = places[0]
    elif kind != "LineString":
        return ""
    return "; ".join(f"{_json_text(place[1])} {_json_text(place[0])} 0 0" for place in places)
