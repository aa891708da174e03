"""Turns a workbook into an ODK XForm by pyxform; its complaints become findings with place and remedy."""

import re
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any, Final, cast

from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from iowscp_desktop.errors import FormDoesNotCompile
from iowscp_desktop.forms.complaints import HUSHED, translated, without_cause
from iowscp_desktop.forms.doctor import mend
from iowscp_desktop.forms.finding import Finding
from iowscp_desktop.forms.secondary import EXTERNAL_CHOICES
from iowscp_desktop.forms.workbook import FORM_SHEETS, Workbook

ENGINE: Final = f"forms 1, pyxform {version('pyxform')}"
"""Which engine made a compiled form; kept with every response."""

_DEEPEST: Final = 60
_MOST_MISTAKES: Final = 40
"""After so many the author has enough to do."""
_MOST_WORK: Final = 20_000
"""How many rows may be compiled again for the sake of more complaints."""


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
    compiled, mistakes = compile_anyway(workbook)
    if mistakes or compiled is None:
        raise FormDoesNotCompile(mistakes)
    return compiled


def compile_anyway(workbook: Workbook) -> tuple[CompiledForm | None, tuple[Finding, ...]]:
    """Compile what can be compiled: where there is a mistake, take it out and go on.

    Returns:
        The form, None when nothing could be made of it; and the mistakes that were found on the way. A form with
        mistakes is good for being looked at, never for being answered.
    """
    early = _too_deep(workbook)
    if early:
        return None, early
    most = min(_MOST_MISTAKES, 3 + _MOST_WORK // (1 + len(workbook.rows("survey"))))
    source_hash = workbook.fingerprint()
    workbook = mend(workbook)
    mistakes: list[Finding] = []
    while True:
        said: list[str] = []
        try:
            made = _pyxform(workbook, said)
            break
        except PyXFormError as error:
            mistake = translated(str(error), workbook, severity="error")
        except Exception as error:  # noqa: BLE001 - pyxform meets odd spreadsheets with any error there is
            mistake = _surprise(error)
        smaller = None if mistake in mistakes else without_cause(workbook, mistake)
        if mistake not in mistakes:
            mistakes.append(mistake)
        if smaller is None or len(mistakes) >= most:
            return None, tuple(mistakes)
        workbook = smaller
    mended = {(mistake.sheet, mistake.row) for mistake in mistakes}
    warnings = [translated(text, workbook, severity="warning") for text in said if not HUSHED.search(text)]
    return CompiledForm(
        xml=made[0],
        source_hash=source_hash,
        findings=(*workbook.findings, *(one for one in warnings if not one.row or (one.sheet, one.row) not in mended)),
        itemsets=made[1],
    ), tuple(mistakes)


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


def _surprise(error: Exception) -> Finding:
    what = f"The form could not be compiled ({type(error).__name__})."
    do = "Check the groups and the columns for unusual names such as “meta” or “instance::…”."
    return _mistake("not-understood", what, do, 0)


def _mistake(code: str, what: str, do: str, row: int) -> Finding:
    column = "type" if row else ""
    return Finding(sheet="survey", row=row, column=column, severity="error", code=code, what=what, do=do)


def _too_deep(workbook: Workbook) -> tuple[Finding, ...]:
    """Groups within groups past any sense would exhaust the compiler's stack."""
    depth = 0
    for row in workbook.rows("survey"):
        kind = row["type"].strip().lower().replace("_", " ")
        if kind.startswith("begin "):
            depth += 1
            if depth > _DEEPEST:
                what = f"Groups are nested more than {_DEEPEST} deep."
                do = "Put fewer groups inside each other."
                return (
                    Finding(
                        sheet="survey",
                        row=row.number,
                        column="type",
                        severity="error",
                        code="too-deep",
                        what=what,
                        do=do,
                    ),
                )
        elif kind.startswith("end "):
            depth -= 1
    return ()
