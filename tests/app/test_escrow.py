"""The partnership's spare key: carried to schools by invitations, used when all is lost, written down, key changed."""

import random
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from iowscp_desktop.app import escrow, invitations, keys, opening, recovery, responses, rounds, unlocking
from iowscp_desktop.app.escrow import NewLocks, SpareKey
from iowscp_desktop.domain.ids import DeviceId
from iowscp_desktop.errors import (
    CannotWrite,
    FileUnwritable,
    KeyFileExists,
    NotEscrowed,
    NotYours,
    SlotMissing,
    SpareKeyUnusable,
    WrongKey,
    WrongPassphrase,
    WrongRecoveryKey,
    WrongSparePassphrase,
)
from iowscp_desktop.store.database import Database
from iowscp_desktop.store.key_file import read_key_file
from iowscp_desktop.store.keys import unlock_with_recovery
from tests.app.conftest import CHEAP, PASSPHRASE, RECOVERY, Round, Setting
from tests.app.test_opening import Drawer
from tests.app.work import WHOLE, answer, take_files

AFTERWARDS = "glacier teapot marble"


@pytest.fixture
def spare(audit: Round) -> SpareKey:
    """The partnership has a spare key."""
    audit.setting.world = replace(audit.setting.world, passphrase_cost=CHEAP)
    made = escrow.new_spare_key(audit.setting.world)
    escrow.use_for_partnership(audit.team, made)
    return made


@pytest.fixture
def stick(spare: SpareKey, tmp_path: Path) -> Path:
    return escrow.save_spare_key(spare, tmp_path / "stick")


@pytest.fixture
def school(audit: Round, spare: SpareKey) -> Path:
    """The folder of a school's workspace that was invited after the spare key was made, with answers in it."""
    organisation = rounds.add_organisation(audit.team, "Oakfield", "school")
    invited = invitations.invite_organisation(audit.team, audit.round_id, organisation, audit.setting.folder)
    ws = audit.setting.join(invited.path, invited.code, "Ben Lead", "dsl")
    answer(ws, rounds.ask(audit.team, audit.round_id, organisation), WHOLE)
    assert ws.store.database.path is not None
    folder = ws.store.database.path.parent
    ws.close()
    return folder


def new_locks() -> NewLocks:
    return NewLocks(passphrase=AFTERWARDS, sheet=recovery.new_sheet())


def test_every_invitation_carries_it_and_says_so(audit: Round, school: Path, spare: SpareKey) -> None:
    organisation = rounds.add_organisation(audit.team, "Elm Grove", "school")
    invited = invitations.invite_organisation(audit.team, audit.round_id, organisation, audit.setting.folder)

    offer = opening.look(invited.path, invited.code, audit.setting.world)

    assert offer.escrow == (spare.recipient,)
    assert read_key_file(school / "workspace.db").escrow == (spare.recipient,)


def test_it_opens_a_school_whose_passphrase_and_sheet_are_lost_and_nothing_old_does(
    audit: Round, school: Path, spare: SpareKey, stick: Path
) -> None:
    world, new = audit.setting.world, new_locks()

    ws = escrow.open_with_spare_key(school, stick, spare.words, new, world)
    audit.setting.opened.append(ws)

    lines = [(line.deed, dict(line.ids)) for line in ws.store.audit.lines()]
    assert ("escrow-used", {"key": spare.number}) in lines
    assert lines[-1] == ("key-rotated", {"sheet": new.sheet.number})
    assert not ws.verify().wrongs
    ws.close()
    with pytest.raises(WrongPassphrase):
        unlocking.unlock_by_passphrase(school, PASSPHRASE, world)
    with pytest.raises(WrongRecoveryKey):
        unlock_with_recovery(school / "workspace.db", RECOVERY.key)
    for opened in (
        unlocking.unlock_by_passphrase(school, AFTERWARDS, world),
        escrow.open_with_spare_key(school, stick, spare.words, new_locks(), world),
    ):
        assert opened.person.name == "Ben Lead"
        opened.close()


def test_an_old_copy_of_the_key_file_does_not_open_the_workspace_after_its_key_was_changed(
    audit: Round, school: Path, spare: SpareKey, stick: Path
) -> None:
    shutil.copy(school / "keys.json", school / "old")
    escrow.open_with_spare_key(school, stick, spare.words, new_locks(), audit.setting.world).close()

    shutil.copy(school / "old", school / "keys.json")

    with pytest.raises(WrongKey):
        unlocking.unlock_by_passphrase(school, PASSPHRASE, audit.setting.world)


def test_wrong_words_and_another_file_touch_nothing(
    audit: Round, school: Path, spare: SpareKey, stick: Path, tmp_path: Path
) -> None:
    before = {path.name: path.read_bytes() for path in school.iterdir() if path.name != "workspace.notes"}
    other = escrow.new_spare_key(audit.setting.world)
    others = escrow.save_spare_key(other, tmp_path / "other")
    letter = tmp_path / "letter"
    letter.write_bytes(b"%PDF-1.7")

    for file, words, error in (
        (stick, other.words, WrongSparePassphrase),
        (others, other.words, NotEscrowed),
        (letter, spare.words, SpareKeyUnusable),
        (tmp_path / "gone", spare.words, SpareKeyUnusable),
    ):
        with pytest.raises(error):
            escrow.open_with_spare_key(school, file, words, new_locks(), audit.setting.world)

    assert {path.name: path.read_bytes() for path in school.iterdir() if path.name != "workspace.notes"} == before
    unlocking.unlock_by_passphrase(school, PASSPHRASE, audit.setting.world).close()


@pytest.mark.parametrize("seed", [1, 2])
def test_a_spare_key_file_with_a_flipped_byte_opens_nothing(
    audit: Round, school: Path, spare: SpareKey, stick: Path, seed: int
) -> None:
    content = bytearray(stick.read_bytes())
    content[random.Random(seed).randrange(len(content))] ^= 4
    stick.write_bytes(content)

    with pytest.raises((SpareKeyUnusable, WrongSparePassphrase)):
        escrow.open_with_spare_key(school, stick, spare.words, new_locks(), audit.setting.world)


def test_the_words_are_not_in_the_file_nor_in_the_log(spare: SpareKey) -> None:
    assert spare.words.encode() not in spare.content
    assert spare.words not in repr(spare)
    assert b"AGE-SECRET-KEY" not in spare.content


def test_a_stick_that_does_not_take_the_file_is_told(spare: SpareKey, tmp_path: Path) -> None:
    with pytest.raises(FileUnwritable):
        escrow.save_spare_key(spare, tmp_path / "gone" / "stick")


def test_only_the_team_makes_one(audit: Round, spare: SpareKey) -> None:
    school, _ = audit.laptop()

    with pytest.raises(NotYours):
        escrow.use_for_partnership(school, spare)


def test_a_workspace_from_before_lets_it_in_when_its_owner_says_so(setting: Setting) -> None:
    setting.world = replace(setting.world, passphrase_cost=CHEAP)
    team = setting.team()
    escrow.use_for_partnership(team, escrow.new_spare_key(setting.world))
    before = keys.ways_in(team)

    keys.accept_spare_key(team, PASSPHRASE)

    assert (before.spare_key, before.spare_key_offered) == (False, True)
    assert (keys.ways_in(team).spare_key, keys.ways_in(team).spare_key_offered) == (True, False)


def test_after_it_was_used_no_computer_remembers_the_workspace(
    audit: Round, school: Path, spare: SpareKey, stick: Path
) -> None:
    drawer = Drawer()
    world = replace(audit.setting.world, keyring=drawer)
    ws = unlocking.unlock_by_passphrase(school, PASSPHRASE, world)
    keys.remember(ws, PASSPHRASE)
    ws.close()

    escrow.open_with_spare_key(school, stick, spare.words, new_locks(), world).close()

    with pytest.raises(SlotMissing):
        unlocking.unlock_by_keyring(school, drawer, world)


def test_a_disk_that_does_not_take_the_change_leaves_the_ways_in_as_they_were(
    audit: Round, school: Path, spare: SpareKey, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (school / "keys.json").read_bytes()

    def full(_database: Database, _key: bytes) -> None:
        raise CannotWrite

    monkeypatch.setattr(Database, "rekey", full)
    with pytest.raises(CannotWrite):
        escrow.open_with_spare_key(school, stick, spare.words, new_locks(), audit.setting.world)
    monkeypatch.undo()

    assert read_key_file(school / "workspace.db").next is None
    assert (school / "keys.json").read_bytes() == before
    unlocking.unlock_by_passphrase(school, PASSPHRASE, audit.setting.world).close()


def test_a_lost_key_file_comes_back_from_the_last_return_and_the_spare_key(
    audit: Round, spare: SpareKey, stick: Path
) -> None:
    organisation = rounds.add_organisation(audit.team, "Oakfield", "school")
    invited = invitations.invite_organisation(audit.team, audit.round_id, organisation, audit.setting.folder)
    ws = audit.setting.join(invited.path, invited.code, "Ben Lead", "dsl")
    response_id = rounds.ask(audit.team, audit.round_id, organisation)
    answer(ws, response_id, WHOLE)
    take_files(audit.team, [responses.send_return(ws, response_id, audit.setting.folder)])
    assert ws.store.database.path is not None
    folder, device = ws.store.database.path.parent, ws.keys.device
    ws.close()

    with pytest.raises(KeyFileExists):
        escrow.lay_key_file(audit.team, device, folder, stick, spare.words)
    (folder / "keys.json").unlink()
    with pytest.raises(NotEscrowed):
        escrow.lay_key_file(audit.team, DeviceId("00" * 32), folder, stick, spare.words)
    escrow.lay_key_file(audit.team, device, folder, stick, spare.words)
    opened = escrow.open_with_spare_key(folder, stick, spare.words, new_locks(), audit.setting.world)

    assert opened.person.name == "Ben Lead"
    assert not opened.verify().wrongs
    opened.close()
    unlocking.unlock_by_passphrase(folder, AFTERWARDS, audit.setting.world).close()
    assert [line.deed for line in audit.team.store.audit.lines()].count("escrow-used") == 1
