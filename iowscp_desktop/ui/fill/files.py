"""A question whose answer is a file: chosen, drawn or signed, looked at, taken away."""

from PySide6.QtWidgets import QWidget

from iowscp_desktop import text
from iowscp_desktop.app.filling import FieldState
from iowscp_desktop.ui.fill.states import Ways
from iowscp_desktop.ui.theme import Icon, Type
from iowscp_desktop.ui.widgets.buttons import Button
from iowscp_desktop.ui.widgets.drawing import DrawingPad
from iowscp_desktop.ui.widgets.evidence import EvidenceCard, EvidenceFile
from iowscp_desktop.ui.widgets.labels import Label
from iowscp_desktop.ui.widgets.layouts import Column, flowing
from iowscp_desktop.ui.widgets.surfaces import show_or_hide

_DRAWN = ("signature", "draw", "annotate")
_NO_FILE = EvidenceFile(id="", name="", about="")


def is_signature(state: FieldState) -> bool:
    """Tell whether the answer is a signature."""
    return "signature" in state.appearance.split()


def is_drawn(state: FieldState) -> bool:
    """Tell whether the answer is to be drawn."""
    return any(each in _DRAWN for each in state.appearance.split())


class FileAnswer(QWidget):
    """The file that is the answer, and the ways to another."""

    def __init__(self, ways: Ways) -> None:
        super().__init__()
        self._ways = ways
        self._state: FieldState | None = None
        self.card = EvidenceCard(_NO_FILE)
        self.missing = Label(text.Fill.file_missing_here, Type.SMALL, wrap=True)
        self.choose = Button(text.Fill.choose_file, icon=Icon.UPLOAD, small=True)
        self.pad = DrawingPad()
        self.setLayout(Column(self.card, self.missing, self.pad, flowing(self.choose), gap=10))
        self.card.clicked.connect(self._on_copy)
        self.card.remove_requested.connect(self._on_removed)
        self.choose.clicked.connect(self._on_choose)
        self.pad.made.connect(self._on_made)

    def show_answer(self, state: FieldState, picture: bytes, *, is_fixed: bool) -> None:
        """Show the file that is there, or how to give one."""
        if self._state is None or (self._state.question_id, self._state.instances) != (
            state.question_id,
            state.instances,
        ):
            self.pad.clear()
        self._state = state
        file = state.file
        if file is not None:
            about = text.Fill.about_file(text.Fill.kind_of(file.media_type), text.Fill.size(file.size))
            icon = Icon.IMAGE if file.media_type.startswith("image/") else Icon.FILE_TEXT
            self.card.show_file(EvidenceFile(id=file.id, name=file.name, about=about, icon=icon, preview=picture))
        self.card.show_fixed(is_fixed=is_fixed)
        show_or_hide(self.card, shown=file is not None)
        show_or_hide(self.missing, shown=bool(state.value) and (file is None or not file.is_here))
        self.choose.show_words(text.Fill.choose_other_file if state.value else text.Fill.choose_file)
        show_or_hide(self.choose, shown=not is_fixed)
        self.pad.show_sort(is_signature=is_signature(state))
        show_or_hide(self.pad, shown=is_drawn(state) and not state.value and not is_fixed)

    def first_stop(self) -> QWidget:
        """Return where answering begins."""
        if self.pad.isVisible() and self.pad.name.isVisible():
            return self.pad.name
        return self.card if self.card.isVisible() else self.choose

    def _on_copy(self) -> None:
        self._ways.wants_copy(self.card.file.id)

    def _on_removed(self, _id: str) -> None:
        if self._state is not None:
            self._ways.removed_file(self._state)

    def _on_choose(self) -> None:
        if self._state is not None:
            self._ways.wants_file(self._state)

    def _on_made(self, content: bytes) -> None:
        if self._state is not None:
            self._ways.made_picture(self._state, content)
