"""The rounds: a list, one round, and the forms and codes in front of them. It passes on what a person wants."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from iowscp_desktop import text
from iowscp_desktop.domain.ids import ResponseId, RoundId
from iowscp_desktop.text.feedback import Feedback
from iowscp_desktop.text.known import Known
from iowscp_desktop.ui.choosing import Choose, FileRequest, Wanted
from iowscp_desktop.ui.rounds.forms import WORDS, AddForm, FlowForm, NewRoundForm, PanelForm
from iowscp_desktop.ui.rounds.known import Flow, FlowState, SentFiles
from iowscp_desktop.ui.rounds.parts import OneRound, RoundList
from iowscp_desktop.ui.rounds.presenter import (
    Invitation,
    OrganisationRow,
    OwnTool,
    RoundRow,
    RoundsPresenter,
    RoundState,
    ToolOffer,
    Wrong,
)
from iowscp_desktop.ui.rounds.sent import SentPage
from iowscp_desktop.ui.widgets.centred import Centred
from iowscp_desktop.ui.widgets.code_page import CodePage
from iowscp_desktop.ui.widgets.layouts import Column
from iowscp_desktop.ui.widgets.pages import Crumb, TopBar
from iowscp_desktop.ui.widgets.panels import ProgressPanel

_LIST, _ROUND = "list", "round"
_Chosen = Callable[[Path], None]


class RoundsPage(QWidget):
    """One thing at a time: the list, one round, or something in front of it."""

    look_wanted = Signal()
    """Somebody wants to see what the new files of the watched folder would bring."""

    def __init__(
        self,
        choose: Choose,
        *,
        on_read: Callable[[ResponseId], None],
        on_open_return: Callable[[ResponseId], None],
        on_decide: Callable[[ResponseId], None],
        on_compare: Callable[[ResponseId], None],
    ) -> None:
        super().__init__()
        self._choose, self._on_open_return, self._on_decide = choose, on_open_return, on_decide
        self._on_read, self._on_compare = on_read, on_compare
        self._presenter: RoundsPresenter | None = None
        self._shown: RoundRow | None = None
        self.list, self.round = RoundList(), OneRound()
        self.notices = (self.list.notice, self.round.notice)
        self.new_round, self.adding, self.panel = NewRoundForm(), AddForm(), PanelForm()
        self.flows = {flow: FlowForm(flow) for flow in Flow}
        self.code, self.sent = CodePage(), SentPage()
        self.working = ProgressPanel(text.Rounds.working)
        self.working.cancel_button.hide()  # writing one small file cannot be half done
        self._working = Centred(Column(self.working, None), width=640)
        self._build()
        self._connect()

    def start(self, presenter: RoundsPresenter) -> None:
        """Keep the presenter and let it show what there is."""
        self._presenter = presenter
        presenter.start()

    def on_shown(self) -> None:
        """It came to the front: begin in the table of what is shown."""
        at_hand = self._stack.currentWidget()
        if at_hand is self.list or at_hand is self.round:
            table = self.list.table if at_hand is self.list else self.round.table
            table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        self._top = TopBar(())
        self._stack = QStackedWidget()
        for part in (self.list, self.round, *self._fronts(), self._working):
            self._stack.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._top)
        layout.addWidget(self._stack, 1)
        self._bring(self.list)

    def _connect(self) -> None:
        self._top.followed.connect(self._follow)
        for notice in self.notices:
            notice.wanted.connect(self.look_wanted)
        self.list.opened.connect(self._open)
        self.list.new_wanted.connect(lambda: self._with(lambda presenter: presenter.on_new_round()))
        self.round.add_wanted.connect(lambda: self._with(lambda presenter: presenter.on_adding()))
        self.round.panel_wanted.connect(lambda: self._with(lambda presenter: presenter.on_panel()))
        self.round.invite_wanted.connect(self._invite)
        self.round.receipt_wanted.connect(self._save_receipt)
        self.round.feedback_wanted.connect(self._give_feedback)
        self.round.open_wanted.connect(self._open_return)
        self.round.read_wanted.connect(self._read)
        self.round.decide_wanted.connect(self._decide)
        self.round.compare_wanted.connect(self._compare)
        self.new_round.started.connect(self._start_round)
        self.new_round.own_wanted.connect(self._own_tool)
        self.adding.added.connect(self._add)
        self.panel.asked.connect(self._invite_panel)
        self.round.flow_wanted.connect(self._ask_flow)
        for form in self.flows.values():
            form.asked.connect(self._send)
        for front in self._fronts():
            front.closed.connect(lambda: self._with(lambda presenter: presenter.on_closed()))

    def _fronts(self) -> tuple[NewRoundForm | AddForm | PanelForm | FlowForm | CodePage | SentPage, ...]:
        return (self.new_round, self.adding, self.panel, *self.flows.values(), self.code, self.sent)

    # --- drawing -----------------------------------------------------------------------------

    def show_rounds(self, rows: Sequence[RoundRow]) -> None:
        """Show the list of rounds."""
        self._shown = None
        self.list.show_rounds(rows)
        self._bring(self.list)

    def show_round(self, state: RoundState) -> None:
        """Show one round."""
        is_other = self._shown is None or self._shown.id != state.row.id
        self._shown = state.row
        self.round.show_round(state, is_other=is_other)
        self._bring(self.round)

    def show_new_round(self, tools: Sequence[ToolOffer], own: OwnTool | None = None) -> None:
        """Ask for a new round, or go on asking after an audit of their own was looked at."""
        self._bring(self.new_round, text.Rounds.new_title)
        if own is not None and own.package is not None:
            self.new_round.show_tool_taken(tools, own.package)
        elif own is not None:
            self.new_round.show_tool_refused(own.refused)
        else:
            self.new_round.show_tools(tools)
            self.new_round.show_wrong((), WORDS)
            self.new_round.focus_first()

    def show_adding(self, known: Mapping[str, int]) -> None:
        """Ask for schools and agencies."""
        self.adding.show_known(known)
        self.adding.show_wrong((), WORDS)
        self._bring(self.adding, text.Rounds.add)
        self.adding.focus_first()

    def show_panel(self, returned: Sequence[tuple[ResponseId, str]]) -> None:
        """Ask for a panel member, and what they score."""
        self.panel.show_returned(returned)
        self.panel.show_wrong((), WORDS)
        self._bring(self.panel, text.Rounds.panel_title)
        self.panel.focus_first()

    def show_wrong(self, wrong: Sequence[Wrong]) -> None:
        """Say what is missing in the form at hand."""
        form = self._stack.currentWidget()
        if isinstance(form, NewRoundForm | AddForm | PanelForm):
            form.show_wrong(wrong, WORDS)

    def show_invitation(self, invitation: Invitation) -> None:
        """Show the code, once."""
        self._bring(self.code, text.Rounds.for_whom(invitation.name))
        self.code.show_invitation(invitation)

    def show_flow(self, state: FlowState) -> None:
        """Ask what goes to whom, without a code."""
        form = self.flows[state.flow]
        form.show_flow(state)
        self._bring(form, Known.titles[state.flow])
        form.focus_first()

    def show_flow_missing(self, *, what: bool, whom: bool) -> None:
        """Say what was not chosen."""
        form = self._stack.currentWidget()
        if isinstance(form, FlowForm):
            form.show_missing(what=what, whom=whom)

    def show_sent(self, sent: SentFiles) -> None:
        """Say which files there are, and what to do with them."""
        self.sent.show_sent(sent)
        self._bring(self.sent, Known.titles[sent.flow])
        self.sent.focus_first()

    def show_working(self, title: str) -> None:
        """Show that something takes a while."""
        self.working.show_title(title)
        self.working.show_progress(0, 0, text.Rounds.writing_about)
        self._bring(self._working, title)

    def show_progress(self, done: int, total: int) -> None:
        """Show how far it is."""
        self.working.show_progress(done, total, text.Rounds.of(done, total))

    def show_note(self, words: str) -> None:
        """Say what was done."""
        self.round.show_note(words)

    def _bring(self, part: QWidget, title: str = "") -> None:
        crumbs = [Crumb(_LIST, text.Rounds.title)]
        if self._shown is not None:
            crumbs.append(Crumb(_ROUND, self._shown.title))
        if title:
            crumbs.append(Crumb("", title))
        self._top.show_crumbs(crumbs)
        self._top.setVisible(len(crumbs) > 1)
        comes_back = self._stack.currentWidget() is not part and self.isVisible()
        self._stack.setCurrentWidget(part)
        if comes_back and part is self.round and self.round.table.rows:
            self.round.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- passing on --------------------------------------------------------------------------

    def _with(self, deed: Callable[[RoundsPresenter], None]) -> None:
        if self._presenter is not None:
            deed(self._presenter)

    def _follow(self, key: str) -> None:
        self._with(lambda presenter: presenter.start() if key == _LIST else presenter.on_closed())

    def _open(self, round_id: str) -> None:
        self._with(lambda presenter: presenter.on_opened(RoundId(round_id)))

    def _start_round(self, package: str, title: str, due: date | None) -> None:
        self._with(lambda presenter: presenter.on_start_round(package, title, due))

    def _own_tool(self) -> None:
        self._ask_folder(
            text.Rounds.own_tool_folder, lambda folder: self._with(lambda presenter: presenter.on_own_tool(folder))
        )

    def _add(self, names: str, sort: str, whole_sorts: list[str]) -> None:
        self._with(lambda presenter: presenter.on_add(names, sort, whole_sorts))

    def _invite(self, row: OrganisationRow) -> None:
        self._ask_folder(
            text.Rounds.choose_folder,
            lambda folder: self._with(lambda presenter: presenter.on_invite(row.organisation_id, folder)),
        )

    def _read(self, row: OrganisationRow) -> None:
        self._on_read(row.response_id)

    def _open_return(self, row: OrganisationRow) -> None:
        self._on_open_return(row.response_id)

    def _decide(self, row: OrganisationRow) -> None:
        self._on_decide(row.response_id)

    def _compare(self, row: OrganisationRow) -> None:
        self._on_compare(row.response_id)

    def _save_receipt(self, row: OrganisationRow) -> None:
        self._ask_folder(
            text.Rounds.receipt_folder,
            lambda folder: self._with(lambda presenter: presenter.on_save_receipt(row.response_id, folder)),
        )

    def _give_feedback(self, row: OrganisationRow) -> None:
        self._with(lambda presenter: presenter.on_feedback(row.response_id, partial(self._ask_folder, Feedback.folder)))

    def _ask_flow(self, flow: Flow, row: OrganisationRow | None) -> None:
        self._with(lambda presenter: presenter.known.on_flow(flow, row.response_id if row else None))

    def _send(self, flow: Flow, what: str, whom: list[str]) -> None:
        if self._presenter is None or not self._presenter.known.check(flow, what, whom):
            return
        self._ask_folder(
            Known.folder,
            lambda folder: self._with(lambda presenter: presenter.known.on_send(flow, what, whom, folder)),
        )

    def _invite_panel(self, name: str, responses: list[ResponseId]) -> None:
        if self._presenter is None or not self._presenter.check_panel(name, responses):
            return
        self._ask_folder(
            text.Rounds.choose_folder,
            lambda folder: self._with(lambda presenter: presenter.on_invite_panel(name, responses, folder)),
        )

    def _ask_folder(self, title: str, on_chosen: _Chosen) -> None:
        self._choose(FileRequest(wanted=Wanted.FOLDER, title=title), lambda paths: on_chosen(paths[0]))
