"""Runs a script of answers against a form and says how every node stands afterwards."""

from collections.abc import Iterable
from typing import Any

from iowscp_desktop.errors import NotAScript
from iowscp_desktop.forms.session import Session
from iowscp_desktop.forms.state import NodeState


def run_script(session: Session, operations: Iterable[object]) -> list[dict[str, Any]]:
    """Do each operation and describe every node afterwards.

    Args:
        session: The response to work on, fresh or not.
        operations: `["/data/q", "value"]`, or `{"op": …}` with set, add_repeat, remove_repeat or set_language.

    Raises:
        NotAScript: An operation is none of these.
        NoSuchQuestion: A reference leads nowhere.
        RepeatIsFixed: A repeat's instances are the form's own business.
    """
    for number, operation in enumerate(operations, start=1):
        perform(session, operation, number)
    return [described(state) for state in session.state()]


def perform(session: Session, operation: object, number: int) -> None:
    """Do one operation of a script."""
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
    return {
        "ref": state.ref,
        "type": state.type or state.kind,
        "value": state.value,
        "relevant": state.relevant,
        "readonly": state.readonly,
        "required": state.required,
        "constraint_valid": state.constraint_valid,
        "required_valid": state.required_valid,
        "choices": [list(choice) for choice in state.choices],
    }
