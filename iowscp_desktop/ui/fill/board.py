"""What is drawn: list, question, guidance and the strip below. It shows what it is told and decides nothing."""

from PySide6.QtWidgets import QWidget

from iowscp_desktop import text
from iowscp_desktop.app.filling import RepeatState
from iowscp_desktop.domain.ids import InstanceId
from iowscp_desktop.errors import AppError
from iowscp_desktop.ui.fill.foot import Foot
from iowscp_desktop.ui.fill.guidance import GuidancePane
from iowscp_desktop.ui.fill.list_pane import ListPane
from iowscp_desktop.ui.fill.question_panel import QuestionPanel
from iowscp_desktop.ui.fill.states import FootState, ListState, Notices, QuestionState, Ways
from iowscp_desktop.ui.notify import announce
from iowscp_desktop.ui.theme import Icon, Role, Type
from iowscp_desktop.ui.widgets.buttons import Button
from iowscp_desktop.ui.widgets.fields import SearchField
from iowscp_desktop.ui.widgets.labels import Label, Picture
from iowscp_desktop.ui.widgets.layouts import Column, Row
from iowscp_desktop.ui.widgets.messages import Message, Weight
from iowscp_desktop.ui.widgets.pages import Crumb, TopBar
from iowscp_desktop.ui.widgets.panes import ThreePanes
from iowscp_desktop.ui.widgets.surfaces import Pane, ScrollPane, show_or_hide

_HOME, _HERE = "home", "here"


class FillBoard(QWidget):
    """Shows one response being filled in."""

    def __init__(
        self,
        ways: Ways,
    ) -> None:
        super().__init__()
        self.list_pane, self.guidance, self.foot = ListPane(), GuidancePane(), Foot()
        self.panel = QuestionPanel(ways)
        self.search = SearchField(text.Fill.find)
        self.check = Button(text.Fill.check, small=True)
        self._has_home = False
        self._section = self._whose = ""
        self._reading_words = Label("", Type.BODY, wrap=True)
        self._reading = self._make_reading()
        self._scroll = self._make_scroll()
        work = QWidget()
        column = Column(gap=0)
        column.add(self._scroll, 1)
        column.add(self.foot)
        work.setLayout(column)
        self.panes = ThreePanes(self.list_pane, work, self.guidance)
        self.top = TopBar((), self.panes.list_button, self.panes.context_button, self.search, self.check)
        whole = Column(self.top, gap=0)
        whole.add(self.panes, 1)
        self.setLayout(whole)

    def show_ways(self, *, home: bool, settle: bool, check: bool) -> None:
        """Say which ways lead out of here."""
        self._has_home = home
        self._section = ""
        show_or_hide(self.panel.settle_button, shown=settle)
        show_or_hide(self.check, shown=check)
        self.foot.show_ways(check=check)

    def show_notices(self, notices: Notices) -> None:
        """Show the tool's standing words."""
        self.guidance.show_notices(notices)

    def show_list(self, state: ListState, current: str) -> None:
        """Show the list, with the question at hand marked."""
        section = text.Fill.section_title(state.section.number, state.section.title)
        if section != self._section:
            self._section = section
            words = text.Fill.rounds if self._whose else text.Fill.home
            home = (Crumb(_HOME, words),) if self._has_home else ()
            self.top.show_crumbs((*home, Crumb(_HERE, section)))
        self.list_pane.show_list(state, current)

    def show_question(self, state: QuestionState) -> None:
        """Show another question, from its top."""
        self.panel.show_question(state)
        self.guidance.show_guidance(state.entry.guidance)
        self._scroll.verticalScrollBar().setValue(0)
        self.panes.show_work()
        self.say(text.Fill.spoken_number(state.entry.number, state.entry.question))

    def update_question(self, state: QuestionState) -> None:
        """Show the same question, changed. What is being typed stays."""
        self.panel.show_question(state)

    def show_foot(self, state: FootState) -> None:
        """Show what can be done next."""
        self.foot.show_state(state)

    def show_locked(self, *, is_locked: bool, is_signed: bool, whose: str = "") -> None:
        """Say whether the response can be changed; `whose` it is where somebody else's is only read."""
        self._whose = whose
        self._reading_words.setText(text.Fill.reading(whose))
        show_or_hide(self._reading, shown=bool(whose))
        self.panel.locked.show_words(text.Fill.locked if is_signed else text.Fill.locked_unsigned)
        if not is_locked:
            self.panel.locked.fold()
        show_or_hide(self.panel.locked, shown=is_locked and not whose)
        self.foot.show_fixed(is_fixed=is_locked)

    def show_saved(self, time: str, *, failed: bool = False) -> None:
        """Say when it was last saved, or that it was not."""
        self.foot.show_saved(time, failed=failed)

    def show_undo(self, what: str) -> None:
        """Offer to take the last deed back; '' offers nothing."""
        self.foot.show_undo(what)

    def show_adding(self, count: int) -> None:
        """Say that files are being taken in; 0: no more."""
        self.panel.parts.show_adding(count)

    def show_refused(self, name: str, error: AppError) -> None:
        """Say that a file was not taken, and why."""
        words = text.Fill.not_added(name, error.message)
        self.panel.say(Message(weight=Weight.PROBLEM, words=words, remedy=error.remedy, code=error.code))
        self.say(f"{words} {error.remedy}")

    def show_copied(self, place: str) -> None:
        """Say where a copy was written."""
        words = text.Fill.copied(place)
        self.panel.say(Message(weight=Weight.DONE, words=words, remedy=text.Fill.copied_note))
        self.say(words)

    def go_to_card(self, repeat: RepeatState, instance: InstanceId, *, button: str = "") -> None:
        """Put the focus into one of what repeats."""
        self.panel.cards.go_in(repeat, instance, button=button)

    def say(self, words: str) -> None:
        """Have a screen reader say something."""
        announce(self.panel, words)

    def flush(self) -> None:
        """Save what is being typed."""
        self.panel.flush()

    def _make_reading(self) -> Pane:
        row = Row(Picture(Icon.EYE, Role.INK_2, 18), gap=10, margins=(24, 8, 24, 8))
        row.add(self._reading_words, 1)
        pane = Pane(row, back=Role.SUNKEN, edges="b")
        pane.hide()
        return pane

    def _make_scroll(self) -> ScrollPane:
        body = QWidget()
        row = Row(gap=0)
        row.add(self.panel, 1000)  # as wide as it likes to be; what is left over stays at the right
        row.add(None)
        body.setLayout(Column(self._reading, row, gap=0))
        return ScrollPane(body)
