"""What can go wrong with the keys of a real workspace: each fault has its own message, and nothing is lost by it."""

import random
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from iowscp_desktop.app import opening, rounds, unlocking
from iowscp_desktop.app.recovery import new_sheet
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.errors import (
    AppError,
    KeyFileEdited,
    KeyFileFromElsewhere,
    KeyFileMissing,
    NewerKeyFile,
    RecoveryTypo,
    WrongPassphrase,
    WrongRecoveryKey,
)
from tests.app.conftest import PASSPHRASE, Setting

TRIALS = (1, 2)


@pytest.fixture
def folder(setting: Setting) -> Path:
    return _workspace(setting, "Test Partnership")


def _workspace(setting: Setting, partnership: str) -> Path:
    new = setting.new("Ana Team", "team")
    opening.start_team(new, partnership, setting.world).close(locked=True)
    return new.folder


def _is_as_it_was(setting: Setting, folder: Path) -> Workspace:
    """Open it with its passphrase: everything is there and proves itself."""
    ws = unlocking.unlock_by_passphrase(folder, PASSPHRASE, setting.world)
    setting.opened.append(ws)
    assert rounds.partnership(ws) == "Test Partnership"
    assert not ws.verify().wrongs
    return ws


def _told(deed: Callable[[], object]) -> AppError:
    with pytest.raises(AppError) as found:
        deed()
    return found.value


@pytest.mark.parametrize("trial", TRIALS)
def test_a_wrong_passphrase(setting: Setting, folder: Path, trial: int) -> None:
    chance = random.Random(trial)
    at = chance.randrange(len(PASSPHRASE))
    slip = PASSPHRASE[:at] + PASSPHRASE[at + 1 :]

    error = _told(lambda: unlocking.unlock_by_passphrase(folder, slip, setting.world))

    assert isinstance(error, WrongPassphrase)
    assert unlocking.failed_attempts(folder) is not None
    _is_as_it_was(setting, folder)


@pytest.mark.parametrize("trial", TRIALS)
def test_a_key_file_that_is_missing(setting: Setting, folder: Path, trial: int) -> None:
    kept = (folder / "keys.json").read_bytes()
    (folder / "keys.json").unlink()
    if trial == TRIALS[1]:
        (folder / "keys.json.new").write_bytes(kept[: len(kept) // 2])  # what a power cut may leave

    error = _told(lambda: unlocking.unlock_by_passphrase(folder, PASSPHRASE, setting.world))

    assert isinstance(error, KeyFileMissing)
    (folder / "keys.json").write_bytes(kept)
    _is_as_it_was(setting, folder)


@pytest.mark.parametrize("trial", TRIALS)
def test_a_key_file_that_was_edited(setting: Setting, folder: Path, trial: int) -> None:
    kept = (folder / "keys.json").read_bytes()
    chance = random.Random(trial)
    changed = bytearray(kept)
    digits = [at for at, byte in enumerate(kept) if byte in b"0123456789"]
    at = chance.choice(digits)
    changed[at] = chance.choice([byte for byte in b"0123456789" if byte != changed[at]])
    (folder / "keys.json").write_bytes(changed)

    error = _told(lambda: unlocking.unlock_by_passphrase(folder, PASSPHRASE, setting.world))

    assert isinstance(error, KeyFileEdited | NewerKeyFile)
    (folder / "keys.json").write_bytes(kept)
    _is_as_it_was(setting, folder)


@pytest.mark.parametrize("same_passphrase", [True, False])
def test_a_key_file_from_another_workspace(setting: Setting, folder: Path, *, same_passphrase: bool) -> None:
    other = _workspace(setting, "Another Partnership")
    kept = (folder / "keys.json").read_bytes()
    shutil.copy(other / "keys.json", folder / "keys.json")
    typed = PASSPHRASE if same_passphrase else "not this one"

    error = _told(lambda: unlocking.unlock_by_passphrase(folder, typed, setting.world))

    assert isinstance(error, KeyFileFromElsewhere)
    (folder / "keys.json").write_bytes(kept)
    _is_as_it_was(setting, folder)


@pytest.mark.parametrize("trial", TRIALS)
def test_a_recovery_key_with_a_slip_and_one_of_another_sheet(setting: Setting, folder: Path, trial: int) -> None:
    other = new_sheet().printed
    chance = random.Random(trial)
    at = chance.choice([place for place, letter in enumerate(other) if letter != "-"])
    slip = other[:at] + chance.choice([letter for letter in "ABCDEFGHJK" if letter != other[at]]) + other[at + 1 :]

    errors = [
        _told(partial(unlocking.try_recovery, folder, slip, setting.world)),
        _told(partial(unlocking.try_recovery, folder, other, setting.world)),
    ]

    assert [type(error) for error in errors] == [RecoveryTypo, WrongRecoveryKey]
    failed = unlocking.failed_attempts(folder)
    assert failed is not None
    assert failed[0] == 1  # the slip was not even tried
    _is_as_it_was(setting, folder)


def test_every_fault_has_a_message_of_its_own() -> None:
    faults = (KeyFileMissing, KeyFileFromElsewhere, NewerKeyFile, WrongPassphrase, RecoveryTypo, WrongRecoveryKey)

    assert len({fault().message for fault in faults}) == len({fault.code for fault in faults}) == len(faults)
    assert all(fault.remedy for fault in faults)
