"""Invitation, return, merge, receipt: real files on the disk between real workspaces."""

from pathlib import Path

import pytest

from iowscp_desktop.app import conflicts, exchange, invitations, merging, opening, rounds
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.events import AnswerRecorded, EvidenceAttached, ResponseAssigned, ScoreGiven
from iowscp_desktop.domain.ids import (
    AttachmentId,
    PersonId,
    QuestionId,
    ResponseId,
    panel_space,
    response_space,
)
from iowscp_desktop.errors import (
    AppError,
    BundleDamaged,
    CodeTypo,
    InvitationUsed,
    NotForYou,
    UnknownSigner,
    WrongCode,
)
from tests.app.conftest import Round


def write_answer(ws: Workspace, response_id: ResponseId, question: str, value: str) -> None:
    ws.append(response_space(response_id), AnswerRecorded(question_id=QuestionId(question), value=value))


def send_return(ws: Workspace, response_id: ResponseId, folder: Path) -> Path:
    assigned = ws.one(ResponseAssigned, space=response_space(response_id))
    return exchange.send(
        ws,
        exchange.Parcel(type="return", spaces=[response_space(response_id)], recipients=assigned.recipients),
        folder,
    )


def answers(ws: Workspace) -> list[tuple[str, str | None]]:
    return [(held.event.question_id, held.event.value) for held in ws.standing(AnswerRecorded)]


def test_a_school_joins_answers_and_returns(audit: Round, tmp_path: Path) -> None:
    school, response_id = audit.laptop()
    write_answer(school, response_id, "heard", "met")
    path = send_return(school, response_id, tmp_path)

    (seen,) = merging.preview(audit.team, [path])
    before = answers(audit.team)
    (done,), changes = merging.merge(audit.team, [seen])

    assert before == []
    assert (seen.refused, seen.new, done.new) == (None, 2, 2)  # who writes, and what
    assert answers(audit.team) == [("heard", "met")]
    assert changes.responses == {response_id}
    assert rounds.returns_of(audit.team, audit.round_id)[0].joined == 1
    assert audit.team.verify().wrongs == ()
    assert school.verify().wrongs == ()


def test_a_bundle_merged_twice_brings_nothing(audit: Round, tmp_path: Path) -> None:
    school, response_id = audit.laptop()
    write_answer(school, response_id, "heard", "met")
    path = send_return(school, response_id, tmp_path)
    merging.merge(audit.team, merging.preview(audit.team, [path]))

    (again,) = merging.preview(audit.team, [path])

    assert again.brings_nothing
    assert again.merged_before


def test_two_laptops_of_a_school_disagree_and_a_person_settles_it(audit: Round, tmp_path: Path) -> None:
    (one, response_id), (two, _) = audit.laptop("Ben Lead"), audit.laptop("Cat Deputy", "deputy")
    write_answer(one, response_id, "heard", "met")
    write_answer(two, response_id, "heard", "partly")
    paths = [send_return(one, response_id, tmp_path), send_return(two, response_id, tmp_path)]
    merging.merge(audit.team, merging.preview(audit.team, paths))

    (conflict,) = conflicts.open_conflicts(audit.team)
    assert [(version.who, version.value) for version in conflict.versions] == [
        ("Ben Lead", "met"),
        ("Cat Deputy", "partly"),
    ]
    conflicts.settle(audit.team, conflict, "partly")

    assert conflicts.open_conflicts(audit.team) == ()
    assert answers(audit.team) == [("heard", "partly")]
    history = audit.team.store.journal.history(response_space(response_id), conflict.register)
    assert len(history) == 3


def test_one_code_lets_one_device_in(audit: Round, tmp_path: Path) -> None:
    invited = invitations.invite_organisation(audit.team, audit.round_id, audit.school, tmp_path)
    response_id = rounds.ask(audit.team, audit.round_id, audit.school)
    one = audit.setting.join(invited.path, invited.code, "Ben", "dsl")
    thief = audit.setting.join(invited.path, invited.code, "Eve", "dsl")
    for ws in (one, thief):
        write_answer(ws, response_id, "heard", "met")
    merging.merge(audit.team, merging.preview(audit.team, [send_return(one, response_id, tmp_path)]))

    (refused,) = merging.preview(audit.team, [send_return(thief, response_id, tmp_path)])

    assert isinstance(refused.refused, InvitationUsed)


def test_a_wrong_code_opens_nothing_and_leaves_nothing(audit: Round, tmp_path: Path) -> None:
    invited = invitations.invite_organisation(audit.team, audit.round_id, audit.school, tmp_path)
    other = invitations.invite_organisation(audit.team, audit.round_id, audit.school, tmp_path)

    with pytest.raises(WrongCode):
        opening.look(invited.path, other.code, audit.setting.world)
    with pytest.raises(CodeTypo):
        opening.look(invited.path, invited.code[:-1] + ("X" if invited.code[-1] != "X" else "Y"), audit.setting.world)
    new = audit.setting.new("Ben", "dsl")
    with pytest.raises(WrongCode):
        opening.join(new, invited.path, other.code, audit.setting.world)
    assert not new.folder.exists()
    assert (
        opening.look(invited.path, invited.code.lower().replace("-", " "), audit.setting.world).title == "A small audit"
    )


@pytest.mark.parametrize("harm", ["truncated", "flipped", "not for us", "stranger"])
def test_a_harmed_bundle_is_refused_and_nothing_changes(audit: Round, tmp_path: Path, harm: str) -> None:
    school, response_id = audit.laptop()
    write_answer(school, response_id, "heard", "met")
    path = send_return(school, response_id, tmp_path)
    whole = path.read_bytes()
    reader = audit.team
    expected: type[AppError]
    if harm == "truncated":
        path.write_bytes(whole[:-1000])
        expected = BundleDamaged
    elif harm == "flipped":
        path.write_bytes(whole[:900] + bytes([whole[900] ^ 1]) + whole[901:])
        expected = BundleDamaged
    elif harm == "not for us":
        reader, expected = school, NotForYou
    else:
        school.store.local.keep(enrolment=b"")
        with school.store.database.writing() as connection:
            connection.exec_driver_sql("DELETE FROM local WHERE name='enrolment'")
        path = send_return(school, response_id, tmp_path)
        expected = UnknownSigner
    before = path.read_bytes()

    (seen,) = merging.preview(reader, [path])
    (done,), changes = merging.merge(reader, [seen])

    assert isinstance(seen.refused, expected)
    assert done.refused is seen.refused
    assert changes.spaces == frozenset()
    assert path.read_bytes() == before
    assert reader.verify().wrongs == ()


def test_a_file_that_changes_between_preview_and_merge_is_not_taken(audit: Round, tmp_path: Path) -> None:
    school, response_id = audit.laptop()
    write_answer(school, response_id, "heard", "met")
    path = send_return(school, response_id, tmp_path)
    seen = merging.preview(audit.team, [path])
    write_answer(school, response_id, "heard", "not")
    path.write_bytes(send_return(school, response_id, tmp_path).read_bytes())

    (done,), _changes = merging.merge(audit.team, seen)

    assert done.refused is not None
    assert answers(audit.team) == []


def test_a_school_may_not_write_scores_or_for_another_school(audit: Round, tmp_path: Path) -> None:
    school, response_id = audit.laptop()
    other_id = rounds.ask(audit.team, audit.round_id, rounds.add_organisation(audit.team, "Other School", "school"))
    write_answer(school, response_id, "heard", "met")
    school.append(
        response_space(response_id),
        ScoreGiven(judge=PersonId("x"), response_id=response_id, question_id=QuestionId("heard"), point="met"),
    )
    write_answer(school, other_id, "heard", "not")
    assigned = school.one(ResponseAssigned, space=response_space(response_id))
    path = exchange.send(
        school,
        exchange.Parcel(
            type="return",
            spaces=[response_space(response_id), response_space(other_id)],
            recipients=assigned.recipients,
        ),
        tmp_path,
    )

    (done,), _changes = merging.merge(audit.team, merging.preview(audit.team, [path]))

    assert done.quarantined == 3  # a score, a name and an answer in another school's space
    assert answers(audit.team) == [("heard", "met")]
    assert audit.team.standing(ScoreGiven) == ()
    assert audit.team.verify().wrongs == ()


def test_evidence_travels_and_only_what_is_named_is_kept(audit: Round, tmp_path: Path) -> None:
    school, response_id = audit.laptop()
    school.append_with_blob(
        response_space(response_id),
        [b"minutes of a meeting"],
        lambda digest, size: EvidenceAttached(
            attachment_id=AttachmentId("a1"),
            question_id=QuestionId("heard"),
            name="minutes.txt",
            media_type="text/plain",
            size=size,
            sha256=digest,
        ),
    )

    (done,), _ = merging.merge(audit.team, merging.preview(audit.team, [send_return(school, response_id, tmp_path)]))

    (held,) = audit.team.standing(EvidenceAttached)
    assert done.evidence == 1
    assert audit.team.store.blobs.read(held.event.sha256) == b"minutes of a meeting"


def test_a_panel_member_gets_the_answers_and_no_one_elses_scores(audit: Round, tmp_path: Path) -> None:
    school, response_id = audit.laptop()
    write_answer(school, response_id, "heard", "met")
    merging.merge(audit.team, merging.preview(audit.team, [send_return(school, response_id, tmp_path)]))
    members = []
    for name in ("Dev", "Kate"):
        person_id, invited = invitations.invite_panellist(audit.team, audit.round_id, name, (response_id,), tmp_path)
        members.append((person_id, audit.setting.join(invited.path, invited.code, name, "panel")))
    for (person_id, ws), point in zip(members, ("met", "partly"), strict=True):
        space = panel_space(audit.round_id, person_id)
        ws.append(
            space, ScoreGiven(judge=person_id, response_id=response_id, question_id=QuestionId("heard"), point=point)
        )
        assert answers(ws) == [("heard", "met")]
        assert len(ws.standing(ScoreGiven)) == 1
        parcel = exchange.Parcel(type="scores", spaces=[space], recipients=(audit.team.team.identity.recipient.text,))  # type: ignore[union-attr]
        merging.merge(audit.team, merging.preview(audit.team, [exchange.send(ws, parcel, tmp_path)]))

    assert sorted(held.event.point for held in audit.team.standing(ScoreGiven)) == ["met", "partly"]


def test_a_workspace_opens_again_with_its_passphrase(audit: Round) -> None:
    school, response_id = audit.laptop()
    write_answer(school, response_id, "heard", "met")
    assert school.store.database.path is not None
    folder = school.store.database.path.parent
    school.close()

    again = opening.unlock_by_passphrase(folder, "correct horse battery staple", audit.setting.world)
    audit.setting.opened.append(again)

    assert answers(again) == [("heard", "met")]
    assert again.person.name == "Ben Lead"
