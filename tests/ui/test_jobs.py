import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import TypeVar

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from typing_extensions import override

from iowscp_desktop.ui.jobs import AtOnce, Job, JobRunner, Looking, Progress, Ticket
from tests.ui.acting import WhenTold

T = TypeVar("T")


@pytest.fixture
def runner(qapp: object, qtbot: QtBot) -> Iterator[JobRunner]:
    made = JobRunner()
    yield made
    made.finish()
    qtbot.waitUntil(lambda: not made.is_busy)


def fail(_ticket: Ticket) -> None:
    raise ValueError("no")


def test_work_runs_elsewhere_and_its_end_comes_back_here(runner: JobRunner, qtbot: QtBot) -> None:
    threads: list[int] = []

    runner.run(
        Job(work=lambda _ticket: threading.get_ident(), on_done=lambda at: threads.extend((at, threading.get_ident())))
    )
    qtbot.waitUntil(lambda: len(threads) == 2)

    assert threads[0] != threading.get_ident()
    assert threads[1] == threading.get_ident()


def test_no_two_jobs_ever_meet(runner: JobRunner, qtbot: QtBot) -> None:
    meeting = threading.Barrier(2)
    ends: list[str] = []

    def work(_ticket: Ticket) -> str:
        try:
            meeting.wait(0.05)
        except threading.BrokenBarrierError:
            return "alone"
        return "met"

    for _ in range(3):
        runner.run(Job(work=work, on_done=ends.append))
    qtbot.waitUntil(lambda: len(ends) == 3)

    assert ends == ["alone"] * 3


def test_jobs_end_in_the_order_they_were_asked_for(runner: JobRunner, qtbot: QtBot) -> None:
    ends: list[int] = []

    for number in range(20):
        runner.run(Job(work=lambda _ticket, number=number: number, on_done=ends.append))  # type: ignore[misc]  # a default
    qtbot.waitUntil(lambda: len(ends) == 20)

    assert ends == list(range(20))


def test_progress_is_told_in_order(runner: JobRunner, qtbot: QtBot) -> None:
    told: list[object] = []
    heard = threading.Event()

    def work(ticket: Ticket) -> str:
        ticket.report(1, 2, "first")
        heard.wait(5)
        ticket.report(2, 2, "second")
        return "end"

    def hear(progress: Progress) -> None:
        told.append(progress)
        heard.set()

    runner.run(Job(work=work, on_done=told.append, on_progress=hear))
    qtbot.waitUntil(lambda: len(told) == 3)

    assert told == [Progress(1, 2, "first"), Progress(2, 2, "second"), "end"]


def test_of_a_thousand_steps_a_busy_window_is_told_the_newest(runner: JobRunner, qtbot: QtBot) -> None:
    told: list[object] = []
    reported = threading.Event()

    def work(ticket: Ticket) -> str:
        for step in range(1000):
            ticket.report(step + 1, 1000)
        reported.set()
        return "end"

    runner.run(Job(work=work, on_done=told.append, on_progress=told.append))
    assert reported.wait(5)  # the window does nothing else meanwhile
    qtbot.waitUntil(lambda: "end" in told)

    assert told == [Progress(1000, 1000), "end"]


def test_a_cancelled_job_stops_at_its_next_check_and_is_no_error(runner: JobRunner, qtbot: QtBot) -> None:
    told: list[str] = []
    started, go_on = threading.Event(), threading.Event()

    def work(ticket: Ticket) -> None:
        started.set()
        go_on.wait(5)
        ticket.check()
        told.append("went on")

    ticket = runner.run(
        Job(
            work=work,
            on_done=lambda _: told.append("done"),
            on_error=lambda _: told.append("error"),
            on_cancelled=lambda: told.append("cancelled"),
        )
    )
    assert started.wait(5)
    ticket.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: bool(told))

    assert told == ["cancelled"]


def test_an_error_comes_back_whole(runner: JobRunner, qtbot: QtBot) -> None:
    errors: list[Exception] = []

    runner.run(Job(work=fail, on_done=lambda _: None, on_error=errors.append))
    qtbot.waitUntil(lambda: bool(errors))

    assert str(errors[0]) == "no"


def test_an_error_nobody_takes_is_raised_on_this_thread(runner: JobRunner, qtbot: QtBot) -> None:
    with qtbot.captureExceptions() as caught:
        runner.run(Job(work=fail, on_done=lambda _: None))
        qtbot.waitUntil(lambda: bool(caught))

    assert [kind for kind, _error, _trace in caught] == [ValueError]


def test_a_page_that_has_gone_is_told_nothing(runner: JobRunner, qtbot: QtBot) -> None:
    told: list[str] = []
    page, release = QObject(), threading.Event()

    def work(ticket: Ticket) -> str:
        release.wait(5)
        ticket.report(1, 1)
        return "done"

    runner.run(Job(work=work, on_done=told.append, on_progress=lambda _: told.append("progress"), owner=page))
    page.deleteLater()
    del page
    qtbot.waitUntil(lambda: True)
    release.set()
    runner.run(Job(work=lambda _ticket: "later", on_done=told.append))
    qtbot.waitUntil(lambda: "later" in told)

    assert told == ["later"]


def test_finishing_stops_what_waits_in_the_queue(runner: JobRunner, qtbot: QtBot) -> None:
    told: list[str] = []
    release = threading.Event()
    runner.run(Job(work=lambda _ticket: release.wait(5), on_done=lambda _: told.append("first")))
    runner.run(
        Job(
            work=lambda _ticket: told.append("second"),
            on_done=lambda _: None,
            on_cancelled=lambda: told.append("stopped"),
        )
    )
    assert runner.is_busy

    threading.Timer(0.01, release.set).start()
    runner.finish()
    qtbot.waitUntil(lambda: not runner.is_busy)

    assert "second" not in told
    assert "stopped" in told


def test_at_once_does_everything_before_it_returns() -> None:
    told: list[object] = []

    def work(ticket: Ticket) -> str:
        ticket.report(1, 1)
        return "done"

    AtOnce().run(Job(work=work, on_done=told.append, on_progress=told.append))
    with pytest.raises(ValueError, match="no"):
        AtOnce().run(Job(work=fail, on_done=told.append))

    assert told == [Progress(1, 1), "done"]


def test_who_only_looks_does_not_wait_for_who_writes(runner: JobRunner, qtbot: QtBot) -> None:
    told: list[str] = []
    release = threading.Event()
    runner.run(Job(work=lambda _ticket: release.wait(5), on_done=lambda _: told.append("written")))

    runner.run(Job(work=lambda _ticket: None, on_done=lambda _: told.append("seen"), only_looks=True))
    qtbot.waitUntil(lambda: bool(told))
    release.set()
    qtbot.waitUntil(lambda: len(told) == 2)

    assert told == ["seen", "written"]


def test_finishing_waits_for_who_looks(runner: JobRunner, qtbot: QtBot) -> None:
    told: list[str] = []
    started, release = threading.Event(), threading.Event()

    def work(_ticket: Ticket) -> None:
        started.set()
        release.wait(5)
        told.append("looked")

    runner.run(Job(work=work, on_done=lambda _: None, only_looks=True))
    assert started.wait(5)
    threading.Timer(0.01, release.set).start()
    runner.finish()

    assert told == ["looked"]


def test_what_is_stale_when_it_was_found_is_not_shown() -> None:
    runner, shown = WhenTold(), list[int]()
    looking = Looking(runner)
    for number in (1, 2, 3):
        looking.again(lambda number=number: number, shown.append)  # type: ignore[misc]  # a default

    runner.finish()
    meanwhile = (list(shown), looking.is_looking)
    runner.finish()

    assert meanwhile == ([], True)
    assert (shown, looking.is_looking) == ([3], False)


def test_after_the_workspace_is_closed_nothing_is_looked_at_again() -> None:
    class Closing(WhenTold):
        @override
        def run(self, job: Job[T]) -> Ticket:
            self.ticket = super().run(job)
            return self.ticket

    runner, shown = Closing(), list[int]()
    looking = Looking(runner)
    looking.again(lambda: 1, shown.append)
    looking.again(lambda: 2, shown.append)

    runner.ticket.cancel()
    runner.finish()

    assert (shown, looking.is_looking) == ([], False)


def test_a_look_that_fails_tells_so_and_the_next_one_is_shown() -> None:
    runner, shown = AtOnce(), list[int]()
    looking = Looking(runner)

    with pytest.raises(ZeroDivisionError):
        looking.again(lambda: 1 // 0, shown.append)
    looking.again(lambda: 2, shown.append)

    assert shown == [2]


def test_what_the_program_consists_of_is_left_alone_by_the_collector() -> None:
    code = (
        "import gc, iowscp_desktop.ui.main_window as window; from iowscp_desktop.ui.jobs import keep_what_is_loaded\n"
        "before = len(gc.get_objects()); keep_what_is_loaded()\n"
        "class Circle: pass\n"
        "one = Circle(); one.itself = one; del one\n"
        "print(before > 50_000, len(gc.get_objects()) < 1000, gc.collect() > 0)"
    )

    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert told == "True True True\n"
