"""Looks at files that came back, and takes them in when a person says so."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path
from typing import Protocol, TypeVar

from iowscp_desktop import text
from iowscp_desktop.app import merging, quarantine, receipts
from iowscp_desktop.app.kept_files import may_keep
from iowscp_desktop.app.merging import Incoming
from iowscp_desktop.app.receipts import Receipt, TakenIn
from iowscp_desktop.app.two_finals import waiting_counts
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.ui.jobs import Job, Looking, Progress, Runner, Ticket

T = TypeVar("T")


class Outcome(Enum):
    """What happens, or happened, to one file."""

    WILL_COME = auto()
    NOTHING_NEW = auto()
    BEFORE = auto()
    OLDER = auto()
    TAKEN = auto()
    LEFT = auto()
    ALARM = auto()
    REFUSED = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLine:
    """One file in the table."""

    key: str
    file: str = field(repr=False)
    sender: str = field(repr=False)
    type: str
    new: int
    known: int
    evidence: int
    conflicts: int
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """Something about one file that a person must look at."""

    words: str = field(repr=False)
    remedy: str
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What the files would bring."""

    lines: tuple[FileLine, ...]
    alarms: tuple[Warned, ...]
    refusals: tuple[Warned, ...]
    notes: tuple[Warned, ...]
    """What is missing, or was replaced before it came."""
    senders: int
    to_take: int
    """Files that bring something new."""
    to_keep: int
    """Refused files that are worth keeping aside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What came of it."""

    lines: tuple[FileLine, ...]
    alarms: tuple[Warned, ...]
    refusals: tuple[Warned, ...]
    notes: tuple[Warned, ...]
    receipts: tuple[Receipt, ...]
    taken: int
    to_decide: int
    """Everything in the workspace that waits for a decision, from these files or earlier ones."""
    stopped: bool


class MergeView(Protocol):
    """What the presenter asks of the page."""

    def show_start(self, note: str = "") -> None:
        """Ask for files; `note` says why none are there."""
        ...

    def show_working(self, title: str, about: str) -> None:
        """Show that files are being looked at, or taken in."""
        ...

    def show_progress(self, done: int, total: int) -> None:
        """Show how far it is."""
        ...

    def show_counting(self) -> None:
        """Show that all files are in, and that what they left to decide is being counted."""
        ...

    def show_preview(self, preview: Preview) -> None:
        """Show what the files would bring."""
        ...

    def show_done(self, done: Done) -> None:
        """Show what came of it."""
        ...

    def show_to_decide(self, count: int) -> None:
        """Show how much waits for a decision now."""
        ...

    def show_aside(self, count: int) -> None:
        """Show how much was set aside and waits to be looked at."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Left:
    """What waits for a person in the whole workspace."""

    to_decide: int
    aside: int


class MergePresenter:
    """Holds the files that were looked at until they are taken in or put aside.

    Whatever takes as long as there is much is done in a job, counting too: the window only shows what came of it.
    """

    def __init__(self, ws: Workspace, view: MergeView, *, runner: Runner, tell: Callable[[Changes], None]) -> None:
        self._ws, self._view, self._runner, self._tell = ws, view, runner, tell
        self._looking = Looking(runner)
        self._seen: tuple[Incoming, ...] = ()
        self._ticket: Ticket | None = None
        self._is_done = False

    def start(self) -> None:
        """Ask for files."""
        self._seen, self._is_done = (), False
        self._view.show_start()
        self._count_again()

    def on_files(self, chosen: Sequence[Path]) -> bool:
        """Look at files and folders that were chosen or dropped; say whether it does. Nothing is written."""
        if self._ticket is not None or not chosen:  # one thing at a time: what runs now goes on
            return False
        self._view.show_working(text.Merge.looking, text.Merge.looking_about)

        def look(ticket: Ticket) -> tuple[tuple[Incoming, ...], Preview]:
            # a folder on a slow drive may hold a hundred thousand files: it is listed here, too
            seen = merging.preview(self._ws, merging.bundles_in(chosen), _checking(ticket))
            return seen, _preview_of(seen)

        self._run(
            Job(
                work=look,
                on_done=lambda found: self._previewed(*found),
                on_error=self._failed,
                on_progress=self._progressed,
                on_cancelled=self._gave_up,
            )
        )
        return True

    def on_merge(self) -> None:
        """Take in what the preview showed."""
        seen = self._seen
        wanted = tuple(each for each in seen if _is_wanted(each))
        if self._ticket is not None or not wanted:
            return
        self._view.show_working(text.Merge.merging, text.Merge.about)

        def take(ticket: Ticket) -> tuple[TakenIn, Done, _Left]:
            taken = receipts.take_in(self._ws, wanted, ticket.report, is_stopped=lambda: ticket.is_cancelled)
            ticket.report(0, 0)
            left = self._left()
            return taken, _done_of(seen, taken, left.to_decide), left

        self._run(
            Job(
                work=take,
                on_done=lambda found: self._merged(*found),
                on_error=self._failed,
                on_progress=self._progressed,
                on_cancelled=lambda: self._previewed(seen, _preview_of(seen)),
            )
        )

    def on_cancel(self) -> None:
        """Stop before the next file."""
        if self._ticket is not None:
            self._ticket.cancel()

    def on_changed(self, changes: Changes) -> None:
        """Something was decided meanwhile: count again what is left."""
        if changes.spaces:
            self._count_again()

    # --- inside ------------------------------------------------------------------------------

    def _run(self, job: Job[T]) -> None:
        ticket = self._runner.run(job)
        self._ticket = None if self._is_over else ticket
        self._is_over = False

    _is_over = False  # a runner that works at once is done before it returns its ticket

    def _ended(self) -> None:
        self._is_over = self._ticket is None
        self._ticket = None

    def _progressed(self, progress: Progress) -> None:
        if progress.total:
            self._view.show_progress(progress.done, progress.total)
        else:
            self._view.show_counting()

    def _previewed(self, seen: tuple[Incoming, ...], preview: Preview) -> None:
        self._ended()
        if not seen:
            self._view.show_start(text.Merge.folder_empty)
            return
        self._seen, self._is_done = seen, False
        self._view.show_preview(preview)

    def _gave_up(self) -> None:
        self._ended()
        self.start()

    def _failed(self, error: Exception) -> None:
        self._ended()
        self.start()
        raise error

    def _merged(self, taken: TakenIn, done: Done, left: _Left) -> None:
        self._ended()
        self._seen, self._is_done = (), True
        self._view.show_aside(left.aside)
        self._view.show_done(done)
        self._tell(taken.changes)

    def _count_again(self) -> None:
        """Count what waits; the numbers that were counted last stay until then."""
        self._looking.again(self._left, self._counted)

    def _counted(self, left: _Left) -> None:
        self._view.show_aside(left.aside)
        if self._is_done:
            self._view.show_to_decide(left.to_decide)

    def _left(self) -> _Left:
        return _Left(to_decide=sum(waiting_counts(self._ws).values()), aside=quarantine.waiting(self._ws))


def _checking(ticket: Ticket) -> Callable[[int, int], None]:
    """Report how far it is, and stop there if the person asked for it."""

    def progress(done: int, total: int) -> None:
        ticket.report(done, total)
        ticket.check()

    return progress


def _brings(each: Incoming) -> bool:
    """Tell whether there is a reason to take a file in: something new, or proof of a second history."""
    return each.refused is None and bool(each.new or each.forked)


def _is_wanted(each: Incoming) -> bool:
    """Tell whether there is anything to do with a file: take it in, or keep it aside."""
    return _brings(each) or may_keep(each.refused)


def _preview_of(seen: Sequence[Incoming]) -> Preview:
    return Preview(
        lines=tuple(_line(each, _outcome_before(each)) for each in seen),
        alarms=_alarms(seen),
        refusals=_refusals(seen),
        notes=_notes(seen),
        senders=len({each.sender for each in seen if each.refused is None}),
        to_take=sum(_brings(each) for each in seen),
        to_keep=sum(may_keep(each.refused) for each in seen),
    )


def _done_of(seen: Sequence[Incoming], taken: TakenIn, to_decide: int) -> Done:
    tried = {each.path: each for each in taken.files}
    wanted = {each.path for each in seen if _is_wanted(each)}
    results = [tried.get(each.path, each) for each in seen]
    return Done(
        lines=tuple(
            _line(each, _outcome_after(each, was_tried=each.path in tried, was_wanted=each.path in wanted))
            for each in results
        ),
        alarms=_alarms(results),
        refusals=_refusals(results),
        notes=_notes(results),
        receipts=taken.receipts,
        taken=sum(each.refused is None for each in taken.files),
        to_decide=to_decide,
        stopped=len(taken.files) < len(wanted),
    )


def _outcome_before(each: Incoming) -> Outcome:
    if each.refused is not None:
        return Outcome.REFUSED
    if each.forked:
        return Outcome.ALARM
    if _brings(each):
        return Outcome.WILL_COME
    if each.merged_before:
        return Outcome.BEFORE
    return Outcome.OLDER if each.is_older else Outcome.NOTHING_NEW


def _outcome_after(each: Incoming, *, was_tried: bool, was_wanted: bool) -> Outcome:
    if each.refused is not None or each.forked:
        return _outcome_before(each)
    if was_tried:
        return Outcome.TAKEN
    return Outcome.LEFT if was_wanted else _outcome_before(each)


def _line(each: Incoming, outcome: Outcome) -> FileLine:
    unknown = text.Merge.unknown
    return FileLine(
        key=str(each.path),
        file=each.path.name,
        sender=each.sender or unknown,
        type=text.Merge.types.get(each.type, each.type) or unknown,
        new=each.new,
        known=each.known,
        evidence=each.evidence,
        conflicts=sum(register.startswith("answer/") for _space, register in each.clashes),
        outcome=outcome,
    )


def _alarms(seen: Sequence[Incoming]) -> tuple[Warned, ...]:
    forked = [
        Warned(
            words=text.Merge.forked(_named(each), each.forked),
            remedy=text.Merge.changed_over_remedy if each.changed_over else text.Merge.forked_remedy,
        )
        for each in seen
        if each.forked
    ]
    outside = [
        Warned(words=text.Merge.quarantined(_named(each), each.quarantined), remedy=text.Merge.quarantine_remedy)
        for each in seen
        if each.quarantined
    ]
    return (*forked, *outside)


def _notes(seen: Sequence[Incoming]) -> tuple[Warned, ...]:
    """Return what is no alarm, and still worth knowing."""
    missing = [
        Warned(words=text.Merge.missing(_named(each), each.missing), remedy=text.Merge.missing_remedy)
        for each in seen
        if each.missing
    ]
    finals = [
        Warned(words=text.Merge.two_finals(_named(each)), remedy=text.Merge.finals_remedy)
        for each in seen
        if any(register == "revision" for _space, register in each.clashes)
    ]
    gaps = [
        Warned(words=text.Merge.gap(_named(each)), remedy=text.Merge.gap_remedy)
        for each in seen
        if each.earlier_missing and not each.missing and _brings(each)
    ]
    replaced = [
        Warned(words=text.Merge.superseded(_named(each), each.superseded), remedy=text.Merge.superseded_remedy)
        for each in seen
        if each.superseded
    ]
    return (*finals, *missing, *gaps, *replaced)


def _refusals(seen: Sequence[Incoming]) -> tuple[Warned, ...]:
    return tuple(
        Warned(
            words=text.Merge.refusal(each.path.name, each.refused.message),
            remedy=text.Merge.refused_remedy(each.refused.remedy, is_kept=may_keep(each.refused)),
            code=each.refused.code,
        )
        for each in seen
        if each.refused is not None
    )


def _named(each: Incoming) -> str:
    return f"{each.sender}, {each.path.name}" if each.sender else each.path.name
