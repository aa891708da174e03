"""Backups, drawn: what is there, what is in one, and the ways back."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QWidget

from iowscp_desktop.text.backups import Backups as Words
from iowscp_desktop.ui.backups.presenter import BackupsPresenter, Line, Seen
from iowscp_desktop.ui.choosing import Choose, FileRequest, Wanted
from iowscp_desktop.ui.notify import announce
from iowscp_desktop.ui.theme import Icon, Role, Type
from iowscp_desktop.ui.widgets.buttons import Button, Kind
from iowscp_desktop.ui.widgets.centred import Centred
from iowscp_desktop.ui.widgets.fields import Field, SecretField
from iowscp_desktop.ui.widgets.labels import Label, Picture
from iowscp_desktop.ui.widgets.layouts import Column, Row, SideBySide, flowing
from iowscp_desktop.ui.widgets.pages import Crumb, PageTitle, TopBar
from iowscp_desktop.ui.widgets.surfaces import PANE, Card, Divider, show_or_hide

_BACK = "back"


class BackupsPage(QWidget):
    """The list with what can be done, or the one backup that is being looked into."""

    def __init__(self, choose: Choose, *, is_damaged: bool, on_back: Callable[[], None]) -> None:
        super().__init__()
        self._choose, self._on_back, self._is_damaged = choose, on_back, is_damaged
        self._presenter: BackupsPresenter | None = None
        self._seen: Seen | None = None
        self.setWindowTitle(Words.damaged_title if is_damaged else Words.title)
        self.look_buttons: dict[str, Button] = {}
        self.passphrase = SecretField(Words.passphrase)
        self._field = Field(Words.passphrase, self.passphrase, hint=Words.passphrase_hint)
        self._said = Label("", Type.BODY, wrap=True)
        self._newest, self._where = Label("", Type.MUTED, wrap=True), Label("", Type.MUTED, wrap=True)
        self.now = Button(Words.now, Kind.PRIMARY, icon=Icon.ARCHIVE)
        self.check = Button(Words.check, icon=Icon.SHIELD_CHECK)
        self.choose_folder = Button(Words.where_choose, icon=Icon.FOLDER_OPEN)
        self.drop_folder = Button(Words.where_drop)
        self.save = Button(Words.save, Kind.PRIMARY, icon=Icon.SHIELD_CHECK)
        self.again = Button(Words.again)
        self.go_back = Button(Words.back, Kind.DANGER)
        self.leave = Button(Words.leave)
        self._rows, self._lines = Column(gap=10), Column(gap=6)
        self._seen_title, self._lost = Label("", Type.H2, wrap=True), Label("", Type.BODY, wrap=True)
        self._stack = QStackedWidget()
        self._list, self._one = self._make_list(), self._make_one()
        self._stack.addWidget(self._list)
        self._stack.addWidget(self._one)
        whole = Column(gap=0)
        if not is_damaged:
            top = TopBar((Crumb(_BACK, Words.settings), Crumb("", Words.title)))
            top.followed.connect(self._leave_page)
            whole.add(top)
        whole.add(self._stack, 1)
        self.setLayout(whole)

    def start(self, presenter: BackupsPresenter) -> None:
        """Keep the presenter and let it show what there is."""
        self._presenter = presenter
        self.now.clicked.connect(presenter.on_back_up)
        self.check.clicked.connect(presenter.on_check)
        self.choose_folder.clicked.connect(self._ask_folder)
        self.drop_folder.clicked.connect(partial(presenter.on_folder, None))
        self.save.clicked.connect(self._on_save)
        self.again.clicked.connect(self._on_back)
        self.go_back.clicked.connect(self._on_go_back)
        self.leave.clicked.connect(presenter.on_leave)
        presenter.start()

    def on_shown(self) -> None:
        """It came to the front."""
        (self.passphrase if self._is_damaged else self.now).setFocus()

    # --- what the presenter shows ------------------------------------------------------------

    def show_list(self, lines: tuple[Line, ...], newest: str, where: str) -> None:
        """Show the backups that are there, when the newest was made, and the second place if there is one."""
        self.look_buttons.clear()
        self._newest.setText(newest)
        self._where.setText(where or Words.where_none)
        show_or_hide(self.drop_folder, shown=bool(where))
        _clear(self._rows)
        for place, line in enumerate(lines):
            if place:
                self._rows.add(Divider())
            self._rows.add(self._row(line))
        if not lines:
            self._rows.add(Label(Words.now_none, Type.MUTED, wrap=True))

    def show_seen(self, seen: Seen | None) -> None:
        """Show what is in one; None shows the list again."""
        self._seen = seen
        if seen is None:
            self._stack.setCurrentWidget(self._list)
            self.passphrase.setFocus()
            return
        self._seen_title.setText(Words.line(seen.title, elsewhere=False))
        self._lost.setText(seen.lost)
        _clear(self._lines)
        for words in seen.lines or (Words.preview_empty,):
            self._lines.add(Label(words, Type.BODY, wrap=True))
        self._stack.setCurrentWidget(self._one)
        self.leave.setFocus()
        announce(self, " ".join((Words.preview_title, *seen.lines, seen.lost)))

    def show_said(self, words: str, *, is_wrong: bool = False) -> None:
        """Say what is going on, or what came of it."""
        self._field.show_problem("")
        self._said.setText(words)
        self._said.show_role(Role.RED_INK if is_wrong else Role.INK)
        show_or_hide(self._said_card, shown=bool(words))
        if words:
            announce(self, words)

    def show_passphrase_missing(self) -> None:
        """Mark the passphrase's field."""
        self._field.show_problem(Words.passphrase_missing)
        self.passphrase.setFocus()

    # --- inside ------------------------------------------------------------------------------

    def _make_list(self) -> QWidget:
        unused: list[QWidget]
        self._said_card = Card(Column(self._said, margins=(24, 16, 24, 16)))
        show_or_hide(self._said_card, shown=False)
        there = _card(Words.list_title, "", self._field, _widget(self._rows))
        if self._is_damaged:
            title = Row(Picture(Icon.SHIELD_CHECK, Role.PRIMARY_TEXT, 34), gap=18)
            title.add(PageTitle(Words.damaged_title, Words.damaged_about), 1)
            buttons = flowing(self.save, self.again)
            unused = [self._newest, self._where, self.now, self.check, self.choose_folder, self.drop_folder]
            parts = [_widget(title), self._said_card, there, _card(Words.save_title, Words.save_about, buttons)]
        else:
            unused = [self.save, self.again]
            parts = [
                PageTitle(Words.title, Words.about),
                self._said_card,
                _card(Words.now_title, "", self._newest, flowing(self.now)),
                there,
                _card(Words.where_title, Words.where_about, self._where, flowing(self.choose_folder, self.drop_folder)),
                _card(Words.check_title, Words.check_about, flowing(self.check)),
            ]
        self._unused = _widget(Column(*unused))  # what is in no window would be a window of its own
        self._unused.setParent(self)
        self._unused.hide()
        body = Centred(Column(*parts, None, gap=16), width=760, margins=(32, 22, 28, 24))
        body.setProperty(PANE, "yes")
        return body

    def _make_one(self) -> QWidget:
        card = _card(Words.preview_title, "", self._seen_title, _widget(self._lines), self._lost)
        ways = _card(Words.back_title, Words.back_about, flowing(self.leave, self.go_back))
        body = Centred(Column(card, ways, None, gap=16), width=760, margins=(32, 22, 28, 24))
        body.setProperty(PANE, "yes")
        return body

    def _row(self, line: Line) -> QWidget:
        button = Button(Words.look, small=True)
        button.setAccessibleName(Words.look_into(line.title))
        button.clicked.connect(partial(self._on_look, line.key))
        self.look_buttons[line.key] = button
        words = _widget(
            Column(Label(line.title, Type.STRONG, wrap=True), Label(line.about, Type.SMALL, wrap=True), gap=3)
        )
        return SideBySide(words, flowing(button), least=520, stretches=(1,), gap=12)

    def _ask_folder(self) -> None:
        presenter = self._presenter
        if presenter is not None:
            request = FileRequest(wanted=Wanted.FOLDER, title=Words.where_dialogue, suggestion=Path.home())
            self._choose(request, lambda paths: presenter.on_folder(paths[0]))

    def _on_look(self, key: str) -> None:
        if self._presenter is not None:
            self._presenter.on_look(key, self.passphrase.text())

    def _on_save(self) -> None:
        if self._presenter is not None:
            self._presenter.on_save(self.passphrase.text())

    def _on_go_back(self) -> None:
        if self._presenter is not None and self._seen is not None:
            self._presenter.on_go_back(self._seen.key)

    def _leave_page(self, *_told: object) -> None:
        if self._seen is not None and self._presenter is not None:
            self._presenter.on_leave()
        else:
            self._on_back()


class PuttingPage(QWidget):
    """Stands in front while a workspace is being put in place."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(Words.working)
        row = Row(Picture(Icon.HOURGLASS, Role.PRIMARY_TEXT, 34), gap=18)
        row.add(PageTitle(Words.working, Words.working_about), 1)
        whole = Column(gap=0)
        whole.add(Centred(Column(Card(Column(row, margins=(32, 28, 32, 28))), None), width=620), 1)
        self.setLayout(whole)


def _card(title: str, about: str, *parts: QWidget) -> Card:
    head = [Label(title, Type.H2, wrap=True), *([Label(about, Type.MUTED, wrap=True)] if about else [])]
    return Card(Column(*head, *parts, gap=12, margins=(26, 18, 24, 20)))


def _widget(layout: Column | Row) -> QWidget:
    widget = QWidget()
    widget.setLayout(layout)
    return widget


def _clear(column: Column) -> None:
    while (item := column.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
