"""Two seeded tries of each attack; `make hostile` does the full counts."""

from collections.abc import Iterator

import pytest

from tests.hostile import files, people, words
from tests.hostile.accidents import ACCIDENTS, Accident, try_accident
from tests.hostile.ground import Ground, prepare
from tests.hostile.kills import Post, prepare_post, try_kills
from tests.hostile.table import Row
from tests.hostile.trying import Attack, try_attack

TRIES, SEED = 2, 3


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    made = prepare(tmp_path_factory.mktemp("hostile") / "ground")
    yield made
    wrongs = made.team.verify().wrongs
    made.close()
    assert wrongs == ()


@pytest.fixture(scope="module")
def post(tmp_path_factory: pytest.TempPathFactory) -> Post:
    return prepare_post(tmp_path_factory.mktemp("hostile") / "post")


def _is_clean(row: Row) -> bool:
    return row.is_clean


@pytest.mark.parametrize(
    "attack", [*files.ATTACKS, *people.ATTACKS, *words.ATTACKS], ids=lambda each: each.name.replace(" ", "-")
)
def test_a_hostile_file_brings_nothing_and_an_honest_one_beside_it_is_taken_in(attack: Attack, ground: Ground) -> None:
    row = try_attack(attack, ground, TRIES, SEED)

    assert _is_clean(row), row


@pytest.mark.parametrize("accident", ACCIDENTS, ids=lambda each: each.name.replace(" ", "-"))
def test_bad_luck_brings_nothing_and_leaves_nothing(accident: Accident, ground: Ground) -> None:
    row = try_accident(accident, ground, TRIES, SEED)

    assert _is_clean(row), row


def test_a_merge_that_is_killed_has_taken_in_whole_files_alone(post: Post) -> None:
    row = try_kills(post, TRIES, SEED)

    assert _is_clean(row), row
    assert row.tries == TRIES
