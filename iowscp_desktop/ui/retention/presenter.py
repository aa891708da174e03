"""What is due, reviewing it, erasing it or keeping it, and the certificates. Plain Python."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol

from iowscp_desktop.app import certificates, erasure, retention
from iowscp_desktop.app.erasure import Erased, Plan
from iowscp_desktop.app.retention import DueLine
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.clock import LOCAL_ZONE, from_stored
from iowscp_desktop.domain.erasure import Why
from iowscp_desktop.domain.retention import RecordKind, months_after
from iowscp_desktop.text.retention import Retention as Words
from iowscp_desktop.ui.jobs import Job, Runner


@dataclass(frozen=True, slots=True, kw_only=True)
class LineState:
    """One line of a list: what it is, why it is there, how much."""

    key: str
    title: str
    about: str = field(repr=False)
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasedState:
    """One erasure, and what may still be done about it."""

    key: str
    title: str
    about: str = field(repr=False)
    backups: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsState:
    """All lists."""

    due: tuple[LineState, ...]
    asked: tuple[LineState, ...]
    erased: tuple[ErasedState, ...]
    periods: tuple[tuple[RecordKind, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewState:
    """What is to be looked at before it is erased."""

    key: str
    facts: tuple[tuple[str, str], ...] = field(repr=False)
    why: Why
    can_keep: bool


class RetentionView(Protocol):
    """What the presenter asks of the page."""

    def show_looking(self) -> None:
        """Say that the lists are being made."""
        ...

    def show_records(self, state: RecordsState) -> None:
        """Show the lists."""
        ...

    def show_review(self, state: ReviewState) -> None:
        """Show one thing before it is erased."""
        ...

    def show_erasing(self) -> None:
        """Say that it is being erased."""
        ...

    def show_failed(self) -> None:
        """Let the person try again."""
        ...

    def show_reason_missing(self) -> None:
        """Say that a reason is needed, and go there."""
        ...

    def show_done(self, words: str) -> None:
        """Say what was done, with the lists in front again."""
        ...

    def show_saved(self, path: Path) -> None:
        """Say where a certificate lies."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    due: tuple[DueLine, ...]
    asked: tuple[tuple[Erased, Plan], ...]
    erased: tuple[tuple[Erased, int], ...]


class RetentionPresenter:
    """Erases nothing that was not reviewed."""

    def __init__(self, ws: Workspace, view: RetentionView, *, runner: Runner, tell: Callable[[Changes], None]) -> None:
        self._ws, self._view, self._runner, self._tell = ws, view, runner, tell
        self._found = _Found(due=(), asked=(), erased=())

    def start(self) -> None:
        """Make the lists."""
        self._view.show_looking()
        self._look()

    def on_changed(self, changes: Changes) -> None:
        """Make the lists anew when something was erased, here or by a merge."""
        if any(register.startswith("erasure/") for _space, register in changes.registers):
            self._look()

    def on_period(self, kind: RecordKind, months: int) -> None:
        """Keep a kind of record so long from now on."""
        retention.set_period(self._ws, kind, months)
        self._look()

    def on_review(self, key: str) -> None:
        """Show what a line holds."""
        line = next((line for line in self._found.due if line.key == key), None)
        if line is not None:
            self._view.show_review(_review_of_line(line))
            return
        asked, plan = next(pair for pair in self._found.asked if pair[0].id == key)
        self._view.show_review(_review_of_request(asked, plan))

    def on_erase(self, key: str, why: Why, reason: str) -> None:
        """Erase what was reviewed.

        Raises:
            NothingToErase: It is gone already.
        """
        if not reason.strip():
            self._view.show_reason_missing()
            return
        plan = self._plan(key)
        self._view.show_erasing()
        self._runner.run(
            Job(
                work=lambda _ticket: erasure.erase(self._ws, plan, why, reason),
                on_done=self._was_erased,
                on_error=self._failed,
            )
        )

    def on_keep(self, key: str, months: int, reason: str) -> None:
        """Keep what was reviewed so much longer."""
        if not reason.strip():
            self._view.show_reason_missing()
            return
        today = self._ws.world.clock().astimezone(LOCAL_ZONE).date()
        retention.keep_longer(self._ws, key, months_after(today, months), reason)
        self._view.show_done(Words.kept)
        self._look()

    def on_certificate(self, key: str, path: Path) -> None:
        """Write the certificate of an erasure."""
        erased = self._erased(key)
        self._runner.run(
            Job(
                work=lambda _ticket: certificates.write_certificate(self._ws, erased, path),
                on_done=self._view.show_saved,
            )
        )

    def on_drop_backups(self, key: str) -> None:
        """Delete the backups that still hold what was erased."""
        erased = self._erased(key)
        self._runner.run(Job(work=lambda _ticket: certificates.erase_copies(self._ws, erased), on_done=self._dropped))

    def file_name(self, key: str) -> str:
        """What a certificate's file is called."""
        return Words.certificate_file(self._erased(key).id[:12])

    # --- inside ------------------------------------------------------------------------------

    def _was_erased(self, done: tuple[Erased, Changes]) -> None:
        self._view.show_done(Words.erased)
        self._tell(done[1])
        self._look()

    def _failed(self, error: Exception) -> None:
        self._view.show_failed()
        self._look()
        raise error

    def _dropped(self, _count: int) -> None:
        self._view.show_done(Words.dropped_backups)
        self._look()

    def _plan(self, key: str) -> Plan:
        line = next((line for line in self._found.due if line.key == key), None)
        return line.plan if line is not None else next(plan for asked, plan in self._found.asked if asked.id == key)

    def _erased(self, key: str) -> Erased:
        return next(erased for erased, _backups in self._found.erased if erased.id == key)

    def _look(self) -> None:
        self._runner.run(Job(work=lambda _ticket: _find(self._ws), on_done=self._show))

    def _show(self, found: _Found) -> None:
        self._found = found
        periods = retention.schedule(self._ws)
        self._view.show_records(
            RecordsState(
                due=tuple(_line(line) for line in found.due),
                asked=tuple(_asked(asked, plan) for asked, plan in found.asked),
                erased=tuple(_erased_state(erased, count) for erased, count in found.erased),
                periods=tuple((kind, periods.months[kind]) for kind in RecordKind),
            )
        )


def _find(ws: Workspace) -> _Found:
    return _Found(
        due=retention.due(ws),
        asked=tuple((asked, erasure.plan_for(ws, asked)) for asked in erasure.requests(ws)),
        erased=tuple((each, certificates.older_copies(ws, each).count) for each in erasure.erasures(ws)),
    )


def _line(line: DueLine) -> LineState:
    return LineState(
        key=line.key,
        title=Words.line(line.kind, line.what),
        about=Words.due(line.months, line.since, line.due),
        note=Words.counts(len(line.plan.ids), line.plan.files, line.plan.file_bytes),
    )


def _asked(asked: Erased, plan: Plan) -> LineState:
    return LineState(
        key=asked.id,
        title=asked.what or plan.what,
        about=Words.asked(asked.who, _day(asked.at), asked.reason),
        note=Words.counts(len(plan.ids), plan.files, plan.file_bytes),
    )


def _erased_state(erased: Erased, backups: int) -> ErasedState:
    return ErasedState(
        key=erased.id,
        title=erased.what or erased.space,
        about=Words.erased_line(erased.who, _day(erased.at), erased.entries, erased.files),
        backups=backups,
    )


def _review_of_line(line: DueLine) -> ReviewState:
    kept = () if line.kept is None else ((Words.kept_before, Words.kept_until(line.kept.until, line.kept.reason)),)
    return ReviewState(
        key=line.key,
        facts=(
            (Words.what, Words.line(line.kind, line.what)),
            (Words.why_due, Words.due(line.months, line.since, line.due)),
            *kept,
            *_holds(line.plan),
        ),
        why=Why.DUE,
        can_keep=True,
    )


def _review_of_request(asked: Erased, plan: Plan) -> ReviewState:
    return ReviewState(
        key=asked.id,
        facts=(
            (Words.what, asked.what or plan.what),
            (Words.why_due, Words.asked(asked.who, _day(asked.at), asked.reason)),
            *_holds(plan),
        ),
        why=Why.ASKED,
        can_keep=False,
    )


def _holds(plan: Plan) -> tuple[tuple[str, str], ...]:
    kinds = "\n".join(Words.kind_line(name, count) for name, count in sorted(plan.kinds.items()))
    files = ((Words.files, Words.files_of(plan.files, plan.file_bytes)),) if plan.files else ()
    return ((Words.holds, kinds), *files)


def _day(at: str) -> date:
    return from_stored(at).astimezone(LOCAL_ZONE).date()
