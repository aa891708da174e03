"""The questions of one sheet, drawn anew for each person: no field outlives the person who typed in it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from iowscp_desktop.app.survey_sheets import Asked
from iowscp_desktop.domain.survey_form import Kind
from iowscp_desktop.text.survey import Survey as Words
from iowscp_desktop.ui.theme import Type
from iowscp_desktop.ui.widgets.fields import Field, LineEdit, TextArea
from iowscp_desktop.ui.widgets.labels import Label
from iowscp_desktop.ui.widgets.layouts import Column
from iowscp_desktop.ui.widgets.name_watch import Look, NameWatch
from iowscp_desktop.ui.widgets.option_lists import AnyOf, OneOf
from iowscp_desktop.ui.widgets.surfaces import show_or_hide

_UNLEARNT = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
# no keyboard on the screen learns the words of one person and offers them to the next

Answered = Callable[[str, str], None]


class SheetForm(QWidget):
    """All questions, one below the other; those that are not asked just now are hidden."""

    def __init__(self, questions: tuple[Asked, ...], on_answered: Answered, look: Look | None = None) -> None:
        super().__init__()
        self.watches: list[NameWatch] = []
        self.fields: dict[str, QWidget] = {}
        self._shown = {each.id: each for each in questions}
        column = Column(gap=22)
        for each in questions:
            self.fields[each.id] = _widget(each, partial(on_answered, each.id))
            column.add(self.fields[each.id])
            self._watch(self.fields[each.id], look)
        self.setLayout(column)
        self.update_questions(questions)

    def update_questions(self, questions: tuple[Asked, ...]) -> None:
        """Show and hide questions, offer other choices, and say what is wrong; no answer is written into a field."""
        for each in questions:
            widget = self.fields[each.id]
            show_or_hide(widget, shown=each.relevant)
            if isinstance(widget, Field):
                if each.choices != self._shown[each.id].choices:
                    _offer(widget.control, each)
                widget.show_problem(Words.wrong(each.problem) if each.problem else "")
        self._shown = {each.id: each for each in questions}

    def focuses(self, question: str) -> bool:
        """Whether it is a question, and no note."""
        return isinstance(self.fields[question], Field)

    def forget(self) -> None:
        """Empty every field, with all that could be undone in it and said of it, before the widgets themselves go."""
        for field in self.fields.values():
            control = field.control if isinstance(field, Field) else None
            if isinstance(control, TextArea):
                control.blockSignals(True)  # noqa: FBT003 - as Qt has it
                control.clear()
                control.document().clearUndoRedoStacks()
            elif isinstance(control, LineEdit):
                control.setText("")  # not `clear`, which can be undone
            elif isinstance(control, OneOf):
                control.show_value(None)
            elif isinstance(control, AnyOf):
                control.show_values(())

        for watch in self.watches:
            watch.forget()

    def _watch(self, widget: QWidget, look: Look | None) -> None:
        """Look over what is written in people's own words for names: theirs, and those of others."""
        if look is not None and isinstance(widget, Field) and isinstance(widget.control, TextArea):
            self.watches.append(NameWatch(widget, widget.control, look))

    def go_to(self, question: str) -> None:
        """Put the focus where a question is answered."""
        widget = self.fields[question]
        first = first_control(widget.control) if isinstance(widget, Field) else widget
        first.setFocus(Qt.FocusReason.OtherFocusReason)


def first_control(control: QWidget) -> QWidget:
    """Return what takes the focus of a question."""
    if isinstance(control, OneOf):
        chosen = (option for option in control.options if option.isChecked())
        return next(chosen, control.options[0] if control.options else control)
    if isinstance(control, AnyOf) and control.boxes:
        return control.boxes[0]
    return control


def _offer(control: QWidget, asked: Asked) -> None:
    if isinstance(control, OneOf):
        control.show_options(asked.choices)
        control.show_value(asked.value or None)
    elif isinstance(control, AnyOf):
        control.show_options(asked.choices)
        control.show_values(asked.value.split())


def _joined(on_answered: Callable[[str], None], values: list[str]) -> None:
    on_answered(" ".join(values))


def _widget(asked: Asked, on_answered: Callable[[str], None]) -> QWidget:
    match asked.kind:
        case Kind.NOTE:
            return Label(asked.label, Type.BODY, wrap=True)
        case Kind.ONE:
            one = OneOf(asked.label, asked.choices)
            one.chosen.connect(on_answered)
            one.cleared.connect(partial(on_answered, ""))
            return Field(asked.label, one, hint=asked.hint)
        case Kind.MANY:
            many = AnyOf(asked.label, asked.choices)
            many.chosen.connect(partial(_joined, on_answered))
            return Field(asked.label, many, hint=asked.hint)
        case Kind.WORDS:
            words = TextArea(asked.label)
            words.setInputMethodHints(_UNLEARNT)
            words.edited.connect(on_answered)
            return Field(asked.label, words, hint=asked.hint)
        case Kind.NUMBER:
            number = LineEdit(asked.label)
            number.setInputMethodHints(_UNLEARNT)
            number.textEdited.connect(on_answered)
            return Field(asked.label, number, hint=asked.hint)
