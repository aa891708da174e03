"""Every flow carries only what its reader may see. What a file holds is looked for in its decrypted members."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from iowscp_desktop.app import (
    actions,
    devices,
    editions,
    feedback,
    handover,
    invitations,
    merging,
    panel,
    receipts,
    responses,
    rounds,
    tool_updates,
)
from iowscp_desktop.app.actions import NewAction
from iowscp_desktop.app.exchange import Parcel, send
from iowscp_desktop.app.identities import identities
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.bundles import Manifest, OpenBundle, open_bundle, open_invitation
from iowscp_desktop.crypto import Identity, VerifyKey
from iowscp_desktop.domain.events import ActionProgressed, AnswerRecorded, EvidenceAttached, ReceiptIssued, ToolAdopted
from iowscp_desktop.domain.ids import (
    AttachmentId,
    OrganisationId,
    QuestionId,
    ResponseId,
    Sha256,
    actions_space,
    response_space,
)
from iowscp_desktop.errors import NoDeviceKnown, NotYours
from tests.app.conftest import Round
from tests.app.work import answer, panel_member, take_files

OURS, THEIRS = "Heron lake survey of our own pupils", "Walnut tree talks of another school"
DEV_SAYS, KATE_SAYS = "Dev finds the minutes thin", "Kate would see the rota"
AGREED = "The panel saw the register itself"


def anyone(manifest: Manifest, _introduction: bytes | None) -> VerifyKey:
    return VerifyKey.from_hex(manifest.signer)


def contents(bundle: OpenBundle) -> list[tuple[str, bytes]]:
    found = [(member.kind, content.whole()) for member, content in bundle.members()]
    bundle.finish()
    return found


def inside(path: Path, keys: Sequence[Identity]) -> list[tuple[str, bytes]]:
    """All members of a file as whoever holds these keys sees them."""
    with open_bundle(path, identities=keys, trust=anyone) as bundle:
        return [("manifest", bundle.manifest_bytes), *contents(bundle)]


def inside_invitation(audit: Round, invited: invitations.Invited) -> list[tuple[str, bytes]]:
    with open_invitation(invited.path, code=invited.code, now=audit.setting.world.clock()) as invitation:
        return contents(invitation.bundle)


def names(marker: str, members: list[tuple[str, bytes]]) -> bool:
    """Tell whether a marker stands anywhere in a file."""
    return any(marker.encode() in content for _kind, content in members)


def joined(audit: Round, name: str, school: str) -> tuple[Workspace, ResponseId]:
    (organisation,) = rounds.add_organisations(audit.team, [name], "school")
    invited = invitations.invite_organisation(audit.team, audit.round_id, organisation, audit.setting.folder)
    ws = audit.setting.join(invited.path, invited.code, f"Lead of {school}", "dsl")
    return ws, rounds.ask(audit.team, audit.round_id, organisation)


def attach(ws: Workspace, response_id: ResponseId, words: str, name: str = "") -> None:
    """Attach a file whose content are these words, and whose name too if there is no other."""
    ws.append_with_blob(
        response_space(response_id),
        [f"minutes: {words}".encode()],
        lambda sha256, size: EvidenceAttached(
            attachment_id=AttachmentId(f"file of {response_id}{name}"),
            question_id=QuestionId("heard_files"),
            name=f"{name or words}.txt",
            media_type="text/plain",
            size=size,
            sha256=sha256,
        ),
    )


class Everybody:
    """Two schools whose returns came back, two members who scored both, and what was agreed."""

    def __init__(self, audit: Round) -> None:
        self.audit, self.team = audit, audit.team
        self.ours, self.response_id = audit.laptop()
        self.theirs, self.other_id = joined(audit, "Other School", "other")
        for ws, response_id, words in ((self.ours, self.response_id, OURS), (self.theirs, self.other_id, THEIRS)):
            answer(ws, response_id, {"heard": "met", "heard_evidence": words, "adult": "met", "adult_evidence": words})
            attach(ws, response_id, words)
            take_files(self.team, [responses.send_return(ws, response_id, audit.setting.folder)])
        both = (self.response_id, self.other_id)
        self.dev, self.kate = panel_member(audit, "Dev", *both), panel_member(audit, "Kate", *both)

    def score(self) -> None:
        for member, point, words in ((self.dev, "met", DEV_SAYS), (self.kate, "partly", KATE_SAYS)):
            for response_id in (self.response_id, self.other_id):
                for question in ("heard", "adult"):
                    panel.give_score(member.ws, response_id, QuestionId(question), point, words)
                panel.finish_scoring(member.ws, response_id)
            take_files(self.team, [panel.send_scores(member.ws, self.audit.setting.folder)])

    def agree(self) -> None:
        for response_id in (self.response_id, self.other_id):
            for question in ("heard", "adult"):
                panel.agree(self.team, response_id, QuestionId(question), "met", AGREED)


@pytest.fixture
def everybody(audit: Round) -> Everybody:
    return Everybody(audit)


def taken(ws: Workspace, path: Path) -> merging.Incoming:
    (done,), _changes = merging.merge(ws, merging.preview(ws, [path]))
    return done


# --- only what its reader may see ----------------------------------------------------------------


def test_a_members_scores_hold_nobody_elses_and_no_schools_words(everybody: Everybody, tmp_path: Path) -> None:
    everybody.score()

    members = inside(panel.send_scores(everybody.dev.ws, tmp_path), identities(everybody.team))

    assert names(DEV_SAYS, members)  # what is looked for can be found
    assert [names(each, members) for each in (KATE_SAYS, OURS, THEIRS)] == [False, False, False]


def test_a_pack_for_a_late_member_holds_the_returns_and_nobodys_scores(everybody: Everybody, tmp_path: Path) -> None:
    everybody.score()
    everybody.agree()
    feedback.give_feedback(everybody.team, everybody.response_id, signatory="Ana")

    _person, invited = invitations.invite_panellist(
        everybody.team, everybody.audit.round_id, "Lena", (everybody.response_id,), tmp_path
    )
    members = inside_invitation(everybody.audit, invited)

    assert names(OURS, members)
    assert [names(each, members) for each in (DEV_SAYS, KATE_SAYS, AGREED, THEIRS)] == [False] * 4


def test_what_a_school_gets_holds_no_other_schools_words_and_no_members_scores(
    everybody: Everybody, tmp_path: Path
) -> None:
    team, school, response_id = everybody.team, everybody.audit.school, everybody.response_id
    everybody.score()
    everybody.agree()
    feedback.give_feedback(team, response_id, signatory="Ana")
    actions.set_actions(team, school, [NewAction(title="Our own action")])
    files = [
        receipts.send_receipt(team, response_id, tmp_path),
        feedback.send_feedback(team, response_id, tmp_path),
        actions.send_plan(team, school, tmp_path),
        devices.send_directory(team, school, tmp_path),
    ]
    invited = invitations.invite_in_place(team, everybody.ours.keys.device, tmp_path)
    inner = [inside(path, identities(everybody.ours)) for path in files]
    inner.append(inside_invitation(everybody.audit, invited))

    secret = (THEIRS, DEV_SAYS, KATE_SAYS, "Other School", device(everybody.theirs), device(everybody.dev.ws))
    assert [[each for each in secret if names(each, members)] for members in inner] == [[]] * 5
    assert [names(OURS, members) for members in inner] == [True, False, False, False, True]
    assert names(AGREED, inner[1])
    assert names("Our own action", inner[2])


def test_evidence_travels_to_who_may_see_it_alone(everybody: Everybody, tmp_path: Path) -> None:
    """What stands in a file is looked for as such, besides its name and what the journal says of it."""
    team, both = everybody.team, (everybody.response_id, everybody.other_id)
    later = panel_member(everybody.audit, "Lena", everybody.response_id)
    replacement = invitations.invite_in_place(team, everybody.ours.keys.device, tmp_path)
    found = {
        "return": inside(responses.send_return(everybody.ours, both[0], tmp_path), identities(team)),
        "hand-over": inside(handover.hand_over(everybody.ours, both[0], tmp_path), identities(everybody.ours)),
        "replacement": inside_invitation(everybody.audit, replacement),
        "receipt": inside(receipts.send_receipt(team, both[0], tmp_path), identities(everybody.ours)),
        "scores": inside(panel.send_scores(later.ws, tmp_path), identities(team)),
    }

    files = {what: [content for kind, content in each if kind == "attachment"] for what, each in found.items()}

    ours = f"minutes: {OURS}".encode()
    assert files == {"return": [ours], "hand-over": [ours], "replacement": [ours], "receipt": [], "scores": []}
    with later.ws.store.database.reading() as connection:
        held = {bytes(each) for (each,) in connection.exec_driver_sql("SELECT bytes FROM chunk")}
    assert ours in held
    assert not any(THEIRS.encode() in each for each in held)


def test_what_asks_a_school_for_more_holds_nobodys_words(
    everybody: Everybody, small_tool: dict[str, bytes], tmp_path: Path
) -> None:
    team, audit, school = everybody.team, everybody.audit, everybody.audit.school
    everybody.score()
    everybody.agree()
    (package,) = {tool.package for tool in rounds.tools(team)}
    later = rounds.open_round(team, title="2027", package=package, due=date(2027, 12, 1))
    edition = Sha256(rounds.adopt_tool(team, newer(small_tool)).digest)
    first = invitations.invite_organisation(team, later, school, tmp_path)
    inner = [
        inside(tool_updates.send_assignment(team, later, school, tmp_path), identities(everybody.ours)),
        inside_invitation(audit, first),
        inside_invitation(audit, invitations.reissue(team, first.invitation_id, tmp_path)),
        inside(
            tool_updates.send_tool_update(team, everybody.response_id, edition, tmp_path), identities(everybody.ours)
        ),
    ]

    secret = (THEIRS, DEV_SAYS, KATE_SAYS, AGREED, "Other School", device(everybody.theirs))
    assert [[each for each in secret if names(each, members)] for members in inner] == [[]] * 4
    assert [names(OURS, members) for members in inner] == [False, False, False, True]
    assert all(names("Test School", members) for members in inner)


def test_a_return_and_a_hand_over_hold_one_response(everybody: Everybody, tmp_path: Path) -> None:
    school, response_id = everybody.ours, everybody.response_id

    files = [
        inside(responses.send_return(school, response_id, tmp_path), identities(everybody.team)),
        inside(handover.hand_over(school, response_id, tmp_path), identities(school)),
    ]

    assert [(names(OURS, each), names(THEIRS, each)) for each in files] == [(True, False)] * 2


def test_a_file_for_one_school_does_not_open_for_the_other(everybody: Everybody, tmp_path: Path) -> None:
    path = receipts.send_receipt(everybody.team, everybody.response_id, tmp_path)

    refused = taken(everybody.theirs, path).refused

    assert refused is not None
    assert refused.code == "B201"


def device(ws: Workspace) -> str:
    return ws.keys.device


def test_a_member_who_is_known_gets_more_to_score_without_a_code_and_without_scores(
    everybody: Everybody, tmp_path: Path
) -> None:
    everybody.score()
    third, third_id = joined(everybody.audit, "Third School", "third")
    answer(third, third_id, {"heard": "met", "heard_evidence": "Third of all"})
    take_files(everybody.team, [responses.send_return(third, third_id, tmp_path)])
    member = everybody.dev

    path = panel.send_pack(everybody.team, everybody.audit.round_id, member.person_id, [third_id], tmp_path)
    members = inside(path, identities(member.ws))
    done = taken(member.ws, path)
    member.score(third_id, {"heard": "met"})
    home = taken(everybody.team, panel.send_scores(member.ws, tmp_path))

    assert (done.refused, home.refused, home.quarantined) == (None, None, 0)
    assert names("Third of all", members)
    assert [names(each, members) for each in (KATE_SAYS, DEV_SAYS, OURS, THEIRS)] == [False] * 4
    assert [each.response_id for each in panel.allocations(member.ws)][-1] == third_id
    assert [judge.finished for judge in panel.judges(everybody.team, third_id)] == [True]
    assert member.ws.verify().wrongs == ()


# --- feedback ------------------------------------------------------------------------------------


def test_feedback_comes_to_the_school_with_its_letter(everybody: Everybody, tmp_path: Path) -> None:
    everybody.score()
    everybody.agree()
    assert feedback.feedback(everybody.ours, everybody.response_id) is None
    feedback.give_feedback(everybody.team, everybody.response_id, signatory="Ana Team")

    done = taken(everybody.ours, feedback.send_feedback(everybody.team, everybody.response_id, tmp_path))
    came = feedback.feedback(everybody.ours, everybody.response_id)

    assert done.refused is None
    assert came is not None
    assert {(line.question_id, line.point, line.reason) for line in came.agreed} == {
        ("heard", "met", AGREED),
        ("adult", "met", AGREED),
    }
    assert not came.changed_since
    assert feedback.letter(everybody.ours, everybody.response_id).startswith(b"%PDF-")
    assert everybody.ours.verify().wrongs == ()


def test_there_is_no_feedback_to_send_before_it_is_given(everybody: Everybody, tmp_path: Path) -> None:
    with pytest.raises(NotYours):
        feedback.send_feedback(everybody.team, everybody.response_id, tmp_path)


# --- actions -------------------------------------------------------------------------------------


def test_actions_go_out_and_how_far_they_are_comes_home(everybody: Everybody, tmp_path: Path) -> None:
    team, ours, school = everybody.team, everybody.ours, everybody.audit.school
    actions.set_actions(
        team,
        school,
        [
            NewAction(title="Train the new staff", owner="Head", due=date(2026, 6, 1)),
            NewAction(title="Write the rota", due=date(2026, 3, 1), question_id="heard"),
        ],
    )
    taken(ours, actions.send_plan(team, school, tmp_path))
    first, second = actions.actions(ours)
    actions.say_progress(ours, first.action_id, "begun", "Two of five")
    actions.say_progress(ours, first.action_id, "done", "All five")

    done = taken(team, actions.send_progress(ours, tmp_path))

    assert (first.title, second.title) == ("Write the rota", "Train the new staff")
    assert (done.refused, done.quarantined) == (None, 0)
    assert [(line.state, line.note) for line in actions.actions(team, school)] == [("done", "All five"), ("", "")]


def test_a_school_says_nothing_of_another_schools_actions(everybody: Everybody, tmp_path: Path) -> None:
    team, school = everybody.team, everybody.audit.school
    actions.set_actions(team, school, [NewAction(title="Train the new staff")])
    (action,) = actions.actions(team, school)
    everybody.theirs.append(actions_space(school), ActionProgressed(action_id=action.action_id, state="done"))
    from_others = exchange_of(everybody.theirs, school, everybody)

    done = taken(team, from_others)

    assert done.quarantined == 2  # the deed, and the name under it
    assert [line.state for line in actions.actions(team, school)] == [""]


def exchange_of(ws: Workspace, school: str, everybody: Everybody) -> Path:
    assert everybody.team.team is not None
    to = [everybody.team.team.identity.recipient.text]
    parcel = Parcel(type="actions", spaces=[actions_space(OrganisationId(school))], recipients=to)
    return send(ws, parcel, everybody.audit.setting.folder)


# --- newer editions, further rounds --------------------------------------------------------------


def newer(small_tool: dict[str, bytes]) -> dict[str, bytes]:
    changed = dict(small_tool)
    changed["tool.toml"] = small_tool["tool.toml"].replace(b'edition = "', b'edition = "9')
    return changed


def test_a_newer_edition_comes_to_the_school_and_waits(
    everybody: Everybody, small_tool: dict[str, bytes], tmp_path: Path
) -> None:
    package = Sha256(rounds.adopt_tool(everybody.team, newer(small_tool)).digest)
    before = editions.editions(everybody.ours, everybody.response_id)

    path = tool_updates.send_tool_update(everybody.team, everybody.response_id, package, tmp_path)
    done = taken(everybody.ours, path)

    assert done.refused is None
    assert before == ()
    assert [each.package for each in editions.editions(everybody.ours, everybody.response_id)] == [package]
    assert everybody.ours.store.blobs.has(package)
    assert len(everybody.ours.standing(ToolAdopted)) == 1
    assert editions.editions(everybody.theirs, everybody.other_id) == ()


def test_a_further_round_needs_no_code_for_a_device_that_is_known(everybody: Everybody, tmp_path: Path) -> None:
    (package,) = {tool.package for tool in rounds.tools(everybody.team)}
    later = rounds.open_round(everybody.team, title="2027", package=package, due=date(2027, 12, 1))

    path = tool_updates.send_assignment(everybody.team, later, everybody.audit.school, tmp_path)
    done = taken(everybody.ours, path)
    second = rounds.ask(everybody.team, later, everybody.audit.school)
    answer(everybody.ours, second, {"heard": "not"})
    home = taken(everybody.team, responses.send_return(everybody.ours, second, tmp_path))

    assert (done.refused, home.refused) == (None, None)
    assert [(task.round_title, task.response_id) for task in responses.tasks(everybody.ours)][-1] == ("2027", second)
    assert len(everybody.team.standing(AnswerRecorded, space=response_space(second))) == 1


def test_nothing_is_sent_to_whom_nobody_could_open_it(audit: Round, tmp_path: Path) -> None:
    stranger, other = rounds.add_organisations(audit.team, ["Never Asked School", "Nor This One"], "school")
    response_id = rounds.ask(audit.team, audit.round_id, stranger)

    for send_it in (
        lambda: receipts.send_receipt(audit.team, response_id, tmp_path),
        lambda: actions.send_plan(audit.team, other, tmp_path),
    ):
        with pytest.raises(NoDeviceKnown):
            send_it()
    assert not list(tmp_path.glob("*.iowbundle"))


def test_who_has_never_come_back_is_invited_not_sent_to(audit: Round, tmp_path: Path) -> None:
    (stranger,) = rounds.add_organisations(audit.team, ["Never Heard School"], "school")

    with pytest.raises(NoDeviceKnown):
        tool_updates.send_assignment(audit.team, audit.round_id, stranger, tmp_path)


# --- receipts, and the answer to an invitation ---------------------------------------------------


def test_the_answer_to_the_invitation_rides_until_the_receipt_has_come(everybody: Everybody, tmp_path: Path) -> None:
    def kinds(path: Path) -> list[str]:
        return [kind for kind, _content in inside(path, identities(everybody.team))]

    before = kinds(responses.send_return(everybody.ours, everybody.response_id, tmp_path))
    taken(everybody.ours, receipts.send_receipt(everybody.team, everybody.response_id, tmp_path))
    answer(everybody.ours, everybody.response_id, {"heard": "partly"})
    path = responses.send_return(everybody.ours, everybody.response_id, tmp_path)

    assert before[1] == "enrolment"
    assert "enrolment" not in kinds(path)
    assert taken(everybody.team, path).refused is None


def test_a_receipt_is_seen_by_the_school_it_is_for(everybody: Everybody, tmp_path: Path) -> None:
    taken(everybody.ours, receipts.send_receipt(everybody.team, everybody.response_id, tmp_path))

    (held,) = everybody.ours.standing(ReceiptIssued)
    assert responses.tasks(everybody.ours)[0].receipt == held.event.number
