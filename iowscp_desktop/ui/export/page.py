"""The screen that makes the file: one button, then where the file is and what to do with it."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QWidget

from iowscp_desktop import text
from iowscp_desktop.domain.ids import ResponseId
from iowscp_desktop.errors import AppError
from iowscp_desktop.ui.choosing import Choose, FileRequest, Wanted
from iowscp_desktop.ui.export.parts import PartChoice
from iowscp_desktop.ui.export.presenter import ExportPresenter, ExportState, Kind, MadeFile
from iowscp_desktop.ui.notify import announce
from iowscp_desktop.ui.showing import ShowFolder
from iowscp_desktop.ui.theme import Icon, Role, Tone, Type
from iowscp_desktop.ui.widgets.buttons import Button
from iowscp_desktop.ui.widgets.buttons import Kind as Weight
from iowscp_desktop.ui.widgets.centred import Centred
from iowscp_desktop.ui.widgets.dates import write_moment
from iowscp_desktop.ui.widgets.facts import Facts
from iowscp_desktop.ui.widgets.labels import Label, Picture
from iowscp_desktop.ui.widgets.layouts import Column, Row, flowing
from iowscp_desktop.ui.widgets.pages import EmptyState, PageTitle
from iowscp_desktop.ui.widgets.panels import ProgressPanel
from iowscp_desktop.ui.widgets.surfaces import PANE, Card, show_or_hide

Words = text.Export


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What the screen uses of the window."""

    choose: Choose
    show_folder: ShowFolder


class Note(Card):
    """How it stands: an icon, a heading, a line."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = Picture(Icon.INFO, Role.INK_2, 22)
        self._heading, self._about = Label("", Type.STRONG, wrap=True), Label("", Type.BODY, wrap=True)
        row = Row(gap=12, margins=(20, 14, 20, 14))
        row.add(Column(self._icon, None, gap=0))
        row.add(Column(self._heading, self._about, gap=2), 1)
        self.setLayout(row)

    def show_note(self, tone: Tone, icon: Icon, heading: str, about: str = "") -> None:
        """Say how it stands."""
        self.show_look(tone.tint, None, tone)
        self._icon.show_icon(icon, tone.ink)
        self._heading.setText(heading)
        self._heading.show_role(tone.ink)
        self._about.setText(about)
        show_or_hide(self._about, shown=bool(about))
        self.setAccessibleName(heading)
        self.setAccessibleDescription(about)


class MadeCard(Card):
    """The file that was made: where it is, and what to do with it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(edge=Tone.GREEN)
        self._path: Path | None = None
        self._desk = desk
        self._facts = Facts()
        self.show_it = Button(Words.show_folder, icon=Icon.FOLDER_OPEN)
        self.copy = Button(Words.copy_path, icon=Icon.COPY)
        self.show_it.clicked.connect(self._on_show)
        self.copy.clicked.connect(self._on_copy)
        heading = Row(Picture(Icon.CIRCLE_CHECK_BIG, Role.GREEN_INK, 24), gap=10)
        heading.add(Label(Words.made, Type.H2, wrap=True), 1)
        steps = [Label(Words.step(number, words), wrap=True) for number, words in enumerate(Words.steps, start=1)]
        self.setLayout(
            Column(
                heading,
                self._facts,
                flowing(self.show_it, self.copy),
                *steps,
                gap=14,
                margins=(26, 20, 24, 22),
            )
        )

    def show_made(self, made: MadeFile) -> None:
        """Show the file."""
        self._path = made.path
        self.copy.show_words(Words.copy_path)
        facts = [
            (Words.file, made.path.name),
            (Words.folder, str(made.path.parent)),
            (Words.size, Words.bytes(made.size)),
        ]
        if made.part:
            facts.append((Words.holds, "\n".join(made.part)))
        self._facts.show_facts(facts)

    def _on_show(self) -> None:
        if self._path is not None:
            self._desk.show_folder(self._path)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(str(self._path))
        self.copy.show_words(Words.copied)
        announce(self, Words.copied)


class ExportPage(QWidget):
    """Draws how it stands and what was made."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._presenter: ExportPresenter | None = None
        self._build()

    def start(self, presenter: ExportPresenter) -> None:
        """Take the presenter and begin."""
        self._presenter = presenter
        self.make.clicked.connect(presenter.on_make)
        self._working.cancelled.connect(presenter.on_cancel)
        self.elsewhere.clicked.connect(self._on_elsewhere)
        self.part.chosen.connect(self._on_part)
        presenter.start()

    def go_to(self, response_id: ResponseId) -> None:
        """Show another of the returns."""
        if self._presenter is not None:
            self.made.hide()
            self.make.show_kind(Weight.PRIMARY)
            self._presenter.go_to(response_id)

    def on_shown(self) -> None:
        """It came to the front."""
        if self._presenter is not None:
            self._presenter.on_shown()
            (self.make if not self.made.isVisible() else self.made.show_it).setFocus()

    # --- what the presenter shows ------------------------------------------------------------

    def show_nothing(self) -> None:
        """There is nothing to send."""
        self._stack.setCurrentWidget(self._empty)

    def show_state(self, state: ExportState) -> None:
        """Show what is to be sent, and how it stands."""
        self._stack.setCurrentWidget(self._full)
        scores = state.kind is Kind.SCORES
        whole = text.Home.task_title(state.title, state.round_title)
        self._title.show_title(Words.title_scores if scores else Words.title, Words.about(state.organisation, whole))
        self._about.setText(Words.what_happens_scores if scores else Words.what_happens_about)
        self.part.show_choice(state.sections, state.part)
        show_or_hide(self.part, shown=len(state.sections) > 1)
        self._show_standing(state, scores=scores)
        self.make.show_words(Words.make_again if state.sent else Words.make)
        self._earlier.setText(Words.earlier(write_moment(state.sent)) if state.sent else "")
        show_or_hide(self._earlier, shown=bool(state.sent) and not self.made.isVisibleTo(self))
        show_or_hide(self._receipt, shown=bool(state.sent) and not scores)
        if state.receipt:
            self._receipt.show_note(Tone.GREEN, Icon.BADGE_CHECK, Words.received(state.receipt))
        else:
            self._receipt.show_note(Tone.BLUE, Icon.INBOX, Words.receipt, Words.receipt_waiting)

    def show_no_section(self) -> None:
        """Say that no section was chosen."""
        self.part.show_missing()
        announce(self, Words.no_section)

    def show_folder(self, folder: Path) -> None:
        """Show where the file will go."""
        self._folder = folder
        self._where.setText(str(folder))

    def show_making(self, *, making: bool) -> None:
        """Say that the file is being made."""
        show_or_hide(self._working, shown=making)
        show_or_hide(self._before, shown=not making)
        if making:
            self.problem.hide()
            self.made.hide()
            self.make.show_kind(Weight.PRIMARY)
            self._working.show_progress(0, 0)
            announce(self, Words.making)
            self._working.cancel_button.setFocus()
        else:
            self.make.setFocus()

    def show_progress(self, done: int, total: int) -> None:
        """Say how far it is."""
        self._working.show_progress(done, total)

    def show_made(self, made: MadeFile) -> None:
        """Say where the file is and what to do with it."""
        self.made.show_made(made)
        self.made.show()
        self.make.show_kind(Weight.SECONDARY)
        self._earlier.hide()
        self.made.show_it.setFocus()
        announce(self, f"{Words.made} {made.path}")

    def show_refused(self, error: AppError) -> None:
        """Say why there is no file."""
        self.problem.show_note(
            Tone.RED,
            Icon.OCTAGON_ALERT,
            Words.refused(error.message, error.remedy, error.code),
            Words.nothing_lost,
        )
        self.problem.show()
        self.elsewhere.setFocus()
        announce(self, error.message)

    # --- inside ------------------------------------------------------------------------------

    def _build(self) -> None:
        self._title = PageTitle(Words.title)
        self._standing, self._receipt, self.problem = Note(), Note(), Note()
        self.made, self.part = MadeCard(self._desk), PartChoice()
        self.make = Button(Words.make, Weight.PRIMARY, icon=Icon.SEND)
        self.elsewhere = Button(Words.where_else, Weight.LINK, small=True)
        self._earlier, self._about = Label("", Type.MUTED, wrap=True), Label("", wrap=True)
        self._where = Label("", Type.STRONG, wrap=True)
        self._where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        where = Column(Label(Words.where, Type.SMALL), self._where, Row(self.elsewhere, None), gap=2)
        self._before = Card(
            Column(
                Label(Words.what_happens, Type.H2),
                self._about,
                self.part,
                where,
                Row(self.make, None),
                self._earlier,
                gap=12,
                margins=(26, 20, 24, 22),
            )
        )
        self._working = ProgressPanel(Words.making)
        for hidden in (self._working, self.made, self.problem, self._receipt, self._earlier):
            hidden.hide()
        column = Column(
            self._title,
            4,
            self._standing,
            self.problem,
            self.made,
            self._before,
            self._working,
            self._receipt,
            None,
            gap=14,
        )
        self._full = Centred(column, margins=(32, 22, 28, 22))
        self._full.setProperty(PANE, "yes")
        self._empty = EmptyState(Icon.SEND, Words.nothing, Words.nothing_about)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._full)
        self._stack.addWidget(self._empty)
        whole = Column(gap=0)
        whole.add(self._stack, 1)
        self.setLayout(whole)

    def _show_standing(self, state: ExportState, *, scores: bool) -> None:
        if state.part is not None:
            self._standing.show_note(Tone.BLUE, Icon.INFO, Words.part_note, Words.part_note_about)
        elif state.is_whole:
            words = Words.ready_scores if scores else Words.ready
            self._standing.show_note(Tone.GREEN, Icon.CIRCLE_CHECK_BIG, words)
        elif state.changed:
            self._standing.show_note(Tone.AMBER, Icon.TRIANGLE_ALERT, Words.changed, Words.changed_about)
        elif scores:
            self._standing.show_note(
                Tone.AMBER, Icon.TRIANGLE_ALERT, Words.unscored(state.unscored), Words.unfinished_about
            )
        else:
            about = f"{Words.waiting_for(state.unsigned)} {Words.partial_about}"
            self._standing.show_note(Tone.AMBER, Icon.TRIANGLE_ALERT, Words.partial, about)

    def _on_part(self, part: tuple[str, ...] | None) -> None:
        if self._presenter is not None:
            self.made.hide()
            self.make.show_kind(Weight.PRIMARY)
            self._presenter.on_part(part)

    def _on_elsewhere(self) -> None:
        presenter = self._presenter
        if presenter is not None:
            request = FileRequest(wanted=Wanted.FOLDER, title=Words.where_dialogue, suggestion=self._folder)
            self._desk.choose(request, lambda paths: presenter.on_folder(paths[0]))
