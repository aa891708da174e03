"""The page: keys, files that are dropped on it, and the ways out. What is seen is drawn by the board."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent, QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from iowscp_desktop import text
from iowscp_desktop.app.answers import KINDS
from iowscp_desktop.ui.choosing import Choose, FileRequest, Wanted, chooser
from iowscp_desktop.ui.fill.answer_files import AnswerFilesPresenter
from iowscp_desktop.ui.fill.board import FillBoard
from iowscp_desktop.ui.fill.evidence import EvidencePresenter
from iowscp_desktop.ui.fill.many import RepeatPresenter
from iowscp_desktop.ui.fill.names import NamesPresenter
from iowscp_desktop.ui.fill.presenter import FillPresenter
from iowscp_desktop.ui.fill.telling import Telling
from iowscp_desktop.ui.widgets.evidence import files_in
from iowscp_desktop.ui.widgets.layouts import Column
from iowscp_desktop.ui.widgets.surfaces import show_or_hide

_HERE = Qt.ShortcutContext.WidgetWithChildrenShortcut
_CARRIED = {".iowbundle", ".iowinvite"}
"""Files that the window itself takes in when they are dropped."""


class FillPage(QWidget):
    """Where questions are answered."""

    def __init__(self, choose: Choose | None = None) -> None:
        super().__init__()
        self._choose = choose or chooser(self)
        self._telling = Telling(self._choose)
        self._questions: FillPresenter | None = None
        self._files: EvidencePresenter | None = None
        self._on_history: Callable[[str], None] | None = None
        self.board = FillBoard(self._telling)
        self.setLayout(Column(self.board, gap=0))
        self.setAcceptDrops(True)
        self._connect()
        self._add_keys()

    def start(
        self,
        questions: FillPresenter,
        files: EvidencePresenter,
        own: tuple[AnswerFilesPresenter, RepeatPresenter, NamesPresenter],
        entry_id: str | None,
    ) -> None:
        """Begin to show a response. `own` are the presenters of what only some fields have."""
        self._questions, self._files = questions, files
        self._telling.connect(questions, *own)
        questions.start(entry_id)

    def connect_ways(
        self,
        on_check: Callable[[], None] | None,
        on_home: Callable[[], None] | None,
        on_settle: Callable[[], None] | None,
    ) -> None:
        """Say what lies behind the ways out of this page."""
        if on_check is not None:
            for button in (self.board.check, self.board.foot.check):
                button.clicked.connect(partial(self._leave_for, on_check))
        if on_home is not None:
            self.board.top.followed.connect(partial(self._leave_for, on_home))
        if on_settle is not None:
            self.board.panel.settle_requested.connect(partial(self._leave_for, on_settle))
        self.board.show_ways(home=on_home is not None, settle=on_settle is not None, check=on_check is not None)

    def connect_history(self, on_history: Callable[[str], None] | None) -> None:
        """Say what shows the history of a question; without it there is no such button."""
        self._on_history = on_history
        show_or_hide(self.board.panel.history, shown=on_history is not None)

    @property
    def presenter(self) -> FillPresenter:
        """The presenter of the questions."""
        assert self._questions is not None  # noqa: S101 - `open_fill` starts the page before anybody sees it
        return self._questions

    @property
    def files(self) -> EvidencePresenter:
        """The presenter of the files."""
        assert self._files is not None  # noqa: S101 - as above
        return self._files

    def go_to(self, entry_id: str) -> None:
        """Show one question and put the focus into it."""
        self.presenter.go_to(entry_id)
        self.board.panel.go_in()

    def on_shown(self) -> None:
        """The page came to the front."""
        self.board.panel.go_in()

    def flush(self) -> None:
        """Save what is being typed; call before the page goes."""
        self.board.flush()
        self.presenter.on_left()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        if self._questions is not None:
            self.board.flush()
        super().hideEvent(event)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        files = files_in(event.mimeData())
        if self._takes_files() and files and not _is_carried(files):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self.files.on_files(files_in(event.mimeData()))
        event.acceptProposedAction()

    # --- inside ------------------------------------------------------------------------------

    def _connect(self) -> None:
        board, parts = self.board, self.board.panel.parts
        board.list_pane.section_chosen.connect(self._on_section)
        board.list_pane.opened.connect(self._on_opened)
        board.list_pane.entered.connect(board.panel.go_in)
        board.list_pane.only_unanswered.connect(self._on_only_unanswered)
        board.search.edited.connect(self._on_find)
        board.search.returnPressed.connect(self._into_list)
        board.panel.locked.reopened.connect(self._on_reopen)
        board.foot.previous.clicked.connect(partial(self._step, -1))
        board.foot.next.clicked.connect(partial(self._step, 1))
        board.foot.next_unanswered.clicked.connect(self._next_unanswered)
        board.foot.undo.clicked.connect(self._undo)
        board.panel.history.clicked.connect(self._show_history)
        parts.files_offered.connect(self._on_files)
        parts.picture_offered.connect(self._on_picture)
        parts.choose_requested.connect(self._choose_files)
        parts.copy_requested.connect(self._choose_place)
        parts.remove_requested.connect(self._on_removed)

    def _add_keys(self) -> None:
        keys: dict[str, Callable[[], object]] = {
            "Ctrl+Down": partial(self._step, 1),
            "Ctrl+Up": partial(self._step, -1),
            "Ctrl+Return": self._next_unanswered,
            "Ctrl+Enter": self._next_unanswered,
            "Ctrl+F": self._find,
            "Ctrl+H": self._show_history,
            "Ctrl+Z": self._undo,
            "Ctrl+V": self._paste,
        }
        keys |= {str(number): partial(self._press, number) for number in range(1, 10)}
        for sequence, deed in keys.items():
            shortcut = QShortcut(QKeySequence(sequence), self, context=_HERE)
            shortcut.activated.connect(deed)

    def _on_section(self, section_id: str) -> None:
        self.board.search.show_text("")
        self.presenter.on_section(section_id)

    def _on_opened(self, entry_id: str) -> None:
        self.presenter.go_to(entry_id)
        self.files.draw_pictures()

    def _on_only_unanswered(self, only: bool) -> None:  # noqa: FBT001 - as the check box tells it
        self.presenter.on_only_unanswered(only)

    def _on_find(self, words: str) -> None:
        self.presenter.on_find(words)

    def _on_reopen(self, reason: str) -> None:
        if not reason.strip():
            self.board.panel.locked.show_problem(text.Reopening.reason_missing)
            return
        self.presenter.on_reopen(reason)

    def _on_files(self, paths: list[Path]) -> None:
        self.files.on_files(paths)

    def _on_picture(self, picture: QImage) -> None:
        self.files.on_picture(_as_png(picture))

    def _on_removed(self, attachment_id: str) -> None:
        self.files.on_removed(attachment_id)

    def _step(self, step: int) -> None:
        self.presenter.on_step(step)
        self._arrive()

    def _next_unanswered(self) -> None:
        self.presenter.on_next_unanswered()
        self._arrive()

    def _undo(self) -> None:
        self.board.flush()
        self.presenter.on_undo()
        self._arrive()

    def _show_history(self) -> None:
        if self._on_history is not None and self.presenter.entry_id:
            self._leave_for(partial(self._on_history, self.presenter.entry_id))

    def _arrive(self) -> None:
        self.board.panel.go_in()
        self.files.draw_pictures()

    def _find(self) -> None:
        self.board.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.board.search.selectAll()

    def _into_list(self) -> None:
        self.board.list_pane.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _paste(self) -> None:
        if self._takes_files():
            self.board.panel.parts.strip.paste()

    def _press(self, number: int) -> None:
        tiles = self.board.panel.grades.tiles
        if tiles.isVisible() and tiles.isEnabled():
            tiles.press(number)

    def _takes_files(self) -> bool:
        strip = self.board.panel.parts.strip
        return strip.isVisible() and strip.acceptDrops()

    def _choose_files(self) -> None:
        endings = " ".join(f"*{ending}" for ending in KINDS)
        request = FileRequest(
            wanted=Wanted.FILES, title=text.Fill.choose_files, kinds=(text.Fill.kinds_of_files(endings),)
        )
        self._choose(request, self._on_chosen_files)

    def _on_chosen_files(self, paths: tuple[Path, ...]) -> None:
        self.files.on_files(paths)

    def _choose_place(self, attachment_id: str) -> None:
        suggestion = Path.home() / self.files.name_of(attachment_id)
        request = FileRequest(wanted=Wanted.NEW_FILE, title=text.Fill.save_copy, suggestion=suggestion)
        self._choose(request, lambda paths: self.files.on_copy(attachment_id, paths[0]))

    def _leave_for(self, way: Callable[[], None], *_told: object) -> None:
        self.flush()
        way()


def _is_carried(files: tuple[Path, ...]) -> bool:
    return any(path.suffix.lower() in _CARRIED for path in files)


def _as_png(picture: QImage) -> bytes:
    """Write a picture anew: what else the clipboard's bytes held does not come along."""
    store = QByteArray()
    buffer = QBuffer(store)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub wants bytes, Qt takes either
    return bytes(store.data())
