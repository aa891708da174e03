"""What in a text seems to point at a person: underlined where it stands, and said in a quiet line below.

It looks when somebody has paused, never while something is drawn, and it keeps nobody from anything.
"""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget
from typing_extensions import override

from iowscp_desktop.domain.mentions import Mention
from iowscp_desktop.text.names import Names
from iowscp_desktop.ui.notify import announce
from iowscp_desktop.ui.theme import Icon, Role, Type, colour
from iowscp_desktop.ui.widgets.buttons import Button
from iowscp_desktop.ui.widgets.fields import Field, LineEdit, TextArea
from iowscp_desktop.ui.widgets.labels import Label, Picture
from iowscp_desktop.ui.widgets.layouts import Column, Row, flowing
from iowscp_desktop.ui.widgets.surfaces import show_or_hide

Found = Callable[[tuple[Mention, ...]], None]
Look = Callable[[str, Found], None]
"""Looks over a text and tells what it found, at once or later."""

PAUSE: Final = 600  # milliseconds after the last key


class NameNote(QWidget):
    """The line below a text, with the button that says that somebody considered it."""

    put_aside = Signal()
    rethemed_now = Signal()

    def __init__(self, *, can_consider: bool) -> None:
        super().__init__()
        self.words = Label("", Type.SMALL, role=Role.AMBER_INK, wrap=True)
        self.button = Button(Names.considered, small=True)
        row = Row(gap=6)
        row.add(Picture(Icon.TRIANGLE_ALERT, Role.AMBER_INK, 16))
        row.add(self.words, 1)
        whole = Column(row, gap=4)
        ways = flowing(self.button)
        whole.add(ways)
        show_or_hide(ways, shown=can_consider)
        self.setLayout(whole)

    def show_words(self, words: str) -> None:
        """Say something."""
        self.words.setText(words)
        self.button.setAccessibleDescription(words)

    def rethemed(self) -> None:
        """Take on the theme in force."""
        self.rethemed_now.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.put_aside.emit()
        else:
            super().keyPressEvent(event)


class NameWatch(QObject):
    """Watches one field. The note is made when there is something to say."""

    def __init__(
        self,
        field: Field,
        editor: LineEdit | TextArea,
        look: Look,
        on_considered: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(field)
        self._field, self._editor = field, editor
        self._look, self._on_considered = look, on_considered
        self.note: NameNote | None = None
        self._pieces: tuple[Mention, ...] = ()
        self._aside: frozenset[str] = frozenset()
        self._was_typed = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look_now)
        editor.edited.connect(self._on_edited)

    @property
    def is_waiting(self) -> bool:
        """Whether it will look as soon as nobody types."""
        return self._timer.isActive()

    def words_shown(self) -> None:
        """Other words were put into the field: look at them once they are drawn."""
        self._was_typed = False
        self._timer.start(0)

    def forget(self) -> None:
        """What was put aside belonged to another question."""
        self._aside = frozenset()
        self._show(self._editor.text(), ())

    def stop(self) -> None:
        """Nothing is to be said about what stands here now."""
        self._timer.stop()
        self._show(self._editor.text(), ())

    def look_now(self) -> None:
        """Look over what is written."""
        self._timer.stop()
        words = self._editor.text()
        if words.strip():
            self._look(words, lambda pieces: self._show(words, pieces))
        else:
            self._show(words, ())

    def _on_edited(self, _words: str) -> None:
        if self._editor.isReadOnly():
            return
        self._was_typed = True
        if self._pieces and isinstance(self._editor, LineEdit):
            underline(self._editor, ())  # a line does not move its marks with its words
        self._timer.start(PAUSE)

    def _show(self, words: str, pieces: tuple[Mention, ...]) -> None:
        if words != self._editor.text():
            return  # somebody typed on; the next pause comes
        if {piece.of(words) for piece in pieces} <= self._aside:
            pieces = ()
        if not pieces and not self._pieces:
            return
        self._pieces = pieces
        underline(self._editor, pieces)
        can_consider = self._on_considered is not None
        said = [(piece.looks.value, piece.of(words)) for piece in pieces]
        doubt = Names.doubt(said, can_consider=can_consider) if pieces else ""
        note = self._made(can_consider=can_consider)
        is_new = bool(doubt) and (note.isHidden() or note.words.text() != doubt)
        if not doubt and note.button.hasFocus():
            self._editor.setFocus(Qt.FocusReason.OtherFocusReason)
        note.show_words(doubt)
        self._field.describe_also(doubt)
        show_or_hide(note, shown=bool(doubt))
        if is_new and self._was_typed:
            announce(self._editor, doubt)

    def _made(self, *, can_consider: bool) -> NameNote:
        if self.note is None:
            self.note = NameNote(can_consider=can_consider)
            self.note.hide()
            self.note.button.clicked.connect(self._on_button)
            self.note.put_aside.connect(self._on_aside)
            self.note.rethemed_now.connect(self._underline_again)
            self._field.add_below(self.note)
        return self.note

    def _on_button(self) -> None:
        if self._on_considered is not None:
            self._editor.setFocus(Qt.FocusReason.OtherFocusReason)
            self._on_considered()
            announce(self._editor, Names.noted)
            self.look_now()

    def _on_aside(self) -> None:
        words = self._editor.text()
        self._aside |= {piece.of(words) for piece in self._pieces}
        self._editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show(words, ())

    def _underline_again(self) -> None:
        underline(self._editor, self._pieces)


def at_once(look: Callable[[str], tuple[Mention, ...]]) -> Look:
    """Return a look that tells on the spot: for remarks and reasons, which are short."""
    return lambda words, on_found: on_found(look(words))


def underline(editor: LineEdit | TextArea, pieces: tuple[Mention, ...]) -> None:
    """Mark pieces of what is written with a dashed line. Nothing is written by that, and nothing told."""
    words = editor.text()
    if isinstance(editor, LineEdit):
        marks = [
            QInputMethodEvent.Attribute(
                QInputMethodEvent.AttributeType.TextFormat,
                _units(words, piece.start) - editor.cursorPosition(),
                _units(words, piece.end) - _units(words, piece.start),
                _as_line(),
            )
            for piece in pieces
        ]
        QCoreApplication.sendEvent(editor, QInputMethodEvent("", marks))
        return
    selections: list[QTextEdit.ExtraSelection] = []
    for piece in pieces:
        cursor = QTextCursor(editor.document())
        cursor.setPosition(_units(words, piece.start))
        cursor.setPosition(_units(words, piece.end), QTextCursor.MoveMode.KeepAnchor)
        selection = QTextEdit.ExtraSelection()
        selection.cursor, selection.format = cursor, _as_line()
        selections.append(selection)
    editor.setExtraSelections(selections)


def _as_line() -> QTextCharFormat:
    line = QTextCharFormat()
    line.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
    line.setUnderlineColor(colour(Role.AMBER_INK))
    return line


def _units(words: str, place: int) -> int:
    """Return a place in a text as Qt counts it: a character beyond the first plane is two."""
    return len(words[:place].encode("utf-16-le")) // 2
