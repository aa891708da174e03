"""What somebody who is known can do with files written by hand; each of these once worked."""

from pathlib import Path

import pytest

from iowscp_desktop.app import devices, handover, invitations, panel, receipts, reporting, rounds
from iowscp_desktop.app.identities import identities
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.bundles import BundleDraft, MemberSource, neutral_name, write_bundle
from iowscp_desktop.crypto import Recipient
from iowscp_desktop.domain.events import ScoreGiven, ScoringAsked
from iowscp_desktop.domain.ids import QuestionId, ResponseId, SpaceId, response_space
from iowscp_desktop.errors import BundleMalformed
from tests.app.conftest import Round
from tests.app.test_enrolment import answers, device, returned, take, write
from tests.app.test_flows import inside, names
from tests.app.test_hostile_returns import Liar, answer, honest_is_still_taken
from tests.app.work import Member, panel_member, send_scores

OWN, LIARS, MISPLACED = "Heron lake survey", "Walnut tree talks", "Dee finds the minutes thin"


@pytest.fixture
def liar(audit: Round, tmp_path: Path) -> Liar:
    return Liar(audit, tmp_path)


@pytest.fixture
def victim(liar: Liar, tmp_path: Path) -> tuple[Workspace, ResponseId]:
    """A laptop of another school, whose return has come."""
    school = rounds.add_organisation(liar.audit.team, "Other School", "school")
    audit = Round(setting=liar.audit.setting, team=liar.audit.team, round_id=liar.audit.round_id, school=school)
    ws, response_id = audit.laptop("Ben Lead")
    write(ws, response_id, "heard", "met")
    write(ws, response_id, "heard_evidence", OWN)
    assert take(audit.team, returned(ws, response_id, tmp_path)) is None
    return ws, response_id


def payloads(ws: Workspace) -> bytes:
    """Everything that lies in a workspace's journal, whether it counts or not."""
    with ws.store.database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT payload FROM entry WHERE payload IS NOT NULL").all()
    return b"\n".join(bytes(payload) for (payload,) in rows)


# --- what a file says of itself ------------------------------------------------------------------


def test_more_missing_entries_than_a_number_holds_crash_nobody(liar: Liar) -> None:
    seen = {f"{number:032x}": 2**53 - 1 for number in range(2_000)}

    done = liar.send(liar.sealed(liar.chain([answer("heard", "met")])), seen=seen)

    assert (done.refused, done.new) == (None, 1)
    assert done.missing > 2**62
    honest_is_still_taken(liar)


@pytest.mark.parametrize(
    "payload",
    [
        b'{"kind":"answer-recorded","question_id":"staff","value":"1","value":"2"}',
        b'{"kind":"answer-recorded","question_id":"adult","question_id":"staff","value":"2"}',
        b'{"kind":"answer-recorded", "question_id":"staff","value":"2"}',
        b'{"kind":"answer-recorded","question_id":"staff","value":"\\u0032"}',
        b'{"kind":"answer-recorded","question_id":"staff","value":"2","later":{"a":1,"a":2}}',
        b'{"kind":"answer-recorded","question_id":"staff","value":"2","later":' + b"[" * 50_000 + b"]" * 50_000 + b"}",
    ],
)
def test_an_event_that_two_readers_could_read_in_two_ways_is_refused(liar: Liar, payload: bytes) -> None:
    done = liar.send(liar.with_payload(payload))

    assert isinstance(done.refused, BundleMalformed)
    honest_is_still_taken(liar)


def test_a_field_that_a_newer_program_adds_to_an_event_is_taken_as_it_came(liar: Liar) -> None:
    payload = b'{"kind":"answer-recorded","question_id":"staff","value":"2","later":{"b":[1,2.5],"a":null}}'

    done = liar.send(liar.with_payload(payload))

    assert (done.refused, done.new, done.quarantined) == (None, 1, 0)
    assert payload in payloads(liar.audit.team)


def test_a_grade_that_is_not_on_its_scale_spoils_no_letter(liar: Liar) -> None:
    team, response_id = liar.audit.team, liar.response_id
    assert liar.send(liar.sealed(liar.chain([answer("heard", "splendid"), answer("adult", "partly")]))).refused is None
    member = panel_member(liar.audit, "Dee Panel", response_id)
    member.score(response_id, {"heard": "met", "adult": "met"})
    send_scores(liar.audit, member)
    for question in ("heard", "adult"):
        panel.agree(team, response_id, QuestionId(question), "met")

    letter = reporting.feedback_report(team, response_id, signatory="Ana Team")

    assert [difference.title for difference in letter.differences] == ["A trusted adult"]


# --- what the team sends on ----------------------------------------------------------------------


def test_words_that_lie_aside_do_not_travel_to_another_school(
    liar: Liar, victim: tuple[Workspace, ResponseId], tmp_path: Path
) -> None:
    (ws, response_id), team = victim, liar.audit.team
    done = liar.send(liar.sealed(liar.chain([answer("heard_evidence", LIARS)], space=response_space(response_id))))
    assert (done.refused, done.quarantined) == (None, 1)

    path = receipts.send_receipt(team, response_id, tmp_path)

    assert not names(LIARS, inside(path, identities(ws)))
    assert names(OWN, inside(path, identities(ws)))
    assert not names(device(liar.ws), inside(path, identities(ws)))
    assert take(ws, path) is None


def test_a_score_in_the_wrong_place_comes_to_no_other_member(
    liar: Liar, victim: tuple[Workspace, ResponseId], tmp_path: Path
) -> None:
    (ws, response_id), team = victim, liar.audit.team
    member = panel_member(liar.audit, "Dee Panel", response_id)
    member.score(response_id, {"heard": "met"})
    send_scores(liar.audit, member)
    score = ScoreGiven(
        judge=member.person_id,
        response_id=response_id,
        question_id=QuestionId("heard"),
        point="met",
        remark=MISPLACED,
    )
    assert take(team, _by_member(liar, member, score, response_space(response_id), tmp_path)) is None
    assert MISPLACED.encode() in payloads(team)

    other = panel_member(liar.audit, "Kate Panel", response_id)

    assert MISPLACED.encode() not in payloads(other.ws)
    assert OWN.encode() in payloads(other.ws)
    assert not names(MISPLACED, inside(receipts.send_receipt(team, response_id, tmp_path), identities(ws)))


def test_the_teams_own_laptops_hand_on_what_lies_aside(
    liar: Liar, victim: tuple[Workspace, ResponseId], tmp_path: Path
) -> None:
    _ws, response_id = victim
    liar.send(liar.sealed(liar.chain([answer("heard_evidence", LIARS)], space=response_space(response_id))))

    invited = invitations.invite_team_laptop(liar.audit.team, tmp_path)
    other = liar.audit.setting.join(invited.path, invited.code, "Bea Team", "team")

    assert LIARS.encode() in payloads(other)


def test_what_a_revoked_laptop_wrote_afterwards_is_not_scored(audit: Round, tmp_path: Path) -> None:
    (stolen, response_id), (relay, _) = audit.laptop("Ben Lead"), audit.laptop("Cat Deputy", "deputy")
    for ws in (stolen, relay):
        write(ws, response_id, "heard", "met")
        assert take(audit.team, returned(ws, response_id, tmp_path)) is None
    devices.revoke(audit.team, device(stolen), "Stolen")
    write(stolen, response_id, "adult", "not")
    write(stolen, response_id, "heard", "not")
    assert take(relay, handover.hand_over(stolen, response_id, tmp_path)) is None
    assert take(audit.team, returned(relay, response_id, tmp_path)) is None
    assert answers(audit.team, response_id) == {("heard", "met")}

    member = panel_member(audit, "Dee Panel", response_id)

    assert answers(member.ws, response_id) == {("heard", "met")}


def test_a_school_gets_back_what_it_wrote_itself_though_it_lies_aside(liar: Liar, tmp_path: Path) -> None:
    newer = b'{"kind":"kind-of-2030","register":"answer/heard","words":"' + LIARS.encode() + b'"}'
    done = liar.send(liar.with_payload(newer, kind="kind-of-2030", register="answer/heard"))
    assert (done.refused, done.quarantined) == (None, 1)
    audit = liar.audit

    invited = invitations.invite_replacement(audit.team, audit.round_id, audit.school, tmp_path)
    ws = audit.setting.join(invited.path, invited.code, "Eve Lead", "dsl")

    assert LIARS.encode() in payloads(ws)


def _by_member(liar: Liar, member: Member, score: ScoreGiven, space: SpaceId, folder: Path) -> Path:
    """A panel member's file, written by hand, with one entry in a space of their choice."""
    key = member.ws.keys.signing
    piece = liar.sealed(liar.chain([score], space=space, device=member.ws.keys.device), key)
    path = folder / neutral_name()
    draft = BundleDraft(
        type="scores", bundle="b" * 32, created=member.ws.now(), app="1", project=member.ws.about.project, number=99
    )
    with path.open("wb") as sink:
        write_bundle(
            sink,
            draft=draft,
            members=[MemberSource.of_bytes("entries", piece, codec="zstd")],
            signer=key,
            recipients=[Recipient(text) for text in member.ws.one(ScoringAsked).recipients],
        )
    return path
