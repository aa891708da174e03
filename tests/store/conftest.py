"""A store with an injected device, clock and chance."""

import itertools
from collections.abc import Callable, Iterator

import pytest

from iowscp_desktop.domain.ids import DeviceId, PersonId
from iowscp_desktop.store import Store, Writer

KEY = bytes(range(32))


@pytest.fixture
def make_store() -> Iterator[Callable[[], Store]]:
    stores: list[Store] = []

    def make() -> Store:
        stores.append(Store.create(None, KEY))
        return stores[-1]

    yield make
    for store in stores:
        store.close()


@pytest.fixture
def store(make_store: Callable[[], Store]) -> Store:
    return make_store()


@pytest.fixture
def make_writer() -> Callable[[str], Writer]:
    ticks = itertools.count()

    def make(name: str) -> Writer:
        return Writer(
            device=DeviceId(name.encode().hex().ljust(64, "0")),
            author=PersonId(name),
            at=f"2026-01-05T09:00:00.{next(ticks):03d}Z",
            new_epoch=lambda: f"epoch-{name}",
            new_salt=lambda size: next(ticks).to_bytes(size, "big"),
        )

    return make
