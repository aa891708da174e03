"""The database key comes out of its slots for who may have it, and every other case has its own name."""

import json
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import pytest
from typing_extensions import override

from iowscp_desktop.crypto import Cost, new_passphrase, random_bytes
from iowscp_desktop.errors import (
    KeyFileEdited,
    KeyFileExists,
    KeyFileFromElsewhere,
    KeyFileMissing,
    KeyFileUnwritable,
    KeyringAbsent,
    KeyringForgot,
    LastWayIn,
    NewerKeyFile,
    PassphraseTooShort,
    RotationUnfinished,
    SlotMissing,
    WrongPassphrase,
)
from iowscp_desktop.store.key_file import (
    EscrowSlot,
    KeyFile,
    RecoverySlot,
    _check_of,
    key_file_path,
    read_key_file,
    write_key_file,
)
from iowscp_desktop.store.keys import (
    Locks,
    Unlocked,
    _slot_set,
    add_lock,
    begin_rotation,
    change_passphrase,
    create_keys,
    remove_keyring,
    remove_passphrase,
    settle_rotation,
    unlock_with_keyring,
    unlock_with_passphrase,
)

CHEAP = Cost(memory_kib=19 * 1024, passes=2, lanes=1)
DB_ID = "12345678-aaaa-bbbb-cccc-1234567890ab"
PASSPHRASE = new_passphrase()
KEY = random_bytes(32)


@dataclass
class Drawer:
    """A place for secrets that keeps them in memory."""

    secrets: dict[str, bytes] = field(default_factory=dict[str, bytes])

    def store(self, name: str, secret: bytes) -> None:
        assert name not in self.secrets
        self.secrets[name] = secret

    def load(self, name: str) -> bytes:
        if name not in self.secrets:
            raise KeyringForgot
        return self.secrets[name]

    def forget(self, name: str) -> None:
        self.secrets.pop(name, None)

    def give_up(self) -> None:
        """Nobody waits here."""


class Broken(Drawer):
    """A place for secrets that takes none."""

    @override
    def store(self, name: str, secret: bytes) -> None:
        raise KeyringAbsent


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "workspace.db"


@pytest.fixture
def drawer() -> Drawer:
    return Drawer()


def locks(drawer: Drawer | None = None, passphrase: str | None = PASSPHRASE) -> Locks:
    return Locks(passphrase=passphrase, keyring=drawer, cost=CHEAP)


@pytest.fixture
def unlocked(database: Path, drawer: Drawer) -> Unlocked:
    """A workspace with both ways in."""
    return create_keys(database, db_id=DB_ID, database_key=KEY, locks=locks(drawer))


def test_both_ways_give_the_same_key(database: Path, drawer: Drawer, unlocked: Unlocked) -> None:
    assert unlock_with_passphrase(database, PASSPHRASE) == unlocked
    assert unlock_with_keyring(database, drawer) == unlocked
    assert (unlocked.database_key, unlocked.db_id, unlocked.next_key) == (KEY, DB_ID, None)


def test_the_file_alone_and_the_keyring_alone_hold_no_key(database: Path, drawer: Drawer, unlocked: Unlocked) -> None:
    content = key_file_path(database).read_bytes()

    assert KEY.hex().encode() not in content
    assert PASSPHRASE.encode() not in content
    assert all(secret != KEY and secret.hex().encode() not in content for secret in drawer.secrets.values())


def test_the_keyring_names_one_service_for_one_secret_and_nobody(drawer: Drawer, unlocked: Unlocked) -> None:
    (name,) = drawer.secrets

    assert name.startswith(f"uk.iowscp.desktop/{DB_ID}/")
    assert len(drawer.secrets[name]) == 32


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps its permissions elsewhere")
def test_only_the_owner_can_read_the_file_and_nothing_lies_beside_it(database: Path, unlocked: Unlocked) -> None:
    assert stat.S_IMODE(key_file_path(database).stat().st_mode) == 0o600
    assert [path.name for path in database.parent.iterdir()] == ["keys.json"]


def test_the_file_has_its_final_shape(database: Path, unlocked: Unlocked) -> None:
    shape = json.loads(key_file_path(database).read_text())

    assert sorted(shape) == ["check", "current", "db", "format", "next", "v"]
    assert (shape["format"], shape["v"], shape["db"], shape["next"]) == ("iowscp-keys", 1, DB_ID, None)
    assert [slot["type"] for slot in shape["current"]["slots"]] == ["passphrase", "keyring"]
    assert sorted(shape["current"]["slots"][0]["kdf"]) == ["lanes", "memory_kib", "name", "passes", "salt"]


@pytest.mark.parametrize(
    "typed",
    ["", "wrong", PASSPHRASE + " ", PASSPHRASE.upper(), PASSPHRASE[:-1]],
    ids=["nothing", "another", "a space more", "in capitals", "a letter less"],
)
def test_a_wrong_passphrase_is_named(database: Path, unlocked: Unlocked, typed: str) -> None:
    with pytest.raises(WrongPassphrase):
        unlock_with_passphrase(database, typed)


def test_accents_may_be_typed_either_way(database: Path) -> None:
    create_keys(database, db_id=DB_ID, database_key=KEY, locks=locks(None, "caf\u00e9 au lait"))

    assert unlock_with_passphrase(database, "cafe\u0301 au lait").database_key == KEY


def test_a_missing_file_is_named(database: Path, drawer: Drawer) -> None:
    with pytest.raises(KeyFileMissing):
        unlock_with_passphrase(database, PASSPHRASE)
    with pytest.raises(KeyFileMissing):
        unlock_with_keyring(database, drawer)


def test_the_file_of_another_workspace_is_named(database: Path, unlocked: Unlocked) -> None:
    with pytest.raises(KeyFileFromElsewhere):
        unlock_with_passphrase(database, PASSPHRASE, db_id="another")


def test_a_keyring_that_forgot_is_named(database: Path, drawer: Drawer, unlocked: Unlocked) -> None:
    drawer.secrets.clear()

    with pytest.raises(KeyringForgot):
        unlock_with_keyring(database, drawer)
    assert unlock_with_passphrase(database, PASSPHRASE) == unlocked


@pytest.mark.parametrize("secret", [b"", bytes(32), b"short"])
def test_a_keyring_that_holds_something_else_is_named(
    database: Path, drawer: Drawer, unlocked: Unlocked, secret: bytes
) -> None:
    drawer.secrets = dict.fromkeys(drawer.secrets, secret)

    with pytest.raises(KeyFileEdited):
        unlock_with_keyring(database, drawer)


def test_a_way_that_was_never_set_up_is_named(tmp_path: Path, drawer: Drawer) -> None:
    one, two = tmp_path / "one" / "w.db", tmp_path / "two" / "w.db"
    for each, given in ((one, locks()), (two, locks(drawer, None))):
        each.parent.mkdir()
        create_keys(each, db_id=DB_ID, database_key=KEY, locks=given)

    with pytest.raises(SlotMissing, match="password store"):
        unlock_with_keyring(one, drawer)
    with pytest.raises(SlotMissing, match="passphrase"):
        unlock_with_passphrase(two, PASSPHRASE)
    assert (read_key_file(one).has_keyring, read_key_file(one).has_passphrase) == (False, True)
    assert (read_key_file(two).has_keyring, read_key_file(two).has_passphrase) == (True, False)


def test_every_changed_character_of_the_file_is_noticed(database: Path, unlocked: Unlocked) -> None:
    path = key_file_path(database)
    whole = path.read_bytes()

    for place in range(len(whole)):
        changed = bytearray(whole)
        changed[place] ^= 1
        path.write_bytes(bytes(changed))
        if chr(whole[place]).isspace() and chr(changed[place]).isspace():
            continue
        with pytest.raises((KeyFileEdited, NewerKeyFile)):
            read_key_file(database)
    path.write_bytes(whole)
    assert read_key_file(database).db == DB_ID


@pytest.mark.parametrize("content", [b"", b"{}", b"null", b"[" * 60_000, b"\xff\xfe", b"{" + b" " * 70_000])
def test_what_is_no_key_file_is_named(database: Path, content: bytes) -> None:
    key_file_path(database).write_bytes(content)

    with pytest.raises(KeyFileEdited):
        read_key_file(database)


def rewritten(database: Path, change: Callable[[dict[str, Any]], None], *, honest: bool = True) -> None:
    """Change the file as somebody can who knows the format: with a check sum that fits."""
    path = key_file_path(database)
    shape = json.loads(path.read_text())
    change(shape)
    path.write_text(json.dumps(shape))
    if honest:
        file = msgspec.json.decode(path.read_bytes(), type=KeyFile)
        shape["check"] = _check_of(file)
        path.write_text(json.dumps(shape))


def test_a_file_of_a_later_program_asks_for_an_update(database: Path, unlocked: Unlocked) -> None:
    rewritten(database, lambda shape: shape.update(v=2, something="new"), honest=False)

    with pytest.raises(NewerKeyFile):
        read_key_file(database)


def test_rewriting_the_same_is_no_change(database: Path, unlocked: Unlocked) -> None:
    """The positive control of the edits below."""
    rewritten(database, lambda shape: shape.update(next=None))

    assert unlock_with_passphrase(database, PASSPHRASE) == unlocked


@pytest.mark.parametrize("memory", [8, 64 * 1024 * 1024])
def test_settings_that_are_too_weak_or_too_dear_are_refused_unread(
    database: Path, unlocked: Unlocked, memory: int
) -> None:
    rewritten(database, lambda shape: shape["current"]["slots"][0]["kdf"].update(memory_kib=memory))

    with pytest.raises(KeyFileEdited, match="out of bounds"):
        unlock_with_passphrase(database, PASSPHRASE)


def test_a_slot_that_was_added_or_removed_by_others_is_noticed(
    database: Path, drawer: Drawer, unlocked: Unlocked
) -> None:
    rewritten(database, lambda shape: shape["current"]["slots"].pop())

    with pytest.raises(KeyFileEdited, match="someone changed it"):
        unlock_with_passphrase(database, PASSPHRASE)


def test_a_slot_carried_over_from_another_workspace_does_not_open(
    tmp_path: Path, database: Path, drawer: Drawer, unlocked: Unlocked
) -> None:
    other = tmp_path / "other" / "w.db"
    other.parent.mkdir()
    create_keys(other, db_id="another", database_key=random_bytes(32), locks=locks(None, "the thief's own"))
    theirs = json.loads(key_file_path(other).read_text())["current"]["slots"][0]
    rewritten(database, lambda shape: shape["current"]["slots"].__setitem__(0, theirs))

    with pytest.raises(WrongPassphrase):
        unlock_with_passphrase(database, "the thief's own")
    with pytest.raises(KeyFileEdited):
        unlock_with_keyring(database, drawer)


def test_a_second_workspace_does_not_overwrite_the_keys_of_the_first(database: Path, unlocked: Unlocked) -> None:
    with pytest.raises(KeyFileExists):
        create_keys(database, db_id="new", database_key=KEY, locks=locks())
    assert unlock_with_passphrase(database, PASSPHRASE) == unlocked


def test_no_lock_a_short_key_and_a_short_passphrase_make_no_workspace(database: Path, drawer: Drawer) -> None:
    with pytest.raises(ValueError, match="way in"):
        create_keys(database, db_id=DB_ID, database_key=KEY, locks=Locks())
    with pytest.raises(ValueError, match="32 bytes"):
        create_keys(database, db_id=DB_ID, database_key=KEY[:16], locks=locks())
    with pytest.raises(PassphraseTooShort):
        create_keys(database, db_id=DB_ID, database_key=KEY, locks=locks(drawer, "short"))

    assert not key_file_path(database).exists()
    assert drawer.secrets == {}


def test_a_keyring_that_takes_nothing_makes_no_workspace(database: Path) -> None:
    with pytest.raises(KeyringAbsent):
        create_keys(database, db_id=DB_ID, database_key=KEY, locks=locks(Broken()))

    assert not key_file_path(database).exists()


def test_a_changed_passphrase_replaces_the_old_one_and_nothing_else(
    database: Path, drawer: Drawer, unlocked: Unlocked
) -> None:
    change_passphrase(database, PASSPHRASE, "quite another one", cost=CHEAP)

    assert unlock_with_passphrase(database, "quite another one") == unlocked
    assert unlock_with_keyring(database, drawer) == unlocked
    with pytest.raises(WrongPassphrase):
        unlock_with_passphrase(database, PASSPHRASE)


def test_a_passphrase_is_not_changed_by_who_does_not_know_it(database: Path, unlocked: Unlocked) -> None:
    with pytest.raises(WrongPassphrase):
        change_passphrase(database, "a guess at it", "quite another one", cost=CHEAP)
    assert unlock_with_passphrase(database, PASSPHRASE) == unlocked


def test_a_way_in_is_added_later(database: Path, drawer: Drawer) -> None:
    unlocked = create_keys(database, db_id=DB_ID, database_key=KEY, locks=locks())

    add_lock(database, unlocked, locks(drawer, None))

    assert unlock_with_keyring(database, drawer) == unlock_with_passphrase(database, PASSPHRASE) == unlocked


def test_adding_the_keyring_again_leaves_one_secret_in_it(database: Path, drawer: Drawer, unlocked: Unlocked) -> None:
    (before,) = drawer.secrets

    add_lock(database, unlocked, locks(drawer, None))

    assert len(drawer.secrets) == 1
    assert before not in drawer.secrets
    assert unlock_with_keyring(database, drawer) == unlocked


def test_a_removed_way_in_is_closed_and_the_last_one_stays(database: Path, drawer: Drawer, unlocked: Unlocked) -> None:
    remove_keyring(database, unlocked, drawer)

    assert drawer.secrets == {}
    with pytest.raises(SlotMissing):
        unlock_with_keyring(database, drawer)
    with pytest.raises(SlotMissing):
        remove_keyring(database, unlocked, drawer)
    with pytest.raises(LastWayIn):
        remove_passphrase(database, unlocked)
    assert unlock_with_passphrase(database, PASSPHRASE) == unlocked


def test_the_passphrase_can_go_while_the_keyring_stays(database: Path, drawer: Drawer, unlocked: Unlocked) -> None:
    remove_passphrase(database, unlocked)

    with pytest.raises(SlotMissing):
        unlock_with_passphrase(database, PASSPHRASE)
    assert unlock_with_keyring(database, drawer) == unlocked


def test_who_has_another_key_changes_nothing(database: Path, unlocked: Unlocked) -> None:
    imposter = Unlocked(db_id=DB_ID, database_key=random_bytes(32))

    with pytest.raises(KeyFileEdited):
        add_lock(database, imposter, locks(None, "a way in of mine"))
    with pytest.raises(KeyFileEdited):
        remove_passphrase(database, imposter)


def test_slots_for_recovery_and_escrow_are_kept_through_every_change(
    database: Path, drawer: Drawer, unlocked: Unlocked
) -> None:
    recovery = RecoverySlot(id="00" * 8, wrapped="ab" * 60)
    escrow = EscrowSlot(id="11" * 8, recipients=("age1…",), sealed="YWdl")
    file = read_key_file(database)
    slots = (*file.current.slots, recovery, escrow)
    write_key_file(database, msgspec.structs.replace(file, current=_slot_set(DB_ID, KEY, slots)))

    change_passphrase(database, PASSPHRASE, "quite another one", cost=CHEAP)
    remove_keyring(database, unlocked, drawer)
    remove_passphrase(database, unlocked)

    assert read_key_file(database).current.slots == (recovery, escrow)


def test_a_disk_that_does_not_take_the_file_leaves_the_old_one_and_no_orphan(
    database: Path, drawer: Drawer, unlocked: Unlocked
) -> None:
    before, secrets = key_file_path(database).read_bytes(), dict(drawer.secrets)
    (database.parent / "keys.json.new" / "in the way").mkdir(parents=True)

    with pytest.raises(KeyFileUnwritable):
        add_lock(database, unlocked, locks(drawer, None))

    assert key_file_path(database).read_bytes() == before
    assert drawer.secrets == secrets


def test_what_a_power_cut_left_beside_the_file_is_no_obstacle(database: Path, unlocked: Unlocked) -> None:
    beside = database.parent / "keys.json.new"
    beside.write_bytes(b"half a key fi")
    beside.chmod(0o644)

    change_passphrase(database, PASSPHRASE, "quite another one", cost=CHEAP)

    assert unlock_with_passphrase(database, "quite another one") == unlocked
    assert stat.S_IMODE(key_file_path(database).stat().st_mode) == 0o600
    assert not beside.exists()


def test_while_the_key_is_changed_both_keys_come_out_and_then_only_the_new_one(
    database: Path, drawer: Drawer, unlocked: Unlocked
) -> None:
    new_key = random_bytes(32)
    both = begin_rotation(database, unlocked, new_key, locks(drawer))

    assert (both.database_key, both.next_key) == (KEY, new_key)
    assert unlock_with_passphrase(database, PASSPHRASE) == unlock_with_keyring(database, drawer) == both
    with pytest.raises(RotationUnfinished):
        begin_rotation(database, both, new_key, locks(drawer))
    with pytest.raises(RotationUnfinished):
        remove_passphrase(database, both)

    after = settle_rotation(database, DB_ID, new_key, drawer)

    assert (after.database_key, after.next_key) == (new_key, None)
    assert unlock_with_passphrase(database, PASSPHRASE) == unlock_with_keyring(database, drawer) == after
    assert len(drawer.secrets) == 1


def test_a_change_of_key_that_would_lose_a_way_in_is_a_bug(database: Path, drawer: Drawer, unlocked: Unlocked) -> None:
    secrets = dict(drawer.secrets)

    with pytest.raises(ValueError, match="each way in"):
        begin_rotation(database, unlocked, random_bytes(32), locks(drawer, None))

    assert drawer.secrets == secrets


def test_an_unlocked_workspace_does_not_show_its_keys(unlocked: Unlocked) -> None:
    shown = repr(unlocked) + repr(locks())

    assert repr(KEY) not in shown
    assert PASSPHRASE not in shown
