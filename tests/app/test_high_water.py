"""A workspace that was rolled back, copied or restored is noticed at opening, once, and goes on under new numbers."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from iowscp_desktop.app import answers, audit_log, exchange, handover, merging, opening
from iowscp_desktop.app.workspace import Surroundings, Workspace
from iowscp_desktop.domain.audit_log import AuditDeed
from iowscp_desktop.domain.events import AnswerRecorded, ResponseAssigned
from iowscp_desktop.domain.ids import QuestionId, ResponseId, response_space
from iowscp_desktop.store.high_water import Noticed
from tests.app.conftest import PASSPHRASE, Round

HEARD, ADULT = QuestionId("heard_evidence"), QuestionId("adult_evidence")


class Laptop:
    """One school's workspace, opened and closed as days go by."""

    def __init__(self, audit: Round, marks: Path) -> None:
        ws, self.response_id = audit.laptop()
        assert ws.store.database.path is not None
        self.folder = ws.store.database.path.parent
        self.world: Surroundings = replace(audit.setting.world, marks=marks)
        ws.close()
        self.open().close()

    def open(self, folder: Path | None = None, world: Surroundings | None = None) -> Workspace:
        return opening.unlock_by_passphrase(folder or self.folder, PASSPHRASE, world or self.world)

    def write(self, ws: Workspace, words: str, question: QuestionId = HEARD) -> None:
        answers.record_answer(ws, self.response_id, question, words)

    def send(self, ws: Workspace, folder: Path) -> Path:
        recipients = ws.one(ResponseAssigned, response_id=self.response_id).recipients
        space = response_space(ResponseId(self.response_id))
        return exchange.send(ws, exchange.Parcel(type="return", spaces=[space], recipients=recipients), folder)

    def standing(self, ws: Workspace) -> dict[str, str | None]:
        return {each.event.question_id: each.event.value for each in ws.standing(AnswerRecorded)}


@pytest.fixture
def laptop(audit: Round, tmp_path: Path) -> Laptop:
    return Laptop(audit, tmp_path / "marks")


def _copy(folder: Path, name: str) -> Path:
    return Path(shutil.copytree(folder, folder.with_name(name)))


def _epochs(ws: Workspace) -> int:
    with ws.store.database.reading() as connection:
        found = connection.exec_driver_sql(
            "SELECT count(*) FROM stream WHERE device=? AND last>0", (ws.keys.device,)
        ).scalar_one()
    return int(found)


def test_a_workspace_that_simply_goes_on_raises_no_alarm(laptop: Laptop) -> None:
    for day in range(3):
        ws = laptop.open()
        laptop.write(ws, f"day {day}")
        noticed = ws.noticed
        ws.close()
        assert noticed is None

    ws = laptop.open()
    epochs = _epochs(ws)
    ws.close()
    assert epochs == 1


def test_a_rolled_back_workspace_says_so_once(laptop: Laptop) -> None:
    ws = laptop.open()
    laptop.write(ws, "monday")
    ws.close()
    monday = _copy(laptop.folder, "monday")
    ws = laptop.open()
    laptop.write(ws, "tuesday")
    ws.close()
    shutil.copyfile(monday / "workspace.db", laptop.folder / "workspace.db")

    first = laptop.open()
    told = first.noticed
    first.close()
    second = laptop.open()
    told_again = second.noticed
    lines = [line.ids for line in second.store.audit.lines() if line.deed == AuditDeed.COPY_NOTICED]
    wrongs = second.verify().wrongs
    second.close()

    assert told is Noticed.ROLLED_BACK
    assert told_again is None
    assert [line["why"] for line in lines] == ["rolled-back"]
    assert wrongs == ()


def test_what_was_not_sealed_is_written_again_and_still_stands(laptop: Laptop) -> None:
    ws = laptop.open()
    laptop.write(ws, "written before, never sent")
    laptop.write(ws, "another one", ADULT)
    ws.close()
    copy = _copy(laptop.folder, "copy")

    ws = laptop.open(copy)
    noticed, held, wrongs, epochs = ws.noticed, laptop.standing(ws), ws.verify().wrongs, _epochs(ws)
    ws.close()

    assert noticed is Noticed.COPIED
    assert held == {HEARD: "written before, never sent", ADULT: "another one"}
    assert wrongs == ()
    assert epochs == 1  # nothing had been sealed, so nothing stays under the old numbers


def test_a_stick_that_is_now_one_drive_and_now_another_is_told_of_once(laptop: Laptop) -> None:
    told = []
    drives = [laptop.folder.with_name(name) for name in ("drive-e", "drive-f")]
    for day in range(6):
        drive = drives[day % 2]
        laptop.folder = laptop.folder.rename(drive)
        ws = laptop.open()
        laptop.write(ws, f"day {day}")
        told.append(ws.noticed)
        ws.close()

    assert told == [Noticed.COPIED, Noticed.COPIED, None, None, None, None]


def test_two_copies_that_are_used_in_turn_are_told_of_each_time_wherever_they_have_been(laptop: Laptop) -> None:
    copy = _copy(laptop.folder, "copy")
    told = []
    for day in range(4):
        ws = laptop.open(copy if day % 2 else laptop.folder)
        laptop.write(ws, f"day {day}")
        told.append(ws.noticed)
        ws.close()

    assert told == [None, Noticed.ROLLED_BACK, Noticed.ROLLED_BACK, Noticed.ROLLED_BACK]


def test_a_mark_of_a_program_that_knew_one_place_alone_still_counts(laptop: Laptop) -> None:
    assert laptop.world.marks is not None
    (path,) = laptop.world.marks.glob("*.json")
    kept = json.loads(path.read_bytes())

    assert "places" not in kept  # as it was written then: nothing is signed that was not there
    ws = laptop.open()
    noticed = ws.noticed
    ws.close()
    assert noticed is None


def test_what_had_come_meanwhile_stays_beside_what_is_written_again(
    laptop: Laptop, audit: Round, tmp_path: Path
) -> None:
    other, response_id = audit.laptop("Cat Deputy", "deputy")
    ws = laptop.open()
    laptop.write(ws, "not sent yet")
    answers.record_answer(other, response_id, HEARD, "by the colleague")
    merging.merge(ws, merging.preview(ws, [handover.hand_over(other, response_id, tmp_path)]))
    ws.close()

    ws = laptop.open(_copy(laptop.folder, "copy"))
    noticed, stands = ws.noticed, {each.event.value for each in ws.standing(AnswerRecorded)}
    ws.close()

    assert noticed is Noticed.COPIED
    assert stands == {"not sent yet", "by the colleague"}  # neither had seen the other's words


def test_a_copy_and_its_original_never_write_under_one_number(laptop: Laptop, audit: Round, tmp_path: Path) -> None:
    ws = laptop.open()
    laptop.write(ws, "sent by both")
    laptop.send(ws, tmp_path)
    ws.close()
    elsewhere = replace(laptop.world, marks=tmp_path / "marks of another computer")
    copy = _copy(laptop.folder, "copy")
    ours, theirs = laptop.open(), laptop.open(copy, elsewhere)
    laptop.write(ours, "by the original")
    laptop.write(theirs, "by the copy")
    files = [laptop.send(ours, tmp_path), laptop.send(theirs, tmp_path)]
    noticed = theirs.noticed
    ours.close()
    theirs.close()

    done, _ = merging.merge(audit.team, merging.preview(audit.team, files))
    stands = {each.event.value for each in audit.team.standing(AnswerRecorded, question_id=HEARD)}

    assert noticed is Noticed.COPIED
    assert [each.refused for each in done] == [None, None]
    assert stands == {"by the original", "by the copy"}  # a conflict that both can see, and no fork


def test_without_a_new_epoch_the_copy_would_write_under_the_same_number(laptop: Laptop) -> None:
    ws = laptop.open()
    laptop.write(ws, "the same")
    ws.close()
    copy = _copy(laptop.folder, "copy")
    blind = replace(laptop.world, marks=None)
    ours, theirs = laptop.open(world=blind), laptop.open(copy, blind)
    laptop.write(ours, "ours")
    laptop.write(theirs, "theirs")
    heads = [ws.standing(AnswerRecorded, question_id=HEARD)[0] for ws in (ours, theirs)]
    ours.close()
    theirs.close()

    assert heads[0].id == heads[1].id
    assert heads[0].event != heads[1].event


def test_a_mark_that_somebody_changed_is_no_mark(laptop: Laptop, tmp_path: Path) -> None:
    (mark,) = (tmp_path / "marks").iterdir()
    content = mark.read_text("utf-8")
    mark.write_text(content.replace('"place":"', '"place":"0'), "utf-8")

    ws = laptop.open()
    noticed = ws.noticed
    ws.close()

    assert '"place":"' in content
    assert noticed is Noticed.COPIED


def test_a_place_for_marks_that_cannot_be_written_keeps_nobody_from_working(laptop: Laptop, tmp_path: Path) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("in the way", "utf-8")

    ws = laptop.open(world=replace(laptop.world, marks=blocked / "marks"))
    laptop.write(ws, "written all the same")
    ws.close()


def test_a_sealed_workspace_is_marked_before_anything_leaves(laptop: Laptop, tmp_path: Path) -> None:
    ws = laptop.open()
    laptop.write(ws, "to be sent")
    before = laptop.folder / "workspace.db"
    ws.store.database.fold()
    old = tmp_path / "old.db"
    shutil.copyfile(before, old)
    laptop.write(ws, "sent")
    laptop.send(ws, tmp_path)
    ws.store.database.close()  # the computer went off: nothing is marked at closing
    audit_log.record(ws, AuditDeed.LOCKED)
    ws.store.close()
    shutil.copyfile(old, before)

    again = laptop.open()
    noticed = again.noticed
    again.close()
    assert noticed is Noticed.ROLLED_BACK


def test_two_users_of_one_computer_who_take_turns_raise_one_alarm_and_no_more(laptop: Laptop, tmp_path: Path) -> None:
    other = replace(laptop.world, marks=tmp_path / "marks of another user")
    noticed: list[Noticed | None] = []

    for turn, world in enumerate((laptop.world, other, laptop.world, other, laptop.world)):
        ws = laptop.open(world=world)
        noticed.append(ws.noticed)
        laptop.write(ws, f"turn {turn}")
        ws.close()

    assert noticed == [None, Noticed.COPIED, None, None, None]


def test_a_roll_back_is_still_noticed_after_an_epoch_has_ended(laptop: Laptop, tmp_path: Path) -> None:
    for world in (laptop.world, replace(laptop.world, marks=tmp_path / "marks of another user"), laptop.world):
        ws = laptop.open(world=world)
        laptop.write(ws, "before")
        ws.close()
    old = _copy(laptop.folder, "old")
    ws = laptop.open()
    laptop.write(ws, "after")
    ws.close()
    shutil.rmtree(laptop.folder)
    old.rename(laptop.folder)

    again = laptop.open()
    again.close()

    assert again.noticed is Noticed.ROLLED_BACK


def test_who_types_while_a_job_seals_is_not_told_of_a_roll_back_after_a_power_cut(laptop: Laptop) -> None:
    ws, visit = laptop.open(), "the same stay in the same field"
    answers.record_answer(ws, laptop.response_id, HEARD, "one", visit=visit)
    mark_later, ws.on_mark = ws.on_mark, lambda: None
    ws.seal(response_space(ResponseId(laptop.response_id)))
    answers.record_answer(ws, laptop.response_id, HEARD, "one two", visit=visit)  # between the seal and its mark
    mark_later()
    answers.record_answer(ws, laptop.response_id, HEARD, "one two three", visit=visit)
    cut = _copy(laptop.folder, "as the power cut left it")
    ws.on_mark = lambda: None
    ws.close()
    shutil.rmtree(laptop.folder)
    cut.rename(laptop.folder)

    again = laptop.open()
    held = laptop.standing(again)
    again.close()

    assert (again.noticed, held[HEARD]) == (None, "one two three")
