"""A panel member's page: the items at the left; the school's answer, my score and the way on at the right."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from iowscp_desktop import text
from iowscp_desktop.domain.ids import ResponseId
from iowscp_desktop.ui.choosing import Choose, FileRequest, Wanted
from iowscp_desktop.ui.notify import announce
from iowscp_desktop.ui.score.cards import AnswerCard, MyScoreCard, NoticeCard, SentCard
from iowscp_desktop.ui.score.presenter import FileState, ItemRow, ItemState, ListState, ScorePresenter
from iowscp_desktop.ui.theme import UNANSWERED, Icon, Role, Tone, Type, mark_of
from iowscp_desktop.ui.widgets.autosave import Autosave
from iowscp_desktop.ui.widgets.bars import PlainBar
from iowscp_desktop.ui.widgets.buttons import Button, IconButton, Kind
from iowscp_desktop.ui.widgets.choices import Combo
from iowscp_desktop.ui.widgets.fields import Field
from iowscp_desktop.ui.widgets.labels import Label, Picture
from iowscp_desktop.ui.widgets.layouts import Column, Row
from iowscp_desktop.ui.widgets.pages import ActionBar, Crumb, EmptyState, TopBar
from iowscp_desktop.ui.widgets.panels import ProgressPanel
from iowscp_desktop.ui.widgets.panes import ThreePanes
from iowscp_desktop.ui.widgets.question_list import QuestionListView, QuestionRow
from iowscp_desktop.ui.widgets.surfaces import Card, Pane, ScrollPane
from iowscp_desktop.ui.widgets.tags import Tag


class ScorePage(QWidget):
    """One item at a time. It passes on scores and remarks."""

    def __init__(self, choose: Choose) -> None:
        super().__init__()
        self._choose = choose
        self._presenter: ScorePresenter | None = None
        self._item: ItemState | None = None
        self._build()
        self._autosave = Autosave(self, self._save_remark)
        self._connect()

    def start(self, presenter: ScorePresenter) -> None:
        """Keep the presenter and let it show what there is."""
        self._presenter = presenter
        presenter.start()

    def go_to(self, response_id: ResponseId) -> None:
        """Show one of the returns."""
        self._with(lambda presenter: presenter.on_response(response_id))

    def on_shown(self) -> None:
        """It came to the front: begin in the list of items."""
        if self._item is not None and self.list.isVisible():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def flush(self) -> None:
        """Save what is being typed; called before the page, the lock or the program closes."""
        self._autosave.flush()

    def _build(self) -> None:
        self.list = QuestionListView(text.Score.items_name)
        self.which = Combo(text.Score.which)
        self._which = Field(text.Score.which, self.which)
        self._progress, self._bar = Label("", Type.SMALL_STRONG), PlainBar(text.Score.items)
        self._finished = Tag(text.Score.finished, Tone.GREEN, icon=Icon.CHECK)
        self._number = Label("", Type.OVERLINE)
        self._question = Label("", Type.QUESTION, wrap=True)
        self._guidance = Label("", Type.SMALL, wrap=True)
        self.answer, self.mine = AnswerCard(), MyScoreCard()
        self.notice, self.sent = NoticeCard(), SentCard()
        self.working = ProgressPanel(text.Score.sending)
        self.working.cancel_button.hide()
        self.working.hide()
        self.previous_button = IconButton(Icon.CHEVRON_LEFT, text.Score.previous, Kind.SECONDARY, small=False)
        self.next_button = IconButton(Icon.CHEVRON_RIGHT, text.Score.next, Kind.SECONDARY, small=False)
        self.unscored_button = Button(text.Score.next_unscored, Kind.PRIMARY, trailing=Icon.ARROW_RIGHT)
        self.finish_button = Button(text.Score.finish, icon=Icon.CHECK)
        self.send_button = Button(text.Score.send, icon=Icon.UPLOAD)
        work = QWidget()
        self._scroll = self._work_scroll()
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._scroll, 1)
        column.addWidget(
            ActionBar(
                (self.previous_button, self.next_button),
                (self.finish_button, self.send_button, self.unscored_button),
            )
        )
        self.panes = ThreePanes(self._list_pane(), work)
        self.panes.list_button.show_words(text.Score.items)
        alone = Tag(text.Score.alone, Tone.BLUE, icon=Icon.LOCK)
        alone.setToolTip(text.Score.alone_about)
        self._top = TopBar((), alone, self.panes.list_button)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.panes)
        self._stack.addWidget(EmptyState(Icon.SCALE, text.Score.nothing, text.Score.nothing_about))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._top)
        layout.addWidget(self._stack, 1)

    def _list_pane(self) -> Pane:
        progress = Row(self._progress, None, self._finished)
        alone = Column(
            Row(Picture(Icon.LOCK, Role.PRIMARY_TEXT, 16), Label(text.Score.alone, Type.SMALL_STRONG), None),
            Label(text.Score.alone_about, Type.SMALL, wrap=True),
            gap=4,
            margins=(14, 12, 14, 12),
        )
        top = QWidget()
        top.setLayout(Column(self._which, progress, self._bar, gap=8, margins=(16, 16, 16, 4)))
        below = QWidget()
        below.setLayout(Column(Card(alone, back=Role.PRIMARY_TINT, line=None), margins=(12, 4, 12, 12)))
        column = Column(top, gap=4)
        column.add(self.list, 1)
        column.add(below)
        return Pane(column, edges="r")

    def _work_scroll(self) -> ScrollPane:
        body = QWidget()
        words = Column(self._number, self._question, self._guidance, gap=4)
        body.setLayout(
            Column(
                self.notice,
                self.sent,
                self.working,
                words,
                self.answer,
                self.mine,
                None,
                gap=14,
                margins=(28, 22, 28, 22),
            )
        )
        return ScrollPane(body)

    def _connect(self) -> None:
        self.list.opened.connect(self._open_item)
        self.which.chosen.connect(self._open_response)
        self.mine.tiles.chosen.connect(self._score)
        self.mine.remark.edited.connect(self._on_remark)
        self.mine.remark.left.connect(self._leave_remark)
        self.answer.copy_wanted.connect(self._copy)
        self.previous_button.clicked.connect(lambda: self._step(-1))
        self.next_button.clicked.connect(lambda: self._step(1))
        self.unscored_button.clicked.connect(lambda: self._with(lambda presenter: presenter.on_next_unscored()))
        self.finish_button.clicked.connect(lambda: self._with(lambda presenter: presenter.on_finish()))
        self.notice.anyway_button.clicked.connect(
            lambda: self._with(lambda presenter: presenter.on_finish(anyway=True))
        )
        self.send_button.clicked.connect(self._send)
        self.sent.closed.connect(self.sent.hide)
        for keys, button in (
            ("Ctrl+Down", self.next_button),
            ("Ctrl+Up", self.previous_button),
            ("Ctrl+Return", self.unscored_button),
        ):
            QShortcut(QKeySequence(keys), self, button.click)

    # --- drawing -----------------------------------------------------------------------------

    def show_nothing(self) -> None:
        """Say that nothing is to be scored."""
        self._top.show_crumbs((Crumb("", text.Score.title),))
        self.panes.list_button.hide()
        self._stack.setCurrentIndex(1)

    def show_list(self, state: ListState) -> None:
        """Show the items and how far it is."""
        self._stack.setCurrentIndex(0)
        self._top.show_crumbs(
            (Crumb("", f"{text.Home.task_title(state.title, state.round_title)}  ·  {state.organisation}"),)
        )
        self.list.show_rows([_row(row) for row in state.rows])
        self._progress.setText(text.Score.progress(state.scored, len(state.rows)))
        self._bar.setRange(0, max(1, len(state.rows)))
        self._bar.setValue(state.scored)
        self._finished.setVisible(state.finished)
        is_done = state.scored == len(state.rows)
        self.unscored_button.setVisible(not is_done)
        self.finish_button.setVisible(not state.finished)
        self.finish_button.show_kind(Kind.PRIMARY if is_done else Kind.SECONDARY)
        self.send_button.show_kind(Kind.PRIMARY if is_done and state.finished else Kind.SECONDARY)
        if state.finished:
            self.notice.hide()
        self._which.setVisible(len(state.responses) > 1)
        self.which.show_options(
            [(response, text.Score.allocation(name, done, of)) for response, name, done, of in state.responses]
        )
        self.which.show_value(state.response_id)

    def show_item(self, state: ItemState) -> None:
        """Show one item."""
        is_other = self._item is None or self._item.id != state.id
        self._item = state
        self.list.show_current(state.id)
        self._number.setText(text.Score.question(state.number))
        self._question.setText(state.question)
        self._guidance.setText(state.guidance)
        self._guidance.setVisible(bool(state.guidance))
        self.answer.show_item(state)
        self.mine.show_item(state)
        if is_other or not self.mine.remark.hasFocus():
            self.mine.show_remark(state.remark)
        self.previous_button.setEnabled(not state.is_first)
        self.next_button.setEnabled(not state.is_last)
        if is_other:
            self.panes.show_work()
            self.notice.hide()
            self._scroll.verticalScrollBar().setValue(0)

    def show_left(self, count: int) -> None:
        """Ask whether to finish though items are not scored."""
        self._say(text.Score.unscored_left(count), may_finish=True)
        self.notice.anyway_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_all_scored(self) -> None:
        """Say that no item is left."""
        self._say(text.Score.last, may_finish=False)

    def show_not_finished(self) -> None:
        """Say that every return must be finished before exporting."""
        self._say(text.Score.not_finished, may_finish=False)

    def show_working(self) -> None:
        """Show that the file is being written."""
        self.sent.hide()
        self.working.show()
        self.working.show_progress(0, 0)

    def show_sent(self, path: Path) -> None:
        """Show where the file is, and what to do with it."""
        self.working.hide()
        self.sent.show_file(path)
        self._scroll.verticalScrollBar().setValue(0)
        self.sent.close_button.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, text.Score.sent_title)

    def show_copied(self) -> None:
        """Say that a copy was saved."""
        self._say(text.Score.copy_saved, may_finish=False)

    def _say(self, words: str, *, may_finish: bool) -> None:
        self.working.hide()
        self.notice.say(words, may_finish=may_finish)
        self._scroll.verticalScrollBar().setValue(0)
        announce(self, words)

    # --- passing on --------------------------------------------------------------------------

    def _with(self, deed: Callable[[ScorePresenter], None]) -> None:
        """Save what is being typed, then do something."""
        self._autosave.flush()
        if self._presenter is not None:
            deed(self._presenter)

    def _score(self, point: str) -> None:
        self._with(lambda presenter: presenter.on_scored(point))

    def _on_remark(self, _words: str) -> None:
        self._autosave.touch()

    def _save_remark(self) -> None:
        if self._presenter is not None:
            self._presenter.on_remark(self.mine.remark.text())

    def _leave_remark(self) -> None:
        self._with(lambda presenter: presenter.on_left())

    def _open_item(self, item_id: str) -> None:
        if self._item is None or item_id != self._item.id:
            self._with(lambda presenter: presenter.on_item(item_id))

    def _open_response(self, response_id: str) -> None:
        self._with(lambda presenter: presenter.on_response(ResponseId(response_id)))

    def _step(self, step: int) -> None:
        self._with(lambda presenter: presenter.on_step(step))

    def _copy(self, file: FileState) -> None:
        request = FileRequest(wanted=Wanted.NEW_FILE, title=text.Score.copy_title, suggestion=Path.home() / file.name)
        self._choose(request, lambda paths: self._with(lambda presenter: presenter.on_copy(file.id, paths[0])))

    def _send(self) -> None:
        self._autosave.flush()
        if self._presenter is None or not self._presenter.may_send():
            return
        request = FileRequest(wanted=Wanted.FOLDER, title=text.Score.choose_folder)
        self._choose(request, lambda paths: self._with(lambda presenter: presenter.on_send(paths[0])))


def _row(row: ItemRow) -> QuestionRow:
    return QuestionRow(
        id=row.id,
        number=row.number,
        title=row.title,
        mark=UNANSWERED if row.point is None else mark_of(row.point),
        word=text.Score.unscored if row.point is None else row.point.label,
    )
