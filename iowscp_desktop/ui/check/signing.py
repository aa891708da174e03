"""Who signs: a card each, in order. Only the next one asks for anything."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QButtonGroup, QWidget

from iowscp_desktop import text
from iowscp_desktop.ui.check.states import Signer
from iowscp_desktop.ui.theme import Icon, Role, Tone, Type
from iowscp_desktop.ui.widgets.buttons import Button, Kind
from iowscp_desktop.ui.widgets.choices import RadioOption
from iowscp_desktop.ui.widgets.fields import Field, LineEdit
from iowscp_desktop.ui.widgets.labels import Initials, Label, Picture
from iowscp_desktop.ui.widgets.layouts import Column, Row
from iowscp_desktop.ui.widgets.surfaces import Card, show_or_hide
from iowscp_desktop.ui.widgets.tags import Tag

Sign = Callable[[str, str, bool | None], None]


class SignForm(QWidget):
    """A name, whose computer it is, and the button that signs."""

    def __init__(self, signer: Signer, on_sign: Sign) -> None:
        super().__init__()
        self._role, self._on_sign = signer.role, on_sign
        self.name = LineEdit(text.Check.name)
        self._name_field = Field(text.Check.name, self.name)
        self.own, self.shared = RadioOption(text.Check.own_device), RadioOption(text.Check.shared_device)
        self._group = QButtonGroup(self)
        whose = QWidget()
        for option in (self.own, self.shared):
            self._group.addButton(option)
        whose.setLayout(Column(self.own, self.shared, gap=2))
        whose.setAccessibleName(text.Check.whose_computer)
        self._device_field = Field(text.Check.whose_computer, whose)
        self.button = Button(text.Check.sign_as(signer.label), Kind.PRIMARY)
        note = Label(signer.note, Type.BODY, wrap=True)
        show_or_hide(note, shown=bool(signer.note))
        self.setLayout(Column(note, self._name_field, self._device_field, self.button, gap=12))
        self.button.clicked.connect(self._on_button)
        self.name.returnPressed.connect(self._on_button)

    def show_problems(self, name: str, device: str) -> None:
        """Say what is missing, and go there."""
        self._name_field.show_problem(name)
        self._device_field.show_problem(device)
        if name:
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        elif device:
            self.own.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_button(self) -> None:
        own = True if self.own.isChecked() else False if self.shared.isChecked() else None
        self._on_sign(self._role, self.name.text(), own)


class SignerCard(Card):
    """One place to sign."""

    def __init__(self, signer: Signer, on_sign: Sign, *, is_ready: bool) -> None:
        super().__init__()
        self.signer = signer
        self._ready = Tag("", Tone.GREY)
        self.form = SignForm(signer, on_sign) if signer.is_next else None
        head = Row(gap=10)
        if signer.is_signed:
            head.add(Initials(signer.name, 38))
            head.add(
                Column(Label(signer.name, Type.STRONG, wrap=True), Label(signer.label, Type.SMALL, wrap=True), gap=0), 1
            )
        else:
            head.add(Picture(Icon.SIGNATURE, Role.PRIMARY_TEXT if signer.is_next else Role.INK_3, 22))
            head.add(Label(signer.label, Type.STRONG, wrap=True), 1)
        column = Column(head, self._ready, gap=10, margins=(20, 16, 18, 18))
        if signer.is_signed:
            device = text.Check.on_own if signer.own_device else text.Check.on_other
            column.add(Label(device, Type.SMALL, wrap=True))
        if self.form is not None:
            column.add(self.form)
        self.setLayout(column)
        self.show_ready(is_ready=is_ready)

    def show_ready(self, *, is_ready: bool) -> None:
        """Say whether it can be signed now."""
        if self.signer.is_signed:
            self._ready.show_state(text.Check.signed_on(self.signer.when), Tone.GREEN, icon=Icon.CHECK)
        elif not self.signer.is_next:
            self._ready.show_state(text.Check.waiting_for(self.signer.after), Tone.GREY, icon=Icon.LOCK)
        elif is_ready:
            self._ready.show_state(text.Check.ready, Tone.BLUE, icon=Icon.PENCIL_LINE)
        else:
            self._ready.show_state(text.Check.ready_when_fixed, Tone.AMBER, icon=Icon.TRIANGLE_ALERT)


class SigningPane(QWidget):
    """Everybody who signs. Cards that stay the same keep what was typed into them."""

    def __init__(self, on_sign: Sign) -> None:
        super().__init__()
        self._on_sign = on_sign
        self.cards: list[SignerCard] = []
        self._version = Label("", Type.SMALL)
        self._column = Column(gap=12)
        note = Row(Picture(Icon.LOCK), gap=12, margins=(16, 12, 16, 12))
        note.add(Label(text.Check.locked_note, Type.SMALL, wrap=True), 1)
        heading = Row(gap=8)
        heading.add(Label(text.Check.who_signs, Type.H2, wrap=True), 1)
        heading.add(self._version)
        self.setLayout(Column(heading, self._column, Card(note, back=Role.SUNKEN), None, gap=12))

    def show_signers(self, signers: Sequence[Signer], *, version: int, is_ready: bool) -> bool:
        """Show who has signed, who is next, who waits.

        Returns:
            Whether what had the focus is gone, so that somebody must say where it goes.
        """
        self._version.setText(text.Check.version(version))
        if [card.signer for card in self.cards] == list(signers):
            for card in self.cards:
                card.show_ready(is_ready=is_ready)
            return False
        focus = QApplication.focusWidget()
        had_focus = focus is not None and self.isAncestorOf(focus)
        for card in self.cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [SignerCard(signer, self._on_sign, is_ready=is_ready) for signer in signers]
        for card in self.cards:
            self._column.add(card)
            show_or_hide(card, shown=True)  # at once, so that it can take the focus
        return had_focus

    def next_form(self) -> SignForm | None:
        """Return what the next person to sign fills in; None when all have signed."""
        return next((card.form for card in self.cards if card.form is not None), None)

    def form(self, role: str) -> SignForm | None:
        """Return what somebody in a role fills in; None when it is not their turn."""
        return next((card.form for card in self.cards if card.signer.role == role), None)
