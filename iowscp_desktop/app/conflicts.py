"""Where two people wrote different things: both are kept and shown, a person decides, the decision is an event.

Before an organisation signs, settling is an answer that replaces both. After it signs, nobody rewrites its
words: the team records how it reads them, and the answers stand as they are.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import sqlalchemy as sa

from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.events import (
    AnswerRecorded,
    PersonIntroduced,
    ReadingRecorded,
    ResponseAssigned,
    ResponseFinalised,
)
from iowscp_desktop.domain.ids import (
    EntryId,
    InstanceId,
    OrganisationId,
    QuestionId,
    Register,
    ResponseId,
    SpaceId,
    response_of,
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
    return tuple(_conflict(ws, place, heads) for place, heads in _unsettled(ws, space))


def conflict_counts(ws: Workspace) -> Mapping[ResponseId, int]:
    """Return how many questions of each response wait to be settled; a response without any is left out."""
    found = (response_of(space) for (space, _register), _heads in _unsettled(ws, None))
    return Counter(response for response in found if response is not None)


def settle(ws: Workspace, conflict: Conflict, value: str | None, reason: str = "") -> Changes:
    """Decide which answer stands. Nothing is dropped: the history keeps every version.

    Raises:
        NothingToSettle: The versions are no longer the ones that were shown.
        ReasonNeeded: A reading of signed words needs a reason.
    """
    return settle_together(ws, (conflict,), {conflict.register: value}, reason)


def settle_together(
    ws: Workspace, conflicts: Sequence[Conflict], values: Mapping[Register, str | None], reason: str = ""
) -> Changes:
    """Decide several answers of one response: all of them, or none.

    Raises:
        NothingToSettle: Some versions are no longer the ones that were shown.
        ReasonNeeded: A reading of signed words needs a reason.
    """
    if any(conflict.signed for conflict in conflicts) and not reason.strip():
        raise ReasonNeeded
    events = [_settling(conflict, values[conflict.register], reason) for conflict in conflicts]
    (space,) = {response_space(conflict.response_id) for conflict in conflicts}
    return ws.append_checked(space, partial(_require_as_shown, conflicts=conflicts), *events)


def _settling(conflict: Conflict, value: str | None, reason: str) -> AnswerRecorded | ReadingRecorded:
    if not conflict.signed:
        return AnswerRecorded(question_id=conflict.question_id, instances=conflict.instances, value=value)
    cites = tuple(sorted((version.id.stream, version.id.seq) for version in conflict.versions))
    return ReadingRecorded(target=conflict.register, value=value, reason=reason.strip(), cites=cites)


def _require_as_shown(connection: sa.Connection, *, conflicts: Sequence[Conflict]) -> None:
    """Make sure that the same versions stand, and that nobody has signed, since the conflicts were shown."""
    run = connection.exec_driver_sql
    for conflict in conflicts:
        space = response_space(conflict.response_id)
        heads = run(
            "SELECT t.id, h.seq FROM head h JOIN standing_answer_recorded a ON a.stream=h.stream AND a.seq=h.seq"
            " JOIN stream t ON t.no=h.stream WHERE a.in_space=? AND h.register=?",
            (space, conflict.register),
        ).all()
        if {tuple(head) for head in heads} != {tuple(version.id) for version in conflict.versions}:
            raise NothingToSettle
        if not conflict.signed and _is_signed(connection, space):
            raise NothingToSettle


def _is_signed(connection: sa.Connection, space: SpaceId) -> bool:
    """Tell whether somebody signed what is declared complete now; a signature under an earlier revision is none."""
    return (
        connection.exec_driver_sql(
            "SELECT 1 FROM standing_response_finalised f JOIN standing_signed_off s"
            " ON s.in_space=f.in_space AND s.number=f.number AND s.digest=f.digest WHERE f.in_space=?",
            (space,),
        ).first()
        is not None
    )


def readings(ws: Workspace, space: SpaceId) -> dict[Register, str | None]:
    """Return how the team reads answers that stand in several versions; a reading of other versions is left out."""
    read = ws.standing(ReadingRecorded, space=space)
    if not read:
        return {}
    heads: dict[Register, set[tuple[str, int]]] = defaultdict(set)
    for held in ws.standing(AnswerRecorded, space=space):
        heads[held.event.register].add((held.id.stream, held.id.seq))
    return {held.event.target: held.event.value for held in read if set(held.event.cites) == heads[held.event.target]}


def _unsettled(
    ws: Workspace, space: SpaceId | None
) -> list[tuple[tuple[SpaceId, Register], list[Held[AnswerRecorded]]]]:
    """Return the answers that differ, by where they stand. Only responses in which any do are read."""
    contested = _contested(ws, space)
    standing: dict[tuple[SpaceId, Register], list[Held[AnswerRecorded]]] = defaultdict(list)
    for each in sorted({place for place, _register in contested}):
        for held in ws.standing(AnswerRecorded, space=each):
            if (each, held.event.register) in contested:
                standing[(each, held.event.register)].append(held)
    read = {(each, register) for each in {place for place, _ in contested} for register in readings(ws, each)}
    return [
        (place, heads)
        for place, heads in standing.items()
        if len({held.event.value for held in heads}) > 1 and place not in read
    ]


def _contested(ws: Workspace, space: SpaceId | None) -> set[tuple[SpaceId, Register]]:
    """Return the answers that more than one entry holds, alike or not; quick however many answers there are."""
    query = (
        "SELECT s.id, h.register FROM head h JOIN space s ON s.no=h.space"
        " WHERE h.register LIKE 'answer/%' AND s.id LIKE ? GROUP BY h.space, h.register HAVING count(*) > 1"
    )
    with ws.store.database.reading() as connection:
        rows = connection.exec_driver_sql(query, ("%" if space is None else space,)).all()
    return {(SpaceId(place), Register(register)) for place, register in rows}


def _conflict(ws: Workspace, place: tuple[SpaceId, Register], heads: list[Held[AnswerRecorded]]) -> Conflict:
    space, register = place
    assigned = ws.one(ResponseAssigned, space=space)
    names = {held.event.person_id: held.event.name for held in ws.standing(PersonIntroduced, space=space)}
    first = heads[0].event
    with ws.store.database.reading() as connection:
        signed = _is_signed(connection, space)
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
        signed=signed,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoFinals:
    """One response that was declared complete twice, by people who did not know of each other."""

    response_id: ResponseId
    organisation: str = field(repr=False)
    versions: tuple[Version, ...]
    """The value of each is the digest of what was declared."""


def two_finals(ws: Workspace) -> tuple[TwoFinals, ...]:
    """Return the responses that stand declared complete in several versions; opening one again ends that."""
    standing: dict[SpaceId, list[Held[ResponseFinalised]]] = defaultdict(list)
    for held in ws.standing(ResponseFinalised):
        standing[held.space].append(held)
    found: list[TwoFinals] = []
    for space, heads in standing.items():
        if len({(held.event.number, held.event.digest) for held in heads}) < 2:
            continue
        assigned = ws.one(ResponseAssigned, space=space)
        names = {held.event.person_id: held.event.name for held in ws.standing(PersonIntroduced, space=space)}
        versions = [
            Version(id=held.id, value=held.event.digest, who=names.get(held.author, ""), at=held.at) for held in heads
        ]
        found.append(
            TwoFinals(
                response_id=assigned.response_id,
                organisation=assigned.organisation_name,
                versions=tuple(sorted(versions, key=lambda version: (version.at, version.id))),
            )
        )
    return tuple(found)
