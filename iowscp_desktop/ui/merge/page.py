"""Files in, a table of what they would bring, and what came of it."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from iowscp_desktop import text
from iowscp_desktop.ui.choosing import Choose, FileRequest, Wanted
from iowscp_desktop.ui.merge.presenter import Done, FileLine, MergePresenter, Outcome, Preview, Warned
from iowscp_desktop.ui.merge.watch_card import WatchCard
from iowscp_desktop.ui.notify import announce
from iowscp_desktop.ui.theme import Icon, Role, Tone, Type
from iowscp_desktop.ui.widgets.buttons import Button, Kind
from iowscp_desktop.ui.widgets.evidence import files_in
from iowscp_desktop.ui.widgets.labels import Label, Picture
from iowscp_desktop.ui.widgets.layouts import Column, Row, flowing
from iowscp_desktop.ui.widgets.pages import PageTitle
from iowscp_desktop.ui.widgets.panels import ProgressPanel
from iowscp_desktop.ui.widgets.surfaces import Card, ScrollPane
from iowscp_desktop.ui.widgets.table import Cell, Head, RowsTable

_OUTCOMES: dict[Outcome, tuple[str, Tone, Icon]] = {
    Outcome.WILL_COME: (text.Merge.will_come, Tone.BLUE, Icon.DOWNLOAD),
    Outcome.NOTHING_NEW: (text.Merge.nothing_new, Tone.GREY, Icon.MINUS),
    Outcome.BEFORE: (text.Merge.was_merged, Tone.GREY, Icon.HISTORY),
    Outcome.OLDER: (text.Merge.older, Tone.GREY, Icon.HISTORY),
    Outcome.TAKEN: (text.Merge.taken, Tone.GREEN, Icon.CHECK),
    Outcome.LEFT: (text.Merge.left, Tone.GREY, Icon.MINUS),
    Outcome.ALARM: (text.Merge.alarm, Tone.RED, Icon.TRIANGLE_ALERT),
    Outcome.REFUSED: (text.Merge.refused, Tone.RED, Icon.OCTAGON_ALERT),
}
_MOST_WARNINGS = 12
"""Warnings that are drawn; the table marks every file."""
_MOST_RECEIPTS = 20
"""Receipts that are named; each stands in its round."""


class MergePage(QWidget):
    """Asks for files, shows what they would bring, takes them in."""

    def __init__(self, choose: Choose, on_decide: Callable[[], None], on_aside: Callable[[], None]) -> None:
        super().__init__()
        self._choose, self._on_decide, self._on_aside = choose, on_decide, on_aside
        self._presenter: MergePresenter | None = None
        self._build()
        self.show_start()

    def start(self, presenter: MergePresenter) -> None:
        """Keep the presenter and let it begin."""
        self._presenter = presenter
        presenter.start()

    def take_files(self, paths: Sequence[Path]) -> None:
        """Look at files that were dropped on the window."""
        if self._presenter is not None:
            self._presenter.on_files(paths)

    def _build(self) -> None:
        self.aside_button = Button(text.Merge.set_aside(0), icon=Icon.ARCHIVE)
        self._title = PageTitle(text.Merge.title, text.Merge.about, self.aside_button)
        self.drop = DropArea()
        self.watch = WatchCard(self._choose)
        self.working = ProgressPanel(text.Merge.looking)
        self._working = _scrolled(self.working)
        self.table = RowsTable[FileLine](text.Merge.table, _heads(), lambda line: line.key)
        self._warnings, self._warnings_column = QWidget(), Column(gap=12)
        self._warnings.setLayout(self._warnings_column)
        self._count = Label("", Type.MUTED, wrap=True)
        self.merge_button = Button("", Kind.PRIMARY, icon=Icon.DOWNLOAD)
        self.back_button = Button(text.Merge.back)
        self.decide_button = Button("", Kind.PRIMARY, icon=Icon.GIT_COMPARE_ARROWS)
        self._receipts = ReceiptsCard()
        self._buttons = flowing(self.merge_button, self.decide_button, self.back_button)
        self._table_part = _scrolled(self._warnings, _tabled(self.table), self._count, self._receipts, self._buttons)
        self._stack = QStackedWidget()
        for part in (_scrolled(self.drop, self.watch), self._working, self._table_part):
            self._stack.addWidget(part)
        head = QWidget()
        head.setLayout(Column(self._title, margins=(36, 28, 36, 4)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(self._stack, 1)
        self._connect()

    def _connect(self) -> None:
        self.drop.files_button.clicked.connect(self._ask_files)
        self.drop.folder_button.clicked.connect(self._ask_folder)
        self.drop.dropped.connect(self.take_files)
        self.working.cancelled.connect(self._cancel)
        self.merge_button.clicked.connect(self._merge)
        self.back_button.clicked.connect(self._start_over)
        self.decide_button.clicked.connect(self._on_decide)
        self.aside_button.clicked.connect(self._on_aside)

    # --- drawing -----------------------------------------------------------------------------

    def show_start(self, note: str = "") -> None:
        """Ask for files; `note` says why none are there."""
        self._title.show_title(text.Merge.title, text.Merge.about)
        self.drop.show_note(note)
        self._stack.setCurrentIndex(0)
        if note:
            announce(self, note)

    def show_working(self, title: str, about: str) -> None:
        """Show that files are being looked at, or taken in."""
        self._let_go()
        self._title.show_title(title, about)
        self.working.show_title(title)
        self.working.show_progress(0, 0)
        self._stack.setCurrentIndex(1)
        self.working.cancel_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_progress(self, done: int, total: int) -> None:
        """Show how far it is."""
        self.working.show_progress(done, total, text.Merge.note(done, total))

    def show_counting(self) -> None:
        """Show that all files are in, and that what they left to decide is being counted."""
        self.working.show_progress(0, 0, text.Merge.counting)
        announce(self, text.Merge.counting)

    def show_preview(self, preview: Preview) -> None:
        """Show what the files would bring."""
        self._let_go()
        self._title.show_title(text.Merge.preview_title, text.Merge.preview_about)
        self._show_table(preview.lines, preview.alarms, preview.refusals, preview.notes)
        several = preview.to_take > 1
        parts = [text.Merge.summary(len(preview.lines), preview.senders)]
        parts += [text.Merge.nothing_to_do] if not preview.to_take else []
        parts += [text.Merge.together] if several else []
        self._count.setText("  ·  ".join(parts))
        deed = text.Merge.merge(preview.to_take) if preview.to_take else text.Merge.keep(preview.to_keep)
        self.merge_button.show_words(deed)
        self.merge_button.setVisible(bool(preview.to_take or preview.to_keep))
        self.decide_button.hide()
        self._receipts.hide()
        self.back_button.show_words(text.Merge.back)
        (self.merge_button if preview.to_take else self.back_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_done(self, done: Done) -> None:
        """Show what came of it."""
        self._let_go()
        title = text.Merge.stopped_title if done.stopped else text.Merge.done_title
        self._title.show_title(title, text.Merge.stopped_about if done.stopped else "")
        self._show_table(done.lines, done.alarms, done.refusals, done.notes)
        self._count.setText(text.Merge.taken_in(done.taken))
        receipts = [text.Merge.receipt(each.number, each.organisation) for each in done.receipts[:_MOST_RECEIPTS]]
        if len(done.receipts) > _MOST_RECEIPTS:
            receipts.append(text.Merge.more_receipts(len(done.receipts) - _MOST_RECEIPTS))
        self._receipts.show_receipts(receipts)
        self._receipts.show()
        self.merge_button.hide()
        self.back_button.show_words(text.Merge.start_over)
        self.show_to_decide(done.to_decide)
        (self.decide_button if done.to_decide else self.back_button).setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, text.Merge.taken_in(done.taken))

    def show_to_decide(self, count: int) -> None:
        """Show how much waits for a decision now."""
        self.decide_button.show_words(text.Merge.decide(count))
        self.decide_button.setVisible(bool(count))

    def show_aside(self, count: int) -> None:
        """Show how much was set aside and waits to be looked at."""
        self.aside_button.show_words(text.Merge.set_aside(count))

    def _let_go(self) -> None:
        """Take the focus from a button that is about to be hidden: it goes to another one in a moment.

        Qt would look through the whole window for where it might go.
        """
        focus = QApplication.focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            focus.clearFocus()

    def _show_table(
        self,
        lines: Sequence[FileLine],
        alarms: Sequence[Warned],
        refusals: Sequence[Warned],
        notes: Sequence[Warned],
    ) -> None:
        while (item := self._warnings_column.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        found = (
            *((Tone.RED, Icon.TRIANGLE_ALERT, each) for each in alarms),
            *((Tone.AMBER, Icon.OCTAGON_ALERT, each) for each in refusals),
            *((Tone.BLUE, Icon.INFO, each) for each in notes),
        )
        for tone, icon, warned in found[:_MOST_WARNINGS]:
            self._warnings_column.add(_warning(warned, tone, icon))
        if len(found) > _MOST_WARNINGS:
            more = text.Merge.more_warnings(len(found) - _MOST_WARNINGS)
            self._warnings_column.add(Label(more, Type.MUTED, wrap=True))
        self._warnings.setVisible(bool(alarms or refusals or notes))
        self.table.show_rows(lines)
        self._stack.setCurrentIndex(2)

    # --- passing on --------------------------------------------------------------------------

    def _ask_files(self) -> None:
        request = FileRequest(wanted=Wanted.FILES, title=text.Merge.choose_title, kinds=text.Merge.kinds)
        self._choose(request, self.take_files)

    def _ask_folder(self) -> None:
        self._choose(FileRequest(wanted=Wanted.FOLDER, title=text.Merge.folder_title), self.take_files)

    def _cancel(self) -> None:
        if self._presenter is not None:
            self._presenter.on_cancel()

    def _merge(self) -> None:
        if self._presenter is not None:
            self._presenter.on_merge()

    def _start_over(self) -> None:
        if self._presenter is not None:
            self._presenter.start()
        self.drop.files_button.setFocus(Qt.FocusReason.OtherFocusReason)


class DropArea(Card):
    """Where files are dropped; buttons do the same."""

    dropped = Signal(list)  # of Path

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self._note = Label("", Type.STRONG, role=Role.RED_INK, wrap=True)
        self.files_button = Button(text.Merge.choose_files, Kind.PRIMARY, icon=Icon.FILE_ARCHIVE)
        self.folder_button = Button(text.Merge.choose_folder, icon=Icon.FOLDER_OPEN)
        picture = Picture(Icon.INBOX, Role.PRIMARY_TEXT, 44)
        title, about = Label(text.Merge.empty, Type.H2), Label(text.Merge.empty_about, Type.MUTED, wrap=True)
        column = Column(picture, title, about, self._note, gap=10, margins=(24, 48, 24, 48))
        for each in (picture, title):
            column.setAlignment(each, Qt.AlignmentFlag.AlignHCenter)
        for words in (title, about, self._note):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.add(8)
        column.add(Row(None, self.files_button, self.folder_button, None, gap=10))
        self.setLayout(column)
        self.show_note("")

    def show_note(self, note: str) -> None:
        """Say why there are no files."""
        self._note.setText(note)
        self._note.setVisible(bool(note))

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if files_in(event.mimeData()):
            event.acceptProposedAction()
            self.show_look(Role.PRIMARY_TINT, Role.PRIMARY)

    @override
    def dragLeaveEvent(self, event: QEvent) -> None:
        self.show_look(Role.SURFACE, Role.LINE)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self.show_look(Role.SURFACE, Role.LINE)
        event.acceptProposedAction()
        self.dropped.emit(list(files_in(event.mimeData())))


class ReceiptsCard(Card):
    """The receipts that were issued."""

    def __init__(self) -> None:
        super().__init__()
        self._about = Label("", Type.SMALL, wrap=True)
        self._lines = Label("", Type.BODY, wrap=True)
        self._lines.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        top = Row(Picture(Icon.BADGE_CHECK, Role.GREEN_INK, 20), Label(text.Merge.receipts, Type.STRONG), None)
        self.setLayout(Column(top, self._about, self._lines, gap=6, margins=(20, 14, 20, 16)))
        self.setAccessibleName(text.Merge.receipts)

    def show_receipts(self, lines: Sequence[str]) -> None:
        """Show which were issued."""
        self._about.setText(text.Merge.receipts_about if lines else text.Merge.no_receipts)
        self._lines.setText("\n".join(lines))
        self._lines.setVisible(bool(lines))


def _heads() -> tuple[Head[FileLine], ...]:
    def outcome(line: FileLine) -> Cell:
        words, tone, icon = _OUTCOMES[line.outcome]
        return Cell(words=words, tone=tone, icon=icon)

    def decide(line: FileLine) -> Cell:
        icon = Icon.GIT_COMPARE_ARROWS if line.conflicts else None
        return _number(line.conflicts) if icon is None else Cell(words=str(line.conflicts), tone=Tone.AMBER, icon=icon)

    return (
        Head(title=text.Merge.column_sender, cell=lambda line: Cell(words=line.sender), wide=True),
        Head(title=text.Merge.column_outcome, cell=outcome),
        Head(title=text.Merge.column_type, cell=lambda line: Cell(words=line.type)),
        Head(title=text.Merge.column_new, cell=lambda line: _number(line.new)),
        Head(title=text.Merge.column_known, cell=lambda line: _number(line.known)),
        Head(title=text.Merge.column_evidence, cell=lambda line: _number(line.evidence)),
        Head(title=text.Merge.column_conflicts, cell=decide),
        Head(title=text.Merge.column_file, cell=lambda line: Cell(words=line.file, icon=Icon.FILE_ARCHIVE)),
    )


def _number(count: int) -> Cell:
    return Cell(words=str(count), order=count)


def _warning(warned: Warned, tone: Tone, icon: Icon) -> Card:
    words = Column(Label(warned.words, Type.STRONG, role=tone.ink, wrap=True), gap=2)
    words.add(Label(warned.remedy, Type.BODY, wrap=True))
    if warned.code:
        code = Label(text.Notices.code(warned.code), Type.SMALL, role=Role.INK_2)
        code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.add(code)
    row = Row(Picture(icon, tone.ink, 22), gap=12, margins=(20, 12, 20, 12))
    row.add(words, 1)
    card = Card(row, back=tone.tint, line=tone.solid, edge=tone)
    card.setAccessibleName(warned.words)
    card.setAccessibleDescription(warned.remedy)
    return card


def _tabled(table: RowsTable[FileLine]) -> Card:
    return Card(Column(table, margins=(1, 6, 1, 6)))


def _scrolled(*parts: QWidget) -> ScrollPane:
    body = QWidget()
    body.setLayout(Column(*parts, None, gap=14, margins=(36, 14, 36, 28)))
    return ScrollPane(body)
