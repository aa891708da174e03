"""Checking and signing, as people do it: with a real workspace behind the page."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from iowscp_desktop.app import merging, responses
from iowscp_desktop.app.filling import open_filling
from iowscp_desktop.ui.check import CheckPage
from iowscp_desktop.ui.check.signing import SignForm
from iowscp_desktop.ui.shell import Shell
from iowscp_desktop.ui.theme import Scheme, apply_theme
from iowscp_desktop.ui.widgets.buttons import Button
from tests.app.conftest import Round
from tests.ui.check.conftest import COMPLETE, Office
from tests.ui.conftest import Show
from tests.ui.walks import backwards, faults, in_window

Open = Callable[[], CheckPage]
_LEFT = Qt.MouseButton.LeftButton


def says(page: QWidget) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible() and label.text()]


def links(page: QWidget) -> list[str]:
    return [button.text() for button in page.findChildren(Button) if button.isVisible()]


def form(page: CheckPage, role: str) -> SignForm:
    found = page.signing.form(role)
    assert found is not None
    return found


def sign(page: CheckPage, role: str, name: str, *, own_device: bool = True) -> None:
    to_sign = form(page, role)
    to_sign.name.setFocus()
    QTest.keyClicks(to_sign.name, name)
    choice = to_sign.own if own_device else to_sign.shared
    choice.setFocus()
    QTest.keyClick(choice, Qt.Key.Key_Space)
    QTest.mouseClick(to_sign.button, _LEFT)


# --- what is to fix ------------------------------------------------------------------------------


def test_everything_to_fix_is_a_link_to_its_question(office: Office, open_page: Open) -> None:
    office.write(**COMPLETE | {"heard_evidence": "", "adult_next": "", "adult_owner": "", "adult_due": ""})
    page = open_page()
    shown = links(page.summary)
    page.summary.findChildren(Button)[1].click()

    assert "There are 2 things to fix before you can sign" in says(page)
    assert shown == [
        "1.1  Children are heard: “How do you know?” is empty",
        "1.2  A trusted adult: ‘Partly met’ needs an action",
    ]
    assert office.ways == ["adult"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"adult_owner": ""}, "1.2  A trusted adult: “Who?” is empty"),
        ({"staff": "many"}, "A.2  Staff: does not fit the question"),
        ({"setting_name": ""}, "1 question is not answered"),
        ({"heard": "na"}, "1.1  Children are heard: “Why does this not apply?” is empty"),
    ],
)
def test_each_thing_to_fix_says_what_is_wrong(
    office: Office, open_page: Open, given: dict[str, str], words: str
) -> None:
    office.write(**COMPLETE | given)

    assert links(open_page().summary) == [words]


def test_what_is_mended_leaves_the_list(office: Office, open_page: Open) -> None:
    office.write(**COMPLETE | {"heard_evidence": ""})
    page = open_page()
    office.write(heard_evidence="A survey")

    assert not page.summary.isVisible()
    assert "Every question has an answer. You can sign." in says(page)


def test_signing_too_early_leads_to_what_is_to_fix(office: Office, open_page: Open) -> None:
    office.write(**COMPLETE | {"heard_evidence": ""})
    page = open_page()
    button = form(page, "dsl").button
    pressable = button.isEnabled()
    sign(page, "dsl", "Priya Nair")

    assert pressable
    assert page.summary.hasFocus()
    assert office.signed() == []
    assert form(page, "dsl").name.text() == "Priya Nair"  # nothing typed is lost


# --- the answers ---------------------------------------------------------------------------------


def test_answers_are_shown_with_their_words_and_a_way_to_change_them(office: Office, open_page: Open) -> None:
    office.write(**COMPLETE)
    page = open_page()
    QTest.mouseClick(page.all_button, _LEFT)
    QApplication.processEvents()
    words = says(page)
    changes = [button for button in page.findChildren(Button) if button.text() == "Change" and button.isVisible()]
    changes[2].click()

    assert {"A survey of every class", "Asked 24 children", "1. When? Fri 2 Jan 2026", "12", "Partly met"} <= set(words)
    assert [change.accessibleName() for change in changes] == [
        "Change A.1 Name",
        "Change A.2 Staff",
        "Change 1.1 Children are heard",
        "Change 1.2 A trusted adult",
        "Change B.1 Visits",
    ]
    assert office.ways == ["heard"]


def test_a_section_opens_and_closes_by_key(office: Office, open_page: Open) -> None:
    page = open_page()
    card = page.sections[1]
    card.button.setFocus()
    before = card.is_open
    QTest.keyClick(card.button, Qt.Key.Key_Space)
    opened = card.is_open
    QTest.keyClick(card.button, Qt.Key.Key_Space)

    assert (before, opened, card.is_open) == (False, True, False)
    assert card.button.accessibleName() == "Show answers: 1  Culture"


def test_a_page_that_is_hidden_looks_again_when_it_comes_back(office: Office, open_page: Open) -> None:
    page = open_page()
    page.hide()
    office.write(**COMPLETE)
    hidden = page.summary.isHidden()
    page.show()

    assert not hidden
    assert page.summary.isHidden()


# --- signing -------------------------------------------------------------------------------------


def test_a_signature_needs_a_name_and_whose_computer_it_is(office: Office, open_page: Open) -> None:
    office.write(**COMPLETE)
    page = open_page()
    to_sign = form(page, "dsl")
    QTest.mouseClick(to_sign.button, _LEFT)
    nothing = says(page)
    at_name = to_sign.name.hasFocus()
    QTest.keyClicks(to_sign.name, "Priya Nair")
    QTest.keyClick(to_sign.name, Qt.Key.Key_Return)

    assert {"Write your full name.", "Say whose computer this is."} <= set(nothing)
    assert at_name
    assert "Write your full name." not in says(page)
    assert "Say whose computer this is." in says(page)
    assert office.signed() == []


def test_each_signs_in_turn_and_then_the_file_is_made(office: Office, open_page: Open) -> None:
    office.write(**COMPLETE)
    page = open_page()
    waiting = page.signing.form("head")
    sign(page, "dsl", "Priya Nair")
    one = says(page)
    offered = page.export_button.isVisible()
    at_next = form(page, "head").name.hasFocus()
    sign(page, "head", "Tom Osei", own_device=False)
    at_export = page.export_button.hasFocus()
    QTest.mouseClick(page.export_button, _LEFT)

    assert waiting is None
    assert "Signed 5 Jan 2026, 09:00" in one
    assert not offered
    assert (at_next, at_export) == (True, True)  # whoever works by keyboard goes straight on
    assert office.signed() == [("dsl", "Priya Nair", True), ("head", "Tom Osei", False)]
    assert {"On their own computer", "On somebody else’s computer", "Ready to send"} <= set(says(page))
    assert office.ways == ["export"]


def test_a_signed_audit_is_locked_until_it_is_opened_with_a_reason(office: Office, open_page: Open) -> None:
    office.write(**COMPLETE)
    page = open_page()
    for role, name in (("dsl", "Priya Nair"), ("head", "Tom Osei")):
        office.sign(role, name)
    QTest.mouseClick(page.locked.offer_button, _LEFT)
    QTest.mouseClick(page.locked.do_button, _LEFT)
    still_locked = "Write one sentence that says why." in says(page)
    page.locked.reason.setFocus()
    QTest.keyClicks(page.locked.reason, "The survey was from last year")
    QTest.mouseClick(page.locked.do_button, _LEFT)

    assert still_locked
    assert not page.locked.isVisible()
    assert not page.export_button.isVisible()
    assert "Version 2" in says(page)
    assert page.signing.form("dsl") is not None
    assert len(office.signed()) == 2  # what was signed stays on record


def test_an_answer_that_came_in_after_signing_is_said(audit: Round, show: Show) -> None:
    one, two = Office(*audit.laptop("Ben", "dsl")), Office(*audit.laptop("Cat", "deputy"))
    one.write(**COMPLETE)
    one.sign("dsl", "Priya Nair")
    two.write(staff="11")
    for each in (one, two):
        file = responses.send_return(each.ws, each.response_id, audit.setting.folder)
        merging.merge(audit.team, merging.preview(audit.team, [file]))

    page = show(Office(audit.team, one.response_id).check(), 1352, 900)

    assert "Answers have changed since this was signed" in says(page)


def test_the_hub_forgets_a_page_that_is_gone(office: Office) -> None:
    page = office.check()
    page.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    office.write(heard="met")  # a page that heard it would draw on nothing
    assert open_filling(office.ws, office.response_id).entry("heard").point == "met"


# --- look ----------------------------------------------------------------------------------------

SIZES = [(1440, 900, 1.0), (1366, 768, 1.0), (1024, 768, 1.0), (1366, 768, 1.5), (1366, 768, 2.0)]


@pytest.mark.parametrize(("width", "height", "scale"), SIZES)
@pytest.mark.parametrize("stage", ["begun", "ready", "signed"])
def test_everything_is_named_large_enough_reached_and_in_sight(  # noqa: PLR0917 - sizes and stages
    qapp: QApplication, office: Office, show: Show, width: int, height: int, scale: float, stage: str
) -> None:
    apply_theme(qapp, Scheme.LIGHT, scale)
    office.write(**COMPLETE if stage != "begun" else {"heard": "partly"})
    if stage == "signed":
        office.sign("dsl", "Priya Nair")
        office.sign("head", "Tom Osei")
    page = office.check()
    page.all_button.click()

    window = show(in_window(page), width, height)

    assert isinstance(window, Shell)
    assert window.width() == width
    assert faults(window) == []


def test_tab_goes_down_the_page(office: Office, show: Show) -> None:
    office.write(heard="partly")
    window = show(in_window(office.check()), 1440, 2000)

    assert isinstance(window, Shell)
    assert backwards(window) == []


def test_who_opened_it_again_and_why_is_said_until_it_is_signed_anew(office: Office, open_page: Open) -> None:
    office.write(**COMPLETE)
    page = open_page()
    sign(page, "dsl", "Jo Fielding")
    before = says(page)
    office.hub.tell(responses.reopen(office.ws, office.response_id, "Two of you signed different answers"))
    opened = says(page)
    sign(page, "dsl", "Jo Fielding")

    assert "This audit was opened again, to be signed anew" in opened
    assert any(words.endswith(": Two of you signed different answers") for words in opened)
    assert "This audit was opened again, to be signed anew" not in before + says(page)
