"""The parts of the comparison: the school's answer, each member's score, and what was agreed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from iowscp_desktop.app.panel import Judge
from iowscp_desktop.domain.scale import Point
from iowscp_desktop.text.panel import Panel
from iowscp_desktop.ui.panel.presenter import ItemState, MemberState
from iowscp_desktop.ui.theme import UNANSWERED, Icon, Role, Tone, Type, mark_of
from iowscp_desktop.ui.widgets.buttons import Button, Kind
from iowscp_desktop.ui.widgets.facts import Facts
from iowscp_desktop.ui.widgets.fields import Field, TextArea
from iowscp_desktop.ui.widgets.labels import Label, Picture
from iowscp_desktop.ui.widgets.layouts import Column, Row, SideBySide, flowing
from iowscp_desktop.ui.widgets.name_watch import Look, NameWatch
from iowscp_desktop.ui.widgets.surfaces import Card, ScrollPane
from iowscp_desktop.ui.widgets.tags import Tag
from iowscp_desktop.ui.widgets.tiles import RatingRow, choices_of

_INSIDE = (20, 14, 20, 16)
_MEMBER = 230  # the least width of one member's card, in lengths of the design


class Said(QWidget):
    """Cards that are made anew for each standard: the school's answer above, the members side by side below."""

    def __init__(self) -> None:
        super().__init__()
        self._column = Column(gap=12)
        self.setLayout(self._column)

    def show_item(self, state: ItemState) -> None:
        """Show another standard."""
        while (item := self._column.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        self._column.add(_own_card(state))
        cards = [_member_card(member, state) for member in state.members]
        if cards:
            self._column.add(SideBySide(*cards, least=_MEMBER * len(cards), stretches=[1] * len(cards), gap=12))


class AgreedCard(Card):
    """The tiles and the reason."""

    def __init__(self) -> None:
        super().__init__(edge=Tone.BLUE)
        self.tiles = RatingRow()
        self.reason = TextArea(Panel.reason, least_lines=2)
        self._tag = Tag(Panel.not_agreed, Tone.GREY)
        top = Row(Picture(Icon.SCALE, Role.INK_2, 20), gap=9)
        top.add(Label(Panel.agreed_title, Type.H2, wrap=True), 1)
        top.add(self._tag)
        self._field = Field(Panel.reason, self.reason, hint=Panel.reason_hint)
        self.watch: NameWatch | None = None
        self.setLayout(Column(top, self.tiles, self._field, gap=12, margins=(24, 16, 20, 18)))
        self.setAccessibleName(Panel.agreed_title)

    def watch_names(self, look: Look) -> None:
        """Look over the reason for what seems to point at somebody: the school reads it."""
        self.watch = NameWatch(self._field, self.reason, look)

    def show_item(self, state: ItemState) -> None:
        """Show another standard, or what was agreed on it."""
        self.tiles.show_choices(choices_of(state.tiles))
        self.tiles.show_question(f"{Panel.agreed_title}. {state.question}")
        self.tiles.show_value(state.point or None)
        self._field.show_hint(Panel.reason_needed_hint if state.needs_reason else Panel.reason_hint)
        if state.is_agreed:
            self._tag.show_state(Panel.agreed, Tone.GREEN, icon=Icon.CHECK)
            self._field.show_problem("")
        elif state.point:
            self._tag.show_state(Panel.not_recorded, Tone.AMBER, icon=Icon.PENCIL_LINE)
        else:
            self._tag.show_state(Panel.not_agreed, Tone.GREY)

    def show_reason(self, words: str) -> None:
        """Show a reason that was kept."""
        is_other = words != self.reason.text()
        self.reason.show_text(words)
        if self.watch is not None and is_other:
            self.watch.forget()
            self.watch.words_shown()

    def show_problem(self, words: str) -> None:
        """Say what is missing, and go there."""
        self._field.show_problem(words)
        if words:
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)


class NoteCard(Card):
    """Something to read, and ways on."""

    def __init__(self) -> None:
        super().__init__(back=Role.GREEN_TINT, line=Role.GREEN, edge=Tone.GREEN)
        self._words = Label("", Type.STRONG, wrap=True)
        self.back_button = Button(Panel.back, Kind.PRIMARY)
        self.close_button = Button(Panel.close, Kind.QUIET)
        row = Row(Picture(Icon.CIRCLE_CHECK_BIG, Role.GREEN_INK, 22), gap=12)
        row.add(self._words, 1)
        self.setLayout(Column(row, flowing(self.back_button, self.close_button), gap=8, margins=(20, 12, 20, 12)))
        self.close_button.clicked.connect(self.hide)
        self.hide()

    def say(self, words: str, *, is_done: bool) -> None:
        """Say something; `is_done` leads back."""
        self._words.setText(words)
        self.setAccessibleName(words)
        self.back_button.setVisible(is_done)
        self.show()


class WaitingPane(ScrollPane):
    """Whose scores are missing, and what to do about it."""

    left = Signal()

    def __init__(self) -> None:
        self._facts = Facts()
        self.back_button = Button(Panel.back, Kind.PRIMARY)
        heading = Row(Picture(Icon.CLOCK, Role.PRIMARY_TEXT, 24), gap=10)
        heading.add(Label(Panel.waiting, Type.H2, wrap=True), 1)
        about = Label(Panel.waiting_about, Type.BODY, wrap=True)
        inside = Column(heading, about, self._facts, flowing(self.back_button), gap=14, margins=(24, 20, 24, 20))
        body = QWidget()
        body.setLayout(Column(Card(inside, edge=Tone.BLUE), None, gap=14, margins=(36, 28, 36, 28)))
        super().__init__(body)
        self.back_button.clicked.connect(self.left)

    def show_judges(self, judges: Sequence[Judge]) -> None:
        """Show who has sent theirs and who has not."""
        self._facts.show_facts([(judge.name, Panel.is_in if judge.finished else Panel.is_missing) for judge in judges])


def _own_card(state: ItemState) -> Card:
    top = Row(Picture(Icon.SCHOOL, Role.INK_2, 20), gap=9)
    top.add(Label(Panel.says, Type.STRONG, wrap=True), 1)
    top.add(_grade(state.own, Panel.no_grade))
    column = Column(top, gap=8, margins=_INSIDE)
    for label, words in state.words:
        column.add(Column(Label(label, Type.CAPTION, wrap=True), _readable(words), gap=2))
    if not state.words:
        column.add(Label(Panel.no_words, Type.MUTED, wrap=True))
    card = Card(column)
    card.setAccessibleName(f"{Panel.says}: {state.own.label if state.own else Panel.no_grade}")
    return card


def _member_card(member: MemberState, state: ItemState) -> Card:
    differs_from_own = member.point is not None and member.point != state.own
    name = Label(member.name, Type.STRONG, wrap=True)
    remark = _readable(member.remark) if member.remark else Label(Panel.no_remark, Type.MUTED, wrap=True)
    column = Column(
        Row(Picture(Icon.USER, Role.INK_2, 18), name, None, gap=8),
        Row(_grade(member.point, Panel.no_score), None),
        remark,
        None,
        gap=8,
        margins=_INSIDE,
    )
    card = Card(column, edge=Tone.AMBER if state.differs and differs_from_own else None)
    card.setAccessibleName(f"{member.name}: {member.point.label if member.point else Panel.no_score}")
    return card


def _grade(point: Point | None, none: str) -> Tag:
    if point is None:
        return Tag(none, Tone.GREY, mark=UNANSWERED)
    mark = mark_of(point)
    return Tag(point.label, mark.tone, mark=mark)


def _readable(words: str) -> Label:
    label = Label(words, Type.BODY, wrap=True)
    label.setTextInteractionFlags(label.textInteractionFlags() | Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
