"""Backups put in place one after another, with an erasure between them: nothing that was erased comes back."""

import shutil
from pathlib import Path

import pytest

from iowscp_desktop.app import answers, backups, erasure, opening, responses, restoring, surveys, tombstones
from iowscp_desktop.app.erasure import Part
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.erasure import Why
from iowscp_desktop.domain.ids import QuestionId, Register, ResponseId, anonymous_space, response_space
from iowscp_desktop.store.backup import Backup
from iowscp_desktop.store.restoring import DECIDED
from tests.app.conftest import PASSPHRASE, Round
from tests.app.test_erasure import NAME, everything, returned, values
from tests.app.work import take_files

HEARD, ADULT = QuestionId("heard_evidence"), QuestionId("adult_evidence")


class Laptop:
    """One workspace that goes back to backups, as somebody does who looks for the right one."""

    def __init__(self, audit: Round, ws: Workspace, response_id: ResponseId) -> None:
        self.audit, self.ws, self.response_id = audit, ws, response_id
        assert ws.store.database.path is not None
        self.folder = ws.store.database.path.parent

    def write(self, words: str, question: QuestionId = HEARD) -> None:
        answers.record_answer(self.ws, self.response_id, question, words)
        self.ws.leave_field()

    def back_up(self) -> Backup:
        return backups.back_up(self.ws)[0]

    def go_back(self, backup: Backup) -> None:
        self.ws.close()
        way = restoring.way_into(self.folder, backup, PASSPHRASE)
        restoring.restore(self.folder, backup, way, self.audit.setting.world)
        self.open()

    def open(self) -> None:
        self.ws = opening.unlock_by_passphrase(self.folder, PASSPHRASE, self.audit.setting.world)
        self.audit.setting.opened.append(self.ws)

    def erase(self, part: Part = Part.WHOLE, question: QuestionId = HEARD) -> None:
        space = response_space(self.response_id)
        chosen = [entry.id for entry in self.ws.store.journal.history(space, Register(f"answer/{question}"))]
        planned = erasure.plan(self.ws, space, part, chosen)
        erasure.erase(self.ws, planned, Why.ASKED, "They asked for it")

    def said(self) -> list[str | None]:
        return values(self.ws, self.response_id)


@pytest.fixture
def laptop(audit: Round) -> Laptop:
    return Laptop(audit, *audit.laptop())


def test_going_back_and_forth_brings_both_states_back(laptop: Laptop) -> None:
    laptop.write("first")
    first = laptop.back_up()
    laptop.write("second")
    second = laptop.back_up()

    laptop.go_back(first)
    was = laptop.said()
    laptop.go_back(second)

    assert (was, laptop.said()) == (["first"], ["second"])


@pytest.mark.parametrize("part", [Part.WHOLE, Part.CHOSEN])
def test_what_was_written_again_under_other_numbers_is_erased_in_every_copy(laptop: Laptop, part: Part) -> None:
    laptop.write(f"{NAME} said so")
    first = laptop.back_up()
    laptop.go_back(first)  # it is written again, in a new epoch
    second = laptop.back_up()
    laptop.go_back(first)  # and again, in another one
    laptop.erase(part)

    laptop.go_back(second)

    assert f"{NAME} said so" not in laptop.said()
    assert NAME not in everything(laptop.ws)
    assert laptop.ws.verify().wrongs == ()


def test_an_answer_that_nobody_erased_is_still_there_after_all_of_it(laptop: Laptop) -> None:
    laptop.write(f"{NAME} said so")
    laptop.write("a talk with everybody", ADULT)
    first = laptop.back_up()
    laptop.go_back(first)
    second = laptop.back_up()
    laptop.go_back(first)
    laptop.erase(Part.CHOSEN)

    laptop.go_back(second)

    assert laptop.said() == ["a talk with everybody"]


def test_of_a_response_that_was_erased_as_a_whole_a_later_backup_brings_nothing_back(laptop: Laptop) -> None:
    laptop.write("nothing yet")
    first = laptop.back_up()
    laptop.write(f"{NAME} said so", ADULT)
    second = laptop.back_up()
    laptop.go_back(first)
    laptop.erase()

    laptop.go_back(second)

    assert laptop.said() == []
    assert NAME not in everything(laptop.ws)
    assert laptop.ws.verify().wrongs == ()


def test_of_a_response_of_which_a_part_was_erased_a_later_backup_brings_the_rest(laptop: Laptop) -> None:
    laptop.write(f"{NAME} said so")
    first = laptop.back_up()
    laptop.write("written later", ADULT)
    second = laptop.back_up()
    laptop.go_back(first)
    laptop.erase(Part.CHOSEN)

    laptop.go_back(second)

    assert laptop.said() == ["written later"]


def test_the_team_goes_back_to_a_backup_with_a_later_return_of_what_it_erased(audit: Round, tmp_path: Path) -> None:
    school, response_id, _path = returned(audit, tmp_path)
    team = Laptop(audit, audit.team, response_id)
    first = team.back_up()
    pupils = Laptop(audit, school, response_id)
    pupils.write(f"{NAME} came later", ADULT)
    take_files(team.ws, [responses.send_return(school, response_id, tmp_path)])
    second = team.back_up()
    team.go_back(first)
    team.erase()

    team.go_back(second)

    assert team.said() == []
    assert NAME not in everything(team.ws)
    assert team.ws.verify().wrongs == ()


@pytest.mark.parametrize("whole", [True, False])
def test_sheets_of_a_survey_come_back_only_where_the_survey_was_not_erased(
    audit: Round, tmp_path: Path, *, whole: bool
) -> None:
    school, response_id = audit.laptop()
    team = Laptop(audit, audit.team, response_id)

    def five_more() -> None:
        for number in range(5):
            surveys.submit(school, response_id, {"heard": f"{NAME} {number}"})
        take_files(team.ws, [surveys.send_submissions(school, response_id, tmp_path)])

    five_more()
    first = team.back_up()
    five_more()
    second = team.back_up()
    team.go_back(first)
    sheets, assigned = anonymous_space(response_id), response_space(response_id)
    (first_sheet, *_others) = erasure.plan(team.ws, sheets).ids
    plans = [erasure.plan(team.ws, sheets), erasure.plan(team.ws, assigned)]
    for planned in plans if whole else [erasure.plan(team.ws, sheets, Part.CHOSEN, [first_sheet])]:
        erasure.erase(team.ws, planned, Why.ASKED, "They asked for it")

    team.go_back(second)

    assert surveys.gathered(team.ws, response_id) == (0 if whole else 9)
    assert (NAME in everything(team.ws)) is not whole
    assert team.ws.verify().wrongs == ()


@pytest.mark.parametrize("harm", ["deleted", "of an older day"])
def test_without_the_list_beside_it_the_workspace_that_is_replaced_says_what_was_erased(
    laptop: Laptop, harm: str
) -> None:
    laptop.write(f"{NAME} said so")
    laptop.write(f"{NAME} said it twice", ADULT)
    first = laptop.back_up()
    beside = laptop.folder / tombstones.FILE_NAME
    laptop.erase(Part.CHOSEN)
    older = beside.read_bytes()
    laptop.erase(Part.CHOSEN, ADULT)
    beside.unlink() if harm == "deleted" else beside.write_bytes(older)

    laptop.go_back(first)

    assert laptop.said() == []
    assert NAME not in everything(laptop.ws)
    assert laptop.ws.verify().wrongs == ()
    assert beside.read_bytes() != older


def test_an_erasure_whose_list_the_disk_does_not_take_is_done_all_the_same_and_the_list_written_later(
    laptop: Laptop,
) -> None:
    laptop.write(f"{NAME} said so")
    first = laptop.back_up()
    in_the_way = laptop.folder / f"{tombstones.FILE_NAME}.new"
    in_the_way.mkdir()

    laptop.erase(Part.CHOSEN)

    assert laptop.said() == []
    assert not (laptop.folder / tombstones.FILE_NAME).exists()
    laptop.go_back(first)
    assert laptop.said() == []
    in_the_way.rmdir()
    laptop.ws.close()
    laptop.open()
    assert (laptop.folder / tombstones.FILE_NAME).exists()


GARBLED = [b"{", b"", b"\x00\xff", b'{"kept":"../../x","with_keys":false}', b"[1]"]


@pytest.mark.parametrize("content", GARBLED)
def test_a_note_of_what_was_restored_that_cannot_be_read_keeps_nobody_out(laptop: Laptop, content: bytes) -> None:
    laptop.write("still here")
    laptop.ws.close()
    (laptop.folder / DECIDED).write_bytes(content)

    laptop.open()

    assert laptop.said() == ["still here"]
    assert not (laptop.folder / DECIDED).exists()
    assert not (laptop.folder.parent.parent / "x").exists()


@pytest.mark.parametrize("content", GARBLED)
@pytest.mark.parametrize("went_as_far_as", ["made ready", "moved aside", "put in place"])
def test_where_the_note_cannot_be_read_what_lies_there_says_how_to_go_on(
    laptop: Laptop, content: bytes, went_as_far_as: str
) -> None:
    laptop.write("first")
    first = laptop.back_up()
    laptop.write("second")
    laptop.ws.close()
    database, kept = laptop.folder / "workspace.db", laptop.folder / "replaced" / "000001"
    shutil.copyfile(first.database, laptop.folder / "workspace.db.ready")
    if went_as_far_as != "made ready":
        kept.mkdir(parents=True)
        database.rename(kept / "workspace.db")
    if went_as_far_as == "put in place":
        (laptop.folder / "workspace.db.ready").rename(database)
    (laptop.folder / DECIDED).write_bytes(content)

    laptop.open()

    assert laptop.said() == ["first"]
    assert (kept / "workspace.db").exists()  # the one with the second
    assert not (laptop.folder / DECIDED).exists()
    assert not (laptop.folder / "workspace.db.ready").exists()
