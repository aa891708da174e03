"""A form's file, whatever it is: a spreadsheet is compiled, an XForm is taken as it is written. Told by content."""

import hashlib
from typing import Final

from lxml import etree

from iowscp_desktop.errors import SpreadsheetTooLarge
from iowscp_desktop.forms.compiler import CompiledForm, compile_workbook
from iowscp_desktop.forms.spreadsheet import MOST_BYTES, read_workbook
from iowscp_desktop.forms.xform import read_xform
from iowscp_desktop.forms.xml import read_xml

_BYTE_ORDER_MARKS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def read_form(source: bytes, *, name: str) -> CompiledForm:
    """Read a form from a file's bytes.

    Args:
        source: An .xlsx, .xls, .csv or Markdown spreadsheet, or an .xml XForm.
        name: The file's name, for messages only.

    Raises:
        NotAForm: It is none of these.
        SpreadsheetTooLarge: A limit is passed.
        SpreadsheetUnsafe: It holds what no form needs.
        FormDoesNotCompile: It has mistakes; its `findings` name sheet, row, column and what to do.
        FormUnreadable: It is XML, but no XForm.
    """
    if not is_xml(source):
        return compile_workbook(read_workbook(source, name=name))
    return as_written(source)


def is_xml(source: bytes) -> bool:
    """Whether the bytes begin as XML does, and not as a web page."""
    start = source[:4096]
    for mark in _BYTE_ORDER_MARKS:
        start = start.removeprefix(mark)
    start = start.replace(b"\x00", b"").lstrip().lower()
    return start.startswith(b"<") and not start.startswith((b"<!doctype html", b"<html>", b"<html lang"))


def as_written(source: bytes) -> CompiledForm:
    """An XForm as a compiled form, without document type, entities or network.

    Raises:
        SpreadsheetTooLarge: It is far larger than any form.
        FormUnreadable: It is no XForm.
    """
    if len(source) > MOST_BYTES:
        raise SpreadsheetTooLarge(f"it has {len(source) // 1_000_000} MB")
    xml = etree.tostring(read_xml(source), encoding="unicode")
    read_xform(xml)
    return CompiledForm(xml=xml, source_hash=hashlib.sha256(source).hexdigest())
