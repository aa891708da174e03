"""A plain question: whatever control its type asks for, made when first needed and kept for the next one."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from iowscp_desktop import text
from iowscp_desktop.app.filling import FieldState
from iowscp_desktop.domain.ids import AttachmentId, QuestionId
from iowscp_desktop.ui.fill.files import FileAnswer, is_drawn, is_signature
from iowscp_desktop.ui.fill.picked import Choices, PickOne, PickSome, PickTile, first_stop
from iowscp_desktop.ui.fill.states import Around, Ways
from iowscp_desktop.ui.fill.typed import DayField, SpokenField, TypedField, problem_words
from iowscp_desktop.ui.theme import px
from iowscp_desktop.ui.widgets import dates
from iowscp_desktop.ui.widgets.choices import CheckBox, Combo
from iowscp_desktop.ui.widgets.fields import Field, LineEdit, TextArea
from iowscp_desktop.ui.widgets.find_list import FindList
from iowscp_desktop.ui.widgets.layouts import Column
from iowscp_desktop.ui.widgets.range_field import RangeField, numbers_of
from iowscp_desktop.ui.widgets.ranking import RankList
from iowscp_desktop.ui.widgets.surfaces import show_or_hide

_MOST_TILES, _MOST_IN_SIGHT, _MOST_IN_DROP_DOWN = 5, 9, 25
"""More choices than these go into a list, into a drop-down, into a list to search."""
_LONGEST_TILE = 28
"""Longer words than this read better one below the other."""
_MOST_RATED, _MOST_PICKED = 11, 100
"""Steps of a rating that are tiles side by side, of a picker that are a list."""
_NUMBERS = {"int", "integer", "decimal"}
_PLACES = {"geopoint", "geotrace", "geoshape"}
_SEARCHED = {"autocomplete", "search"}
_ACROSS = {"horizontal", "columns", "columns-pack", "columns-flex", "quick", "compact", "likert"}
_SPOKEN = {
    "time": (dates.read_time, dates.write_time, text.Fill.time_example),
    "moment": (dates.read_day_and_time, dates.write_day_and_time, text.Fill.moment_example),
    "month": (dates.read_month, dates.write_month, text.Fill.month_example),
    "year": (dates.read_year, dates.write_year, text.Fill.year_example),
}
Pictures = Mapping[AttachmentId, bytes]


class _NumberEdit(LineEdit):
    """A line as long as a number."""

    @override
    def rethemed(self) -> None:
        super().rethemed()
        self.setMaximumWidth(px(200))


class PlainAnswer(QWidget):
    """The answer to one question that nobody grades."""

    def __init__(self, ways: Ways) -> None:
        super().__init__()
        self._ways = ways
        self._made: dict[str, Field] = {}
        self._shown = ""
        self._place: tuple[QuestionId, Around] = (QuestionId(""), ())
        self._column = Column(gap=0)
        self.setLayout(self._column)

    @property
    def field(self) -> Field:
        """The control that is shown, with its label."""
        return self._made[self._shown]

    def show_answer(
        self,
        state: FieldState,
        question: str,
        *,
        says_missing: bool,
        is_fixed: bool,
        label: str = "",
        pictures: Pictures | None = None,
    ) -> None:
        """Show an answer in the control of its type; `label` stands above it instead of what it asks a person to do."""
        sort = sort_of(state)
        self._place = (state.question_id, state.instances)
        if sort not in self._made:
            self._made[sort] = self._make(sort)
            self._column.add(self._made[sort])
        if sort != self._shown:
            for name, field in self._made.items():
                show_or_hide(field, shown=name == sort)
            self._shown = sort
        field = self._made[sort]
        problem = problem_words(state, says_missing=says_missing)
        field.show_label(label or _label_of(sort, state))
        field.control.setAccessibleName(question)
        if isinstance(field, TypedField | DayField | SpokenField):
            field.show_field(state, problem, is_fixed=is_fixed)
        else:
            is_fixed = is_fixed or state.readonly
            picture = b"" if state.file is None else (pictures or {}).get(state.file.id, b"")
            _show_picked(field.control, state, question, picture, is_fixed=is_fixed)
            field.show_problem(problem)

    def flush(self) -> None:
        """Save what is being typed."""
        for field in self._made.values():
            if isinstance(field, TypedField | DayField | SpokenField):
                field.flush()
            elif isinstance(field.control, RangeField) and field.control.line.isModified():
                field.control.settle()

    def first_stop(self) -> QWidget | None:
        """Return where answering begins."""
        control = self._made[self._shown].control if self._shown else None
        if isinstance(control, FileAnswer):
            return control.first_stop()
        if isinstance(control, PickOne | PickSome):
            return first_stop(control)
        if isinstance(control, RankList):
            return control.accept if control.accept.isVisible() else control.lines[0].down
        return control.focusProxy() or control if control is not None else None

    def _make(self, sort: str) -> Field:
        match sort:
            case "line":
                return TypedField(LineEdit(""), self._ways.typed, self._ways.left, names=self._ways)
            case "place":
                editor = LineEdit("", hint=text.Fill.place_example)
                return TypedField(editor, self._ways.typed, self._ways.left)
            case "number":
                return TypedField(_NumberEdit(""), self._ways.typed, self._ways.left)
            case "area":
                return TypedField(TextArea(""), self._ways.typed, self._ways.left, counts_words=True, names=self._ways)
            case "date":
                return DayField(self._ways.chose)
            case "time" | "moment" | "month" | "year":
                return SpokenField(self._ways.chose, *_SPOKEN[sort])
            case "file":
                return Field("", FileAnswer(self._ways))
            case _:
                return Field("", self._make_picked(sort))

    def _make_picked(self, sort: str) -> QWidget:
        match sort:
            case "tiles":
                return PickOne(self._on_picked, PickTile)
            case "one":
                return PickOne(self._on_picked)
            case "some":
                return PickSome(self._on_picked)
            case "tick":
                box = CheckBox(text.Fill.acknowledge)
                box.clicked.connect(self._on_ticked)
                return box
            case _:
                control = _told(sort)
                control.chosen.connect(self._on_picked)
                return control

    def _on_picked(self, value: str) -> None:
        self._ways.chose(self._place[0], value or None, self._place[1])

    def _on_ticked(self, ticked: bool) -> None:  # noqa: FBT001 - as the check box tells it
        self._ways.chose(self._place[0], "OK" if ticked else None, self._place[1])


def _told(sort: str) -> Combo | FindList | RankList | RangeField:
    """Return a control that tells what was chosen by a signal of that name."""
    match sort:
        case "list":
            return Combo("")
        case "rank":
            return RankList()
        case "range":
            return RangeField()
        case _:
            return FindList(several=sort == "find-some")


_LABELS = {
    "tiles": text.Fill.choose_one,
    "one": text.Fill.choose_one,
    "list": text.Fill.choose_one,
    "find": text.Fill.choose_one,
    "some": text.Fill.choose_all,
    "find-some": text.Fill.choose_all,
    "number": text.Fill.your_number,
    "range": text.Fill.your_number,
    "rank": text.Fill.put_in_order,
    "file": text.Fill.your_file,
}


def _label_of(sort: str, state: FieldState) -> str:
    if sort == "file" and is_drawn(state):
        return text.Fill.sign_here if is_signature(state) else text.Fill.draw_here
    return _LABELS.get(sort, text.Fill.your_answer)


def sort_of(state: FieldState) -> str:
    """Return which control a question gets."""
    appearance = set(state.appearance.replace("(", " ").split())
    match state.control:
        case "select1":
            return _one_of(state, appearance)
        case "select":
            is_long = len(state.choices) > _MOST_IN_DROP_DOWN or bool(_SEARCHED & appearance)
            return "find-some" if is_long or "minimal" in appearance else "some"
        case "trigger":
            return "tick"
        case "range":
            return _ranged(state, appearance)
        case "rank":
            return state.control
        case "upload":
            return "file"
        case _:
            return _written(state, appearance)


def _one_of(state: FieldState, appearance: set[str]) -> str:
    count = len(state.choices)
    if count > _MOST_IN_DROP_DOWN or _SEARCHED & appearance:
        return "find"
    if count > _MOST_IN_SIGHT or "minimal" in appearance:
        return "list"
    is_short = count <= _MOST_TILES and all(len(words) <= _LONGEST_TILE for _value, words in state.choices)
    return "tiles" if is_short or _ACROSS & appearance else "one"


def _ranged(state: FieldState, appearance: set[str]) -> str:
    """A rating is chosen from tiles, a picker from a list; where there are too many steps for that, a slider does."""
    if "rating" in appearance and _steps(state, _MOST_RATED):
        return "tiles"
    return "list" if "picker" in appearance and _steps(state, _MOST_PICKED) else "range"


def _steps(state: FieldState, most: int = _MOST_PICKED) -> Choices:
    """Return the numbers of a range as choices."""
    ends = (state.settings.get(name, "") for name in ("start", "end", "step"))
    return tuple((number, number) for number in numbers_of(*ends, most=most))


def _written(state: FieldState, appearance: set[str]) -> str:
    match state.type:
        case "date":
            return next((each for each, wanted in _MONTHS if wanted in appearance), "date")
        case "time":
            return "time"
        case "dateTime":
            return "moment"
        case _ if state.type in _NUMBERS or "numbers" in appearance:
            return "number"
        case _ if state.type in _PLACES:
            return "place"
        case _:
            return "area" if "multiline" in appearance else "line"


_MONTHS = (("month", "month-year"), ("year", "year"))


def _show_picked(control: QWidget, state: FieldState, question: str, picture: bytes, *, is_fixed: bool) -> None:
    match control:
        case PickOne() | PickSome():
            control.show_choices(_steps(state) if state.control == "range" else state.choices)
            control.show_value(state.value)
            control.setEnabled(not is_fixed)
        case Combo():
            control.show_options(_steps(state) if state.control == "range" else state.choices)
            control.show_value(state.value or None)
            control.setEnabled(not is_fixed)
        case FindList():
            control.show_question(question)
            control.show_choices(state.choices)
            control.show_value(state.value)
            control.show_fixed(is_fixed=is_fixed)
        case RankList():
            control.show_order(state.choices, state.value, is_fixed=is_fixed)
        case RangeField():
            ends = (state.settings.get(name, "") for name in ("start", "end", "step"))
            control.show_look(state.appearance)
            control.show_ends(*ends)
            control.show_question(question)
            control.show_value(state.value)
            control.show_fixed(is_fixed=is_fixed)
        case FileAnswer():
            control.show_answer(state, picture, is_fixed=is_fixed)
        case CheckBox():
            control.setChecked(bool(state.value))
            control.setEnabled(not is_fixed)
        case _:
            raise ValueError(state.control)
