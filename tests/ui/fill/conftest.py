"""A school's laptop with a response on the disk, and the page that fills it in."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from iowscp_desktop.app import rounds
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.events import AnswerRecorded
from iowscp_desktop.domain.ids import QuestionId, ResponseId, Sha256, response_space
from iowscp_desktop.domain.tool import plain_tool
from iowscp_desktop.ui.choosing import FileRequest
from iowscp_desktop.ui.fill import FillPage, open_fill
from iowscp_desktop.ui.hub import Hub
from iowscp_desktop.ui.jobs import AtOnce
from tests.app.conftest import Round
from tests.ui.conftest import Show
from tests.ui.fill.plain_form import CONTROLS


class Chooser:
    """Stands for the computer's own file window: what it was asked, and what the person picks."""

    def __init__(self) -> None:
        self.asked: list[FileRequest] = []
        self.picks: tuple[Path, ...] = ()

    def __call__(self, request: FileRequest, on_chosen: Callable[[tuple[Path, ...]], None]) -> None:
        self.asked.append(request)
        if self.picks:
            on_chosen(self.picks)


class Laptop:
    """A workspace with one response, and everything the page told."""

    def __init__(self, ws: Workspace, response_id: ResponseId) -> None:
        self.ws, self.response_id = ws, response_id
        self.hub: Hub[Changes] = Hub()
        self.choose = Chooser()
        self.ways: list[str] = []

    def fill(self, entry_id: str | None = None) -> FillPage:
        return open_fill(
            self.ws,
            self.hub,
            AtOnce(),
            self.response_id,
            on_check=lambda: self.ways.append("check"),
            on_home=lambda: self.ways.append("home"),
            on_settle=lambda: self.ways.append("settle"),
            entry_id=entry_id,
            choose=self.choose,
        )

    def answers(self) -> dict[str, str | None]:
        space = response_space(self.response_id)
        return {held.event.question_id: held.event.value for held in self.ws.standing(AnswerRecorded, space=space)}

    def write(self, **given: str) -> Changes:
        events = (AnswerRecorded(question_id=QuestionId(name), value=value) for name, value in given.items())
        return self.ws.append(response_space(self.response_id), *events)


@pytest.fixture
def laptop(audit: Round) -> Laptop:
    return Laptop(*audit.laptop())


@pytest.fixture
def long_laptop(audit: Round, s175_files: dict[str, bytes]) -> Laptop:
    """The same school with the long schools' audit."""
    package = rounds.adopt_tool(audit.team, s175_files)
    round_id = rounds.open_round(audit.team, title="2026–27", package=Sha256(package.digest), due=date(2026, 12, 18))
    long = Round(setting=audit.setting, team=audit.team, round_id=round_id, school=audit.school)
    return Laptop(*long.laptop("Priya Nair", "DSL"))


@pytest.fixture
def every(audit: Round) -> Laptop:
    """The same school with a plain form in which every control occurs."""
    package = plain_tool("everything.md", CONTROLS.encode())
    rounds.adopt_tool(audit.team, package.files)
    round_id = rounds.open_round(audit.team, title="2026", package=Sha256(package.digest), due=date(2026, 12, 18))
    return Laptop(*Round(setting=audit.setting, team=audit.team, round_id=round_id, school=audit.school).laptop())


@pytest.fixture
def page(laptop: Laptop, show: Show) -> FillPage:
    made = show(laptop.fill("heard"), 1352, 800)
    assert isinstance(made, FillPage)
    return made
