"""Rows that work, but not everywhere or for everyone: what this program does not do, missing words, names too alike."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from iowscp_desktop.forms.finding import Finding
from iowscp_desktop.forms.survey import Survey, kind_of
from iowscp_desktop.forms.workbook import Row, Workbook

_NOT_DONE: Final = {
    "audit": "It asks for a log of how the form was filled in. This program keeps its own, and writes none here.",
    "background-audio": "It asks for a sound recording in the background. This program records nothing.",
    "background-geopoint": "It asks for the place where an answer was given. This program knows no places.",
    "start-geopoint": "It asks for the place where the form was opened. This program knows no places.",
    "osm": "It asks for features of a map. This program has no map.",
    "simserial": "It asks for the number of a telephone card. A computer has none, so it stays empty.",
    "subscriberid": "It asks for the number of a telephone contract. A computer has none, so it stays empty.",
    "phonenumber": "It asks for the device’s telephone number. A computer has none, so it stays empty.",
}
_TYPED: Final = frozenset({"geopoint", "geotrace", "geoshape", "barcode"})
_SETTINGS_NOT_DONE: Final = {
    "public_key": "Responses are not encrypted with this key: they are sealed in the program's own way.",
    "submission_url": "Nothing is sent to this address: this program works without a network.",
    "auto_send": "Nothing is sent by itself: this program works without a network.",
    "auto_delete": "Nothing is deleted by itself.",
}
_WORDS: Final = re.compile(
    r"^(?P<what>label|hint|guidance_hint|constraint_message|required_message)(?:\s*::?\s*(?P<language>.+))?$"
)
_UNSEEN: Final = frozenset(
    {"start", "end", "today", "deviceid", "username", "email", "phonenumber", "simserial", "subscriberid"}
    | {"calculate", "hidden", "audit"}
)
"""Rows that nobody is shown, whatever their label."""
_MOST_OF_A_KIND: Final = 20
_MULTIPLE: Final = re.compile(r"^(?:select_multiple|select multiple|rank)\s+(?:from\s+)?(\S+)")


def doubtful_rows(workbook: Workbook) -> Iterator[Finding]:
    """Everything doubtful in a form's rows."""
    yield from _not_done(workbook)
    for sheet in ("survey", "choices"):
        yield from _untranslated(workbook, sheet)
    yield from _alike(workbook)
    yield from _twin_names(workbook)
    yield from _split_names(workbook)


def _warning(sheet: str, row: int, column: str, code: str, what: str, do: str) -> Finding:
    return Finding(sheet=sheet, row=row, column=column, severity="warning", code=code, what=what, do=do)


def _not_done(workbook: Workbook) -> Iterator[Finding]:
    """What this program does not do, before anybody finds out by using it."""
    for row in workbook.rows("survey"):
        kind = kind_of(row)
        what = _NOT_DONE.get(kind, "")
        if kind in _TYPED:
            what = f"A {kind} is typed in here: this program reads no positions and no codes."
        if what:
            yield _warning("survey", row.number, "type", "not-done", what, "Do without it, or fill it in by hand.")
        if "search(" in row["appearance"]:
            what = "Choices are not searched for in another file here: only those of the list are offered."
            do = "Use select_one_from_file instead."
            yield _warning("survey", row.number, "appearance", "not-done", what, do)
    for row in workbook.rows("settings"):
        for column, what in _SETTINGS_NOT_DONE.items():
            if row[column]:
                yield _warning("settings", row.number, column, "not-done", what, "Remove the setting.")
    for row in workbook.rows("entities")[:1]:
        what = "Entities are neither made nor changed by this program."
        yield _warning("entities", row.number, "", "not-done", what, "Do without them here.")


# --- words ---------------------------------------------------------------------------------------


def _untranslated(workbook: Workbook, sheet: str) -> Iterator[Finding]:
    """A text that is there in one language and missing in another, cell by cell."""
    languages: dict[str, list[str]] = defaultdict(list)
    for column in workbook.columns(sheet):
        found = _WORDS.match(column)
        if found and found["language"]:
            languages[found["what"]].append(column)
    for columns in languages.values():
        for column in columns if len(columns) > 1 else ():
            gaps = [row for row in workbook.rows(sheet) if not row[column] and any(row[other] for other in columns)]
            yield from _gaps(sheet, column, [row for row in gaps if kind_of(row) not in _UNSEEN])


def _gaps(sheet: str, column: str, rows: list[Row]) -> Iterator[Finding]:
    language = column.partition(":")[2].strip(": ")
    do = "Fill it in; until then people see it in the form's main language."
    for row in rows[:_MOST_OF_A_KIND]:
        shown = row["name"] or row["type"]
        what = f"“{shown}” has no words in {language}."
        yield _warning(sheet, row.number, column, "missing-translation", what, do)
    if len(rows) > _MOST_OF_A_KIND:
        what = f"{len(rows) - _MOST_OF_A_KIND} more rows have no words in {language}."
        yield _warning(sheet, rows[_MOST_OF_A_KIND].number, column, "missing-translation", what, do)


def _alike(workbook: Workbook) -> Iterator[Finding]:
    """Two choices of a list that read the same."""
    columns = [column for column in workbook.columns("choices") if column.partition(":")[0].strip() == "label"]
    for column in columns:
        seen: dict[tuple[str, str], Row] = {}
        for row in workbook.rows("choices"):
            key = (_list_of(row), " ".join(row[column].split()).casefold())
            twin = seen.setdefault(key, row)
            filtered = {**twin.cells, "name": "", column: ""} != {**row.cells, "name": "", column: ""}
            if row[column] and twin is not row and twin["name"] != row["name"] and not filtered:
                what = f"Two choices of the list “{key[0]}” read the same: “{row[column]}”."
                yield _warning("choices", row.number, column, "same-label", what, "Give each its own label.")


def _list_of(row: Row) -> str:
    return row["list_name"] or row["list name"]


# --- names ---------------------------------------------------------------------------------------


def _twin_names(workbook: Workbook) -> Iterator[Finding]:
    """One name in two groups, or two that differ in capitals only: tables cannot tell their columns apart."""
    first: dict[str, tuple[str, Row]] = {}
    for path, row in Survey(workbook, "data").rows.items():
        if kind_of(row).startswith("begin_"):
            continue
        plain = row["name"].casefold()
        before, other = first.setdefault(plain, (path, row))
        if before == path:
            continue
        same = other["name"] == row["name"]
        what = (
            f"The name “{row['name']}” is used twice, in row {other.number} too."
            if same
            else f"The names “{row['name']}” and “{other['name']}” (row {other.number}) differ in capitals only."
        )
        do = "Give each question its own name, or tables may mix up their columns."
        yield _warning("survey", row.number, "name", "same-name" if same else "nearly-same-name", what, do)


def _split_names(workbook: Workbook) -> Iterator[Finding]:
    """A choice whose name has a space in it, in a list of which several may be chosen: spaces part the answers."""
    lists = {found[1] for row in workbook.rows("survey") if (found := _MULTIPLE.match(row["type"].strip()))}
    for row in _rows_of(workbook, lists):
        if len(row["name"].split()) > 1:
            what = f"The choice “{row['name']}” has a space in its name, so it would be read as several choices."
            yield Finding(
                sheet="choices",
                row=row.number,
                column="name",
                severity="error",
                code="space-in-choice",
                what=what,
                do="Write an underscore for the space.",
            )


def _rows_of(workbook: Workbook, lists: Iterable[str]) -> Iterator[Row]:
    wanted = set(lists)
    return (row for row in workbook.rows("choices") if _list_of(row) in wanted)
