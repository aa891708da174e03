"""A response as a whole: what is asked of me, checking, signing, opening again, sending."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from iowscp_desktop.app import exchange
from iowscp_desktop.app.filling import EntryState, Filling, Status
from iowscp_desktop.app.last_look import entries_in, require_open
from iowscp_desktop.app.survey_sheets import asks_no_names
from iowscp_desktop.app.two_finals import counting
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.clock import LOCAL_ZONE
from iowscp_desktop.domain.events import (
    AnswerRecorded,
    PersonIntroduced,
    ReceiptIssued,
    ResponseAssigned,
    ResponseFinalised,
    ResponseReopened,
    SignedOff,
)
from iowscp_desktop.domain.grants import Role
from iowscp_desktop.domain.ids import ResponseId, Sha256, SpaceId, response_space
from iowscp_desktop.domain.revision import revision_of
from iowscp_desktop.domain.tool import Signer, Tool
from iowscp_desktop.errors import (
    AnswersArrived,
    AnswersChanged,
    NotComplete,
    NotYours,
    ReasonNeeded,
    ResponseLocked,
    SignatureOutOfTurn,
)
from iowscp_desktop.store import Held


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One place to sign, and who has."""

    signer: Signer
    name: str = field(default="", repr=False)
    at: str = ""
    own_device: bool = False
    is_next: bool = False

    @property
    def is_signed(self) -> bool:
        """Somebody has signed here."""
        return bool(self.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopening:
    """Who opened a finalised response again, and why."""

    who: str = field(repr=False)
    at: str
    reason: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """Which set of answers stands, and what has been signed."""

    number: int
    """0 before the first one is declared complete."""
    digest: Sha256
    """Of the answers as they stand now."""
    finalised: bool
    changed_since: bool
    """Answers differ from the revision that was signed: a merge brought others."""
    signatures: tuple[Signature, ...]
    reopened: Reopening | None = None
    """Why it is open, if it was signed before."""

    @property
    def is_signed(self) -> bool:
        """Everybody who signs has signed."""
        return self.finalised and all(signature.is_signed for signature in self.signatures)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a response is."""

    asked: int
    completed: int
    attention: int
    grades: Mapping[str, int]
    """How often each grade was given, by its value; scales are never mixed in a chart."""
    unanswered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskLine:
    """One response asked of the people who use this workspace."""

    response_id: ResponseId
    organisation: str = field(repr=False)
    title: str
    round_title: str
    partnership: str
    due: date
    days_left: int
    sent: str
    """When it was last exported; empty if never."""
    receipt: str
    """The partnership's receipt; empty until it came."""


def tasks(ws: Workspace) -> tuple[TaskLine, ...]:
    """Return the audits that are asked here, the next deadline first. Surveys have a place of their own."""
    today = ws.world.clock().astimezone(LOCAL_ZONE).date()
    asked = (held.event for held in ws.standing(ResponseAssigned))
    lines = [_task_line(ws, each, today) for each in asked if not asks_no_names(ws, each.package)]
    return tuple(sorted(lines, key=lambda line: (line.due, line.title, line.organisation)))


def asked(ws: Workspace) -> tuple[ResponseId, ...]:
    """Return everything that is asked here, surveys too."""
    return tuple(sorted(held.event.response_id for held in ws.standing(ResponseAssigned)))


def progress(filling: Filling) -> Progress:
    """Count a response: entries that apply, complete ones, grades."""
    entries = [entry for section in filling.sections() for entry in section.asked]
    return Progress(
        asked=len(entries),
        completed=sum(entry.status is Status.COMPLETED for entry in entries),
        attention=sum(entry.status is Status.NEEDS_ATTENTION for entry in entries),
        grades=Counter(entry.point for entry in entries if entry.point),
        unanswered=sum(entry.status is Status.NOT_STARTED for entry in entries),
    )


def left_off(ws: Workspace, filling: Filling) -> EntryState | None:
    """Return where to go on: what was answered last if it is not complete, else the next that is not complete.

    The search goes round to the beginning; None when everything that applies is complete.
    """
    entries = [entry for section in filling.sections() for entry in section.asked]
    held = ws.standing(AnswerRecorded, space=filling.space)
    at = 0
    if held:
        name = max(held, key=lambda each: (each.at, each.id)).event.question_id
        asked = filling.tool.entry_of(name)
        last = asked.id if asked is not None else str(name)
        at = next((place for place, entry in enumerate(entries) if entry.id == last), 0)
    waiting = (entry for entry in (*entries[at:], *entries[:at]) if entry.status is not Status.COMPLETED)
    return next(waiting, None)


def revision(ws: Workspace, response_id: ResponseId, tool: Tool) -> Revision:
    """Return which revision stands, and its signatures in the order in which they are due."""
    space = response_space(response_id)
    digest, _count = revision_of(ws.store.journal.heads(space))
    finalised = counting(ws, space)
    reopened = ws.standing(ResponseReopened, space=space)
    number = max([*(each.number for each in finalised), *(held.event.number for held in reopened)], default=0)
    digests = {each.digest for each in finalised}
    signed = {  # a signature counts for the very answers that were declared complete
        held.event.role: held
        for held in ws.standing(SignedOff, space=space, number=number)
        if held.event.digest in digests
    }
    signatures: list[Signature] = []
    for signer in tool.signers:
        held = signed.get(signer.role)
        if held is None:
            is_next = all(each.is_signed for each in signatures)
            signatures.append(Signature(signer=signer, is_next=is_next))
        else:
            event = held.event
            signatures.append(Signature(signer=signer, name=event.name, at=held.at, own_device=event.own_device))
    return Revision(
        number=number,
        digest=digest,
        finalised=bool(finalised),
        changed_since=bool(finalised) and digest not in digests,
        signatures=tuple(signatures),
        reopened=None if finalised or not reopened else _reopening(ws, reopened),
    )


def _reopening(ws: Workspace, reopened: Sequence[Held[ResponseReopened]]) -> Reopening:
    last = max(reopened, key=lambda held: (held.at, held.id))
    names = {held.event.person_id: held.event.name for held in ws.standing(PersonIntroduced, space=last.space)}
    return Reopening(who=names.get(last.author, ""), at=last.at, reason=last.event.reason)


def sign(ws: Workspace, filling: Filling, role: str, name: str, *, own_device: bool) -> Changes:
    """Sign in a role. The first signature declares the response complete: revision n is what stands now.

    Raises:
        NotComplete: Something is still to be fixed.
        SignatureOutOfTurn: Somebody else signs first, or this role has signed.
        AnswersChanged: A merge brought other answers than those the first signature stands under.
    """
    standing = revision(ws, filling.response_id, filling.tool)
    turn = next((each for each in standing.signatures if each.is_next), None)
    if turn is None or turn.signer.role != role or not name.strip():
        raise SignatureOutOfTurn
    if standing.changed_since:
        raise AnswersChanged
    changes = Changes()
    if not standing.finalised:
        changes = finalise(ws, filling)
        standing = revision(ws, filling.response_id, filling.tool)
    signed = SignedOff(
        role=role, name=name.strip(), number=standing.number, digest=standing.digest, own_device=own_device
    )
    return changes | ws.append(filling.space, signed)


def finalise(ws: Workspace, filling: Filling) -> Changes:
    """Declare the response complete. Computed values and the moment are frozen with it.

    Raises:
        ResponseLocked: It is already.
        NotComplete: Something is still to be fixed.
        AnswersArrived: A file brought others while this was looked at.
    """
    if filling.is_locked:
        raise ResponseLocked
    problems = filling.problems()
    if problems:
        raise NotComplete(problems=len(problems))
    ws.leave_field()
    as_read = partial(_require_as_read, space=filling.space, entries=filling.entries)
    digest, heads = revision_of(ws.store.journal.heads(filling.space))
    number = revision(ws, filling.response_id, filling.tool).number + 1
    kept = filling.kept
    return ws.append_checked(
        filling.space,
        as_read,
        ResponseFinalised(
            number=number,
            digest=digest,
            heads=heads,
            moment=ws.now(),
            zone=str(LOCAL_ZONE),
            computed=filling.computed(),
            package=kept.package,
            form=kept.form,
            engine=kept.engine,
        ),
    )


def _require_as_read(connection: sa.Connection, *, space: SpaceId, entries: int) -> None:
    """Make sure that what is declared complete is what was looked at."""
    require_open(connection, space)
    if entries_in(connection, space) != entries:
        raise AnswersArrived


def reopen(ws: Workspace, response_id: ResponseId, reason: str) -> Changes:
    """Open a finalised response again; what follows is the next revision, signed anew.

    Raises:
        ReasonNeeded: Others must be able to see why.
        NotYours: It is not finalised.
    """
    space = response_space(response_id)
    finalised = ws.standing(ResponseFinalised, space=space)
    if not finalised:
        raise NotYours
    if not reason.strip():
        raise ReasonNeeded
    number = max(held.event.number for held in finalised)
    return ws.append(space, ResponseReopened(number=number, reason=reason.strip()))


def send_return(
    ws: Workspace, response_id: ResponseId, folder: Path, progress: exchange.Progress = exchange.no_progress
) -> Path:
    """Seal a response, with its evidence, to those who asked for it; return the new file's path.

    Raises:
        FileUnwritable: The folder cannot be written.
    """
    if ws.about.role is not Role.ORGANISATION:
        raise NotYours
    space = response_space(response_id)
    assigned = ws.one(ResponseAssigned, space=space)
    parcel = exchange.Parcel(type="return", spaces=[space], recipients=assigned.recipients)
    return exchange.send(ws, parcel, folder, progress)


def _task_line(ws: Workspace, assigned: ResponseAssigned, today: date) -> TaskLine:
    space = response_space(assigned.response_id)
    out = [line for line in ws.store.local.bundles() if line.direction == "out"]
    sent = [line.at for line in out if (line.type, line.space) == ("return", space)]  # a part is not the return
    receipts = sorted(ws.standing(ReceiptIssued, space=space), key=lambda held: held.at)
    due = date.fromisoformat(assigned.due)
    return TaskLine(
        response_id=assigned.response_id,
        organisation=assigned.organisation_name,
        title=assigned.title,
        round_title=assigned.round_title,
        partnership=assigned.partnership_name,
        due=due,
        days_left=(due - today).days,
        sent=sent[-1] if sent else "",
        receipt=receipts[-1].event.number if receipts else "",
    )
