"""The recovery key on paper: believed once two of its groups are typed back, read forgivingly, refused with a slip."""

import random
from pathlib import Path

import pytest
from typer.testing import CliRunner

from iowscp_desktop.app import recovery
from iowscp_desktop.app.codes import CodeState, typed_recovery
from iowscp_desktop.app.opening import NewWorkspace, start_team
from iowscp_desktop.cli import app
from iowscp_desktop.crypto import read_recovery_key
from iowscp_desktop.errors import RecoverySheetMissing, RecoveryTypo
from iowscp_desktop.store.keys import Locks
from tests.app.conftest import CHEAP, PASSPHRASE, START, Setting
from tests.reports.paper import said


def test_a_workspace_does_not_begin_before_its_recovery_key_is_on_paper(setting: Setting) -> None:
    folder = setting.folder / "new"
    new = NewWorkspace(folder=folder, locks=Locks(passphrase=PASSPHRASE, cost=CHEAP), name="Ana", role="team")

    with pytest.raises(RecoverySheetMissing):
        start_team(new, "Partnership", setting.world)

    assert not folder.exists()


def test_two_groups_typed_back_are_enough_and_other_groups_are_not() -> None:
    sheet = recovery.new_sheet()
    first, second = (sheet.groups[at] for at in sheet.asked)

    assert sheet.is_typed_back(f" {first.lower()} ", second.replace("0", "o").replace("1", "l")) == (True, True)
    assert sheet.is_typed_back(second, first) == (False, False)
    assert sheet.is_typed_back(first, "") == (True, False)
    assert sheet.is_typed_back("?", first) == (False, False)
    assert sheet.asked[0] != sheet.asked[1]


def test_which_groups_are_asked_differs() -> None:
    assert len({recovery.new_sheet().asked for _ in range(40)}) > 5


def test_the_sheet_prints_the_key_it_stands_for(tmp_path: Path) -> None:
    sheet = recovery.new_sheet()

    path = recovery.save_sheet(sheet, tmp_path / "sheet.pdf", workspace="Oakfield", at=START)

    words = said(path.read_bytes(), tmp_path)
    assert all(group in words for group in sheet.groups)
    assert sheet.number in words
    assert "Oakfield" in words
    assert recovery.recovery_key(sheet.printed) == read_recovery_key(sheet.printed) == sheet.recovery.key


def test_a_sheet_hides_its_key_from_logs() -> None:
    sheet = recovery.new_sheet()

    assert sheet.printed not in repr(sheet)
    assert repr(sheet.recovery.key) not in repr(sheet)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_recovery_key_with_a_typo_is_told_before_anything_is_tried(seed: int) -> None:
    chance = random.Random(seed)
    printed = recovery.new_sheet().printed
    at = chance.choice([place for place, letter in enumerate(printed) if letter != "-"])
    slip = printed[:at] + chance.choice([each for each in "ABCDEFGHJK" if each != printed[at]]) + printed[at + 1 :]

    with pytest.raises(RecoveryTypo):
        recovery.recovery_key(slip)
    assert typed_recovery(slip).state is CodeState.MISTYPED
    assert typed_recovery(printed).state is CodeState.READY
    assert typed_recovery(printed[:7]).missing == 30


def test_on_the_command_line_the_key_is_shown_and_two_groups_are_asked(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(PASSPHRASE, "utf-8")
    words = ["workspace", "create", str(tmp_path / "w"), "--partnership", "P", "--person", "Ana"]

    refused = CliRunner().invoke(app, [*words, "--passphrase-file", str(secret)], input="AAAA\nBBBB\n")

    assert refused.exit_code == 1
    assert "K118" in refused.stderr
    assert not (tmp_path / "w").exists()
