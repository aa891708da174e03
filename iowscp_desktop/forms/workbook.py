"""A spreadsheet as rows with coordinates. It knows nothing of questions; it never touches a file."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import msgspec

from iowscp_desktop.forms.finding import Finding

FORM_SHEETS = ("survey", "choices", "settings", "external_choices", "entities", "osm")
"""The sheets that mean something in an XLSForm, in the order they are written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a sheet: the number a person sees, and the cells that are not empty, by column heading."""

    number: int
    cells: Mapping[str, str] = field(default_factory=dict[str, str])

    def __getitem__(self, column: str) -> str:
        """The text under one heading, '' where there is none."""
        return self.cells.get(column, "")

    def with_cells(self, **cells: str) -> "Row":
        """The same row with these cells set; an empty text takes the cell away."""
        merged = {**self.cells, **cells}
        return replace(self, cells={column: text for column, text in merged.items() if text})


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """Sheets of rows, by sheet name in lower case. `findings` is what was already noticed while reading."""

    name: str
    sheets: Mapping[str, tuple[Row, ...]]
    findings: tuple[Finding, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "sheets", MappingProxyType(dict(self.sheets)))

    def rows(self, sheet: str) -> tuple[Row, ...]:
        """The rows of one sheet below its headings; none when there is no such sheet."""
        return self.sheets.get(sheet, ())

    def columns(self, sheet: str) -> tuple[str, ...]:
        """The headings that hold anything, in order of first appearance."""
        return tuple(dict.fromkeys(column for row in self.rows(sheet) for column in row.cells))

    def with_sheet(self, sheet: str, rows: Iterable[Row]) -> "Workbook":
        """The same workbook with one sheet's rows replaced."""
        return replace(self, sheets={**self.sheets, sheet: tuple(rows)})

    def with_findings(self, findings: Iterable[Finding]) -> "Workbook":
        """The same workbook with more findings noted."""
        return replace(self, findings=(*self.findings, *findings))

    def fingerprint(self) -> str:
        """SHA-256 (hex) of what the sheets say. Row numbers and the file's name do not count."""
        said = {
            sheet: [dict(sorted(row.cells.items())) for row in rows if row.cells]
            for sheet, rows in sorted(self.sheets.items())
        }
        return hashlib.sha256(msgspec.json.encode(said)).hexdigest()
