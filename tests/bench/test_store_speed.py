"""The store's own speed, encrypted and plain, for `make bench`; the ratios are in `tests.bench.store_speed`."""

from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from iowscp_desktop.store import Database, Store
from tests.bench.store_speed import KEY, PlainDatabase, Side


@pytest.fixture(params=["encrypted", "plain"])
def side(request: pytest.FixtureRequest, tmp_path: Path) -> Side:
    path = tmp_path / "store.db"
    return Side(Database.create(path, KEY) if request.param == "encrypted" else PlainDatabase(path))


def test_saving_one_answer_durably(side: Side, benchmark: BenchmarkFixture) -> None:
    benchmark.pedantic(side.save, rounds=100)

    side.database.close()


def test_opening_by_the_raw_key(tmp_path: Path, benchmark: BenchmarkFixture) -> None:
    path = tmp_path / "store.db"
    Store.create(path, KEY).close()

    benchmark.pedantic(lambda: Store.open(path, KEY).close(), rounds=30)
