"""The page as people use it: keys, clicks, files; with a real workspace behind it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget

from iowscp_desktop.app import merging, responses
from iowscp_desktop.app.filling import open_filling
from iowscp_desktop.domain.events import EvidenceAttached
from iowscp_desktop.domain.tool import Part
from iowscp_desktop.ui.choosing import Wanted
from iowscp_desktop.ui.fill import FillPage
from iowscp_desktop.ui.fill.typed import DayField, TypedField
from iowscp_desktop.ui.widgets.choices import CheckBox, RadioOption
from tests.app.conftest import Round
from tests.ui.conftest import Show
from tests.ui.fill.conftest import Laptop

_KEY = Qt.Key
_CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def _empty_clipboard(qapp: QApplication) -> Iterator[None]:
    yield
    QGuiApplication.clipboard().clear()


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, modifier)


def type_in(words: str) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, words)


def part(page: FillPage, name: Part) -> TypedField | DayField:
    return page.board.panel.parts._fields[name]


def says(page: QWidget) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible() and label.text()]


def question(page: FillPage) -> str:
    return page.presenter.entry_id


def drop(page: QWidget, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    page.dropEvent(event)
    QApplication.processEvents()  # the new cards are shown


# --- grading by key and click --------------------------------------------------------------------


def test_a_number_key_grades_and_the_action_appears(page: FillPage, laptop: Laptop) -> None:
    before = part(page, Part.NEXT).isVisible()
    page.board.panel.go_in()
    press(_KEY.Key_2)

    assert not before
    assert laptop.answers() == {"heard": "partly"}
    assert part(page, Part.NEXT).isVisible()
    assert "Because you chose ‘Partly met’, add an action" in says(page)


def test_a_number_key_grades_from_the_list_too(page: FillPage, laptop: Laptop) -> None:
    page.board.list_pane.list.setFocus()
    press(_KEY.Key_3)

    assert laptop.answers() == {"heard": "not"}


def test_a_number_typed_into_words_grades_nothing(page: FillPage, laptop: Laptop) -> None:
    page.board.panel.go_in()
    press(_KEY.Key_1)
    part(page, Part.EVIDENCE).control.setFocus()
    type_in("23 of 24")
    page.flush()

    assert laptop.answers() == {"heard": "met", "heard_evidence": "23 of 24"}


def test_not_applicable_asks_why_and_for_nothing_else(page: FillPage) -> None:
    page.board.panel.go_in()
    press(_KEY.Key_4)

    visible = [name for name in (*Part,) if name is not Part.FILES and part(page, name).isVisible()]
    assert visible == [Part.NA_REASON]
    assert not page.board.panel.parts.strip.isVisible()


def test_a_grade_is_cleared_by_click(page: FillPage, laptop: Laptop) -> None:
    page.board.panel.go_in()
    press(_KEY.Key_1)
    QTest.mouseClick(page.board.panel.grades.clear_button, Qt.MouseButton.LeftButton)

    assert laptop.answers() == {"heard": None}
    assert [tile.isChecked() for tile in page.board.panel.grades.tiles.tiles] == [False] * 4
    assert not page.board.panel.grades.clear_button.isVisible()


# --- typing --------------------------------------------------------------------------------------


def test_leaving_a_field_saves_it(page: FillPage, laptop: Laptop) -> None:
    page.board.panel.go_in()
    press(_KEY.Key_1)
    part(page, Part.EVIDENCE).control.setFocus()
    type_in("A survey")
    unsaved = laptop.answers()
    press(_KEY.Key_Tab)

    assert unsaved == {"heard": "met"}
    assert laptop.answers() == {"heard": "met", "heard_evidence": "A survey"}


def test_words_typed_while_older_ones_are_saved_stay(page: FillPage, laptop: Laptop) -> None:
    page.board.panel.go_in()
    press(_KEY.Key_1)
    field = part(page, Part.EVIDENCE)
    field.control.setFocus()
    type_in("A sur")
    field.flush()
    type_in("vey")
    laptop.hub.tell(laptop.write(adult="met"))  # something else comes in between

    assert isinstance(field, TypedField)
    assert field.editor.text() == "A survey"
    assert laptop.answers()["heard_evidence"] == "A sur"


def test_hiding_the_page_saves_what_is_typed(page: FillPage, laptop: Laptop) -> None:
    page.board.panel.go_in()
    press(_KEY.Key_1)
    part(page, Part.EVIDENCE).control.setFocus()
    type_in("A survey")
    page.hide()

    assert laptop.answers()["heard_evidence"] == "A survey"


def test_going_on_from_inside_a_field_saves_it_in_its_own_question(page: FillPage, laptop: Laptop) -> None:
    page.board.panel.go_in()
    press(_KEY.Key_1)
    part(page, Part.EVIDENCE).control.setFocus()
    type_in("A survey")
    press(_KEY.Key_Down, _CTRL)
    at_next = question(page)
    press(_KEY.Key_1)
    part(page, Part.EVIDENCE).control.setFocus()
    type_in("Asked")
    press(_KEY.Key_Up, _CTRL)

    assert at_next == "adult"
    assert laptop.answers() == {
        "heard": "met", "heard_evidence": "A survey", "adult": "met", "adult_evidence": "Asked"
    }  # fmt: skip
    shown = part(page, Part.EVIDENCE)
    assert isinstance(shown, TypedField)
    assert shown.editor.text() == "A survey"


def test_an_action_is_written_by_keyboard_alone(page: FillPage, laptop: Laptop) -> None:
    page.board.panel.go_in()
    press(_KEY.Key_3)
    part(page, Part.NEXT).control.setFocus()
    type_in("Ask again")
    press(_KEY.Key_Tab)
    type_in("The head")
    press(_KEY.Key_Tab)
    type_in("1/12/2026")
    press(_KEY.Key_Tab)

    assert laptop.answers() == {
        "heard": "not", "heard_next": "Ask again", "heard_owner": "The head", "heard_due": "2026-12-01"
    }  # fmt: skip


def test_what_is_no_date_is_kept_and_said(page: FillPage, laptop: Laptop) -> None:
    page.board.panel.go_in()
    press(_KEY.Key_3)
    due = part(page, Part.DUE)
    due.control.setFocus()
    type_in("next week")
    press(_KEY.Key_Down, _CTRL)
    press(_KEY.Key_Up, _CTRL)

    assert isinstance(due, DayField)
    assert laptop.answers()["heard_due"] == "next week"
    assert due.editor.text() == "next week"
    assert any(words.startswith("Write the date as day") for words in says(page))


# --- plain questions -----------------------------------------------------------------------------


def test_a_number_is_taken_and_words_are_kept_but_not_let_pass(page: FillPage, laptop: Laptop) -> None:
    page.go_to("staff")
    type_in("forty")
    press(_KEY.Key_Tab)

    assert laptop.answers() == {"staff": "forty"}
    assert "Write a whole number, in figures, for example 41." in says(page)
    page.go_to("staff")
    focus = QApplication.focusWidget()
    assert isinstance(focus, QLineEdit)
    focus.selectAll()
    type_in("41")
    page.flush()
    assert laptop.answers() == {"staff": "41"}
    press(_KEY.Key_Tab)
    assert "Write a whole number, in figures, for example 41." not in says(page)


def test_one_of_several_is_picked_by_space_and_several_by_ticking(long_laptop: Laptop, show: Show) -> None:
    page = show(long_laptop.fill("setting_type"), 1352, 800)
    assert isinstance(page, FillPage)
    page.board.panel.go_in()
    focus = QApplication.focusWidget()
    press(_KEY.Key_Down)
    press(_KEY.Key_Space)
    page.go_to("setting_ages")
    boxes = [box for box in page.board.panel.plain.findChildren(CheckBox) if box.isVisible()]
    press(_KEY.Key_Space)
    boxes[1].setFocus()
    press(_KEY.Key_Space)

    assert isinstance(focus, RadioOption)
    answers = long_laptop.answers()
    assert answers["setting_type"] == "academy"
    assert answers["setting_ages"] == "early primary"


def test_a_question_with_notes_shows_them_first(long_laptop: Laptop, show: Show) -> None:
    page = show(long_laptop.fill("count_referrals"), 1352, 800)

    assert "Numbers for the last school year\nCount from 1 September to 31 August. Write 0 if there were none." in says(
        page
    )


def test_every_question_of_the_long_audit_is_drawn(long_laptop: Laptop, show: Show) -> None:
    page = show(long_laptop.fill("setting_name"), 1352, 800)
    assert isinstance(page, FillPage)
    titles = []
    seen = [question(page)]
    while page.board.foot.next.isEnabled():
        QTest.mouseClick(page.board.foot.next, Qt.MouseButton.LeftButton)
        seen.append(question(page))
        titles.append(page.board.panel._question.text())

    assert len(seen) == len(set(seen)) >= 90
    assert all(titles)


# --- getting about -------------------------------------------------------------------------------


def test_the_list_opens_questions_by_arrow_and_enter_goes_in(page: FillPage) -> None:
    rows = page.board.list_pane.list
    rows.setFocus()
    press(_KEY.Key_Down)
    by_arrow = (question(page), QApplication.focusWidget() is rows)
    press(_KEY.Key_Return)

    assert by_arrow == ("adult", True)
    assert QApplication.focusWidget() is page.board.panel.grades.tiles.tiles[0]


def test_ctrl_enter_goes_to_the_next_unanswered_even_from_words(page: FillPage) -> None:
    page.board.panel.go_in()
    press(_KEY.Key_1)
    part(page, Part.EVIDENCE).control.setFocus()
    type_in("A survey")
    press(_KEY.Key_Return, _CTRL)

    assert question(page) == "adult"


def test_ctrl_f_finds_and_enter_goes_into_what_was_found(page: FillPage) -> None:
    page.board.panel.go_in()
    press(_KEY.Key_F, _CTRL)
    type_in("setting called")
    rows = page.board.list_pane.list.model().rowCount()
    press(_KEY.Key_Return)
    press(_KEY.Key_Home)
    press(_KEY.Key_Return)

    assert rows == 1
    assert "1 question found" in says(page)
    assert question(page) == "setting_name"


def test_the_section_is_chosen_from_a_list(page: FillPage) -> None:
    sections = page.board.list_pane.sections
    sections.setFocus()
    press(_KEY.Key_Up)

    assert question(page) == "setting_name"


def test_when_nothing_is_left_the_way_leads_to_signing(page: FillPage, laptop: Laptop) -> None:
    laptop.hub.tell(
        laptop.write(setting_name="Test", heard="met", heard_evidence="Seen", adult="met", adult_evidence="Asked")
    )
    QTest.mouseClick(page.board.foot.check, Qt.MouseButton.LeftButton)

    assert not page.board.foot.next_unanswered.isVisible()
    assert laptop.ways == ["check"]


def test_ctrl_z_takes_the_last_answer_back_but_in_words_only_words(page: FillPage, laptop: Laptop) -> None:
    page.board.panel.go_in()
    press(_KEY.Key_1)
    press(_KEY.Key_2)
    field = part(page, Part.EVIDENCE)
    field.control.setFocus()
    type_in("A")
    press(_KEY.Key_Z, _CTRL)
    in_words = laptop.answers()
    page.board.panel.grades.tiles.tiles[0].setFocus()
    press(_KEY.Key_Z, _CTRL)

    assert isinstance(field.control, QPlainTextEdit)
    assert in_words["heard"] == "partly"
    assert laptop.answers()["heard"] == "met"


# --- files ---------------------------------------------------------------------------------------


def attached(laptop: Laptop) -> list[str]:
    return [held.event.name for held in laptop.ws.standing(EvidenceAttached)]


def test_files_are_dropped_anywhere_on_the_page_and_bad_ones_refused_inline(
    page: FillPage, laptop: Laptop, tmp_path: Path
) -> None:
    good, bad = tmp_path / "minutes.txt", tmp_path / "program.exe"
    good.write_bytes(b"We met.")
    bad.write_bytes(b"MZ")
    drop(page, good, bad)

    assert attached(laptop) == ["minutes.txt"]
    assert any(words.startswith("“program.exe” was not added.") for words in says(page))
    assert "Code W104" in says(page)
    page.go_to("adult")
    assert "Code W104" not in says(page)


def test_files_are_chosen_with_the_computers_own_window(page: FillPage, laptop: Laptop, tmp_path: Path) -> None:
    path = tmp_path / "minutes.txt"
    path.write_bytes(b"We met.")
    laptop.choose.picks = (path,)
    strip = page.board.panel.parts.strip
    strip._drop.setFocus()
    press(_KEY.Key_Return)

    assert [request.wanted for request in laptop.choose.asked] == [Wanted.FILES]
    assert attached(laptop) == ["minutes.txt"]


def test_a_picture_is_pasted_as_png(page: FillPage, laptop: Laptop) -> None:
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(QColor("#2B6CB0"))
    QGuiApplication.clipboard().setImage(picture)
    page.board.panel.go_in()
    press(_KEY.Key_V, _CTRL)

    (held,) = laptop.ws.standing(EvidenceAttached)
    assert held.event.name.startswith("Picture 2026-01-05 09.0")
    assert laptop.ws.store.blobs.read(held.event.sha256).startswith(b"\x89PNG")


def test_text_on_the_clipboard_goes_into_words_and_is_no_file(page: FillPage, laptop: Laptop) -> None:
    QGuiApplication.clipboard().setText("A survey")
    page.board.panel.go_in()
    press(_KEY.Key_1)
    part(page, Part.EVIDENCE).control.setFocus()
    press(_KEY.Key_V, _CTRL)
    page.flush()

    assert laptop.answers()["heard_evidence"] == "A survey"
    assert attached(laptop) == []


def test_a_file_is_copied_out_where_the_person_says_and_taken_away_by_delete(
    page: FillPage, laptop: Laptop, tmp_path: Path
) -> None:
    path = tmp_path / "minutes.txt"
    path.write_bytes(b"We met.")
    drop(page, path)
    laptop.choose.picks = (tmp_path / "copy.txt",)
    (card,) = page.board.panel.parts.strip._cards.values()
    card.setFocus()
    press(_KEY.Key_Return)
    press(_KEY.Key_Delete)

    assert (tmp_path / "copy.txt").read_bytes() == b"We met."
    assert laptop.choose.asked[0].wanted is Wanted.NEW_FILE
    assert attached(laptop) == []
    assert page.board.foot.undo.text() == "Undo: removing “minutes.txt”"


def test_a_carried_file_dropped_here_is_left_to_the_window(page: FillPage, laptop: Laptop, tmp_path: Path) -> None:
    path = tmp_path / "school.iowbundle"
    path.write_bytes(b"sealed")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDragEnterEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    event.ignore()
    page.dragEnterEvent(event)

    assert not event.isAccepted()


# --- locked, and in dispute ----------------------------------------------------------------------


def test_a_locked_response_is_read_only_until_opened_with_a_reason(page: FillPage, laptop: Laptop) -> None:
    laptop.hub.tell(
        laptop.write(setting_name="Test", heard="met", heard_evidence="Seen", adult="met", adult_evidence="Asked")
    )
    laptop.hub.tell(responses.finalise(laptop.ws, open_filling(laptop.ws, laptop.response_id)))
    page.board.list_pane.list.setFocus()
    press(_KEY.Key_3)
    evidence = part(page, Part.EVIDENCE)
    read_only = isinstance(evidence, TypedField) and evidence.editor.isReadOnly()
    locked = page.board.panel.locked
    QTest.mouseClick(locked.offer_button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(locked.do_button, Qt.MouseButton.LeftButton)
    without_reason = locked.isVisible()
    locked.reason.setFocus()
    type_in("The survey was from last year")
    QTest.mouseClick(locked.do_button, Qt.MouseButton.LeftButton)

    assert laptop.answers()["heard"] == "met"
    assert read_only
    assert without_reason
    assert not locked.isVisible()
    page.board.panel.go_in()
    press(_KEY.Key_3)
    assert laptop.answers()["heard"] == "not"


def test_the_hub_forgets_a_page_that_is_gone(laptop: Laptop) -> None:
    page = laptop.fill("heard")
    page.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    laptop.hub.tell(laptop.write(heard="met"))  # a page that heard it would draw on nothing
    assert laptop.answers() == {"heard": "met"}


def test_two_different_answers_are_marked_and_lead_to_where_one_is_chosen(audit: Round, show: Show) -> None:
    one, two = Laptop(*audit.laptop("Ben", "dsl")), Laptop(*audit.laptop("Cat", "deputy"))
    one.write(heard="met")
    two.write(heard="partly")
    for each in (one, two):
        file = responses.send_return(each.ws, each.response_id, audit.setting.folder)
        merging.merge(audit.team, merging.preview(audit.team, [file]))
    team = Laptop(audit.team, one.response_id)
    page = show(team.fill("heard"), 1352, 800)
    assert isinstance(page, FillPage)
    words = says(page)
    row = page.board.list_pane.list.model().index(0, 0)
    QTest.mouseClick(page.board.panel.settle_button, Qt.MouseButton.LeftButton)

    assert "Two people gave different answers here. Both are kept until somebody chooses." in words
    assert "needs attention" in row.data(Qt.ItemDataRole.AccessibleTextRole)
    assert team.ways == ["settle"]
