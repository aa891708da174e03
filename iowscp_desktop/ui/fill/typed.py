"""A field one types in, with its label: saves while typing and on leaving, and keeps what is being typed."""

from collections.abc import Callable
from datetime import date
from typing import Protocol

from iowscp_desktop import text
from iowscp_desktop.app.considering import is_free_text
from iowscp_desktop.app.filling import FieldState, Problem
from iowscp_desktop.domain.ids import QuestionId
from iowscp_desktop.ui.fill.states import Around, Chosen, Place, Typed
from iowscp_desktop.ui.widgets.autosave import Autosave
from iowscp_desktop.ui.widgets.date_field import DateField
from iowscp_desktop.ui.widgets.fields import Field, LineEdit, TextArea
from iowscp_desktop.ui.widgets.name_watch import Found, NameWatch

_KINDS = {
    "int": text.Fill.write_whole_number,
    "integer": text.Fill.write_whole_number,
    "decimal": text.Fill.write_number,
    "date": text.Widgets.date_not_understood,
    "time": text.Fill.write_time,
    "dateTime": text.Fill.write_moment,
    "geopoint": text.Fill.write_place,
    "geotrace": text.Fill.write_places,
    "geoshape": text.Fill.write_places,
}


class Watched(Protocol):
    """Who looks over what is written, and takes that somebody considered it."""

    def look_over(self, place: Place, words: str, on_found: Found) -> None:
        """Tell what seems to point at somebody."""
        ...

    def considered(self, place: Place) -> None:
        """Somebody lets the words stand."""
        ...


class TypedField(Field):
    """A label, a line or an area to write in, and what is wrong with it."""

    def __init__(
        self,
        control: LineEdit | TextArea,
        on_typed: Typed,
        on_left: Callable[[], None],
        *,
        counts_words: bool = False,
        names: Watched | None = None,
    ) -> None:
        super().__init__("", control)
        self.editor = control
        self._on_typed, self._on_left = on_typed, on_left
        self._counts_words = counts_words
        self._names = names
        self.watch: NameWatch | None = None
        self._place: Place = (QuestionId(""), ())
        self._sent: str | None = None
        self._problem_now = ""
        self._autosave = Autosave(self, self._save)
        control.edited.connect(self._on_edited)
        control.left.connect(self._on_focus_left)

    def show_field(self, state: FieldState, problem: str, *, is_fixed: bool) -> None:
        """Show an answer. What this field has just sent stays as it is typed."""
        place = (state.question_id, state.instances)
        is_other = place != self._place
        if is_other:
            self._autosave.flush()  # into the place it was typed for
        self._place = place
        self._problem_now = problem
        if is_other:
            self._sent = None
        if not (self._autosave.is_waiting or (self.editor.hasFocus() and state.value == self._sent)):
            self.editor.show_text(state.value)
            self._sent = None
        self.editor.setReadOnly(is_fixed or state.readonly)
        self._watch_over(state, is_other=is_other)
        if not (self._sent is not None and self.editor.hasFocus() and state.problem is not None):
            self.show_problem(problem)  # nobody is corrected in the middle of a word
        self._count()

    def flush(self) -> None:
        """Save what is being typed."""
        self._autosave.flush()

    def _watch_over(self, state: FieldState, *, is_other: bool) -> None:
        """Have free text looked over for names, once it is drawn; what is being typed is looked over as it is."""
        if self._names is None or not is_free_text(state) or self.editor.isReadOnly():
            if self.watch is not None:
                self.watch.stop()
            return
        if self.watch is None:
            self.watch = NameWatch(self, self.editor, self._look_over, self._on_considered)
        if is_other:
            self.watch.forget()
        if not self.watch.is_waiting:
            self.watch.words_shown()

    def _look_over(self, words: str, on_found: Found) -> None:
        place = self._place
        if self._names is not None:
            self._names.look_over(place, words, lambda pieces: on_found(pieces) if place == self._place else None)

    def _on_considered(self) -> None:
        self._autosave.flush()
        if self._names is not None:
            self._names.considered(self._place)

    def _on_edited(self, _words: str) -> None:
        self._autosave.touch()
        self._count()

    def _save(self) -> None:
        self._sent = self.editor.text()
        self._on_typed(self._place[0], self._sent, self._place[1])

    def _on_focus_left(self) -> None:
        self._autosave.flush()
        self._sent = None
        self.show_problem(self._problem_now)
        self._on_left()

    def _count(self) -> None:
        if self._counts_words:
            words = len(self.editor.text().split())
            self.show_aside(text.Widgets.words(words) if words else "")


class DayField(Field):
    """A label and a date. What is written but is no date is kept as it is written."""

    def __init__(self, on_chosen: Chosen) -> None:
        self.editor = DateField("")
        super().__init__("", self.editor)
        self._on_chosen = on_chosen
        self._place: tuple[QuestionId, Around] = (QuestionId(""), ())
        self.editor.chosen.connect(self._on_day)
        self.editor.not_understood.connect(self._on_not_understood)

    def show_field(self, state: FieldState, problem: str, *, is_fixed: bool) -> None:
        """Show a date. What is being typed stays."""
        place = (state.question_id, state.instances)
        is_other = place != self._place
        self._place = place
        if is_other or not self.editor.isModified():
            day = _day(state.value)
            self.editor.show_date(day)
            if day is None:
                self.editor.show_text(state.value)
            self.editor.setModified(False)
        self.editor.show_fixed(is_fixed=is_fixed or state.readonly)
        self.show_problem(problem)

    def flush(self) -> None:
        """Take what is written."""
        if self.editor.isModified():
            self.editor.settle()

    def _on_day(self, day: date | None) -> None:
        self.editor.setModified(False)
        self._on_chosen(self._place[0], day.isoformat() if day else None, self._place[1])

    def _on_not_understood(self) -> None:
        self.editor.setModified(False)
        self._on_chosen(self._place[0], self.editor.text().strip(), self._place[1])


class SpokenField(Field):
    """A label and a line in which something is written as people write it, and kept as forms keep it."""

    def __init__(
        self, on_chosen: Chosen, read: Callable[[str], str | None], write: Callable[[str], str], example: str
    ) -> None:
        self.editor = LineEdit("", hint=example)
        super().__init__("", self.editor)
        self._on_chosen, self._read, self._write = on_chosen, read, write
        self._place: tuple[QuestionId, Around] = (QuestionId(""), ())
        self._shown = ""
        self.editor.left.connect(self.flush)
        self.editor.returnPressed.connect(self.flush)

    def show_field(self, state: FieldState, problem: str, *, is_fixed: bool) -> None:
        """Show an answer. What is being typed stays."""
        place = (state.question_id, state.instances)
        if place != self._place or not self.editor.isModified():
            self.editor.show_text(self._write(state.value))
            self.editor.setModified(False)
        self._place, self._shown = place, state.value
        self.editor.setReadOnly(is_fixed or state.readonly)
        self.show_problem(problem)

    def flush(self) -> None:
        """Take what is written; what cannot be understood is kept as it is written."""
        if not self.editor.isModified():
            return
        self.editor.setModified(False)
        written = self.editor.text().strip()
        value = (self._read(written) or written) if written else ""
        if value != self._shown:
            self._on_chosen(self._place[0], value or None, self._place[1])


def _day(value: str) -> date | None:
    """Return the day a form keeps; None for none, and for what is no day."""
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None


def problem_words(field: FieldState, *, says_missing: bool) -> str:
    """Return what to say about an answer: the form's own words where it has some."""
    match field.problem:
        case None:
            return ""
        case Problem.REQUIRED:
            return (field.message or text.Fill.missing) if says_missing else ""
        case Problem.RULE:
            return field.message or text.Fill.breaks_rule
        case Problem.KIND:
            if field.control in {"select1", "select"}:
                return text.Fill.not_offered
            return _KINDS.get(field.type, text.Fill.breaks_rule)
