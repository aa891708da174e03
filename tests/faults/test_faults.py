"""Two seeded trials of each fault; `make faults` does the full counts."""

import pytest

from tests.faults.damage import DAMAGES, Damage, try_damage
from tests.faults.disks import TASKS, Task, may_mount, try_full, try_read_only
from tests.faults.ground import Ground, prepare
from tests.faults.kills import KILLINGS, Killing, try_kill
from tests.faults.places import try_clock, try_paths, try_two
from tests.faults.table import Row

TRIALS, SEED = 2, 3


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return prepare(tmp_path_factory.mktemp("faults"))


def _is_clean(row: Row) -> bool:
    return row.is_clean


@pytest.mark.parametrize("killing", KILLINGS, ids=lambda each: each.name.replace(" ", "-"))
def test_a_kill_loses_nothing(killing: Killing, ground: Ground) -> None:
    row = try_kill(killing, ground, TRIALS, SEED)

    assert _is_clean(row), row
    assert row.trials >= TRIALS


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda each: each.name.replace(" ", "-"))
def test_damage_is_noticed_and_what_the_disk_still_holds_is_saved(damage: Damage, ground: Ground) -> None:
    row = try_damage(damage, ground, TRIALS, SEED)

    assert _is_clean(row), row


@pytest.mark.parametrize("task", TASKS, ids=lambda each: each.name.replace(" ", "-"))
def test_a_full_disk_loses_nothing_and_it_goes_on_when_there_is_room(task: Task, ground: Ground) -> None:
    row = try_full(task, ground, TRIALS, SEED)

    assert _is_clean(row), row


@pytest.mark.parametrize("task", TASKS, ids=lambda each: each.name.replace(" ", "-"))
def test_a_read_only_disk_loses_nothing(task: Task, ground: Ground) -> None:
    if not may_mount():
        pytest.skip("only root can make a file that nobody may change")

    row = try_read_only(task, ground, TRIALS, SEED)

    assert row is not None
    assert _is_clean(row), row


@pytest.mark.parametrize("attempt", [try_paths, try_two, try_clock], ids=["paths", "two-programs", "clock"])
def test_odd_places_second_starts_and_jumping_clocks_lose_nothing(attempt: object, ground: Ground) -> None:
    assert callable(attempt)

    row = attempt(ground, TRIALS + 1, SEED)

    assert isinstance(row, Row)
    assert _is_clean(row), row


def test_a_row_without_a_positive_control_is_not_clean() -> None:
    assert not Row("unproved", trials=9).is_clean
    assert not Row("lossy", trials=9, lost=1, control="proved").is_clean
    assert Row("proved", trials=9, control="proved").is_clean
