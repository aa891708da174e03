"""Work that takes longer than a blink, off the UI thread.

One job at a time, in order: the pool has one thread, so no two jobs meet in the store. Those that only look have a
thread of their own, so that nobody waits for a merge to see a number. A job's function touches no widget; it gets a
`Ticket`, through which it reports progress and learns that it should stop.
"""

import gc
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


def keep_what_is_loaded() -> None:
    """Let the collector leave alone what the program consists of: call once, when its modules are loaded.

    They never become garbage. Going through them would stop the window for some 70 ms, now and then, whichever thread
    it happens on.
    """
    gc.collect()
    gc.freeze()


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
    only_looks: bool = False  # it writes nothing, and need not wait for those that do


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


class Looking:
    """Looks again whenever something changed, off the UI thread; what is stale by then is never shown.

    What was seen last stays on the screen meanwhile. However often something changes, at most one look waits.
    """

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._next: _Call | None = None
        self._is_looking = False

    @property
    def is_looking(self) -> bool:
        """Whether something newer than what is shown is on its way."""
        return self._is_looking

    def again(self, look: Callable[[], T], on_seen: Callable[[T], None]) -> None:
        """Look, and show it, unless something else is asked for before that."""
        if self._is_looking:
            self._next = lambda: self.again(look, on_seen)
            return
        self._is_looking = True

        def seen(found: tuple[Ticket, T]) -> None:
            if not self._ended(found[0]):
                on_seen(found[1])

        def failed(error: Exception) -> None:
            if not self._ended(None):
                raise error

        self._runner.run(
            Job(
                work=lambda ticket: (ticket, look()),
                on_done=seen,
                on_error=failed,
                on_cancelled=self._stopped,
                only_looks=True,
            )
        )

    def _ended(self, ticket: Ticket | None) -> bool:
        """Begin the look that waits, if there is one; return whether what was found is of no use any more."""
        self._is_looking = False
        then, self._next = self._next, None
        if ticket is not None and ticket.is_cancelled:  # the workspace is closed, or about to be
            return True
        if then is not None:
            then()
        return then is not None

    def _stopped(self) -> None:
        self._is_looking, self._next = False, None


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
        self._looks = QThreadPool(self)
        for pool in (self._pool, self._looks):
            pool.setMaxThreadCount(1)
        self._open: set[Ticket] = set()
        self._called.connect(_invoke, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether a job is running or waiting, or has an end not yet told."""
        return bool(self._open)

    def run(self, job: Job[T]) -> Ticket:
        """Queue a job; its callbacks come back on the UI thread."""
        newest = _Newest(job.on_progress, lambda call: self._post(job.owner, call))
        ticket = Ticket(newest.report)
        self._open.add(ticket)
        pool = self._looks if job.only_looks else self._pool
        pool.start(_Task(lambda: self._perform(job, ticket)))
        return ticket

    def finish(self) -> None:
        """Ask every job to stop and wait until they have; call before closing the workspace."""
        for ticket in tuple(self._open):
            ticket.cancel()
        self._pool.waitForDone()
        self._looks.waitForDone()

    def _perform(self, job: Job[T], ticket: Ticket) -> None:
        end = _end_of(job, ticket)
        self._called.emit(lambda: self._open.discard(ticket))
        self._post(job.owner, end)

    def _post(self, owner: QObject | None, call: _Call) -> None:
        def unless_gone() -> None:
            if owner is None or isValid(owner):
                call()

        self._called.emit(unless_gone)


class _Newest:
    """Tells how far a job is by now: what was overtaken before the window came to it is left out."""

    def __init__(self, on_progress: Callable[[Progress], None], post: Callable[[_Call], None]) -> None:
        self._on_progress, self._post = on_progress, post
        self._progress: Progress | None = None
        self._is_posted = False

    def report(self, progress: Progress) -> None:
        self._progress = progress
        if not self._is_posted:
            self._is_posted = True
            self._post(self._tell)

    def _tell(self) -> None:
        self._is_posted = False  # first: what comes from here on is posted again
        if self._progress is not None:
            self._on_progress(self._progress)


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
