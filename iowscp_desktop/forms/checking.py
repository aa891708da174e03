"""Looks a form over for its author: everything that is wrong or doubtful, in the order of the spreadsheet."""

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from iowscp_desktop.errors import GoesInCircles, UnknownFunction
from iowscp_desktop.forms.compiler import CompiledForm, compile_anyway
from iowscp_desktop.forms.doubtful_rows import doubtful_rows
from iowscp_desktop.forms.doubtful_rules import doubtful_rules
from iowscp_desktop.forms.finding import Finding, errors_in
from iowscp_desktop.forms.form import Form
from iowscp_desktop.forms.loader import Trouble, look_into
from iowscp_desktop.forms.secondary import Media
from iowscp_desktop.forms.source import as_written, is_xml
from iowscp_desktop.forms.spreadsheet import read_workbook
from iowscp_desktop.forms.survey import NOWHERE, Spot, Survey
from iowscp_desktop.forms.workbook import FORM_SHEETS, Workbook
from iowscp_desktop.forms.xpath.functions import FUNCTION_NAMES

_BLANK: Final = Workbook(name="", sheets={})
_DIALECTS: Final = {
    "CommCare or the Community Health Toolkit": frozenset(
        {"add-date", "difference-in-months", "difference-in-weeks", "difference-in-days", "difference-in-years"}
        | {"z-score", "to-bikram-sambat", "parse-timestamp-to-date", "cht:extension-lib", "cht:difference-in-months"}
        | {"cht:difference-in-days", "cht:difference-in-years", "cht:add-date", "cht:bp-to-date", "distinct-values"}
    ),
    "SurveyCTO": frozenset(
        {"rank-index", "rank-value", "hash", "plug-in", "plug-in-metadata", "collect-is-phone-app", "duration"}
        | {"linebreak", "sum-if", "count-if", "max-if", "min-if", "join-if", "item-at", "item-index", "item-present"}
        | {"filter", "choice-label", "rand-between", "rank-index-if", "rank-value-if", "de-duplicate", "geo-scatter"}
        | {"phone-call-log", "phone-call-duration", "device-info", "username", "index", "relevant", "empty"}
    ),
}
"""Functions of other programs, so that the author learns whose they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What came of looking a form over. Without errors there is a form that can be answered."""

    findings: tuple[Finding, ...]
    compiled: CompiledForm | None = field(default=None, repr=False)
    form: Form | None = field(default=None, repr=False)


def check_form(source: bytes, *, name: str, media: Media | None = None) -> Checked:
    """Look a form's file over.

    Args:
        source: An .xlsx, .xls, .csv or Markdown spreadsheet, or an .xml XForm.
        name: The file's name, for messages only.
        media: The files that belong to it, by name.

    Raises:
        NotAForm: It is no form at all.
        SpreadsheetTooLarge: A limit is passed.
        SpreadsheetUnsafe: It holds what no form needs.
        FormUnreadable: It is XML, but no XForm; or an attached file is damaged.
    """
    if is_xml(source):
        return _checked(as_written(source), (), _BLANK, media or {})
    return check_workbook(read_workbook(source, name=name), media=media)


def check_workbook(workbook: Workbook, *, media: Media | None = None) -> Checked:
    """Look plain XLSForm rows over.

    Raises:
        FormUnreadable: An attached file is damaged.
    """
    compiled, mistakes = compile_anyway(workbook)
    found = [*mistakes, *doubtful_rows(workbook)]
    if compiled is None:
        return Checked(findings=_in_order([*workbook.findings, *found]))
    return _checked(compiled, found, workbook, media or {})


def _checked(compiled: CompiledForm, before: Iterable[Finding], workbook: Workbook, media: Media) -> Checked:
    form, troubles = look_into(compiled.xml, media={**compiled.media, **media})
    root = form.places.root.name if form is not None else "data"
    survey = Survey(workbook, root)
    found = [*before, *compiled.findings, *(_said(trouble, survey) for trouble in troubles)]
    if form is not None:
        found += [_placed(finding, workbook) for finding in form.findings]
        found += doubtful_rules(form, survey, workbook)
    findings = _in_order(found)
    whole = form if not errors_in(findings) else None
    return Checked(findings=findings, compiled=replace(compiled, findings=findings), form=whole)


# --- rules that cannot be used -------------------------------------------------------------------


def _said(trouble: Trouble, survey: Survey) -> Finding:
    spot = survey.spot(trouble.path, trouble.rule) if trouble.rule else survey.named(trouble.path)
    code, what, do = _words(trouble)
    if spot is NOWHERE and trouble.rule:
        spot, what = Spot("", 0, trouble.rule), f"{trouble.path}: {what}"
    return Finding(sheet=spot.sheet, row=spot.row, column=spot.column, severity="error", code=code, what=what, do=do)


def _words(trouble: Trouble) -> tuple[str, str, str]:
    error = trouble.error
    if isinstance(error, GoesInCircles):
        return "circle", error.message, error.remedy
    if isinstance(error, UnknownFunction):
        return "unknown-function", f"It uses “{error.function}()”, which does not exist.", _meant(error.function)
    return "unreadable-rule", f"This rule cannot be understood: {error.why}.", "Correct the rule."


def _meant(function: str) -> str:
    owner = next((name for name, functions in _DIALECTS.items() if function in functions), "")
    if owner:
        return f"“{function}()” belongs to {owner} alone. Write the rule with the functions of plain XLSForm."
    near = difflib.get_close_matches(function, FUNCTION_NAMES, n=1, cutoff=0.6)
    return f"Did you mean “{near[0]}()”?" if near else "Correct the function’s name."


# --- order and place -----------------------------------------------------------------------------


def _placed(finding: Finding, workbook: Workbook) -> Finding:
    """A missing file with the row that asks for it."""
    if finding.code != "missing-file":
        return finding
    name = finding.what.partition("“")[2].partition("”")[0]
    for row in workbook.rows("survey"):
        column = next((heading for heading, text in row.cells.items() if name and name in text), "")
        if column:
            return replace(finding, sheet="survey", row=row.number, column=column, do="Put it beside the form.")
    return replace(finding, do="Put it beside the form.")


def _in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    unique = list(dict.fromkeys(findings))
    exact = {finding.code for finding in unique if finding.row}
    kept = [one for one in unique if one.row or one.code != "missing-translation" or one.code not in exact]
    return tuple(sorted(_once_each_place(kept), key=_place))


def _once_each_place(findings: Iterable[Finding]) -> Iterator[Finding]:
    """One mistake may be noticed by several of those who look: the first to say so is heard."""
    seen: set[tuple[str, int, str, str]] = set()
    for finding in findings:
        place = (finding.sheet, finding.row, finding.column, finding.code)
        if place not in seen or not finding.row:
            yield finding
        seen.add(place)


def _place(finding: Finding) -> tuple[int, int, bool]:
    sheet = FORM_SHEETS.index(finding.sheet) if finding.sheet in FORM_SHEETS else -1
    return sheet, finding.row, finding.severity == "warning"
