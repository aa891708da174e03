"""An XForm's questions as rows of a survey sheet: for lists of what is asked. They are never compiled again."""

import zlib
from collections.abc import Iterator
from typing import Final

from iowscp_desktop.forms.definition import Definition
from iowscp_desktop.forms.form import Form, FormPart
from iowscp_desktop.forms.loader import load_form
from iowscp_desktop.forms.source import as_written
from iowscp_desktop.forms.words import Texts
from iowscp_desktop.forms.workbook import Row, Workbook
from iowscp_desktop.forms.xform import BodyPart
from iowscp_desktop.forms.xml import Element

_TYPES: Final = {"select1": "select_one", "select": "select_multiple", "upload": "file", "trigger": "acknowledge"}
_TABLE_TITLE: Final = "/generated_table_list_label"
_REFERENCE: Final = "jr:itext("


def survey_of(source: bytes, *, name: str) -> Workbook:
    """Return what an XForm asks as the sheets `survey` and `settings`, in its default language.

    Raises:
        SpreadsheetTooLarge: It is far larger than any form.
        FormUnreadable: It is no XForm.
    """
    form = load_form(as_written(source).xml)
    rows = [Row(number=number, cells=cells) for number, cells in enumerate(_rows(form, form.tree, ""), start=1)]
    says = {"form_title": form.title, "form_id": form.id, "version": form.version}
    settings = Row(number=1, cells={column: text for column, text in says.items() if text})
    return Workbook(name=name, sheets={"survey": tuple(rows), "settings": (settings,)})


def _rows(form: Form, parts: tuple[FormPart, ...], above: str) -> Iterator[dict[str, str]]:
    """Yield the rows of some parts. A group that only wraps something, as every repeat has one, is left out."""
    above = above or form.places.root.path
    for part in parts:
        place = form.places.find(part.path) if part.path else None
        wraps = part.kind == "group" and (place is None or part.path in {each.path for each in part.parts})
        if place is None or wraps:
            yield from _rows(form, part.parts, above)
            continue
        cells = {"name": part.path.removeprefix(f"{above}/"), "label": _title(form, part)}
        if part.kind == "question":
            yield _with_text(cells | {"type": _type(place, part), "appearance": part.appearance})
            continue
        yield _with_text(cells | {"type": f"begin_{part.kind}", "appearance": part.appearance})
        yield from _rows(form, part.parts, part.path)
        yield {"type": f"end_{part.kind}"}


def _title(form: Form, part: FormPart) -> str:
    """Return a part's words. pyxform moves those of a table to a note above its rows."""
    moved = (each.path for each in part.parts if _TABLE_TITLE in each.path)
    places = (form.places.find(path) for path in (part.path, *moved))
    words = (_label(form.texts, _words_at(place)) for place in places if place is not None)
    return next(filter(None, words), "")


def _with_text(cells: dict[str, str]) -> dict[str, str]:
    return {column: text for column, text in cells.items() if text}


def _type(place: Definition, part: FormPart) -> str:
    """Return the type of a question's row. Questions with the same choices get the same list, so a table is seen."""
    if part.control == "input" and place.bind.readonly.replace(" ", "") == "true()" and not place.bind.calculate:
        return "note"
    body = place.body
    if part.control not in {"select", "select1", "rank"} or body is None:
        return _TYPES.get(part.control, place.bind.type or "text")
    itemset = body.itemset
    chosen = itemset.nodeset if itemset is not None else " ".join(item.value for item in body.items)
    return f"{_TYPES.get(part.control, part.control)} {zlib.crc32(chosen.encode())}"


def _words_at(place: Definition) -> Element | None:
    parts: tuple[BodyPart | None, ...] = (place.body, place.repeat_body, place.group)
    return next((part.label for part in parts if part is not None and part.label is not None), None)


def _label(texts: Texts, label: Element | None) -> str:
    """Return a label as it stands before anybody answered; answers in it are left out."""
    if label is None:
        return ""
    ref = str(label.get("ref") or "")
    if ref.startswith(_REFERENCE):
        found = texts.find(ref.removeprefix(_REFERENCE).rstrip(")").strip("'\" "), "", texts.default)
        label = found if found is not None else label
    return " ".join("".join(str(words) for words in label.itertext()).split())
