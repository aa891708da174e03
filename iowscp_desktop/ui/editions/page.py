"""The page: what stays, what is called otherwise, what stays behind, what is new; and the two ways from there."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from iowscp_desktop import text
from iowscp_desktop.app.editions import AnswerLine, Comparison, DroppedLine, Edition, RenamedLine, Why
from iowscp_desktop.app.late_answers import LateAnswer
from iowscp_desktop.domain.ids import Sha256
from iowscp_desktop.domain.tool import Part
from iowscp_desktop.ui.editions.presenter import EditionsPresenter
from iowscp_desktop.ui.notify import announce
from iowscp_desktop.ui.theme import Icon, Tone, Type
from iowscp_desktop.ui.widgets.buttons import Button, Kind
from iowscp_desktop.ui.widgets.centred import Centred
from iowscp_desktop.ui.widgets.choices import Combo
from iowscp_desktop.ui.widgets.fields import Field
from iowscp_desktop.ui.widgets.labels import Label, Picture
from iowscp_desktop.ui.widgets.layouts import Column, Row, flowing
from iowscp_desktop.ui.widgets.messages import Message, Weight
from iowscp_desktop.ui.widgets.pages import ActionBar, Crumb, PageTitle, TopBar
from iowscp_desktop.ui.widgets.panels import ProgressPanel
from iowscp_desktop.ui.widgets.surfaces import Card, ScrollPane, show_or_hide

Words = text.Editions
_HOME, _HERE = "home", "here"
_IN_SIGHT = 6
"""So many lines of a group are shown at once; the others when somebody asks."""
_WHYS = {
    Why.NOT_ASKED: Words.not_asked,
    Why.OTHER_KIND: Words.other_kind,
    Why.OTHER_REPEAT: Words.other_repeat,
    Why.TAKEN: Words.taken,
}


class Group(Card):
    """What becomes of some of the answers: how many, what that means, and which."""

    def __init__(self, tone: Tone, icon: Icon, about: str) -> None:
        super().__init__(edge=tone)
        self.heading = Label("", Type.STRONG, role=tone.ink, wrap=True)
        self.lines: list[Label] = []
        self._rest: tuple[str, ...] = ()
        self._column = Column(gap=4)
        self.more = Button(Words.more, Kind.LINK, small=True)
        self.more.clicked.connect(self._show_rest)
        words = Column(self.heading, Label(about, Type.MUTED, wrap=True), self._column, flowing(self.more), gap=4)
        row = Row(gap=12, margins=(20, 14, 18, 14))
        row.add(Column(Picture(icon, tone.ink, 22), None, gap=0))
        row.add(words, 1)
        self.setLayout(row)

    def show_lines(self, heading: str, lines: Sequence[str], *, count: int) -> None:
        """Show some of them; a group without any is not seen."""
        self.heading.setText(heading)
        self.setAccessibleName(heading)
        for gone in self.lines:
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        self.lines, self._rest = [], tuple(lines[_IN_SIGHT:])
        self._add(lines[:_IN_SIGHT])
        show_or_hide(self.more, shown=bool(self._rest))
        show_or_hide(self, shown=bool(count))

    def _add(self, lines: Sequence[str]) -> None:
        for words in lines:
            label = Label(words, Type.BODY, wrap=True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            self.lines.append(label)
            self._column.add(label)

    def _show_rest(self) -> None:
        rest, self._rest = self._rest, ()
        self._add(rest)
        self.more.hide()


class EditionsPage(QWidget):
    """Draws one comparison."""

    def __init__(
        self, *, on_home: Callable[[], None], on_settle: Callable[[], None], say: Callable[[Message], None]
    ) -> None:
        super().__init__()
        self._on_home, self._say = on_home, say
        self._presenter: EditionsPresenter | None = None
        self.top = TopBar((Crumb(_HOME, Words.home), Crumb(_HERE, Words.crumb)))
        self.title = PageTitle(Words.title, "")
        self.choice = Combo(Words.choose)
        self._choice = Field(Words.choose, self.choice)
        self.kept = Group(Tone.GREEN, Icon.CIRCLE_CHECK_BIG, Words.kept_about)
        self.renamed = Group(Tone.BLUE, Icon.ARROW_RIGHT, Words.renamed_about)
        self.again = Group(Tone.AMBER, Icon.TRIANGLE_ALERT, Words.again_about)
        self.dropped = Group(Tone.AMBER, Icon.INBOX, Words.dropped_about)
        self.added = Group(Tone.GREY, Icon.PLUS, Words.added_about)
        self.locked = Group(Tone.AMBER, Icon.LOCK, Words.locked_about)
        self.undecided = Group(Tone.RED, Icon.GIT_COMPARE_ARROWS, Words.undecided_about)
        self.late = Group(Tone.AMBER, Icon.LAPTOP, Words.late_about)
        self.take_button, self.leave_button = Button(Words.take_late, small=True), Button(Words.leave_late, small=True)
        self._late_ways = flowing(self.take_button, self.leave_button)
        self.settle_button = Button(Words.decide, small=True)
        self.move_button = Button("", Kind.PRIMARY)
        self.stay_button = Button("")
        self._stack = QStackedWidget()
        self.settle_button.clicked.connect(on_settle)
        self._build()

    def start(self, presenter: EditionsPresenter) -> None:
        """Take the presenter and begin."""
        self._presenter = presenter
        presenter.start()

    # --- what the presenter shows ------------------------------------------------------------

    def show_comparing(self) -> None:
        """Show that it takes a moment."""
        self._show_working(Words.comparing, Words.comparing_about)

    def show_moving(self) -> None:
        """Show that the answers are being moved."""
        self._show_working(Words.moving, Words.moving_about)

    def show_editions(self, offered: Sequence[Edition], current: Sha256) -> None:
        """Show which editions are here, and which one is compared."""
        self.choice.show_options([(each.package, each.edition) for each in offered])
        self.choice.show_value(current)
        show_or_hide(self._choice, shown=len(offered) > 1)

    def show_comparison(self, comparison: Comparison) -> None:
        """Show what would become of the answers."""
        before, after = comparison.before.edition, comparison.after.edition
        self.title.show_title(Words.heading(before, after), Words.about(before))
        self.kept.show_lines(Words.kept(comparison.kept), (), count=comparison.kept)
        renamed, dropped = comparison.renamed, comparison.dropped
        self.renamed.show_lines(Words.renamed(len(renamed)), [*map(_becomes, renamed)], count=len(renamed))
        again = [Words.answer(_question(line), line.words) for line in comparison.asked_again]
        self.again.show_lines(Words.again(len(again)), again, count=len(again))
        self.dropped.show_lines(Words.dropped(len(dropped)), [*map(_left, dropped)], count=len(dropped))
        added = [Words.question(number, title) for number, title in comparison.added]
        self.added.show_lines(Words.added(len(added)), added, count=len(added))
        self.locked.show_lines(Words.locked, (), count=comparison.is_locked)
        undecided = 0 if comparison.is_locked else comparison.undecided
        self.undecided.show_lines(Words.undecided(undecided), (), count=undecided)
        show_or_hide(self.settle_button, shown=bool(undecided))
        self.move_button.show_words(Words.move(after))
        self.move_button.setEnabled(not comparison.is_locked and not undecided)
        self.stay_button.show_words(Words.stay(before))
        self.stay_button.setEnabled(True)
        self._stack.setCurrentWidget(self._full)
        announce(self, Words.heading(before, after))

    def show_late(self, late: Sequence[LateAnswer]) -> None:
        """Show what came under the names of the earlier edition; nothing when nothing did."""
        self.late.show_lines(Words.late(len(late)), [*map(_late, late)], count=len(late))
        show_or_hide(self._late_ways, shown=bool(late))

    def say_settled(self, *, taken: bool) -> None:
        """Say that late answers were taken over, or left."""
        self._say(Message(weight=Weight.DONE, words=Words.late_taken if taken else Words.late_left))

    def show_moved(self, edition: str) -> None:
        """Say that it was done, and lead back."""
        self._say(Message(weight=Weight.DONE, words=Words.moved(edition), remedy=Words.moved_about))
        self._on_home()

    def show_nothing(self) -> None:
        """There is no other edition here any more: lead back."""
        self._on_home()

    def on_shown(self) -> None:
        """It came to the front."""
        (self.move_button if self.move_button.isEnabled() else self.stay_button).setFocus()

    # --- inside ------------------------------------------------------------------------------

    def _build(self) -> None:
        groups = (
            self.late,
            self._late_ways,
            self.locked,
            self.undecided,
            flowing(self.settle_button),
            self.kept,
            self.renamed,
            self.again,
        )
        rest = (self.dropped, self.added, Label(Words.nothing_lost, Type.MUTED, wrap=True))
        body = QWidget()
        body.setLayout(Column(self.title, self._choice, *groups, *rest, None, gap=12, margins=(32, 22, 28, 22)))
        self._full = ScrollPane(body)
        self.working = ProgressPanel(Words.comparing)
        self.working.cancel_button.hide()
        self.working.show_progress(0, 0, Words.comparing_about)
        self._working = Centred(Column(self.working, None), width=640)
        self._stack.addWidget(self._working)
        self._stack.addWidget(self._full)
        whole = Column(self.top, gap=0)
        whole.add(self._stack, 1)
        whole.add(ActionBar((self.stay_button,), (self.move_button,)))
        self.setLayout(whole)
        self.top.followed.connect(self._on_crumb)
        self.stay_button.clicked.connect(self._on_home)
        self.move_button.clicked.connect(self._on_move)
        self.choice.chosen.connect(self._on_chosen)
        self.take_button.clicked.connect(partial(self._on_late, take=True))
        self.leave_button.clicked.connect(partial(self._on_late, take=False))

    def _show_working(self, title: str, about: str) -> None:
        for button in (self.move_button, self.stay_button):
            button.setEnabled(False)
        self.working.show_title(title)
        self.working.show_progress(0, 0, about)
        self._stack.setCurrentWidget(self._working)

    def _on_crumb(self, _key: str) -> None:
        self._on_home()

    def _on_move(self) -> None:
        if self._presenter is not None:
            self._presenter.on_move()

    def _on_late(self, _checked: bool = False, *, take: bool) -> None:  # noqa: FBT001, FBT002 - as the button tells it
        if self._presenter is not None:
            self._presenter.on_late(take=take)

    def _on_chosen(self, package: str) -> None:
        if self._presenter is not None:
            self._presenter.on_chosen(package)


def _question(line: AnswerLine) -> str:
    part = Words.file if line.part is Part.FILES else line.asked
    return Words.part(Words.question(line.number, line.title), part)


def _late(line: LateAnswer) -> str:
    question = Words.part(Words.question(line.number, line.title), line.asked)
    return Words.late_answer(question, line.came, line.stands)


def _becomes(line: RenamedLine) -> str:
    before = Words.question(line.before, line.before_title)
    return Words.becomes(before, Words.question(line.after, line.after_title), line.note)


def _left(line: DroppedLine) -> str:
    return Words.answer(_question(line.answer), line.answer.words, _WHYS[line.why])
