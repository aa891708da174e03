"""Actions: setvalue when the form is first opened, when a value changes, when a repeat gets a new instance."""

from collections.abc import Iterable, Sequence, Set
from typing import Final

from iowscp_desktop.forms.casting import cast_result
from iowscp_desktop.forms.form import Action, Form
from iowscp_desktop.forms.recompute import Recompute
from iowscp_desktop.forms.saved import Key
from iowscp_desktop.forms.tree import key_of
from iowscp_desktop.forms.xpath.answers import AnswerNode

_LONGEST_CHAIN: Final = 100
_CHANGED: Final[Set[str]] = frozenset({"xforms-value-changed"})


def acting_repeats(form: Form) -> frozenset[int]:
    """The repeats, by index, on whose new instances actions hang."""
    hung = (action.trigger for action in form.actions if "odk-new-repeat" in action.events)
    return frozenset(place.index for place in hung if place is not None)


def run_actions(
    form: Form,
    origins: Sequence[AnswerNode],
    events: Set[str],
    recompute: Recompute,
    *,
    kept: frozenset[Key] = frozenset(),
) -> None:
    """Run what hangs on an event. A value that an action changes may set off actions of its own.

    Args:
        form: The form.
        origins: The nodes it happened to; the root for what concerns the whole form. Each has its say before
            anything is worked out anew.
        events: What happened.
        recompute: Writes, and knows who must look again.
        kept: Answers that are not to be overwritten.
    """
    todo = [(origin, events) for origin in origins]
    for _ in range(_LONGEST_CHAIN):
        if not todo:
            return
        now, todo = todo, []
        for node, happened in now:
            for action in _fitting(form, node, happened):
                todo += [(target, _CHANGED) for target in _changed_by(action, node, recompute, kept)]
        recompute.settle()


def _changed_by(action: Action, node: AnswerNode, recompute: Recompute, kept: frozenset[Key]) -> list[AnswerNode]:
    """Do one action. Returns the nodes whose value it changed."""
    changed: list[AnswerNode] = []
    for target in _targets(action, node, recompute):
        if key_of(target) in kept:
            continue
        text = action.value.text(recompute.context(target))
        if recompute.write(target, cast_result(action.target.bind.type, text, recompute.zone)):
            changed.append(target)
    return changed


def run_load_actions(
    form: Form, document: AnswerNode, events: Set[str], recompute: Recompute, *, kept: frozenset[Key]
) -> None:
    """Run what hangs on opening the form: on the whole of it, and on every node there is of each question."""
    done: dict[int, None] = {}
    for action in form.actions:
        if action.events & events:
            hung = action.trigger or form.places.root
            done[hung.index] = None
    for index in done:
        for node in document.reached(form.places.every[index].lineage()[1:]):
            run_actions(form, [node], events, recompute, kept=kept)


def _fitting(form: Form, node: AnswerNode, events: Set[str]) -> Iterable[Action]:
    whole = node.shape is form.places.root
    for action in form.actions:
        if action.events & events and (whole if action.trigger is None else action.trigger is node.shape):
            yield action


def _targets(action: Action, node: AnswerNode, recompute: Recompute) -> list[AnswerNode]:
    found = action.nodes.nodes()(recompute.context(node))
    return [target for target in found if isinstance(target, AnswerNode)]
