"""The certificate of an erasure as a PDF, and the backups from before it that still hold what was erased."""

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


def older_backups(ws: Workspace, erased: Erased) -> tuple[Backup, ...]:
    """Return the backups that can be reached and still hold what was erased; newest first."""
    if ws.store.database.path is None:
        return ()
    shelves = backups.shelves(ws)
    return tuple(each for each in (*shelves.here, *shelves.elsewhere) if each.manifest.made <= erased.at)


def erase_backups(ws: Workspace, erased: Erased) -> int:
    """Delete the backups that still hold what was erased, and make a new one in their place.

    The new one comes first: at no moment is there none.

    Raises:
        CannotWrite: The disk does not take the new one, or does not let an old one go.
    """
    older = older_backups(ws, erased)
    if older:
        backups.back_up(ws)
    for each in older:
        backups.forget_backup(ws, each)
    return len(older)


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
    verified = ws.verify()
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
        copies=tuple(_copy(each) for each in older_backups(ws, erased)),
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
