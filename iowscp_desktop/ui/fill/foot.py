"""The strip below a question: back, when it was saved, taking back, and what comes next."""

from PySide6.QtWidgets import QWidget

from iowscp_desktop import text
from iowscp_desktop.ui.fill.states import FootState
from iowscp_desktop.ui.theme import Icon, Role, Type
from iowscp_desktop.ui.widgets.buttons import Button, Kind
from iowscp_desktop.ui.widgets.labels import Label, Picture
from iowscp_desktop.ui.widgets.layouts import Column, Row
from iowscp_desktop.ui.widgets.pages import ActionBar
from iowscp_desktop.ui.widgets.surfaces import show_or_hide


class Foot(QWidget):
    """Buttons in the order in which they are reached; the page connects them."""

    def __init__(self) -> None:
        super().__init__()
        self.previous = Button(text.Fill.previous, icon=Icon.ARROW_LEFT)
        self.undo = Button("", Kind.QUIET, icon=Icon.UNDO_2, small=True)
        self.next = Button(text.Fill.next)
        self.next_unanswered = Button(text.Fill.next_unanswered, Kind.PRIMARY, trailing=Icon.ARROW_RIGHT)
        self.check = Button(text.Fill.check, Kind.PRIMARY, trailing=Icon.ARROW_RIGHT)
        self._icon, self._saved = Picture(Icon.CHECK, Role.GREEN_INK, 16), Label("", Type.SMALL)
        self._has_check = True
        self._note = saved = QWidget()
        saved.setLayout(Row(self._icon, self._saved, gap=6))
        bar = ActionBar((self.previous,), (self.undo, saved, self.next, self.next_unanswered, self.check))
        self.setLayout(Column(bar, gap=0))

    def show_ways(self, *, check: bool) -> None:
        """Say whether checking lies beyond here."""
        self._has_check = check

    def show_state(self, state: FootState) -> None:
        """Show what can be done next. At either end a button has no more to do, but keeps its place."""
        self.previous.setEnabled(state.has_previous)
        self.next.setEnabled(state.has_next)
        show_or_hide(self.next_unanswered, shown=state.left > 0)
        show_or_hide(self.check, shown=self._has_check and state.left == 0)

    def show_saved(self, time: str, *, failed: bool) -> None:
        """Say when it was last saved; '' means not yet."""
        if failed:
            words, icon, role = text.Fill.not_saved, Icon.OCTAGON_ALERT, Role.RED_INK
        else:
            words = text.Widgets.saved_at(time) if time else text.Fill.saved_not_yet
            icon, role = Icon.CHECK, Role.GREEN_INK if time else Role.INK_3
        self._saved.setText(words)
        self._saved.show_role(Role.RED_INK if failed else Role.INK_2)
        self._icon.show_icon(icon, role)

    def show_fixed(self, *, is_fixed: bool) -> None:
        """Say nothing of saving where nothing can be changed."""
        show_or_hide(self._note, shown=not is_fixed)

    def show_undo(self, what: str) -> None:
        """Offer to take the last deed back; '' offers nothing."""
        if what:
            self.undo.show_words(text.Fill.undo(what))
        show_or_hide(self.undo, shown=bool(what))
