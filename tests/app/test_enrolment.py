"""Devices that meet far from any team, codes made anew, devices trusted no longer, keys that change."""

from pathlib import Path

import pytest

from iowscp_desktop.app import devices, exchange, handover, invitations, joining, merging, opening, receipts, rounds
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.events import AnswerRecorded, InvitationIssued, ResponseAssigned
from iowscp_desktop.domain.ids import DeviceId, QuestionId, ResponseId, Sha256, response_space
from iowscp_desktop.errors import (
    AlreadyRevoked,
    AppError,
    InvitationForOthers,
    InvitationUsed,
    InvitationWithdrawn,
    NotForYou,
    SignerRevoked,
    UnknownSigner,
)
from tests.app.conftest import Round


def write(ws: Workspace, response_id: ResponseId, question: str, value: str) -> None:
    ws.append(response_space(response_id), AnswerRecorded(question_id=QuestionId(question), value=value))


def answers(ws: Workspace, response_id: ResponseId) -> set[tuple[str, str | None]]:
    found = ws.standing(AnswerRecorded, space=response_space(response_id))
    return {(held.event.question_id, held.event.value) for held in found}


def returned(ws: Workspace, response_id: ResponseId, folder: Path) -> Path:
    assigned = ws.one(ResponseAssigned, space=response_space(response_id))
    parcel = exchange.Parcel(type="return", spaces=[response_space(response_id)], recipients=assigned.recipients)
    return exchange.send(ws, parcel, folder)


def take(ws: Workspace, path: Path) -> AppError | None:
    """Take a file in; return why it was refused, if it was."""
    (done,), _changes = merging.merge(ws, merging.preview(ws, [path]))
    return done.refused


def device(ws: Workspace) -> DeviceId:
    return ws.keys.device


# --- two laptops of one school, far from the team ------------------------------------------------


def test_two_laptops_that_no_team_has_met_yet_hand_a_response_over(audit: Round, tmp_path: Path) -> None:
    (one, response_id), (two, _) = audit.laptop("Ben Lead"), audit.laptop("Cat Deputy", "deputy")
    write(one, response_id, "heard", "met")
    path = handover.hand_over(one, response_id, tmp_path)

    (seen,) = merging.preview(two, [path])
    refused = take(two, path)

    assert (seen.refused, refused, seen.sender) == (None, None, "Test School")
    assert answers(two, response_id) == {("heard", "met")}
    assert two.verify().wrongs == ()


def test_the_second_laptop_carries_both_to_the_team_which_lets_both_in(audit: Round, tmp_path: Path) -> None:
    (one, response_id), (two, _) = audit.laptop("Ben Lead"), audit.laptop("Cat Deputy", "deputy")
    write(one, response_id, "heard", "met")
    take(two, handover.hand_over(one, response_id, tmp_path))
    write(two, response_id, "adult", "partly")

    refused = take(audit.team, returned(two, response_id, tmp_path))

    assert refused is None
    assert answers(audit.team, response_id) == {("heard", "met"), ("adult", "partly")}
    assert {line.device_id for line in devices.devices(audit.team) if line.name} == {device(one), device(two)}
    assert rounds.returns_of(audit.team, audit.round_id)[0].joined == 2
    assert audit.team.verify().wrongs == ()


def test_a_hand_over_goes_back_and_forth(audit: Round, tmp_path: Path) -> None:
    (one, response_id), (two, _) = audit.laptop("Ben Lead"), audit.laptop("Cat Deputy", "deputy")
    write(one, response_id, "heard", "met")
    take(two, handover.hand_over(one, response_id, tmp_path))
    write(two, response_id, "heard", "partly")

    refused = take(one, handover.hand_over(two, response_id, tmp_path))

    assert refused is None
    assert answers(one, response_id) == answers(two, response_id) == {("heard", "partly")}


def test_a_hand_over_opens_for_no_other_school_and_not_for_the_team(audit: Round, tmp_path: Path) -> None:
    one, response_id = audit.laptop("Ben Lead")
    other_school = rounds.add_organisation(audit.team, "Other School", "school")
    invited = invitations.invite_organisation(audit.team, audit.round_id, other_school, tmp_path)
    other = audit.setting.join(invited.path, invited.code, "Eve", "dsl")
    write(one, response_id, "heard", "met")
    path = handover.hand_over(one, response_id, tmp_path)

    assert isinstance(take(other, path), NotForYou)
    assert isinstance(take(audit.team, path), NotForYou)


def test_a_device_of_another_school_cannot_hand_over_to_ours(audit: Round, tmp_path: Path) -> None:
    one, response_id = audit.laptop("Ben Lead")
    other_school = rounds.add_organisation(audit.team, "Other School", "school")
    invited = invitations.invite_organisation(audit.team, audit.round_id, other_school, tmp_path)
    other = audit.setting.join(invited.path, invited.code, "Eve", "dsl")
    write(other, response_id, "heard", "not")
    parcel = exchange.Parcel(
        type="handover", spaces=[response_space(response_id)], recipients=[one.keys.identity.recipient.text]
    )

    refused = take(one, exchange.send(other, parcel, tmp_path))

    assert isinstance(refused, UnknownSigner)
    assert answers(one, response_id) == set()


# --- codes ---------------------------------------------------------------------------------------


def test_a_code_made_anew_lets_the_new_device_in_and_the_old_one_is_dead(audit: Round, tmp_path: Path) -> None:
    first = invitations.invite_organisation(audit.team, audit.round_id, audit.school, tmp_path)
    response_id = rounds.ask(audit.team, audit.round_id, audit.school)
    thief = audit.setting.join(first.path, first.code, "Eve", "dsl")
    again = invitations.reissue(audit.team, first.invitation_id, tmp_path)
    ben = audit.setting.join(again.path, again.code, "Ben", "dsl")
    for ws, value in ((thief, "not"), (ben, "met")):
        write(ws, response_id, "heard", value)

    assert isinstance(take(audit.team, returned(thief, response_id, tmp_path)), InvitationWithdrawn)
    assert take(audit.team, returned(ben, response_id, tmp_path)) is None
    assert answers(audit.team, response_id) == {("heard", "met")}
    assert again.code != first.code
    assert rounds.returns_of(audit.team, audit.round_id)[0].invited == 1


def test_who_opened_an_invitation_that_was_taken_back_reads_and_hands_over_nothing(
    audit: Round, tmp_path: Path
) -> None:
    ben, response_id = audit.laptop()
    write(ben, response_id, "heard", "met")
    take(audit.team, returned(ben, response_id, tmp_path))
    lost = invitations.invite_organisation(audit.team, audit.round_id, audit.school, tmp_path)
    thief = audit.setting.join(lost.path, lost.code, "Eve", "dsl")
    invitations.cancel(audit.team, lost.invitation_id)
    write(thief, response_id, "heard", "not")
    take(ben, devices.send_directory(audit.team, audit.school, tmp_path))

    read_by_thief = take(thief, handover.hand_over(ben, response_id, tmp_path))
    sent_by_team = take(thief, receipts.send_receipt(audit.team, response_id, tmp_path))
    parcel = exchange.Parcel(
        type="handover", spaces=[response_space(response_id)], recipients=[ben.keys.identity.recipient.text]
    )
    brought_by_thief = take(ben, exchange.send(thief, parcel, tmp_path))

    assert isinstance(read_by_thief, NotForYou)
    assert isinstance(sent_by_team, NotForYou)
    assert isinstance(brought_by_thief, InvitationWithdrawn)
    assert answers(ben, response_id) == {("heard", "met")}


def test_an_invitation_that_was_answered_is_not_made_anew(audit: Round, tmp_path: Path) -> None:
    ben, response_id = audit.laptop()
    write(ben, response_id, "heard", "met")
    take(audit.team, returned(ben, response_id, tmp_path))
    (issued,) = audit.team.standing(InvitationIssued, space=audit.team.space)

    with pytest.raises(InvitationUsed):
        invitations.reissue(audit.team, issued.event.invitation_id, tmp_path)


def test_two_devices_with_one_code_in_one_batch_are_not_both_let_in(audit: Round, tmp_path: Path) -> None:
    invited = invitations.invite_organisation(audit.team, audit.round_id, audit.school, tmp_path)
    response_id = rounds.ask(audit.team, audit.round_id, audit.school)
    laptops = [audit.setting.join(invited.path, invited.code, name, "dsl") for name in ("Ben", "Eve")]
    for ws in laptops:
        write(ws, response_id, "heard", "met")
    paths = [returned(ws, response_id, tmp_path) for ws in laptops]

    done, _changes = merging.merge(audit.team, merging.preview(audit.team, paths))

    assert [isinstance(each.refused, InvitationUsed) for each in done] == [False, True]


def test_a_further_round_comes_into_the_same_workspace(
    audit: Round, tmp_path: Path, small_tool: dict[str, bytes]
) -> None:
    ben, response_id = audit.laptop()
    write(ben, response_id, "heard", "met")
    take(audit.team, returned(ben, response_id, tmp_path))
    (package,) = {tool.package for tool in rounds.tools(audit.team)}
    due = audit.setting.world.clock().date()
    later = rounds.open_round(audit.team, title="2027", package=Sha256(package), due=due)
    invited = invitations.invite_organisation(audit.team, later, audit.school, tmp_path)

    joining.accept(ben, invited.path, invited.code)
    second = rounds.ask(audit.team, later, audit.school)
    write(ben, second, "heard", "partly")
    refused = take(audit.team, returned(ben, second, tmp_path))

    assert refused is None
    assert answers(audit.team, second) == {("heard", "partly")}
    assert [line.joined for line in rounds.returns_of(audit.team, later)] == [1]
    assert [line.joined for line in rounds.returns_of(audit.team, audit.round_id)] == [1]


def test_an_invitation_for_somebody_else_changes_nothing(audit: Round, tmp_path: Path) -> None:
    ben, _response_id = audit.laptop()
    other_school = rounds.add_organisation(audit.team, "Other School", "school")
    invited = invitations.invite_organisation(audit.team, audit.round_id, other_school, tmp_path)

    with pytest.raises(InvitationForOthers):
        joining.accept(ben, invited.path, invited.code)
    assert len(ben.standing(ResponseAssigned)) == 1
    assert ben.verify().wrongs == ()


def test_both_ends_show_the_same_sign(audit: Round, tmp_path: Path) -> None:
    ben, response_id = audit.laptop()
    write(ben, response_id, "heard", "met")
    take(audit.team, returned(ben, response_id, tmp_path))

    (line,) = [each for each in devices.devices(audit.team) if each.name]
    devices.confirm(audit.team, line.device_id)
    (heard,) = [each for each in devices.devices(audit.team) if each.name]

    assert line.sign == joining.own_fingerprint(ben)
    assert (line.confirmed, heard.confirmed) == (False, True)


# --- trusted no longer ---------------------------------------------------------------------------


def test_what_a_revoked_device_had_sent_stays_and_nothing_more_of_it_counts(audit: Round, tmp_path: Path) -> None:
    (one, response_id), (two, _) = audit.laptop("Ben Lead"), audit.laptop("Cat Deputy", "deputy")
    write(one, response_id, "heard", "met")
    take(audit.team, returned(one, response_id, tmp_path))
    devices.revoke(audit.team, device(one), "Stolen")
    write(one, response_id, "adult", "not")
    take(two, handover.hand_over(one, response_id, tmp_path))

    own_file = take(audit.team, returned(one, response_id, tmp_path))
    (carried,), _changes = merging.merge(
        audit.team, merging.preview(audit.team, [returned(two, response_id, tmp_path)])
    )

    assert isinstance(own_file, SignerRevoked)
    assert (carried.refused, carried.quarantined) == (None, 1)
    assert answers(audit.team, response_id) == {("heard", "met")}
    with pytest.raises(AlreadyRevoked):
        devices.revoke(audit.team, device(one), "Again")


def test_the_other_laptop_learns_who_is_trusted_no_longer(audit: Round, tmp_path: Path) -> None:
    (one, response_id), (two, _) = audit.laptop("Ben Lead"), audit.laptop("Cat Deputy", "deputy")
    for ws in (one, two):
        write(ws, response_id, "heard", "met")
        take(audit.team, returned(ws, response_id, tmp_path))
    devices.revoke(audit.team, device(one), "Stolen")
    directory = devices.send_directory(audit.team, audit.school, tmp_path)

    learned, stolen = take(two, directory), take(one, directory)
    write(two, response_id, "adult", "met")
    refused = take(two, handover.hand_over(one, response_id, tmp_path))

    assert learned is None
    assert isinstance(stolen, NotForYou)
    assert isinstance(refused, SignerRevoked)
    assert isinstance(take(one, handover.hand_over(two, response_id, tmp_path)), NotForYou)  # the shared key is new


def test_a_new_laptop_in_the_place_of_a_lost_one_has_everything_that_ever_came(audit: Round, tmp_path: Path) -> None:
    lost, response_id = audit.laptop("Ben Lead")
    write(lost, response_id, "heard", "met")
    take(audit.team, returned(lost, response_id, tmp_path))
    devices.revoke(audit.team, device(lost), "Lost on the ferry")
    invited = invitations.invite_in_place(audit.team, device(lost), tmp_path)

    new = audit.setting.join(invited.path, invited.code, "Ben Lead", "dsl")
    before = answers(new, response_id)
    write(new, response_id, "adult", "met")
    refused = take(audit.team, returned(new, response_id, tmp_path))

    assert before == {("heard", "met")}
    assert refused is None
    assert answers(audit.team, response_id) == {("heard", "met"), ("adult", "met")}
    assert new.verify().wrongs == ()


# --- new keys of the team ------------------------------------------------------------------------


@pytest.mark.parametrize("lost", [False, True])
def test_a_device_follows_the_team_to_its_new_key_by_any_file_of_the_team(
    audit: Round, tmp_path: Path, *, lost: bool
) -> None:
    ben, response_id = audit.laptop()
    write(ben, response_id, "heard", "met")
    take(audit.team, returned(ben, response_id, tmp_path))
    before = audit.team.about.team_key
    devices.change_team_keys(audit.team, lost=lost)
    devices.change_team_keys(audit.team, lost=lost)

    refused = take(ben, receipts.send_receipt(audit.team, response_id, tmp_path))
    write(ben, response_id, "adult", "met")
    again = take(audit.team, returned(ben, response_id, tmp_path))

    assert (refused, again) == (None, None)
    assert before != ben.about.team_key == audit.team.about.team_key
    assert answers(audit.team, response_id) == {("heard", "met"), ("adult", "met")}


def test_a_return_sealed_to_the_old_key_still_opens(audit: Round, tmp_path: Path) -> None:
    ben, response_id = audit.laptop()
    write(ben, response_id, "heard", "met")
    path = returned(ben, response_id, tmp_path)
    devices.change_team_keys(audit.team, lost=False)

    assert take(audit.team, path) is None
    assert answers(audit.team, response_id) == {("heard", "met")}


def test_who_has_the_old_key_alone_cannot_speak_for_the_team_any_more(audit: Round, tmp_path: Path) -> None:
    ben, response_id = audit.laptop()
    write(ben, response_id, "heard", "met")
    take(audit.team, returned(ben, response_id, tmp_path))
    stale = receipts.send_receipt(audit.team, response_id, tmp_path)
    devices.change_team_keys(audit.team, lost=True)
    take(ben, receipts.send_receipt(audit.team, response_id, tmp_path))

    assert isinstance(take(ben, stale), UnknownSigner)


def test_keys_that_were_lost_take_open_invitations_with_them(audit: Round, tmp_path: Path) -> None:
    ben, response_id = audit.laptop()
    write(ben, response_id, "heard", "met")
    path = returned(ben, response_id, tmp_path)
    devices.change_team_keys(audit.team, lost=True)

    refused = take(audit.team, path)
    invited = invitations.invite_organisation(audit.team, audit.round_id, audit.school, tmp_path)

    assert isinstance(refused, InvitationWithdrawn)
    joining.accept(ben, invited.path, invited.code)  # it brings the step to the new key, and a new code for this laptop
    assert take(audit.team, returned(ben, response_id, tmp_path)) is None
    assert answers(audit.team, response_id) == {("heard", "met")}


def test_a_workspace_that_is_opened_again_knows_what_it_learned(audit: Round, tmp_path: Path) -> None:
    ben, response_id = audit.laptop()
    write(ben, response_id, "heard", "met")
    path = returned(ben, response_id, tmp_path)
    devices.change_team_keys(audit.team, lost=False)
    assert audit.team.store.database.path is not None
    folder = audit.team.store.database.path.parent
    audit.team.close()

    again = opening.unlock_by_passphrase(folder, "correct horse battery staple", audit.setting.world)
    audit.setting.opened.append(again)

    assert take(again, path) is None
    assert answers(again, response_id) == {("heard", "met")}
