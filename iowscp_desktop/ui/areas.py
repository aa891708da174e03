"""Which screens each role has, and where each of them leads: the one place that joins screens."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QWidget

from iowscp_desktop import text
from iowscp_desktop.app import reporting
from iowscp_desktop.app.watching import Offer
from iowscp_desktop.domain.grants import Role
from iowscp_desktop.domain.ids import ResponseId
from iowscp_desktop.text.actions import Actions
from iowscp_desktop.text.devices import Devices
from iowscp_desktop.text.history import History
from iowscp_desktop.text.panel import Panel
from iowscp_desktop.ui.actions import open_own_actions, open_team_actions
from iowscp_desktop.ui.arrivals import Telling, take_in
from iowscp_desktop.ui.aside import open_aside
from iowscp_desktop.ui.check import open_check
from iowscp_desktop.ui.choosing import FileRequest, Wanted
from iowscp_desktop.ui.conflict import open_conflict
from iowscp_desktop.ui.devices import OwnDevicePage, open_own_device, open_team_devices
from iowscp_desktop.ui.editions import open_editions
from iowscp_desktop.ui.export import Desk, ExportPage, open_export, open_export_scores
from iowscp_desktop.ui.fill import FillPage, open_fill, open_reading
from iowscp_desktop.ui.history import open_history
from iowscp_desktop.ui.home import Ways, open_home, open_panel_home
from iowscp_desktop.ui.inside import Area, Inside
from iowscp_desktop.ui.jobs import Job
from iowscp_desktop.ui.merge import MergePage, open_merge
from iowscp_desktop.ui.panel import open_panel
from iowscp_desktop.ui.rounds import RoundsPage, open_rounds
from iowscp_desktop.ui.score import ScorePage, open_score
from iowscp_desktop.ui.survey_areas import (
    lead_to_surveys,
    leads_to_results,
    leads_to_survey,
    offer_surveys,
    results_area,
    survey_area,
)
from iowscp_desktop.ui.theme import Icon
from iowscp_desktop.ui.widgets.messages import Message, Weight

HOME, FILL, CHECK, EXPORT, EDITIONS = "home", "fill", "check", "export", "editions"
HISTORY = "history"
ROUNDS, MERGE, CONFLICT, SCORE = "rounds", "merge", "conflict", "score"
ASIDE = "aside"
PANEL = "panel"
DEVICES = "devices"
ACTIONS = "actions"


class Areas(Protocol):
    """The areas of one role."""

    def areas(self) -> Sequence[Area]:
        """Return them in the order of the rail."""
        ...

    def take_files(self, paths: Sequence[Path]) -> None:
        """Take in files that were dropped on the window or that it was opened with."""
        ...

    def take_invitation(self, path: Path) -> bool:
        """Lead to where a further invitation is opened; False where there is no such place."""
        ...


def areas_for(inside: Inside) -> Areas:
    """Return the areas of the role that a workspace has."""
    match inside.ws.about.role:
        case Role.ORGANISATION:
            return OrganisationAreas(inside)
        case Role.PANEL:
            return PanelAreas(inside)
        case Role.TEAM:
            return TeamAreas(inside)


class OrganisationAreas:
    """Home, with filling in and checking inside it; and sending."""

    def __init__(self, inside: Inside) -> None:
        self._in = inside
        self._filled: ResponseId | None = None

    def areas(self) -> Sequence[Area]:
        """Return them in the order of the rail."""
        inside = self._in
        desk = Desk(choose=inside.choose, show_folder=inside.show_folder)
        return (
            Area(key=HOME, icon=Icon.CLIPBOARD_CHECK, label=text.Shell.home, open=self._open_home),
            Area(
                key=EXPORT,
                icon=Icon.SEND,
                label=text.Shell.export,
                open=lambda: open_export(inside.ws, inside.hub, inside.runner, inside.out_folder, desk),
            ),
            Area(
                key=ACTIONS,
                icon=Icon.FLAG,
                label=Actions.title,
                open=lambda: open_own_actions(inside.ws, inside.hub, inside.runner, inside.choose),
            ),
            *survey_area(inside),
            _own_device(inside),
        )

    def take_files(self, paths: Sequence[Path]) -> None:
        """Take in what the partnership sent."""
        _take_in(self._in, paths)

    def take_invitation(self, path: Path) -> bool:
        """Lead to where a further invitation is opened."""
        return _take_invitation(self._in, path)

    def fill(self, response_id: ResponseId, entry_id: str) -> None:
        """Lead to one question; to where people answer without their names, if it is a survey."""
        inside, page = self._in, self._in.shell.screen_of(FILL)
        if leads_to_survey(inside, response_id):
            return
        if not isinstance(page, FillPage) or self._filled != response_id:
            page = open_fill(
                inside.ws,
                inside.hub,
                inside.runner,
                response_id,
                on_check=partial(self.check, response_id),
                on_home=partial(inside.shell.show_screen, HOME),
                on_settle=partial(_decide, inside, HOME, response_id),
                on_history=partial(self.history, response_id),
                entry_id=entry_id,
                choose=inside.choose,
            )
            page.setWindowTitle(text.Fill.title)
            self._filled = response_id
            inside.shell.add_inner_screen(FILL, page)
        inside.shell.show_screen(FILL, area=HOME)
        page.go_to(entry_id)

    def history(self, response_id: ResponseId, entry_id: str) -> None:
        """Lead to who wrote what when, of one question."""
        _history(self._in, HOME, response_id, entry_id)

    def check(self, response_id: ResponseId) -> None:
        """Lead to checking and signing; nobody signs a survey."""
        inside = self._in
        if leads_to_survey(inside, response_id):
            return
        page = open_check(
            inside.ws,
            inside.hub,
            inside.runner,
            response_id,
            on_change=partial(self.fill, response_id),
            on_export=partial(self.export, response_id),
            on_home=partial(inside.shell.show_screen, HOME),
        )
        page.setWindowTitle(text.Check.title)
        inside.shell.add_inner_screen(CHECK, page)
        inside.shell.show_screen(CHECK, area=HOME)

    def compare_editions(self, response_id: ResponseId) -> None:
        """Lead to another edition of an audit."""
        inside = self._in
        page = open_editions(
            inside.ws,
            inside.hub,
            inside.runner,
            response_id,
            on_home=partial(inside.shell.show_screen, HOME),
            on_settle=partial(_decide, inside, HOME, response_id),
            say=inside.notifier.say,
        )
        page.setWindowTitle(text.Editions.title)
        inside.shell.add_inner_screen(EDITIONS, page)
        inside.shell.show_screen(EDITIONS, area=HOME)

    def export(self, response_id: ResponseId) -> None:
        """Lead to making the file."""
        if leads_to_survey(self._in, response_id):
            return
        page = self._in.shell.screen_of(EXPORT)
        if isinstance(page, ExportPage):
            page.go_to(response_id)
        self._in.shell.show_screen(EXPORT)

    def _open_home(self) -> QWidget:
        inside = self._in
        ways = Ways(
            on_check=self.check,
            on_export=self.export,
            choose=inside.choose,
            show_folder=inside.show_folder,
            say=inside.notifier.say,
            on_edition=self.compare_editions,
            on_survey=partial(lead_to_surveys, inside),
        )
        page = open_home(inside.ws, inside.hub, inside.runner, on_entry=self.fill, ways=ways)
        offer_surveys(inside, page, survey_area)
        return page


class PanelAreas:
    """Home, scoring, and sending the scores."""

    def __init__(self, inside: Inside) -> None:
        self._in = inside

    def areas(self) -> Sequence[Area]:
        """Return them in the order of the rail."""
        inside = self._in
        desk = Desk(choose=inside.choose, show_folder=inside.show_folder)
        return (
            Area(key=HOME, icon=Icon.CLIPBOARD_CHECK, label=text.Shell.home, open=self._open_home),
            Area(
                key=SCORE,
                icon=Icon.SCALE,
                label=text.Shell.score,
                open=lambda: open_score(inside.ws, inside.hub, inside.runner, inside.choose),
            ),
            Area(
                key=EXPORT,
                icon=Icon.SEND,
                label=text.Shell.export,
                open=lambda: open_export_scores(inside.ws, inside.hub, inside.runner, inside.out_folder, desk),
            ),
            _own_device(inside),
        )

    def take_files(self, paths: Sequence[Path]) -> None:
        """Take in what the partnership sent."""
        _take_in(self._in, paths)

    def take_invitation(self, path: Path) -> bool:
        """Lead to where a further invitation is opened."""
        return _take_invitation(self._in, path)

    def _open_home(self) -> QWidget:
        inside = self._in
        return open_panel_home(
            inside.ws,
            inside.hub,
            on_score=self._score,
            on_export=partial(inside.shell.show_screen, EXPORT),
        )

    def _score(self, response_id: ResponseId) -> None:
        page = self._in.shell.screen_of(SCORE)
        if isinstance(page, ScorePage):
            page.go_to(response_id)
        self._in.shell.show_screen(SCORE)


class TeamAreas:
    """Rounds, and taking in what comes back; deciding between two answers is inside both."""

    def __init__(self, inside: Inside) -> None:
        self._in = inside

    def areas(self) -> Sequence[Area]:
        """Return them in the order of the rail."""
        inside = self._in
        return (
            Area(
                key=ROUNDS,
                icon=Icon.SEND,
                label=text.Shell.rounds,
                open=self._open_rounds,
            ),
            Area(
                key=MERGE,
                icon=Icon.INBOX,
                label=text.Shell.merge,
                open=self._open_merge,
            ),
            *results_area(inside),
            Area(
                key=ACTIONS,
                icon=Icon.FLAG,
                label=Actions.title,
                open=lambda: open_team_actions(inside.ws, inside.hub, inside.runner, inside.choose),
            ),
            Area(
                key=DEVICES,
                icon=Icon.LAPTOP,
                label=Devices.title,
                open=lambda: open_team_devices(inside.ws, inside.hub, inside.runner, inside.choose),
            ),
        )

    def take_files(self, paths: Sequence[Path]) -> None:
        """Show what the files would bring."""
        page = self._in.shell.screen_of(MERGE)
        self._in.shell.show_screen(MERGE)
        if isinstance(page, MergePage):
            page.take_files(paths)

    def take_invitation(self, path: Path) -> bool:  # noqa: ARG002 - as every role is asked
        """The team makes invitations; it has no place to open one."""
        return False

    def decide(self, area: str) -> None:
        """Lead to where two different answers are settled."""
        _decide(self._in, area, None)

    def compare(self, response_id: ResponseId) -> None:
        """Lead to what the panel scored, and what it agrees on."""
        inside = self._in
        back = partial(inside.shell.show_screen, ROUNDS)
        page = open_panel(inside.ws, inside.hub, inside.runner, response_id, on_back=back)
        page.setWindowTitle(Panel.title)
        inside.shell.add_inner_screen(PANEL, page)
        inside.shell.show_screen(PANEL, area=ROUNDS)

    def read(self, response_id: ResponseId) -> None:
        """Lead to what a school or agency answered. The team reads it, and changes nothing in it."""
        inside = self._in
        if leads_to_results(inside, response_id):
            return
        page = open_reading(
            inside.ws,
            inside.hub,
            inside.runner,
            response_id,
            on_back=partial(inside.shell.show_screen, ROUNDS),
            on_settle=partial(_decide, inside, ROUNDS, response_id),
            on_history=partial(_history, inside, ROUNDS, response_id),
            choose=inside.choose,
        )
        page.setWindowTitle(text.Fill.reading_title)
        inside.shell.add_inner_screen(FILL, page)
        inside.shell.show_screen(FILL, area=ROUNDS)

    def _open_rounds(self) -> QWidget:
        inside = self._in
        page = open_rounds(
            inside.ws,
            inside.hub,
            inside.runner,
            inside.choose,
            on_read=self.read,
            on_open_return=self._save_return,
            on_decide=partial(_decide, inside, ROUNDS),
            on_compare=self.compare,
        )
        page.look_wanted.connect(self._look_in_folder)
        offer_surveys(inside, page, results_area)
        return page

    def _open_merge(self) -> QWidget:
        inside = self._in
        return open_merge(
            inside.ws,
            inside.hub,
            inside.runner,
            inside.choose,
            on_decide=partial(_decide, inside, MERGE, None),
            on_aside=partial(_look_aside, inside),
            on_offer=self._show_offer,
        )

    def _show_offer(self, offer: Offer) -> None:
        """Say on the first screen, too, what is new in the watched folder."""
        page = self._in.shell.screen_of(ROUNDS)
        for notice in page.notices if isinstance(page, RoundsPage) else ():
            notice.show_offer(offer)

    def _look_in_folder(self) -> None:
        """Show what the new files of the watched folder would bring."""
        page = self._in.shell.screen_of(MERGE)
        self._in.shell.show_screen(MERGE)
        if isinstance(page, MergePage):
            page.watch.accept()

    def _save_return(self, response_id: ResponseId) -> None:
        """Save a return for those who read on paper."""
        inside = self._in
        request = FileRequest(
            wanted=Wanted.NEW_FILE,
            title=text.Home.save_pdf_dialogue,
            kinds=text.Home.pdf_kinds,
            suggestion=Path.home() / text.Home.file_name(text.Shell.a_return),
        )

        def chosen(paths: tuple[Path, ...]) -> None:
            path = paths[0].with_suffix(".pdf")
            inside.runner.run(
                Job(
                    work=lambda _ticket: reporting.write_return(inside.ws, response_id, path),
                    on_done=partial(_say_saved, inside),
                )
            )

        inside.choose(request, chosen)


def _own_device(inside: Inside) -> Area:
    return Area(
        key=DEVICES,
        icon=Icon.LAPTOP,
        label=text.Shell.computer,
        open=lambda: open_own_device(inside.ws, inside.hub, inside.runner, inside.choose),
    )


def _take_invitation(inside: Inside, path: Path) -> bool:
    page = inside.shell.screen_of(DEVICES)
    inside.shell.show_screen(DEVICES)
    if isinstance(page, OwnDevicePage):
        page.offer_file(path)
    return True


def _history(inside: Inside, area: str, response_id: ResponseId, entry_id: str) -> None:
    """Lead to who wrote what when, of one question."""
    back = partial(inside.shell.show_screen, FILL, area=area)
    page = open_history(inside.ws, inside.hub, response_id, entry_id, on_back=back)
    page.setWindowTitle(History.title)
    inside.shell.add_inner_screen(HISTORY, page)
    inside.shell.show_screen(HISTORY, area=area)


def _decide(inside: Inside, area: str, response_id: ResponseId | None) -> None:
    """Lead to where two different answers are settled."""
    back = partial(inside.shell.show_screen, area)
    page = open_conflict(inside.ws, inside.hub, inside.runner, response_id, on_back=back)
    page.setWindowTitle(text.Conflict.title)
    inside.shell.add_inner_screen(CONFLICT, page)
    inside.shell.show_screen(CONFLICT, area=area)


def _take_in(inside: Inside, paths: Sequence[Path]) -> None:
    """Take in what the partnership, or another computer of theirs, sent."""
    decide = partial(_decide, inside, HOME, None)
    take_in(inside.ws, paths, inside.runner, Telling(tell=inside.hub.tell, notifier=inside.notifier, on_decide=decide))


def _look_aside(inside: Inside) -> None:
    """Lead to what was set aside."""
    page = open_aside(inside.ws, inside.hub, inside.runner, on_back=partial(inside.shell.show_screen, MERGE))
    page.setWindowTitle(text.Merge.aside)
    inside.shell.add_inner_screen(ASIDE, page)
    inside.shell.show_screen(ASIDE, area=MERGE)


def _say_saved(inside: Inside, path: Path) -> None:
    inside.notifier.say(
        Message(
            weight=Weight.DONE,
            words=text.Home.pdf_saved_at(str(path)),
            remedy=text.Home.pdf_not_sealed,
            offer=text.Home.show_folder,
            on_offer=partial(inside.show_folder, path),
        )
    )
