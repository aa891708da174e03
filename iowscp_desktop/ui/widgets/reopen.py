"""Says that a response is signed, and lets it be opened again with a reason."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from iowscp_desktop import text
from iowscp_desktop.ui.theme import Icon, Role, Tone, Type
from iowscp_desktop.ui.widgets.buttons import Button, Kind
from iowscp_desktop.ui.widgets.fields import Field, TextArea
from iowscp_desktop.ui.widgets.labels import Label, Picture
from iowscp_desktop.ui.widgets.layouts import Column, Row, flowing
from iowscp_desktop.ui.widgets.name_watch import Look, NameWatch
from iowscp_desktop.ui.widgets.surfaces import Card


class ReopenCard(Card):
    """One line and a button; pressed, it asks why. `reopened` tells the reason, which may be empty."""

    reopened = Signal(str)

    def __init__(self) -> None:
        super().__init__(back=Role.PRIMARY_TINT, line=None, edge=Tone.BLUE)
        self._words = Label("", Type.STRONG, wrap=True)
        self.offer_button = Button(text.Reopening.offer, icon=Icon.LOCK_OPEN, small=True)
        self.reason = TextArea(text.Reopening.why, least_lines=2, most_lines=6)
        self._field = Field(text.Reopening.why, self.reason, hint=text.Reopening.why_hint)
        self.watch: NameWatch | None = None
        self.do_button = Button(text.Reopening.do_it)
        self._leave = Button(text.Reopening.never_mind, Kind.QUIET)
        self._asking = QWidget()
        self._asking.setLayout(Column(self._field, flowing(self.do_button, self._leave)))
        top = Row(Picture(Icon.LOCK, Role.PRIMARY_TEXT, 20), gap=10)
        top.add(self._words, 1)
        top.add(self.offer_button)
        self.setLayout(Column(top, self._asking, gap=12, margins=(20, 14, 16, 14)))
        self.offer_button.clicked.connect(self._on_offer)
        self.do_button.clicked.connect(self._on_do)
        self._leave.clicked.connect(self.fold)
        self._asking.hide()

    def watch_names(self, look: Look) -> None:
        """Look over the reason for what seems to point at somebody."""
        self.watch = NameWatch(self._field, self.reason, look)

    def show_words(self, words: str) -> None:
        """Say how things stand."""
        self._words.setText(words)
        self.setAccessibleName(words)

    def show_problem(self, problem: str) -> None:
        """Say what is wrong with the reason."""
        self._field.show_problem(problem)

    def fold(self) -> None:
        """Ask for nothing."""
        self.reason.show_text("")
        if self.watch is not None:
            self.watch.forget()
        self._field.show_problem("")
        self._asking.hide()
        self.offer_button.show()

    def _on_offer(self) -> None:
        self.offer_button.hide()
        self._asking.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_do(self) -> None:
        self.reopened.emit(self.reason.text())
