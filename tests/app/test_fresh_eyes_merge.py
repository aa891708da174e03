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
from iowscp_desktop.errors import NothingToSettle
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
