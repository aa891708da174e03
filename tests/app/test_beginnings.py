"""Beginning a workspace, or inviting somebody, when the disk does not play along: all of it, or nothing."""

from dataclasses import replace
from pathlib import Path

import pytest

from iowscp_desktop.app import invitations, opening, panel, rounds
from iowscp_desktop.domain.events import PanellistAsked, ScoreAgreed, ScoreGiven
from iowscp_desktop.domain.ids import QuestionId, panel_space
from iowscp_desktop.errors import CannotWrite, FileUnwritable, WorkspaceDamaged
from iowscp_desktop.store import Store
from tests.app.conftest import PASSPHRASE, Round, Setting
from tests.app.work import WHOLE, answer, panel_member, send_scores, take_in


def test_a_folder_that_cannot_be_made_is_said_in_words(setting: Setting) -> None:
    blocked = setting.folder / "a file"
    blocked.write_bytes(b"")

    with pytest.raises(CannotWrite):
        opening.start_team(replace(setting.new("Ana", "team"), folder=blocked / "inside"), "Test", setting.world)


@pytest.mark.parametrize("ids", [1, 2, 3])
def test_a_beginning_that_breaks_off_leaves_room_for_another(setting: Setting, ids: int) -> None:
    left = iter(range(ids))

    def give_up() -> str:
        if next(left, None) is None:
            raise CannotWrite
        return setting.world.new_id()

    new = setting.new("Ana Team", "team")
    with pytest.raises(CannotWrite):
        opening.start_team(new, "Test Partnership", replace(setting.world, new_id=give_up))

    assert not opening.exists(new.folder)
    again = opening.start_team(new, "Test Partnership", setting.world)
    setting.opened.append(again)
    assert rounds.partnership(again) == "Test Partnership"


def test_a_beginning_without_a_database_leaves_no_keys(setting: Setting, monkeypatch: pytest.MonkeyPatch) -> None:
    new = setting.new("Ana Team", "team")

    def full(_path: Path, _key: bytes) -> Store:
        raise CannotWrite

    monkeypatch.setattr(Store, "create", full)
    with pytest.raises(CannotWrite):
        opening.start_team(new, "Test Partnership", setting.world)
    monkeypatch.undo()

    setting.opened.append(opening.start_team(new, "Test Partnership", setting.world))


def test_an_empty_or_half_made_file_is_called_damaged(setting: Setting) -> None:
    new = setting.new("Ana Team", "team")
    opening.start_team(new, "Test Partnership", setting.world).close()
    (new.folder / opening.DATABASE).write_bytes(b"")

    with pytest.raises(WorkspaceDamaged):
        opening.unlock_by_passphrase(new.folder, PASSPHRASE, setting.world)


def test_nobody_waits_for_a_panel_member_whose_invitation_was_never_written(audit: Round) -> None:
    school, response_id = audit.laptop()
    answer(school, response_id, WHOLE)

    with pytest.raises(FileUnwritable):
        invitations.invite_panellist(audit.team, audit.round_id, "Dee", (response_id,), audit.setting.folder / "gone")

    assert audit.team.standing(PanellistAsked) == ()
    assert panel.judges(audit.team, response_id) == ()


def test_scores_of_who_was_not_asked_for_them_do_not_count(audit: Round) -> None:
    school, response_id = audit.laptop()
    answer(school, response_id, WHOLE)
    take_in(audit, response_id, school)
    other = rounds.ask(audit.team, audit.round_id, rounds.add_organisation(audit.team, "Other School", "school"))
    asked, meddler = panel_member(audit, "Dee Panel", response_id), panel_member(audit, "Eve Panel", other)
    meddling = ScoreGiven(
        judge=meddler.person_id, response_id=response_id, question_id=QuestionId("heard"), point="not"
    )
    meddler.ws.append(panel_space(audit.round_id, meddler.person_id), meddling)
    asked.score(response_id, {"heard": "met"})
    for member in (asked, meddler):
        send_scores(audit, member)

    (heard,) = [each for each in panel.compare(audit.team, response_id) if each.question_id == "heard"]
    panel.agree(audit.team, response_id, QuestionId("heard"), "met")

    assert dict(heard.by_judge) == {asked.person_id: "met"}
    (agreed,) = audit.team.standing(ScoreAgreed)
    assert len(agreed.event.cites) == 1
