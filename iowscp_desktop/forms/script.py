"""Runs a script of answers against a form and says how every node stands afterwards."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from iowscp_desktop.errors import NotAScript
from iowscp_desktop.forms.session import Session
from iowscp_desktop.forms.state import NodeState

Operation = Sequence[str | None] | Mapping[str, Any]


def run_script(session: Session, operations: Iterable[Operation]) -> list[dict[str, Any]]:
    """Do each operation: `["/data/q", "value"]`, or `{"op": …}` with add_repeat, remove_repeat or set_language.

    Raises:
        NotAScript: An operation is none of these.
        NoSuchQuestion: A reference leads nowhere.
        RepeatIsFixed: A repeat's instances are the form's own business.
    """
    for number, operation in enumerate(operations, start=1):
        _do(session, operation, number)
    return [described(state) for state in session.state()]


def _do(session: Session, operation: Operation, number: int) -> None:
    match operation:
        case [str(ref), str() | None as value]:
            session.set(ref, value or "")
        case {"op": "set", "ref": str(ref), **more}:
            session.set(ref, str(more.get("value") or ""))
        case {"op": "add_repeat", "ref": str(ref)}:
            session.add_repeat(ref)
        case {"op": "remove_repeat", "ref": str(ref)}:
            session.remove_repeat(ref)
        case {"op": "set_language", "lang": str(name)}:
            session.set_language(name)
        case _:
            raise NotAScript(number)


def described(state: NodeState) -> dict[str, Any]:
    """A node's state as plain data."""
    found: dict[str, Any] = {"ref": state.ref, "type": state.type or state.kind, "relevant": state.relevant}
    if state.kind in {"question", "value"}:
        found |= {
            "value": state.value,
            "readonly": state.readonly,
            "required": state.required,
            "constraint_valid": state.constraint_valid,
            "required_valid": state.required_valid,
            "choices": [list(choice) for choice in state.choices],
        }
    return found
