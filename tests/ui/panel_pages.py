"""The panel's comparison with invented scores, for tests to walk and for people to look at."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from iowscp_desktop.app.panel import Judge
from iowscp_desktop.domain.ids import PersonId
from iowscp_desktop.text.panel import Panel
from iowscp_desktop.ui.panel import PanelPage
from iowscp_desktop.ui.panel.presenter import ItemRow, ItemState, ListState, MemberState
from tests.ui.team_pages import FIRST, POINTS, QUESTIONS


def _compared(*, agreed: bool = False) -> PanelPage:
    page = PanelPage(lambda: None)
    rows = tuple(
        ItemRow(
            id=number, number=number, title=title, agreed=POINTS[0] if agreed or place < 4 else None, differs=place == 9
        )
        for place, (number, title) in enumerate(QUESTIONS)
    )
    page.show_list(
        ListState(
            title="Section 175/157 self-assessment, Autumn 2026  ·  Oakfield Primary School (invented)",
            rows=rows,
            same=0 if agreed else 5,
        )
    )
    page.show_item(
        ItemState(
            id="3.10",
            number="3.10",
            question="Do all new and temporary staff get safeguarding induction before they start work with children?",
            own=POINTS[1],
            words=(("What shows this?", FIRST), (Panel.next_step, "Reception to check the leaflet\nOffice manager")),
            members=(
                MemberState(name="Dev Anand", point=POINTS[1], remark="Clear policy; not yet everyone."),
                MemberState(name="Kate Bryce", point=POINTS[0], remark=""),
                MemberState(name="Lena Marsh", point=POINTS[2], remark="Supply staff are not covered."),
            ),
            differs=True,
            spread=2,
            needs_reason=True,
            tiles=POINTS,
            point="partly",
            reason="Agreed after seeing the sign-in sheets." if agreed else "",
            is_agreed=agreed,
            is_first=False,
            is_last=True,
        )
    )
    return page


def panel_compared() -> QWidget:
    page = _compared()
    page.show_reason_missing()
    return page


def panel_agreed() -> QWidget:
    page = _compared(agreed=True)
    page.show_all_agreed()
    return page


def panel_waiting() -> QWidget:
    page = PanelPage(lambda: None)
    judges = (
        Judge(person_id=PersonId("1"), name="Dev Anand", finished=True),
        Judge(person_id=PersonId("2"), name="Kate Bryce", finished=False),
    )
    page.show_waiting("Section 175/157 self-assessment, Autumn 2026  ·  Oakfield Primary School (invented)", judges)
    return page


PANEL_PAGES: dict[str, Callable[[], QWidget]] = {
    "panel_compared": panel_compared,
    "panel_agreed": panel_agreed,
    "panel_waiting": panel_waiting,
}
