import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from iowscp_desktop.ui.theme import Scheme, apply_theme, px
from iowscp_desktop.ui.widgets.buttons import Button
from iowscp_desktop.ui.widgets.layouts import Column
from iowscp_desktop.ui.widgets.tiles import RatingRow
from tests.ui.conftest import Show
from tests.ui.invented import CHOICES


@pytest.fixture
def row(show: Show) -> RatingRow:
    made = show(RatingRow(CHOICES), 760, 80)
    assert isinstance(made, RatingRow)
    made.told = []  # type: ignore[attr-defined]  # what the test listens with
    made.chosen.connect(made.told.append)  # type: ignore[attr-defined]
    made.cleared.connect(lambda: made.told.append(None))  # type: ignore[attr-defined]
    return made


def told(row: RatingRow) -> list[str | None]:
    return row.told  # type: ignore[attr-defined,no-any-return]


def checked(row: RatingRow) -> list[str]:
    return [tile.choice.value for tile in row.tiles if tile.isChecked()]


@pytest.mark.parametrize("place", ["topLeft", "topRight", "bottomLeft", "bottomRight", "center"])
def test_a_click_anywhere_on_a_tile_chooses_it(row: RatingRow, place: str) -> None:
    tile = row.tiles[1]
    corner: QPoint = getattr(tile.rect().adjusted(2, 2, -2, -2), place)()

    QTest.mouseClick(tile, Qt.MouseButton.LeftButton, pos=corner)

    assert told(row) == ["partly"]
    assert checked(row) == ["partly"]


@pytest.mark.parametrize(("key", "value"), [(Qt.Key.Key_1, "met"), (Qt.Key.Key_3, "not"), (Qt.Key.Key_4, "na")])
def test_a_number_key_chooses_while_a_tile_has_the_focus(row: RatingRow, key: Qt.Key, value: str) -> None:
    row.tiles[0].setFocus()

    QTest.keyClick(row.tiles[0], key)

    assert told(row) == [value]
    assert checked(row) == [value]


@pytest.mark.parametrize("key", [Qt.Key.Key_5, Qt.Key.Key_0, Qt.Key.Key_A])
def test_other_keys_choose_nothing(row: RatingRow, key: Qt.Key) -> None:
    row.tiles[0].setFocus()

    QTest.keyClick(row.tiles[0], key)

    assert told(row) == []
    assert checked(row) == []


def test_arrow_keys_go_to_the_next_tile_and_choose_it(row: RatingRow) -> None:
    row.show_value("met")
    row.tiles[0].setFocus()

    QTest.keyClick(row.tiles[0], Qt.Key.Key_Right)

    assert told(row) == ["partly"]
    assert row.tiles[1].hasFocus()


def test_delete_takes_the_answer_back(row: RatingRow) -> None:
    row.show_value("met")
    row.tiles[0].setFocus()

    QTest.keyClick(row.tiles[0], Qt.Key.Key_Delete)

    assert told(row) == [None]
    assert checked(row) == []


def test_showing_a_value_tells_nobody(row: RatingRow) -> None:
    row.show_value("not")
    row.show_value(None)
    row.show_value("met")

    assert told(row) == []
    assert checked(row) == ["met"]


def test_a_tile_is_a_radio_button_with_its_word_and_meaning(row: RatingRow) -> None:
    row.show_value("partly")

    item = QAccessible.queryAccessibleInterface(row.tiles[1])

    assert item.role() == QAccessible.Role.RadioButton
    assert item.text(QAccessible.Text.Name) == "Partly met"
    assert item.text(QAccessible.Text.Description) == "In place for some. Press 2."
    assert item.state().checked


def test_other_choices_replace_the_tiles_and_forget_the_choice(row: RatingRow) -> None:
    row.show_value("met")

    row.show_choices(CHOICES[:2])

    assert [tile.choice.value for tile in row.tiles] == ["met", "partly"]
    assert checked(row) == []


def test_tiles_stand_in_fewer_columns_when_text_is_large(qapp: QApplication, row: RatingRow) -> None:
    tops = {tile.y() for tile in row.tiles}

    apply_theme(qapp, Scheme.LIGHT, 2.0)
    QApplication.processEvents()

    assert len(tops) == 1
    assert len({tile.y() for tile in row.tiles}) == 2
    assert all(tile.height() >= px(72) for tile in row.tiles)


@pytest.mark.parametrize(("value", "place"), [("met", 0), ("not", 2), (None, 0)])
def test_tab_stops_at_the_chosen_tile_or_else_the_first(show: Show, value: str | None, place: int) -> None:
    before, row = Button("Before"), RatingRow(CHOICES)
    body = QWidget()
    body.setLayout(Column(before, row))
    show(body, 760, 160)
    row.show_value("partly")
    row.show_value(value)
    before.setFocus()

    QTest.keyClick(before, Qt.Key.Key_Tab)

    assert row.tiles[place].hasFocus()


def test_long_words_make_a_tile_higher_and_are_not_cut(show: Show) -> None:
    row = RatingRow(CHOICES)
    show(row)

    heights = [row.tiles[3].heightForWidth(width) for width in (90, 400)]

    assert heights[0] > heights[1]
