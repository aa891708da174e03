"""Every control of a form, by keyboard and mouse; and what repeats, as cards."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QSlider

from iowscp_desktop.app import repeats
from iowscp_desktop.app.filling import RepeatState, open_filling
from iowscp_desktop.domain.events import AnswerRecorded, EvidenceAttached, RepeatRemoved
from iowscp_desktop.domain.ids import InstanceId, QuestionId, response_space
from iowscp_desktop.ui.fill import FillPage
from iowscp_desktop.ui.fill.files import FileAnswer
from iowscp_desktop.ui.fill.picked import PickOne, PickTile
from iowscp_desktop.ui.shell import Shell
from iowscp_desktop.ui.theme import Scheme, apply_theme
from iowscp_desktop.ui.widgets.choices import Combo
from iowscp_desktop.ui.widgets.fields import LineEdit
from iowscp_desktop.ui.widgets.find_list import FindList
from iowscp_desktop.ui.widgets.labels import Label
from iowscp_desktop.ui.widgets.range_field import RangeField, numbers_of
from iowscp_desktop.ui.widgets.ranking import RankList
from tests.ui.acting import press, words_on
from tests.ui.conftest import Show
from tests.ui.fill.conftest import Laptop
from tests.ui.walks import faults, in_window

FIRST = InstanceId("default-1")


@pytest.fixture
def at(every: Laptop, show: Show) -> Callable[[str], FillPage]:
    """Open the page at a question."""

    def opened(entry_id: str) -> FillPage:
        page = show(every.fill(entry_id), 1352, 800)
        assert isinstance(page, FillPage)
        page.board.panel.go_in()
        return page

    return opened


Open = Callable[[str], FillPage]


def write(words: str) -> None:
    focus = QApplication.focusWidget()
    assert isinstance(focus, LineEdit)
    QTest.keyClicks(focus, words)
    QTest.keyClick(focus, Qt.Key.Key_Tab)


def given(laptop: Laptop) -> dict[tuple[str, ...], str | None]:
    held = laptop.ws.standing(AnswerRecorded, space=response_space(laptop.response_id))
    return {(each.event.question_id, *each.event.instances): each.event.value for each in held}


def cards(laptop: Laptop) -> RepeatState:
    state = open_filling(laptop.ws, laptop.response_id).entry("child").repeat
    assert state is not None
    return state


ENTRIES = [
    "line", "area", "digits", "address", "whole", "day", "month", "only_year", "clock", "moment", "tiles", "radio",
    "drop", "find", "ticks", "find_some", "order", "slide", "stars", "mast", "smooth", "listed", "code", "place",
    "photo", "signed", "sketch", "sound", "paper", "seen", "grid", "child",
]  # fmt: skip


@pytest.mark.parametrize(("width", "height", "scale"), [(1366, 768, 1.0), (1366, 768, 2.0)])
def test_every_control_is_named_large_enough_reached_and_in_sight(
    qapp: QApplication, every: Laptop, show: Show, width: int, height: int, scale: float
) -> None:
    apply_theme(qapp, Scheme.LIGHT, scale)
    page = every.fill("line")
    window = show(in_window(page), width, height)
    assert isinstance(window, Shell)
    wrong = {}
    for entry in ENTRIES:
        page.go_to(entry)
        found = faults(window)
        if found:
            wrong[entry] = found

    assert wrong == {}


@pytest.mark.parametrize(
    ("entry", "written", "kept"),
    [
        ("line", "Ana", "Ana"),
        ("digits", "01983", "01983"),
        ("clock", "2.30pm", "14:30:00.000"),
        ("clock", "soon", "soon"),
        ("moment", "27 11 2026 14:30", "2026-11-27T14:30:00.000"),
        ("month", "Nov 2026", "2026-11-01"),
        ("only_year", "2026", "2026-01-01"),
        ("code", "978-0", "978-0"),
        ("place", "50.69 -1.29", "50.69 -1.29"),
    ],
)
def test_what_is_written_is_kept_as_forms_keep_it(every: Laptop, at: Open, entry: str, written: str, kept: str) -> None:
    at(entry)

    write(written)

    assert given(every) == {(entry,): kept}


@pytest.mark.parametrize(("entry", "written"), [("clock", "soon"), ("place", "north"), ("moment", "yesterday")])
def test_what_cannot_be_understood_is_kept_and_said(at: Open, entry: str, written: str) -> None:
    page = at(entry)
    write(written)

    assert "for example" in words_on(page)


def test_few_short_choices_are_tiles_and_long_ones_a_list(at: Open) -> None:
    page = at("tiles")
    control = page.board.panel.plain.field.control
    assert isinstance(control, PickOne)
    tiles = [type(option) for option in control.options]
    page.go_to("radio")
    other = page.board.panel.plain.field.control

    assert set(tiles) == {PickTile}
    assert isinstance(other, PickOne)
    assert PickTile not in {type(option) for option in other.options}


def test_a_long_list_is_searched_and_chosen_from_by_keyboard(every: Laptop, at: Open) -> None:
    page = at("find")
    control = page.board.panel.plain.field.control
    assert isinstance(control, FindList)
    QTest.keyClicks(control.search, "number 42")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Space)

    assert given(every) == {("find",): "m42"}
    assert control.now.text() == "Chosen: Choice number 42"


def test_several_are_chosen_from_a_long_list(every: Laptop, at: Open) -> None:
    page = at("find_some")
    control = page.board.panel.plain.field.control
    assert isinstance(control, FindList)
    for words in ("number 7", "number 3"):
        control.search.selectAll()
        control.search.setFocus()
        QTest.keyClicks(control.search, words)
        press(Qt.Key.Key_Return)
        press(Qt.Key.Key_Return)

    assert given(every) == {("find_some",): "m3 m7"}


def test_an_order_is_made_by_buttons_and_can_be_taken_as_it_is(every: Laptop, at: Open) -> None:
    page = at("order")
    control = page.board.panel.plain.field.control
    assert isinstance(control, RankList)
    press(Qt.Key.Key_Space)
    as_it_is = given(every)[("order",)]
    control.lines[0].down.setFocus()
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)

    assert as_it_is == "yes no maybe"
    assert given(every) == {("order",): "no maybe yes"}
    assert control.lines[2].up.hasFocus()


def test_a_range_is_answered_by_slider_and_by_number(every: Laptop, at: Open) -> None:
    page = at("slide")
    control = page.board.panel.plain.field.control
    assert isinstance(control, RangeField)
    unanswered = control.line.text()
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Right)
    by_slider = given(every)[("slide",)]
    control.line.setFocus()
    control.line.selectAll()
    write("3.5")

    assert (unanswered, by_slider) == ("", "1")
    assert given(every) == {("slide",): "3.5"}
    assert control.slider.value() == 7


def test_a_rating_is_a_row_of_tiles(every: Laptop, at: Open) -> None:
    page = at("stars")
    control = page.board.panel.plain.field.control
    assert isinstance(control, PickOne)
    control.options[3].click()

    assert [option.value for option in control.options] == ["1", "2", "3", "4", "5"]
    assert given(every) == {("stars",): "4"}


def test_a_range_may_be_picked_from_a_list(every: Laptop, at: Open) -> None:
    page = at("listed")
    press(Qt.Key.Key_Down)

    assert isinstance(page.board.panel.plain.field.control, Combo)
    assert given(every) == {("listed",): "1"}


def test_a_range_stands_and_goes_without_ticks_where_the_form_wants_it(every: Laptop, at: Open) -> None:
    page = at("mast")
    control = page.board.panel.plain.field.control
    assert isinstance(control, RangeField)
    stands = (control.slider.orientation(), control.slider.tickPosition())
    press(Qt.Key.Key_Up)
    page.go_to("smooth")
    lies = (control.slider.orientation(), control.slider.tickPosition())

    assert stands == (Qt.Orientation.Vertical, QSlider.TickPosition.TicksBelow)
    assert lies == (Qt.Orientation.Horizontal, QSlider.TickPosition.NoTicks)
    assert given(every) == {("mast",): "1"}


@pytest.mark.parametrize(
    ("ends", "numbers"),
    [
        (("1", "3", "1"), ("1", "2", "3")),
        (("3", "1", "1"), ("3", "2", "1")),
        (("0", "1", "0.5"), ("0", "0.5", "1")),
        (("0", "1000", "1"), ()),
    ],
)
def test_a_range_names_its_numbers(ends: tuple[str, str, str], numbers: tuple[str, ...]) -> None:
    assert numbers_of(*ends, most=100) == numbers


def test_a_typed_name_is_a_signature(every: Laptop, at: Open) -> None:
    page = at("signed")
    write_name = QApplication.focusWidget()
    assert isinstance(write_name, LineEdit)
    QTest.keyClicks(write_name, "Ana Head")
    press(Qt.Key.Key_Return)
    control = page.board.panel.plain.field.control
    assert isinstance(control, FileAnswer)
    (held,) = every.ws.standing(EvidenceAttached, space=response_space(every.response_id))
    picture = QImage.fromData(every.ws.store.blobs.read(held.event.sha256))

    assert given(every) == {("signed",): "signature.png"}
    assert not picture.isNull()
    assert any(picture.pixelColor(x, 150).lightness() < 128 for x in range(picture.width()))
    assert not control.pad.isVisible()
    assert control.card.isVisible()


def test_a_drawing_is_kept_and_taken_back(every: Laptop, at: Open) -> None:
    page = at("sketch")
    control = page.board.panel.plain.field.control
    assert isinstance(control, FileAnswer)
    QTest.mousePress(control.pad.sheet, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    QTest.mouseMove(control.pad.sheet, QPoint(90, 90))
    QTest.mouseRelease(control.pad.sheet, Qt.MouseButton.LeftButton, pos=QPoint(90, 90))
    control.pad.done.click()
    kept = given(every)[("sketch",)]
    page.board.foot.undo.click()

    assert kept == "drawing.png"
    assert given(every) == {("sketch",): None}
    assert every.ws.standing(EvidenceAttached, space=response_space(every.response_id)) == ()


def test_a_photo_is_chosen_replaced_and_removed(every: Laptop, at: Open, tmp_path: Path) -> None:
    for number, name in enumerate(("one.png", "two.png"), 1):
        Image.new("L", (number, 9)).save(tmp_path / name)
    page = at("photo")
    control = page.board.panel.plain.field.control
    assert isinstance(control, FileAnswer)
    answers = []
    for name in ("one.png", "two.png"):
        every.choose.picks = (tmp_path / name,)
        control.choose.click()
        answers.append(given(every)[("photo",)])
    page.board.foot.undo.click()
    answers.append(given(every)[("photo",)])
    control.card.remove_button.click()
    answers.append(given(every)[("photo",)])

    assert answers == ["one.png", "two.png", "one.png", None]
    assert "*.png" in every.choose.asked[0].kinds[0]


def test_a_file_of_another_kind_is_refused_and_nothing_is_lost(every: Laptop, at: Open, tmp_path: Path) -> None:
    (tmp_path / "letter.pdf").write_bytes(b"%PDF-1.7")
    page = at("photo")
    control = page.board.panel.plain.field.control
    assert isinstance(control, FileAnswer)
    every.choose.picks = (tmp_path / "letter.pdf",)
    control.choose.click()

    assert "“letter.pdf” was not added" in words_on(page)
    assert given(every) == {}


def test_a_table_is_answered_row_by_row(every: Laptop, at: Open) -> None:
    page = at("grid")
    grid = page.board.panel.grid
    press(Qt.Key.Key_Space)
    (_warm, _), (_clean, row) = [(label, row) for label, row, _problem in grid._rows]
    row.cells[1].click()

    assert given(every) == {("warm",): "yes", ("clean",): "no"}
    assert [cell.accessibleName() for cell in row.cells] == ["Clean?: Yes", "Clean?: No", "Clean?: Perhaps"]


def test_where_there_is_no_room_for_a_table_its_rows_stand_below_each_other(at: Open) -> None:
    page = at("grid")
    wide = page.board.panel.grid._table.isVisible()
    page.resize(480, 800)
    QApplication.processEvents()

    assert wide
    assert not page.board.panel.grid._table.isVisible()
    assert page.board.panel.grid._below.isVisible()


def test_markup_is_shown_and_read_plain(at: Open) -> None:
    page = at("line")
    question = page.board.panel._question

    assert question.text() == "Your <em>name</em>"
    assert question.accessibleName() == "Your name"
    assert page.board.panel._leads.text() == "A <strong>note</strong> before"


# --- what repeats --------------------------------------------------------------------------------


def test_one_more_is_added_and_its_first_answer_has_the_focus(every: Laptop, at: Open) -> None:
    page = at("child")
    write("Ann")
    page.board.panel.cards.add_button.setFocus()
    press(Qt.Key.Key_Return)
    write("Ben")
    QApplication.processEvents()

    shown = cards(every)
    assert [card.words for card in shown.cards] == ["Ann", "Ben"]
    assert [box.title.text() for box in page.board.panel.cards.boxes] == ["Children 1: Ann", "Children 2: Ben"]
    assert given(every)[("child_name", shown.cards[1].instance)] == "Ben"


def test_a_card_is_removed_and_comes_back_with_its_answers(every: Laptop, at: Open) -> None:
    page = at("child")
    write("Ann")
    page.board.panel.cards.boxes[0].tools.remove.click()
    without = len(cards(every).cards)
    page.board.foot.undo.click()

    assert without == 0
    assert [card.words for card in cards(every).cards] == ["Ann"]
    assert [box.title.text() for box in page.board.panel.cards.boxes] == ["Children 1: Ann"]


def test_cards_are_moved_by_buttons_and_keep_the_focus(every: Laptop, at: Open) -> None:
    page = at("child")
    write("Ann")
    for name in ("Ben", "Cal"):
        page.board.panel.cards.add_button.click()
        write(name)
    page.board.panel.cards.boxes[2].tools.up.click()
    has_focus = page.board.panel.cards.boxes[1].tools.up.hasFocus()
    moved = [card.words for card in cards(every).cards]
    page.board.foot.undo.click()

    assert moved == ["Ann", "Cal", "Ben"]
    assert has_focus
    assert [card.words for card in cards(every).cards] == ["Ann", "Ben", "Cal"]


def test_what_is_being_typed_is_written_before_its_card_goes(every: Laptop, at: Open) -> None:
    page = at("child")
    focus = QApplication.focusWidget()
    assert isinstance(focus, LineEdit)
    QTest.keyClicks(focus, "Half a na")
    page.board.panel.cards.boxes[0].tools.remove.click()

    assert given(every)[("child_name", FIRST)] == "Half a na"
    assert repeats.contested_removals(every.ws, open_filling(every.ws, every.response_id)) == ()


def test_what_repeats_in_what_repeats_is_added_too(every: Laptop, at: Open) -> None:
    page = at("child")
    (inner,) = page.board.panel.cards.boxes[0].inner
    inner.add_button.click()
    write("Oak")

    schools = [part for part in cards(every).cards[0].parts if isinstance(part, RepeatState)]
    assert [card.words for card in schools[0].cards] == ["", "Oak"]


def test_a_removal_that_others_had_not_seen_is_shown_until_somebody_decides(every: Laptop, at: Open) -> None:
    page = at("child")
    write("Ann")
    filling = open_filling(every.ws, every.response_id)
    space = response_space(every.response_id)
    removed = RepeatRemoved(repeat_id=QuestionId("child"), instance=FIRST)
    every.hub.tell(every.ws.append(space, removed))
    box = page.board.panel.cards.boxes[0]
    asked = box.doubt.keep.isVisible()
    box.doubt.keep.click()

    assert asked
    assert not box.doubt.keep.isVisible()
    assert repeats.contested_removals(every.ws, filling) == ()
    assert [card.words for card in cards(every).cards] == ["Ann"]


def test_of_many_cards_one_is_open_and_any_can_be_opened(every: Laptop, at: Open) -> None:
    page = at("child")
    for number in range(7):
        page.board.panel.cards.add_button.click()
        write(f"Child {number}")
    boxes = page.board.panel.cards.boxes
    last_is_open = [box.is_open for box in boxes]
    boxes[2].opener.setFocus()
    press(Qt.Key.Key_Return)

    assert last_is_open == [*[False] * 7, True]
    assert [box.is_open for box in boxes].index(True) == 2
    assert sum(box.is_open for box in boxes) == 1
    assert boxes[2].title.text() == "Children 3: Child 1"
    assert isinstance(QApplication.focusWidget(), LineEdit)


def test_headings_and_tables_stand_in_their_card(every: Laptop, at: Open) -> None:
    page = at("child")
    (box,) = page.board.panel.cards.boxes
    (table,) = box.tables
    table._rows[1][1].cells[0].click()

    said = [label.text() for label in box.findChildren(Label) if label.isVisible()]
    assert {"Health", "What is needed?", "Help?", "Time?"} <= set(said)
    assert said.index("Health") < said.index("Doctor") < said.index("What is needed?")
    assert given(every)[("time", FIRST)] == "yes"
