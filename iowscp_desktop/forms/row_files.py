"""Tables as files for spreadsheet programs. What people wrote stays text: no cell becomes a formula."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import Final, cast

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from iowscp_desktop.forms.casting import NOT_IN_XML
from iowscp_desktop.forms.rows import Table
from iowscp_desktop.forms.xpath.values import plain_number

_STARTS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_MOST_IN_A_CELL: Final = 32_767
"""What one cell of a spreadsheet can hold, in characters."""
_CUT: Final = " […]"
_NOT_IN_A_TITLE: Final = re.compile(r"[\[\]:*?/\\']")
_MOST_EXACT: Final = 15
"""The most digits that a spreadsheet's numbers keep."""


def csv_file(table: Table) -> bytes:
    """A table as .csv: UTF-8 with a mark, as spreadsheet programs expect it.

    A text that a spreadsheet program would take for a formula gets an apostrophe in front; numbers do not.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([_harmless(column) for column in table.columns])
    for row in table.rows:
        writer.writerow([_harmless(text) for text in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", errors="replace")


def _harmless(text: str) -> str:
    if not text.lstrip(" ").startswith(_STARTS_A_FORMULA) or plain_number(text) is not None:
        return text
    return f"'{text}"


def xlsx_file(tables: Iterable[Table]) -> bytes:
    """Tables as one .xlsx, a sheet each. A text that no cell can hold is cut, and ends in […]."""
    book = openpyxl.Workbook(write_only=True)
    taken: set[str] = set()
    for table in tables:
        sheet = cast("WriteOnlyWorksheet", book.create_sheet(_title(table.name, taken)))
        sheet.append([_cell(sheet, column, numeric=False) for column in table.columns])
        for row in table.rows:
            sheet.append(list(_cells(sheet, table, row)))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cells(sheet: WriteOnlyWorksheet, table: Table, row: tuple[str, ...]) -> Iterator[Cell]:
    for text, numeric in zip(row, table.numeric, strict=True):
        yield _cell(sheet, text, numeric=numeric)


def _cell(sheet: WriteOnlyWorksheet, text: str, *, numeric: bool) -> Cell:
    number = plain_number(text) if numeric and len(text) <= _MOST_EXACT else None
    cell = WriteOnlyCell(sheet)
    if number is not None:
        cell.value = int(number) if number.is_integer() else number
        return cell
    clean = NOT_IN_XML.sub("", text)
    if len(clean) > _MOST_IN_A_CELL:
        clean = clean[: _MOST_IN_A_CELL - len(_CUT)] + _CUT
    cell.value = clean or None
    if clean:
        cell.data_type = "s"  # also what begins with an equals sign
    return cell


def _title(name: str, taken: set[str]) -> str:
    """A sheet's title: at most 31 characters, none of the forbidden ones, no title twice."""
    plain = _NOT_IN_A_TITLE.sub("_", name) or "form"
    title, number = plain[:31], 2
    while title.casefold() in taken:
        title, number = f"{plain[: 30 - len(str(number))]}~{number}", number + 1
    taken.add(title.casefold())
    return title
