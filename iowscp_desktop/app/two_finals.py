"""One response that was declared complete twice, by laptops that did not know of each other.

Neither is ever dropped. The team says which one it works with, as it does for words that were signed, or asks for one
new signature: then the response is open again, and the next revision is signed by people who know of both.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final as Constant

import sqlalchemy as sa

from iowscp_desktop.app.conflicts import conflict_counts, differing
from iowscp_desktop.app.people import People
from iowscp_desktop.app.tools import package_of, tool_and_form
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.events import (
    ReadingRecorded,
    ResponseAssigned,
    ResponseFinalised,
    ResponseReopened,
    SignedOff,
)
from iowscp_desktop.domain.ids import EntryId, Register, ResponseId, Sha256, SpaceId, response_of, response_space
from iowscp_desktop.errors import NothingToSettle, ReasonNeeded
from iowscp_desktop.store import Held

REVISION: Constant = Register("revision")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """One signature under a revision."""

    label: str
    """What the tool calls the role."""
    name: str = field(repr=False)
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Final:
    """One of the revisions that stand declared complete."""

    number: int
    digest: Sha256
    who: str = field(repr=False)
    """Who declared it complete."""
    at: str
    signed: tuple[Signed, ...]

    @property
    def key(self) -> str:
        """What names it: its number and its digest."""
        return key_of(self.number, self.digest)


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoFinals:
    """One response that was declared complete twice, by people who did not know of each other."""

    response_id: ResponseId
    organisation: str = field(repr=False)
    finals: tuple[Final, ...]
    cites: tuple[EntryId, ...]
    """The entries that declare it complete."""
    differing: int
    """Answers that stand in several versions, read by the team or not."""

    @property
    def key(self) -> str:
        """What tells it from everything else that waits for a decision."""
        return "|".join((self.response_id, REVISION, *(final.key for final in self.finals)))


def two_finals(ws: Workspace, response_id: ResponseId | None = None) -> tuple[TwoFinals, ...]:
    """Return the responses that stand declared complete in several versions, and of which nobody has said more."""
    found = [_found(ws, space, held) for space, held in _unread(ws, response_id).items()]
    return tuple(sorted(found, key=lambda each: (each.organisation, each.response_id)))


def waiting_counts(ws: Workspace) -> Mapping[ResponseId, int]:
    """Return how much of each response waits for a decision: answers that differ, and one that was completed twice."""
    finals = (response for space in _unread(ws) if (response := response_of(space)) is not None)
    return Counter(conflict_counts(ws)) + Counter(finals)


def work_with(ws: Workspace, two: TwoFinals, key: str, reason: str) -> Changes:
    """Record which of the two revisions the team works with. Both stay, and so do both signatures.

    Raises:
        ReasonNeeded: Others must be able to see why.
        NothingToSettle: They are no longer the ones that were shown.
    """
    if not reason.strip():
        raise ReasonNeeded
    (chosen,) = (final for final in two.finals if final.key == key)
    cites = tuple(sorted((each.stream, each.seq) for each in two.cites))
    reading = ReadingRecorded(target=REVISION, value=chosen.key, reason=reason.strip(), cites=cites)
    return ws.append_checked(response_space(two.response_id), partial(_require_as_shown, two=two), reading)


def ask_for_one(ws: Workspace, two: TwoFinals, reason: str) -> Changes:
    """Open the response again, so that it is signed once by people who know of both. The next receipt tells them.

    Raises:
        ReasonNeeded: Others must be able to see why.
        NothingToSettle: They are no longer the ones that were shown.
    """
    if not reason.strip():
        raise ReasonNeeded
    number = max(final.number for final in two.finals)
    opened = ResponseReopened(number=number, reason=reason.strip())
    return ws.append_checked(response_space(two.response_id), partial(_require_as_shown, two=two), opened)


def key_of(number: int, digest: Sha256) -> str:
    """Return what names a revision."""
    return f"{number}/{digest}"


def counting(ws: Workspace, space: SpaceId) -> Sequence[ResponseFinalised]:
    """Return what stands declared complete: of several, the one that the team works with, if it has said so."""
    standing = ws.standing(ResponseFinalised, space=space)
    if len(standing) > 1:
        read = _readings(ws, space)
        return [
            held.event for held in standing if _is_counted(read, standing, key_of(held.event.number, held.event.digest))
        ]
    return [held.event for held in standing]


# --- inside --------------------------------------------------------------------------------------

_Standing = Sequence[Held[ResponseFinalised]]


def _unread(ws: Workspace, response_id: ResponseId | None = None) -> Mapping[SpaceId, _Standing]:
    """Return what stands several times. Only responses in which anything does are read."""
    query = (
        "SELECT in_space FROM standing_response_finalised GROUP BY in_space"
        " HAVING count(DISTINCT number||'/'||digest)>1"
    )
    with ws.store.database.reading() as connection:
        spaces = [SpaceId(space) for (space,) in connection.exec_driver_sql(query)]
    if response_id is not None:
        spaces = [space for space in spaces if space == response_space(response_id)]
    standing = {space: ws.standing(ResponseFinalised, space=space) for space in spaces}
    return {space: held for space, held in standing.items() if _citation(held) not in _readings(ws, space)}


def _readings(ws: Workspace, space: SpaceId) -> Mapping[frozenset[tuple[str, int]], str | None]:
    """Return which revision the team works with, by what it had before it; two that differ say nothing."""
    found: dict[frozenset[tuple[str, int]], set[str | None]] = defaultdict(set)
    for held in ws.standing(ReadingRecorded, space=space, target=REVISION):
        found[frozenset(held.event.cites)].add(held.event.value)
    return {cites: min(values, key=str) for cites, values in found.items() if len(values) == 1}


def _is_counted(read: Mapping[frozenset[tuple[str, int]], str | None], standing: _Standing, key: str) -> bool:
    chosen = read.get(_citation(standing))
    return chosen is None or chosen == key


def _citation(standing: _Standing) -> frozenset[tuple[str, int]]:
    return frozenset((held.id.stream, held.id.seq) for held in standing)


def _found(ws: Workspace, space: SpaceId, standing: _Standing) -> TwoFinals:
    assigned = ws.one(ResponseAssigned, space=space)
    people = People(ws)
    labels = {signer.role: signer.label for signer in tool_and_form(ws, package_of(ws, space))[0].signers}
    signed: dict[str, list[Signed]] = defaultdict(list)
    for each in sorted(ws.standing(SignedOff, space=space), key=lambda held: (held.at, held.id)):
        label = labels.get(each.event.role, each.event.role)
        signature = Signed(label=label, name=each.event.name, at=each.at)
        signed[key_of(each.event.number, each.event.digest)].append(signature)
    finals: dict[str, Final] = {}
    for held in sorted(standing, key=lambda held: (held.at, held.id)):
        key = key_of(held.event.number, held.event.digest)
        final = Final(
            number=held.event.number,
            digest=held.event.digest,
            who=people.name(space, held.id.stream, held.author),
            at=held.at,
            signed=tuple(signed[key]),
        )
        finals.setdefault(key, final)
    return TwoFinals(
        response_id=assigned.response_id,
        organisation=assigned.organisation_name,
        finals=tuple(finals.values()),
        cites=tuple(held.id for held in standing),
        differing=differing(ws, assigned.response_id),
    )


def _require_as_shown(connection: sa.Connection, *, two: TwoFinals) -> None:
    """Make sure that the same revisions stand, and no other beside them.

    What a third laptop declared complete just like one of the two is no other.
    """
    heads = connection.exec_driver_sql(
        "SELECT t.id, f.seq, f.number, f.digest FROM standing_response_finalised f JOIN stream t ON t.no=f.stream"
        " WHERE f.in_space=?",
        (response_space(two.response_id),),
    ).all()
    is_there = {tuple(each) for each in two.cites} <= {(stream, seq) for stream, seq, *_ in heads}
    if not is_there or {key_of(number, digest) for *_, number, digest in heads} != {final.key for final in two.finals}:
        raise NothingToSettle
