"""A long list of choices: words to look for above, and what has them below. No window opens on top of another."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget
from typing_extensions import override

from iowscp_desktop import text
from iowscp_desktop.ui.theme import Type, font, px
from iowscp_desktop.ui.widgets.fields import SearchField
from iowscp_desktop.ui.widgets.labels import Label
from iowscp_desktop.ui.widgets.layouts import Column
from iowscp_desktop.ui.widgets.surfaces import Card

_VALUE = Qt.ItemDataRole.UserRole
_LINES = 7


class FindList(QWidget):
    """One of many choices, or several of them. `chosen` tells what a person picked, blanks between."""

    chosen = Signal(str)

    def __init__(self, *, several: bool = False) -> None:
        super().__init__()
        self._several = several
        self._choices: tuple[tuple[str, str], ...] = ()
        self._value = ""
        self.search = SearchField(text.Widgets.find_choice)
        self.now = Label("", Type.STRONG, wrap=True)
        self.list = _List(self)
        self.setLayout(Column(self.now, self.search, Card(Column(self.list, gap=0, margins=(1, 1, 1, 1))), gap=6))
        self.setFocusProxy(self.search)
        self.search.edited.connect(self._on_find)
        self.search.returnPressed.connect(self._on_found)
        self.list.itemClicked.connect(self.pick)

    def show_question(self, question: str) -> None:
        """Name the list after its question."""
        self.list.setAccessibleName(question)

    def show_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer other choices: pairs of the value kept and the words shown."""
        if tuple(choices) == self._choices:
            return
        self._choices = tuple(choices)
        self.search.show_text("")
        self.list.clear()
        for value, words in self._choices:
            item = QListWidgetItem(words)
            item.setData(_VALUE, value)
            if self._several:
                item.setData(Qt.ItemDataRole.CheckStateRole, Qt.CheckState.Unchecked)
            self.list.addItem(item)

    def show_value(self, value: str) -> None:
        """Show what is chosen; '' shows nothing."""
        self._value = value
        picked = self._picked()
        for row in range(self.list.count()):
            item = self.list.item(row)
            is_picked = item.data(_VALUE) in picked
            if self._several:
                state = Qt.CheckState.Checked if is_picked else Qt.CheckState.Unchecked
                item.setData(Qt.ItemDataRole.CheckStateRole, state)
            elif is_picked:
                self.list.setCurrentItem(item)
        labels = dict(self._choices)
        words = ", ".join(labels.get(each, each) for each in picked)
        self.now.setText(text.Widgets.chosen_now(words) if words else text.Widgets.nothing_chosen)

    def show_fixed(self, *, is_fixed: bool) -> None:
        """What is fixed can be read but not changed."""
        self.search.setEnabled(not is_fixed)
        self.list.setEnabled(not is_fixed)

    def pick(self, item: QListWidgetItem) -> None:
        """Choose a line, or take it back where several may be chosen."""
        value = str(item.data(_VALUE))
        if not self._several:
            self.chosen.emit(value)
            return
        picked = set(self._picked()) ^ {value}
        self.chosen.emit(" ".join(each for each, _words in self._choices if each in picked))

    def _picked(self) -> list[str]:
        return self._value.split() if self._several else [self._value] if self._value else []

    def _on_find(self, words: str) -> None:
        wanted = words.casefold().split()
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setHidden(not all(word in item.text().casefold() for word in wanted))

    def _on_found(self) -> None:
        """Enter goes to the first that was found, so that Space or Enter can choose it."""
        for row in range(self.list.count()):
            if not self.list.item(row).isHidden():
                self.list.setCurrentRow(row)
                self.list.setFocus(Qt.FocusReason.OtherFocusReason)
                return


class _List(QListWidget):
    """The lines; Enter and Space choose."""

    def __init__(self, owner: FindList) -> None:
        super().__init__()
        self._owner = owner
        self.setUniformItemSizes(True)
        self.rethemed()

    def rethemed(self) -> None:
        """Take on the text size in force."""
        self.setFont(font(Type.BODY))
        self.setSpacing(px(4))
        self.setFixedHeight(_LINES * px(32))

    @override
    def sizeHint(self) -> QSize:
        return QSize(px(240), _LINES * px(32))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(px(120), _LINES * px(32))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}
        if event.key() in keys and self.currentRow() >= 0:
            self._owner.pick(self.currentItem())
        else:
            super().keyPressEvent(event)
