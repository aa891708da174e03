"""Parts of the home screen: how grades and states look, the card to go on with, the list before sending."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from iowscp_desktop import text
from iowscp_desktop.app.editions import Edition
from iowscp_desktop.app.filling import Status
from iowscp_desktop.domain.scale import Point
from iowscp_desktop.ui.home.states import Count, Deed, Going, GoOn, StepLine
from iowscp_desktop.ui.theme import Icon, Mark, Role, Symbol, Tone, Type, mark_of
from iowscp_desktop.ui.widgets.bars import Segment
from iowscp_desktop.ui.widgets.buttons import Button, Kind
from iowscp_desktop.ui.widgets.dates import write_date
from iowscp_desktop.ui.widgets.labels import Label, Picture
from iowscp_desktop.ui.widgets.layouts import Column, Row, SideBySide, flowing
from iowscp_desktop.ui.widgets.surfaces import Card, show_or_hide

Words = text.Home
STATUSES: dict[Status, tuple[str, Tone, Icon | None]] = {
    Status.COMPLETED: (Words.status_completed, Tone.GREEN, Icon.CHECK),
    Status.IN_PROGRESS: (Words.status_in_progress, Tone.BLUE, Icon.PENCIL_LINE),
    Status.NEEDS_ATTENTION: (Words.status_needs_attention, Tone.RED, Icon.TRIANGLE_ALERT),
    Status.NOT_STARTED: (Words.status_not_started, Tone.GREY, None),
    Status.NOT_ASKED: (Words.status_not_asked, Tone.GREY, None),
}
ANSWERED = Mark(Symbol.TICK, Tone.BLUE)
_MARKS = {
    Status.COMPLETED: ANSWERED,
    Status.IN_PROGRESS: Mark(Symbol.TRIANGLE, Tone.AMBER),
    Status.NEEDS_ATTENTION: Mark(Symbol.OCTAGON, Tone.RED),
}
_ICONS = {
    Deed.ANSWER: Icon.CIRCLE_DASHED,
    Deed.MEND: Icon.TRIANGLE_ALERT,
    Deed.EVIDENCE: Icon.PAPERCLIP,
    Deed.SIGN: Icon.LOCK,
    Deed.SEND: Icon.SEND,
    Deed.RECEIPT: Icon.INBOX,
}


def segments_of(counts: Sequence[Count]) -> tuple[Segment, ...]:
    """Return the parts of a bar."""
    return tuple(_segment(count) for count in counts)


def _segment(count: Count) -> Segment:
    match count.look:
        case Point() as point:
            return Segment(mark_of(point), point.label, count.count)
        case Status() as status:
            words = Words.other_answers if status is Status.COMPLETED else STATUSES[status][0]
            return Segment(_MARKS.get(status, ANSWERED), words, count.count)


class GoOnCard(Card):
    """Where one goes on: the one primary button of the screen."""

    def __init__(self, on_entry: Callable[[str], None], on_check: Callable[[], None]) -> None:
        super().__init__(back=Role.PRIMARY_TINT, line=None)
        self._on_entry, self._on_check = on_entry, on_check
        self._going: GoOn | None = None
        self._over, self._title = Label("", Type.OVERLINE), Label("", Type.STRONG, wrap=True)
        self._about = Label("", Type.SMALL, wrap=True)
        self.button = Button(Words.go_on_button, Kind.PRIMARY, trailing=Icon.ARROW_RIGHT)
        self.button.clicked.connect(self._on_clicked)
        words = QWidget()
        words.setLayout(Column(self._over, self._title, self._about, None, gap=3))
        row = Row(gap=10, margins=(20, 16, 18, 16))
        row.add(SideBySide(words, flowing(self.button), least=310, stretches=(1,), gap=10), 1)
        self.setLayout(row)

    def show_going(self, go_on: GoOn) -> None:
        """Show where one goes on."""
        self._going = go_on
        title = Words.entry(go_on.number, go_on.title)
        over, title, about, button = {
            Going.BEGIN: (Words.begin, title, go_on.section, Words.begin_button),
            Going.GO_ON: (Words.go_on, title, go_on.section, Words.go_on_button),
            Going.CHECK: (Words.before, Words.all_done, Words.all_done_about, Words.check_button),
            Going.LOCKED: (Words.before, Words.locked, Words.locked_about, Words.check_button),
        }[go_on.going]
        self._over.setText(over.upper())
        self._over.setAccessibleName(over)
        self._title.setText(title)
        self._about.setText(about)
        self.button.show_words(button)
        self.button.setAccessibleDescription(f"{title}. {about}")

    def _on_clicked(self) -> None:
        if self._going is not None and self._going.entry_id:
            self._on_entry(self._going.entry_id)
        else:
            self._on_check()


class _Step(QWidget):
    """One line: an icon, what is to be done, how it stands."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = Picture(Icon.CIRCLE_DASHED, Role.INK_2, 20)
        self._title, self._about = Label("", Type.STRONG, wrap=True), Label("", Type.SMALL, wrap=True)
        row = Row(gap=12)
        side = Column(2, self._icon, None, gap=0)
        row.add(side)
        row.add(Column(self._title, self._about, gap=0), 1)
        self.setLayout(row)

    def show_step(self, step: StepLine) -> None:
        """Show how it stands."""
        title, about = _words(step)
        wrong = step.deed is Deed.MEND and not step.done
        icon = Icon.CIRCLE_CHECK_BIG if step.done else Icon.SIGNATURE if _can_sign(step) else _ICONS[step.deed]
        role = Role.GREEN_INK if step.done else Role.RED_INK if wrong else Role.INK_2
        self._icon.show_icon(icon, role)
        self._title.setText(title)
        self._about.setText(about)
        self.setAccessibleName(Words.step(Words.done_mark if step.done else Words.open_mark, title, about))


def _can_sign(step: StepLine) -> bool:
    return step.deed is Deed.SIGN and step.ready


def _words(step: StepLine) -> tuple[str, str]:
    when = write_date(step.at.date()) if step.at is not None else ""
    match step.deed:
        case Deed.ANSWER:
            return Words.answer, Words.answer_done if step.done else Words.answer_left(step.count, step.of)
        case Deed.MEND:
            return Words.mend, Words.mend_done if step.done else Words.mend_left(step.count)
        case Deed.EVIDENCE:
            return Words.evidence, Words.files(step.count, step.of) if step.done else Words.evidence_none
        case Deed.SIGN:
            waiting = Words.sign_after(step.after) if step.after else Words.sign_when_complete
            return Words.signs(step.role), (
                Words.signed(step.name, when) if step.done else Words.sign_next if step.ready else waiting
            )
        case Deed.SEND:
            return Words.send, (Words.sent(when) if step.done else Words.send_now if step.ready else Words.send_later)
        case Deed.RECEIPT:
            return Words.receipt, Words.receipt_came(step.number) if step.done else Words.receipt_waiting


class EditionCard(Card):
    """That another edition of the audit is here, and the way to compare."""

    def __init__(self, on_look: Callable[[], None]) -> None:
        super().__init__()
        self._icon = Picture(Icon.INFO, Role.INK_2, 22)
        self._words, self._about = Label("", Type.STRONG, wrap=True), Label("", Type.BODY, wrap=True)
        self.button = Button(text.Editions.look, small=True)
        self.button.clicked.connect(on_look)
        row = Row(gap=12, margins=(20, 12, 16, 12))
        row.add(Column(self._icon, None, gap=0))
        row.add(Column(self._words, self._about, flowing(self.button), gap=6), 1)
        self.setLayout(row)

    def show_edition(self, edition: Edition | None, current: str, late: int) -> None:
        """Speak of an edition; a newer one stands out, and answers that came in for an earlier one most of all."""
        show_or_hide(self, shown=edition is not None)
        if edition is None:
            return
        words = text.Editions
        tone = Tone.AMBER if late else Tone.BLUE if edition.is_newer else Tone.GREY
        self.show_look(tone.tint, None, tone)
        self._icon.show_icon(Icon.INFO, tone.ink)
        if late:
            self._words.setText(words.late(late))
            self._about.setText(words.late_about)
            return
        self._words.setText((words.newer if edition.is_newer else words.other)(edition.edition))
        self._about.setText(words.newer_about(current) if edition.is_newer else words.other_about)


class StepsCard(Card):
    """What is to be done before the return is received."""

    def __init__(self, on_send: Callable[[], None]) -> None:
        super().__init__()
        self.send = Button(Words.send, icon=Icon.SEND)
        self.send.clicked.connect(on_send)
        self._lines = Column(gap=14)
        self._steps: list[_Step] = []
        self.setLayout(Column(Label(Words.before, Type.H2), self._lines, self.send, gap=14, margins=(22, 18, 20, 20)))

    def show_steps(self, steps: Sequence[StepLine]) -> None:
        """Show how they stand."""
        while len(self._steps) < len(steps):
            line = _Step()
            self._steps.append(line)
            self._lines.add(line)
        for place, line in enumerate(self._steps):
            show_or_hide(line, shown=place < len(steps))
            if place < len(steps):
                line.show_step(steps[place])
