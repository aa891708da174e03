"""Facts to read: what each is, and what it says, one below the other."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from iowscp_desktop.ui.theme import Type, px
from iowscp_desktop.ui.widgets.labels import Label

_NAME = 170  # width of the design


class Facts(QWidget):
    """Pairs of a name and what it says. The words can be selected and copied."""

    def __init__(self, facts: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__()
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        self.setLayout(self._grid)
        self.show_facts(facts)

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show other facts."""
        while (item := self._grid.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        for line, (name, words) in enumerate(facts):
            value = Label(words, Type.STRONG, wrap=True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(Label(name, Type.MUTED, wrap=True), line, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(value, line, 1)
        self.setAccessibleName("; ".join(f"{name}: {words}" for name, words in facts))
        self.rethemed()

    def rethemed(self) -> None:
        """Take on the text size in force."""
        self._grid.setColumnMinimumWidth(0, px(_NAME))
        self._grid.setHorizontalSpacing(px(16))
        self._grid.setVerticalSpacing(px(10))
