"""What is decided together: the answers to one item that the same people gave differently, side by side."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from iowscp_desktop.app.conflicts import Conflict, Version, open_conflicts, settle_together
from iowscp_desktop.app.tools import package_of, tool_and_form
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.events import EvidenceAttached
from iowscp_desktop.domain.ids import QuestionId, ResponseId, StreamId, response_space
from iowscp_desktop.domain.tool import Tool
from iowscp_desktop.store import Held


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What one device's people wrote, wherever it differs from what the others wrote."""

    key: StreamId
    who: str = field(repr=False)
    at: str
    values: Mapping[QuestionId, str] = field(repr=False)
    """The answers at issue; empty text for one that was cleared."""
    files: "Files"


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """The evidence that one side attached to the item. All of it stays, whatever is decided."""

    same: int
    """Files that every side has, and those of people who are no side."""
    only_here: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One item, or one plain question, that waits for somebody to decide."""

    response_id: ResponseId
    organisation: str = field(repr=False)
    entry_id: str
    """The item's id, or the question's where it belongs to none."""
    conflicts: tuple[Conflict, ...]
    sides: tuple[Side, ...]
    signed: bool

    @property
    def key(self) -> str:
        """What tells it from every other matter."""
        return "|".join((self.response_id, *(conflict.register for conflict in self.conflicts)))


_Evidence = Sequence[Held[EvidenceAttached]]


def open_matters(ws: Workspace, response_id: ResponseId | None = None) -> tuple[Matter, ...]:
    """Return what waits to be decided, by organisation and then in the tool's order."""
    found: list[Matter] = []
    by_response: dict[ResponseId, list[Conflict]] = {}
    for conflict in open_conflicts(ws, response_id):
        by_response.setdefault(conflict.response_id, []).append(conflict)
    for response, conflicts in sorted(by_response.items(), key=lambda pair: (pair[1][0].organisation, pair[0])):
        tool = tool_and_form(ws, package_of(ws, response_space(response)))[0]
        evidence = ws.standing(EvidenceAttached, space=response_space(response))
        found += _grouped(tool, conflicts, evidence)
    return tuple(found)


def decide(ws: Workspace, matter: Matter, values: Mapping[QuestionId, str], reason: str = "") -> Changes:
    """Settle every answer of a matter, or none of them. Nothing is dropped: the history keeps every version.

    Args:
        values: What stands from now on, for each answer at issue.
        reason: Why; needed once the organisation has signed.

    Raises:
        NothingToSettle: Somebody else has settled it, or other answers came in.
        ReasonNeeded: A reading of signed words needs a reason.
    """
    chosen = {conflict.register: values[conflict.question_id] or None for conflict in matter.conflicts}
    return settle_together(ws, matter.conflicts, chosen, reason)


def _grouped(tool: Tool, conflicts: Iterable[Conflict], evidence: _Evidence) -> list[Matter]:
    places = {entry.id: place for place, entry in enumerate(e for s in tool.sections for e in s.entries)}
    groups: dict[tuple[int, str, tuple[str, ...], frozenset[StreamId]], list[Conflict]] = {}
    for conflict in conflicts:
        asked = tool.entry_of(conflict.question_id)
        entry_id = conflict.question_id if asked is None else asked.id
        sides = frozenset(version.id.stream for version in conflict.versions)
        place = places.get(entry_id, len(places))
        groups.setdefault((place, entry_id, conflict.instances, sides), []).append(conflict)
    ordered = sorted(groups.items(), key=lambda pair: (*pair[0][:3], sorted(pair[0][3])))
    return [_matter(tool, entry_id, group, evidence) for (_place, entry_id, _instances, _sides), group in ordered]


def _matter(tool: Tool, entry_id: str, group: list[Conflict], evidence: _Evidence) -> Matter:
    def place(conflict: Conflict) -> tuple[int, str]:
        part = tool.part_of(conflict.question_id)
        item = tool.item_of(conflict.question_id)
        return (-1 if part is None or item is None else item.parts.index(part), conflict.question_id)

    ordered = tuple(sorted(group, key=place))
    first = ordered[0]
    return Matter(
        response_id=first.response_id,
        organisation=first.organisation,
        entry_id=entry_id,
        conflicts=ordered,
        sides=_sides(tool, entry_id, ordered, evidence),
        signed=any(conflict.signed for conflict in ordered),
    )


def _sides(tool: Tool, entry_id: str, conflicts: tuple[Conflict, ...], evidence: _Evidence) -> tuple[Side, ...]:
    versions: dict[StreamId, dict[QuestionId, Version]] = {}
    for conflict in conflicts:
        for version in conflict.versions:
            versions.setdefault(version.id.stream, {})[conflict.question_id] = version
    files = _files(tool, entry_id, evidence, set(versions))
    sides = [
        Side(
            key=stream,
            who=newest.who,
            at=newest.at,
            values={question: version.value or "" for question, version in own.items()},
            files=files[stream],
        )
        for stream, own in versions.items()
        for newest in (max(own.values(), key=lambda version: version.at),)
    ]
    return tuple(sorted(sides, key=lambda side: (side.at, side.key)))


def _files(tool: Tool, entry_id: str, evidence: _Evidence, sides: set[StreamId]) -> Mapping[StreamId, Files]:
    """Compare the files that each side attached to the item, by what is in them."""
    names: dict[str, str] = {}
    by_side: dict[StreamId, set[str]] = {side: set() for side in sides}
    others: set[str] = set()
    for held in evidence:
        item = tool.item_of(held.event.question_id)
        if (held.event.question_id if item is None else item.id) == entry_id:
            names[held.event.sha256] = held.event.name
            by_side.get(held.id.stream, others).add(held.event.sha256)
    shared = others | set.intersection(*by_side.values())
    return {
        side: Files(same=len(shared), only_here=tuple(sorted(names[sha256] for sha256 in own - shared)))
        for side, own in by_side.items()
    }
