"""Where two people wrote different things: both are kept and shown, a person decides, the decision is an event.

Before an organisation signs, settling is an answer that replaces both. After it signs, nobody rewrites its
words: the team records how it reads them, and the answers stand as they are.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.events import (
    AnswerRecorded,
    EvidenceAttached,
    PersonIntroduced,
    ReadingRecorded,
    ResponseAssigned,
    SignedOff,
)
from iowscp_desktop.domain.ids import (
    EntryId,
    InstanceId,
    OrganisationId,
    QuestionId,
    Register,
    ResponseId,
    SpaceId,
    response_space,
)
from iowscp_desktop.errors import NothingToSettle, ReasonNeeded
from iowscp_desktop.store import Held


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One of the answers that differ."""

    id: EntryId
    value: str | None = field(repr=False)
    who: str = field(repr=False)
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """One question with several standing answers."""

    response_id: ResponseId
    organisation_id: OrganisationId
    organisation: str = field(repr=False)
    question_id: QuestionId
    instances: tuple[InstanceId, ...]
    register: Register
    versions: tuple[Version, ...]
    signed: bool
    """The organisation has signed: the team records its reading instead of an answer."""


def open_conflicts(ws: Workspace, response_id: ResponseId | None = None) -> tuple[Conflict, ...]:
    """Return what two people answered differently and nobody has settled, response by response."""
    space = None if response_id is None else response_space(response_id)
    standing: dict[tuple[SpaceId, Register], list[Held[AnswerRecorded]]] = defaultdict(list)
    for held in ws.standing(AnswerRecorded, space=space):
        standing[(held.space, held.event.register)].append(held)
    found = [
        _conflict(ws, place, heads)
        for place, heads in standing.items()
        if len({held.event.value for held in heads}) > 1 and not _is_read(ws, place, heads)
    ]
    return tuple(found)


def settle(ws: Workspace, conflict: Conflict, value: str | None, reason: str = "") -> Changes:
    """Decide which answer stands. Nothing is dropped: the history keeps every version.

    Raises:
        NothingToSettle: The versions are no longer the ones that were shown.
        ReasonNeeded: A reading of signed words needs a reason.
    """
    space = response_space(conflict.response_id)
    heads = {held.id for held in ws.standing(AnswerRecorded, space=space) if held.event.register == conflict.register}
    if heads != {version.id for version in conflict.versions}:
        raise NothingToSettle
    if not conflict.signed:
        return ws.append(
            space, AnswerRecorded(question_id=conflict.question_id, instances=conflict.instances, value=value)
        )
    if not reason.strip():
        raise ReasonNeeded
    cites = tuple(sorted((version.id.stream, version.id.seq) for version in conflict.versions))
    return ws.append(space, ReadingRecorded(target=conflict.register, value=value, reason=reason.strip(), cites=cites))


def evidence_of(ws: Workspace, conflict: Conflict) -> tuple[Held[EvidenceAttached], ...]:
    """Return the files attached to the question, with who attached them."""
    item = conflict.question_id.rsplit("_evidence", 1)[0]
    return tuple(
        held
        for held in ws.standing(EvidenceAttached, space=response_space(conflict.response_id))
        if held.event.question_id.startswith(item)
    )


def _conflict(ws: Workspace, place: tuple[SpaceId, Register], heads: list[Held[AnswerRecorded]]) -> Conflict:
    space, register = place
    assigned = ws.one(ResponseAssigned, space=space)
    names = {held.event.person_id: held.event.name for held in ws.standing(PersonIntroduced, space=space)}
    first = heads[0].event
    return Conflict(
        response_id=assigned.response_id,
        organisation_id=assigned.organisation_id,
        organisation=assigned.organisation_name,
        question_id=first.question_id,
        instances=first.instances,
        register=register,
        versions=tuple(
            Version(id=held.id, value=held.event.value, who=names.get(held.author, ""), at=held.at)
            for held in sorted(heads, key=lambda held: (held.at, held.id))
        ),
        signed=bool(ws.standing(SignedOff, space=space)),
    )


def _is_read(ws: Workspace, place: tuple[SpaceId, Register], heads: list[Held[AnswerRecorded]]) -> bool:
    """Tell whether the team has recorded how it reads exactly these versions."""
    space, register = place
    cited = {(held.id.stream, held.id.seq) for held in heads}
    return any(set(held.event.cites) == cited for held in ws.standing(ReadingRecorded, space=space, target=register))
