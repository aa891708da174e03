"""What was set aside, invented, as the team looks at it."""

from PySide6.QtWidgets import QWidget

from iowscp_desktop.text.aside import Aside
from iowscp_desktop.ui.aside import AsidePage
from iowscp_desktop.ui.aside.presenter import CardState

CARDS = (
    CardState(
        key="1",
        sort=Aside.sorts["outside"],
        title=Aside.of("Jo Fielding", "Oakfield Primary School (invented)", "12 January 2026, 09:14"),
        why=Aside.why["other-kind"],
        subject="Are children heard?",
        says="Met",
        stands="",
        decided="",
        let_in=Aside.release,
        leave=Aside.leave,
    ),
    CardState(
        key="2",
        sort=Aside.sorts["forked"],
        title=Aside.of("Sam Reed", "Oakfield Primary School (invented)", "12 January 2026, 10:02"),
        why=Aside.why["forked"],
        subject="Are children heard? What shows this?",
        says="Every pupil knows whom to tell.",
        stands="Most pupils know whom to tell.",
        decided="",
        let_in="",
        leave=Aside.leave,
    ),
    CardState(
        key="3",
        sort=Aside.sorts["file"],
        title=Aside.of(Aside.file, "", "13 January 2026, 08:40"),
        why=Aside.why_file,
        subject="",
        says="audit-x3c9v0aa.iowbundle",
        stands="",
        decided=Aside.settled("Ana Team", "13 January 2026, 11:00", "Nobody of ours", released=False),
        let_in=Aside.again,
        leave="",
        is_file=True,
    ),
)


def aside() -> QWidget:
    page = AsidePage(lambda: None)
    page.show_cards(CARDS, 0)
    return page


def aside_empty() -> QWidget:
    page = AsidePage(lambda: None)
    page.show_cards((), 0)
    return page
