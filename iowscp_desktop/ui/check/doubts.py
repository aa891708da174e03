"""The answers that seem to name somebody, a link each. It keeps nobody from signing."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal

from iowscp_desktop.text.names import Names
from iowscp_desktop.ui.check.states import ToFix
from iowscp_desktop.ui.theme import Icon, Role, Tone, Type
from iowscp_desktop.ui.widgets.buttons import Button, Kind
from iowscp_desktop.ui.widgets.labels import Label, Picture
from iowscp_desktop.ui.widgets.layouts import Column, Row
from iowscp_desktop.ui.widgets.surfaces import Card, show_or_hide


class DoubtCard(Card):
    """How many answers seem to name somebody, and where they are."""

    followed = Signal(str)

    def __init__(self) -> None:
        super().__init__(back=Role.AMBER_TINT, line=None, edge=Tone.AMBER)
        self.heading = Label("", Type.STRONG, role=Role.AMBER_INK, wrap=True)
        self._about = Label(Names.check_about, Type.BODY, wrap=True)
        self._links = Column(gap=2)
        words = Column(self.heading, self._about, self._links, gap=4)
        sign = Picture(Icon.TRIANGLE_ALERT, Role.AMBER_INK, 22)
        row = Row(sign, gap=12, margins=(20, 14, 18, 14))
        row.add(words, 1)
        row.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
        self.setLayout(row)
        self._buttons: list[Button] = []
        self._keys: list[str] = []
        self.hide()

    def show_doubts(self, count: int, lines: Sequence[ToFix]) -> None:
        """Show how many there are and the links; none hides it."""
        heading = Names.answers(count)
        self.heading.setText(heading)
        self.setAccessibleName(heading)
        self._keys = [line.entry_id for line in lines]
        while len(self._buttons) < len(lines):
            self._add_button(len(self._buttons))
        for place, button in enumerate(self._buttons):
            if place < len(lines):
                button.show_words(lines[place].words)
            show_or_hide(button, shown=place < len(lines))
        show_or_hide(self, shown=bool(lines))

    def _add_button(self, place: int) -> None:
        button = Button("", Kind.LINK, small=True)
        button.clicked.connect(lambda: self.followed.emit(self._keys[place]))
        self._buttons.append(button)
        self._links.add(button)
        self._links.setAlignment(button, Qt.AlignmentFlag.AlignLeft)
