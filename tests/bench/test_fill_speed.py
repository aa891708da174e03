"""How long it takes to go to another question of the long schools' audit, against the 50 ms that nobody notices."""

import time
from collections.abc import Callable
from statistics import median

from PySide6.QtWidgets import QApplication

from iowscp_desktop.app import repeats
from iowscp_desktop.app.filling import open_filling
from iowscp_desktop.domain.ids import QuestionId
from iowscp_desktop.ui.fill import FillPage
from tests.ui.conftest import Show
from tests.ui.fill.conftest import Laptop

NOTICED = 0.050  # seconds


def timed(deed: Callable[[], object]) -> float:
    start = time.perf_counter()
    deed()
    return time.perf_counter() - start


def told(what: str, times: list[float]) -> None:
    middle, worst = median(times) / NOTICED, max(times) / NOTICED
    print(f"{what}: {middle:.2f} of 50 ms in the middle, {worst:.2f} at worst, {len(times)} times")


def test_the_long_audit_is_gone_through_question_by_question(long_laptop: Laptop, show: Show) -> None:
    page = show(long_laptop.fill("setting_name"), 1352, 800)
    assert isinstance(page, FillPage)
    times = []
    seen = set()

    def step() -> None:
        page.presenter.on_step(1)
        QApplication.processEvents()
        page.grab()

    while page.board.foot.next.isEnabled():
        times.append(timed(step))
        seen.add(page.presenter.entry_id)

    told("going to another question, drawn", times)
    assert len(seen) == len(times) >= 90


def test_the_long_audit_is_graded(long_laptop: Laptop, show: Show) -> None:
    page = show(long_laptop.fill("cul_heard"), 1352, 800)
    assert isinstance(page, FillPage)
    items = [item.id for item in open_filling(long_laptop.ws, long_laptop.response_id).tool.items][:30]
    times = []
    for item in items:
        page.go_to(item)

        def grade(item: str = item) -> None:
            page.presenter.on_chosen(QuestionId(item), "partly")
            page.grab()

        times.append(timed(grade))

    told("writing a grade down and drawing it", times)
    assert {long_laptop.answers()[item] for item in items} == {"partly"}


def test_a_full_response_is_opened(long_laptop: Laptop) -> None:
    filling = open_filling(long_laptop.ws, long_laptop.response_id)
    long_laptop.write(**{item.id: "met" for item in filling.tool.items})

    times = [timed(lambda: open_filling(long_laptop.ws, long_laptop.response_id).sections()) for _ in range(10)]

    told("opening a response", times)
    assert sum(section.grades["met"] for section in open_filling(long_laptop.ws, long_laptop.response_id).sections())


def test_every_control_is_gone_through(every: Laptop, show: Show) -> None:
    page = show(every.fill("line"), 1352, 800)
    assert isinstance(page, FillPage)

    def step() -> None:
        page.presenter.on_step(1)
        QApplication.processEvents()
        page.grab()

    rounds_of_times: list[list[float]] = []
    for _ in range(3):
        page.go_to("line")
        times = []
        while page.board.foot.next.isEnabled():
            times.append(timed(step))
        rounds_of_times.append(times)

    told("going to a control for the first time, drawn", rounds_of_times[0])
    told("going to it again, drawn", [*rounds_of_times[1], *rounds_of_times[2]])
    assert all(len(times) >= 27 for times in rounds_of_times)


def test_twenty_cards_are_drawn_again(every: Laptop, show: Show) -> None:
    page = show(every.fill("line"), 1352, 800)
    assert isinstance(page, FillPage)
    for _ in range(19):
        every.hub.tell(repeats.add_instance(every.ws, every.response_id, QuestionId("child")))

    def go() -> None:
        page.go_to("child")
        QApplication.processEvents()
        page.grab()

    first = timed(go)
    times = []
    for _ in range(10):
        page.go_to("line")
        times.append(timed(go))

    told("twenty cards for the first time, drawn", [first])
    told("twenty cards again, drawn", times)
    assert len(page.board.panel.cards.boxes) == 20
