from pathlib import Path

import pytest

from iowscp_desktop.app import devices, feedback, invitations, panel
from iowscp_desktop.domain.events import AnswerRecorded, ScoreAgreed, ScoreGiven
from iowscp_desktop.domain.ids import QuestionId, ResponseId
from iowscp_desktop.errors import NotAgreed, NotOnScale, NotYours, ReasonNeeded, ScoresNotIn
from tests.app.conftest import Round
from tests.app.work import Member, answer, panel_member, send_scores, take_in

HEARD, ADULT = QuestionId("heard"), QuestionId("adult")


@pytest.fixture
def returned(audit: Round) -> ResponseId:
    """A return that came back."""
    school, response_id = audit.laptop()
    answer(school, response_id, {"heard": "met", "heard_evidence": "Survey", "adult": "partly", "staff": "12"})
    take_in(audit, response_id, school)
    return response_id


@pytest.fixture
def members(audit: Round, returned: ResponseId) -> tuple[Member, Member]:
    return panel_member(audit, "Dev", returned), panel_member(audit, "Kate", returned)


def test_a_member_sees_what_to_score_and_only_what_applies(
    returned: ResponseId, members: tuple[Member, Member]
) -> None:
    dev, _kate = members

    (allocation,) = panel.allocations(dev.ws)

    assert (allocation.organisation, allocation.title) == ("Test School", "A small audit")
    assert (allocation.items, allocation.scored, allocation.finished) == (2, 0, False)  # no boarders there


def test_scores_count_and_can_be_changed(returned: ResponseId, members: tuple[Member, Member]) -> None:
    dev, _kate = members
    panel.give_score(dev.ws, returned, HEARD, "met", " Clear. ")
    panel.give_score(dev.ws, returned, HEARD, "partly", "Less clear.")

    (allocation,) = panel.allocations(dev.ws)

    assert allocation.scored == 1
    assert panel.scores(dev.ws, returned)[HEARD] == panel.GivenScore(point="partly", remark="Less clear.")


def test_a_score_lies_on_the_items_scale(returned: ResponseId, members: tuple[Member, Member]) -> None:
    dev, _kate = members

    with pytest.raises(NotOnScale):
        panel.give_score(dev.ws, returned, HEARD, "excellent")
    with pytest.raises(NotYours):
        panel.give_score(dev.ws, returned, QuestionId("staff"), "met")


def test_nobody_elses_scores_lie_in_a_members_workspace(
    audit: Round, returned: ResponseId, members: tuple[Member, Member]
) -> None:
    dev, kate = members
    dev.score(returned, {"heard": "met", "adult": "met"})
    send_scores(audit, dev)
    late = panel_member(audit, "Lena", returned)

    for member in (kate, late):
        assert member.ws.standing(ScoreGiven) == ()
    assert {held.event.judge for held in dev.ws.standing(ScoreGiven)} == {dev.person_id}


def test_scores_are_compared_only_when_all_have_sent_theirs(
    audit: Round, returned: ResponseId, members: tuple[Member, Member]
) -> None:
    dev, kate = members
    dev.score(returned, {"heard": "met", "adult": "partly"})
    send_scores(audit, dev)
    kate.score(returned, {"heard": "not"}, finish=False)
    send_scores(audit, kate)

    with pytest.raises(ScoresNotIn):
        panel.compare(audit.team, returned)
    with pytest.raises(ScoresNotIn):
        panel.agree(audit.team, returned, HEARD, "met")
    panel.finish_scoring(kate.ws, returned)
    send_scores(audit, kate)
    heard, adult, _boarders = panel.compare(audit.team, returned)

    assert [judge.name for judge in panel.judges(audit.team, returned)] == ["Dev", "Kate"]
    assert (heard.own, dict(heard.by_judge)) == ("met", {dev.person_id: "met", kate.person_id: "not"})
    assert (heard.spread, heard.differs, heard.needs_reason) == (2, True, True)
    assert (adult.spread, adult.agreed) == (0, "")


@pytest.fixture
def scored(audit: Round, returned: ResponseId, members: tuple[Member, Member]) -> ResponseId:
    for member, points in zip(
        members, ({"heard": "met", "adult": "met"}, {"heard": "not", "adult": "partly"}), strict=True
    ):
        member.score(returned, points)
        send_scores(audit, member)
    return returned


def test_two_points_apart_an_agreement_says_why(audit: Round, scored: ResponseId) -> None:
    with pytest.raises(ReasonNeeded):
        panel.agree(audit.team, scored, HEARD, "partly", "   ")
    assert audit.team.standing(ScoreAgreed) == ()

    panel.agree(audit.team, scored, HEARD, "partly", "Seen on the visit.")
    panel.agree(audit.team, scored, ADULT, "met")  # one point apart

    assert {each.question_id: each.agreed for each in panel.compare(audit.team, scored)} == {
        "heard": "partly",
        "adult": "met",
        "boarders": "",
    }


def test_an_agreement_overwrites_no_other_score(audit: Round, scored: ResponseId) -> None:
    panel.agree(audit.team, scored, HEARD, "partly", "Seen on the visit.")

    own = [held.event.value for held in audit.team.standing(AnswerRecorded, question_id=HEARD)]
    given = sorted(held.event.point for held in audit.team.standing(ScoreGiven, question_id=HEARD))
    (agreed,) = audit.team.standing(ScoreAgreed)
    assert (own, given) == (["met"], ["met", "not"])
    assert len(agreed.event.cites) == 2


def test_an_agreement_lies_on_the_scale(audit: Round, scored: ResponseId) -> None:
    with pytest.raises(NotOnScale):
        panel.agree(audit.team, scored, ADULT, "")


def test_only_the_team_compares(returned: ResponseId, members: tuple[Member, Member]) -> None:
    dev, _kate = members
    dev.score(returned, {"heard": "met"})

    with pytest.raises(NotYours):
        panel.compare(dev.ws, returned)
    with pytest.raises(NotYours):
        panel.agree(dev.ws, returned, HEARD, "met")
    with pytest.raises(NotYours):
        panel.agree_where_same(dev.ws, returned, {HEARD})


def test_scores_travel_without_answers_or_evidence(
    audit: Round, returned: ResponseId, members: tuple[Member, Member], tmp_path: Path
) -> None:
    dev, _kate = members
    dev.score(returned, {"heard": "met"})

    send_scores(audit, dev)

    assert {held.event.judge for held in audit.team.standing(ScoreGiven)} == {dev.person_id}
    assert audit.team.verify().wrongs == ()


def test_who_holds_no_invitation_and_no_computer_is_not_waited_for(
    audit: Round, returned: ResponseId, members: tuple[Member, Member]
) -> None:
    dev, _kate = members
    dev.score(returned, {"heard": "met"}, finish=False)
    send_scores(audit, dev)
    (devs,) = [line for line in devices.devices(audit.team) if line.holder == dev.person_id]
    (kates,) = [line for line in devices.waiting(audit.team) if line.name == "Kate"]

    invitations.cancel(audit.team, kates.invitation_id)
    with_dev = panel.judges(audit.team, returned)
    devices.revoke(audit.team, devs.device_id, "Left")

    assert [judge.name for judge in with_dev] == ["Dev"]
    assert panel.judges(audit.team, returned) == ()


def test_feedback_waits_until_every_item_is_agreed(audit: Round, scored: ResponseId) -> None:
    panel.agree(audit.team, scored, HEARD, "partly", "Seen on the visit.")

    with pytest.raises(NotAgreed) as left:
        feedback.give_feedback(audit.team, scored, signatory="Chair")

    assert left.value.message == "1 standard of this return is not agreed yet."
