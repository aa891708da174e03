"""Keys on their way to paper: a recovery key with two groups to type back, a spare key, a passphrase's strength."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QWidget

from iowscp_desktop import text
from iowscp_desktop.app.passphrases import Judged, Strength
from iowscp_desktop.errors import AppError
from iowscp_desktop.ui.choosing import Choose, FileRequest, Wanted
from iowscp_desktop.ui.key_desks import SheetDesk, SpareDesk
from iowscp_desktop.ui.notify import announce
from iowscp_desktop.ui.theme import Icon, Role, Type, px
from iowscp_desktop.ui.widgets.buttons import Button, Kind
from iowscp_desktop.ui.widgets.choices import CheckBox
from iowscp_desktop.ui.widgets.fields import Field, LineEdit
from iowscp_desktop.ui.widgets.labels import Label
from iowscp_desktop.ui.widgets.layouts import Column, Row, SideBySide, flowing
from iowscp_desktop.ui.widgets.surfaces import Card, show_or_hide

Words = text.Keys
_A_ROW = 3
_ROLES = {Strength.TOO_EASY: Role.RED_INK, Strength.FAIR: Role.INK_2, Strength.STRONG: Role.GREEN_INK}


class RecoveryPaper(QWidget):
    """A recovery key in nine groups, a page of it to print, and two fields that show whether it was written down."""

    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout()
        self._groups = [Label("", Type.LEAD, role=Role.INK) for _ in range(9)]
        for at, label in enumerate(self._groups):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(label, at // _A_ROW, at % _A_ROW)
        self._number, self._said = Label("", Type.SMALL_STRONG), Label("", Type.SMALL, wrap=True)
        self.save = Button(Words.save_sheet, icon=Icon.PRINTER)
        self.delete = Button(Words.delete_sheet, Kind.QUIET, icon=Icon.TRASH_2)
        self.first, self.second = LineEdit(""), LineEdit("")
        for field in (self.first, self.second):
            field.setMaxLength(12)
        self.first_field, self.second_field = Field("", self.first), Field("", self.second)
        self.first.returnPressed.connect(self.second.setFocus)
        self.second.returnPressed.connect(self.done)
        groups = QWidget()
        groups.setLayout(self._grid)
        by_hand = Label(Words.or_by_hand, Type.SMALL, wrap=True)
        card = _tinted(self._number, groups, by_hand, flowing(self.save, self.delete), self._said)
        back = Label(Words.type_back, Type.STRONG, wrap=True)
        fields = SideBySide(self.first_field, self.second_field, least=420, stretches=(1, 1))
        self.setLayout(Column(card, back, fields, gap=12))
        self._say("")
        show_or_hide(self.delete, shown=False)
        self.rethemed()

    def start(self, desk: SheetDesk, choose: Choose) -> None:
        """Take the presenter."""
        self._desk, self._choose = desk, choose
        self.save.clicked.connect(self._on_save)
        self.delete.clicked.connect(desk.on_printed)

    def show_key(self, number: str, groups: Sequence[str], asked: tuple[int, int]) -> None:
        """Show a recovery key, and which two of its groups are to be typed back."""
        self._sheet = number
        self._number.setText(Words.sheet_number(number))
        for at, (label, group) in enumerate(zip(self._groups, groups, strict=True)):
            label.setText(f"{at + 1}  {group}")
        self.first_field.show_label(Words.group(asked[0] + 1))
        self.second_field.show_label(Words.group(asked[1] + 1))
        for field in (self.first, self.second):
            field.clear()
        self._say("")
        show_or_hide(self.delete, shown=False)
        self.first_field.show_problem("")
        self.second_field.show_problem("")

    def show_saved(self, path: Path, *, deleted: bool | None) -> None:
        """Say that the page was saved; or deleted again, or could not be."""
        words = {None: Words.sheet_saved, True: Words.sheet_deleted, False: Words.sheet_not_deleted}[deleted]
        self._say(words.format(name=path.name))
        show_or_hide(self.delete, shown=deleted is not True)
        if deleted:
            self.first.setFocus()

    def show_wrong(self, *, first: bool, second: bool) -> None:
        """Mark groups that are not as they are printed."""
        self.first_field.show_problem(Words.group_differs if first else "")
        self.second_field.show_problem(Words.group_differs if second else "")
        if first or second:
            (self.first if first else self.second).setFocus()
            announce(self, Words.group_differs)

    def show_refused(self, error: AppError) -> None:
        """Say why the page was not saved."""
        self._say(Words.refused(error.message, error.remedy, error.code))

    def rethemed(self) -> None:
        """Take on the text size in force: digits of one width, so that groups can be compared."""
        for label in self._groups:
            letters = label.font()
            letters.setFeature(QFont.Tag("tnum"), 1)
            label.setFont(letters)
        self._grid.setHorizontalSpacing(px(24))
        self._grid.setVerticalSpacing(px(8))

    def _say(self, words: str) -> None:
        _say(self, self._said, words)

    def _on_save(self) -> None:
        name = Words.sheet_file.format(number=self._sheet)
        request = _new_file(Words.sheet_dialogue, Words.pdf_kinds, name)
        self._choose(request, lambda paths: self._desk.on_place(paths[0]))


class SparePaper(QWidget):
    """The partnership's spare key: a file for one person, five words for another."""

    def __init__(self) -> None:
        super().__init__()
        self._number, self._words = Label("", Type.SMALL_STRONG), Label("", Type.LEAD, wrap=True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.file = Button(Words.spare_save, icon=Icon.DOWNLOAD)
        self.words = Button(Words.spare_print, icon=Icon.PRINTER)
        self._file_said, self._words_said = Label("", Type.SMALL, wrap=True), Label("", Type.SMALL, wrap=True)
        self.apart = CheckBox(Words.spare_apart)
        self.apart_field = Field(Words.spare_custody, self.apart, hint=Words.spare_custody_hint)
        head = Label(Words.spare_words, Type.STRONG, wrap=True)
        deeds = flowing(self.file, self.words)
        card = _tinted(self._number, head, self._words, deeds, self._file_said, self._words_said)
        self.setLayout(Column(card, self.apart_field, gap=12))
        for label in (self._file_said, self._words_said):
            _say(self, label, "")

    def start(self, desk: SpareDesk, choose: Choose) -> None:
        """Take the presenter."""
        self._desk, self._choose = desk, choose
        self.file.clicked.connect(self._on_file)
        self.words.clicked.connect(self._on_words)

    def show_spare(self, number: str, words: str, file_name: str) -> None:
        """Show a spare key; nothing of it is saved yet."""
        self._key, self._file_name = number, file_name
        self._number.setText(Words.spare_number.format(number=number))
        self._words.setText(words)
        self.apart.setChecked(False)
        for label in (self._file_said, self._words_said):
            _say(self, label, "")

    def show_file_saved(self, path: Path) -> None:
        """Say that the file was saved."""
        _say(self, self._file_said, Words.spare_saved.format(name=path.name))

    def show_words_saved(self, path: Path) -> None:
        """Say that the page with the words was saved."""
        _say(self, self._words_said, Words.spare_words_saved.format(name=path.name))

    def show_not_apart(self) -> None:
        """Say that file and words are to be with two people first."""
        self.apart_field.show_problem(Words.spare_apart_missing)
        self.file.setFocus()
        announce(self, Words.spare_apart_missing)

    def show_refused(self, error: AppError) -> None:
        """Say why something was not saved."""
        _say(self, self._file_said, Words.refused(error.message, error.remedy, error.code))

    def _on_file(self) -> None:
        request = _new_file(Words.spare_dialogue, Words.spare_kinds, self._file_name)
        self._choose(request, lambda paths: self._desk.on_file_place(paths[0]))

    def _on_words(self) -> None:
        request = _new_file(Words.sheet_dialogue, Words.pdf_kinds, Words.spare_words_file.format(number=self._key))
        self._choose(request, lambda paths: self._desk.on_words_place(paths[0]))


class StrengthLine(QWidget):
    """How hard a passphrase is to guess, why, and a button that makes one up."""

    suggestion_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.suggest = Button(Words.make_one_up, Kind.QUIET, icon=Icon.KEY_ROUND)
        self.suggest.clicked.connect(self.suggestion_wanted)
        self._strength = Label("", Type.SMALL_STRONG, wrap=True)
        row = Row(gap=12)
        row.add(self._strength, 1)
        row.add(self.suggest)
        self.setLayout(row)

    def show_strength(self, judged: Judged | None) -> None:
        """Say how hard it is to guess; None says nothing of it."""
        self._strength.setText(Words.strength(judged.strength.name, judged.hint.name) if judged is not None else "")
        self._strength.show_role(_ROLES[judged.strength] if judged is not None else Role.INK_2)


def _tinted(*parts: QWidget) -> Card:
    return Card(Column(*parts, gap=10, margins=(20, 16, 20, 16)), back=Role.PRIMARY_TINT, line=None)


def _say(where: QWidget, label: Label, words: str) -> None:
    label.setText(words)
    show_or_hide(label, shown=bool(words))
    if words:
        announce(where, words)


def _new_file(title: str, kinds: tuple[str, ...], name: str) -> FileRequest:
    return FileRequest(wanted=Wanted.NEW_FILE, title=title, kinds=kinds, suggestion=Path.home() / name)
