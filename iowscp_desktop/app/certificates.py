"""The certificate of an erasure as a PDF, and the backups from before it that still hold what was erased."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from iowscp_desktop.app import backups
from iowscp_desktop.app.audit_log import AuditDeed, record
from iowscp_desktop.app.erasure import Erased
from iowscp_desktop.app.tombstones import rewrite_is_due
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.clock import LOCAL_ZONE, from_stored
from iowscp_desktop.domain.erasure import Span
from iowscp_desktop.domain.events import PartnershipNamed, ResponseAssigned
from iowscp_desktop.domain.grants import Role
from iowscp_desktop.reports import erasure_certificate as paper
from iowscp_desktop.reports.render import save_pdf
from iowscp_desktop.store.backup import Backup
from iowscp_desktop.store.restoring import remove_replaced, replaced


@dataclass(frozen=True, slots=True, kw_only=True)
class OlderCopies:
    """What can be reached and still holds what was erased."""

    backups: tuple[Backup, ...] = ()
    replaced: tuple[Path, ...] = ()
    """Workspaces that were put aside when a backup took their place."""

    @property
    def count(self) -> int:
        """How many."""
        return len(self.backups) + len(self.replaced)


def older_copies(ws: Workspace, erased: Erased) -> OlderCopies:
    """Return the backups from before an erasure, and what was put aside when one was restored."""
    path = ws.store.database.path
    if path is None:
        return OlderCopies()
    shelves = backups.shelves(ws)
    return OlderCopies(
        backups=tuple(each for each in (*shelves.here, *shelves.elsewhere) if each.manifest.made <= erased.at),
        replaced=replaced(path),
    )


def erase_copies(ws: Workspace, erased: Erased) -> int:
    """Delete the older copies that still hold what was erased, and make a new backup in their place.

    The new one comes first: at no moment is there none.

    Raises:
        CannotWrite: The disk does not take the new one, or does not let an old one go.
    """
    older = older_copies(ws, erased)
    if older.count:
        backups.back_up(ws)
    for backup in older.backups:
        backups.forget_backup(ws, backup)
    for folder in older.replaced:
        remove_replaced(folder)
        record(ws, AuditDeed.ERASED, replaced=folder.name)
    return older.count


def write_certificate(ws: Workspace, erased: Erased, path: Path) -> Path:
    """Prove the workspace and write the certificate of an erasure.

    Raises:
        ReportError: It cannot be written there.
    """
    save_pdf(paper.erasure_certificate(certificate(ws, erased)), path, at=ws.world.clock())
    record(ws, AuditDeed.EXPORTED, report="erasure-certificate", erasure=erased.id)
    return path


def certificate(ws: Workspace, erased: Erased) -> paper.ErasureCertificate:
    """Return what the certificate of an erasure says; the workspace is proved for it."""
    verified, older = ws.verify(), older_copies(ws, erased)
    return paper.ErasureCertificate(
        number=erased.id[:12],
        holder=_holder(ws),
        what=erased.what or erased.space,
        at=from_stored(erased.at).astimezone(LOCAL_ZONE),
        who=erased.who,
        why=erased.why,
        reason=erased.reason,
        kinds=tuple(sorted(erased.kinds.items())),
        files=erased.files,
        file_bytes=erased.file_bytes,
        places=tuple(_place(span) for span in erased.spans),
        copies=(*map(_copy, older.backups), *map(_put_aside, older.replaced)),
        proof=paper.Proof(
            entries=verified.entries,
            erased=verified.erased,
            wrongs=verified.wrongs,
            is_rewritten=not rewrite_is_due(ws),
        ),
    )


def _holder(ws: Workspace) -> str:
    if ws.about.role is Role.TEAM:
        named = ws.standing(PartnershipNamed, space=ws.space)
        return named[-1].event.name if named else ""
    assigned = ws.standing(ResponseAssigned)
    if ws.about.role is Role.ORGANISATION and assigned:
        return assigned[0].event.organisation_name
    return ws.person.name


def _place(span: Span) -> paper.Place:
    return paper.Place(stream=span.stream, first=span.first, last=span.last)


def _copy(backup: Backup) -> paper.Copy:
    made = from_stored(backup.manifest.made).astimezone(LOCAL_ZONE)
    return paper.Copy(name=backup.folder.name, made=made, is_there=True)


def _put_aside(folder: Path) -> paper.Copy:
    made = datetime.fromtimestamp(folder.stat().st_mtime, LOCAL_ZONE)
    return paper.Copy(name=f"{folder.parent.name}/{folder.name}", made=made, is_there=True)
