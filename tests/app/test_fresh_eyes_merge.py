"""Attacks that somebody thought of who had not written the code: what a known device may not do, by whatever way."""

from pathlib import Path

import msgspec
import pytest

from iowscp_desktop.app import (
    actions,
    devices,
    erasure,
    exchange,
    handover,
    invitations,
    joining,
    merging,
    partial,
    quarantine,
    receipts,
    rounds,
)
from iowscp_desktop.app.filling import open_filling
from iowscp_desktop.app.released import settling
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.bundles import GuestPass, MemberSource, make_guest_pass
from iowscp_desktop.crypto import SigningKey
from iowscp_desktop.domain.erasure import ErasureId, spans_of
from iowscp_desktop.domain.events import (
    ActionProgressed,
    DeviceEnrolled,
    EditionChanged,
    EntriesErased,
    ReceiptIssued,
    ResponseAssigned,
)
from iowscp_desktop.domain.ids import (
    ActionId,
    DeviceId,
    InvitationId,
    ResponseId,
    Sha256,
    actions_space,
    anonymous_space,
    response_space,
)
from iowscp_desktop.domain.journal import decode_range
from iowscp_desktop.domain.tool import read_tool
from iowscp_desktop.errors import InvitationWithdrawn, NotForYou, NothingToSettle
from tests.app.conftest import Round
from tests.app.test_enrolment import answers, device, returned, take, write
from tests.app.test_hostile_returns import Liar
from tests.app.test_hostile_returns import answer as answered
from tests.app.test_team_laptops import exchange as exchange_files
from tests.app.test_team_laptops import second_laptop


@pytest.fixture
def liar(audit: Round, tmp_path: Path) -> Liar:
    return Liar(audit, tmp_path)


# --- which questions were asked ------------------------------------------------------------------


def test_a_school_cannot_bring_its_own_edition_of_the_tool(liar: Liar, small_tool: dict[str, bytes]) -> None:
    form = small_tool["form.md"].decode().replace("A trusted adult", "Anything at all")
    settings = small_tool["tool.toml"].decode().replace('edition = "2026"', 'edition = "2031"')
    forged = read_tool({**small_tool, "form.md": form.encode(), "tool.toml": settings.encode()})
    moved = EditionChanged(
        package=Sha256(forged.digest), edition="2031", before=Sha256("0" * 64), form=Sha256("0" * 64), engine="x"
    )

    done = liar.send(
        liar.sealed(liar.chain([moved])), more=[MemberSource.of_bytes("tool", forged.canonical(), codec="zstd")]
    )

    assert done.refused is None
    assert open_filling(liar.audit.team, liar.response_id).tool.edition == "2026"


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
    invited = invitations.invite_replacement(audit.team, audit.round_id, audit.school, tmp_path)
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


# --- releasing -----------------------------------------------------------------------------------


def test_what_only_the_team_writes_is_never_let_in(liar: Liar) -> None:
    team, space = liar.audit.team, response_space(liar.response_id)
    rogue = SigningKey.generate().verify_key.hex
    enrolled = DeviceEnrolled(
        device_id=DeviceId(rogue),
        invitation_id=InvitationId("i"),
        holder=team.about.project,
        role="team",
        recipient="r",
        certificate="{}",
    )
    liar.send(liar.sealed(liar.chain([enrolled])))
    (assigned,) = [e.id for e in team.store.journal.heads(space) if e.header.register == "assignment"]
    stream, (entry,) = liar.chain([answered("heard", "met")], replaces=[assigned])
    bare = msgspec.structs.replace(
        entry,
        header_bytes=entry.header_bytes.replace(b'"answer/heard"', b'"assignment"'),
        salt=None,
        payload=None,
    )
    liar.send(liar.sealed((stream, [bare])))

    items = quarantine.set_aside(team)
    assert len(items) == 2
    for item in items:
        assert not item.may_release
        with pytest.raises(NothingToSettle):
            quarantine.let_count(team, item, "It looked right")
    assert len(team.standing(ResponseAssigned, space=space)) == 1


def test_letting_in_one_entry_of_a_revoked_computer_lets_in_no_other(audit: Round, tmp_path: Path) -> None:
    (stolen, response_id), (kept, _) = audit.laptop("Ben Lead"), audit.laptop("Cat Deputy", "deputy")
    other = second_laptop(audit)
    write(stolen, response_id, "heard", "met")
    write(kept, response_id, "staff", "3")
    for ws in (stolen, kept):
        take(audit.team, returned(ws, response_id, tmp_path))
    devices.revoke(audit.team, device(stolen), "Stolen")
    for question, value in (("adult", "not"), ("setting_name", "Ours")):
        write(stolen, response_id, question, value)
    take(kept, handover.hand_over(stolen, response_id, tmp_path))
    take(audit.team, returned(kept, response_id, tmp_path))
    waiting = quarantine.set_aside(audit.team)
    assert [item.because for item in waiting] == ["revoked", "revoked"]
    (good,) = [item for item in waiting if item.register == "answer/setting_name"]
    quarantine.let_count(audit.team, good, "Read out on the telephone")

    exchange_files(audit.team, other, tmp_path)

    for ws in (audit.team, other):
        assert ("setting_name", "Ours") in answers(ws, response_id)
        assert ("adult", "not") not in answers(ws, response_id)


# --- speaking for others -------------------------------------------------------------------------


def test_a_pass_for_a_guest_cannot_name_a_computer_that_is_known(audit: Round, tmp_path: Path) -> None:
    (eve, response_id), (ben, _) = audit.laptop("Eve"), audit.laptop("Ben")
    for ws in (eve, ben):
        write(ws, response_id, "staff", "3")
        take(audit.team, returned(ws, response_id, tmp_path))
    write(ben, response_id, "heard", "met")
    assert take(eve, handover.hand_over(ben, response_id, tmp_path)) is None
    body = GuestPass(
        project=eve.about.project, space=anonymous_space(response_id), host=eve.keys.device, guest=ben.keys.device
    )
    assigned = eve.one(ResponseAssigned, space=response_space(response_id))
    parcel = exchange.Parcel(
        type="return",
        spaces=[response_space(response_id)],
        recipients=assigned.recipients,
        members=[MemberSource.of_bytes("guest", make_guest_pass(body, eve.keys.signing))],
    )

    refused = take(audit.team, exchange.send(eve, parcel, tmp_path))

    assert refused is None
    assert ("heard", "met") in answers(audit.team, response_id)


def test_what_one_school_says_of_anothers_action_is_not_heard(liar: Liar) -> None:
    team = liar.audit.team
    victim = rounds.add_organisation(team, "Other School", "school")
    actions.set_actions(team, victim, [actions.NewAction(title="Train everybody")])
    (line,) = actions.actions(team, victim)
    said = ActionProgressed(action_id=ActionId(line.action_id), state="done", note="All done")

    done = liar.send(liar.sealed(liar.chain([said], space=actions_space(liar.audit.school))), type_="actions")

    assert (done.refused, done.quarantined) == (None, 0)
    assert [each.state for each in actions.actions(team)] == [""]
    assert [each.state for each in actions.actions(team, victim)] == [""]


# --- what was set aside goes round, and counts once its writer is known ------------------------------


def outsiders_words(audit: Round, folder: Path) -> tuple[Workspace, Workspace, ResponseId]:
    """Let a school's laptop bring what another wrote whose invitation was taken back meanwhile."""
    good, response_id = audit.laptop("Ben Lead")
    invited = invitations.invite_organisation(audit.team, audit.round_id, audit.school, folder)
    outsider = audit.setting.join(invited.path, invited.code, "Cat Deputy", "deputy")
    write(outsider, response_id, "adult", "not")
    assert take(good, handover.hand_over(outsider, response_id, folder)) is None
    invitations.cancel(audit.team, invited.invitation_id)
    write(good, response_id, "heard", "met")
    assert take(audit.team, returned(good, response_id, folder)) is None
    return good, outsider, response_id


def test_what_lies_aside_keeps_no_later_file_out(audit: Round, tmp_path: Path) -> None:
    good, _outsider, response_id = outsiders_words(audit, tmp_path)
    third, _ = audit.laptop("Dot")
    write(third, response_id, "staff", "4")
    assert take(audit.team, returned(third, response_id, tmp_path)) is None
    other = second_laptop(audit)

    receipt = receipts.send_receipt(audit.team, response_id, tmp_path)
    refused = [take(ws, receipt) for ws in (good, third)]
    refused += [take(third, handover.hand_over(good, response_id, tmp_path))]
    write(third, response_id, "setting_name", "Ours")
    refused += [take(audit.team, returned(third, response_id, tmp_path))]
    exchange_files(audit.team, other, tmp_path)

    assert refused == [None] * 4
    for ws in (audit.team, other):
        assert answers(ws, response_id) == {("heard", "met"), ("staff", "4"), ("setting_name", "Ours")}
        assert ws.verify().wrongs == ()
    assert ("adult", "not") not in answers(third, response_id)


def test_what_lies_aside_counts_once_its_writer_is_let_in(audit: Round, tmp_path: Path) -> None:
    _good, outsider, response_id = outsiders_words(audit, tmp_path)
    other = second_laptop(audit)
    invited = invitations.invite_organisation(audit.team, audit.round_id, audit.school, tmp_path)
    joining.accept(outsider, invited.path, invited.code)
    write(outsider, response_id, "staff", "5")

    refused = take(audit.team, returned(outsider, response_id, tmp_path))
    exchange_files(audit.team, other, tmp_path)

    assert refused is None
    for ws in (audit.team, other):
        assert answers(ws, response_id) == {("heard", "met"), ("adult", "not"), ("staff", "5")}
        assert quarantine.set_aside(ws) == ()
        assert ws.verify().wrongs == ()


@pytest.mark.parametrize("where", ["team", "response"])
def test_a_school_cannot_decide_that_its_own_forgery_counts(liar: Liar, where: str) -> None:
    team, space = liar.audit.team, response_space(liar.response_id)
    forged = liar.chain([ReceiptIssued(number="R1", bundle="b", entries=9)])
    (entry,) = forged[1]
    decided = liar.chain(
        [settling(entry, "The team said so", is_released=True)],
        space=team.space if where == "team" else space,
    )

    done = liar.send(liar.sealed(decided), liar.sealed(forged))

    assert (done.refused, done.quarantined) == (None, 2)
    assert team.standing(ReceiptIssued, space=space) == ()


def test_agreeing_on_a_revocation_lets_nothing_in_that_was_outside_the_grant(liar: Liar) -> None:
    audit, folder, response_id = liar.audit, liar.folder, liar.response_id
    kept, _ = audit.laptop("Cat Deputy", "deputy")
    other = second_laptop(audit)
    piece = liar.sealed(
        liar.chain(
            [answered("heard", "met"), ReceiptIssued(number="R1", bundle="b", entries=9), answered("staff", "3")]
        )
    )
    assert take(other, liar.write(piece)) is None
    devices.revoke(audit.team, liar.ws.keys.device, "Stolen")
    with kept.store.journal.merging() as connection:
        kept.store.journal.take(connection, decode_range(piece), bundle="x", refuse=lambda _entry: None)
    assert take(audit.team, returned(kept, response_id, folder)) is None
    assert ("heard", "met") not in answers(audit.team, response_id)

    exchange_files(audit.team, other, folder)

    for ws in (audit.team, other):
        assert {("heard", "met"), ("staff", "3")} <= answers(ws, response_id)
        assert "R1" not in {held.event.number for held in ws.standing(ReceiptIssued)}
        assert ws.verify().wrongs == ()


# --- what held, and is to hold --------------------------------------------------------------------


@pytest.mark.parametrize("where", ["own", "team"])
def test_a_schools_erasure_destroys_nothing_that_the_team_keeps(liar: Liar, where: str) -> None:
    team, space = liar.audit.team, response_space(liar.response_id)
    victim = space if where == "own" else team.space
    entries = [each for each in team.store.journal.heads(victim) if each.payload is not None]
    erased = EntriesErased(
        erasure_id=ErasureId("e"),
        space=victim,
        what="",
        spans=spans_of(each.id for each in entries),
        entries=1,
        files=0,
        file_bytes=0,
        why="due",
        reason="",
        who="Eve",
    )

    done = liar.send(liar.sealed(liar.chain([erased])))

    assert (done.refused, done.quarantined) == (None, 0)
    assert entries
    assert entries == [each for each in team.store.journal.heads(victim) if each.id in {e.id for e in entries}]
    assert erasure.erasures(team) == ()


@pytest.mark.parametrize("first", ["part", "whole"])
def test_a_part_and_the_whole_come_to_the_same_on_two_laptops(audit: Round, tmp_path: Path, first: str) -> None:
    ben, response_id = audit.laptop()
    other = second_laptop(audit)
    write(ben, response_id, "heard", "met")
    write(ben, response_id, "staff", "7")
    section = open_filling(ben, response_id).tool.sections[0].id
    part = partial.send_part(ben, response_id, [section], tmp_path)
    write(ben, response_id, "heard", "not")
    whole = returned(ben, response_id, tmp_path)
    one, two = (part, whole) if first == "part" else (whole, part)

    assert [take(audit.team, one), take(other, two)] == [None, None]
    exchange_files(audit.team, other, tmp_path)

    for ws in (audit.team, other):
        assert answers(ws, response_id) == {("heard", "not"), ("staff", "7")}
        assert ws.verify().wrongs == ()


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
