"""Two versions side by side, and the ways to decide between them."""

from collections.abc import Callable
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from iowscp_desktop import text
from iowscp_desktop.domain.ids import QuestionId
from iowscp_desktop.ui.conflict.presenter import ConflictPresenter
from iowscp_desktop.ui.conflict.states import MatterState, PartState, VersionState
from iowscp_desktop.ui.notify import announce
from iowscp_desktop.ui.theme import UNANSWERED, Icon, Role, Tone, Type, mark_of
from iowscp_desktop.ui.widgets.buttons import Button, IconButton, Kind
from iowscp_desktop.ui.widgets.choices import Combo
from iowscp_desktop.ui.widgets.fields import Field, TextArea
from iowscp_desktop.ui.widgets.labels import Label, Picture
from iowscp_desktop.ui.widgets.layouts import Column, Row, SideBySide, flowing
from iowscp_desktop.ui.widgets.name_watch import Look, NameWatch
from iowscp_desktop.ui.widgets.pages import Crumb, EmptyState, PageTitle, TopBar
from iowscp_desktop.ui.widgets.surfaces import Card, ScrollPane
from iowscp_desktop.ui.widgets.tags import Tag
from iowscp_desktop.ui.widgets.tiles import RatingRow, choices_of
from iowscp_desktop.ui.widgets.versions import Version, VersionCard

_BACK = "back"


class ConflictPage(QWidget):
    """One matter at a time. It passes on what a person decides."""

    def __init__(self, on_back: Callable[[], None]) -> None:
        super().__init__()
        self._on_back = on_back
        self._presenter: ConflictPresenter | None = None
        self.watch: NameWatch | None = None
        self._shown: MatterState | None = None
        self._build()

    def start(self, presenter: ConflictPresenter) -> None:
        """Keep the presenter and let it show what there is."""
        self._presenter = presenter
        presenter.start()

    def watch_names(self, look: Look) -> None:
        """Look over reasons and new wordings for what seems to point at somebody."""
        self.watch = NameWatch(self._reason, self.reason, look)
        self.combined.look = look

    def _build(self) -> None:
        self._place = Tag("", Tone.AMBER, icon=Icon.GIT_COMPARE_ARROWS)
        self.previous_button = IconButton(Icon.CHEVRON_LEFT, text.Conflict.previous)
        self.next_button = IconButton(Icon.CHEVRON_RIGHT, text.Conflict.next)
        self._top = TopBar((), self._place, self.previous_button, self.next_button)
        self._title = PageTitle(text.Conflict.title, text.Conflict.about)
        self._question = Label("", Type.STRONG, wrap=True)
        self._signed = _signed_card()
        self.reason = TextArea(text.Conflict.reason, least_lines=2)
        self._reason = Field(text.Conflict.reason, self.reason, hint=text.Conflict.reason_hint)
        self._versions = QWidget()
        self._versions_column = Column(gap=0)
        self._versions.setLayout(self._versions_column)
        self.write_button = Button(text.Conflict.write, icon=Icon.PENCIL_LINE)
        self.compare_button = Button("", icon=Icon.GIT_COMPARE_ARROWS)
        self.ask_button = Button(text.Conflict.ask, icon=Icon.SIGNATURE)
        self.later_button = Button(text.Conflict.later, Kind.LINK)
        self.combined = CombinedAnswer()
        body = QWidget()
        body.setLayout(
            Column(
                self._title,
                self._signed,
                self._question,
                self._reason,
                self._versions,
                flowing(self.write_button, self.compare_button, self.ask_button, self.later_button),
                self.combined,
                None,
                gap=16,
                margins=(36, 28, 36, 28),
            )
        )
        self._scroll = ScrollPane(body)
        self._nothing = EmptyState(
            Icon.CIRCLE_CHECK_BIG,
            text.Conflict.none,
            text.Conflict.none_about,
            button=text.Conflict.none_back,
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self._scroll)
        self._looking = EmptyState(Icon.GIT_COMPARE_ARROWS, text.Conflict.looking, text.Conflict.looking_about)
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(self._looking)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._top)
        layout.addWidget(self._stack, 1)
        self._connect()

    def _connect(self) -> None:
        self._top.followed.connect(self._go_back)
        self._nothing.pressed.connect(self._on_back)
        self.previous_button.clicked.connect(self._go_previous)
        self.next_button.clicked.connect(self._go_next)
        self.later_button.clicked.connect(self._go_later)
        self.write_button.clicked.connect(self._open_combined)
        self.compare_button.clicked.connect(self._compare)
        self.ask_button.clicked.connect(self._ask)
        self.combined.save_button.clicked.connect(self._save_combined)
        self.combined.cancel_button.clicked.connect(self._close_combined)
        self.reason.edited.connect(self._on_reason)
        QShortcut(QKeySequence("Ctrl+Down"), self, self._go_next)
        QShortcut(QKeySequence("Ctrl+Up"), self, self._go_previous)

    # --- drawing -----------------------------------------------------------------------------

    def show_looking(self) -> None:
        """Show that what waits is being looked for."""
        self._show_alone(self._looking, text.Conflict.looking)
        announce(self, text.Conflict.looking)

    def show_matter(self, matter: MatterState) -> None:
        """Show what is to be decided."""
        focus = QApplication.focusWidget()
        had_focus = focus is not None and self.isAncestorOf(focus)
        is_other = self._shown is None or self._shown.key != matter.key
        if focus is not None and had_focus and is_other:
            focus.clearFocus()  # or Qt would look through the whole window for where it might go
        self._shown = matter
        self._stack.setCurrentWidget(self._scroll)
        self._top.show_crumbs((Crumb(_BACK, text.Conflict.home), Crumb("", matter.organisation)))
        self._place.show_state(
            text.Conflict.place(matter.place, matter.total), Tone.AMBER, icon=Icon.GIT_COMPARE_ARROWS
        )
        for widget in (self._place, self.previous_button, self.next_button):
            widget.setVisible(matter.total > 1 or widget is self._place)
        self._title.show_title(*_titles(matter))
        self._question.setText("  ".join(part for part in (matter.number, matter.question) if part))
        self._signed.setVisible(matter.signed)
        self._reason.setVisible(matter.needs_reason)
        self._reason.show_label(text.Conflict.reason_finals if matter.finals else text.Conflict.reason)
        self.write_button.show_words(text.Conflict.write_signed if matter.signed else text.Conflict.write)
        self.write_button.setVisible(not matter.finals)
        self.compare_button.show_words(text.Conflict.compare(matter.differing))
        self.compare_button.setVisible(bool(matter.finals and matter.differing))
        self.ask_button.setVisible(matter.finals)
        self._show_versions(matter)
        if is_other:
            self.reason.show_text("")
            if self.watch is not None:
                self.watch.forget()
            self._reason.show_problem("")
            self._close_combined()
            self._scroll.verticalScrollBar().setValue(0)
        self.combined.show_parts(matter.parts, signed=matter.signed, keep=not is_other)
        if had_focus and is_other:  # the button that was pressed may be gone; nothing is decided by a second Enter
            self.later_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_nothing(self) -> None:
        """Say that nothing is left to decide."""
        self._show_alone(self._nothing, text.Conflict.none)
        if self.isVisible():  # a page behind another takes no focus from it
            self._nothing.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_alone(self, what: EmptyState, title: str) -> None:
        self._shown = None
        self._top.show_crumbs((Crumb(_BACK, text.Conflict.home), Crumb("", title)))
        for widget in (self._place, self.previous_button, self.next_button):
            widget.hide()
        self._stack.setCurrentWidget(what)

    def show_reason_missing(self) -> None:
        """Say that this needs a reason, and go there."""
        self._reason.show_problem(text.Conflict.no_reason)
        self._scroll.reveal(self._reason)
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def tell(self, words: str) -> None:
        """Have something read out."""
        announce(self, words)

    @property
    def cards(self) -> tuple[VersionCard, ...]:
        """The versions, in order."""
        return tuple(card for card in self._versions.findChildren(VersionCard) if not card.isHidden())

    def _show_versions(self, matter: MatterState) -> None:
        while (item := self._versions_column.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.setParent(None)
                gone.deleteLater()
        cards = [
            VersionCard(_version(version, matter), is_first=place == 0 and not (matter.finals or matter.signed))
            for place, version in enumerate(matter.versions)
        ]
        for card in cards:
            card.kept.connect(self._keep)
        self._versions_column.add(SideBySide(*cards, least=380 * len(cards), stretches=[1] * len(cards)))
        before: QWidget = self.reason
        for card in cards:
            QWidget.setTabOrder(before, card.keep_button)
            before = card.keep_button
        for button in (self.write_button, self.compare_button, self.ask_button, self.later_button):
            QWidget.setTabOrder(before, button)
            before = button

    # --- passing on --------------------------------------------------------------------------

    def _keep(self, key: str) -> None:
        if self._presenter is not None:
            self._presenter.on_kept(key, self.reason.text())

    def _save_combined(self) -> None:
        if self._presenter is not None:
            self._presenter.on_combined(self.combined.values(), self.reason.text())

    def _compare(self) -> None:
        if self._presenter is not None:
            self._presenter.on_compare()

    def _ask(self) -> None:
        if self._presenter is not None:
            self._presenter.on_ask(self.reason.text())

    def _go_next(self) -> None:
        if self._presenter is not None:
            self._presenter.on_next()

    def _go_previous(self) -> None:
        if self._presenter is not None:
            self._presenter.on_previous()

    def _go_later(self) -> None:
        if self._shown is not None and self._shown.total > 1:
            self._go_next()
        else:
            self._on_back()

    def _go_back(self, _key: str) -> None:
        self._on_back()

    def _on_reason(self, _words: str) -> None:
        self._reason.show_problem("")

    def _open_combined(self) -> None:
        self.combined.show()
        self.combined.focus_first()
        self._scroll.reveal(self.combined.save_button)

    def _close_combined(self) -> None:
        self.combined.hide()


class CombinedAnswer(Card):
    """Where a person writes the answer that is to stand instead of the versions."""

    def __init__(self) -> None:
        super().__init__()
        self._title = Label("", Type.H2)
        self._fields: dict[QuestionId, RatingRow | Combo | TextArea] = {}
        self._chosen: dict[QuestionId, str] = {}
        self._parts: tuple[PartState, ...] = ()
        self.look: Look | None = None
        self._column = Column(gap=14)
        self.save_button = Button(text.Conflict.save, Kind.PRIMARY)
        self.cancel_button = Button(text.Conflict.cancel, Kind.QUIET)
        self.setLayout(
            Column(
                self._title,
                Label(text.Conflict.combined_hint, Type.SMALL, wrap=True),
                self._column,
                flowing(self.save_button, self.cancel_button),
                gap=12,
                margins=(20, 16, 20, 18),
            )
        )
        self.hide()

    def show_parts(self, parts: tuple[PartState, ...], *, signed: bool, keep: bool) -> None:
        """Show what is to be filled in; `keep` leaves alone what was typed into the same parts."""
        self._title.setText(text.Conflict.combined_signed if signed else text.Conflict.combined_title)
        self.setAccessibleName(self._title.text())
        self.save_button.show_words(text.Conflict.save_signed if signed else text.Conflict.save)
        if keep and parts == self._parts:
            return
        self._parts = parts
        while (item := self._column.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        self._fields = {}
        self._chosen = {part.question_id: part.value for part in parts}
        for part in parts:
            control = self._control(part)
            self._fields[part.question_id] = control
            field = Field(part.label, control)
            self._column.add(field)
            if self.look is not None and isinstance(control, TextArea):
                NameWatch(field, control, self.look).words_shown()
        controls: list[QWidget] = [*self._fields.values(), self.save_button, self.cancel_button]
        for before, after in pairwise(controls):
            QWidget.setTabOrder(before, after)

    def values(self) -> dict[QuestionId, str]:
        """What was filled in."""
        typed = {key: field.text() for key, field in self._fields.items() if isinstance(field, TextArea)}
        return {**self._chosen, **typed}

    def focus_first(self) -> None:
        """Put the focus into the first part."""
        for control in list(self._fields.values())[:1]:
            first = control.tiles[0] if isinstance(control, RatingRow) and control.tiles else control
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _control(self, part: PartState) -> RatingRow | Combo | TextArea:
        if part.points:
            row = RatingRow(choices_of(part.points))
            row.show_question(part.label)
            row.show_value(part.value or None)
            row.chosen.connect(partial(self._choose, part.question_id))
            row.cleared.connect(partial(self._choose, part.question_id, ""))
            return row
        if part.choices:
            combo = Combo(part.label, part.choices)
            combo.show_value(part.value or None)
            combo.chosen.connect(partial(self._choose, part.question_id))
            return combo
        area = TextArea(part.label)
        area.show_text(part.value)
        return area

    def _choose(self, question_id: QuestionId, value: str) -> None:
        self._chosen[question_id] = value


def _signed_card() -> Card:
    words = Column(
        Label(text.Conflict.signed_title, Type.STRONG, role=Role.PRIMARY_TEXT),
        Label(text.Conflict.signed_about, Type.BODY, wrap=True),
        gap=2,
    )
    row = Row(Picture(Icon.SIGNATURE, Role.PRIMARY_TEXT, 22), gap=12, margins=(20, 12, 20, 12))
    row.add(words, 1)
    return Card(row, back=Role.PRIMARY_TINT, line=Role.PRIMARY, edge=Tone.BLUE)


def _titles(matter: MatterState) -> tuple[str, str]:
    """Return what a matter is called, and what there is to know about it."""
    if matter.finals:
        return text.Conflict.finals_title, text.Conflict.finals_about
    many = len(matter.versions) > 2
    about = text.Conflict.about_signed if matter.signed else text.Conflict.about
    return text.Conflict.title_many if many else text.Conflict.title, about


def _version(version: VersionState, matter: MatterState) -> Version:
    mark = None
    if version.graded:
        mark = UNANSWERED if version.point is None else mark_of(version.point)
    keep = text.Conflict.work_with(version.letter)
    return Version(
        key=version.key,
        title=text.Conflict.version(version.letter),
        who=version.who,
        when=version.when,
        wording=version.wording,
        mark=mark,
        word=version.point.label if version.point is not None else text.Conflict.not_answered,
        note=version.files,
        keep=keep if matter.finals else text.Conflict.keep(version.letter, signed=matter.signed),
    )
