"""The steps of the first run that put keys on paper: the recovery sheet, and the partnership's spare key."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from iowscp_desktop import text
from iowscp_desktop.ui.first_run.steps import StepPage
from iowscp_desktop.ui.theme import Type
from iowscp_desktop.ui.widgets.buttons import Button, Kind
from iowscp_desktop.ui.widgets.key_paper import RecoveryPaper, SparePaper
from iowscp_desktop.ui.widgets.labels import Label
from iowscp_desktop.ui.widgets.layouts import Column, Row

Words = text.FirstRun


class SheetStep(StepPage):
    """The recovery key, on paper before anything else happens."""

    def __init__(self) -> None:
        self.paper = RecoveryPaper()
        super().__init__(Words.sheet_title, Words.sheet_about, self.paper)
        self.paper.done.connect(self.went_on)

    @property
    @override
    def first(self) -> QWidget:
        return self.paper.save

    def show_last(self, *, last: bool) -> None:
        """Say on the button whether the workspace is made next."""
        self.go_on.show_words(Words.finish if last else Words.go_on)


class SpareStep(StepPage):
    """The partnership's spare key; it can wait."""

    postponed = Signal()

    def __init__(self) -> None:
        self.paper = SparePaper()
        self.later = Button(Words.spare_later, Kind.QUIET)
        below = QWidget()
        about = Label(Words.spare_later_about, Type.SMALL, wrap=True)
        below.setLayout(Column(Row(self.later, None), about, gap=2))
        super().__init__(Words.spare_title, Words.spare_about, self.paper, below, button=Words.finish)
        self.later.clicked.connect(self.postponed)

    @property
    @override
    def first(self) -> QWidget:
        return self.paper.file
