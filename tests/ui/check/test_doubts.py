"""Names kept out, before signing: how many answers seem to name somebody, and the way to them."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from iowscp_desktop.app import considering, responses
from iowscp_desktop.app.filling import open_filling
from iowscp_desktop.domain.ids import QuestionId
from iowscp_desktop.ui.check import CheckPage
from iowscp_desktop.ui.shell import Shell
from iowscp_desktop.ui.theme import Scheme, apply_theme
from iowscp_desktop.ui.widgets.buttons import Button
from tests.ui.check.conftest import COMPLETE, Office
from tests.ui.conftest import Show
from tests.ui.walks import backwards, faults, in_window

Open = Callable[[], CheckPage]
NAMED = COMPLETE | {
    "heard_evidence": "Jayden Smith said so",
    "adult_next": "Ring 07700 900123",
    "adult_owner": "Ann Lee",
}


def links(page: CheckPage) -> list[Button]:
    return [button for button in page.doubts.findChildren(Button) if button.isVisible()]


def test_answers_that_seem_to_name_somebody_are_counted_and_linked(office: Office, open_page: Open) -> None:
    office.write(**NAMED)
    page = open_page()

    entries = [open_filling(office.ws, office.response_id).entry(id_) for id_ in ("heard", "adult")]
    assert page.doubts.heading.text() == "2 answers seem to name somebody"
    assert [link.text() for link in links(page)] == [
        f"{entries[0].number}  {entries[0].title}: a name",
        f"{entries[1].number}  {entries[1].title}: a telephone number",
    ]


def test_the_words_themselves_are_not_shown_again(office: Office, open_page: Open) -> None:
    office.write(**NAMED)

    assert not any("Jayden" in link.text() or "07700" in link.text() for link in links(open_page()))


def test_a_link_is_followed_by_keyboard_to_its_question(office: Office, open_page: Open) -> None:
    office.write(**NAMED)
    page = open_page()
    links(page)[1].setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(links(page)[1], Qt.Key.Key_Space)

    assert office.ways == ["adult"]


def test_nothing_is_said_where_nobody_is_named(office: Office, open_page: Open) -> None:
    office.write(**COMPLETE)

    assert not open_page().doubts.isVisible()


def test_it_goes_when_somebody_has_considered_it(office: Office, open_page: Open) -> None:
    office.write(**COMPLETE | {"heard_evidence": "Jayden Smith said so"})
    page = open_page()
    before = page.doubts.heading.text()
    office.hub.tell(considering.consider(office.ws, office.response_id, QuestionId("heard_evidence")))

    assert (before, page.doubts.isVisible()) == ("1 answer seems to name somebody", False)


def test_it_keeps_nobody_from_signing_and_goes_with_the_first_signature(office: Office, open_page: Open) -> None:
    office.write(**NAMED)
    page = open_page()
    role = open_filling(office.ws, office.response_id).tool.signers[0].role
    page.presenter.on_sign(role, "Ann Lee", own_device=True)

    revision = responses.revision(office.ws, office.response_id, open_filling(office.ws, office.response_id).tool)
    assert revision.finalised
    assert not page.doubts.isVisible()


@pytest.mark.parametrize(("scheme", "scale"), [(Scheme.LIGHT, 1.0), (Scheme.DARK, 1.0), (Scheme.LIGHT, 2.0)])
def test_it_is_named_large_enough_and_reached_at_every_size(
    qapp: QApplication, office: Office, show: Show, scheme: Scheme, scale: float
) -> None:
    apply_theme(qapp, scheme, scale)
    office.write(**NAMED)
    page = office.check()
    window = show(in_window(page), 1366, 768)

    assert isinstance(window, Shell)
    assert page.doubts.isVisible()
    assert faults(window) == []
    assert backwards(window) == []
