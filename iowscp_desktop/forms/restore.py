"""Puts saved answers into a fresh tree: instances first, outermost first, then values. What fits nowhere is named."""

from typing import cast

from iowscp_desktop.forms.casting import cast_text
from iowscp_desktop.forms.definition import DEFAULT_ID, Definition, Definitions
from iowscp_desktop.forms.recompute import MOST_INSTANCES, Recompute
from iowscp_desktop.forms.saved import Key, Saved
from iowscp_desktop.forms.tree import COUNT_ID, find_by_key, instance_seed, instances_of, plant
from iowscp_desktop.forms.xpath.answers import AnswerNode


def restore(document: AnswerNode, places: Definitions, answers: Saved, recompute: Recompute) -> tuple[Key, ...]:
    """Put in what was saved. Returns the keys of answers and repeats that fit nowhere in this form."""
    problems: list[Key] = []
    for (path, around), ids in sorted(answers.repeats.items(), key=lambda item: item[0][0].count("/")):
        repeat = places.find(path)
        parent = _around(document, repeat, around) if repeat is not None and repeat.repeats else None
        if repeat is None or parent is None:
            problems.append((path, around))
        else:
            _set_instances(repeat, parent, ids)
    keys = sorted(answers.values, key=lambda key: key[0].count("/"))
    problems.extend(key for key in keys if not _put(document, places, key, answers.values[key], recompute))
    return tuple(problems)


def _around(document: AnswerNode, repeat: Definition, ids: tuple[str, ...]) -> AnswerNode | None:
    """The node that a repeat lies in, made where a count will make it; None when it is not there."""
    above = cast("Definition", repeat.parent)  # only the root is in nothing, and it does not repeat
    _grow_counted(document, above, ids)
    return find_by_key(document, above, ids)


def is_new(node: AnswerNode) -> bool:
    """Whether an instance came after those that the form itself holds: somebody added it, or a count made it."""
    repeat = cast("Definition", node.shape)
    return not node.instance.startswith(DEFAULT_ID) and not 0 < _number(node.instance) <= len(repeat.seeds)


def _set_instances(repeat: Definition, parent: AnswerNode, ids: tuple[str, ...]) -> None:
    instances = instances_of(repeat, parent)
    known = {node.instance: node for node in instances}
    instances[:] = [known.get(name) or _made(repeat, parent, name) for name in dict.fromkeys(ids)]


def _made(repeat: Definition, parent: AnswerNode, name: str) -> AnswerNode:
    node = plant(instance_seed(repeat, _number(name)), parent)
    node.instance = name
    return node


def _number(name: str) -> int:
    """The number in an id that the form itself gave; 0 in one that somebody minted."""
    for prefix in (COUNT_ID, DEFAULT_ID):
        digits = name.removeprefix(prefix)
        if name.startswith(prefix) and digits.isascii() and digits.isdigit() and len(digits) < 6:
            return int(digits)
    return 0


def _put(document: AnswerNode, places: Definitions, key: Key, text: str, recompute: Recompute) -> bool:
    path, ids = key
    place = places.find(path)
    if place is None or not place.is_leaf or place.repeats:
        return False
    _grow_counted(document, place, ids)
    node = find_by_key(document, place, ids)
    if node is None:
        return False
    value = cast_text(place.bind.type, text, recompute.zone)
    node.give(value)
    if place.bind.calculate and place.body is not None and not place.bind.readonly:
        recompute.settled_by_hand.add(node)
    return bool(value) or not text


def _grow_counted(document: AnswerNode, place: Definition, ids: tuple[str, ...]) -> None:
    """Counted instances are the form's own and are not saved: make those that an answer lies in."""
    node = document
    left = list(ids)
    for shape in place.lineage()[1:]:
        slot = node.slots[shape.place]
        if not isinstance(slot, list):
            node = slot
            continue
        wanted = left.pop(0) if left else ""
        if isinstance(shape, Definition) and shape.repeat_body is not None and shape.repeat_body.count:
            number = _number(wanted) if wanted.startswith(COUNT_ID) else 0
            while len(slot) < min(number, MOST_INSTANCES):
                slot.append(_made(shape, node, f"{COUNT_ID}{len(slot) + 1}"))
        found = [kid for kid in slot if kid.instance == wanted]
        if not found:
            return
        node = found[0]
