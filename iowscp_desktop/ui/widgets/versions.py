"""Two answers to one question, side by side, with the words that differ marked."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QSizePolicy
from typing_extensions import override

from iowscp_desktop.ui.theme import UNANSWERED, Icon, Mark, Role, Tone, Type, colour, font, tokens
from iowscp_desktop.ui.widgets.buttons import Button, Kind
from iowscp_desktop.ui.widgets.differences import Run
from iowscp_desktop.ui.widgets.labels import Label, Picture
from iowscp_desktop.ui.widgets.layouts import Column, Row
from iowscp_desktop.ui.widgets.surfaces import Card, Divider
from iowscp_desktop.ui.widgets.tags import Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One of the answers, and who gave it when."""

    key: str
    title: str
    who: str = field(repr=False)
    when: str
    wording: Sequence[Run] = field(repr=False)
    mark: Mark | None = None
    word: str = ""
    note: str = field(default="", repr=False)
    keep: str = ""  # the words of the button that keeps it


class MarkedText(QLabel):
    """A text in which runs that differ are bold and on a tint; underlined where no tint would show."""

    def __init__(self, runs: Sequence[Run] = ()) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.show_runs(runs)

    def show_runs(self, runs: Sequence[Run]) -> None:
        """Show another text."""
        self._runs = tuple(runs)
        self.setAccessibleName("".join(run.words for run in runs))
        self.rethemed()

    def rethemed(self) -> None:
        """Take on the theme in force: the colours stand in the markup."""
        self.setFont(font(Type.BODY))
        style = f"font-weight:600; color:{colour(Role.INK).name()};"
        if tokens().tinted:
            style += f" background-color:{colour(Tone.AMBER.tint).name()};"
        else:
            style += " text-decoration:underline;"
        self.setText("".join(_marked(run.words, style) if run.differs else _html(run.words) for run in self._runs))


class VersionCard(Card):
    """One answer, with a button that keeps it."""

    kept = Signal(str)

    def __init__(self, version: Version, *, is_first: bool = False) -> None:
        super().__init__(line=Role.PRIMARY if is_first else Role.LINE)
        self._key = version.key
        self.setAccessibleName(version.title)
        self._state = Tag("")
        self._who, self._when = Label("", Type.SMALL), Label("", Type.SMALL)
        self._wording = MarkedText()
        self._note = Label("", Type.SMALL, wrap=True)
        self._title = Label("", Type.H2)
        self.keep_button = Button("", Kind.PRIMARY if is_first else Kind.SECONDARY)
        self.keep_button.clicked.connect(lambda: self.kept.emit(self._key))
        people = Row(Picture(Icon.USER, size=15), self._who, 6, Picture(Icon.CLOCK, size=15), self._when, None, gap=6)
        self.setLayout(
            Column(
                Row(self._title, None, self._state),
                people,
                Divider(),
                self._wording,
                Divider(),
                self._note,
                None,  # the buttons stand in one line, however much longer one version is
                Row(self.keep_button, None),
                gap=10,
                margins=(20, 16, 20, 18),
            )
        )
        self.show_version(version)

    def show_version(self, version: Version) -> None:
        """Show another answer."""
        self._key = version.key
        self._title.setText(version.title)
        mark = version.mark or UNANSWERED
        self._state.show_state(version.word, mark.tone, mark=mark)
        self._state.setVisible(version.mark is not None)
        self._who.setText(version.who)
        self._when.setText(version.when)
        self._wording.show_runs(version.wording)
        self._note.setText(version.note)
        self._note.setVisible(bool(version.note))
        self.keep_button.show_words(version.keep)
        self.keep_button.setAccessibleName(version.keep)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, arg__1: int) -> int:
        layout = self.layout()
        return layout.heightForWidth(arg__1) if layout is not None else super().heightForWidth(arg__1)


def _marked(words: str, style: str) -> str:
    """Mark words; the space after them stays unmarked."""
    end = len(words.rstrip())
    return f'<span style="{style}">{_html(words[:end])}</span>{_html(words[end:])}'


def _html(words: str) -> str:
    return escape(words).replace("\n", "<br>")
