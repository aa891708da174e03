"""What repeats: adding one more, taking one away, putting them in order, and what stands of all that.

Taking something away names what the person had seen in it. What somebody else wrote in it meanwhile keeps it:
it is shown, marked, until a person decides again.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

from iowscp_desktop.app.last_look import require_open
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.events import (
    AnswerRecorded,
    EvidenceAttached,
    RepeatAdded,
    RepeatOrdered,
    RepeatRemoved,
)
from iowscp_desktop.domain.ids import (
    EntryId,
    InstanceId,
    QuestionId,
    Register,
    ResponseId,
    SpaceId,
    StreamId,
    response_space,
)
from iowscp_desktop.domain.tool import Tool
from iowscp_desktop.errors import NotYours


class Asked(Protocol):
    """A response and the tool it answers: what `open_filling` gives."""

    response_id: ResponseId
    tool: Tool


Around = tuple[InstanceId, ...]
"""The instances something lies in, outermost first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContestedRemoval:
    """Somebody took one away while somebody else wrote in it."""

    repeat_id: QuestionId
    within: Around
    instance: InstanceId
    register: Register
    unseen: tuple[EntryId, ...]
    """What was written in it that who took it away had not seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What people added, took away and put in order, as it stands now."""

    added: Mapping[tuple[QuestionId, Around], tuple[InstanceId, ...]] = field(default_factory=dict)
    removed: frozenset[tuple[QuestionId, Around, InstanceId]] = frozenset()
    contested: frozenset[tuple[QuestionId, Around, InstanceId]] = frozenset()
    order: Mapping[tuple[QuestionId, Around], tuple[InstanceId, ...]] = field(default_factory=dict)

    @property
    def touched(self) -> frozenset[QuestionId]:
        """The repeats in which people changed anything."""
        return frozenset((*(key[0] for key in (*self.added, *self.order)), *(key[0] for key in self.removed)))

    def arranged(self, repeat_id: QuestionId, within: Around, own: Iterable[InstanceId]) -> tuple[InstanceId, ...]:
        """Return the instances of a repeat in order, given those that the form makes by itself."""
        place = (repeat_id, within)
        every = dict.fromkeys((*own, *self.added.get(place, ())))
        here = [each for each in every if (repeat_id, within, each) not in self.removed]
        first = [each for each in self.order.get(place, ()) if each in here]
        return tuple(dict.fromkeys((*first, *here)))


def add_instance(
    ws: Workspace, response_id: ResponseId, repeat_id: QuestionId, *, within: Around = (), instance: str = ""
) -> Changes:
    """Add one more to what repeats, or put back the `instance` that was taken away: its answers come back with it.

    Raises:
        ResponseLocked: The response is finalised.
    """
    added = RepeatAdded(repeat_id=repeat_id, within=within, instance=InstanceId(instance or ws.world.new_id()))
    return _write(ws, response_space(response_id), added)


def remove_instance(
    ws: Workspace, filling: Asked, repeat_id: QuestionId, *, within: Around = (), instance: InstanceId
) -> Changes:
    """Take one away. What is written in it stays in the history, and is named as seen.

    Args:
        filling: The response, with the tool that says what lies in what.

    Raises:
        ResponseLocked: The response is finalised.
    """
    space = response_space(filling.response_id)
    ws.leave_field()
    written = _written(ws, space, filling.tool).get((repeat_id, (*within, instance)), ())
    seen = tuple(sorted((id_.stream, id_.seq) for id_ in written))
    return _write(ws, space, RepeatRemoved(repeat_id=repeat_id, within=within, instance=instance, seen=seen))


def order_instances(
    ws: Workspace, response_id: ResponseId, repeat_id: QuestionId, order: Sequence[InstanceId], *, within: Around = ()
) -> Changes:
    """Put the instances of a repeat in order.

    Raises:
        NotYours: One is named twice.
        ResponseLocked: The response is finalised.
    """
    if len(set(order)) != len(order):
        raise NotYours
    ordered = RepeatOrdered(repeat_id=repeat_id, within=within, order=tuple(order))
    return _write(ws, response_space(response_id), ordered)


def contested_removals(ws: Workspace, filling: Asked) -> tuple[ContestedRemoval, ...]:
    """Return what was taken away by somebody who had not seen all that was written in it, or while it was put back."""
    return _contested(ws, response_space(filling.response_id), filling.tool)


def standing_instances(ws: Workspace, space: SpaceId, tool: Tool) -> Standing:
    """Return what stands of adding, taking away and ordering. What is contested is there: nothing is lost."""
    contested = frozenset((each.repeat_id, each.within, each.instance) for each in _contested(ws, space, tool))
    added: dict[tuple[QuestionId, Around], list[InstanceId]] = defaultdict(list)
    for held in sorted(ws.standing(RepeatAdded, space=space), key=lambda each: (each.at, each.id)):
        added[held.event.repeat_id, held.event.within].append(held.event.instance)
    gone = {
        (event.repeat_id, event.within, event.instance)
        for event in (held.event for held in ws.standing(RepeatRemoved, space=space))
    }
    for repeat_id, within, instance in sorted(contested):
        if instance not in added[repeat_id, within]:
            added[repeat_id, within].append(instance)
    orders = sorted(ws.standing(RepeatOrdered, space=space), key=lambda each: each.id)
    return Standing(
        added={place: tuple(dict.fromkeys(instances)) for place, instances in added.items()},
        removed=frozenset(gone - contested),
        contested=contested,
        order={(held.event.repeat_id, held.event.within): held.event.order for held in orders},
    )


def _write(ws: Workspace, space: SpaceId, event: RepeatAdded | RepeatRemoved | RepeatOrdered) -> Changes:
    return ws.append_checked(space, partial(require_open, space=space), event)


def _contested(ws: Workspace, space: SpaceId, tool: Tool) -> tuple[ContestedRemoval, ...]:
    removals = ws.standing(RepeatRemoved, space=space)
    if not removals:
        return ()
    written = _written(ws, space, tool)
    put_back = {held.event.register for held in ws.standing(RepeatAdded, space=space)}
    heads: dict[Register, list[RepeatRemoved]] = defaultdict(list)
    for held in removals:
        heads[held.event.register].append(held.event)
    found: list[ContestedRemoval] = []
    for register, events in sorted(heads.items()):
        seen = {EntryId(StreamId(stream), seq) for event in events for stream, seq in event.seen}
        place = (events[0].repeat_id, (*events[0].within, events[0].instance))
        unseen = written.get(place, frozenset()) - seen
        if unseen or register in put_back:
            found.append(
                ContestedRemoval(
                    repeat_id=events[0].repeat_id,
                    within=events[0].within,
                    instance=events[0].instance,
                    register=register,
                    unseen=tuple(sorted(unseen)),
                )
            )
    return tuple(found)


def _written(ws: Workspace, space: SpaceId, tool: Tool) -> dict[tuple[QuestionId, Around], frozenset[EntryId]]:
    """Return what stands in each instance, further instances included: answers, files and what was added."""
    found: dict[tuple[QuestionId, Around], set[EntryId]] = defaultdict(set)

    def note(name: str, around: Around, id_: EntryId) -> None:
        for depth, repeat in enumerate(tool.repeats_around(name)[: len(around)], start=1):
            found[QuestionId(repeat), around[:depth]].add(id_)

    for answered in ws.standing(AnswerRecorded, space=space):
        note(answered.event.question_id, answered.event.instances, answered.id)
    for attached in ws.standing(EvidenceAttached, space=space):
        note(attached.event.question_id, attached.event.instances, attached.id)
    for added in ws.standing(RepeatAdded, space=space):
        note(added.event.repeat_id, added.event.within, added.id)
    return {place: frozenset(ids) for place, ids in found.items()}
