"""Mends what is known to go wrong in spreadsheets before they are compiled, and says each time what it did."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from iowscp_desktop.forms.finding import Finding, Severity
from iowscp_desktop.forms.workbook import Row, Workbook

_LIST_TYPE: Final = re.compile(
    r"^(select_one|select_multiple|select one|select multiple|rank)\s+(?:from\s+)?(?P<list>\S+)"
)
_LIST_COLUMNS: Final = ("list_name", "list name")
_REFERENCE: Final = "${{{name}}}"
_ALLOWED: Final = frozenset({"yes", "true", "true()"})


def mend(workbook: Workbook) -> Workbook:
    """The workbook with everything mended that can be, and a finding for each repair."""
    for repair in _REPAIRS:
        workbook = repair(workbook)
    return workbook


def _finding(sheet: str, row: int, column: str, says: tuple[str, str, str], severity: Severity = "warning") -> Finding:
    code, what, do = says
    return Finding(sheet=sheet, row=row, column=column, severity=severity, code=code, what=what, do=do)


def _list_of(row: Row) -> str:
    return next((row[column] for column in _LIST_COLUMNS if row[column]), "")


def _allow_twin_choices(workbook: Workbook) -> Workbook:
    """Two choices of a list with one name: allowed, as ODK programs do when asked to."""
    settings = workbook.rows("settings")
    if settings and settings[0]["allow_choice_duplicates"].lower() in _ALLOWED:
        return workbook
    seen: set[tuple[str, str]] = set()
    twins: list[Finding] = []
    for row in workbook.rows("choices"):
        key = (_list_of(row), row["name"])
        if all(key) and key in seen:
            what = f"The list “{key[0]}” has two choices called “{key[1]}”. Both are offered and mean the same."
            twins.append(_finding("choices", row.number, "name", ("two-choices", what, "Give each its own name.")))
        seen.add(key)
    if not twins:
        return workbook
    first = settings[0] if settings else Row(number=0)
    allowed = first.with_cells(allow_choice_duplicates="yes")
    return workbook.with_sheet("settings", (allowed, *settings[1:])).with_findings(twins)


def _add_missing_lists(workbook: Workbook) -> Workbook:
    """A select whose list is missing gets one with nothing but a place-holder, so that the rest can be looked at."""
    known = {_list_of(row) for row in workbook.rows("choices")}
    added: dict[str, Row] = {}
    found: list[Finding] = []
    column = next((name for name in _LIST_COLUMNS if name in workbook.columns("choices")), "list_name")
    for row in workbook.rows("survey"):
        match = _LIST_TYPE.match(row["type"].strip())
        name = match["list"] if match else ""
        if not name or name in known or "." in name or name.startswith("${"):
            continue
        what = f"It asks for the choices “{name}”, but the choices sheet has no such list."
        do = "Add the list to the choices sheet, or correct its name in the type column."
        found.append(_finding("survey", row.number, "type", ("no-choice-list", what, do), "error"))
        added[name] = Row(number=0, cells={column: name, "name": "missing", "label": f"({name}?)"})
    if not added:
        return workbook
    return workbook.with_sheet("choices", (*workbook.rows("choices"), *added.values())).with_findings(found)


def _rename_meta(workbook: Workbook) -> Workbook:
    """`meta` is the form's own group for data about the response."""
    rows = workbook.rows("survey")
    meant = [row for row in rows if row["name"] == "meta" and row["type"].startswith("begin")]
    taken = {row["name"] for row in rows}
    if not meant:
        return workbook
    name = next(f"meta_{number}" for number in range(2, 10_000) if f"meta_{number}" not in taken)
    old, new = _REFERENCE.format(name="meta"), _REFERENCE.format(name=name)

    def renamed(row: Row) -> Row:
        cells = {column: text.replace(old, new) for column, text in row.cells.items()}
        return replace(row, cells={**cells, "name": name} if row["name"] == "meta" else cells)

    what = f"The name “meta” is reserved. This group is called “{name}” here."
    found = [_finding("survey", row.number, "name", ("reserved-name", what, "Rename the group.")) for row in meant]
    return workbook.with_sheet("survey", [renamed(row) for row in rows]).with_findings(found)


def _drop_unknown_columns(workbook: Workbook) -> Workbook:
    """`instance::tag` would set an attribute that the compiler itself needs."""
    columns = [name for name in workbook.columns("survey") if name.replace(" ", "").lower() == "instance::tag"]
    if not columns:
        return workbook
    rows = [
        replace(row, cells={name: text for name, text in row.cells.items() if name not in columns})
        for row in workbook.rows("survey")
    ]
    what, do = "A column of this name cannot be used and was left out.", "Rename the column."
    found = [_finding("survey", 1, name, ("unusable-column", what, do)) for name in columns]
    return workbook.with_sheet("survey", rows).with_findings(found)


_REPAIRS: Final[Sequence[Callable[[Workbook], Workbook]]] = (
    _drop_unknown_columns,
    _rename_meta,
    _add_missing_lists,
    _allow_twin_choices,
)
