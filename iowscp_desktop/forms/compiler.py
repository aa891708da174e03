"""Turns a workbook into an ODK XForm by pyxform; its complaints become findings with place and remedy."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any, Final, cast

from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from iowscp_desktop.errors import FormDoesNotCompile
from iowscp_desktop.forms.doctor import mend
from iowscp_desktop.forms.finding import Finding, Severity
from iowscp_desktop.forms.secondary import EXTERNAL_CHOICES
from iowscp_desktop.forms.workbook import FORM_SHEETS, Row, Workbook

ENGINE: Final = f"forms 1, pyxform {version('pyxform')}"
"""Which engine made a compiled form; kept with every response."""

_DEEPEST: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledForm:
    """A form ready to be loaded, and what is kept with every response to it."""

    xml: str
    source_hash: str
    engine: str = ENGINE
    findings: tuple[Finding, ...] = ()
    itemsets: str = ""
    """External choices as the `itemsets.csv` that a form's media must then hold; '' when it has none."""

    @property
    def media(self) -> dict[str, str]:
        """The files that were made with the form and that loading it needs."""
        return {EXTERNAL_CHOICES: self.itemsets} if self.itemsets else {}


def compile_workbook(workbook: Workbook) -> CompiledForm:
    """Compile plain XLSForm rows.

    Raises:
        FormDoesNotCompile: It has mistakes; its `findings` name sheet, row, column and what to do.
    """
    early = _too_deep(workbook)
    if early:
        raise FormDoesNotCompile(early)
    source_hash = workbook.fingerprint()
    workbook = mend(workbook)
    said: list[str] = []
    try:
        made = _pyxform(workbook, said)
    except PyXFormError as error:
        raise FormDoesNotCompile((_translated(str(error), workbook, severity="error"),)) from error
    except Exception as error:
        raise FormDoesNotCompile((_surprise(error),)) from error
    warnings = tuple(_translated(text, workbook, severity="warning") for text in said if not _HUSHED.search(text))
    return CompiledForm(
        xml=made[0],
        source_hash=source_hash,
        findings=(*workbook.findings, *warnings),
        itemsets=made[1],
    )


def _pyxform(workbook: Workbook, said: list[str]) -> tuple[str, str]:
    """The XForm and the external choices. pyxform publishes no types: what leaves here has one."""
    book: dict[str, Any] = {"sheet_names": list(workbook.sheets)}
    for sheet in FORM_SHEETS:
        if workbook.rows(sheet):
            book[sheet] = [dict(row.cells) for row in workbook.rows(sheet)]
            book[f"{sheet}_header"] = [dict.fromkeys(workbook.columns(sheet))]
    fallback = re.sub(r"\W+", "_", workbook.name.rsplit("/", 1)[-1].rsplit(".", 1)[0]).strip("_") or "form"
    book["fallback_form_name"] = fallback
    made = cast("Any", convert)(book, warnings=said, validate=False, form_name="data")
    return str(made.xform), str(made.itemsets or "")


# --- what pyxform says, in plain words -----------------------------------------------------------

_ROW: Final = re.compile(r"\[row ?: ?(\d+)\]")
_SHEET: Final = re.compile(r"'(survey|choices|settings|entities|external_choices)'( sheet)?")
_COLUMN: Final = re.compile(r"'([\w:]+)' value")
_HUSHED: Final = re.compile(r"^(On the choices sheet there is a option with no label|.*Use the max-pixels)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Rule:
    """How one of pyxform's messages is recognised and said."""

    pattern: re.Pattern[str]
    code: str
    what: str
    do: str


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
        r"has no label|no label|should have a label",
        "no-label",
        "It has no label, so people would see nothing.",
        "Fill in the label column.",
    ),
    _rule(
        r"following (column headers|.*languages?)|missing translation|Missing translations",
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


def _translated(text: str, workbook: Workbook, *, severity: Severity) -> Finding:
    row_found, sheet_found, column_found = _ROW.search(text), _SHEET.search(text), _COLUMN.search(text)
    sheet = sheet_found[1] if sheet_found else ("choices" if "choices sheet" in text else "survey")
    row = _row_number(workbook.rows(sheet), int(row_found[1])) if row_found else 0
    column = column_found[1] if column_found else ""
    for rule in _RULES:
        found = rule.pattern.search(text)
        if found:
            name = found.groupdict().get("name") or ""
            what, do = rule.what.format(name=name), rule.do.format(name=name)
            row = row or next((each.number for each in workbook.rows(sheet) if name and name == each["type"]), 0)
            return _finding(sheet, row, column, severity=severity, says=(rule.code, what, do))
    plain = " ".join(_ROW.sub("", text).split())[:400]
    return _finding(sheet, row, column, severity=severity, says=("pyxform", plain, "Correct this in the spreadsheet."))


def _finding(sheet: str, row: int, column: str, *, severity: Severity, says: tuple[str, str, str]) -> Finding:
    code, what, do = says
    return Finding(sheet=sheet, row=row, column=column, severity=severity, code=code, what=what, do=do)


def _row_number(rows: Sequence[Row], as_counted: int) -> int:
    """Pyxform counts the rows it was given from 2; the person counts the rows of the sheet."""
    index = as_counted - 2
    return rows[index].number if 0 <= index < len(rows) else 0


def _surprise(error: Exception) -> Finding:
    what = f"The form could not be compiled ({type(error).__name__})."
    do = "Check the groups and the columns for unusual names such as “meta” or “instance::…”."
    return _finding("survey", 0, "", severity="error", says=("not-understood", what, do))


def _too_deep(workbook: Workbook) -> tuple[Finding, ...]:
    """Groups within groups past any sense would exhaust the compiler's stack."""
    depth = 0
    for row in workbook.rows("survey"):
        kind = row["type"].strip().lower().replace("_", " ")
        if kind.startswith("begin "):
            depth += 1
            if depth > _DEEPEST:
                what = f"Groups are nested more than {_DEEPEST} deep."
                says = ("too-deep", what, "Put fewer groups inside each other.")
                return (_finding("survey", row.number, "type", severity="error", says=says),)
        elif kind.startswith("end "):
            depth -= 1
    return ()
