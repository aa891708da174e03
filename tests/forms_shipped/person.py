"""Somebody filling in a shipped tool, by the names of its questions, in our own engine."""

import random
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from iowscp_desktop.forms import NodeState, load_form
from tests.forms_shipped.conftest import compiled

NOW = datetime(2026, 11, 23, 10, 42, tzinfo=UTC)


class Person:
    """Answers questions one by one and sees what is asked."""

    def __init__(self, tool_id: str) -> None:
        self.session = load_form(compiled(tool_id)[1].xml).start(
            clock=lambda: NOW,
            zone=ZoneInfo("Europe/London"),
            random=random.Random(1),
            new_uuid=lambda: "00000000-0000-4000-8000-000000000000",
        )
        self._refs = {node.ref.rpartition("/")[2].partition("[")[0]: node.ref for node in self.session.state()}

    def answers(self, **given: str) -> "Person":
        """Give answers in this order."""
        for name, value in given.items():
            self.session.set(self._refs[name], value)
        return self

    def sees(self, name: str) -> NodeState:
        """The state of one question."""
        return self.session.node(self._refs[name])

    def is_asked(self, *names: str) -> list[bool]:
        """Whether each of these is asked now."""
        return [self.sees(name).relevant for name in names]

    def to_mend(self) -> list[str]:
        """The names of what is missing or breaks a rule."""
        return [
            node.ref.rpartition("/")[2]
            for node in self.session.state()
            if node.relevant and not (node.required_valid and node.constraint_valid)
        ]
