"""The tree of a session's answers: planting what the form holds, and finding nodes by reference or by identity."""

import re
from collections.abc import Sequence
from typing import Final, cast

from iowscp_desktop.errors import NoSuchQuestion
from iowscp_desktop.forms.definition import Definition, Definitions, Seed, empty_seed
from iowscp_desktop.forms.saved import Key
from iowscp_desktop.forms.xpath.answers import AnswerNode

_STEP: Final = re.compile(r"(?P<name>[^\[\]/]+)(?:\[(?P<place>\d{1,6})\])?\Z")
COUNT_ID: Final = "count-"


def plant(seed: Seed, parent: AnswerNode) -> AnswerNode:
    """A new node with everything in it, as the form has it. It is not yet among its parent's children."""
    node = AnswerNode(seed.shape, parent, seed.value, seed.number)
    if seed.leaves:
        node.slots = [AnswerNode(leaf.shape, node, leaf.value, leaf.number) for leaf in seed.leaves]
    elif seed.inside:
        node.slots = [_planted(inner, node) if isinstance(inner, list) else plant(inner, node) for inner in seed.inside]
    return node


def _planted(seeds: Sequence[Seed], parent: AnswerNode) -> list[AnswerNode]:
    """The instances of a repeat that the form itself has."""
    found: list[AnswerNode] = []
    for place, seed in enumerate(seeds):
        node = plant(seed, parent)
        node.place = place
        node.instance = seed.instance
        found.append(node)
    return found


def plant_document(places: Definitions) -> AnswerNode:
    """The tree of a fresh response."""
    document = AnswerNode(places.document, None)
    document.slots = [plant(places.seed, document)]
    return document


def instance_seed(repeat: Definition, number: int) -> Seed:
    """What the n-th instance of a repeat holds when the form makes it: its own defaults, or the template's."""
    if 0 < number <= len(repeat.seeds):
        return repeat.seeds[number - 1]
    return repeat.template or empty_seed(repeat)


def instances_of(repeat: Definition, parent: AnswerNode) -> list[AnswerNode]:
    """The instances of a repeat in one place, to be read and changed."""
    return cast("list[AnswerNode]", parent.slots[repeat.place])


def ref_of(node: AnswerNode) -> str:
    """The reference of a node as it stands: absolute, with positions on repeats."""
    if not node.shape.repeated:
        return node.shape.path
    steps: list[str] = []
    at: AnswerNode = node
    while at.parent is not None:
        steps.append(step_of(at))
        at = at.above
    return "/" + "/".join(reversed(steps))


def step_of(node: AnswerNode) -> str:
    """A node's own step of its reference."""
    if not node.shape.repeats:
        return node.shape.shown
    return f"{node.shape.shown}[{node.position()}]"


def instance_ids(node: AnswerNode) -> tuple[str, ...]:
    """The ids of the repeat instances a node lies in, itself included, outermost first."""
    found: list[str] = []
    at: AnswerNode = node
    while at.parent is not None:
        if at.shape.repeats:
            found.append(at.instance)
        at = at.above
    return tuple(reversed(found))


def find_node(document: AnswerNode, ref: str) -> AnswerNode:
    """The node at a reference. A repeat without a position means its first instance.

    Raises:
        NoSuchQuestion: There is none.
    """
    node = document
    for step in ref.strip().strip("/").split("/"):
        node = _child(node, step, ref)
    return node


def _child(node: AnswerNode, step: str, ref: str) -> AnswerNode:
    found = _STEP.match(step)
    if found is None:
        raise NoSuchQuestion(ref)
    likely = node.shape.children.get(found["name"])
    for shape in (likely,) if likely is not None else node.shape.children.values():
        if shape.shown == found["name"]:
            slot = node.slots[shape.place]
            kin: list[AnswerNode] = slot if shape.repeats else [slot]
            place = int(found["place"] or 1) - 1
            if 0 <= place < len(kin):
                return kin[place]
    raise NoSuchQuestion(ref)


def find_repeat(document: AnswerNode, ref: str) -> tuple[Definition, AnswerNode]:
    """The repeat that a reference to it, or to one of its instances, means, and the node it is in.

    Raises:
        NoSuchQuestion: There is no repeat there.
    """
    above, _, last = ref.strip().rstrip("/").rpartition("/")
    parent = find_node(document, above) if above else document
    name = last.partition("[")[0]
    for shape in parent.shape.children.values():
        if shape.shown == name and shape.repeats and isinstance(shape, Definition):
            return shape, parent
    raise NoSuchQuestion(ref)


def find_by_key(document: AnswerNode, place: Definition, instances: Sequence[str]) -> AnswerNode | None:
    """The node of a place in certain repeat instances; None when one of them is not there."""
    node = document
    ids = list(instances)
    for shape in place.lineage()[1:]:
        slot = node.slots[shape.place]
        if isinstance(slot, list):
            wanted = ids.pop(0) if ids else ""
            match = [kid for kid in slot if kid.instance == wanted]
            if not match:
                return None
            node = match[0]
        else:
            node = slot
    return None if ids else node


def key_of(node: AnswerNode) -> Key:
    """What identifies a node whatever the positions of repeats."""
    return node.shape.path, instance_ids(node)
