"""Filling in: one response, question by question."""

from collections.abc import Callable
from typing import NamedTuple

from iowscp_desktop.app import considering
from iowscp_desktop.app.filling import Filling, open_filling
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.ids import ResponseId
from iowscp_desktop.ui.choosing import Choose
from iowscp_desktop.ui.fill.answer_files import AnswerFilesPresenter
from iowscp_desktop.ui.fill.deeds import Deeds
from iowscp_desktop.ui.fill.evidence import EvidencePresenter
from iowscp_desktop.ui.fill.many import RepeatPresenter
from iowscp_desktop.ui.fill.names import NamesPresenter
from iowscp_desktop.ui.fill.page import FillPage
from iowscp_desktop.ui.fill.presenter import FillPresenter
from iowscp_desktop.ui.hub import Hub
from iowscp_desktop.ui.jobs import OwnedBy, Runner
from iowscp_desktop.ui.widgets.name_watch import at_once

__all__ = ["FillPage", "open_fill", "open_reading"]


def open_fill(  # noqa: PLR0913 - the ways out of the page, by name
    ws: Workspace,
    hub: Hub[Changes],
    runner: Runner,
    response_id: ResponseId,
    *,
    on_check: Callable[[], None],
    on_home: Callable[[], None] | None = None,
    on_settle: Callable[[], None] | None = None,
    on_history: Callable[[str], None] | None = None,
    entry_id: str | None = None,
    choose: Choose | None = None,
) -> FillPage:
    """Open a response to fill it in.

    Args:
        on_check: Leads to checking and signing.
        on_home: Leads back; without it nothing does.
        on_settle: Leads to where two different answers are settled; without it they are only marked.
        on_history: Leads to who wrote what when, of one question; without it there is no such button.
        entry_id: The question to begin with; by default the first without a finished answer.
        choose: Asks for files and places.

    Raises:
        NotYours: The response is not in this workspace.
    """
    filling = open_filling(ws, response_id)
    page = FillPage(choose)
    page.connect_ways(on_check, on_home, on_settle)
    page.connect_history(on_history)
    _begin(page, _Desk(ws, hub, runner), filling, entry_id)
    return page


def open_reading(  # noqa: PLR0913 - the ways out of the page, by name
    ws: Workspace,
    hub: Hub[Changes],
    runner: Runner,
    response_id: ResponseId,
    *,
    on_back: Callable[[], None],
    on_settle: Callable[[], None] | None = None,
    on_history: Callable[[str], None] | None = None,
    choose: Choose | None = None,
) -> FillPage:
    """Open a response that somebody else answered, to read it: the same page, and nothing on it can be changed.

    Args:
        on_back: Leads back.
        on_settle: Leads to where two different answers are settled.
        on_history: Leads to who wrote what when, of one question; without it there is no such button.
        choose: Asks where a copy of a file goes.

    Raises:
        NotYours: The response is not in this workspace.
    """
    filling = open_filling(ws, response_id, is_reading=True)
    page = FillPage(choose)
    page.connect_ways(None, on_back, on_settle)
    page.connect_history(on_history)
    _begin(page, _Desk(ws, hub, runner), filling, None)
    return page


class _Desk(NamedTuple):
    """What the presenters of the page work with."""

    ws: Workspace
    hub: Hub[Changes]
    runner: Runner


def _begin(page: FillPage, desk: _Desk, filling: Filling, entry_id: str | None) -> None:
    ws, hub, runner = desk
    page.board.panel.locked.watch_names(at_once(considering.looker(ws)))
    deeds = Deeds(ws, page.board, hub.tell)
    questions = FillPresenter(ws, page.board, filling=filling, deeds=deeds)
    files = EvidencePresenter(ws, page.board, filling=filling, questions=questions, deeds=deeds, runner=runner)
    more = AnswerFilesPresenter(
        ws, page.board, filling=filling, questions=questions, deeds=deeds, runner=runner, evidence=files
    )
    repeats = RepeatPresenter(ws, page.board, filling=filling, questions=questions, deeds=deeds)
    names = NamesPresenter(ws, filling, questions=questions, deeds=deeds, runner=OwnedBy(page, runner))
    page.start(questions, files, (more, repeats, names), entry_id)
    files.draw_pictures()
    hub.listen(page, questions.on_changed)
