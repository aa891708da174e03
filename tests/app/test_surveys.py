"""Anonymous answers: the team has every file and every table, and cannot tell who answered what."""

import json
from pathlib import Path

import pytest

from iowscp_desktop.app import erasure, exchange, handover, invitations, merging, rounds, surveys, unlocking
from iowscp_desktop.app.identities import identities
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.erasure import Why
from iowscp_desktop.domain.events import PersonIntroduced, SurveyAnswered
from iowscp_desktop.domain.ids import PersonId, ResponseId, anonymous_space, response_space
from iowscp_desktop.domain.journal import Header, decode_range
from iowscp_desktop.errors import NotYours, SheetsUnreadable, TooFewToHide
from iowscp_desktop.store.waiting_sheets import WaitingSheets
from tests.app.conftest import PASSPHRASE, Round
from tests.app.test_flows import inside, names
from tests.app.work import take_files

PEOPLE = [f"person {number:02}" for number in range(40)]


def laptop(audit: Round) -> tuple[Workspace, ResponseId]:
    return audit.laptop("Ben Lead")


def answered(ws: Workspace, response_id: ResponseId, words: list[str]) -> None:
    """Let people answer one after the other."""
    for each in words:
        surveys.submit(ws, response_id, {"heard": each})


def headers(members: list[tuple[str, bytes]]) -> list[Header]:
    return [entry.header for kind, content in members if kind == "entries" for entry in decode_range(content).entries]


def said(members: list[tuple[str, bytes]]) -> list[str]:
    events = [entry.event for kind, content in members if kind == "entries" for entry in decode_range(content).entries]
    return [event.answers["heard"] for event in events if isinstance(event, SurveyAnswered)]


def test_what_people_said_comes_home(audit: Round, tmp_path: Path) -> None:
    ws, response_id = laptop(audit)
    answered(ws, response_id, PEOPLE)

    (done,) = take_files(audit.team, [surveys.send_submissions(ws, response_id, tmp_path)]).files

    assert (done.refused, done.quarantined, done.new) == (None, 0, len(PEOPLE))
    assert {each["heard"] for each in surveys.submissions(audit.team, response_id)} == set(PEOPLE)
    assert audit.team.verify().wrongs == ()
    assert ws.verify().wrongs == ()


def test_the_team_with_all_it_has_cannot_tell_who_answered_what(audit: Round, tmp_path: Path) -> None:
    ws, response_id = laptop(audit)
    answered(ws, response_id, PEOPLE)
    path = surveys.send_submissions(ws, response_id, tmp_path)
    take_files(audit.team, [path])

    members = inside(path, identities(audit.team))
    found = headers(members)
    streams = [json.loads(content.split(b"\n")[0])["stream"] for kind, content in members if kind == "entries"]

    # nothing beside the words and fresh random numbers differs from one submission to the next
    plain = {(each.seq, each.at, each.author, each.kind, each.replaces) for each in found}
    assert plain == {(1, f"{found[0].at[:10]}T00:00:00.000Z", "anonymous", "survey-answered", ())}
    assert len({each["device"] for each in streams}) == len({each["epoch"] for each in streams}) == len(PEOPLE)
    assert ws.keys.device not in {each["device"] for each in streams}
    # no chain, no name, no hour
    assert not names("Ben Lead", [each for each in members if each[0] in {"entries", "guest"}])
    assert audit.team.standing(PersonIntroduced, space=anonymous_space(response_id)) == ()
    # the order in the file, and with it that of every table, is not the order in which people came
    assert said(members) != PEOPLE
    with audit.team.store.database.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT payload FROM entry WHERE kind='survey-answered' ORDER BY stream"
        ).all()
    stored = [json.loads(bytes(payload))["answers"]["heard"] for (payload,) in rows]
    assert stored != PEOPLE
    assert [each["heard"] for each in surveys.submissions(audit.team, response_id)] != PEOPLE


def test_an_ordinary_answer_would_be_told_apart_by_the_same_look(audit: Round, tmp_path: Path) -> None:
    ws, response_id = laptop(audit)
    for number in range(6):
        surveys.submit(ws, response_id, {"heard": str(number)})
    careless = SurveyAnswered(response_id=response_id, submission_id="careless", answers={"heard": "mine"})
    ws.append(anonymous_space(response_id), careless)

    path = surveys.send_submissions(ws, response_id, tmp_path)
    (done,) = take_files(audit.team, [path]).files

    members = inside(path, identities(audit.team))
    assert names("Ben Lead", [each for each in members if each[0] == "entries"])
    assert done.quarantined == 2  # and what is not anonymous does not get among what is
    assert len(surveys.submissions(audit.team, response_id)) == 6


def test_a_few_wait_for_others(audit: Round, tmp_path: Path) -> None:
    ws, response_id = laptop(audit)
    answered(ws, response_id, PEOPLE[:4])
    with pytest.raises(TooFewToHide):
        surveys.send_submissions(ws, response_id, tmp_path)
    answered(ws, response_id, PEOPLE[4:5])
    surveys.send_submissions(ws, response_id, tmp_path)
    answered(ws, response_id, PEOPLE[5:6])

    with pytest.raises(TooFewToHide):  # who came since the last file would be known
        surveys.send_submissions(ws, response_id, tmp_path)


def test_no_key_that_wrote_a_submission_is_left(audit: Round, tmp_path: Path) -> None:
    ws, response_id = laptop(audit)
    answered(ws, response_id, PEOPLE[:6])

    surveys.send_submissions(ws, response_id, tmp_path)

    assert len(ws.store.local.names("guest/")) == 6
    assert ws.store.local.names("guest-key/") == []


def test_those_who_wait_are_counted_and_go_with_the_next_file(audit: Round, tmp_path: Path) -> None:
    ws, response_id = laptop(audit)
    answered(ws, response_id, PEOPLE[:6])
    take_files(audit.team, [surveys.send_submissions(ws, response_id, tmp_path)])
    answered(ws, response_id, PEOPLE[6:8])

    assert (surveys.waiting(ws, response_id), surveys.gathered(ws, response_id)) == (2, 6)
    with pytest.raises(TooFewToHide):
        surveys.send_submissions(ws, response_id, tmp_path)
    answered(ws, response_id, PEOPLE[8:11])
    take_files(audit.team, [surveys.send_submissions(ws, response_id, tmp_path)])

    assert {each["heard"] for each in surveys.submissions(audit.team, response_id)} == set(PEOPLE[:11])


def test_a_file_that_was_lost_is_sent_again_without_those_who_wait(audit: Round, tmp_path: Path) -> None:
    ws, response_id = laptop(audit)
    with pytest.raises(TooFewToHide):
        surveys.send_again(ws, response_id, tmp_path)
    answered(ws, response_id, PEOPLE[:6])
    surveys.send_submissions(ws, response_id, tmp_path).unlink()
    answered(ws, response_id, PEOPLE[6:8])

    take_files(audit.team, [surveys.send_again(ws, response_id, tmp_path)])

    assert {each["heard"] for each in surveys.submissions(audit.team, response_id)} == set(PEOPLE[:6])
    assert surveys.waiting(ws, response_id) == 2


def test_power_that_fails_between_gathering_and_clearing_doubles_nobody(audit: Round, tmp_path: Path) -> None:
    ws, response_id = laptop(audit)
    answered(ws, response_id, PEOPLE[:6])
    path = WaitingSheets(ws.store.database.path, anonymous_space(response_id)).path
    left = path.read_bytes()
    surveys.send_submissions(ws, response_id, tmp_path)
    path.write_bytes(left)  # as if it had not been taken away

    assert surveys.waiting(ws, response_id) == 0
    answered(ws, response_id, PEOPLE[6:11])
    take_files(audit.team, [surveys.send_submissions(ws, response_id, tmp_path)])

    assert sorted(each["heard"] for each in surveys.submissions(audit.team, response_id)) == PEOPLE[:11]


def test_sheets_outlive_locking_and_opening_again(audit: Round) -> None:
    ws, response_id = laptop(audit)
    answered(ws, response_id, PEOPLE[:3])
    folder = ws.store.database.path
    assert folder is not None
    ws.close()

    again = unlocking.unlock_by_passphrase(folder.parent, PASSPHRASE, audit.setting.world)
    audit.setting.opened.append(again)

    assert surveys.waiting(again, response_id) == 3


def test_sheets_that_wait_go_with_the_survey_when_it_is_erased_and_not_with_a_part_of_it(audit: Round) -> None:
    ws, response_id = laptop(audit)
    answered(ws, response_id, PEOPLE[:3])
    path = WaitingSheets(ws.store.database.path, anonymous_space(response_id)).path
    space = response_space(response_id)
    ws.append(space, PersonIntroduced(person_id=PersonId("p9"), name="Ben", role="dsl"))
    chosen = [held.id for held in ws.standing(PersonIntroduced, space=space)]

    erasure.erase(ws, erasure.plan(ws, space, erasure.Part.CHOSEN, chosen), Why.ASKED, "Asked for.")
    after_a_part = path.exists()
    erasure.erase(ws, erasure.plan(ws, space), Why.DUE, "Its time is over.")

    assert (after_a_part, path.exists()) == (True, False)


def test_sheets_of_another_computer_are_refused_and_left_where_they_are(audit: Round) -> None:
    ws, response_id = laptop(audit)
    path = WaitingSheets(ws.store.database.path, anonymous_space(response_id)).path
    path.write_bytes(b"age-encryption.org/v1\nnot ours")

    with pytest.raises(SheetsUnreadable):
        surveys.submit(ws, response_id, {"heard": "x"})

    assert path.read_bytes().endswith(b"not ours")


def test_the_laptop_shows_no_submission_and_no_other_school_takes_part(audit: Round, tmp_path: Path) -> None:
    ws, response_id = laptop(audit)
    (other,) = rounds.add_organisations(audit.team, ["Other School"], "school")
    invited = invitations.invite_organisation(audit.team, audit.round_id, other, tmp_path)
    stranger = audit.setting.join(invited.path, invited.code, "Eve", "dsl")

    with pytest.raises(NotYours):
        surveys.submissions(ws, response_id)
    with pytest.raises(NotYours):
        surveys.submit(stranger, response_id, {"heard": "x"})
    with pytest.raises(NotYours):
        surveys.submit(audit.team, response_id, {"heard": "x"})


def test_submissions_for_another_schools_survey_go_aside(audit: Round, tmp_path: Path) -> None:
    ws, response_id = laptop(audit)
    (other,) = rounds.add_organisations(audit.team, ["Other School"], "school")
    theirs = rounds.ask(audit.team, audit.round_id, other)
    ws.append(response_space(theirs), PersonIntroduced(person_id=PersonId("p"), name="x", role="y"))
    assigned = audit.team.standing(PersonIntroduced)
    assert assigned is not None
    answered(ws, response_id, PEOPLE[:5])
    path = surveys.send_submissions(ws, response_id, tmp_path)
    with audit.team.store.database.writing() as connection:  # the team has asked somebody else for this one
        connection.exec_driver_sql("UPDATE standing_response_assigned SET organisation_id=?", (other,))

    (done,) = take_files(audit.team, [path]).files

    assert done.quarantined == 5


def test_submissions_go_on_to_the_teams_other_laptop(audit: Round, tmp_path: Path) -> None:
    ws, response_id = laptop(audit)
    made = invitations.invite_team_laptop(audit.team, tmp_path)
    other = audit.setting.join(made.path, made.code, "Bea Team", "team")
    answered(ws, response_id, PEOPLE[:7])
    ws.append(response_space(response_id), PersonIntroduced(person_id=PersonId("p9"), name="Ben", role="dsl"))
    assert audit.team.team is not None
    to = [audit.team.team.identity.recipient.text]
    parcel = exchange.Parcel(type="return", spaces=[response_space(response_id)], recipients=to)
    take_files(audit.team, [exchange.send(ws, parcel, tmp_path), surveys.send_submissions(ws, response_id, tmp_path)])

    (done,) = merging.merge(other, merging.preview(other, [handover.send_to_team_laptops(audit.team, tmp_path)]))[0]

    assert (done.refused, done.quarantined) == (None, 0)
    assert len(surveys.submissions(other, response_id)) == 7
