"""Runs a script of answers against a form and says how every node stands afterwards."""

import itertools
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, tzinfo
from random import Random
from typing import Any, Final

from iowscp_desktop.errors import NotAScript
from iowscp_desktop.forms.form import Form
from iowscp_desktop.forms.session import Session
from iowscp_desktop.forms.state import NodeState

SCRIPT_MOMENT: Final = datetime(2026, 1, 1, 12, tzinfo=UTC)


def run_script(
    form: Form,
    operations: Iterable[object],
    *,
    clock: Callable[[], datetime] = lambda: SCRIPT_MOMENT,
    zone: tzinfo = UTC,
) -> list[dict[str, Any]]:
    """Answer a fresh response and describe every node afterwards. The same script gives the same result each time.

    Args:
        form: The form.
        operations: `["/data/q", "value"]`, or `{"op": …}` with set, add_repeat, remove_repeat or set_language.
        clock: What now() and today() say; a fixed moment by default.
        zone: The zone of dates and times.

    Raises:
        NotAScript: An operation is none of these.
        NoSuchQuestion: A reference leads nowhere.
        RepeatIsFixed: A repeat's instances are the form's own business.
    """
    numbers = itertools.count(1)
    session = form.start(
        clock=clock,
        zone=zone,
        random=Random(0),  # noqa: S311 - a script must give the same each time
        new_uuid=lambda: f"00000000-0000-4000-8000-{next(numbers):012d}",
    )
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
