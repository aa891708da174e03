"""Reads a form's source into a workbook: .xlsx, .xls, Markdown table or .csv, told apart by content.

Nothing here trusts the bytes: sizes, rows, cells and what a zip unpacks to are bounded before parsing.
"""

import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import Final

import openpyxl
import xlrd

from iowscp_desktop.errors import NotAForm, SpreadsheetTooLarge, SpreadsheetUnsafe
from iowscp_desktop.forms.finding import Finding
from iowscp_desktop.forms.tables import MOST_ROWS, SheetRows, csv_sheets, markdown_sheets
from iowscp_desktop.forms.workbook import FORM_SHEETS, Row, Workbook

MOST_BYTES: Final = 20 * 1024 * 1024
MOST_UNPACKED: Final = 100 * 1024 * 1024
MOST_MEMBERS: Final = 2_000
MOST_COLUMNS: Final = 500
MOST_CELL: Final = 50_000
MOST_BLANK_ROWS: Final = 200

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_workbook(source: bytes, *, name: str) -> Workbook:
    """Read a spreadsheet that holds a form.

    Args:
        source: The file's bytes.
        name: The file's name, for messages only.

    Raises:
        NotAForm: No survey sheet is in it, or it is no spreadsheet at all.
        SpreadsheetTooLarge: A size, row, column, cell or unpacking limit is passed.
        SpreadsheetUnsafe: It holds XML entities or other things no form needs.
    """
    if len(source) > MOST_BYTES:
        raise SpreadsheetTooLarge(f"it has {len(source) // 1_000_000} MB")
    if not source.strip():
        raise NotAForm("it is empty")
    sheets = _sheets(source)
    known = {title.strip().lower(): list(rows) for title, rows in sheets if title.strip().lower() in FORM_SHEETS}
    if "survey" not in known and len(sheets) == 1:
        known["survey"] = list(sheets[0][1])
    if "survey" not in known:
        raise NotAForm("there is no sheet called “survey”")
    findings: list[Finding] = []
    rows = {sheet: _with_headings(sheet, known[sheet], findings) for sheet in FORM_SHEETS if sheet in known}
    if not rows["survey"]:
        raise NotAForm("its survey sheet has no rows")
    if not any("type" in row.cells for row in rows["survey"]):
        raise NotAForm("its survey sheet has no column called “type”")
    return Workbook(name=name, sheets=rows, findings=tuple(findings))


def _sheets(source: bytes) -> Sequence[tuple[str, SheetRows]]:
    if source.startswith(_ZIP):
        return _from_xlsx(source)
    if source.startswith(_OLE):
        return _from_xls(source)
    if b"\x00" in source[:4096]:
        raise NotAForm("it is not a spreadsheet")
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = source.decode("cp1252", errors="replace")
    if text.lstrip().startswith("<"):
        raise NotAForm("it is a web page or an XML file")
    if any(line.lstrip().startswith("|") for line in text.splitlines()):
        return markdown_sheets(text)
    return csv_sheets(text)


def _with_headings(sheet: str, rows: SheetRows, findings: list[Finding]) -> tuple[Row, ...]:
    """Name each cell by its column's heading; blank rows go, their numbers stay."""
    if not rows:
        return ()
    if len(rows) > MOST_ROWS:
        raise SpreadsheetTooLarge(f"its {sheet} sheet has more than {MOST_ROWS} rows")
    heading_row, headings = rows[0]
    clean = [" ".join(heading.split()) for heading in headings]
    twice = sorted({heading for heading in clean if heading and clean.count(heading) > 1})
    findings.extend(_two_columns(sheet, heading_row, column) for column in twice)
    found: list[Row] = []
    for number, texts in rows[1:]:
        cells: dict[str, str] = {}
        for heading, text in zip(clean, texts, strict=False):
            if heading and text and heading not in cells:
                cells[heading] = text
        if cells:
            found.append(Row(number=number, cells=cells))
    return tuple(found)


def _two_columns(sheet: str, row: int, column: str) -> Finding:
    return Finding(
        sheet=sheet,
        row=row,
        column=column,
        severity="warning",
        code="two-columns",
        what=f"Two columns are called “{column}”. Only the first is used.",
        do="Delete or rename one of them.",
    )


# --- .xlsx ---------------------------------------------------------------------------------------


def _from_xlsx(source: bytes) -> Sequence[tuple[str, SheetRows]]:
    _refuse_bombs(source)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of decoration it will not keep; we only read
            return _xlsx_sheets(source)
    except (SpreadsheetTooLarge, NotAForm):
        raise
    except Exception as error:  # a damaged part may raise anything from inside openpyxl
        raise NotAForm("it is not a spreadsheet, or is damaged") from error


def _xlsx_sheets(source: bytes) -> Sequence[tuple[str, SheetRows]]:
    book = openpyxl.load_workbook(BytesIO(source), read_only=True, data_only=True)
    try:
        titles = [sheet.title for sheet in book.worksheets]
        return [
            (
                sheet.title,
                _bounded(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS))
                if _matters(sheet.title, titles)
                else [],
            )
            for sheet in book.worksheets
        ]
    finally:
        book.close()


def _matters(title: str, titles: Sequence[str]) -> bool:
    return len(titles) == 1 or title.strip().lower() in FORM_SHEETS


def _refuse_bombs(source: bytes) -> None:
    """Refuse a zip that unpacks to too much, and XML with a document type, which no form needs."""
    unsafe = False
    try:
        with zipfile.ZipFile(BytesIO(source)) as archive:
            members = archive.infolist()
            unpacked = sum(member.file_size for member in members)
            if len(members) <= MOST_MEMBERS and unpacked <= MOST_UNPACKED:
                unsafe = any(_has_document_type(archive.read(member)) for member in members if _is_xml(member))
    except Exception as error:
        raise NotAForm("it is damaged") from error
    if len(members) > MOST_MEMBERS:
        raise SpreadsheetTooLarge(f"it is made of {len(members)} parts")
    if unpacked > MOST_UNPACKED:
        raise SpreadsheetTooLarge(f"it unpacks to {unpacked // 1_000_000} MB")
    if unsafe:
        raise SpreadsheetUnsafe


def _is_xml(member: zipfile.ZipInfo) -> bool:
    return member.filename.lower().endswith((".xml", ".rels", ".vml"))


def _has_document_type(part: bytes) -> bool:
    in_other_letters = part[:2] in {b"\xfe\xff", b"\xff\xfe"} or b"\x00" in part[:64]
    return in_other_letters or b"<!DOCTYPE" in part or b"<!ENTITY" in part


def _bounded(rows: Iterable[Sequence[object]]) -> SheetRows:
    """Text rows up to the last that holds anything. After a long run of blank rows the sheet has ended."""
    found: SheetRows = []
    blank = 0
    for number, values in enumerate(rows, start=1):
        texts = [_text(value) for value in values[:MOST_COLUMNS]]
        while texts and not texts[-1]:
            texts.pop()
        if not texts:
            blank += 1
            if blank > MOST_BLANK_ROWS:
                break
            continue
        blank = 0
        found.append((number, texts))
        if len(found) > MOST_ROWS:
            raise SpreadsheetTooLarge(f"a sheet has more than {MOST_ROWS} rows")
    return found


def _text(value: object) -> str:
    """What a cell says, as pyxform reads it: whole numbers without a point, TRUE and FALSE, ISO dates."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value).replace("\xa0", " ").strip()
    if len(text) > MOST_CELL:
        raise SpreadsheetTooLarge(f"one cell holds {len(text)} characters")
    return text


# --- .xls ----------------------------------------------------------------------------------------


def _from_xls(source: bytes) -> Sequence[tuple[str, SheetRows]]:
    try:
        with xlrd.open_workbook(file_contents=source, logfile=_Silent(), on_demand=True) as book:
            titles = book.sheet_names()
            return [(title, _bounded(_xls_rows(book, title)) if _matters(title, titles) else []) for title in titles]
    except SpreadsheetTooLarge:
        raise
    except Exception as error:
        raise NotAForm("it is not a spreadsheet, or is damaged") from error


def _xls_rows(book: xlrd.Book, title: str) -> Iterator[Sequence[object]]:
    sheet = book.sheet_by_name(title)
    for number in range(sheet.nrows):
        yield [_xls_value(cell, book.datemode) for cell in sheet.row(number)]


def _xls_value(cell: xlrd.sheet.Cell, datemode: int) -> object:
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_DATE:
        days = float(cell.value)
        moment = xlrd.xldate.xldate_as_datetime(days, 1 if datemode else 0)
        return moment.time() if days < 1 else moment
    return None if cell.ctype in {xlrd.XL_CELL_ERROR, xlrd.XL_CELL_EMPTY} else cell.value


class _Silent:
    """xlrd talks to a log file while it reads; nobody listens."""

    def write(self, text: str) -> int:
        """Forget it."""
        return len(text)

    def flush(self) -> None:
        """Nothing is kept, so nothing is to be flushed."""
