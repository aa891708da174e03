"""A plain question: whatever control its type asks for, made when first needed and kept for the next one."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from iowscp_desktop import text
from iowscp_desktop.app.filling import FieldState
from iowscp_desktop.domain.ids import QuestionId
from iowscp_desktop.ui.fill.picked import PickOne, PickSome, first_stop
from iowscp_desktop.ui.fill.typed import DayField, TypedField, problem_words
from iowscp_desktop.ui.theme import px
from iowscp_desktop.ui.widgets.choices import CheckBox, Combo
from iowscp_desktop.ui.widgets.fields import Field, LineEdit, TextArea
from iowscp_desktop.ui.widgets.layouts import Column
from iowscp_desktop.ui.widgets.surfaces import show_or_hide

_MOST_IN_SIGHT = 9
"""More choices than these go into a drop-down."""
_SHORT = {"int", "integer", "decimal"}


class _NumberEdit(LineEdit):
    """A line as long as a number."""

    @override
    def rethemed(self) -> None:
        super().rethemed()
        self.setMaximumWidth(px(200))


class PlainAnswer(QWidget):
    """The answer to one question that nobody grades."""

    def __init__(
        self,
        on_chosen: Callable[[QuestionId, str | None], None],
        on_typed: Callable[[QuestionId, str], None],
        on_left: Callable[[], None],
    ) -> None:
        super().__init__()
        self._on_chosen, self._on_typed, self._on_left = on_chosen, on_typed, on_left
        self._made: dict[str, Field] = {}
        self._shown = ""
        self._question_id = QuestionId("")
        self._column = Column(gap=0)
        self.setLayout(self._column)

    def show_answer(self, state: FieldState, question: str, *, says_missing: bool, is_fixed: bool) -> None:
        """Show an answer in the control of its type."""
        sort = _sort_of(state)
        self._question_id = state.question_id
        if sort not in self._made:
            self._made[sort] = self._make(sort)
            self._column.add(self._made[sort])
        if sort != self._shown:
            for name, field in self._made.items():
                show_or_hide(field, shown=name == sort)
            self._shown = sort
        field = self._made[sort]
        problem = problem_words(state, says_missing=says_missing)
        field.show_label(_LABELS.get(sort, text.Fill.your_answer))
        field.control.setAccessibleName(question)
        if isinstance(field, TypedField | DayField):
            field.show_field(state, problem, is_fixed=is_fixed)
        else:
            _show_picked(field.control, state)
            field.control.setEnabled(not (is_fixed or state.readonly))
            field.show_problem(problem)

    def flush(self) -> None:
        """Save what is being typed."""
        for field in self._made.values():
            if isinstance(field, TypedField | DayField):
                field.flush()

    def first_stop(self) -> QWidget | None:
        """Return where answering begins."""
        control = self._made[self._shown].control if self._shown else None
        return first_stop(control) if isinstance(control, PickOne | PickSome) else control

    def _make(self, sort: str) -> Field:
        match sort:
            case "line":
                return TypedField(LineEdit(""), self._on_typed, self._on_left)
            case "number":
                return TypedField(_NumberEdit(""), self._on_typed, self._on_left)
            case "area":
                return TypedField(TextArea(""), self._on_typed, self._on_left, counts_words=True)
            case "date":
                return DayField(self._on_chosen)
            case "one":
                return Field("", PickOne(self._on_picked))
            case "some":
                return Field("", PickSome(self._on_picked))
            case "list":
                combo = Combo("")
                combo.chosen.connect(self._on_picked)
                return Field("", combo)
            case _:
                box = CheckBox(text.Fill.acknowledge)
                box.clicked.connect(self._on_ticked)
                return Field("", box)

    def _on_picked(self, value: str) -> None:
        self._on_chosen(self._question_id, value or None)

    def _on_ticked(self, ticked: bool) -> None:  # noqa: FBT001 - as the check box tells it
        self._on_chosen(self._question_id, "OK" if ticked else None)


_LABELS = {
    "one": text.Fill.choose_one,
    "list": text.Fill.choose_one,
    "some": text.Fill.choose_all,
    "number": text.Fill.your_number,
}


def _sort_of(state: FieldState) -> str:
    """Return which control a question gets."""
    match state.control:
        case "select1":
            return "one" if len(state.choices) <= _MOST_IN_SIGHT and "minimal" not in state.appearance else "list"
        case "select":
            return "some"
        case "trigger":
            return "tick"
        case _:
            if state.type == "date":
                return "date"
            if state.type in _SHORT:
                return "number"
            return "area" if "multiline" in state.appearance else "line"


def _show_picked(control: QWidget, state: FieldState) -> None:
    if isinstance(control, PickOne | PickSome):
        control.show_choices(state.choices)
        control.show_value(state.value)
    elif isinstance(control, Combo):
        control.show_options(state.choices)
        control.show_value(state.value or None)
    elif isinstance(control, CheckBox):
        control.setChecked(bool(state.value))
