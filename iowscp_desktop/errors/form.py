"""F…: a spreadsheet or form cannot be used."""

from collections.abc import Sequence
from typing import Protocol

from iowscp_desktop.errors.app_error import AppError


class FormError(AppError):
    """A spreadsheet or form cannot be used."""


class FindingLike(Protocol):
    """What an error carries of one mistake in a form: the place, also in words, what is wrong, and what to do."""

    @property
    def sheet(self) -> str:
        """The sheet."""
        ...

    @property
    def row(self) -> int:
        """The row as the spreadsheet numbers it, 0 when it is unknown."""
        ...

    @property
    def column(self) -> str:
        """The column's heading."""
        ...

    @property
    def code(self) -> str:
        """What kind of mistake it is."""
        ...

    @property
    def where(self) -> str:
        """The place, in words."""
        ...

    @property
    def what(self) -> str:
        """What is wrong."""
        ...

    @property
    def do(self) -> str:
        """What to do about it."""
        ...


class NotAForm(FormError):
    """The file is no spreadsheet with a survey sheet."""

    code = "F101"
    remedy = "Choose an .xlsx, .xls, .csv or Markdown file that has a survey sheet with a “type” column."

    def __init__(self, why: str) -> None:
        super().__init__(f"This file is not a form: {why}.")


class SpreadsheetTooLarge(FormError):
    """The file passes a limit on size, rows, cells or unpacking."""

    code = "F102"
    remedy = "Remove unused sheets, rows and pictures from the spreadsheet, then try again."

    def __init__(self, why: str) -> None:
        super().__init__(f"This spreadsheet is too large to be a form: {why}.")


class SpreadsheetUnsafe(FormError):
    """The file holds XML entities or a document type, which no spreadsheet program writes."""

    code = "F103"
    remedy = "Open it in your spreadsheet program, save it under a new name, and use that copy."

    def __init__(self) -> None:
        super().__init__("This spreadsheet holds something that could harm this computer, so it was not opened.")


class FormDoesNotCompile(FormError):
    """The spreadsheet was read but is not a working form; `findings` say where and what to do."""

    code = "F201"
    remedy = "Correct the places named in the spreadsheet, then try again."

    def __init__(self, findings: Sequence[FindingLike]) -> None:
        self.findings = tuple(findings)
        first = f" {self.findings[0].where}: {self.findings[0].what}" if self.findings else ""
        count = len(self.findings)
        super().__init__(f"The form has {count} mistake{'' if count == 1 else 's'} that must be corrected.{first}")


class FormUnreadable(FormError):
    """The compiled form is damaged or is not an XForm."""

    code = "F301"
    remedy = "Ask whoever sent the form for a new copy."

    def __init__(self, why: str) -> None:
        super().__init__(f"This form cannot be read: {why}.")


class ExpressionUnreadable(FormError):
    """A rule in the form is not written as XPath."""

    code = "F302"
    remedy = "Correct the rule in the form’s spreadsheet."

    def __init__(self, why: str, *, place: str = "") -> None:
        self.why, self.place = why, place
        super().__init__(f"A rule in this form cannot be understood{f' ({place})' if place else ''}: {why}.")

    def at(self, place: str) -> "ExpressionUnreadable":
        """The same, saying where the rule stands."""
        return ExpressionUnreadable(self.why, place=place)


class UnknownFunction(FormError):
    """A rule calls a function that does not exist."""

    code = "F303"
    remedy = "Correct the function’s name in the form’s spreadsheet."

    def __init__(self, function: str, *, place: str = "") -> None:
        self.function, self.place = function, place
        where = f" ({place})" if place else ""
        super().__init__(f"A rule in this form{where} uses “{function}()”, which does not exist.")

    def at(self, place: str) -> "UnknownFunction":
        """The same, saying where the rule stands."""
        return UnknownFunction(self.function, place=place)


class GoesInCircles(FormError):
    """Rules depend on each other, so none of them can be worked out first."""

    code = "F304"
    remedy = "Change one of these questions so that its rules no longer need its own answer."

    def __init__(self, questions: Sequence[str]) -> None:
        self.questions = tuple(questions)
        super().__init__("The rules of these questions go round in a circle: " + " → ".join(questions) + ".")


class NoSuchQuestion(FormError):
    """A reference names no question of the form as it stands."""

    code = "F305"
    remedy = "Check the name of the question and the number of the repeat."

    def __init__(self, ref: str) -> None:
        super().__init__(f"This form has no question at “{ref[:200]}”.")


class RepeatIsFixed(FormError):
    """The form itself decides how many instances a repeat has."""

    code = "F306"
    remedy = "Change the answer that the number depends on."

    def __init__(self, repeat: str) -> None:
        super().__init__(f"The form itself decides how many times “{repeat}” is asked.")


class NotAScript(FormError):
    """A script of answers holds something that is no operation."""

    code = "F307"
    remedy = 'Write each operation as ["/data/question", "value"] or {"op": "add_repeat", "ref": "/data/repeat"}.'

    def __init__(self, number: int) -> None:
        super().__init__(f"Operation {number} of the script cannot be understood.")
