"""A school's laptop with a response that is nearly done, and the page that checks it."""

from collections.abc import Callable

import pytest

from iowscp_desktop.app import responses
from iowscp_desktop.app.filling import open_filling
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.events import AnswerRecorded, SignedOff
from iowscp_desktop.domain.ids import InstanceId, QuestionId, ResponseId, response_space
from iowscp_desktop.ui.check import CheckPage, open_check
from iowscp_desktop.ui.hub import Hub
from iowscp_desktop.ui.jobs import AtOnce
from tests.app.conftest import Round
from tests.ui.conftest import Show

COMPLETE = {
    "setting_name": "Test School",
    "staff": "12",
    "visit_date": "2026-01-02",
    "heard": "met",
    "heard_evidence": "A survey of every class",
    "adult": "partly",
    "adult_evidence": "Asked 24 children",
    "adult_next": "Ask again",
    "adult_owner": "Head",
    "adult_due": "2026-12-01",
}


_WHERE = {"visit_date": (InstanceId("default-1"),)}


class Office:
    """A workspace with one response, and everything the page told."""

    def __init__(self, ws: Workspace, response_id: ResponseId) -> None:
        self.ws, self.response_id = ws, response_id
        self.hub: Hub[Changes] = Hub()
        self.ways: list[str] = []

    def check(self) -> CheckPage:
        return open_check(
            self.ws,
            self.hub,
            AtOnce(),
            self.response_id,
            on_change=self.ways.append,
            on_export=lambda: self.ways.append("export"),
            on_home=lambda: self.ways.append("home"),
        )

    def write(self, **given: str) -> Changes:
        events = (
            AnswerRecorded(question_id=QuestionId(name), instances=_WHERE.get(name, ()), value=value or None)
            for name, value in given.items()
        )
        changes = self.ws.append(response_space(self.response_id), *events)
        self.hub.tell(changes)
        return changes

    def sign(self, role: str, name: str) -> None:
        filling = open_filling(self.ws, self.response_id)
        self.hub.tell(responses.sign(self.ws, filling, role, name, own_device=True))

    def signed(self) -> list[tuple[str, str, bool]]:
        held = self.ws.standing(SignedOff, space=response_space(self.response_id))
        return [(each.event.role, each.event.name, each.event.own_device) for each in held]


@pytest.fixture
def office(audit: Round) -> Office:
    return Office(*audit.laptop())


@pytest.fixture
def open_page(office: Office, show: Show) -> Callable[[], CheckPage]:
    def opened() -> CheckPage:
        page = show(office.check(), 1352, 900)
        assert isinstance(page, CheckPage)
        return page

    return opened
