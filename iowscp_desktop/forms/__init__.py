"""The form engine: XLSForm becomes ODK XForms, and XForms become sessions. No Qt, SQL, clock or files."""

from iowscp_desktop.forms.compiler import ENGINE, CompiledForm, compile_workbook
from iowscp_desktop.forms.finding import Finding, errors_in
from iowscp_desktop.forms.spreadsheet import read_workbook
from iowscp_desktop.forms.workbook import Row, Workbook

__all__ = [
    "ENGINE",
    "CompiledForm",
    "Finding",
    "Row",
    "Workbook",
    "compile_workbook",
    "errors_in",
    "read_workbook",
]
