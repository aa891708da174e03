"""History, records, review and finding a person, filled with invented states: for the walks of every page."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from iowscp_desktop.app.history import Standing
from iowscp_desktop.domain.erasure import Why
from iowscp_desktop.domain.retention import DEFAULTS
from iowscp_desktop.ui.history import HistoryPage
from iowscp_desktop.ui.history.presenter import HistoryState, StepState
from iowscp_desktop.ui.retention import RetentionPage
from iowscp_desktop.ui.retention import Ways as RecordWays
from iowscp_desktop.ui.retention.presenter import ErasedState, LineState, RecordsState, ReviewState
from iowscp_desktop.ui.subject_access import SubjectAccessPage
from iowscp_desktop.ui.subject_access import Ways as FindWays
from iowscp_desktop.ui.subject_access.presenter import PlaceState
from iowscp_desktop.ui.widgets.differences import Run

WHAT = "Section 175/157 self-assessment, 2026–27, Oakfield Primary School (invented)"


def _step(key: str, standing: Standing, *words: tuple[str, bool], can_use: bool = False) -> StepState:
    return StepState(
        key=key,
        title="Answered · How do you know?",
        who="Ben Lead",
        when="19 Nov 2026, 15:12",
        wording=tuple(Run(text, differs) for text, differs in words),
        standing=standing,
        can_use=can_use,
    )


def history() -> QWidget:
    page = HistoryPage(lambda: None)
    page.show_history(
        HistoryState(
            number="1.2",
            question="How are children’s views heard and acted on?",
            steps=(
                _step("c", Standing.STANDS, ("Everyone was asked in ", False), ("autumn.", True)),
                _step("b", Standing.REPLACED, ("Everyone was asked in spring.", False), can_use=True),
                _step("a", Standing.ERASED, ("This wording was erased for good.", False)),
            ),
            more=4,
        )
    )
    return page


def _records_page() -> RetentionPage:
    page = RetentionPage(
        RecordWays(
            choose=lambda _request, _on_chosen: None,
            show_folder=lambda _path: None,
            on_find_person=lambda: None,
            on_back=lambda: None,
        )
    )
    line = LineState(
        key="evidence/1",
        title=f"Attached files · {WHAT}",
        about="Kept for 2 years after 18 December 2026; its time was over on 18 December 2028.",
        note="12 entries, 9 files, 4.1 MB",
    )
    asked = LineState(
        key="e1", title=WHAT, about="Ben Lead erased it on 3 March 2027: The family asked", note="1 entry"
    )
    gone = ErasedState(key="e2", title=WHAT, about="5 January 2029 · Ana Team · 214 entries, 9 files", backups=2)
    page.show_records(RecordsState(due=(line,), asked=(asked,), erased=(gone,), periods=tuple(DEFAULTS.items())))
    return page


def records() -> QWidget:
    return _records_page()


def review() -> QWidget:
    page = _records_page()
    facts = (
        ("What", f"Attached files · {WHAT}"),
        ("Why it is listed", "Kept for 2 years after 18 December 2026; its time was over on 18 December 2028."),
        ("What it holds", "Attached files, with their names: 12"),
        ("Files", "9 files, 4.1 MB"),
    )
    page.show_review(ReviewState(key="evidence/1", facts=facts, why=Why.DUE, can_keep=True))
    return page


def find_person() -> QWidget:
    page = SubjectAccessPage(
        FindWays(choose=lambda _request, _on_chosen: None, show_folder=lambda _path: None, on_back=lambda: None)
    )
    page.name.setText("Amber Quill")
    page.show_ways(("Quill, Amber", "Amber", "AQ"))
    page.show_places(
        [
            PlaceState(
                key=str(number),
                number=number,
                title=f"{WHAT} · 1.2 How are children’s views heard?",
                about="dsl, 19 Nov 2026, 15:12",
                stands=number == 1,
                words="Amber Quill and another pupil said so.",
                has_file=number == 2,
                note="",
            )
            for number in (1, 2)
        ],
        total=31,
    )
    page.show_saved(Path("/home/person/subject-access-2026-11-23"))
    return page


RECORDS_PAGES: dict[str, Callable[[], QWidget]] = {
    "history": history,
    "records": records,
    "review": review,
    "find person": find_person,
}
