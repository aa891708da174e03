"""The page of a school's or panel member's computer: its sign, a further invitation, another computer."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from iowscp_desktop.text.devices import Devices as Words
from iowscp_desktop.ui.choosing import Choose, FileRequest, Wanted
from iowscp_desktop.ui.devices.presenter import OwnDevicePresenter
from iowscp_desktop.ui.notify import announce
from iowscp_desktop.ui.theme import Icon, Tone, Type
from iowscp_desktop.ui.widgets.buttons import Button, Kind
from iowscp_desktop.ui.widgets.centred import Centred
from iowscp_desktop.ui.widgets.code_page import LargeCode
from iowscp_desktop.ui.widgets.fields import Field, LineEdit
from iowscp_desktop.ui.widgets.labels import Label
from iowscp_desktop.ui.widgets.layouts import Column, flowing
from iowscp_desktop.ui.widgets.pages import PageTitle
from iowscp_desktop.ui.widgets.surfaces import Card, show_or_hide


class OwnDevicePage(QWidget):
    """Draws one computer."""

    def __init__(self, choose: Choose, *, has_others: bool) -> None:
        super().__init__()
        self._choose, self._has_others = choose, has_others
        self._presenter: OwnDevicePresenter | None = None
        self.sign = LargeCode()
        self.note = Label("", Type.STRONG, wrap=True)
        self.file_button = Button(Words.choose_invitation, icon=Icon.FOLDER_OPEN)
        self.code = LineEdit(Words.code)
        self.code.setMaxLength(60)
        self.code_field = Field(Words.code, self.code, hint=Words.code_hint)
        self.open_button = Button(Words.open_it, Kind.PRIMARY, icon=Icon.KEY_ROUND)
        self.hand_over_button = Button(Words.hand_over, icon=Icon.SEND)
        self._build()

    def start(self, presenter: OwnDevicePresenter) -> None:
        """Keep the presenter and let it show the sign."""
        self._presenter = presenter
        presenter.start()

    def offer_file(self, path: Path) -> None:
        """An invitation was dropped on the window."""
        self._with(lambda presenter: presenter.on_file(path))
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- drawing -----------------------------------------------------------------------------

    def show_sign(self, sign: str) -> None:
        """Show this computer's sign."""
        self.sign.show_code(sign)
        self.sign.setAccessibleName(Words.spoken_sign(sign))

    def show_file(self, name: str) -> None:
        """Show which invitation was chosen."""
        self._file.setText(name)
        show_or_hide(self._file, shown=bool(name))
        self.file_button.show_words(Words.choose_another if name else Words.choose_invitation)
        if not name:
            self.code.show_text("")

    def show_wrong(self, *, file: str, code: str) -> None:
        """Say what is missing."""
        self._file_problem.setText(file)
        show_or_hide(self._file_problem, shown=bool(file))
        self.code_field.show_problem(code)

    def show_working(self, words: str) -> None:
        """Say that something takes a while."""
        for button in (self.open_button, self.hand_over_button, self.file_button):
            button.setEnabled(not words)
        self.show_note(words)

    def show_note(self, words: str) -> None:
        """Say what was done."""
        self.note.setText(words)
        show_or_hide(self._note, shown=bool(words))
        if words:
            announce(self, words)

    # --- inside ------------------------------------------------------------------------------

    def _build(self) -> None:
        self._file = Label("", Type.STRONG, wrap=True)
        self._file_problem = Label("", Type.STRONG, role=Tone.RED.ink, wrap=True)
        self._note = Card(Column(self.note, margins=(20, 12, 20, 12)), back=Tone.GREEN.tint, edge=Tone.GREEN)
        around = (24, 18, 24, 20)
        steps = [Label(Words.step(number, words), wrap=True) for number, words in enumerate(Words.sign_steps, start=1)]
        sign = Card(Column(Label(Words.sign, Type.H2, wrap=True), self.sign, *steps, gap=10, margins=around))
        further = Card(
            Column(
                Label(Words.further, Type.H2, wrap=True),
                Label(Words.further_about, wrap=True),
                flowing(self.file_button),
                self._file,
                self._file_problem,
                self.code_field,
                flowing(self.open_button),
                gap=12,
                margins=around,
            )
        )
        another = Card(
            Column(
                Label(Words.another, Type.H2, wrap=True),
                Label(Words.another_about, wrap=True),
                flowing(self.hand_over_button),
                gap=12,
                margins=around,
            )
        )
        show_or_hide(another, shown=self._has_others)
        for hidden in (self._file, self._file_problem, self._note):
            hidden.hide()
        title = PageTitle(Words.own_title, Words.own_about)
        self.setLayout(Column(Centred(Column(title, self._note, sign, further, another, None, gap=16), width=760)))
        self.file_button.clicked.connect(self._choose_file)
        self.open_button.clicked.connect(self._open)
        self.code.returnPressed.connect(self._open)
        self.hand_over_button.clicked.connect(self._hand_over)

    def _with(self, deed: Callable[[OwnDevicePresenter], None]) -> None:
        if self._presenter is not None:
            deed(self._presenter)

    def _choose_file(self) -> None:
        request = FileRequest(wanted=Wanted.FILE, title=Words.choose_invitation, kinds=(Words.kinds,))
        self._choose(request, lambda paths: self.offer_file(paths[0]))

    def _open(self) -> None:
        self._with(lambda presenter: presenter.on_open(self.code.text()))

    def _hand_over(self) -> None:
        request = FileRequest(wanted=Wanted.FOLDER, title=Words.folder)
        self._choose(request, lambda paths: self._with(lambda presenter: presenter.on_hand_over(paths[0])))
