"""The right side: what good looks like, and what the tool says on every page."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from iowscp_desktop import text
from iowscp_desktop.ui.fill.states import Notices
from iowscp_desktop.ui.theme import Icon, Type
from iowscp_desktop.ui.widgets.labels import Label, Picture
from iowscp_desktop.ui.widgets.layouts import Column, Row
from iowscp_desktop.ui.widgets.surfaces import Divider, Pane, ScrollPane, show_or_hide

_BULLET = "•"


class GuidancePane(Pane):
    """Guidance beside the question."""

    def __init__(self) -> None:
        super().__init__(edges="l")
        self._lines: list[_Line] = []
        self._column = Column(gap=6)
        self._privacy = _Notice(Icon.SHIELD_CHECK, text.Fill.privacy)
        self._starter = _Notice(Icon.INFO, text.Fill.starter)
        heading = Row(Picture(Icon.BOOK_OPEN), gap=8)
        heading.add(Label(text.Fill.good_looks_like, Type.STRONG, wrap=True), 1)
        body = QWidget()
        body.setLayout(
            Column(heading, self._column, 6, self._privacy, self._starter, None, gap=10, margins=(20, 18, 20, 20))
        )
        whole = Column(gap=0)
        whole.add(ScrollPane(body))
        self.setLayout(whole)

    def show_notices(self, notices: Notices) -> None:
        """Show the tool's standing words."""
        self._privacy.show_words(notices.privacy)
        self._starter.show_words(notices.starter)

    def show_guidance(self, guidance: str) -> None:
        """Show what good looks like for one question; bullets stand out."""
        lines = guidance.splitlines() or [text.Fill.no_guidance]
        while len(self._lines) < len(lines):
            self._lines.append(_Line())
            self._column.add(self._lines[-1])
        for place, line in enumerate(self._lines):
            show_or_hide(line, shown=place < len(lines))
            if place < len(lines):
                line.show_words(lines[place])


class _Line(QWidget):
    """One line; a bullet hangs before its words."""

    def __init__(self) -> None:
        super().__init__()
        self._bullet, self._words = Label(_BULLET, Type.SMALL), Label("", Type.SMALL, wrap=True)
        row = Row(self._bullet, gap=6)
        row.setAlignment(self._bullet, Qt.AlignmentFlag.AlignTop)
        row.add(self._words, 1)
        self.setLayout(row)

    def show_words(self, words: str) -> None:
        plain = words.strip()
        show_or_hide(self._bullet, shown=plain.startswith(_BULLET))
        self._words.setText(plain.removeprefix(_BULLET).strip())


class _Notice(QWidget):
    """A heading with a few words, below a line."""

    def __init__(self, icon: Icon, title: str) -> None:
        super().__init__()
        self._words = Label("", Type.SMALL, wrap=True)
        heading = Row(Picture(icon), gap=8)
        heading.add(Label(title, Type.STRONG, wrap=True), 1)
        self.setLayout(Column(Divider(), 2, heading, self._words, gap=6))

    def show_words(self, words: str) -> None:
        self._words.setText(words)
        show_or_hide(self, shown=bool(words))
