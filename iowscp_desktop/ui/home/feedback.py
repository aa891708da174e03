"""The card that says: feedback has come. What was agreed, and the letter to save."""

from collections.abc import Callable

from iowscp_desktop.text.feedback import Feedback as Words
from iowscp_desktop.ui.home.feedback_state import FeedbackState
from iowscp_desktop.ui.theme import Icon, Role, Tone, Type
from iowscp_desktop.ui.widgets.buttons import Button
from iowscp_desktop.ui.widgets.facts import Facts
from iowscp_desktop.ui.widgets.labels import Label, Picture
from iowscp_desktop.ui.widgets.layouts import Column, Row, flowing
from iowscp_desktop.ui.widgets.surfaces import Card, show_or_hide


class FeedbackCard(Card):
    """Draws it; hidden while nothing has come."""

    def __init__(self, on_save: Callable[[], None]) -> None:
        super().__init__(edge=Tone.GREEN)
        self._when, self._facts = Label("", Type.MUTED, wrap=True), Facts()
        self._same = Label("", wrap=True)
        self._changed = Label(Words.changed_since, wrap=True)
        self.save = Button(Words.save_letter, icon=Icon.FILE_TEXT)
        self.save.clicked.connect(on_save)
        heading = Row(Picture(Icon.BADGE_CHECK, Role.GREEN_INK, 24), gap=10)
        heading.add(Label(Words.title, Type.H2, wrap=True), 1)
        self.setLayout(
            Column(
                heading,
                self._when,
                self._facts,
                self._same,
                self._changed,
                flowing(self.save),
                gap=12,
                margins=(24, 18, 24, 20),
            )
        )
        self.hide()

    def show_feedback(self, state: FeedbackState | None) -> None:
        """Show what came."""
        show_or_hide(self, shown=state is not None)
        if state is not None:
            self._when.setText(Words.came(state.came))
            self._facts.show_facts(state.agreed)
            show_or_hide(self._facts, shown=bool(state.agreed))
            self._same.setText(Words.same(state.same, is_all=not state.agreed))
            show_or_hide(self._same, shown=state.same > 0)
            show_or_hide(self._changed, shown=state.changed_since)
