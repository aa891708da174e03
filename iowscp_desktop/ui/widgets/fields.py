"""Things to write in: one line, several lines, a secret, a search; and what surrounds them: label, hint, problem."""

from math import ceil

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from typing_extensions import override

from iowscp_desktop import text
from iowscp_desktop.ui.theme import Icon, Role, Type, font, paint_icon, px, tokens
from iowscp_desktop.ui.widgets.buttons import IconButton
from iowscp_desktop.ui.widgets.labels import Label, Picture
from iowscp_desktop.ui.widgets.layouts import Column, Row


class LineEdit(QLineEdit):
    """One line. `edited` tells what a person typed, never what was shown."""

    edited = Signal(str)
    left = Signal()

    def __init__(self, name: str, *, hint: str = "") -> None:
        super().__init__()
        self._button: IconButton | None = None
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.textEdited.connect(self.edited)
        self.rethemed()

    def show_text(self, words: str) -> None:
        """Show an answer; what is being typed right now stays as it is."""
        if words != self.text():
            self.setText(words)
            if not self.hasFocus():
                self.setCursorPosition(0)

    def add_button(self, icon: Icon, name: str) -> IconButton:
        """Put a button inside, at the right; Tab reaches it."""
        self._button = IconButton(icon, name)
        self._button.setParent(self)
        self._button.setCursor(Qt.CursorShape.ArrowCursor)
        self.rethemed()
        return self._button

    def rethemed(self) -> None:
        """Take on the text size in force."""
        self.setFont(font(Type.BODY))
        if self._button is not None:
            self._button.adjustSize()
            self.setTextMargins(0, 0, self._button.width(), 0)
            self._place_button(self._button)

    @override
    def resizeEvent(self, arg__1: QResizeEvent) -> None:
        super().resizeEvent(arg__1)
        if self._button is not None:
            self._place_button(self._button)

    @override
    def focusOutEvent(self, arg__1: QFocusEvent) -> None:
        super().focusOutEvent(arg__1)
        self.left.emit()

    def _place_button(self, button: IconButton) -> None:
        button.move(self.width() - button.width() - px(4), (self.height() - button.height()) // 2)


class SearchField(LineEdit):
    """One line with a magnifying glass."""

    def __init__(self, name: str) -> None:
        super().__init__(name, hint=name)

    @override
    def sizeHint(self) -> QSize:
        return QSize(px(230), super().sizeHint().height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(px(160), super().minimumSizeHint().height())

    @override
    def rethemed(self) -> None:
        super().rethemed()
        self.setTextMargins(px(24), 0, 0, 0)

    @override
    def paintEvent(self, arg__1: QPaintEvent) -> None:
        super().paintEvent(arg__1)
        with QPainter(self) as painter:
            side = px(17)
            paint_icon(painter, Icon.SEARCH, Role.INK_3, QRectF(px(11), (self.height() - side) / 2, side, side))


class SecretField(LineEdit):
    """One line that hides what is typed until asked. Pasting works, so that a password safe can be used."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self._eye = self.add_button(Icon.EYE, text.Widgets.show_typing)
        self._eye.clicked.connect(self._on_eye)

    def reveal(self) -> None:
        """Show what is written, as for a passphrase that was made up and is to be written down."""
        if self.echoMode() == QLineEdit.EchoMode.Password:
            self._on_eye()

    def _on_eye(self) -> None:
        reveal = self.echoMode() == QLineEdit.EchoMode.Password
        self.setEchoMode(QLineEdit.EchoMode.Normal if reveal else QLineEdit.EchoMode.Password)
        self._eye.show_icon(Icon.EYE_OFF if reveal else Icon.EYE)
        self._eye.show_name(text.Widgets.hide_typing if reveal else text.Widgets.show_typing)


class TextArea(QPlainTextEdit):
    """Several lines; grows with its text. Tab leaves it, as it leaves every field."""

    edited = Signal(str)
    left = Signal()

    def __init__(self, name: str, *, least_lines: int = 3, most_lines: int = 12) -> None:
        super().__init__()
        self._lines = (least_lines, most_lines)
        self._showing = False
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.textChanged.connect(self._on_text_changed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.rethemed()

    def text(self) -> str:
        """What is written."""
        return self.toPlainText()

    def show_text(self, words: str) -> None:
        """Show an answer; what is being typed right now stays as it is."""
        if words == self.toPlainText():
            return
        self._showing = True
        self.setPlainText(words)
        self._showing = False

    def rethemed(self) -> None:
        """Take on the text size in force."""
        self.setFont(font(Type.BODY))
        self._fit()

    @override
    def sizeHint(self) -> QSize:
        return QSize(px(300), self.height())

    @override
    def focusOutEvent(self, e: QFocusEvent) -> None:
        super().focusOutEvent(e)
        self.left.emit()

    def _on_text_changed(self) -> None:
        if not self._showing:
            self.edited.emit(self.toPlainText())

    def _fit(self) -> None:
        least, most = self._lines
        lines = round(self.document().size().height())  # a plain text document counts lines, not pixels
        shown = min(max(lines, least), most)
        around = 2 * (px(8) + round(tokens().border) + round(self.document().documentMargin()))
        self.setFixedHeight(ceil(shown * QFontMetricsF(self.font()).lineSpacing()) + around + 2)
        off, needed = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(needed if lines > most else off)


class Field(QWidget):
    """A control with its label above, a hint, and what is wrong with it."""

    def __init__(self, label: str, control: QWidget, *, hint: str = "", aside: str = "") -> None:
        super().__init__()
        self.control = control
        self._label = Label(label, Type.STRONG, wrap=True)
        self._label.setBuddy(control)
        self._aside = Label(aside, Type.CAPTION)
        self._hint = Label(hint, Type.SMALL, wrap=True)
        self._problem = Label("", Type.SMALL_STRONG, role=Role.RED_INK, wrap=True)
        self._problem_row = QWidget()
        row = Row(gap=6)
        row.add(Picture(Icon.CIRCLE_ALERT, Role.RED_INK, 16))
        row.add(self._problem, 1)
        self._problem_row.setLayout(row)
        top = Row(gap=6)
        top.add(self._label, 1)
        top.add(self._aside)
        self._also = ""
        self._column = Column(top, self._hint, self._problem_row, control, None, gap=4)
        self.setLayout(self._column)
        self.show_hint(hint)
        self.show_problem("")

    def show_label(self, label: str) -> None:
        """Change what it asks."""
        self._label.setText(label)
        self.control.setAccessibleName(label)

    def show_hint(self, hint: str) -> None:
        """Change the help below the label."""
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._describe()

    def show_aside(self, words: str) -> None:
        """Change the note at the right, such as how many words there are."""
        self._aside.setText(words)

    def show_problem(self, problem: str) -> None:
        """Say what is wrong with the answer; '' says nothing is."""
        self._problem.setText(problem)
        self._problem_row.setVisible(bool(problem))
        wrong = "true" if problem else "false"
        if self.control.property("wrong") != wrong:
            self.control.setProperty("wrong", wrong)
            self.control.style().unpolish(self.control)  # the style sheet looks at the property only then
            self.control.style().polish(self.control)
        self._describe()

    def add_below(self, widget: QWidget) -> None:
        """Put something below the control."""
        self._column.insertWidget(self._column.count() - 1, widget)

    def describe_also(self, words: str) -> None:
        """Add something to what a screen reader says of the control; '' takes it away."""
        self._also = words
        self._describe()

    def _describe(self) -> None:
        parts = [self._problem.text(), self._hint.text(), self._also]
        self.control.setAccessibleDescription(" ".join(part for part in parts if part))
