"""What is due to be erased, and why; and the decision to keep it longer. Nothing here erases anything."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import msgspec
from typing_extensions import override

from iowscp_desktop.app.erasure import Part, Plan, plan
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.clock import LOCAL_ZONE, from_stored
from iowscp_desktop.domain.events import ResponseAssigned, RoundOpened, ScoreGiven
from iowscp_desktop.domain.ids import EntryId, SpaceId, StreamId, panel_of
from iowscp_desktop.domain.retention import DEFAULTS, RecordKind, Schedule
from iowscp_desktop.errors import ReasonNeeded

_SCHEDULE: Final = "retention"
_KEPT: Final = "kept_longer"

PARTS: Final = {
    RecordKind.RESPONSE: Part.WHOLE,
    RecordKind.EVIDENCE: Part.FILES,
    RecordKind.EARLIER: Part.EARLIER,
    RecordKind.SCORES: Part.WHOLE,
    RecordKind.SET_ASIDE: Part.CHOSEN,
}


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A decision to keep something longer than the schedule says."""

    until: date
    reason: str
    who: str
    at: str

    @override
    def __repr__(self) -> str:
        return f"Kept({self.until})"


@dataclass(frozen=True, slots=True, kw_only=True)
class DueLine:
    """One record whose time is over."""

    key: str
    kind: RecordKind
    space: SpaceId
    what: str = field(repr=False)
    since: date
    """The day from which its time is counted."""
    months: int
    due: date
    plan: Plan
    kept: Kept | None
    """The last decision to keep it longer, where that time is over too."""


def schedule(ws: Workspace) -> Schedule:
    """Return how long each kind is kept here."""
    value = ws.store.local.value(_SCHEDULE)
    chosen = {} if value is None else msgspec.json.decode(value, type=dict[str, int])
    return Schedule(months={kind: chosen.get(kind, months) for kind, months in DEFAULTS.items()})


def set_period(ws: Workspace, kind: RecordKind, months: int) -> Schedule:
    """Keep a kind of record for so many months from now on; 0 keeps it until somebody decides."""
    if months < 0:
        raise ValueError("a period is not negative")
    changed = {**schedule(ws).months, kind: months}
    ws.store.local.keep(**{_SCHEDULE: msgspec.json.encode({str(each): count for each, count in changed.items()})})
    return schedule(ws)


def due(ws: Workspace, today: date | None = None) -> tuple[DueLine, ...]:
    """Return what is past its time and not kept longer, the longest overdue first."""
    day = today or ws.world.clock().astimezone(LOCAL_ZONE).date()
    periods, decisions = schedule(ws), kept_longer(ws)
    found: list[DueLine] = []
    whole: set[SpaceId] = set()
    for kind, space, since, ids in _records(ws):
        until = periods.until(kind, since)
        key = f"{kind}/{space}"
        kept = decisions.get(key)
        if until is None or until > day or (kept is not None and kept.until > day) or space in whole:
            continue
        planned = plan(ws, space, PARTS[kind], ids)
        if not planned.ids:
            continue
        if PARTS[kind] is Part.WHOLE:
            whole.add(space)  # what is part of it goes with it
        found.append(
            DueLine(
                key=key,
                kind=kind,
                space=space,
                what=planned.what,
                since=since,
                months=periods.months[kind],
                due=until,
                plan=planned,
                kept=kept,
            )
        )
    return tuple(sorted(found, key=lambda line: (line.due, line.what, line.kind)))


def keep_longer(ws: Workspace, key: str, until: date, reason: str) -> None:
    """Keep something past its time, because somebody needs it: an open review, a complaint, a court.

    Raises:
        ReasonNeeded: Others must be able to see why.
    """
    if not reason.strip():
        raise ReasonNeeded
    decided = Kept(until=until, reason=reason.strip(), who=ws.person.id, at=ws.now())
    ws.store.local.keep(**{_KEPT: msgspec.json.encode(kept_longer(ws) | {key: decided})})


def kept_longer(ws: Workspace) -> dict[str, Kept]:
    """Return what is kept longer, by the key of its line."""
    value = ws.store.local.value(_KEPT)
    return {} if value is None else msgspec.json.decode(value, type=dict[str, Kept])


_Record = tuple[RecordKind, SpaceId, date, tuple[EntryId, ...]]


def _records(ws: Workspace) -> Iterator[_Record]:
    """Yield every record with the day from which its time is counted, the whole before its parts."""
    for held in ws.standing(ResponseAssigned):
        since = date.fromisoformat(held.event.due)
        for kind in (RecordKind.RESPONSE, RecordKind.EVIDENCE, RecordKind.EARLIER):
            yield kind, held.space, since, ()
    rounds = {held.event.round_id: held.event for held in ws.standing(RoundOpened, space=ws.space)}
    dues = {held.event.round_id: held.event.due for held in ws.standing(ResponseAssigned)}
    for space in sorted({held.space for held in ws.standing(ScoreGiven)}):
        of = panel_of(space)
        due_day = None if of is None else rounds[of[0]].due if of[0] in rounds else dues.get(of[0])
        if due_day is not None:
            yield RecordKind.SCORES, space, date.fromisoformat(due_day), ()
    yield from _set_aside(ws)


def _set_aside(ws: Workspace) -> Iterator[_Record]:
    came: dict[SpaceId, dict[date, list[EntryId]]] = {}
    with ws.store.database.reading() as connection:
        rows = connection.exec_driver_sql(_QUARANTINED).all()
    for space, stream, seq, at in rows:
        day = from_stored(at).astimezone(LOCAL_ZONE).date()
        came.setdefault(SpaceId(space), {}).setdefault(day, []).append(EntryId(StreamId(stream), seq))
    for space, days in came.items():
        newest = max(days)
        yield RecordKind.SET_ASIDE, space, newest, tuple(id_ for ids in days.values() for id_ in ids)


_QUARANTINED = """
SELECT s.id, t.id, e.seq, coalesce(b.at, e.at) FROM quarantine q JOIN entry e ON e.stream=q.stream AND e.seq=q.seq
JOIN stream t ON t.no=e.stream JOIN space s ON s.no=e.space LEFT JOIN bundle b ON b.digest=q.bundle
WHERE e.payload IS NOT NULL
"""

__all__ = [
    "DueLine",
    "Kept",
    "due",
    "keep_longer",
    "kept_longer",
    "schedule",
    "set_period",
]
