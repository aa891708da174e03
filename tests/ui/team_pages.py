"""The team's and the panel member's screens with invented answers, for tests to walk and for people to look at."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from iowscp_desktop.domain.ids import QuestionId
from iowscp_desktop.domain.scale import Colour, Point, Symbol
from iowscp_desktop.ui.conflict.page import ConflictPage
from iowscp_desktop.ui.conflict.presenter import MatterState, PartState, VersionState
from iowscp_desktop.ui.widgets.differences import compare

POINTS = (
    Point(value="met", label="Met", descriptor="In place for all", symbol=Symbol.TICK, colour=Colour.GREEN, number=2),
    Point(
        value="partly", label="Partly met", descriptor="In place for some", symbol=Symbol.TRIANGLE,
        colour=Colour.AMBER, number=1, is_gap=True,
    ),
    Point(
        value="not", label="Not met", descriptor="Not in place yet", symbol=Symbol.OCTAGON, colour=Colour.RED,
        number=0, is_gap=True,
    ),
    Point(
        value="na", label="Not applicable", descriptor="Explain why below", symbol=Symbol.RING, colour=Colour.GREY
    ),
)  # fmt: skip
_FIRST = (
    "Permanent staff complete induction on day one and sign. 3 of 11 supply staff had not signed. "
    "Office team now check at sign-in."
)
_SECOND = "Permanent staff complete induction on day one and sign. All supply staff have now signed."


def matter(*, signed: bool = False) -> MatterState:
    first, second = compare(_FIRST, _SECOND)
    return MatterState(
        key="m1",
        organisation="Oakfield Primary School (invented)",
        place=1,
        total=3,
        number="3.10",
        question="Do all new and temporary staff get safeguarding induction before they start work with children?",
        signed=signed,
        versions=(
            VersionState(
                key="a", letter="A", who="Priya Nair", when="19 Nov 2026, 15:12", wording=first, graded=True,
                point=POINTS[1], files="2 files the same, 1 file only here: Reception sign-in.jpg",
            ),
            VersionState(
                key="b", letter="B", who="Tom Osei", when="20 Nov 2026, 09:40", wording=second, graded=True,
                point=POINTS[0], files="2 files the same",
            ),
        ),
        parts=(
            PartState(question_id=QuestionId("trn"), label="Grade", value="partly", points=POINTS),
            PartState(question_id=QuestionId("trn_evidence"), label="What shows this?", value=_FIRST),
        ),
    )  # fmt: skip


def conflict() -> QWidget:
    page = ConflictPage(lambda: None)
    page.show_matter(matter())
    return page


def conflict_signed() -> QWidget:
    page = ConflictPage(lambda: None)
    page.show_matter(matter(signed=True))
    page.write_button.click()
    return page


def conflict_none() -> QWidget:
    page = ConflictPage(lambda: None)
    page.show_nothing()
    return page


TEAM_PAGES: dict[str, Callable[[], QWidget]] = {
    "conflict": conflict,
    "conflict_signed": conflict_signed,
    "conflict_none": conflict_none,
}
