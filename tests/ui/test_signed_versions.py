"""Signed versions, on the two pages that tell them: the check page of the school, the history on either side."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from iowscp_desktop.app import matters, merging, receipts, responses, two_finals
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.ids import QuestionId, ResponseId
from iowscp_desktop.text.history import History
from iowscp_desktop.text.signed_versions import SignedVersions as Words
from iowscp_desktop.ui.check import CheckPage, open_check
from iowscp_desktop.ui.history import HistoryPage, open_history
from iowscp_desktop.ui.hub import Hub
from iowscp_desktop.ui.jobs import AtOnce
from iowscp_desktop.ui.shell import Shell
from iowscp_desktop.ui.theme import Scheme, apply_theme
from iowscp_desktop.ui.widgets.versions import MarkedText
from tests.app.conftest import Round
from tests.app.work import WHOLE, answer, sign_all, signed_twice, take_in
from tests.ui.acting import press
from tests.ui.conftest import Show
from tests.ui.walks import faults, in_window

WHY = "The head wrote to us that this is the one."


def chosen(audit: Round) -> tuple[ResponseId, Workspace]:
    """Let the team choose the second of two signed versions, and the school take the receipt in."""
    response_id, one, _two = signed_twice(audit)
    (found,) = two_finals.two_finals(audit.team)
    two_finals.work_with(audit.team, found, found.finals[1].key, WHY)
    receipt = receipts.send_receipt(audit.team, response_id, audit.setting.folder)
    merging.merge(one, merging.preview(one, [receipt]))
    return response_id, one


def checking(ws: Workspace, response_id: ResponseId, hub: Hub[Changes] | None = None) -> CheckPage:
    hub = hub or Hub()
    return open_check(ws, hub, AtOnce(), response_id, on_change=lambda _entry: None, on_export=lambda: None)


def history(ws: Workspace, response_id: ResponseId) -> HistoryPage:
    return open_history(ws, Hub(), response_id, "heard", on_back=lambda: None)


def told(page: CheckPage | HistoryPage) -> str:
    return "\n".join(label.text() for label in page.versions.findChildren(QLabel) if label.isVisible())


def test_the_school_sees_which_version_counts_by_whose_choice_and_why(show: Show, audit: Round) -> None:
    response_id, ws = chosen(audit)

    for page in (checking(ws, response_id), history(ws, response_id)):
        show(page)
        words = told(page)
        assert words.index("Ben Lead") < words.index(Words.became["not-chosen"]) < words.index("Cat Deputy")
        assert words.index("Cat Deputy") < words.index(Words.became["counts"]) < words.index(Words.chosen)
        assert WHY in words
        assert Words.nobody not in words
        assert words.count("Signed · ") == 4


def test_the_team_sees_the_same_in_the_history(show: Show, audit: Round) -> None:
    response_id, ws = chosen(audit)
    theirs, ours = history(ws, response_id), history(audit.team, response_id)
    show(theirs)
    show(ours)

    assert told(ours) == told(theirs) != ""


def test_one_that_was_signed_once_needs_no_list_and_one_that_was_opened_again_does(show: Show, audit: Round) -> None:
    ws, response_id = audit.laptop()
    answer(ws, response_id, WHOLE)
    hub: Hub[Changes] = Hub()
    page = checking(ws, response_id, hub)
    show(page)
    before = told(page)
    sign_all(ws, response_id)
    signed = told(page)

    hub.tell(responses.reopen(ws, response_id, "One answer was wrong"))

    assert (before, signed) == ("", "")
    assert Words.became["opened-again"] in told(page)
    assert "Ben Lead" in told(page).partition(Words.opened_again + ". ")[2]
    assert "One answer was wrong" in told(page)


def test_why_the_team_reads_an_answer_as_it_does_is_told_on_both_sides(show: Show, audit: Round) -> None:
    (one, response_id), (two, _) = audit.laptop(), audit.laptop("Cat Deputy", "deputy")
    answer(one, response_id, {**WHOLE, "heard": "met"})
    sign_all(one, response_id)
    answer(two, response_id, {"heard": "not"})
    take_in(audit, response_id, one, two)
    (matter,) = matters.open_matters(audit.team)
    matters.decide(audit.team, matter, {QuestionId("heard"): "met"}, WHY)
    receipt = receipts.send_receipt(audit.team, response_id, audit.setting.folder)
    merging.merge(one, merging.preview(one, [receipt]))

    for ws in (audit.team, one):
        page = history(ws, response_id)
        show(page)
        told_there = [label.accessibleName() for label in page.findChildren(MarkedText)]
        assert f"Met\n{History.because(WHY)}" in told_there


def test_a_screen_reader_is_told_each_version_with_its_state(show: Show, audit: Round) -> None:
    response_id, ws = chosen(audit)
    page = checking(ws, response_id)
    show(page)

    named = [part.accessibleName() for part in page.versions.findChildren(QWidget) if part.accessibleName()]

    assert QAccessible.queryAccessibleInterface(page.versions).text(QAccessible.Text.Name) == Words.title
    assert [name.rpartition(": ")[2] for name in named if name.startswith("Version 1")] == [
        Words.became["not-chosen"],
        Words.became["counts"],
    ]


def test_the_keyboard_alone_brings_it_into_sight(show: Show, audit: Round) -> None:
    response_id, ws = chosen(audit)
    page = history(ws, response_id)
    show(in_window(page), 1024, 500)
    page.pane.setFocus()
    bar = page.pane.verticalScrollBar()

    for _ in range(40):
        press(Qt.Key.Key_Down)

    assert bar.value() == bar.maximum() > 0


SIZES = [(1366, 768, 1.0), (1024, 768, 1.0), (1366, 768, 2.0)]


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
@pytest.mark.parametrize(("width", "height", "scale"), SIZES)
def test_nothing_is_cut_off_or_missed(  # noqa: PLR0917 - sizes and looks
    qapp: QApplication, show: Show, audit: Round, width: int, height: int, scale: float, scheme: Scheme
) -> None:
    apply_theme(qapp, scheme, scale)
    response_id, ws = chosen(audit)

    for page in (checking(ws, response_id), history(ws, response_id)):
        window = show(in_window(page), width, height)
        assert isinstance(window, Shell)
        assert page.versions.isVisible()
        assert faults(window) == []
