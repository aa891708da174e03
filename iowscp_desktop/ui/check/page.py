"""The page: what is to fix, what was answered, who signs."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from iowscp_desktop import text
from iowscp_desktop.ui.check.doubts import DoubtCard
from iowscp_desktop.ui.check.presenter import CheckPresenter
from iowscp_desktop.ui.check.sections import SectionCard
from iowscp_desktop.ui.check.signing import SigningPane
from iowscp_desktop.ui.check.states import CheckState, ToFix
from iowscp_desktop.ui.notify import announce
from iowscp_desktop.ui.theme import Icon, Role, Tone, Type
from iowscp_desktop.ui.widgets.buttons import Button, Kind
from iowscp_desktop.ui.widgets.labels import Label, Picture
from iowscp_desktop.ui.widgets.layouts import Column, Row, SideBySide
from iowscp_desktop.ui.widgets.messages import ErrorSummary, Problem
from iowscp_desktop.ui.widgets.pages import Crumb, PageTitle, TopBar
from iowscp_desktop.ui.widgets.reopen import ReopenCard
from iowscp_desktop.ui.widgets.signed_versions import SignedVersionsCard
from iowscp_desktop.ui.widgets.surfaces import PANE, Card, ScrollPane, show_or_hide

_HOME, _HERE = "home", "here"


class CheckPage(QWidget):
    """Where answers are checked and signed."""

    change_requested = Signal(str)
    home_requested = Signal()
    export_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._presenter: CheckPresenter | None = None
        self._state: CheckState | None = None
        self.sections: list[SectionCard] = []
        self.top = TopBar((Crumb(_HOME, text.Check.home), Crumb(_HERE, text.Check.crumb)))
        self._title = PageTitle(text.Check.title, "")
        self.summary, self.locked = ErrorSummary(), ReopenCard()
        self.doubts, self.versions = DoubtCard(), SignedVersionsCard()
        self.signing = SigningPane(self._on_sign)
        self.export_button = Button(text.Check.export, Kind.PRIMARY, trailing=Icon.ARROW_RIGHT)
        self._ready = _note(Tone.GREEN, Icon.CIRCLE_CHECK_BIG, text.Check.export_title, text.Check.export_about)
        self._fine = _note(Tone.GREEN, Icon.CIRCLE_CHECK_BIG, text.Check.nothing_missing, "")
        self._changed = _note(Tone.AMBER, Icon.TRIANGLE_ALERT, text.Check.changed_title, text.Check.changed_about)
        self._why = Label("", Type.BODY, role=Role.INK, wrap=True)
        self._reopened = _note(Tone.BLUE, Icon.INFO, text.Check.reopened_title, self._why)
        self.all_button = Button(text.Check.show_all, Kind.LINK, small=True)
        self._cards = Column(gap=12)
        self._scroll = self._build()
        self._connect()

    def start(self, presenter: CheckPresenter) -> None:
        """Begin to show a response."""
        self._presenter = presenter
        presenter.start()
        worst = next((card for card, is_wrong in self._wrong() if is_wrong), None)
        first = worst or next(iter(self.sections), None)
        if first is not None:
            first.show_open(is_open=True)

    @property
    def presenter(self) -> CheckPresenter:
        """The presenter."""
        assert self._presenter is not None  # noqa: S101 - `open_check` starts the page before anybody sees it
        return self._presenter

    def show_state(self, state: CheckState) -> None:
        """Show how things stand."""
        self._state = state
        self._title.show_title(text.Check.title, _about(state))
        problems = [Problem(fix.entry_id, fix.words) for fix in state.to_fix]
        self.summary.show_problems(text.Check.to_fix(state.fixes), problems)
        show_or_hide(self._fine, shown=not state.fixes and not state.is_locked)
        show_or_hide(self._ready, shown=state.is_signed and not state.has_changed)
        show_or_hide(self.export_button, shown=state.is_signed and not state.has_changed)
        show_or_hide(self._changed, shown=state.has_changed)
        self._why.setText(state.reopened)
        show_or_hide(self._reopened, shown=bool(state.reopened))
        self.locked.show_words(text.Check.locked)
        if not state.is_locked:
            self.locked.fold()
        show_or_hide(self.locked, shown=state.is_locked)
        self.versions.show_versions(state.versions)
        self._show_sections(state)
        if self.signing.show_signers(state.signers, version=state.version, is_ready=not state.fixes):
            form = self.signing.next_form()
            stop = self.export_button if form is None else form.name
            stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_doubts(self, count: int, lines: tuple[ToFix, ...]) -> None:
        """Show how many answers seem to name somebody, and where they are."""
        self.doubts.show_doubts(count, lines)

    def go_to_fixes(self) -> None:
        """Put the focus on what is to be fixed, where it is read out."""
        self._scroll.verticalScrollBar().setValue(0)
        self.summary.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_sign_problems(self, role: str, *, name: str, device: str) -> None:
        """Say what is missing of a signature."""
        form = self.signing.form(role)
        if form is not None:
            form.show_problems(name, device)

    def say(self, words: str) -> None:
        """Have a screen reader say something."""
        announce(self, words)

    def on_shown(self) -> None:
        """The page came to the front: it begins with what is to fix."""
        if not self.summary.isHidden():
            self.go_to_fixes()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.presenter.on_seen(is_seen=True)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._presenter is not None:
            self._presenter.on_seen(is_seen=False)

    # --- inside ------------------------------------------------------------------------------

    def _build(self) -> ScrollPane:
        ready = Column(self._ready, Row(self.export_button, None), gap=12)
        heading = Row(gap=8)
        heading.add(None)
        heading.add(self.all_button)
        main, side = QWidget(), QWidget()
        notes = (
            self._reopened,
            self.summary,
            self._fine,
            self.doubts,
            self._changed,
            ready,
            self.locked,
            self.versions,
        )
        main.setLayout(Column(*notes, heading, self._cards, None, gap=14))
        side.setLayout(Column(self.signing, gap=0))
        both = SideBySide(main, side, least=880, stretches=(7, 3), gap=20)
        body = QWidget()
        body.setLayout(Column(self._title, both, None, gap=18, margins=(32, 22, 28, 22)))
        scroll = ScrollPane(body)
        column = Column(self.top, gap=0)
        column.add(scroll, 1)
        self.setLayout(column)
        for pane in (self.top, main, side):
            pane.setProperty(PANE, "yes")
        return scroll

    def _connect(self) -> None:
        self.top.followed.connect(self._on_crumb)
        self.summary.followed.connect(self.change_requested)
        self.doubts.followed.connect(self.change_requested)
        self.locked.reopened.connect(self._on_reopen)
        self.export_button.clicked.connect(self.export_requested)
        self.all_button.clicked.connect(self._on_all)

    def _show_sections(self, state: CheckState) -> None:
        while len(self.sections) < len(state.sections):
            card = SectionCard()
            card.followed.connect(self.change_requested)
            card.toggled.connect(self._name_all)
            self.sections.append(card)
            self._cards.add(card)
        for place, card in enumerate(self.sections):
            show_or_hide(card, shown=place < len(state.sections))
            if place < len(state.sections):
                card.show_section(state.sections[place], is_locked=state.is_locked)

    def _wrong(self) -> list[tuple[SectionCard, bool]]:
        sections = self._state.sections if self._state is not None else ()
        return [
            (card, any(answer.needs_attention and answer.is_answered for answer in section.answers))
            for card, section in zip(self.sections, sections, strict=False)
        ]

    def _on_sign(self, role: str, name: str, own_device: bool | None) -> None:  # noqa: FBT001 - three answers
        self.presenter.on_sign(role, name, own_device=own_device)

    def _on_reopen(self, reason: str) -> None:
        if not reason.strip():
            self.locked.show_problem(text.Reopening.reason_missing)
            return
        self.presenter.on_reopen(reason)

    def _on_crumb(self, _key: str) -> None:
        self.home_requested.emit()

    def _on_all(self) -> None:
        is_open = not all(card.is_open for card in self.sections)
        for card in self.sections:
            card.show_open(is_open=is_open)
        self._name_all()

    def _name_all(self) -> None:
        everything = all(card.is_open for card in self.sections)
        self.all_button.show_words(text.Check.hide_all if everything else text.Check.show_all)


def _about(state: CheckState) -> str:
    if state.is_signed:
        return text.Check.about_signed
    return text.Check.about_signing if state.is_locked else text.Check.about_open


def _note(tone: Tone, icon: Icon, title: str, about: str | Label) -> Card:
    words = Column(Label(title, Type.STRONG, role=tone.ink, wrap=True), gap=2)
    if about:
        words.add(about if isinstance(about, Label) else Label(about, Type.BODY, role=Role.INK, wrap=True))
    row = Row(Picture(icon, tone.ink, 22), gap=12, margins=(20, 14, 18, 14))
    row.add(words, 1)
    return Card(row, back=tone.tint, line=tone.solid, edge=tone)
