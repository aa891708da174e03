"""What people see who answer: a greeting, the questions, a thank-you. It stands in front of the whole program."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from iowscp_desktop.app.survey_sheets import Asked
from iowscp_desktop.text.survey import Survey as Words
from iowscp_desktop.ui.notify import announce
from iowscp_desktop.ui.survey.presenter import KioskPresenter
from iowscp_desktop.ui.survey.sheet import SheetForm
from iowscp_desktop.ui.theme import Icon, Type
from iowscp_desktop.ui.widgets.buttons import Button, Kind
from iowscp_desktop.ui.widgets.centred import Centred
from iowscp_desktop.ui.widgets.labels import Label
from iowscp_desktop.ui.widgets.layouts import NO_MARGINS, Column, flowing
from iowscp_desktop.ui.widgets.messages import BannerStack, Message, Weight
from iowscp_desktop.ui.widgets.name_watch import Look
from iowscp_desktop.ui.widgets.pages import PageTitle
from iowscp_desktop.ui.widgets.surfaces import PANE

_WIDTH: Final = 720


class KioskPage(QWidget):
    """One person after another. What one of them typed lies in widgets that go with them."""

    def __init__(self, look: Look | None = None) -> None:
        super().__init__()
        self._look = look
        self._presenter: KioskPresenter | None = None
        self.form: SheetForm | None = None
        self.setProperty(PANE, "yes")
        self.setWindowTitle(Words.title)
        self.banners = BannerStack(margins=NO_MARGINS)
        self._stack = QStackedWidget()
        self._build_welcome()
        self._build_sheet()
        self._build_leaving()
        self._build_thanks()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.banners)
        layout.addWidget(self._stack, 1)

    def start(self, presenter: KioskPresenter) -> None:
        """Keep the presenter and greet the first person."""
        self._presenter = presenter
        self.begin.clicked.connect(presenter.on_start)
        self.end.clicked.connect(presenter.on_end)
        self.hand_in.clicked.connect(presenter.on_hand_in)
        self.leave.clicked.connect(presenter.on_leave)
        self.leave_yes.clicked.connect(presenter.start)
        self.leave_no.clicked.connect(self._back_to_sheet)
        self.next_person.clicked.connect(presenter.start)
        presenter.start()

    def on_shown(self) -> None:
        """It came to the front."""
        self.begin.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_welcome(self, title: str, care: str) -> None:
        """Greet the next person."""
        self._clear()
        self._welcome_title.show_title(title, Words.promise)
        self._care.setText(f"{Words.take_care} {care}".strip())
        self._go(self._welcome, self.begin)

    def show_sheet(self, questions: tuple[Asked, ...]) -> None:
        """Show an empty sheet."""
        self._clear()
        if self._presenter is None:
            return
        self.form = SheetForm(questions, self._presenter.on_answered, self._look)
        self._questions.add(self.form)
        self._stack.setCurrentWidget(self._sheet)
        self._sheet.verticalScrollBar().setValue(0)
        asked = (each.id for each in questions if each.relevant and self.form.focuses(each.id))
        self.form.go_to(next(asked, questions[0].id))

    def update_sheet(self, questions: tuple[Asked, ...]) -> None:
        """Show what is asked now."""
        if self.form is not None:
            self.form.update_questions(questions)
        if not any(each.problem for each in questions):
            self._say_nothing()

    def show_wrong(self, questions: tuple[Asked, ...]) -> None:
        """Go to the first that needs putting right."""
        self._say(Weight.WARNING, Words.still)
        if self.form is not None:
            self.form.go_to(questions[0].id)
            self._sheet.reveal(self.form.fields[questions[0].id])

    def show_not_kept(self, words: str) -> None:
        """Say that the disk did not take it."""
        self._say(Weight.PROBLEM, words)

    def show_leaving(self) -> None:
        """Ask whether to leave."""
        self._say_nothing()
        self._go(self._leaving, self.leave_no)

    def show_thanks(self) -> None:
        """Say that it is handed in."""
        self._clear()
        self._go(self._thanks, self.next_person)
        announce(self, f"{Words.thanks} {Words.thanks_about}")

    # --- inside ------------------------------------------------------------------------------

    def _clear(self) -> None:
        """Take everything of one person away: fields with what can be undone in them, messages, what was copied."""
        self._say_nothing()
        gone, self.form = self.form, None
        if gone is not None:
            gone.forget()
            gone.hide()
            self._questions.removeWidget(gone)
            gone.setParent(None)
            gone.deleteLater()
        clipboard = QGuiApplication.clipboard()
        clipboard.clear()
        if clipboard.supportsSelection():
            clipboard.clear(QClipboard.Mode.Selection)

    def _say(self, weight: Weight, words: str) -> None:
        self._say_nothing()
        self.banners.say(Message(weight=weight, words=words))
        announce(self, words)

    def _say_nothing(self) -> None:
        while self.banners.take_newest():
            pass

    def _go(self, page: QWidget, first: QWidget) -> None:
        self._stack.setCurrentWidget(page)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _back_to_sheet(self) -> None:
        self._go(self._sheet, self.hand_in)

    def _build_welcome(self) -> None:
        self._welcome_title = PageTitle(Words.welcome, Words.promise)
        self._care = Label("", Type.BODY, wrap=True)
        self.begin = Button(Words.start, Kind.PRIMARY, icon=Icon.ARROW_RIGHT)
        self.end = Button(Words.end, Kind.QUIET, icon=Icon.LOCK)
        column = Column(self._welcome_title, self._care, 6, flowing(self.begin), 40, flowing(self.end), None, gap=14)
        self._welcome = self._add(column)

    def _build_sheet(self) -> None:
        self.hand_in = Button(Words.hand_in, Kind.PRIMARY, icon=Icon.CHECK)
        self.leave = Button(Words.leave, Kind.QUIET)
        self._questions = Column(gap=0)
        column = Column(self._questions, 10, flowing(self.hand_in, self.leave), None, gap=14)
        self._sheet = self._add(column)

    def _build_leaving(self) -> None:
        self.leave_no = Button(Words.leave_no, Kind.PRIMARY)
        self.leave_yes = Button(Words.leave_yes)
        title = PageTitle(Words.leave_title, Words.leave_about)
        self._leaving = self._add(Column(title, 6, flowing(self.leave_no, self.leave_yes), None, gap=14))

    def _build_thanks(self) -> None:
        self.next_person = Button(Words.next_person, Kind.PRIMARY, icon=Icon.ARROW_RIGHT)
        title = PageTitle(Words.thanks, Words.thanks_about)
        self._thanks = self._add(Column(title, 6, flowing(self.next_person), None, gap=14))

    def _add(self, column: Column) -> Centred:
        page = Centred(column, width=_WIDTH)
        self._stack.addWidget(page)
        return page
