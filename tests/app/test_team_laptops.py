"""The team is one identity on several laptops: what one takes in the other has after a file, whichever is lost."""

from pathlib import Path

import pytest

from iowscp_desktop.app import devices, handover, invitations, opening, panel, receipts, responses, rounds
from iowscp_desktop.app.merging import merge, preview
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.events import KINDS, AnswerRecorded, DeviceEnrolled
from iowscp_desktop.domain.grants import Role
from iowscp_desktop.domain.ids import EntryId
from iowscp_desktop.errors import InvitationUsed, NotForYou, SignerNotAllowed, UnknownSigner, WrongCode
from tests.app.conftest import Round
from tests.app.work import answer, panel_member, receipt_numbers, take_files


def second_laptop(audit: Round, name: str = "Bea Team") -> Workspace:
    invited = invitations.invite_team_laptop(audit.team, audit.setting.folder)
    return audit.setting.join(invited.path, invited.code, name, "team")


def exchange(one: Workspace, other: Workspace, folder: Path) -> None:
    """One file each way, and one back: then both have what both had, and each other's names."""
    for sender, reader in ((one, other), (other, one), (one, other)):
        (done,) = receipts.take_in(reader, preview(reader, [handover.send_to_team_laptops(sender, folder)])).files
        assert done.refused is None


def known(ws: Workspace) -> dict[str, set[tuple[EntryId, str]]]:
    """All that stands, by kind: where it was written, and in which space."""
    return {kind: {(held.id, held.space) for held in ws.standing(event)} for kind, event in KINDS.items()}


def texts(ws: Workspace) -> set[tuple[str, str | None]]:
    return {(held.event.question_id, held.event.value) for held in ws.standing(AnswerRecorded)}


def test_a_second_laptop_has_everything_and_is_the_team_too(audit: Round, tmp_path: Path) -> None:
    school, response_id = audit.laptop()
    answer(school, response_id, {"heard": "met"})
    take_files(audit.team, [responses.send_return(school, response_id, tmp_path)])

    other = second_laptop(audit)

    assert other.about.role is Role.TEAM
    assert other.team is not None
    assert audit.team.team is not None
    assert other.team.signing.verify_key == audit.team.team.signing.verify_key
    assert other.keys.device != audit.team.keys.device
    assert texts(other) == {("heard", "met")}
    assert [line.organisation for line in rounds.returns_of(other, audit.round_id)] == ["Test School"]
    assert other.verify().wrongs == ()


def test_the_invitation_of_a_laptop_needs_its_code(audit: Round) -> None:
    invited = invitations.invite_team_laptop(audit.team, audit.setting.folder)
    another = invitations.invite_team_laptop(audit.team, audit.setting.folder)

    offer = opening.look(invited.path, invited.code, audit.setting.world)

    assert (offer.role, offer.partnership) == (Role.TEAM, "Test Partnership")
    with pytest.raises(WrongCode):
        opening.look(invited.path, another.code, audit.setting.world)


def test_two_members_who_merge_the_same_files_agree_after_an_exchange(audit: Round, tmp_path: Path) -> None:
    (one, response_id), (two, _) = audit.laptop("Ben Lead"), audit.laptop("Cat Deputy", "deputy")
    answer(one, response_id, {"heard": "met", "adult": "partly"})
    answer(two, response_id, {"heard": "not"})
    paths = [responses.send_return(ws, response_id, tmp_path) for ws in (one, two)]
    other = second_laptop(audit)
    take_files(audit.team, paths)
    take_files(other, list(reversed(paths)))

    exchange(audit.team, other, tmp_path)

    assert known(audit.team) == known(other)
    assert texts(other) == {("heard", "met"), ("heard", "not"), ("adult", "partly")}
    assert len(set(receipt_numbers(audit.team))) == 2  # each return one number, on whichever laptop it was read
    assert rounds.returns_of(audit.team, audit.round_id) == rounds.returns_of(other, audit.round_id)
    assert (audit.team.verify().wrongs, other.verify().wrongs) == ((), ())


def test_two_laptops_that_ask_the_same_school_ask_for_one_response(audit: Round, tmp_path: Path) -> None:
    other = second_laptop(audit)

    ours, theirs = (rounds.ask(ws, audit.round_id, audit.school) for ws in (audit.team, other))
    exchange(audit.team, other, tmp_path)

    assert ours == theirs
    assert len(rounds.returns_of(audit.team, audit.round_id)) == 1
    assert [line.asked for line in rounds.rounds(other)] == [1]


def test_a_device_that_one_laptop_let_in_is_known_on_the_other(audit: Round, tmp_path: Path) -> None:
    other = second_laptop(audit)
    school, response_id = audit.laptop()
    answer(school, response_id, {"heard": "met"})
    take_files(audit.team, [responses.send_return(school, response_id, tmp_path)])
    take_from_team = handover.send_to_team_laptops(audit.team, tmp_path)
    take_files(other, [take_from_team])
    answer(school, response_id, {"adult": "met"})

    (done,) = take_files(other, [responses.send_return(school, response_id, tmp_path)]).files

    assert done.refused is None
    assert texts(other) == {("heard", "met"), ("adult", "met")}


def test_one_code_answered_by_two_devices_shows_when_the_laptops_meet(audit: Round, tmp_path: Path) -> None:
    other = second_laptop(audit)
    invited = invitations.invite_organisation(audit.team, audit.round_id, audit.school, tmp_path)
    take_files(other, [handover.send_to_team_laptops(audit.team, tmp_path)])
    response_id = rounds.ask(audit.team, audit.round_id, audit.school)
    ben, eve = (audit.setting.join(invited.path, invited.code, name, "dsl") for name in ("Ben", "Eve"))
    for ws, team in ((ben, audit.team), (eve, other)):
        answer(ws, response_id, {"heard": "met"})
        take_files(team, [responses.send_return(ws, response_id, tmp_path)])

    exchange(audit.team, other, tmp_path)
    again = take_files(audit.team, [responses.send_return(eve, response_id, tmp_path)])

    enrolled = audit.team.standing(DeviceEnrolled, invitation_id=invited.invitation_id)
    assert {held.event.device_id for held in enrolled} == {ben.keys.device, eve.keys.device}
    assert devices.doubly_answered(audit.team) == devices.doubly_answered(other) == (invited.invitation_id,)
    assert not isinstance(again.files[0].refused, InvitationUsed)


def test_a_lost_laptop_of_the_team_loses_nothing(audit: Round, tmp_path: Path) -> None:
    school, response_id = audit.laptop()
    answer(school, response_id, {"heard": "met"})
    first = responses.send_return(school, response_id, tmp_path)
    other = second_laptop(audit)
    take_files(audit.team, [first])
    member = panel_member(audit, "Dev", response_id)
    member.score(response_id, {"heard": "met"})
    take_files(other, [handover.send_to_team_laptops(audit.team, tmp_path)])
    answer(school, response_id, {"adult": "met"})
    late = responses.send_return(school, response_id, tmp_path)
    scores = panel.send_scores(member.ws, tmp_path)
    lost = audit.team.keys.device
    audit.team.close()

    taken = take_files(other, [first, late, scores])
    devices.revoke(other, lost, "Left on a train")
    devices.change_team_keys(other, lost=True)
    take_files_of_school(school, receipts.send_receipt(other, response_id, tmp_path))
    answer(school, response_id, {"staff": "12"})
    later = take_files(other, [responses.send_return(school, response_id, tmp_path)]).files[0]

    assert [each.refused for each in taken.files] == [None, None, None]
    assert later.refused is None
    assert texts(other) == {("heard", "met"), ("adult", "met"), ("staff", "12")}
    assert [judge.finished for judge in panel.judges(other, response_id)] == [True]
    assert other.verify().wrongs == ()


def test_whoever_has_the_lost_laptop_is_shut_out(audit: Round, tmp_path: Path) -> None:
    other = second_laptop(audit)
    school, response_id = audit.laptop()
    answer(school, response_id, {"heard": "met"})
    path = responses.send_return(school, response_id, tmp_path)
    for ws in (audit.team, other):
        take_files(ws, [path])
    exchange(audit.team, other, tmp_path)
    devices.revoke(other, audit.team.keys.device, "Stolen")
    devices.change_team_keys(other, lost=True)
    take_files_of_school(school, receipts.send_receipt(other, response_id, tmp_path))
    answer(school, response_id, {"adult": "met"})

    sealed_anew = take_files(audit.team, [responses.send_return(school, response_id, tmp_path)]).files[0]
    to_the_others = take_files(audit.team, [handover.send_to_team_laptops(other, tmp_path)]).files[0]
    to_the_school = preview(school, [receipts.send_receipt(audit.team, response_id, tmp_path)])[0]
    to_the_team = take_files(other, [handover.send_to_team_laptops(audit.team, tmp_path)]).files[0]

    assert isinstance(sealed_anew.refused, NotForYou)
    assert isinstance(to_the_others.refused, NotForYou)
    assert isinstance(to_the_school.refused, NotForYou | UnknownSigner)
    assert isinstance(to_the_team.refused, UnknownSigner)


def test_two_laptops_that_stopped_trusting_a_device_at_different_points_agree(audit: Round, tmp_path: Path) -> None:
    (stolen, response_id), (kept, _) = audit.laptop("Ben Lead"), audit.laptop("Cat Deputy", "deputy")
    other = second_laptop(audit)
    answer(stolen, response_id, {"heard": "met"})
    first = responses.send_return(stolen, response_id, tmp_path)
    for ws in (audit.team, other):
        take_files(ws, [first])
    answer(stolen, response_id, {"adult": "partly"})
    take_files(other, [responses.send_return(stolen, response_id, tmp_path)])
    devices.revoke(audit.team, stolen.keys.device, "Stolen")
    take_files_of_school(kept, handover.hand_over(stolen, response_id, tmp_path))
    relayed = take_files(audit.team, [responses.send_return(kept, response_id, tmp_path)]).files[0]
    before = texts(audit.team)

    exchange(audit.team, other, tmp_path)

    assert relayed.quarantined == 1
    assert before == {("heard", "met")}
    assert texts(audit.team) == texts(other) == {("heard", "met"), ("adult", "partly")}
    assert known(audit.team) == known(other)
    assert (audit.team.verify().wrongs, other.verify().wrongs) == ((), ())


def test_new_keys_reach_the_other_laptop_by_a_file(audit: Round, tmp_path: Path) -> None:
    other = second_laptop(audit)
    exchange(audit.team, other, tmp_path)
    school, response_id = audit.laptop()
    answer(school, response_id, {"heard": "met"})
    path = responses.send_return(school, response_id, tmp_path)
    devices.change_team_keys(audit.team, lost=False)

    exchange(audit.team, other, tmp_path)
    (done,) = take_files(other, [path]).files

    assert other.about.team_key == audit.team.about.team_key
    assert other.team is not None
    assert audit.team.team is not None
    assert other.team.identity.recipient == audit.team.team.identity.recipient
    assert done.refused is None
    assert known(audit.team).keys() == known(other).keys()


def take_files_of_school(school: Workspace, path: Path) -> None:
    (done,), _changes = merge(school, preview(school, [path]))
    assert done.refused is None


def test_a_file_between_the_teams_laptops_is_for_nobody_else(audit: Round, tmp_path: Path) -> None:
    second_laptop(audit)
    school, _response_id = audit.laptop()

    (seen,) = preview(school, [handover.send_to_team_laptops(audit.team, tmp_path)])

    assert isinstance(seen.refused, NotForYou | SignerNotAllowed)


def test_the_invitation_of_a_laptop_is_answered_once_its_file_has_come(audit: Round, tmp_path: Path) -> None:
    other = second_laptop(audit)
    before = [line.name for line in devices.waiting(audit.team)]

    exchange(audit.team, other, tmp_path)

    assert (before, devices.waiting(audit.team), devices.waiting(other)) == ([""], (), ())


def test_a_laptop_comes_in_place_of_one_that_was_lost(audit: Round, tmp_path: Path) -> None:
    other = second_laptop(audit)
    exchange(audit.team, other, tmp_path)
    devices.revoke(audit.team, other.keys.device, "Left on a bus")

    invited = invitations.invite_in_place(audit.team, other.keys.device, tmp_path)
    third = audit.setting.join(invited.path, invited.code, "Bea Team", "team")
    exchange(audit.team, third, tmp_path)

    assert third.about.role is Role.TEAM
    assert {line.device_id: line.revoked for line in devices.devices(third)} == {
        audit.team.keys.device: False,
        other.keys.device: True,
        third.keys.device: False,
    }
