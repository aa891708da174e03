"""What is due to be erased: by the schedule, from the day the audit was due, and not while somebody needs it."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from iowscp_desktop.app import answers, erasure, responses, retention
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.erasure import Why
from iowscp_desktop.domain.ids import QuestionId, ResponseId, response_space
from iowscp_desktop.domain.retention import DEFAULTS, NEVER, RecordKind, Schedule, months_after
from iowscp_desktop.errors import ReasonNeeded
from tests.app.conftest import Round
from tests.app.test_erasure import returned
from tests.app.work import WHOLE, answer, panel_member, send_scores, take_files

DUE = date(2026, 12, 18)


def after(months: int) -> date:
    return months_after(DUE, months)


def kinds(ws: Workspace, day: date) -> list[RecordKind]:
    return [line.kind for line in retention.due(ws, day)]


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 12, 18), 24, date(2028, 12, 18)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 1, 1), 300, date(2051, 1, 1)),
    ],
)
def test_months_are_counted_as_people_count_them(day: date, months: int, expected: date) -> None:
    assert months_after(day, months) == expected


def test_what_is_kept_until_somebody_decides_is_never_due() -> None:
    periods = Schedule(months={**DEFAULTS, RecordKind.RESPONSE: NEVER})

    assert periods.until(RecordKind.RESPONSE, DUE) is None
    assert periods.until(RecordKind.EVIDENCE, DUE) == date(2028, 12, 18)


def test_nothing_is_due_before_its_time_and_files_are_due_before_answers(audit: Round, tmp_path: Path) -> None:
    returned(audit, tmp_path)

    assert kinds(audit.team, after(24) - timedelta(days=1)) == []
    assert kinds(audit.team, after(24)) == [RecordKind.EVIDENCE]
    assert kinds(audit.team, after(72)) == [RecordKind.RESPONSE], "the files go with the whole"


def test_a_line_says_what_it_is_why_it_is_due_and_how_much(audit: Round, tmp_path: Path) -> None:
    returned(audit, tmp_path)

    (line,) = retention.due(audit.team, after(24))

    assert (line.since, line.months, line.due) == (DUE, 24, date(2028, 12, 18))
    assert "Test School" in line.what
    assert "2026" in line.what
    assert (line.plan.files, line.plan.kinds) == (1, {"evidence-attached": 1})


def test_what_was_erased_is_not_due_any_more(audit: Round, tmp_path: Path) -> None:
    returned(audit, tmp_path)
    (line,) = retention.due(audit.team, after(24))

    erasure.erase(audit.team, line.plan, Why.DUE, "Two years have passed")

    assert retention.due(audit.team, after(24)) == ()


def test_a_period_that_was_changed_counts_from_then_on(audit: Round, tmp_path: Path) -> None:
    returned(audit, tmp_path)

    retention.set_period(audit.team, RecordKind.EVIDENCE, 36)
    retention.set_period(audit.team, RecordKind.RESPONSE, NEVER)

    assert kinds(audit.team, after(35)) == []
    assert kinds(audit.team, after(36)) == [RecordKind.EVIDENCE]
    assert retention.schedule(audit.team).months[RecordKind.SCORES] == DEFAULTS[RecordKind.SCORES]


def test_what_somebody_needs_is_kept_until_the_day_they_said(audit: Round, tmp_path: Path) -> None:
    returned(audit, tmp_path)
    (line,) = retention.due(audit.team, after(24))

    retention.keep_longer(audit.team, line.key, after(30), "An open review")

    assert kinds(audit.team, after(29)) == []
    (again,) = retention.due(audit.team, after(30))
    assert again.kept is not None
    assert again.kept.reason == "An open review"
    assert "review" not in repr(again)


def test_keeping_longer_needs_a_reason(audit: Round, tmp_path: Path) -> None:
    returned(audit, tmp_path)
    (line,) = retention.due(audit.team, after(24))

    with pytest.raises(ReasonNeeded):
        retention.keep_longer(audit.team, line.key, after(30), " ")


def test_earlier_wordings_are_due_at_the_school_that_has_them(audit: Round) -> None:
    ws, response_id = audit.laptop()
    answer(ws, response_id, {"heard_evidence": "First"})
    answer(ws, response_id, {"heard_evidence": "Second"})

    (line,) = retention.due(ws, after(12))

    assert (line.kind, len(line.plan.ids)) == (RecordKind.EARLIER, 1)


def test_a_panel_members_scores_are_due(audit: Round, tmp_path: Path) -> None:
    _ws, response_id, _path = returned(audit, tmp_path)
    member = panel_member(audit, "Dee Member", response_id)
    member.score(response_id, {"heard": "met", "adult": "met"})
    send_scores(audit, member)
    retention.set_period(audit.team, RecordKind.EVIDENCE, NEVER)

    (line,) = retention.due(audit.team, after(24))

    assert line.kind is RecordKind.SCORES
    assert line.plan.kinds["score-given"] == 2


def test_what_was_set_aside_is_due_a_year_after_it_came(audit: Round, tmp_path: Path) -> None:
    ws, response_id, _path = returned(audit, tmp_path)
    space = response_space(response_id)
    erasure.erase(audit.team, erasure.plan(audit.team, space), Why.OTHER, "Test")
    answer(ws, response_id, {"setting_name": "Later"})
    take_files(audit.team, [responses.send_return(ws, response_id, audit.setting.folder)])
    came = date(2026, 1, 5)

    assert kinds(audit.team, months_after(came, 12) - timedelta(days=1)) == []
    (line,) = retention.due(audit.team, months_after(came, 12))
    assert line.kind is RecordKind.SET_ASIDE
    erasure.erase(audit.team, line.plan, Why.DUE, "A year has passed")
    assert audit.team.verify().wrongs == ()


def test_a_response_without_files_has_no_files_due(audit: Round) -> None:
    ws, response_id = audit.laptop()
    answer(ws, response_id, WHOLE)

    assert kinds(ws, after(24)) == []


def attach(ws: Workspace, response_id: ResponseId, path: Path) -> None:
    path.write_text("a letter")
    answers.attach(ws, response_id, QuestionId("heard"), path)


def test_the_longest_overdue_comes_first(audit: Round, tmp_path: Path) -> None:
    ws, response_id = audit.laptop()
    answer(ws, response_id, {"heard_evidence": "First"})
    answer(ws, response_id, {"heard_evidence": "Second"})
    attach(ws, response_id, tmp_path / "a.txt")

    assert kinds(ws, after(24)) == [RecordKind.EARLIER, RecordKind.EVIDENCE]
