"""Files that were just made for computers that are known: whose each is, where they are, and what to do with them."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication

from iowscp_desktop.text.known import Known
from iowscp_desktop.ui.notify import announce
from iowscp_desktop.ui.rounds.known import Flow, SentFiles
from iowscp_desktop.ui.theme import Icon, Role, Tone, Type
from iowscp_desktop.ui.widgets.buttons import Button, Kind
from iowscp_desktop.ui.widgets.centred import Centred
from iowscp_desktop.ui.widgets.facts import Facts
from iowscp_desktop.ui.widgets.labels import Label, Picture
from iowscp_desktop.ui.widgets.layouts import Column, Row, flowing
from iowscp_desktop.ui.widgets.pages import PageTitle
from iowscp_desktop.ui.widgets.surfaces import Card


class SentPage(Centred):
    """A list of files, and three steps."""

    closed = Signal()

    def __init__(self) -> None:
        self._lines = ""
        self._title, self._heading = PageTitle("", ""), Label("", Type.H2, wrap=True)
        self._facts = Facts()
        self._steps = [Label("", wrap=True) for _step in Known.steps[Flow.ASSIGNMENT]]
        self.copy_button = Button(Known.copy, icon=Icon.COPY, small=True)
        self.done_button = Button(Known.done, Kind.PRIMARY, icon=Icon.CHECK)
        heading = Row(Picture(Icon.CIRCLE_CHECK_BIG, Role.GREEN_INK, 24), gap=10)
        heading.add(self._heading, 1)
        column = Column(heading, self._facts, flowing(self.copy_button), *self._steps, gap=14, margins=(26, 20, 24, 22))
        made = Card(column, edge=Tone.GREEN)
        super().__init__(Column(self._title, made, flowing(self.done_button), None, gap=16), width=760)
        self.copy_button.clicked.connect(self._copy)
        self.done_button.clicked.connect(self.closed)

    def show_sent(self, sent: SentFiles) -> None:
        """Show what was made."""
        self._title.show_title(Known.titles[sent.flow], "")
        self._heading.setText(Known.ready(len(sent.files)))
        facts = [(Known.where, str(sent.folder)), *sent.files]
        self._facts.show_facts(facts)
        self._lines = "\n".join(f"{name}\t{words}" for name, words in facts)
        for number, (label, words) in enumerate(zip(self._steps, Known.steps[sent.flow], strict=True), start=1):
            label.setText(f"{number}.  {words}")
        self.copy_button.show_words(Known.copy)
        announce(self, f"{Known.ready(len(sent.files))} {sent.folder}")

    def focus_first(self) -> None:
        """Begin where Enter goes back to the round."""
        self.done_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._lines)
        self.copy_button.show_words(Known.copied)
        announce(self, Known.copied)
