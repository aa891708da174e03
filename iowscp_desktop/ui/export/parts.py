"""Everything, or only some sections: the choice, and what the reader will see of the rest."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from iowscp_desktop import text
from iowscp_desktop.ui.widgets.fields import Field
from iowscp_desktop.ui.widgets.labels import Label
from iowscp_desktop.ui.widgets.layouts import Column
from iowscp_desktop.ui.widgets.option_lists import AnyOf, OneOf
from iowscp_desktop.ui.widgets.surfaces import show_or_hide

Words = text.Export
_WHOLE, _PART = "whole", "part"


class PartChoice(QWidget):
    """What goes into the file. `chosen` tells a person's choice: ids of sections, or None for everything."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._sections: tuple[tuple[str, str], ...] = ()
        self.how_much = OneOf(Words.how_much, ((_WHOLE, Words.whole), (_PART, Words.part)))
        self.sections = AnyOf(Words.which)
        self._which = Field(Words.which, self.sections)
        self._seen = [Label(words, wrap=True) for words in Words.part_seen]
        self._part = QWidget()
        self._part.setLayout(Column(self._which, *self._seen, gap=8, margins=(32, 4, 0, 0)))
        self.setLayout(Column(Field(Words.how_much, self.how_much), self._part, gap=4))
        self.how_much.chosen.connect(self._on_how_much)
        self.how_much.cleared.connect(self._on_cleared)
        self.sections.chosen.connect(self._on_sections)
        self.show_choice((), None)

    def show_choice(self, sections: Sequence[tuple[str, str]], part: Sequence[str] | None) -> None:
        """Show what can be chosen, and what is: ids of sections, or None for everything."""
        if tuple(sections) != self._sections:
            self._sections = tuple(sections)
            self.sections.show_options(self._sections)
        self.how_much.show_value(_WHOLE if part is None else _PART)
        self.sections.show_values(part or ())
        show_or_hide(self._part, shown=part is not None)
        if part is None or part:
            self._which.show_problem("")

    def show_missing(self) -> None:
        """Say that no section is ticked, and go there."""
        self._which.show_problem(Words.no_section)
        if self.sections.boxes:
            self.sections.boxes[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_how_much(self, value: str) -> None:
        self.chosen.emit(None if value == _WHOLE else ())

    def _on_cleared(self) -> None:
        self.chosen.emit(None)

    def _on_sections(self, sections: list[str]) -> None:
        self.chosen.emit(tuple(sections))
