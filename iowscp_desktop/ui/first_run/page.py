"""The first run: two doors, and the steps behind each."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from typing_extensions import override

from iowscp_desktop import text
from iowscp_desktop.app.codes import CodeState, TypedCode
from iowscp_desktop.app.opening import Offer
from iowscp_desktop.app.passphrases import Judged
from iowscp_desktop.domain.grants import Role as Holder
from iowscp_desktop.errors import AppError
from iowscp_desktop.ui.choosing import Choose, FileRequest, Wanted, chooser
from iowscp_desktop.ui.first_run.key_steps import SheetStep, SpareStep
from iowscp_desktop.ui.first_run.presenter import (
    BY_INVITATION,
    Busy,
    FirstRunPresenter,
    Paper,
    Passphrase,
    Place,
    Step,
    Wrong,
)
from iowscp_desktop.ui.first_run.steps import (
    AskedStep,
    CodeStep,
    Doors,
    FileStep,
    SafeStep,
    StepPage,
    TeamStep,
    WhoStep,
)
from iowscp_desktop.ui.notify import announce
from iowscp_desktop.ui.theme import Icon, Role
from iowscp_desktop.ui.widgets.dates import write_date
from iowscp_desktop.ui.widgets.evidence import files_in
from iowscp_desktop.ui.widgets.fields import Field
from iowscp_desktop.ui.widgets.labels import Label, Picture
from iowscp_desktop.ui.widgets.layouts import Column, Row
from iowscp_desktop.ui.widgets.surfaces import PANE, Pane

Words = text.FirstRun
_WRONGS = {
    (Place.FILE, Wrong.MISSING): Words.file_missing,
    (Place.CODE, Wrong.MISSING): Words.code_missing,
    (Place.CODE, Wrong.CODE_SLIP): Words.code_slip,
    (Place.CODE, Wrong.CODE_WRONG): Words.code_wrong,
    (Place.NAME, Wrong.MISSING): Words.who_name_missing,
    (Place.ROLE, Wrong.MISSING): Words.who_role_missing,
    (Place.PARTNERSHIP, Wrong.MISSING): Words.team_name_missing,
    (Place.TEAM_NAME, Wrong.MISSING): Words.who_name_missing,
    (Place.PASSPHRASE, Wrong.MISSING): Words.phrase_missing,
    (Place.PASSPHRASE, Wrong.TOO_EASY): Words.phrase_easy,
    (Place.AGAIN, Wrong.DIFFERS): Words.phrase_differs,
}
_BUSY = {
    Busy.OPENING: Words.code_trying,
    Busy.SPARE: text.Keys.spare_making,
    Busy.CREATING: Words.creating,
}


class FirstRunPage(QWidget):
    """Draws the steps. What is typed stays in the steps' own fields, whatever goes wrong."""

    def __init__(self, choose: Choose | None = None) -> None:
        super().__init__()
        self._choose = choose or chooser(self)
        self._presenter: FirstRunPresenter | None = None
        self._before_busy: QWidget | None = None
        self.setProperty(PANE, "yes")
        self.setAcceptDrops(True)
        self._build()

    def start(self, presenter: FirstRunPresenter, paper: Paper) -> None:
        """Take the presenter and begin."""
        self._presenter = presenter
        self.sheet.paper.start(paper.sheet, self._choose)
        self.spare.paper.start(paper.spare, self._choose)
        self.doors.invitation.clicked.connect(lambda: presenter.on_door(team=False))
        self.doors.team.clicked.connect(lambda: presenter.on_door(team=True))
        for step in self._steps.values():
            if isinstance(step, StepPage):
                step.went_back.connect(presenter.on_back)
        self.file.choose_requested.connect(self._on_choose)
        self.file.went_on.connect(presenter.on_file_done)
        self.code.code.edited.connect(presenter.on_code_edited)
        self.code.went_on.connect(presenter.on_code_done)
        self.asked.went_on.connect(presenter.on_accepted)
        self.who.went_on.connect(lambda: presenter.on_who_done(self.who.name.text(), self.who.role.text()))
        self.team.went_on.connect(
            lambda: presenter.on_team_done(self.team.partnership.text(), self.team.name.text(), Words.team_role)
        )
        self.safe.chosen.edited.connect(presenter.on_passphrase)
        self.safe.suggestion_wanted.connect(lambda: presenter.on_passphrase(None))
        self.safe.went_on.connect(self._on_safe)
        self.safe.skip.clicked.connect(presenter.on_not_waiting)
        self.sheet.went_on.connect(self._on_sheet)
        self.spare.went_on.connect(lambda: presenter.on_spare_done(apart=self.spare.paper.apart.isChecked()))
        self.spare.postponed.connect(lambda: presenter.on_spare_done(apart=False, later=True))
        presenter.start()

    def on_shown(self) -> None:
        """It came to the front."""
        step = self._stack.currentWidget()
        if isinstance(step, Doors | StepPage):
            step.first.setFocus()

    def offer_file(self, path: Path) -> None:
        """Take a file that was dropped or that the program was opened with."""
        if self._presenter is not None:
            self._presenter.on_file(path)

    # --- what the presenter shows ------------------------------------------------------------

    def show_step(self, step: Step, way: Sequence[Step]) -> None:
        """Show a step of a way."""
        widget = self._steps[step]
        if isinstance(widget, StepPage):
            titles = Words.steps_invitation if tuple(way) == BY_INVITATION else Words.steps_team
            widget.show_way(titles, list(way).index(step))
        self._stack.setCurrentWidget(widget)
        self.setWindowTitle(widget.title.title.text())
        widget.first.setFocus()

    def show_file(self, name: str) -> None:
        """Show which file was chosen."""
        self.file.show_file(name)

    def show_code(self, code: TypedCode) -> None:
        """Show how the code is read."""
        match code.state:
            case CodeState.INCOMPLETE:
                self.code.show_read(Words.code_so_far(code.groups, code.missing) if code.groups else "")
                self.code.field.show_problem("")
            case CodeState.MISTYPED:
                self.code.show_read("")
                self.code.field.show_problem(Words.code_slip)
            case CodeState.READY:
                self.code.show_read(Words.code_read(code.groups))
                self.code.field.show_problem("")

    def show_offer(self, offer: Offer) -> None:
        """Show what is asked."""
        panel = offer.role is Holder.PANEL
        facts = [
            (Words.asked_by, offer.partnership),
            (Words.asked_of, offer.organisation),
            (Words.asked_what, Words.asked_score if panel else offer.title),
            (Words.asked_round, offer.round_title),
        ]
        if offer.due and not panel:
            facts.append((Words.asked_until, write_date(date.fromisoformat(offer.due))))
        if offer.escrow:
            facts.append((Words.asked_spare, Words.asked_spare_words))
        self.asked.facts.show_facts(facts)
        if panel:
            self.who.show_guess(offer.organisation, Words.panel_role)

    def show_strength(self, judged: Judged | None) -> None:
        """Show how hard the passphrase is to guess."""
        self.safe.strength.show_strength(judged)

    def show_last_sheet(self, *, last: bool) -> None:
        """Say on the recovery sheet whether the workspace is made after it."""
        self.sheet.show_last(last=last)

    def show_suggestion(self, passphrase: str) -> None:
        """Put a made-up passphrase in, readable."""
        self.safe.show_suggestion(passphrase)

    def show_can_remember(self, *, can: bool | None) -> None:
        """Offer to remember it, or not."""
        self.safe.show_can_remember(can=can)

    def show_wrong(self, place: Place, wrong: Wrong) -> None:
        """Mark a field and put the focus there."""
        self._mark(place, _WRONGS[place, wrong])

    def show_refused(self, place: Place, error: AppError) -> None:
        """Mark a field with an error's own words."""
        self._mark(place, Words.refused(error.message, error.remedy, error.code))

    def show_nothing_wrong(self) -> None:
        """Take all marks away."""
        for _step, field, _focus in self._places.values():
            field.show_problem("")

    def show_busy(self, busy: Busy | None) -> None:
        """Say what takes a while, and let nothing be pressed meanwhile."""
        if busy is None:
            self._busy.hide()
            self._stack.setEnabled(True)
            if self._before_busy is not None:
                self._before_busy.setFocus()
            return
        self._before_busy = QApplication.focusWidget()
        self._busy_words.setText(_BUSY[busy])
        self._busy.show()
        announce(self, _BUSY[busy])
        self._stack.setEnabled(False)
        self.repaint()  # the words are there before a job that runs at once begins

    # --- inside ------------------------------------------------------------------------------

    def _build(self) -> None:
        self.doors = Doors()
        self.file, self.code, self.asked = FileStep(), CodeStep(), AskedStep()
        self.who, self.team, self.safe = WhoStep(), TeamStep(), SafeStep()
        self.sheet, self.spare = SheetStep(), SpareStep()
        self._steps: dict[Step, Doors | StepPage] = {
            Step.DOORS: self.doors,
            Step.FILE: self.file,
            Step.CODE: self.code,
            Step.ASKED: self.asked,
            Step.WHO: self.who,
            Step.TEAM: self.team,
            Step.SAFE: self.safe,
            Step.SHEET: self.sheet,
            Step.SPARE: self.spare,
        }
        self._places: dict[Place, tuple[Step, Field, QWidget]] = {
            Place.FILE: (Step.FILE, self.file.field, self.file.choose),
            Place.CODE: (Step.CODE, self.code.field, self.code.code),
            Place.NAME: (Step.WHO, self.who.name_field, self.who.name),
            Place.ROLE: (Step.WHO, self.who.role_field, self.who.role),
            Place.PARTNERSHIP: (Step.TEAM, self.team.partnership_field, self.team.partnership),
            Place.TEAM_NAME: (Step.TEAM, self.team.name_field, self.team.name),
            Place.PASSPHRASE: (Step.SAFE, self.safe.chosen_field, self.safe.chosen),
            Place.AGAIN: (Step.SAFE, self.safe.again_field, self.safe.again),
        }
        self._stack = QStackedWidget()
        for widget in self._steps.values():
            self._stack.addWidget(widget)
        self._busy_words = Label("", wrap=True)
        row = Row(Picture(Icon.HOURGLASS, Role.PRIMARY_TEXT, 20), gap=10, margins=(24, 14, 24, 14))
        row.add(self._busy_words, 1)
        self._busy = Pane(row, back=Role.PRIMARY_TINT, edges="t")
        self._busy.hide()
        whole = Column(gap=0)
        whole.add(self._stack, 1)
        whole.add(self._busy)
        self.setLayout(whole)

    def _mark(self, place: Place, words: str) -> None:
        step, field, focus = self._places[place]
        field.show_problem(words)
        focus.setFocus()
        widget = self._steps[step]
        if isinstance(widget, StepPage):
            widget.reveal(focus)
        announce(self, words)

    def _on_choose(self) -> None:
        request = FileRequest(wanted=Wanted.FILE, title=Words.file_dialogue, kinds=Words.file_kinds)
        self._choose(request, lambda paths: self.offer_file(paths[0]))

    def _on_sheet(self) -> None:
        if self._presenter is not None:
            self._presenter.on_sheet_done(self.sheet.paper.first.text(), self.sheet.paper.second.text())

    def _on_safe(self) -> None:
        if self._presenter is not None:
            self._presenter.on_safe_done(
                Passphrase(
                    chosen=self.safe.chosen.text(),
                    again=self.safe.again.text(),
                    remember=self.safe.remember.isChecked(),
                )
            )

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if files_in(event.mimeData()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        files = files_in(event.mimeData())
        event.acceptProposedAction()
        if files:
            self.offer_file(files[0])
