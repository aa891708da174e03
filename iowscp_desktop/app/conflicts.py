"""Where two people wrote different things: both are kept and shown, a person decides, the decision is an event.

Before an organisation signs, settling is an answer that replaces both. After it signs, nobody rewrites its
words: the team records how it reads them, and the answers stand as they are.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import msgspec
import sqlalchemy as sa

from iowscp_desktop.app.people import People
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.events import (
    AnswerRecorded,
    ReadingRecorded,
    ResponseAssigned,
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
    with ws.store.database.reading() as connection:
        heads = _differing(connection, space)
        signed = {each for each in {place for place, _register in heads} if _is_signed(connection, each)}
    for place in _read(ws, heads):
        del heads[place]
    people, asked = People(ws), {held.space: held.event for held in ws.standing(ResponseAssigned, space=space)}
    return tuple(
        _conflict(asked[place[0]], place[1], versions, people, signed=place[0] in signed)
        for place, versions in heads.items()
        if place[0] in asked
    )


def conflict_counts(ws: Workspace) -> Mapping[ResponseId, int]:
    """Return how many questions of each response wait to be settled; a response without any is left out.

    One question to the file: it takes as long as it takes to look through what stands, and nothing is decoded.
    """
    with ws.store.database.reading() as connection:
        places = {
            (SpaceId(space), Register(register))
            for space, register in connection.exec_driver_sql(
                f"SELECT a.in_space, h.register {_CONTESTED.format(where='')} GROUP BY h.space, h.register"
                " HAVING count(DISTINCT a.value)+max(a.value IS NULL)>1"
            )
        }
    read = {space for space, _target in _reading_places(ws)} & {space for space, _register in places}
    found = [place for place in places if place[0] not in read]
    for space in read:
        with ws.store.database.reading() as connection:
            heads = _differing(connection, space)
        found += heads.keys() - _read(ws, heads)
    return Counter(response for space, _ in found if (response := response_of(space)) is not None)


def differing(ws: Workspace, response_id: ResponseId) -> int:
    """Return how many answers of a response stand in several versions, whether the team has read them or not."""
    with ws.store.database.reading() as connection:
        return len(_differing(connection, response_space(response_id)))


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
    """Make sure that what was shown still stands, and that nobody has signed, since the conflicts were shown.

    What a third person said just like one of the two is no other version.
    """
    run = connection.exec_driver_sql
    for conflict in conflicts:
        space = response_space(conflict.response_id)
        heads = run(
            "SELECT t.id, a.seq, a.value FROM standing_answer_recorded a JOIN stream t ON t.no=a.stream"
            " WHERE a.in_space=? AND a.register=?",
            (space, conflict.register),
        ).all()
        standing = {(stream, seq) for stream, seq, _value in heads}
        is_there = all(tuple(version.id) in standing for version in conflict.versions)
        if not is_there or {value for *_, value in heads} != {version.value for version in conflict.versions}:
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
    read = _only_readings(ws.standing(ReadingRecorded, space=space))
    if not read:
        return {}
    heads: dict[Register, set[tuple[str, int]]] = defaultdict(set)
    for held in ws.standing(AnswerRecorded, space=space):
        heads[held.event.register].add((held.id.stream, held.id.seq))
    return {held.event.target: held.event.value for held in read if set(held.event.cites) == heads[held.event.target]}


_Place = tuple[SpaceId, Register]

_CONTESTED = (
    " FROM (SELECT space, register FROM head WHERE register>='answer/' AND register<'answer0'{where}"
    " GROUP BY space, register HAVING count(*)>1) c JOIN head h ON h.space=c.space AND h.register=c.register"
    " JOIN space s ON s.no=h.space"
    " JOIN standing_answer_recorded a ON a.in_space=s.id AND a.stream=h.stream AND a.seq=h.seq"
)
"""The answers that more than one entry holds, alike or not: `head` is looked through in the order it lies in."""


@dataclass(frozen=True, slots=True)
class _Standing:
    """One of the entries that hold a contested answer."""

    id: EntryId
    value: str | None = field(repr=False)
    at: str
    author: str
    question_id: QuestionId
    instances: tuple[InstanceId, ...]


def _differing(connection: sa.Connection, space: SpaceId | None) -> dict[_Place, list[_Standing]]:
    """Return the answers that differ, by where they stand; of those alike, the first. Read or not."""
    where = "" if space is None else " AND space=(SELECT no FROM space WHERE id=?)"
    rows = connection.exec_driver_sql(
        "SELECT a.in_space, h.register, t.id, h.seq, a.value, a.at, a.author, a.question_id, a.instances"
        f"{_CONTESTED.format(where=where)} JOIN stream t ON t.no=h.stream ORDER BY 1, 2, 3, 4",
        () if space is None else (space,),
    )
    found: dict[_Place, dict[str | None, _Standing]] = defaultdict(dict)
    for in_space, register, stream, seq, value, at, author, question_id, instances in rows:
        inside = msgspec.json.decode(instances, type=tuple[InstanceId, ...])
        standing = _Standing(EntryId(stream, seq), value, at, author, question_id, inside)
        found[(in_space, register)].setdefault(value, standing)
    return {place: list(alike.values()) for place, alike in found.items() if len(alike) > 1}


def _read(ws: Workspace, heads: Mapping[_Place, Sequence[_Standing]]) -> set[_Place]:
    """Return the places of which the team recorded how it reads the very versions that stand."""
    cited = _reading_places(ws)
    return {
        place
        for place, versions in heads.items()
        if cited.get(place) == {(version.id.stream, version.id.seq) for version in versions}
    }


def _reading_places(ws: Workspace) -> Mapping[_Place, set[tuple[str, int]]]:
    """Return of which places there are readings, and which versions each cites."""
    read = _only_readings(ws.standing(ReadingRecorded))
    return {(held.space, held.event.target): set(held.event.cites) for held in read}


def _only_readings(held: Sequence[Held[ReadingRecorded]]) -> list[Held[ReadingRecorded]]:
    """Return readings but those that differ: where two of the team's laptops read otherwise, it is open again."""
    values: dict[_Place, set[str | None]] = defaultdict(set)
    for each in held:
        values[each.space, each.event.target].add(each.event.value)
    return [each for each in held if len(values[each.space, each.event.target]) == 1]


def _conflict(
    assigned: ResponseAssigned, register: Register, versions: Sequence[_Standing], people: People, *, signed: bool
) -> Conflict:
    space = response_space(assigned.response_id)
    return Conflict(
        response_id=assigned.response_id,
        organisation_id=assigned.organisation_id,
        organisation=assigned.organisation_name,
        question_id=versions[0].question_id,
        instances=versions[0].instances,
        register=register,
        versions=tuple(
            Version(id=each.id, value=each.value, who=people.name(space, each.id.stream, each.author), at=each.at)
            for each in sorted(versions, key=lambda each: (each.at, each.id))
        ),
        signed=signed,
    )
