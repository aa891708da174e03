"""What repeats: a card each, with everything that is asked about it, and the buttons that add, move and remove."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from iowscp_desktop import text
from iowscp_desktop.app.filling import CardState, FieldState, GroupState, PartState, RepeatState
from iowscp_desktop.domain.ids import InstanceId
from iowscp_desktop.forms import plain_text
from iowscp_desktop.ui.fill.grid import GridAnswer
from iowscp_desktop.ui.fill.plain import Pictures, PlainAnswer
from iowscp_desktop.ui.fill.states import Ways
from iowscp_desktop.ui.theme import Icon, Role, Tone, Type
from iowscp_desktop.ui.widgets.buttons import Button, IconButton
from iowscp_desktop.ui.widgets.labels import Label
from iowscp_desktop.ui.widgets.layouts import Column, Row, flowing
from iowscp_desktop.ui.widgets.surfaces import Card, show_or_hide

_MOST_OPEN = 5
"""Of more cards than these, one is open at a time: the others are a line each."""


class _Tools(QWidget):
    """What one can do with an open card: move it, take it away, and decide about it where two people differ."""

    def __init__(self) -> None:
        super().__init__()
        self.up, self.down = IconButton(Icon.CHEVRON_UP, ""), IconButton(Icon.CHEVRON_DOWN, "")
        self.remove = Button(text.Fill.remove, icon=Icon.TRASH_2, small=True)
        self.setLayout(Row(self.up, self.down, self.remove, gap=4))

    def show_tools(self, words: str, number: int, repeat: RepeatState, *, is_fixed: bool) -> None:
        """Show what can be done with a card."""
        self.up.show_name(text.Fill.deed_on(text.Fill.move_up, words))
        self.down.show_name(text.Fill.deed_on(text.Fill.move_down, words))
        self.remove.setAccessibleName(text.Fill.deed_on(text.Fill.remove, words))
        show_or_hide(self, shown=not (repeat.is_fixed or is_fixed))
        self.up.setEnabled(number > 1)
        self.down.setEnabled(number < len(repeat.cards))


class _Doubt(Card):
    """That somebody took a card away while somebody else wrote in it."""

    def __init__(self) -> None:
        self.keep = Button(text.Fill.keep_card, small=True)
        self.give_up = Button(text.Fill.remove_card, small=True)
        words, ways = Label(text.Fill.contested, Type.BODY, wrap=True), flowing(self.keep, self.give_up)
        super().__init__(Column(words, ways, margins=(16, 8, 12, 8)), back=Role.AMBER_TINT, line=None, edge=Tone.AMBER)


class _Box(Card):
    """One of several things. Closed it is a line; what an open one needs is made when it is opened first."""

    def __init__(self, ways: Ways, on_opened: Callable[[InstanceId], None]) -> None:
        self._ways, self._on_opened = ways, on_opened
        self._repeat: RepeatState | None = None
        self._instance = InstanceId("")
        self.title = Label("", Type.STRONG, wrap=True)
        self.opener = Button(text.Fill.open_card, small=True)
        self._top = Row(gap=4)
        self._top.add(self.title, 1)
        self._top.add(self.opener)
        self._tools: _Tools | None = None
        self._doubt: _Doubt | None = None
        self.body: QWidget | None = None
        self._column = Column(gap=12)
        self.answers: list[PlainAnswer] = []
        self._notes: list[Label] = []
        self._headings: list[Label] = []
        self.inner: list[CardList] = []
        self.tables: list[GridAnswer] = []
        self._whole = Column(self._top, gap=8, margins=(18, 12, 14, 16))
        super().__init__(self._whole)
        self.opener.clicked.connect(self._on_open)

    @property
    def is_open(self) -> bool:
        """Whether its answers are shown."""
        return self.body is not None and self.body.isVisible()

    def first_stop(self) -> QWidget | None:
        """Return where answering begins in it; None where nothing is asked, or it is closed."""
        places = (self._column.itemAt(place) for place in range(self._column.count()))
        asked = (item.widget() for item in places if item is not None)
        for answer in asked:
            if isinstance(answer, PlainAnswer | GridAnswer) and answer.isVisible():
                return answer.first_stop()
        return None

    @property
    def tools(self) -> _Tools:
        """The buttons of the open card."""
        if self._tools is None:
            self._tools = _Tools()
            self._tools.up.clicked.connect(partial(self._move, -1))
            self._tools.down.clicked.connect(partial(self._move, 1))
            self._tools.remove.clicked.connect(self._on_remove)
            self._top.add(self._tools)
        return self._tools

    @property
    def doubt(self) -> _Doubt:
        """What is to be decided about it."""
        if self._doubt is None:
            self._doubt = _Doubt()
            self._doubt.give_up.clicked.connect(self._on_remove)
            self._doubt.keep.clicked.connect(self._on_keep)
            self._whole.insertWidget(1, self._doubt)
        return self._doubt

    def show_card(
        self,
        repeat: RepeatState,
        card: CardState,
        pictures: Pictures,
        *,
        says_missing: bool,
        is_fixed: bool,
        is_open: bool,
    ) -> None:
        """Show one card, open or as a line."""
        self._repeat, self._instance = repeat, card.instance
        words = text.Fill.card(repeat.title, card.number, card.words)
        self.title.setText(words)
        self.setAccessibleName(words)
        self.opener.setAccessibleName(text.Fill.deed_on(text.Fill.open_card, words))
        show_or_hide(self.opener, shown=not is_open)
        if card.contested or self._doubt is not None:
            show_or_hide(self.doubt, shown=card.contested and not is_fixed)
        if is_open:
            self.tools.show_tools(words, card.number, repeat, is_fixed=is_fixed)
            self._show_parts(card, pictures, says_missing=says_missing, is_fixed=is_fixed)
        elif self._tools is not None:
            self._tools.hide()
        if self.body is not None:
            show_or_hide(self.body, shown=is_open)

    def _show_parts(self, card: CardState, pictures: Pictures, *, says_missing: bool, is_fixed: bool) -> None:
        if self.body is None:
            self.body = QWidget()
            self.body.setLayout(self._column)
            self._whole.add(self.body)
        shown = _Shown(pictures, says_missing=says_missing, is_fixed=is_fixed)
        self._lay_out(card.parts, shown)
        for pool, used in (
            (self._notes, shown.notes),
            (self._headings, shown.headings),
            (self.answers, shown.answers),
            (self.inner, shown.inner),
            (self.tables, shown.tables),
        ):
            for place, widget in enumerate(pool):
                show_or_hide(widget, shown=place < used)

    def _lay_out(self, parts: tuple[PartState, ...], shown: "_Shown") -> None:
        """Put what applies below each other: headings and notes, answers, tables, and what repeats in it."""
        for part in parts:
            if not part.relevant:
                continue
            if isinstance(part, GroupState):
                self._say(self._headings, part.title, shown)
                if part.is_grid:
                    self._show_table(part, shown)
                else:
                    self._lay_out(part.parts, shown)
            elif isinstance(part, RepeatState):
                shown.inner += 1
                made = self._inner(shown.inner)
                self._put_last(made)
                made.show_repeat(part, shown.pictures, says_missing=shown.says_missing, is_fixed=shown.is_fixed)
            elif part.control == "note":
                self._say(self._notes, plain_text(part.label), shown)
            else:
                shown.answers += 1
                answer = self._answer(shown.answers)
                self._put_last(answer)
                _show_field(answer, part, shown)

    def _say(self, pool: list[Label], words: str, shown: "_Shown") -> None:
        if not words:
            return
        is_heading = pool is self._headings
        used = shown.headings if is_heading else shown.notes
        if used == len(pool):
            pool.append(Label("", Type.STRONG if is_heading else Type.MUTED, wrap=True))
        shown.headings += is_heading
        shown.notes += not is_heading
        self._put_last(pool[used])
        pool[used].setText(words)

    def _show_table(self, group: GroupState, shown: "_Shown") -> None:
        shown.tables += 1
        while len(self.tables) < shown.tables:
            self.tables.append(GridAnswer(self._ways))
        table = self.tables[shown.tables - 1]
        self._put_last(table)
        rows = [part for part in group.parts if isinstance(part, FieldState)]
        table.show_answers(rows, says_missing=shown.says_missing, is_fixed=shown.is_fixed)

    def _put_last(self, widget: QWidget) -> None:
        """Parts of different kinds stand in the form's order, though each kind has a pool of its own."""
        self._column.removeWidget(widget)
        self._column.add(widget)

    def _answer(self, count: int) -> PlainAnswer:
        while len(self.answers) < count:
            self.answers.append(PlainAnswer(self._ways))
        return self.answers[count - 1]

    def _inner(self, count: int) -> "CardList":
        while len(self.inner) < count:
            self.inner.append(CardList(self._ways))
        return self.inner[count - 1]

    def _move(self, step: int, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - as the button tells it
        if self._repeat is not None:
            self._ways.moved(self._repeat, self._instance, step)

    def _on_remove(self) -> None:
        if self._repeat is not None:
            self._ways.removed(self._repeat, self._instance)

    def _on_open(self) -> None:
        self._on_opened(self._instance)

    def _on_keep(self) -> None:
        if self._repeat is not None:
            self._ways.kept(self._repeat, self._instance)


class CardList(QWidget):
    """All the cards of what repeats."""

    def __init__(self, ways: Ways) -> None:
        super().__init__()
        self._ways = ways
        self._repeat: RepeatState | None = None
        self._boxes: dict[InstanceId, _Box] = {}
        self._spare: list[_Box] = []
        self._last_opened = InstanceId("")
        self._how: tuple[Pictures, bool, bool] = ({}, False, False)
        self._title, self._count = Label("", Type.STRONG, wrap=True), Label("", Type.MUTED)
        self._column = Column(gap=12)
        self.add_button = Button(text.Fill.add_another, icon=Icon.PLUS, small=True)
        self.add_button.clicked.connect(self._on_add)
        self._offer = flowing(self.add_button)
        top = Row(gap=8)
        top.add(self._title, 1)
        top.add(self._count)
        self._note = Label(text.Fill.form_counts, Type.SMALL, wrap=True)
        self.setLayout(Column(top, self._note, self._column, self._offer, gap=10))

    @property
    def boxes(self) -> tuple[_Box, ...]:
        """The cards in order."""
        cards = self._repeat.cards if self._repeat is not None else ()
        return tuple(self._boxes[card.instance] for card in cards)

    def show_repeat(self, repeat: RepeatState, pictures: Pictures, *, says_missing: bool, is_fixed: bool) -> None:
        """Show every card. A card that stays keeps its widgets, wherever it goes, and what is being typed in it."""
        before, self._repeat = self._repeat, repeat
        if before is not None and (before.repeat_id, before.within) != (repeat.repeat_id, repeat.within):
            self._release(set(self._boxes))
        self._title.setText(repeat.title)
        show_or_hide(self._title, shown=bool(repeat.within))  # the outermost one is the question itself
        self._count.setText(text.Fill.added_so_far(len(repeat.cards)) if repeat.cards else text.Fill.no_cards)
        self.add_button.setAccessibleName(text.Fill.deed_on(text.Fill.add_another, repeat.title))
        show_or_hide(self._offer, shown=not (repeat.is_fixed or is_fixed))
        show_or_hide(self._note, shown=repeat.is_fixed)
        self._release(set(self._boxes) - {card.instance for card in repeat.cards})
        self._how = (pictures, says_missing, is_fixed)
        opened = self._opened_in(repeat)
        for place, card in enumerate(repeat.cards):
            box = self._boxes.get(card.instance)
            if box is None:
                box = self._spare.pop() if self._spare else _Box(self._ways, self._open)
                self._boxes[card.instance] = box
            if self._column.indexOf(box) != place:
                self._column.removeWidget(box)
                self._column.insertWidget(place, box)
            is_open = opened is None or card.instance == opened
            box.show_card(repeat, card, pictures, says_missing=says_missing, is_fixed=is_fixed, is_open=is_open)
            show_or_hide(box, shown=True)

    def _opened_in(self, repeat: RepeatState) -> InstanceId | None:
        """Return which card is open; None: they are few, and all are."""
        if len(repeat.cards) <= _MOST_OPEN:
            return None
        here = [card.instance for card in repeat.cards]
        return self._last_opened if self._last_opened in here else here[0]

    def _open(self, instance: InstanceId) -> None:
        if self._repeat is not None:
            self.go_in(self._repeat, instance)

    def flush(self) -> None:
        """Save what is being typed."""
        for box in self._boxes.values():
            for answer in box.answers:
                answer.flush()
            for inner in box.inner:
                inner.flush()

    def go_in(self, repeat: RepeatState, instance: InstanceId, *, button: str = "") -> None:
        """Put the focus into a card of this or of what repeats in it: on its first answer, or on one of its buttons."""
        mine = self._repeat
        if mine is None or (mine.repeat_id, mine.within) != (repeat.repeat_id, repeat.within):
            for inner in (each for box in self.boxes for each in box.inner if each.isVisible()):
                inner.go_in(repeat, instance, button=button)
            return
        self._last_opened = instance
        if len(mine.cards) > _MOST_OPEN:
            self.flush()
            pictures, says_missing, is_fixed = self._how
            self.show_repeat(self._repeat or mine, pictures, says_missing=says_missing, is_fixed=is_fixed)
        box = self._boxes.get(instance)
        if box is None:
            self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        tools = box.tools
        target = {"up": tools.up, "down": tools.down}.get(button)
        if target is not None and not target.isEnabled():
            target = tools.down if button == "up" else tools.up
        stop = target or box.first_stop() or tools.remove
        stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def first_stop(self) -> QWidget | None:
        """Return where answering begins."""
        for box in self.boxes:
            stop = box.first_stop()
            if stop is not None:
                return stop
        return self.add_button if self.add_button.isVisible() else None

    def _release(self, gone: set[InstanceId]) -> None:
        for instance in gone:
            box = self._boxes.pop(instance)
            self._column.removeWidget(box)
            box.hide()
            self._spare.append(box)

    def _on_add(self) -> None:
        if self._repeat is not None:
            self._ways.added(self._repeat)


class _Shown:
    """How one card is being drawn, and how much of each kind it has taken so far."""

    def __init__(self, pictures: Pictures, *, says_missing: bool, is_fixed: bool) -> None:
        self.pictures, self.says_missing, self.is_fixed = pictures, says_missing, is_fixed
        self.notes = self.headings = self.answers = self.inner = self.tables = 0


def _show_field(answer: PlainAnswer, field: FieldState, shown: _Shown) -> None:
    words = plain_text(field.label) or str(field.question_id)
    answer.show_answer(
        field,
        words,
        says_missing=shown.says_missing,
        is_fixed=shown.is_fixed,
        label=words,
        pictures=shown.pictures,
    )
    answer.field.show_hint(plain_text(field.hint))
