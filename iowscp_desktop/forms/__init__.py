"""The form engine: XLSForm becomes ODK XForms, and XForms become sessions. No Qt, SQL, clock or files.

A file goes `read_form` (or `read_workbook` → `compile_workbook`) → `load_form` → `form.start(…)` → `Session`.
`check_form` looks one over for its author.
"""

from iowscp_desktop.forms.as_survey import survey_of
from iowscp_desktop.forms.checking import Checked, check_form, check_workbook
from iowscp_desktop.forms.choices import Choice
from iowscp_desktop.forms.compiler import ENGINE, CompiledForm, compile_workbook
from iowscp_desktop.forms.finding import Finding, errors_in
from iowscp_desktop.forms.form import Form, FormPart
from iowscp_desktop.forms.loader import load_form
from iowscp_desktop.forms.markup import plain_text, safe_html
from iowscp_desktop.forms.row_files import csv_file, xlsx_file
from iowscp_desktop.forms.rows import Table, tables
from iowscp_desktop.forms.saved import Key, Saved
from iowscp_desktop.forms.script import described, run_script
from iowscp_desktop.forms.session import Session
from iowscp_desktop.forms.source import is_xml, read_form
from iowscp_desktop.forms.spreadsheet import read_workbook
from iowscp_desktop.forms.state import NodeState
from iowscp_desktop.forms.submission import Submission, read_submission
from iowscp_desktop.forms.versions import Dropped, Lost, Moved, compare_versions
from iowscp_desktop.forms.workbook import Row, Workbook

__all__ = [
    "ENGINE",
    "Checked",
    "Choice",
    "CompiledForm",
    "Dropped",
    "Finding",
    "Form",
    "FormPart",
    "Key",
    "Lost",
    "Moved",
    "NodeState",
    "Row",
    "Saved",
    "Session",
    "Submission",
    "Table",
    "Workbook",
    "check_form",
    "check_workbook",
    "compare_versions",
    "compile_workbook",
    "csv_file",
    "described",
    "errors_in",
    "is_xml",
    "load_form",
    "plain_text",
    "read_form",
    "read_submission",
    "read_workbook",
    "run_script",
    "safe_html",
    "survey_of",
    "tables",
    "xlsx_file",
]
