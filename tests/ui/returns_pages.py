"""What comes back, with invented returns: a folder that is watched, one that was completed twice."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from iowscp_desktop import text
from iowscp_desktop.app.watching import Offer
from iowscp_desktop.ui.conflict.page import ConflictPage
from iowscp_desktop.ui.conflict.states import MatterState, VersionState
from iowscp_desktop.ui.merge.page import MergePage
from iowscp_desktop.ui.widgets.differences import Run
from tests.ui.team_pages import ROUNDS, never, rounds_page

_NEW = tuple(Path(f"{number}.iowbundle") for number in range(3))
_OFFER = Offer(folder=Path("Shared/Returns"), files=_NEW, arriving=1)


def conflict_finals() -> QWidget:
    page = ConflictPage(lambda: None)
    signed = text.Conflict.signed_by
    page.show_matter(
        MatterState(
            key="f1",
            organisation="Oakfield Primary School (invented)",
            place=1,
            total=4,
            number="",
            question=text.Conflict.differing(3),
            signed=False,
            versions=tuple(
                VersionState(
                    key=letter, letter=letter, who=who, when=when, graded=False, point=None, files="",
                    wording=[Run("\n".join((text.Conflict.revision(1), *lines)), differs=False)],
                )
                for letter, who, when, lines in (
                    ("A", "Priya Nair", "19 Nov 2026, 15:12", (
                        signed("Designated safeguarding lead", "Priya Nair", "19 Nov 2026, 15:12"),
                        signed("Head teacher", "Jo Fielding", "20 Nov 2026, 08:30"),
                    )),
                    ("B", "Tom Osei", "20 Nov 2026, 09:40", (
                        signed("Designated safeguarding lead", "Tom Osei", "20 Nov 2026, 09:40"),
                    )),
                )
            ),
            parts=(),
            finals=True,
            differing=3,
        )
    )  # fmt: skip
    return page


def conflict_looking() -> QWidget:
    page = ConflictPage(lambda: None)
    page.show_looking()
    return page


def merge_watching() -> QWidget:
    page = MergePage(never, lambda: None, lambda: None)
    page.watch.show_offer(_OFFER)
    return page


def merge_folder_gone() -> QWidget:
    page = MergePage(never, lambda: None, lambda: None)
    page.watch.show_offer(Offer(folder=_OFFER.folder, is_gone=True))
    return page


def rounds_noticed() -> QWidget:
    page = rounds_page()
    page.show_rounds(ROUNDS)
    page.list.notice.show_offer(_OFFER)
    return page


RETURNS_PAGES: dict[str, Callable[[], QWidget]] = {
    "conflict_finals": conflict_finals,
    "conflict_looking": conflict_looking,
    "merge_watching": merge_watching,
    "merge_folder_gone": merge_folder_gone,
    "rounds_noticed": rounds_noticed,
}
