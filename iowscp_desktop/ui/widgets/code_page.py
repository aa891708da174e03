"""The one-time code of an invitation, large enough to read out over the telephone, and the file it opens."""

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QSizePolicy
from typing_extensions import override

from iowscp_desktop import text
from iowscp_desktop.ui.notify import announce
from iowscp_desktop.ui.theme import Icon, Role, Tone, Type, font, px
from iowscp_desktop.ui.widgets.buttons import Button, Kind
from iowscp_desktop.ui.widgets.centred import Centred
from iowscp_desktop.ui.widgets.facts import Facts
from iowscp_desktop.ui.widgets.labels import Label, Picture
from iowscp_desktop.ui.widgets.layouts import Column, Row, flowing
from iowscp_desktop.ui.widgets.pages import PageTitle
from iowscp_desktop.ui.widgets.surfaces import Card


class Shown(Protocol):
    """An invitation that was just written."""

    @property
    def name(self) -> str:
        """Whom it is for."""
        ...

    @property
    def code(self) -> str:
        """What is read out."""
        ...

    @property
    def path(self) -> Path:
        """The file."""
        ...

    @property
    def expires(self) -> str:
        """Until when it works."""
        ...


class CodePage(Centred):
    """Shown once. What it showed is forgotten when it is closed."""

    closed = Signal()

    def __init__(self) -> None:
        self._title = PageTitle("", text.Rounds.code_about)
        self.code = LargeCode()
        self._facts = Facts()
        self._path = ""
        self.copy_button = Button(text.Rounds.copy_path, icon=Icon.COPY, small=True)
        self.done_button = Button(text.Rounds.done_with_code, Kind.PRIMARY, icon=Icon.CHECK)
        warning = Row(Picture(Icon.TRIANGLE_ALERT, Role.AMBER_INK, 20), gap=10)
        warning.add(Label(text.Rounds.code_never, Type.STRONG, role=Role.AMBER_INK, wrap=True), 1)
        code = Card(
            Column(
                Label(text.Rounds.code_title, Type.H2, wrap=True),
                self.code,
                warning,
                Label(text.Rounds.code_once, Type.BODY, wrap=True),
                gap=12,
                margins=(24, 20, 24, 22),
            ),
            edge=Tone.AMBER,
        )
        file = Card(
            Column(
                Label(text.Rounds.file_title, Type.H2, wrap=True),
                self._facts,
                flowing(self.copy_button),
                Label(text.Rounds.one_device, Type.BODY, wrap=True),
                gap=12,
                margins=(24, 20, 24, 22),
            )
        )
        super().__init__(Column(self._title, code, file, flowing(self.done_button), None, gap=16), width=760)
        self.done_button.clicked.connect(self._close)
        self.copy_button.clicked.connect(self._copy)

    def show_invitation(self, invitation: Shown) -> None:
        """Show a code and its file."""
        self._title.show_title(text.Rounds.for_whom(invitation.name), text.Rounds.code_about)
        self.code.show_code(invitation.code)
        self._path = str(invitation.path)
        self._facts.show_facts(
            (
                (text.Rounds.file_name, invitation.path.name),
                (text.Rounds.folder_name, str(invitation.path.parent)),
                (text.Rounds.expires_name, invitation.expires),
            )
        )
        self.copy_button.show_words(text.Rounds.copy_path)
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._path)
        self.copy_button.show_words(text.Rounds.path_copied)
        announce(self, text.Rounds.path_copied)

    def _close(self) -> None:
        self.code.show_code("")
        self._facts.show_facts(())
        self._path = ""
        self.closed.emit()


class LargeCode(QLabel):
    """A code in large, even letters; a screen reader spells it. It cannot be selected: it is said, not sent."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.rethemed()

    def show_code(self, code: str) -> None:
        """Show a code; its groups stand apart."""
        self.setText("   ".join(code.split("-")))
        self.setAccessibleName(text.Rounds.spoken_code(code) if code else "")

    def rethemed(self) -> None:
        """Take on the text size in force."""
        large = font(Type.METRIC)
        large.setPixelSize(px(46))
        large.setLetterSpacing(large.SpacingType.AbsoluteSpacing, px(3))
        self.setFont(large)
        self.setMargin(px(14))

    @override
    def __repr__(self) -> str:
        return "LargeCode()"
