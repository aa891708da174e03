"""The printed recovery key and the partnership's spare key: each opens its own workspace and nothing else."""

import random
from pathlib import Path

import msgspec
import pytest

from iowscp_desktop.crypto import Cost, Identity, new_recovery_key, random_bytes, read_recovery_key
from iowscp_desktop.errors import KeyFileEdited, NotEscrowed, SlotMissing, WrongRecoveryKey
from iowscp_desktop.store.key_file import EscrowSlot, read_key_file, write_key_file
from iowscp_desktop.store.keys import (
    Locks,
    Recovery,
    Unlocked,
    _slot_set,
    add_lock,
    begin_rotation,
    create_keys,
    settle_rotation,
    unlock_with_escrow,
    unlock_with_passphrase,
    unlock_with_recovery,
)
from iowscp_desktop.store.slots import new_slot_id

CHEAP = Cost(memory_kib=19 * 1024, passes=2, lanes=1)
DB_ID, KEY = "12345678-aaaa-bbbb-cccc-1234567890ab", random_bytes(32)
PASSPHRASE = "only for tests"  # noqa: S105 - it opens nothing of anybody's
SPARE = Identity.generate()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "workspace.db"


def sheet() -> Recovery:
    return Recovery(slot_id=new_slot_id(), key=random_bytes(20))


def locks(recovery: Recovery | None = None, *escrow: str) -> Locks:
    return Locks(passphrase=PASSPHRASE, recovery=recovery, escrow=escrow, cost=CHEAP)


def created(database: Path, given: Locks, db_id: str = DB_ID) -> Unlocked:
    return create_keys(database, db_id=db_id, database_key=KEY, locks=given)


def test_the_printed_key_opens_it_as_the_passphrase_does(database: Path) -> None:
    key, printed = new_recovery_key()
    unlocked = created(database, locks(Recovery(slot_id=new_slot_id(), key=key)))

    assert unlock_with_recovery(database, read_recovery_key(printed.lower())) == unlocked
    assert unlock_with_passphrase(database, PASSPHRASE) == unlocked
    assert key.hex().encode() not in (database.parent / "keys.json").read_bytes()


def test_another_recovery_key_does_not_open_it_and_without_a_sheet_none_does(database: Path) -> None:
    unlocked = created(database, locks())
    with pytest.raises(SlotMissing):
        unlock_with_recovery(database, sheet().key)

    add_lock(database, unlocked, Locks(recovery=sheet()))

    with pytest.raises(WrongRecoveryKey):
        unlock_with_recovery(database, sheet().key)


def test_a_new_sheet_takes_the_place_of_the_old_one(database: Path) -> None:
    old, new = sheet(), sheet()
    unlocked = created(database, locks(old))

    add_lock(database, unlocked, Locks(recovery=new))

    assert unlock_with_recovery(database, new.key) == unlocked
    assert read_key_file(database).recovery_sheet == new.sheet
    with pytest.raises(WrongRecoveryKey):
        unlock_with_recovery(database, old.key)


def test_the_spare_key_opens_what_was_set_up_for_it(database: Path) -> None:
    unlocked = created(database, locks(None, SPARE.recipient.text))

    assert unlock_with_escrow(database, SPARE) == unlocked
    assert read_key_file(database).escrow == (SPARE.recipient.text,)
    with pytest.raises(NotEscrowed):
        unlock_with_escrow(database, Identity.generate())


def test_without_a_slot_for_it_the_spare_key_opens_nothing(database: Path) -> None:
    created(database, locks())

    with pytest.raises(NotEscrowed):
        unlock_with_escrow(database, SPARE)


def test_the_escrow_slot_of_another_workspace_is_refused(tmp_path: Path) -> None:
    mine, other = tmp_path / "mine" / "w.db", tmp_path / "other" / "w.db"
    for each, db_id in ((mine, DB_ID), (other, "another")):
        each.parent.mkdir()
        created(each, locks(None, SPARE.recipient.text), db_id)
    (theirs,) = (slot for slot in read_key_file(other).current.slots if isinstance(slot, EscrowSlot))
    slots = (theirs,)
    write_key_file(mine, msgspec.structs.replace(read_key_file(mine), current=_slot_set(DB_ID, KEY, slots)))

    with pytest.raises(KeyFileEdited):
        unlock_with_escrow(mine, SPARE)


@pytest.mark.parametrize("seed", [1, 2])
def test_an_escrow_slot_with_a_flipped_byte_opens_nothing_and_the_passphrase_still_does(
    database: Path, seed: int
) -> None:
    unlocked = created(database, locks(None, SPARE.recipient.text))
    file = read_key_file(database)
    slots = tuple(_flipped(slot, seed) if isinstance(slot, EscrowSlot) else slot for slot in file.current.slots)
    write_key_file(database, msgspec.structs.replace(file, current=_slot_set(DB_ID, KEY, slots)))

    with pytest.raises((KeyFileEdited, NotEscrowed)):
        unlock_with_escrow(database, SPARE)

    assert unlock_with_passphrase(database, PASSPHRASE) == unlocked


def _flipped(slot: EscrowSlot, seed: int) -> EscrowSlot:
    chance = random.Random(seed)
    at = chance.randrange(len(slot.sealed))
    other = chance.choice([each for each in "ABCDEFGH" if each != slot.sealed[at]])
    return msgspec.structs.replace(slot, sealed=slot.sealed[:at] + other + slot.sealed[at + 1 :])


@pytest.mark.parametrize("rekeyed", [True, False])
def test_while_the_key_is_changed_the_sheet_of_either_key_opens_it_and_then_only_one(
    database: Path, *, rekeyed: bool
) -> None:
    old, new, new_key = sheet(), sheet(), random_bytes(32)
    unlocked = created(database, locks(old, SPARE.recipient.text))

    both = begin_rotation(database, unlocked, new_key, locks(new, SPARE.recipient.text))

    assert unlock_with_recovery(database, old.key).keys == (KEY,)
    assert unlock_with_recovery(database, new.key).keys == (new_key,)
    assert unlock_with_escrow(database, SPARE).keys == both.keys == (KEY, new_key)
    settled = settle_rotation(database, DB_ID, new_key if rekeyed else KEY)
    good, gone = (new, old) if rekeyed else (old, new)
    assert unlock_with_recovery(database, good.key) == settled == unlock_with_escrow(database, SPARE)
    with pytest.raises(WrongRecoveryKey):
        unlock_with_recovery(database, gone.key)


def test_settling_where_nothing_is_under_way_changes_nothing(database: Path) -> None:
    unlocked = created(database, locks(sheet()))
    before = (database.parent / "keys.json").read_bytes()

    assert settle_rotation(database, DB_ID, KEY) == unlocked
    assert (database.parent / "keys.json").read_bytes() == before


def test_a_key_that_belongs_to_no_set_settles_nothing(database: Path) -> None:
    unlocked = created(database, locks(sheet()))
    begin_rotation(database, unlocked, random_bytes(32), locks(sheet()))
    before = (database.parent / "keys.json").read_bytes()

    with pytest.raises(KeyFileEdited):
        settle_rotation(database, DB_ID, random_bytes(32))

    assert (database.parent / "keys.json").read_bytes() == before


@pytest.mark.parametrize("missing", ["recovery", "escrow"])
def test_a_change_of_key_that_would_lose_a_way_in_is_a_bug(database: Path, missing: str) -> None:
    unlocked = created(database, locks(sheet(), SPARE.recipient.text))
    given = locks(sheet()) if missing == "escrow" else locks(None, SPARE.recipient.text)

    with pytest.raises(ValueError, match="each way in"):
        begin_rotation(database, unlocked, random_bytes(32), given)
