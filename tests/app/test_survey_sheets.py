"""One person's sheet: in memory while it is filled in, and nothing of it left when the next person comes."""

from datetime import date
from pathlib import Path

import pytest

from iowscp_desktop.app import merging, responses, rounds, surveys, tool_updates
from iowscp_desktop.app.survey_sheets import Sheet, is_survey, surveys_asked
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.events import ToolAdopted
from iowscp_desktop.domain.ids import Register, ResponseId, Sha256, response_space
from iowscp_desktop.domain.survey_form import Kind
from iowscp_desktop.domain.tool import files_in, read_tool
from iowscp_desktop.errors import ToolNotAnonymous
from tests.app.conftest import Round, Setting
from tests.app.test_unmasking import decrypted
from tests.app.work import take_files


def survey_round(setting: Setting, files: dict[str, bytes] | None = None) -> Round:
    """A round of the staff survey, for one school."""
    team = setting.team()
    package = rounds.adopt_tool(team, files or dict(files_in(Path(__file__).parent / "survey_tool")))
    round_id = rounds.open_round(team, title="Spring", package=Sha256(package.digest), due=date(2026, 12, 18))
    school = rounds.add_organisation(team, "Test School", "school")
    return Round(setting=setting, team=team, round_id=round_id, school=school)


@pytest.fixture
def asked(setting: Setting) -> tuple[Round, Workspace, ResponseId]:
    survey = survey_round(setting)
    ws, response_id = survey.laptop()
    return survey, ws, response_id


Survey = tuple[Round, Workspace, ResponseId]


def test_a_sheet_asks_what_the_form_asks_and_shows_what_an_answer_calls_for(asked: Survey) -> None:
    _survey, ws, response_id = asked
    sheet = Sheet(ws, response_id)

    kinds = {each.id: each.kind for each in sheet.questions()}
    now = {each.id: each.relevant for each in sheet.answer("heard", "no")}

    assert kinds == {
        "hello": Kind.NOTE,
        "role": Kind.ONE,
        "heard": Kind.ONE,
        "why": Kind.WORDS,
        "seen": Kind.MANY,
        "years": Kind.NUMBER,
        "code": Kind.WORDS,
    }
    assert now["why"]


def test_what_is_missing_is_said_and_nothing_is_handed_in(asked: Survey) -> None:
    _survey, ws, response_id = asked
    sheet = Sheet(ws, response_id)
    sheet.answer("role", "teacher")

    wrong = sheet.hand_in()

    assert [each.id for each in wrong] == ["heard"]
    assert surveys.waiting(ws, response_id) == 0


def test_only_what_a_person_answered_and_still_sees_is_handed_in_and_no_time_of_it(asked: Survey) -> None:
    survey, ws, response_id = asked
    for number in range(5):
        sheet = Sheet(ws, response_id)
        sheet.answer("heard", "no")
        sheet.answer("why", "Nobody asks")
        sheet.answer("heard", "yes")  # the reason is not asked for any more
        sheet.answer("years", str(number))
        assert sheet.hand_in() == ()
    take_files(survey.team, [surveys.send_submissions(ws, response_id, survey.setting.folder)])

    found = surveys.submissions(survey.team, response_id)

    assert [set(each) for each in found] == [{"heard", "years"}] * 5


def test_a_draft_is_nowhere_on_the_disk(asked: Survey) -> None:
    _survey, ws, response_id = asked
    path = ws.store.database.path
    assert path is not None
    sheet = Sheet(ws, response_id)
    before = {each: each.stat().st_mtime_ns for each in path.parent.iterdir()}
    sheet.answer("heard", "no")
    sheet.answer("why", "a-word-nobody-else-writes")

    after = {each: each.stat().st_mtime_ns for each in path.parent.iterdir()}

    assert sheet.is_begun()
    assert after == before
    assert b"a-word-nobody-else-writes" not in decrypted(ws)


def test_the_next_sheet_is_empty(asked: Survey) -> None:
    _survey, ws, response_id = asked
    first = Sheet(ws, response_id)
    first.answer("heard", "yes")
    first.hand_in()

    assert not Sheet(ws, response_id).is_begun()


def test_an_empty_sheet_is_none(asked: Survey) -> None:
    _survey, ws, response_id = asked
    first = Sheet(ws, response_id)

    assert [each.id for each in first.hand_in()] == ["heard"]
    assert surveys.waiting(ws, response_id) == 0


def test_a_survey_is_told_from_an_audit_by_its_tool(asked: Survey, audit: Round) -> None:
    _survey, ws, response_id = asked
    other, ordinary = audit.laptop()

    assert [line.title for line in surveys_asked(ws)] == ["Staff survey"]
    assert is_survey(ws, response_id)
    assert surveys_asked(other) == ()
    assert not is_survey(other, ordinary)


def _telling(asks: str) -> dict[str, bytes]:
    files = dict(files_in(Path(__file__).parent / "survey_tool"))
    row = f"| | {asks} | telling | When, or where? | | | |\n| | end_group".encode()
    return {**files, "form.md": files["form.md"].replace(b"| | end_group", row)}


@pytest.mark.parametrize("asks", ["date", "image", "geopoint", "file"])
def test_a_survey_that_asks_for_what_gives_people_away_is_not_taken_into_use(setting: Setting, asks: str) -> None:
    team = setting.team()
    with pytest.raises(ToolNotAnonymous):
        rounds.adopt_tool(team, _telling(asks))
    by_name = _telling(asks)
    by_name["tool.toml"] = by_name["tool.toml"].replace(b"anonymous = true", b"anonymous = false")

    assert rounds.tools(team) == ()
    assert rounds.adopt_tool(team, by_name).settings.anonymous is False
    assert rounds.adopt_tool(team, _telling("text")).settings.anonymous


@pytest.mark.parametrize("asks", ["date", "image", "geopoint", "file"])
def test_one_that_an_older_program_took_into_use_is_not_opened(setting: Setting, asks: str) -> None:
    survey = survey_round(setting)
    package = read_tool(_telling(asks))
    survey.team.append_with_blob(
        survey.team.space,
        [package.canonical()],
        lambda digest, _size: ToolAdopted(package=digest, tool_id="staff-survey", edition="2025", title="Staff survey"),
    )
    round_id = rounds.open_round(survey.team, title="Old", package=Sha256(package.digest), due=date(2026, 12, 18))
    ws, response_id = Round(setting, survey.team, round_id, survey.school).laptop()

    with pytest.raises(ToolNotAnonymous):
        Sheet(ws, response_id)


def survey_file(audit: Round, due: date = date(2026, 2, 1)) -> tuple[Path, Changes]:
    """Let the team ask a school whose laptop it knows for a survey too; return the file that says so."""
    package = rounds.adopt_tool(audit.team, dict(files_in(Path(__file__).parent / "survey_tool")))
    spring = rounds.open_round(audit.team, title="Spring", package=Sha256(package.digest), due=due)
    path = tool_updates.send_assignment(audit.team, spring, audit.school, audit.setting.folder)
    asked = response_space(rounds.ask(audit.team, spring, audit.school))
    return path, Changes(registers=frozenset({(asked, Register("assignment"))}))


@pytest.mark.parametrize("due", [date(2026, 2, 1), date(2027, 2, 1)])
def test_a_survey_is_not_among_the_audits_whichever_is_due_first(audit: Round, due: date) -> None:
    ws, response_id = audit.laptop()
    take_files(audit.team, [responses.send_return(ws, response_id, audit.setting.folder)])
    path, asked = survey_file(audit, due)
    merging.merge(ws, merging.preview(ws, [path]))

    assert [line.response_id for line in responses.tasks(ws)] == [response_id]
    assert {line.response_id for line in surveys_asked(ws)} == asked.responses


GIVEN_BY_THE_FORM = """| survey | | | | | | | | |
| | type | name | label | required | default | calculation | trigger | readonly |
| | select_one yes_no | heard | Would a concern be heard? | | yes | | | |
| | text | said | What do you say? | | | | | |
| | text | shown | The clock | | now() | | | yes |
| | text | hidden_in_words | Anything else? | | now() | | | |
| | text | number | Your number | | | uuid() | ${heard} | |
| | text | later | And now? | | | now() | ${said} | |
| choices | | | |
| | list_name | name | label |
| | yes_no | yes | Yes |
| | yes_no | no | No |
| settings | | |
| | form_title | form_id |
| | Staff survey | staff_survey |
"""


def test_what_the_form_itself_fills_in_such_as_the_time_is_never_handed_in(setting: Setting) -> None:
    files = dict(files_in(Path(__file__).parent / "survey_tool"))
    survey = survey_round(setting, {**files, "form.md": GIVEN_BY_THE_FORM.encode()})
    ws, response_id = survey.laptop()
    for number in range(5):
        sheet = Sheet(ws, response_id)
        sheet.answer("said", f"This {number}")
        sheet.answer("heard", "no")
        asked = {each.id: each.value for each in sheet.answer("heard", "no" if number else "yes")}
        assert "T" in asked["hidden_in_words"]  # the form did fill it in, and showed it
        assert "T" in asked["later"]
        assert sheet.hand_in() == ()
    take_files(survey.team, [surveys.send_submissions(ws, response_id, survey.setting.folder)])

    found = surveys.submissions(survey.team, response_id)

    assert {frozenset(each) for each in found} == {frozenset({"heard", "said"})}
    assert sorted(each["heard"] for each in found) == ["no"] * 4 + ["yes"]


def test_an_answer_that_the_form_offers_to_everybody_alike_counts_where_it_is_left_as_it_is(setting: Setting) -> None:
    files = dict(files_in(Path(__file__).parent / "survey_tool"))
    survey = survey_round(setting, {**files, "form.md": GIVEN_BY_THE_FORM.encode()})
    ws, response_id = survey.laptop()
    for _ in range(5):
        Sheet(ws, response_id).hand_in()
    take_files(survey.team, [surveys.send_submissions(ws, response_id, survey.setting.folder)])

    assert surveys.submissions(survey.team, response_id) == ({"heard": "yes"},) * 5
