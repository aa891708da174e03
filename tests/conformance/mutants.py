"""Our engine with one rule broken on purpose: comparing must find each of them, or it proves nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from iowscp_desktop.forms import actions, session
from iowscp_desktop.forms.recompute import Recompute
from iowscp_desktop.forms.tree import instances_of
from iowscp_desktop.forms.xpath.answers import AnswerNode


def _relevance_is_not_inherited(self: Recompute, node: AnswerNode) -> None:
    if node.relevant is not node.own_relevant:
        node.become(relevant=node.own_relevant)
        self._touch(node)
        self._fire(node)


def _removal_is_not_noticed(self: Recompute, node: AnswerNode) -> None:
    node.siblings().remove(node)
    self._bury(node)


def _new_instance_is_not_worked_out(self: Recompute, repeat: Any, node: AnswerNode, position: int) -> None:
    instances_of(repeat, node.above).insert(position, node)


def _nothing_new_repeats(form: Any, origin: Any, events: frozenset[str], *more: Any, **named: Any) -> None:
    actions.run_actions(form, origin, events - {"odk-new-repeat"}, *more, **named)


MUTANTS: Final[dict[str, tuple[Any, str, Callable[..., Any]]]] = {
    "relevance is not inherited": (Recompute, "refresh", _relevance_is_not_inherited),
    "a removal is not noticed by others": (Recompute, "remove", _removal_is_not_noticed),
    "a new instance is not worked out": (Recompute, "insert", _new_instance_is_not_worked_out),
    "new-repeat actions do not run": (session, "run_actions", _nothing_new_repeats),
}


@contextmanager
def broken(name: str) -> Iterator[None]:
    """The engine with one mutant in it."""
    owner, attribute, replacement = MUTANTS[name]
    whole = getattr(owner, attribute)
    setattr(owner, attribute, replacement)
    try:
        yield
    finally:
        setattr(owner, attribute, whole)
