"""Things to write in: one line, several lines, a secret, a search; and what surrounds them: label, hint, problem."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction, QFocusEvent, QFontMetrics
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from typing_extensions import override

from iowscp_desktop import text
from iowscp_desktop.ui.theme import Icon, Role, Type, font, px, qicon
from iowscp_desktop.ui.widgets.labels import Label, Picture
from iowscp_desktop.ui.widgets.layouts import Column, Row


class LineEdit(QLineEdit):
    """One line. `edited` tells what a person typed, never what was shown."""

    edited = Signal(str)
    left = Signal()

    def __init__(self, name: str, *, hint: str = "") -> None:
        super().__init__()
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

    def rethemed(self) -> None:
        """Take on the text size in force."""
        self.setFont(font(Type.BODY))

    @override
    def focusOutEvent(self, arg__1: QFocusEvent) -> None:
        super().focusOutEvent(arg__1)
        self.left.emit()


class SearchField(LineEdit):
    """One line with a magnifying glass."""

    def __init__(self, name: str) -> None:
        self._glass = QAction(text.Widgets.search)
        super().__init__(name, hint=name)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.setClearButtonEnabled(True)

    @override
    def rethemed(self) -> None:
        super().rethemed()
        self._glass.setIcon(qicon(Icon.SEARCH, Role.INK_3, px(16)))


class SecretField(LineEdit):
    """One line that hides what is typed until asked. Pasting works, so that a password safe can be used."""

    def __init__(self, name: str) -> None:
        self._eye = QAction(text.Widgets.show_typing)
        super().__init__(name)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.addAction(self._eye, QLineEdit.ActionPosition.TrailingPosition)
        self._eye.triggered.connect(self._on_eye)

    @override
    def rethemed(self) -> None:
        super().rethemed()
        hidden = self.echoMode() == QLineEdit.EchoMode.Password
        self._eye.setIcon(qicon(Icon.EYE if hidden else Icon.EYE_OFF, Role.INK_2, px(18)))

    def _on_eye(self) -> None:
        hidden = self.echoMode() == QLineEdit.EchoMode.Password
        self.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        self._eye.setText(text.Widgets.hide_typing if hidden else text.Widgets.show_typing)
        self.rethemed()


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
        line = QFontMetrics(self.font()).lineSpacing()
        lines = round(self.document().size().height())  # a plain text document counts lines, not pixels
        self.setFixedHeight(min(max(lines, least), most) * line + px(28))


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
        self.setLayout(Column(top, self._hint, self._problem_row, control, gap=4))
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

    def _describe(self) -> None:
        parts = [self._problem.text(), self._hint.text()]
        self.control.setAccessibleDescription(" ".join(part for part in parts if part))
