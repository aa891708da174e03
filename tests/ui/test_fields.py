from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from iowscp_desktop.ui.widgets.autosave import LONGEST, Autosave
from iowscp_desktop.ui.widgets.choices import CheckBox, Combo, RadioOption
from iowscp_desktop.ui.widgets.date_field import CalendarPopup, DateField
from iowscp_desktop.ui.widgets.dates import read_date, write_date
from iowscp_desktop.ui.widgets.fields import LineEdit, SecretField, TextArea
from iowscp_desktop.ui.widgets.layouts import Column
from iowscp_desktop.ui.widgets.option_lists import AnyOf, OneOf
from tests.ui.conftest import Show


def beside(show: Show, *widgets: QWidget) -> QWidget:
    body = QWidget()
    body.setLayout(Column(*widgets))
    return show(body)


def test_tab_leaves_a_text_area_and_shift_tab_comes_back(show: Show) -> None:
    first, area, last = LineEdit("First"), TextArea("Area"), LineEdit("Last")
    beside(show, first, area, last)
    area.setFocus()

    QTest.keyClick(area, Qt.Key.Key_Tab)
    after = QApplication.focusWidget()
    QTest.keyClick(last, Qt.Key.Key_Backtab)

    assert after is last
    assert QApplication.focusWidget() is area
    assert area.text() == ""


@pytest.mark.parametrize("make", [LineEdit, TextArea])
def test_typing_is_told_and_showing_is_not(show: Show, make: Callable[[str], LineEdit | TextArea]) -> None:
    field = make("Name")
    told: list[str] = []
    field.edited.connect(told.append)
    show(field)
    field.show_text("Shown ")
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_End)

    QTest.keyClicks(field, "ok")

    assert told == ["Shown o", "Shown ok"]


def test_leaving_a_field_is_told(show: Show) -> None:
    area, line = TextArea("Area"), LineEdit("Line")
    told: list[str] = []
    area.left.connect(lambda: told.append("area"))
    line.left.connect(lambda: told.append("line"))
    beside(show, area, line)
    area.setFocus()
    line.setFocus()
    area.setFocus()

    assert told == ["area", "line"]


def test_a_text_area_grows_with_its_text_up_to_its_limit(show: Show) -> None:
    area = TextArea("Area", least_lines=2, most_lines=5)
    show(area, 300)

    heights = []
    for lines in (1, 2, 4, 5, 40):
        area.show_text("\n".join("x" for _ in range(lines)))
        heights.append(area.height())

    assert heights[0] == heights[1] < heights[2] < heights[3] == heights[4]


def test_text_that_fits_is_not_scrolled(show: Show) -> None:
    area = TextArea("Area", least_lines=2, most_lines=8)
    show(area, 300)

    area.show_text("one\ntwo\nthree\nfour")

    assert area.verticalScrollBar().maximum() == 0


def test_a_secret_is_hidden_until_asked_for_and_can_be_pasted(show: Show) -> None:
    field = SecretField("Passphrase")
    show(field, 300)
    QApplication.clipboard().setText("from the safe")
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    hidden = field.echoMode()

    QTest.mouseClick(field._eye, Qt.MouseButton.LeftButton)

    assert field.text() == "from the safe"
    assert (hidden, field.echoMode()) == (QLineEdit.EchoMode.Password, QLineEdit.EchoMode.Normal)
    assert field._eye.accessibleName() == "Hide what I type"


def test_the_wheel_scrolls_past_a_combo_and_changes_nothing(show: Show) -> None:
    combo = Combo("Who", (("a", "Ana"), ("b", "Ben")))
    told: list[str] = []
    combo.chosen.connect(told.append)
    show(combo)
    combo.show_value("a")

    QTest.keyClick(combo, Qt.Key.Key_Down)

    assert told == ["b"]
    assert combo.currentText() == "Ben"


def test_an_unanswered_combo_shows_nothing(show: Show) -> None:
    combo = Combo("Who", (("a", "Ana"),))
    show(combo)

    combo.show_value("a")
    combo.show_value(None)

    assert combo.currentText() == ""


@pytest.mark.parametrize("make", [CheckBox, RadioOption])
def test_a_click_on_the_words_ticks_the_box(show: Show, make: Callable[[str], CheckBox | RadioOption]) -> None:
    box = make("A & B: a longer sentence")
    show(box, 300)

    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().center())

    assert box.isChecked()


def test_space_ticks_and_unticks_a_check_box(show: Show) -> None:
    box = CheckBox("Read")
    show(box)
    box.setFocus()
    states = []

    for _ in range(2):
        QTest.keyClick(box, Qt.Key.Key_Space)
        states.append(box.isChecked())

    assert states == [True, False]


OPTIONS = (("p", "Primary"), ("s", "Secondary"), ("o", "Other"))


def test_one_of_several_is_chosen_by_click_and_arrow_and_taken_back(show: Show) -> None:
    one = OneOf("Phase", OPTIONS)
    told: list[str] = []
    one.chosen.connect(told.append)
    one.cleared.connect(lambda: told.append("cleared"))
    show(one, 300)
    one.show_value("p")

    QTest.mouseClick(one.options[1], Qt.MouseButton.LeftButton, pos=one.options[1].rect().center())
    QTest.keyClick(one.options[1], Qt.Key.Key_Down)
    QTest.keyClick(one.options[2], Qt.Key.Key_Delete)

    assert told == ["s", "o", "cleared"]
    assert not any(option.isChecked() for option in one.options)


def test_any_of_several_tells_everything_that_is_ticked(show: Show) -> None:
    several = AnyOf("Who helps", OPTIONS)
    told: list[list[str]] = []
    several.chosen.connect(told.append)
    show(several, 300)
    several.show_values(("o",))

    for box in several.boxes[:2]:
        QTest.keyClick(box, Qt.Key.Key_Space)
    QTest.keyClick(several.boxes[2], Qt.Key.Key_Space)

    assert told == [["p", "o"], ["p", "s", "o"], ["p", "s"]]


@pytest.mark.parametrize(
    "words",
    ["27 11 2026", "27/11/2026", "27/11/26", "27.11.2026", "27 Nov 2026", "27 november 2026", "27th November 2026",
     "Fri 27 Nov 2026", "Friday, 27 November 2026", "2026-11-27", "  27-11-2026 "],
)  # fmt: skip
def test_a_date_is_understood_however_it_is_written(words: str) -> None:
    assert read_date(words) == date(2026, 11, 27)


@pytest.mark.parametrize(
    "words",
    ["", "27", "27 11", "31 2 2026", "11/27/2026", "27 Blob 2026", "soon", "0 1 2026", "27 11 20266", "٢٧ 11 x"],
)
def test_what_is_no_date_is_not_taken_for_one(words: str) -> None:
    assert read_date(words) is None


def test_a_written_date_can_be_read_again() -> None:
    days = [date(2024, 2, 29), date(2026, 1, 1), date(2026, 12, 31)]

    assert [read_date(write_date(day)) for day in days] == days


@pytest.fixture
def date_told(show: Show) -> tuple[DateField, list[object]]:
    field = DateField("By when")
    told: list[object] = []
    field.chosen.connect(told.append)
    field.not_understood.connect(told.append)
    beside(show, field, LineEdit("Next"))
    field.setFocus()
    return field, told


def test_a_typed_date_is_told_once_when_the_field_is_left(date_told: tuple[DateField, list[object]]) -> None:
    field, told = date_told
    QTest.keyClicks(field, "27/11/26")

    field.clearFocus()
    field.setFocus()
    field.clearFocus()

    assert told == [date(2026, 11, 27)]
    assert field.text() == "Fri 27 Nov 2026"


def test_an_impossible_date_is_kept_as_typed_and_explained(date_told: tuple[DateField, list[object]]) -> None:
    field, told = date_told
    QTest.keyClicks(field, "31 2 2026")

    QTest.keyClick(field, Qt.Key.Key_Return)

    assert len(told) == 1
    assert "for example" in str(told[0])
    assert field.text() == "31 2 2026"


def test_an_emptied_date_is_told_as_none(date_told: tuple[DateField, list[object]]) -> None:
    field, told = date_told
    field.show_date(date(2026, 1, 5))
    field.selectAll()

    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClick(field, Qt.Key.Key_Return)

    assert told == [None]


@pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)
def test_a_date_can_be_picked_from_the_calendar(date_told: tuple[DateField, list[object]]) -> None:
    field, told = date_told
    field.show_date(date(2026, 1, 5))
    assert field._button is not None

    QTest.mouseClick(field._button, Qt.MouseButton.LeftButton)
    popup = field.findChild(CalendarPopup)
    assert popup is not None
    popup.calendar.activated.emit(popup.calendar.selectedDate().addDays(2))

    assert told == [date(2026, 1, 7)]
    assert field.text() == "Wed 7 Jan 2026"


@pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)
def test_escape_closes_the_calendar_and_changes_nothing(date_told: tuple[DateField, list[object]]) -> None:
    field, told = date_told
    assert field._button is not None
    QTest.mouseClick(field._button, Qt.MouseButton.LeftButton)
    popup = field.findChild(CalendarPopup)
    assert popup is not None

    QTest.keyClick(popup, Qt.Key.Key_Escape)

    assert not popup.isVisible()
    assert told == []


def test_typing_is_saved_once_when_the_field_is_left(show: Show) -> None:
    saves: list[str] = []
    owner = show(QWidget())
    autosave = Autosave(owner, lambda: saves.append("saved"))

    for _ in range(5):
        autosave.touch()
    waiting = autosave.is_waiting
    autosave.flush()
    autosave.flush()

    assert waiting
    assert saves == ["saved"]
    assert not autosave.is_waiting


def test_typing_without_a_pause_is_owed_no_longer_than_typing_with_one(show: Show) -> None:
    autosave = Autosave(show(QWidget()), lambda: None)

    autosave.touch()
    owed = autosave._timer.remainingTime()
    autosave.touch()

    assert autosave._timer.remainingTime() <= owed <= LONGEST < 600
    autosave.flush()
