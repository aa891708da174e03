"""What happened in this workspace: every module that does such a deed records it here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.audit_log import AuditDeed
from iowscp_desktop.domain.clock import LOCAL_ZONE, from_stored
from iowscp_desktop.domain.events import PartnershipNamed, ResponseAssigned, ScoringAsked
from iowscp_desktop.domain.ids import PersonId
from iowscp_desktop.reports.key_sheets import Happening, happenings
from iowscp_desktop.reports.render import save_pdf
from iowscp_desktop.store.audit_log import check_audit_log

__all__ = ["AuditDeed", "AuditRow", "holds", "name_of", "print_log", "record", "record_in", "rows", "written"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRow:
    """One thing that happened, for people."""

    no: int
    at: datetime | None
    """In local time; None when the line cannot be read."""
    deed: str
    ids: Mapping[str, str]
    who: str = field(repr=False)
    """The name of who was signed in; empty when nobody was, or nobody knows the name."""
    is_stranger: bool
    """Somebody was signed in whom this workspace no longer knows."""


def record(ws: Workspace, deed: AuditDeed, **ids: str | int) -> None:
    """Write down that something was done to the workspace.

    Args:
        ids: What it was done to or with, as ids, codes and counts: `record(ws, AuditDeed.EXPORTED, bundle=…, type=…)`.

    Raises:
        CannotWrite: The disk does not take it.
        ValueError: A value is no id: names and words of people do not belong here.
    """
    with ws.store.database.writing() as connection:
        record_in(connection, ws, deed, **ids)


def record_in(connection: sa.Connection, ws: Workspace, deed: AuditDeed, **ids: str | int) -> None:
    """Do as `record` inside the transaction that does the deed: both or neither."""
    ws.store.audit.append_in(
        connection,
        deed,
        at=ws.now(),
        who=ws.signed_in or "",
        ids={name: str(value) for name, value in ids.items()},
    )


def rows(ws: Workspace) -> tuple[AuditRow, ...]:
    """Return what happened, the newest first."""
    names = {person.id: person.name for person in ws.people()}
    return tuple(
        AuditRow(
            no=line.no,
            at=_moment(line.at),
            deed=line.deed,
            ids=line.ids,
            who=names.get(PersonId(line.who), ""),
            is_stranger=bool(line.who) and line.who not in names,
        )
        for line in reversed(ws.store.audit.lines())
    )


def holds(ws: Workspace) -> bool:
    """Tell whether no line was changed, taken out or put in."""
    wrongs: list[str] = []
    with ws.store.database.reading() as connection:
        check_audit_log(connection, wrongs)
    return not wrongs


def print_log(ws: Workspace, path: Path) -> Path:
    """Write what happened as a PDF.

    Raises:
        ReportError: It cannot be written there.
    """
    lines = [
        Happening(when=written(row), deed=row.deed, ids=row.ids, who=row.who, is_stranger=row.is_stranger)
        for row in rows(ws)
    ]
    save_pdf(happenings(lines, workspace=name_of(ws), holds=holds(ws)), path, at=ws.world.clock())
    return path


def name_of(ws: Workspace) -> str:
    """Return what a workspace is called on paper: the partnership, the organisation, or the panel member."""
    named = [held.event.name for held in ws.standing(PartnershipNamed)]
    named += [held.event.organisation_name for held in ws.standing(ResponseAssigned)]
    named = [held.event.name for held in ws.standing(ScoringAsked)] or named
    return named[0] if named else ws.person.name


def written(row: AuditRow) -> str:
    """Return when something happened, as the list writes it."""
    return "" if row.at is None else f"{row.at:%d.%m.%Y %H:%M:%S}"


def _moment(at: str) -> datetime | None:
    try:
        return from_stored(at).astimezone(LOCAL_ZONE)
    except ValueError:
        return None
