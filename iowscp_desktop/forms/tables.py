r"""Sheets written as text: Markdown tables and .csv.

Two ways of writing a sheet as Markdown are read. As pyxform has it, the first column names the sheet on its
heading row and is empty below; or a heading line names the sheet and an ordinary table follows:

    ## survey
    | type | name | label         |
    | ---- | ---- | ------------- |
    | text | who  | Who are you?  |

A bar inside a cell is written `\|`.
"""

import csv
import re
from io import StringIO
from typing import Final

from iowscp_desktop.errors import NotAForm, SpreadsheetTooLarge
from iowscp_desktop.forms.workbook import FORM_SHEETS

SheetRows = list[tuple[int, list[str]]]
"""Row number as a person counts, and the texts of its cells; the first row holds the headings."""

_HEADING: Final = re.compile(r"^#{1,6}\s+(?P<title>[A-Za-z_ ]+?)\s*$")
_DASHES: Final = re.compile(r"^\|?(\s*:?-{2,}:?\s*\|)+\s*(:?-{2,}:?)?\s*$")
_BAR: Final = re.compile(r"(?<!\\)\|")
_MOST_LINE: Final = 200_000
MOST_ROWS: Final = 50_000


def markdown_sheets(text: str) -> list[tuple[str, SheetRows]]:
    """Every sheet in a Markdown text. Row numbers are its line numbers."""
    sheets: dict[str, SheetRows] = {}
    title, under_heading = "", False
    for number, line in enumerate(text.splitlines(), start=1):
        if len(line) > _MOST_LINE:
            raise SpreadsheetTooLarge(f"line {number} is {len(line)} characters long")
        heading = _HEADING.match(line)
        if heading and heading["title"].lower() in FORM_SHEETS:
            title, under_heading = heading["title"], True
            continue
        stripped = line.strip()
        if not stripped.startswith("|") or _DASHES.match(stripped):
            continue
        texts = [cell.strip().replace("\\|", "|") for cell in _BAR.split(stripped.removesuffix("|"))[1:]]
        if not texts:
            continue
        if not under_heading:
            title, texts = texts[0] or title, texts[1:]
        if title and any(texts):
            sheets.setdefault(title, []).append((number, texts))
    return list(sheets.items())


def csv_sheets(text: str) -> list[tuple[str, SheetRows]]:
    """Every sheet in a .csv: its first column names the sheet, or the whole file is the survey sheet."""
    try:
        rows = list(csv.reader(StringIO(text)))
    except csv.Error as error:
        if "field larger" in str(error):
            raise SpreadsheetTooLarge("one of its cells is far too long") from error
        raise NotAForm("it is not a spreadsheet") from error
    numbered = [(number, [cell.strip() for cell in row]) for number, row in enumerate(rows, start=1)]
    filled = [(number, row) for number, row in numbered if any(row)]
    if not filled:
        raise NotAForm("it is empty")
    if "type" in [cell.lower() for cell in filled[0][1]]:
        return [("survey", filled)]
    sheets: dict[str, SheetRows] = {}
    title = ""
    for number, row in filled:
        title = row[0] or title
        if any(row[1:]):
            sheets.setdefault(title, []).append((number, row[1:]))
    return list(sheets.items())
