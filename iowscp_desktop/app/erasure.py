"""Erasing for good: what it would destroy, the deed, and what is kept to prove it and to keep it so.

The chain still verifies afterwards: an erased entry keeps its header. What is erased stays erased: its numbers are in
the journal, in a table that every merge asks, and in a small signed file beside the workspace, which an older copy of
the workspace does not overwrite.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum

import sqlalchemy as sa

from iowscp_desktop.app import audit_log
from iowscp_desktop.app.audit_log import AuditDeed
from iowscp_desktop.app.tombstones import home_of, keep_outside, let_sheets_go, rewrite_if_due
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.bundles import Certificate
from iowscp_desktop.domain.erasure import NEVER_ERASED, ErasureId, Span, Why, is_binding, spans_of
from iowscp_desktop.domain.events import EntriesErased, EvidenceAttached, ResponseAssigned, ScoringAsked
from iowscp_desktop.domain.ids import EntryId, Sha256, SpaceId, StreamId
from iowscp_desktop.domain.journal import Entry, decode_event
from iowscp_desktop.errors import CannotWrite, NothingToErase, ReasonNeeded
from iowscp_desktop.store import Buried, Held, bury


class Part(StrEnum):
    """Which of the entries of a space."""

    WHOLE = "whole"
    FILES = "files"
    """What was attached: the files and their names."""
    EARLIER = "earlier"
    """Wordings that others have replaced."""
    CHOSEN = "chosen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an erasure would destroy. It is shown before anything happens."""

    space: SpaceId
    what: str = field(repr=False)
    """What people call the space: the audit, the round and the school or agency."""
    part: Part
    ids: tuple[EntryId, ...]
    kinds: Mapping[str, int]
    """How many entries of each kind."""
    files: int
    file_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """One erasure, as the certificate tells of it. No content: ids, counts, who, when and why."""

    id: ErasureId
    at: str
    space: SpaceId
    what: str = field(repr=False)
    spans: tuple[Span, ...]
    kinds: Mapping[str, int]
    entries: int
    files: int
    file_bytes: int
    why: Why
    reason: str = field(repr=False)
    who: str = field(repr=False)


def plan(ws: Workspace, space: SpaceId, part: Part = Part.WHOLE, ids: Iterable[EntryId] = ()) -> Plan:
    """Return what erasing a space, or a part of it, would destroy here.

    Args:
        ids: The entries, where `part` is `CHOSEN`.
    """
    chosen = set(ids)
    with ws.store.database.reading() as connection:
        rows = connection.exec_driver_sql(_CONTENTS, (space, NEVER_ERASED)).all()
        found: list[EntryId] = []
        kinds: Counter[str] = Counter()
        named: set[Sha256] = set()
        for stream, seq, kind, is_replaced, payload in rows:
            id_ = EntryId(StreamId(stream), seq)
            if not _is_meant(part, kind, is_chosen=id_ in chosen, is_replaced=bool(is_replaced)):
                continue
            found.append(id_)
            kinds[kind] += 1
            event = decode_event(bytes(payload)) if kind == "evidence-attached" else None
            if isinstance(event, EvidenceAttached):
                named.add(event.sha256)
        sizes = [
            int(size)
            for digest in named
            if (size := connection.exec_driver_sql("SELECT size FROM blob WHERE sha256=?", (digest,)).scalar())
            is not None
        ]
    return Plan(
        space=space,
        what=name_of(ws, space),
        part=part,
        ids=tuple(found),
        kinds=kinds,
        files=len(sizes),
        file_bytes=sum(sizes),
    )


def name_of(ws: Workspace, space: SpaceId) -> str:
    """Return what people call a space, as far as it still says so; '' for one that does not."""
    assigned = ws.standing(ResponseAssigned, space=space)
    if assigned:
        event = assigned[0].event
        return ", ".join((event.title, event.round_title, event.organisation_name))
    asked = ws.standing(ScoringAsked, space=space)
    return ", ".join((asked[0].event.round_title, asked[0].event.name)) if asked else ""


def erase(ws: Workspace, planned: Plan, why: Why, reason: str) -> tuple[Erased, Changes]:
    """Destroy the content that a plan names, for good, and write down that it was done.

    Raises:
        NothingToErase: It is gone already.
        ReasonNeeded: Others must be able to see why.
    """
    if not planned.ids:
        raise NothingToErase
    if not reason.strip():
        raise ReasonNeeded
    ws.leave_field()
    id_ = ErasureId(ws.world.new_id())
    spans = spans_of(planned.ids)
    buried = Buried()

    def deed(connection: sa.Connection) -> tuple[EntriesErased]:
        nonlocal buried
        buried = bury(connection, planned.space, spans)
        if not buried.entries:
            raise NothingToErase
        audit_log.record_in(connection, ws, AuditDeed.ERASED, erasure=id_, entries=buried.entries, files=buried.files)
        ws.store.local.keep_in(connection, rewrite_due=b"1")
        event = EntriesErased(
            erasure_id=id_,
            space=planned.space,
            what=planned.what,
            spans=spans,
            entries=buried.entries,
            files=buried.files,
            file_bytes=buried.file_bytes,
            why=why,
            reason=reason.strip(),
            who=ws.person.name,
        )
        return (event,)

    changes = ws.append_from(home_of(ws, planned.space), deed) | Changes(registers=buried.registers)
    with suppress(CannotWrite):  # it is erased: what a full disk does not take now is done at the next opening
        keep_outside(ws)
        let_sheets_go(ws)
    rewrite_if_due(ws)
    return next(each for each in erasures(ws) if each.id == id_), changes


def erasures(ws: Workspace) -> tuple[Erased, ...]:
    """Return what was erased here or by others of this team or school, the newest first."""
    held = [each for each in ws.standing(EntriesErased) if each.space == home_of(ws, each.event.space)]
    return tuple(_erased(ws, each) for each in sorted(held, key=lambda each: (each.at, each.id), reverse=True))


def requests(ws: Workspace) -> tuple[Erased, ...]:
    """Return what others erased on their side and this workspace still holds. Nothing of it is erased unasked."""
    asked = [each for each in ws.standing(EntriesErased) if each.space != home_of(ws, each.event.space)]
    own = [each for each in asked if each.event.space == each.space]
    still = [each for each in own if _left(ws, each.event)]
    return tuple(_erased(ws, each) for each in sorted(still, key=lambda each: (each.at, each.id)))


def plan_for(ws: Workspace, request: Erased) -> Plan:
    """Return what doing as somebody asks would destroy here."""
    wanted = {
        EntryId(span.stream, seq)
        for span, last in ((span, _last_of(ws, span.stream)) for span in request.spans)
        for seq in range(span.first, min(span.last, last) + 1)
    }
    return plan(ws, request.space, Part.CHOSEN, wanted)


def honour(
    connection: sa.Connection, ws: Workspace, space: SpaceId, entries: Iterable[Entry], author: Certificate
) -> Changes:
    """Erase here too what entries that have just come say was erased, where that binds this workspace.

    Called in the transaction that takes them in, before any file that they name.
    """
    binds = is_binding(author=(author.role, author.holder), here=(ws.about.role, ws.about.holder))
    buried = Buried()
    for entry in entries:
        event = entry.event if entry.header.kind == NEVER_ERASED and binds else None
        if isinstance(event, EntriesErased) and space in {event.space, home_of(ws, event.space)}:
            buried |= bury(connection, event.space, event.spans)
    if buried.entries:
        ws.store.local.keep_in(connection, rewrite_due=b"1")
        audit_log.record_in(connection, ws, AuditDeed.ERASED, entries=buried.entries, files=buried.files)
    return Changes(registers=buried.registers)


_CONTENTS = """
SELECT t.id, e.seq, e.kind, EXISTS (
    SELECT 1 FROM replaced r WHERE r.stream=e.stream AND r.seq=e.seq AND r.space=e.space AND r.register=e.register
), e.payload
FROM entry e JOIN stream t ON t.no=e.stream JOIN space s ON s.no=e.space
WHERE s.id=?1 AND e.kind<>?2 AND e.payload IS NOT NULL
UNION ALL
SELECT t.id, f.seq, CAST(f.header AS TEXT) ->> 'kind' AS kind, 0, f.payload
FROM fork f JOIN stream t ON t.no=f.stream JOIN space s ON s.no=t.space
WHERE s.id=?1 AND kind<>?2 AND f.payload IS NOT NULL ORDER BY 1, 2
"""


def _is_meant(part: Part, kind: str, *, is_chosen: bool, is_replaced: bool) -> bool:
    match part:
        case Part.WHOLE:
            return True
        case Part.FILES:
            return kind == "evidence-attached"
        case Part.EARLIER:
            return is_replaced and kind in {"answer-recorded", "score-given", "evidence-attached"}
        case Part.CHOSEN:
            return is_chosen


def _erased(ws: Workspace, held: Held[EntriesErased]) -> Erased:
    event = held.event
    return Erased(
        id=event.erasure_id,
        at=held.at,
        space=event.space,
        what=event.what,
        spans=event.spans,
        kinds=_kinds(ws, event),
        entries=event.entries,
        files=event.files,
        file_bytes=event.file_bytes,
        why=Why(event.why) if event.why in set(Why) else Why.OTHER,
        reason=event.reason,
        who=event.who,
    )


_IN_SPAN = " FROM entry e JOIN stream t ON t.no=e.stream WHERE t.id=? AND e.seq BETWEEN ? AND ?"


def _kinds(ws: Workspace, event: EntriesErased) -> Mapping[str, int]:
    """Count by kind what lies in the spans; the headers still say it."""
    kinds: Counter[str] = Counter()
    with ws.store.database.reading() as connection:
        for span in event.spans:
            query = f"SELECT e.kind, count(*){_IN_SPAN} GROUP BY e.kind"
            for kind, count in connection.exec_driver_sql(query, tuple(span)):
                kinds[kind] += count
    kinds.pop(NEVER_ERASED, None)
    return kinds


def _left(ws: Workspace, event: EntriesErased) -> bool:
    with ws.store.database.reading() as connection:
        query = f"SELECT 1{_IN_SPAN} AND e.payload IS NOT NULL AND e.kind<>'{NEVER_ERASED}' LIMIT 1"
        return any(connection.exec_driver_sql(query, tuple(span)).first() for span in event.spans)


def _last_of(ws: Workspace, stream: StreamId) -> int:
    with ws.store.database.reading() as connection:
        return int(connection.exec_driver_sql("SELECT last FROM stream WHERE id=?", (stream,)).scalar() or 0)
