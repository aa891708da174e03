"""Several questions with the same choices: a table where there is room for one, one below the other where not."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QWidget
from typing_extensions import override

from iowscp_desktop import text
from iowscp_desktop.app.filling import FieldState
from iowscp_desktop.forms import plain_text
from iowscp_desktop.ui.fill.plain import PlainAnswer
from iowscp_desktop.ui.fill.states import Ways
from iowscp_desktop.ui.fill.typed import problem_words
from iowscp_desktop.ui.theme import Role, Type, px
from iowscp_desktop.ui.widgets.choices import CheckBox, RadioOption
from iowscp_desktop.ui.widgets.labels import Label
from iowscp_desktop.ui.widgets.layouts import Column
from iowscp_desktop.ui.widgets.surfaces import show_or_hide

_LABEL, _CELL = 220, 92  # lengths of the design


class _Radio(RadioOption):
    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(px(36), px(36))

    @override
    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()


class _Tick(CheckBox):
    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(px(36), px(36))

    @override
    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()


class _Row(QWidget):
    """The cells of one question: in a widget of their own, so that the arrow keys stay in the row."""

    def __init__(self, ways: Ways, columns: Sequence[tuple[str, str]], *, several: bool) -> None:
        super().__init__()
        self._ways, self._columns = ways, columns
        self._state: FieldState | None = None
        self._group = QButtonGroup(self)
        self._group.setExclusive(not several)
        self.cells: list[RadioOption | CheckBox] = [_Tick("") if several else _Radio("") for _ in columns]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        for place, cell in enumerate(self.cells):
            self._group.addButton(cell, place)
            grid.addWidget(cell, 0, place)
            grid.setColumnMinimumWidth(place, px(_CELL))
            cell.clicked.connect(self._on_clicked)

    def show_row(self, state: FieldState, words: str, *, is_fixed: bool) -> None:
        self._state = state
        is_one = state.control == "select1"
        picked = {state.value} if is_one else set(state.value.split())
        self._group.setExclusive(False)
        for (value, column), cell in zip(self._columns, self.cells, strict=True):
            cell.setAccessibleName(text.Fill.cell(words, column))
            cell.setToolTip(column)
            cell.setChecked(value in picked)
        self._group.setExclusive(is_one)
        self.setEnabled(not (is_fixed or state.readonly))

    def _on_clicked(self) -> None:
        if self._state is None:
            return
        picked = [value for (value, _words), cell in zip(self._columns, self.cells, strict=True) if cell.isChecked()]
        self._ways.chose(self._state.question_id, " ".join(picked) or None, self._state.instances)


class GridAnswer(QWidget):
    """The answers of one table."""

    def __init__(self, ways: Ways) -> None:
        super().__init__()
        self._ways = ways
        self._shape: tuple[object, ...] = ()
        self._rows: list[tuple[Label, _Row, Label]] = []
        self._stack: list[PlainAnswer] = []
        self._table, self._below = QWidget(), QWidget()
        self._below_column = Column(gap=14)
        self._below.setLayout(self._below_column)
        self._columns = 0
        self._whole = Column(self._table, self._below, gap=0)
        self.setLayout(self._whole)

    def show_answers(self, fields: Sequence[FieldState], *, says_missing: bool, is_fixed: bool) -> None:
        """Show every row that applies."""
        asked = [each for each in fields if each.relevant]
        shape = (tuple(each.question_id for each in asked), tuple(asked[0].choices) if asked else ())
        if shape != self._shape:
            self._shape = shape
            self._build(asked)
        for number, (state, (label, row, problem)) in enumerate(zip(asked, self._rows, strict=True)):
            words = plain_text(state.label)
            label.setText(words)
            row.show_row(state, words, is_fixed=is_fixed)
            wrong = problem_words(state, says_missing=says_missing)
            problem.setText(wrong)
            show_or_hide(problem, shown=bool(wrong))
            self._stack[number].show_answer(state, words, says_missing=says_missing, is_fixed=is_fixed, label=words)
        self._arrange()

    def first_stop(self) -> QWidget | None:
        """Return where answering begins."""
        if not self._rows:
            return None
        if self._is_stacked():
            return self._stack[0].first_stop()
        cells = self._rows[0][1].cells
        return next((cell for cell in cells if cell.isChecked()), cells[0])

    def rethemed(self) -> None:
        """Take on the text size in force."""
        self._shape = ()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(px(160), super().minimumSizeHint().height())

    def _is_stacked(self) -> bool:
        return self.width() < px(_LABEL + self._columns * _CELL)

    def _arrange(self) -> None:
        show_or_hide(self._table, shown=not self._is_stacked())
        show_or_hide(self._below, shown=self._is_stacked())

    def _build(self, asked: Sequence[FieldState]) -> None:
        gone, self._table = self._table, QWidget()
        self._whole.replaceWidget(gone, self._table)
        gone.hide()
        gone.deleteLater()
        columns = asked[0].choices if asked else ()
        self._columns = len(columns)
        grid = QGridLayout(self._table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(px(6))
        grid.setHorizontalSpacing(0)
        head = QWidget()
        heads = QGridLayout(head)
        heads.setContentsMargins(0, 0, 0, 0)
        heads.setSpacing(0)
        for place, (_value, words) in enumerate(columns):
            heads.addWidget(Label(words, Type.SMALL_STRONG, wrap=True), 0, place, Qt.AlignmentFlag.AlignBottom)
            heads.setColumnMinimumWidth(place, px(_CELL))
        grid.addWidget(head, 0, 1)
        grid.setColumnStretch(0, 1)
        self._rows = []
        for number, state in enumerate(asked):
            label, problem = Label("", Type.BODY, wrap=True), Label("", Type.SMALL_STRONG, role=Role.RED_INK, wrap=True)
            row = _Row(self._ways, columns, several=state.control == "select")
            grid.addWidget(label, 2 * number + 1, 0)
            grid.addWidget(row, 2 * number + 1, 1)
            grid.addWidget(problem, 2 * number + 2, 0, 1, 2)
            self._rows.append((label, row, problem))
        while len(self._stack) < len(asked):
            self._stack.append(PlainAnswer(self._ways))
            self._below_column.add(self._stack[-1])
        for number, answer in enumerate(self._stack):
            show_or_hide(answer, shown=number < len(asked))
