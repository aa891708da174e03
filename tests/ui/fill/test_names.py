"""Names kept out: what is said below a text, as people meet it, and what is written down of it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from iowscp_desktop.app import considering, responses
from iowscp_desktop.app.filling import open_filling
from iowscp_desktop.domain.events import WordsConsidered
from iowscp_desktop.domain.ids import response_space
from iowscp_desktop.domain.tool import Part
from iowscp_desktop.ui.fill import FillPage
from iowscp_desktop.ui.fill.typed import TypedField
from iowscp_desktop.ui.shell import Shell
from iowscp_desktop.ui.theme import Role, Scheme, apply_theme, colour
from iowscp_desktop.ui.widgets.name_watch import NameNote
from tests.ui.conftest import Show
from tests.ui.fill.conftest import Laptop
from tests.ui.walks import backwards, faults, in_window

JAYDEN = "This looks as if it names somebody: “Jayden Smith”. Leave names out, or say that you have considered it."


def evidence(page: FillPage) -> TypedField:
    field = page.board.panel.parts._fields[Part.EVIDENCE]
    assert isinstance(field, TypedField)
    return field


def pause(field: TypedField) -> None:
    """Do what the clock does when nobody has typed for a while."""
    assert field.watch is not None
    assert field.watch.is_waiting
    field.watch.look_now()


def note(field: TypedField) -> NameNote:
    assert field.watch is not None
    assert field.watch.note is not None
    return field.watch.note


def said(field: TypedField) -> str:
    shown = None if field.watch is None else field.watch.note
    return shown.words.text() if shown is not None and shown.isVisible() else ""


def type_in(field: TypedField, words: str) -> None:
    field.editor.setFocus()
    QTest.keyClicks(field.editor, words)


def press(key: Qt.Key) -> QWidget:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key)
    after = QApplication.focusWidget()
    assert after is not None
    return after


@pytest.fixture
def graded(laptop: Laptop, show: Show) -> FillPage:
    laptop.write(heard="met")
    page = show(laptop.fill("heard"), 1352, 800)
    assert isinstance(page, FillPage)
    return page


def test_what_seems_to_name_somebody_is_said_after_a_pause_and_not_before(graded: FillPage) -> None:
    field = evidence(graded)
    type_in(field, "We asked Jayden Smith")
    before = said(field)
    pause(field)

    assert (before, said(field)) == ("", JAYDEN)
    assert JAYDEN in field.editor.accessibleDescription()


def test_harmless_words_get_no_note(graded: FillPage) -> None:
    field = evidence(graded)
    type_in(field, "Pupils told governors in May that they feel safe.")
    pause(field)

    assert said(field) == ""


def test_a_number_is_called_what_it_is(graded: FillPage) -> None:
    field = evidence(graded)
    type_in(field, "943 476 5919")
    pause(field)

    assert said(field) == (
        "This looks like an NHS number: “943 476 5919”. Leave it out, or say that you have considered it."
    )


def test_several_sorts_are_said_one_after_another(graded: FillPage) -> None:
    field = evidence(graded)
    type_in(field, "Jayden and Kayleigh, 01983 821000")
    pause(field)

    assert said(field) == (
        "This looks as if it names somebody: “Jayden”, “Kayleigh”. This looks like a telephone number: “01983 821000”. "
        "Leave them out, or say that you have considered it."
    )


def test_that_it_was_considered_is_said_by_keyboard_and_written_down_once(laptop: Laptop, graded: FillPage) -> None:
    field = evidence(graded)
    type_in(field, "We asked Jayden Smith")
    pause(field)
    button = note(field).button
    button.setFocus(Qt.FocusReason.TabFocusReason)
    after = press(Qt.Key.Key_Space)

    space = response_space(laptop.response_id)
    held = laptop.ws.standing(WordsConsidered, space=space)
    assert [each.event.question_id for each in held] == ["heard_evidence"]
    assert (said(field), after) == ("", field.editor)
    assert "names somebody" not in field.editor.accessibleDescription()


def test_it_is_asked_again_only_for_what_is_new(laptop: Laptop, graded: FillPage) -> None:
    field = evidence(graded)
    type_in(field, "Jayden Smith said so")
    pause(field)
    note(field).button.click()
    type_in(field, " often")
    pause(field)
    same = said(field)
    type_in(field, " to Kayleigh")
    pause(field)

    assert same == ""
    assert "“Kayleigh”" in said(field)
    assert "Jayden" not in said(field)
    field.flush()
    assert laptop.answers()["heard_evidence"] == "Jayden Smith said so often to Kayleigh"


def test_the_note_is_there_again_when_the_page_is_opened_anew(laptop: Laptop, show: Show) -> None:
    laptop.write(heard="met", heard_evidence="We asked Jayden Smith")
    page = show(laptop.fill("heard"), 1352, 800)
    assert isinstance(page, FillPage)
    field = evidence(page)
    QApplication.processEvents()

    assert said(field) == JAYDEN


def test_another_question_does_not_keep_the_note(laptop: Laptop, show: Show) -> None:
    laptop.write(heard="met", heard_evidence="We asked Jayden Smith", adult="met")
    page = show(laptop.fill("heard"), 1352, 800)
    assert isinstance(page, FillPage)
    field = evidence(page)
    QApplication.processEvents()
    before = said(field)
    page.go_to("adult")
    QApplication.processEvents()

    assert (before, said(field)) == (JAYDEN, "")


def test_escape_puts_the_note_aside_and_writes_nothing(laptop: Laptop, graded: FillPage) -> None:
    field = evidence(graded)
    type_in(field, "We asked Jayden Smith")
    pause(field)
    note(field).button.setFocus(Qt.FocusReason.TabFocusReason)
    after = press(Qt.Key.Key_Escape)

    assert (said(field), after) == ("", field.editor)
    assert not laptop.ws.standing(WordsConsidered, space=response_space(laptop.response_id))
    assert considering.doubtful(
        laptop.ws, laptop.response_id, [open_filling(laptop.ws, laptop.response_id).entry("heard")]
    )


def test_tab_leads_from_the_text_to_the_button_below_it(laptop: Laptop, show: Show) -> None:
    laptop.write(heard="met", heard_evidence="We asked Jayden Smith")
    page = laptop.fill("heard")
    show(in_window(page), 1366, 768)
    QApplication.processEvents()
    field = evidence(page)
    field.editor.setFocus()

    assert press(Qt.Key.Key_Tab) is note(field).button


def test_a_locked_audit_says_nothing_about_names(laptop: Laptop, show: Show) -> None:
    laptop.write(setting_name="Test", heard="met", heard_evidence="Jayden Smith", adult="met", adult_evidence="Asked")
    responses.finalise(laptop.ws, open_filling(laptop.ws, laptop.response_id))
    page = show(laptop.fill("heard"), 1352, 800)
    assert isinstance(page, FillPage)
    QApplication.processEvents()

    assert said(evidence(page)) == ""


def test_who_does_an_action_is_asked_for_and_no_warning(laptop: Laptop, show: Show) -> None:
    laptop.write(heard="partly", heard_owner="Kayleigh Smith", heard_next="Ask Kayleigh Smith")
    page = show(laptop.fill("heard"), 1352, 1000)
    assert isinstance(page, FillPage)
    QApplication.processEvents()
    fields = page.board.panel.parts._fields

    owner, following = fields[Part.OWNER], fields[Part.NEXT]
    assert isinstance(owner, TypedField)
    assert isinstance(following, TypedField)
    assert (said(owner), "Kayleigh" in said(following)) == ("", True)


def test_a_line_of_a_plain_question_is_looked_over_too(laptop: Laptop, show: Show) -> None:
    page = show(laptop.fill("setting_name"), 1352, 800)
    assert isinstance(page, FillPage)
    field = page.board.panel.plain.field
    assert isinstance(field, TypedField)
    type_in(field, "Where Jayden Smith goes")
    plain = _dashes(field)
    pause(field)
    marked = _dashes(field)
    type_in(field, "!")

    assert said(field) == JAYDEN
    assert (plain, marked > 0) == (0, True)
    assert field.editor.text() == "Where Jayden Smith goes!"


def test_what_is_marked_is_underlined_in_the_text_and_the_text_stays_the_same(graded: FillPage) -> None:
    field = evidence(graded)
    type_in(field, "We asked ")
    field.editor.insertPlainText("🙂 Jayden Smith twice")  # type: ignore[union-attr]  # a text area
    plain = _dashes(field)
    pause(field)
    marks = field.editor.extraSelections()  # type: ignore[union-attr]  # a text area

    assert (plain, _dashes(field) > 0) == (0, True)
    assert [mark.cursor.selectedText() for mark in marks] == ["Jayden Smith"]
    assert field.editor.text() == "We asked 🙂 Jayden Smith twice"


def test_a_text_longer_than_a_blink_is_read_elsewhere(
    laptop: Laptop, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("iowscp_desktop.ui.fill.names.LONG", 10)
    laptop.write(heard="met", heard_evidence="We asked Jayden Smith")
    page = show(laptop.fill("heard"), 1352, 800)
    assert isinstance(page, FillPage)
    QApplication.processEvents()

    assert said(evidence(page)) == JAYDEN


@pytest.mark.parametrize(("scheme", "scale"), [(Scheme.LIGHT, 1.0), (Scheme.DARK, 1.0), (Scheme.LIGHT, 2.0)])
def test_the_note_is_named_large_enough_and_in_sight_at_every_size(
    qapp: QApplication, laptop: Laptop, show: Show, scheme: Scheme, scale: float
) -> None:
    apply_theme(qapp, scheme, scale)
    laptop.write(heard="partly", heard_evidence="We asked Jayden Smith", heard_next="Ring 07700 900123")
    page = laptop.fill("heard")
    window = show(in_window(page), 1366, 768)
    QApplication.processEvents()

    assert isinstance(window, Shell)
    assert said(evidence(page)) == JAYDEN
    assert faults(window) == []
    assert backwards(window) == []


def _dashes(field: TypedField) -> int:
    """Count the pixels in the colour of the underline."""
    field.editor.clearFocus()
    QApplication.processEvents()
    picture: QImage = field.editor.grab().toImage()
    field.editor.setFocus()
    wanted = QColor(colour(Role.AMBER_INK)).rgb()
    return sum(picture.pixel(x, y) == wanted for x in range(picture.width()) for y in range(picture.height()))


def test_what_was_typed_can_still_be_taken_back_after_it_was_considered(laptop: Laptop, graded: FillPage) -> None:
    field = evidence(graded)
    type_in(field, "We asked Jayden Smith")
    pause(field)
    note(field).button.click()
    graded.board.foot.undo.click()
    at_once = laptop.answers()["heard_evidence"]
    again = laptop.fill("heard")
    offered = again.board.foot.undo.text()
    again.deleteLater()

    assert at_once in {"", None}
    assert "1.1" in offered


def test_the_last_answer_is_offered_back_though_it_was_considered_since(laptop: Laptop, graded: FillPage) -> None:
    field = evidence(graded)
    type_in(field, "We asked Jayden Smith")
    pause(field)
    note(field).button.click()
    again = laptop.fill("heard")
    again.board.foot.undo.click()
    again.deleteLater()

    assert laptop.answers()["heard_evidence"] in {"", None}


def test_what_repeats_is_looked_over_card_by_card(every: Laptop, show: Show) -> None:
    page = show(every.fill("child"), 1352, 900)
    assert isinstance(page, FillPage)
    for _ in range(2):
        page.board.panel.cards.add_button.click()
    first, second = (box.answers[0].field for box in page.board.panel.cards.boxes[:2])
    assert isinstance(first, TypedField)
    assert isinstance(second, TypedField)
    type_in(first, "Jayden Smith")
    pause(first)
    type_in(second, "Kayleigh Jones")
    pause(second)
    note(first).button.click()

    assert (said(first), "Kayleigh Jones" in said(second)) == ("", True)
    held = every.ws.standing(WordsConsidered, space=response_space(every.response_id))
    assert [len(each.event.instances) for each in held] == [1]
