"""What happened in this workspace: a table, whether its chain holds, and a button that prints it."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from iowscp_desktop import text
from iowscp_desktop.app.audit_log import AuditRow, written
from iowscp_desktop.errors import AppError
from iowscp_desktop.ui.audit_log.presenter import AuditLogPresenter
from iowscp_desktop.ui.choosing import Choose, FileRequest, Wanted
from iowscp_desktop.ui.notify import announce
from iowscp_desktop.ui.theme import Icon, Role, Type
from iowscp_desktop.ui.widgets.buttons import Button, Kind
from iowscp_desktop.ui.widgets.labels import Label, Picture
from iowscp_desktop.ui.widgets.layouts import Column, Row
from iowscp_desktop.ui.widgets.pages import PageTitle
from iowscp_desktop.ui.widgets.surfaces import PANE, show_or_hide
from iowscp_desktop.ui.widgets.table import Cell, Head, RowsTable

Words = text.AuditLog


class AuditLogPage(QWidget):
    """Draws the record."""

    def __init__(self, choose: Choose) -> None:
        super().__init__()
        self._choose = choose
        self.setProperty(PANE, "yes")
        self.setWindowTitle(Words.title)
        self.back = Button(Words.back, Kind.QUIET, icon=Icon.ARROW_LEFT)
        self.print = Button(Words.print_button, icon=Icon.PRINTER)
        self._sign, self._holds = Picture(Icon.SHIELD_CHECK, Role.GREEN_INK), Label("", Type.STRONG, wrap=True)
        self._said = Label("", Type.SMALL, wrap=True)
        self.table: RowsTable[AuditRow] = RowsTable(
            Words.title,
            (
                Head(title=Words.when, cell=lambda row: Cell(words=written(row), order=row.no)),
                Head(title=Words.what, cell=lambda row: Cell(words=Words.deed(row.deed, row.ids)), wide=True),
                Head(title=Words.who, cell=lambda row: Cell(words=_who(row))),
            ),
            lambda row: str(row.no),
        )
        holds = Row(self._sign, gap=10)
        holds.add(self._holds, 1)
        holds.add(self.print)
        column = Column(
            Row(self.back, None),
            PageTitle(Words.title, Words.about),
            holds,
            self._said,
            gap=12,
            margins=(32, 18, 28, 22),
        )
        column.add(self.table, 1)
        self.setLayout(column)
        show_or_hide(self._said, shown=False)

    def start(self, presenter: AuditLogPresenter, on_back: Callable[[], None]) -> None:
        """Take the presenter and begin."""
        self._presenter = presenter
        self.back.clicked.connect(on_back)
        self.print.clicked.connect(self._on_print)
        presenter.start()

    def on_shown(self) -> None:
        """It came to the front."""
        self.table.setFocus()

    def show_rows(self, rows: Sequence[AuditRow], *, holds: bool) -> None:
        """Show what happened, the newest first, and whether the chain holds."""
        self.table.show_rows(rows)
        self._holds.setText(Words.holds if holds else Words.broken)
        self._sign.show_icon(
            Icon.SHIELD_CHECK if holds else Icon.TRIANGLE_ALERT, Role.GREEN_INK if holds else Role.RED_INK
        )

    def show_saved(self, path: Path) -> None:
        """Say where it was printed."""
        self._say(Words.printed.format(name=path.name))

    def show_refused(self, error: AppError) -> None:
        """Say why it was not printed."""
        self._say(text.Keys.refused(error.message, error.remedy, error.code))

    def _say(self, words: str) -> None:
        self._said.setText(words)
        show_or_hide(self._said, shown=True)
        announce(self, words)

    def _on_print(self) -> None:
        request = FileRequest(
            wanted=Wanted.NEW_FILE,
            title=Words.save_title,
            kinds=Words.kinds,
            suggestion=Path.home() / Words.file_name,
        )
        self._choose(request, lambda paths: self._presenter.on_place(paths[0]))


def _who(row: AuditRow) -> str:
    return Words.unknown_person if row.is_stranger else row.who
