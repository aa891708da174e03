"""Work that takes longer than a blink, off the UI thread.

One job at a time, in order: the pool has one thread, so no two jobs meet in the store. A job's function
touches no widget; it gets a `Ticket`, through which it reports progress and learns that it should stop.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Event
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal
from shiboken6 import isValid
from typing_extensions import override

T = TypeVar("T")
_Call = Callable[[], None]


class Cancelled(Exception):
    """Raised inside a job when the person pressed Cancel."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job has come."""

    done: int
    total: int  # 0: nobody knows yet
    note: str = ""


class Ticket:
    """What a running job may use to talk back."""

    def __init__(self, post: Callable[[Progress], None]) -> None:
        self._post = post
        self._stop = Event()

    def report(self, done: int, total: int, note: str = "") -> None:
        """Say how far the job has come."""
        self._post(Progress(done, total, note))

    def cancel(self) -> None:
        """Ask the job to stop at its next check."""
        self._stop.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether the person pressed Cancel: for jobs that end early with something to show for it."""
        return self._stop.is_set()

    def check(self) -> None:
        """Stop here if the person asked for it.

        Raises:
            Cancelled: They did. Let it pass; the runner takes it.
        """
        if self._stop.is_set():
            raise Cancelled


def _raise(error: Exception) -> None:
    raise error


def _ignore(_progress: Progress) -> None:
    pass


def _nothing() -> None:
    pass


@dataclass(frozen=True, kw_only=True)
class Job(Generic[T]):
    """A function and what to do, on the UI thread, with its end.

    Without `on_error` an error is raised on the UI thread, where `ui.notify` takes it like any other.
    """

    work: Callable[[Ticket], T]
    on_done: Callable[[T], None]
    on_error: Callable[[Exception], None] = _raise
    on_progress: Callable[[Progress], None] = _ignore
    on_cancelled: Callable[[], None] = _nothing
    owner: QObject | None = None  # the page that asked: nothing is called once it is gone


class Runner(Protocol):
    """Runs jobs; tests and the demo use one that runs them at once."""

    def run(self, job: Job[T]) -> Ticket:
        """Start a job and return its ticket."""
        ...


class OwnedBy:
    """Runs jobs on somebody else's runner; nothing is called back once the page that asked is gone."""

    def __init__(self, owner: QObject, runner: Runner) -> None:
        self._owner, self._runner = owner, runner

    def run(self, job: Job[T]) -> Ticket:
        """Start a job and return its ticket."""
        return self._runner.run(replace(job, owner=self._owner))


class AtOnce:
    """Runs a job on the spot: no threads to wait for."""

    is_busy = False

    def finish(self) -> None:
        """Do nothing: no job outlives `run`."""

    def run(self, job: Job[T]) -> Ticket:
        """Run the whole job, callbacks included, before returning."""
        ticket = Ticket(job.on_progress)
        _end_of(job, ticket)()
        return ticket


class JobRunner(QObject):
    """The real runner. It owns the signal, because a pool thread must not destroy a QObject."""

    _called = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._open: set[Ticket] = set()
        self._called.connect(_invoke, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether a job is running or waiting, or has an end not yet told."""
        return bool(self._open)

    def run(self, job: Job[T]) -> Ticket:
        """Queue a job; its callbacks come back on the UI thread."""
        ticket = Ticket(lambda progress: self._post(job.owner, lambda: job.on_progress(progress)))
        self._open.add(ticket)
        self._pool.start(_Task(lambda: self._perform(job, ticket)))
        return ticket

    def finish(self) -> None:
        """Ask every job to stop and wait until they have; call before closing the workspace."""
        for ticket in tuple(self._open):
            ticket.cancel()
        self._pool.waitForDone()

    def _perform(self, job: Job[T], ticket: Ticket) -> None:
        end = _end_of(job, ticket)
        self._called.emit(lambda: self._open.discard(ticket))
        self._post(job.owner, end)

    def _post(self, owner: QObject | None, call: _Call) -> None:
        def unless_gone() -> None:
            if owner is None or isValid(owner):
                call()

        self._called.emit(unless_gone)


def _end_of(job: Job[T], ticket: Ticket) -> _Call:
    """Do the work here and now; return the callback that tells its end."""
    try:
        ticket.check()
        result = job.work(ticket)
    except Cancelled:
        return job.on_cancelled
    except Exception as error:  # noqa: BLE001 - handed over to the UI thread whole
        failure = error
        return lambda: job.on_error(failure)
    return lambda: job.on_done(result)


class _Task(QRunnable):
    def __init__(self, body: _Call) -> None:
        super().__init__()
        self._body = body

    @override
    def run(self) -> None:
        self._body()


def _invoke(call: _Call) -> None:
    call()
