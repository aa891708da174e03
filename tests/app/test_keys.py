"""Changing the key of an open workspace, broken off wherever it can be, and every other change of the ways in."""

import itertools
from dataclasses import replace
from pathlib import Path

import pytest
from typing_extensions import override

from iowscp_desktop.app import keys, opening, recovery, rounds, unlocking
from iowscp_desktop.app.recovery import Sheet
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.events import OrganisationAdded
from iowscp_desktop.errors import DiskFull, DiskRefused, KeyringAbsent, SlotMissing, WrongPassphrase, WrongRecoveryKey
from iowscp_desktop.store.database import Database
from iowscp_desktop.store.key_file import read_key_file
from iowscp_desktop.store.keys import Unlocked, unlock_with_recovery
from tests.app.conftest import CHEAP, LOCKS, PASSPHRASE, RECOVERY, Setting
from tests.app.test_opening import Drawer, NoDrawer


class PowerCut(Exception):
    """The computer goes off here."""


@pytest.fixture
def drawer() -> Drawer:
    return Drawer()


@pytest.fixture
def ws(setting: Setting, drawer: Drawer) -> Workspace:
    """A workspace that this computer remembers."""
    setting.world = replace(setting.world, passphrase_cost=CHEAP, keyring=drawer)
    new = replace(setting.new("Ana Team", "team"), locks=replace(LOCKS, keyring=drawer))
    made = opening.start_team(new, "Test Partnership", setting.world)
    setting.opened.append(made)
    return made


def folder_of(ws: Workspace) -> Path:
    assert ws.store.database.path is not None
    return ws.store.database.path.parent


def again(setting: Setting, folder: Path, passphrase: str = PASSPHRASE) -> Workspace:
    opened = unlocking.unlock_by_passphrase(folder, passphrase, setting.world)
    setting.opened.append(opened)
    assert rounds.partnership(opened) == "Test Partnership"
    assert not opened.verify().wrongs
    return opened


def is_opened_by(folder: Path, sheet: Sheet) -> bool:
    try:
        unlock_with_recovery(folder / "workspace.db", sheet.recovery.key)
    except WrongRecoveryKey:
        return False
    return True


OLD = Sheet(recovery=RECOVERY, printed="")


def test_the_key_is_changed_while_the_workspace_is_open_and_it_goes_on(
    ws: Workspace, setting: Setting, drawer: Drawer
) -> None:
    folder, sheet = folder_of(ws), recovery.new_sheet()
    secrets = dict(drawer.kept)

    keys.change_key(ws, PASSPHRASE, sheet)
    rounds.add_organisation(ws, "Oakfield", "school")
    ws.close()

    assert len(drawer.kept) == 1
    assert drawer.kept != secrets
    assert (is_opened_by(folder, sheet), is_opened_by(folder, OLD)) == (True, False)
    assert len(again(setting, folder).standing(OrganisationAdded)) == 1


@pytest.mark.parametrize("stage", ["before the database", "after the database", "in the last step"])
def test_a_power_cut_anywhere_in_the_change_leaves_one_set_of_ways_in_whole(
    ws: Workspace, setting: Setting, drawer: Drawer, stage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, sheet = folder_of(ws), recovery.new_sheet()

    def cut(*_: object, **__: object) -> Unlocked:
        raise PowerCut

    match stage:
        case "before the database":
            monkeypatch.setattr(Database, "rekey", cut)
        case "after the database":
            monkeypatch.setattr(keys, "settle_rotation", cut)
        case _:
            monkeypatch.setattr(keys, "record", cut)
    with pytest.raises(PowerCut):
        keys.change_key(ws, PASSPHRASE, sheet)
    monkeypatch.undo()
    unfinished = read_key_file(folder / "workspace.db").next is not None
    ws.store.close()  # as the system does it

    opened = again(setting, folder)

    changed = stage != "before the database"
    assert unfinished is (stage != "in the last step")
    assert read_key_file(folder / "workspace.db").next is None
    assert (is_opened_by(folder, sheet), is_opened_by(folder, OLD)) == (changed, not changed)
    assert len(drawer.kept) == 1
    opened.close()
    unlocking.unlock_by_keyring(folder, drawer, setting.world).close()


def test_what_the_disk_refuses_after_the_file_was_encrypted_anew_takes_no_way_in(
    ws: Workspace, setting: Setting, drawer: Drawer, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, sheet, fold, times = folder_of(ws), recovery.new_sheet(), Database.fold, itertools.count()

    def refuse_the_second(database: Database) -> None:
        if next(times) == 1:
            raise DiskFull
        fold(database)

    monkeypatch.setattr(Database, "fold", refuse_the_second)
    keys.change_key(ws, PASSPHRASE, sheet)
    monkeypatch.undo()
    ws.close()

    again(setting, folder).close()
    assert (is_opened_by(folder, sheet), is_opened_by(folder, OLD)) == (True, False)


def test_both_sets_of_ways_in_stay_while_nobody_knows_which_key_the_file_has(
    ws: Workspace, setting: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, sheet, rekey = folder_of(ws), recovery.new_sheet(), Database.rekey

    def rekey_and_fail(database: Database, key: bytes) -> None:
        rekey(database, key)
        raise DiskRefused  # as when the file cannot be opened for a moment

    monkeypatch.setattr(Database, "rekey", rekey_and_fail)
    with pytest.raises(DiskRefused):
        keys.change_key(ws, PASSPHRASE, sheet)
    monkeypatch.undo()
    unfinished = read_key_file(folder / "workspace.db").next is not None
    ws.store.close()

    again(setting, folder).close()
    assert unfinished
    assert (is_opened_by(folder, sheet), is_opened_by(folder, OLD)) == (True, False)


@pytest.mark.parametrize("rekeyed", [True, False])
def test_in_the_middle_of_a_change_the_sheet_that_fits_opens_and_the_other_says_which(
    ws: Workspace, setting: Setting, *, rekeyed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, sheet = folder_of(ws), recovery.new_sheet()

    def cut(*_: object, **__: object) -> Unlocked:
        raise PowerCut

    monkeypatch.setattr(*((keys, "settle_rotation", cut) if rekeyed else (Database, "rekey", cut)))
    with pytest.raises(PowerCut):
        keys.change_key(ws, PASSPHRASE, sheet)
    monkeypatch.undo()
    ws.store.close()
    right, wrong = (sheet, OLD) if rekeyed else (OLD, sheet)

    one = unlock_with_recovery(folder / "workspace.db", wrong.recovery.key)
    with pytest.raises(WrongRecoveryKey):
        unlocking.open_unlocked(folder, one, setting.world, unlocking.Way.RECOVERY)
    other = unlock_with_recovery(folder / "workspace.db", right.recovery.key)
    recovered = unlocking.recover(folder, other, "glacier teapot marble", setting.world)
    recovered.close()

    again(setting, folder, "glacier teapot marble")


def test_a_wrong_passphrase_changes_nothing_and_is_written_down(ws: Workspace) -> None:
    before = (folder_of(ws) / "keys.json").read_bytes()

    for deed in (
        lambda: keys.change_passphrase(ws, "not this one", "glacier teapot marble"),
        lambda: keys.renew_recovery(ws, "not this one", recovery.new_sheet()),
        lambda: keys.change_key(ws, "not this one", recovery.new_sheet()),
        lambda: keys.forget(ws, "not this one"),
        lambda: keys.remember(ws, "not this one"),
    ):
        with pytest.raises(WrongPassphrase):
            deed()

    assert (folder_of(ws) / "keys.json").read_bytes() == before
    assert [line.deed for line in ws.store.audit.lines()].count("unlock-failed") == 5


def test_forgetting_works_although_the_password_store_is_gone(ws: Workspace, setting: Setting, drawer: Drawer) -> None:
    class Gone(Drawer):
        @override
        def forget(self, name: str) -> None:
            del name
            raise KeyringAbsent

    ws.world = replace(ws.world, keyring=Gone())

    keys.forget(ws, PASSPHRASE)

    folder = folder_of(ws)
    ws.close()
    with pytest.raises(SlotMissing):
        unlocking.unlock_by_keyring(folder, drawer, setting.world)


def test_a_password_store_that_keeps_nothing_is_told_and_the_ways_in_stay(ws: Workspace) -> None:
    keys.forget(ws, PASSPHRASE)
    before = (folder_of(ws) / "keys.json").read_bytes()
    ws.world = replace(ws.world, keyring=NoDrawer())

    with pytest.raises(KeyringAbsent):
        keys.remember(ws, PASSPHRASE)

    assert (folder_of(ws) / "keys.json").read_bytes() == before
