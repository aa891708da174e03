"""Answers from a computer that had not moved to the edition yet: given under names that it calls otherwise.

They are in the journal like any other, but nobody would see them. So they are shown, and a person takes them over or
leaves them; either way what was decided about is written down, and nothing is asked twice.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import msgspec

from iowscp_desktop.app.filling import Filling, open_filling
from iowscp_desktop.app.last_look import require_open
from iowscp_desktop.app.tools import tool_and_form
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.editions import renamed
from iowscp_desktop.domain.events import AnswerRecorded, EditionChanged, Event, EvidenceAttached
from iowscp_desktop.domain.grants import Role
from iowscp_desktop.domain.ids import InstanceId, QuestionId, ResponseId, SpaceId
from iowscp_desktop.errors import NotYours
from iowscp_desktop.forms import plain_text
from iowscp_desktop.store import Held


@dataclass(frozen=True, slots=True, kw_only=True)
class LateAnswer:
    """One answer that came late, and what stands in its place."""

    question_id: QuestionId
    """What the edition in force calls it."""
    instances: tuple[InstanceId, ...]
    number: str
    title: str
    asked: str
    """Which part of the question; empty where it has none."""
    came: str = field(repr=False)
    stands: str = field(repr=False)


def names_seen(held: Iterator[Held[AnswerRecorded]], names: Mapping[str, str]) -> tuple[tuple[str, int], ...]:
    """Return the entries that hold an answer under an old name: those that a move takes along."""
    return tuple(sorted((each.id.stream, each.id.seq) for each in held if each.event.question_id in names))


def late_answers(ws: Workspace, filling: Filling) -> tuple[LateAnswer, ...]:
    """Return the answers that came under an old name after the move, and differ from what stands."""
    return tuple(line for line, _event in _late(ws, filling))


def settle_late(ws: Workspace, response_id: ResponseId, *, take: bool) -> Changes:
    """Take late answers over, or leave them; their files come along in either case.

    Raises:
        NotYours: Only who answers decides, and nothing was moved.
        ResponseLocked: The response is finalised.
    """
    filling = open_filling(ws, response_id)
    moved = _moves(ws, filling)
    if ws.about.role is not Role.ORGANISATION or not moved:
        raise NotYours
    names = _names(ws, filling)
    taken: tuple[Event, ...] = tuple(event for _line, event in _late(ws, filling)) if take else ()
    files = (held.event for held in ws.standing(EvidenceAttached, space=filling.space))
    brought = tuple(
        msgspec.structs.replace(file, question_id=QuestionId(names[file.question_id]))
        for file in files
        if file.question_id in names
    )
    seen = names_seen(iter(ws.standing(AnswerRecorded, space=filling.space)), names)
    now = msgspec.structs.replace(moved[-1].event, seen=seen)
    space: SpaceId = filling.space
    return ws.append_checked(space, lambda connection: require_open(connection, space), *taken, *brought, now)


def _late(ws: Workspace, filling: Filling) -> Iterator[tuple[LateAnswer, AnswerRecorded]]:
    names = _names(ws, filling)
    if not names:
        return
    seen = {entry for held in _moves(ws, filling) for entry in held.event.seen}
    standing: dict[tuple[QuestionId, tuple[InstanceId, ...]], list[Held[AnswerRecorded]]] = {}
    for held in ws.standing(AnswerRecorded, space=filling.space):
        standing.setdefault((held.event.question_id, held.event.instances), []).append(held)
    for (name, instances), heads in standing.items():
        if name not in names or len({held.event.value for held in heads}) > 1:
            continue  # two that differ are decided between first
        if all((held.id.stream, held.id.seq) in seen for held in heads):
            continue
        line = _line(filling, QuestionId(names[name]), instances, heads[0].event.value or "")
        if line is not None and line.came != line.stands:
            yield (
                line,
                AnswerRecorded(question_id=line.question_id, instances=instances, value=heads[0].event.value),
            )


def _line(filling: Filling, name: QuestionId, instances: tuple[InstanceId, ...], value: str) -> LateAnswer | None:
    entry, found = filling.tool.entry_of(name), filling.field(name, instances)
    if entry is None or found is None:
        return None
    labels = dict(found.choices)
    return LateAnswer(
        question_id=name,
        instances=instances,
        number=entry.number,
        title=entry.title,
        asked="" if entry.id == name else plain_text(found.label),
        came=labels.get(value, value),
        stands=labels.get(found.value, found.value),
    )


def _moves(ws: Workspace, filling: Filling) -> list[Held[EditionChanged]]:
    """Return the moves to the edition in force: two computers may both have moved there."""
    held = ws.standing(EditionChanged, space=filling.space, package=filling.package)
    return sorted(held, key=lambda each: (each.at, each.id))


def _names(ws: Workspace, filling: Filling) -> Mapping[str, str]:
    """Return what the edition in force calls otherwise than the one that was moved from."""
    moves = _moves(ws, filling)
    if not moves or not ws.store.blobs.has(moves[-1].event.before):
        return {}
    return renamed(tool_and_form(ws, moves[-1].event.before)[0], filling.tool)
