"""What a form fills in by itself is not journalled. Once signed it stays what was seen; it never covers an answer."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

import pytest

from iowscp_desktop.app import answers, merging, responses, rounds, two_finals
from iowscp_desktop.app.filling import Filling, open_filling
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.events import AnswerRecorded, ResponseFinalised
from iowscp_desktop.domain.ids import QuestionId, Sha256
from tests.app.conftest import START, Round, Setting

FORM = """\
| survey | | | | | | | |
| | type | name | label | required | default | calculation | trigger |
| | begin_group | one | The one section | | | | |
| | text | opened | When was this opened? | | now() | | |
| | text | reference | Its reference | | | once(uuid()) | |
| | text | heard | What was heard? | | | | |
| | text | stamped | When was it heard? | | | now() | ${heard} |
| | text | cleared | What follows from it? | | | '' | ${heard} |
| | text | drawn | A number | | uuid() | | |
| | calculate | sealed | | | | once(uuid()) | |
| | end_group | | | | | | |
| | begin_repeat | visit | Visits | | | | |
| | text | seen | When was it? | | now() | | |
| | text | who | What was seen? | | | | |
| | end_repeat | | | | | | |
| settings | | |
| | form_title | form_id |
| | A small audit | small |
"""


class Desk:
    """A school's laptop with such a form, and a clock that goes on by days."""

    def __init__(self, setting: Setting, small_tool: dict[str, bytes]) -> None:
        self.setting = setting
        team = setting.team()
        package = rounds.adopt_tool(team, {"tool.toml": small_tool["tool.toml"], "form.md": FORM.encode()})
        round_id = rounds.open_round(team, title="2026", package=Sha256(package.digest), due=date(2026, 12, 18))
        school = rounds.add_organisation(team, "Test School", "school")
        self.audit = Round(setting=setting, team=team, round_id=round_id, school=school)
        self.ws, self.response_id = self.audit.laptop()

    def after(self, days: int) -> None:
        for ws in (self.ws, self.audit.team):
            ws.world = replace(ws.world, clock=lambda: START + timedelta(days=days))

    def opened(self, ws: Workspace | None = None) -> Filling:
        return open_filling(ws or self.ws, self.response_id)

    def says(self, filling: Filling, *names: str) -> list[str]:
        found = [filling.field(name) for name in names]
        return [each.value for each in found if each is not None]

    def answer(self, filling: Filling, name: str, value: str | None) -> None:
        filling.refresh(answers.record_answer(self.ws, self.response_id, QuestionId(name), value))

    def finalise(self, filling: Filling) -> None:
        filling.refresh(responses.finalise(self.ws, filling))


@pytest.fixture
def desk(setting: Setting, small_tool: dict[str, bytes]) -> Desk:
    return Desk(setting, small_tool)


GIVEN = ("opened", "reference", "stamped", "drawn")


def test_what_is_not_signed_yet_is_worked_out_anew_at_each_opening_and_journalled_nowhere(desk: Desk) -> None:
    desk.after(1)
    first = desk.says(desk.opened(), "opened")
    desk.after(2)

    assert first != desk.says(desk.opened(), "opened")
    assert desk.ws.standing(AnswerRecorded) == ()


def test_what_was_seen_when_it_was_signed_is_seen_ever_after_here_and_at_the_team(desk: Desk) -> None:
    desk.after(1)
    filling = desk.opened()
    desk.answer(filling, "heard", "A survey")
    seen = desk.says(filling, *GIVEN)
    desk.after(2)
    desk.finalise(filling)  # the page lay open over night

    later: list[list[str]] = []
    for days in (3, 400):
        desk.after(days)
        later.append(desk.says(desk.opened(), *GIVEN))
    merging.merge(
        desk.audit.team,
        merging.preview(desk.audit.team, [responses.send_return(desk.ws, desk.response_id, desk.setting.folder)]),
    )

    assert all(seen)
    assert later == [seen, seen]
    assert desk.says(desk.opened(desk.audit.team), *GIVEN) == seen


def test_the_very_page_that_was_signed_on_goes_on_showing_it(desk: Desk) -> None:
    desk.after(1)
    filling = desk.opened()
    desk.answer(filling, "heard", "A survey")
    seen = desk.says(filling, *GIVEN)
    desk.after(2)
    desk.finalise(filling)

    assert desk.says(filling, *GIVEN) == seen


def test_what_the_form_gave_is_kept_with_what_it_calculated(desk: Desk) -> None:
    filling = desk.opened()
    desk.answer(filling, "heard", "A survey")
    desk.finalise(filling)

    (held,) = desk.ws.standing(ResponseFinalised)

    kept = {path.rpartition("/")[2] for path in held.event.computed}
    assert kept >= {*GIVEN, "sealed"}
    assert "heard" not in kept  # that is an answer, and stands in the journal


def test_a_response_that_is_opened_again_lives_on(desk: Desk) -> None:
    desk.after(1)
    filling = desk.opened()
    desk.answer(filling, "heard", "A survey")
    desk.finalise(filling)
    desk.after(5)

    responses.reopen(desk.ws, desk.response_id, "A word was wrong")

    assert desk.says(desk.opened(), "opened")[0].startswith("2026-01-10")


def test_an_action_gives_nothing_where_somebody_answered_neither_now_nor_after_opening_again(desk: Desk) -> None:
    filling = desk.opened()
    desk.answer(filling, "cleared", "The head was told")
    desk.answer(filling, "stamped", "On Monday")

    desk.answer(filling, "heard", "A survey")  # the form would clear the one and stamp the other

    assert desk.says(filling, "cleared", "stamped") == ["The head was told", "On Monday"]
    assert desk.says(desk.opened(), "cleared", "stamped") == desk.says(filling, "cleared", "stamped")


def test_an_answer_that_was_taken_away_again_stays_away(desk: Desk) -> None:
    filling = desk.opened()
    desk.answer(filling, "heard", "A survey")
    desk.answer(filling, "stamped", "On Monday")
    desk.answer(filling, "stamped", None)

    desk.answer(filling, "heard", "Another survey")

    assert desk.says(filling, "stamped") == desk.says(desk.opened(), "stamped")


@pytest.mark.parametrize("which", [0, 1])
def test_of_two_that_were_signed_the_one_that_the_team_works_with_is_seen(desk: Desk, which: int) -> None:
    team, (other, _) = desk.audit.team, desk.audit.laptop("Cat Deputy", "deputy")
    seen: list[list[str]] = []
    for day, ws in enumerate((desk.ws, other), start=1):
        ws.world = replace(ws.world, clock=partial(datetime.__add__, START, timedelta(days=day)))
        answers.record_answer(ws, desk.response_id, QuestionId("heard"), "A survey")
        filling = desk.opened(ws)
        seen.append(desk.says(filling, "opened", "drawn"))
        filling.refresh(responses.finalise(ws, filling))
        path = responses.send_return(ws, desk.response_id, desk.setting.folder)
        merging.merge(team, merging.preview(team, [path]))
    (two,) = two_finals.two_finals(team)

    two_finals.work_with(team, two, two.finals[which].key, "The head wrote to us")

    assert seen[0] != seen[1]
    assert desk.says(desk.opened(team), "opened", "drawn") == seen[which]
