"""What the team reads of a survey: counts by question, and nothing of a group that is too small."""

from datetime import date

import pytest

from iowscp_desktop.app import rounds, survey_results, surveys
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.ids import ResponseId, Sha256
from iowscp_desktop.errors import NotYours
from tests.app.conftest import Round, Setting
from tests.app.test_survey_sheets import survey_round
from tests.app.work import take_files


def handed_in(survey: Round, ws: Workspace, response_id: ResponseId, *sheets: dict[str, str]) -> None:
    """Let people hand in, and the team take in what they said."""
    for sheet in sheets:
        surveys.submit(ws, response_id, sheet)
    take_files(survey.team, [surveys.send_submissions(ws, response_id, survey.setting.folder)])


def test_the_team_reads_counts_and_words_question_by_question(setting: Setting) -> None:
    survey = survey_round(setting)
    ws, response_id = survey.laptop()
    teachers = [{"role": "teacher", "heard": "yes", "seen": "poster lesson"} for _ in range(6)]
    handed_in(survey, ws, response_id, *teachers, {"role": "support", "heard": "no", "why": "Nobody asks"})

    (result,) = survey_results.results(survey.team)
    found = {each.id: each for each in result.questions}

    assert (result.sheets, result.line.organisation) == (7, "Test School")
    assert found["heard"].counts == (("Yes", 6), ("No", 1))
    assert found["seen"].counts == (("A poster", 6), ("A lesson", 6))
    assert (found["why"].answered, found["why"].lines) == (1, ("Nobody asks",))
    assert "hello" not in found
    assert "Nobody asks" not in repr(result)


def test_the_one_who_supports_is_not_told_from_those_who_teach(setting: Setting) -> None:
    survey = survey_round(setting)
    ws, response_id = survey.laptop()
    teachers = [{"role": "teacher", "heard": "yes"} for _ in range(6)]
    handed_in(survey, ws, response_id, *teachers, {"role": "support", "heard": "no"})

    found = survey_results.crossed(survey.team, response_id, "role", "heard")
    teacher, support = found.groups

    assert (found.by, found.of) == ("What do you do here?", "Would a concern of yours be heard?")
    assert (teacher.words, teacher.size, support.words, support.size) == ("I teach", 6, "I support", 1)
    assert {count for _, count in (*teacher.counts, *support.counts)} == {None}
    assert not found.is_whole
    with pytest.raises(NotYours):
        survey_results.crossed(survey.team, response_id, "why", "heard")


def test_a_training_is_compared_by_codes_that_people_made_up(setting: Setting) -> None:
    survey = survey_round(setting)
    ws, before = survey.laptop()
    package = rounds.tools(survey.team)[0].package
    later = rounds.open_round(survey.team, title="After", package=Sha256(package), due=date(2027, 1, 8))
    second = Round(setting=setting, team=survey.team, round_id=later, school=survey.school)
    other, after = second.laptop("Cat Deputy", "deputy")
    handed_in(survey, ws, before, *({"heard": "no", "code": f"Blue {at}"} for at in range(10)))
    handed_in(survey, other, after, *({"heard": "yes", "code": f"blue {at}"} for at in range(5)))

    found = survey_results.before_and_after(survey.team, before, after)
    handed_in(survey, other, after, *({"heard": "yes", "code": f"nobody else {at}"} for at in range(5)))
    again = survey_results.before_and_after(survey.team, before, after)

    assert found is not None
    heard = next(each for each in found.questions if each.label == "Would a concern of yours be heard?")
    assert (found.people, heard.counts) == (5, (("Yes", 0, 5), ("No", 5, 0)))
    assert again == found
    shown = {each.id for each in survey_results.results(survey.team)[0].questions}
    assert "code" not in shown  # a code tells whoever knows it that somebody answered
    assert "heard" in shown


def test_of_fewer_than_five_pairs_nothing_is_compared(setting: Setting) -> None:
    survey = survey_round(setting)
    ws, before = survey.laptop()
    package = rounds.tools(survey.team)[0].package
    later = rounds.open_round(survey.team, title="After", package=Sha256(package), due=date(2027, 1, 8))
    second = Round(setting=setting, team=survey.team, round_id=later, school=survey.school)
    other, after = second.laptop("Cat Deputy", "deputy")
    handed_in(survey, ws, before, *({"heard": "no", "code": f"b{at}"} for at in range(10)))
    handed_in(survey, other, after, *({"heard": "yes", "code": f"b{at}"} for at in range(5, 15)))

    assert survey_results.before_and_after(survey.team, before, after) is not None  # b5 to b9
    handed_in(survey, other, after, *({"heard": "yes", "code": "b5"} for _ in range(5)))  # now several have that code
    assert survey_results.before_and_after(survey.team, before, after) is None


def test_a_school_reads_no_results_and_the_team_none_before_they_come(setting: Setting) -> None:
    survey = survey_round(setting)
    ws, _response_id = survey.laptop()

    assert survey_results.results(survey.team) == ()
    with pytest.raises(NotYours):
        survey_results.results(ws)
