from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester

from iowscp_desktop.ui.theme import Tone
from iowscp_desktop.ui.widgets.table import Cell, Head, RowsTable
from tests.ui.conftest import Show


@dataclass(frozen=True)
class School:
    key: str
    name: str
    files: int


SCHOOLS = (School("a", "elm Grove", 9), School("b", "Bay View", 10), School("c", "=Zion", 1))
HEADS: tuple[Head[School], ...] = (
    Head(title="School", cell=lambda row: Cell(words=row.name), wide=True),
    Head(title="Files", cell=lambda row: Cell(words=str(row.files), tone=Tone.BLUE, order=row.files)),
)


@pytest.fixture
def table(show: Show) -> RowsTable[School]:
    made = RowsTable[School]("Schools", HEADS, lambda row: row.key)
    made.show_rows(SCHOOLS)
    show(made, 500, 300)
    return made


def keys(table: RowsTable[School]) -> str:
    return "".join(row.key for row in table.rows)


def test_the_model_behaves(table: RowsTable[School], qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(table.model())


def test_words_are_sorted_without_regard_to_capitals_and_numbers_as_numbers(table: RowsTable[School]) -> None:
    orders = [keys(table)]
    for column in (0, 1, 1):
        table.sort_by(column)
        orders.append(keys(table))

    assert orders == ["abc", "cba", "cab", "bac"]


def test_a_click_on_a_title_sorts(table: RowsTable[School]) -> None:
    header = table.horizontalHeader()

    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 10))

    assert keys(table) == "cba"


def test_the_row_at_hand_stays_when_rows_come_or_are_sorted(table: RowsTable[School]) -> None:
    table.show_current("b")

    table.show_rows((School("x", "Alder", 3), *SCHOOLS))
    table.sort_by(1)

    assert table.current_id() == "b"


def test_copying_makes_lines_that_spreadsheets_take_and_no_formula(table: RowsTable[School]) -> None:
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert QGuiApplication.clipboard().text() == "School\tFiles\nelm Grove\t9\nBay View\t10\n'=Zion\t1"


def test_enter_goes_into_a_row_and_arrows_tell_which_is_at_hand(table: RowsTable[School]) -> None:
    opened: list[str] = []
    picked: list[str] = []
    table.opened.connect(opened.append)
    table.picked.connect(picked.append)

    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)

    assert (picked, opened) == (["b"], ["b"])


def test_a_cell_is_read_out_with_its_title(table: RowsTable[School]) -> None:
    spoken = table.model().data(table.model().index(1, 1), Qt.ItemDataRole.AccessibleTextRole)

    assert spoken == "Files: 10"


def test_tab_leaves_the_table(show: Show, table: RowsTable[School]) -> None:
    assert not table.tabKeyNavigation()


def test_a_long_name_is_cut_before_anything_scrolls_sideways(show: Show, table: RowsTable[School]) -> None:
    table.show_rows((School("l", "A very long name of a school " * 5, 2),))

    assert table.horizontalScrollBar().maximum() == 0


def test_long_words_elsewhere_are_cut_before_names_are(show: Show) -> None:
    heads: tuple[Head[School], ...] = (
        Head(title="School", cell=lambda row: Cell(words=row.name), wide=True),
        Head(title="Signed by", cell=lambda _row: Cell(words="Chair of governors, Head, " * 3)),
    )
    table = RowsTable[School]("Schools", heads, lambda row: row.key)
    table.show_rows([School("a", "The Oakfield Primary School and Nursery", 1)])
    natural = table._rows.widths()

    show(table, 700, 300)

    assert table.columnWidth(0) == natural[0]
    assert table.columnWidth(1) < natural[1]
    assert table.horizontalScrollBar().maximum() == 0
