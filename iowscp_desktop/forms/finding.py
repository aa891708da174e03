"""What is wrong or doubtful in a form, where it is, and what its author can do about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing the author of a form should look at. `row` is the sheet's own number, 0 when unknown."""

    sheet: str
    row: int
    column: str
    severity: Severity
    code: str
    what: str
    do: str

    @property
    def where(self) -> str:
        """The place in a reader's words: 'survey sheet, row 7, column “relevant”'."""
        parts = [f"{self.sheet} sheet" if self.sheet else "the form"]
        parts += [f"row {self.row}"] if self.row else []
        parts += [f"column “{self.column}”"] if self.column else []
        return ", ".join(parts)


def errors_in(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Only those findings that stop the form from being used."""
    return tuple(finding for finding in findings if finding.severity == "error")
