"""Attacks by computers that are trusted no longer, or were never let in: no way back was left open."""

from pathlib import Path

import pytest

from iowscp_desktop.app import (
    devices,
    exchange,
    handover,
    invitations,
    joining,
    merging,
    receipts,
    rounds,
)
from iowscp_desktop.domain.ids import (
    response_space,
)
from iowscp_desktop.errors import InvitationWithdrawn, NotForYou
from tests.app.conftest import Round
from tests.app.test_enrolment import answers, device, returned, take, write
from tests.app.test_hostile_returns import Liar
from tests.app.test_team_laptops import exchange as exchange_files
from tests.app.test_team_laptops import second_laptop


@pytest.fixture
def liar(audit: Round, tmp_path: Path) -> Liar:
    return Liar(audit, tmp_path)


# --- who is let in -------------------------------------------------------------------------------


def test_a_revoked_computer_does_not_come_back_under_a_new_key(audit: Round, tmp_path: Path) -> None:
    invited = invitations.invite_organisation(audit.team, audit.round_id, audit.school, tmp_path)
    stolen = audit.setting.join(invited.path, invited.code, "Ben Lead", "dsl")
    other, response_id = audit.laptop("Cat Deputy", "deputy")
    for ws in (stolen, other):
        write(ws, response_id, "heard", "met")
        assert take(audit.team, returned(ws, response_id, tmp_path)) is None
    devices.revoke(audit.team, device(stolen), "Stolen")
    assert take(other, devices.send_directory(audit.team, audit.school, tmp_path)) is None

    again = audit.setting.join(invited.path, invited.code, "Ben Lead", "dsl")
    write(again, response_id, "heard", "not")
    refused = take(other, handover.hand_over(again, response_id, tmp_path))

    assert isinstance(refused, InvitationWithdrawn)
    assert answers(other, response_id) == {("heard", "met")}


def test_what_a_revoked_computer_wrote_before_still_reaches_a_third_one(audit: Round, tmp_path: Path) -> None:
    (stolen, response_id), (two, _), (three, _) = (audit.laptop(name) for name in ("Ben", "Cat", "Dot"))
    write(stolen, response_id, "heard", "met")
    take(two, handover.hand_over(stolen, response_id, tmp_path))
    take(audit.team, returned(stolen, response_id, tmp_path))
    for ws in (two, three):
        write(ws, response_id, "setting_name", "x")
        take(audit.team, returned(ws, response_id, tmp_path))
    devices.revoke(audit.team, device(stolen), "Stolen")
    directory = devices.send_directory(audit.team, audit.school, tmp_path)
    for ws in (two, three):
        assert take(ws, directory) is None

    refused = take(three, handover.hand_over(two, response_id, tmp_path))

    assert refused is None
    assert ("heard", "met") in answers(three, response_id)


@pytest.mark.parametrize("how", ["used", "withdrawn"])
def test_entries_of_a_computer_that_was_not_let_in_keep_nobody_elses_return_out(
    audit: Round, tmp_path: Path, how: str
) -> None:
    good, response_id = audit.laptop("Ben Lead")
    invited = invitations.invite_organisation(audit.team, audit.round_id, audit.school, tmp_path)
    outsider = audit.setting.join(invited.path, invited.code, "Cat Deputy", "deputy")
    write(outsider, response_id, "adult", "not")
    assert take(good, handover.hand_over(outsider, response_id, tmp_path)) is None
    if how == "used":
        twin = audit.setting.join(invited.path, invited.code, "Cat Deputy", "deputy")
        write(twin, response_id, "staff", "3")
        assert take(audit.team, returned(twin, response_id, tmp_path)) is None
    else:
        invitations.reissue(audit.team, invited.invitation_id, tmp_path)
    write(good, response_id, "heard", "met")

    (done,), _changes = merging.merge(audit.team, merging.preview(audit.team, [returned(good, response_id, tmp_path)]))

    assert done.refused is None
    assert done.quarantined
    found = answers(audit.team, response_id)
    assert ("heard", "met") in found
    assert ("adult", "not") not in found
    assert {line.device_id for line in devices.devices(audit.team)}.isdisjoint({device(outsider)})
    assert audit.team.verify().wrongs == ()


def test_a_batch_in_which_one_computer_introduces_another_is_taken_whole(audit: Round, tmp_path: Path) -> None:
    (known, response_id), (new, _) = audit.laptop("Ben Lead"), audit.laptop("Cat Deputy", "deputy")
    write(known, response_id, "heard", "met")
    assert take(audit.team, returned(known, response_id, tmp_path)) is None
    receipt = receipts.send_receipt(audit.team, response_id, tmp_path)
    assert take(known, receipt) is None
    write(new, response_id, "adult", "met")
    assert take(known, handover.hand_over(new, response_id, tmp_path)) is None
    write(new, response_id, "staff", "9")
    paths = [returned(ws, response_id, tmp_path) for ws in (known, new)]

    done, _changes = merging.merge(audit.team, merging.preview(audit.team, paths))

    assert [each.refused for each in done] == [None, None]
    assert answers(audit.team, response_id) == {("heard", "met"), ("adult", "met"), ("staff", "9")}


def test_a_second_invitation_that_was_taken_back_does_not_shut_out_a_known_computer(
    audit: Round, tmp_path: Path
) -> None:
    ben, response_id = audit.laptop()
    write(ben, response_id, "heard", "met")
    take(audit.team, returned(ben, response_id, tmp_path))
    more = invitations.invite_organisation(audit.team, audit.round_id, audit.school, tmp_path)
    joining.accept(ben, more.path, more.code)
    invitations.cancel(audit.team, more.invitation_id)
    write(ben, response_id, "adult", "met")

    refused = take(audit.team, returned(ben, response_id, tmp_path))

    assert refused is None
    assert ("adult", "met") in answers(audit.team, response_id)


# --- keys and directories that are old -----------------------------------------------------------


def test_an_old_file_of_the_team_does_not_bring_an_old_key_back(audit: Round, tmp_path: Path) -> None:
    (stolen, response_id), (other, _) = audit.laptop("Ben Lead"), audit.laptop("Cat Deputy", "deputy")
    for ws in (stolen, other):
        write(ws, response_id, "heard", "met")
        take(audit.team, returned(ws, response_id, tmp_path))
    old = receipts.send_receipt(audit.team, response_id, tmp_path)
    devices.revoke(audit.team, device(stolen), "Stolen")
    assert take(other, devices.send_directory(audit.team, audit.school, tmp_path)) is None
    assert take(other, old) is None
    write(other, response_id, "adult", "met")

    read = take(stolen, handover.hand_over(other, response_id, tmp_path))

    assert isinstance(read, NotForYou)


def test_a_computer_that_joins_later_knows_who_is_trusted_no_longer(audit: Round, tmp_path: Path) -> None:
    (stolen, response_id), (middle, _) = audit.laptop("Ben Lead"), audit.laptop("Cat Deputy", "deputy")
    write(stolen, response_id, "heard", "met")
    take(audit.team, returned(stolen, response_id, tmp_path))
    devices.revoke(audit.team, device(stolen), "Stolen")
    write(stolen, response_id, "adult", "not")
    assert take(middle, handover.hand_over(stolen, response_id, tmp_path)) is None
    invited = invitations.invite_in_place(audit.team, device(stolen), tmp_path)
    new = audit.setting.join(invited.path, invited.code, "Dot", "dsl")
    parcel = exchange.Parcel(
        type="handover", spaces=[response_space(response_id)], recipients=[new.keys.identity.recipient.text]
    )

    refused = take(new, exchange.send(middle, parcel, tmp_path))

    assert refused is None
    assert answers(new, response_id) == {("heard", "met")}


def test_a_directory_of_others_or_an_old_one_does_not_let_a_relay_through(audit: Round, tmp_path: Path) -> None:
    (stolen, response_id), (relay, _), (other, _) = (audit.laptop(name) for name in ("Ben", "Cat", "Dot"))
    write(stolen, response_id, "heard", "met")
    for ws in (stolen, relay, other):
        write(ws, response_id, "setting_name", ws.person.name)
        take(audit.team, returned(ws, response_id, tmp_path))
    old = [m for m in devices.directory_members(audit.team, audit.school) if m.kind == "directory"]
    elsewhere = rounds.add_organisation(audit.team, "Other School", "school")
    foreign = [m for m in devices.directory_members(audit.team, elsewhere) if m.kind == "directory"]
    devices.revoke(audit.team, device(stolen), "Stolen")
    assert take(other, devices.send_directory(audit.team, audit.school, tmp_path)) is None
    write(stolen, response_id, "adult", "not")
    assert take(relay, handover.hand_over(stolen, response_id, tmp_path)) is None

    for members in (old, foreign):
        parcel = exchange.Parcel(
            type="handover",
            spaces=[response_space(response_id)],
            recipients=[other.keys.identity.recipient.text],
            members=members,
        )
        refused = take(other, exchange.send(relay, parcel, tmp_path))
        assert refused is None
        assert ("adult", "not") not in answers(other, response_id)


def test_a_file_from_before_the_team_changed_its_key_still_counts_after_it(audit: Round, tmp_path: Path) -> None:
    ben, response_id = audit.laptop()
    write(ben, response_id, "heard", "met")
    take(audit.team, returned(ben, response_id, tmp_path))
    early = receipts.send_receipt(audit.team, response_id, tmp_path)
    devices.change_team_keys(audit.team, lost=False)
    assert take(ben, devices.send_directory(audit.team, audit.school, tmp_path)) is None
    now = ben.about.team_key

    assert take(ben, early) is None
    assert ben.about.team_key == now


def test_a_revoked_computer_reads_nothing_by_a_key_that_another_laptop_of_the_team_gave_it(
    audit: Round, tmp_path: Path
) -> None:
    (stolen, response_id), (kept, _) = audit.laptop("Ben Lead"), audit.laptop("Cat Deputy", "deputy")
    for ws in (stolen, kept):
        write(ws, response_id, "heard", "met")
        assert take(audit.team, returned(ws, response_id, tmp_path)) is None
    other = second_laptop(audit)
    devices.revoke(audit.team, device(stolen), "Stolen")
    lost = invitations.invite_organisation(other, audit.round_id, audit.school, tmp_path)
    invitations.cancel(other, lost.invitation_id)
    assert take(stolen, devices.send_directory(other, audit.school, tmp_path)) is None

    exchange_files(audit.team, other, tmp_path)

    for team in (audit.team, other):
        assert take(kept, devices.send_directory(team, audit.school, tmp_path)) is None
        assert isinstance(take(stolen, receipts.send_receipt(team, response_id, tmp_path)), NotForYou)
        assert isinstance(take(stolen, handover.hand_over(kept, response_id, tmp_path)), NotForYou)
