"""A question with choices that are no grades: one of them, or all that are true."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QWidget
from typing_extensions import override

from iowscp_desktop.ui.theme import Role, paint_box
from iowscp_desktop.ui.widgets.choices import CheckBox, RadioOption
from iowscp_desktop.ui.widgets.layouts import Column, Flow
from iowscp_desktop.ui.widgets.surfaces import show_or_hide

Choices = Sequence[tuple[str, str]]


class PickTile(RadioOption):
    """A choice in a frame, for a few short choices side by side."""

    inset = 10

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            chosen = self.isChecked()
            back = Role.PRIMARY_TINT if chosen else Role.SURFACE
            line = Role.PRIMARY if chosen else Role.LINE_2
            paint_box(painter, self.rect().toRectF(), back=back, line=line, radius=8)
        super().paintEvent(event)


class PickOne(QWidget):
    """Radio buttons: one below the other, or tiles side by side."""

    def __init__(self, on_picked: Callable[[str], None], kind: type[RadioOption] = RadioOption) -> None:
        super().__init__()
        self._on_picked, self._kind = on_picked, kind
        self._choices: tuple[tuple[str, str], ...] = ()
        self._group = QButtonGroup(self)
        self._column: Column | Flow = Column(gap=4)
        if kind is PickTile:
            self._column = Flow(gap=8)
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        self.setLayout(self._column)
        self.options: list[RadioOption] = []

    def show_choices(self, choices: Choices) -> None:
        """Offer other choices."""
        if tuple(choices) == self._choices:
            return
        self._choices = tuple(choices)
        for option in self.options:
            self._group.removeButton(option)
            _discard(self._column, option)
        self.options = [self._kind(words, value) for value, words in choices]
        for option in self.options:
            self._group.addButton(option)
            self._column.addWidget(option)
            show_or_hide(option, shown=True)  # at once, so that it can take the focus
            option.clicked.connect(self._on_clicked)

    def show_value(self, value: str) -> None:
        """Show which one is picked; '' shows none."""
        self._group.setExclusive(False)  # Qt lets no exclusive group be empty again
        for option in self.options:
            option.setChecked(option.value == value)
        self._group.setExclusive(True)

    def _on_clicked(self) -> None:
        picked = self._group.checkedButton()
        if isinstance(picked, RadioOption):
            self._on_picked(picked.value)


class PickSome(QWidget):
    """Check boxes, one below the other."""

    def __init__(self, on_picked: Callable[[str], None]) -> None:
        super().__init__()
        self._on_picked = on_picked
        self._choices: tuple[tuple[str, str], ...] = ()
        self._column = Column(gap=4)
        self.setLayout(self._column)
        self.boxes: list[CheckBox] = []

    def show_choices(self, choices: Choices) -> None:
        """Offer other choices."""
        if tuple(choices) == self._choices:
            return
        self._choices = tuple(choices)
        for box in self.boxes:
            _discard(self._column, box)
        self.boxes = [CheckBox(words) for _value, words in choices]
        for box in self.boxes:
            self._column.add(box)
            show_or_hide(box, shown=True)
            box.clicked.connect(self._on_clicked)

    def show_value(self, value: str) -> None:
        """Show which are ticked: their values with blanks between, as forms keep them."""
        ticked = set(value.split())
        for (kept, _words), box in zip(self._choices, self.boxes, strict=True):
            box.setChecked(kept in ticked)

    def _on_clicked(self) -> None:
        pairs = zip(self._choices, self.boxes, strict=True)
        self._on_picked(" ".join(kept for (kept, _words), box in pairs if box.isChecked()))


def first_stop(holder: QWidget) -> QWidget | None:
    """Return what Tab reaches first in a group of choices: the one that is picked, or the first."""
    stops = [
        child
        for kind in (RadioOption, CheckBox)
        for child in holder.findChildren(kind, options=Qt.FindChildOption.FindDirectChildrenOnly)
    ]
    picked = [stop for stop in stops if isinstance(stop, RadioOption) and stop.isChecked()]
    return next(iter((*picked, *stops)), None)


def _discard(column: Column | Flow, gone: QWidget) -> None:
    column.removeWidget(gone)
    gone.hide()
    gone.deleteLater()
