"""Records, drawn: what is due, what others ask for, what was erased, and how long things are kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QWidget

from iowscp_desktop.domain.erasure import Why
from iowscp_desktop.domain.retention import CHOICES, RecordKind
from iowscp_desktop.text.retention import Retention as Words
from iowscp_desktop.ui.choosing import Choose, FileRequest, Wanted
from iowscp_desktop.ui.notify import announce
from iowscp_desktop.ui.retention.presenter import (
    ErasedState,
    LineState,
    RecordsState,
    RetentionPresenter,
    ReviewState,
)
from iowscp_desktop.ui.retention.review import ReviewPane
from iowscp_desktop.ui.showing import ShowFolder
from iowscp_desktop.ui.theme import Icon, Role, Type
from iowscp_desktop.ui.widgets.buttons import Button, Kind
from iowscp_desktop.ui.widgets.centred import Centred
from iowscp_desktop.ui.widgets.choices import Combo
from iowscp_desktop.ui.widgets.fields import Field
from iowscp_desktop.ui.widgets.labels import Label
from iowscp_desktop.ui.widgets.layouts import NO_MARGINS, Column, SideBySide, flowing
from iowscp_desktop.ui.widgets.messages import BannerStack, Message, Weight
from iowscp_desktop.ui.widgets.pages import Crumb, PageTitle, TopBar
from iowscp_desktop.ui.widgets.surfaces import PANE, Card, Divider, show_or_hide

_BACK = "back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """Where the page leads, and how it asks for places."""

    choose: Choose
    show_folder: ShowFolder
    on_find_person: Callable[[], None]
    on_back: Callable[[], None]


class RetentionPage(QWidget):
    """Four lists, or the one thing that is being looked at."""

    def __init__(self, ways: Ways) -> None:
        super().__init__()
        self._ways = ways
        self._presenter: RetentionPresenter | None = None
        self.find_person = Button(Words.find_person, icon=Icon.SEARCH)
        self.find_person.clicked.connect(ways.on_find_person)
        self.review = ReviewPane(self._on_erase, self._on_keep, self._show_lists)
        self.review_buttons: dict[str, Button] = {}
        self.certificate_buttons: dict[str, Button] = {}
        self.backup_buttons: dict[str, Button] = {}
        self.periods = {kind: _combo(kind) for kind in RecordKind}
        self.banners = BannerStack(margins=NO_MARGINS)
        self._due, self._asked, self._erased = Column(gap=10), Column(gap=10), Column(gap=10)
        self._stack = QStackedWidget()
        self._lists, self._one = self._make_lists(), self._make_one()
        self._stack.addWidget(self._lists)
        self._stack.addWidget(self._one)
        self.top = TopBar((Crumb(_BACK, Words.settings), Crumb("", Words.area)))
        self.top.followed.connect(self._go_back)
        whole = Column(self.top, self.banners, gap=0)
        whole.add(self._stack, 1)
        self.setLayout(whole)

    def start(self, presenter: RetentionPresenter) -> None:
        """Keep the presenter and let it show what there is."""
        self._presenter = presenter
        presenter.start()

    def show_looking(self) -> None:
        """Say that the lists are being made."""
        _clear(self._due)
        self._due.add(Label(Words.looking, Type.MUTED, wrap=True))

    def show_records(self, state: RecordsState) -> None:
        """Show the lists."""
        self.review_buttons.clear()
        self.certificate_buttons.clear()
        self.backup_buttons.clear()
        _fill(self._due, [self._line(line) for line in state.due], Words.due_none)
        _fill(self._asked, [self._line(line) for line in state.asked], "")
        _fill(self._erased, [self._erased_line(each) for each in state.erased], Words.erased_none)
        show_or_hide(self._asked_card, shown=bool(state.asked))
        for kind, months in state.periods:
            self.periods[kind].show_value(str(months))

    def show_review(self, state: ReviewState) -> None:
        """Show one thing before it is erased."""
        self._stack.setCurrentWidget(self._one)
        self.review.show_review(state)

    def show_erasing(self) -> None:
        """Say that it is being erased."""
        self._one.setEnabled(False)
        self.banners.say(Message(weight=Weight.NOTE, words=Words.erasing))

    def show_failed(self) -> None:
        """Let the person try again, or look at something else."""
        while self.banners.take_newest():
            continue
        self._one.setEnabled(True)

    def show_reason_missing(self) -> None:
        """Say that a reason is needed, and go there."""
        self.review.show_reason_missing()

    def show_done(self, words: str) -> None:
        """Say what was done, with the lists in front again."""
        self._show_lists()
        self.banners.say(Message(weight=Weight.DONE, words=words))
        announce(self, words)

    def show_saved(self, path: Path) -> None:
        """Say where a certificate lies."""
        self.banners.say(
            Message(
                weight=Weight.DONE,
                words=Words.saved_at(str(path)),
                offer=Words.saved_show,
                on_offer=partial(self._ways.show_folder, path),
            )
        )

    # --- inside ------------------------------------------------------------------------------

    def _go_back(self, *_told: object) -> None:
        if self._stack.currentWidget() is self._one and self._one.isEnabled():
            self._show_lists()
        else:
            self._ways.on_back()

    def _show_lists(self, *_told: object) -> None:
        while self.banners.take_newest():
            continue
        self._one.setEnabled(True)
        self._stack.setCurrentWidget(self._lists)
        self.find_person.setFocus()

    def _make_lists(self) -> QWidget:
        self._asked_card = _card(Words.asked_title, Words.asked_about, self._asked)
        fields = [Field(Words.periods[kind], combo) for kind, combo in self.periods.items()]
        for kind, combo in self.periods.items():
            combo.chosen.connect(partial(self._on_period, kind))
        column = Column(
            PageTitle(Words.title, Words.about, self.find_person),
            _card(Words.due_title, "", self._due),
            self._asked_card,
            _card(Words.erased_title, "", self._erased),
            _card(Words.schedule_title, Words.schedule_about, Column(*fields, gap=14)),
            None,
            gap=16,
        )
        body = Centred(column, width=900, margins=(32, 22, 28, 24))
        body.setProperty(PANE, "yes")
        return body

    def _make_one(self) -> QWidget:
        return Centred(Column(self.review, None), width=760, margins=(32, 22, 28, 24))

    def _line(self, line: LineState) -> QWidget:
        button = Button(Words.review, small=True)
        button.setAccessibleName(Words.review_of(line.title))
        button.clicked.connect(partial(self._on_review, line.key))
        self.review_buttons[line.key] = button
        return _row(line.title, line.about, line.note, button)

    def _erased_line(self, each: ErasedState) -> QWidget:
        save = Button(Words.certificate, small=True, icon=Icon.DOWNLOAD)
        save.setAccessibleName(Words.certificate_of(each.title))
        save.clicked.connect(partial(self._choose_place, each.key))
        self.certificate_buttons[each.key] = save
        if not each.backups:
            return _row(each.title, each.about, "", save)
        drop = Button(Words.drop_backups, Kind.DANGER, small=True)
        drop.setAccessibleName(Words.drop_backups_of(each.title))
        drop.clicked.connect(partial(self._on_drop_backups, each.key))
        self.backup_buttons[each.key] = drop
        return _row(each.title, each.about, Words.backups(each.backups), save, drop)

    def _on_review(self, key: str) -> None:
        if self._presenter is not None:
            self._presenter.on_review(key)

    def _on_erase(self, key: str, why: Why, reason: str) -> None:
        if self._presenter is not None:
            self._presenter.on_erase(key, why, reason)

    def _on_keep(self, key: str, months: int, reason: str) -> None:
        if self._presenter is not None:
            self._presenter.on_keep(key, months, reason)

    def _on_period(self, kind: RecordKind, months: str) -> None:
        if self._presenter is not None:
            self._presenter.on_period(kind, int(months))

    def _on_drop_backups(self, key: str) -> None:
        if self._presenter is not None:
            self._presenter.on_drop_backups(key)

    def _choose_place(self, key: str) -> None:
        presenter = self._presenter
        if presenter is None:
            return
        request = FileRequest(
            wanted=Wanted.NEW_FILE,
            title=Words.certificate_dialogue,
            kinds=Words.certificate_kinds,
            suggestion=Path.home() / presenter.file_name(key),
        )
        self._ways.choose(request, lambda paths: presenter.on_certificate(key, paths[0].with_suffix(".pdf")))


def _row(title: str, about: str, note: str, *buttons: Button) -> QWidget:
    lines = [Label(title, Type.STRONG, wrap=True), Label(about, Type.SMALL, wrap=True)]
    if note:
        lines.append(Label(note, Type.SMALL, role=Role.INK_2, wrap=True))
    words = QWidget()
    words.setLayout(Column(*lines, gap=3))
    return SideBySide(words, flowing(*buttons), least=640, stretches=(1,), gap=12)


def _card(title: str, about: str, content: Column) -> Card:
    head = [Label(title, Type.H2, wrap=True), *([Label(about, Type.MUTED, wrap=True)] if about else [])]
    return Card(Column(*head, 4, content, gap=8, margins=(24, 18, 24, 20)))


def _fill(column: Column, rows: Sequence[QWidget], nothing: str) -> None:
    _clear(column)
    for place, row in enumerate(rows):
        if place:
            column.add(Divider())
        column.add(row)
    if not rows and nothing:
        column.add(Label(nothing, Type.MUTED, wrap=True))


def _clear(column: Column) -> None:
    while (item := column.takeAt(0)) is not None:
        if (gone := item.widget()) is not None:
            gone.hide()
            gone.deleteLater()


def _combo(kind: RecordKind) -> Combo:
    return Combo(Words.periods[kind], tuple((str(months), Words.period(months)) for months in CHOICES))
