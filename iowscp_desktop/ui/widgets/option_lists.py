"""The choices of a question that are not grades: one of several, or any of several."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QWidget
from typing_extensions import override

from iowscp_desktop.ui.widgets.choices import CheckBox, RadioOption
from iowscp_desktop.ui.widgets.layouts import Column
from iowscp_desktop.ui.widgets.tiles import tab_to_checked


class OneOf(QWidget):
    """Radio buttons, one below the other. `chosen` tells what a person did, never what was shown."""

    chosen = Signal(str)
    cleared = Signal()

    def __init__(self, name: str, options: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__()
        self._options: list[RadioOption] = []
        self._group = QButtonGroup(self)
        self._column = Column(gap=4)
        self.setLayout(self._column)
        self.setAccessibleName(name)
        self.show_options(options)

    @property
    def options(self) -> tuple[RadioOption, ...]:
        """The buttons, in order."""
        return tuple(self._options)

    def show_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Offer other choices: pairs of the value kept and the words shown."""
        for option in self._options:
            self._group.removeButton(option)
            option.hide()
            option.deleteLater()
        self._options = [RadioOption(words, value) for value, words in options]
        for option in self._options:
            self._group.addButton(option)
            self._column.add(option)
            option.clicked.connect(self._on_clicked)
        tab_to_checked(self._options)

    def show_value(self, value: str | None) -> None:
        """Show which one is chosen; None shows none."""
        self._group.setExclusive(False)  # Qt lets no exclusive group be empty again
        for option in self._options:
            option.setChecked(option.value == value)
        self._group.setExclusive(True)
        tab_to_checked(self._options)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        clears = event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}
        if clears and self._group.checkedButton() is not None:
            self.show_value(None)
            self.cleared.emit()
        else:
            super().keyPressEvent(event)

    def _on_clicked(self) -> None:
        option = self._group.checkedButton()
        if isinstance(option, RadioOption):
            self.chosen.emit(option.value)


class AnyOf(QWidget):
    """Check boxes, one below the other. `chosen` tells all values that are ticked, in order."""

    chosen = Signal(list)

    def __init__(self, name: str, options: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__()
        self._boxes: dict[str, CheckBox] = {}
        self._column = Column(gap=4)
        self.setLayout(self._column)
        self.setAccessibleName(name)
        self.show_options(options)

    @property
    def boxes(self) -> tuple[CheckBox, ...]:
        """The check boxes, in order."""
        return tuple(self._boxes.values())

    def show_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Offer other choices: pairs of the value kept and the words shown."""
        for box in self._boxes.values():
            box.hide()
            box.deleteLater()
        self._boxes = {value: CheckBox(words) for value, words in options}
        for box in self._boxes.values():
            self._column.add(box)
            box.clicked.connect(self._on_clicked)

    def show_values(self, values: Sequence[str]) -> None:
        """Show which ones are ticked."""
        for value, box in self._boxes.items():
            box.setChecked(value in values)

    def _on_clicked(self) -> None:
        self.chosen.emit([value for value, box in self._boxes.items() if box.isChecked()])
