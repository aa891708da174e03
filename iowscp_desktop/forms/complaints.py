"""What pyxform complains of, in plain words, and how to take a complaint's cause away to hear the next one."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from iowscp_desktop.forms.finding import Finding, Severity
from iowscp_desktop.forms.survey import cell_of
from iowscp_desktop.forms.workbook import Row, Workbook

_ROW: Final = re.compile(r"\[row ?: ?(\d+)\]")
_SHEET: Final = re.compile(r"'(survey|choices|settings|entities|external_choices)'( sheet)?")
_COLUMN: Final = re.compile(r"'([\w:]+)' value")
_LESSON: Final = re.compile(
    r"Learn more: \S+|On the '\w+' sheet, the '[\w:]+' value (?:'[^']*' )?is (?:invalid|problematic)\."
)
_ABOUT_CHOICES: Final = re.compile(r"choices sheet|^Choice names")
HUSHED: Final = re.compile(
    r"^(On the choices sheet there is a option with no label|.*Use the max-pixels"
    r"|.*no longer supported on most devices)",
    re.DOTALL,
)
"""Warnings that say nothing about a form on a desktop, or what is said better elsewhere."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """How one of pyxform's messages is recognised and said."""

    pattern: re.Pattern[str]
    code: str
    what: str
    do: str


_USUAL_COLUMN: Final = {
    "unknown-type": "type",
    "no-type": "type",
    "end-without-begin": "type",
    "begin-without-end": "type",
    "no-name": "name",
    "bad-name": "name",
    "two-names": "name",
    "no-label": "label",
    "space-in-choice": "name",
}
"""The column of a mistake when the complaint names none."""


def _rule(pattern: str, code: str, what: str, do: str) -> _Rule:
    return _Rule(re.compile(pattern, re.IGNORECASE | re.DOTALL), code, what, do)


_RULES: Final[Sequence[_Rule]] = (
    _rule(
        r"Could not find the name '(?P<name>[^']*)'",
        "no-such-question",
        "It refers to “{name}”, but no question has that name.",
        "Correct the name between ${{ and }}, or add the question.",
    ),
    _rule(
        r"name '(?P<name>[^']*)' appears more than once",
        "two-questions",
        "It refers to “{name}”, and more than one question has that name.",
        "Give each of those questions its own name.",
    ),
    _rule(
        r"There has been a problem trying to replace \$\{(?P<name>[^}]*)\}",
        "no-such-question",
        "It refers to “{name}”, but no question has that name.",
        "Correct the name between ${{ and }}, or add the question.",
    ),
    _rule(
        r"List name not in (choices|external choices) sheet: (?P<name>\S+)",
        "no-choice-list",
        "It asks for the choices “{name}”, but the choices sheet has no such list.",
        "Add the list to the choices sheet, or correct its name in the type column.",
    ),
    _rule(
        r"Unmatched 'end_(?P<name>\w+)'",
        "end-without-begin",
        "An end {name} row has no begin {name} row.",
        "Remove the end row, or add its begin row above.",
    ),
    _rule(
        r"Unmatched 'begin_(?P<name>\w+)'|Unmatched begin",
        "begin-without-end",
        "A begin row is never closed by an end row.",
        "Add the end row below the last question of this group.",
    ),
    _rule(
        r"Unknown question type '(?P<name>[^']*)'",
        "unknown-type",
        "There is no question type “{name}”.",
        "Use a type from the XLSForm documentation, for example text, integer, date or select_one.",
    ),
    _rule(
        r"Question with no type",
        "no-type",
        "This row has a name or a label, but no type.",
        "Fill in the type column, or clear the row.",
    ),
    _rule(
        r"Question or group with no name|with no name\.",
        "no-name",
        "This row has no name.",
        "Fill in the name column: letters, digits and underscores, beginning with a letter.",
    ),
    _rule(
        r"'name' value '?(?P<name>[^' ]*)'? is invalid.*must be unique|There are (more than one|two) .*named",
        "two-names",
        "The name “{name}” is used twice in one group.",
        "Give every question of a group a different name.",
    ),
    _rule(
        r"Choice names must be unique",
        "two-choices",
        "Two choices of one list have the same name.",
        "Give each choice of a list a different name, or set allow_choice_duplicates to yes in settings.",
    ),
    _rule(
        r"Choices must have a name",
        "choice-without-name",
        "A choice has no name.",
        "Fill in the name column of the choices sheet.",
    ),
    _rule(
        r"Choice names with spaces cannot be added to multiple choice selects\. See \[(?P<name>[^\]]*)\]",
        "space-in-choice",
        "The choice “{name}” has a space in its name, so it would be read as several choices.",
        "Write an underscore for the space.",
    ),
    _rule(
        r"Names must begin with a letter",
        "bad-name",
        "This is not a name that a form can use.",
        "Begin with a letter; use only letters, digits, underscores, hyphens and full stops.",
    ),
    _rule(
        r"The name 'meta' is reserved",
        "reserved-name",
        "The name “meta” is reserved.",
        "Choose a different name for this group.",
    ),
    _rule(
        r"case-insensitive match",
        "nearly-two-names",
        "Two names in one group differ only in capital letters.",
        "Give them names that differ in more than capitals.",
    ),
    _rule(
        r"(?:element named '(?P<name>[^']*)' )?has no label|no label|should have a label",
        "no-label",
        "It has no label, so people would see nothing.",
        "Fill in the label column.",
    ),
    _rule(
        r"following (column headers|.*languages?)|Language '[^']*' is missing the|missing translations?",
        "missing-translation",
        "Some texts are not translated into every language of the form.",
        "Fill in the missing translations, or remove the language.",
    ),
    _rule(
        r"Reference variables must start with",
        "bad-reference",
        "A reference to a question is not written correctly.",
        "Write it as ${{name}}, with both brackets.",
    ),
)


def translated(text: str, workbook: Workbook, *, severity: Severity) -> Finding:
    """A complaint as a finding: where in the spreadsheet, what is wrong, what to do."""
    row_found, sheet_found, column_found = _ROW.search(text), _SHEET.search(text), _COLUMN.search(text)
    sheet = sheet_found[1] if sheet_found else ("choices" if _ABOUT_CHOICES.search(text) else "survey")
    row = _row_number(workbook.rows(sheet), int(row_found[1])) if row_found else 0
    column = column_found[1] if column_found else ""
    at_row = next((each for each in workbook.rows(sheet) if row and each.number == row), None)
    column = (at_row and cell_of(at_row, column)) or column
    for rule in _RULES:
        found = rule.pattern.search(text)
        if found:
            name = found.groupdict().get("name") or ""
            what, do = rule.what.format(name=name), rule.do.format(name=name)
            column = column or _USUAL_COLUMN.get(rule.code, "")
            row = row or _row_of(workbook.rows(sheet), name)
            return _finding(sheet, row, column, severity=severity, says=(rule.code, what, do))
    plain = " ".join(_LESSON.sub("", _ROW.sub("", text)).split())[:400] or "This is not allowed here."
    return _finding(sheet, row, column, severity=severity, says=("pyxform", plain, "Correct this in the spreadsheet."))


def _row_of(rows: Sequence[Row], name: str) -> int:
    """The row that a complaint without a row number is about: the one of that name or type; 0 when there is none."""
    return next((row.number for row in rows if name and name in {row["name"], row["type"]}), 0)


def _finding(sheet: str, row: int, column: str, *, severity: Severity, says: tuple[str, str, str]) -> Finding:
    code, what, do = says
    return Finding(sheet=sheet, row=row, column=column, severity=severity, code=code, what=what, do=do)


def _row_number(rows: Sequence[Row], as_counted: int) -> int:
    """Pyxform counts the rows it was given from 2; the person counts the rows of the sheet."""
    index = as_counted - 2
    return rows[index].number if 0 <= index < len(rows) else 0


# --- taking a complaint away ---------------------------------------------------------------------


def without_cause(workbook: Workbook, finding: Finding) -> Workbook | None:
    """The workbook with what was complained of taken out, to hear what else is wrong; None when nobody knows how."""
    rows = workbook.rows(finding.sheet)
    index = next((place for place, row in enumerate(rows) if finding.row and row.number == finding.row), -1)
    if finding.code in _WHOLE_SHEET:
        return _WHOLE_SHEET[finding.code](workbook)
    if index < 0:
        return None
    row = rows[index]
    if finding.code == "end-without-begin":
        return workbook.with_sheet(finding.sheet, (*rows[:index], *rows[index + 1 :]))
    if finding.code in _WRONG_TYPES:
        return _with_row(workbook, finding.sheet, index, replace(row, cells={**row.cells, "type": "text"}))
    if finding.sheet == "survey" and finding.code in _WRONG_NAMES:
        return _renamed(workbook, index, everywhere=finding.code == "bad-name")
    if finding.code == "no-label":
        return _with_row(workbook, finding.sheet, index, row.with_cells(label="?"))
    column = cell_of(row, finding.column)
    if not column or column in {"type", "name", "list_name"}:
        return None
    kept = {name: text for name, text in row.cells.items() if name != column}
    return _with_row(workbook, finding.sheet, index, replace(row, cells=kept))


_WRONG_TYPES: Final = frozenset({"unknown-type", "no-type"})
_WRONG_NAMES: Final = frozenset({"no-name", "bad-name", "two-names"})


def _with_row(workbook: Workbook, sheet: str, index: int, row: Row) -> Workbook:
    rows = workbook.rows(sheet)
    return workbook.with_sheet(sheet, (*rows[:index], row, *rows[index + 1 :]))


def _renamed(workbook: Workbook, index: int, *, everywhere: bool) -> Workbook:
    rows = workbook.rows("survey")
    old, new = rows[index]["name"], f"mended_{rows[index].number}"
    if everywhere and old:
        written, meant = f"${{{old}}}", f"${{{new}}}"
        rows = tuple(
            replace(row, cells={column: text.replace(written, meant) for column, text in row.cells.items()})
            for row in rows
        )
    named = replace(rows[index], cells={**rows[index].cells, "name": new})
    return workbook.with_sheet("survey", (*rows[:index], named, *rows[index + 1 :]))


def _closed(workbook: Workbook) -> Workbook | None:
    """The survey with an end row for everything that is still open at its end."""
    still_open: list[str] = []
    for row in workbook.rows("survey"):
        kind = row["type"].strip().lower().replace(" ", "_")
        if kind.startswith("begin_"):
            still_open.append(kind.removeprefix("begin_"))
        elif kind.startswith("end_") and still_open and still_open[-1] == kind.removeprefix("end_"):
            still_open.pop()
    if not still_open:
        return None
    ends = [Row(number=0, cells={"type": f"end_{kind}"}) for kind in reversed(still_open)]
    return workbook.with_sheet("survey", (*workbook.rows("survey"), *ends))


def _unspaced(workbook: Workbook) -> Workbook:
    choices = [row.with_cells(name="_".join(row["name"].split())) for row in workbook.rows("choices")]
    return workbook.with_sheet("choices", choices)


_WHOLE_SHEET: Final[dict[str, Callable[[Workbook], Workbook | None]]] = {
    "begin-without-end": _closed,
    "space-in-choice": _unspaced,
}
"""Mistakes whose cause is not in one row."""
