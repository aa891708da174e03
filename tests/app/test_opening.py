"""The ways in: what a typed code is read as, how hard a passphrase is, whether this computer can remember."""

from dataclasses import replace
from pathlib import Path

import pytest
from typing_extensions import override

from iowscp_desktop.app import opening
from iowscp_desktop.app.codes import CodeState, typed_code
from iowscp_desktop.crypto import new_one_time_code
from iowscp_desktop.errors import KeyringAbsent, KeyringForgot
from tests.app.conftest import PASSPHRASE, RECOVERY, Setting


class Drawer:
    """A password store in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def store(self, name: str, secret: bytes) -> None:
        self.kept[name] = secret

    def load(self, name: str) -> bytes:
        if name not in self.kept:
            raise KeyringForgot
        return self.kept[name]

    def forget(self, name: str) -> None:
        self.kept.pop(name, None)

    def give_up(self) -> None:
        """Nobody waits here."""


class NoDrawer(Drawer):
    """A password store that keeps nothing."""

    @override
    def store(self, name: str, secret: bytes) -> None:
        del name, secret
        raise KeyringAbsent


def test_a_code_is_read_however_it_is_typed() -> None:
    code = new_one_time_code()

    untidy = code.lower().replace("-", "  ").replace("0", "o").replace("1", "l")

    assert typed_code(untidy) == typed_code(code)
    assert typed_code(code).state is CodeState.READY
    assert typed_code(code).groups == code


def test_a_code_half_typed_says_how_much_is_missing() -> None:
    found = typed_code("2p9v-59")

    assert (found.state, found.groups, found.missing) == (CodeState.INCOMPLETE, "2P9V-59", 10)


@pytest.mark.parametrize("slip", ["u", "?", "é"])
def test_a_sign_that_no_code_has_is_a_slip(slip: str) -> None:
    assert typed_code("2P9V" + slip).state is CodeState.MISTYPED


def test_every_wrong_character_is_a_slip() -> None:
    code = new_one_time_code()

    wrong = code[:3] + ("X" if code[3] != "X" else "Y") + code[4:]

    assert typed_code(wrong).state is CodeState.MISTYPED
    assert typed_code(code + "A").state is CodeState.MISTYPED


def test_a_password_store_is_believed_only_after_it_kept_something(setting: Setting) -> None:
    drawer = Drawer()

    answers = [opening.can_remember(replace(setting.world, keyring=keyring)) for keyring in (drawer, NoDrawer(), None)]

    assert answers == [True, False, False]
    assert drawer.kept == {}


def test_a_remembered_workspace_opens_by_both_ways(setting: Setting, tmp_path: Path) -> None:
    drawer = Drawer()
    world = replace(setting.world, keyring=drawer, passphrase_cost=setting.world.code_cost)
    new = replace(setting.new("Ana", "team"), locks=opening.locks(world, PASSPHRASE, RECOVERY, remember=True))
    opening.start_team(new, "Test Partnership", world).close()

    for ws in (
        opening.unlock_by_keyring(new.folder, drawer, world),
        opening.unlock_by_passphrase(new.folder, PASSPHRASE, world),
    ):
        assert ws.person.name == "Ana"
        ws.close()


def test_without_being_asked_nothing_is_remembered(setting: Setting) -> None:
    drawer = Drawer()

    chosen = opening.locks(replace(setting.world, keyring=drawer), PASSPHRASE, RECOVERY, remember=False)

    assert chosen.keyring is None
