from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QFontMetrics
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester

from iowscp_desktop.ui.theme import Type, font
from iowscp_desktop.ui.widgets.bars import SegmentedBar
from iowscp_desktop.ui.widgets.question_list import QuestionListView, two_lines
from iowscp_desktop.ui.widgets.rows import RowsModel
from iowscp_desktop.ui.widgets.task_row import Task, TaskRow
from tests.ui.conftest import Show
from tests.ui.gallery import home
from tests.ui.invented import MET, rows, segments


@dataclass(frozen=True)
class Fruit:
    id: str
    name: str


def fruits() -> RowsModel[Fruit]:
    model = RowsModel[Fruit](lambda fruit: fruit.id, lambda fruit: fruit.name)
    model.show_rows((Fruit("a", "Apple"), Fruit("b", "Pear")))
    return model


def test_the_model_keeps_qts_rules(qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(fruits())


def test_only_rows_that_differ_are_told(qtbot: object) -> None:
    model = fruits()
    told: list[int] = []
    resets: list[bool] = []
    model.dataChanged.connect(lambda first, _last: told.append(first.row()))
    model.modelReset.connect(lambda: resets.append(True))

    model.show_rows((Fruit("a", "Apple"), Fruit("b", "Plum")))

    assert (told, resets) == ([1], [])
    assert model.index_of("b").data() == "Plum"


def test_another_order_is_shown_anew(qtbot: object) -> None:
    model = fruits()

    model.show_rows((Fruit("b", "Pear"), Fruit("a", "Apple")))

    assert [row.id for row in model.rows] == ["b", "a"]
    assert model.key_at(model.index_of("a")) == "a"
    assert not model.index_of("gone").isValid()


@pytest.fixture
def questions(show: Show) -> QuestionListView:
    view = show(QuestionListView("Questions"), 300, 300)
    assert isinstance(view, QuestionListView)
    view.show_rows(rows())
    view.show_current("q3.2")
    return view


@pytest.fixture
def opened(questions: QuestionListView) -> list[str]:
    told: list[str] = []
    questions.opened.connect(told.append)
    return told


def test_showing_rows_and_the_current_one_opens_nothing(questions: QuestionListView, opened: list[str]) -> None:
    questions.show_current("q3.9")
    questions.show_rows(rows()[2:])

    assert opened == []
    assert questions.current_id() == "q3.9"


def test_arrow_keys_open_the_next_question(questions: QuestionListView, opened: list[str]) -> None:
    QTest.keyClick(questions, Qt.Key.Key_Down)
    QTest.keyClick(questions, Qt.Key.Key_End)
    QTest.keyClick(questions, Qt.Key.Key_End)

    assert opened == ["q3.3", "q3.14"]


def test_a_click_opens_a_question(questions: QuestionListView, opened: list[str]) -> None:
    place = questions.visualRect(questions.model().index(3, 0)).center()

    QTest.mouseClick(questions.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert opened == ["q3.4"]


def test_a_row_is_read_out_with_its_state(questions: QuestionListView) -> None:
    item = QAccessible.queryAccessibleInterface(questions)

    names = [item.child(place).text(QAccessible.Text.Name) for place in range(item.childCount())]

    assert "Question 3.7. Prevent training current. Not met, needs attention." in names
    assert "Question 3.12. Lessons from reviews shared. Not answered, flagged to come back to." in names


def test_a_changed_row_keeps_the_place_in_the_list(questions: QuestionListView, opened: list[str]) -> None:
    changed = tuple(replace(row, mark=MET, word="Met") if row.id == "q3.4" else row for row in rows())

    questions.show_rows(changed)

    assert questions.current_id() == "q3.2"
    assert opened == []


@pytest.mark.parametrize("words", ["Short", "Two words", "A title that is far too long " * 4])
def test_titles_take_two_lines_at_most(qtbot: object, words: str) -> None:
    metrics = QFontMetrics(font(Type.SMALL))

    shown = two_lines(words, metrics, 160)

    height = metrics.boundingRect(0, 0, 160, 1000, int(Qt.TextFlag.TextWordWrap), shown).height()
    assert height < 2.5 * metrics.lineSpacing()
    assert words.startswith(shown.rstrip("…").strip())


def test_the_bar_says_in_words_what_it_shows(show: Show) -> None:
    bar = SegmentedBar(segments(6, 2, 1, 0), 16)
    show(bar)

    item = QAccessible.queryAccessibleInterface(bar)

    assert item.role() == QAccessible.Role.ProgressBar
    assert item.text(QAccessible.Text.Name) == "9 of 16"
    assert item.text(QAccessible.Text.Description) == "6 Met, 2 Partly met, 1 Not met, 7 Not answered"
    assert (bar.minimum(), bar.value(), bar.maximum()) == (0, 9, 16)


def test_a_bar_without_questions_can_be_drawn(show: Show) -> None:
    bar = SegmentedBar((), 0)
    show(bar)

    assert not bar.grab().isNull()
    assert bar.accessibleName() == "0 of 0"


def test_a_section_is_read_out_whole_however_narrow_it_is(show: Show) -> None:
    page = show(home(), 420, 600)

    row = page.findChildren(TaskRow)[2]

    assert row.accessibleName() == "Section 3. Training and induction. 9 of 16 answered. In progress."
    assert isinstance(row.task, Task)
